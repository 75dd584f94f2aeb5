"""CSV: a folder with one file a class of records, and `reports.csv`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from standoff.analyse.known import Known
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.show.exports.plain_values import (
    REPORT_FIELDS,
    by_class,
    in_text_order,
    own_fields,
    plain,
    report_values,
    shown_name,
)

_FORMULA = (*"=+-@\t\r\n", *"＝＋－＠")  # what a spreadsheet would take for a formula


def write_csv(folder: Path, known: Known) -> int:
    """Write one CSV file a class, and `reports.csv`, into a folder; how many records.

    A record's main evidence stands in `report`, `start`, `end` and `quote`; lists are JSON. A cell that a
    spreadsheet would run as a formula has an apostrophe before it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    records = in_text_order(known)
    for cls, those in by_class(records).items():
        rows = (_row(r, known.report_of(r)) for r in those)
        _table(folder / f"{cls.type_name}s.csv", _columns(cls), rows)
    _table(folder / "reports.csv", list(REPORT_FIELDS), map(report_values, known.reports))
    return len(records)


def _columns(cls: type[Record]) -> list[str]:
    own = map(shown_name, own_fields(cls))
    return ["id", "report", "start", "end", "quote", *own, "published", "outlet"]


def _row(record: Record, report: Report) -> dict[str, Any]:
    item = plain(record, report)
    place = item.pop("evidence")[0]
    item |= {"report": place["report"], "start": place["span"][0], "end": place["span"][1], "quote": place["quote"]}
    item.pop("type")
    return item


def _table(path: Path, columns: list[str], rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        for row in rows:
            writer.writerow({name: cell(row.get(name)) for name in columns})


def cell(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula; lists as JSON."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
