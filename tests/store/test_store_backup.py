"""Backups: whole while others write, the same record again from either database, and nothing overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from store_examples import FULL, SCREENED, TEXT, make_records, make_report, make_screening, precious, put

from standoff.errors import InputError, StoreError
from standoff.model.lineage import Relation
from standoff.model.report import Published
from standoff.model.review import Review
from standoff.store import Store
from standoff.store.backup import back_up, restore
from standoff.store.watching import Event, Watched, WatchLog

ONE = make_report(**FULL)
TWO = make_report("two\0", TEXT + " \0 More.", outlet="\ufdd2\0\ufdd20", published=Published(date(2031, 5, 1), "user"))
PLACES = Callable[[], str | None]


def fill(store: Store) -> None:
    store.add(TWO, make_screening(TWO), [(2**64 - 1, 7), (3, 1)], make_records(TWO))
    store.add(ONE, make_screening(ONE, **SCREENED), [(3, 0)], make_records(ONE))
    store.sign({ONE.id: ((1, 2), b"\0one"), TWO.id: ((2, 3), b"two")})
    store.settle([ONE.id, TWO.id], [Relation(a=TWO.id, b=ONE.id, kind="copy", score=0.1 + 0.2)])
    store.set_meta({"pack": "arland-borland"})
    put(store, make_report("waits", "They go on."), records=())
    store.enrich(make_report("waits", "They go on.", title="On and on"))
    at = datetime(2031, 5, 6, tzinfo=UTC)
    store.decide(Review(at=at, who="ana", action="retract", report=TWO.id, fields={"x": ["ä\0", None]}, note="no"))
    WatchLog(store).put(
        Watched(address="https://a.example", source="feed", kind="page", report=ONE.id, day=date(2031, 5, 6)),
        *(Event(kind="new", source="feed", address=f"https://a.example/{n}", at=at) for n in range(3)),
    )


def all_of(store: Store) -> dict[str, Any]:
    """Everything that can be asked of a record, but for the numbers of the index."""
    hits = {query: store.search(query) for query in ("duty", '"open ports" telephone', "tele*", "on", "walnut")}
    return {
        "precious": precious(store), "records": store.records(), "screenings": store.screenings(), "hits": hits,
        "sketches": [store.sketch(report.id) for report in store.reports()], "relations": store.relations(),
        "signatures": store.signatures([ONE.id, TWO.id]), "terms": store.sharing_terms([ONE.id], 60), "meta": store.meta(),
        "pending": store.pending(), "untraced": store.untraced(), "reviews": store.reviews(), "reports": store.reports(),
        "watched": WatchLog(store).of_source("feed"), "events": WatchLog(store).events(), "counts": store.counts(),
        "recorded": store.recorded(), "retracted": store.retracted(),
    }  # fmt: skip


@pytest.mark.parametrize("back_to", ["file", "postgresql"])
def test_what_comes_back_is_the_same(
    store: Store, tmp_path: Path, back_to: str, request: pytest.FixtureRequest
) -> None:
    fill(store)
    before, file = all_of(store), tmp_path / "kept.db"
    assert back_up(store, file) == store.counts()
    assert [path.name for path in tmp_path.iterdir()] == ["kept.db"], "one file alone"
    with Store.open(file) as kept:
        assert all_of(kept) == before
    where = str(tmp_path / "again.db") if back_to == "file" else request.getfixturevalue("postgres").place()
    size = file.stat().st_size
    assert restore(file, where) == store.counts()
    assert file.stat().st_size == size
    with Store.open(where) as again:
        assert all_of(again) == before
        (event,) = WatchLog(again).put(
            Watched(address="b", source="feed", kind="page"), Event(kind="gone", source="feed", address="b")
        )
        assert event.n == 4, "numbers go on after the highest"
        assert put(again, make_report("new", "Something new."), records=())
        assert [hit.kind for hit in again.search("something")] == ["report"]


def test_a_backup_is_one_moment_of_a_record_that_is_written_to(address: str, tmp_path: Path) -> None:
    with Store.open(address) as store, ThreadPoolExecutor(1) as threads:
        put(store, ONE)
        writing = threads.submit(
            lambda: [put(store, make_report(f"n{number}", f"{TEXT} {number}")) for number in range(60)]
        )
        taken = 0
        while not writing.done():
            counts = back_up(store, tmp_path / f"{taken}.db")
            with Store.open(tmp_path / f"{taken}.db") as kept:
                assert kept.counts() == counts
                assert len(kept.records()) == 5 * counts["report"], "no report without its records"
                assert len(kept.search("telephone", kinds=["contact"], limit=100)) == counts["report"]
            taken += 1
        assert taken > 0
        assert all(writing.result())


def test_nothing_is_overwritten(store: Store, address: str, tmp_path: Path) -> None:
    put(store, ONE)
    file, other = tmp_path / "kept.db", tmp_path / "other.db"
    back_up(store, file)
    other.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"there is a file .* already"):
        back_up(store, other)
    with pytest.raises(InputError, match=r"there is a file .* already"):
        restore(file, str(other))
    assert other.read_text(encoding="utf-8") == "mine"
    with Store.open(address) as taken:
        put(taken, make_report("two", "Another text."), records=())
    with pytest.raises(InputError, match="already"):
        restore(file, address)
    with Store.open(address) as taken:
        assert taken.counts()["report"] == 1


def test_what_is_no_backup_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    notes, other, damaged = tmp_path / "notes.txt", tmp_path / "other.db", tmp_path / "damaged.db"
    notes.write_text("Only some notes. " * 500, encoding="utf-8")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE report (id TEXT)")
    connection.close()
    with Store.open(damaged) as store:
        fill(store)
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:40_000] + b"\xff" * 8192 + whole[48_192:])
    for file, advice in ((notes, "not a standoff record"), (other, "another program"), (damaged, "damaged")):
        with pytest.raises(StoreError, match=advice) as told:
            restore(file, str(tmp_path / "new.db"))
        assert str(told.value).startswith(f"{file}: ")
    with pytest.raises(InputError, match="there is no file"):
        restore(tmp_path / "none.db", str(tmp_path / "new.db"))
    with pytest.raises(StoreError, match="there is no directory"):
        restore(other, str(tmp_path / "none" / "new.db"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["damaged.db", "notes.txt", "other.db"]
