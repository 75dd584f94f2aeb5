"""What people decided, as it is stored: reviews are only ever added, and whether a report counts follows from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, Row, func, insert, literal, select, union_all, update

from standoff.errors import InputError
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.model.review import Action, Review, in_order, instant, retractions
from standoff.model.span import Span
from standoff.store import search
from standoff.store.rows import read_records
from standoff.store.schema import RECORD_TABLES, REPORT, REVIEW

_TICK = timedelta(microseconds=1)
_AT_ONCE = 500  # ids in one query
_BEYOND = "\U0010ffff"  # after all that begins with a prefix


class Reviewing:
    """The part of a Store that keeps reviews."""

    _clock: Callable[[], datetime]
    _where: str

    def _transaction(self, *, writes: bool = False) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    @property
    def where(self) -> str:
        """The record as messages name it: without a password."""
        return self._where

    def now(self) -> datetime:
        """What the record's clock says."""
        return self._clock()

    def decide(self, review: Review) -> Review:
        """Add one review, with the moment at which it was stored; the review as it is stored.

        Moments never run backwards within a record, whatever the clocks of its writers say: of two decisions the one
        stored later is the later one. Raises InputError for an unknown report.
        """
        with self._transaction(writes=True) as connection:
            last = connection.scalar(select(func.max(REVIEW.c.at)))
            at = self._clock()
            stamped = _at(review, max(at, datetime.fromisoformat(last) + _TICK) if last else at)
            _append(connection, [stamped], self._where)
        return stamped

    def add_reviews(self, reviews: Iterable[Review]) -> tuple[Review, ...]:
        """Add reviews as they are, all or none, such as those of an export; those that were new.

        One of the same id adds nothing. Raises InputError for an unknown report.
        """
        given = in_order(reviews)
        with self._transaction(writes=True) as connection:
            ids = [review.id for review in given]
            known = {id for some in _batches(ids) for id in connection.scalars(_ids().where(REVIEW.c.id.in_(some)))}
            new = tuple(review for review in given if review.id not in known)
            _append(connection, new, self._where)
        return new

    def reviews(self, report: str | None = None) -> tuple[Review, ...]:
        """All reviews (of one report, by its id), in the order in which they were made."""
        with self._transaction() as connection:
            return _reviews(connection, report)

    def retracted(self) -> frozenset[str]:
        """The ids of the reports that are retracted."""
        with self._transaction() as connection:
            return frozenset(connection.scalars(select(REPORT.c.id).where(REPORT.c.retracted.is_(True))))

    def named(self, prefix: str) -> tuple[tuple[str, str, str], ...]:
        """(class or `review`, id, report) of all records and reviews whose id begins so, sorted."""
        tables = [("review", REVIEW), *((cls.type_name, table) for cls, table in RECORD_TABLES.items())]
        query = union_all(
            *(
                select(literal(kind).label("kind"), table.c.id, table.c.report).where(
                    table.c.id >= prefix, table.c.id < prefix + _BEYOND
                )
                for kind, table in tables
            )
        )
        with self._transaction() as connection:
            return tuple(sorted((kind, id, report) for kind, id, report in connection.execute(query)))

    def index_by_hand(self, report: Report, records: Sequence[Record]) -> None:
        """Let search find records that people added or corrected, by their words as they are now.

        One that is found already stays as it is. What search finds and no longer stands does no harm: who asks looks
        at what was decided anyway.
        """
        if records and len(self.indexed([record.id for record in records])) < len(records):
            with self._transaction(writes=True) as connection:
                search.put_more(connection, report, records)

    def indexed(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of these records (ids) that search can find."""
        with self._transaction() as connection:
            return search.indexed(connection, ids)

    def as_found(self, ids: Iterable[tuple[str, str]]) -> dict[str, Record]:
        """The records of these (class, id) as the machine has them, by id; unknown ones are left out."""
        wanted: dict[str, list[str]] = {}
        for kind, id in sorted(set(ids)):
            wanted.setdefault(kind, []).append(id)
        found: dict[str, Record] = {}
        with self._transaction() as connection:
            for cls, table in RECORD_TABLES.items():
                query = select(table.c.start, *(column for column in table.c if column.name != "start"))
                for some in _batches(wanted.get(cls.type_name, [])):
                    got = connection.execute(query.where(table.c.id.in_(some)))
                    found |= {record.id: record for _, record in read_records(cls, got)}
        return found


def _at(review: Review, at: datetime) -> Review:
    return Review(
        at=at, who=review.who, action=review.action, report=review.report, of=review.of, evidence=review.evidence,
        fields=review.fields, was=review.was, follows=review.follows, note=review.note,
    )  # fmt: skip


def _ids() -> Any:
    return select(REVIEW.c.id)


def _append(connection: Connection, reviews: Sequence[Review], where: str) -> None:
    """Insert reviews that are not stored, and let the reports that they retract or reinstate follow."""
    reports = sorted({review.report for review in reviews})
    known = {
        id for some in _batches(reports) for id in connection.scalars(select(REPORT.c.id).where(REPORT.c.id.in_(some)))
    }
    if unknown := [id for id in reports if id not in known]:
        raise InputError(f"no report {unknown[0]} in {where}")
    if reviews:
        connection.execute(insert(REVIEW), [_values(review) for review in reviews])
    for report in sorted({r.report for r in reviews if r.action in ("retract", "reinstate", "withdraw")}):
        retracted = report in retractions(_reviews(connection, report))
        connection.execute(update(REPORT).where(REPORT.c.id == report).values(retracted=retracted))


def _reviews(connection: Connection, report: str | None) -> tuple[Review, ...]:
    query = select(REVIEW) if report is None else select(REVIEW).where(REVIEW.c.report == report)
    return in_order(map(_review, connection.execute(query)))


def _values(review: Review) -> dict[str, Any]:
    told = {"fields": review.fields, "was": review.was, "follows": review.follows}
    return {
        "id": review.id,
        "at": instant(review.at),
        "who": review.who,
        "action": review.action,
        "class": review.of,
        "report": review.report,
        "evidence": [[span.start, span.end] for span in review.evidence],
        "fields": json.loads(json.dumps(told)),  # mappings of any kind, as JSON objects
        "note": review.note,
    }


def _review(row: Row[Any]) -> Review:
    """The review of a row; its id is taken over as it was stored."""
    values = row._mapping
    told = values["fields"] or {}
    review = Review(
        at=datetime.fromisoformat(values["at"]),
        who=values["who"],
        action=cast(Action, values["action"]),
        report=values["report"],
        of=values["class"],
        evidence=tuple([Span(start, end) for start, end in values["evidence"] or ()]),
        fields=told.get("fields") or {},
        was=told.get("was") or {},
        follows=told.get("follows"),
        note=values["note"],
    )
    object.__setattr__(review, "id", values["id"])
    return review


def _batches(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
