"""Whether what somebody wants, vows or warns of is bargained about: no weapon, no votes, not what may harm farmers."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_deeds import harms, spares
from standoff.extract.moves.frame_words import Frame, known, lemma, restricts
from standoff.extract.moves.sides import Scene

_AHEAD = frozenset({"will", "'ll", "would", "'d", "shall", "could", "may", "might"})


def is_bargained(scene: Scene, frame: Frame) -> bool:
    """Whether a frame is a move as far as its words for wanting, vowing or warning leave that open."""
    own, item = lemma(frame.predicate), frame.items[0]
    if frame.rule in ("seek", "need") or (frame.rule == "prep" and own in ("hope", "look")):
        return _is_sought(scene, frame, item)
    if frame.type == "commit" and frame.rule == "content" and own in known("vows"):
        return _gives(item)
    if frame.type == "threaten" and frame.rule == "content":
        return _is_threat(scene, frame, own, item)
    return True


def _is_sought(scene: Scene, frame: Frame, item: Token) -> bool:
    """'seeks relief', 'needs assurances', but not 'the future we seek', 'seeks vengeance'."""
    if item.pos_ in ("VERB", "AUX"):
        return True
    if item.pos_ == "NUM":
        return True
    asked = frame.recipient is not None and bool(scene.who(frame.recipient))
    return asked or lemma(item) in known("sought") | known("harm.meetings") | known("harm.gains") | known("pact.nouns")


def _gives(item: Token) -> bool:
    """What is vowed: a gain for the other side or a harm to it; to 'stand up for workers' is neither."""
    if item.pos_ not in ("VERB", "AUX"):
        return True
    given = known("give") | known("accept") | known("undertake") | known("weighing")
    return lemma(item) in given or harms(item) or spares(item) or clauses.is_negated(item)


def _is_threat(scene: Scene, frame: Frame, own: str, item: Token) -> bool:
    """What is threatened or warned of: one's own act or what it brings, not what a third thing may do."""
    if item.pos_ in ("NOUN", "PROPN", "PRON"):
        return not scene.who(item)  # 'warned the president'
    subject = next((c for c in item.children if c.dep_ in clauses.SUBJECTS), None)
    if own != "warn" or subject is None:
        return True
    if not {c.lower_ for c in item.children if c.dep_ == "aux"} & _AHEAD and item.tag_ != "VBG":
        return lemma(item) == "be" and _is_ready(item)
    if restricts(subject) or lemma(item) in known("warned"):
        return not any(lemma(t) in ("hurt", "harm", "damage") for t in (item, *item.children))
    who = scene.who(subject)
    return bool(who) and set(who) <= set(frame.by or scene.who(frame.doer))


def _is_ready(verb: Token) -> bool:
    """'warned that it was ready to strike'."""
    return any(c.dep_ == "acomp" and lemma(c) in known("adjectives.offer") for c in verb.children)
