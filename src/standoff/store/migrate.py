"""From an older database to the tables of `schema.py`, one numbered step after the other.

A new database is made as it is now, with all steps noted as done. A step that only touches derived tables may
drop and make them anew: their reports are then `pending`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Connection, Engine, insert, inspect, literal_column, or_, select

from standoff.errors import StoreError
from standoff.store import dialect
from standoff.store.schema import METADATA, MIGRATION, PENDING, REPORT, SCREENING, TOUCHED, WATCH_EVENT, WATCHED


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: `apply` brings a database of the version before to `version`, in one transaction."""

    version: int
    name: str
    apply: Callable[[Connection], None]


def create(connection: Connection) -> None:
    """All tables, guards and the full-text index, as they are now."""
    METADATA.create_all(connection)
    own = dialect.of(connection)
    own.create_guards(connection)
    own.create_index(connection)


def _watching(connection: Connection) -> None:
    METADATA.create_all(connection, [WATCHED, WATCH_EVENT])


def _waiting(connection: Connection) -> None:
    """What waits to be made anew stands in a table of its own, no longer in a column of `screening`."""
    METADATA.create_all(connection, [PENDING])
    if "stale" not in {column["name"] for column in inspect(connection).get_columns(SCREENING.name)}:
        return
    waits = or_(SCREENING.c.report.is_(None), literal_column("screening.stale", Boolean))
    found = select(REPORT.c.id).outerjoin(SCREENING).where(waits)
    connection.execute(PENDING.insert().from_select(["report"], found))
    connection.exec_driver_sql("ALTER TABLE screening DROP COLUMN stale")


def _touched(connection: Connection) -> None:
    """Empty: what was written before is read whole anyway."""
    METADATA.create_all(connection, [TOUCHED])


STEPS: tuple[Step, ...] = (
    Step(1, "the first tables", create),
    Step(2, "what watching remembers", _watching),
    Step(3, "what waits to be made anew", _waiting),
    Step(4, "which write changed a report", _touched),
)
"""In the order of their versions, without gaps; never changed once released."""


def migrate(engine: Engine, now: Callable[[], datetime], steps: tuple[Step, ...] = STEPS) -> tuple[int, ...]:
    """Bring the database up to date; the versions that were added.

    Raises StoreError where the database is another program's or made by a newer standoff; nothing is changed then.
    """
    with engine.connect() as connection:
        if not missing(connection, steps):
            return ()
    dialect.of(engine).make_ready(engine)
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
    own = dialect.of(connection)
    where, names = own.shown(connection.engine.url), own.tables(connection)
    if not names:
        return steps
    if MIGRATION.name not in names or "report" not in names:
        raise StoreError(f"{where}: it is a database of another program; name another")
    done = set(connection.scalars(select(MIGRATION.c.version)))
    if newer := done - {step.version for step in steps}:
        raise StoreError(f"{where}: made by a newer standoff (version {max(newer)} of its tables); upgrade standoff")
    return tuple(step for step in steps if step.version not in done)
