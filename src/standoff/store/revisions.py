"""The number of a record's writes: who keeps what was worked out of it asks for this number, not for the record.

Beside it stands which write last changed what is stored of a report by itself, so that only this need be read again.
Decisions and how reports relate are not counted there: they bear on others, and are read whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import BigInteger, Connection, Text, cast, delete, insert, literal, select, update

from standoff.store import dialect
from standoff.store.schema import META, REPORT, TOUCHED

REVISION = "revision"
"""The key of `meta` under which it stands; it tells nothing of how the data were made."""

_NOW = 0  # stands for the revision of the transaction that is under way: it has its number only when it ends


def bump(connection: Connection) -> None:
    """Count one write, in its own transaction: what is rolled back is not counted."""
    counted = cast(cast(META.c.value, BigInteger) + 1, Text)
    if not connection.execute(update(META).where(META.c.key == REVISION).values(value=counted)).rowcount:
        connection.execute(insert(META), {"key": REVISION, "value": "1"})
    connection.execute(update(TOUCHED).where(TOUCHED.c.revision == _NOW).values(revision=read(connection)))


def touch(connection: Connection, reports: Iterable[str]) -> None:
    """Note that this transaction changes what is stored of these reports (ids)."""
    values = [{"report": id, "revision": _NOW} for id in sorted(set(reports))]
    if values:
        new = dialect.of(connection).insert(TOUCHED)
        told = new.on_conflict_do_update(index_elements=[TOUCHED.c.report], set_={"revision": new.excluded.revision})
        connection.execute(told, values)


def touch_all(connection: Connection) -> None:
    """Note that it changes what is stored of all reports."""
    connection.execute(delete(TOUCHED))
    connection.execute(TOUCHED.insert().from_select(["report", "revision"], select(REPORT.c.id, literal(_NOW))))


def touched(connection: Connection, since: int) -> tuple[str, ...]:
    """The reports (ids, sorted) of which something was changed after that revision."""
    return tuple(sorted(connection.scalars(select(TOUCHED.c.report).where(TOUCHED.c.revision > since))))


def read(connection: Connection) -> int:
    """How many writes there were; 0 for a record that was written before they were counted."""
    return int(connection.scalar(select(META.c.value).where(META.c.key == REVISION)) or 0)
