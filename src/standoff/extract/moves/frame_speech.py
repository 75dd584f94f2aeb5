"""What a party's own words amount to: the other's duty is a demand, its bad deeds an accusation, one's plans promises.

These frames need to know who speaks, so they read a `Scene`; those that the grammar shows by itself are in `frames`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues
from standoff.extract.moves.frame_blame import is_blame
from standoff.extract.moves.frame_deeds import harms
from standoff.extract.moves.frame_words import Frame, has_beside, is_resolute, known, lemma, makers, restricts
from standoff.extract.moves.modals import ABLE, FUTURE, duty, helpers_of, is_asked, is_duty, only_tells, plans
from standoff.extract.moves.sides import Scene
from standoff.extract.parties import owner
from standoff.model.record import MoveType

_VERBAL = frozenset({"VERB", "AUX", "ADJ", "NOUN"})


def spoken_frames(scene: Scene, token: Token) -> Iterator[Frame]:
    """The frames that a word opens because of who says it."""
    pos = token.pos_
    if pos not in _VERBAL or (pos in ("ADJ", "NOUN") and token.dep_ not in ("acomp", "oprd", "attr")):
        return
    speech = scene.speech(token)
    if speech is None or len(speech.parties) != 1 or speech.act in ("decline-to-comment", "deny"):
        return
    verb = token if token.pos_ in ("VERB", "AUX") else token.head
    if verb.pos_ not in ("VERB", "AUX") or (
        verb.dep_ == "ROOT" and not speech.content[0] <= verb.i < speech.content[1]
    ):
        return
    subject = clauses.subject(verb) if verb.dep_ in ("conj", "xcomp") else _own_subject(verb)
    if subject is None:
        return
    about = scene.who(subject)
    if about == speech.parties:
        yield from _of_oneself(scene, token, verb, subject)
    elif len(about) > 1 and set(about) & set(speech.parties):
        if token == verb and is_duty(verb):
            yield Frame(type="demand", predicate=verb, items=duty(verb), rule="duty", by=speech.parties)
    elif about and not set(about) & set(speech.parties):
        yield from _of_the_other(scene, token, verb, subject, speech.parties)
    elif not about:
        yield from _no_way(token, verb, subject, speech.parties)
        yield from _of_things(scene, token, verb, subject, speech.parties)


def _of_oneself(scene: Scene, token: Token, verb: Token, subject: Token) -> Iterator[Frame]:
    if token.pos_ != "VERB" or only_tells(verb):
        return
    own, negated, helpers = lemma(verb), clauses.is_negated(verb), helpers_of(verb)
    if own in known("stand.verbs") and not negated and is_duty(verb) and _is_dear(verb):
        yield Frame(type="refuse", predicate=verb, doer=subject, items=(verb,), rule="stands-firm")
    elif negated and helpers & FUTURE and clauses.is_passive(verb):
        yield Frame(type="refuse", predicate=verb, doer=subject, items=(verb,), rule="will-not")
    elif negated and helpers & {"can", "ca", "could"} and own in known("give") | known("accept") | _do(verb):
        yield Frame(type="refuse", predicate=verb, doer=subject, items=(verb,), rule="cannot")
    elif (plans(verb) or helpers & {"could", "may", "might"}) and not negated and _if_the_other(scene, verb, subject):
        yield Frame(type="threaten", predicate=verb, doer=subject, items=(verb,), rule="own-threat")
    elif not negated and helpers & {"can", "could", "might", "may"} and own in known("give") | known("accept"):
        yield Frame(type="offer", predicate=verb, doer=subject, items=(verb,), rule="could")
    elif plans(verb):
        yield from _planned(verb, subject, negated)


def _planned(verb: Token, subject: Token, negated: bool) -> Iterator[Frame]:
    """'will consider it', 'will retaliate', 'are going to buy more': what a side says that it will do."""
    own = lemma(verb)
    if own == "consider" and not negated:
        harmful = any(map(is_resolute, clauses.objects(verb)))  # 'will consider further measures'
        yield Frame(
            type="threaten" if harmful else "offer", predicate=verb, doer=subject, items=(verb,), rule="own-plan"
        )
    elif harms(verb):
        kind: MoveType = "refuse" if negated else "threaten"
        yield Frame(type=kind, predicate=verb, doer=subject, items=(verb,), rule="own-threat")
    elif own in known("give") | known("accept") | known("undertake") and not is_asked(verb):
        kind = "refuse" if negated else "commit"
        yield Frame(type=kind, predicate=verb, doer=subject, items=(verb,), rule="own-plan")


def _is_dear(verb: Token) -> bool:
    """'must safeguard its sovereignty', 'has to defend our interests'."""
    return any(lemma(t) in known("stand.dear") for t in clauses.objects(verb))


def _do(verb: Token) -> set[str]:
    """'we could not do that', but not 'which we cannot do'."""
    return set() if verb.dep_ == "relcl" else {"do"}


def _if_the_other(scene: Scene, verb: Token, subject: Token) -> bool:
    """'if they refuse, we will go on': what follows where the other side does wrong."""
    for child in verb.children:
        if child.dep_ == "advcl" and any(g.lower_ in ("if", "should") for g in child.children):
            other = _own_subject(child)
            bad = lemma(child) in known("wrong") or clauses.is_negated(child)
            if bad and other is not None and scene.who(other) and scene.who(other) != scene.who(subject):
                return True
    return False


def _of_the_other(scene: Scene, token: Token, verb: Token, subject: Token, speaker: tuple[str, ...]) -> Iterator[Frame]:
    if token != verb:
        negated = clauses.is_negated(verb)
        blamed = lemma(token) in known("blame.virtues") if negated else is_blame(token)
        if token.dep_ in ("acomp", "oprd", "attr") and blamed:
            rule = "no-virtue" if negated else "blame-adjective"
            yield Frame(type="accuse", predicate=token, recipient=subject, items=(token,), rule=rule, by=speaker)
        return
    own, negated, helpers = lemma(verb), clauses.is_negated(verb), helpers_of(verb)
    if _is_over(scene, verb):
        return
    if asked := _asked(scene, verb, own, negated, helpers):
        rule = "suggested" if asked == _suggested(scene, verb) and not is_duty(verb) else "duty"
        yield Frame(type="demand", predicate=verb, recipient=subject, items=asked, rule=rule, by=speaker)
    elif token.pos_ != "VERB":
        return
    elif clauses.is_passive(verb) and not negated and helpers & ABLE and own in known("granting"):
        about = scene.who(subject)  # 'they might be exempted'
        yield Frame(type="offer", predicate=verb, items=(verb,), rule="could", by=speaker, about=about)
    elif plans(verb) and own in known("give") | known("accept"):
        kind: MoveType = "refuse" if negated else "commit"
        yield Frame(type=kind, predicate=verb, doer=subject, items=(verb,), rule="their-plan")
    elif (_blames(verb, own, negated) or accused(scene, verb)) and clauses.mode(verb) == "fact":
        yield Frame(type="accuse", predicate=verb, recipient=subject, items=(verb,), rule="blame", by=speaker)


def _asked(scene: Scene, verb: Token, own: str, negated: bool, helpers: set[str]) -> tuple[Token, ...]:
    """What the other side is told to do: 'they must', 'it is for them to', 'they cannot', 'they could end it by'."""
    if is_duty(verb) or (own not in known("states") and _is_their_turn(verb)):
        return duty(verb)
    if negated:
        return (verb,) if helpers & {"can", "ca"} and not _is_withheld(verb) else ()
    return _suggested(scene, verb) if verb.pos_ == "VERB" and helpers & (ABLE | {"should"}) else ()


def _is_over(scene: Scene, verb: Token) -> bool:
    """'he had to spend two more days': told in somebody's own words of what is over."""
    speech = scene.speech(verb)
    return speech is not None and speech.direct and lemma(verb) in known("duty.verbs") and verb.tag_ == "VBD"


def _is_their_turn(verb: Token) -> bool:
    """'it is time for them to act', 'the only way is for them to come to the table'."""
    called = any(c.lower_ == "for" and c.dep_ == "mark" for c in verb.children)
    return called and any(c.tag_ == "TO" for c in verb.children) and lemma(verb.head) in known("turns")


def _suggested(scene: Scene, verb: Token) -> tuple[Token, ...]:
    """'suggested that they could close it', 'could take steps to', 'can avoid it by passing a bill'."""
    speech = None if clauses.is_passive(verb) else scene.speech(verb)
    cue = verb.doc[slice(*speech.cue)] if speech is not None and speech.cue is not None else ()
    if any(lemma(t) in known("suggested.cues") for t in cue):
        return (verb, *(c for c in clauses.conjuncts(verb) if c.pos_ == "VERB"))
    if lemma(verb) == "take" and any(lemma(t) in known("suggested.steps") for t in clauses.objects(verb)):
        return (verb,)
    if lemma(verb) in known("suggested.ends"):
        return tuple(t for t in clauses.prepositional(verb, "by") if t.tag_ == "VBG")
    return ()


def _is_withheld(verb: Token) -> bool:
    """'they can not only', 'they cannot have it': nothing that they must leave off."""
    return lemma(verb) in known("conditions.withheld") or any(c.lower_ == "only" for c in verb.children)


def _blames(verb: Token, own: str, negated: bool) -> bool:
    """'they steal', 'have not bought', 'is trying to bully'."""
    if clauses.is_passive(verb):
        return False  # 'they have been hurt'
    if (
        own == "go"
        and has_beside(verb, "back")
        and any(c.lower_ == "on" for t in verb.children for c in (t, *t.children))
    ):
        return not negated  # 'had gone back on its word'
    if own in ("go", "run", "act") and clauses.prepositional(verb, "against"):
        return not negated  # 'had gone against the spirit of the pact'
    if own in known("harm.force"):
        return not negated
    if own == "behave":  # 'are behaving irrationally', 'are not behaving'
        return negated or any(c.tag_ == "RB" and c.lower_.endswith("ly") for c in verb.subtree)
    objects = clauses.objects(verb)
    idioms = cues("moves")["blame"]["idioms"].get(own, ()) if verb.tag_ != "VB" else ()
    if any(is_blame(t) or lemma(t) in idioms for t in objects):
        return not negated
    if own in known("blame.undone") and verb.tag_ == "VBG" and negated and not clauses.complements(verb):
        return True  # 'is not delivering'
    if own in known("blame.undone") and any(c.lower_ in ("has", "have", "had") for c in verb.children):
        return negated or any(c.lower_ == "no" for t in clauses.objects(verb) for c in t.children)
    if own == "threaten" and clauses.complements(verb):
        return False  # 'has threatened to go ahead'
    return (own in known("blame.verbs") and not negated) or (
        own in known("give") and negated and verb.tag_ in ("VBN", "VBD", "VB", "VBG")
    )


def accused(scene: Scene, verb: Token) -> bool:
    """The main verb of what somebody claims or alleges."""
    speech = scene.speech(verb)
    if speech is None or speech.cue is None:
        return False
    if any(c.lower_ == "longer" for c in verb.children):
        return False  # 'claims that they no longer do it'
    claimed = speech.act == "accuse" or any(lemma(t) in known("alleging") for t in verb.doc[slice(*speech.cue)])
    return (
        claimed
        and lemma(verb) not in known("states")
        and (verb.head.i < speech.content[0] or verb.head.i >= speech.content[1] or verb.head == verb)
    )


def _of_things(scene: Scene, token: Token, verb: Token, subject: Token, speaker: tuple[str, ...]) -> Iterator[Frame]:
    """'the tariffs must go', 'this must be addressed': asked of the other side by who says it."""
    if subject.pos_ not in ("NOUN", "PRON", "PROPN"):
        return
    whose = tuple(p for p in owner(scene.reading, subject) or _placed(scene, subject) if p not in speaker)
    if token != verb:
        if lemma(subject) in makers("nouns") and lemma(token) in known("unacceptable"):
            return  # 'the demands are unacceptable' refuses them
        if whose and token.dep_ in ("acomp", "oprd", "attr") and is_blame(token) and not clauses.is_negated(verb):
            yield Frame(
                type="accuse", predicate=token, items=(token,), rule="blame-adjective", by=speaker, about=whose[:1]
            )
        elif (
            not owner(scene.reading, subject)
            and token.dep_ == "attr"
            and lemma(token) in known("blame.nouns")
            and not clauses.is_negated(verb)
        ):
            yield Frame(type="accuse", predicate=token, items=(token,), rule="blame-noun", by=speaker)
        return
    if whose and lemma(verb) in known("blame.verbs") and not clauses.is_negated(verb) and clauses.mode(verb) == "fact":
        yield Frame(type="accuse", predicate=verb, items=(verb,), rule="blame-thing", by=speaker, about=whose[:1])
        return
    if _is_granted(verb) and set(owner(scene.reading, subject)) <= set(speaker):
        unsure = any(c.lower_ in ("probably", "likely", "perhaps") for c in verb.children)
        yield Frame(type="offer" if unsure else "commit", predicate=verb, items=(verb,), rule="will-be", by=speaker)
    elif (
        is_duty(verb)
        and verb.dep_ != "relcl"
        and lemma(subject) not in ("there", "i", "we")
        and subject.tag_ not in ("WP", "WDT")
    ):
        yield Frame(type="demand", predicate=verb, items=duty(verb), rule="duty-of-things", by=speaker)


def _no_way(token: Token, verb: Token, subject: Token, speaker: tuple[str, ...]) -> Iterator[Frame]:
    """'raising duties is not the right way', 'tariffs are no solution', 'choosing a trade war is a mistake'."""
    harm = harms(subject) or restricts(subject) or any(lemma(t) in known("threats") for t in subject.subtree)
    if token == verb or not harm or token.dep_ not in ("acomp", "attr"):
        return
    negated = clauses.is_negated(verb) or any(c.lower_ == "no" and c.dep_ == "det" for c in token.children)
    hailed = lemma(token) in known("blame.no_ways") | known("blame.no_good")
    if (negated and hailed) or (not negated and subject.dep_ == "csubj" and is_blame(token)):
        yield Frame(type="accuse", predicate=token, items=(token,), rule="no-way", by=speaker)


def _is_granted(verb: Token) -> bool:
    """'the older chips will be made available', 'the licences will be approved'."""
    if not clauses.is_passive(verb) or clauses.is_negated(verb) or clauses.in_condition(verb):
        return False
    available = lemma(verb) == "make" and any(c.lower_ == "available" for c in verb.children)
    return bool(helpers_of(verb) & {"will", "'ll"}) and (available or lemma(verb) in known("granting"))


def _placed(scene: Scene, thing: Token) -> tuple[str, ...]:
    """'the escalation of tensions in Washington': whose place is named in a phrase, if only one is."""
    named: set[str] = set()
    stack = [thing]
    while stack:
        inner = clauses.prepositional(stack.pop(), "of", "in", "by")
        named |= {p for t in inner for p in scene.who(t)}
        stack += inner
    return tuple(named) if len(named) == 1 else ()


def _own_subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in clauses.SUBJECTS), None)
