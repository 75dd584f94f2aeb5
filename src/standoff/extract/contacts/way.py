"""The words that govern a contact: the way up from the verb or noun that names it, and what each word makes of it.

The way ends where reported speech or another clause begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues, words
from standoff.model.record import ContactStatus

_UP = frozenset(
    {
        "dobj",
        "nsubj",
        "nsubjpass",
        "attr",
        "pobj",
        "xcomp",
        "pcomp",
        "oprd",
        "prep",
        "acl",
        "dative",
        "csubj",
        "csubjpass",
    }
)


@cache
def _governors(part: str) -> dict[str, ContactStatus]:
    table = cues("contacts")["governors"][part]
    return {word: kind for kind, those in table.items() for word in those}


def lemma(token: Token) -> str:
    """The dictionary form, with what the parser's lemmatiser gets wrong put right."""
    plain = token.lemma_.lower()
    return str(cues("contacts")["misread"].get(plain, plain)) if token.pos_ in ("VERB", "AUX") else plain


def governor(token: Token) -> ContactStatus | None:
    """What a word makes of the contact that it governs; particles count ('call off', 'rule out')."""
    for kind, table in cues("contacts")["governors"]["phrases"].items():
        particles = table.get(lemma(token))
        if particles and any(c.lower_ in particles and c.dep_ in ("prt", "advmod", "prep") for c in token.children):
            return kind  # type: ignore[no-any-return]
    part = "adjectives" if token.pos_ == "ADJ" else "nouns" if token.pos_ in ("NOUN", "PROPN") else "verbs"
    return _governors(part).get(lemma(token))


def path(event: Token) -> Iterator[Token]:
    """The words that govern a contact, from the nearest up, as far as they say something of it.

    Reported speech ends the way, and so does a preposition that only sets the scene ("at the meeting, they agreed").
    """
    at = event
    for _ in range(8):
        if at.dep_ == "conj" and at.pos_ not in ("VERB", "AUX"):
            at = _first(at)
        if at.head == at or not _goes_up(at):
            return
        at = at.head
        yield at


def _goes_up(at: Token) -> bool:
    head = at.head
    if at.dep_ == "prep" and at.lower_ == "as":  # "set May 3 as the day of the talks"
        return governor(head) == "planned"
    if at.dep_ == "prep" and (at.lower_ not in words("contacts", "binding") or head.lower_ == "out"):
        return False  # nor "what they wanted out of the summit"
    if (
        at.dep_ in ("ccomp", "nsubj", "dobj", "pobj")
        and head.lemma_ in words("contacts", "speech")
        and not clauses.is_passive(head)
    ):
        return False
    if at.dep_ == "ccomp":
        return _attitude(head)
    if at.dep_ == "acl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in at.children):
        return governor(head) is not None  # "the announcement on Monday that they would meet"
    return at.dep_ in _UP or (at.dep_ in ("advcl", "relcl") and is_purpose(at))


def scene(event: Token) -> Token | None:
    """The verb of the clause that a contact only sets the scene for: 'during the meeting with them, he agreed'."""
    at, crossed = event, False
    for _ in range(7):
        crossed = crossed or (at.dep_ == "prep" and at.lower_ not in words("contacts", "binding"))
        if at.head == at or at.dep_ not in ("pobj", "prep", "conj", *(("dobj",) if crossed else ())):
            return None
        if (
            crossed
            and at.dep_ == "prep"
            and at.head.pos_ in ("NOUN", "PROPN")
            and at.lower_ not in words("contacts", "during")
        ):
            return None  # "progress in the talks"
        at = at.head
        if crossed and at.pos_ in ("VERB", "AUX"):
            return at
    return None


def _first(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def _attitude(verb: Token) -> bool:
    return governor(verb) in ("sought", "planned", "considered", "refused") and verb.lemma_ not in words(
        "contacts", "speech"
    )


def is_purpose(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.tag_ == "TO" for c in verb.children)
