"""Verbs that lay blame: accusing somebody of something, calling it a name, being to blame."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, affected, is_infinitive, known, lemma, makers, taken


def accusing(verb: Token) -> Frame | None:
    """accused them of; complained that they cheat; not the mere 'teachers protesting outside'."""
    things = clauses.objects(verb)
    recipient = (
        things[0] if things else next(iter(clauses.prepositional(verb, "against", "about", "of", "for", "on")), None)
    )
    of = taken(things[0], "of") if things and lemma(verb) == "accuse" else ()  # hung on the name by the parser
    named = clauses.prepositional(verb, "of", "for", "over", "about") or clauses.complements(verb) or of or things
    if (not named and verb.dep_ in ("acl", "amod", "advcl", "relcl")) or verb.dep_ == "csubj":
        return None
    if things and (on := clauses.prepositional(verb, "on")):  # 'a blast that it blames on them'
        recipient = on[0]
    acts = tuple(n for n in named if n.pos_ in ("VERB", "AUX"))[:1] or named[:1]
    subject = next((c for n in acts[:1] for c in n.children if c.dep_ in clauses.SUBJECTS), None)
    if not things and subject is not None:  # 'complained that they cheat'
        recipient = subject
    return Frame(
        type="accuse",
        predicate=verb,
        doer=clauses.doer(verb),
        recipient=recipient,
        items=acts or (verb,),
        rule="accuse",
    )


def citing(verb: Token) -> Frame | None:
    """'citing their attack on the capital', 'cited its failure to pay'."""
    if lemma(verb) not in known("blame.cited") or verb.dep_ == "amod":
        return None
    things = clauses.objects(verb)
    thing = next((t for t in things if lemma(t) in known("blame.owned") | known("harm.blows")), None)
    if thing is None and verb.dep_ == "advcl" and verb.tag_ == "VBG":  # 'took aim at them, citing its missile tests'
        done = (t for t in things if lemma(t) in known("blame.done"))
        thing = next((t for t in done if not any(c.tag_ == "PRP$" for c in t.children)), None)
    if thing is None:
        return None
    whose = clauses.possessor(thing) or next((c for c in thing.children if c.dep_ in ("compound", "amod")), None)
    return Frame(type="accuse", predicate=verb, doer=clauses.doer(verb), recipient=whose, items=(thing,), rule="citing")


def to_blame(verb: Token) -> Frame | None:
    """'they are to blame for it': said of them by whoever says it."""
    if not is_infinitive(verb) or lemma(verb.head) != "be":
        return None
    return Frame(type="accuse", predicate=verb, recipient=clauses.subject(verb.head), items=(verb,), rule="to-blame")


def calling(verb: Token) -> Frame | None:
    """'calls the move a provocation', 'described as an insult', 'a reckoning that it calls dishonest'."""
    if lemma(verb) not in known("blame.calling"):
        return None
    named = [c for c in verb.children if c.dep_ in ("oprd", "attr", "dobj", "ccomp", "xcomp", "acomp")] + list(
        clauses.prepositional(verb, "as")
    )
    named += [a for c in verb.children if c.lower_ == "as" for a in c.children if a.pos_ == "ADJ"]  # 'as "troubling"'
    if (refused := _poor(verb, named)) is not None:
        return refused
    worst = next((n for n in named if is_blame(n) or _is_design(n)), None)
    if worst is None:
        return None
    target = next((t for t in affected(verb) if t != worst and t.tag_ != "WP"), None)  # not 'what' of 'what he calls'
    inner = next((c for c in worst.children if c.dep_ in ("nsubj", "poss")), None)
    return Frame(
        type="accuse",
        predicate=verb,
        doer=clauses.doer(verb),
        recipient=target or inner,
        items=(worst,),
        rule="calling",
    )


def _poor(verb: Token, named: list[Token]) -> Frame | None:
    """'called the plan inadequate', 'described the offer as a non-starter': the offer is turned down."""
    offer = next((t for t in affected(verb) if makers("nouns").get(lemma(t)) == "offer" or lemma(t) == "plan"), None)
    if offer is None or not any(n != offer and lemma(n) in known("poor") | known("unacceptable") for n in named):
        return None
    return Frame(type="refuse", predicate=verb, doer=clauses.doer(verb), items=(offer,), rule="poor")


def _is_design(word: Token) -> bool:
    """'as an attempt to stop its rise'."""
    return lemma(word) in known("blame.designs") and any(c.dep_ == "acl" and is_infinitive(c) for c in word.children)


def is_blame(word: Token) -> bool:
    """A noun or adjective of blame, or a noun with such an adjective ('unfair trade practices')."""
    own = lemma(word)
    if own in known("blame.adjectives") or own in known("blame.nouns"):
        return True
    if own in ("act", "form", "campaign", "pattern", "policy") and any(
        map(is_blame, clauses.prepositional(word, "of"))
    ):
        return True  # 'an act of bullying'
    return any(c.dep_ in ("amod", "conj") and lemma(c) in known("blame.adjectives") for c in word.children)
