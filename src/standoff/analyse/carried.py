"""Positions that no move tells outright and that other records carry; each names the records it rests on.

    "X only after Y has done Z", as X sets it        X demands Z of Y
    "if Y does not do Z, then X does harm"           X demands Z of Y
    X says that Y has not made clear what it wants   X demands of Y to say it

What a move of the same report tells in the same words, or in the same place, is not told again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from standoff.analyse.acts import Act, act_words, undone
from standoff.analyse.attribution import source_line
from standoff.analyse.conflict import conflicts
from standoff.analyse.facts import count_line
from standoff.analyse.implied import clarity
from standoff.analyse.known import Known
from standoff.analyse.periods import newest_period
from standoff.analyse.positions import Flag, Position, Sighting
from standoff.analyse.tracing import Tracer, tracer_of
from standoff.analyse.words import close
from standoff.model.ids import content_id
from standoff.model.record import Linkage, Move, MoveStatus, Record, Statement

_DOES_NOT = re.compile(r"(?:the )?(?P<who>.+?) (?:does not|doesn[’']t) (?P<act>[a-z]+\b.*)", re.IGNORECASE)
CLEAR = "to say clearly what it wants"


@dataclass(frozen=True, slots=True)
class _Demand:
    by: str
    of: str
    what: str
    issue: str
    record: Record


def carried(
    known: Known, as_of: date | None, held: Iterable[Position], contested: Collection[str] = ()
) -> tuple[Position, ...]:
    """The demands that linkages and statements carry by a day, beside the positions that moves tell (`held`)."""
    tracer = tracer_of(known)
    told = _Told(known, tracer, held)
    found: defaultdict[tuple[str, str, str], list[_Demand]] = defaultdict(list)
    for demand in (*_of_linkages(known, tracer, as_of), *_of_statements(known, tracer, as_of)):
        if not told.already(demand):
            found[demand.by, demand.of, demand.what].append(demand)
    period = newest_period(known, as_of)
    since = period[0] if period else None
    return tuple(_position(known, those, contested, since) for _, those in sorted(found.items(), key=lambda i: i[0]))


def _of_linkages(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[_Demand]:
    for link in known.linkages:
        other = link.first_actor
        if link.kind == "exchange" or not link.by or not other or other == link.by or not known.in_scope(link, as_of):
            continue
        act = Act(other, link.first)
        wanted = undone(act) if link.kind == "threat" else act
        if wanted.contrary is None:
            what = _asked(known, link, other) or wanted.what
            yield _Demand(link.by, other, what, _first_of(known, tracer.issues(wanted.what)), link)


def _asked(known: Known, link: Linkage, other: str) -> str | None:
    """`if China does not supply ore, ...`: asked `to supply ore`."""
    found = _DOES_NOT.fullmatch(link.first) if link.kind == "threat" else None
    party = known.pack.party(other)
    if found is None or party is None or found["who"] not in (party.name, *party.names, *party.metonyms):
        return None
    return f"to {found['act']}"


def _of_statements(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[_Demand]:
    for conflict in conflicts(known, as_of):
        sides = clarity(known, conflict)
        if sides:
            asks, owner = sides
            account = conflict.a if conflict.a.party == asks else conflict.b
            record, other = (known.record(r) for r in sorted(conflict.records, key=lambda r: r != account.record))
            issues = tracer.issues(known.words(record))
            shared = issues & tracer.issues(known.words(other)) or issues
            yield _Demand(asks, owner, CLEAR, _first_of(known, shared), record)


def _first_of(known: Known, issues: Collection[str]) -> str:
    """The first by the pack's order; `other` where there is none."""
    return next((issue.id for issue in known.pack.issues if issue.id in issues), "other")


class _Told:
    """The demands that moves tell: where they stand, and in what words."""

    def __init__(self, known: Known, tracer: Tracer, held: Iterable[Position]) -> None:
        self._names = tracer.names
        self._moves: defaultdict[tuple[str, str], list[Move]] = defaultdict(list)
        for position in held:
            if position.kind == "demand":
                for record in map(known.record, position.records):
                    if isinstance(record, Move):
                        self._moves[position.party, record.report].append(record)

    def already(self, demand: _Demand) -> bool:
        words = act_words(Act(demand.of, demand.what)) - self._names
        return any(
            any(place.overlaps(demand.record.span) for place in move.evidence)
            or close(act_words(Act(demand.of, move.what)) - self._names, words)
            for move in self._moves.get((demand.by, demand.record.report), ())
        )


def _position(known: Known, demands: list[_Demand], contested: Collection[str], since: date | None) -> Position:
    first = demands[0]
    records = tuple(dict.fromkeys(d.record.id for d in demands))
    told = [known.record(id) for id in records]
    days = [day for record in told if (day := known.published(record))]
    origins = known.origin_count(told)
    status: MoveStatus = "made" if any(_status(known, r) == "made" for r in told) else "reported-by-sources"
    flags: list[Flag] = ["by-sources"] if status != "made" else []
    flags += ["one-origin"] if origins == 1 else []
    flags += ["undated"] if not days else []
    flags += ["contested"] if any(id in contested for id in records) else []
    flags += ["not-met-since"] if since and max(days, default=date.min) < since else []
    sources = ", ".join(sorted({source_line(known, r) for r in told})[:3])
    return Position(
        id=content_id("p", "carried", first.by, first.what, *records),
        issue=first.issue,
        party=first.by,
        toward=first.of,
        kind="demand",
        what=first.what,
        status=status,
        sightings=tuple(
            Sighting(
                record=r.id,
                report=r.report,
                happened=known.happened(r),
                published=known.published(r),
                status=_status(known, r),
                source=source_line(known, r),
            )
            for r in told
        ),
        first=min(days, default=None),
        last=max(days, default=None),
        flags=tuple(flags),
        origins=origins,
        records=records,
        explanation=f"{first.by} demands {first.what}: as a condition or a complaint, not outright; "
        f"{count_line(origins, len({r.report for r in told}))}; told by {sources}.",
    )


def _status(known: Known, record: Record) -> MoveStatus:
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    return "reported-by-sources" if statement is not None and statement.kind == "anonymous" else "made"
