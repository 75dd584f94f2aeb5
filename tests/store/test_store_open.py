"""Opening: where a record may be, what is refused and with which advice; migrations."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect
from store_examples import NOW, make_report, put

from standoff.errors import StoreError
from standoff.store import Store, sqlite
from standoff.store.address import engine_for
from standoff.store.migrate import STEPS, Step, migrate
from standoff.store.watching import WatchLog


@pytest.fixture
def plain_user() -> Iterator[Path]:
    """A directory of a user whom permissions bind, also where the tests run as root."""
    place = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    if root:
        shutil.chown(place, 65534)
        os.seteuid(65534)
    try:
        yield place
    finally:
        place.chmod(0o755)
        if root:
            os.seteuid(0)
        shutil.rmtree(place)


@pytest.mark.parametrize("form", ["path", "text", "address"])
def test_a_record_stays_in_its_file(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a record? #1 %20.db"
    where = {"path": path, "text": str(path), "address": f"sqlite:///{path}"}[form]
    if form == "address":
        path = tmp_path / "record.db"
        where = f"sqlite:///{path}"
    for new in (True, False):
        with Store.open(where) as store:
            assert put(store, make_report()) is new
            assert len(store.records()) == 5
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_relative_path_stands_where_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open("record.db") as store:
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        put(store, make_report())
    assert (tmp_path / "record.db").exists()


@pytest.mark.parametrize("where", [None, "sqlite://", ":memory:", "sqlite:///:memory:"])
def test_a_record_in_memory_is_its_own(where: str | None) -> None:
    with Store.open(where) as one, Store.open(where) as other:
        put(one, make_report())
        assert (one.counts()["report"], other.counts()["report"]) == (1, 0)


@pytest.mark.parametrize(
    ("where", "advice"),
    [
        ("mysql://ana:secret@host/db", "databases of kind mysql are not supported; use a path, sqlite:///path or"),
        ("sqlite:///r.db?mode=ro", "leave out what follows"),
        ("", "no name"),
        ("{}/none/r.db", "there is no directory {}/none for r.db; make it"),
        ("{}", "is a directory; name a file in it"),
    ],
)
def test_what_cannot_be_a_record(tmp_path: Path, where: str, advice: str) -> None:
    with pytest.raises(StoreError) as told:
        Store.open(where.replace("{}", str(tmp_path)))
    assert advice.replace("{}", str(tmp_path)) in str(told.value)
    assert "secret" not in str(told.value)


def test_another_file_is_left_as_it_is(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("Only some notes, and long enough to be looked at. " * 20, encoding="utf-8")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE report (id TEXT)")
    connection.close()
    for path, advice in ((text, "not a standoff record; name another file"), (other, "a database of another program")):
        before = path.read_bytes()
        with pytest.raises(StoreError, match=advice) as told:
            Store.open(path)
        assert str(told.value).startswith(f"{path}: ")
        assert path.read_bytes() == before


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Store.open(path) as store:
        put(store, make_report())
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(StoreError, match="damaged; restore a copy"), Store.open(path) as store:
        store.reports()


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    (tmp_path / "r.db").touch()
    with Store.open(tmp_path / "r.db") as store:
        assert put(store, make_report())


def test_a_file_that_may_only_be_read(plain_user: Path) -> None:
    path = plain_user / "r.db"
    with Store.open(path) as store:
        put(store, make_report())
    path.chmod(0o444)
    with Store.open(path) as store:
        assert store.reports() == (make_report(),)
        with pytest.raises(StoreError, match=r"r\.db: it may only be read; give write permission"):
            put(store, make_report("two", "another text"), records=())
        assert store.counts()["report"] == 1


def test_a_directory_that_may_only_be_read(plain_user: Path) -> None:
    plain_user.chmod(0o555)
    with pytest.raises(StoreError, match="check that you may read and write the file and its directory"):
        Store.open(plain_user / "r.db")


def test_a_file_that_may_not_be_read(plain_user: Path) -> None:
    path = plain_user / "r.db"
    Store.open(path).close()
    path.chmod(0o000)
    with pytest.raises(StoreError, match="check that you may read and write"):
        Store.open(path)


@pytest.fixture
def in_memory() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def test_a_full_disk_loses_only_the_report_at_hand(in_memory: Store) -> None:
    store = in_memory
    put(store, make_report())
    before = store.records()
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
    large = make_report("large", "word " * 100_000)
    with pytest.raises(StoreError, match="the disk is full; free some space"):
        put(store, large, records=())
    assert store.reports() == (make_report(),)
    assert store.records() == before
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    assert put(store, large, records=())


def test_a_missing_full_text_search_is_told() -> None:
    assert "lacks full-text search" in sqlite.advice(sqlite3.OperationalError("no such module: fts5"))


def test_settings_of_a_connection(tmp_path: Path) -> None:
    with Store.open(tmp_path / "r.db") as store, store._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000, "synchronous": 2}


# -- migrations ---------------------------------------------------------------------------------------------------


def _versions(store: Store) -> list[tuple[int, str, str]]:
    with store._engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version, name, at FROM migration ORDER BY version").all()
    return [(version, name, at) for version, name, at in found]


def _add_note(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE meta ADD COLUMN note TEXT")


def _fail(connection: Connection) -> None:
    connection.exec_driver_sql("DROP TABLE meta")
    raise ZeroDivisionError


NEXT = STEPS[-1].version + 1
LATER = (*STEPS, Step(NEXT, "a note for each entry", _add_note))


def test_steps_are_numbered_from_one_without_gaps() -> None:
    assert [step.version for step in STEPS] == list(range(1, len(STEPS) + 1))


def test_a_new_record_has_seen_all_steps(store: Store) -> None:
    at = "2031-05-06T07:08:09.101112+00:00"
    assert _versions(store) == [(step.version, step.name, at) for step in STEPS]


def test_a_step_is_taken_once_and_keeps_what_is_stored(store: Store) -> None:
    put(store, make_report())
    assert migrate(store._engine, lambda: NOW, LATER) == (NEXT,)
    assert migrate(store._engine, lambda: NOW, LATER) == ()
    assert [version for version, *_ in _versions(store)] == list(range(1, NEXT + 1))
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT DISTINCT note FROM meta").all() == [(None,)]
    assert store.reports() == (make_report(),)


def test_a_step_that_fails_leaves_nothing_behind(store: Store) -> None:
    store.set_meta({"pack": "a"})
    with pytest.raises(ZeroDivisionError):
        migrate(store._engine, lambda: NOW, (*LATER, Step(NEXT + 1, "fails", _fail)))
    assert [version for version, *_ in _versions(store)] == list(range(1, NEXT))
    assert store.meta() == {"pack": "a"}


def test_a_new_record_is_made_as_it_is_now(place: Callable[[], str | None]) -> None:
    engine, _ = engine_for(place())
    steps = (STEPS[0], Step(2, "never run on a new one", _fail))
    assert migrate(engine, lambda: NOW, steps) == (1, 2)
    engine.dispose()


def test_a_record_of_a_newer_standoff_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path / "r.db") as store:
        migrate(store._engine, lambda: NOW, LATER)
    with pytest.raises(StoreError, match=rf"r\.db: made by a newer standoff \(version {NEXT} of its tables\); upgrade"):
        Store.open(tmp_path / "r.db")


EVERY = "id report start evidence rule confidence "
COLUMNS = {
    "contact": EVERY + "kind who parties place when date level status said_by",
    "entry": "n kind id report passages",
    "fingerprint": "hash report position",
    "linkage": EVERY + "kind by first then first_actor then_actor said_by",
    "measure": EVERY
    + "instrument by on rate_percent amount_usd goods status reason when announced effective suspended removed said_by",
    "meta": "key value",
    "migration": "version name at",
    "move": EVERY + "type by to actor issue what status when date deadline said_by",
    "pending": "report",
    "relation": "a b kind score passages",
    "report": "id name text outlet title url published_day published_basis published_reason provenance_path"
    " provenance_sha256 provenance_reader recorded_at retracted",
    "review": "id at who action class report evidence fields note",
    "screening": "report view pieces repeats boilerplate spun",
    "signature": "report hashes vector traced",
    "statement": EVERY + "content cue source speaker kind speaks_for via direct act topic count",
    "term": "term day report",
    "touched": "report revision",
    "watch_event": "n at kind source address report note",
    "watched": "address source kind status reason etag modified mark title day report coming failures not_before"
    " checked_at",
}


def test_a_change_of_the_tables_needs_a_step(store: Store) -> None:
    """Where this fails, write the step in `migrate.py` first, then change the columns and the version here."""
    with store._engine.connect() as connection:
        tables = inspect(connection)
        names = [name for name in sqlite.tables(connection) if not name.startswith("words")]
        found = {name: " ".join(column["name"] for column in tables.get_columns(name)) for name in names}
    assert found == COLUMNS
    assert STEPS[-1].version == 4


def test_a_record_made_before_watching_learns_to_watch(tmp_path: Path) -> None:
    with Store.open(tmp_path / "r.db") as store:
        put(store, make_report())
        with store._engine.begin() as connection:
            for statement in (
                "DROP TABLE watch_event",
                "DROP TABLE watched",
                "DELETE FROM migration WHERE version = 2",
            ):
                connection.exec_driver_sql(statement)
    with Store.open(tmp_path / "r.db") as store:
        assert [version for version, *_ in _versions(store)] == [step.version for step in STEPS]
        assert WatchLog(store).last() == 0
        assert store.reports() == (make_report(),)
