"""Negations in a passage: what is said not to be, what is denied as untrue, and what is only rejected."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nothing|nobody|without|cannot|hardly|fail(?:s|ed)? to|lacks?|refus\w+ to)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_IFS = re.compile(
    r"\b(?:if|unless|until|whether|before|could|might)\b|^(?:what|when|how|where|who|which|why)\b", re.IGNORECASE
)
_DENIES_CLAUSE = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|being|has|have|had|do|does|did)(?: not\b|n[’']t\b)|never\b|no longer\b|no (?=\w)"
    r"|failed to\b)(?: but\b| yet\b)?",
    re.IGNORECASE,
)  # what is said of the words behind it, to the end of the clause
_CLAUSE_END = re.compile(r"[.;:,!?“”—–]|\b(?:but|because|although|though|while|since|unless|if|so)\b", re.IGNORECASE)
_HELPERS = "is|are|was|were|has|have|had|will|would|shall|should|can|could|may|might|must|does|do|did"
_FINITE = re.compile(
    rf"\b(?:{_HELPERS})\b|\w[’'](?:s|re|ll|d|ve|m)\b"
    r"|\w+n[’']t\b|\w+ed\b|\w+s (?:an?|the|its|their|his|her|our|no|all)\b",
    re.IGNORECASE,
)
_WISH = re.compile(r"^\s*[“\"]?(?:not )?to \w", re.IGNORECASE)  # `to lower the tariffs` is asked for, not said to be
_ASKED_FOR = re.compile(
    r"^(?:\S+ ){0,6}(?:calls?|demands?|pleas?|requests?|offers?|proposals?|bids?|invitations?) (?:for|to)\b",
    re.IGNORECASE,
)  # to reject what is asked for denies no fact
_REFUSAL = re.compile(r"\b(?:un)?acceptable\b|\bnon-?starter\b|\bred lines?\b", re.IGNORECASE)
_CLAIM = re.compile(
    r"\b(?:claim|allegation|accusation|charge|report|assertion|suggestion|notion|idea that|critici\w+|speculation"
    r"|rumou?r|involvement|role|wrongdoing|responsib\w+|knowledge|concern|hope|fear|worr\w+|doubt|story|stories|complicity|link"
    r"|tie|part in|existence|any)s?\b|^\W*(?:it|this|that|them|so)\W*$",
    re.IGNORECASE,
)  # what stands for something said to be so
_SAYS = re.compile(rf"{_FINITE.pattern}|\b\w{{3,}}ing\b", re.IGNORECASE)
_THING = re.compile(r"^\W*(?:(?:an?|the|its|their|his|her|our|these|those|such)\b|\$?\d)", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:that|which|who|whose|whom|where|when)\b", re.IGNORECASE)
_IS = re.compile(rf"\b(?:{_HELPERS})\b|n[’']t\b", re.IGNORECASE)
_NOMINAL = re.compile(r"(?:is|are|was|were|be|been|being|no)(?:\b|n[’']t)", re.IGNORECASE)
_DOING = re.compile(r"\s*\w+ing\b")
_PART_OF = re.compile(r"\b(?:part|kind|sort|matter|case) of\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w.’'-]*(?: (?:of |the |and )*[A-Z][\w.’'-]*)*")
_TO = re.compile(r"\s*to\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Denied:
    """The clause with the one negation of a passage: the words before it and those behind it, which it denies; whether
    these begin with a noun (`is no threat`), not with a verb; and whether only a purpose is (`is not to ...`)."""

    before: str
    behind: str
    nominal: bool
    purpose: bool

    @property
    def plain(self) -> str:
        """What is denied, without names."""
        return _NAME.sub(" ", self.behind)


def denied_clause(text: str) -> Denied | None:
    """What a passage says not to be. None where it has no negation, or more of them: what is denied cannot be told
    then."""
    found = list(_DENIES_CLAUSE.finditer(text))
    if len(found) != 1:
        return None
    before = _CLAUSE_END.split(text[: found[0].start()])[-1]
    behind = _PART_OF.sub(" ", _CLAUSE_END.split(text[found[0].end() :], maxsplit=1)[0])
    nominal = _NOMINAL.match(found[0][0]) is not None and not _DOING.match(behind)
    return Denied(before, behind, nominal, _TO.match(behind) is not None)


def negates(text: str) -> bool:
    """Whether a passage has any negation."""
    return _NEGATION.search(text) is not None


def negated(text: str, denies: bool = False) -> bool:
    """Whether what is said says that it is not: an odd number of negations, the denial of it counted."""
    return (len(_NEGATION.findall(text)) + denies) % 2 == 1


def supposes(text: str) -> bool:
    """Whether a passage is told with if or whether."""
    return _IFS.search(text) is not None


def states(text: str) -> bool:
    """Whether a passage says that something is so; a wish does not. Looking for a verb takes long: ask it last."""
    return _FINITE.search(text) is not None and _WISH.match(text) is None


def claims(text: str) -> bool:
    """Whether the words of a denial are of something said to be so; a deal, a plan or an effort is not denied but
    rejected."""
    if _CLAIM.search(text):
        return True
    if _THING.match(text):
        return _IS.search(_WHICH.split(text, maxsplit=1)[0]) is not None
    return _SAYS.search(text) is not None


def rejects(text: str) -> bool:
    """Whether what is asked for or offered is turned down, which denies no fact."""
    return any(pattern.search(text) for pattern in (_REFUSAL, _WISH, _ASKED_FOR))
