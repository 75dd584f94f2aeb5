"""Demands listed in a sentence of their own: 'They have three demands. These are A, B and C.'"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, known, lemma
from standoff.extract.moves.frames import frames

LISTING = frozenset({"be", "include"})
_THINGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_POINTING = frozenset({"these", "they", "those"})


def list_frames(token: Token) -> Iterator[Frame]:
    """What 'these are' and 'they include' list, as what the sentence before asks for by its number or kind."""
    if lemma(token) not in LISTING or token.dep_ not in ("ROOT", "ccomp"):
        return
    pointing = clauses.subject(token)
    if pointing is None or pointing.lower_ not in _POINTING or token.sent.start == 0:
        return
    things = tuple(_pieces(token))
    if len(things) < 2:
        return
    for asked in _asked(token.doc[token.sent.start - 1].sent):
        yield Frame(
            type=asked.type,
            predicate=asked.predicate,
            doer=asked.doer,
            recipient=asked.recipient,
            items=things,
            rule="list",
        )
        return


def _pieces(verb: Token) -> Iterator[Token]:
    """The head of each piece between commas behind a verb: parsers seldom see that long lists are coordinated."""
    end = max(t.i for t in verb.subtree) + 1
    start = verb.i + 1
    for i in range(start, end + 1):
        if i == end or verb.doc[i].text in (",", ";"):
            piece = verb.doc[start:i]
            start = i + 1
            outward = [t for t in piece if t.head.i < piece.start or t.head.i >= piece.end]
            head = next((t for t in outward if t.pos_ in _THINGS), None)
            if head is not None and head.dep_ != "relcl":
                yield from (head, *(c for c in clauses.conjuncts(head) if c.i < piece.end))


def _asked(sentence: Span) -> Iterator[Frame]:
    """The demands of a sentence that leave open what is asked: 'has five demands', 'wants five areas addressed'."""
    for noun in sentence:
        if noun.tag_ != "NNS" or lemma(noun) not in known("listing"):
            continue
        if lemma(noun) == "demand":
            has = lemma(noun.head) in ("have", "make", "present", "set")
            doer = clauses.subject(noun.head) if has else clauses.possessor(noun)
            if doer is not None:
                yield Frame(type="demand", predicate=noun, doer=doer, items=(noun,), rule="list")
        for token in noun.ancestors:
            yield from (f for f in frames(token) if f.type == "demand" and token.pos_ == "VERB")
