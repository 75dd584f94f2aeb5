"""How doubtful each record is, so that people look first where looking helps most.

A record that nobody doubts has the confidence of its rule. Each reason to doubt takes a share of what is left:

    doubt = 1 - confidence · (1 - share of reason 1) · (1 - share of reason 2) · …

The shares only put records in order; they are no probabilities and were not fitted to anything. The explanation
names the confidence and each reason: `confidence 0.45; one origin; date of the report concluded`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standoff.analyse.conflict import conflicts, contested_records
from standoff.analyse.decided import Mark
from standoff.analyse.facts import facts
from standoff.analyse.known import Known
from standoff.model.record import Contact, Linkage, Move, Record, Statement

SHARES: dict[str, float] = {
    "another account contradicts it": 0.4,
    "wording rewritten by a machine": 0.3,
    "copied from a report that is retracted": 0.3,
    "no party": 0.2,
    "an anonymous source": 0.15,
    "one origin": 0.1,
    "date of the report concluded": 0.1,
    "day not told": 0.05,
}
"""Every reason to doubt a record, and the share that it takes."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One record with its doubt, 0 (none) to 1, and why. `mark` says what people decided of it, None: nothing."""

    record: Record
    doubt: float
    reasons: tuple[str, ...]
    mark: Mark | None

    @property
    def explanation(self) -> str:
        return "; ".join((f"confidence {self.record.confidence:g}", *self.reasons))


def doubts(known: Known, spun: Iterable[str] = (), *, decided: bool = False) -> tuple[Doubt, ...]:
    """The records that nobody accepted, corrected or added yet, the most doubtful first.

    `spun`: reports (ids) that are known to be rewritten by machine. `decided`: those that people decided on, too (of
    the rejected none, since they are out). A record in which only a name was put right is still to be looked at.
    """
    reasons = _Reasons(known, spun)
    looking = {r.id for r in known.decided.reviews if r.action in ("accept", "correct", "add")}
    found = []
    for record in known.records():
        mark = known.decided.mark(record.id)
        if decided or mark is None or not looking.intersection(mark.reviews):
            why = tuple(reasons.of(record))
            left = record.confidence
            for reason in why:
                left *= 1 - SHARES[reason]
            found.append(Doubt(record, round(1 - left, 4), why, mark))
    rank = {report.id: n for n, report in enumerate(known.reports)}
    return tuple(sorted(found, key=lambda d: (-d.doubt, rank[d.record.report], d.record.span, d.record.id)))


class _Reasons:
    """What is asked of every record, worked out once."""

    def __init__(self, known: Known, spun: Iterable[str]) -> None:
        self.known = known
        self.contested = contested_records(conflicts(known))
        self.origins = {id: fact.origins for fact in facts(known) for id in fact.records}
        self.spun = {*spun, *(r.a for r in known.relations if r.kind == "spun")}
        retracted = {report.id for report in known.retracted}
        self.tainted = {r.id for r in known.reports if known.origin(r.id) in retracted}

    def of(self, record: Record) -> Iterable[str]:
        """In the order of `SHARES`."""
        report, statement = self.known.report_of(record), self.known.statement_of(record)
        said = record if isinstance(record, Statement) else statement
        told = (
            record.id in self.contested or (statement is not None and statement.id in self.contested),
            record.report in self.spun,
            record.report in self.tainted,
            not _party(record),
            said is not None and said.kind == "anonymous",
            self.origins.get(record.id, 1) == 1,
            report.published is not None and report.published.inferred,
            isinstance(record, Contact) and record.date is None,
        )
        return [reason for reason, holds in zip(SHARES, told, strict=True) if holds]


def _party(record: Record) -> bool:
    """Whether it is said who acts; a statement may be anybody's."""
    if isinstance(record, Statement):
        return True
    if isinstance(record, Contact):
        return bool(record.parties)
    if isinstance(record, Linkage):
        return any((record.by, record.first_actor, record.then_actor))
    return getattr(record, "by", None) is not None or (isinstance(record, Move) and record.type == "agree")
