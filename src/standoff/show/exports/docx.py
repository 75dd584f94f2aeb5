"""The brief as a Word document (Office Open XML), for those who must paste it.

Needs python-docx: `pip install 'standoff[docx]'`.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.show.exports.outline import Line, Outline, Quoted, outline
from standoff.show.exports.safe_text import one_line, xml_safe

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can tell


def write_docx(path: Path, known: Known) -> int:
    """Write the brief as of the newest day of the record; how many pieces of evidence it quotes.

    Two runs give the same bytes. Raises InputError where python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise InputError("Word documents need python-docx: pip install 'standoff[docx]'") from error
    page = outline(known)
    document = Document()
    _described(document, page)
    document.add_heading(_words(page.title), 0)
    as_of = f"State of the record as of {page.as_of}. " if page.as_of else "No report in this record is dated. "
    document.add_paragraph(f"{as_of}{page.rests_on} Numbers in brackets are the evidence at the end.")
    for section in page.sections:
        document.add_heading(_words(section.title), section.level - 1)
        for line in section.lines:
            _bullet(document, line)
        if not section.lines and section.empty:
            document.add_paragraph(section.empty)
    if page.evidence:
        document.add_heading("Evidence", 1)
        for quoted in page.evidence:
            _evidence(document, quoted)
    written = io.BytesIO()
    document.save(written)
    path.write_bytes(_without_times(written.getvalue()))
    return len(page.evidence)


def _described(document: Any, page: Outline) -> None:
    """Title and times of the document; those of the record, never of writing."""
    told = document.core_properties
    told.title, told.author, told.last_modified_by, told.comments = _words(page.title)[:255], "standoff", "standoff", ""
    told.created = told.modified = datetime.combine(page.as_of or date(1980, 1, 1), time(), UTC).replace(tzinfo=None)


def _bullet(document: Any, line: Line) -> None:
    paragraph = document.add_paragraph(style=document.styles["List Bullet"])
    for text, pins in line.pieces:
        paragraph.add_run(xml_safe(text.replace("\n", " ")))
        for number in pins:
            paragraph.add_run(f" [{number}]").font.superscript = True
    if line.note:
        paragraph.add_run(f" ({_words(line.note)})").italic = True


def _evidence(document: Any, quoted: Quoted) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"[{quoted.number}] ")
    paragraph.add_run(f"“{_words(quoted.quote)}” ")
    where = f", {quoted.url}" if quoted.url else ""
    paragraph.add_run(f"{_words(quoted.source)}, {quoted.day}{where}").italic = True


def _words(text: str) -> str:
    return one_line(xml_safe(text))


def _without_times(data: bytes) -> bytes:
    """The same document, its parts dated alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
