"""Read back what was exported as JSON Lines: the same reports, the same records, the same ids.

Nothing is trusted: a record must have the fields of its class, quote its report word for word, and have the id that
its content gives. What was changed by hand is therefore refused; corrections belong into a review.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from standoff.errors import InputError
from standoff.model.dates import When
from standoff.model.record import RECORD_CLASSES, Record
from standoff.model.report import Basis, Provenance, Published, Report
from standoff.model.review import Review
from standoff.model.span import Span

_CLASSES: dict[str, type[Record]] = {cls.type_name: cls for cls in RECORD_CLASSES}
_BESIDE = ("id", "report", "evidence")


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: reports in its order, the records of each by the report's id as the machine had them, and
    what people decided."""

    reports: tuple[Report, ...]
    records: Mapping[str, tuple[Record, ...]]
    reviews: tuple[Review, ...] = ()


@dataclass(slots=True)
class _Reading:
    """Reports by name while records are read; several reports may have one name."""

    reports: dict[str, Report] = field(default_factory=dict)
    named: defaultdict[str, list[Report]] = field(default_factory=lambda: defaultdict(list))
    records: defaultdict[str, dict[str, Record]] = field(default_factory=lambda: defaultdict(dict))
    reviews: list[Review] = field(default_factory=list)


def read_export(path: Path) -> Exported:
    """The record in `talks.jsonl` and, beside it, `talks.reports.jsonl` and, where people decided anything,
    `talks.reviews.jsonl` (all lines may stand in one file, too).

    Lines that a decision changed are left out: the machine's version stands with the decisions, which make them anew.
    Raises InputError, with the file and line, for what is missing, is no line of an export, or was changed since.
    """
    names = (path.with_name(f"{path.stem}.{kind}{path.suffix or '.jsonl'}") for kind in ("reports", "reviews"))
    reports, reviews = names
    reading = _Reading()
    later: list[tuple[str, dict[str, Any]]] = []
    for file in (*(beside for beside in (reports, reviews) if beside.is_file()), path):
        for where, item in _items(file):
            if item.get("type") == "report":
                with _told(where):
                    _add_report(reading, item)
            else:
                later.append((where, item))
    if later and not reading.reports:
        raise InputError(f"the reports of {path.name} are missing: put {reports.name} beside it, or export again")
    decided = 0
    for where, item in later:
        decided += "decided" in item
        with _told(where):
            if item.get("type") == "review":
                _add_review(reading, item)
            elif "decided" not in item:
                _add_record(reading, item)
    if decided and not reading.reviews:
        raise InputError(f"the decisions in {path.name} are missing: put {reviews.name} beside it, or export again")
    records = {id: tuple(found.values()) for id, found in reading.records.items()}
    return Exported(tuple(reading.reports.values()), records, tuple(reading.reviews))


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Say where it failed."""
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InputError(f"{where}: not a line of an export ({type(error).__name__}: {error})") from error


def _items(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    item = json.loads(line)
                    if not isinstance(item, dict):
                        raise InputError(f"{path}, line {number}: not a JSON object")
                    yield f"{path}, line {number}", item
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON Lines in UTF-8: {error}") from error


def _add_report(reading: _Reading, item: Mapping[str, Any]) -> None:
    made, day = item.get("provenance"), item.get("published")
    values = {
        "name": item["name"], "text": item["text"], "outlet": item.get("outlet"), "title": item.get("title"),
        "url": item.get("url"),
        "published": Published(
            date.fromisoformat(day), cast(Basis, item["published_basis"]), item.get("published_reason") or ""
        ) if day else None,
        "provenance": Provenance(made["path"], made["sha256"], made["reader"]) if made else None,
    }  # fmt: skip
    report = _reports_door().validate_python(values)
    if report.id != item["id"]:
        raise ValueError("text, outlet or address do not give its id: changed since it was exported")
    reading.reports[report.id] = report
    reading.named[report.name].append(report)


def _add_review(reading: _Reading, item: Mapping[str, Any]) -> None:
    """One decision; it may be on what this version does not know, but not on a report that is not there."""
    values = {name: item[name] for name in ("who", "action", "report", "of", "fields", "was", "follows", "note")}
    evidence = tuple(Span(*pair) for pair in item["evidence"])
    review = _reviews_door().validate_python({**values, "at": datetime.fromisoformat(item["at"]), "evidence": evidence})
    if review.id != item["id"]:
        raise ValueError("its fields do not give its id: changed since it was exported")
    if review.report not in reading.reports:
        raise ValueError(f"its report {review.report!r} is not in the export")
    reading.reviews.append(review)


def _add_record(reading: _Reading, item: Mapping[str, Any]) -> None:
    door, hints = _door(str(item.get("type")))
    values = {name: _value(hint, item["move" if name == "type" else name]) for name, hint in hints.items()}
    values["evidence"] = tuple(Span(*piece["span"]) for piece in item["evidence"])
    report_name = item["evidence"][0]["report"]
    for report in reading.named.get(report_name, ()):
        record = door.validate_python({**values, "report": report.id})
        if record.id == item["id"]:
            _require_quotes(record, report, item["evidence"])
            reading.records[report.id].setdefault(record.id, record)
            return
    if report_name not in reading.named:
        raise ValueError(f"its report {report_name!r} is not in the export")
    raise ValueError("its fields do not give its id: changed since it was exported, or made by another version")


@cache
def _reports_door() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


@cache
def _reviews_door() -> TypeAdapter[Review]:
    return TypeAdapter(Review)


@cache
def _door(type_name: str) -> tuple[TypeAdapter[Record], dict[str, Any]]:
    """What checks the fields of a class, and the type of each field that stands in a line by its own name.

    Raises ValueError for an unknown class.
    """
    cls = _CLASSES.get(type_name)
    if cls is None:
        raise ValueError(f"no class of records is called {type_name!r}")
    hints = get_type_hints(cls)
    names = (f.name for f in fields(cls) if f.name not in _BESIDE)
    return TypeAdapter(cls), {name: hints[name] for name in names}


def _require_quotes(record: Record, report: Report, evidence: list[Mapping[str, Any]]) -> None:
    for span, piece in zip(record.evidence, evidence, strict=True):
        if span.of(report.text) != piece["quote"]:
            raise ValueError(f"{piece['quote']!r} does not stand at {piece['span']} of {report.name}")


def _value(hint: Any, value: Any) -> Any:
    """A field's value from JSON: spans, times and tuples made of lists and text."""
    kinds = {hint, *get_args(hint)}
    if value is None:
        return None
    if Span in kinds:
        return Span(*value)
    if When in kinds:
        return When.parse(value)
    if isinstance(value, list):
        return tuple(value)
    return float(value) if float in kinds and isinstance(value, int) and not isinstance(value, bool) else value
