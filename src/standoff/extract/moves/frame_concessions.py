"""Giving way and leaving open: a demand that its own side drops, a step that it does not rule out."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_deeds import harms
from standoff.extract.moves.frame_words import Frame, affected, known, lemma, restricts


def concession(verb: Token) -> Frame | None:
    """dropped its demand; backed away from the threat; backed down; None for most verbs."""
    own = lemma(verb)
    away = {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep")} & known("concession.away")
    if own in known("concession.drop") and not away:
        things = affected(verb)
    elif own in known("concession.back") and away:
        things = _from(verb) or affected(verb)
    else:
        return None
    dropped = next((t for t in things if lemma(t) in known("concession.stands")), None)
    alone = not things and own in ("back", "climb") and "down" in away
    if dropped is None and not alone:
        return None
    items = (dropped,) if dropped is not None else (verb,)
    return Frame(type="ease", predicate=verb, doer=clauses.doer(verb), items=items, rule="concession")


def _from(verb: Token) -> tuple[Token, ...]:
    """'backed away from', 'backed off its', 'stepped back from'."""
    particles = [c for c in verb.children if c.dep_ in ("prt", "advmod", "prep")]
    found = [t for at in (verb, *particles) for t in clauses.prepositional(at, "from", "on", "off")]
    return tuple(found)


def left_open(verb: Token) -> Frame | None:
    """'would not rule out more sanctions', 'refused to rule out further delays': a threat or an offer in reserve."""
    if lemma(verb) != "rule" or not any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children):
        return None
    unwilling = verb.dep_ == "xcomp" and lemma(verb.head) in ("refuse", "decline")
    things = affected(verb) or clauses.complements(verb)
    if not things or not (unwilling or clauses.is_negated(verb)):
        return None
    harm = any(harms(t) or restricts(t) or lemma(t) in known("threats") for t in things)
    return Frame(
        type="threaten" if harm else "offer", predicate=verb, doer=clauses.doer(verb), items=things, rule="left-open"
    )


def left_pact(verb: Token) -> Frame | None:
    """'took the country out of the accord', 'removed itself from the deal'; None for most verbs."""
    if lemma(verb) not in ("remove", "take"):
        return None
    out = [c for c in verb.children if c.dep_ in ("prep", "prt", "advmod") and c.lower_ == "out"]
    pact = (t for at in (verb, *out) for t in clauses.prepositional(at, "from", "of", "out"))
    left = next((t for t in pact if lemma(t) in known("pact.nouns")), None)
    taken = next(iter(affected(verb)), None)
    if left is None or taken is None or not (taken.pos_ in ("PROPN", "PRON") or lemma(taken) in ("country", "nation")):
        return None
    return Frame(type="refuse", predicate=verb, doer=clauses.doer(verb), items=(left,), rule="prep")


def _is_text(word: Token) -> bool:
    """'from the draft', 'out of the text'."""
    above = word.head
    out = above.lower_ == "of" and "out" in (above.head.lower_, above.nbor(-1).lower_)
    return lemma(word) in known("struck.texts") and (out or above.lower_ in ("from", "out"))


def struck_out(verb: Token) -> Frame | None:
    """'struck its pledges out of the draft', 'cut the commitments from the text'; None for most verbs."""
    if lemma(verb) not in known("struck.out"):
        return None
    thing = next((t for t in affected(verb) if lemma(t) in known("struck.kept")), None)
    if thing is None:
        return None
    if not any(_is_text(t) for t in verb.subtree):
        return None
    items = clauses.complements(thing) or (thing,)
    return Frame(type="refuse", predicate=verb, doer=clauses.doer(verb), items=items, rule="struck-out")
