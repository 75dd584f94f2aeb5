"""The acts upon an instrument, read up the tree from the word that names it.

"Agreed not to go on with plans to impose a duty" is impose, plan, go on (denied), agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues, words
from standoff.extract.measures.instruments import Trigger, flat

_MOST_STEPS = 10
_NEAR = 9  # words to either side
_VERBS = ("VERB", "AUX")
_NOUNS = ("NOUN", "PROPN")
_THROUGH = frozenset(["of", "in", "on", "for", "to", "from", "with", "about", "off", "at", "against"])
"""Prepositions that acts reach through: 'threat of tariffs', 'hold off on tariffs', 'increase in tariffs'."""
_LIGHT = frozenset("be have do see include make get go come take bring involve mean".split())
_HANGING = ("impose", "raise", "suspend", "lift", "threaten", "propose", "keep")


@dataclass(frozen=True, slots=True)
class Act:
    """One act upon an instrument, or upon such an act: its kind in the lexicon, and how real the clause makes it.

    `done` where it is told as done: a past, a perfect or a plain present, not an infinitive.
    """

    kind: str
    token: Token
    mode: clauses.Mode = "fact"
    denied: bool = False
    done: bool = False

    @property
    def verbal(self) -> bool:
        return self.token.pos_ in _VERBS


@cache
def _kinds() -> dict[str, str]:
    """The act lexicon turned round: from a word to what it does; the first of several counts."""
    found: dict[str, str] = {}
    for kind in cues("measures")["acts"]:
        for word in flat(cues("measures")["acts"][kind]):
            found.setdefault(word, kind)
    return found


def acts(trigger: Trigger) -> tuple[Act, ...]:
    """The acts upon an instrument, from the inside out, up to the main verb or the speech that carries them."""
    found: list[Act] = [_own(trigger.word)] if trigger.verbal else list(_hanging(trigger))
    at, go = trigger.word, True
    for _ in range(_MOST_STEPS):
        if not go or at.head == at:
            break
        at, act, go = _up(at)
        if act is not None:
            found.append(act)
    if not any(a.kind == "suspend" for a in found) and (held := _on_hold(trigger.top)) is not None:
        found.append(Act("suspend", held, done=True))
    return tuple(found)


def _on_hold(noun: Token) -> Token | None:
    """'put on hold an increase in tariffs': the set phrase near by, which the parser often hangs elsewhere."""
    start = max(noun.sent.start, noun.i - _NEAR)
    for token in noun.doc[start : min(noun.sent.end, noun.i + _NEAR)]:
        if token.lower_ in ("hold", "ice") and token.i > start and token.nbor(-1).lower_ == "on":
            return token
    return None


def _own(verb: Token) -> Act:
    act = _act("impose", verb)
    return replace(act, denied=False) if verb.lemma_ in words("measures", "send_verbs") else act


def _hanging(trigger: Trigger) -> Iterator[Act]:
    """Acts that hang on the phrase: 'tariffs imposed by', 'tariffs that were lifted'."""
    for noun in dict.fromkeys((trigger.word, trigger.top)):
        for child in noun.children:
            named = child.dep_ in ("acl", "relcl") or has_subject(child)
            if not named or child.pos_ not in _VERBS or clauses.is_negated(child):
                continue
            if (kind := kind_of(child)) in _HANGING and not _says_of_itself(child, kind):
                act = _act(kind, child)
                yield replace(act, done=True) if child.dep_ == "amod" else act


def _says_of_itself(verb: Token, kind: str | None) -> bool:
    """'sanctions that have halted exports', 'that remain painful': what it does or is, not what is done with it."""
    if kind == "keep":
        return any(c.dep_ == "acomp" for c in verb.children)
    return kind in ("lift", "suspend", "raise") and _does(verb)


def _does(verb: Token) -> bool:
    """Whether a relative clause has the instrument for its subject, and an object."""
    relative = any(c.dep_ == "nsubj" and c.tag_ in ("WDT", "WP") for c in verb.children)
    return relative and any(c.dep_ == "dobj" for c in verb.children)


def has_subject(participle: Token) -> bool:
    """'after Smith raised tariffs', where the parser takes 'raised' for a modifier but knows its subject."""
    return participle.dep_ == "amod" and any(c.dep_ == "nsubj" for c in participle.children)


def kind_of(verb: Token) -> str | None:
    """What a verb does to an instrument: by a set phrase around it, by its particle, or by itself."""
    after = verb.doc[verb.i : verb.i + 6].text.lower()
    for kind, phrases in cues("measures")["phrases"].items():
        for phrase in phrases:
            if (
                after.startswith(phrase + " ")
                or after == phrase
                or (kind in ("suspend", "keep", "threaten") and f" {phrase}" in after)
            ):
                return str(kind)
    for child in verb.children:
        if child.dep_ in ("prt", "advmod", "prep") and (kind := _kinds().get(f"{verb.lemma_} {child.lower_}")):
            return kind
    if verb.lemma_ == "hold" and any(t.lower_ in words("measures", "held") for t in clauses.objects(verb)):
        return None  # 'hold hearings on the duties'
    if verb.lemma_ == "call" and not clauses.prepositional(verb, "for", "on", "upon"):
        return None
    return _kinds().get(verb.lemma_)


def _up(at: Token) -> tuple[Token, Act | None, bool]:
    """One step up the tree: where it leads, what it does, and whether to go on."""
    head, dep = at.head, at.dep_
    if dep in ("compound", "nmod", "amod", "nummod", "quantmod"):
        return head, _noun_act(head), True
    if dep in ("pobj", "pcomp"):
        return head, None, at.pos_ in _NOUNS or head.lower_ in _THROUGH
    if dep in ("conj", "appos"):
        return head, None, True
    if dep == "prep":
        return _through(at, head)
    if dep == "acl" or (dep == "relcl" and at.lemma_ in _LIGHT):
        return head, _noun_act(head), True
    if dep == "relcl":
        return head, None, False
    if head.pos_ in _VERBS:
        return _verb_step(head, dep)
    if head.pos_ == "ADJ":
        kind = _kinds().get(head.lower_)
        return head, _act(kind, head) if kind else None, True
    return head, None, False


def _through(prep: Token, head: Token) -> tuple[Token, Act | None, bool]:
    how = prep.lower_ == "with" or any(c.lower_ == "kind" for c in prep.children)
    replied = head.lemma_ in words("measures", "replies") and not how
    if prep.lower_ not in _THROUGH or replied:
        return head, None, False
    if head.pos_ in _VERBS:
        kind = "lift" if prep.lower_ == "off" and head.lemma_ == "take" else kind_of(head)
        return head, _act(kind, head) if kind else None, kind is not None or head.lemma_ in _LIGHT
    if head.pos_ not in _NOUNS or head.lower_ in words("measures", "transparent"):
        return head, None, True
    act = _noun_act(head)
    return head, act, act is not None


def _noun_act(noun: Token) -> Act | None:
    kind = _kinds().get(noun.lower_) if noun.pos_ in _NOUNS else None
    return Act(kind, noun) if kind else None


def _verb_step(verb: Token, dep: str) -> tuple[Token, Act | None, bool]:
    if dep in ("nsubj", "nsubjpass"):
        return _subject_step(verb, dep)
    if dep in ("advcl", "parataxis", "csubj"):
        return verb, None, False
    if dep == "acomp" and verb.lemma_ == "remain":
        return verb, None, False  # 'remains vulnerable to sanctions'
    kind = kind_of(verb)
    if kind is None and dep == "dobj":
        kind = {"take": "impose", "have": "keep"}.get(verb.lemma_)
    if kind is None:
        return verb, None, verb.lemma_ in _LIGHT
    return verb, _act(kind, verb), True


def _subject_step(verb: Token, dep: str) -> tuple[Token, Act | None, bool]:
    """The step from an instrument, as its subject, to a verb: what is done with it, not what it does."""
    if (coming := _coming(verb)) is not None:
        return verb, _act(kind_of(coming) or "impose", coming), True
    kind, active = kind_of(verb), dep == "nsubj"
    if active and verb.lemma_ in words("measures", "starts") and verb.nbor(1).lower_ != "through":
        return verb, _act("impose", verb), True
    if kind is None or (active and _does_itself(verb, kind)):
        return verb, None, kind is None and verb.lemma_ in _LIGHT
    if kind == "demand" and any(c.dep_ == "xcomp" for c in verb.children):
        return verb, None, False  # 'duties are expected to hurt'
    return verb, _act(kind, verb), True


def _does_itself(verb: Token, kind: str) -> bool:
    """'tariffs are working', 'tariffs cut exports', 'tariffs hit profits', 'tariffs have paid dividends'."""
    takes = any(c.dep_ == "dobj" for c in verb.children)
    if kind in ("demand", "propose", "agree", "refuse") or (takes and kind in ("lift", "raise", "suspend")):
        return True
    return (kind == "impose" and not _hits_goods(verb)) or (takes and verb.lemma_ in words("measures", "borne"))


def _coming(verb: Token) -> Token | None:
    """What lies ahead of the instrument: 'duties are set to rise', 'were due to come into effect'."""
    for word in (verb, *(c for c in verb.children if c.dep_ == "acomp")):
        if word.lemma_ in words("measures", "ahead"):
            return next((c for c in word.children if c.dep_ == "xcomp" and kind_of(c) in ("raise", "impose")), None)
    return None


def _hits_goods(verb: Token) -> bool:
    """'tariffs hit American farmers', 'take effect': not 'tariffs hit profits'."""
    goods = words("measures", "goods")
    things = [c for c in verb.children if c.dep_ == "dobj"]
    phrases = [clauses.noun_phrase(thing) for thing in things]
    named = any(
        t.lower_ in goods or t.pos_ == "PROPN" or t.ent_type_ in ("NORP", "GPE", "MONEY") for p in phrases for t in p
    )
    return not things or named or any(t.lower_ == "effect" for t in things)


def _act(kind: str, verb: Token) -> Act:
    mode: clauses.Mode = "hypothetical" if _is_supposed(verb) else clauses.mode(verb)
    if mode == "fact" and any(c.dep_ == "mark" and c.lower_ in ("before", "until") for c in verb.children):
        mode = "expected"
    return Act(kind, verb, mode, clauses.is_negated(verb), _done(verb))


def _is_supposed(verb: Token) -> bool:
    """'Provided that they announce ...', where the parser takes the conjunction for a verb."""
    return verb.dep_ == "ccomp" and verb.head.lower_ in ("providing", "provided", "assuming", "supposing")


def _done(verb: Token) -> bool:
    if verb.tag_ == "VBD":
        return True
    aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBN":
        return not aux & {"to", "will", "would", "could", "might", "may", "should", "be"} or "been" in aux
    return verb.tag_ in ("VBZ", "VBP") and not aux
