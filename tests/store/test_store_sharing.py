"""Several threads and processes on one record; a process that is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from store_examples import TEXT, make_report, put

from standoff.store import Store

REPORTS = [make_report(f"n{number:02}", f"{TEXT} {number}") for number in range(16)]
WRITER = """
import sys
from store_examples import TEXT, make_report, put
from standoff.store import Store

with Store.open(sys.argv[1]) as store:
    for number in range(int(sys.argv[2])):
        print(int(put(store, make_report(f"n{number:02}", f"{TEXT} {number}"))), flush=True)
"""


def start(path: Path | str, reports: int) -> subprocess.Popen[str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(reports)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )


def intact(path: str) -> bool:
    if "://" in path:
        return True  # a server looks after its pages itself
    connection = sqlite3.connect(path)
    try:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")  # fails if index and text differ
        return sound and connection.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        connection.close()


@pytest.mark.parametrize("in_memory", [True, False])
def test_threads_share_a_store(address: str, in_memory: bool) -> None:
    path = None if in_memory else address
    with Store.open(path) as store, ThreadPoolExecutor(4) as threads:
        new = list(threads.map(lambda report: put(store, report), REPORTS * 3))
        found = list(threads.map(lambda _: len(store.records()), range(4)))
        assert sum(new) == len(REPORTS)
        assert found == [5 * len(REPORTS)] * 4
        assert store.reports() == tuple(REPORTS)
    assert path is None or intact(path)


def test_processes_share_a_record(address: str) -> None:
    path = address
    writers = [start(path, 12) for _ in range(3)]  # all of them may be the one that makes the tables
    told = [writer.communicate(timeout=30)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert sum(line == "1" for lines in told for line in lines) == 12
    assert intact(path)
    with Store.open(path) as store:
        assert store.reports() == tuple(REPORTS[:12])
        assert len(store.records()) == 60
        assert len(store.search("telephone", kinds=["contact"])) == 12


def test_what_a_killed_process_stored_is_whole(address: str) -> None:
    path = address
    writer = start(path, 10_000)
    assert writer.stdout is not None
    for _ in range(5):
        writer.stdout.readline()
    os.kill(writer.pid, signal.SIGKILL)
    writer.communicate(timeout=30)
    assert intact(path)
    with Store.open(path) as store:
        reports = store.reports()
        assert len(reports) >= 5
        assert all(len(store.records(report=report.id)) == 5 for report in reports)
        assert store.pending() == ()
        assert put(store, make_report("after", "The work goes on."), records=())


REVIEWER = """
import sys
from datetime import UTC, datetime
from store_examples import TEXT, make_report, put
from standoff.model.review import Review
from standoff.store import Store

who, seen = sys.argv[2], []
with Store.open(sys.argv[1]) as store:
    for number in range(10):
        report = make_report(f"n{number:02}", f"{TEXT} {number}")
        put(store, report)
        made = Review(at=datetime(2031, 1, 1, tzinfo=UTC), who=who, action="retract" if number % 2 else "accept",
                      report=report.id, of="move", note=f"{who} {number}")
        print(store.decide(made).id, flush=True)
        store.add_reviews([Review(at=datetime(2030, 1, 1, tzinfo=UTC), who="import", action="accept",
                                  report=report.id, of="move", note="the same for all")])
"""


def test_writers_and_reviewers_at_once_lose_and_double_nothing(address: str) -> None:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", REVIEWER, address]
    people = [subprocess.Popen([*command, f"p{n}"], stdout=subprocess.PIPE, text=True, env=env) for n in range(4)]
    told = [id for one in people for id in one.communicate(timeout=60)[0].split()]
    assert [one.returncode for one in people] == [0] * 4
    with Store.open(address) as store:
        reviews = store.reviews()
        assert sorted(r.id for r in reviews if r.who != "import") == sorted(told)
        assert len(set(told)) == 40
        assert len([r for r in reviews if r.who == "import"]) == 10, "the same decision came four times"
        assert len({r.at for r in reviews if r.who != "import"}) == 40, "each moment is one decision's"
        assert (store.counts()["report"], len(store.records())) == (10, 50)
        assert store.retracted() == {report.id for report in REPORTS[1:10:2]}
        numbers = [number for number, *_ in store.entries()]
        assert numbers == list(range(1, 61)), "each report and record stands once in the index"
        assert len(store.search("telephone", kinds=["contact"])) == 10
        assert store.revision() >= 10 + 40
