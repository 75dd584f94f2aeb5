"""The number of a record's writes: who keeps what was worked out of it asks for this number, not for the record."""

from __future__ import annotations

from sqlalchemy import BigInteger, Connection, Text, cast, insert, select, update

from standoff.store.schema import META

REVISION = "revision"
"""The key of `meta` under which it stands; it tells nothing of how the data were made."""


def bump(connection: Connection) -> None:
    """Count one write, in its own transaction: what is rolled back is not counted."""
    counted = cast(cast(META.c.value, BigInteger) + 1, Text)
    if not connection.execute(update(META).where(META.c.key == REVISION).values(value=counted)).rowcount:
        connection.execute(insert(META), {"key": REVISION, "value": "1"})


def read(connection: Connection) -> int:
    """How many writes there were; 0 for a record that was written before they were counted."""
    return int(connection.scalar(select(META.c.value).where(META.c.key == REVISION)) or 0)
