"""All that may be asked of a record: load what is stored, analyse it, answer."""

from standoff.questions.analysing import (
    Deadlock,
    Tariffs,
    changes,
    changes_json,
    compared,
    compared_json,
    conflicts,
    conflicts_json,
    corroborated,
    corroborated_json,
    dates,
    dates_json,
    deadlock,
    deadlock_json,
    histories,
    histories_json,
    known_at,
    promises,
    promises_json,
    report_named,
    state,
    state_json,
    tariffs,
    tariffs_json,
)
from standoff.questions.asked import LineageAnswer, brief, export, lineage, load, packs
from standoff.questions.reviewing import Decision, Evaluation, Reviewed, evaluation, queue, review_history, reviewed
from standoff.questions.searching import Found, facets, search

__all__ = [
    "Deadlock", "Decision", "Evaluation", "Found", "LineageAnswer", "Reviewed", "Tariffs", "brief", "changes",
    "changes_json", "compared", "compared_json", "conflicts", "conflicts_json", "corroborated", "corroborated_json",
    "dates", "dates_json", "deadlock", "deadlock_json", "evaluation", "export", "facets", "histories",
    "histories_json", "known_at", "lineage", "load", "packs", "promises", "promises_json", "queue", "report_named",
    "review_history", "reviewed", "search", "state", "state_json", "tariffs", "tariffs_json",
]  # fmt: skip
