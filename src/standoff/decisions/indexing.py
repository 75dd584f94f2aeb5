"""What people added or corrected, put into the index that search looks into."""

from __future__ import annotations

from collections.abc import Iterable

from standoff.decisions.finding import view_of
from standoff.store import Store


def index(store: Store, reports: Iterable[str]) -> None:
    """Let search find what people changed in these reports (ids), after a decision or where the index was made anew.

    A crash before it leaves a record to be looked for word by word (`questions.by_hand`), and nothing wrong.
    """
    for report in store.reports_of(sorted(set(reports))).values():
        decided = view_of(store, report)
        those = (*decided.records, *decided.set_aside)
        store.index_by_hand(report, [r for r in those if decided.changed.get(r.id, r) is not r])
