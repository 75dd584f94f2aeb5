"""Verbs by which two sides come to terms: reached a deal, the terms agreed with them, a truce was struck."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, affected, known, lemma


def agreed_with(verb: Token) -> Frame | None:
    """'the terms agreed with Brussels', 'a plan that was agreed between them'."""
    if lemma(verb) != "agree":
        return None
    by = clauses.agent(verb) if verb.dep_ == "acl" else None
    if (
        by is not None and clauses.conjuncts(by) and lemma(verb.head) in known("pact.nouns")
    ):  # 'the truce agreed on by both'
        return Frame(type="agree", predicate=verb, doer=by, items=(verb.head,), rule="pact")
    other = clauses.prepositional(verb, "with", "between")
    pact = next((t for t in affected(verb) if lemma(t) in known("pact.nouns")), None)
    if pact is not None and clauses.is_passive(verb) and not other and by is None:  # 'the deal was agreed in May'
        sides = clauses.prepositional(pact, "between")
        return Frame(type="agree", predicate=verb, doer=next(iter(sides), None), items=(pact,), rule="pact")
    things = affected(verb) if clauses.is_passive(verb) or verb.dep_ == "relcl" else _just_before(verb)
    if not other or not things:
        return None
    return Frame(type="agree", predicate=verb, doer=clauses.agent(verb), recipient=other[0], items=things, rule="pact")


def _just_before(verb: Token) -> tuple[Token, ...]:
    """'support for terms agreed with them', with the participle read as a past."""
    joined = verb.dep_ == "conj" and any(c.dep_ == "cc" for c in verb.head.children)
    hung = verb.dep_ in ("advcl", "conj") and not joined
    alone = hung and not any(c.dep_ in clauses.SUBJECTS or c.dep_ == "aux" for c in verb.children)
    before = verb.nbor(-1) if alone and verb.i > verb.sent.start else None
    return (before,) if before is not None and before.pos_ == "NOUN" else ()


def reached(verb: Token) -> Frame | None:
    """reached a deal; a truce was struck; came to an agreement; a deal signed in 2018."""
    if lemma(verb) not in known("pact.verbs"):
        return None
    things = affected(verb) + clauses.prepositional(verb, "to", "on", "in")
    nouns = [t for t in things if lemma(t) in known("pact.nouns")]
    if not nouns:
        return None
    other = clauses.prepositional(nouns[0], "with", "between") or clauses.prepositional(verb, "with", "between")
    doer = clauses.doer(verb) or next(iter(clauses.prepositional(nouns[0], "between", "by")), None)
    return Frame(
        type="agree", predicate=verb, doer=doer, recipient=next(iter(other), None), items=(nouns[0],), rule="pact"
    )
