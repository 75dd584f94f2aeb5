"""A link between two acts, and the acts behind the words: the verb that a clause leads to, what governs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.way import lemma
from standoff.extract.cues import words
from standoff.model.record import LinkageKind

_ADVERBIAL = frozenset({"advcl", "mark", "cc", "punct", "conj"})


@dataclass(frozen=True, slots=True)
class Link:
    """Heads of two acts: `then` follows only after (or is traded for) `first`. `unless`: `first` is meant denied."""

    first: Token
    then: Token
    kind: LinkageKind
    rule: str
    confidence: float
    unless: bool = False
    strong: bool = False
    mark: Token | None = None


def above(verb: Token) -> Iterator[Token]:
    """The words that govern a verb as its complement."""
    at = verb
    while at.dep_ in ("xcomp", "ccomp", "acl", "acomp", "attr", "oprd") and at.head != at:
        at = at.head
        yield at


def own_words(head: Token) -> Tokens:
    return clauses.clause(head, drop=_ADVERBIAL) if head.pos_ in ("VERB", "AUX") else clauses.noun_phrase(head)


def act_in(verb: Token, but: Token | None = None) -> Token:
    """The act that a verb of will, demand or being leads to: 'is ready to raise', 'demands that they lift'."""
    for _ in range(4):
        if lemma(verb) in words("linkages", "turning"):
            return verb  # "stop selling", "fail to comply": the act is not what is stopped
        inner = [
            c
            for c in verb.children
            if c.dep_ == "xcomp" or (c.dep_ == "ccomp" and lemma(verb) in words("linkages", "wanting"))
        ]
        ready = [
            g
            for c in verb.children
            if c.dep_ in ("acomp", "attr", "oprd")
            for g in c.children
            if g.dep_ in ("xcomp", "acl", "ccomp", "advcl", "relcl") and g.tag_ == "VB"
        ]
        if verb.lemma_ == "be" and any(
            c.dep_ in ("acomp", "attr") for c in verb.children
        ):  # "it is meaningless for them to come"
            ready += [
                c
                for c in verb.children
                if c.dep_ == "advcl" and c.tag_ == "VB" and any(g.lower_ == "to" for g in c.children)
            ]
        nxt = next((t for t in (*inner, *ready) if t.pos_ in ("VERB", "AUX") and t != but), None)
        if nxt is None:
            return verb
        verb = nxt
    return verb


def _grant(verb: Token) -> Token | None:
    """The verb of giving that an infinitive tells the use of."""
    return next((t for t in list(verb.ancestors)[:3] if lemma(t) in words("linkages", "granting")), None)


def main_of(mark: Token, sub: Token) -> Token | None:
    """The verb of the clause that a subordinate one hangs on; the act within it ('agreed to', 'is ready to')."""
    at = mark.head
    while (at.pos_ not in ("VERB", "AUX") or at == sub) and at.head != at:
        at = at.head
    if at.pos_ not in ("VERB", "AUX") or at == sub:
        return None
    if at.dep_ == "conj" and sub.i < at.i and at.lemma_ in words("contacts", "speech") and at.head.pos_ == "VERB":
        at = at.head  # "could buy, but only after they are lifted, said a person"
    if at.tag_ == "VB" and at.dep_ in ("advcl", "acl", "relcl", "xcomp", "ccomp") and _grant(at) is not None:
        at = _grant(at) or at  # "gave them until May to leave, on condition that"
    own = any(c.dep_ in clauses.SUBJECTS for c in at.children)
    if at.dep_ == "ccomp" and sub.i < at.i < at.head.i and not own and at.doc[sub.i : at.i].text.endswith(" or"):
        at = at.head  # 'if they stop or fail to pay, we shall leave', read as 'fail ..., we shall leave'
    if lemma(at) in words("contacts", "speech") - words("linkages", "opinions"):
        # "if it is signed, he said, both must lift them"
        at = next((c for c in at.children if c.dep_ == "ccomp" and c != sub and c.pos_ in ("VERB", "AUX")), at)
    return act_in(at, sub)


def kind_of(then: Token, *, as_told: bool = True) -> LinkageKind:
    """A threat where what follows is a harm, an exchange where it gives something, else a precondition.

    `as_told`: a denial counts; where the 'not' belongs to the condition ("if not, he will"), it does not.
    """
    if as_told and clauses.is_negated(then):
        return "precondition"
    if lemma(then) in words("linkages", "eases"):
        return "exchange"
    if lemma(then) in words("linkages", "harms") or any(
        t.lemma_.lower() in words("linkages", "harm_nouns") for t in own_words(then)
    ):
        return "threat"
    return "precondition"


def demanding(verb: Token) -> Token | None:
    """The verb of demand before a subjunctive that the parser has hung elsewhere: 'demand the government remove'."""
    if (
        verb.tag_ not in ("VB", "VBP")
        or any(c.dep_ in ("aux", "nsubj") for c in verb.children)
        or verb.i == verb.sent.start
    ):
        return None
    before = verb.nbor(-1)
    for head in (before, *before.ancestors):
        if head.dep_ in ("dobj", "nsubj") and head.head.i < head.i and lemma(head.head) in words("linkages", "wanting"):
            return head.head
    return None
