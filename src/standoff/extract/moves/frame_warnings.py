"""What a party says will come of it: losses, a price, war, a fight that goes on. Such words threaten the other side."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, known, lemma
from standoff.extract.moves.sides import Scene
from standoff.extract.parties import is_joint, owner

_AHEAD = frozenset({"will", "'ll", "wo", "would", "'d", "shall"})


def warning_frames(scene: Scene, verb: Token) -> Iterator[Frame]:
    """The frames of 'will bring them more losses', 'will pay a price', 'our struggle will continue'."""
    speech = scene.speech(verb)
    if speech is not None and len(speech.parties) == 1 and (refused := _none_such(verb)) is not None:
        yield Frame(type="refuse", predicate=verb, items=(refused,), rule="none-such", by=speech.parties)
        return
    if speech is not None and len(speech.parties) == 1 and _looms(verb):
        yield Frame(type="threaten", predicate=verb, items=(verb,), rule="outcome", by=speech.parties)
        return
    if verb.pos_ != "VERB" or speech is None or len(speech.parties) != 1 or clauses.is_negated(verb):
        return
    if not any(c.dep_ == "aux" and c.lower_ in _AHEAD for c in verb.children) or clauses.in_condition(verb):
        return
    by, subject = speech.parties, clauses.subject(verb)
    about = tuple(p for p in scene.who(subject) if p not in by)
    own = subject is not None and not about and (scene.who(subject) == by or owner(scene.reading, subject) == by)
    if own and _goes_on(verb, subject):
        yield Frame(type="threaten", predicate=verb, doer=subject, items=(verb,), rule="goes-on", by=by)
    elif not own and not _of_all(scene, subject, by) and (harm := _harm(verb, bool(about))) is not None:
        told = tuple(p for t in clauses.prepositional(harm, "for", "to") for p in scene.who(t))
        if not set(told) & set(by):
            about = about or tuple(p for p in told if p in scene.sides)
            yield Frame(type="threaten", predicate=verb, items=(verb,), rule="outcome", by=by, about=about[:1])


def _of_all(scene: Scene, subject: Token | None, by: tuple[str, ...]) -> bool:
    """'both sides will suffer': of oneself, too."""
    return subject is not None and (is_joint(subject) or bool(set(scene.who(subject)) & set(by)))


def _none_such(verb: Token) -> Token | None:
    """'there will be no talks', 'no deal will be made', 'no deal is possible'."""
    there = lemma(verb) == "be" and any(c.dep_ == "expl" for c in verb.children)
    things = [c for c in verb.children if (c.dep_ == "attr" if there else c.dep_ in clauses.SUBJECTS)]
    none = ("no", "little") if there else ("no",)
    refused = next((t for t in things if any(c.lower_ in none for c in t.children)), None)
    if refused is None:
        return None
    if there and lemma(refused) in known("warning.scope") and not clauses.in_condition(verb):
        about = clauses.prepositional(refused, "for", "of", "on") or clauses.prepositional(verb, "for", "of", "on")
        return about[0] if about else None  # 'there is no room for a compromise'
    if there:
        ahead = any(c.dep_ == "aux" and c.lower_ in _AHEAD | {"can"} for c in verb.children)
    else:
        possible = any(c.dep_ == "acomp" and c.lower_ == "possible" for c in verb.children)
        ahead = possible or (clauses.is_passive(verb) and any(c.lower_ in _AHEAD | {"can"} for c in verb.children))
    if not ahead or clauses.in_condition(verb):
        return None
    return refused if lemma(refused) in known("harm.meetings") | known("pact.nouns") | known("warning.none") else None


def _looms(verb: Token) -> bool:
    """'there will be consequences'."""
    there = lemma(verb) == "be" and any(c.dep_ == "expl" for c in verb.children) and not clauses.in_condition(verb)
    if not there or clauses.is_negated(verb) or not any(c.lower_ in _AHEAD for c in verb.children if c.dep_ == "aux"):
        return False
    things = [
        t for t in clauses.objects(verb) if lemma(t) in ("consequence", "retaliation", "price", "reprisal", "hell")
    ]
    return bool(things) and not any(c.lower_ == "no" for t in things for c in t.children)


def _goes_on(verb: Token, subject: Token | None) -> bool:
    """'our struggle will continue', 'we will keep fighting', 'we will continue our strike'."""
    if lemma(verb) not in known("warning.goes_on") or subject is None:
        return False
    if lemma(subject) in known("warning.fights"):
        return True
    done = (*clauses.objects(verb), *clauses.complements(verb), *clauses.prepositional(verb, "with"))
    return any(lemma(t) in known("warning.fights") for t in done)


def _harm(verb: Token, by_other: bool) -> Token | None:
    """The harm that is foretold, or the verb itself where it tells of one ('they will regret it')."""
    own = lemma(verb)
    if by_other and own in known("warning.rue"):
        return verb
    if own not in known("warning.brings"):
        return None
    things = (*clauses.objects(verb), *clauses.prepositional(verb, "to", "in", "with", "for"))
    return next((t for t in things if lemma(t) in known("warning.harms")), None)
