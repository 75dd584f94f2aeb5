"""The queue, a record in both versions and the history of decisions, for the terminal and for `--json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from rich.table import Column, Table
from rich.text import Text

from standoff.analyse.attribution import outlet_of
from standoff.analyse.decided import Mark
from standoff.analyse.doubt import Doubt
from standoff.analyse.known import Known
from standoff.model.plain import plain_fields
from standoff.model.record import Record
from standoff.model.review import Review, instant
from standoff.show.evidence import context, shown

if TYPE_CHECKING:
    from standoff.model.report import Report

_LONGEST = 100
_PREFIX = 10  # enough of an id to type


class _Decision(Protocol):
    @property
    def review(self) -> Review: ...
    @property
    def report(self) -> Report: ...
    @property
    def withdrawn(self) -> Review | None: ...
    @property
    def record(self) -> Record | None: ...
    @property
    def unheld(self) -> str | None: ...


class _Reviewed(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def report(self) -> Report: ...
    @property
    def stands(self) -> Record | None: ...
    @property
    def machine(self) -> Record | None: ...
    @property
    def mark(self) -> Mark | None: ...
    @property
    def doubt(self) -> Doubt | None: ...
    @property
    def history(self) -> tuple[_Decision, ...]: ...


def record_values(record: Record | None, report: Report) -> dict[str, Any] | None:
    """One version of a record, for JSON: fields, evidence with its words, rule and confidence."""
    if record is None:
        return None
    evidence = [{"span": [s.start, s.end], "quote": s.of(report.text)} for s in record.evidence]
    own = {"rule": record.rule, "confidence": record.confidence, "evidence": evidence}
    return {"type": record.type_name, "id": record.id, "fields": plain_fields(record), **own}


def mark_values(mark: Mark | None) -> dict[str, Any] | None:
    """What was decided last on a record, for JSON."""
    if mark is None:
        return None
    told = {"action": mark.action, "who": mark.who, "at": instant(mark.at), "note": mark.note}
    return {**told, "reviews": list(mark.reviews), "overlap": mark.overlap}


def queue_values(known: Known, found: Iterable[Doubt]) -> list[dict[str, Any]]:
    """The queue for JSON: each record with its doubt and why."""
    return [
        {
            **(record_values(d.record, known.report_of(d.record)) or {}), "report": known.report_of(d.record).name,
            "doubt": d.doubt, "explanation": d.explanation, "reasons": list(d.reasons), "decided": mark_values(d.mark),
        }
        for d in found
    ]  # fmt: skip


def queue(known: Known, found: Iterable[Doubt], left: int) -> Table:
    """The queue, one record a line."""
    table = Table(Column("record", no_wrap=True), "doubt", "what", "words", "why", box=None)
    for d in found:
        words = _short(known.words(d.record))
        table.add_row(
            d.record.id[:_PREFIX], f"{d.doubt:.2f}", Text(record_line(d.record)), Text(words), Text(d.explanation)
        )
    if left > 0:
        table.caption = f"{left} more wait"
    return table


def record_line(record: Record) -> str:
    """A record's telling fields on one line: `move: type demand, by CN, to US, issue tariffs`."""
    told = {name: value for name, value in plain_fields(record).items() if value not in (None, [], False)}
    long = {"content", "cue", "source", "what", "said_by", "first", "then", "when", "via", "topic"}
    return f"{record.type_name}: " + ", ".join(
        f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in told.items()
        if name not in long
    )


def reviewed_values(found: _Reviewed) -> dict[str, Any]:
    """One record in both versions, for JSON."""
    return {
        "id": found.id, "report": found.report.name, "outlet": found.report.outlet,
        "stands": record_values(found.stands, found.report), "machine": record_values(found.machine, found.report),
        "decided": mark_values(found.mark),
        "doubt": found.doubt.doubt if found.doubt else None,
        "explanation": found.doubt.explanation if found.doubt else None,
        "history": history_values(found.history),
    }  # fmt: skip


def reviewed(found: _Reviewed) -> Iterable[Any]:
    """One record in both versions, its words in their context, and what was decided."""
    subject = found.stands or found.machine
    if subject is not None:
        span = subject.span
        start, end = context(found.report.text, span.start, span.end)
        words = Text(shown(found.report.text[start:end]))
        words.stylize("bold yellow", span.start - start, span.end - start)
        yield Text(f"{found.id}, {found.report.name}, {outlet_of(found.report)}")
        yield words
    table = Table("field", "stands", "machine", box=None)
    ours = plain_fields(found.stands) if found.stands else {}
    theirs = plain_fields(found.machine) if found.machine else {}
    for name in ours or theirs:
        a, b = (_value(side.get(name)) if side else "–" for side in (ours, theirs))
        if a or b:
            table.add_row(name, Text(a, style="bold" if a != b else ""), Text(b))
    yield table
    if found.doubt:
        yield Text(f"doubt {found.doubt.doubt:.2f}: {found.doubt.explanation}")
    yield history(found.history)


def history_values(found: Iterable[_Decision]) -> list[dict[str, Any]]:
    """Decisions for JSON, in order; `record` is the id of what they hold on to now."""
    return [
        {
            "id": d.review.id, "at": instant(d.review.at), "who": d.review.who, "action": d.review.action,
            "report": d.report.name, "type": d.review.of, "record": d.record.id if d.record else None,
            "evidence": [[s.start, s.end] for s in d.review.evidence],
            "fields": dict(d.review.fields), "was": dict(d.review.was), "note": d.review.note,
            "withdrawn_by": d.withdrawn.id if d.withdrawn else None, "unheld": d.unheld,
        }
        for d in found
    ]  # fmt: skip


def history(found: Iterable[_Decision]) -> Table:
    """Decisions, one a line, in order."""
    table = Table(Column("decision", no_wrap=True), "when", "who", "what", "report", "fields", "note", box=None)
    for d in found:
        fields = {n: v for n, v in d.review.fields.items() if n not in ("said_at", "free")}
        told = ", ".join(f"{n} {_value(v) or '–'}" for n, v in fields.items())
        remarks = [d.review.note, d.unheld, f"withdrawn by {d.withdrawn.who}" if d.withdrawn else None]
        what = f"{d.review.action} {d.review.of or ''}"
        table.add_row(
            d.review.id[:_PREFIX], f"{d.review.at:%Y-%m-%d %H:%M}", Text(d.review.who), what,
            Text(d.report.name), Text(_short(told)), Text("; ".join(r for r in remarks if r)),
        )  # fmt: skip
    return table


def _short(words: str) -> str:
    line = " ".join(shown(words).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
