"""The record as files for other tools, one module a format. Begin at `FORMATS`.

A writer takes a path and what is known, and tells how many items it wrote. The same record gives the same bytes:
times are those of the record, never of writing. No name of a report becomes the name of a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.show.exports.atom import write_atom
from standoff.show.exports.docx import write_docx
from standoff.show.exports.graphml import write_graphml
from standoff.show.exports.ics import write_ics
from standoff.show.exports.lines import write_jsonl
from standoff.show.exports.md import write_md
from standoff.show.exports.parquet import write_parquet
from standoff.show.exports.plover import write_plover
from standoff.show.exports.sheets import write_csv
from standoff.show.exports.webannotation import write_webannotation

Writer = Callable[[Path, Known], int]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what its file or folder holds, what it counts, and its writer.

    `analysed`: it needs the pack and the lineage; the others need the records alone.
    """

    name: str
    holds: str
    counts: str
    write: Writer
    folder: bool = False
    analysed: bool = False


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("jsonl", "one record a line, the reports beside it", "records", write_jsonl),
        Format("csv", "one table a class of records", "records", write_csv, folder=True),
        Format("parquet", "one typed table a class of records", "records", write_parquet, folder=True),
        Format("plover", "PLOVER events, one a line", "events", write_plover, analysed=True),
        Format("webannotation", "W3C Web Annotations", "annotations", write_webannotation),
        Format("graphml", "what waits for what, as a graph", "linkages", write_graphml, analysed=True),
        Format("ics", "a calendar of contacts", "contacts", write_ics, analysed=True),
        Format("atom", "a feed of changes", "changes", write_atom, analysed=True),
        Format("docx", "the brief as a Word document", "quotations", write_docx, analysed=True),
        Format("md", "the brief in Markdown", "quotations", write_md, analysed=True),
    )
}


def format_named(name: str) -> Format:
    """The format of this name. Raises InputError, with all names, for an unknown one."""
    if name not in FORMATS:
        raise InputError(f"unknown format {name!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[name]


def write(name: str, path: Path, known: Known) -> int:
    """Write what is known in a format; how many items.

    Raises InputError for an unknown format, a path that cannot be written, or a missing library.
    """
    chosen = format_named(name)
    try:
        return chosen.write(path, known)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error
