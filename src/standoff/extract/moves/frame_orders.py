"""Orders in a party's own words: 'Stop the shelling', 'Do not touch our ships'."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, known, lemma
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
    if first.i < verb.left_edge.i - 1 or any(c.dep_ == "mark" for c in verb.children):
        return
    if clauses.objects(verb) or clauses.complements(verb) or any(c.dep_ in ("prep", "prt") for c in verb.children):
        yield Frame(type="demand", predicate=verb, items=(verb,), rule="order", by=speech.parties)
