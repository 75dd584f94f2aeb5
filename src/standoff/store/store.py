"""The record: reports as they were read, and what was made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, overload

from sqlalchemy import Connection, Engine, func, select

from standoff.errors import InputError, StoreError
from standoff.model.lineage import Relation, Screening
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.store import dialect, revisions, rows, search, tracing, writing
from standoff.store.address import engine_for
from standoff.store.migrate import migrate
from standoff.store.reviewing import Reviewing
from standoff.store.rows import R
from standoff.store.schema import (
    FINGERPRINT,
    META,
    PENDING,
    RECORD_TABLES,
    RELATION,
    REPORT,
    REVIEW,
    SCREENING,
)
from standoff.store.search import Hit

T = TypeVar("T")

_AT_ONCE = 500  # ids or hashes in one query


def utc_now() -> datetime:
    return datetime.now(UTC)


class Store(Reviewing):
    """A record in a file, or in memory. Threads and processes may share the file; each write is one transaction.

    All methods raise StoreError where the database fails, with what to do about it.
    """

    def __init__(self, engine: Engine, where: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._dialect = dialect.of(engine)
        self._where = where
        self._clock = clock

    @classmethod
    def open(cls, where: str | Path | None, *, clock: Callable[[], datetime] = utc_now) -> Store:
        """Open a record, making it where there is none: a path, `sqlite:///path`, an empty database
        `postgresql://user@host/name`, or None for one in memory.

        `clock` says when something is recorded. Raises StoreError where there is no such directory, no
        permission, something else in the file, or a database of a kind that is not supported.
        """
        store = cls(*engine_for(where), clock)
        try:
            with store._told():
                migrate(store._engine, clock)
        except StoreError:
            store.close()
            raise
        return store

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database complains of into a StoreError that says what to do."""
        try:
            yield
        except self._dialect.COMPLAINTS as error:
            raise StoreError(f"{self._where}: {self._dialect.advice(error)}") from error

    @contextmanager
    def _transaction(self, *, writes: bool = False) -> Iterator[Connection]:
        with (
            self._told(),
            self._engine.connect().execution_options(writes=writes) as connection,
            connection.begin(),
        ):
            yield connection
            if writes:
                revisions.bump(connection)

    # -- writing --------------------------------------------------------------------------------------------------

    def add(
        self, report: Report, screening: Screening, sketch: Sequence[tuple[int, int]], records: Iterable[Record]
    ) -> bool:
        """Store a report with what was made of it, all or nothing; whether it is new.

        `sketch` holds (hash, position), hashes of 64 bits without sign. Of records with the same id the first
        is kept. A report that is known changes nothing, except that it may `enrich` the stored one.
        """
        return self.add_all([(report, screening, sketch, records)])[0]

    def add_all(
        self, items: Iterable[tuple[Report, Screening, Sequence[tuple[int, int]], Iterable[Record]]]
    ) -> tuple[bool, ...]:
        """Store several reports as `add` does, all of them or none: faster, since the disk is waited for once."""
        ready = [(report, screening, sketch, tuple(records)) for report, screening, sketch, records in items]
        with self._transaction(writes=True) as connection:
            return writing.add(connection, ready, self._clock().astimezone(UTC).isoformat(timespec="microseconds"))

    def enrich(self, report: Report) -> bool:
        """Fill in what is unknown of a stored report: title, published, provenance; whether anything was.

        An inferred day of publication gives way to one that is told, any other to one that the user says. A new
        title or day makes the report `pending`, since records rest on them.
        """
        with self._transaction(writes=True) as connection:
            return bool(writing.enrich(connection, report))

    def replace(
        self, report_id: str, screening: Screening, sketch: Sequence[tuple[int, int]], records: Iterable[Record]
    ) -> None:
        """Put new derived data of a stored report in the place of the old, all or nothing.

        Raises InputError for an unknown report.
        """
        found = tuple(records)
        with self._transaction(writes=True) as connection:
            report = writing.stored(connection, [report_id]).get(report_id)
            if report is None:
                raise InputError(f"no report {report_id} in {self._where}")
            writing.take_out(connection, report_id)
            writing.put(connection, [(report, screening, sketch, found)])

    def sign(self, signatures: Mapping[str, tuple[Sequence[int], bytes]]) -> None:
        """Store what reports are compared by: (terms to look them up by, all weighted terms packed), by report id.

        They count as not traced until `settle`. Raises InputError for an unknown report.
        """
        with self._transaction(writes=True) as connection:
            tracing.sign(connection, signatures)

    def settle(self, ids: Iterable[str], relations: Iterable[Relation]) -> None:
        """Store how these reports relate to all others, and that they are traced; what a pair had gives way."""
        found = sorted(relations, key=lambda r: (r.a, r.b, r.kind))
        with self._transaction(writes=True) as connection:
            tracing.settle(connection, sorted(set(ids)), found)

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Note what the derived data were made with, such as pack and extractor version; other notes stay."""
        with self._transaction(writes=True) as connection:
            writing.note(connection, values)

    def forget_derived(self, notes: Mapping[str, str] | None = None) -> None:
        """Remove all that can be made again from the reports, and `set_meta`; every report is `pending` then."""
        with self._transaction(writes=True) as connection:
            writing.forget(connection, notes or {})

    # -- reports --------------------------------------------------------------------------------------------------

    def reports(self) -> tuple[Report, ...]:
        """All reports: by day of publication (unknown ones last), name and id."""
        return tuple(self.iter_reports())

    def iter_reports(self) -> Iterator[Report]:
        """The same one by one, a few hundred in memory; writing goes on meanwhile."""
        with self._transaction() as connection:
            order = list(_order(connection))
        for ids in _batches(order):
            with self._transaction() as connection:
                found = writing.stored(connection, ids)
            yield from (found[id] for id in ids)

    def report(self, id_or_name: str) -> Report | None:
        """One report by its id or, failing that, its name. Raises InputError where several have the name."""
        with self._transaction() as connection:
            named = select(REPORT.c.id).where(REPORT.c.name == id_or_name).order_by(REPORT.c.id)
            ids = connection.scalars(named).all()
            if found := writing.stored(connection, [id_or_name]):
                return found[id_or_name]
            if len(ids) > 1:
                raise InputError(f"{len(ids)} reports are named {id_or_name}; use an id: {', '.join(ids)}")
            return writing.stored(connection, ids)[ids[0]] if ids else None

    def reports_of(self, ids: Iterable[str]) -> dict[str, Report]:
        """These reports by id, in the order given; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Report] = {}
        with self._transaction() as connection:
            for some in _batches(wanted):
                found |= writing.stored(connection, some)
        return {id: found[id] for id in wanted if id in found}

    def known(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of the ids that are stored: what need not be worked on again."""
        return frozenset(self._by_report(select(REPORT.c.id, REPORT.c.id), REPORT.c.id, ids))

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """The texts of these reports by id, in the order given; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found = self._by_report(select(REPORT.c.id, REPORT.c.text), REPORT.c.id, wanted)
        return {id: found[id] for id in wanted if id in found}

    def recorded(self) -> dict[str, datetime]:
        """When each report came into the record, in UTC, by id and in the order of `reports`."""
        with self._transaction() as connection:
            at = dict(connection.execute(select(REPORT.c.id, REPORT.c.recorded_at)).all())
            return {id: datetime.fromisoformat(at[id]) for id in _order(connection)}

    def recorded_at(self, report_id: str) -> datetime:
        """When this report came into the record, in UTC. Raises InputError for an unknown one."""
        with self._transaction() as connection:
            at = connection.scalar(select(REPORT.c.recorded_at).where(REPORT.c.id == report_id))
        if at is None:
            raise InputError(f"no report {report_id} in {self._where}")
        return datetime.fromisoformat(at)

    def pending(self) -> tuple[str, ...]:
        """The reports that have no derived data, or were enriched after: what a rebuild has to do, in order."""
        with self._transaction() as connection:
            return tuple(_order(connection, list(connection.scalars(select(PENDING.c.report)))))

    # -- derived --------------------------------------------------------------------------------------------------

    @overload
    def records(self, cls: None = None, report: str | None = None) -> tuple[Record, ...]: ...
    @overload
    def records(self, cls: type[R], report: str | None = None) -> tuple[R, ...]: ...
    def records(self, cls: type[Record] | None = None, report: str | None = None) -> tuple[Record, ...]:
        """Records of one class or of all, of one report (its id) or of all.

        In the order of reports, then of the text (start of the main evidence), of classes and of ids.
        """
        if cls is not None and cls not in RECORD_TABLES:
            raise StoreError(f"no table for records of class {cls.__name__}")
        found: list[tuple[int, int, int, str, Record]] = []
        with self._transaction() as connection:
            rank = _order(connection) if report is None else {report: 0}
            for number, (kind, table) in enumerate(RECORD_TABLES.items()):
                if cls not in (None, kind):
                    continue
                query = select(table.c.start, *(column for column in table.c if column.name != "start"))
                if report is not None:
                    query = query.where(table.c.report == report)
                got = connection.execution_options(yield_per=1000).execute(query)
                found += [(rank[r.report], start, number, r.id, r) for start, r in rows.read_records(kind, got)]
        found.sort(key=lambda entry: entry[:4])
        return tuple([entry[4] for entry in found])

    def screenings(self, ids: Iterable[str] | None = None) -> dict[str, Screening]:
        """What the reports' texts show by themselves, by report id; of all reports, or of these."""
        query = select(SCREENING, REPORT.c.text).join(REPORT)
        some_ids = None if ids is None else list(dict.fromkeys(ids))
        with self._transaction() as connection:
            wanted = list(_order(connection)) if some_ids is None else some_ids
            found: dict[str, Screening] = {}
            for some in _batches(wanted):
                for row in connection.execute(query.where(SCREENING.c.report.in_(some))):
                    found[row.report] = rows.read_screening(row)
        return {id: found[id] for id in wanted if id in found}

    def sketch(self, report_id: str) -> tuple[tuple[int, int], ...]:
        """The (hash, position) of one report, by position."""
        query = select(FINGERPRINT.c.hash, FINGERPRINT.c.position).where(FINGERPRINT.c.report == report_id)
        with self._transaction() as connection:
            found = [(rows.unsigned(value), position) for value, position in connection.execute(query)]
        return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))

    def fingerprints(self, hashes: Iterable[int]) -> tuple[tuple[int, str, int], ...]:
        """Where these hashes stand: (hash, report, position), sorted."""
        query = select(FINGERPRINT.c.hash, FINGERPRINT.c.report, FINGERPRINT.c.position)
        wanted = set(hashes)
        with self._transaction() as connection:
            found = [
                (rows.unsigned(value), report, position)
                for some in _batches(sorted({rows.signed(value) for value in wanted}))
                for value, report, position in connection.execute(query.where(FINGERPRINT.c.hash.in_(some)))
            ]
        return tuple(sorted(found))

    def untraced(self) -> tuple[str, ...]:
        """The reports whose relations are not settled yet, in order."""
        with self._transaction() as connection:
            return tracing.untraced(connection)

    def sharing_fingerprints(self, ids: Iterable[str]) -> dict[str, dict[str, int]]:
        """Of each report, the others that share two hashes or more with it, and how many."""
        wanted = sorted(set(ids))
        found: dict[str, dict[str, int]] = {id: {} for id in wanted}
        with self._transaction() as connection:
            for some in _batches(wanted):
                for report, other, count in tracing.sharing_fingerprints(connection, some):
                    found[report][other] = count
        return found

    def sharing_terms(self, ids: Iterable[str], days: int) -> dict[str, list[str]]:
        """Of each report, the others that share two look-up terms or more and are undated, or at most so many days
        apart from it; all others that share them where it is undated itself."""
        wanted = sorted(set(ids))
        found: dict[str, list[str]] = {id: [] for id in wanted}
        with self._transaction() as connection:
            for some in _batches(wanted):
                for report, other in tracing.sharing_terms(connection, some, days):
                    found[report].append(other)
        return found

    def signatures(self, ids: Iterable[str]) -> dict[str, tuple[int, bytes]]:
        """Of those of the reports that are signed: how many hashes they have, and their weighted terms packed."""
        wanted = sorted(set(ids))
        with self._transaction() as connection:
            return {id: found for some in _batches(wanted) for id, found in tracing.signatures(connection, some)}

    def relations(self) -> tuple[Relation, ...]:
        """How reports relate, by their ids and kind."""
        with self._transaction() as connection:
            found = [rows.read_relation(row) for row in connection.execute(select(RELATION))]
        return tuple(sorted(found, key=lambda relation: (relation.a, relation.b, relation.kind)))

    def meta(self) -> dict[str, str]:
        """What the derived data were made with."""
        with self._transaction() as connection:
            notes = select(META.c.key, META.c.value).where(META.c.key != revisions.REVISION)
            return dict(sorted(connection.execute(notes).all()))

    def revision(self) -> int:
        """A number that grows with each write: as long as it is the same, so is the record."""
        with self._transaction() as connection:
            return revisions.read(connection)

    def touched(self, since: int) -> tuple[str, ...]:
        """The reports (ids, sorted) that were added, or that something was changed of, after that revision; decisions
        and how reports relate are not looked at."""
        with self._transaction() as connection:
            return revisions.touched(connection, since)

    def search(self, query: str, *, kinds: Iterable[str] = search.KINDS, limit: int = 50) -> tuple[search.Hit, ...]:
        """Reports and records in which all words of the query stand, the best first.

        "..." is a phrase and `tariff*` a beginning; case and accents do not matter; nothing else has a meaning.
        `kinds` are `report` and the classes of records. Raises InputError for another kind, or too many words.
        """
        with self._transaction() as connection:
            return search.search(connection, query, kinds, limit)

    def entries(self, numbers: Sequence[int] | None = None) -> list[tuple[int, str, str, str]]:
        """What search may find, all or these numbers: (number, `report` or class of record, id, report), by number."""
        with self._transaction() as connection:
            return search.entries(connection, numbers)

    def matching(self, query: str, best: int | None = None) -> list[int]:
        """The numbers of all entries in which the query stands, in no order; or of so many, the best first.

        Raises InputError as `search` does.
        """
        with self._transaction() as connection:
            return search.matching(connection, query, best)

    def hits(self, query: str, numbers: Sequence[int]) -> dict[int, Hit]:
        """Those of these entries in which the query stands, with their snippets, by number."""
        with self._transaction() as connection:
            return search.hits(connection, query, numbers)

    def counts(self) -> dict[str, int]:
        """How many there are of reports, reviews, relations, and records of each class."""
        tables = (REPORT, REVIEW, *RECORD_TABLES.values(), RELATION)
        with self._transaction() as connection:
            return {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables}

    def _by_report(self, query: Any, key: Any, ids: Iterable[str]) -> dict[str, str]:
        """The two columns of a query as a dict, asked for some ids at a time."""
        found: dict[str, str] = {}
        wanted = sorted(set(ids))
        with self._transaction() as connection:
            for some in _batches(wanted):
                found |= dict(connection.execute(query.where(key.in_(some))).all())
        return found


def _order(connection: Connection, only: list[str] | None = None) -> dict[str, int]:
    """The rank of each report (or of these) in the stable order, in that order. Sorted here: databases collate
    differently."""
    query = select(REPORT.c.id, REPORT.c.published_day, REPORT.c.name)
    parts = [query] if only is None else [query.where(REPORT.c.id.in_(some)) for some in _batches(only)]
    found = [row for part in parts for row in connection.execute(part).all()]
    ids = sorted((day is None, day or "", name, id) for id, day, name in found)
    return {id: rank for rank, (_, _, _, id) in enumerate(ids)}


def _batches(values: list[T]) -> Iterator[list[T]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
