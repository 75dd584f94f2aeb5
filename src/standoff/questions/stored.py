"""What is stored of a record, kept from one edition to the next: only what was written since is read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standoff.model.record import Record
from standoff.model.report import Report
from standoff.store import Store

_FEW = 8  # where more than one report in so many was written since, all are read: one long reading is faster


@dataclass(frozen=True, slots=True)
class Stored:
    """All reports by id, and to each the records that the machine found in it, as of a revision."""

    revision: int
    reports: Mapping[str, Report]
    records: Mapping[str, Sequence[Record]]


def stored(store: Store, before: Stored | None = None) -> Stored:
    """Read a record, with what was read before where it is the same. A write that comes meanwhile is here already, or
    among what was written after this revision."""
    revision = store.revision()
    if before is not None and revision >= before.revision:
        written = store.touched(before.revision)
        if len(written) * _FEW <= len(before.reports):
            reports = {**before.reports, **store.reports_of(written)}
            return Stored(revision, reports, {**before.records, **{id: store.records(report=id) for id in written}})
    reports = {report.id: report for report in store.reports()}
    records: defaultdict[str, list[Record]] = defaultdict(list)
    for record in store.records():
        records[record.report].append(record)
    return Stored(revision, reports, records)
