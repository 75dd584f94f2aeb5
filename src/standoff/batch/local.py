"""Engines of this machine: in this process, or in several."""

from __future__ import annotations

import pickle
from collections.abc import Generator, Iterable, Iterator
from typing import Any

from standoff.batch.crew import Crew, Lost
from standoff.batch.engine import LIMIT, Failed, Known, R, Source, T, Work, attempt
from standoff.errors import StandoffError
from standoff.model.report import Report


class OneProcess:
    """Works in this process, report by report: the next is read when what the last one gave is taken.

    The limit holds where the system has alarms (POSIX) and this is the main thread; a report that kills the process
    ends the run.
    """

    elsewhere = False
    at_once = 1

    def __init__(self, limit: float = LIMIT) -> None:
        self._limit = limit

    def process(
        self, sources: Iterable[Source[T]], work: Work[R], known: Known
    ) -> Generator[R | Failed | Report | T, None, None]:
        for source in sources:
            for item in source():
                if isinstance(item, Report) and not known(item.id):
                    yield attempt(work, item, self._limit)
                else:
                    yield item


class Processes:
    """Works in so many processes of this machine; what the sources give is read in this one."""

    elsewhere = False
    at_once = 16

    def __init__(self, processes: int, limit: float = LIMIT) -> None:
        self._processes, self._limit = processes, limit

    def process(
        self, sources: Iterable[Source[T]], work: Work[R], known: Known
    ) -> Generator[R | Failed | Report | T, None, None]:
        with Crew(pickle.dumps(work), self._processes, self._limit) as crew:
            for task, answer in crew.run(tasks(sources, known)):
                result: Any = opened(task, answer) if isinstance(task, bytes) else task
                yield result


def tasks(sources: Iterable[Source[T]], known: Known) -> Iterator[bytes | Report | T]:
    """What the sources give, the reports that need work pickled."""
    for source in sources:
        for item in source():
            if isinstance(item, Report) and not known(item.id):
                yield pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
            else:
                yield item


def opened(task: bytes, answer: bytes | Lost | None) -> Any:
    """What the work gave for a pickled report. Raises StandoffError where the worker could do no work at all."""
    if not isinstance(answer, bytes):
        return Failed(pickle.loads(task), answer or "")
    result = pickle.loads(answer)
    if isinstance(result, StandoffError):
        raise result
    return result
