"""Verbs that only help a noun, which says what is done: made an offer, issued a threat, took aim at them."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import (
    Frame,
    affected,
    asks_somebody,
    known,
    lemma,
    makers,
    puts_to_test,
    spelled,
    taken,
)


def _taking_aim(verb: Token) -> Frame | None:
    """'took aim at them for', 'takes issue with'."""
    aim = next((t for t in clauses.objects(verb) if lemma(t) in ("aim", "issue")), None)
    at = taken(aim, "at", "with") or clauses.prepositional(verb, "at", "with") if aim is not None else ()
    if aim is None or not at:
        return None
    about = taken(at[0], "for", "over") or clauses.prepositional(verb, "for", "over") or at[:1]
    return Frame(
        type="accuse", predicate=verb, doer=clauses.doer(verb), recipient=at[0], items=about[:1], rule="displeasure"
    )


def light(verb: Token) -> Frame | None:
    """made an offer; issued a threat; voiced concern: the noun says what."""
    if lemma(verb) == "take":
        return _taking_aim(verb)
    aside = lemma(verb) == "put" and any(lemma(t) == "concern" for t in affected(verb))
    if lemma(verb) not in known("light") or aside or puts_to_test(verb):
        return None
    found = (_voiced(verb, thing) or _told(verb, thing) for thing in affected(verb))
    return next((frame for frame in found if frame is not None), None)


def _about(thing: Token) -> tuple[Token, ...]:
    return taken(thing, "for", "of", "on", "to", "about", "against", "over", "at", "with")


def _toward(verb: Token) -> Token | None:
    return next(iter(clauses.prepositional(verb, "to", "against", "about")), None)


def _asked(items: tuple[Token, ...]) -> Token | None:
    """Who is to do what is asked: 'holds out hope that they will'."""
    return next((c for i in items[:1] for c in i.children if c.dep_ in clauses.SUBJECTS), None)


def _voiced(verb: Token, thing: Token) -> Frame | None:
    """'traded complaints', 'voiced concern', 'raised the possibility of', 'reserves the right to'."""
    own, what = lemma(verb), lemma(thing)
    if own in known("trade") and makers("nouns").get(what) == "accuse":
        other = next(iter(clauses.prepositional(verb, "with")), None)
        doer = clauses.subject(verb)
        return Frame(type="accuse", predicate=verb, doer=doer, recipient=other, items=(thing,), rule="traded")
    if what in known("displeasure") or (own == "raise" and what in ("ban", "sanction", "curb", "restriction")):
        return Frame(
            type="accuse",
            predicate=verb,
            doer=clauses.doer(verb),
            recipient=_toward(verb),
            items=_about(thing) or (thing,),
            rule="displeasure",
        )
    items = clauses.complements(thing) or _about(thing) or (thing,)
    if what in ("possibility", "prospect") and own in ("raise", "hold", "float", "offer"):
        return Frame(type="offer", predicate=verb, doer=clauses.doer(verb), items=items, rule="prospect")
    if own == "reserve" and what == "right":
        return Frame(type="threaten", predicate=verb, doer=clauses.doer(verb), items=items, rule="light")
    return None


def _told(verb: Token, thing: Token) -> Frame | None:
    """'made an offer', 'issued a threat'; but what 'presents a threat to the region' threatens nobody."""
    type = makers("nouns").get(lemma(thing))
    if type is None or (type == "threaten" and lemma(verb) == "present"):
        return None
    above = clauses.wishes(verb) if type == "demand" else clauses.complements(verb)
    items = spelled(thing) or (clauses.wishes(thing) if type == "demand" else ()) or _about(thing) or above
    if lemma(thing) in known("wish_nouns") and not (items and asks_somebody(items[0])):
        return None  # 'expressed hope that a deal would be reached'
    if lemma(verb) == "hold" and lemma(thing) not in known("wish_nouns"):
        return None
    new = any(c.lower_ in ("a", "an", "another", "new", "fresh") for c in thing.children)
    if type in ("commit", "threaten") and not items and not new:
        return None  # 'the pledges he made', 'issued the threat'
    if lemma(thing) in known("try_nouns") and not any(lemma(i) in known("tries") for i in items):
        return None
    return Frame(
        type=type,
        predicate=verb,
        doer=clauses.doer(verb),
        recipient=_toward(verb) or (_asked(items) if type == "demand" else None),
        items=items or (thing,),
        rule="light",
    )
