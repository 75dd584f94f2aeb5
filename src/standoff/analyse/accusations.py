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
from standoff.analyse.parts import Part
from standoff.analyse.periods import SILENCE
from standoff.analyse.tracing import Tracer
from standoff.analyse.words import content_words
from standoff.model.record import Move, Record, Statement

AccusedKind = Literal["pretext", "blame", "record"]
Found = tuple[AccusedKind, Record, Record]

_PRETEXT = re.compile(
    r"\b(?:pretexts?|excuses?|under the guise|smoke-?screen|fig leaf|in the name of|cover for)\b", re.I
)
_OWN_PART = re.compile(
    r"\b(?:has|have|had|is|are|been|fully|strictly|all)\b[^.;]{0,40}\b(?:taken|cooperat\w+|compl(?:y|ied|ying)|honou?r\w*"
    r"|implement\w+|fulfil\w*|abid\w+|kept|keeping|met)\b|\b(?:its|their) part\b|\bkeep(?:s|ing)? to\b",
    re.I,
)
_LEFT_UNDONE = re.compile(
    r"\s(?:(?:has|have|had|did|does)(?:n[’']t| not| yet to| never)\b(?! (?:want|need|mean|intend|plan|believe|think"
    r"|expect|know|see|seem|appear)\b)|(?:is|was|are|were)(?:n[’']t| not)(?= \w+(?:ed|ing)\b)"
    r"|(?:fail(?:s|ed) to|never)\b)",
    re.I,
)  # not what it is or wants
_TO_BLAME = re.compile(
    r"\b(?:to blame|blam(?:e|es|ed|ing)|at fault|fault of|responsib\w+ for|responsibility of)\b", re.I
)
_QUICK = ("n’t", "n't", " not", "yet to", "never", "fail", "blam", "fault", "responsib")  # one stands in all of these
_ACROSS = 2  # words that accusations of different stories share
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
    origin: str = ""
    own: bool = True  # told as that side's account, not only as the contrary of another's


def accusations(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[Found]:
    """The accusations in the state of a day, each with what stands against it."""

    def of_all(key: str, find: Callable[[Known, Tracer, Part], Iterator[_Claim]]) -> Iterator[_Claim]:
        for report in known.reports:
            for claim in known.told_in(report, as_of, key, lambda part: find(known, tracer, part)):
                yield replace(claim, origin=known.origin_of(claim.record))  # which other reports may change

    blames = _Board(sorted(of_all("accusations", _accusations), key=lambda c: isinstance(c.record, Statement)))
    yield from _pretexts(known, tracer, as_of, blames)
    yield from _blames(blames)
    for claim in of_all("own parts", _own_parts):
        other = blames.best(claim, 2)
        if other:
            yield "record", claim.record, other.record


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
        one_story = here.report == there.report or claim.origin == other.origin
        if not (claim.own or other.own if one_story else claim.own and other.own):
            return 0.0
        if not one_story:
            least = max(least, _ACROSS)
        if shared < least + (not one_issue and least < 2):
            return 0.0
        return shared / min(len(claim.words), len(other.words)) + (here.report == there.report) + 0.25 * one_issue


def _slot(day: date | None) -> int:
    return day.toordinal() // SILENCE.days if day else 0


def _accusations(known: Known, tracer: Tracer, part: Part) -> Iterator[_Claim]:
    """Moves that accuse; statements of a side that accuse, or say of another what it left undone or is to blame for."""
    carried: set[str | None] = set()
    for move in part.of(Move):
        if move.type == "accuse" and move.by and move.status != "denied":
            against, told = tracer.toward_in(known.pack, move.by, move.to), known.statement_of(move)
            carried.add(move.said_by)
            if against and against != move.by and tracer.between(move.by, against):
                claim = _claim(known, tracer, move, move.by, against, move.issue)
                yield replace(claim, own=told is None or told.kind == "outlet" or told.speaks_for == move.by)
    for statement in attributed(part):
        if statement.id not in carried:
            sides = _accused(known, tracer, statement)
            if sides and tracer.between(*sides):
                claim = _claim(known, tracer, statement, *sides, None)
                yield claim if statement.speaks_for else replace(claim, own=False)


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
    words = content_words(text) - tracer.everybody - tracer.cue_words(issues)
    return _Claim(record, by, against, issues, words, text, known.published(record))


def _pretexts(known: Known, tracer: Tracer, as_of: date | None, blames: _Board) -> Iterator[Found]:
    """The ground is looked for in whole sentences, among accusations and what measures are imposed for."""
    asked = [c for c in blames.claims if _PRETEXT.search(c.text)]
    if not asked:
        return
    given = [_whole(known, tracer, c) for c in blames.claims if not _PRETEXT.search(c.text)]
    grounds = _Board([*given, *_reasons(known, tracer, as_of)])
    for claim in asked:
        ground = grounds.best(replace(_whole(known, tracer, claim), issues=frozenset()), 2)
        if ground:
            yield "pretext", claim.record, ground.record


def _whole(known: Known, tracer: Tracer, claim: _Claim) -> _Claim:
    """A claim with the words of the whole passage that shows it."""
    statement = known.statement_of(claim.record)
    around = known.words(statement) if statement else known.words(claim.record)
    return replace(claim, words=claim.words | content_words(around) - tracer.everybody)


def _reasons(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[_Claim]:
    """What measures are imposed for, as the account of the side that imposes them."""
    for measure in known.measures:
        against = tracer.toward_in(known.pack, measure.by, measure.on)
        if measure.reason and measure.by and against and known.in_scope(measure, as_of):
            text = f"{known.words(measure)} {measure.reason}"
            words = content_words(text) - tracer.everybody
            day, origin = known.published(measure), known.origin_of(measure)
            yield _Claim(measure, measure.by, against, frozenset(), words, text, day, origin)


def _blames(blames: _Board) -> Iterator[Found]:
    """Each accusation with the one that fits it best, where each is the other's best; and what stands side by side."""
    best = {claim.record.id: blames.best(claim) for claim in blames.claims}
    for claim in blames.claims:
        other = best[claim.record.id]
        if other and claim.record.id < other.record.id:
            back = best[other.record.id]
            if back and back.record.id == claim.record.id:
                yield "blame", claim.record, other.record
    for claim in blames.claims:
        if _TO_BLAME.search(claim.text):
            other = blames.beside(claim)
            if other:
                yield "blame", claim.record, other.record


def _own_parts(known: Known, tracer: Tracer, part: Part) -> Iterator[_Claim]:
    """What a side says of itself: that it does its part."""
    for statement in attributed(part):
        by = statement.speaks_for
        if by is None or statement.act not in ("assert", "promise", "deny"):
            continue
        against = tracer.toward_in(known.pack, by, None)
        if against and _OWN_PART.search(statement.content.of(known.report_of(statement).text)):
            yield _claim(known, tracer, statement, by, against, None)
