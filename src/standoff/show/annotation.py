"""A report's records in the annotation format: spans as [start, end], half-open, in code points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from standoff.model.domain import Pack
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

# The issues that the format lists by id; any other is written as a short noun phrase.
_LISTED = frozenset(
    "tariffs purchases fentanyl technology-controls rare-earths intellectual-property industrial-policy trade-balance "
    "market-access enforcement currency investment tiktok aviation legal-reform security talks other".split()
)


def annotation(
    report: Report, records: Iterable[Record], pack: Pack | None = None, decided: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """One report's annotation, ready for JSON; items numbered in the order of the text.

    Issues outside the format's list are written by the name that `pack` gives them. `decided` are the records (ids)
    that people decided on, with what they decided last: it stands with the item.
    """
    named = {i.id: i.name for i in pack.issues if i.id not in _LISTED} if pack is not None else {}
    those = [r for r in records if r.report == report.id and not _assessment(r)]
    page: dict[str, Any] = {
        "report": report.name,
        "published": report.published.day.isoformat() if report.published else None,
    }
    numbers: dict[str, str] = {}
    for layer, cls, letter in LAYERS:
        ordered = sorted((r for r in those if isinstance(r, cls)), key=lambda r: (r.span.start, r.span.end, r.id))
        numbers |= {r.id: f"{letter}{n}" for n, r in enumerate(ordered, 1)}
        page[layer] = [{"id": numbers[r.id], **_item(r, numbers, named)} for r in ordered]
        if decided is not None:
            for item, record in zip(page[layer], ordered, strict=True):
                item["decided"] = decided.get(record.id)
    return page


def _assessment(record: Record) -> bool:
    """A report's own assessment: the format knows only what somebody is reported to say."""
    own = isinstance(record, Statement) and record.source is None and record.kind == "outlet"
    return own and getattr(record, "topic", None) is not None


def _item(record: Record, numbers: Mapping[str, str], named: Mapping[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for name in record.__dataclass_fields__:
        if name in ("id", "report", "evidence"):
            continue
        value = getattr(record, name)
        item[name] = numbers.get(value) if name == "said_by" else _plain(value)
    if "issue" in item:
        item["issue"] = named.get(item["issue"], item["issue"])
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
