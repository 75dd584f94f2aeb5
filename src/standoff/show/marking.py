"""A report's text with the places of its records marked, in slices that a page can hold.

Browsers count UTF-16 units and spans count code points, so marks are made here. Marks may lie in each other and
overlap: the text is cut where any begins or ends, and each piece knows all that it belongs to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standoff.model.span import Span

SLICE = 12_000
"""About how many code points of a text stand on one page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text and what it belongs to: a record's id, its kind (class of record), and a line on it."""

    span: Span
    record: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with the marks it lies in, the narrowest first."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(sorted({mark.kind for mark in self.marks}))


def slices(text: str, size: int = SLICE) -> tuple[Span, ...]:
    """The text in parts of about `size` code points, cut between paragraphs, else at a blank, else anywhere."""
    found: list[Span] = []
    at = 0
    while at < len(text):
        end = min(len(text), at + size)
        if end < len(text):
            for sign in ("\n", " "):
                cut = text.rfind(sign, at + size // 2, end)
                if cut > 0:
                    end = cut + 1
                    break
        found.append(Span(at, end))
        at = end
    return tuple(found)


def slice_at(parts: Sequence[Span], place: int) -> int:
    """The number (from 0) of the part in which a place of the text lies."""
    return max(0, bisect_right([part.start for part in parts], place) - 1)


def pieces(text: str, part: Span, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """One part of the text, cut where marks begin and end."""
    here = sorted((m for m in marks if m.span.overlaps(part)), key=lambda m: (m.span.start, m.span.end, m.record))
    edges = {part.start, part.end}
    for mark in here:
        edges |= {max(mark.span.start, part.start), min(mark.span.end, part.end)}
    cuts = sorted(edges)
    found: list[Piece] = []
    open_marks: list[Mark] = []
    ahead = iter(here)
    coming = next(ahead, None)
    for start, end in pairwise(cuts):
        open_marks = [m for m in open_marks if m.span.end > start]
        while coming and coming.span.start <= start:
            open_marks.append(coming)
            coming = next(ahead, None)
        narrow = sorted(open_marks, key=lambda m: (len(m.span), m.kind, m.record))
        found.append(Piece(text[start:end], tuple(narrow)))
    return tuple(found)


def line_starts(text: str, part: Span) -> tuple[int, ...]:
    """Where in the text each of the paragraphs of a part begins, in code points."""
    found, at = [], part.start
    for line in part.of(text).split("\n"):
        if line:
            found.append(at)
        at += len(line) + 1
    return tuple(found)


def paragraphs(found: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces by paragraph: lines of the text, empty ones left out."""
    lines: list[list[Piece]] = [[]]
    for piece in found:
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            if line:
                lines[-1].append(Piece(line, piece.marks))
    return tuple(tuple(line) for line in lines if line)
