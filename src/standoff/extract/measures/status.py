"""How a measure stands, from the acts upon it: in force, threatened, proposed, suspended, lifted, raised, demanded."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues, words
from standoff.extract.measures.acts import Act
from standoff.extract.measures.instruments import Trigger, asks_for_sum, step_noun
from standoff.model.record import MeasureStatus

_NEW = frozenset({"impose", "raise"})
_AHEAD: dict[str, MeasureStatus] = {"threaten": "threatened", "propose": "proposed", "demand": "demanded"}
_DECIDED = frozenset(["announce", "agree", "decide", "reach", "deal", "agreement"])


def status_of(trigger: Trigger, acts: tuple[Act, ...], *, rate: float | None) -> MeasureStatus | None:
    """The status, given the rate that the mention names; None where the words say that there is no such measure."""
    if trigger.instrument == "purchase-commitment":
        return _purchase(trigger, acts)
    if trigger.instrument == "subsidy":
        return "lifted" if acts and acts[0].kind == "lift" and _lifted(acts[0], acts[1:]) == "lifted" else "in-force"
    if trigger.is_gap:
        return "proposed" if any(a.kind in ("agree", "propose") for a in acts) else "demanded"
    if trigger.verbal and trigger.word.lemma_ in ("draft", "write"):
        return "proposed"
    if trigger.verbal and trigger.word.lemma_ in words("measures", "sum_verbs") and trigger.instrument == "other":
        return "demanded" if asks_for_sum(trigger.word) else "proposed"
    if trigger.verbal and step_noun(trigger.word) is not None:
        return _step(acts[1:])
    found = _by_acts(trigger, acts, rate) if acts else _by_itself(trigger)
    if found == "in-force" and rate == 0:
        return "demanded" if any(a.kind == "demand" for a in acts) else "proposed"
    return found


def _step(outer: tuple[Act, ...]) -> MeasureStatus:
    """'steps to curb ...': taken, unless they are only planned or threatened."""
    return "proposed" if any(a.kind in _AHEAD or a.mode != "fact" for a in outer) else "in-force"


def _by_itself(trigger: Trigger) -> MeasureStatus:
    if trigger.instrument == "tariff" and _is_spared(trigger):
        return "suspended"
    return by_adjective(trigger) or ("proposed" if trigger.instrument in ("other", "quota") else "in-force")


def _by_acts(trigger: Trigger, acts: tuple[Act, ...], rate: float | None) -> MeasureStatus | None:
    inner, outer = acts[0], acts[1:]
    if inner.done and inner.token.dep_ == "acl" and outer and outer[0].kind == "raise":
        inner, outer = outer[0], outer[1:]  # 'will increase the duties imposed on steel'
    if inner.kind in _NEW:
        alone = not inner.verbal and not outer  # 'planned tariff hikes'
        return (by_adjective(trigger) if alone else None) or _imposed(trigger, inner, outer, rate is not None)
    if inner.kind in ("lift", "suspend") and clauses.is_awaited(inner.token):
        return "in-force"  # 'until they lift it', 'only after it is removed'
    if inner.kind == "lift":
        return "demanded" if rate is not None and _is_new_rate(inner, outer) else _lifted(inner, outer)
    if inner.kind == "suspend":
        return _suspended(inner, outer)
    if inner.kind in _AHEAD and not inner.denied:
        return _ahead(trigger, inner, outer)
    if inner.kind == "agree" and trigger.instrument == "other":
        return "proposed"
    return _borne(trigger, inner)


def _borne(trigger: Trigger, act: Act) -> MeasureStatus | None:
    """How what somebody faces, pays or keeps stands; None for what is 'not subject to duties'."""
    if act.denied and act.mode == "fact" and any(c.lower_ == "subject" for c in act.token.children):
        return None
    if act.token.lemma_ in words("measures", "borne") and _is_ahead(act.token):
        return "threatened"  # 'will face', 'could have to pay', 'do it or pay'
    told = by_adjective(trigger)
    if told == "threatened" and act.token.lemma_ in words("measures", "paid") and act.mode == "fact":
        return "in-force"  # 'were paying billions in higher duties'
    return told or "in-force"


def _is_spared(trigger: Trigger) -> bool:
    """'agreed to shelve a new round of tariffs': what one agrees to do with one's own new tariffs is to spare them."""
    at = trigger.top
    while at.dep_ == "pobj" and at.head.lower_ == "of":
        at = at.head.head
    new = any(
        c.lower_ in ("new", "further", "additional", "planned") for noun in (at, trigger.top) for c in noun.children
    )
    return new and at.dep_ == "dobj" and at.head.dep_ == "xcomp" and at.head.head.lemma_ == "agree"


def _is_ahead(verb: Token) -> bool:
    otherwise = verb.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ == "or" for c in verb.head.children)
    return otherwise or clauses.mode(_main(verb)) != "fact"


def by_adjective(trigger: Trigger) -> MeasureStatus | None:
    """The status that a modifier gives: 'threatened tariffs', 'the existing duties', 'additional tariffs'."""
    modifiers = {c.lower_ for noun in (trigger.word, trigger.top) for c in noun.children if c.i < noun.i}
    table: dict[MeasureStatus, list[str]] = cues("measures")["adjectives"]
    if "planned" in modifiers and _is_harm(trigger):
        return "threatened"
    return next((status for status in table if modifiers & set(table[status])), None)


def _imposed(trigger: Trigger, inner: Act, outer: tuple[Act, ...], rated: bool) -> MeasureStatus | None:
    if any(a.kind == "demand" and a.denied and a.mode == "fact" for a in outer):
        return None  # 'does not want an increase in duties'
    found = _outcome(trigger, inner, outer)
    if found is not None:
        return found
    if inner.denied and inner.mode == "fact":
        return None
    if any(c.lower_ == "should" for c in inner.token.children) and any(
        c.lower_ == "have" for c in inner.token.children
    ):
        return "in-force"  # 'should not have imposed'
    if not _is_real(inner, outer):
        if inner.denied and inner.verbal:
            return "suspended"
        if trigger.instrument in ("other", "quota") and not _is_reply(trigger):
            return "proposed"
        return "demanded" if trigger.verbal and _is_wish(trigger.word) else "threatened"
    return "raised" if inner.kind == "raise" and rated and inner.token.lemma_ != "expand" else "in-force"


def _is_wish(verb: Token) -> bool:
    """'demands for them to halt the shipment': an infinitive with its own subject."""
    return any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children)


def _outcome(trigger: Trigger, inner: Act, outer: tuple[Act, ...]) -> MeasureStatus | None:
    """What the outer acts make of it: 'agreed not to impose', 'threatened to', 'plans to', 'urged to'."""
    denied = inner.denied
    for k, act in enumerate(outer):
        if act.kind == "suspend":
            return "in-force" if denied else "threatened" if _is_wished(act, outer[k + 1 :]) else "suspended"
        if act.kind == "lift":
            return "lifted" if act.done and not clauses.is_awaited(act.token) else "in-force"
        if act.kind == "agree" and denied:
            return "suspended"
        if act.kind == "demand" and _is_own_wish(outer, k, inner):
            return "threatened"
        if act.kind in _AHEAD:
            stopped = any(a.kind == "suspend" or (a.denied and a.kind == "impose") for a in outer[k + 1 :])
            return "suspended" if stopped else _held_out(trigger, act)
        if act.token.lower_ == "decision" and not denied and act.mode == "fact":
            later = _outcome(trigger, replace(inner, denied=False), outer[k + 1 :])
            return later or "in-force"
        denied = denied or act.denied
    return None


def _is_own_wish(outer: tuple[Act, ...], k: int, inner: Act) -> bool:
    """'seek to impose': what one wants to do oneself, not what one asks of another."""
    below = outer[k - 1].token if k else inner.token
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in below.children)
    return below.dep_ == "xcomp" and not own and clauses.object_controller(outer[k].token) is None


def _is_real(inner: Act, outer: tuple[Act, ...]) -> bool:
    """Whether it has happened: told as done, or a gerund or noun hanging on what has."""
    if inner.mode != "fact":
        return False
    if not inner.verbal:
        return all(a.mode == "fact" for a in outer)
    if inner.done:
        return True
    if inner.token.tag_ == "VBG":
        return (
            _is_told(inner.token) if not outer else not outer[0].verbal or (outer[0].done and outer[0].mode == "fact")
        )
    return bool(outer) and outer[0].done and outer[0].kind in _NEW


def _suspended(inner: Act, outer: tuple[Act, ...]) -> MeasureStatus:
    """Held off, or only wished away; who escapes a measure leaves it in force."""
    if inner.token.lemma_ in ("avoid", "escape", "dodge") and (inner.done or inner.token.tag_ == "VBG"):
        return "in-force"
    supposed = inner.mode == "hypothetical" and not _is_future_told(inner.token)
    return "threatened" if inner.denied or supposed or _is_wished(inner, outer) else "suspended"


def _is_wished(act: Act, outer: tuple[Act, ...]) -> bool:
    """'appealed to them to hold off', 'in order to avoid tariffs': it has not been held off yet."""
    if act.done or not act.verbal:
        return False
    return act.token.lemma_ in words("measures", "escapes") or any(a.kind in ("demand", "refuse") for a in outer)


def _is_told(gerund: Token) -> bool:
    """Whether a gerund, or the verb that it hangs on, tells of something done ('were withholding', 'by raising')."""
    if any(c.dep_ == "aux" and c.lemma_ == "be" for c in gerund.children):
        return True
    above = next((t for t in gerund.ancestors if t.pos_ in ("VERB", "AUX")), None)
    return above is None or above.tag_ not in ("VB", "VBG") or above.dep_ == "ROOT"


def _lifted(inner: Act, outer: tuple[Act, ...]) -> MeasureStatus:
    """Done or decided: lifted; only wished, promised or supposed: still in force."""
    announced = bool(outer) and outer[0].done and outer[0].mode == "fact" and outer[0].token.lemma_ in _DECIDED
    supposed = inner.mode in ("hypothetical", "question") and not (announced and _is_future_told(inner.token))
    if (
        inner.denied
        or supposed
        or any(a.kind in ("demand", "refuse", "suspend") or a.mode == "hypothetical" for a in outer)
    ):
        return "in-force"
    if any(c.lower_ in ("temporarily", "briefly", "provisionally") for c in inner.token.children):
        return "suspended"
    if inner.verbal and inner.done and inner.mode == "fact":
        return "lifted"
    if inner.token.lemma_ in ("cut", "reduce", "lower", "ease", "curb", "loosen", "relax"):
        return "in-force"  # only less of it, and not yet
    decided = any(a.done and not a.denied and (a.token.lemma_ in _DECIDED or a.token.lower_ in _DECIDED) for a in outer)
    scheduled = inner.mode == "expected" and inner.token.lemma_ in ("end", "expire", "lift", "remove")
    return "lifted" if decided or (scheduled and not outer) else "in-force"


def _main(verb: Token) -> Token:
    """The verb that carries tense and mood: 'will' of 'will begin paying' stands with 'begin'."""
    return verb.head if verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX") else verb


def _is_future_told(verb: Token) -> bool:
    """'announced that it would lift': a future told in the past."""
    return any(c.lower_ == "would" for c in verb.children) and not clauses.in_condition(verb)


def _is_new_rate(inner: Act, outer: tuple[Act, ...]) -> bool:
    """'We expect those tariffs to fall to zero': the rate is what is asked for."""
    return any(a.kind == "demand" for a in outer) and bool(clauses.prepositional(inner.token, "to"))


def _ahead(trigger: Trigger, inner: Act, outer: tuple[Act, ...]) -> MeasureStatus:
    if any(a.kind == "suspend" for a in outer):
        return "suspended"
    return _held_out(trigger, inner)


def _held_out(trigger: Trigger, act: Act) -> MeasureStatus:
    """A harm that one means to do to the other is threatened; what is put forward to be decided on is proposed."""
    meant = _is_harm(trigger) and act.token.lemma_.lower() in words("measures", "aims")
    return "threatened" if act.kind == "propose" and (meant or _is_reply(trigger)) else _AHEAD[act.kind]


def _is_harm(trigger: Trigger) -> bool:
    return trigger.instrument in ("tariff", "sanction")


def _is_reply(trigger: Trigger) -> bool:
    """Countermeasures are held out, not put forward."""
    return trigger.word.lower_.startswith(("counter", "retaliat")) or any(
        c.lower_ == "retaliatory" for c in trigger.word.children
    )


def _purchase(trigger: Trigger, acts: tuple[Act, ...]) -> MeasureStatus | None:
    if any(a.kind == "demand" for a in acts[1 if trigger.verbal else 0 :]):
        return "demanded"
    held = acts[1:2] if trigger.verbal else acts[:1]
    if any(a.kind in ("suspend", "lift") and a.done and a.mode == "fact" and not a.denied for a in held):
        return "suspended"  # 'halted its purchases', 'stopped buying'
    if not trigger.verbal:
        return "proposed"
    own, verb = acts[0], trigger.word
    if own.denied and own.mode == "fact":
        return None
    if own.done and own.mode == "fact":
        return "in-force" if any(c.lower_ in ("again", "already", "recently", "since") for c in verb.children) else None
    if verb.dep_ in ("acl", "relcl") and any(c.lower_ == "to" for c in verb.children):
        return "proposed" if any(a.kind == "agree" for a in acts) else "demanded"  # 'their pledge to buy'
    head = verb.head
    begun = (
        head.lemma_ in ("begin", "start", "resume", "restart")
        and head.tag_ in ("VBD", "VBN")
        and clauses.mode(head) == "fact"
    )
    return "in-force" if begun else "proposed"
