"""Worker processes, each with the model loaded once: tasks and answers as bytes, answers in the order of the tasks.

Every worker has a pipe of its own, so that it is known which task it died of or takes too long over, and ending it
breaks nothing for the others. It holds one task beside the one it works on, and no more tasks are taken than the
window allows: memory stays flat however many there are. Workers are new processes (spawn), the same on every system.
What is pickled goes from us to us alone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import Queue
from typing import TypeVar

from standoff.batch.engine import Work, attempt, too_long
from standoff.errors import BatchError, StandoffError
from standoff.model.report import Report

_READY = b"ready"  # what a worker says first
_START = 600.0  # seconds that loading the model may take
_GRACE = 10.0  # seconds that a worker is given to end a report by itself before it is ended from outside
_WINDOW = 16  # tasks taken and not given back, for each worker
_AHEAD = 30_000  # bytes; a larger task waits until a worker is idle, since it does not fit into the pipe
_TASKS = 5_000  # after so many a worker is replaced: the language model keeps every new word it meets
_WARM = Report(name="warm", text="Ready.")

T = TypeVar("T")
_Task = tuple[int, bytes]
Lost = str
"""Why there is no answer."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    given: deque[_Task] = field(default_factory=deque)  # sent and not answered, the one being worked on first
    since: float = field(default_factory=time.monotonic)
    ready: bool = False
    dead: bool = False
    done: int = 0

    def free(self, idle: bool) -> bool:
        return self.ready and not self.dead and len(self.given) < 2 - idle and self.done + len(self.given) < _TASKS


class Crew:
    """So many workers that do the pickled `work`. `limit`: seconds a report may take. A context manager: leaving it
    ends the workers at once, whatever they do."""

    def __init__(self, work: bytes, size: int, limit: float) -> None:
        self._work, self._size, self._limit = work, size, limit
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._again: deque[_Task] = deque()  # taken, and to be given to a worker
        self._answers: dict[int, bytes | Lost | None] = {}  # by the task's number

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def run(self, tasks: Iterable[bytes | T]) -> Iterator[tuple[bytes | T, bytes | Lost | None]]:
        """Each pickled report with the pickled answer of the work, or why there is none; what is no bytes as it is,
        with None. In order. Workers start with the first report.

        Raises BatchError where they cannot start, and what makes the work impossible as such.
        """
        coming, taken, at = enumerate(tasks), dict[int, bytes | T](), 0
        while True:
            ended = self._deal(coming, taken)
            if ended and not taken:
                return
            before = at
            while at in self._answers:
                yield taken.pop(at), self._answers.pop(at)
                at += 1
            self._listen(0.0 if at > before else 1.0)

    # -- giving ---------------------------------------------------------------------------------------------------

    def _deal(self, coming: Iterator[tuple[int, bytes | T]], taken: dict[int, bytes | T]) -> bool:
        """Give tasks to workers as long as one is free; whether there are no more."""
        while True:
            if not self._again:
                if len(taken) >= self._size * _WINDOW:
                    return False
                number, task = next(coming, (-1, b""))
                if number < 0:
                    return True
                taken[number] = task
                if isinstance(task, bytes):
                    self._again.append((number, task))
                else:
                    self._answers[number] = None
                    continue
            worker = self._free(idle=len(self._again[0][1]) > _AHEAD)
            if worker is None:
                return False
            self._give(worker, self._again.popleft())

    def _free(self, idle: bool) -> _Worker | None:
        """The free worker with the fewest tasks; hires all at the first call."""
        while len(self._workers) < self._size:
            self._workers.append(self._hired())
        return min((w for w in self._workers if w.free(idle)), key=lambda w: len(w.given), default=None)

    def _give(self, worker: _Worker, task: _Task) -> None:
        try:
            worker.pipe.send_bytes(task[1])
        except OSError:  # it died: what it had answered before is heard first, then what it died of
            self._again.appendleft(task)
            worker.dead = True
            return
        if not worker.given:
            worker.since = time.monotonic()
        worker.given.append(task)

    # -- hearing --------------------------------------------------------------------------------------------------

    def _listen(self, seconds: float) -> None:
        said = wait([worker.pipe for worker in self._workers], seconds) if self._workers else []
        for worker in list(self._workers):
            if worker.pipe in said:
                self._hear(worker)
            elif worker.given and time.monotonic() - worker.since > self._limit + _GRACE:
                self._replace(worker, too_long(self._limit))
            elif not worker.ready and time.monotonic() - worker.since > _START:
                raise BatchError(f"a worker process was not ready after {_START:g} s: the machine has too much to do")

    def _hear(self, worker: _Worker) -> None:
        try:
            data = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            worker.process.join()
            if not worker.ready:
                raise BatchError(f"worker processes cannot start; they end with {_ending(worker.process)}") from None
            self._replace(worker, f"the process that read it ended with {_ending(worker.process)}; it is left out")
            return
        worker.since = time.monotonic()
        if data == _READY:
            worker.ready = True
            return
        if not worker.ready:
            raise pickle.loads(data)
        self._answers[worker.given.popleft()[0]] = data
        worker.done += 1
        if worker.done >= _TASKS and not worker.given:
            self._replace(worker, "")

    def _replace(self, worker: _Worker, reason: Lost) -> None:
        """End a worker and hire another; what it worked on is lost, what it had not begun is given out again."""
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        if worker.given:
            self._answers[worker.given.popleft()[0]] = reason
            self._again.extendleft(reversed(worker.given))
        self._workers[self._workers.index(worker)] = self._hired()

    def _hired(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work, self._limit), daemon=True)
        with _no_interrupt():
            process.start()
        theirs.close()  # so that the pipe ends when the worker does
        return _Worker(process, ours)


def _ending(process: SpawnProcess) -> str:
    code = process.exitcode
    if code == -signal.SIGKILL:
        return "signal 9 (often: out of memory)"
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """What is started in the block does not hear Ctrl-C, which the terminal sends to all: the driver ends it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# -- in the worker --------------------------------------------------------------------------------------------------


def _serve(pipe: Connection, pickled: bytes, limit: float) -> None:
    """Work on what comes through the pipe until it ends, also where the driver was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work: Work[object] = pickle.loads(pickled)
    try:
        attempt(work, _WARM, _START)
    except StandoffError as error:
        pipe.send_bytes(pickle.dumps(error))
        return
    pipe.send_bytes(_READY)
    tasks: Queue[bytes | None] = Queue()
    threading.Thread(target=_take, args=(pipe, tasks), daemon=True).start()
    while (task := tasks.get()) is not None:
        try:
            pipe.send_bytes(_answer(work, task, limit))
        except OSError:
            return


def _take(pipe: Connection, tasks: Queue[bytes | None]) -> None:
    """Take tasks out of the pipe while the worker works, so that the next one is there when it is done."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            tasks.put(pipe.recv_bytes())
    tasks.put(None)


def _answer(work: Work[object], task: bytes, limit: float) -> bytes:
    try:
        return pickle.dumps(attempt(work, pickle.loads(task), limit), pickle.HIGHEST_PROTOCOL)
    except StandoffError as error:
        return pickle.dumps(error)
