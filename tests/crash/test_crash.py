"""kill -9 at random points of reading, rebuilding, watching and deciding: nothing is lost or doubled, and the next run
ends with the record of an undisturbed one, byte for byte. How often: `--crashes` (few by default), 200 with `-m slow`."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from crash_tasks import PACK, REPORTS, TASKS, Task, as_line, write_reports

from postgres_server import Server
from standoff import questions
from standoff.show.exports import write
from standoff.store import Store
from standoff.store.backup import restore
from standoff.store.watching import WatchLog

KILLED = -9
SEED = 20310508


class Killer:
    """A program that runs tasks in processes of their own; how each ended."""

    def __init__(self, *options: str) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self.server = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("crash_tasks.py")), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": paths},
        )  # fmt: skip

    def run(self, task: Task) -> int:
        assert self.server.stdin
        assert self.server.stdout
        self.server.stdin.write(as_line(task))
        self.server.stdin.flush()
        return int(self.server.stdout.readline())

    def end(self) -> None:
        assert self.server.stdin
        self.server.stdin.close()
        self.server.wait(timeout=60)
        assert self.server.stdout
        self.server.stdout.close()


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a task works on (a record to begin with; None: none), how many points it passes, how long it takes, and
    what it leaves."""

    begins: Path | None
    points: int
    seconds: float
    leaves: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bench:
    folder: Path
    killer: Killer
    tasks: dict[str, Undisturbed]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("crash")
    (folder / "reports").mkdir()
    write_reports(folder / "reports")
    killer = Killer()
    try:
        tasks: dict[str, Undisturbed] = {}
        for name in ("ingest", "watch", "review", "rebuild"):
            begins = {"review": folder / "ingest.db", "rebuild": folder / "review.db"}.get(name)
            tasks[name] = undisturbed(folder, killer, name, begins)
        yield Bench(folder, killer, tasks)
    finally:
        killer.end()


def task_of(folder: Path, name: str, where: Path) -> Task:
    return Task(name, str(where), str(folder / "reports"), str(where.with_suffix(".told")))


def undisturbed(folder: Path, killer: Killer, name: str, begins: Path | None) -> Undisturbed:
    where = folder / f"{name}.db"
    if begins:
        shutil.copy(begins, where)
    task = task_of(folder, name, where)
    began = time.monotonic()
    assert killer.run(task) == 0
    seconds = time.monotonic() - began
    return Undisturbed(begins, told(task)[1], seconds, content(where))


def told(task: Task) -> tuple[list[str], int]:
    """The decisions that were confirmed, and the points that the last whole run passed."""
    path = Path(task.told)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    points = [int(line.split()[1]) for line in lines if line.startswith("points ")]
    return [line for line in lines if line.startswith("decision ")], points[-1] if points else 0


def content(where: Path | str, beside: Path | None = None) -> dict[str, Any]:
    """All that the record holds, in comparable form: its export's bytes, and what no export has."""
    exported = beside or Path(where).with_suffix(".export")
    shutil.rmtree(exported, ignore_errors=True)
    exported.mkdir()
    with Store.open(where) as store:
        write("jsonl", exported / "record.jsonl", questions.load(store, PACK))
        ids = [report.id for report in store.reports()]
        machine = {*ids, *(record.id for record in store.records())}  # a decision may be indexed after it was stored
        return {
            **{path.name: path.read_bytes() for path in sorted(exported.iterdir())},
            "recorded": store.recorded(),
            "relations": store.relations(),
            "screenings": store.screenings(),
            "sketches": {id: store.sketch(id) for id in ids},
            "signatures": store.signatures(ids),
            "found": sorted(entry[1:] for entry in store.entries() if entry[2] in machine),
            "hits": sorted((hit.kind, hit.report) for hit in store.search("harbour fees") if hit.id in machine),
            "asked": [
                sorted((hit.kind, hit.id) for hit in questions.search(store, q, (), 500)) for q in ("fees", "met")
            ],
            "retracted": store.retracted(),
            "waiting": (store.pending(), store.untraced()),
            "notes": store.meta(),
            "told": [(e.kind, e.address, e.report, e.note) for e in WatchLog(store).events()],
        }


def sound(where: Path | str) -> bool:
    if "://" in str(where):
        return True  # a server looks after its pages itself
    connection = sqlite3.connect(where)
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        return whole and connection.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        connection.close()


def crash(bench: Bench, name: str, number: int, place: str | None = None) -> int:
    """Kill the task one to three times, then let it end; how many times it was killed before it was done.

    `place` is an empty database; None: a file.
    """
    chance = random.Random(f"{SEED} {name} {number}")
    asked, file = bench.tasks[name], bench.folder / f"{name}-{number}.db"
    if asked.begins and place:
        restore(asked.begins, place)
    elif asked.begins:
        shutil.copy(asked.begins, file)
    task, kills = replace(task_of(bench.folder, name, file), where=place or str(file)), 0
    for day in range(chance.randint(1, 3)):
        point, moment = chance.randint(1, asked.points), chance.uniform(0.001, asked.seconds)
        once = replace(task, at=point, day=day) if chance.random() < 0.5 else replace(task, after=moment, day=day)
        ended = bench.killer.run(once)
        assert ended in (0, KILLED)
        kills += ended == KILLED
        look_over(task)
    assert bench.killer.run(replace(task, day=9)) == 0
    assert sound(task.where)
    after = content(task.where, file.with_suffix(".export"))
    for part, value in asked.leaves.items():
        assert after[part] == value, f"{name} {number}: {part}"
    for path in bench.folder.glob(f"{name}-{number}.*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return kills


def look_over(task: Task) -> None:
    """What must hold right after the kill: the file is sound, and every decision that was confirmed stands, once."""
    where = task.where
    if "://" not in where and not Path(where).exists():
        return
    with Store.open(where) as store:
        assert store.counts()["report"] <= REPORTS
        notes = [review.note for review in store.reviews()]
        if task.name == "review":
            confirmed = told(task)[0]
            assert len(set(notes)) == len(notes)
            assert set(confirmed) <= set(notes)
            assert len(notes) <= len(confirmed) + 3, "one more for each kill: stored, but not confirmed"
    assert sound(where)


def crashes(bench: Bench, at_least: int, first: int, server: Server | None = None) -> int:
    """Kill so many times or more, each task in turn."""
    names, killed, number = sorted(TASKS), 0, first
    while killed < at_least:
        killed += crash(bench, names[number % len(names)], number, server.place() if server else None)
        number += 1
    return killed


def test_undisturbed_runs_make_a_record(bench: Bench) -> None:
    leaves = bench.tasks["rebuild"].leaves
    assert len(leaves["recorded"]) == REPORTS
    assert len(leaves["relations"]) > REPORTS
    assert leaves["record.jsonl"].count(b"\n") > 4 * REPORTS
    assert leaves["record.reviews.jsonl"].count(b"decision ") > 3 * REPORTS
    assert leaves["retracted"]
    assert leaves["waiting"] == ((), ())
    assert [kind for kind, *_ in bench.tasks["watch"].leaves["told"]] == ["new"] * REPORTS


def test_a_process_that_is_killed_loses_and_doubles_nothing(bench: Bench, request: pytest.FixtureRequest) -> None:
    count = int(request.config.getoption("--crashes"))
    assert crashes(bench, count, 0) >= count


def test_nor_does_one_that_is_killed_while_it_works_on_a_server(bench: Bench, postgres: Server) -> None:
    assert crashes(bench, 2, 1, postgres) >= 2


@pytest.mark.slow
def test_two_hundred_kills(bench: Bench) -> None:
    assert crashes(bench, 200, 1000) >= 200


@pytest.mark.slow
def test_fifty_kills_on_a_server(bench: Bench, postgres: Server) -> None:
    assert crashes(bench, 50, 2000, postgres) >= 50
