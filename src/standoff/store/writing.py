"""What the transaction of one report reads and writes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, delete, insert, or_, select, update

from standoff.errors import StoreError
from standoff.model.lineage import Screening
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.store import rows, search, sqlite
from standoff.store.schema import OF_ONE_REPORT, RECORD_TABLES, RELATION, REPORT, SCREENING, SIGNATURE


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
        sqlite.retitle(connection, report.id, values["title"])
    if values.keys() & {"title", "published_day"}:
        connection.execute(update(SCREENING).where(SCREENING.c.report == report.id).values(stale=True))
    return bool(values)


def put(
    connection: Connection,
    report: Report,
    screening: Screening,
    sketch: Sequence[tuple[int, int]],
    records: Sequence[Record],
) -> None:
    """Insert the derived data of a report that has none."""
    distinct: dict[str, Record] = {}
    for record in records:
        if record.report != report.id:
            raise StoreError(f"record {record.id} belongs to report {record.report}, not to {report.id}")
        distinct.setdefault(record.id, record)
    values: dict[Table, list[rows.Values]] = {}
    for record in distinct.values():
        row = rows.record_values(record, report.text)
        values.setdefault(RECORD_TABLES[type(record)], []).append(row)
    values[SCREENING] = [rows.screening_values(report.id, report.text, screening)]
    values[SIGNATURE] = [{"report": report.id, "hashes": len({value for value, _ in sketch}), "traced": False}]
    for table, some in values.items():
        insert_all(connection, table, some)
    sqlite.put_fingerprints(connection, report.id, sorted(set(sketch)))
    search.put(connection, report, tuple(distinct.values()))


def insert_all(connection: Connection, table: Table, values: Sequence[rows.Values]) -> None:
    if values:  # an empty list would insert a row of defaults
        connection.execute(insert(table), values)


def take_out(connection: Connection, report_id: str) -> None:
    """Remove the derived data of one report, and how it relates to others."""
    sqlite.unindex(connection, report_id)
    connection.execute(delete(RELATION).where(or_(RELATION.c.a == report_id, RELATION.c.b == report_id)))
    for table in OF_ONE_REPORT:
        connection.execute(delete(table).where(table.c.report == report_id))
