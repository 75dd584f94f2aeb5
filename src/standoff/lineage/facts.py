"""What a sentence states that two copies of it may state differently: names, numbers, days, force, and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standoff.model.span import Span

_CAPITAL = r"[A-Z][\w.]*(?:[’'-][A-Z]?\w+)*"
_NAME = re.compile(rf"{_CAPITAL}(?: (?:of the |of )?{_CAPITAL})*")
_TITLE = (
    r"(?i:ambassador|president|premier|chancellor|minister|secretary|representative|spokes(?:man|woman|person)|envoy"
    r"|negotiator|senator|governor|general|adviser|advisor|director|chairman|chairwoman|professor|judge|king|prince)"
)
_TITLED = re.compile(rf"\b{_TITLE} (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,2}})")
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May(?= \d)|(?<=in )May|June|July|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DATE = re.compile(rf"\b(?P<month>{_MONTH})(?: (?P<day>\d{{1,2}})(?!\d))?|\b(?P<d>\d{{1,2}}) (?P<m>{_MONTH})")
_VAGUE = re.compile(r"\b(?:this|last|next|final|earlier this|later this) (?:week|month|year|quarter)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<money>[$€£¥])?(?P<n>\d[\d,]*(?:\.\d+)?)"
    r"(?: (?P<scale>million|billion|trillion))?(?P<unit> ?%| percent| per ?cent)?"
)
_SAID_SO = re.compile(
    r"\b(?:according to|in line with|as per|citing|sa(?:id|ys?|ying)|stat(?:ed|es?|ing)|told|tells?|add(?:ed|s|ing)"
    r"|disclos(?:ed|es)|reveal(?:ed|s)|mention(?:ed|s)|not(?:ed|ing)|reported(?:ly)?|claim(?:ed|s)|indicated|argu(?:ed|es)"
    r"|acknowledged|announc(?:ed|ing)|explained|declared|confirmed|warned)\b",
    re.IGNORECASE,
)
_FORCE = {
    "wish": r"wants?|wanted|wish(?:es|ed)?|hop(?:es?|ed|ing)|desires?|seek(?:s|ing)?|sought|would like",
    "effort": r"efforts?|attempts?|attempted|tried|tries|trying",
    "must": r"must|requir(?:es?|ed|ing)|needs? to|needed to|ha(?:s|ve|d) to|insist(?:s|ed)?|obliged",
    "preference": r"prefer(?:s|red)?|favou?r(?:s|ed)?",
    "exchange": r"in exchange|in return",
    "purpose": r"in order to|so that|so as to|with (?:a|the) (?:purpose|aim|view|goal)",
    "possibility": r"may(?= [a-z])|might|could|perhaps|possibly|potentially",
    "intention": r"plan(?:s|ned|ning)? to|intend(?:s|ed)?|expect(?:s|ed)? to|will",
    "promise": r"pledg(?:es?|ed)|promis(?:es?|ed)|vow(?:s|ed)|commit(?:s|ted)",
}
_FORCES = tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in sorted(_FORCE.items()))
_SINGLE = re.compile(r"\b[Aa]n? (?:[\w’'-]+ ){0,3}?(?P<noun>[a-z]{4,})(?![\w’'-])")
_SEVERAL = re.compile(r"(?<![\w-])(?P<noun>[a-z]{4,})s\b")
_CLAUSE_EDGE = re.compile(r"[,;:—–()]\s|\s[—–-]\s|\s(?=(?:and|but|while|whereas|because|although|when) )")
_NO_NAME_WORDS = (
    "the a an it this these that when while whereas with in on at but could may might will would should must i he she "
    "they we january february march april june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday"
)
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_SHARE = re.compile(
    r"\b(?:nearly all|almost all|all|most|many|several|some|half|few|none|no)(?= (?:of )?[a-z])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a sentence states, in a form that can be compared, and the words that state it."""

    value: str
    span: Span


def names(text: str, place: Span) -> Iterator[Fact]:
    """Names of people, places and bodies: runs of capitals, dates left out; not what merely opens the sentence."""
    for match in _NAME.finditer(text, place.start, place.end):
        words = match[0]
        credited = text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"
        if credited or words.casefold() in _NO_NAME or not re.search(r"[A-Z]\w\w", words):
            continue
        if match.start() > place.start or " " in words or re.search(rf"[a-z,] {re.escape(words)}\b", text):
            yield Fact(words, Span(*match.span()))


def holders(text: str, place: Span) -> Iterator[Fact]:
    """People named with an office: `Ambassador Jane Doe`; the value is the name, the span has the office too."""
    for match in _TITLED.finditer(text, place.start, place.end):
        yield Fact(match["name"], Span(*match.span()))


def dates(text: str, place: Span) -> Iterator[Fact]:
    """Months, with the day where it is given: `march` or `march 4`."""
    for match in _DATE.finditer(text, place.start, place.end):
        month, day = match["month"] or match["m"], match["day"] or match["d"]
        yield Fact(f"{month[:3].lower()} {day or ''}".strip(), Span(*match.span()))


def vague_dates(text: str, place: Span) -> Iterator[Fact]:
    """`this month`, `last week`: times that name no day."""
    for match in _VAGUE.finditer(text, place.start, place.end):
        yield Fact("vague", Span(*match.span()))


def numbers(text: str, place: Span) -> Iterator[Fact]:
    """Percentages, sums and counts in digits; the value has the unit: `25 %`, `$ 300 billion`, `7`."""
    days = [fact.span for fact in dates(text, place)]
    for match in _NUMBER.finditer(text, place.start, place.end):
        span = Span(*match.span())
        if any(day.overlaps(span) for day in days) or re.fullmatch(r"(?:19|20)\d\d", match[0]):
            continue
        unit = "%" if match["unit"] else (match["money"] or "")
        yield Fact(f"{unit} {match['n'].replace(',', '')} {match['scale'] or ''}".strip(), span)


def shares(text: str, place: Span) -> Iterator[Fact]:
    """Words for how many of all: `most`, `nearly all`, `some`."""
    for match in _SHARE.finditer(text, place.start, place.end):
        yield Fact(match[0].casefold().replace("almost", "nearly"), Span(*match.span()))


def sayings(text: str, place: Span) -> Iterator[Fact]:
    """Words that lay what the sentence tells at somebody's door."""
    for match in _SAID_SO.finditer(text, place.start, place.end):
        yield Fact("said", Span(*match.span()))


def forces(text: str, place: Span) -> Iterator[Fact]:
    """Whether the sentence tells of a wish, an effort, a duty, a preference, an exchange, a purpose, ..."""
    for name, pattern in _FORCES:
        if match := pattern.search(text, place.start, place.end):
            yield Fact(name, Span(*match.span()))


def single_nouns(text: str, place: Span) -> Iterator[Fact]:
    """Nouns that stand with `a` or `an`: one of them."""
    for match in _SINGLE.finditer(text, place.start, place.end):
        words = re.findall(r"[a-z]{4,}", match[0])
        for word in words:
            yield Fact(word, Span(*match.span()))
        following = re.match(r"(?: [a-z]{4,}){1,2}", text[match.end() : place.end])
        for word in following[0].split() if following else ():
            yield Fact(word, Span(match.start(), match.end() + following.end() if following else match.end()))


def several_nouns(text: str, place: Span) -> Iterator[Fact]:
    """Nouns in the plural, by their singular."""
    for match in _SEVERAL.finditer(text, place.start, place.end):
        yield Fact(match["noun"], Span(*match.span()))
        if match["noun"].endswith("e"):
            yield Fact(match["noun"][:-1], Span(*match.span()))


def clauses(text: str, place: Span) -> Iterator[Span]:
    """The clauses of the sentence `place`, cut at commas, dashes and conjunctions."""
    start = place.start
    for match in _CLAUSE_EDGE.finditer(text, place.start, place.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < place.end:
        yield Span(start, place.end)


def clause(text: str, place: Span, inside: Span) -> Span:
    """The clause or clauses of the sentence `place` that hold `inside`."""
    touched = [part for part in clauses(text, place) if part.overlaps(inside)]
    return Span(touched[0].start, touched[-1].end) if touched else inside
