"""Passages that stand word for word in two reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standoff.lineage.sentences import unquoted
from standoff.model.span import Span

LEAST = 8  # words a shared passage has at least

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts share word for word.

    `passages` are (place in the first, place in the second), ascending in the first. `of_first` and `of_second` are
    the shares of each text's words that stand in them; words in quotation marks count on neither side, since those
    who quote one speech need not have copied each other. A text that is all quotation has the share 0. `words` are
    the words of the first text that count in its share.
    """

    passages: tuple[tuple[Span, Span], ...]
    of_first: float
    of_second: float
    words: int

    @property
    def containment(self) -> float:
        """The larger of the two shares: how much of one text the other holds."""
        return max(self.of_first, self.of_second)


NOTHING = Shared((), 0.0, 0.0, 0)


def shared_passages(first: str, second: str, least: int = LEAST) -> Shared:
    """What two texts share in runs of at least `least` words, whatever the case and the punctuation."""
    a, b = _places(first), _places(second)
    words_a = [first[s:e].casefold() for s, e in a]
    words_b = [second[s:e].casefold() for s, e in b]
    runs = list(_runs(words_a, words_b, least))
    found = tuple((Span(a[i][0], a[i + n - 1][1]), Span(b[j][0], b[j + n - 1][1])) for i, j, n in runs)
    here = _told(first, a, {k for i, _, n in runs for k in range(i, i + n)})
    there = _told(second, b, {k for _, j, n in runs for k in range(j, j + n)})
    return Shared(
        found,
        here[0] / (here[1] or 1),
        there[0] / (there[1] or 1),
        here[0],
    )


def _places(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text)]


def _told(text: str, places: list[tuple[int, int]], shared: set[int]) -> tuple[int, int]:
    """Of the words outside quotation marks: how many are shared, and how many there are."""
    plain = unquoted(text)
    told = [k for k, (start, _) in enumerate(places) if plain[start] != " "]
    return sum(k in shared for k in told), len(told)


def _runs(a: list[str], b: list[str], least: int) -> Iterator[tuple[int, int, int]]:
    """Maximal common runs, ascending in `a` and each word of `a` in one run: (place in a, place in b, words)."""
    where: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(b) - least + 1):
        where.setdefault(tuple(b[j : j + least]), []).append(j)
    i = 0
    expected = -1  # where the run before would go on
    while i <= len(a) - least:
        places = where.get(tuple(a[i : i + least]))
        if not places:
            i += 1
            continue
        best = max((_length(a, b, i, j), j >= expected, -j) for j in places[:8])
        count, j = best[0], -best[2]
        yield i, j, count
        i, expected = i + count, j + count


def _length(a: list[str], b: list[str], i: int, j: int) -> int:
    count = 0
    while i + count < len(a) and j + count < len(b) and a[i + count] == b[j + count]:
        count += 1
    return count
