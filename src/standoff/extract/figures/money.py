"""Figures of a report: percentages, sums of money and counts, with bound ("up to") and change ("from", "to", "by").

Pure functions on strings. Every repetition in a pattern is bounded and no number is read from its middle,
so the time grows with the length of the text, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from standoff.extract.figures.numerals import DIGITS, GAP, NUMBER, SCALE, number
from standoff.extract.figures.wording import Bound, Change, bound_of, change_of, is_count, is_label, names_in

FigureKind = Literal["percent", "money", "count"]

_POINTS = r"percentage[ -]points?|basis[ -]points?|bps\b|pp\b"
_PERCENT = rf"(?:{GAP}?%(?:-?points?\b)?|(?:-|{GAP})?(?:{_POINTS}|per[ -]?cent\b(?!age)|pct\b))"
_JOIN = rf"(?P<join>{GAP}?[-–—]{GAP}?|{GAP}(?:to|and|or){GAP})"

_SYMBOLS = {
    **{f"{x}$": c for x, c in (("US", "USD"), ("U.S. ", "USD"), ("U.S.", "USD"), ("A", "AUD"), ("AU", "AUD"))},
    **{f"{x}$": c for x, c in (("C", "CAD"), ("CA", "CAD"), ("Can", "CAD"), ("HK", "HKD"), ("NZ", "NZD"))},
    **{f"{x}$": c for x, c in (("S", "SGD"), ("NT", "TWD"), ("R", "BRL"), ("", "USD"))},
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₪": "ILS",
    "RMB": "CNY",
    "CNY": "CNY",
    "USD": "USD",
    "EUR": "EUR",
    "GBP": "GBP",
    "JPY": "JPY",
    "Rs": "INR",
    "Rs.": "INR",
}
_SYMBOL = r"(?<!\w)(?:" + "|".join(re.escape(s) for s in sorted(_SYMBOLS, key=len, reverse=True)) + rf"){GAP}?"
_DOLLARS = {"u.s": "USD", "us": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD"} | {
    "hong kong": "HKD",
    "new zealand": "NZD",
    "singapore": "SGD",
    "taiwan": "TWD",
}
_UNIT_WORDS = {
    **dict.fromkeys(("dollar", "dlr", "usd"), "USD"),
    "euro": "EUR",
    "pound": "GBP",
    "stg": "GBP",
    "sterling": "GBP",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rmb": "CNY",
    "yen": "JPY",
    "won": "KRW",
    "rupee": "INR",
    "ruble": "RUB",
    "rouble": "RUB",
    "shekel": "ILS",
    "rand": "ZAR",
    "ringgit": "MYR",
    "baht": "THB",
}
_UNIT = (
    rf"(?:(?:-|{GAP})(?P<of>(?:U\.S\.?|US|American|Canadian|Australian|Hong Kong|New Zealand|Singapore|Taiwan){GAP})?"
    r"(?P<unit>dollars?|dlrs?|usd|euros?|pounds?(?! of)|stg|sterling|yuan|renminbi|rmb|yen|won|"
    r"rupees?|rou?bles?|shekels?|rand|ringgit|baht)\b)"
)
_NEEDS_SCALE = frozenset({"pound", "won", "rand"})  # also a weight, a verb and a first name

_PERCENTS = re.compile(
    rf"(?:(?P<a>{NUMBER})(?P<ua>{_PERCENT})?{_JOIN})?(?P<b>{NUMBER})(?P<ub>{_PERCENT})"
    rf"(?:{GAP}from{GAP}(?P<tail>{DIGITS})(?=\s{{0,2}}[,.;:)](?!\d)|\s{{0,2}}$|\s(?:now|currently|previously|before|at|in|on|as)\b))?",
    re.I,
)
_SIGNED = re.compile(
    rf"(?:(?P<sa>{_SYMBOL})(?P<a>(?>{DIGITS}))(?P<ka>{SCALE})?{_JOIN}(?={_SYMBOL}\d|(?>{DIGITS}){SCALE}))?"
    rf"(?P<sb>{_SYMBOL})?(?P<b>(?<![\d.,])(?>{DIGITS}))(?P<kb>{SCALE})?"
)
_SPELLED = re.compile(
    rf"(?:(?P<a>{NUMBER})(?P<ka>{SCALE})?{_JOIN})?(?P<b>(?<!multi-){NUMBER})(?P<kb>{SCALE})?{_UNIT}", re.I
)
_COUNTS = re.compile(
    rf"(?:(?P<a>(?<!-){NUMBER})(?P<ka>{SCALE})?(?P<join>{GAP}?[–-]{GAP}?|{GAP}(?:to|and){GAP}))?"
    rf"(?P<b>(?<!-){NUMBER})(?P<kb>{SCALE})?(?![\w%°/]|[.,:]\d|-\w)",
    re.I,
)
_SHARES = re.compile(
    r"\b(?:(?P<half>half)(?= (?:of|its|their|his|her|our|the)\b)"
    r"|(?P<part>(?:an?|one|two|three)[ -](?:thirds?|quarters?|fifths?))(?= of\b)"
    r"|(?P<times>(?:doubl|tripl|quadrupl|halv)(?:e[sd]?|ing))\b(?![ ]down|-)"
    r"|(?P<zero>zero)(?![\w-]|[ ](?:tolerance|sum)))",
    re.I,
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5}
_TIMES = {"doubl": 2.0, "tripl": 3.0, "quadrupl": 4.0, "halv": 0.5}

_RANGE_WORD = re.compile(
    r"\b(?:rang(?:e[sd]?|ing)|var(?:y|ies|ied|ying)|anywhere|of|at|between)\s(?:(?:from|between)\s)?$", re.I
)
_RATE_WORD = re.compile(r"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|rates?|tax(?:es)?|interest|inflation|growth)\b", re.I)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `text` is the report's `[start, end)`: number, unit and currency, without "up to", "by" and the like.

    `low` and `high` are percent (basis points divided by a hundred), units of the currency, or things counted
    (a share or multiple, "half", "a third of", "doubled", is the count 0.5, 0.33, 2). Equal for a single number;
    `low` is None for "up to", `high` for "at least". `currency` is an ISO 4217 code. `usd` is the value in US dollars
    where the currency is the US dollar (the high end of a range), else None: no exchange rate is assumed. `change`
    tells where a figure is the start, the end or the size of a change.
    """

    start: int
    end: int
    kind: FigureKind
    low: float | None
    high: float | None
    currency: str | None
    usd: float | None
    bound: Bound
    change: Change | None
    text: str

    @property
    def value(self) -> float:
        """The one number to use: the high end where there is one, else the low end."""
        return self.high if self.high is not None else self.low or 0.0


@dataclass(frozen=True, slots=True)
class _Part:
    """A number's place and value before bound and change are known."""

    start: int
    end: int
    kind: FigureKind
    low: float
    high: float
    currency: str | None = None
    change: Change | None = None


@lru_cache(maxsize=64)  # a sentence is asked for its figures once for each measure in it
def find_figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text, in order and without overlap.

    Years, dates, ages, times, phone numbers, ordinals and numbers that are names (sections of law, types of
    aircraft) are no figures. A bare "$" is the US dollar, a bare "¥" the yen unless the text speaks of yuan.
    """
    found: list[_Part] = []
    taken = bytearray(len(text))
    for sign, reader in _READERS:
        for part in reader(text) if sign.search(text) else ():
            if not any(taken[part.start : part.end]):
                taken[part.start : part.end] = b"\x01" * (part.end - part.start)
                found.append(part)
    return tuple(_finish(text, part) for part in sorted(found, key=lambda p: p.start))


def _percents(text: str) -> Iterator[_Part]:
    for match in _PERCENTS.finditer(text):
        high = number(match["b"])
        low = number(match["a"]) if match["a"] else None
        if high is None:
            continue
        unit = match["ub"].lower()
        size = 0.01 if "basis" in unit or "bps" in unit else 1.0
        points: Change | None = "by" if "point" in unit or size < 1 or "pp" in unit else None
        if low is None or (match["ua"] is None and _YEAR.fullmatch(match["a"])):
            start = match.start("b") - _negative(text, match.start("b"))
            high = high * size * (1 if start == match.start("b") else -1)
            yield _Part(start, match.end("ub"), "percent", high, high, change=points)
        else:
            end = match.end("ua") if match["ua"] else match.end("a")
            first = _Part(match.start("a"), end, "percent", low * size, low * size, change=points)
            last = _Part(match.start("b"), match.end("ub"), "percent", high * size, high * size, change=points)
            yield from _pair(text, first, last, match["join"])
        if match["tail"] and not _YEAR.fullmatch(match["tail"]) and (value := number(match["tail"])) is not None:
            yield _Part(match.start("tail"), match.end("tail"), "percent", value, value, change="from")


def _negative(text: str, start: int) -> int:
    """1 where a minus sign stands before the number, else 0."""
    before = text[max(0, start - 2) : start]
    return int(before[-1:] in ("-", "−") and (len(before) < 2 or before[0].isspace() or before[0] == "("))


def _pair(text: str, first: _Part, last: _Part, join: str) -> Iterator[_Part]:
    """A pair of numbers: a range, a change from the first to the last, or simply two."""
    before = text[max(0, first.start - 40) : first.start]
    word = join.strip().lower()
    from_ = re.search(r"\bfrom\s(?:(?:about|around|the current)\s)?$", before, re.I)
    between = re.search(r"\bbetween\s(?:(?:about|around|an estimated)\s)?$", before, re.I)
    if word == "to" and ((from_ and not _RANGE_WORD.search(before)) or first.high > last.high):
        yield _Part(first.start, first.end, first.kind, first.low, first.high, first.currency, "from")
        yield _Part(last.start, last.end, last.kind, last.low, last.high, last.currency, "to")
    elif (word in ("and", "or") and not between) or first.high > last.high:
        yield from (first, last)
    else:
        yield _Part(first.start, last.end, last.kind, first.low, last.high, last.currency, last.change)


def _scaled(digits: str, scale: str | None) -> float | None:
    return number(f"{digits} {scale.strip(' -')}") if scale else number(digits)


def _money_signed(text: str) -> Iterator[_Part]:
    """`$200 billion`, `$60-80 billion`, `€4.5bn`: the sign stands first."""
    yuan = re.search(r"\b(?:yuan|renminbi|RMB|CNY)\b", text) is not None
    for match in _SIGNED.finditer(text):
        own, high = match["sb"], _scaled(match["b"], match["kb"])
        if (not own and not match["sa"]) or high is None:
            continue
        if not match["sa"]:
            end = _past_name(text, match.end())
            yield _Part(match.start("sb"), end, "money", high, high, _currency(own, yuan))
            continue
        paired = _is_pair(text, match) and (not own or own.strip() == match["sa"].strip())
        shared = match["kb"] if paired and (number(match["a"]) or 0.0) < 1000 else None
        low = _scaled(match["a"], match["ka"] or shared)
        end = match.end("ka") if match["ka"] else match.end("a")
        first = _Part(match.start(), end, "money", low or 0.0, low or 0.0, _currency(match["sa"], yuan))
        last = _Part(match.start("sb") if own else match.start("b"), match.end(), "money", high, high)
        last = replace(last, currency=_currency(own or match["sa"], yuan))
        if paired:
            yield from _pair(text, first, last, match["join"])
        else:
            yield from (first, last) if own else (first,)


def _is_pair(text: str, match: re.Match[str]) -> bool:
    """Whether two numbers belong together: joined by a dash or "to", or by "and" after "between"."""
    if match["join"].strip().lower() not in ("and", "or"):
        return True
    return text[max(0, match.start() - 8) : match.start()].lower().endswith("between ")


def _past_name(text: str, end: int) -> int:
    """Past the currency's name where it follows a sign ("$2 billion U.S. dollars")."""
    match = re.compile(rf"{GAP}(?:U\.?S\.?{GAP})?(?:dollars|dlrs|usd)\b", re.I).match(text, end)
    return match.end() if match else end


def _currency(sign: str, yuan: bool) -> str:
    sign = sign.strip()
    if sign == "¥" and yuan:
        return "CNY"
    return _SYMBOLS.get(sign) or _SYMBOLS[sign.split("$")[0] + " $"]


def _money_spelled(text: str) -> Iterator[_Part]:
    """`200 billion dollars`, `50 mln dlrs`, `two hundred million yuan`: the currency's name stands last."""
    for match in _SPELLED.finditer(text):
        high = _scaled(match["b"], match["kb"])
        unit = match["unit"].lower()
        unit = unit if unit in _UNIT_WORDS else unit.rstrip("s")
        if high is None or (unit in _NEEDS_SCALE and high < 1000):
            continue
        land = (match["of"] or "").strip().rstrip(".").lower()
        currency = _DOLLARS.get(land, "USD") if _UNIT_WORDS[unit] == "USD" else _UNIT_WORDS[unit]
        last = _Part(match.start("b"), match.end(), "money", high, high, currency)
        low = _scaled(match["a"], match["ka"] or match["kb"]) if match["a"] and _is_pair(text, match) else None
        if low is None or (not match["ka"] and _YEAR.fullmatch(match["a"])):
            yield last
        else:
            end = match.end("ka") if match["ka"] else match.end("a")
            yield from _pair(text, _Part(match.start("a"), end, "money", low, low, currency), last, match["join"])


def _shares(text: str) -> Iterator[_Part]:
    for match in _SHARES.finditer(text):
        kind: FigureKind = "count"
        if match["half"]:
            value = 0.5
        elif match["part"]:
            count, part = re.split(r"[ -]", match["part"].lower())
            value = round((number(count) or 1.0) / _PARTS[part.rstrip("s")], 6)
        elif match["times"]:
            value = next(v for stem, v in _TIMES.items() if match["times"].lower().startswith(stem))
        else:
            value = 0.0
            around = text[max(0, match.start() - 80) : match.end() + 30]
            kind = "percent" if _RATE_WORD.search(around) else "count"
        yield _Part(match.start(), match.end(), kind, value, value)


def _counted(text: str) -> Iterator[_Part]:
    names = names_in(text)
    for match in _COUNTS.finditer(text):
        start = match.start("b")
        high = _scaled(match["b"], match["kb"])
        if high is None or not is_count(text, match, names):
            continue
        low = _scaled(match["a"], match["ka"] or match["kb"]) if match["a"] and _is_pair(text, match) else None
        last = _Part(start, match.end(), "count", high, high)
        if low is None or _YEAR.fullmatch(match["a"]) or is_label(text, match.start()):
            yield last
        else:
            yield from _pair(text, _Part(match.start(), match.end("a"), "count", low, low), last, match["join"])


_READERS = (  # with what stands in every text in which the reader finds something
    (re.compile(r"%|cent|pct|points?|bps|pp", re.I), _percents),
    (re.compile(r"[$€£¥₹₩₽₪]|RMB|CNY|USD|EUR|GBP|JPY|Rs"), _money_signed),
    (re.compile("|".join(sorted({*_UNIT_WORDS, "rouble"})), re.I), _money_spelled),
    (re.compile("half|third|quarter|fifth|doubl|tripl|quadrupl|halv|zero", re.I), _shares),
    (re.compile(""), _counted),
)


def _finish(text: str, part: _Part) -> Figure:
    """Bound and change, read from the words around."""
    before = text[max(0, part.start - 100) : part.start]
    bound, cut = bound_of(before, text, part.end, is_range=part.low != part.high)
    low: float | None = part.low
    high: float | None = part.high
    if bound == "up-to":
        low = None
    elif bound == "at-least":
        high = None
    change = part.change or change_of(before[:cut], text, part.end, part.kind)
    if bound == "range" and change == "from":  # "ranging from 5 to 10 percent"
        change = None
    usd = part.high if part.currency == "USD" else None
    return Figure(
        part.start, part.end, part.kind, low, high, part.currency, usd, bound, change, text[part.start : part.end]
    )
