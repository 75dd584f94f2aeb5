"""Records and reports as plain JSON values: what JSON Lines, CSV and Parquet are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from standoff.analyse.known import Known
from standoff.model.plain import plain as json_value
from standoff.model.record import RECORD_CLASSES, Record
from standoff.model.report import Report

REPORT_FIELDS = ("id", "name", "outlet", "title", "url", "published", "published_basis", "published_reason")


def in_text_order(known: Known) -> tuple[Record, ...]:
    """All records by report, then by where their main evidence begins, by class and by id."""
    rank = {report.id: n for n, report in enumerate(known.reports)}
    number = {cls: n for n, cls in enumerate(RECORD_CLASSES)}
    return tuple(sorted(known.records(), key=lambda r: (rank[r.report], r.span.start, number[type(r)], r.id)))


def by_class(records: Iterable[Record]) -> dict[type[Record], list[Record]]:
    """The records of each class, none left out."""
    found: dict[type[Record], list[Record]] = {cls: [] for cls in RECORD_CLASSES}
    for record in records:
        found[type(record)].append(record)
    return found


def own_fields(cls: type[Record]) -> tuple[str, ...]:
    """The fields of a class under which its values stand, beside `id`, `report` and `evidence`."""
    return tuple(f.name for f in fields(cls) if f.name not in ("id", "report", "evidence"))


def shown_name(name: str) -> str:
    """A move's own type stands as `move`, since `type` tells the class."""
    return "move" if name == "type" else name


def plain(record: Record, report: Report) -> dict[str, Any]:
    """A record as JSON values: `type`, `id`, `evidence: [{report, span, quote}]`, and its own fields.

    Spans are [start, end], half-open, in code points of the report's text; `report` is the report's name.
    """
    item: dict[str, Any] = {"type": record.type_name, "id": record.id}
    item["evidence"] = [
        {"report": report.name, "span": [s.start, s.end], "quote": s.of(report.text)} for s in record.evidence
    ]
    item |= {shown_name(name): json_value(getattr(record, name)) for name in own_fields(type(record))}
    item["published"] = report.published.day.isoformat() if report.published else None
    item["outlet"] = report.outlet
    return item


def report_values(report: Report) -> dict[str, Any]:
    """What is known of a report, without its text; `published_basis` says what its day rests on."""
    day = report.published
    return {
        "id": report.id, "name": report.name, "outlet": report.outlet, "title": report.title, "url": report.url,
        "published": day.day.isoformat() if day else None, "published_basis": day.basis if day else None,
        "published_reason": day.reason if day else None,
    }  # fmt: skip
