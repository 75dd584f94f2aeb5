"""What a report says of the bargaining in its own voice: prospects, leverage, tone, motive, process, history.

Such a sentence is a statement without a source, whose speaker is the outlet. Attributed statements are left alone: who
says so stands with them. One that another record covers already tells nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast, get_args

from spacy.tokens import Span as Tokens

from standoff.extract.cues import cues, words
from standoff.extract.reading import Reading
from standoff.model.record import Record, Statement, Topic
from standoff.model.span import Span

RULE = "statements/assessment@1"
_CONFIDENCE = 0.6
_FEWEST, _MOST = 5, 60  # words of a sentence that is kept whole
_COVERED = 0.5


@cache
def _patterns() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    lists = cues("assessments")["topics"]
    unknown = set(lists) - set(get_args(Topic))
    assert not unknown, f"cues/en/assessments.yaml: {unknown} is no topic"
    return tuple(
        (cast("Topic", topic), re.compile(rf"\b(?:{'|'.join(patterns)})\b")) for topic, patterns in lists.items()
    )


@cache
def _any() -> re.Pattern[str]:
    """All patterns as one: most sentences have none, and one search shows it."""
    return re.compile(
        rf"\b(?:{'|'.join(p for patterns in cues('assessments')['topics'].values() for p in patterns)})\b"
    )


def _small(text: str) -> str:
    """A text in small letters, each in its place; patterns that need not ask for the case are much faster."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def topic_of(text: str) -> Topic | None:
    """What a statement is about beside the acts it tells: prospects, leverage, tone, motive, process, history."""
    small = _small(text)
    if _any().search(small) is None:
        return None
    return next((topic for topic, pattern in _patterns() if pattern.search(small)), None)


def extract_assessments(reading: Reading, found: tuple[Record, ...]) -> Iterable[Record]:
    """The reporter's own assessments, at most one a sentence."""
    taken = sorted({span for record in found for span in record.evidence})
    for sentence in reading.doc.sents:
        if _about_the_talks(reading, sentence) and _FEWEST <= sum(token.is_alpha for token in sentence) <= _MOST:
            yield from _assessment(reading, sentence, taken)


def _about_the_talks(reading: Reading, sentence: Tokens) -> bool:
    """Whether a sentence names a side, or speaks of talks, deals, demands."""
    about = words("assessments", "about")
    if any(reading.lowers[i] in about for i in range(sentence.start, sentence.end)):
        return True
    return any(m.party in reading.pack.between for m in reading.mentions_in(sentence.start, sentence.end))


def _assessment(reading: Reading, sentence: Tokens, taken: list[Span]) -> Iterator[Statement]:
    small = _small(sentence.text)
    for topic, pattern in _patterns() if _any().search(small) else ():
        match = pattern.search(small)
        if match is None:
            continue
        cue = sentence.char_span(match.start(), match.end(), alignment_mode="expand")
        whole = _whole(reading, sentence)
        if cue is None or _said_by_others(reading, cue) or _covered(whole, taken):
            return
        span = reading.span(cue)
        yield Statement(
            report=reading.report.id,
            evidence=tuple(dict.fromkeys((whole, span))),
            rule=RULE,
            confidence=_CONFIDENCE,
            content=whole,
            cue=span,
            source=None,
            speaker=reading.report.outlet,
            kind="outlet",
            speaks_for=None,
            topic=topic,
        )
        return


def _whole(reading: Reading, sentence: Tokens) -> Span:
    """The sentence without blanks and marks around it."""
    kept = [token for token in sentence if not token.is_space]
    return reading.span(sentence.doc[kept[0].i : kept[-1].i + 1])


def _said_by_others(reading: Reading, cue: Tokens) -> bool:
    """Whether the cue lies in what somebody is reported to say, or in quotation marks."""
    said = any(a.content[0] <= cue.start < a.content[1] for a in reading.attributions)
    return said or reading.quote(cue[0]) is not None


def _covered(whole: Span, taken: Iterable[Span]) -> bool:
    """Whether other records rest on half of the sentence already."""
    ends = whole.start
    covered = 0
    for span in taken:
        if span.overlaps(whole):
            start, end = max(span.start, ends), min(span.end, whole.end)
            covered += max(0, end - start)
            ends = max(ends, end)
    return covered >= _COVERED * len(whole)
