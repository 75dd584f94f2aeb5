"""What stands or falls with what the other side does: 'unless they lift', 'only if', 'until', 'depends on whether'."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, known, lemma, taken
from standoff.extract.moves.sides import Scene
from standoff.extract.parties import owner


def condition_frames(scene: Scene, token: Token) -> Iterator[Frame]:
    """A demand for what must come first, by who makes the rest wait for it."""
    head = _condition(token)
    if head is None:
        if token.lower_ in known("conditions.swap") and token.dep_ == "pobj":
            yield from _exchanged(scene, token)
        elif token.lower_ in known("conditions.dependent"):
            yield from _dependent(scene, token)
        return
    act, waits = head
    if waits.i in scene.cues and waits.dep_ == "conj":
        waits = waits.head  # '..., but only after it is lifted, said an official'
    waiting = scene.who(clauses.subject(waits)) if waits.pos_ in ("VERB", "AUX") else ()
    speech = scene.speech(token)
    spoken = speech.parties if speech is not None and len(speech.parties) == 1 else ()
    subject = next((c for c in act.children if c.dep_ in clauses.SUBJECTS), None)
    doer = scene.who(subject) if subject is not None and not clauses.is_passive(act) else scene.who(clauses.agent(act))
    if len(doer) > 1:
        return
    by = tuple(p for p in waiting or spoken if p not in doer)[:1] or tuple(p for p in spoken if p not in doer)
    if not by and doer and (other := scene.opposite(doer[0], act)) is not None:
        by = (other,)
    if len(by) != 1 or not (doer or _is_act(act)):
        return
    yield Frame(type="demand", predicate=act, items=(act,), rule="condition", by=by, about=doer)


def _exchanged(scene: Scene, token: Token) -> Iterator[Frame]:
    """'offers A in exchange for B': B is asked of the other side by who gives A."""
    above = token.head.head
    if token.head.lower_ != "in" or above.pos_ not in ("VERB", "NOUN", "ADJ"):
        return
    giver = clauses.subject(above) if above.pos_ == "VERB" else None
    by = scene.who(giver)
    things = taken(token, "for")
    if not things:  # read as 'buy ... for'
        things = tuple(t for t in clauses.prepositional(above, "for") if t.head.i == token.i + 1)
    if len(by) != 1 or not things or lemma(above) in known("conditions.getting"):
        return
    yield Frame(type="demand", predicate=token, doer=giver, items=things, rule="exchange", by=by)


def _dependent(scene: Scene, token: Token) -> Iterator[Frame]:
    """'any deal is dependent on removal of their tariffs': asked by who says so, else of whose the thing is."""
    things = tuple(t for t in taken(token, "on", "upon") if t.pos_ == "NOUN")
    if not things:
        return
    whose = tuple(
        p for t in things for inner in (t, *clauses.prepositional(t, "of")) for p in owner(scene.reading, inner)
    )
    speech = scene.speech(token)
    by = speech.parties if speech is not None and len(speech.parties) == 1 else ()
    if not by and whose and (other := scene.opposite(whose[0], token)) is not None:
        by = (other,)
    if by and not set(by) & set(whose):
        yield Frame(type="demand", predicate=token, items=things, rule="condition", by=by, about=whose[:1])


def _condition(token: Token) -> tuple[Token, Token] | None:
    """The verb of the condition and the verb that waits for it."""
    word = token.lower_
    if token.dep_ in ("mark", "advmod", "prep") and word in known("conditions.always") | known("conditions.only"):
        verb = token.head
        besides = verb.dep_ == "conj" and token.i > 0 and token.nbor(-1).lower_ == "only"  # 'but only after'
        if not (besides or verb.dep_ in ("advcl", "ccomp", "pcomp")) or verb.pos_ not in ("VERB", "AUX"):
            return None
        if word == "until" and not (
            _gives_nothing(verb.head) or lemma(verb.head) in ("continue", "remain", "stay", "keep")
        ):
            return None
        if word in known("conditions.only") and not _only(token, verb):
            return None
        return verb, verb.head
    if lemma(token) in known("conditions.nouns") and token.dep_ == "pobj" and token.head.lower_ == "on":
        act = next(iter(clauses.complements(token)), None)
        return (act, token.head.head) if act is not None else None
    if lemma(token) in known("conditions.depends") and token.pos_ == "VERB":
        act = next((c for c in clauses.prepositional(token, "on", "upon") if c.pos_ in ("VERB", "AUX")), None)
        return (act, token) if act is not None else None
    return None


def _gives_nothing(verb: Token) -> bool:
    """'will not buy', 'will pledge no purchases'."""
    return clauses.is_negated(verb) or any(c.lower_ == "no" for t in clauses.objects(verb) for c in t.children)


def _only(token: Token, verb: Token) -> bool:
    """'only if', 'only after', and 'not before'."""
    if token.i and token.doc[token.i - 1].lower_ == "only":
        return True
    possible = (g for c in verb.head.children if c.dep_ == "acomp" for g in c.children)
    near = (*token.children, *verb.children, *verb.head.children, *possible)
    return any(c.lower_ == "only" and c.i < token.i for c in near)


def _is_act(verb: Token) -> bool:
    own = lemma(verb)
    return (
        own in known("give")
        or own in known("accept")
        or own in known("harm.ease")
        or own in ("rule", "take", "end", "meet", "go", "finish", "pass")
    )
