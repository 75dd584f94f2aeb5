"""What a frame amounts to once negation, wishes, conditions and mood are worked in; None where it is no move."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.bargained import is_bargained
from standoff.extract.moves.frame_deeds import harms, spares
from standoff.extract.moves.frame_speech import supposes
from standoff.extract.moves.frame_words import Frame, known, lemma
from standoff.extract.moves.sides import Scene
from standoff.extract.moves.undone import at_stake, is_empty, is_none, is_only_thought_of, mood, promised_of
from standoff.extract.parties import owner
from standoff.model.record import MoveStatus, MoveType

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
    }
)
_PLANS = frozenset(
    {"will", "will-not", "duty", "own-plan", "their-plan", "cannot", "own-threat", "duty-of-things", "condition"}
    | {"if-they", "outcome", "goes-on", "under-pact", "stands-firm"}
)
_DEEDS = frozenset("act force walkout listing charge stop-gain resume-gain call-off hold-off spared pull-back".split())
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
    if frame.measure is not None or frame.rule in _DEEDS or frame.rule == "pact":
        if (done := _done(frame)) is None:
            return None
        frame = done
    verb = predicate.head if predicate.pos_ == "ADJ" and predicate.head.pos_ in ("AUX", "VERB") else predicate
    if verb.dep_ == "xcomp" and frame.rule != "left-open" and _is_left_undone(verb):
        return None
    if frame.rule not in _READ and (clauses.is_negated(verb) or clauses.is_negated(predicate)):
        return _turned(frame, verb)
    wish = _wished(scene, frame, verb)
    return None if wish is None else _weighed(scene, wish)


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
    if frame.type in ("commit", "agree") and predicate.tag_ in ("VBZ", "VBP", "VB") and _is_awaited(predicate):
        return None  # 'before it agrees to sign'
    if frame.rule not in _READ and is_only_thought_of(frame, verb):
        return None
    wish = _own_wish(scene, frame)
    if wish is None or is_empty(wish):
        return None
    supposed = clauses.in_condition(predicate) and wish.type != "threaten" and wish.rule not in _IN_CONDITIONS
    return None if supposed else wish


def _is_awaited(verb: Token) -> bool:
    """'until they lift it', 'once it is lifted', but not 'when it lifted the ban in May'."""
    told = verb.tag_ == "VBD" and any(c.lower_ in ("when", "once", "before") for c in verb.children)
    return clauses.is_awaited(verb) and not told


def _done(frame: Frame) -> Frame | None:
    """A deed as far as it is done: not where it is somebody's duty, or what somebody may do."""
    verb = frame.predicate
    if any(c.dep_ == "aux" and lemma(c) in known("duty.modals") for c in verb.children):
        return None
    if frame.type == "ease" and _is_awaited(verb):
        return None  # 'until they lift it': not done, but asked
    if verb.dep_ == "pcomp" and verb.head.i and verb.head.nbor(-1).lower_ in known("conditions.swap"):
        return None  # 'in exchange for lifting it'
    if any(c.tag_ == "TO" for c in verb.children):
        return _carried_out(frame, verb)
    if frame.type == "impose" and (held := _held_up(verb)) is not None:
        return replace(frame, type="ease", predicate=held, doer=clauses.doer(held), rule="ease")
    named = any(c.dep_ in clauses.SUBJECTS for c in verb.children)
    if verb.tag_ == "VBG" and verb.dep_ in ("csubj", "nsubj"):
        return None
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
        return _undertaken(frame, by, item)
    agreed_on = lemma(predicate) == "agree" and item.pos_ in ("NOUN", "PROPN")  # 'agreed on a ban on tests'
    if frame.type in ("offer", "commit") and harms(item) and not agreed_on:
        return replace(frame, type="threaten")
    if frame.type == "threaten" and frame.rule == "content" and item.tag_ == "VB" and not _has_subject(item):
        return replace(frame, type="demand") if lemma(predicate) == "warn" else frame  # 'do not provoke us, he warned'
    mode = mood(predicate)
    if frame.type == "impose" and mode in ("expected", "hypothetical"):
        return _announced_harm(scene, frame, by)
    if frame.type == "impose" and frame.rule == "force":
        return _force(scene, frame, by)
    if lemma(frame.items[0]) in ("do", "so") and frame.rule != "cannot":
        return None
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


def _undertaken(frame: Frame, by: tuple[str, ...], item: Token) -> Frame | None:
    """What 'agreed', 'pledged', 'plan' make of their complement."""
    predicate = frame.predicate
    if frame.rule in (
        "will",
        "under-pact",
        "own-plan",
        "their-plan",
        "resume-gain",
        "light",
        "pact",
    ) or frame.rule.endswith("-ahead"):
        return frame
    if len(by) > 1 and lemma(predicate) in known("pact.joint") and not clauses.is_negated(item):
        return replace(frame, type="agree")
    if _says_nothing(frame, item):
        return None
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


def _says_nothing(frame: Frame, item: Token) -> bool:
    """'plans to spend the weekend', 'agreed that the situation is grave'."""
    if lemma(frame.predicate) == "plan":
        if any(t.ent_type_ in ("DATE", "TIME") for t in clauses.objects(item)):
            return True
        return lemma(item) not in known("give") | known("accept") | known("undertake") and not harms(item)
    return (
        frame.type == "agree" and item.dep_ == "ccomp" and item.tag_ in ("VBZ", "VBP", "VBD") and not _is_wished(item)
    )


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


def _announced_harm(scene: Scene, frame: Frame, by: tuple[str, ...]) -> Frame:
    """A harm still to come: a threat where the side says so itself or makes it depend on something."""
    speech = scene.speech(frame.predicate)
    own = speech is not None and bool(speech.parties) and bool(set(by) & set(speech.parties))
    verb = frame.predicate
    conditional = any(
        c.dep_ == "advcl" and any(g.lower_ in ("if", "unless", "should") for g in c.children) for c in verb.children
    )
    if not by and speech is not None and len(speech.parties) == 1 and frame.doer is None:
        own = scene.imposer == speech.parties or owner(scene.reading, frame.items[0]) == speech.parties
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


def _own_wish(scene: Scene, frame: Frame) -> Frame | None:
    """What a side wants to do itself: to meet is a demand on talks, to give is an offer, anything else is no move."""
    if frame.rule == "control" and _is_of_oneself(scene, frame):
        return None
    if (
        frame.type != "demand"
        or frame.rule not in ("content", "want", "expect", "hope", "need", "seek")
        or frame.items[0].pos_ not in ("VERB", "AUX")
    ):
        return frame
    item = next((i for i in frame.items if _is_approach(i)), frame.items[0])
    toward = scene.who(frame.recipient)
    if frame.rule == "expect" and lemma(item) in known("states"):
        return None
    if toward and not set(toward) & set(scene.who(frame.doer)):
        return frame
    if frame.recipient is not None and not toward:
        return frame if _is_wished(item) or _is_read_as_past(frame, item) else None
    if _is_approach(item):
        return replace(frame, items=tuple(i for i in frame.items if _is_approach(i)))
    if frame.rule in ("need", "expect"):
        return None
    given = tuple(t for t in (item, *_means(item)) if lemma(t) in known("give"))
    return replace(frame, items=given, type="offer", rule="want-to-give") if given else None


def _means(verb: Token) -> tuple[Token, ...]:
    """By what somebody wants to do it: 'wants to narrow the gap by buying more, and by opening its ports'."""
    by = [c for t in (verb, verb.head) for c in t.children if c.lower_ == "by" and c.i > verb.i]
    by += [c for t in by for c in t.children if c.lower_ == "by"]
    means = (c for t in sorted(set(by)) for c in t.children if c.dep_ == "pcomp" and c.tag_ == "VBG")
    return tuple(t for c in means for t in (c, *clauses.conjuncts(c)))


def _is_of_oneself(scene: Scene, frame: Frame) -> bool:
    """'told them that it must defend itself': its own duty, asked of nobody."""
    named = frame.recipient is not None and frame.recipient.pos_ != "PRON"
    toward = scene.who(frame.recipient) if named else ()
    return bool(toward) and set(toward) <= set(scene.who(frame.doer))


def _is_approach(item: Token) -> bool:
    """'to meet', 'to hold a second summit'."""
    return lemma(item) in known("approach") or any(lemma(t) in known("harm.meetings") for t in clauses.objects(item))


def _is_read_as_past(frame: Frame, item: Token) -> bool:
    """'wants the gap dealt with', where the participle is read as a past."""
    return frame.rule == "want" and item.tag_ == "VBD" and item.i > frame.predicate.i


def _is_wished(item: Token) -> bool:
    """'that it should end', 'to see it ended': wished of whatever it is."""
    wished = any(c.dep_ == "aux" and c.lower_ in ("should", "must", "will", "would") for c in item.children)
    return wished or item.tag_ in ("VB", "VBN")


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
