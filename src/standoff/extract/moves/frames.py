"""Predicates that make a move: verbs, nouns and adjectives of the lexicon with who does, toward whom, and what.

A frame says only what the clause says. Who is which party, on which issue, and whether it is denied or supposed is
settled elsewhere: `sides`, `settled`, `moves`. What a party's own words amount to is read in `frame_speech`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues
from standoff.extract.moves.frame_agenda import agenda
from standoff.extract.moves.frame_colons import colon_frames, mandated
from standoff.extract.moves.frame_concessions import concession, left_open, left_pact, struck_out
from standoff.extract.moves.frame_deeds import deed_frames
from standoff.extract.moves.frame_effects import threatened
from standoff.extract.moves.frame_idioms import idiom
from standoff.extract.moves.frame_nouns import adjective_frames, noun_frames
from standoff.extract.moves.frame_stances import stance_frames
from standoff.extract.moves.frame_verbs import verb_frames
from standoff.extract.moves.frame_words import Frame, is_infinitive, known, lemma

__all__ = ["Frame", "frames", "triggers", "unfolded"]

_ROOTS = (
    "verbs",
    "nouns",
    "adjectives",
    "unacceptable",
    "light",
    "harm",
    "pact",
    "blame",
    "steps",
    "unwilling",
    "conditions",
    "due",
    "concession",
    "carried",
    "left",
    "goals",
    "struck",
    "agenda",
    "mandating",
    "pictures",
    "idioms",
    "displeased",
)
_NOUNS = frozenset({"NOUN", "PROPN"})


@cache
def triggers() -> frozenset[str]:
    """The words of the lexicon that open frames: a token that is none of them, by lemma or as it stands, opens none."""
    found: set[str] = set()
    stack: list[object] = [cues("moves")[root] for root in _ROOTS]
    while stack:
        at = stack.pop()
        if isinstance(at, dict):
            found |= {key for key in at if isinstance(key, str)}
            stack += at.values()
        elif isinstance(at, list):
            found |= {str(word) for word in at}
    return frozenset(found | {word.rpartition("-")[2] for word in found})


def frames(token: Token) -> Iterator[Frame]:
    """The frames that a word opens; none for most words."""
    pos = token.pos_
    if pos == "VERB" or token.tag_.startswith("VB"):
        given_way = (_given_way(token) if lemma(token) in _giving_way() else None) or idiom(token)
        found = (given_way,) if given_way is not None else () if mandated(token) else tuple(deed_frames(token))
        yield from found
        if not found:
            yield from verb_frames(token)
            yield from stance_frames(token)
    elif pos in _NOUNS:
        listed = tuple(colon_frames(token))
        yield from listed or noun_frames(token)
        yield from stance_frames(token)
    elif pos == "ADJ":
        looming = threatened(token)  # where the parser takes the participle for an adjective
        yield from (looming,) if looming is not None else adjective_frames(token)


@cache
def _giving_way() -> frozenset[str]:
    """The verbs that may open one of the rules of `_given_way`."""
    lists = ("concession.drop", "concession.back", "struck.out", "agenda.raise", "agenda.talk")
    return frozenset({"rule", "take"}).union(*map(known, lists))


def _given_way(verb: Token) -> Frame | None:
    """Demands dropped, steps left open, pledges struck out, pacts left, issues raised."""
    return concession(verb) or left_open(verb) or struck_out(verb) or left_pact(verb) or agenda(verb)


def _spelled_out(verb: Token) -> list[Token]:
    """What an act is done to, where it is spelled out: 'to discuss its two demands: A and B' is about A and about B."""
    found: list[Token] = []
    for thing in clauses.objects(verb):
        named = [c for c in thing.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
        if named and lemma(thing) in known("listing"):
            found += [t for n in named for t in (n, *clauses.conjuncts(n))]
    return found if len(found) > 1 else []


def _listed_after(act: Token) -> list[Token]:
    """'to keep A, to buy B, and to open C': the later infinitives of a list, wherever the parser hangs them."""
    doc, end = act.doc, act.sent.end
    if not is_infinitive(act):
        return []
    found: list[Token] = []
    closed = False
    for to in doc[act.i + 1 : end]:
        joined = to.nbor(-1).lower_ in ("and", "or")
        before = to.nbor(-2 if joined else -1)
        if to.tag_ == "TO" and before.text == "," and to.head.tag_ == "VB" and to.head.i > to.i:
            found.append(to.head)
            if joined:
                closed = True
                break
    return found if closed and len(found) > 1 else []


def _is_alike(later: Token, act: Token) -> bool:
    """'take countermeasures and sue', but not 'take them but did not say which', '... and the other would lift'."""
    own = any(c.dep_ in clauses.SUBJECTS or (c.dep_ == "aux" and lemma(c) == "do") for c in later.children)
    return later.tag_ == act.tag_ and not own


def unfolded(items: tuple[Token, ...]) -> tuple[Token, ...]:
    """Items with light ones opened: 'to take action to cut tariffs and end theft' asks for two things."""
    found: list[Token] = []
    for item in items:
        inner: list[Token] = []
        if lemma(item) in ("take", "make", "begin", "start", "continue", "agree"):
            for child in item.children:
                if child.dep_ == "dobj":
                    inner += [c for c in child.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)]
                elif child.dep_ == "xcomp":
                    inner.append(child)
        elif lemma(item) == "see":
            inner += clauses.complements(item) or clauses.objects(item)
        elif item.pos_ == "VERB":
            inner += _spelled_out(item)
        inner = inner or [item, *_listed_after(item)]
        for act in inner:
            found += [act, *(c for c in clauses.conjuncts(act) if act in inner and _is_alike(c, act))]
    return tuple(dict.fromkeys(found))
