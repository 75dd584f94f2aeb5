"""What a side puts on the table: the issue that it raises, what it is expected to raise or to talk of giving."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, affected, is_infinitive, known, lemma, restricts, taken


def agenda(verb: Token) -> Frame | None:
    """'raised the issue of farm purchases', 'is expected to discuss its purchases'; None for most verbs."""
    own = lemma(verb)
    if own in known("agenda.raise"):
        return _raised(verb)
    return _to_give(verb) if own in known("agenda.talk") else None


def _raised(verb: Token) -> Frame | None:
    """What is raised, by its name or as 'the issue of'; harms are raised in another sense."""
    if lemma(verb) == "bring" and not any(c.dep_ == "prt" and c.lower_ == "up" for c in verb.children):
        return None
    thing = next(iter(affected(verb)), None)
    if thing is None:
        return None
    if lemma(thing) in known("agenda.issue"):
        items = taken(thing, "of")
    else:
        spoken = bool(clauses.prepositional(verb, "with") or taken(thing, "with")) or lemma(verb) == "bring"
        items = (thing,) if (spoken or _is_ahead(verb)) and _is_topic(thing) else ()
    if not items:
        return None
    with_ = next(iter(clauses.prepositional(verb, "with", "to") or taken(thing, "with")), None)
    return Frame(type="demand", predicate=verb, doer=clauses.doer(verb), recipient=with_, items=items, rule="agenda")


def _is_topic(thing: Token) -> bool:
    """'raise human rights', but not taxes, hopes or eyebrows."""
    return lemma(thing) in known("agenda.topics") and not restricts(thing)


def _to_give(verb: Token) -> Frame | None:
    """'is expected to discuss more purchases': what the side that talks of it would give."""
    things = tuple(t for t in affected(verb) if lemma(t) in known("agenda.gains"))
    if not things or not _is_ahead(verb):
        return None
    return Frame(type="offer", predicate=verb, doer=clauses.subject(verb), items=things[:1], rule="agenda")


def _is_ahead(verb: Token) -> bool:
    """'is expected to', 'plans to'."""
    return is_infinitive(verb) and verb.dep_ == "xcomp" and lemma(verb.head) in known("agenda.ahead")
