"""Statements: reported speech as records."""

from __future__ import annotations

from collections.abc import Iterable

from standoff.extract.reading import Attribution, Reading
from standoff.extract.speech.assessments import topic_of
from standoff.model.record import Record, Statement
from standoff.model.span import Span


def extract_statements(reading: Reading, found: tuple[Record, ...]) -> Iterable[Record]:
    """One statement for each attribution of the reading, pinned to its content, cue and source."""
    for attribution in reading.attributions:
        yield _statement(reading, attribution)


def _statement(reading: Reading, attribution: Attribution) -> Statement:
    content = _span(reading, attribution.content)
    cue = _span(reading, attribution.cue) if attribution.cue else None
    named = attribution.named or attribution.source
    source = _span(reading, named) if named else None
    return Statement(
        report=reading.report.id,
        evidence=tuple(dict.fromkeys(s for s in (content, cue, source) if s is not None)),
        rule=attribution.rule,
        confidence=attribution.confidence,
        content=content,
        cue=cue,
        source=source,
        speaker=attribution.name,
        kind=attribution.kind,
        speaks_for=attribution.parties[0] if len(attribution.parties) == 1 else None,
        via=attribution.via,
        direct=attribution.direct,
        act=attribution.act,
        topic=topic_of(reading.doc[attribution.content[0] : attribution.content[1]].text),
        count=attribution.count,
    )


def _span(reading: Reading, place: tuple[int, int]) -> Span:
    return reading.span(reading.doc[place[0] : place[1]])
