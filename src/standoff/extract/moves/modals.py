"""What modal verbs make of a verb: plans, duties, what is supposed, what a pact binds to."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_verbs import is_supposed
from standoff.extract.moves.frame_words import known, lemma

FUTURE = frozenset({"will", "'ll", "wo", "would", "'d", "shall"})
ABLE = frozenset({"can", "ca", "could", "might", "may"})
MODALS = FUTURE | ABLE


def under_pact(verb: Token) -> bool:
    """'under the deal, it will buy more': what a side has undertaken."""
    over = clauses.prepositional(verb, "under")
    over += tuple(t for p in clauses.prepositional(verb, "as") for t in clauses.prepositional(p, "of"))
    return any(lemma(t) in known("pact.nouns") and not any(c.lower_ == "no" for c in t.children) for t in over)


def helpers_of(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ == "aux"}


def only_tells(verb: Token) -> bool:
    """'will give more details', 'would provide an example', 'may ease the fear of it'."""
    if lemma(verb) in ("ease", "relax", "reduce", "lift") and any(
        lemma(t) in known("feelings") for t in clauses.objects(verb)
    ):
        return True
    return lemma(verb) in ("give", "provide", "offer") and any(
        lemma(t) in known("shown") for t in clauses.objects(verb)
    )


def supposes(verb: Token) -> bool:
    """'would lift them if': an offer, not a promise."""
    return "would" in helpers_of(verb) and any(
        g.lower_ in ("if", "provided", "should") and g.dep_ in ("mark", "aux")
        for c in verb.children
        if c.dep_ == "advcl"
        for g in c.children
    )


def plans(verb: Token) -> bool:
    """'will', 'would', 'going to' before a verb of doing."""
    if lemma(verb) in known("states") or clauses.in_condition(verb):
        return False
    if verb.dep_ == "xcomp" and lemma(verb.head) == "go" and verb.head.tag_ == "VBG":
        return True
    if verb.dep_ in ("xcomp", "advcl") and verb.tag_ == "VBG" and lemma(verb.head) == "end":
        return plans(verb.head)  # 'will end up leaving'
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if verb.dep_ == "conj" and not helpers and verb.tag_ == "VB":
        helpers = {c.lower_ for c in verb.head.children if c.dep_ == "aux"}
    return bool(helpers & FUTURE)


def is_asked(verb: Token) -> bool:
    return any(c.tag_ in ("WP", "WDT", "WRB") or c.lower_ == "whether" for c in verb.children)


def is_duty(verb: Token) -> bool:
    """'must', 'should', 'have to', 'need to', 'need to be'."""
    if lemma(verb) in known("duty.idle") or (verb.dep_ in ("ccomp", "pcomp", "relcl") and is_asked(verb)):
        return False
    if is_supposed(verb):
        return False
    if any(c.dep_ == "aux" and lemma(c) in known("duty.modals") for c in verb.children):
        return True
    if any(c.lower_ == "yet" for c in verb.children) or clauses.is_negated(verb):
        return False  # 'has yet to be found', 'does not have to happen'
    if owed(verb):
        return True
    return lemma(verb) in known("duty.verbs") and any(
        c.dep_ == "xcomp" and c.left_edge.i <= verb.i + 2 for c in verb.children
    )


def owed(verb: Token) -> tuple[Token, ...]:
    """What 'has a duty to', 'has an obligation to' owes."""
    nouns = (t for t in clauses.objects(verb) if lemma(verb) == "have" and lemma(t) in known("duty.nouns"))
    acts = (
        c for t in nouns for c in t.children if c.dep_ in ("acl", "relcl") and any(g.tag_ == "TO" for g in c.children)
    )
    return tuple(acts)[:1]


def duty(verb: Token) -> tuple[Token, ...]:
    if acts := owed(verb):
        return acts
    if lemma(verb) in known("duty.verbs"):
        inner = tuple(c for c in verb.children if c.dep_ == "xcomp")
        return inner + tuple(t for i in inner for t in clauses.conjuncts(i)) or (verb,)
    return (verb, *(c for c in clauses.conjuncts(verb) if c.pos_ == "VERB"))
