"""Demands spelled out behind a colon: 'three demands were passed on: that it halt A, punish B and print C'."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, is_infinitive, lemma, makers

_PLAIN = frozenset({"VB", "VBP"})


def colon_frames(noun: Token) -> Iterator[Frame]:
    """What stands as 'that' clauses or infinitives behind the colon of a sentence that names demands."""
    if noun.tag_ not in ("NN", "NNS") or makers("nouns").get(lemma(noun)) != "demand":
        return
    acts = tuple(_spelled_out(noun))
    if not acts:
        return
    whom = next((clauses.subject(act) for act in acts if mandated(act)), None)
    yield Frame(
        type="demand", predicate=noun, doer=clauses.possessor(noun), recipient=whom, items=acts, rule="spelled-out"
    )


def mandated(verb: Token) -> bool:
    """'that it halt and end': behind 'that', in the plain form though its subject is one: asked for, not done."""
    while verb.dep_ in ("conj", "advcl") and verb.tag_ in _PLAIN and not _has_subject(verb):
        verb = verb.head
    subject = clauses.subject(verb)
    return (
        verb.tag_ in _PLAIN
        and subject is not None
        and (subject.tag_ in ("NN", "NNP") or subject.lower_ in ("it", "he", "she"))
        and not any(c.dep_ in ("aux", "cc") and c.i < verb.i for c in verb.children)
        and not any(c.dep_ == "conj" for c in subject.children)
        and any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children)
    )


def _spelled_out(noun: Token) -> Iterator[Token]:
    sentence = noun.sent
    colon = next((t for t in sentence.doc[noun.i + 1 : sentence.end] if t.text == ":"), None)
    if colon is None or colon.i + 1 >= sentence.end:
        return
    opener = colon.nbor(1)
    act = opener.head
    if opener.lower_ == "that" and mandated(act):
        yield act
        yield from (c for c in act.subtree if c.dep_ in ("conj", "advcl") and c.tag_ in _PLAIN and mandated(c))
    elif opener.tag_ == "TO" and is_infinitive(act):
        yield act
        yield from (c for c in clauses.conjuncts(act) if c.tag_ == "VB")


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in clauses.SUBJECTS for c in verb.children)
