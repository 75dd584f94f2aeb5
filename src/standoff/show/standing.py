"""What stands, as rows of the brief: positions by issue and side, measures by how they stand, contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from standoff.analyse.attribution import listed
from standoff.analyse.known import Known
from standoff.analyse.periods import newest_period
from standoff.analyse.positions import Position
from standoff.analyse.state import State
from standoff.analyse.stock import IN_FORCE, StandingMeasure
from standoff.analyse.timeline import AHEAD, TimelineEntry
from standoff.show.evidence import Pins, shown
from standoff.show.wording import Line, backed, badges, days, measure_line, position_line, shown_when, some

_OPEN = 8  # positions of a cell that stand open
_OLDER = 12  # that are folded
_LAST_KNOWN = 2  # older ones that do where no newer report tells any

_STANDINGS: tuple[tuple[str, frozenset[str]], ...] = (
    ("In force", IN_FORCE),
    ("Suspended or lifted", frozenset({"suspended", "lifted"})),
    ("Announced, threatened, proposed or demanded", frozenset({"announced", "threatened", "proposed", "demanded"})),
)


def matrix(known: Known, found: State, pins: Pins) -> dict[str, list[dict[str, Any]]]:
    """Issue × side, in the pack's order: issues that the newest reports tell of (`now`), and the others (`before`)."""
    order = {issue.id: n for n, issue in enumerate(known.pack.issues)}
    names = {issue.id: issue.name for issue in known.pack.issues}
    rows: dict[str, list[dict[str, Any]]] = {"now": [], "before": []}
    by_issue = found.matrix()
    issues = sorted(by_issue, key=lambda i: (order.get(i, len(order)), i))
    issues.sort(key=lambda i: not any(_now(p) for side in known.pack.between for p in by_issue[i].get(side, ())))
    for issue in issues:
        held = [by_issue[issue].get(side, ()) for side in known.pack.between]
        if any(held):
            cells = [_cell(known, positions, pins) for positions in held]
            fresh = any(_now(p) for positions in held for p in positions)
            rows["now" if fresh else "before"].append({"issue": names.get(issue, issue), "cells": cells})
    return rows


def _now(position: Position) -> bool:
    return "not-met-since" not in position.flags


def _cell(known: Known, positions: Iterable[Position], pins: Pins) -> dict[str, Any]:
    """What a side holds on an issue: what the newest reports tell; else what was told last; and the rest, folded."""
    ordered = sorted(positions, key=lambda p: (p.last or date.min, p.id), reverse=True)
    now = [p for p in ordered if _now(p)]
    older = [p for p in ordered if not _now(p)]
    there = now[:_OPEN] or older[:_LAST_KNOWN]

    def line(position: Position) -> Line:
        return position_line(known, position, pins)

    return {
        "fresh": bool(now),
        "there": [line(p) for p in there],
        "before": some([p for p in ordered if p not in there], line, _OLDER),
    }


def measures(known: Known, found: Sequence[StandingMeasure], as_of: date | None, pins: Pins) -> dict[str, Any]:
    """Measures that the newest reports tell of, by how they stand; and the others, told of only before."""
    period = newest_period(known, as_of)
    names = {p.code: p.name for p in known.pack.parties}

    def fresh(measure: StandingMeasure) -> bool:
        return period is None or (measure.met[1] or date.min) >= period[0]

    def row(measure: StandingMeasure) -> dict[str, Any]:
        return _measure(known, measure, pins, names)

    now = [m for m in found if fresh(m)]
    groups: list[dict[str, Any]] = [
        {"title": title, "rows": some([m for m in now if m.status in statuses], row)} for title, statuses in _STANDINGS
    ]
    older = some([m for m in found if not fresh(m)], row)
    since = days(period[0], period[0]) if period else ""
    return {"groups": [g for g in groups if g["rows"].those], "older": older, "since": since}


def _measure(known: Known, measure: StandingMeasure, pins: Pins, names: Mapping[str, str]) -> dict[str, Any]:
    told = (
        ("announced", measure.announced), ("effective", measure.effective), ("suspended", measure.suspended),
        ("removed", measure.removed),
    )  # fmt: skip
    return {
        "line": Line(
            measure_line(known, measure),
            pins.numbers(measure.records, 3),
            badges(measure.flags),
            note=shown(backed(known, measure.records)),
        ),
        "on": names.get(measure.on or "", measure.on or "not stated"),
        "status": measure.status.replace("-", " "),
        "dates": [(label, shown_when(d.when)) for label, those in told for d in those],
        "reason": shown(measure.reason) if measure.reason else "",
        "met": days(*measure.met),
    }


def contact(known: Known, entry: TimelineEntry, pins: Pins) -> dict[str, Any]:
    """One contact: who, when in its own words and as a day, where, and how it stands."""
    names = {p.code: p.name for p in known.pack.parties}
    who = shown(listed(entry.who or [names.get(p, p) for p in entry.parties]))
    when = shown_when(entry.when) if entry.when and entry.basis == "told" else ""
    return {
        "line": Line(
            who,
            pins.numbers(entry.records),
            badges(entry.flags),
            note=shown(backed(known, entry.records)),
        ),
        "kind": entry.kind,
        "place": shown(entry.place) if entry.place else "",
        "when": when or (f"reported {shown_when(entry.when)}" if entry.when else "not stated"),
        "words": shown(entry.when_words) if entry.when_words else "",
        "level": entry.level or "",
        "status": entry.status.replace("-", " "),
        "missed": entry.missed,
        "unconfirmed": entry.unconfirmed,
    }


def coming(known: Known, found: Sequence[TimelineEntry], as_of: date | None, pins: Pins) -> list[dict[str, Any]]:
    """The contacts ahead: planned ones first, then those only sought or considered; those of the newest reports."""
    period = newest_period(known, as_of)

    def fresh(entry: TimelineEntry) -> bool:
        told = [day for r in entry.records if (day := known.published(known.record(r)))]
        return period is None or any(day >= period[0] for day in told)

    ahead = [e for e in found if e.side == "ahead" and e.status in AHEAD and fresh(e)]
    ahead.sort(key=lambda e: (e.status != "planned", not e.between_sides, e.basis != "told"))
    return [contact(known, e, pins) for e in ahead[:4]]
