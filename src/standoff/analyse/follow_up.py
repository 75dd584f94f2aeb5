"""What is told after a demand or a promise on the same matter: answers, and words of its being done or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Literal

from standoff.analyse.conflict import Conflict, contested_records
from standoff.analyse.implied import clarity
from standoff.analyse.known import Known
from standoff.analyse.positions import Position
from standoff.analyse.tracing import tracer_of
from standoff.analyse.words import content_words
from standoff.model.record import Contact, Measure, Move, MoveType, Record, Statement
from standoff.model.span import Span

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


class Later:
    """Records found by a key and a day, in the order of `Known`: by day of publication, undated ones last (they may
    be later). Kept as ranks in that order."""

    def __init__(self, known: Known, records: Iterable[Record]) -> None:
        order = {report.id: n for n, report in enumerate(known.reports)}
        self.records = sorted(records, key=lambda r: (order[r.report], r.span.start, r.id))
        self._days = [day.toordinal() if (day := known.published(r)) else _UNDATED for r in self.records]
        self._ranks: defaultdict[Hashable, list[int]] = defaultdict(list)

    def index(self, keys: Callable[[Record], Iterable[Hashable]]) -> None:
        """Make all records found by their keys."""
        ranks = self._ranks
        for rank, record in enumerate(self.records):
            for key in keys(record):
                ranks[key].append(rank)

    def since(self, key: Hashable, day: date | None) -> list[int]:
        """The ranks of the next records from a day on, at most `_MOST`."""
        ranks = self._ranks.get(key, [])
        start = bisect_left(ranks, bisect_left(self._days, day.toordinal())) if day else 0
        return ranks[start : start + _MOST]


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
        for contact in known.contacts:
            if contact.status == "held" and known.in_scope(contact, as_of):
                self.contacts[contact.report].append(contact)
        words = self.tracer.words
        told = (r for r in (*known.statements, *known.measures, *known.moves) if known.in_scope(r, as_of))
        self._told = Later(known, told)
        self._told.index(words)
        self._answers = Later(known, (r for r in self._told.records if _answering(r)))
        self._answers.index(lambda r: ((r.by, r.issue, word) for word in words(r)) if isinstance(r, Move) else ())

    def answers(self, position: Position) -> list[Move]:
        """What the other side says to a demand: on its issue, sharing a word of it, not before it was made."""
        keys = ((position.toward, position.issue, word) for word in sorted(self.matter(position)))
        found = dict.fromkeys(rank for key in keys for rank in self._answers.since(key, position.first))
        answers = (self._answers.records[rank] for rank in found)
        return [answer for answer in answers if isinstance(answer, Move)]

    def later(self, position: Position) -> Iterator[Record]:
        """Records on the matter of a promise, not before it; neither its own nor what stands in the same place."""
        own = [self.known.record(r) for r in position.records]
        apart = {r.id for r in own} | {m.said_by for m in own if isinstance(m, Move)}
        places: defaultdict[str, list[Span]] = defaultdict(list)
        for record in own:
            places[record.report].append(record.span)
        words = self.matter(position)
        least = min(2, len(words))
        lists = sorted((self._told.since(word, position.first) for word in sorted(words)), key=len)
        counts = Counter(chain.from_iterable(lists[:_RAREST]))
        for record in (self._told.records[rank] for rank, count in counts.items() if count >= least):
            beside = places.get(record.report)
            if record.id not in apart and not (beside and any(span.overlaps(record.span) for span in beside)):
                yield record

    def matter(self, position: Position) -> frozenset[str]:
        """The words of what it is about, without the names of sides and persons."""
        return content_words(position.what) - self.tracer.names - self.tracer.people


def _answering(record: Record) -> bool:
    """Whether a record can answer a demand: it gives, or refuses."""
    return isinstance(record, Move) and (record.type in _GIVES or record.type == "refuse")


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
