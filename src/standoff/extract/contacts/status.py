"""Whether a contact was held, is planned, sought or considered, or did not come about: read from what governs it.

The way goes up from the verb or noun that names the contact through the words that govern it ("has no plans to hold
talks": talks, hold, plans, has) until reported speech or another clause begins; the lexicon says what each makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.way import governor, is_purpose, lemma, path
from standoff.extract.cues import cues, words
from standoff.model.dates import When
from standoff.model.record import ContactStatus

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


def standing(event: Token) -> Standing:
    """The status that the words around a contact give it, before its time is looked at."""
    carrier = _first_verb(event)
    if _is_untold(event):
        return Standing(None, True, carrier, False)
    kinds = [kind for kind in (_adjective(event), *_governing(event)) if kind is not None]
    if any(t.lemma_ == "accept" for t in path(event)):
        kinds = [kind for kind in kinds if kind != "sought"]  # "accepted the invitation to meet"
    way = (event, *path(event))
    denied = _denied(event) or any(_denied(t) for below, t in pairwise(way) if _tells_of(below, t))
    strongest = min(kinds, key=_RANK.index, default=None)
    if strongest == "missed" and "held" in kinds[:1] and event.pos_ == "NOUN":
        strongest = "held"  # "called off the talks that had gone on for a year"
    given = _with_tense(strongest, carrier)
    sure = strongest is not None or given not in (None, "held") or denied or event.pos_ in ("VERB", "AUX")
    if carrier is not None and clauses.is_passive(carrier) and _never_planned(carrier):
        return Standing("not-planned", False, carrier, True)
    if denied and carrier is not None and _since(carrier):
        return Standing("held", False, carrier, True)
    if denied and not (given == "considered" and strongest is None and _may(carrier)):
        given = "not-planned" if given is None and event.pos_ == "NOUN" else _NEGATED[given or "held"]
    timed = carrier is not None and _is_timed(carrier)  # "if there is no deal when they meet": meet they will
    supposed = carrier is not None and clauses.in_condition(carrier) and (strongest is not None or carrier == event)
    supposed = supposed and not timed
    if supposed and given == "planned" and strongest is None:
        given = "considered"  # "if they were to meet"
    if (
        strongest in (None, "held")
        and given in (None, "held")
        and (_is_bare(event) or (carrier is not None and _is_bare(carrier)))
    ):
        supposed, given = True, None
    return Standing(given, supposed, carrier, sure)


def _since(verb: Token) -> bool:
    """'have not spoken since May': the last time was then."""
    perfect = any(c.dep_ == "aux" and c.lower_ in ("have", "has", "had", "'ve", "'s") for c in verb.children)
    return perfect and any(
        c.lower_ == "since" or any(g.lower_ == "since" and g.dep_ == "mark" for g in c.children) for c in verb.children
    )


def _is_untold(event: Token) -> bool:
    """Whether nothing is said of it: 'had no information about', 'knew nothing of', 'would not confirm a meeting'.

    So too where somebody is urged not to meet, or was not among those who met.
    """
    above = tuple(path(event))
    for k, token in enumerate(above):
        word = lemma(token)
        if token.pos_ in ("NOUN", "PROPN") and word in words("contacts", "tidings"):
            return _denied(token) or any(_denied(t) for t in above[k + 1 :])
        if token.pos_ not in ("VERB", "AUX"):
            continue
        nothing = any(c.lower_ == "nothing" and c.dep_ == "dobj" for c in token.children)
        speaks_of = k > 0 and word in ("speak", "talk") and above[k - 1].lower_ == "of"
        tells = speaks_of or word in words("contacts", "telling")
        if tells and (nothing or clauses.is_negated(token) or _is_refused(token)):
            return True
        if word in words("contacts", "taking_part") and clauses.is_negated(token) and not _is_refused(token):
            return True
    ever = event.tag_ == "VBN" and any(c.lower_ in ("ever", "never") for c in event.children)
    if ever and any(c.lower_ in ("has", "have", "had", "'s", "'d", "'ve") for c in event.children):
        return True  # "no president has ever met the king": history
    urged = event.dep_ == "xcomp" and event.tag_ == "VB" and any(c.dep_ == "neg" for c in event.children)
    return urged and clauses.object_controller(event.head) is not None


def _is_refused(verb: Token) -> bool:
    return any(governor(t) == "refused" for t in path(verb))


def _tells_of(below: Token, above: Token) -> bool:
    """Whether a denial of what stands above a contact is one of the contact: not in 'the talks will not be easy'."""
    if below.dep_ != "nsubj" or below.head != above:
        return governor(above) is not None or above.lemma_ == "be"
    if above.lemma_ == "be" and any(c.dep_ == "prep" and c.lower_ != "on" for c in above.children):
        return False  # "the outcome of the talks is not in line with"
    said = [c for c in above.children if c.dep_ in ("acomp", "attr", "xcomp", "dobj", "oprd")]
    return lemma(above) in words("contacts", "happening") and all(
        governor(c) is not None or c.lower_ == "place" for c in said
    )


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
    if event.tag_ == "VB" and is_purpose(event):  # "travelled to meet" tells of a meeting, "makes no sense to" does not
        return not any(lemma(t) in cues("contacts")["verbs"] or lemma(t) in _MANAGED for t in path(event))
    finite = any(c.dep_ == "aux" and c.lower_ != "to" for c in event.children)
    if event.dep_ == "advcl" and event.tag_ == "VBG" and any(c.lower_ == "once" for c in event.children):
        return True
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
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "go" != verb.lemma_ and (dropped := _tense(verb.head)) is not None:
        return dropped  # "were going to meet"
    if verb.lemma_ == "go" and verb.tag_ == "VBG" and aux & {"was", "were"} and _is_told(verb):
        return "missed" if any(c.dep_ == "xcomp" for c in verb.children) else "planned"  # "were going to meet"
    if future or would or _was_to(verb):
        return "planned"
    if aux & {"should", "must"}:
        return "sought"
    arranged = verb.tag_ == "VBG" and aux & _BE and lemma(verb) in words("contacts", "arranged")
    return "planned" if arranged or (not aux and _is_timed(verb)) else None


def _is_told(verb: Token) -> bool:
    """Whether a clause stands by itself, and not in what somebody is said to have said."""
    return verb.dep_ in ("ROOT", "conj") or (verb.dep_ == "ccomp" and verb.head.pos_ not in ("VERB", "AUX"))


def _may(verb: Token | None) -> bool:
    """'may not meet' leaves it open."""
    return verb is not None and any(c.lower_ in ("may", "might") for t in (verb, *path(verb)) for c in t.children)


def _hedged(key: str, among: Iterable[Token]) -> bool:
    found = tuple(among)
    near = [t for c in found for t in (c, *(c.children if c.dep_ == "prep" else ()))]  # "probably in May, we will go"
    return any(
        t.lower_ in words("contacts", key)
        for t in (near if key == "perhaps" else (t for c in found for t in c.subtree))
    )


def _is_timed(verb: Token) -> bool:
    """'when they arrive', 'until the two meet', 'by the time they meet': the present tense of what is to come."""
    if verb.tag_ in ("VBP", "VBZ") and verb.dep_ in ("relcl", "acl") and verb.head.lemma_ == "time":
        return True
    marks = [c.lower_ for c in verb.children if c.dep_ in ("advmod", "mark")]
    return verb.tag_ in ("VBP", "VBZ") and bool({"when", "until", "before"}.intersection(marks))


def _on_condition(verb: Token) -> bool:
    """'would hold a summit if there were a deal', 'would meet under the right conditions'."""
    if any(t.lemma_ in ("condition", "circumstance") for t in clauses.prepositional(verb, "under", "in")):
        return True
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


def by_time(
    status: ContactStatus | None, when: When | None, published: date | None, event: Token, *, coming: bool = False
) -> ContactStatus:
    """The status in the light of the time named; what is said of a time to come ("tomorrow") is not yet held."""
    if status is None or status == "held":
        if coming or (when is not None and published is not None and when.first is not None and when.first > published):
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
