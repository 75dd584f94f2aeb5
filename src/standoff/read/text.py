"""Plain text → what a report needs.

The text is exactly what `Path.read_text(encoding="utf-8")` gives, so that offsets into it are offsets into the decoded
file: every line end becomes one line feed, a byte order mark stays, nothing is stripped.
"""

from __future__ import annotations

from standoff.errors import UnreadableReport
from standoff.read.decode import decode
from standoff.read.language import not_english
from standoff.read.metadata import Draft

READER = "text/1"


def read_text(data: bytes) -> Draft:
    """The report in a text file. Raises UnreadableReport where there is none."""
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if text[:1_000].lstrip("\ufeff \t\n").casefold().startswith(("<!doctype html", "<html")):
        raise UnreadableReport("it is an HTML page in a text file: rename it to .html")
    require_prose(text)
    return Draft(text, READER + (f" ({decoded.note})" if decoded.note else ""))


def require_prose(text: str) -> None:
    """Raise UnreadableReport where the text is empty, has no words, or is not English."""
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0"):
        raise UnreadableReport("it is empty: there is no text to read")
    if not any(c.isalpha() for c in text):
        raise UnreadableReport("there are no words in it")
    if why := not_english(text):
        raise UnreadableReport(f"not in English: {why}; give an English version")
