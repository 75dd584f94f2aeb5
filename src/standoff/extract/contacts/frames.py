"""Words that name a contact, with who takes part: the verbs and nouns of the lexicon, read by grammar.

A frame says only what its clause says. Which parties that makes, where and when, is settled in `contacts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.setting import own_clauses, place_at
from standoff.extract.contacts.sides import both_before, grouped, is_person, sides_of
from standoff.extract.contacts.status import Standing, standing
from standoff.extract.contacts.way import governor, lemma, path, scene
from standoff.extract.cues import cues, words
from standoff.extract.parties import party
from standoff.extract.reading import Reading
from standoff.model.record import ContactKind

_ANY = frozenset(["a", "an", "no", "any"])
_GROUP_OF = re.compile(r"G-?\d+")  # the Group of Seven
_BEFORE = frozenset({"compound", "amod", "nmod", "poss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A contact as one clause names it: `people` who take part, `goal` the place gone to.

    `general` where the word also names the whole process; `aside` a clause whose times are not this contact's.
    """

    event: Token
    kind: ContactKind
    people: tuple[Token, ...]
    held: Standing
    goal: Token | None
    general: bool
    rule: str
    confidence: float
    aside: Token | None = None


@cache
def openers() -> frozenset[str]:
    """The words at which `frames` finds a contact, by their dictionary form; the lemmatiser's slips included."""
    table = cues("contacts")
    return frozenset((*table["verbs"], *table["nouns"], *table["misread"]))


def frames(reading: Reading, token: Token) -> Iterator[Frame]:
    """The contacts that a word names; none for most words, two for 'talks that lasted to Sunday resume on Monday'."""
    if token.pos_ in ("VERB", "AUX"):
        entry = cues("contacts")["verbs"].get(lemma(token))
        if entry is not None and _has_marks(token, entry):
            yield from _of_verb(reading, token, entry)
    elif token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "amod"):
        entry = cues("contacts")["nouns"].get(lemma(token))
        if entry is not None and _is_contact(reading, token, entry):
            yield from _of_noun(reading, token, entry)


# ── verbs


def _has_marks(verb: Token, entry: dict[str, Any]) -> bool:
    """Whether the particle and the 'by phone' that the entry asks for are there, and nothing that speaks against it."""
    if "particle" in entry and not any(c.lower_ in entry["particle"] for c in verb.children):
        return False
    if "by" in entry:
        return any(t.lower_ in entry["by"] for t in clauses.prepositional(verb, "by", "on", "over"))
    if any(c.lower_ in words("contacts", "habits") for c in verb.children):
        return False
    if lemma(verb) == "reach" and any(c.lower_ == "of" for t in verb.children if t.lower_ == "out" for c in t.children):
        return False
    if "not" in entry and any(_is_other(c, entry) for c in verb.children):
        return False
    return not (lemma(verb) == "call" and any(c.dep_ in ("oprd", "ccomp", "prt", "xcomp") for c in verb.children))


def _is_other(child: Token, entry: dict[str, Any]) -> bool:
    """What makes the verb no contact: 'negotiated a pact' (an object), 'spoke of her', but not 'spoke to her of'."""
    if child.dep_ == "dobj" and "object" in entry["not"]:
        return True
    return child.lower_ in entry["not"] and not any(c.lower_ in entry["other"] for c in child.head.children)


def _of_verb(reading: Reading, verb: Token, entry: dict[str, Any]) -> Iterator[Frame]:
    goal = next(_roles(verb, entry["goal"]), None) if "goal" in entry else None
    if "goal" in entry and (goal is None or place_at(reading, goal) is None):
        return
    others = _others(reading, verb, entry)
    if others and not sides_of(reading, others):
        return  # "the leaders spoke to reporters"
    if entry.get("person") and not any(is_person(reading, t) for t in others):
        return
    held = standing(verb)
    if entry.get("only") and held.status not in entry["only"]:
        return
    kind = entry["missed"] if held.status == "missed" and "missed" in entry else entry["kind"]
    doers = _doers(reading, verb)
    if len(sides_of(reading, doers)) > 1:
        others = tuple(t for t in others if is_person(reading, t))  # "the two met, with their capitals at odds"
    people = (*doers, *others)
    if goal is None and all(t.tag_ == "NN" and any(c.lower_ in _ANY for c in t.children) for t in people):
        return  # "the first time that a president met a king"
    general = bool(entry.get("general"))
    rule = f"verb-{entry['kind']}"
    yield Frame(event=verb, kind=kind, people=people, held=held, goal=goal, general=general, rule=rule, confidence=0.7)


def _doers(reading: Reading, verb: Token) -> tuple[Token, ...]:
    """The subject; with a delegation sent or led, those who send or lead it."""
    subject = clauses.agent(verb) if clauses.is_passive(verb) else clauses.subject(verb)
    if subject is not None and subject == verb.head and verb.tag_ == "VB" and governor(subject) is not None:
        subject = clauses.possessor(subject) or clauses.doer(subject.head)  # "she has no plans to go"
    found = grouped(reading, subject)
    if subject is not None and subject.lower_ == "they" and not sides_of(reading, found):
        found = both_before(reading, subject) or found  # "if he cannot agree with the king when they meet"
    asked = verb.head if verb.dep_ in ("acl", "relcl") and verb.tag_ == "VB" and verb.head.dep_ == "dobj" else None
    if asked is not None and governor(asked) == "sought":  # "the king accepted her invitation to meet"
        found = tuple(dict.fromkeys((*found, *grouped(reading, clauses.doer(asked.head)))))
    if subject is not None and subject.dep_ == "dobj" and lemma(subject.head) in words("contacts", "leading"):
        found += grouped(reading, clauses.doer(subject.head))
    return found


def _others(reading: Reading, verb: Token, entry: dict[str, Any]) -> tuple[Token, ...]:
    if "goal" in entry:
        return ()
    if clauses.is_passive(verb) and (under := clauses.subject(verb)) is not None:
        return grouped(reading, under)
    return tuple(t for head in _roles(verb, entry.get("other", [])) for t in grouped(reading, head))


def _roles(verb: Token, roles: list[str]) -> Iterator[Token]:
    """The object, or what stands after the named prepositions."""
    for role in roles:
        if role == "object":
            yield from (c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP")
        else:
            marks = [c for c in verb.children if c.lower_ == role and c.dep_ in ("prep", "dative")]
            yield from (t for mark in marks for t in mark.children if t.dep_ == "pobj")


# ── nouns


def _is_contact(reading: Reading, noun: Token, entry: dict[str, Any]) -> bool:
    """Whether the noun names a contact here: 'a board meeting', 'a call for calm', 'talk of war' do not."""
    before = [c for c in noun.children if c.dep_ in _BEFORE and c.i < noun.i]
    lowered = {c.lower_ for c in before} | {t.lower_ for c in before for t in c.children if t.dep_ == "compound"}
    if lowered & words("contacts", "not_between"):
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ == "round":
        return False  # the round is the contact
    if entry.get("plural") and noun.tag_ == "NN":
        return False
    if "not_as" in entry and (noun.head.lemma_ in entry["not_as"] or lowered & set(entry["not_as"])):
        return False
    if lemma(noun) == "invitation" and any(lemma(c) in cues("contacts")["verbs"] for c in noun.children):
        return False  # "an invitation to meet"
    if "mark" in entry and not lowered & set(entry["mark"]):
        if lemma(noun) == "channel":  # "a channel between the ministers"
            return any(is_person(reading, t) for t in clauses.prepositional(noun, "between", "to", "with"))
        return lemma(noun) == "call" and _is_talking(reading, noun)
    if "of" in entry:
        return any(lemma(t) in entry["of"] for t in (*clauses.prepositional(noun, "of"), *before))
    return True


def _is_talking(reading: Reading, call: Token) -> bool:
    """A call that is a conversation, not an appeal: with persons, or with a time and nothing called for."""
    if any(c.lower_ in ("for", "to") or c.dep_ == "acl" for c in call.children):
        return False
    for token in clauses.prepositional(call, "with", "between", "from"):
        mention = reading.mention(token)
        if mention is not None and mention.kind in ("official", "person"):
            return True
        if call.dep_ == "dobj" and call.head.lemma_ in ("hold", "have") and party(reading, token):
            return True  # "held a call with their counterpart"
    if any(c.dep_ == "poss" and c.lower_ in ("their", "his", "her") for c in call.children):
        return True
    if call.dep_ == "nsubjpass" and call.head.lemma_ == "hold":  # "the call will be held between the two"
        return bool(sides_of(reading, clauses.prepositional(call.head, "between", "with")))
    dated = any(c.dep_ == "npadvmod" or c.ent_type_ == "DATE" for c in call.children)
    return dated or call.head.lower_ in ("in", "during")


def _of_noun(reading: Reading, noun: Token, entry: dict[str, Any]) -> Iterator[Frame]:
    held, kind = standing(noun), entry["kind"]
    if "status" in entry and held.status in (None, "held"):
        held = replace(held, status=entry["status"], sure=True)
    goal = _goal(reading, noun) if kind == "visit" else None
    inner = tuple(t for t in _inner(reading, noun, entry) if t != goal)
    enough = 1 if goal is not None else 2
    far = bool(entry.get("from_to"))
    guests = len(reading.pack.between) > 2 and any(t.lower_ == "with" for t in noun.subtree)
    full = len(sides_of(reading, inner)) >= enough and not guests
    outer = () if full else _outer(reading, noun, anyone=far)
    if not _is_between(reading, noun, kind, inner, outer, goal):
        return
    found = Frame(
        event=noun,
        kind=kind,
        people=(*outer, *inner),
        held=held,
        goal=goal,
        general=bool(entry.get("general")),
        rule=f"noun-{kind}",
        confidence=0.6,
    )
    for verb in own_clauses(noun):
        past = verb.dep_ == "relcl" and verb.tag_ == "VBD" and governor(verb) == "held"
        if past and held.status not in (None, "held"):  # "the talks that went on through Sunday resume on Monday"
            yield replace(found, event=verb, held=standing(verb))
            found = replace(found, aside=verb)
    yield found


def _is_between(
    reading: Reading, noun: Token, kind: str, inner: tuple[Token, ...], outer: tuple[Token, ...], goal: Token | None
) -> bool:
    """Whether the words name enough of those who take part for a contact of this kind."""
    if kind == "visit":
        return goal is not None or any(t.dep_ == "poss" for t in inner)
    if kind == "channel":
        return len(sides_of(reading, inner)) > 1
    occasion = any(lemma(t) in cues("contacts")["verbs"] or lemma(t) in ("sideline", "margin") for t in noun.ancestors)
    if occasion and _is_named_after_others(reading, noun):
        return False  # "will meet at the summit of the Group of Twenty": an occasion for the meeting
    return not _is_named_after_others(reading, noun) or len(sides_of(reading, (*outer, *inner))) > 1


def _is_named_after_others(reading: Reading, noun: Token) -> bool:
    """'the central bank's meeting', 'the G20 summit': others' occasion; the parties must be named beside it."""
    for child in noun.children:
        if child.dep_ in _BEFORE and _GROUP_OF.fullmatch(child.text):
            return True
        if child.dep_ in _BEFORE and child.ent_type_ in ("ORG", "EVENT", "FAC", "LAW"):
            mention = reading.mention(child)
            if mention is None or mention.party is None:
                return True
    return False


def _inner(reading: Reading, noun: Token, entry: dict[str, Any]) -> tuple[Token, ...]:
    """Those named within the noun phrase: 'her meeting with the envoy', 'talks between', 'Kenya-Uganda talks'."""
    to = ("to",) if entry.get("from_to") else ()
    found: list[Token] = []
    for head in (noun, *(clauses.prepositional(noun, "of") if "of" in entry else ())):
        found += [t for child in head.children for t in _before(reading, child)]
        agents = words("nouns", "agents")
        found += [t for t in clauses.prepositional(head, "of") if t.tag_ == "NNS" and t.lower_ in agents]
        named = clauses.prepositional(head, "with", "between", "among", "from", "by", *to)
        found += [t for first in named for t in grouped(reading, first)]
    for verb in own_clauses(noun):
        found += [t for t in clauses.prepositional(verb, "with", "between") if _is_someone(reading, t)]
        found += clauses.prepositional(verb, *to)
        found += grouped(reading, clauses.agent(verb) or _own_subject(verb))
    between = set(reading.pack.between)
    if between <= set(sides_of(reading, found)):  # "the Geneva meeting between": a place, not one who meets
        found = [t for t in found if t.dep_ != "compound" or (m := reading.mention(t)) is None or m.party in between]
    return tuple(dict.fromkeys(found))


def _before(reading: Reading, child: Token) -> list[Token]:
    """Who stands before the noun: a possessor, or a name used as an adjective with those coordinated to it."""
    if child.dep_ != "poss" and (child.dep_ not in _BEFORE or reading.mention(child) is None):
        return []
    part = ("conj",) if child.dep_ == "poss" else ("conj", "compound", "nmod")
    own = reading.mention(child)
    return [t for t in child.subtree if t == child or (t.dep_ in part and reading.mention(t) not in (None, own))]


def _own_subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP")), None)


def _goal(reading: Reading, visit: Token) -> Token | None:
    """Where a visit goes: 'a trip to Kenya', 'a Kenya visit'."""
    for token in (*clauses.prepositional(visit, "to"), *(c for c in visit.children if c.dep_ in ("compound", "nmod"))):
        mention = reading.mention(token)
        if place_at(reading, token) is not None and (mention is None or mention.kind in ("party", "metonym")):
            return token
    return None


def _outer(reading: Reading, noun: Token, *, anyone: bool) -> tuple[Token, ...]:
    """Those named by the verb that governs it: 'A held talks with B'; 'during the meeting with B, A agreed'."""
    verbs = [t for t in path(noun) if t.pos_ in ("VERB", "AUX")]
    if not verbs and (set_by := scene(noun)) is not None:
        verbs = [set_by]
    found: list[Token] = []
    for token in verbs:
        subject = clauses.agent(token) if clauses.is_passive(token) else clauses.subject(token)
        if subject is not None and subject != noun and noun not in subject.subtree:
            found += grouped(reading, subject)
        if lemma(token) in cues("contacts")["verbs"]:  # "met the king for talks"
            found += [t for t in clauses.objects(token) if t != noun]
        asks = token.lemma_ in words("contacts", "speech") or governor(token) == "sought"
        if asks:  # "we told our counterparts in a call last week"
            found += [t for t in clauses.objects(token) if t != noun and is_person(reading, t)]
        for verb in (token, *(c for c in token.children if c.dep_ in ("xcomp", "acomp"))):
            named = clauses.prepositional(verb, "with", "between", "to", "from")
            found += [t for t in named if anyone or _is_someone(reading, t)]
        if token.dep_ not in ("xcomp", "acl", "pcomp") or found:
            break
    return tuple(dict.fromkeys(found))


def _is_someone(reading: Reading, token: Token) -> bool:
    mention = reading.mention(token)
    return token.ent_type_ != "GPE" and (mention is None or mention.kind != "metonym")
