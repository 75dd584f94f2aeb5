"""Sightings of contacts, and which of them tell of the same one: each contact is kept once, at its fullest mention."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.way import path
from standoff.extract.cues import words
from standoff.extract.times.when import TimeExpression
from standoff.model.record import ContactKind, ContactStatus, Level

_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_GROUPS = {"call": "call", "letter": "message", "message": "message", "channel": "channel", "visit": "visit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One mention of a contact.

    `who` are the heads of the noun phrases of those who take part, `names` the resolved names among them; `there` is
    the party at whose place it is; `sure` where the words say how it stands; `also` what was joined to it.
    """

    event: Token
    kind: ContactKind
    status: ContactStatus
    sure: bool
    who: tuple[Token, ...]
    names: frozenset[str]
    parties: tuple[str, ...]
    level: Level | None
    place: Tokens | None
    there: str | None
    time: TimeExpression | None
    rule: str
    confidence: float
    guessed: bool = False  # whether one of the two sides is not named
    also: tuple[Token, ...] = ()

    @property
    def fullness(self) -> float:
        """How much the mention tells: who by name and title, when, where, and how it stands."""
        titled = sum(len(clauses.noun_phrase(t)) > 2 for t in self.who)
        people = len(self.names) + 0.25 * min(len(self.who), 4) + 0.3 * titled - 0.75 * self.guessed
        dated = self.time is not None and self.time.kind == "date"
        setting = 0.75 * bool(self.time) + 0.75 * dated + bool(self.place) - 1.5 * self.is_caption
        return people + setting + 0.3 * self.sure + self.confidence

    @property
    def is_caption(self) -> bool:
        """'The president meets the king in Nairobi': what a picture shows, which the text tells more fully."""
        return self.status == "held" and self.event.tag_ == "VBZ"

    @property
    def is_of_officials(self) -> bool:
        """Whether only unnamed officials take part: 'negotiators', 'a delegation'."""
        return bool(self.who) and all(t.lemma_.lower() in words("contacts", "officials") for t in self.who)

    @property
    def group(self) -> str:
        return _GROUPS.get(self.kind, "meeting")


def joined(sightings: list[Sighting]) -> list[Sighting]:
    """One sighting for each contact, in reading order: the fullest, its gaps filled from the others."""
    kept: list[Sighting] = []
    for sighting in sorted(sightings, key=lambda s: (-s.fullness, s.event.i)):
        k = next((k for k, known in enumerate(kept) if _same(known, sighting)), None)
        if k is None:
            kept.append(sighting)
        else:
            kept[k] = _filled(kept[k], sighting)
    return sorted(kept, key=lambda s: s.event.i)


def _filled(known: Sighting, other: Sighting) -> Sighting:
    return replace(
        known,
        status="missed" if other.status == "missed" else known.status,
        place=known.place or other.place,
        time=known.time or other.time,
        level=known.level or other.level,
        also=(*known.also, other.event),
    )


def _same(a: Sighting, b: Sighting) -> bool:
    """Whether `b` tells of the same contact as the fuller `a`."""
    if a.event.sent == b.event.sent and (b.event in set(path(a.event)) or a.event in set(path(b.event))):
        return True  # "hold a meeting for talks"
    if a.status != b.status and (b.sure or (b.time and b.time.kind == "date")) and not _called_off(a, b):
        return False
    return _alike_in_kind(a, b) and _alike_in_people(a, b) and _alike_in_setting(a, b)


def _called_off(a: Sighting, b: Sighting) -> bool:
    """Whether one is planned and the other called off, as the meeting of the same time or place."""
    dated = a.time is not None and b.time is not None
    return {a.status, b.status} == {"planned", "missed"} and (dated or bool(a.place and b.place))


def _alike_in_kind(a: Sighting, b: Sighting) -> bool:
    if a.group != b.group:
        return _journey(a, b)
    if a.kind == b.kind or "talks" not in (a.kind, b.kind):
        return True
    return bool(a.names & b.names or (a.time and b.time) or (a.place and b.place))


def _journey(a: Sighting, b: Sighting) -> bool:
    """A visit and the talks it is made for, where one of the two names nobody."""
    if {a.group, b.group} != {"visit", "meeting"} or a.status != b.status or (a.names and b.names):
        return False
    return bool((a.time and b.time and _overlap(a.time, b.time)) or (a.place and b.place and _one_place(a, b)))


def _alike_in_people(a: Sighting, b: Sighting) -> bool:
    one, other = set(a.parties), set(b.parties)
    if one.isdisjoint(other) or not (a.guessed or b.guessed or one <= other or other <= one):
        return False
    if a.names and b.names and a.names.isdisjoint(b.names):
        return False
    dated = a.time is not None and b.time is not None and _overlap(a.time, b.time)
    if not dated and any(one.is_of_officials and other.level == "leader" for one, other in ((a, b), (b, a))):
        return False
    return not (a.level and b.level and a.level != b.level and not a.names & b.names)


def _alike_in_setting(a: Sighting, b: Sighting) -> bool:
    if a.time and b.time and not _overlap(a.time, b.time):
        return False
    dated = a.time and b.time and a.time.when and b.time.when
    return bool(dated) or not (a.place and b.place) or _one_place(a, b)


def _overlap(a: TimeExpression, b: TimeExpression) -> bool:
    if a.when is not None and b.when is not None:
        return a.when.overlaps(b.when)
    if a.kind != "date" or b.kind != "date":
        return True
    return not any(_differ(set(names.findall(a.text)), set(names.findall(b.text))) for names in (_WEEKDAY, _MONTH))


def _differ(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _one_place(a: Sighting, b: Sighting) -> bool:
    """Whether two places may be one: a word in common, or a city of the party that the other names."""
    if a.there is not None and a.there == b.there:
        return True
    return bool({t.lower_ for t in a.place or () if t.is_alpha} & {t.lower_ for t in b.place or () if t.is_alpha})
