"""Bytes to text: which encoding, and which bytes are no text at all.

The order is: what kind of file it is by its first bytes; a byte order mark of UTF-16 or UTF-32; UTF-8; the encoding
that the file itself declares; UTF-8 with a few damaged bytes; Windows-1252 where the result looks like English prose;
last, what charset-normalizer concludes. What was done instead of plain UTF-8 is said in `Decoded.note`.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from standoff.errors import UnreadableReport

MAX_TEXT_BYTES = 10_000_000
"""The most bytes that one report may have."""

_SAMPLE = 20_000

_FOREIGN = (
    (b"%PDF-", "it is a PDF under another name: name it .pdf"),
    (b"\x89PNG\r\n", "it is an image, not text: type its text into a .txt file"),
    (b"\xff\xd8\xff", "it is an image, not text: type its text into a .txt file"),
    (b"GIF87a", "it is an image, not text: type its text into a .txt file"),
    (b"GIF89a", "it is an image, not text: type its text into a .txt file"),
    (b"II*\x00", "it is an image, not text: type its text into a .txt file"),
    (b"MM\x00*", "it is an image, not text: type its text into a .txt file"),
    (b"PK\x03\x04", "it is a zip archive or an office document: save its text as .txt and read that"),
    (b"\xd0\xcf\x11\xe0", "it is an office document: save its text as .txt and read that"),
    (b"{\\rtf", "RTF is not read: save it as plain text (.txt)"),
    (b"\x1f\x8b", "it is compressed (gzip): only .jsonl.gz is read compressed, so decompress it first"),
)
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BINARY = "it is binary, not text: give the report as .txt, .html or .jsonl"
_UNKNOWN = "its bytes are text in no encoding that could be recognised: save it as UTF-8"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes. `note` says what was done instead of plain UTF-8; empty where nothing was."""

    text: str
    note: str = ""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`, every character as it stands there (line ends and a UTF-8 byte order mark are kept).

    `declared` is the encoding that the file names for itself, if any.
    Raises UnreadableReport where the bytes are too many, binary, or text in no encoding that can be recognised.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableReport(too_large())
    for start, message in _FOREIGN:
        if data.startswith(start):
            raise UnreadableReport(message)
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x00" in data:
        raise UnreadableReport(_BINARY)
    try:
        return Decoded(_readable(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        cut_off = error.reason == "unexpected end of data"
    return _as_declared(data, declared) or _damaged(data, cut_off) or _western(data) or _guessed(data)


def too_large() -> str:
    return f"it is larger than {MAX_TEXT_BYTES // 1_000_000} MB: give one report a file, or one a line in .jsonl"


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each half of a broken surrogate pair, which no database or file can hold."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _strictly(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(_readable(data.decode(encoding)), f"decoded from {encoding}")
    except UnicodeDecodeError as error:
        raise UnreadableReport(f"it begins like {encoding} but is damaged: save it as UTF-8") from error


def _readable(text: str) -> str:
    """The text itself; UnreadableReport where every tenth character or more is a control character."""
    controls = sum(1 for c in text[:_SAMPLE] if c < " " and c not in "\t\n\r\f\v\x1c\x1d\x1e\x1f")
    if controls * 10 > min(len(text), _SAMPLE):
        raise UnreadableReport(_BINARY)
    return text


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    """As the file says of itself; Latin-1 and ASCII are taken for Windows-1252, as browsers do."""
    try:
        name = codecs.lookup(declared or "").name
        name = "cp1252" if name in {"iso8859-1", "ascii"} else name
        return None if name.startswith("utf-8") else Decoded(_readable(data.decode(name)), f"decoded from {name}")
    except (LookupError, ValueError):  # no such text encoding, or the bytes are not in it
        return None


def _damaged(data: bytes, cut_off: bool) -> Decoded | None:
    """UTF-8 of which a few bytes are broken or the end was cut off: U+FFFD stands for what is lost."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f") - lost
    if not (cut_off and lost == 1) and (lost > whole or lost * 100 > len(text)):
        return None
    return Decoded(_readable(text), f"utf-8, {lost} damaged {'place' if lost == 1 else 'places'} replaced")


def _western(data: bytes) -> Decoded | None:
    """Windows-1252, where what is not ASCII is rare and is a letter or the punctuation of prose."""
    high = sum(1 for byte in data if byte > 0x7F)
    if high * 10 > len(data):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "decoded from cp1252") if _prose(text) else None


def _guessed(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # here, since few files need it

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        try:
            text = data.decode(best.encoding)
        except (LookupError, ValueError):
            text = ""
        if text and _prose(text):
            return Decoded(without_surrogates(text), f"decoded from {best.encoding}")
    raise UnreadableReport(_UNKNOWN)


def _prose(text: str) -> bool:
    """Whether nearly all characters are letters, digits, spaces and punctuation."""
    sample = text[:_SAMPLE]
    odd = sum(1 for c in sample if unicodedata.category(c) in {"Cc", "Cf", "Cn", "Co", "Cs"} and c not in "\t\n\r\f")
    plain = sum(1 for c in sample if c.isalnum() or c.isspace())
    return odd * 100 <= len(sample) and plain * 10 >= len(sample) * 6
