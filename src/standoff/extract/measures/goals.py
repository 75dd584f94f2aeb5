"""What a measure is on, and on whom: the goods or persons of an instrument's mention, and their party."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses, parties
from standoff.extract.cues import words
from standoff.extract.measures.acts import Act
from standoff.extract.measures.instruments import Trigger, bought_by, stopped_by
from standoff.extract.mentions import Mention
from standoff.extract.reading import Reading

_MUTUAL = re.compile(r"\b(?:one another|each other|the other['’]s)", re.I)
_ON = ("on", "against", "upon")
_LEVIERS = frozenset({"person", "body"})
_TO = ("on", "to", "against")
_WIDEN = frozenset({"extend", "expand", "broaden", "widen", "apply"})
_NO_GOAL = frozenset(
    [
        "hold",
        "ice",
        "table",
        "friday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "saturday",
        "sunday",
        "grounds",
        "basis",
        "behalf",
        "condition",
        "top",
        "trade",
    ]
)
_TOWARD = frozenset(["hit", "target", "threaten", "slap", "punish", "penalize", "tariff", "tax", "clamp", "subject"])


def target(trigger: Trigger, chain: tuple[Act, ...]) -> Token | None:
    """The thing an instrument is on: 'tariffs on Chinese goods', 'hit imports with tariffs', 'buying soybeans'."""
    if trigger.instrument == "purchase-commitment":
        return _bought(trigger)
    taxed = trigger.verbal and trigger.word.lemma_ in words("measures", "tax_verbs")
    if taxed and trigger.word.dep_ in ("acl", "relcl") and clauses.is_passive(trigger.word):
        return trigger.word.head
    if trigger.verbal or trigger.is_gap:
        inside = next(iter(clauses.prepositional(trigger.word, "in")), None) if trigger.instrument == "other" else None
        stopped = stopped_by(trigger.word) if trigger.verbal else None
        return inside or stopped or next(iter(clauses.objects(trigger.word)), None)
    for find in (_after_on, _borne, _object):
        if (found := find(trigger, chain)) is not None:
            return found
    return next(iter(_beside(trigger)), None)


def _after_on(trigger: Trigger, chain: tuple[Act, ...]) -> Token | None:
    """'tariffs on steel', 'impose tariffs on steel', 'extend tariffs to steel'."""
    for place in dict.fromkeys((trigger.word, trigger.top, *(a.token for a in chain[:2]))):
        reach = _TO if place.lemma_ in _WIDEN else _ON
        for child in place.children:
            if child.dep_ == "prep" and child.lower_ in reach and child.i > trigger.word.i:
                thing = next((g for g in child.children if g.dep_ == "pobj"), None)
                if thing is not None and thing.ent_type_ not in ("DATE", "TIME") and _is_hit(place, thing):
                    return thing
    return None


def _is_hit(place: Token, thing: Token) -> bool:
    """Whether it is what bears the measure: not 'the effect of the duties on growth', 'shares fell on fears'."""
    told = place.lemma_ in words("measures", "effects") or any(
        t.lemma_ in words("measures", "effects") for t in (place.head, place.head.head)
    )
    return thing.lower_ not in _NO_GOAL | words("measures", "unhit") and not (
        told and thing.lower_ not in words("measures", "goods")
    )


def _borne(trigger: Trigger, chain: tuple[Act, ...]) -> Token | None:
    return next((found for act in chain if (found := bearer(trigger, act, chain)) is not None), None)


def _object(trigger: Trigger, chain: tuple[Act, ...]) -> Token | None:
    """'expanded to include shoes', 'offered the teachers a raise', 'hit imports with tariffs'."""
    if not chain or not chain[0].verbal:
        return None
    verb = chain[0].token
    given = next((c for c in verb.children if c.dep_ == "dative"), None)
    if (found := _widened(verb) or given) is not None:
        return found
    if verb.lemma_ not in _TOWARD:
        return None
    return next((t for t in clauses.objects(verb) if trigger.word not in t.subtree), None)


def _beside(trigger: Trigger) -> tuple[Token, ...]:
    """What 'on' takes right after the instrument, wherever the parser hangs it."""
    at = trigger.top.i + 1
    if at >= trigger.top.sent.end or trigger.top.doc[at].lower_ not in ("on", "against"):
        return ()
    things = (c for c in trigger.top.doc[at].children if c.dep_ == "pobj")
    return tuple(t for t in things if t.ent_type_ not in ("DATE", "TIME") and _is_hit(trigger.top, t))


def _widened(verb: Token) -> Token | None:
    """'... take effect and hit all imports', '... be expanded to include shoes'."""
    for child in verb.children:
        hits = child.dep_ == "conj" and child.lemma_ in _TOWARD
        if hits or (child.dep_ in ("xcomp", "advcl") and child.lemma_ in ("include", "cover")):
            return next((t for t in clauses.objects(child) if t.pos_ in ("NOUN", "PROPN")), None)
    return None


def _bought(trigger: Trigger) -> Token | None:
    if trigger.verbal:
        return bought_by(trigger.word)
    named = next((c for c in trigger.word.children if c.dep_ == "compound"), None)
    things = clauses.prepositional(trigger.word, "of")
    counted = bool(things) and any(c.dep_ == "nummod" for c in things[0].children)
    return named if named is not None and (counted or not things) else next(iter(things), None)


def bearer(trigger: Trigger, act: Act, chain: tuple[Act, ...]) -> Token | None:
    """Who has to bear it, where the act's subject does: 'exporters face duties', 'to avoid tariffs'."""
    if not act.verbal:
        return None
    if clauses.is_passive(act.token):  # 'duties paid by exporters'
        pays = act.token.lemma_ in words("measures", "borne") and act.token.lemma_ != "be"
        return clauses.agent(act.token) if pays else None
    escapes = act.token.lemma_ in words("measures", "escapes") and act is chain[0]
    if not escapes and act.token.lemma_ not in words("measures", "borne"):
        return None
    found = clauses.subject(act.token)
    return None if found in (trigger.word, trigger.top) else found


def goal(reading: Reading, trigger: Trigger, thing: Token | None, by: tuple[str, ...]) -> str | None:
    """The party that a measure is on: the owner of the goods, or who is named after 'on', 'against' and 'from'."""
    if trigger.top.lemma_ in words("measures", "reliefs"):
        spared = (m.party for c in trigger.top.children if (m := reading.mention(c)) is not None and m.party)
        return next((party for party in spared if party not in by), None)
    named = (*_toward(reading, trigger), *_of_thing(reading, thing), *_of_phrase(reading, trigger))
    return next((party for party in named if party not in by), None)


def replied_to(reading: Reading, chain: tuple[Act, ...], by: tuple[str, ...]) -> str | None:
    """'responded to American duties with their own', 'retaliated against Kenya': the one that is answered."""
    for act in chain:
        if act.token.lemma_ not in words("measures", "replies"):
            continue
        for thing in clauses.prepositional(act.token, "to", "against", "for"):
            found = parties.party(reading, thing) or parties.owner(reading, thing)
            if len(found) == 1 and found[0] not in by:
                return found[0]
    return None


def _of_thing(reading: Reading, thing: Token | None) -> Iterator[str]:
    """'Chinese goods', 'imports from China', 'its exports', 'them'."""
    if thing is not None:
        yield from (m.party for m in _names_in(reading, thing) if m.party)
        yield from parties.party(reading, thing) or parties.owner(reading, thing)


def _of_phrase(reading: Reading, trigger: Trigger) -> Iterator[str]:
    """'tariffs on steel from China', 'the China tariffs'."""
    if trigger.instrument == "tariff" and not trigger.verbal:
        for origin in clauses.prepositional(trigger.top, "from"):
            if not is_government(reading, origin):
                yield from parties.party(reading, origin)
    for noun in dict.fromkeys((trigger.word, trigger.top)):
        for child in noun.children:
            mention = reading.mention(child)
            if mention is not None and mention.party and is_goal(child, mention):
                yield mention.party


def _toward(reading: Reading, trigger: Trigger) -> Iterator[str]:
    """Where goods are kept from going: 'halt the shipment of chemicals to Mexico'."""
    if trigger.instrument != "export-control":
        return
    for token in trigger.word.subtree:
        if token.i > trigger.word.i and token.dep_ in ("prep", "dative") and token.lower_ == "to":
            mentions = [reading.mention(c) for c in token.children]
            yield from (m.party for m in mentions if m is not None and m.party and m.kind in ("party", "body"))


def _names_in(reading: Reading, head: Token) -> tuple[Mention, ...]:
    run = clauses.clause(head, drop=frozenset({"relcl", "advcl", "ccomp"}))
    names = reading.mentions_in(run.start, run.end)
    return tuple(m for m in names if not _is_destination(reading, m))


def _is_destination(reading: Reading, mention: Mention) -> bool:
    """'goods sent to the U.S.'"""
    before = [t.lower_ for t in reading.doc[max(0, mention.start - 2) : mention.start]]
    return before[-1:] in (["to"], ["into"]) or before in (["to", "the"], ["into", "the"])


def is_goal(name: Token, mention: Mention) -> bool:
    """'China tariffs' are on China, 'U.S. tariffs' and 'Chinese tariffs' are theirs: a full name as a mere modifier."""
    state = mention.kind == "party" and len(mention.party or "") == 2 and str(mention.party).isupper()
    return state and name.dep_ in ("compound", "nmod") and not name.is_upper and "." not in name.text


def is_government(reading: Reading, head: Token) -> bool:
    """Whether 'from' names who levies ('duties from the Kenyan government'), not where goods come from."""
    mention = reading.mention(head)
    return head.lower_ in ("administration", "government") or (mention is not None and mention.kind in _LEVIERS)


def is_mutual(trigger: Trigger, thing: Token | None) -> bool:
    """'tariffs on each other's goods', 'a tariff truce'."""
    if trigger.top.lower_ in words("measures", "mutual") or (thing is not None and parties.is_joint(thing)):
        return True
    return thing is not None and bool(_MUTUAL.search(clauses.clause(thing).text))
