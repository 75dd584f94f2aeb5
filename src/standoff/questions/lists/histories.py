"""Positions and measures day by day: what the reports of each day told of one."""

from __future__ import annotations

from standoff.analyse.history import History, history
from standoff.questions.editions import Standpoint


def history_of(at: Standpoint, record: str) -> History | None:
    """The history of the position or measure that a record (id) tells of; None where no dated report does."""

    def made() -> dict[str, History]:
        return {id: line for line in history(at.known, at.as_of) for entry in line.entries for id in entry.records}

    return at.once("histories", made).get(record)
