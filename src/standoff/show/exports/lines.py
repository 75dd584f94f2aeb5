"""JSON Lines: one record a line, and beside it the reports that the records quote.

`record.jsonl` can be handed on by itself: it holds records with their quotations. `record.reports.jsonl` holds the
whole texts, which may be others' property. Both together are the record: `standoff import record.jsonl` reads
them back to the same records (`standoff.read.exported`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from standoff.analyse.known import Known
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.show.exports.plain_values import in_text_order, plain, report_values


def json_lines(records: Iterable[Record], reports: Mapping[str, Report]) -> Iterator[str]:
    """One line a record, keys in a fixed order."""
    for record in records:
        yield json.dumps(plain(record, reports[record.report]), ensure_ascii=False)


def report_lines(reports: Iterable[Report]) -> Iterator[str]:
    """One line a report, with its whole text and where it came from; it has no evidence of its own."""
    for report in reports:
        made = report.provenance
        item: dict[str, Any] = {"type": "report", **report_values(report), "evidence": []}
        item["provenance"] = {"path": made.path, "sha256": made.sha256, "reader": made.reader} if made else None
        item["text"] = report.text
        yield json.dumps(item, ensure_ascii=False)


def reports_beside(path: Path) -> Path:
    """Where the reports stand: `talks.reports.jsonl` beside `talks.jsonl`."""
    return path.with_name(f"{path.stem}.reports{path.suffix or '.jsonl'}")


def write_jsonl(path: Path, known: Known) -> int:
    """Write the records, and beside them the reports; how many records.

    Into what is no file (a pipe, standard output) only the records go.
    """
    records = in_text_order(known)
    into_file = path.is_file() or not path.exists()
    _write(path, json_lines(records, {r.id: r for r in known.reports}))
    if into_file:
        _write(reports_beside(path), report_lines(known.reports))
    return len(records)


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(line + "\n" for line in lines)
