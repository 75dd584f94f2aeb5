"""Nouns and idioms that tell where a side stands: its goals, whom it blames, what it leaves unanswered."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import words
from standoff.extract.moves.frame_words import Frame, known, lemma, makers


def stance_frames(token: Token) -> Iterator[Frame]:
    """The frames of an idiom; none for most words."""
    rules = _OF_NOUNS if token.pos_ in ("NOUN", "PROPN") else _OF_VERBS
    for rule in rules:
        found = rule(token)
        if found is not None:
            yield found
            return


def _blame_on(verb: Token) -> Frame | None:
    """'put the blame on them for it', 'laid responsibility at their door'."""
    if lemma(verb) not in known("blame.lay"):
        return None
    blame = next((t for t in clauses.objects(verb) if lemma(t) in ("blame", "responsibility")), None)
    if blame is None:
        return None
    on = clauses.prepositional(verb, "on", "upon", "with") or clauses.prepositional(blame, "on", "upon", "with")
    if not on or (on[0].pos_ == "NOUN" and on[0].lower_ not in words("nouns", "agents")):
        return None  # 'put the blame on the weather'
    about = clauses.prepositional(blame, "for") or clauses.prepositional(verb, "for") or (blame,)
    return Frame(
        type="accuse", predicate=verb, doer=clauses.doer(verb), recipient=on[0], items=about[:1], rule="accuse"
    )


def _unheeded(verb: Token) -> Frame | None:
    """'a call by one side went unheeded', 'its request was left unanswered'."""
    if not any(lemma(c) in known("unheeded") for c in verb.children) or lemma(verb) not in known("left"):
        return None
    asked = clauses.subject(verb) or next(iter(clauses.objects(verb)), None)
    if asked is None or makers("nouns").get(lemma(asked)) not in ("demand", "offer"):
        return None
    return Frame(type="refuse", predicate=verb, recipient=asked, items=(asked,), rule="unheeded")


def _into(verb: Token) -> Frame | None:
    """'to pressure them into giving it up'; what one was forced into is the other side's deed."""
    if makers("verbs.control").get(lemma(verb)) != "demand" or clauses.is_passive(verb):
        return None
    acts = tuple(t for t in clauses.prepositional(verb, "into") if t.tag_ == "VBG")
    whom = next(iter(clauses.objects(verb)), None)
    if not acts or whom is None:
        return None
    return Frame(type="demand", predicate=verb, doer=clauses.doer(verb), recipient=whom, items=acts, rule="control")


def _goal(noun: Token) -> Frame | None:
    """'with the stated goal of halting the attacks', 'its aim is to stop them': asked of whoever is to be stopped."""
    if lemma(noun) not in known("goals"):
        return None
    acts = clauses.complements(noun) or tuple(t for t in clauses.prepositional(noun, "of") if t.tag_ == "VBG")
    if not acts and noun.dep_ in clauses.SUBJECTS and lemma(noun.head) == "be":
        acts = clauses.complements(noun.head)
    act = next((a for a in acts if lemma(a) in known("goals_of")), None)
    if act is None:
        return None
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    doer = clauses.possessor(noun) if any(c.dep_ == "poss" for c in noun.children) else None
    doer = doer or (clauses.subject(above) if above.pos_ == "VERB" else None)
    whose = (t for hit in (act, *clauses.objects(act)) for t in clauses.prepositional(hit, "by", "from"))
    return Frame(type="demand", predicate=noun, doer=doer, recipient=next(whose, None), items=(act,), rule="goal")


def _condition(noun: Token) -> Frame | None:
    """'their release is a condition set by the other side', 'a condition that it has set for talks'."""
    if lemma(noun) not in ("condition", "precondition", "prerequisite"):
        return None
    laid = (c for c in noun.children if c.dep_ in ("acl", "relcl") and lemma(c) in ("set", "lay", "impose", "put"))
    setting = next(laid, None)
    doer = (clauses.agent(setting) or clauses.subject(setting)) if setting is not None else None
    if doer is None or doer == noun:
        return None
    named = noun.head if noun.dep_ == "appos" else clauses.subject(noun.head) if noun.dep_ == "attr" else None
    return Frame(type="demand", predicate=noun, doer=doer, items=(named or noun,), rule="condition-set")


def _truce(noun: Token) -> Frame | None:
    """'the A-B cease-fire deal': an agreement that both sides have made, by their names before it."""
    if lemma(noun) not in known("pact.nouns") or noun.dep_ in ("compound", "amod", "nmod"):
        return None
    before = [t for t in noun.lefts if t.dep_ in ("compound", "amod", "nmod")]
    if not any(lemma(t) in known("pact.standing") for t in (noun, *before)):
        return None
    names = [t for c in before for t in c.subtree if t.pos_ == "PROPN"]
    joined = next((t for t in names if t.i + 2 < noun.i and t.nbor(1).text in ("-", "–") and t.nbor(2) in names), None)
    if joined is None:
        return None
    return Frame(
        type="agree", predicate=noun, doer=joined, recipient=joined.nbor(2), items=(noun,), rule="standing-pact"
    )


def _door(noun: Token) -> Frame | None:
    """'the door to talks is open', 'left the door open to a deal'."""
    if noun.lower_ != "door":
        return None
    held = noun.head.lower_ == "open" and noun.head.pos_ == "ADJ"  # 'left the door open'
    verb = noun.head.head if held else noun.head
    opens = (*verb.children, *(c for c in noun.children if c.dep_ == "amod" and c.i > noun.i))
    is_open = any(c.lower_ == "open" and c.dep_ in ("acomp", "oprd", "xcomp", "ccomp", "amod") for c in opens)
    if not (is_open or held) or verb.pos_ not in ("VERB", "AUX") or clauses.is_negated(verb):
        return None
    own = clauses.possessor(noun) if any(c.dep_ == "poss" for c in noun.children) else None
    doer = own if noun.dep_ in clauses.SUBJECTS and not held else clauses.subject(verb)
    about = tuple(t for at in (noun, verb, *opens) for t in clauses.prepositional(at, "to", "for"))
    return Frame(type="offer", predicate=noun, doer=doer, items=about[:1] or (noun,), rule="door")


def _off_table(noun: Token) -> Frame | None:
    """'the plan is off the table', 'is no longer on the table', 'took the threat off the table'."""
    place, verb = noun.head, noun.head.head
    if noun.lower_ != "table" or place.lower_ not in ("off", "on") or lemma(verb) not in ("be", "take", "remain"):
        return None
    gone = place.lower_ == "off" or (lemma(verb) == "be" and clauses.is_negated(verb))
    taken = lemma(verb) == "take"
    thing = next(iter(clauses.objects(verb)), None) if taken else clauses.subject(verb)
    if not gone or thing is None or thing.pos_ == "PRON":
        return None
    doer = clauses.doer(verb) if taken else None
    return Frame(type="refuse", predicate=noun, doer=doer, items=(thing,), rule="off-table")


_OF_NOUNS = (_goal, _condition, _truce, _door, _off_table)
_OF_VERBS = (_blame_on, _unheeded, _into)
