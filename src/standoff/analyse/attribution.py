"""Who says so, in plain words: the source of a record, and the chain of outlets it came by."""

from __future__ import annotations

import re
from collections.abc import Iterable

from standoff.analyse.known import Known
from standoff.analyse.parts import Part
from standoff.model.record import Record, Statement
from standoff.model.report import Report

_LONGEST = 80
_COMMON_FIRST = re.compile(r"(?:An?|The|One|Two|Three|Four|Some|Several|Many|Officials|People|Sources)\b")
_DIGEST = re.compile(r"(?<![0-9A-Za-z])(?=[a-f]*\d)([0-9a-f]{4})[0-9a-f]{8,}(?![0-9A-Za-z])")
_BREAK = re.compile(r"[,;:—–\n]|\s(?:who|which|that)\s")


def outlet_of(report: Report) -> str:
    """The outlet's name, or the report's own name where it is unknown, long digests in it cut: `report 7_9f2c…`."""
    return report.outlet or "report " + _DIGEST.sub(r"\g<1>…", report.name)


def source_words(known: Known, record: Record) -> str | None:
    """Who says so, inmost: a name, or the report's words for an unnamed source; None: the report itself."""
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    if statement is None:
        return None
    if statement.kind in ("named", "institution", "outlet") and statement.speaker:
        report = known.report_of(record)
        return None if statement.speaker == report.outlet else statement.speaker
    if statement.source is None:
        return statement.speaker
    mention = " ".join(statement.source.of(known.report_of(record).text).split())
    short = _BREAK.split(mention, maxsplit=1)[0].strip()
    return article_down(short[:_LONGEST]) or None


def article_down(mention: str) -> str:
    """A mention as it stands within a sentence: `A senior official` → `a senior official`."""
    return mention[:1].lower() + mention[1:] if _COMMON_FIRST.match(mention) else mention


def relayed_by(known: Known, record: Record) -> tuple[str, ...]:
    """The outlets or persons between the report and the source, nearest first."""
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    return statement.via if statement else ()


def source_line(known: Known, record: Record) -> str:
    """Source and chain: `people familiar with the plans, by the Harbour Wire, in Meridian Post`."""
    lines: dict[str, str] = known.part(record.report).each("source lines")
    found = lines.get(record.id)
    if found is None:
        found = lines[record.id] = _source_line(known, record)
    return found


def _source_line(known: Known, record: Record) -> str:
    report = known.report_of(record)
    parts = [source_words(known, record), *(f"by {via}" for via in reversed(relayed_by(known, record)))]
    told = [part for part in parts if part]
    return ", ".join([*told, f"in {outlet_of(report)}"]) if told else outlet_of(report)


def listed(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    words = list(items)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def attributed(part: Part) -> tuple[Statement, ...]:
    """The statements of a report that somebody makes: not those in which it assesses in its own voice."""
    return part.once("attributed", lambda: tuple([s for s in part.of(Statement) if not _own_voice(s)]))


def _own_voice(statement: Statement) -> bool:
    return statement.source is None and statement.kind == "outlet" and statement.topic is not None
