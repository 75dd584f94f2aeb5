"""Where records rest, as JSON values: report name and [start, end] in code points of its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standoff.analyse.known import Known
from standoff.model.record import Record, Statement


def evidence_json(known: Known, records: Iterable[str]) -> list[dict[str, Any]]:
    """The main evidence of records: report name and [start, end]."""
    found = [known.record(id) for id in records]
    return [{"report": known.report_of(r).name, "span": [r.span.start, r.span.end]} for r in found]


def place_json(known: Known, record: Record) -> dict[str, Any]:
    """Where a record stands: what is said, of a statement; else its main evidence."""
    place = record.content if isinstance(record, Statement) else record.span
    return {"report": known.report_of(record).name, "span": [place.start, place.end]}
