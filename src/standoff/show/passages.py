"""Two related reports side by side: the passages that tell the same, and in each the words that the other has not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from standoff.model.lineage import Discrepancy, Relation
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.show.evidence import shown

COPY = {
    "copy": "copy of", "excerpt": "excerpt of", "spun": "spun copy of", "paraphrase": "paraphrase of",
    "revision": "revision of", "relay": "relays", "same-event": "same event as",
}  # fmt: skip
"""A kind of relation as the words between two reports."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_WORD_FOR_WORD = frozenset({"copy", "excerpt", "revision"})
_GAP = 240  # code points: what two copies have between passages that they share is shown with them, up to so much
_LONGEST = 40  # words alike in a row that are shown whole; of more, as many as _ENDS at each end
_ENDS = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage that stand in the other one, too, or that do not (`differs`)."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Two passages that tell the same: their places in reports `a` and `b` of the relation, and their words."""

    a: Span
    b: Span
    a_pieces: tuple[Piece, ...]
    b_pieces: tuple[Piece, ...]

    @property
    def alike(self) -> bool:
        """Whether the two have the same words in the same order."""
        return not any(piece.differs for piece in (*self.a_pieces, *self.b_pieces))


@dataclass(frozen=True, slots=True)
class Apart:
    """A fact that differs between two copies of one story: of what kind, and the words of either."""

    kind: str
    a: str
    b: str


def beside(relation: Relation, a: Report, b: Report, most: int | None = None) -> tuple[Beside, ...]:
    """The passages of a relation side by side, in the order of report `a`; at most so many.

    `a` and `b` are the reports of the relation's `a` and `b`. Of copies word for word, what little stands between two
    shared passages is shown with them, since that is where they differ. None for a relation without passages.
    """
    places = sorted(relation.passages)
    joined = list(_joined(places)) if relation.kind in _WORD_FOR_WORD else places
    return tuple(Beside(here, there, *diff(here.of(a.text), there.of(b.text))) for here, there in joined[:most])


def apart(relation: Relation, a: Report, b: Report, discrepancies: Iterable[Discrepancy]) -> tuple[Apart, ...]:
    """The facts that differ between the two reports of a relation, in the order of report `a`."""
    found = []
    for d in discrepancies:
        if {d.a.report, d.b.report} == {relation.a, relation.b}:
            here, there = (d.a, d.b) if d.a.report == relation.a else (d.b, d.a)
            found.append((here.span, there.span, d.kind))
    return tuple(
        Apart(kind, _line(here.of(a.text)), _line(there.of(b.text))) for here, there, kind in sorted(set(found))
    )


def diff(first: str, second: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two passages in pieces: words that stand in both in the same order, whatever their case, and those that do not.

    The pieces of each, put together, are the passage.
    """
    a, b = ([match.span() for match in _WORD.finditer(text)] for text in (first, second))
    words_a = [first[start:end].casefold() for start, end in a]
    words_b = [second[start:end].casefold() for start, end in b]
    blocks = SequenceMatcher(None, words_a, words_b, autojunk=False).get_matching_blocks()
    same_a = {k for i, _, size in blocks for k in range(i, i + size)}
    same_b = {k for _, j, size in blocks for k in range(j, j + size)}
    return tuple(_pieces(first, a, same_a)), tuple(_pieces(second, b, same_b))


def _pieces(text: str, words: Sequence[tuple[int, int]], same: set[int]) -> Iterator[Piece]:
    """A text cut where words that stand in the other one, too, begin or end; signs and blanks go with what is alike."""
    at = 0
    k = 0
    while k < len(words):
        if k in same:
            k += 1
            continue
        first = k
        while k < len(words) and k not in same:
            k += 1
        start, end = words[first][0], words[k - 1][1]
        if start > at:
            yield Piece(text[at:start], False)
        yield Piece(text[start:end], True)
        at = end
    if at < len(text):
        yield Piece(text[at:], False)


def _joined(places: Iterable[tuple[Span, Span]]) -> Iterator[tuple[Span, Span]]:
    """Neighbours in both reports, with little between them in either, as one."""
    last: tuple[Span, Span] | None = None
    for here, there in places:
        if last and _follows(last[0], here) and _follows(last[1], there):
            last = Span(last[0].start, here.end), Span(last[1].start, there.end)
            continue
        if last:
            yield last
        last = here, there
    if last:
        yield last


def _follows(one: Span, next_one: Span) -> bool:
    return one.end <= next_one.start <= one.end + _GAP


def shortened(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with the middle left out of what is alike for long."""
    return tuple(piece if piece.differs else Piece(_ends(piece.text), False) for piece in pieces)


def _ends(text: str) -> str:
    words = list(_WORD.finditer(text))
    if len(words) <= _LONGEST:
        return text
    return f"{text[: words[_ENDS - 1].end()]} […] {text[words[-_ENDS].start() :]}"


def marked(pieces: Iterable[Piece]) -> Markup:
    """Pieces as HTML, what differs in `<mark>`, foreign text made safe; long stretches alike are shortened."""
    found = Markup("")
    for piece in shortened(pieces):
        words = shown(piece.text)
        found += Markup("<mark>%s</mark>") % words if piece.differs else escape(words)
    return found


def _line(words: str) -> str:
    return shown(" ".join(words.split()))
