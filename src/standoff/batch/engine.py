"""What an engine must do: work on reports somewhere, and give back what each gave, in the order of the reports.

The order is what makes the record the same whatever the engine: of two reports that are one, the first is kept.
An engine writes nothing and knows nothing of records; what it runs is handed in.
"""

from __future__ import annotations

import traceback
from array import array
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol, TypeVar

from standoff.batch.limit import OverLimit, within
from standoff.errors import EvidenceError, StandoffError
from standoff.model.report import Report

R = TypeVar("R")
T = TypeVar("T")
Work = Callable[[Report], R]
"""What is done with each report; pickled for other processes, so a function of a module, or a partial of one."""
Source = Callable[[], Iterable[Report | T]]
"""Gives reports, and other things among them (such as what could not be read), which are passed on as they are."""
Known = Callable[[str], bool]
"""Whether a report of this id needs no work; it is then passed on as it is."""

LIMIT = 120.0
"""Seconds that one report may take, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A report that gave nothing, and why: one plain line. The run goes on."""

    report: Report
    reason: str


class Ids:
    """Ids of reports as `Known`, eight bytes each, to be sent along."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = array("Q", sorted(map(_number, ids)))

    def __call__(self, id: str) -> bool:
        wanted = _number(id)
        at = bisect_left(self._ids, wanted)
        return at < len(self._ids) and self._ids[at] == wanted


def _number(id: str) -> int:
    return int(id.rpartition("-")[2], 16)


class Engine(Protocol):
    """`elsewhere`: sources and `known` are used in other processes, and must be pickled for it. `at_once`: how many
    results the driver may gather before it writes them."""

    elsewhere: bool
    at_once: int

    def process(
        self, sources: Iterable[Source[T]], work: Work[R], known: Known
    ) -> Generator[R | Failed | Report | T, None, None]:
        """For each thing that the sources give, in their order: what the work gave, or why it gave nothing; the
        thing itself where it is a known report or none.

        Raises StandoffError where no report could be worked on (no language model, no workers).
        """
        ...


def attempt(work: Work[R], report: Report, limit: float) -> R | Failed:
    """What the work gives for a report within `limit` seconds, or why nothing. A defect of ours ends no run, but is
    said with its place. Raises StandoffError where the fault is not the report's."""
    try:
        with within(limit):
            return work(report)
    except OverLimit:
        return Failed(report, too_long(limit))
    except EvidenceError as error:
        return Failed(report, defect(error))
    except StandoffError:
        raise
    except Exception as error:
        return Failed(report, defect(error))


def too_long(limit: float) -> str:
    return f"reading it took longer than {limit:g} s, so it is left out: give it more time (--limit), or leave it"


def defect(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f", {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    said = str(error).splitlines()
    told = f"{type(error).__name__}: {said[0][:200]}" if said else type(error).__name__
    return f"it is left out because of a defect of standoff ({told}{place}): please report it"
