"""How real a move is: made, expected, supposed, or known only from unnamed sources."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, lemma
from standoff.extract.moves.sides import Scene
from standoff.extract.moves.undone import mood
from standoff.model.record import MoveStatus

_PLANS = frozenset(
    {"will", "will-not", "duty", "own-plan", "their-plan", "cannot", "own-threat", "duty-of-things", "condition"}
    | {"if-they", "outcome", "goes-on", "under-pact", "stands-firm", "gain-grows", "suggested"}
)


def status(scene: Scene, frame: Frame) -> MoveStatus:
    """How real the move is, by the mood of its clause and by who tells it."""
    speech = scene.speech(frame.predicate)
    mode = _told_mood(scene, frame)
    if frame.type == "offer" and frame.rule in ("could", "left-open"):
        mode = "hypothetical"
    if mode == "hypothetical" and frame.rule != "adjective":
        return "hypothetical"
    if mode == "expected" and (frame.rule == "agenda" or frame.type not in ("threaten", "commit", "offer", "ease")):
        return "expected"
    if speech is not None and speech.kind == "anonymous" and not _is_history(frame):
        return "reported-by-sources"
    return "made"


def _told_mood(scene: Scene, frame: Frame) -> clauses.Mode:
    """The mood of the clause; 'said it would', 'we would like them to' are as good as 'will' and 'want'."""
    predicate = frame.predicate
    if frame.rule in _PLANS or frame.rule == "will-jointly":
        return "fact"
    mode = mood(predicate if predicate.pos_ != "ADJ" else predicate.head)
    helpers = {c.lower_ for c in predicate.children if c.dep_ == "aux"}
    if mode != "hypothetical" or not helpers & {"would", "'d"} or clauses.in_condition(predicate):
        return mode
    if frame.rule == "want" and lemma(predicate) == "like":
        return "fact"  # 'would like to see'
    speech, by = scene.speech(predicate), frame.by or scene.who(frame.doer)
    own = speech is not None and bool(by) and set(by) <= set(speech.parties)
    return "fact" if own and not _depends(predicate) else mode


def _depends(verb: Token) -> bool:
    """'would lift them if it stopped'."""
    inner = (c for c in verb.children if c.dep_ == "advcl")
    return any(g.lower_ in clauses.CONDITIONS for c in inner for g in c.children)


def _is_history(frame: Frame) -> bool:
    """'the duties imposed in May', 'a deal struck then': known facts that a source only mentions."""
    verb = frame.predicate
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and frame.type in ("impose", "ease", "agree")
