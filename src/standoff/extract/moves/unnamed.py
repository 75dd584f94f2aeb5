"""Who acts in a frame that names nobody."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame
from standoff.extract.moves.sides import Scene
from standoff.extract.parties import owner


def _is_past(verb: Token) -> bool:
    """'a deal struck in May', 'a truce was struck', but not 'once a deal is reached'."""
    return verb.dep_ == "acl" or any(c.lower_ in ("was", "were", "has", "have", "had") for c in verb.children)


def unnamed(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Who acts where nobody is named: whoever speaks, else whoever stands against the one it is done to."""
    speech = scene.speech(frame.predicate)
    spoken = speech.parties if speech is not None and len(speech.parties) == 1 else ()
    if frame.rule == "owned-blame":
        return _blamer(scene, frame, spoken)
    if frame.rule in _SAID:
        return spoken
    toward = frame.about or scene.who(frame.recipient)
    if frame.rule == "pact":
        return _at_the_table(scene, frame, toward)
    if frame.rule == "noun" and frame.type == "threaten" and not toward:
        return others_than(scene, spoken, frame.predicate)
    if frame.rule in _DONE_TO_GOODS:
        found = others_than(scene, toward or owner_of(scene, frame.recipient), frame.predicate)
        return found or (spoken if frame.rule.endswith("-ahead") else ())
    if frame.rule in _ASKED:
        return others_than(scene, toward, frame.predicate) or spoken
    return others_than(scene, toward, frame.predicate) if frame.rule in ("call-off", "particle", "accuse") else ()


_SAID = frozenset({"no-wish", "unacceptable", "to-blame", "door", "off-table", "charge-not"})
_DONE_TO_GOODS = frozenset(
    "act act-ahead charge charge-ahead listing unheeded spelled-out granted faced faced-ahead".split()
)
_ASKED = frozenset("noun light prep-inf content-passive control-passive control prep".split())


def _blamer(scene: Scene, frame: Frame, spoken: tuple[str, ...]) -> tuple[str, ...]:
    """Who blames a side for its deed; nobody where it is no side's: 'a breach of the limit'."""
    blamed = scene.who(frame.recipient) or owner(scene.reading, frame.predicate)
    verb = clauses.verb_above(frame.predicate)
    above = scene.who(clauses.subject(verb)) if verb is not None else ()
    return tuple(p for p in spoken or above if p not in blamed)[:1] if blamed else ()


def _at_the_table(scene: Scene, frame: Frame, toward: tuple[str, ...]) -> tuple[str, ...]:
    """Who has made a pact: 'signed between the three', or both sides, where the report names them."""
    if len(toward) > 1:
        return toward
    if toward:
        return others_than(scene, toward, frame.predicate)
    between = scene.reading.pack.between
    both = len(between) == 2 and _is_past(frame.predicate) and all(scene.named[p] for p in between)
    return between if both else ()


def owner_of(scene: Scene, head: Token | None) -> tuple[str, ...]:
    """Whose a thing is, or what it is of: '$110 billion of imports from China'."""
    if head is None:
        return ()
    return next(
        (o for t in (head, *clauses.prepositional(head, "of", "worth", "in")) if (o := owner(scene.reading, t))), ()
    )


def others_than(scene: Scene, toward: tuple[str, ...], near: Token) -> tuple[str, ...]:
    """The party that stands against the one it is done to, if there is one alone."""
    return tuple(o for p in toward[:1] if (o := scene.opposite(p, near)) is not None)
