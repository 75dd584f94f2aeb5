"""Accusations of one side against another, and what of the other's stands against them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from standoff.analyse.attribution import attributed
from standoff.analyse.known import Known
from standoff.analyse.periods import SILENCE
from standoff.analyse.tracing import Tracer
from standoff.analyse.words import content_words
from standoff.model.record import Record, Statement

AccusedKind = Literal["pretext", "blame", "record"]
Found = tuple[AccusedKind, Record, Record]
Scope = Callable[[Record], bool]

_PRETEXT = re.compile(
    r"\b(?:pretexts?|excuses?|under the guise|smoke-?screen|fig leaf|in the name of|cover for)\b", re.I
)
_OWN_PART = re.compile(
    r"\b(?:has|have|had|is|are|been|fully|strictly|all)\b[^.;]{0,40}\b(?:taken|cooperat\w+|compl(?:y|ied|ying)|honou?r\w*"
    r"|implement\w+|fulfil\w*|abid\w+|kept|keeping|met)\b|\b(?:its|their) part\b|\bkeep(?:s|ing)? to\b",
    re.I,
)
_LEFT_UNDONE = re.compile(
    r"\s(?:has|have|had|is|was|did|does)(?:n[’']t| not| yet to| never)\b|\s(?:fail(?:s|ed) to|never)\b", re.I
)
_TO_BLAME = re.compile(
    r"\b(?:to blame|blam(?:e|es|ed|ing)|at fault|fault of|responsib\w+ for|responsibility of)\b", re.I
)
_QUICK = ("n’t", "n't", " not", "yet to", "never", "fail", "blam", "fault", "responsib")  # one stands in all of these
NEAR = 600  # code points between what is told side by side
_LISTS = 12  # of the accusations that share a word: the lists of the rarest words
WINDOW = 60  # code points before a word, in which its subject stands


@dataclass(frozen=True, slots=True)
class _Claim:
    """An account: `by` whom, of `against` whose act, on what."""

    record: Record
    by: str
    against: str
    issues: frozenset[str]
    words: frozenset[str]
    text: str
    day: date | None


def accusations(known: Known, tracer: Tracer, scope: Scope) -> Iterator[Found]:
    """Accusations of all records that `scope` takes, each with what stands against it."""
    blames = _Board(_accusations(known, tracer, scope))
    yield from _pretexts(known, tracer, scope, blames)
    yield from _blames(blames)
    yield from _own_parts(known, tracer, scope, blames)


class _Board:
    """Accusations, found by who accuses whom, a word, and when."""

    def __init__(self, claims: Iterable[_Claim]) -> None:
        self.claims = list(claims)
        self._at: defaultdict[tuple[str, str, str, int], list[_Claim]] = defaultdict(list)
        for claim in self.claims:
            for word in sorted(claim.words):
                self._at[claim.by, claim.against, word, _slot(claim.day)].append(claim)
        self._in: defaultdict[str, list[_Claim]] = defaultdict(list)
        for claim in self.claims:
            self._in[claim.record.report].append(claim)

    def best(self, claim: _Claim, least: int = 1) -> _Claim | None:
        """The accusation the other way round on the same matter that shares most: same report first, then words."""
        slots = [_slot(claim.day) + step for step in (-1, 0, 1)]
        lists = sorted(
            (
                found
                for slot in slots
                for word in sorted(claim.words)
                if (found := self._at.get((claim.against, claim.by, word, slot)))
            ),
            key=len,
        )
        near = {other.record.id: other for those in lists[:_LISTS] for other in those}
        fits = [(score, other.record.id, other) for other in near.values() if (score := self._fit(claim, other, least))]
        return max(fits, key=lambda f: f[:2])[2] if fits else None

    def beside(self, claim: _Claim) -> _Claim | None:
        """The accusation the other way round that stands nearest in the same report, not far off."""
        near = [
            (gap, other.record.id, other)
            for other in self._in[claim.record.report]
            if (other.by, other.against) == (claim.against, claim.by)
            and 0 < (gap := abs(other.record.span.start - claim.record.span.start)) <= NEAR
            and not other.record.span.overlaps(claim.record.span)
        ]
        return min(near)[2] if near else None

    def _fit(self, claim: _Claim, other: _Claim, least: int) -> float:
        here, there = claim.record, other.record
        if here.report == there.report and here.span.overlaps(there.span):
            return 0.0
        if claim.day and other.day and abs(claim.day - other.day) > SILENCE:
            return 0.0
        one_issue = bool(claim.issues & other.issues)
        shared = len(claim.words & other.words)
        if shared < least + (not one_issue and least < 2):
            return 0.0
        return shared / min(len(claim.words), len(other.words)) + (here.report == there.report) + 0.25 * one_issue


def _slot(day: date | None) -> int:
    return day.toordinal() // SILENCE.days if day else 0


def _accusations(known: Known, tracer: Tracer, scope: Scope) -> Iterator[_Claim]:
    """Moves that accuse; statements of a side that accuse, or say of another what it left undone or is to blame for."""
    carried: set[str | None] = set()
    for move in known.moves:
        if move.type == "accuse" and move.by and move.status != "denied" and scope(move):
            against = tracer.toward_in(known.pack, move.by, move.to)
            carried.add(move.said_by)
            if against and against != move.by:
                yield _claim(known, tracer, move, move.by, against, move.issue)
    for statement in attributed(known):
        if statement.id not in carried and scope(statement):
            sides = _accused(known, tracer, statement)
            if sides:
                yield _claim(known, tracer, statement, *sides, None)


def _accused(known: Known, tracer: Tracer, statement: Statement) -> tuple[str, str] | None:
    """Who accuses whom by a statement that no move stands for; one of no side speaks as the accused one's opposite."""
    by = statement.speaks_for
    if statement.act == "accuse" and by:
        against = tracer.toward_in(known.pack, by, None)
        return (by, against) if against and against != by else None
    if statement.act not in ("assert", "accuse"):
        return None
    text = statement.content.of(known.report_of(statement).text)
    if not any(cue in text for cue in _QUICK):
        return None
    match = _LEFT_UNDONE.search(text) or _TO_BLAME.search(text)
    against = tracer.party_before(text, match.start(), WINDOW) if match else None
    other = by or (tracer.toward_in(known.pack, against, None) if against else None)
    return (other, against) if against and other and against != other else None


def _claim(known: Known, tracer: Tracer, record: Record, by: str, against: str, issue: str | None) -> _Claim:
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    place = statement.content if statement else record.span
    text = place.of(known.report_of(record).text)
    issues = tracer.issues(text) | ({issue} if issue and issue != "other" else set())
    words = content_words(text) - tracer.names - tracer.people - tracer.cue_words(issues)
    return _Claim(record, by, against, issues, words, text, known.published(record))


def _pretexts(known: Known, tracer: Tracer, scope: Scope, blames: _Board) -> Iterator[Found]:
    """The ground is looked for in whole sentences, among accusations and what measures are imposed for."""
    asked = [c for c in blames.claims if _PRETEXT.search(c.text)]
    if not asked:
        return
    given = [_whole(known, tracer, c) for c in blames.claims if not _PRETEXT.search(c.text)]
    grounds = _Board([*given, *_reasons(known, tracer, scope)])
    for claim in asked:
        ground = grounds.best(replace(_whole(known, tracer, claim), issues=frozenset()), 2)
        if ground:
            yield "pretext", claim.record, ground.record


def _whole(known: Known, tracer: Tracer, claim: _Claim) -> _Claim:
    """A claim with the words of the whole passage that shows it."""
    statement = known.statement_of(claim.record)
    around = known.words(statement) if statement else known.words(claim.record)
    return replace(claim, words=claim.words | content_words(around) - tracer.names - tracer.people)


def _reasons(known: Known, tracer: Tracer, scope: Scope) -> Iterator[_Claim]:
    """What measures are imposed for, as the account of the side that imposes them."""
    for measure in known.measures:
        against = tracer.toward_in(known.pack, measure.by, measure.on)
        if measure.reason and measure.by and against and scope(measure):
            text = f"{known.words(measure)} {measure.reason}"
            words = content_words(text) - tracer.names - tracer.people
            yield _Claim(measure, measure.by, against, frozenset(), words, text, known.published(measure))


def _blames(blames: _Board) -> Iterator[Found]:
    """Each accusation with the one that fits it best, where each is the other's best; and what stands side by side."""
    for claim in blames.claims:
        other = blames.best(claim)
        if other and claim.record.id < other.record.id:
            back = blames.best(other)
            if back and back.record.id == claim.record.id:
                yield "blame", claim.record, other.record
    for claim in blames.claims:
        if _TO_BLAME.search(claim.text):
            other = blames.beside(claim)
            if other:
                yield "blame", claim.record, other.record


def _own_parts(known: Known, tracer: Tracer, scope: Scope, blames: _Board) -> Iterator[Found]:
    for statement in attributed(known):
        by = statement.speaks_for
        if by is None or statement.act not in ("assert", "promise", "deny") or not scope(statement):
            continue
        against = tracer.toward_in(known.pack, by, None)
        if against and _OWN_PART.search(statement.content.of(known.report_of(statement).text)):
            other = blames.best(_claim(known, tracer, statement, by, against, None), 2)
            if other:
                yield "record", statement, other.record
