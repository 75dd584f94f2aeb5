"""Was it put to them, and was it done? Each demand with how it was put and met; each promise with what came of it.

A demand is *delivered* where the report tells it beside a held contact of the two sides (the next sentence at most),
or names a channel in it; *disputed* where accounts differ on it or on whether its owner has made clear what it wants;
*taken up* or *refused* by the first answer of the other side on the same matter; else *unanswered*.

A promise (an undertaking or an agreement) is *contradicted* where another account denies it or the party then does or
says the contrary; *not yet*, *partly* or *delivered* by the newest words of a record on the same matter; else
*not stated*. What no record shows is never taken to have failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from standoff.analyse.attribution import listed, source_line
from standoff.analyse.conflict import Conflict, conflicts
from standoff.analyse.counterclaims import WENT_BACK
from standoff.analyse.follow_up import Done, Look, doing, text_of
from standoff.analyse.known import Known
from standoff.analyse.periods import SILENCE
from standoff.analyse.places import evidence_json
from standoff.analyse.positions import Position, positions
from standoff.analyse.words import content_words
from standoff.model.record import Move, Record, Statement

Met = Literal["taken up", "refused", "disputed", "unanswered"]

_BESIDE = 300  # code points between a demand and the contact by which it was delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a demand was put: by whom (None: not stated), through which channel, and the records that show it."""

    by: str | None
    channel: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A demand (a position's id) and what came of it; `answers` are the records of the other side's answer."""

    position: str
    party: str
    toward: str | None
    issue: str
    what: str
    deliveries: tuple[Delivery, ...]
    met: Met
    answers: tuple[str, ...]
    records: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise (a position's id) and whether it was kept; `shown_by` are the records that say so."""

    position: str
    party: str
    issue: str
    what: str
    done: Done
    shown_by: tuple[str, ...]
    records: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """All demands and promises met by a day, in the order of positions."""

    demands: tuple[Put, ...]
    promises: tuple[Promise, ...]


def fulfilment(known: Known, as_of: date | None = None) -> Fulfilment:
    """Whether demands were put and answered, and promises kept, by what was told up to a day."""
    found = conflicts(known, as_of)
    held = positions(known, as_of)
    look = Look(known, as_of, found)
    return Fulfilment(
        demands=tuple(_put(look, p) for p in held if p.kind == "demand"),
        promises=tuple(_promise(look, p) for p in held if p.kind in ("commit", "agree")),
    )


# -- demands --------------------------------------------------------------------------------------------------------


def _put(look: Look, position: Position) -> Put:
    known = look.known
    deliveries = tuple(_deliveries(look, position))
    answers = look.answers(position)
    disputed = _disputed(look, position)
    met: Met = "unanswered"
    shown: tuple[str, ...] = ()
    if disputed:
        met, shown = "disputed", disputed
    elif answers:
        met = "refused" if all(m.type == "refuse" for m in answers) else "taken up"
        shown = tuple(m.id for m in answers)
    how = listed(f"{d.channel}{f' ({d.by})' if d.by else ''}" for d in deliveries) or "how it was put is not stated"
    by = f"; {listed(sorted({source_line(known, known.record(r)) for r in shown})[:2])}" if shown else ""
    return Put(
        position=position.id,
        party=position.party,
        toward=position.toward,
        issue=position.issue,
        what=position.what,
        deliveries=deliveries,
        met=met,
        answers=shown,
        records=position.records,
        explanation=f"{position.party} demands {position.what}: {how}; {met}{by}.",
    )


def _deliveries(look: Look, position: Position) -> Iterator[Delivery]:
    """The held contacts of the two sides that the reports tell beside the demand, each once."""
    sides = {position.party, position.toward}
    seen: set[str] = set()
    for record in (look.known.record(r) for r in position.records):
        for contact in look.contacts[record.report]:
            gap = max(contact.span.start - record.span.end, record.span.start - contact.span.end)
            if gap <= _BESIDE and sides <= set(contact.parties) and contact.id not in seen:
                seen.add(contact.id)
                by = getattr(record, "actor", None) or listed(contact.who[:2]) or None
                yield Delivery(by=by, channel=contact.kind, records=(record.id, contact.id))


def _disputed(look: Look, position: Position) -> tuple[str, ...]:
    """The records of a conflict that holds the demand itself, or whether its owner has said what it wants."""
    for record in (r for id in position.records for r in _voices(look.known, id)):
        if record in look.disputes:
            return look.disputes[record].records
    matter = look.matter(position)
    for conflict in look.unclear.get(position.party, ()):
        words = content_words(f"{conflict.a.words} {conflict.b.words}")
        if matter & words and _one_period(look.known, position, conflict):
            return conflict.records
    return ()


def _one_period(known: Known, position: Position, conflict: Conflict) -> bool:
    days = [day for r in conflict.records if (day := known.published(known.record(r)))]
    if not days or position.first is None or position.last is None:
        return True
    return position.first - SILENCE <= max(days) and min(days) <= position.last + SILENCE


def _voices(known: Known, record: str) -> Iterator[str]:
    yield record
    statement = known.statement_of(known.record(record))
    if statement:
        yield statement.id


# -- promises -------------------------------------------------------------------------------------------------------


def _promise(look: Look, position: Position) -> Promise:
    known = look.known
    told = list(look.later(position))
    against = [r for r in position.records if r in look.contested]
    against = against or [r.id for r in told if _contrary(position, look, r)]
    kept: tuple[Done, tuple[str, ...]] = ("contradicted", tuple(against))
    if not against:
        kept = _newest(look, position, told)
    done, shown = kept
    by = f"; {listed(sorted({source_line(known, known.record(r)) for r in shown})[:2])}" if shown else ""
    return Promise(
        position=position.id,
        party=position.party,
        issue=position.issue,
        what=position.what,
        done=kept[0],
        shown_by=kept[1],
        records=position.records,
        explanation=f"{position.party} undertook {position.what}: {done}{by}.",
    )


def _contrary(position: Position, look: Look, record: Record) -> bool:
    """Whether the party then refuses or does the contrary, or is told to have gone back on it."""
    if isinstance(record, Move):
        return record.by == position.party and record.issue == position.issue and record.type in ("refuse", "impose")
    return isinstance(record, Statement) and WENT_BACK.search(text_of(look.known, record)) is not None


def _newest(look: Look, position: Position, told: Iterable[Record]) -> tuple[Done, tuple[str, ...]]:
    """What the newest record that speaks of the doing says."""
    known = look.known
    found = [(look.known.published(r) or date.min, r.id, done) for r in told if (done := doing(known, position, r))]
    if not found:
        return "not stated", ()
    day, _, done = max(found)
    return done, tuple(id for on, id, said in sorted(found) if on == day and said == done)


def fulfilment_json(known: Known, answer: Fulfilment) -> dict[str, Any]:
    """`demands: [{..., deliveries, met, evidence}]`, `promises: [{..., done, evidence}]`."""
    return {
        "demands": [
            {"party": d.party, "toward": d.toward, "issue": d.issue, "what": d.what, "met": d.met,
             "deliveries": [
                 {"by": x.by, "channel": x.channel, "evidence": evidence_json(known, x.records)} for x in d.deliveries
             ],
             "evidence": evidence_json(known, d.records), "shown_by": evidence_json(known, d.answers),
             "explanation": d.explanation}
            for d in answer.demands
        ],
        "promises": [
            {"party": p.party, "issue": p.issue, "what": p.what, "done": p.done,
             "evidence": evidence_json(known, p.records), "shown_by": evidence_json(known, p.shown_by),
             "explanation": p.explanation}
            for p in answer.promises
        ],
    }  # fmt: skip
