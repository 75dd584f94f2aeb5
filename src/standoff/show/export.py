"""The record as data: JSON Lines (one record a line) and CSV (one file a class)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from standoff.model.dates import When
from standoff.model.record import RECORD_CLASSES, Record
from standoff.model.report import Report
from standoff.model.span import Span

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


def plain(record: Record, report: Report) -> dict[str, Any]:
    """A record as JSON values: `type`, `id`, `evidence: [{report, span, quote}]`, and its own fields.

    A move's own type stands as `move`, since `type` tells the class.
    """
    item: dict[str, Any] = {"type": record.type_name, "id": record.id}
    item["evidence"] = [
        {"report": report.name, "span": [s.start, s.end], "quote": s.of(report.text)} for s in record.evidence
    ]
    for name in record.__dataclass_fields__:
        if name not in ("id", "report", "evidence"):
            item["move" if name == "type" else name] = _value(getattr(record, name))
    item["published"] = report.published.day.isoformat() if report.published else None
    item["outlet"] = report.outlet
    return item


def _value(value: object) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, When):
        return str(value)
    if isinstance(value, tuple):
        return [_value(v) for v in value]
    return value


def json_lines(records: Iterable[Record], reports: Mapping[str, Report]) -> Iterator[str]:
    """One line a record, keys in a fixed order."""
    for record in records:
        yield json.dumps(plain(record, reports[record.report]), ensure_ascii=False)


def write_jsonl(path: Path, records: Iterable[Record], reports: Mapping[str, Report]) -> int:
    """Write JSON Lines; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for line in json_lines(records, reports):
            out.write(line + "\n")
            count += 1
    return count


def write_csv(folder: Path, records: Iterable[Record], reports: Mapping[str, Report]) -> int:
    """Write one CSV file a class, and `reports.csv`, into a folder; returns how many records."""
    folder.mkdir(parents=True, exist_ok=True)
    those = list(records)
    for cls in RECORD_CLASSES:
        rows = [_row(r, reports[r.report]) for r in those if isinstance(r, cls)]
        with (folder / f"{cls.type_name}s.csv").open("w", encoding="utf-8", newline="") as out:
            _table(out, _columns(cls), rows)
    with (folder / "reports.csv").open("w", encoding="utf-8", newline="") as out:
        columns = ["id", "name", "outlet", "title", "url", "published", "published_basis"]
        _table(out, columns, [_report_row(r) for r in reports.values()])
    return len(those)


def _columns(cls: type[Record]) -> list[str]:
    own = ["move" if n == "type" else n for n in cls.__dataclass_fields__ if n not in ("id", "report", "evidence")]
    return ["id", "report", "start", "end", "quote", *own, "published", "outlet"]


def _row(record: Record, report: Report) -> dict[str, Any]:
    item = plain(record, report)
    place = item.pop("evidence")[0]
    item |= {"report": place["report"], "start": place["span"][0], "end": place["span"][1], "quote": place["quote"]}
    item.pop("type")
    return item


def _report_row(report: Report) -> dict[str, Any]:
    day = report.published
    return {
        "id": report.id, "name": report.name, "outlet": report.outlet, "title": report.title, "url": report.url,
        "published": day.day.isoformat() if day else None, "published_basis": day.basis if day else None,
    }  # fmt: skip


def _table(out: TextIO, columns: list[str], rows: list[dict[str, Any]]) -> None:
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(row.get(name)) for name in columns})


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula; lists as JSON."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
