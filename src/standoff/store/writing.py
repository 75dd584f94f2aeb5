"""What a transaction that adds or changes reports reads and writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table, delete, insert, or_, select, update

from standoff.errors import StoreError
from standoff.model.lineage import Screening
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.store import dialect, revisions, rows, search
from standoff.store.schema import META, OF_ONE_REPORT, PENDING, RECORD_TABLES, RELATION, REPORT, SCREENING, SIGNATURE

Item = tuple[Report, Screening, Sequence[tuple[int, int]], Sequence[Record]]
"""A report with what was made of it: its screening, its sketch as (hash, position), its records."""

_AT_ONCE = 500  # ids in one query


def stored(connection: Connection, ids: Sequence[str]) -> dict[str, Report]:
    query = select(*rows.REPORT_COLUMNS).where(REPORT.c.id.in_(ids))
    return {row.id: rows.read_report(row) for row in connection.execute(query)}


def enrich(connection: Connection, report: Report) -> bool | None:
    """Whether the stored report learnt something from this one; None where it is not stored."""
    known = stored(connection, [report.id]).get(report.id)
    if known is None:
        return None
    values = rows.unknown_before(known, report)
    if values:
        connection.execute(update(REPORT).where(REPORT.c.id == report.id).values(values))
    if "title" in values:
        dialect.of(connection).retitle(connection, report.id, values["title"])
    if values:
        revisions.touch(connection, [report.id])
    if values.keys() & {"title", "published_day"}:
        upsert(connection, PENDING, [{"report": report.id}])
    return bool(values)


def add(connection: Connection, items: Sequence[Item], recorded: str) -> tuple[bool, ...]:
    """Insert the reports that are not stored yet, with what was made of them; which of them were new.

    Table by table rather than report by report: so a load takes half the time.
    """
    known = _known(connection, sorted({report.id for report, *_ in items}))
    fresh: dict[str, Item] = {}
    again: list[Report] = []
    new = []
    for item in items:
        report = item[0]
        new.append(report.id not in known and report.id not in fresh)
        if new[-1]:
            fresh[report.id] = item
        else:
            again.append(report)
    insert_all(connection, REPORT, [rows.report_values(r) | {"recorded_at": recorded} for r, *_ in fresh.values()])
    put(connection, tuple(fresh.values()))
    for report in again:
        enrich(connection, report)
    return tuple(new)


def _known(connection: Connection, ids: Sequence[str]) -> set[str]:
    parts = (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
    return {id for some in parts for id in connection.scalars(select(REPORT.c.id).where(REPORT.c.id.in_(some)))}


def put(connection: Connection, items: Sequence[Item]) -> None:
    """Insert the derived data of reports that have none."""
    values: dict[Table, list[rows.Values]] = {}
    fingerprints: list[tuple[int, str, int]] = []
    found: list[tuple[Report, tuple[Record, ...]]] = []
    for report, screening, sketch, records in items:
        found.append((report, _distinct(report, records)))
        for record in found[-1][1]:
            row = rows.record_values(record, report.text)
            values.setdefault(RECORD_TABLES[type(record)], []).append(row)
        values.setdefault(SCREENING, []).append(rows.screening_values(report.id, report.text, screening))
        hashes = len({value for value, _ in sketch})
        values.setdefault(SIGNATURE, []).append({"report": report.id, "hashes": hashes, "traced": False})
        fingerprints += [(value, report.id, position) for value, position in sketch]
    for table, some in values.items():
        insert_all(connection, table, some)
    own = sorted({(rows.signed(value), report, at) for value, report, at in fingerprints})
    dialect.of(connection).put_fingerprints(connection, own)
    revisions.touch(connection, (report.id for report, _ in found))
    search.put(connection, found)


def _distinct(report: Report, records: Sequence[Record]) -> tuple[Record, ...]:
    """The records of a report, the first of each id. Raises StoreError where one belongs to another report."""
    distinct: dict[str, Record] = {}
    for record in records:
        if record.report != report.id:
            raise StoreError(f"record {record.id} belongs to report {record.report}, not to {report.id}")
        distinct.setdefault(record.id, record)
    return tuple(distinct.values())


def insert_all(connection: Connection, table: Table, values: Sequence[rows.Values]) -> None:
    if values:  # an empty list would insert a row of defaults
        connection.execute(insert(table), values)


def note(connection: Connection, values: Mapping[str, str]) -> None:
    """Put these notes in the place of those of the same keys."""
    upsert(connection, META, [{"key": key, "value": values[key]} for key in sorted(values)])


def upsert(connection: Connection, table: Table, values: Sequence[rows.Values]) -> None:
    """Insert rows; one whose primary key is there gets the new values."""
    if values:
        new = dialect.of(connection).insert(table)
        rest = {column.name: new.excluded[column.name] for column in table.c if not column.primary_key}
        keys = list(table.primary_key)
        told = new.on_conflict_do_update(index_elements=keys, set_=rest) if rest else new.on_conflict_do_nothing()
        connection.execute(told, values)


def forget(connection: Connection, notes: Mapping[str, str]) -> None:
    """Remove all that can be made again from the reports, which are pending then, and `note` what it is made with."""
    note(connection, notes)
    for table in (RELATION, *OF_ONE_REPORT):
        connection.execute(delete(table))
    connection.execute(PENDING.insert().from_select(["report"], select(REPORT.c.id)))
    dialect.of(connection).empty_index(connection)
    revisions.touch_all(connection)


def take_out(connection: Connection, report_id: str) -> None:
    """Remove the derived data of one report, and how it relates to others."""
    dialect.of(connection).unindex(connection, report_id)
    connection.execute(delete(RELATION).where(or_(RELATION.c.a == report_id, RELATION.c.b == report_id)))
    for table in OF_ONE_REPORT:
        connection.execute(delete(table).where(table.c.report == report_id))
