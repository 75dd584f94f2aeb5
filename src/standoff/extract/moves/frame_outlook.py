"""What a side will give, could give and will not do, whoever tells it; what both will do and are bound to."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, known, lemma
from standoff.extract.moves.modals import (
    ABLE,
    FUTURE,
    MODALS,
    duty,
    helpers_of,
    is_duty,
    only_tells,
    supposes,
    under_pact,
)
from standoff.extract.moves.sides import Scene
from standoff.model.record import MoveType


def outlook_frames(scene: Scene, verb: Token) -> Iterator[Frame]:
    """'will buy', 'would allow': what a side will give is a commitment; 'will not' is a refusal; 'could' an offer."""
    if verb.pos_ != "VERB" or verb.dep_ in ("xcomp", "amod", "advcl"):
        return
    yield from _set_up(scene, verb)
    yield from _grows(scene, verb)
    yield from _announced(scene, verb)
    yield from _seen(scene, verb)
    yield from _bound(scene, verb)
    helpers = helpers_of(verb)
    ahead = not helpers.isdisjoint(MODALS)
    if (not ahead and lemma(verb) not in known("unmet")) or clauses.is_passive(verb):
        return
    negated = clauses.is_negated(verb)
    if not ahead and not negated:
        return
    subject = clauses.subject(verb)
    who = scene.who(subject)
    if not who:
        return
    if negated:
        yield from _refusing(scene, verb, subject, helpers)
    elif clauses.in_condition(verb):
        return
    elif under_pact(verb) and helpers & FUTURE and lemma(verb) not in known("states") | known("pact.apart"):
        kind: MoveType = "agree" if len(who) > 1 else "commit"
        yield Frame(type=kind, predicate=verb, doer=subject, items=(verb,), rule="under-pact")
    elif "would" not in helpers or scene.speech(verb) is not None or _weighs(verb):
        yield from _giving(scene, verb, subject, helpers)


def _bound(scene: Scene, verb: Token) -> Iterator[Frame]:
    """'under the deal, it had to buy more', 'as part of the accord it must open its ports'."""
    if clauses.is_negated(verb) or not is_duty(verb) or not under_pact(verb):
        return
    subject = clauses.subject(verb)
    if len(scene.who(subject)) == 1 and not clauses.is_passive(verb):
        yield Frame(type="commit", predicate=verb, doer=subject, items=duty(verb), rule="under-pact")


def _seen(scene: Scene, verb: Token) -> Iterator[Frame]:
    """'the deal will see them send guards to the border', 'the accord would have them buy more': undertaken in it."""
    over = clauses.subject(verb) if lemma(verb) in ("see", "have") and helpers_of(verb) & FUTURE else None
    if over is None or lemma(over) not in known("pact.nouns") or clauses.is_negated(verb):
        return
    for act in clauses.complements(verb)[:1]:
        doer = next((c for c in act.children if c.dep_ in clauses.SUBJECTS), None)
        if act.pos_ == "VERB" and len(scene.who(doer)) == 1 and not clauses.is_passive(act):
            yield Frame(type="commit", predicate=act, doer=doer, items=(act,), rule="under-pact")


def _announced(scene: Scene, verb: Token) -> Iterator[Frame]:
    """'both governments announced that the tariffs will end in May'."""
    if lemma(verb) != "announce" or verb.tag_ not in ("VBD", "VBN"):
        return
    subject = clauses.subject(verb)
    acts = tuple(c for c in clauses.complements(verb) if c.pos_ == "VERB" and helpers_of(c) & FUTURE)
    if acts and len(scene.who(subject)) > 1:
        yield Frame(type="agree", predicate=verb, doer=subject, items=acts[:1], rule="will-jointly")


def _set_up(scene: Scene, verb: Token) -> Iterator[Frame]:
    """'the parties have set a deadline', 'both sides set up a working group'."""
    if lemma(verb) not in known("pact.set") or clauses.is_passive(verb) or clauses.is_negated(verb):
        return
    things = tuple(t for t in clauses.objects(verb) if lemma(t) in known("pact.set_up"))
    subject = clauses.subject(verb)
    if things and len(scene.who(subject)) > 1 and verb.tag_ in ("VBD", "VBN"):
        yield Frame(type="agree", predicate=verb, doer=subject, items=things[:1], rule="set-up")


def _grows(scene: Scene, verb: Token) -> Iterator[Frame]:
    """'our imports of their goods will increase': bought by whoever the imports are said to be of."""
    if lemma(verb) not in known("grows") or not helpers_of(verb) & FUTURE or clauses.is_negated(verb):
        return
    bought = clauses.subject(verb)
    if bought is None or lemma(bought) not in known("bought") or scene.speech(verb) is None:
        return
    whose = (c for c in bought.children if c.dep_ in ("poss", "amod", "compound"))
    named = tuple(p for c in whose for p in scene.who(c) or _qualifying(scene, c))
    if len(named) == 1:
        yield Frame(type="commit", predicate=verb, items=(verb,), rule="gain-grows", by=named)


def _qualifying(scene: Scene, word: Token) -> tuple[str, ...]:
    mention = scene.reading.mention(word)
    return (mention.party,) if mention is not None and mention.party else ()


def _refusing(scene: Scene, verb: Token, subject: Token | None, helpers: set[str]) -> Iterator[Frame]:
    """'will not return', 'cannot accept', 'has not agreed'."""
    own = lemma(verb)
    if helpers & MODALS and "have" in helpers:
        return  # 'would not have passed'
    if not helpers & (FUTURE | ABLE):
        yield Frame(
            type="refuse", predicate=verb, doer=subject, items=clauses.objects(verb)[:1] or (verb,), rule="did-not"
        )
        return
    firmly = bool(helpers & {"will", "wo", "would", "'ll"}) and own not in known("states") | known("pact.apart")
    firmly = firmly and (scene.speech(verb) is not None or own == "go")
    unable = own in known("give") | known("accept") and bool(helpers & (FUTURE | {"can", "ca", "could"}))
    if (firmly or unable) and own not in known("silence"):
        yield Frame(type="refuse", predicate=verb, doer=subject, items=(verb,), rule="will-not")


def _giving(scene: Scene, verb: Token, subject: Token | None, helpers: set[str]) -> Iterator[Frame]:
    own, future = lemma(verb), bool(helpers & FUTURE)
    if only_tells(verb) or "have" in helpers or any(c.lower_ == "only" and c.dep_ == "advmod" for c in verb.children):
        return  # 'will only comply if they are made to'
    if not future and helpers & {"can", "ca"} and scene.speech(verb) is None:
        return  # what a rule allows
    both = len(scene.who(subject)) > 1 and verb.dep_ != "relcl"
    if both and future and own not in known("states") | known("pact.apart") | known("blame.verbs"):
        yield Frame(type="agree", predicate=verb, doer=subject, items=(verb,), rule="will-jointly")
    elif own == "give" and future and any(lemma(t) == "list" for t in clauses.objects(verb)):
        yield Frame(type="demand", predicate=verb, doer=subject, items=clauses.objects(verb)[:1], rule="list")
    elif _weighs(verb) and scene.speech(verb) is None:
        yield Frame(type="offer", predicate=verb, doer=subject, items=(verb,), rule="could")
    elif own == "give" and not any(c.dep_ == "dative" and scene.who(c) for c in verb.children):
        return
    elif own in known("give"):
        yield Frame(
            type="commit" if future and not supposes(verb) else "offer",
            predicate=verb,
            doer=subject,
            items=(verb,),
            rule="will" if future else "could",
        )


def _weighs(verb: Token) -> bool:
    """'would consider an extension'."""
    return lemma(verb) == "consider" and "would" in helpers_of(verb) and verb.tag_ == "VB"
