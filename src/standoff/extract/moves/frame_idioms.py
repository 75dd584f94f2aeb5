"""Idioms that make a move: a verb with one set word beside it, 'took them to task', 'stood its ground'."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import cast

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues
from standoff.extract.moves.frame_deeds import harms
from standoff.extract.moves.frame_words import Frame, affected, known, lemma, restricts, taken
from standoff.model.record import MoveType

_TOWARD = ("at", "against", "on", "upon", "to", "with", "of", "after", "from")
_ABOUT = ("over", "about", "for", "on", "to", "against", "at", "of", "in")
_BESIDE = frozenset({"dobj", "oprd", "acomp", "advmod", "prt", "attr", "ccomp"})


@cache
def idioms() -> dict[str, dict[str, MoveType]]:
    """From a verb's lemma to the words that make an idiom of it, each with the move it makes."""
    found: dict[str, dict[str, MoveType]] = {}
    for type, table in cues("moves")["idioms"].items():
        for verb, words in table.items():
            found.setdefault(verb, {}).update({word: cast(MoveType, type) for word in words})
    return found


def idiom(verb: Token) -> Frame | None:
    """The frame of an idiom; None for most verbs."""
    words = idioms().get(lemma(verb))
    if words is None:
        return None
    return _no_choice(verb) or _bound_by(verb) or _let_lapse(verb) or _with_word(verb, words)


def _with_word(verb: Token, words: dict[str, MoveType]) -> Frame | None:
    key = next((t for t in _beside(verb) if lemma(t) in words), None)
    if key is None:
        return None
    type = words[lemma(key)]
    if type == "agree" and verb.tag_ not in ("VBD", "VBN"):
        return None  # 'far from settling the dispute'
    if (type == "accuse" and verb.tag_ in ("VB", "VBG")) or (type == "refuse" and taken(key, "for")):
        return None  # 'to hold them responsible', 'stood firm for their cause'
    toward = (*clauses.prepositional(verb, *_TOWARD), *taken(key, *_TOWARD))
    others = (*(t for t in affected(verb) if t != key and not clauses.is_passive(verb)), *toward)
    recipient = next((t for t in others if t != key), None)
    items: tuple[Token, ...] = ()
    if type in ("demand", "offer", "commit"):
        items = clauses.wishes(key) or clauses.wishes(verb)
    if type == "demand" and not items:
        return None  # 'put them under pressure'
    about = (*clauses.prepositional(verb, *_ABOUT), *taken(key, *_ABOUT))
    items = items or tuple(t for t in about if t not in (key, recipient))[:1]
    if type == "refuse":
        items, recipient = tuple(t for t in about if t != key)[:1], None
    return Frame(
        type=type,
        predicate=verb,
        doer=clauses.doer(verb),
        recipient=None if type == "agree" else recipient,
        items=items or (verb,),
        rule="idiom",
    )


def _beside(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in _BESIDE and child.i > verb.i:
            yield child
        elif child.dep_ in ("prep", "prt", "agent"):
            yield from (c for c in child.children if c.dep_ == "pobj")


def _no_choice(verb: Token) -> Frame | None:
    """'will have no choice but to hit back'."""
    choice = next((t for t in clauses.objects(verb) if lemma(t) in known("no_choice")), None)
    if lemma(verb) != "have" or choice is None or not any(c.lower_ in ("no", "little") for c in choice.children):
        return None
    act = next((t for t in verb.doc[choice.i + 1 : verb.sent.end] if t.tag_ == "VB"), None)
    if act is None or not harms(act):
        return None
    return Frame(type="threaten", predicate=verb, doer=clauses.subject(verb), items=(act,), rule="idiom")


def _bound_by(verb: Token) -> Frame | None:
    """'the deal obliges them to buy more', 'the accord calls for them to': undertaken by whom the pact binds."""
    pact = clauses.subject(verb)
    if pact is None or lemma(pact) not in known("pact.nouns") or lemma(verb) not in known("pact.binds"):
        return None
    if clauses.is_passive(verb) or clauses.is_negated(verb):
        return None
    acts = clauses.wishes(verb) or tuple(t for t in clauses.prepositional(verb, "to") if t.tag_ == "VBG")
    doer = next((c for a in acts[:1] for c in a.children if c.dep_ in clauses.SUBJECTS), None)
    doer = doer or next(iter(clauses.objects(verb)), None) or next(iter(clauses.prepositional(verb, "for", "on")), None)
    if not acts or doer is None:
        return None
    return Frame(type="commit", predicate=verb, doer=doer, items=acts, rule="bound")


def _let_lapse(verb: Token) -> Frame | None:
    """'let the tariffs lapse', 'allowed the ban to expire'."""
    act = next((c for c in clauses.complements(verb) if lemma(c) in known("harm.ends")), None)
    thing = next((c for c in act.children if c.dep_ in clauses.SUBJECTS), None) if act is not None else None
    if lemma(verb) not in ("let", "allow") or thing is None or not restricts(thing):
        return None
    return Frame(type="ease", predicate=verb, doer=clauses.doer(verb), items=(thing,), rule="ease", measure=thing)
