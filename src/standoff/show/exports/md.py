"""The brief in Markdown (CommonMark), for those who must paste it; evidence as numbered quotations at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from standoff.analyse.known import Known
from standoff.show.exports.outline import Line, Outline, Quoted, outline
from standoff.show.exports.safe_text import markdown


def write_md(path: Path, known: Known) -> int:
    """Write the brief as of the newest day of the record; how many pieces of evidence it quotes."""
    page = outline(known)
    path.write_text("\n".join(_lines(page)) + "\n", encoding="utf-8", newline="\n")
    return len(page.evidence)


def _lines(page: Outline) -> Iterator[str]:
    yield f"# {markdown(page.title)}"
    yield ""
    as_of = f"State of the record as of {page.as_of}. " if page.as_of else "No report in this record is dated. "
    yield f"{as_of}{page.rests_on} Numbers in brackets are the evidence at the end."
    for section in page.sections:
        yield ""
        yield f"{'#' * section.level} {markdown(section.title)}"
        if section.lines or section.empty:
            yield ""
        yield from map(_bullet, section.lines)
        if section.empty and not section.lines:
            yield section.empty
    if page.evidence:
        yield from ("", "## Evidence", "")
        yield from map(_evidence, page.evidence)


def _bullet(line: Line) -> str:
    words = "".join(_between(text) + "".join(rf" \[{n}\]" for n in pins) for text, pins in line.pieces)
    return f"- {words.strip()}" + (f" ({markdown(line.note)})" if line.note else "")


def _between(text: str) -> str:
    """A piece of a line, with the blanks it begins and ends with."""
    return f"{' ' * text.startswith(' ')}{markdown(text)}{' ' * text.endswith(' ')}"


def _evidence(quoted: Quoted) -> str:
    where = f", <{quoted.url}>" if quoted.url else ""
    return rf"- \[{quoted.number}\] “{markdown(quoted.quote)}” {markdown(quoted.source)}, {quoted.day}{where}"
