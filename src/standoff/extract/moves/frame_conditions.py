"""What stands or falls with what the other side does: 'unless they lift', 'only if', 'until', 'depends on whether'."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_deeds import harms
from standoff.extract.moves.frame_words import Frame, known, lemma, makers, taken
from standoff.extract.moves.sides import Scene
from standoff.extract.parties import owner

_WAITING = frozenset({"when", "once"})  # 'only when they lift it'


def condition_frames(scene: Scene, token: Token) -> Iterator[Frame]:
    """A demand for what must come first, by who makes the rest wait for it."""
    head = _condition(token)
    if head is None:
        yield from _supposed(scene, token)
    elif _asks_for(head[0]):
        yield from _awaited(scene, token, *head)


def _supposed(scene: Scene, token: Token) -> Iterator[Frame]:
    """'if they', 'in exchange for', 'is dependent on'."""
    yield from _if_they(scene, token)
    if token.lower_ in known("conditions.swap") and token.dep_ == "pobj":
        yield from _exchanged(scene, token)
    elif token.lower_ in known("conditions.dependent"):
        yield from _dependent(scene, token)


def _awaited(scene: Scene, token: Token, act: Token, waits: Token) -> Iterator[Frame]:
    """What one side makes the rest wait for: 'will not lift them until the other stops'."""
    if waits.i in scene.cues and waits.dep_ == "conj":
        waits = waits.head  # '..., but only after it is lifted, said an official'
    waiting = scene.who(clauses.subject(waits)) if waits.pos_ in ("VERB", "AUX") else ()
    speech = scene.speech(token)
    spoken = speech.parties if speech is not None and len(speech.parties) == 1 else ()
    subject = next((c for c in act.children if c.dep_ in clauses.SUBJECTS), None)
    doer = scene.who(subject) if subject is not None and not clauses.is_passive(act) else scene.who(clauses.agent(act))
    if len(doer) > 1:
        return
    if doer and doer == waiting and token.lower_ in known("conditions.always"):
        # 'will walk away unless it has proof', or a pronoun laid at the wrong door
        by, doer = waiting, ()
    elif waiting and _is_kept_from(waits):
        by = tuple(p for p in spoken if p not in waiting) or _other(scene, waiting[0], act)
        doer = doer or waiting[:1]
    else:
        by = tuple(p for p in waiting or spoken if p not in doer)[:1] or tuple(p for p in spoken if p not in doer)
        by = by or (_other(scene, doer[0], act) if doer else ())
    if len(by) != 1 or not (doer or waiting == by or _is_act(act)):
        return
    for each in (act, *_also(act)):
        yield Frame(type="demand", predicate=each, items=(each,), rule="condition", by=by, about=doer)


def _asks_for(act: Token) -> bool:
    """Not 'depends on what they say', 'on whether they make good on their threat', 'until everything is agreed'."""
    if any(c.tag_ in ("WP", "WDT", "WRB") and c.lower_ not in _WAITING for c in act.children) or harms(act):
        return False
    if lemma(act) in ("follow", "carry", "make") and any(lemma(t) == "threat" for t in act.subtree):
        return False
    return all(
        c.lower_ not in ("everything", "anything", "nothing") for c in act.children if c.dep_ in clauses.SUBJECTS
    )


def _other(scene: Scene, party: str, near: Token) -> tuple[str, ...]:
    other = scene.opposite(party, near)
    return () if other is None else (other,)


def _is_kept_from(verb: Token) -> bool:
    """'they cannot have a deal until': withheld by the other side."""
    return lemma(verb) in known("conditions.withheld") and clauses.is_negated(verb)


def _if_they(scene: Scene, token: Token) -> Iterator[Frame]:
    """'would lift them if the other side gives it up', 'is ready to talk if': asked for what is offered."""
    act = token.head
    if token.lower_ not in known("conditions.supposing") or token.dep_ != "mark" or act.dep_ != "advcl":
        return
    giver = _giving(act.head)
    subject = next((c for c in act.children if c.dep_ in clauses.SUBJECTS), None)
    if giver is None or subject is None or clauses.is_passive(act) or clauses.is_negated(act):
        return
    by, doer = scene.who(clauses.subject(giver)), scene.who(subject)
    if len(by) == 1 and by == doer and subject.lower_ in ("it", "they"):
        doer = _other(scene, by[0], act)  # a pronoun laid at the wrong door
    if (
        len(by) != 1
        or len(doer) != 1
        or by == doer
        or lemma(act) in known("states") | known("wrong")
        or act.tag_ == "VBG"
    ):
        return
    if any(lemma(c) in known("blame.verbs") for c in (act, *clauses.complements(act))):
        return  # 'if they keep threatening us'
    for each in (act, *_also(act)):
        yield Frame(type="demand", predicate=each, items=(each,), rule="if-they", by=by, about=doer)


def _giving(waits: Token) -> Token | None:
    """The verb by which something is given or offered, from the one that an 'if' hangs on."""
    own = lemma(waits)
    helpers = {c.lower_ for c in waits.children if c.dep_ == "aux"}
    if clauses.is_negated(waits) or waits.tag_ == "VBG" or any(harms(c) for c in clauses.complements(waits)):
        return None
    if own in known("give") | known("accept") and helpers & {"will", "would", "'ll", "'d", "could", "can"}:
        return waits
    if own in makers("verbs.content") and makers("verbs.content")[own] in ("offer", "commit"):
        return waits
    if any(lemma(c) in makers("adjectives") and makers("adjectives")[lemma(c)] == "offer" for c in waits.children):
        return waits
    if waits.dep_ == "xcomp" and not clauses.is_negated(waits.head):
        above = waits.head
        offered = makers("adjectives").get(lemma(above)) or makers("verbs.content").get(lemma(above))
        return (above.head if above.pos_ == "ADJ" else above) if offered in ("offer", "commit") else None
    return None


def _also(act: Token) -> tuple[Token, ...]:
    """Further acts of the same doer: 'only if they stop firing and come to the table'."""
    return tuple(
        c
        for c in clauses.conjuncts(act)
        if c.pos_ == "VERB"
        and not any(g.dep_ in clauses.SUBJECTS and g.tag_ != "PRP" for g in c.children)
        and (
            c.tag_ == act.tag_
            or {c.tag_, act.tag_} == {"VBD", "VBN"}
            or any(g.dep_ == "mark" and g.lower_ == "that" for g in c.children)
        )
    )


def _exchanged(scene: Scene, token: Token) -> Iterator[Frame]:
    """'offers A in exchange for B': B is asked of the other side by who gives A."""
    above = token.head.head
    if token.head.lower_ != "in" or above.pos_ not in ("VERB", "AUX", "NOUN", "ADJ"):
        return
    if above.pos_ == "AUX" and not any(c.dep_ == "acomp" for c in above.children):
        return  # 'it is in exchange for': not 'is ready, in exchange for it, to'
    giver = clauses.subject(above) if above.pos_ in ("VERB", "AUX") else None
    by = scene.who(giver)
    things = taken(token, "for")
    if not things:  # read as 'buy ... for'
        things = tuple(t for t in clauses.prepositional(above, "for") if t.head.i == token.i + 1)
    if len(by) != 1 or not things or lemma(above) in known("conditions.getting") or lemma(things[0]) == "little":
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
        if word in known("conditions.only") and (not _only(token, verb) or _is_told(verb.head)):
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
    """'will not buy', 'will pledge no purchases', 'progress is impossible'."""
    if any(c.dep_ == "acomp" and c.lower_ in ("impossible", "unthinkable") for c in verb.children):
        return True
    return clauses.is_negated(verb) or any(c.lower_ == "no" for t in clauses.objects(verb) for c in t.children)


def _only(token: Token, verb: Token) -> bool:
    """'only if', 'only after', and 'not before'."""
    if token.i and token.doc[token.i - 1].lower_ == "only":
        return True
    possible = (g for c in verb.head.children if c.dep_ == "acomp" for g in c.children)
    near = (*token.children, *verb.children, *verb.head.children, *possible)
    return any(c.lower_ == "only" and c.i < token.i for c in near)


def _is_told(verb: Token) -> bool:
    """'it halted only after they had closed it': what happened, not what is waited for."""
    helped = any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    return (
        verb.tag_ in ("VBD", "VBN")
        and not helped
        and verb.pos_ == "VERB"
        and not any(c.dep_ == "ccomp" for c in verb.children)
    )


def _is_act(verb: Token) -> bool:
    own = lemma(verb)
    return (
        own in known("give")
        or own in known("accept")
        or own in known("harm.ease")
        or own in ("rule", "take", "end", "meet", "go", "finish", "pass")
    )
