"""What people decided of a record: reviews, which are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from standoff.model.ids import content_id
from standoff.model.span import Span

Action = Literal["accept", "reject", "correct", "add", "name", "retract", "reinstate", "withdraw"]
OF_RECORDS: tuple[Action, ...] = ("accept", "reject", "correct", "add")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One decision of one person, at one moment, about a report or what is made of it.

    `report` is the report's id, `of` the class of the record (None for `name`, `retract`, `reinstate`, `withdraw`) and
    `evidence` its spans, the main one first. `was` are the record's own fields as the machine had them, as JSON values
    (`standoff.model.plain`), with two more that help to find it again: `said_at`, where the statement that carries it
    stands, and `beside`, the key fields of other records on the same words. `fields` are what was decided:

        correct   the fields that change, and `evidence` where that does
        add       all fields of the new record; in both, `free` names fields whose party or issue no pack knows
        name      `mention`, `party` (None: no side), `official`, `read_as`, `everywhere`
        withdraw  `review`: the id of the decision that is taken back

    `follows` is the first review of the same record, where there was one before. The id hashes all of it.
    """

    at: datetime
    who: str
    action: Action
    report: str
    of: str | None = None
    evidence: tuple[Span, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)
    was: Mapping[str, Any] = field(default_factory=dict, hash=False)
    follows: str | None = None
    note: str | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        spans = [[span.start, span.end] for span in self.evidence]
        told = json.dumps([spans, self.fields, self.was], sort_keys=True, ensure_ascii=False)
        parts = (instant(self.at), self.who, self.action, self.report, self.of, told, self.follows, self.note)
        object.__setattr__(self, "id", content_id("v", *parts))


def instant(at: datetime) -> str:
    """A moment as ISO text in UTC, to the microsecond: text in this form sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def in_order(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """By when they were made, then by id; each once."""
    return tuple(sorted({r.id: r for r in reviews}.values(), key=lambda r: (instant(r.at), r.id)))


def taken_back(reviews: Iterable[Review]) -> dict[str, Review]:
    """The reviews (ids) that were withdrawn, each with the `withdraw` that did it.

    A `withdraw` may be withdrawn itself; what it took back stands again then.
    """
    found: dict[str, Review] = {}
    for review in reversed(in_order(reviews)):
        if review.action == "withdraw" and review.id not in found:
            found[str(review.fields.get("review"))] = review
    return found


def standing(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The reviews that hold, in order: without those withdrawn, and without the `withdraw`s."""
    ordered = in_order(reviews)
    back = taken_back(ordered)
    return tuple(r for r in ordered if r.action != "withdraw" and r.id not in back)


def retractions(reviews: Iterable[Review]) -> dict[str, Review]:
    """The reports (ids) that are retracted, each with the review that says so; the latest decision counts."""
    last = {r.report: r for r in standing(reviews) if r.action in ("retract", "reinstate")}
    return {report: r for report, r in last.items() if r.action == "retract"}
