"""Accounts that differ: two records side by side, never settled. What is doubtful is left out: precision first.

Seven ways to differ are found:

- *denial*: somebody denies what another source says; the assertion denied is the one in the same report that is
  closest in words, or stands right before;
- *polarity*: two sources of one report say of the same thing that it is and that it is not;
- *position*: by one account a party gives, by another it refuses, on one issue within one period;
- *terms*: by one account a party gives, by another only after something else;
- *contact*: by one account a contact is planned, by another source of the report it is not;
- *cause*: two sides give different causes for what one issue is about;
- *figures*: two reports that do not copy each other tell one dated measure with different rates or amounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Literal

from standoff.analyse.acts import Act, act_words
from standoff.analyse.attribution import source_line
from standoff.analyse.denials import FAMILIES, GIVES, disputes
from standoff.analyse.known import Known, told_date
from standoff.analyse.periods import SILENCE
from standoff.analyse.tracing import Tracer, same_people
from standoff.analyse.words import content_words
from standoff.model.ids import content_id
from standoff.model.record import Contact, Measure, Move, Record, Statement

ConflictKind = Literal["denial", "polarity", "cause", "position", "terms", "contact", "figures"]

_ORDER: tuple[ConflictKind, ...] = ("denial", "position", "terms", "contact", "figures", "cause", "polarity")
_APART: frozenset[ConflictKind] = frozenset({"terms", "contact"})  # their own dispute, whatever else is disputed of it
_LONGEST = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of two accounts: the record, whose account it is (a side, None: nobody's), who says so, in what words."""

    record: str
    report: str
    party: str | None
    source: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two accounts that cannot both be true, or that a report sets against each other; `a` is told first.

    `also` are further records of the same dispute: other wordings in the report, the same story in copies of it.
    """

    id: str
    kind: ConflictKind
    about: str
    a: Account
    b: Account
    records: tuple[str, str]
    also: tuple[str, ...]
    explanation: str


def conflicts(known: Known, as_of: date | None = None) -> tuple[Conflict, ...]:
    """All accounts that differ in what was known by a day, in the order of the record, each pair once."""
    tracer = Tracer(known)
    by_report: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in known.statements:
        if statement.act != "decline-to-comment" and known.in_scope(statement, as_of):
            by_report[statement.report].append(statement)
    moves: defaultdict[str, list[Move]] = defaultdict(list)
    for move in known.moves:
        moves[move.report].append(move)
    pairs: dict[tuple[str, str], tuple[ConflictKind, Record, Record]] = {}
    for report in known.reports:
        for kind, a, b in disputes(known, tracer, by_report[report.id], moves[report.id]):
            pairs.setdefault(_key(a, b), (kind, a, b))
    across = (
        _positions(known, tracer, as_of),
        _terms(known, tracer, as_of),
        _contacts(known, as_of),
        _figures(known, tracer, as_of),
    )
    for how, one, other in (pair for found_pairs in across for pair in found_pairs):
        pairs.setdefault(_key(one, other), (how, one, other))
    ordered = sorted(pairs.values(), key=lambda p: _ORDER.index(p[0]))
    found = _folded(known, tracer, [_conflict(known, kind, a, b) for kind, a, b in ordered])
    return tuple(sorted(found, key=lambda c: (_place(known, known.record(c.records[0])), c.id)))


def _folded(known: Known, tracer: Tracer, found: Sequence[Conflict]) -> list[Conflict]:
    """Each dispute once: pairs that share a record with one that is kept, or retell it in a copy, are its `also`."""
    kept: list[Conflict] = []
    holder: dict[str, int] = {}
    by_origin: defaultdict[tuple[str, frozenset[str | None]], list[int]] = defaultdict(list)
    for conflict in found:
        story = (known.origin(conflict.a.report), frozenset({conflict.a.party, conflict.b.party}))
        at = next((holder[r] for r in conflict.records if r in holder and conflict.kind not in _APART), None)
        if at is None:
            at = next((n for n in by_origin[story] if _retells(tracer, conflict, kept[n])), None)
        if at is None:
            holder |= dict.fromkeys(conflict.records, len(kept))
            by_origin[story].append(len(kept))
            kept.append(conflict)
        else:
            told = [r for r in conflict.records if r not in kept[at].records and r not in kept[at].also]
            kept[at] = replace(kept[at], also=(*kept[at].also, *told))
    return kept


def _retells(tracer: Tracer, new: Conflict, old: Conflict) -> bool:
    """Whether a copy of a report tells the same dispute: both accounts share words with those of the original."""
    if new.a.report == old.a.report:
        return False
    pairs = ((new.a, old.a), (new.b, old.b)) if new.a.party == old.a.party else ((new.a, old.b), (new.b, old.a))
    return all((_matter(x) & _matter(y)) - tracer.names for x, y in pairs)


def _matter(account: Account) -> frozenset[str]:
    return frozenset(FAMILIES.get(stem) or stem for stem in content_words(account.words))


def contested_records(found: Iterable[Conflict]) -> frozenset[str]:
    """The ids of all records in conflicts: what they say is marked wherever it appears."""
    return frozenset(record for conflict in found for record in (*conflict.records, *conflict.also))


def _key(a: Record, b: Record) -> tuple[str, str]:
    return (a.id, b.id) if a.id < b.id else (b.id, a.id)


def _positions(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[tuple[ConflictKind, Move, Move]]:
    """By one account a party gives, by another it refuses: one issue, one period, close words, other voices."""
    refusals: defaultdict[tuple[str, str, str, int], list[Move]] = defaultdict(list)
    gifts: list[Move] = []
    words: dict[str, frozenset[str]] = {}
    for move in known.moves:
        if move.said_by is None or move.by is None or move.status == "expected" or not known.in_scope(move, as_of):
            continue
        if move.type == "refuse" or (move.type in GIVES and move.status == "denied"):
            words[move.id] = act_words(Act(move.by, known.words(move))) - tracer.names
            for word in words[move.id]:
                refusals[move.by, move.issue, word, _slot(known, move)].append(move)
        elif move.type in GIVES:
            words[move.id] = act_words(Act(move.by, known.words(move))) - tracer.names
            gifts.append(move)
    for given in gifts:
        by, issue, slot = given.by or "", given.issue, _slot(known, given)
        places = [(by, issue, word, at) for word in sorted(words[given.id]) for at in (slot - 1, slot, slot + 1)]
        near = {m.id: m for place in places for m in refusals.get(place, ())}
        for refused in near.values():
            shared = len(words[given.id] & words[refused.id])
            enough = shared > (given.report != refused.report) and _in_one_period(known, given, refused)
            if enough and _other_account(known, given, refused):
                first, second = sorted((given, refused), key=lambda m: _place(known, m))
                yield "position", first, second


def _terms(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[tuple[ConflictKind, Record, Record]]:
    """What a party gives outright by another side's account, and by other voices of the report only conditionally."""
    given: defaultdict[str, list[Move]] = defaultdict(list)
    for move in known.moves:
        told = known.statement_of(move)
        if move.type in GIVES and told and told.speaks_for not in (None, move.by) and known.in_scope(move, as_of):
            given[move.report].append(move)
    for link in known.linkages:
        told = known.statement_of(link)
        if link.kind == "threat" or not known.in_scope(link, as_of):
            continue
        then = act_words(Act(link.then_actor, known.words(link))) - tracer.names
        for move in given[link.report]:
            by = known.statement_of(move)
            words = act_words(Act(move.by, known.words(move))) - tracer.names
            apart = (
                by is not None
                and (told is None or told.speaks_for != by.speaks_for)
                and not move.span.overlaps(link.span)
            )
            if move.by == link.then_actor and apart and len(words & then) > 1:
                yield "terms", move, link


def _contacts(known: Known, as_of: date | None) -> Iterator[tuple[ConflictKind, Contact, Contact]]:
    """One contact of the sides, planned by one voice of a report and not planned by another."""
    told: defaultdict[str, list[Contact]] = defaultdict(list)
    for contact in known.contacts:
        if contact.status in ("planned", "not-planned", "refused") and known.in_scope(contact, as_of):
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


def _in_one_period(known: Known, a: Move, b: Move) -> bool:
    if a.report == b.report:
        return True
    one, other = known.published(a), known.published(b)
    return one is not None and other is not None and abs(one - other) <= SILENCE


def _other_account(known: Known, a: Move, b: Move) -> bool:
    """Whether different voices tell the two, in one report or in reports that do not copy each other."""
    one, other = known.statement_of(a), known.statement_of(b)
    if one is None or other is None or one.id == other.id or one.speaks_for == other.speaks_for:
        return False
    return a.report == b.report or known.origin(a.report) != known.origin(b.report)


def _figures(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[tuple[ConflictKind, Measure, Measure]]:
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
            if differ and known.origin(a.report) != known.origin(b.report):
                yield "figures", a, b


def _differ(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and a != b


def _place(known: Known, record: Record) -> tuple[date, str, int]:
    return known.published(record) or date.max, known.report_of(record).name, record.span.start


def _conflict(known: Known, kind: ConflictKind, a: Record, b: Record) -> Conflict:
    one, other = _account(known, a), _account(known, b)
    how = {
        "denial": "the second denies the first",
        "polarity": "one says that it is, the other that it is not",
        "position": "by one account it gives, by the other it refuses",
        "terms": "by one account it is given, by the other only after something else",
        "contact": "by one account it is planned, by the other it is not",
        "cause": "they give different causes",
        "figures": "the figures differ",
    }[kind]
    return Conflict(
        id=content_id("x", *sorted((a.id, b.id))),
        kind=kind,
        about=f"“{one.words}” – “{other.words}”",
        a=one,
        b=other,
        records=(a.id, b.id),
        also=(),
        explanation=f"{one.source}, and {other.source}: {how}. Both accounts are shown; neither is settled.",
    )


def _account(known: Known, record: Record) -> Account:
    report = known.report_of(record)
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    place = record.content if isinstance(record, Statement) else record.span
    words = " ".join(place.of(report.text).split())
    return Account(
        record=record.id,
        report=report.id,
        party=statement.speaks_for if statement else None,
        source=source_line(known, record),
        words=words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …",
    )
