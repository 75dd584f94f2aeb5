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
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?! ?(?:%|percent|million|billion))")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_VAGUE = re.compile(
    r"\b(?:this|last|next|final|earlier this|later this) (?:week|month|year|quarter)\b"
    r"|\b(?:spring|summer|autumn|winter|year-end)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<money>[$€£¥])?(?P<n>\d[\d,]*(?:\.\d+)?)"
    r"(?:[ -](?P<scale>thousand|million|billion|trillion))?(?P<unit> ?%| percent| per ?cent)?"
    r"(?: (?P<coin>(?:U\.?S\.? )?dollars?|euros?|pounds?|yuan|yen|won"
    r"|rupees?|rubles?|francs?|pesos?|crowns?|tons?|tonnes?|barrels?|bushels?))?"
)
_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_COIN = {"dollar": "$", "euro": "€", "pound": "£", "yuan": "¥"}
_COUNT = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(), start=2
    )
} | {"a dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_COUNTED = re.compile(
    rf"\b(?P<n>{'|'.join(_COUNT)}|\d{{1,3}}(?![\d,.%]))[ -](?:[a-z]+[ -])??(?P<noun>[a-z]{{3,}}s|people|men|women)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:by|about|nearly|almost|some|than|a further|to)? ?(?P<part>half|a third|one third|two thirds|a quarter"
    r"|one quarter|three quarters|a fifth|a tenth)\b(?! (?:of (?:the )?(?:year|decade|month|century)|hour|year|dozen))",
    re.IGNORECASE,
)
_PARTS = {
    "half": 50, "a third": 33, "one third": 33, "two thirds": 67, "a quarter": 25, "one quarter": 25,
    "three quarters": 75, "a fifth": 20, "a tenth": 10,
}  # fmt: skip
_CROWD = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions|billions)(?= of)", re.IGNORECASE)
_SAID_SO = re.compile(
    r"\b(?:according to|in line with|as per|citing|sa(?:id|ys?|ying)|stat(?:ed|es?|ing)|told|tells?|add(?:ed|s|ing)"
    r"|disclos(?:ed|es)|reveal(?:ed|s)|mention(?:ed|s)|not(?:ed|ing)|reported(?:ly)?|claim(?:ed|s)|indicated|argu(?:ed|es)"
    r"|acknowledged|announc(?:ed|ing)|explained|declared|confirmed|den(?:ied|ies|ying)|warned)\b",
    re.IGNORECASE,
)
_FORCE = {
    "wish": r"wants?|wanted|wish(?:es|ed)?|hop(?:es?|ed|ing)|desires?|seek(?:s|ing)?|sought|would like",
    "effort": r"efforts?|attempts?|attempted|tried|tries|trying",
    "advice": r"should|ought to",
    "assent": r"agree[sd]? (?:to|on|with)|accept(?:s|ed)?|approv(?:es?|ed)|back(?:s|ed)|confirm(?:s|ed)",
    "refusal": r"reject(?:s|ed)?|refus(?:es?|ed|ing)|turn(?:s|ed) down|den(?:y|ies|ied)|oppos(?:es?|ed)",
    "thought": r"consider(?:s|ed|ing)?|weigh(?:s|ed|ing)|mull(?:s|ed|ing)",
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
_NO_NAME_WORDS = """
    from by since until after before the a an it this these that when while whereas with in on at but could may might
    will would should must i he she they we january february march april june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_NEGATED = re.compile(r"(?:(?<!\bor )\bnot|n[’']t) (?:yet |be |have |been )?(?P<verb>[a-z]{4,})")
_NEGATIVE = re.compile(
    r"\b(?:no|not|nor|none|never|nobody|nothing|without|declin\w+|refus\w+|den(?:y|ied|ies|ying)|reject\w*|fail\w*"
    r"|unable|unclear|lack\w*|avoid\w*|un(?!i|d)[a-z]+ed)\b|n[’']t\b",
    re.IGNORECASE,
)
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
        if (
            credited
            or all(word in _NO_NAME for word in words.casefold().replace(".", "").split())
            or not re.search(r"[A-Z]\w\w", words)
        ):
            continue
        if match.start() > place.start or " " in words or re.search(rf"[a-z,] {re.escape(words)}\b", text):
            yield Fact(words, Span(*match.span()))


def holders(text: str, place: Span) -> Iterator[Fact]:
    """People named with an office: `Ambassador Jane Doe`; the value is the name, the span has the office too."""
    for match in _TITLED.finditer(text, place.start, place.end):
        yield Fact(match["name"], Span(*match.span()))


def titled(text: str, place: Span) -> Iterator[Fact]:
    """Names of three words and more, as people have them with an office that no list has: `Auditor Jane Doe`.

    The value is what follows the first word.
    """
    for match in _NAME.finditer(text, place.start, place.end):
        first, _, others = match[0].partition(" ")
        if " " in others and first.casefold() not in _NO_NAME:
            yield Fact(others, Span(*match.span()))


def dates(text: str, place: Span) -> Iterator[Fact]:
    """Months, with the day where it is given: `march` or `march 4`."""
    for match in _DATE.finditer(text, place.start, place.end):
        month, day = match["month"] or match["m"], match["day"] or match["d"]
        yield Fact(f"{month[:3].lower()} {day or ''}".strip(), Span(*match.span()))


def years(text: str, place: Span) -> Iterator[Fact]:
    """Years in digits."""
    for match in _YEAR.finditer(text, place.start, place.end):
        yield Fact(match[0], Span(*match.span()))


def weekdays(text: str, place: Span) -> Iterator[Fact]:
    """Days of the week."""
    for match in _WEEKDAY.finditer(text, place.start, place.end):
        yield Fact(match[0], Span(*match.span()))


def vague_dates(text: str, place: Span) -> Iterator[Fact]:
    """`this month`, `last week`: times that name no day."""
    for match in _VAGUE.finditer(text, place.start, place.end):
        yield Fact("vague", Span(*match.span()))


def numbers(text: str, place: Span) -> Iterator[Fact]:
    """Amounts with their unit, in one form whatever the spelling: `% 25`, `$ 300000000`, `port 3`, `crowd hundreds`.

    The unit of a count is the noun that follows; a number without any is left out.
    """
    days = [fact.span for fact in dates(text, place)]
    for match in _NUMBER.finditer(text, place.start, place.end):
        span = Span(*match.span())
        if (unit := _unit(match)) and not any(day.overlaps(span) for day in days):
            amount = float(match["n"].replace(",", "")) * _SCALE.get(match["scale"] or "", 1)
            yield Fact(f"{unit} {amount:g}", span)
    for match in _PART.finditer(text, place.start, place.end):
        yield Fact(f"% {_PARTS[match['part'].casefold()]}", Span(*match.span("part")))
    for match in _CROWD.finditer(text, place.start, place.end):
        yield Fact(f"crowd {match[0].casefold()}", Span(*match.span()))
    for match in _COUNTED.finditer(text, place.start, place.end):
        count = match["n"].casefold()
        yield Fact(f"{match['noun'].rstrip('s')} {_COUNT.get(count, count)}", Span(*match.span()))


def _unit(match: re.Match[str]) -> str:
    if match["unit"]:
        return "%"
    coin = (match["coin"] or "").casefold().split(" ")[-1].removesuffix("s")
    return match["money"] or _COIN.get(coin, coin)


def negated(text: str, place: Span) -> Iterator[Fact]:
    """Verbs that stand after `not`: the value is the beginning of the verb."""
    for match in _NEGATED.finditer(text, place.start, place.end):
        yield Fact(match["verb"][:5].casefold(), Span(*match.span()))


def denies(words: str) -> bool:
    """Whether any word in it says no."""
    return _NEGATIVE.search(words) is not None


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
