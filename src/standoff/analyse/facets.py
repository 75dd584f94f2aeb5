"""Facets of a search: which records belong to a party, a move, an issue, an outlet, a time."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.model.dates import When
from standoff.model.record import Contact, Linkage, Move, MoveType, Record, Statement
from standoff.model.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What a hit must have; None asks nothing.

    `party` acts or speaks (`by` of a move or measure, whom a statement speaks for, one side of a contact, who acts in
    a linkage); `outlet` is a part of its name; `published` the time in which the report came out. Upper and lower
    case mean the same.
    """

    party: str | None = None
    move: MoveType | None = None
    issue: str | None = None
    outlet: str | None = None
    published: When | None = None

    @property
    def of_records(self) -> bool:
        """Whether only a record can fit, never a whole report."""
        return any(asked is not None for asked in (self.party, self.move, self.issue))

    def may_fit(self, kind: str) -> bool:
        """Whether a `report`, or a record of this class, can have what is asked for."""
        if self.move is not None or self.issue is not None:
            return kind == Move.type_name
        return self.party is None or kind != "report"

    def report_fits(self, report: Report) -> bool:
        """Whether a report comes from the outlet and time asked for; one without a day fits no time."""
        if self.outlet is not None and self.outlet.casefold() not in (report.outlet or "").casefold():
            return False
        if self.published is None:
            return True
        return report.published is not None and self.published.overlaps(When.day(report.published.day))

    def fits(self, record: Record | None, report: Report) -> bool:
        """Whether a record of a report, or (None) the report itself, has all that is asked for."""
        if not self.report_fits(report):
            return False
        if record is None:
            return not self.of_records
        if self.move is not None and not (isinstance(record, Move) and record.type == self.move):
            return False
        if self.issue is not None and not (isinstance(record, Move) and _same(record.issue, self.issue)):
            return False
        return self.party is None or any(_same(party, self.party) for party in parties_of(record))


def parties_of(record: Record) -> tuple[str, ...]:
    """The parties that act or speak in a record."""
    if isinstance(record, Statement):
        found: tuple[str | None, ...] = (record.speaks_for,)
    elif isinstance(record, Contact):
        found = record.parties
    elif isinstance(record, Linkage):
        found = (record.by, record.first_actor, record.then_actor)
    else:
        found = (getattr(record, "by", None),)
    return tuple(dict.fromkeys(party for party in found if party))


def _same(a: str, b: str) -> bool:
    return a.casefold() == b.casefold()
