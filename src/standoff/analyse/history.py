"""The history of each position and measure: at every day that a report tells of it, NEW, CHANGED or STATIC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

from standoff.analyse.known import Known
from standoff.analyse.places import evidence_json
from standoff.analyse.positions import Position, positions
from standoff.analyse.stock import IN_FORCE, StandingMeasure, measure_words, status_of, stock
from standoff.analyse.words import figures
from standoff.model.record import Measure, Move, Record

Mark = Literal["NEW", "CHANGED", "STATIC"]
Subject = Literal["position", "measure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One day on which reports tell of it: what it then was, and whether that is new, changed or as before."""

    day: date
    mark: Mark
    standing: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All days of one position or measure (id), oldest first; `ended` tells what replaced it, if anything did."""

    item: str
    subject: Subject
    what: str
    entries: tuple[Entry, ...]
    ended: str | None


def history(known: Known, as_of: date | None = None) -> tuple[History, ...]:
    """The histories of all positions and measures met by a day; those without any dated report are left out."""
    lines = [
        *(_of_position(known, p) for p in positions(known, as_of)),
        *(_of_measure(known, m) for m in stock(known, as_of)),
    ]
    return tuple(line for line in lines if line.entries)


def _of_position(known: Known, position: Position) -> History:
    found = [(known.record(s.record), _held(known.record(s.record))) for s in position.sightings]
    return History(
        item=position.id, subject="position", what=f"{position.party} {position.kind}: {position.what}",
        entries=tuple(_entries(known, found)), ended=position.why,
    )  # fmt: skip


def _of_measure(known: Known, measure: StandingMeasure) -> History:
    found = [(r, _stands(known, r)) for r in (known.record(id) for id in measure.records)]
    return History(
        item=measure.id,
        subject="measure",
        what=measure_words(measure),
        entries=tuple(_entries(known, found)),
        ended=None,
    )


def _held(record: Record) -> str:
    """How firm a position is told, and with which figures."""
    if not isinstance(record, Move):
        return ""
    firm = "held" if record.status in ("made", "reported-by-sources") else record.status
    return ", ".join([firm, *sorted(figures(record.what))])


def _stands(known: Known, record: Record) -> str:
    if not isinstance(record, Measure):
        return ""
    status = status_of(known, record)
    return "in force" if status in IN_FORCE else status


def _entries(known: Known, found: Iterable[tuple[Record, str]]) -> Iterator[Entry]:
    """One entry a day of publication; of several standings told on one day the last in the order of the record."""
    dated = sorted(
        (
            (day, record.span.start, record.id, standing)
            for record, standing in found
            if (day := known.published(record))
        ),
    )
    before: str | None = None
    for day, those in groupby(dated, key=lambda d: d[0]):
        told = list(those)
        standing = told[-1][3]
        mark: Mark = "NEW" if before is None else "STATIC" if standing == before else "CHANGED"
        yield Entry(day=day, mark=mark, standing=standing, records=tuple(id for _, _, id, _ in told))
        before = standing


def history_json(known: Known, answer: Iterable[History]) -> list[dict[str, Any]]:
    """`[{subject, what, ended, entries: [{day, mark, standing, evidence}]}]`."""
    return [
        {"subject": line.subject, "what": line.what, "ended": line.ended,
         "entries": [
             {"day": e.day.isoformat(), "mark": e.mark, "standing": e.standing,
              "evidence": evidence_json(known, e.records)}
             for e in line.entries
         ]}
        for line in answer
    ]  # fmt: skip
