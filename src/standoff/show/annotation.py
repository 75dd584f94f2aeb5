"""A report's records in the annotation format: spans as [start, end], half-open, in code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Report
from standoff.model.span import Span

LAYERS: tuple[tuple[str, type[Record], str], ...] = (
    ("statements", Statement, "s"),
    ("moves", Move, "m"),
    ("measures", Measure, "t"),
    ("contacts", Contact, "c"),
    ("linkages", Linkage, "l"),
)


def annotation(report: Report, records: Iterable[Record]) -> dict[str, Any]:
    """One report's annotation, ready for JSON; items numbered in the order of the text."""
    those = [r for r in records if r.report == report.id]
    page: dict[str, Any] = {
        "report": report.name,
        "published": report.published.day.isoformat() if report.published else None,
    }
    numbers: dict[str, str] = {}
    for layer, cls, letter in LAYERS:
        ordered = sorted((r for r in those if isinstance(r, cls)), key=lambda r: (r.span.start, r.span.end, r.id))
        numbers |= {r.id: f"{letter}{n}" for n, r in enumerate(ordered, 1)}
        page[layer] = [{"id": numbers[r.id], **_item(r, numbers)} for r in ordered]
    return page


def _item(record: Record, numbers: dict[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for name in record.__dataclass_fields__:
        if name in ("id", "report", "evidence"):
            continue
        value = getattr(record, name)
        item[name] = numbers.get(value) if name == "said_by" else _plain(value)
    if not isinstance(record, Statement):
        item["span"] = [record.span.start, record.span.end]
    return item


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
