"""Names that people put right: a mention in a report stands for this party, or for no side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, cast

from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.review import Review

R = TypeVar("R", bound=Record)

_PARTIES: dict[type[Record], tuple[str, ...]] = {
    Move: ("by", "to"),
    Measure: ("by", "on"),
    Linkage: ("by", "first_actor", "then_actor"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """That a mention stands for `party` (None: no side) and, of a person, for `official`.

    `read_as` is the party that the machine took it for. It holds in `report`, or everywhere (None).

    What it changes, and no more than that:

    1. a statement whose source words or speaker have the mention speaks for the party (and, with an official given,
       the official is its speaker);
    2. a move whose `actor` has the mention is by the party;
    3. of another record whose words (its evidence) have the mention, each party that is `read_as` (by, where it names
       no actor; to, on, first and then actor, the sides of a contact) becomes the party;
    4. a record that names no actor, told by a statement of (1), is by the party where it was by `read_as`.

        "Lee demands open ports", Lee read as AA; Lee → BB:         statement and move are BB's
        "Arland asked Lee's office to wait", to AA; Lee → BB:       the move is to BB
        "Arland will wait for Lee's answer", by AA; Lee → BB:       still AA's where its actor is "Arland"

    A mention is matched as whole words, in upper or lower case.
    """

    mention: str
    party: str | None
    official: str | None = None
    read_as: str | None = None
    report: str | None = None

    @classmethod
    def of(cls, review: Review) -> Naming:
        """What a `name` review says. Raises ValueError where it has no mention."""
        told = review.fields
        mention = told.get("mention")
        if not isinstance(mention, str) or not mention.strip():
            raise ValueError("no mention is given")
        names = {name: told.get(name) for name in ("party", "official", "read_as")}
        return cls(mention=mention, report=None if told.get("everywhere") else review.report, **names)

    def within(self, words: str | None) -> bool:
        """Whether the mention stands in these words."""
        return bool(words) and _pattern(self.mention).search(words or "") is not None

    def speaker(self, statement: Statement, text: str) -> bool:
        """Whether the mention is whom a statement is put down to."""
        source = statement.source.of(text) if statement.source else None
        return self.within(source) or self.within(statement.speaker)

    def about(self, record: Record, text: str) -> bool:
        """Whether the mention stands in a record's names or words."""
        if isinstance(record, Statement) and self.speaker(record, text):
            return True
        names = (getattr(record, "actor", None), *(record.who if isinstance(record, Contact) else ()))
        return any(map(self.within, names)) or any(self.within(span.of(text)) for span in record.evidence)

    def put_right(self, record: R, text: str, *, carried: bool) -> R:
        """The record with the name put right; the same one where it is not about it.

        `carried`: the statement that tells it is one of (1). Raises nothing.
        """
        if isinstance(record, Statement):
            return self._statement(record, text)
        told = any(self.within(span.of(text)) for span in record.evidence)
        if isinstance(record, Contact):
            return self._contact(record, told)
        if isinstance(record, Move) and self.within(record.actor):
            return _changed(record, {"by": self.party})
        actor = getattr(record, "actor", None)
        names = _PARTIES[type(record)] if told else ("by",) if carried else ()
        misread = (n for n in names if self.read_as is not None and getattr(record, n) == self.read_as)
        return _changed(record, {name: self.party for name in misread if name != "by" or actor is None})

    def _statement(self, record: R, text: str) -> R:
        assert isinstance(record, Statement)
        if not self.speaker(record, text):
            return record
        return _changed(record, {"speaks_for": self.party, **({"speaker": self.official} if self.official else {})})

    def _contact(self, record: R, told: bool) -> R:
        assert isinstance(record, Contact)
        named = told or any(self.within(name) for name in record.who)
        if self.read_as not in record.parties or not named:
            return record
        parties = [self.party if party == self.read_as else party for party in record.parties]
        return replace(record, parties=tuple(dict.fromkeys(p for p in parties if p)))


def _changed(record: R, values: Mapping[str, str | None]) -> R:
    differ = {name: value for name, value in values.items() if getattr(record, name) != value}
    return replace(record, **cast("dict[str, Any]", differ)) if differ else record


@lru_cache(maxsize=1024)
def _pattern(mention: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, mention.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
