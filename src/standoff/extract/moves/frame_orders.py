"""Orders: in a party's own words to the other side ('Stop the shelling'), and to its own people ('told aides to')."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_deeds import harms
from standoff.extract.moves.frame_words import Frame, affected, known, lemma, restricts
from standoff.extract.moves.sides import Scene


def order_frames(scene: Scene, verb: Token) -> Iterator[Frame]:
    """A bare verb that heads a quoted sentence of a party, with something it is done to."""
    speech = scene.speech(verb)
    if speech is None or not speech.direct or len(speech.parties) != 1 or verb.tag_ != "VB":
        return
    if verb.dep_ not in ("ROOT", "ccomp") or lemma(verb) not in known("orders"):
        return
    if any(c.dep_ in clauses.SUBJECTS or (c.dep_ == "aux" and lemma(c) != "do") for c in verb.children):
        return
    first = next((t for t in verb.sent if not t.is_punct and t.i >= speech.content[0]), verb)
    opens = verb.left_edge.i > 0 and verb.left_edge.nbor(-1).text == ":"  # 'my message is simple: lift it'
    if (first.i < verb.left_edge.i - 1 and not opens) or _is_lets(verb) or any(c.dep_ == "mark" for c in verb.children):
        return
    if lemma(verb) == "let" and not any(scene.who(t) for t in _let(verb)):
        return  # 'do not let the papers tell you'
    if clauses.objects(verb) or clauses.complements(verb) or any(c.dep_ in ("prep", "prt") for c in verb.children):
        yield Frame(type="demand", predicate=verb, items=(verb,), rule="order", by=speech.parties)


def ordered(frame: Frame) -> Frame | None:
    """'told his aides to draw up more tariffs': one's own people are set to a harm, which threatens the other side."""
    if lemma(frame.predicate) not in known("ordering"):
        return None
    under = [t for item in frame.items for t in item.subtree]
    if any(lemma(t) in known("harm.ease") and any(map(restricts, affected(t))) for t in under if t.pos_ == "VERB"):
        return None
    measure = next((t for t in under if t.pos_ in ("NOUN", "PROPN") and restricts(t)), None)
    if measure is None and not any(t.pos_ == "VERB" and harms(t) for t in under):
        return None
    return Frame(
        type="threaten",
        predicate=frame.predicate,
        doer=frame.doer,
        items=frame.items[:1],
        rule="orders",
        measure=measure,
    )


def _is_lets(verb: Token) -> bool:
    """'let us see', 'let me say'."""
    return lemma(verb) == "let" and any(t.lower_ in ("us", "'s", "me", "’s") for t in _let(verb))


def _let(verb: Token) -> tuple[Token, ...]:
    """Who is to be let do something."""
    return (*clauses.objects(verb), *(s for c in clauses.complements(verb) for s in c.children))
