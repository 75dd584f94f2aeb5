"""A file that is plain or made of gzip members, read as one stream that can go on behind a damaged place."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from standoff.errors import UnreadableReport

_BLOCK = 65_536
_GZIP = b"\x1f\x8b\x08"


class Packed:
    """The unpacked bytes of a file, at most `most` of them.

    Reading raises zlib.error where the packing is damaged, EOFError where the file is cut off within a member, and
    UnreadableReport where it unpacks to more than `most`. After the first two, `next_member` goes on behind it.
    """

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream = stream
        self._most = most
        self._raw = bytearray()  # read from the file, not unpacked yet
        self._at = 0  # of the file, where `_raw` begins
        self._ready = bytearray()  # unpacked, not given out yet
        self._total = 0
        self._member = 0  # where the gzip member begins that is being read
        self._engine: zlib._Decompress | None = None
        self._fill(len(_GZIP))
        self._gzip = self._raw.startswith(_GZIP)

    @property
    def byte(self) -> int:
        """Where in the file we are: the beginning of the gzip member; in a plain file, the byte itself."""
        return self._member if self._gzip and self._engine else self._at - len(self._ready) * (not self._gzip)

    def read(self, size: int) -> bytes:
        """So many bytes, fewer only at the end."""
        while len(self._ready) < size and self._more():
            pass
        given = bytes(self._ready[:size])
        del self._ready[:size]
        return given

    def readline(self, most: int) -> bytes:
        """The next line with its end, or its first `most` bytes."""
        while (end := self._ready.find(b"\n", 0, most)) < 0 and len(self._ready) < most and self._more():
            pass
        return self.read(end + 1 if end >= 0 else most)

    def unread(self, piece: bytes) -> None:
        """Give back what was read too much."""
        self._ready[:0] = piece

    def next_member(self) -> bool:
        """Go on with the next gzip member, in a plain file with what was given back; False where there is none."""
        if not self._gzip:
            return bool(self._ready)
        self._engine = None
        self._ready.clear()
        if self._at <= self._member:  # still before what is damaged
            self._drop(self._member + 1 - self._at)
        while (found := self._raw.find(_GZIP)) < 0:
            self._drop(max(0, len(self._raw) - len(_GZIP) + 1))
            if not self._fill(len(self._raw) + 1):
                return False
        self._drop(found)
        return True

    def _more(self) -> bool:
        """Make more bytes ready; False at the end of the file."""
        if not self._raw and not self._fill(1):
            if self._engine is not None:
                raise EOFError("the file is cut off")
            return False
        if self._gzip:
            piece = self._inflated()
        else:
            piece = bytes(self._raw)
            self._drop(len(piece))
        self._total += len(piece)
        if self._total > self._most:
            raise UnreadableReport(
                f"it unpacks to more than {self._most // 1_000_000} MB, too much for its size: unpack it first"
            )
        self._ready += piece
        return True

    def _inflated(self) -> bytes:
        if self._engine is None:
            self._member = self._at
            self._engine = zlib.decompressobj(16 + zlib.MAX_WBITS)
        piece = self._engine.decompress(self._raw, 4 * _BLOCK)
        self._drop(len(self._raw) - len(self._engine.unconsumed_tail or self._engine.unused_data))
        if self._engine.eof:
            self._engine = None
        return piece

    def _fill(self, least: int) -> bool:
        while len(self._raw) < least:
            piece = self._stream.read(_BLOCK)
            if not piece:
                return False
            self._raw += piece
        return True

    def _drop(self, count: int) -> None:
        del self._raw[:count]
        self._at += count
