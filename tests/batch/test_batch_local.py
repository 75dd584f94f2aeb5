"""Engines of this machine: order, limits, deaths, and that memory stays flat."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

import pytest
from batch_examples import AWAKE, no_model, no_start, report, work

from standoff.batch import crew
from standoff.batch.engine import Engine, Failed, Ids
from standoff.batch.limit import OverLimit, within
from standoff.batch.local import OneProcess, Processes
from standoff.errors import BatchError, InputError
from standoff.model.report import Report

ENGINES = [OneProcess(AWAKE), Processes(2, AWAKE)]
by_engine = pytest.mark.parametrize("engine", ENGINES, ids=["one process", "two processes"])


def nothing(id: str) -> bool:
    return False


@by_engine
def test_results_come_in_order_and_what_needs_no_work_as_it_is(engine: Engine) -> None:
    known = report("known")
    items = [report("a", "slow"), "said", *(report(f"r{n}") for n in range(40)), known, report("z", "x" * 200_000)]
    sources = [lambda: items[:3], lambda: items[3:]]
    found = list(engine.process(sources, work, {known.id}.__contains__))
    assert found == ["A", "said", *(f"R{n}" for n in range(40)), known, "Z"]


@by_engine
def test_a_report_that_takes_too_long_or_fails_is_left_out_and_said(engine: Engine) -> None:
    items = [report("a"), report("b", "sleep"), report("c"), report("d", "fail"), report("e")]
    a, b, c, d, e = engine.process([lambda: items], work, nothing)
    assert (a, c, e) == ("A", "C", "E")
    assert isinstance(b, Failed)
    assert b.report == items[1]
    assert "longer than 1.5 s" in b.reason
    assert isinstance(d, Failed)
    assert "ValueError: two, batch_examples.py:" in d.reason


@by_engine
def test_without_a_model_the_run_ends(engine: Engine) -> None:
    with pytest.raises(InputError, match="no model"):
        list(engine.process([lambda: [report("a")]], no_model, nothing))


def test_a_report_that_kills_its_worker_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_GRACE", 0.5)
    items = [report("a"), report("b", "die"), report("c", "spin"), *(report(f"r{n}") for n in range(9))]
    a, b, c, *rest = Processes(2, AWAKE).process([lambda: items], work, nothing)
    assert a == "A"
    assert isinstance(b, Failed)
    assert "ended with exit code 3" in b.reason
    assert isinstance(c, Failed)
    assert "longer than" in c.reason
    assert rest == [f"R{n}" for n in range(9)]


def test_what_was_answered_before_a_worker_died_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver finds out by giving the next task, before it has heard the last answer."""
    held: list[Connection] = []
    real = crew.Crew._give

    def give(self: crew.Crew, worker: Any, task: tuple[int, bytes]) -> None:
        if task[0] == 2 and not held:  # "a" is answered, and "b" has killed the process
            worker.process.join(20)
            held.append(worker.pipe)
        real(self, worker, task)

    monkeypatch.setattr(crew.Crew, "_give", give)
    monkeypatch.setattr(crew._Worker, "free", lambda self, idle: self.ready and not self.dead and len(self.given) < 3)
    items = [report("a"), report("b", "die"), report("c"), report("d")]
    a, b, c, d = Processes(1, AWAKE).process([lambda: items], work, nothing)
    assert held
    assert (a, c, d) == ("A", "C", "D")
    assert isinstance(b, Failed)
    assert "ended with exit code 3" in b.reason


def test_workers_are_replaced_before_they_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_TASKS", 2)
    found = list(Processes(1, AWAKE).process([lambda: [report(f"r{n}") for n in range(5)]], work, nothing))
    assert found == [f"R{n}" for n in range(5)]


def test_workers_that_cannot_start_are_an_error() -> None:
    with pytest.raises(BatchError, match="exit code 7"):
        list(Processes(2, AWAKE).process([lambda: [report("a")]], no_start, nothing))


def test_no_more_is_read_than_the_window_holds() -> None:
    read = 0

    def many() -> Iterator[Report | str]:
        nonlocal read
        for number in range(10_000):
            read += 1
            yield report(f"r{number}") if number % 3 else "said"

    found = Processes(1, AWAKE).process([many], work, nothing)
    for _ in range(20):
        next(found)
        assert read <= 20 + crew._WINDOW + 1
    found.close()


def test_what_is_known_starts_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew.Crew, "_hired", lambda self: pytest.fail("a worker was hired"))
    items = [report(f"r{n}") for n in range(100)]
    assert list(Processes(2).process([lambda: items], work, Ids(r.id for r in items))) == items


def test_ids_know_only_what_they_were_given() -> None:
    known = Ids(report(f"r{n}").id for n in range(0, 50, 2))
    assert [known(report(f"r{n}").id) for n in range(50)] == [n % 2 == 0 for n in range(50)]
    assert not Ids([])(report("a").id)


def test_the_limit_of_a_block_leaves_no_alarm_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(OverLimit), within(0.05):
        time.sleep(5)
    with within(0.05):
        pass
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) is before


def _hears_interrupts() -> None:
    """What a shell starts in the background ignores them, and its children with it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="signals are told otherwise")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_driver(how: signal.Signals, tmp_path: object) -> None:
    """Ctrl-C goes to all processes of the terminal; a driver that is killed can tell its workers nothing."""
    script = (
        "import sys; sys.path[:0] = [sys.argv[1]]\n"
        "from batch_examples import report, work\n"
        "from standoff.batch.local import Processes\n"
        "if __name__ == '__main__':\n"
        "    import multiprocessing\n"
        "    found = Processes(2).process([lambda: [report(f'r{n}', 'slow') for n in range(999)]], work, lambda id: False)\n"
        "    print(next(found), *(p.pid for p in multiprocessing.active_children()), flush=True)\n"
        "    list(found)\n"
    )
    path = os.path.join(str(tmp_path), "driver.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(script)
    command = [sys.executable, path, os.path.dirname(__file__)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_hears_interrupts,
    ) as driver:
        assert driver.stdout
        assert driver.stderr
        first, *workers = driver.stdout.readline().split()
        assert first == "R0"
        assert len(workers) == 2
        if how is signal.SIGINT:
            os.killpg(driver.pid, how)
        else:
            driver.kill()
        said = driver.stderr.read()
        driver.wait(20)
    deadline = time.monotonic() + 20
    while any(_alive(int(pid)) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(_alive(int(pid)) for pid in workers)
    assert said.count("Traceback") == (how is signal.SIGINT), said  # the driver's own alone


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
