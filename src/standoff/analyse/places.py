"""Where records rest, as JSON values: report name and [start, end] in code points of its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standoff.analyse.known import Known
from standoff.model.record import Record, Statement


def evidence_json(known: Known, records: Iterable[str]) -> list[dict[str, Any]]:
    """Where records stand, the main evidence of each first: report name and [start, end]; of a statement the main."""
    return [
        {"report": known.report_of(record).name, "span": [span.start, span.end]}
        for record in map(known.record, records)
        for span in (record.evidence[:1] if isinstance(record, Statement) else record.evidence)
    ]


def place_json(known: Known, record: Record) -> dict[str, Any]:
    """Where a record stands: what is said, of a statement; else its main evidence."""
    place = record.content if isinstance(record, Statement) else record.span
    return {"report": known.report_of(record).name, "span": [place.start, place.end]}
