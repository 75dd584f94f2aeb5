"""What measures do by themselves: tariffs take effect, rise, stay, expire; goods face them; they are threatened."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, has_beside, known, lemma, restricts


def faced(verb: Token) -> Frame | None:
    """'their cars will face a 30 percent levy'."""
    hit = next((t for t in clauses.objects(verb) if restricts(t)), None)
    goods = clauses.subject(verb)
    if hit is None or goods is None:
        return None
    return Frame(type="impose", predicate=verb, recipient=goods, items=(hit,), rule="faced", measure=hit)


def threatened(verb: Token) -> Frame | None:
    """'the threatened tariffs', 'a long-threatened ban'."""
    thing = verb.head
    if (
        (lemma(verb) != "threaten" and verb.lower_ != "threatened")
        or verb.dep_ != "amod"
        or verb.i > thing.i
        or not restricts(thing)
    ):
        return None
    return Frame(type="threaten", predicate=verb, items=(thing,), rule="threatened", measure=thing)


def begins(verb: Token) -> Frame | None:
    """tariffs took effect; sanctions kick in; duties go up."""
    own = lemma(verb)
    if own not in known("harm.begin"):
        return None
    thing = clauses.subject(verb)
    if thing is None or not restricts(thing):
        return None
    words = {c.lower_ for c in verb.subtree if verb.i < c.i < verb.i + 4}
    opens = own in ("begin", "start", "land") and not clauses.complements(verb)  # 'began to bite' is no beginning
    if opens or words & {"effect", "force"} or (own == "kick" and "in" in words) or (own == "go" and "up" in words):
        return Frame(type="impose", predicate=verb, items=(thing,), rule="begin", measure=thing)
    return None


def stands(verb: Token) -> Frame | None:
    """tariffs will rise to 25 percent, stay in place, expire in May."""
    thing = clauses.subject(verb) if not clauses.is_passive(verb) and verb.dep_ != "xcomp" else None
    if thing is None or not restricts(thing):
        return None
    ends = lemma(verb) in known("harm.ends")
    place = {"place", "force", "effect", "is"} & {t.lower_ for t in verb.subtree if t.i > verb.i}
    if clauses.objects(verb) or has_beside(verb, "through") or (lemma(verb) in known("harm.stays") and not place):
        return None  # 'the duties follow a complaint', 'the ban remains a problem'
    return Frame(type="ease" if ends else "impose", predicate=verb, items=(thing,), rule="stands", measure=thing)
