"""Whether a contact was held, is planned, sought or considered, or did not come about: read from what governs it.

The way goes up from the verb or noun that names the contact through the words that govern it ("has no plans to hold
talks": talks, hold, plans, has) until reported speech or another clause begins; the lexicon says what each makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues, words
from standoff.model.dates import When
from standoff.model.record import ContactStatus

_UP = frozenset(
    {
        "dobj",
        "nsubj",
        "nsubjpass",
        "attr",
        "pobj",
        "xcomp",
        "pcomp",
        "oprd",
        "prep",
        "acl",
        "dative",
        "csubj",
        "csubjpass",
    }
)
_RANK: tuple[ContactStatus, ...] = ("refused", "missed", "not-planned", "sought", "considered", "planned", "held")
_NEGATED: dict[ContactStatus, ContactStatus | None] = {
    "held": "missed",
    "planned": "not-planned",
    "considered": "not-planned",
    "sought": "not-planned",
    "refused": "considered",
    "missed": None,
}
_SUPPOSED = frozenset(["can", "could", "may", "might"])
_MANAGED = frozenset(["manage", "able", "get", "continue", "begin", "start", "use"])
_BE = frozenset(["is", "are", "was", "were", "'s", "'re", "'m", "am", "be"])
_FUTURE = frozenset(["will", "'ll", "shall", "wo"])


@dataclass(frozen=True, slots=True)
class Standing:
    """What the words around say: `status`, whether it is only supposed (a condition, a bare infinitive), and the verb.

    `sure` where a word says so, and not merely nothing to the contrary.
    """

    status: ContactStatus | None
    supposed: bool
    verb: Token | None
    sure: bool


@cache
def _governors(part: str) -> dict[str, ContactStatus]:
    table = cues("contacts")["governors"][part]
    return {word: kind for kind, those in table.items() for word in those}


def lemma(token: Token) -> str:
    """The dictionary form, with what the parser's lemmatiser gets wrong put right."""
    plain = token.lemma_.lower()
    return str(cues("contacts")["misread"].get(plain, plain)) if token.pos_ in ("VERB", "AUX") else plain


def governor(token: Token) -> ContactStatus | None:
    """What a word makes of the contact that it governs; particles count ('call off', 'rule out')."""
    for kind, table in cues("contacts")["governors"]["phrases"].items():
        particles = table.get(lemma(token))
        if particles and any(c.lower_ in particles and c.dep_ in ("prt", "advmod", "prep") for c in token.children):
            return kind  # type: ignore[no-any-return]
    part = "adjectives" if token.pos_ == "ADJ" else "nouns" if token.pos_ in ("NOUN", "PROPN") else "verbs"
    return _governors(part).get(lemma(token))


def path(event: Token) -> Iterator[Token]:
    """The words that govern a contact, from the nearest up, as far as they say something of it.

    Reported speech ends the way, and so does a preposition that only sets the scene ("at the meeting, they agreed").
    """
    at = event
    for _ in range(8):
        if at.dep_ == "conj" and at.pos_ not in ("VERB", "AUX"):
            at = _first(at)
        if at.head == at or not _goes_up(at):
            return
        at = at.head
        yield at


def _goes_up(at: Token) -> bool:
    head = at.head
    if at.dep_ == "prep" and at.lower_ not in words("contacts", "binding"):
        return False
    if (
        at.dep_ in ("ccomp", "nsubj", "dobj", "pobj")
        and head.lemma_ in words("contacts", "speech")
        and not clauses.is_passive(head)
    ):
        return False
    if at.dep_ == "ccomp":
        return _attitude(head)
    return at.dep_ in _UP or (at.dep_ in ("advcl", "relcl") and _is_purpose(at))


def scene(event: Token) -> Token | None:
    """The verb of the clause that a contact only sets the scene for: 'during the meeting with them, he agreed'."""
    at, crossed = event, False
    for _ in range(7):
        crossed = crossed or (at.dep_ == "prep" and at.lower_ not in words("contacts", "binding"))
        if at.head == at or at.dep_ not in ("pobj", "prep", "conj", *(("dobj",) if crossed else ())):
            return None
        if (
            crossed
            and at.dep_ == "prep"
            and at.head.pos_ in ("NOUN", "PROPN")
            and at.lower_ not in words("contacts", "during")
        ):
            return None  # "progress in the talks"
        at = at.head
        if crossed and at.pos_ in ("VERB", "AUX"):
            return at
    return None


def _first(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def _attitude(verb: Token) -> bool:
    return governor(verb) in ("sought", "planned", "considered", "refused") and verb.lemma_ not in words(
        "contacts", "speech"
    )


def _is_purpose(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.tag_ == "TO" for c in verb.children)


def standing(event: Token) -> Standing:
    """The status that the words around a contact give it, before its time is looked at."""
    carrier = _first_verb(event)
    kinds = [kind for kind in (_adjective(event), *_governing(event)) if kind is not None]
    denied = _denied(event) or any(_denied(t) for t in path(event) if governor(t) is not None or t.lemma_ == "be")
    strongest = min(kinds, key=_RANK.index, default=None)
    if strongest == "missed" and "held" in kinds[:1] and event.pos_ == "NOUN":
        strongest = "held"  # "called off the talks that had gone on for a year"
    given = _with_tense(strongest, carrier)
    sure = strongest is not None or given not in (None, "held") or denied or event.pos_ in ("VERB", "AUX")
    if carrier is not None and clauses.is_passive(carrier) and _never_planned(carrier):
        return Standing("not-planned", False, carrier, True)
    if denied:
        given = "not-planned" if given is None and event.pos_ == "NOUN" else _NEGATED[given or "held"]
    supposed = carrier is not None and clauses.in_condition(carrier) and (strongest is not None or carrier == event)
    if (
        strongest in (None, "held")
        and given in (None, "held")
        and (_is_bare(event) or (carrier is not None and _is_bare(carrier)))
    ):
        supposed, given = True, None
    return Standing(given, supposed, carrier, sure)


def _never_planned(verb: Token) -> bool:
    """'a summit had been discussed but was never scheduled'."""
    return any(governor(t) == "planned" and clauses.is_negated(t) for t in clauses.conjuncts(verb) if t.pos_ == "VERB")


def _governing(event: Token) -> Iterator[ContactStatus | None]:
    """What the words on the way up make of it, with the adjective of a copula ('talks are due to resume')."""
    below = event
    for token in path(event):
        if token.pos_ != "ADP":
            kind = governor(token)
            acts = below.dep_ == "nsubj" and kind not in (None, "held")
            yield "held" if acts and token.pos_ == "VERB" else kind  # "the talks failed to bring results" were held
        if token.lemma_ == "be":
            yield from (governor(c) for c in token.children if c.dep_ in ("acomp", "attr", "oprd"))
        below = token


def _is_bare(event: Token) -> bool:
    """An infinitive or gerund that nothing governs: nobody says that it came about."""
    if event.pos_ not in ("VERB", "AUX") or event.tag_ not in ("VB", "VBG") or event.dep_ == "prep":
        return False
    if any(lemma(t) in words("contacts", "leading") for t in path(event)):
        return False
    if event.dep_ == "pcomp":
        return event.head.lower_ not in words("contacts", "after")
    if event.tag_ == "VB" and _is_purpose(
        event
    ):  # "travelled to meet" tells of a meeting, "makes no sense to" does not
        return not any(lemma(t) in cues("contacts")["verbs"] or lemma(t) in _MANAGED for t in path(event))
    finite = any(c.dep_ == "aux" and c.lower_ != "to" for c in event.children)
    return not finite and event.dep_ not in ("ROOT", "advcl", "conj")


def _adjective(event: Token) -> ContactStatus | None:
    table = cues("contacts")["adjectives"]
    for child in event.children:
        if child.dep_ in ("amod", "compound") or (child.dep_ == "acl" and child.pos_ == "ADJ"):
            for kind, those in table.items():
                if child.lower_ in those:
                    return kind  # type: ignore[no-any-return]
    return None


def _denied(token: Token) -> bool:
    if any(c.lower_ in ("no", "neither") and c.dep_ in ("det", "neg", "preconj") for c in token.children):
        return True
    return token.pos_ in ("VERB", "AUX", "ADJ") and clauses.is_negated(token)


def _first_verb(event: Token) -> Token | None:
    if event.pos_ in ("VERB", "AUX"):
        return event
    return next((t for t in path(event) if t.pos_ in ("VERB", "AUX")), None)


def _with_tense(status: ContactStatus | None, carrier: Token | None) -> ContactStatus | None:
    """What the tense and the modal verbs make of a contact that is not yet known to be more than held."""
    if status not in (None, "held") or carrier is None:
        return status
    finite = [carrier, *(t for t in path(carrier) if t.pos_ in ("VERB", "AUX"))]
    return next((found for verb in finite if (found := _tense(verb)) is not None), status)


def _tense(verb: Token) -> ContactStatus | None:
    aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    would = ("would" in aux or ("'d" in aux and verb.tag_ == "VB")) and "have" not in aux
    future = bool(aux & _FUTURE)
    if aux & _SUPPOSED or (would and _on_condition(verb)):
        return "considered"
    if (future and _hedged("perhaps", verb.children)) or (would and _hedged("maybe", verb.rights)):
        return "considered"
    if verb.lemma_ == "go" and verb.tag_ == "VBG" and aux & {"was", "were"} and verb.dep_ in ("ROOT", "conj"):
        return "missed" if any(c.dep_ == "xcomp" for c in verb.children) else "planned"  # "were going to meet"
    if future or would or _was_to(verb):
        return "planned"
    if aux & {"should", "must"}:
        return "sought"
    arranged = verb.tag_ == "VBG" and aux & _BE and lemma(verb) in words("contacts", "arranged")
    return "planned" if arranged or (not aux and _is_timed(verb)) else None


def _hedged(key: str, among: Iterable[Token]) -> bool:
    return any(t.lower_ in words("contacts", key) for c in among for t in (c.subtree if key == "maybe" else (c,)))


def _is_timed(verb: Token) -> bool:
    """'when they arrive', 'until the two meet': the present tense of what is to come."""
    marks = [c.lower_ for c in verb.children if c.dep_ in ("advmod", "mark")]
    return verb.tag_ in ("VBP", "VBZ") and bool({"when", "until", "before"}.intersection(marks))


def _on_condition(verb: Token) -> bool:
    """'would hold a summit if there were a deal'."""
    return any(c.dep_ == "advcl" and any(g.lower_ == "if" for g in c.children) for c in verb.children)


def _was_to(verb: Token) -> bool:
    """'is to meet', 'are going to meet'."""
    if (
        verb.tag_ == "VB"
        and verb.dep_ == "xcomp"
        and verb.head.lemma_ in ("be", "go", "due", "set")
        and verb.head.lemma_ != "use"
    ):
        return True
    return verb.lemma_ == "go" and any(c.dep_ == "xcomp" for c in verb.children)


def by_time(status: ContactStatus | None, when: When | None, published: date | None, event: Token) -> ContactStatus:
    """The status in the light of the time named; what is said of a time to come is not yet held."""
    if status is None or status == "held":
        if when is not None and published is not None and when.first is not None and when.first > published:
            return "planned"
        if status is None and _ahead(event):
            return (
                "planned"
                if when is None or published is None or when.last is None or when.last >= published
                else "held"
            )
        return "held"
    if (
        status == "planned"
        and when is not None
        and published is not None
        and when.last is not None
        and when.last < published
    ):
        return "held" if _adjective(event) is not None else status
    return status


def _ahead(event: Token) -> bool:
    """'before the meeting', 'ahead of the talks'."""
    at = event
    for _ in range(3):
        if at.head == at:
            return False
        if at.dep_ in ("pobj", "pcomp") or (at.dep_ == "prep" and at.lower_ == "of"):
            if at.head.lower_ in words("contacts", "before"):
                return True
            at = at.head
            continue
        return at.lower_ in words("contacts", "before")
    return False
