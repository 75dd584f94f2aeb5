"""What is told after a demand or a promise on the same matter: answers, and words of its being done or not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from standoff.analyse.conflict import Conflict, contested_records
from standoff.analyse.known import Known
from standoff.analyse.positions import Position
from standoff.analyse.tracing import tracer_of
from standoff.analyse.words import content_words
from standoff.model.record import Contact, Measure, Move, MoveType, Record, Statement

Done = Literal["delivered", "partly", "not yet", "contradicted", "not stated"]

_GIVES: frozenset[MoveType] = frozenset({"offer", "commit", "agree", "ease"})
_NOT_YET = re.compile(
    r"\b(?:yet to|not yet|still (?:waiting|awaits?)|no sign|none of|nothing"
    r"|(?:has|have|had|did|does|do|was|were)(?: not|n[’']t)"
    r"|no \w+(?: \w+)? (?:has|have|had)|without|never|fail(?:s|ed) to|stalled)\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\b(?:partly|partial(?:ly)?|in part|some of|only (?:a|some)|a (?:small|little|fraction|handful)|short of|less than"
    r"|(?:small|modest|limited|token) (?:purchases?|amounts?|steps?|shipments?)|so far)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:(?:has|have|had)(?: since| already| now)? (?:\w+ed|bought|made|kept|begun|met|sent|sold|cut|given|put|taken"
    r"|shut|let)|fulfilled|honou?red|delivered|carried out|implemented|completed|came into (?:force|effect)|took effect"
    r"|(?:was|were) (?:lifted|signed|removed|released))\b",
    re.IGNORECASE,
)


class Look:
    """The records of a day, found by report and by word."""

    def __init__(self, known: Known, as_of: date | None, found: Sequence[Conflict]) -> None:
        self.known, self.tracer = known, tracer_of(known)
        self.contested = contested_records(found)
        self.conflicts = found
        self.contacts: defaultdict[str, list[Contact]] = defaultdict(list)
        self._moves: defaultdict[tuple[str | None, str], list[Move]] = defaultdict(list)
        self._words: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
        for contact in known.contacts:
            if contact.status == "held" and known.in_scope(contact, as_of):
                self.contacts[contact.report].append(contact)
        for move in known.moves:
            if known.in_scope(move, as_of):
                self._moves[move.by, move.issue].append(move)
        self._as_of = as_of

    def answers(self, position: Position) -> list[Move]:
        """What the other side says to a demand: on its issue, sharing a word of it, not before it was made."""
        return [
            m
            for m in self._moves[position.toward, position.issue]
            if (m.type in _GIVES or m.type == "refuse") and self._on(position, m) and not self._before(position, m)
        ]

    def later(self, position: Position) -> Iterator[Record]:
        """Records on the matter of a promise, not before it: statements and measures by words, moves of the party."""
        own = set(position.records)
        carriers = {m.said_by for r in position.records if isinstance(m := self.known.record(r), Move)}
        rest: Iterable[Record] = (*self.known.statements, *self.known.measures, *self.known.moves)
        for record in self._by_words(position, rest):
            apart = record.id not in own and record.id not in carriers and not self._overlaps(position, record)
            if apart and not self._before(position, record):
                yield record

    def _by_words(self, position: Position, rest: Iterable[Record]) -> Iterator[Record]:
        if not self._words:
            for record in rest:
                if self.known.in_scope(record, self._as_of):
                    for word in self.tracer.words(record):
                        self._words["", word].append(record)
        words = self.matter(position)
        counts: defaultdict[str, int] = defaultdict(int)
        near: dict[str, Record] = {}
        for word in sorted(words, key=lambda w: (len(self._words.get(("", w), ())), w))[:4]:
            for record in self._words.get(("", word), ()):
                near[record.id] = record
                counts[record.id] += 1
        yield from (near[id] for id in near if counts[id] >= min(2, len(words)))

    def matter(self, position: Position) -> frozenset[str]:
        return content_words(position.what) - self.tracer.names - self.tracer.people

    def _on(self, position: Position, move: Move) -> bool:
        return bool(self.matter(position) & self.tracer.words(move))

    def _before(self, position: Position, record: Record) -> bool:
        day = self.known.published(record)
        return day is not None and position.first is not None and day < position.first

    def _overlaps(self, position: Position, record: Record) -> bool:
        told = (self.known.record(r) for r in position.records)
        return any(t.report == record.report and t.span.overlaps(record.span) for t in told)


def doing(known: Known, position: Position, record: Record) -> Done | None:
    """Whether a record says that a promise is kept, partly, or not yet; None: it does not speak of that."""
    if isinstance(record, Move):
        eased = record.type == "ease" and record.by == position.party and record.status == "made"
        return "delivered" if eased else None
    if isinstance(record, Measure):
        ended = record.by == position.party and record.status in ("lifted", "suspended")
        return "delivered" if ended else None
    text = text_of(known, record)
    if _NOT_YET.search(text):
        return "not yet"
    if _PARTLY.search(text):
        return "partly"
    return "delivered" if _DONE.search(text) else None


def text_of(known: Known, record: Record) -> str:
    """What a record says in the report's words: the content of a statement, else the words that show it."""
    place = record.content if isinstance(record, Statement) else record.span
    return place.of(known.report_of(record).text)
