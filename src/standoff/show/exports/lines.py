"""JSON Lines: one record a line, and beside it the reports that the records quote, and what people decided.

`record.jsonl` can be handed on by itself: it holds the records as people decided them, with their quotations; a
record that is not as the machine had it says so under `decided`. `record.reports.jsonl` holds the whole texts, which
may be others' property. `record.reviews.jsonl`, where people decided anything, holds every decision, and the machine's
version of what they changed. All together are the record: `standoff import record.jsonl` reads them back to the same
record, with the same decisions (`standoff.read.exported`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from standoff.analyse.known import Known
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.model.review import instant
from standoff.show.exports.plain_values import in_text_order, plain, report_values


def json_lines(records: Iterable[Record], reports: Mapping[str, Report]) -> Iterator[str]:
    """One line a record, keys in a fixed order."""
    for record in records:
        yield json.dumps(plain(record, reports[record.report]), ensure_ascii=False)


def decided_lines(known: Known) -> Iterator[str]:
    """The records as people decided them: each line as in `json_lines`, with `decided` where a decision changed it."""
    for record in in_text_order(known):
        item = plain(record, known.report_of(record))
        if record.id in known.decided.changed:
            machine, mark = known.decided.changed[record.id], known.decided.mark(record.id)
            told = {"action": mark.action, "who": mark.who, "at": instant(mark.at)} if mark else {}
            item["decided"] = {**told, "machine": machine.id if machine else None}
        yield json.dumps(item, ensure_ascii=False)


def review_lines(known: Known) -> Iterator[str]:
    """One line a decision, in order; then the machine's version of each record that is not as the machine had it."""
    for review in known.decided.reviews:
        item = {
            "type": "review", "id": review.id, "at": instant(review.at), "who": review.who, "action": review.action,
            "report": review.report, "of": review.of, "evidence": [[s.start, s.end] for s in review.evidence],
            "fields": review.fields, "was": review.was, "follows": review.follows, "note": review.note,
        }  # fmt: skip
        yield json.dumps(item, ensure_ascii=False)
    yield from json_lines(known.decided.machine, {r.id: r for r in (*known.reports, *known.retracted)})


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


def reviews_beside(path: Path) -> Path:
    """Where the decisions stand: `talks.reviews.jsonl` beside `talks.jsonl`."""
    return path.with_name(f"{path.stem}.reviews{path.suffix or '.jsonl'}")


def write_jsonl(path: Path, known: Known) -> int:
    """Write the records, and beside them the reports (retracted ones, too) and what people decided; how many records.

    Into what is no file (a pipe, standard output) only the records go.
    """
    into_file = path.is_file() or not path.exists()
    _write(path, decided_lines(known))
    if into_file:
        _write(reports_beside(path), report_lines((*known.reports, *known.retracted)))
        reviews = reviews_beside(path)
        if known.decided.reviews or reviews.exists():  # those of an earlier export would not belong to this one
            _write(reviews, review_lines(known))
    return len(list(known.records()))


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(line + "\n" for line in lines)
