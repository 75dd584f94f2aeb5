"""When a measure is announced, takes effect, is held off or removed, and what it is imposed for."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import words
from standoff.extract.measures.acts import Act
from standoff.extract.measures.instruments import Trigger
from standoff.extract.reading import Reading
from standoff.extract.times.when import find_times
from standoff.model.dates import When
from standoff.model.record import MeasureStatus

_CLAUSES = frozenset({"advcl", "ccomp", "parataxis"})
_LONGEST_REASON = 24  # words
_STEPS = 5  # from a time expression up to the verb it belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The time words of a measure's clause, and the dates that they fix."""

    words: str | None = None
    announced: When | None = None
    effective: When | None = None
    suspended: When | None = None
    removed: When | None = None


def dates_of(
    reading: Reading, sentence: Tokens, trigger: Trigger, chain: tuple[Act, ...], status: MeasureStatus
) -> Dates:
    """The dates that hang on the acts upon an instrument: each on what is done at that time."""
    owners = {act.token for act in chain} | {trigger.word, trigger.top}
    said: list[str] = []
    found: dict[str, When] = {}
    for time in find_times(sentence.text, reading.published):
        tokens = sentence.char_span(time.start, time.end, alignment_mode="expand")
        if time.deadline or tokens is None or (owner := _owner(tokens.root, owners)) is None:
            continue
        said.append(reading.words(tokens))
        if time.when is not None:
            found.setdefault(_field(owner, status), time.when)
    return Dates(words="; ".join(said) or None, **found)


def _owner(token: Token, owners: set[Token]) -> Token | None:
    """The act or instrument that a time expression hangs on; None where another verb comes first."""
    at = token
    for _ in range(_STEPS):
        if at in owners:
            return at
        if at.pos_ in ("VERB", "AUX") or at.head == at:
            return None
        at = at.head
    return None


def _field(owner: Token, status: MeasureStatus) -> str:
    if owner.lemma_ in words("measures", "announcing"):
        return "announced"
    if status == "suspended":
        return "suspended"
    return "removed" if status == "lifted" else "effective"


def reason_of(reading: Reading, trigger: Trigger, chain: tuple[Act, ...]) -> str | None:
    """What it is imposed for: 'over its steel exports', 'in retaliation for ...', 'citing ...', 'related to ...'."""
    for place in dict.fromkeys((trigger.word, trigger.top, *(a.token for a in chain[:2]))):
        for child in place.children:
            if child.i > trigger.word.i and (found := _reason(child)) is not None:
                run = clauses.clause(found, drop=_CLAUSES)
                if len(run) <= _LONGEST_REASON:
                    return reading.words(run)
    return None


def _reason(child: Token) -> Token | None:
    if child.dep_ == "advcl" and child.lower_ == "citing":
        return next(iter(clauses.objects(child)), None)
    if child.dep_ == "acl" and child.lower_ in ("related", "linked", "tied"):
        return next(iter(clauses.prepositional(child, "to")), None)
    if child.dep_ != "prep":
        return None
    if child.lower_ == "over" or (child.lower_ == "for" and any(c.tag_ == "VBG" for c in child.children)):
        return next(
            (c for c in child.children if c.dep_ in ("pobj", "pcomp") and c.ent_type_ not in ("DATE", "TIME")), None
        )
    for noun in child.children:
        if child.lower_ in ("in", "as") and noun.lower_ in ("retaliation", "response", "reply", "punishment", "answer"):
            return next(iter(clauses.prepositional(noun, "for", "to")), None)
    if child.lower_ == "because":
        return next(iter(clauses.prepositional(child, "of")), None) or next(
            (c for c in child.children if c.dep_ == "pobj"), None
        )
    return None
