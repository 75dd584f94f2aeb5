"""The chronology: contacts above, moves and measures by side below, on one axis of time that leaves out empty times.

One drawing shows all; each window of time that has something has its own. Every mark opens its evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from markupsafe import Markup

from standoff.analyse.known import Known
from standoff.analyse.phrases import attribution, party_name, predicate, short
from standoff.analyse.positions import Position
from standoff.analyse.state import State
from standoff.analyse.stock import FIRM, StandingMeasure
from standoff.analyse.timeline import TimelineEntry
from standoff.model.dates import When
from standoff.model.record import ContactStatus, MoveType
from standoff.show.evidence import shown
from standoff.show.timescale import Stretch, stretch_words, stretches, windows
from standoff.show.wording import days, measure_line, shown_when

Look = Literal["full", "open"]
Shape = Literal["dot", "cross", "up", "square", "down", "stop", "speech", "bar"]

CONTACTS = "contacts"
ROWS: Mapping[MoveType, tuple[str, Shape]] = {
    "offer": ("offers, agrees", "up"), "commit": ("offers, agrees", "up"), "agree": ("offers, agrees", "up"),
    "ease": ("offers, agrees", "up"), "demand": ("demands", "square"), "refuse": ("refuses", "stop"),
    "threaten": ("threatens, imposes", "down"), "impose": ("threatens, imposes", "down"),
    "accuse": ("blames", "speech"),
}  # fmt: skip
"""The row of a side that a kind of move stands in, and its shape; measures have a row of their own."""
ROW_ORDER = ("offers, agrees", "demands", "refuses", "threatens, imposes", "blames", "measures")

_CONTACT: Mapping[ContactStatus, tuple[Shape, Look]] = {
    "held": ("dot", "full"), "planned": ("dot", "open"), "sought": ("dot", "open"), "considered": ("dot", "open"),
    "missed": ("cross", "full"), "refused": ("cross", "full"), "not-planned": ("cross", "open"),
}  # fmt: skip
_LONGEST_INTERVAL = timedelta(days=62)  # of a contact; of a longer one only the first day is drawn
_MOST_WINDOWS, _MOST_MARKS = 12, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing on the axis: its day (and the last one, of an interval), its side's number and row, how it looks.

    `look`: full where it is told as done or said, open where it is planned, expected or only possible. `inferred`:
    nobody tells its day. `title` says all of it in a line, `label` in a few words. `records` are its evidence.
    """

    day: date
    until: date
    side: int | None
    row: str
    shape: Shape
    look: Look
    inferred: bool
    title: str
    label: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing: what it shows in words, and the drawing."""

    label: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class Chronology:
    """The drawings, the whole first; what has no day is only counted, and so are marks too old to be drawn."""

    panels: tuple[Panel, ...]
    sides: tuple[str, ...]
    undated: int
    older: int


def chronology(known: Known, now: State, draw: Callable[[Iterable[Mark], tuple[Stretch, ...]], Markup]) -> Chronology:
    """The chronology of a state; `draw` makes one drawing of marks over stretches of time."""
    found = list(marks(known, now))
    held = (*now.positions, *now.deeds, *now.accusations, *now.history)
    every = [*(x.records for x in held), *(x.records for x in now.measures), *(x.records for x in now.contacts)]
    seen = {record for mark in found for record in mark.records}
    undated = sum(seen.isdisjoint(records) for records in every)
    names = tuple(party_name(known.pack, side).removeprefix("the ") for side in known.pack.between)
    left, found = found[:-_MOST_MARKS], found[-_MOST_MARKS:]
    spans = stretches(day for mark in found for day in (mark.day, mark.until))
    shown_spans = windows(spans)
    newest = shown_spans[-_MOST_WINDOWS:]
    if not found:
        return Chronology((), names, undated, 0)
    whole = tuple(s for s in spans if s.last >= newest[0].first)
    kept = [m for m in found if m.until >= newest[0].first]
    panels = [Panel("All", draw(kept, whole))] if len(newest) > 1 else []
    panels += [Panel(stretch_words(w), draw([m for m in kept if m.day in w], (w,))) for w in reversed(newest)]
    return Chronology(tuple(panels), names, undated, len(left) + len(found) - len(kept))


def marks(known: Known, now: State) -> Iterator[Mark]:
    """All that has a day: contacts, moves of the sides, and their measures; in the order of time."""
    found = [
        *(m for c in now.contacts if (m := _contact(known, c))),
        *(
            m
            for p in (*now.positions, *now.deeds, *now.accusations, *now.history)
            if p.party in known.pack.between and (m := _position(known, p))
        ),
        *(m for t in now.measures if t.by in known.pack.between for m in _measures(known, t)),
    ]
    yield from sorted(found, key=lambda m: (m.day, m.until, m.side or 0, m.row, m.title))


def _contact(known: Known, entry: TimelineEntry) -> Mark | None:
    when = entry.when
    day = (when.first or when.last) if when else None
    if when is None or day is None:
        return None
    told = entry.basis == "told"
    until = when.last if told and when.last and when.last - day <= _LONGEST_INTERVAL else day
    shape, look = _CONTACT[entry.status]
    names = [w for w in entry.who if len(w) > 1] or [party_name(known.pack, p) for p in entry.parties]
    what = f"{entry.kind} of {', '.join(names[:3])}" + (f" in {entry.place}" if entry.place else "")
    dated = shown_when(when) if told else f"reported {shown_when(when)}"
    status = entry.status.replace("-", " ") + (", no report says it took place" if entry.unconfirmed else "")
    said = attribution(known, known.record(entry.records[-1]))
    return Mark(
        day=day, until=until, side=None, row=CONTACTS, shape=shape, look=look,
        inferred=not told or "inferred-date" in entry.flags, title=shown(f"{dated}: {what}; {status} ({said})"),
        label=shown(short(f"{entry.kind}: {', '.join(names[:2])}", 54)), records=entry.records,
    )  # fmt: skip


def _position(known: Known, position: Position) -> Mark | None:
    if position.first is None:
        return None
    row, shape = ROWS[position.kind]
    sure = position.status in ("made", "reported-by-sources")
    name = party_name(known.pack, position.party)
    said = attribution(known, known.record(position.records[0]))
    return Mark(
        day=position.first, until=position.first, side=known.pack.between.index(position.party), row=row, shape=shape,
        look="full" if sure else "open", inferred="inferred-date" in position.flags,
        title=shown(f"{days(position.first, position.first)}: {name} {' '.join(predicate(known, position))} ({said})"),
        label="", records=position.records,
    )  # fmt: skip


def _measures(known: Known, measure: StandingMeasure) -> Iterator[Mark]:
    """One mark for each date of its life that is told; without any, one where it is first told of."""
    side = known.pack.between.index(measure.by or "")
    base = Mark(
        day=date.min, until=date.min, side=side, row="measures", shape="bar", look="full", inferred=False, title="",
        label="", records=measure.records,
    )  # fmt: skip
    words = measure_line(known, measure)
    told = (
        ("announced", measure.announced), ("takes effect", measure.effective), ("suspended", measure.suspended),
        ("removed", measure.removed),
    )  # fmt: skip
    dated = [(word, d) for word, those in told for d in those]
    for word, one in dated:
        if day := _first(one.when):
            title = shown(f"{shown_when(one.when)}: {words}, {word}")
            look: Look = "full" if measure.status in FIRM else "open"
            yield replace(base, day=day, until=day, look=look, title=title, records=(*one.records,))
    if not dated and (day := measure.met[0]):
        look = "full" if measure.status in FIRM else "open"
        title = shown(f"reported {days(day, day)}: {words}, {measure.status.replace('-', ' ')}")
        yield replace(base, day=day, until=day, look=look, title=title)


def _first(when: When) -> date | None:
    return when.first or when.last
