"""Demands listed in a sentence of their own: 'They have three demands. These are A, B and C.'"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, known, lemma, pieces
from standoff.extract.moves.frames import frames

LISTING = frozenset({"be", "include"})
_POINTING = frozenset({"these", "they", "those"})


def list_frames(token: Token) -> Iterator[Frame]:
    """What 'these are' and 'they include' list, as what the sentence before asks for by its number or kind."""
    if lemma(token) not in LISTING or token.dep_ not in ("ROOT", "ccomp"):
        return
    pointing = clauses.subject(token)
    if pointing is None or pointing.lower_ not in _POINTING or token.sent.start == 0:
        return
    things = tuple(pieces(token.doc[token.i + 1 : max(t.i for t in token.subtree) + 1]))
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
