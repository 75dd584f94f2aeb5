"""Reported speech held by nouns and adjectives: 'a claim that', 'X's position is that', 'confident that'."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues
from standoff.extract.speech.cued import SUBJECTS, Found, Lexicon, cut, says_something, trimmed
from standoff.extract.speech.speaker import is_first, speaker_of
from standoff.model.record import Act


def held_by_noun(noun: Token, lemma: str, known: Lexicon) -> Found | None:
    """What somebody's claim, demand, threat or position holds; None where nobody's or without content."""
    source = _holder(noun)
    if source is None or is_first(source) or source.lower_ in ("my", "our", "your"):
        return None
    takes = known.noun_takes[lemma]
    head = next(
        (c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i and _held(c, takes)), None
    )
    if head is None and "held" in takes and noun.dep_ in SUBJECTS and noun.head.lemma_ == "be":
        head = next((c for c in noun.head.children if c.dep_ in ("ccomp", "xcomp", "acl") and c.i > noun.head.i), None)
    if head is None and "prep" in takes:
        head = next(iter(clauses.prepositional(noun, *sorted(known.noun_preps[lemma]))), None)
    if head is None or head == source:
        return None
    start = max(head.left_edge.i, noun.i + 1)
    late = [c for c in noun.children if c.i > head.i and c.dep_ in ("acl", "advcl", "xcomp")]
    end = max(c.right_edge.i for c in (head, *late)) + 1
    content = trimmed(noun.doc, start, cut(noun.doc, start, end, head))
    if content is None or not says_something(noun.doc, content, head):
        return None
    act = known.noun_acts.get(lemma, "assert")
    return Found(
        content=content,
        cue=(noun.i, noun.i + 1),
        verb=noun,
        source=source,
        act=act,
        heads=(head.i,),
        rule="noun",
        confidence=0.55,
    )


def _held(head: Token, takes: frozenset[str]) -> bool:
    if any(
        (c.dep_ == "mark" and c.lower_ == "that")
        or (c.lower_ == "that" and c.dep_ not in SUBJECTS | {"dobj", "pobj", "det"})
        for c in head.children
    ):
        return "that" in takes
    return "to" in takes and any(c.lower_ == "to" and c.dep_ == "aux" for c in head.children)


def _holder(noun: Token) -> Token | None:
    """Whose claim it is: genitive, 'by' or 'from', an adjective of a party, or the subject of a light verb."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    by = clauses.prepositional(noun, "by", "from")
    if by:
        return by[0]
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod") and (
            child.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") or child.pos_ == "PROPN"
        ):
            return child
    verb = noun.head
    if noun.dep_ == "dobj" and verb.pos_ == "VERB" and verb.lemma_ in cues("statements")["nouns"]["light"]:
        return speaker_of(verb)
    return None


def held_by_adjective(adjective: Token) -> Found | None:
    """What somebody is confident, worried or adamant about."""
    verb = adjective.head
    if adjective.dep_ not in ("acomp", "oprd") or verb.lemma_ not in cues("statements")["adjective_copulas"]:
        return None
    head = next((c for c in adjective.children if c.dep_ in ("ccomp", "acl") and c.i > adjective.i), None)
    source = speaker_of(verb)
    if head is None or source is None or source.lower_ in ("it", "that", "this"):
        return None
    content = trimmed(
        adjective.doc, head.left_edge.i, cut(adjective.doc, head.left_edge.i, head.right_edge.i + 1, head)
    )
    act: Act = "deny" if adjective.lower_ in cues("statements")["doubtful"] else "assert"
    if content is None:
        return None
    return Found(
        content=content,
        cue=(min(verb.i, adjective.i), adjective.i + 1),
        verb=adjective,
        source=source,
        act=act,
        heads=(head.i,),
        rule="adjective",
        confidence=0.65,
    )
