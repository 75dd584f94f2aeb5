"""A body as it comes over the line → its bytes, never more than were allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from standoff.errors import FetchError

ENCODINGS = "gzip, deflate"
"""What we say that we understand."""


def unpacked(pieces: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The bytes of a body. Raises FetchError where they are more than `most`, damaged, cut off, or packed otherwise.

    Reading stops as soon as it is too much: neither an endless body nor a small one that unpacks to a large one takes
    more memory than `most`.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _whole(pieces, most)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"it is compressed as {encoding[:40]!r}, which was not asked for")
    return _inflated(pieces, encoding == "deflate", most)


def too_large(most: int) -> FetchError:
    return FetchError(f"it is larger than {most:,} bytes: the rest was not fetched, and none of it is read")


def _whole(pieces: Iterable[bytes], most: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            raise too_large(most)
    return bytes(body)


def _inflated(pieces: Iterable[bytes], deflate: bool, most: int) -> bytes:
    body, engine, begun = bytearray(), None, False
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if engine is None:
                    engine, begun = zlib.decompressobj(_window(rest, deflate)), True
                body += engine.decompress(rest, most + 1 - len(body))
                if len(body) > most:
                    raise too_large(most)
                rest = engine.unconsumed_tail or engine.unused_data
                if engine.eof:
                    engine = None
    except zlib.error as error:
        raise FetchError(f"its compression is damaged ({error})") from error
    if engine is not None or not begun:
        raise FetchError("it was cut off before its end")
    return bytes(body)


def _window(head: bytes, deflate: bool) -> int:
    """Some servers send deflate without the header of zlib (RFC 9110, section 8.4.1.2)."""
    if not deflate:
        return 16 + zlib.MAX_WBITS
    with_header = head[0] & 0x0F == 8 and (len(head) < 2 or (head[0] * 256 + head[1]) % 31 == 0)
    return zlib.MAX_WBITS if with_header else -zlib.MAX_WBITS
