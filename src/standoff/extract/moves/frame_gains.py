"""Gains that one side gives the other, stops or charges for: goods and permits, respite, prisoners, fees."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, affected, known, lemma


def charge(verb: Token) -> Frame | None:
    """charged its ships a fee; imports will be taxed."""
    if lemma(verb) not in known("harm.charge"):
        return None
    things = affected(verb)
    fee = next((t for t in things if lemma(t) in known("harm.charges")), None)
    if fee is None:
        return None
    payer = next((c for c in verb.children if c.dep_ == "dative"), None) or next((t for t in things if t != fee), None)
    return Frame(
        type="impose",
        predicate=verb,
        doer=clauses.doer(verb),
        recipient=payer,
        items=(fee,),
        rule="charge",
        measure=fee,
    )


def extends(verb: Token) -> Frame | None:
    """gave them six more months; granted an extension; extended the deadline."""
    own = lemma(verb)
    if own == "extend":
        thing = next(
            (t for t in affected(verb) if lemma(t) in ("deadline", "truce", "pause", "waiver", "exemption")), None
        )
    elif own in ("give", "grant", "allow") and any(c.dep_ == "dative" for c in verb.children):
        thing = next((t for t in affected(verb) if lemma(t) in known("harm.respite")), None)
    else:
        return None
    if thing is None:
        return None
    taker = next((c for c in verb.children if c.dep_ == "dative"), None)
    return Frame(type="ease", predicate=verb, doer=clauses.doer(verb), recipient=taker, items=(thing,), rule="extends")


def gain(verb: Token) -> Frame | None:
    """suspended purchases; withheld parts; began buying again; approved licences."""
    own = lemma(verb)
    if own not in known("harm.stop") | known("harm.resume") | {"begin", "start"}:
        return None
    thing = next((t for t in affected(verb) if lemma(t) in known("harm.gains")), None)
    freed = next((t for t in affected(verb) if lemma(t) in known("harm.held")), None)
    if freed is not None and own in ("release", "free") and verb.tag_ in ("VBD", "VBN"):
        return Frame(type="ease", predicate=verb, doer=clauses.doer(verb), items=(freed,), rule="resume-gain")
    if thing is not None and own in known("harm.stop"):
        return Frame(type="impose", predicate=verb, doer=clauses.doer(verb), items=(thing,), rule="stop-gain")
    if thing is not None and own in known("harm.resume"):
        return Frame(type="ease", predicate=verb, doer=clauses.doer(verb), items=(thing,), rule="resume-gain")
    if own in ("begin", "start", "resume", "restart"):
        act = next(
            (c for c in clauses.complements(verb) if lemma(c) in ("buy", "purchase", "import", "order", "ship")), None
        )
        if act is not None:
            return Frame(type="commit", predicate=verb, doer=clauses.doer(verb), items=(act,), rule="resume-gain")
    return None
