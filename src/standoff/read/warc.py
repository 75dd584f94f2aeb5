"""A web archive (WARC, ISO 28500) → the pages in it.

Of its records, those are read that hold what a server answered with status 200 (`response`) or a page as such
(`resource`); all others (requests, pictures, scripts, revisits) are left out in silence. Every record stands by
itself: one that is damaged is said, and reading goes on with the next one that can be found.

Written here rather than taken from a library: the format is small, and what matters is what happens with damaged and
hostile files (see docs/decisions/0006-fetching.md).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from standoff.errors import UnreadableReport
from standoff.read.decode import MAX_TEXT_BYTES
from standoff.read.packed import Packed

READER = "warc/1"

_LONGEST_LINE = 65_536
_MOST_HEADERS = 200
_BLOCK = 65_536
_HTTP = "application/http"
_NO_ARCHIVE = "it is no web archive: it does not begin with WARC/ (or is compressed otherwise than by gzip)"


@dataclass(frozen=True, slots=True)
class Capture:
    """A page in an archive: its address, the instant of capture as the archive writes it, content type and bytes.

    `byte` is where its record begins in the file.
    """

    url: str
    at: str
    content_type: str
    body: bytes
    byte: int


@dataclass(frozen=True, slots=True)
class Damaged:
    """A record that cannot be read, where it begins, and why."""

    byte: int
    reason: str


class _Broken(Exception):
    """A record that is not as the format has it."""


def captures(stream: BinaryIO, most: int) -> Iterator[Capture | Damaged]:
    """The pages in an archive, plain or compressed (.gz), and what in it is damaged, in order.

    `most` limits the bytes it may unpack to. Raises UnreadableReport where it is no archive, or unpacks to more.
    """
    source = Packed(stream, most)
    lost, records = False, 0
    while True:
        byte = source.byte
        try:
            byte, line = _next_line(source, lost)
            if not line:
                return
            found = _record(source, line, byte)
        except _Broken as error:
            if not records and "no record" in str(error):
                raise UnreadableReport(_NO_ARCHIVE) from error
            yield Damaged(byte, str(error))
            lost = True
        except (zlib.error, EOFError) as error:
            yield Damaged(byte, str(error))
            lost = True
            if not source.next_member():
                return
        else:
            lost, records = False, records + 1
            if found:
                yield found


def _next_line(source: Packed, lost: bool) -> tuple[int, bytes]:
    """Where the next line stands that is not blank, or that begins a record if we are `lost`; empty at the end."""
    while True:
        byte = source.byte
        line = source.readline(_LONGEST_LINE)
        if not line or line.startswith(b"WARC/") or (line.strip() and not lost):
            return byte, line


def _record(source: Packed, line: bytes, byte: int) -> Capture | None:
    """The page in the record that begins with this line; None where it holds none."""
    if not line.startswith(b"WARC/"):
        raise _Broken("no record begins here")
    about = _headers(source)
    length = int(told) if (told := about.get("content-length", "")).isdecimal() else -1
    if length < 0:
        raise _Broken("it does not tell its length")
    kind, wanted = about.get("warc-type", "").lower(), about.get("content-type", "")
    url = about.get("warc-target-uri", "").strip("<>")
    answer = kind == "response" and wanted.lower().startswith(_HTTP)
    if not url.startswith(("http://", "https://")) or not (answer or (kind == "resource" and is_page(wanted))):
        _skip(source, length)
        return None
    if length > 2 * MAX_TEXT_BYTES:
        _skip(source, length)
        raise _Broken(f"{url} is larger than {MAX_TEXT_BYTES // 1_000_000} MB")
    block = source.read(length)
    if len(block) < length:
        source.unread(block)  # where only its length is wrong, the next record is in there
        raise EOFError("it is cut off, or its length is wrong")
    at = about.get("warc-date", "")
    return _answered(block, url, at, byte) if answer else Capture(url, at, wanted, block, byte)


def _skip(source: Packed, length: int) -> None:
    while length > 0:
        piece = source.read(min(length, _BLOCK))
        if not piece:
            raise EOFError("it is cut off")
        length -= len(piece)


def _headers(source: Packed) -> Mapping[str, str]:
    lines = []
    while (line := source.readline(_LONGEST_LINE)).strip():
        lines.append(line)
        if len(lines) > _MOST_HEADERS:
            raise _Broken("it has too many headers")
    if not line:
        raise EOFError("it is cut off")
    return _fields(lines)


def _fields(lines: list[bytes]) -> Mapping[str, str]:
    """Header lines as a mapping, names in lower case, the first of a name counting; folded lines are joined."""
    fields: dict[str, str] = {}
    last = ""
    for line in lines:
        words = line.decode("utf-8", "replace").rstrip("\r\n")
        name, colon, value = words.partition(":")
        if words[:1] in (" ", "\t"):
            fields[last] = f"{fields.get(last, '')} {words.strip()}".strip()
        elif colon:
            last = name.strip().lower()
            fields.setdefault(last, value.strip())
    return fields


# -- what a server answered ---------------------------------------------------------------------------------------


def _answered(block: bytes, url: str, at: str, byte: int) -> Capture | None:
    """The page in an HTTP answer; None where the answer was no page."""
    head, found, body = block.partition(b"\r\n\r\n")
    if not found:
        head, found, body = block.partition(b"\n\n")
    status, *lines = head.split(b"\n")
    words = status.split()
    if not found or len(words) < 2 or not words[0].startswith(b"HTTP/"):
        raise _Broken(f"what {url} answered is no HTTP")
    fields = _fields(lines)
    kind = fields.get("content-type", "")
    if words[1] != b"200" or not is_page(kind):
        return None
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    return Capture(url, at, kind, _unpacked(body, fields.get("content-encoding", "").lower(), url), byte)


def is_page(content_type: str) -> bool:
    return content_type.split(";")[0].strip().lower() in ("text/html", "application/xhtml+xml", "text/plain", "")


def _unchunked(body: bytes) -> bytes:
    """A body without its chunk sizes; as it stands where it has none (many archives store it joined already)."""
    pieces: list[bytes] = []
    rest = body
    while True:
        size, found, rest = rest.partition(b"\r\n")
        try:
            length = int(size.split(b";")[0], 16)
        except ValueError:
            return body
        if not found or length < 0:
            return body
        if length == 0:
            return b"".join(pieces)
        pieces.append(rest[:length])
        rest = rest[length:].removeprefix(b"\r\n")


def _unpacked(body: bytes, encoding: str, url: str) -> bytes:
    if encoding in ("", "identity") or (encoding.endswith("gzip") and not body.startswith(b"\x1f\x8b")):
        return body  # many archives store it unpacked already
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise _Broken(f"{url} is compressed as {encoding[:40]}, which is not read")
    engine = zlib.decompressobj(32 + zlib.MAX_WBITS)
    unpacked = engine.decompress(body, MAX_TEXT_BYTES + 1)
    if len(unpacked) > MAX_TEXT_BYTES:
        raise _Broken(f"{url} unpacks to more than {MAX_TEXT_BYTES // 1_000_000} MB")
    return unpacked
