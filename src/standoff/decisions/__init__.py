"""All that people may decide of a record. Every decision is added, with who and when; none is ever deleted.

A record is named by its id, the machine's or the one it has now, or by the beginning of it; a report by its name or id.
All raise InputError where what is decided does not fit, and say what would.
"""

from standoff.decisions.checking import problems
from standoff.decisions.finding import Evidence, quoted, report_named
from standoff.decisions.indexing import index
from standoff.decisions.verbs import accept, add, correct, name, reinstate, reject, retract, withdraw

__all__ = [
    "Evidence", "accept", "add", "correct", "index", "name", "problems", "quoted", "reinstate", "reject",
    "report_named", "retract", "withdraw",
]  # fmt: skip
