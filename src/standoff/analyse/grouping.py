"""Putting what is alike together, in time near-linear in the number of items."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from standoff.analyse.words import DICE, close, dice

T = TypeVar("T")

MOST_LOOKED_AT = 64  # leaders that are looked at for one item, those that share its rarest words first
_SLOT = 64  # days
_WIDE = 8  # slots: what may lie in more is looked for everywhere


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


def grouped(traces: Iterable[Trace[T]], fits: Fits[T]) -> list[list[T]]:
    """Groups of like items, in the order of the items given; each group's first item leads it.

    An item joins the group whose leader it is most like and fits; else it leads a new one. Only leaders that
    share one of an item's rarer words are looked at: two sets of Dice d share at least one word among all but
    the most frequent d/(2-d) of either (prefix filter: Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and
    Srikant 2007), and of these at most `MOST_LOOKED_AT`. The result depends on the order given: give them sorted.
    """
    buckets: defaultdict[Hashable, list[Trace[T]]] = defaultdict(list)
    for trace in traces:
        buckets[trace.key].append(trace)
    return [group for bucket in buckets.values() for group in _grouped(bucket, fits)]


def _grouped(bucket: Sequence[Trace[T]], fits: Fits[T]) -> list[list[T]]:
    if len(bucket) == 1:
        return [[bucket[0].item]]
    frequency = Counter(word for trace in bucket for word in trace.words)
    leaders: list[Trace[T]] = []
    groups: list[list[T]] = []
    index = _Index()
    for trace in bucket:
        handles, slots = _handles(trace, frequency), _slots(trace)
        found = _best(trace, index.near(handles, slots), leaders, fits)
        if found is None:
            index.add(handles, slots, len(leaders))
            leaders.append(trace)
            groups.append([trace.item])
        else:
            groups[found].append(trace.item)
    return groups


class _Index:
    """Leaders by handle and by when they lie; those that may lie anywhere apart."""

    def __init__(self) -> None:
        self._placed: defaultdict[tuple[Hashable, int], list[int]] = defaultdict(list)
        self._wide: defaultdict[Hashable, list[int]] = defaultdict(list)
        self._all: defaultdict[Hashable, list[int]] = defaultdict(list)

    def add(self, handles: Sequence[Hashable], slots: range | None, number: int) -> None:
        for handle in handles:
            self._all[handle].append(number)
            if slots is None:
                self._wide[handle].append(number)
            for slot in slots or ():
                self._placed[handle, slot].append(number)

    def near(self, handles: Sequence[Hashable], slots: range | None) -> Iterator[int]:
        """Leaders that share a handle, each once, handle by handle."""
        seen: set[int] = set()
        for handle in handles:
            for place in self._places(handle, slots):
                for number in place:
                    if number not in seen:
                        if len(seen) == MOST_LOOKED_AT:
                            return
                        seen.add(number)
                        yield number

    def _places(self, handle: Hashable, slots: range | None) -> Iterator[list[int]]:
        if slots is None:
            yield self._all.get(handle, [])
            return
        for slot in slots:
            yield self._placed.get((handle, slot), [])
        yield self._wide.get(handle, [])


def _handles(trace: Trace[T], frequency: Counter[str]) -> list[Hashable]:
    """By what a like item is found, the surest first: all its words, aligned passages, marks, its rarer words."""
    rare_first = sorted(trace.words, key=lambda word: (frequency[word], word))
    least_shared = -(-len(rare_first) * DICE // (2 - DICE))  # ceiling
    kept = rare_first[: len(rare_first) - int(least_shared) + 1]
    return [trace.words, *sorted(trace.aligned), *kept, *sorted(trace.marks)]


def _slots(trace: Trace[T]) -> range | None:
    if trace.days is None:
        return None
    first, last = trace.days[0] // _SLOT, trace.days[1] // _SLOT
    return range(first, last + 1) if last - first < _WIDE else None


def _best(trace: Trace[T], numbers: Iterable[int], leaders: Sequence[Trace[T]], fits: Fits[T]) -> int | None:
    most, found = 0.0, None
    for number in numbers:
        leader = leaders[number]
        alike = likeness(leader, trace)
        if alike > most and fits(leader.item, trace.item):
            most, found = alike, number
            if leader.words == trace.words and trace.words and alike >= 1 and not trace.aligned:
                break
    return found


def likeness(a: Trace[T], b: Trace[T]) -> float:
    """How alike two traces are, 0 where they are not; above 1 by a mark they share, then by aligned passages."""
    shared = dice(a.words, b.words)
    if a.marks and a.marks & b.marks:
        return 2 + shared
    if shared >= DICE / 2 and a.aligned and a.aligned & b.aligned:
        return 1 + shared
    return max(shared, DICE) if close(a.words, b.words) else 0.0
