"""What watching remembers: of each address how it last went, and what was found out, in order.

An address and what happened there are written in one transaction, so that a program that is killed at any moment
goes on where it was: nothing is told twice, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import Row, func, insert, select

from standoff.store.schema import WATCH_EVENT, WATCHED
from standoff.store.store import Store
from standoff.store.writing import upsert

EventKind = Literal["new", "changed", "gone", "back", "trouble"]
Status = Literal["new", "reading", "read", "unread", "gone", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is remembered of one address: a feed, an entry of one, a page, a file, a host, or a webhook.

    `mark` says which version was read last (a hash, or a file's size and time), `report` what it gave; `reading` means
    that the report `coming` was on its way into the record. `title` and `day` are what a feed says of its entry.
    `failures` counts those in a row; nothing is tried before `not_before`.
    """

    address: str
    source: str
    kind: str
    status: Status = "new"
    reason: str = ""
    etag: str | None = None
    modified: str | None = None
    mark: str | None = None
    title: str | None = None
    day: date | None = None
    report: str | None = None
    coming: str | None = None
    failures: int = 0
    not_before: datetime | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something to be told: `new` and `changed` have the report, `note` says the rest. `n` counts up from 1."""

    kind: EventKind
    source: str
    address: str
    report: str | None = None
    note: str = ""
    at: datetime | None = None
    n: int = 0


class WatchLog:
    """Reads and writes what watching remembers, in the record's own database. Raises StoreError as `Store` does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, address: str) -> Watched | None:
        with self._store._transaction() as connection:
            row = connection.execute(select(WATCHED).where(WATCHED.c.address == address)).one_or_none()
        return _watched(row) if row else None

    def of_source(self, source: str) -> tuple[Watched, ...]:
        """All addresses that were met through a source, by address."""
        with self._store._transaction() as connection:
            found = connection.execute(select(WATCHED).where(WATCHED.c.source == source)).all()
        return tuple(sorted(map(_watched, found), key=lambda watched: watched.address))

    def put(self, watched: Watched, *events: Event) -> tuple[Event, ...]:
        """Remember the address in place of what was remembered, and the events: both or neither. Numbers them."""
        at = datetime.now(UTC)
        values = {**{name: getattr(watched, name) for name in _NAMES}, "checked_at": _text(watched.checked_at)}
        values |= {"not_before": _text(watched.not_before), "day": watched.day.isoformat() if watched.day else None}
        told = []
        with self._store._transaction(writes=True) as connection:
            upsert(connection, WATCHED, [values])
            for event in events:
                row: dict[str, str | None] = {
                    "kind": event.kind,
                    "source": event.source,
                    "address": event.address,
                    "note": event.note,
                }
                row |= {"report": event.report, "at": _text(event.at or at)}
                told.append(connection.execute(insert(WATCH_EVENT).values(row).returning(*WATCH_EVENT.c)).one())
        return tuple(map(_event, told))

    def told_of(self, address: str) -> int:
        """How many reports at this address were told of before."""
        query = select(func.count()).where(WATCH_EVENT.c.address == address, WATCH_EVENT.c.report.is_not(None))
        with self._store._transaction() as connection:
            return connection.scalar(query) or 0

    def events(self, after: int = 0, newest: int | None = None) -> tuple[Event, ...]:
        """The events after a number, in order; only so many of the newest ones."""
        query = select(WATCH_EVENT).where(WATCH_EVENT.c.n > after).order_by(WATCH_EVENT.c.n.desc()).limit(newest)
        with self._store._transaction() as connection:
            return tuple(_event(row) for row in reversed(connection.execute(query).all()))

    def last(self) -> int:
        """The number of the newest event; 0 where there is none."""
        with self._store._transaction() as connection:
            return connection.scalar(select(func.max(WATCH_EVENT.c.n))) or 0


_NAMES: Iterable[str] = tuple(column.name for column in WATCHED.c)


def _text(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _watched(row: Row[Any]) -> Watched:
    times = {"not_before": _instant(row.not_before), "checked_at": _instant(row.checked_at)}
    day = date.fromisoformat(row.day) if row.day else None
    return Watched(**{**row._asdict(), **times, "day": day})


def _event(row: Row[Any]) -> Event:
    return Event(**{**row._asdict(), "at": _instant(row.at)})
