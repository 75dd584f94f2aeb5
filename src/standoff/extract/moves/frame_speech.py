"""What a party's own words amount to: the other's duty is a demand, its bad deeds an accusation, one's plans promises.

These frames need to know who speaks, so they read a `Scene`; those that the grammar shows by itself are in `frames`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_blame import is_blame
from standoff.extract.moves.frame_deeds import harms
from standoff.extract.moves.frame_verbs import is_supposed
from standoff.extract.moves.frame_words import Frame, known, lemma, makers
from standoff.extract.moves.sides import Scene
from standoff.extract.parties import owner
from standoff.model.record import MoveType

_FUTURE = frozenset({"will", "'ll", "wo", "would", "'d", "shall"})
_ABLE = frozenset({"can", "ca", "could", "might", "may"})
_MODALS = _FUTURE | _ABLE
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
            yield Frame(type="demand", predicate=verb, items=_duty(verb), rule="duty", by=speech.parties)
    elif about and not set(about) & set(speech.parties):
        yield from _of_the_other(scene, token, verb, subject, speech.parties)
    elif not about and subject.pos_ in ("NOUN", "PRON", "PROPN"):
        yield from _of_things(scene, token, verb, subject, speech.parties)


def outlook_frames(scene: Scene, verb: Token) -> Iterator[Frame]:
    """'will buy', 'would allow': what a side will give is a commitment; 'will not' is a refusal; 'could' an offer."""
    if verb.pos_ != "VERB" or verb.dep_ in ("xcomp", "amod", "advcl"):
        return
    yield from _set_up(scene, verb)
    yield from _announced(scene, verb)
    yield from _bound(scene, verb)
    helpers = _helpers(verb)
    ahead = not helpers.isdisjoint(_MODALS)
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
    elif _under_pact(verb) and helpers & _FUTURE and lemma(verb) not in known("states") | known("pact.apart"):
        kind: MoveType = "agree" if len(who) > 1 else "commit"
        yield Frame(type=kind, predicate=verb, doer=subject, items=(verb,), rule="under-pact")
    elif "would" not in helpers or scene.speech(verb) is not None or _weighs(verb):
        yield from _giving(scene, verb, subject, helpers)


def _bound(scene: Scene, verb: Token) -> Iterator[Frame]:
    """'under the deal, it had to buy more', 'as part of the accord it must open its ports'."""
    if clauses.is_negated(verb) or not is_duty(verb) or not _under_pact(verb):
        return
    subject = clauses.subject(verb)
    if len(scene.who(subject)) == 1 and not clauses.is_passive(verb):
        yield Frame(type="commit", predicate=verb, doer=subject, items=_duty(verb), rule="under-pact")


def _under_pact(verb: Token) -> bool:
    """'under the deal, it will buy more': what a side has undertaken."""
    over = clauses.prepositional(verb, "under")
    over += tuple(t for p in clauses.prepositional(verb, "as") for t in clauses.prepositional(p, "of"))
    return any(lemma(t) in known("pact.nouns") and not any(c.lower_ == "no" for c in t.children) for t in over)


def _announced(scene: Scene, verb: Token) -> Iterator[Frame]:
    """'both governments announced that the tariffs will end in May'."""
    if lemma(verb) != "announce" or verb.tag_ not in ("VBD", "VBN"):
        return
    subject = clauses.subject(verb)
    acts = tuple(c for c in clauses.complements(verb) if c.pos_ == "VERB" and _helpers(c) & _FUTURE)
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


def _helpers(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ == "aux"}


def _refusing(scene: Scene, verb: Token, subject: Token | None, helpers: set[str]) -> Iterator[Frame]:
    """'will not return', 'cannot accept', 'has not agreed'."""
    own = lemma(verb)
    if not helpers & (_FUTURE | _ABLE):
        yield Frame(
            type="refuse", predicate=verb, doer=subject, items=clauses.objects(verb)[:1] or (verb,), rule="did-not"
        )
        return
    firmly = bool(helpers & {"will", "wo", "would", "'ll"}) and own not in known("states") | known("pact.apart")
    firmly = firmly and (scene.speech(verb) is not None or own == "go")
    unable = own in known("give") | known("accept") and bool(helpers & (_FUTURE | {"can", "ca", "could"}))
    if (firmly or unable) and own not in known("silence"):
        yield Frame(type="refuse", predicate=verb, doer=subject, items=(verb,), rule="will-not")


def _giving(scene: Scene, verb: Token, subject: Token | None, helpers: set[str]) -> Iterator[Frame]:
    own, future = lemma(verb), bool(helpers & _FUTURE)
    if not future and helpers & {"can", "ca"} and scene.speech(verb) is None:
        return  # what a rule allows
    both = len(scene.who(subject)) > 1 and verb.dep_ != "relcl"
    if both and future and own not in known("states") | known("pact.apart"):
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
    return lemma(verb) == "consider" and "would" in _helpers(verb) and verb.tag_ == "VB"


def supposes(verb: Token) -> bool:
    """'would lift them if': an offer, not a promise."""
    return "would" in _helpers(verb) and any(
        g.lower_ in ("if", "provided", "should") and g.dep_ in ("mark", "aux")
        for c in verb.children
        if c.dep_ == "advcl"
        for g in c.children
    )


def _of_oneself(scene: Scene, token: Token, verb: Token, subject: Token) -> Iterator[Frame]:
    if token.pos_ != "VERB":
        return
    own, negated = lemma(verb), clauses.is_negated(verb)
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if own in known("stand.verbs") and not negated and is_duty(verb) and _is_dear(verb):
        yield Frame(type="refuse", predicate=verb, doer=subject, items=(verb,), rule="stands-firm")
    elif negated and helpers & _FUTURE and clauses.is_passive(verb):
        yield Frame(type="refuse", predicate=verb, doer=subject, items=(verb,), rule="will-not")
    elif negated and helpers & {"can", "ca", "could"} and own in known("give") | known("accept") | _do(verb):
        yield Frame(type="refuse", predicate=verb, doer=subject, items=(verb,), rule="cannot")
    elif not negated and helpers & {"can", "could", "might", "may"} and own in known("give") | known("accept"):
        yield Frame(type="offer", predicate=verb, doer=subject, items=(verb,), rule="could")
    elif plans(verb) and own == "consider" and not negated:
        yield Frame(type="offer", predicate=verb, doer=subject, items=(verb,), rule="own-plan")
    elif plans(verb) and _if_the_other(scene, verb, subject):
        yield Frame(type="threaten", predicate=verb, doer=subject, items=(verb,), rule="own-threat")
    elif plans(verb) and harms(verb):
        kind: MoveType = "refuse" if negated else "threaten"
        yield Frame(type=kind, predicate=verb, doer=subject, items=(verb,), rule="own-threat")
    elif plans(verb) and own in known("give") | known("accept") | known("undertake") and not _is_asked(verb):
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
        if token.dep_ in ("acomp", "oprd", "attr") and is_blame(token) and not clauses.is_negated(verb):
            yield Frame(
                type="accuse", predicate=token, recipient=subject, items=(token,), rule="blame-adjective", by=speaker
            )
        return
    own, negated = lemma(verb), clauses.is_negated(verb)
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if is_duty(verb):
        yield Frame(type="demand", predicate=verb, recipient=subject, items=_duty(verb), rule="duty", by=speaker)
    elif negated and helpers & {"can", "ca"} and not _is_withheld(verb):
        yield Frame(type="demand", predicate=verb, recipient=subject, items=(verb,), rule="duty", by=speaker)
    elif token.pos_ != "VERB":
        return
    elif plans(verb) and own in known("give") | known("accept"):
        kind: MoveType = "refuse" if negated else "commit"
        yield Frame(type=kind, predicate=verb, doer=subject, items=(verb,), rule="their-plan")
    elif (_blames(verb, own, negated) or accused(scene, verb)) and clauses.mode(verb) == "fact":
        yield Frame(type="accuse", predicate=verb, recipient=subject, items=(verb,), rule="blame", by=speaker)


def _is_withheld(verb: Token) -> bool:
    """'they can not only', 'they cannot have it': nothing that they must leave off."""
    return lemma(verb) in known("conditions.withheld") or any(c.lower_ == "only" for c in verb.children)


def _blames(verb: Token, own: str, negated: bool) -> bool:
    """'they steal', 'have not bought', 'is trying to bully'."""
    if clauses.is_passive(verb):
        return False  # 'they have been hurt'
    if own in known("harm.force"):
        return not negated
    if own == "behave":  # 'are behaving irrationally', 'are not behaving'
        return negated or any(c.tag_ == "RB" and c.lower_.endswith("ly") for c in verb.subtree)
    if any(is_blame(t) for t in clauses.objects(verb)):
        return not negated
    if own in known("blame.undone") and any(c.lower_ in ("has", "have", "had") for c in verb.children):
        return negated or any(c.lower_ == "no" for t in clauses.objects(verb) for c in t.children)
    return (own in known("blame.verbs") and not negated) or (
        own in known("give") and negated and verb.tag_ in ("VBN", "VBD", "VB", "VBG")
    )


def accused(scene: Scene, verb: Token) -> bool:
    """The main verb of what somebody claims or alleges."""
    speech = scene.speech(verb)
    if speech is None or speech.cue is None:
        return False
    claimed = speech.act == "accuse" or any(lemma(t) in known("alleging") for t in verb.doc[slice(*speech.cue)])
    return (
        claimed
        and lemma(verb) not in known("states")
        and (verb.head.i < speech.content[0] or verb.head.i >= speech.content[1] or verb.head == verb)
    )


def _of_things(scene: Scene, token: Token, verb: Token, subject: Token, speaker: tuple[str, ...]) -> Iterator[Frame]:
    """'the tariffs must go', 'this must be addressed': asked of the other side by who says it."""
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
    elif is_duty(verb) and lemma(subject) not in ("there", "i", "we") and subject.tag_ not in ("WP", "WDT"):
        yield Frame(type="demand", predicate=verb, items=_duty(verb), rule="duty-of-things", by=speaker)


def _is_granted(verb: Token) -> bool:
    """'the older chips will be made available', 'the licences will be approved'."""
    if not clauses.is_passive(verb) or clauses.is_negated(verb) or clauses.in_condition(verb):
        return False
    available = lemma(verb) == "make" and any(c.lower_ == "available" for c in verb.children)
    return bool(_helpers(verb) & {"will", "'ll"}) and (available or lemma(verb) in known("granting"))


def _placed(scene: Scene, thing: Token) -> tuple[str, ...]:
    """'the escalation of tensions in Washington': whose place is named in a phrase, if only one is."""
    named: set[str] = set()
    stack = [thing]
    while stack:
        inner = clauses.prepositional(stack.pop(), "of", "in", "by")
        named |= {p for t in inner for p in scene.who(t)}
        stack += inner
    return tuple(named) if len(named) == 1 else ()


def plans(verb: Token) -> bool:
    """'will', 'would', 'going to' before a verb of doing."""
    if lemma(verb) in known("states") or clauses.in_condition(verb):
        return False
    if verb.dep_ == "xcomp" and lemma(verb.head) == "go" and verb.head.tag_ == "VBG":
        return True
    if verb.dep_ in ("xcomp", "advcl") and verb.tag_ == "VBG" and lemma(verb.head) == "end":
        return plans(verb.head)  # 'will end up leaving'
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if verb.dep_ == "conj" and not helpers and verb.tag_ == "VB":
        helpers = {c.lower_ for c in verb.head.children if c.dep_ == "aux"}
    return bool(helpers & _FUTURE)


def _is_asked(verb: Token) -> bool:
    return any(c.tag_ in ("WP", "WDT", "WRB") or c.lower_ == "whether" for c in verb.children)


def _own_subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in clauses.SUBJECTS), None)


def is_duty(verb: Token) -> bool:
    """'must', 'should', 'have to', 'need to', 'need to be'."""
    if lemma(verb) in known("duty.idle") or (verb.dep_ in ("ccomp", "pcomp", "relcl") and _is_asked(verb)):
        return False
    if is_supposed(verb):
        return False
    if any(c.dep_ == "aux" and lemma(c) in known("duty.modals") for c in verb.children):
        return True
    if any(c.lower_ == "yet" for c in verb.children) or (lemma(verb) == "need" and clauses.is_negated(verb)):
        return False  # 'has yet to be found'
    return lemma(verb) in known("duty.verbs") and any(
        c.dep_ == "xcomp" and c.left_edge.i <= verb.i + 2 for c in verb.children
    )


def _duty(verb: Token) -> tuple[Token, ...]:
    if lemma(verb) in known("duty.verbs"):
        inner = tuple(c for c in verb.children if c.dep_ == "xcomp")
        return inner + tuple(t for i in inner for t in clauses.conjuncts(i)) or (verb,)
    return (verb, *(c for c in clauses.conjuncts(verb) if c.pos_ == "VERB"))
