"""JSON Lines: one report a line, with `text` or `html`, and `url`, `outlet`, `title`, `published`, `id` where known.

Lines are read one at a time, so that a file of any length needs the memory of its longest line.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from gzip import GzipFile
from hashlib import blake2b
from itertools import chain
from typing import BinaryIO

from standoff.errors import UnreadableReport
from standoff.read.decode import MAX_TEXT_BYTES, decode, too_large, without_surrogates
from standoff.read.html import read_page
from standoff.read.metadata import Draft, Layer, Metadata, as_day, plain
from standoff.read.text import require_prose

READER = "jsonl/1"
MAX_LINE_BYTES = 2 * MAX_TEXT_BYTES
"""The most bytes of one line: the largest text, and what JSON adds to it."""

_LONGEST_NAME = 200


def lines(
    stream: BinaryIO | GzipFile, head: bytes = b"", most: int | None = None
) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1, without its line end; None for a line over MAX_LINE_BYTES. Blank ones are
    left out. `head` is what was read of the stream before.

    Raises UnreadableReport where there are more than `most` bytes, and what the stream raises.
    """
    pieces = chain(io.BytesIO(head), iter(lambda: stream.readline(MAX_LINE_BYTES + 1), b""))
    number, total, inside = 1, 0, False
    for piece in pieces:
        total += len(piece)
        if most is not None and total > most:
            raise UnreadableReport(
                f"it unpacks to more than {most // 1_000_000} MB, too much for its size: unpack it first"
            )
        ended, too_long = piece.endswith(b"\n"), len(piece) > MAX_LINE_BYTES
        if too_long and not inside:
            yield number, None
        elif not inside and piece.strip():
            yield number, piece.rstrip(b"\r\n")
        inside = not ended
        number += ended


class Names:
    """Gives each line of one file its name: its `id` or `name` where no line before had it, else `<stem>:<line>`.

    Keeps eight bytes for each name given, not the names.
    """

    def __init__(self, stem: str) -> None:
        self._stem = stem
        self._given: set[bytes] = set()

    def of(self, fields: dict[str, object], number: int) -> str:
        for key in ("id", "name"):
            value = fields.get(key)
            name = str(value) if isinstance(value, int) and not isinstance(value, bool) else plain(value)
            if name and len(name) <= _LONGEST_NAME:
                digest = blake2b(name.encode(), digest_size=8).digest()
                if digest not in self._given:
                    self._given.add(digest)
                    return name
        return f"{self._stem}:{number}"


def parse(line: bytes) -> tuple[dict[str, object], str]:
    """The fields of one line, and how it was decoded. Raises UnreadableReport where it is no JSON object."""
    if len(line) > MAX_TEXT_BYTES:
        text, note = _utf8(line), ""
    else:
        decoded = decode(line)
        text, note = decoded.text, decoded.note
    try:
        fields = json.loads(text.lstrip("\ufeff"))
    except RecursionError as error:
        raise UnreadableReport("it is nested too deeply: one flat JSON object a line") from error
    except ValueError as error:
        raise UnreadableReport(f"it is not valid JSON ({error}): one JSON object a line") from error
    if not isinstance(fields, dict):
        raise UnreadableReport('it is not a JSON object: give {"text": ...} on one line')
    return fields, note


def read_fields(fields: dict[str, object], note: str = "") -> Draft:
    """The report in one line's fields. Raises UnreadableReport where they have no text that can be read."""
    day = as_day(fields.get("published"))
    notes = [note] if note else []
    if fields.get("published") and day is None:
        notes.append("its published is no day such as 2025-03-12 and was left out")
    own = Metadata(
        published=day,
        outlet=plain(fields.get("outlet")),
        title=plain(fields.get("title")),
        url=plain(fields.get("url")),
    )
    draft = _body(fields)
    reader = " ".join([READER, *([draft.reader] if draft.reader else []), *(f"({n})" for n in notes)])
    return replace(draft, reader=reader, layers=(Layer(own, "file", 'its field "published"'), *draft.layers))


def _body(fields: dict[str, object]) -> Draft:
    text, page = fields.get("text"), fields.get("html")
    if isinstance(text, str) and text.strip():
        whole = without_surrogates(text)
        _require_size(whole)
        require_prose(whole)
        return Draft(whole, "")
    if isinstance(page, str) and page.strip():
        _require_size(page)
        return read_page(without_surrogates(page))
    if "text" in fields or "html" in fields:
        raise UnreadableReport('its "text" or "html" is empty or no text')
    raise UnreadableReport('it has no field "text" or "html": give the report in one of them')


def _require_size(text: str) -> None:
    if len(text) > MAX_TEXT_BYTES:
        raise UnreadableReport(too_large())


def _utf8(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableReport("its bytes are not UTF-8: save the file as UTF-8") from error
