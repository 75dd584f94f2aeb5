"""Backups: the whole record in one SQLite file, whichever database it is in; and a record made from such a file."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from standoff.errors import InputError, StoreError
from standoff.model.record import Record
from standoff.store import rows, search, sqlite, writing
from standoff.store.address import file_of
from standoff.store.dialect import of
from standoff.store.schema import ENTRY, META, METADATA, MIGRATION, RECORD_TABLES
from standoff.store.store import Store

_AT_ONCE = 500  # rows or reports


def back_up(store: Store, to: Path) -> dict[str, int]:
    """Write all that the record holds at one moment into a new file, while others go on writing; what it counts.

    The file is itself a record: any command reads it. It appears when it is whole. Raises InputError where there is
    a file of this name already, StoreError where it cannot be written.
    """
    path = _new(to)
    with _part(path) as part:
        if store._engine.dialect.name == "sqlite":
            with store._told(), closing(store._engine.raw_connection()) as source:
                sqlite.copy_file(source.driver_connection, part)
        else:
            with Store.open(part) as target, store._transaction() as source, target._transaction(writes=True) as into:
                _copy(source, into)
        with Store.open(part) as copied:
            counts = copied.counts()
            _whole(copied, to)
    return counts


def restore(file: Path, where: str) -> dict[str, int]:
    """Make a record of a backup, all or nothing: in a new file or an empty database; what it counts.

    The backup is only read; one of an older standoff is brought up to date on the way. Raises InputError where there
    is no such file or the place is taken, StoreError where the backup is damaged or no record.
    """
    if not file.is_file():
        raise InputError(f"there is no file {file}; name what `standoff backup` wrote")
    if "://" not in where:
        path = _new(Path(where))
        with _part(path) as part:
            return _opened_copy(file, part)
    with Store.open(where) as target, tempfile.TemporaryDirectory() as folder:
        if taken := target.counts()["report"]:
            raise InputError(f"{target._where}: there is a record already ({taken} reports); name an empty database")
        part = Path(folder) / "record.db"
        _opened_copy(file, part)
        with Store.open(part) as copied, copied._transaction() as source, target._transaction(writes=True) as into:
            into.execute(delete(META))
            _copy(source, into)
        return target.counts()


def _new(to: Path) -> Path:
    path = file_of(to)
    if path is None or path.exists():
        raise InputError(f"there is a file {to} already; name another, or move it away")
    return path


@contextmanager
def _part(path: Path) -> Iterator[Path]:
    """Where a file is written until it is whole; it then gets its name, or goes where it is not."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.rename(_new(path))
    except OSError as error:
        raise StoreError(
            f"{path}: it cannot be written ({error.strerror}); check the directory and its space"
        ) from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            part.with_name(part.name + end).unlink(missing_ok=True)


def _opened_copy(file: Path, part: Path) -> dict[str, int]:
    """Copy a backup and bring the copy up to date; what it counts."""
    try:
        log = file.with_name(f"{file.name}-wal").exists()  # without one the file is all there is
        how = "mode=ro" if log else "immutable=1"
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True)) as source:
            sqlite.copy_file(source, part)
        with Store.open(part) as copied:
            _whole(copied, file)
            return copied.counts()
    except sqlite3.Error as error:
        raise StoreError(f"{file}: {sqlite.advice(error)}") from error
    except StoreError as error:
        raise StoreError(str(error).replace(str(part), str(file))) from error


def _whole(store: Store, file: Path) -> None:
    with store._told(), store._engine.connect() as connection:
        found = [*connection.exec_driver_sql("PRAGMA quick_check").scalars()]
        broken = found != ["ok"] or connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None
    if broken:
        raise StoreError(f"{file}: the copy is damaged; take another backup")


def _copy(source: Connection, target: Connection) -> None:
    """All rows of one database into the empty tables of another, whose full-text index is made anew."""
    for table in METADATA.sorted_tables:
        if table in (MIGRATION, ENTRY):
            continue
        query = select(table).order_by(*table.primary_key)
        found = source.execution_options(yield_per=_AT_ONCE).execute(query)
        for some in found.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in some])
    of(target).go_on_counting(target)
    indexed = source.scalars(select(ENTRY.c.report).where(ENTRY.c.kind == "report").order_by(ENTRY.c.n)).all()
    for at in range(0, len(indexed), _AT_ONCE):
        _index(target, indexed[at : at + _AT_ONCE])


def _index(connection: Connection, ids: Sequence[str]) -> None:
    reports = writing.stored(connection, ids)
    records: dict[str, list[Record]] = {id: [] for id in ids}
    for cls, table in RECORD_TABLES.items():
        columns = (table.c.start, *(column for column in table.c if column.name != "start"))
        query = select(*columns).where(table.c.report.in_(ids)).order_by(table.c.start, table.c.id)
        for _, record in rows.read_records(cls, connection.execute(query)):
            records[record.report].append(record)
    search.put(connection, [(reports[id], records[id]) for id in ids])
