"""The desk keeps up with what is written, and serves the older edition meanwhile."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from standoff import decisions, pipeline
from standoff.errors import InputError
from standoff.model.report import Published, Report
from standoff.pack.load import load_pack
from standoff.questions import lists
from standoff.questions.editions import open_record
from standoff.store import Store
from standoff.web import desk as desks
from standoff.web.desk import Desk, NotReady, slugs

PACK = load_pack("us-china-trade")


def report(number: int) -> Report:
    text = f"The United States threatens to impose a {number}% tariff on Chinese goods, an official said on Monday."
    return Report(name=f"report {number}", text=text, outlet="Post", published=Published(date(2019, 6, 1), "user", ""))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    where = tmp_path / "talks.db"
    with Store.open(where) as store:
        pipeline.ingest(store, [report(10)], PACK)
    return where


def settled(desk: Desk, count: int) -> None:
    give_up = time.monotonic() + 30
    while len(desk.at().known.reports) != count:
        assert time.monotonic() < give_up, "the desk did not read the record anew"
        time.sleep(0.02)


def test_what_is_written_is_read_and_what_was_asked_is_forgotten(path: Path) -> None:
    desk = Desk(open_record(str(path)), "x", 30)
    before = desk.at(date(2019, 6, 1))
    assert desk.at(date(2019, 6, 1)) is before
    assert desk.at() is desk.at()
    with Store.open(path) as store:
        pipeline.ingest(store, [report(20)], PACK)
    settled(desk, 2)
    assert desk.at(date(2019, 6, 1)) is not before
    assert not desk.stale
    desk.close()


def test_the_older_edition_is_served_while_a_newer_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(open_record(str(path)), "x", 30)
    first = desk.at()
    monkeypatch.setattr(desks, "warm", lambda at: time.sleep(0.5))
    with Store.open(path) as store:
        pipeline.ingest(store, [report(20)], PACK)
    assert desk.at() is first
    assert desk.stale
    settled(desk, 2)
    desk.close()


def test_a_request_waits_no_longer_than_it_may(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "warm", lambda at: time.sleep(1))
    desk = Desk(open_record(str(path)), "x", 0.05)
    with pytest.raises(NotReady, match="still being read"):
        desk.at()
    desk.close()


def test_few_standpoints_are_kept(path: Path) -> None:
    desk = Desk(open_record(str(path)), "x", 30)
    for day in range(1, 29):
        desk.at(date(2019, 6, day))
    assert len(desk._others) <= 8
    desk.close()


def test_a_retracted_report_is_shown_and_counts_no_more(path: Path) -> None:
    with Store.open(path) as store:
        pipeline.ingest(store, [report(20)], PACK)
        decisions.retract(store, "report 20", who="Ada", note="taken back")
    desk = Desk(open_record(str(path)), "x", 30)
    at = desk.at()
    assert lists.tally(at).reports == 1
    assert lists.tally(at).retracted == 1
    assert [(r.name, r.retracted) for r in lists.report_rows(at)] == [("report 10", False), ("report 20", True)]
    desk.close()


def test_an_empty_record_says_what_to_do(tmp_path: Path) -> None:
    Store.open(tmp_path / "empty.db").close()
    with pytest.raises(InputError, match="ingest reports first"):
        open_record(str(tmp_path / "empty.db"))


def test_slugs_are_the_packs_or_else_the_files() -> None:
    assert slugs([("us-china-trade", "a.db"), ("brexit", "b.db")]) == ["us-china-trade", "brexit"]
    assert slugs([("brexit", "x/one.db"), ("brexit", "two.db"), ("brexit", "y/one.db")]) == ["one", "two", "one-2"]
