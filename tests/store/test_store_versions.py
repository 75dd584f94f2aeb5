"""Records of released versions: each is opened, brought up to date, and keeps what nobody can make again."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect
from store_examples import make_report, make_screening, put

from postgres_server import Server
from standoff.model.review import Review
from standoff.store import Store
from standoff.store.backup import restore
from standoff.store.migrate import STEPS

RELEASED = sorted((Path(__file__).parent / "data").glob("record-*.sql"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(f"BEGIN; {request.param.read_text(encoding='utf-8')} COMMIT;")
    connection.close()
    return path


def _tables(store: Store) -> dict[str, Any]:
    """Columns, keys and indexes of each table."""
    with store._engine.connect() as connection:
        found = inspect(connection)
        return {
            name: (
                [(column["name"], column["nullable"]) for column in found.get_columns(name)],
                found.get_pk_constraint(name)["constrained_columns"],
                sorted(str(index["column_names"]) for index in found.get_indexes(name)),
                sorted(str(key["constrained_columns"]) for key in found.get_foreign_keys(name)),
            )
            for name in found.get_table_names()
            if not name.startswith("words")
        }


def _check(store: Store) -> None:
    assert store.counts() == {
        "report": 3, "review": 1, "statement": 7, "move": 7, "measure": 4, "contact": 2, "linkage": 3, "relation": 1,
    }  # fmt: skip
    one, three, two = store.reports()
    assert (one.name, one.outlet, one.title) == ("one", "Harbour Post", "Duty on steel")
    assert one.published is not None
    assert (one.published.day, one.published.reason) == (date(2031, 5, 5), "its first line")
    assert (three.text, two.title) == (one.text, "No soybeans")
    (review,) = store.reviews()
    assert (review.id, review.who, review.action, review.report) == ("v-0123456789abcdef", "ana", "reject", one.id)
    assert review.evidence[0].of(one.text).startswith("Washington will lift")
    assert store.pending() == (two.id,), "it was waiting to be made anew"
    assert {hit.report for hit in store.search('"spoke by telephone"')} == {two.id}
    assert all(span.of(one.text) for record in store.records(report=one.id) for span in record.evidence)
    assert store.meta()["pack"] == "us-china-trade"


def test_it_is_brought_up_to_date_and_keeps_everything(old: Path) -> None:
    for _ in range(2):
        with Store.open(old) as store:
            _check(store)
    with Store.open(old) as store, Store.open(None) as new:
        with store._engine.connect() as connection:
            done = connection.exec_driver_sql("SELECT version FROM migration ORDER BY version").scalars().all()
        assert done == [step.version for step in STEPS]
        assert _tables(store) == _tables(new), "as a record that is made now"


def test_work_goes_on_in_it(old: Path) -> None:
    with Store.open(old) as store:
        one = store.reports()[0]
        assert not put(store, one, records=())
        assert put(store, make_report("new", "They go on."), records=())
        store.decide(Review(at=datetime(2031, 6, 1, tzinfo=UTC), who="ben", action="retract", report=one.id))
        assert store.retracted() == {one.id}
        for id in store.pending():
            store.replace(id, make_screening(store.reports_of([id])[id]), [], ())
        assert store.pending() == ()
        assert store.revision() > 0


def test_it_moves_to_a_server(old: Path, postgres: Server) -> None:
    place = postgres.place()
    before = old.read_bytes()
    restore(old, place)
    assert old.read_bytes() == before, "only read"
    with Store.open(place) as store:
        _check(store)
