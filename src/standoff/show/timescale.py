"""A time axis that leaves out what is empty: stretches of days, with a visible break where nothing lies between.

Within a stretch a day takes as much room as what happened on it needs, and an empty day only a little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise

from standoff.analyse.periods import SILENCE

BREAK = 40.0  # width of what stands for an empty time, in the unit of the drawing
_WINDOW = 100  # days that are looked at at once; a longer stretch is cut by quarters, or by years
_QUARTERS = 800
_BUSY = 0.75  # of a stretch's room: the most that busy days take from the empty ones
_LEAST = 84.0  # room of a stretch: that of its words
_IN = 10.0  # from where the room of a day begins to where its first mark has its middle


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch on the axis: `edges` are where each of its days begins, and where the last one ends."""

    stretch: Stretch
    edges: tuple[float, ...]

    @property
    def left(self) -> float:
        return self.edges[0]

    @property
    def right(self) -> float:
        return self.edges[-1]

    def x(self, day: date) -> float:
        """Where the first mark of a day has its middle; of a day outside, that of the nearest one within."""
        number = (min(max(day, self.stretch.first), self.stretch.last) - self.stretch.first).days
        begins, ends = self.edges[number], self.edges[number + 1]
        return begins + min((ends - begins) / 2, _IN)


@dataclass(frozen=True, slots=True)
class Scale:
    """Segments from left to right, oldest first."""

    segments: tuple[Segment, ...]

    def segment(self, day: date) -> Segment:
        """The segment a day lies in, or the nearest one."""
        return min(self.segments, key=lambda s: (_apart(s.stretch, day), s.stretch))

    def x(self, day: date) -> float:
        """Where a day lies."""
        return self.segment(day).x(day)

    def breaks(self) -> Iterator[tuple[float, float, str]]:
        """What is left out: from where to where on the axis, and how long it is in words."""
        for before, after in pairwise(self.segments):
            yield before.right, after.left, _length((after.stretch.first - before.stretch.last).days)


def stretches(days: Iterable[date], silence: timedelta = SILENCE) -> tuple[Stretch, ...]:
    """Runs of days in which no two neighbours lie further apart than `silence`; oldest first."""
    found: list[Stretch] = []
    for day in sorted(set(days)):
        if found and day - found[-1].last <= silence:
            found[-1] = Stretch(found[-1].first, day)
        else:
            found.append(Stretch(day, day))
    return tuple(found)


def windows(found: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What can be looked at at once: the stretches, long ones cut at quarters or years."""
    return tuple(part for stretch in found for part in _cut(stretch))


def _cut(stretch: Stretch) -> Iterator[Stretch]:
    if stretch.days <= _WINDOW:
        yield stretch
        return
    months = 3 if stretch.days <= _QUARTERS else 12
    first = stretch.first
    while first <= stretch.last:
        month = (first.month - 1) // months * months + months
        following = date(first.year + month // 12, month % 12 + 1, 1)
        yield Stretch(first, min(following - timedelta(days=1), stretch.last))
        first = following


def scale(found: Sequence[Stretch], left: float, right: float, needs: Mapping[date, float]) -> Scale:
    """The stretches (oldest first) between two places of the axis; `needs` is the room that a day should have.

    A stretch has room by what its days need and, less than in proportion, by its length; what is needed is granted as
    far as there is room, so that empty days keep some.
    """
    room = right - left - BREAK * (len(found) - 1)
    wanted = [sum(needs.get(day, 0.0) for day in _each(s)) + 14 * (s.days + 6) ** 0.5 for s in found]
    least = min(_LEAST, room / len(found)) if found else 0.0
    rest = max(0.0, room - least * len(found))
    segments, at = [], left
    for stretch, weight in zip(found, wanted, strict=True):
        width = least + rest * weight / sum(wanted)
        segments.append(Segment(stretch, tuple(_edges(stretch, at, width, needs))))
        at += width + BREAK
    return Scale(tuple(segments))


def _edges(stretch: Stretch, left: float, width: float, needs: Mapping[date, float]) -> Iterator[float]:
    own = [needs.get(day, 0.0) for day in _each(stretch)]
    granted = min(1.0, _BUSY * width / sum(own)) if sum(own) else 0.0
    empty = (width - granted * sum(own)) / stretch.days
    yield from accumulate((granted * need + empty for need in own), initial=left)


def _each(stretch: Stretch) -> Iterator[date]:
    return (stretch.first + timedelta(days=n) for n in range(stretch.days))


def stretch_words(stretch: Stretch) -> str:
    """`May 2018`, `Feb to Mar 2025`, `Dec 2024 to Jan 2025`."""
    first, last = stretch.first, stretch.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%b %Y}"
    return f"{first:%b} to {last:%b %Y}" if first.year == last.year else f"{first:%b %Y} to {last:%b %Y}"


def _apart(stretch: Stretch, day: date) -> int:
    return max((stretch.first - day).days, (day - stretch.last).days, 0)


def _length(days: int) -> str:
    if days < 60:
        return f"{days} days"
    months = round(days / 30.44)
    years = round(days / 365.25)
    return f"{months} months" if months < 24 else f"{years} years"
