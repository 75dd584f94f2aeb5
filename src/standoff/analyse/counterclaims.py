"""Accounts that do not deny each other in so many words, and yet cannot stand side by side.

- *pretext*: one side calls a ground of the other a pretext, the other gives that ground;
- *blame*: two sides accuse each other over one matter;
- *record*: one side says that it does its part, the other accuses it on the matter;
- *extent*: by one account a party gave way, by its own only so far;
- *deed*: a party gives by one account, and by another goes on as before;
- *line*: what a party says in public, and what it is said to hold in the next sentence, after a `but`;
- *reading*: a party went back on its word by one account, and by its own had to.

Each finds for an account the one that fits it best, or none. What makes two accounts speak of one matter: the issue
(where both have one), and content words that both have beside the names of the sides and of persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from standoff.analyse.accusations import NEAR, WINDOW, AccusedKind, accusations
from standoff.analyse.acts import Act, harms
from standoff.analyse.attribution import attributed
from standoff.analyse.known import Known
from standoff.analyse.parts import Part
from standoff.analyse.tracing import Tracer
from standoff.analyse.words import content_words
from standoff.model.record import Linkage, Measure, Move, MoveType, Record, Statement

CounterKind = AccusedKind | Literal["extent", "deed", "line", "reading"]
Found = tuple[CounterKind, Record, Record]

_ONLY = re.compile(
    r"\b(?:only|merely|just|solely|limited to|no more than|nothing but|at most|narrow\w*|restricted to)\b", re.I
)
WENT_BACK = re.compile(
    r"\b(?:backtrack\w*|reneg\w+|went back on|gone back on|going back on|walk(?:s|ed|ing)? back|back(?:s|ed|ing)? out"
    r"|br(?:oke|eak|eaks|oken|eaking) (?:its|their|the|his|her) (?:word|promises?|pledges?|commitments?|deal))\b",
    re.I,
)
_PUBLIC = re.compile(r"\b(?:publicly|in public|officially|openly|on the record)\b", re.I)
_BUT = re.compile(r"[\s“\"]*(?:but|yet|however|still|privately|in private|behind (?:the scenes|closed doors))\b", re.I)
_GROUND = re.compile(r"\b(?:argu|insist|maintain|explain|justif|contend|on the grounds?|because|object)\w*", re.I)
_GOES_ON = re.compile(
    r"\b(?:(?:continu\w+|proceed\w*) to|still|remain\w*|keep\w*|go(?:es)? on|as before|unchanged|no change)\b", re.I
)
_END = re.compile(r"[.!?][”\"’]?\s+")
_NEXT = 200  # code points to an act of the next sentence
_GIVES: frozenset[MoveType] = frozenset({"offer", "commit", "agree", "ease"})


def counterclaims(known: Known, tracer: Tracer, as_of: date | None) -> Iterator[Found]:
    """All such pairs in the state of a day, rule by rule."""
    yield from accusations(known, tracer, as_of)
    for report in known.reports:
        yield from known.told_in(report, as_of, "counterclaims", lambda part: _within(known, tracer, part))


# -- within one report ----------------------------------------------------------------------------------------------


def _within(known: Known, tracer: Tracer, part: Part) -> Iterator[Found]:
    acts, said = part.of(Move), attributed(part)
    firm = [m for m in acts if m.by and m.status != "expected"]
    text = part.report.text
    yield from _extents(known, firm)
    yield from _deeds(known, tracer, firm, said)
    if _PUBLIC.search(text):
        yield from _lines(known, firm)
    if WENT_BACK.search(text):
        yield from _readings(known, tracer, [*acts, *part.of(Linkage), *part.of(Measure), *said], said)


def _extents(known: Known, moves: Iterable[Move]) -> Iterator[Found]:
    """By another side's account it gave way; by its own only so far."""
    given = [m for m in moves if m.type in _GIVES]
    for own in given:
        told = known.statement_of(own)
        if told is None or told.speaks_for != own.by or not _ONLY.search(f"{own.what} {known.words(own)}"):
            continue
        for other in given:
            by = known.statement_of(other)
            foreign = by is not None and by.speaks_for not in (None, own.by)
            if foreign and other.by == own.by and other.issue == own.issue != "other":
                yield "extent", other, own
                break


def _deeds(known: Known, tracer: Tracer, acts: Sequence[Move], said: Sequence[Statement]) -> Iterator[Found]:
    """A party gives, and by another voice of the report goes on with what it was to give up."""
    gifts = [m for m in acts if m.type in _GIVES and m.status != "denied"]
    for given in gifts:
        words = _marked(known, tracer, given)
        for harm in (m for m in acts if m.type == "impose" and m.status != "hypothetical"):
            same = (harm.by, harm.issue) == (given.by, given.issue) and not harm.span.overlaps(given.span)
            if same and harm.said_by != given.said_by and words & _marked(known, tracer, harm):
                yield "deed", given, harm
                break
        else:
            told = next((s for s in said if words and _goes_on(known, tracer, given, s, words)), None)
            if told:
                yield "deed", given, told


def _goes_on(known: Known, tracer: Tracer, given: Move, said: Statement, words: frozenset[str]) -> bool:
    """Whether somebody of no side says of the thing named that all goes on as before."""
    text = said.content.of(known.report_of(said).text)
    apart = said.speaks_for is None and said.id != given.said_by and not said.content.overlaps(given.span)
    about = apart and _GOES_ON.search(text) and words & content_words(text)
    return bool(about) and harms(Act(None, text)) and given.issue in tracer.issues(text)


def _marked(known: Known, tracer: Tracer, move: Move) -> frozenset[str]:
    """The names that an act is told with: capitalised within a sentence, neither a side's nor a person's."""
    words = known.words(move).split()
    named = " ".join(w for w in words[1:] if w[:1].isupper())
    return content_words(named) - tracer.everybody


def _lines(known: Known, moves: Iterable[Move]) -> Iterator[Found]:
    """What a party says in public, and what it refuses or threatens in the next sentence, after a `but`."""
    acts = sorted(moves, key=lambda m: (m.span, m.id))
    for said in acts:
        if said.type in ("demand", "offer", "commit") and _in_public(known, said):
            held = next((m for m in acts if m.by == said.by and _turns(known, said, m)), None)
            if held:
                yield "line", said, held


def _in_public(known: Known, said: Move) -> bool:
    told = known.statement_of(said)
    start = min(said.span.start, told.span.start) if told else said.span.start
    return _PUBLIC.search(known.report_of(said).text[start : said.span.end]) is not None


def _turns(known: Known, said: Move, held: Move) -> bool:
    """Whether a refusal or a threat stands in the next sentence, and that begins with a turn against what was said."""
    text = known.report_of(said).text
    if held.type not in ("refuse", "threaten") or not 0 <= held.span.start - said.span.end < _NEXT:
        return False
    parts = _END.split(text[said.span.end - 1 : held.span.end], maxsplit=1)
    return len(parts) == 2 and _BUT.match(parts[1]) is not None


def _readings(known: Known, tracer: Tracer, records: Sequence[Record], own: Sequence[Statement]) -> Iterator[Found]:
    """A party went back on its word, by one account; and right after it gives its ground."""
    for record in records:
        match = WENT_BACK.search(known.words(record))
        text = known.report_of(record).text
        if match is None or (isinstance(record, Statement) and record.speaks_for):
            continue
        at = record.span.start + match.start()
        party = tracer.party_before(text, at, WINDOW)
        for said in own:
            cue = said.cue.of(text) if said.cue else ""
            near = 0 < said.content.start - at <= NEAR
            if party and said.speaks_for == party and near and _GROUND.match(cue):
                yield "reading", record, said
                return
