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


def start(path: Path, reports: int) -> subprocess.Popen[str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(reports)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )


def intact(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")  # fails if index and text differ
        return sound and connection.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        connection.close()


@pytest.mark.parametrize("in_file", [True, False])
def test_threads_share_a_store(tmp_path: Path, in_file: bool) -> None:
    path = tmp_path / "r.db" if in_file else None
    with Store.open(path) as store, ThreadPoolExecutor(4) as threads:
        new = list(threads.map(lambda report: put(store, report), REPORTS * 3))
        found = list(threads.map(lambda _: len(store.records()), range(4)))
        assert sum(new) == len(REPORTS)
        assert found == [5 * len(REPORTS)] * 4
        assert store.reports() == tuple(REPORTS)
    assert path is None or intact(path)


def test_processes_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    writers = [start(path, 12) for _ in range(3)]  # all of them may be the one that makes the tables
    told = [writer.communicate(timeout=30)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert sum(line == "1" for lines in told for line in lines) == 12
    assert intact(path)
    with Store.open(path) as store:
        assert store.reports() == tuple(REPORTS[:12])
        assert len(store.records()) == 60
        assert len(store.search("telephone", kinds=["contact"])) == 12


def test_what_a_killed_process_stored_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
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
