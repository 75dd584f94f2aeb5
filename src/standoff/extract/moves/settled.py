"""What a frame amounts to once negation, wishes, conditions and mood are worked in; None where it is no move."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.bargained import is_bargained
from standoff.extract.moves.frame_deeds import harms, spares
from standoff.extract.moves.frame_words import Frame, is_infinitive, known, lemma, makers
from standoff.extract.moves.modals import supposes
from standoff.extract.moves.sides import Scene
from standoff.extract.moves.undone import (
    at_stake,
    is_doubted,
    is_empty,
    is_none,
    is_only_thought_of,
    is_unlikely,
    mood,
    promised_of,
)
from standoff.extract.moves.wishes import is_wished, own_wish
from standoff.extract.parties import owner
from standoff.model.record import MoveType

_NEGATED: dict[MoveType, MoveType | None] = {
    "offer": "refuse",
    "commit": "refuse",
    "agree": "refuse",
    "ease": "refuse",
    "impose": "ease",
    "demand": None,
    "refuse": None,
    "threaten": None,
    "accuse": None,
}
# Rules that have read negation and mood themselves.
_READ = frozenset(
    {
        "if-they",
        "outcome",
        "goes-on",
        "order",
        "none-such",
        "left-open",
        "will-not",
        "did-not",
        "blame",
        "own-plan",
        "their-plan",
        "cannot",
        "own-threat",
        "duty",
        "duty-of-things",
        "condition",
        "owned-blame",
        "no-wish",
        "calling",
        "under-pact",
        "will-be",
        "stands-firm",
        "gain-grows",
        "suggested",
        "off-table",
        "no-way",
        "no-virtue",
    }
)
_DEEDS = frozenset("act force walkout listing charge stop-gain resume-gain call-off hold-off spared pull-back".split())
_DONE_TO_GOODS = frozenset({"act", "charge", "faced", "hit-with"})
_MEANS = frozenset("by after for in with since".split())
_WILL = frozenset({"will", "would", "wo", "'ll"})
_IN_CONDITIONS = frozenset({"condition", "if-they", "owned-blame"})
_NOT_DONE = frozenset("fail avoid stop refuse decline".split())


def settled(scene: Scene, frame: Frame) -> Frame | None:
    """The frame as the move it makes; None where nothing is done."""
    predicate = frame.predicate
    frame = replace(frame, items=at_stake(scene, frame))
    if not frame.items:
        return None
    if frame.measure is not None and any(c.lower_ == "no" and c.dep_ == "det" for c in frame.measure.children):
        return None  # 'levied no new tariffs'
    if frame.rule not in _READ and _is_questioned(predicate):
        return None
    if frame.measure is not None or frame.rule in _DEEDS or frame.rule == "pact":
        if (done := _done(frame)) is None:
            return None
        frame = done
    verb = predicate.head if predicate.pos_ == "ADJ" and predicate.head.pos_ in ("AUX", "VERB") else predicate
    if verb.dep_ == "xcomp" and frame.rule != "left-open" and _is_left_undone(verb):
        asked = frame.type == "agree" and lemma(frame.items[0]) in known("asked") and lemma(verb) == "accept"
        return replace(frame, type="refuse", rule="did-not") if asked else None
    if any(c.lower_ == "than" and c.dep_ in ("mark", "prep") for c in predicate.children):
        return None  # 'would rather close it than accept'
    if frame.rule not in _READ and (clauses.is_negated(verb) or clauses.is_negated(predicate) or is_unlikely(verb)):
        return _turned(frame, verb)
    if _is_advised(scene, frame, verb):
        return None
    wish = _wished(scene, frame, verb)
    return None if wish is None else _weighed(scene, wish)


def _is_advised(scene: Scene, frame: Frame, verb: Token) -> bool:
    """'the president should demand it', 'needs to decline': what others would have a side do."""
    if frame.rule in _READ or frame.type in ("agree", "commit", "offer") or frame.by:
        return False
    top = verb.head if verb.dep_ == "xcomp" and lemma(verb.head) in known("duty.verbs") else verb
    modals = any(c.dep_ == "aux" and lemma(c) in known("duty.modals") for c in verb.children)
    if not modals and top == verb:
        return False
    speech, doer = scene.speech(verb), scene.who(frame.doer)
    return bool(doer) and (speech is None or not set(doer) & set(speech.parties))


def _is_questioned(word: Token) -> bool:
    """'whether they would be willing', 'why they would want it'."""
    marks = (c for t in (word, word.head) for c in t.children if c.dep_ in ("mark", "advmod"))
    return any(c.lower_ in ("whether", "why") or (c.lower_ == "how" and c.head == word) for c in marks)


def _is_left_undone(verb: Token) -> bool:
    """'failed to', 'refused to', 'has yet to'."""
    return lemma(verb.head) in _NOT_DONE or (
        lemma(verb.head) in ("have", "be") and any(c.lower_ == "yet" for t in (verb, verb.head) for c in t.children)
    )


def _turned(frame: Frame, verb: Token) -> Frame | None:
    """What a negated frame is."""
    turned = _NEGATED[frame.type]
    if clauses.in_condition(frame.predicate) or frame.rule == "plan":
        return None  # 'if it does not give way', 'had not planned to'
    if frame.type == "impose" and not {c.lower_ for c in verb.children if c.dep_ == "aux"} & _WILL:
        return None  # 'has not imposed': nothing done
    return replace(frame, type=turned, rule=f"{frame.rule}-not") if turned else None


def _wished(scene: Scene, frame: Frame, verb: Token) -> Frame | None:
    """The frame where it is more than thought of."""
    predicate = frame.predicate
    if frame.type in ("offer", "commit") and is_none(frame):
        return replace(frame, type="refuse", rule=f"{frame.rule}-not")  # 'will pledge no purchases'
    if frame.type in ("commit", "agree") and predicate.tag_ in ("VBZ", "VBP", "VB") and _is_unsettled(predicate):
        return None
    if is_doubted(verb) or (frame.rule not in _READ and is_only_thought_of(frame, verb)):
        return None
    wish = own_wish(scene, frame)
    if wish is None or is_empty(wish):
        return None
    supposed = clauses.in_condition(predicate) and wish.type != "threaten" and wish.rule not in _IN_CONDITIONS
    return None if supposed else wish


def _is_unsettled(verb: Token) -> bool:
    """'before it agrees to sign', 'to get them to agree', 'no choice but to accept'."""
    return _is_awaited(verb) or _is_brought_about(verb) or _is_open_still(verb)


def _is_brought_about(verb: Token) -> bool:
    """'to get them to agree to it'."""
    asked = verb.tag_ == "VB" and verb.dep_ in ("ccomp", "xcomp") and is_infinitive(verb)
    return asked and makers("verbs.control").get(lemma(verb.head)) == "demand"


def _is_open_still(verb: Token) -> bool:
    """'have no choice but to accept it', 'a reason to accept'."""
    ahead = known("carried") | known("ahead") | {"be"}
    return lemma(verb) in ("accept", "conclude") and is_infinitive(verb) and lemma(verb.head) not in ahead


def _is_awaited(verb: Token) -> bool:
    """'until they lift it', 'once it is lifted', but not 'when it lifted the ban in May'."""
    told = verb.tag_ == "VBD" and any(c.lower_ in ("when", "once", "before") for c in verb.children)
    return clauses.is_awaited(verb) and not told


def _done(frame: Frame) -> Frame | None:
    """A deed as far as it is done: not where it is somebody's duty, or what somebody may do."""
    verb = frame.predicate
    if any(c.dep_ == "aux" and lemma(c) in known("duty.modals") for c in verb.children):
        return None
    if _is_awaited(verb) and (frame.type == "ease" or (frame.type == "impose" and verb.tag_ in ("VBZ", "VBP"))):
        return None  # 'until they lift it', 'once it slaps duties on them': not done
    if verb.dep_ == "pcomp" and verb.head.i and verb.head.nbor(-1).lower_ in known("conditions.swap"):
        return None  # 'in exchange for lifting it'
    if any(c.tag_ == "TO" for c in verb.children):
        return _carried_out(frame, verb)
    if frame.type == "impose" and (held := _held_up(verb)) is not None:
        return replace(frame, type="ease", predicate=held, doer=clauses.doer(held), rule="ease")
    named = any(c.dep_ in clauses.SUBJECTS for c in verb.children)
    if verb.tag_ == "VBG" and (verb.dep_ in ("csubj", "nsubj") or lemma(verb.head) == "include"):
        return None  # 'the demands include lifting it'
    if verb.tag_ == "VBG" and frame.rule == "pact" and verb.dep_ == "pcomp" and verb.head.lower_ not in ("by", "after"):
        return None  # 'may help in reaching a deal'
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ not in _MEANS and not named:
        return None
    return frame


def _carried_out(frame: Frame, verb: Token) -> Frame | None:
    """A deed in an infinitive, by the word above: 'decided to lift' is done, 'plans to impose' threatens."""
    if any(c.lower_ == "no" for c in verb.head.children):
        return None  # 'has no plans to lift'
    above = lemma(verb.head)
    if above == "be" and (frame.rule == "pact" or any(c.dep_ == "acomp" for c in verb.head.children)):
        return None  # 'it is hard to reach a deal'
    if above in known("carried") or above == "be" or verb.dep_ in ("ROOT", "conj"):
        return frame
    if above not in known("ahead") or frame.rule == "pact":
        return None
    ahead: dict[MoveType, MoveType] = {"impose": "threaten", "ease": "commit"}
    return replace(frame, type=ahead.get(frame.type, frame.type), rule=f"{frame.rule}-ahead")


def _held_up(verb: Token) -> Token | None:
    """'delayed imposing tariffs', 'refrained from raising them': the verb by which a harm is left undone."""
    above = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ in ("from", "on") else verb.head
    stops = lemma(above) in known("harm.later") | {"hold", "refrain", "halt", "suspend", "stop", "pause"}
    return above if verb.tag_ == "VBG" and verb.dep_ in ("xcomp", "pcomp") and stops else None


def _weighed(scene: Scene, frame: Frame) -> Frame | None:
    """A frame whose type depends on what is at stake: agreeing to spare is easing, readiness to harm is a threat."""
    predicate, item = frame.predicate, frame.items[0]
    by = frame.by or scene.who(frame.doer)
    if (asked := promised_of(scene, frame, by)) is not None:
        return asked
    if not is_bargained(scene, frame):
        return None
    if frame.type in ("agree", "commit") and frame.predicate.pos_ == "VERB":
        return _undertaken(scene, frame, by, item)
    agreed_on = lemma(predicate) == "agree" and item.pos_ in ("NOUN", "PROPN")  # 'agreed on a ban on tests'
    if frame.type in ("offer", "commit") and harms(item) and not agreed_on:
        return replace(frame, type="threaten")
    if frame.type == "threaten" and frame.rule == "content" and item.tag_ == "VB" and not _has_subject(item):
        return replace(frame, type="demand") if lemma(predicate) == "warn" else frame  # 'do not provoke us, he warned'
    mode = mood(predicate)
    if frame.type == "impose" and mode in ("expected", "hypothetical"):
        return _announced_harm(scene, frame, by)
    if frame.type == "impose" and frame.rule in ("force", "target"):
        return _force(scene, frame, by)
    if lemma(item) in ("do", "so") and frame.rule != "cannot" and not any(t.lower_ == "more" for t in item.children):
        return None  # 'must do so', but not 'must do more to stop it'
    if frame.type == "ease" and mode in ("expected", "hypothetical") and frame.doer is not None:
        return _announced_relief(frame, mode)
    return frame


def _force(scene: Scene, frame: Frame, by: tuple[str, ...]) -> Frame:
    """A blow that the other side tells of is an accusation."""
    speech = scene.speech(frame.predicate)
    if speech is None or len(speech.parties) != 1 or not by or set(by) & set(speech.parties):
        return frame
    return replace(frame, type="accuse", by=speech.parties, recipient=frame.doer, rule="force-told")


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in clauses.SUBJECTS or c.tag_ in ("TO", "MD") for c in verb.children)


def _foretells(scene: Scene, item: Token) -> bool:
    """'pledged that farmers will be better off': of no side."""
    subject = next((c for c in item.children if c.dep_ in clauses.SUBJECTS), None)
    return subject is not None and lemma(item) in known("states") and not scene.who(subject)


def _undertaken(scene: Scene, frame: Frame, by: tuple[str, ...], item: Token) -> Frame | None:
    """What 'agreed', 'pledged', 'plan' make of their complement."""
    predicate = frame.predicate
    if frame.rule == "pact":
        return _announced_truce(frame, by, item)
    if frame.rule in (
        "will",
        "under-pact",
        "own-plan",
        "their-plan",
        "resume-gain",
        "light",
    ) or frame.rule.endswith("-ahead"):
        return frame
    if len(by) > 1 and lemma(predicate) in known("pact.joint") and not clauses.is_negated(item):
        return replace(frame, type="agree")
    if _says_nothing(frame, item):
        return None
    if frame.type == "commit" and (lemma(item) == "prevent" or _foretells(scene, item)):
        return None  # 'is committed to preventing them from'
    if frame.type == "commit" and mood(predicate) == "hypothetical":
        return replace(frame, type="offer")
    keeps = lemma(predicate) == "agree" and lemma(item) in ("keep", "maintain", "retain")
    agreed_on = lemma(predicate) == "agree" and item.pos_ != "VERB"
    if harms(item) and not keeps and not agreed_on:
        return replace(frame, type="threaten")
    if clauses.is_negated(item) and item.pos_ == "VERB" and not spares(item):
        if lemma(predicate) in ("agree", "pledge", "promise", "commit", "undertake"):
            return replace(frame, type="commit")  # 'agreed not to devalue'
        return replace(frame, type="refuse", rule=f"{frame.rule}-not-to")
    return _agreed(frame, item) if lemma(predicate) == "agree" else frame


def _announced_truce(frame: Frame, by: tuple[str, ...], item: Token) -> Frame:
    """'announced a 24-hour truce' of one side: its own undertaking, no agreement."""
    told = lemma(frame.predicate) in ("announce", "declare", "proclaim") and lemma(item) in known("pact.standing")
    alone = len(by) == 1 and (frame.doer is None or not clauses.conjuncts(frame.doer))
    return replace(frame, type="commit") if told and alone else frame


def _says_nothing(frame: Frame, item: Token) -> bool:
    """'plans to spend the weekend', 'agreed that the situation is grave'."""
    if lemma(frame.predicate) == "plan":
        if any(t.ent_type_ in ("DATE", "TIME") for t in clauses.objects(item)):
            return True
        return lemma(item) not in known("give") | known("accept") | known("undertake") and not harms(item)
    if frame.type != "agree" or item.dep_ != "ccomp":
        return False
    thought = any(c.dep_ == "aux" and c.lower_ in ("should", "must") for c in item.children)
    return thought or (item.tag_ in ("VBZ", "VBP", "VBD") and not is_wished(item))


def _agreed(frame: Frame, item: Token) -> Frame:
    """What one side agrees to: to spare is easing, a deal is an agreement, an act an undertaking."""
    if spares(item):
        return replace(frame, type="ease", rule="agree-ease")
    if lemma(item) in known("pact.nouns"):
        return replace(frame, type="agree")
    kept_in_mind = lemma(item) in ("keep", "bear") and any(t.lower_ == "mind" for t in item.subtree)
    if lemma(item) in known("weighing") or kept_in_mind:
        return replace(frame, type="offer")
    return replace(frame, type="commit") if item.pos_ == "VERB" else frame


def _announced_harm(scene: Scene, frame: Frame, by: tuple[str, ...]) -> Frame | None:
    """A harm still to come: a threat where the side says so itself or makes it depend on something."""
    speech = scene.speech(frame.predicate)
    if frame.rule == "stands" and speech is None and mood(frame.predicate) == "hypothetical":
        return None  # 'without the pact, duties would jump'
    own = speech is not None and bool(speech.parties) and bool(set(by) & set(speech.parties))
    verb = frame.predicate
    conditional = any(
        c.dep_ == "advcl" and any(g.lower_ in ("if", "unless", "should") for g in c.children) for c in verb.children
    )
    if not by and speech is not None and len(speech.parties) == 1 and frame.doer is None:
        whose = owner(scene.reading, frame.items[0])
        own = scene.imposer == speech.parties or whose == speech.parties
        theirs = owner(scene.reading, frame.recipient) if frame.recipient is not None else ()
        told = frame.rule == "stands" or (frame.rule in _DONE_TO_GOODS and speech.parties not in (whose, theirs))
        if told and not (frame.rule == "stands" and whose):  # 'the tax will rise to 25 percent, the president said'
            stays = lemma(verb) in known("harm.stays")
            rule = f"{frame.rule}-ahead"
            return replace(frame, type="impose" if stays else "threaten", rule=rule, by=speech.parties)
    if not by and not own and "can" in {c.lower_ for c in verb.children if c.dep_ == "aux"}:
        return None  # 'import duties can be imposed'
    own = own or lemma(verb) == "retaliate" or frame.rule == "walkout"
    return replace(frame, type="threaten", rule=f"{frame.rule}-ahead") if own or conditional else frame


def _announced_relief(frame: Frame, mode: str) -> Frame:
    """'will delay' is done once it is announced, 'will lift' is a promise, 'could lift' an offer."""
    told = lemma(frame.predicate.head) in ("announce", "declare") and frame.predicate.dep_ in ("ccomp", "xcomp")
    if (
        (mode == "expected" or told)
        and (told or lemma(frame.predicate) in known("harm.later"))
        and frame.rule in ("ease", "hold-off")
    ):
        return frame
    if clauses.is_passive(frame.predicate):
        return frame
    helpers = {c.lower_ for c in frame.predicate.children if c.dep_ == "aux"}
    could = supposes(frame.predicate) or helpers & {"could", "might", "may"}
    return replace(frame, type="offer" if could else "commit", rule=f"{frame.rule}-ahead")
