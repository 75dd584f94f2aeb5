"""Putting what is alike together, in time near-linear in the number of items."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import is_
from typing import Any, Generic, TypeVar

from standoff.analyse.words import DICE

T = TypeVar("T")

MOST_LOOKED_AT = 48  # leaders that are looked at for one item, those that share its rarest words first
MOST_HANDLES = 6  # of an item's words, the rarest that it shares with any other
_SLOT = 64  # days
_WIDE = 8  # slots: what may lie in more is looked for everywhere
_ANYTIME, _ALL, _FIRST = 0, 1, 2  # places of leaders: those that may lie anywhere; all of them; the first slot of days


@dataclass(frozen=True, slots=True)
class Trace(Generic[T]):
    """What an item is compared by.

    `key`: only items of one key are compared. `words`: content words. `aligned`: labels of passages that
    lineage puts side by side. `marks`: labels that make two items alike by themselves (a figure, a name).
    `days`: first and last day (ordinals) within which it lies; items that cannot overlap are not compared.
    """

    item: T
    key: Hashable
    words: frozenset[str]
    aligned: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    days: tuple[int, int] | None = None


Fits = Callable[[T, T], bool]


Settled = dict[Hashable, tuple[list[Trace[Any]], list[list[Any]]]]
"""By key: the traces that had it, and how they were put together."""


def grouped(
    traces: Iterable[Trace[T]],
    fits: Fits[T],
    settled: Settled | None = None,
    *,
    keep: bool = True,
    undated: float = 0.0,
) -> list[list[T]]:
    """Groups of like items, in the order of the items given; each group's first item leads it.

    An item joins the group whose leader it is most like and fits; else it leads a new one. Only leaders that
    share one of an item's rarer words are looked at: two sets of Dice d share at least one word among all but
    the most frequent d/(2-d) of either (prefix filter: Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and
    Srikant 2007), by at most `MOST_HANDLES`
    words and of these at most `MOST_LOOKED_AT`. The result depends on the order given: give them sorted.

    `settled` is what an earlier call with the same `fits` came to: where the traces of a key are still the same
    objects, so are their groups. What this call comes to is put there, to `keep` it for the next. `undated`: how
    alike two items must be at least where one of them has no days.
    """
    buckets: defaultdict[Hashable, list[Trace[T]]] = defaultdict(list)
    for trace in traces:
        buckets[trace.key].append(trace)
    found: list[list[T]] = []
    for key, bucket in buckets.items():
        before = settled.get(key) if settled is not None else None
        groups = before[1] if before and _same(before[0], bucket) else _grouped(bucket, fits, undated)
        if keep and settled is not None:
            settled[key] = bucket, groups
        found += groups
    return found


def _same(a: Sequence[object], b: Sequence[object]) -> bool:
    return len(a) == len(b) and all(map(is_, a, b))


def _grouped(bucket: Sequence[Trace[T]], fits: Fits[T], undated: float) -> list[list[T]]:
    if len(bucket) == 1:
        return [[bucket[0].item]]
    handles = _Handles(bucket)
    leaders = _Leaders(fits, any(trace.days is None for trace in bucket), undated)
    groups: list[list[T]] = []
    for trace in bucket:
        keys = handles.of(trace)
        found = leaders.best(trace, keys) if groups else None
        if found is None:
            leaders.add(trace, keys)
            groups.append([trace.item])
        else:
            groups[found].append(trace.item)
    return groups


class _Handles:
    """By what a like item is found, as numbers: only what at least two items of the bucket share has one."""

    def __init__(self, bucket: Sequence[Trace[T]]) -> None:
        frequency = Counter(chain.from_iterable(trace.words for trace in bucket))
        rare_first = sorted((n, word) for word, n in frequency.items() if n > 1)
        self._rank = {word: number for number, (_, word) in enumerate(rare_first)}
        self._other = _numbered(chain.from_iterable(_labels(trace) for trace in bucket), len(self._rank))

    def of(self, trace: Trace[T]) -> list[int]:
        """The surest first: all its words, aligned passages, its rarer words, marks."""
        rank, words = self._rank, trace.words
        shared = sorted([rank[word] for word in words if word in rank])
        least_shared = -(-len(words) * DICE // (2 - DICE))  # ceiling
        kept = len(shared) - int(least_shared) + 1
        keys = [self._other[label] for label in _labels(trace) if label in self._other]
        return [*keys, *shared[: min(max(0, kept), MOST_HANDLES)]]


def _labels(trace: Trace[T]) -> list[Hashable]:
    words: list[Hashable] = [trace.words] if trace.words else []
    if not trace.aligned and not trace.marks:
        return words
    return [*words, *sorted(trace.aligned), *sorted(trace.marks)]


def _numbered(labels: Iterable[Hashable], first: int) -> dict[Hashable, int]:
    """Numbers from `first` on for labels that are met twice and more."""
    counts = Counter(labels)
    return {label: first + n for n, label in enumerate(label for label, count in counts.items() if count > 1)}


class _Leaders(Generic[T]):
    """Leaders by handle and by when they lie: slots of days, and apart those that may lie anywhere."""

    def __init__(self, fits: Fits[T], undated: bool, least: float) -> None:
        self._fits = fits
        self._undated, self._least = undated, least  # whether there are any; how alike these must be
        self._leaders: list[Trace[T]] = []
        self._lists: defaultdict[int, list[int]] = defaultdict(list)
        self._places: dict[tuple[int, int] | None, tuple[tuple[int, ...], tuple[int, ...]]] = {}

    def add(self, trace: Trace[T], handles: Sequence[int]) -> None:
        lists, number = self._lists, len(self._leaders)
        places, _ = self._where(trace.days)
        for handle in handles:
            base = handle << 20
            for place in places:
                lists[base | place].append(number)
        self._leaders.append(trace)

    def best(self, trace: Trace[T], handles: Sequence[int]) -> int | None:
        """The number of the leader that is most like; looked at are those that share a handle, handle by handle."""
        most, found = 0.0, None
        leaders, days = self._leaders, trace.days
        for number in self._near(handles, self._where(days)[1]):
            leader = leaders[number]
            theirs = leader.days
            if days and theirs and (days[0] > theirs[1] or theirs[0] > days[1]):
                continue
            alike = likeness(leader, trace)
            if (days is None or theirs is None) and alike < self._least:
                continue
            if alike > most and self._fits(leader.item, trace.item):
                most, found = alike, number
                if alike >= 1 and leader.words == trace.words and trace.words and not trace.aligned and not trace.marks:
                    break
        return found

    def _near(self, handles: Sequence[int], places: Sequence[int]) -> Iterable[int]:
        """Leaders that share a handle, each once, handle by handle; no more than are looked at."""
        get = self._lists.get
        found: list[int] = []
        for handle in handles:
            base = handle << 20
            for place in places:
                if here := get(base | place):
                    found += here[: MOST_LOOKED_AT + len(found)]
            if len(found) > MOST_LOOKED_AT:
                found = list(dict.fromkeys(found))
                if len(found) >= MOST_LOOKED_AT:
                    return found[:MOST_LOOKED_AT]
        return dict.fromkeys(found)

    def _where(self, days: tuple[int, int] | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The places at which a leader of these days is kept, and those at which an item of these days looks."""
        found = self._places.get(days)
        if found is None:
            slots = _slots(days)
            kept: tuple[int, ...] = (_ANYTIME,) if slots is None else tuple(slots)
            looks = (*kept, _ANYTIME) if slots is not None else (_ALL if self._undated else _ANYTIME,)
            found = self._places[days] = ((*kept, _ALL) if self._undated else kept, looks)
        return found


def _slots(days: tuple[int, int] | None) -> range | None:
    if days is None:
        return None
    first, last = days[0] // _SLOT, days[1] // _SLOT
    return range(first + _FIRST, last + 1 + _FIRST) if last - first < _WIDE else None


def likeness(a: Trace[T], b: Trace[T]) -> float:
    """How alike two traces are, 0 where they are not; above 1 by a mark they share, then by aligned passages.

    In words alone: Dice from `DICE` on, and `DICE` where a short one of three words or more is wholly inside the other.
    """
    shared = len(a.words & b.words)
    total = len(a.words) + len(b.words)
    alike = 2 * shared / total if total else 0.0
    if a.marks and not a.marks.isdisjoint(b.marks):
        return 2 + alike
    if a.aligned and alike >= DICE / 3 and not a.aligned.isdisjoint(b.aligned):
        return 1 + alike
    if alike >= DICE:
        return alike
    return DICE if shared >= 3 and shared == min(len(a.words), len(b.words)) else 0.0
