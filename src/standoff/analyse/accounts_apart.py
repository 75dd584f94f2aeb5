"""By one account so, by another otherwise: moves, linkages, contacts and measures that two voices tell differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Literal

from standoff.analyse.denials import GIVES
from standoff.analyse.known import Known, told_date
from standoff.analyse.periods import SILENCE, one_round
from standoff.analyse.tracing import Tracer, same_people
from standoff.model.record import Contact, Measure, Move, Record

ApartKind = Literal["position", "terms", "contact", "figures"]


def told_apart(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[tuple[ApartKind, Record, Record]]:
    """All pairs that the four rules find, rule by rule."""
    yield from _positions(known, tracer, as_of)
    yield from _terms(known, tracer, as_of)
    yield from _contacts(known, as_of)
    yield from _figures(known, tracer, as_of)


def _positions(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[tuple[ApartKind, Move, Move]]:
    """By one account a party gives, by another it refuses: one issue, one period, close words, other voices."""
    refusals: defaultdict[tuple[str, str, str, int], list[Move]] = defaultdict(list)
    gifts: list[Move] = []
    words: dict[str, frozenset[str]] = {}
    for move in known.moves:
        if move.said_by is None or move.status == "expected" or not known.in_scope(move, as_of):
            continue
        if move.by is None or not tracer.between(move.by):
            continue
        if move.type == "refuse" or (move.type in GIVES and move.status == "denied"):
            words[move.id] = tracer.deed(move, move.by)
            for word in words[move.id]:
                refusals[move.by, move.issue, word, _slot(known, move)].append(move)
        elif move.type in GIVES:
            words[move.id] = tracer.deed(move, move.by)
            gifts.append(move)
    for given in gifts:
        by, issue, slot = given.by or "", given.issue, _slot(known, given)
        places = [(by, issue, word, at) for word in sorted(words[given.id]) for at in (slot - 1, slot, slot + 1)]
        near = {m.id: m for place in places for m in refusals.get(place, ())}
        for refused in near.values():
            shared = len(words[given.id] & words[refused.id])
            enough = shared > (given.report != refused.report) and one_round(known, given, refused)
            if enough and _other_account(known, given, refused):
                first, second = sorted((given, refused), key=lambda m: _place(known, m))
                yield "position", first, second


def _terms(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[tuple[ApartKind, Record, Record]]:
    """What a party gives outright by another side's account, and by other voices of the report only conditionally."""
    given: defaultdict[str, list[Move]] = defaultdict(list)
    for move in known.moves:
        told = known.statement_of(move)
        own = told is None or told.speaks_for in (None, move.by)
        if move.type in GIVES and tracer.between(move.by) and not own and known.in_scope(move, as_of):
            given[move.report].append(move)
    for link in known.linkages:
        told = known.statement_of(link)
        if link.kind == "threat" or not known.in_scope(link, as_of):
            continue
        then = tracer.deed(link, link.then_actor)
        for move in given[link.report]:
            by = known.statement_of(move)
            words = tracer.deed(move, move.by)
            apart = (
                by is not None
                and (told is None or told.speaks_for != by.speaks_for)
                and not move.span.overlaps(link.span)
            )
            if move.by == link.then_actor and apart and len(words & then) > 1:
                yield "terms", move, link


def _contacts(known: Known, as_of: date | None) -> Iterator[tuple[ApartKind, Contact, Contact]]:
    """One contact of the sides, planned by one voice of a report and not planned by another."""
    told: defaultdict[str, list[Contact]] = defaultdict(list)
    for contact in known.contacts:
        if contact.status in ("planned", "not-planned") and known.in_scope(contact, as_of):
            told[contact.report].append(contact)
    for those in told.values():
        for a, b in combinations(those, 2):
            voices = {s.id if (s := known.statement_of(c)) else None for c in (a, b)}
            alike = a.level == b.level if a.level or b.level else same_people(a, b)
            if (
                (a.status == "planned") != (b.status == "planned")
                and len(voices) > 1
                and alike
                and a.parties == b.parties
            ):
                yield "contact", a, b


def _slot(known: Known, move: Move) -> int:
    day = known.published(move)
    return day.toordinal() // SILENCE.days if day else 0


def _other_account(known: Known, a: Move, b: Move) -> bool:
    """Whether different voices tell the two, in one report or in reports that do not copy each other."""
    one, other = known.statement_of(a), known.statement_of(b)
    if one is None or other is None or one.id == other.id or one.speaks_for == other.speaks_for:
        return False
    if a.report == b.report:
        return True
    if a.issue == "other":
        return False  # of what the pack has no name for, words alone do not tell that it is one matter
    near = all(s.speaks_for or s.kind == "anonymous" for s in (one, other))  # elsewhere others tell only their view
    return near and known.origin_of(a) != known.origin_of(b)


def _figures(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[tuple[ApartKind, Measure, Measure]]:
    """One measure of one told day, with different figures in reports that do not copy each other."""
    told: defaultdict[tuple[object, ...], list[Measure]] = defaultdict(list)
    for measure in known.measures:
        when = told_date(measure)
        if when and when.precision == "day" and known.in_scope(measure, as_of):
            on = Tracer.toward_in(known.pack, measure.by, measure.on)
            told[measure.instrument, measure.by, on, measure.status, when, tracer.goods(measure.goods)].append(measure)
    for those in told.values():
        for a, b in combinations(those, 2):
            differ = _differ(a.rate_percent, b.rate_percent) or (
                a.rate_percent == b.rate_percent and _differ(a.amount_usd, b.amount_usd)
            )
            if differ and known.origin_of(a) != known.origin_of(b):
                yield "figures", a, b


def _differ(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and a != b


def _place(known: Known, record: Record) -> tuple[date, str, int]:
    return known.published(record) or date.max, known.report_of(record).name, record.span.start
