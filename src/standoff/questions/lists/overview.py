"""What the first page tells: the state of play in sentences, and how much stands behind the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standoff.questions.editions import Standpoint

_COUNTED = frozenset({"move", "measure", "contact", "linkage"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRow:
    """One sentence of the state of play with the records it rests on."""

    topic: str
    text: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much there is. `facts` are acts, measures, contacts and linkages, each counted once however often told."""

    reports: int
    origins: int
    retracted: int
    statements: int
    moves: int
    measures: int
    contacts: int
    linkages: int
    facts: int
    single_origin: int
    contested: int
    first: date | None
    last: date | None


def sentences(at: Standpoint) -> tuple[SentenceRow, ...]:
    """The state of play, sentence by sentence."""
    return tuple(
        SentenceRow(
            topic=sentence.topic,
            text="".join(part.text for part in sentence.parts),
            records=tuple(dict.fromkeys(r for part in sentence.parts for r in part.records)),
        )
        for sentence in at.headline().sentences
    )


def tally(at: Standpoint) -> Tally:
    """Counts of the record from this standpoint."""
    return at.once("tally", lambda: _tally(at))


def _tally(at: Standpoint) -> Tally:
    known, contested = at.known, at.contested()
    told = [fact for fact in at.facts() if fact.type in _COUNTED]
    days = [r.published.day for r in known.reports if r.published]
    return Tally(
        reports=len(known.reports),
        origins=len({known.origin(r.id) for r in known.reports}),
        retracted=len(known.retracted),
        statements=len(known.statements),
        moves=len(known.moves),
        measures=len(known.measures),
        contacts=len(known.contacts),
        linkages=len(known.linkages),
        facts=len(told),
        single_origin=sum(fact.origins == 1 for fact in told),
        contested=sum(any(r in contested for r in fact.records) for fact in told),
        first=min(days, default=None),
        last=max(days, default=None),
    )
