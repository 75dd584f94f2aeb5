"""What a side wants to do itself: to meet is a demand on talks, to give is an offer, anything else is no move."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import words
from standoff.extract.moves.frame_orders import ordered
from standoff.extract.moves.frame_words import Frame, is_infinitive, known, lemma
from standoff.extract.moves.sides import Scene


def own_wish(scene: Scene, frame: Frame) -> Frame | None:
    """What a side wants to do itself: to meet is a demand on talks, to give is an offer, anything else is no move."""
    if frame.rule == "control" and (_is_of_oneself(scene, frame) or _is_unplaced(scene, frame)):
        return ordered(frame) or (frame if _is_unplaced(scene, frame) else None)
    if (
        frame.type != "demand"
        or frame.rule not in ("content", "want", "expect", "hope", "need", "seek")
        or frame.items[0].pos_ not in ("VERB", "AUX")
        or _is_theirs(frame)
    ):
        return frame
    item = next((i for i in frame.items if _is_approach(i)), frame.items[0])
    toward = scene.who(frame.recipient)
    if frame.recipient is not None and frame.recipient.dep_ == "pobj" and not toward:
        frame = replace(frame, recipient=None)  # 'wants to take it to a new level'
    if frame.rule == "expect" and lemma(item) in known("states"):
        return None
    if toward and not set(toward) & set(scene.who(frame.doer)):
        return frame
    if frame.recipient is not None and not toward and lemma(frame.recipient) in known("sought"):
        return replace(frame, items=(frame.recipient,), recipient=None)  # 'need a cut in the numbers coming'
    if frame.recipient is not None and not toward:
        return frame if is_wished(item) or _is_read_as_past(frame, item) else None
    if _is_approach(item) or (clauses.is_passive(item) and is_infinitive(item) and frame.recipient is None):
        return replace(frame, items=tuple(i for i in frame.items if _is_approach(i)) or (item,))
    if frame.rule in ("need", "expect"):
        return None
    given = tuple(t for t in (item, *_means(item)) if lemma(t) in known("give"))
    return replace(frame, items=given, type="offer", rule="want-to-give") if given else None


def _is_theirs(frame: Frame) -> bool:
    """'wrote to them to demand that it cut them': nobody demands an act of himself."""
    whom, item = frame.recipient, frame.items[0]
    asked = whom is not None and whom.lower_ in ("it", "they", "he") and whom.head == item
    return asked and lemma(frame.predicate) in ("demand", "request") and not clauses.is_passive(item)


def _means(verb: Token) -> tuple[Token, ...]:
    """By what somebody wants to do it: 'wants to narrow the gap by buying more, and by opening its ports'."""
    by = [c for t in (verb, verb.head) for c in t.children if c.lower_ == "by" and c.i > verb.i]
    by += [c for t in by for c in t.children if c.lower_ == "by"]
    means = (c for t in sorted(set(by)) for c in t.children if c.dep_ == "pcomp" and c.tag_ == "VBG")
    return tuple(t for c in means for t in (c, *clauses.conjuncts(c)))


def _is_of_oneself(scene: Scene, frame: Frame) -> bool:
    """'told them that it must defend itself': its own duty, asked of nobody."""
    named = frame.recipient is not None and (frame.recipient.pos_ != "PRON" or frame.recipient.lower_ in ("him", "her"))
    toward = scene.who(frame.recipient) if named else ()
    return bool(toward) and set(toward) <= set(scene.who(frame.doer))


def _is_unplaced(scene: Scene, frame: Frame) -> bool:
    """'ordered officials to', 'told his aides to': people of whom the report does not say whose they are."""
    whom = frame.recipient
    return whom is not None and whom.pos_ == "NOUN" and not scene.who(whom) and whom.lower_ in words("nouns", "agents")


def _is_approach(item: Token) -> bool:
    """'to meet', 'to hold a second summit'."""
    return lemma(item) in known("approach") or any(lemma(t) in known("harm.meetings") for t in clauses.objects(item))


def _is_read_as_past(frame: Frame, item: Token) -> bool:
    """'wants the gap dealt with', where the participle is read as a past."""
    return frame.rule == "want" and item.tag_ == "VBD" and item.i > frame.predicate.i


def is_wished(item: Token) -> bool:
    """'that it should end', 'to see it ended': wished of whatever it is."""
    wished = any(c.dep_ == "aux" and c.lower_ in ("should", "must", "will", "would") for c in item.children)
    return wished or item.tag_ in ("VB", "VBN")
