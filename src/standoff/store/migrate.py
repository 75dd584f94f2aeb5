"""From an older database to the tables of `schema.py`, one numbered step after the other.

A new database is made as it is now, with all steps noted as done. A step that only touches derived tables may
drop and make them anew: their reports are then `pending`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from standoff.errors import StoreError
from standoff.store import sqlite
from standoff.store.schema import METADATA, MIGRATION


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: `apply` brings a database of the version before to `version`, in one transaction."""

    version: int
    name: str
    apply: Callable[[Connection], None]


def create(connection: Connection) -> None:
    """All tables, guards and the full-text index, as they are now."""
    METADATA.create_all(connection)
    sqlite.create_guards(connection)
    sqlite.create_index(connection)


STEPS: tuple[Step, ...] = (Step(1, "the first tables", create),)
"""In the order of their versions, without gaps; never changed once released."""


def migrate(engine: Engine, now: Callable[[], datetime], steps: tuple[Step, ...] = STEPS) -> tuple[int, ...]:
    """Bring the database up to date; the versions that were added.

    Raises StoreError where the database is another program's or made by a newer standoff; nothing is changed then.
    """
    with engine.connect() as connection:
        if not missing(connection, steps):
            return ()
    sqlite.use_write_ahead_log(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        todo = missing(connection, steps)  # asked again, now that no other can write
        if len(todo) == len(steps):
            create(connection)
        else:
            for step in todo:
                step.apply(connection)
        if todo:
            at = now().isoformat(timespec="microseconds")
            connection.execute(insert(MIGRATION), [{"version": s.version, "name": s.name, "at": at} for s in todo])
        return tuple(step.version for step in todo)


def missing(connection: Connection, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that the database has not seen. Raises StoreError as `migrate` does."""
    where, names = connection.engine.url.database, sqlite.tables(connection)
    if not names:
        return steps
    if MIGRATION.name not in names or "report" not in names:
        raise StoreError(f"{where}: it is a database of another program; name another file")
    done = set(connection.scalars(select(MIGRATION.c.version)))
    if newer := done - {step.version for step in steps}:
        raise StoreError(f"{where}: made by a newer standoff (version {max(newer)} of its tables); upgrade standoff")
    return tuple(step for step in steps if step.version not in done)
