"""The queue, decisions, and a record in both versions, as rows; with what was decided since the record was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from standoff.analyse.attribution import source_line
from standoff.analyse.doubt import Doubt
from standoff.analyse.known import Known
from standoff.analyse.phrases import record_line
from standoff.model.plain import plain, plain_fields
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.questions.editions import Standpoint
from standoff.questions.reviewing import Decision, Reviewed

_BESIDE = frozenset({"said_at", "free"})


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """A record that waits for a person, with its doubt (0 to 1) and why. `decided`: what was decided of it last."""

    id: str
    type: str
    what: str
    quote: str
    fields: tuple[str, ...]
    source: str
    report: str
    report_name: str
    outlet: str | None
    published: date | None
    doubt: float
    confidence: float
    reasons: tuple[str, ...]
    rule: str
    decided: str | None
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision: who, when, what; the record that it holds on to, or why to none; what took it back."""

    id: str
    at: datetime
    who: str
    action: str
    type: str | None
    what: str
    fields: tuple[str, ...]
    note: str | None
    report: str
    report_name: str
    record: str | None
    withdrawn_by: str | None
    unheld: str | None
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field of a record as it stands and as the machine has it; spans by their words."""

    field: str
    stands: str | None
    machine: str | None
    differs: bool


def queue_rows(at: Standpoint, found: Iterable[Doubt]) -> list[QueueRow]:
    """Records that wait, in the order given."""
    return [_queue_row(at.known, d) for d in found]


def _queue_row(known: Known, found: Doubt) -> QueueRow:
    record = found.record
    report = known.report_of(record)
    return QueueRow(
        id=record.id,
        type=record.type_name,
        what=record_line(known, record),
        quote=known.words(record),
        fields=tuple(f"{field_name(n)}: {v}" for n, v in told_fields(record, report).items() if v and n not in _LONG),
        source=source_line(known, record),
        report=report.id,
        report_name=report.name,
        outlet=report.outlet,
        published=report.published.day if report.published else None,
        doubt=found.doubt,
        confidence=record.confidence,
        reasons=found.reasons,
        rule=record.rule,
        decided=found.mark.action if found.mark else None,
        records=(record.id,),
    )


_LONG = frozenset({"content", "cue", "source", "said_by", "what", "direct"})


def told_fields(record: Record, report: Report) -> dict[str, str]:
    """Every field in words: spans by those of the report, nothing for none."""
    return {name: _words(getattr(record, name), report) for name in plain_fields(record)}


def _words(value: object, report: Report) -> str:
    if value is None:
        return ""
    if isinstance(value, Span):
        return " ".join(value.of(report.text).split())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(plain(value))


def field_name(name: str) -> str:
    """A field as people read it: `rate percent`."""
    return name.replace("_", " ")


def both_versions(known: Known, found: Reviewed) -> list[FieldRow]:
    """A record field by field, as it stands and as the machine has it; fields that neither has are left out."""
    report = found.report
    ours = _version(known, found.stands, report) if found.stands else None
    theirs = _version(known, found.machine, report) if found.machine else None
    rows = []
    for name in ours or theirs or {}:
        a, b = (side.get(name) if side is not None else None for side in (ours, theirs))
        if a or b:
            differs = ours is not None and theirs is not None and a != b
            rows.append(FieldRow(field=field_name(name), stands=a, machine=b, differs=differs))
    return rows


def _version(known: Known, record: Record, report: Report) -> dict[str, str]:
    told = told_fields(record, report)
    carrier = known.statement_of(record)
    if told.get("said_by"):
        told["said_by"] = f"“{carrier.content.of(report.text)}”" if carrier else told["said_by"]
    words = " … ".join(" ".join(span.of(report.text).split()) for span in record.evidence)
    return {**told, "evidence": words, "rule": record.rule, "confidence": f"{record.confidence:.2f}"}


def decision_rows(at: Standpoint, found: Iterable[Decision]) -> list[DecisionRow]:
    """Decisions, in the order given."""
    return [_decision_row(at, d) for d in found]


def _decision_row(at: Standpoint, found: Decision) -> DecisionRow:
    review, record = found.review, found.record
    return DecisionRow(
        id=review.id,
        at=review.at,
        who=review.who,
        action=review.action,
        type=review.of,
        what=_about(at, found),
        fields=tuple(f"{field_name(n)}: {_plain(v)}" for n, v in review.fields.items() if n not in _BESIDE),
        note=review.note,
        report=found.report.id,
        report_name=found.report.name,
        record=record.id if record else None,
        withdrawn_by=found.withdrawn.who if found.withdrawn else None,
        unheld=found.unheld,
        records=(record.id,) if record else (),
    )


def _about(at: Standpoint, found: Decision) -> str:
    """What a decision is about, in the words of its report where it rests on some."""
    review = found.review
    if review.evidence:
        return " ".join(review.evidence[0].of(found.report.text).split())
    if review.action == "name":
        return str(review.fields.get("mention", ""))
    if review.action == "withdraw":
        return str(review.fields.get("review", ""))
    return found.report.title or found.report.name


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    return "none" if value is None else str(value)
