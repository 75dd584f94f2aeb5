"""Gains that one side gives the other, stops or charges for: goods and permits, respite, prisoners, fees."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, affected, is_infinitive, known, lemma


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


def given_until(verb: Token) -> Frame | None:
    """'gave them until Friday to free the sailors': asked by then."""
    taker = next((c for c in verb.children if c.dep_ == "dative"), None) or next(iter(clauses.objects(verb)), None)
    acts = tuple(t for t in verb.subtree if t.tag_ == "VB" and is_infinitive(t) and t.dep_ in ("xcomp", "advcl", "acl"))
    limit = any(c.lower_ == "until" and c.i > verb.i for c in verb.subtree)
    if taker is None or not acts or not limit:
        return None
    return Frame(
        type="demand", predicate=verb, doer=clauses.doer(verb), recipient=taker, items=acts[:1], rule="control"
    )


def granted(verb: Token) -> Frame | None:
    """'got a two-week delay', 'won an extension from them': what the other side has given."""
    if lemma(verb) not in known("harm.granted") or verb.tag_ not in ("VBD", "VBN") or clauses.is_passive(verb):
        return None
    thing = next((t for t in affected(verb) if lemma(t) in known("harm.spared")), None)
    if thing is None or any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children):
        return None
    giver = next(iter(clauses.prepositional(verb, "from") or clauses.prepositional(thing, "from")), None)
    taker = clauses.subject(verb)
    return Frame(type="ease", predicate=verb, doer=giver, recipient=taker, items=(thing,), rule="granted")


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


def spared(verb: Token) -> Frame | None:
    """'suspended its nuclear tests', 'halted the shelling', 'has called off the strike': blows left off."""
    own = lemma(verb)
    off = own == "call" and any(c.dep_ == "prt" and c.lower_ == "off" for c in verb.children)
    if not off and own not in known("harm.stop") - {"limit", "restrict", "deny", "block", "hold", "slow", "curb"}:
        return None
    aim = is_infinitive(verb) and verb.dep_ in ("advcl", "acl", "pcomp")  # 'went in to stop the rocket fire'
    if verb.dep_ == "amod" or aim or clauses.is_passive(verb) or clauses.is_negated(verb):
        return None
    blows = tuple(t for t in affected(verb) if lemma(t) in known("harm.blows_stopped"))
    if not blows or (is_infinitive(verb) and lemma(verb.head) == "be"):
        return None
    return Frame(type="ease", predicate=verb, doer=clauses.doer(verb), items=blows, rule="spared")
