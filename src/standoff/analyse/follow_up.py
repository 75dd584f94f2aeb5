"""What is told after a demand or a promise on the same matter: answers, and words of its being done or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from typing import Generic, Literal, TypeVar

from standoff.analyse.conflict import Conflict, contested_records
from standoff.analyse.implied import clarity
from standoff.analyse.known import Known
from standoff.analyse.positions import Position
from standoff.analyse.tracing import tracer_of
from standoff.analyse.words import content_words
from standoff.model.record import Contact, Measure, Move, MoveType, Record, Statement

R = TypeVar("R", bound=Record)
Done = Literal["delivered", "partly", "not yet", "contradicted", "not stated"]

_UNDATED = date.max.toordinal()
_MOST = 128  # records that are looked at for one word, the next after the day
_RAREST = 4  # words of a promise that are looked for
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


class Later(Generic[R]):
    """Records by a key, in the order of days of publication; undated ones last: they may be later."""

    def __init__(self) -> None:
        self._lists: defaultdict[Hashable, list[R]] = defaultdict(list)
        self._days: defaultdict[Hashable, list[int]] = defaultdict(list)

    def add(self, key: Hashable, record: R, day: date | None) -> None:
        """Add a record; days must not fall, as they do not in the order of `Known`."""
        self._lists[key].append(record)
        self._days[key].append(day.toordinal() if day else _UNDATED)

    def since(self, key: Hashable, day: date | None) -> list[R]:
        """The next ones from a day on, at most `_MOST`."""
        start = bisect_left(self._days[key], day.toordinal()) if day and key in self._days else 0
        return self._lists[key][start : start + _MOST] if key in self._lists else []


class Look:
    """The records of a day, found by what they are about and when."""

    def __init__(self, known: Known, as_of: date | None, found: Sequence[Conflict]) -> None:
        self.known, self.tracer = known, tracer_of(known)
        self.contested = contested_records(found)
        self.disputes: dict[str, Conflict] = {}
        for conflict in found:
            for voice in (*conflict.records, *conflict.also):
                self.disputes.setdefault(voice, conflict)
        self.unclear: defaultdict[str, list[Conflict]] = defaultdict(list)
        for conflict in found:
            if sides := clarity(known, conflict):
                self.unclear[sides[1]].append(conflict)
        self.contacts: defaultdict[str, list[Contact]] = defaultdict(list)
        self._answers: Later[Move] = Later()
        self._told: Later[Record] = Later()
        for contact in known.contacts:
            if contact.status == "held" and known.in_scope(contact, as_of):
                self.contacts[contact.report].append(contact)
        told: tuple[Record, ...] = (*known.statements, *known.measures, *known.moves)
        for record in sorted((r for r in told if known.in_scope(r, as_of)), key=self._rank()):
            self._add(record)

    def _rank(self) -> Callable[[Record], tuple[int, int, str]]:
        order = {report.id: n for n, report in enumerate(self.known.reports)}
        return lambda r: (order[r.report], r.span.start, r.id)

    def _add(self, record: Record) -> None:
        day = self.known.published(record)
        for word in self.tracer.words(record):
            self._told.add(word, record, day)
        if isinstance(record, Move) and (record.type in _GIVES or record.type == "refuse"):
            for word in self.tracer.words(record):
                self._answers.add((record.by, record.issue, word), record, day)

    def answers(self, position: Position) -> list[Move]:
        """What the other side says to a demand: on its issue, sharing a word of it, not before it was made."""
        keys = ((position.toward, position.issue, word) for word in sorted(self.matter(position)))
        found = {m.id: m for key in keys for m in self._answers.since(key, position.first)}
        return list(found.values())

    def later(self, position: Position) -> Iterator[Record]:
        """Records on the matter of a promise, not before it; neither its own nor what stands in the same place."""
        own = set(position.records)
        carriers = {m.said_by for r in position.records if isinstance(m := self.known.record(r), Move)}
        words = self.matter(position)
        counts: Counter[str] = Counter()
        near: dict[str, Record] = {}
        lists = sorted((self._told.since(word, position.first) for word in sorted(words)), key=len)
        for record in (record for those in lists[:_RAREST] for record in those):
            near[record.id] = record
            counts[record.id] += 1
        for id, record in near.items():
            apart = id not in own and id not in carriers and not self._overlaps(position, record)
            if apart and counts[id] >= min(2, len(words)):
                yield record

    def matter(self, position: Position) -> frozenset[str]:
        """The words of what it is about, without the names of sides and persons."""
        return content_words(position.what) - self.tracer.names - self.tracer.people

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
