"""A PDF with text in it → its text, and what its properties say of it. Needs the extra `standoff[pdf]` (pypdf).

A PDF holds lines, not paragraphs. Lines are joined again: a paragraph ends at a blank line, and at a line that ends a
sentence and is clearly shorter than the page's lines are. Words divided at a line's end are made whole, and lines that
stand at the head or foot of several pages (running titles, page numbers) are left out. What this cannot see: columns
and tables that the file does not hold in reading order.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from standoff.errors import UnreadableReport
from standoff.read.dateline import published_in
from standoff.read.decode import MAX_TEXT_BYTES, without_surrogates
from standoff.read.metadata import Draft, Layer, Metadata, plain
from standoff.read.text import require_prose

EXTRA = "PDF needs one more package: pip install 'standoff[pdf]' (or save its text as .txt and read that)"

_MOST_PAGES = 1_000
_FEWEST_WORDS = 20
_SHORT = 0.8  # of the usual length of a line
_RECURS = 3  # pages on which a line at the edge must stand to be a running title
_EDGE = 2  # lines at the head and at the foot of a page that may be one
_ENDS = re.compile(r"[.!?:…][\"'”’)\]]*$")
_DIVIDED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?", re.IGNORECASE)
_BULLET = re.compile(r"[•‣▪–—-]\s|\(?\d{1,2}[.)]\s")

logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(data: bytes) -> Draft:
    """The text of a PDF. Raises UnreadableReport where it is encrypted, empty, scanned or damaged, each with its own
    message, and where pypdf is not installed."""
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableReport(f"it is larger than {MAX_TEXT_BYTES // 1_000_000} MB: save its text as .txt")
    if not data.strip():
        raise UnreadableReport("it is empty: there is no text to read")
    if b"%PDF-" not in data[:1_024]:
        raise UnreadableReport("it is no PDF, whatever its name: check the file")
    try:
        import pypdf
    except ImportError as error:
        raise UnreadableReport(EXTRA) from error
    try:
        pages, known, pictures = _opened(pypdf, data)
    except UnreadableReport:
        raise
    except Exception as error:  # whatever breaks inside the parser, it is this file's fault alone
        raise UnreadableReport(
            f"the PDF is damaged ({type(error).__name__}): open and print it to a new PDF, or save its text as .txt"
        ) from error
    text = without_surrogates("\n".join(paragraphs(pages)))
    if len(text.split()) < _FEWEST_WORDS:
        raise UnreadableReport(_no_text(len(pages), pictures))
    if len(text.encode()) > MAX_TEXT_BYTES:
        raise UnreadableReport(f"its text is larger than {MAX_TEXT_BYTES // 1_000_000} MB: one report a file")
    require_prose(text)
    if published_in(text):  # a file may be made long after its text
        known = replace(known, published=None)
    return Draft(text, f"pdf/1 (pypdf {pypdf.__version__})", (Layer(known, "metadata", "the PDF's properties"),))


def _opened(pypdf: Any, data: bytes) -> tuple[list[str], Metadata, bool]:
    """The text of each page, what the properties say, and whether there are pictures on its first pages."""
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not _open_to_all(pypdf, reader):
        raise UnreadableReport("the PDF is encrypted: save a copy without password, or its text as .txt")
    if len(reader.pages) > _MOST_PAGES:
        raise UnreadableReport(f"the PDF has more than {_MOST_PAGES:,} pages: give one report a file")
    pages, total = [], 0
    for page in reader.pages:
        pages.append(page.extract_text() or "")
        total += len(pages[-1])
        if total > MAX_TEXT_BYTES:
            break
    return pages, _properties(reader.metadata), not total and any(_has_picture(page) for page in reader.pages[:3])


def _open_to_all(pypdf: Any, reader: Any) -> bool:
    """Whether the empty password opens it: many files are only protected against changes."""
    try:
        return bool(reader.decrypt(""))
    except (pypdf.errors.DependencyError, pypdf.errors.PyPdfError, NotImplementedError):
        return False


def _has_picture(page: Any) -> bool:
    found = (page.get("/Resources") or {}).get("/XObject") or {}
    found = found.get_object() if hasattr(found, "get_object") else found
    return any(found[name].get_object().get("/Subtype") == "/Image" for name in found)


def _no_text(pages: int, pictures: bool) -> str:
    if not pages:
        return "the PDF has no pages"
    if pictures:
        return "the PDF is a scan, pictures of pages without text: recognise its text first (OCR), and read that"
    return "there is no text in the PDF: save its text as .txt and read that"


def _properties(found: Any) -> Metadata:
    """Title and day of creation; a title that is a file's name says nothing."""
    title = plain(found.title) if found else None
    if title and (re.search(r"\.\w{2,4}$", title) or title.casefold().startswith(("untitled", "microsoft word"))):
        title = None
    return Metadata(title=title, published=_day(found))


def _day(found: Any) -> date | None:
    try:
        at = found.creation_date if found else None
    except ValueError:
        return None
    return at.date() if isinstance(at, datetime) and 1990 <= at.year <= 2100 else None


# -- lines to paragraphs ------------------------------------------------------------------------------------------


def paragraphs(pages: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a text that is given as the lines of its pages."""
    lines = list(_running_left_out([[line.strip() for line in page.split("\n")] for page in pages]))
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[3 * len(lengths) // 4] if lengths else 0  # the upper quartile: headings are lines too
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(lines).casefold()))
    open_ = last = ""
    for line in lines:
        if open_ and (not line or _BULLET.match(line) or _closed(open_, last, line, full)):
            yield open_
            open_ = ""
        if line:
            open_ = _joined(open_, line, words)
        last = line
    if open_:
        yield open_


def _closed(paragraph: str, line: str, following: str, full: int) -> bool:
    """Whether the paragraph ends with this line: it is short, and a sentence ends; or it is a heading, which stands by
    itself before something that begins."""
    if len(line) >= _SHORT * full or following[:1].islower():
        return False
    return bool(_ENDS.search(line)) or (paragraph == line and line[-1] not in ",;-–—")


def _joined(paragraph: str, line: str, words: Counter[str]) -> str:
    if not paragraph:
        return line
    divided, following = _DIVIDED.search(paragraph), re.match(r"[^\W\d_]+", line)
    if not (divided and following) or not following[0][0].islower():
        return paragraph + ("" if divided else " ") + line
    first, second = divided[1].casefold(), following[0].casefold()
    hyphenated = words[f"{first}-{second}"] > words[first + second] and not paragraph.endswith("\u00ad")
    return (paragraph[:-1] + "-" if hyphenated else paragraph[:-1]) + line


def _running_left_out(pages: list[list[str]]) -> Iterator[str]:
    """The lines of all pages without those that stand at the edge of several of them, and without page numbers."""
    edges = [[*filled[:_EDGE], *filled[-_EDGE:]] for page in pages if (filled := list(filter(None, page)))]
    seen = Counter(key for edge in edges for key in {_without_numbers(line) for line in edge})
    for page in pages:
        places = [number for number, line in enumerate(page) if line]
        at_edge = {*places[:_EDGE], *places[-_EDGE:]}
        for number, line in enumerate(page):
            running = seen[_without_numbers(line)] >= _RECURS or _NUMBER.fullmatch(line)
            if not (number in at_edge and running):
                yield line


def _without_numbers(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())
