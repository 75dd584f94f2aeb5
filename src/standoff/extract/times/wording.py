"""The words that name a time: patterns, what reads each, and what only looks like a time.

Every repetition is bounded, so the search takes time in proportion to the text. Names of months and days count
only with a capital; "May" and "March" also need a word of time before or a day or year after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from standoff.extract.figures.numerals import NUMBER
from standoff.extract.times import signs
from standoff.extract.times.days import (
    Frame,
    Reader,
    read_ago,
    read_day,
    read_decade,
    read_iso,
    read_iso_month,
    read_month,
    read_near,
    read_open,
    read_quarter,
    read_stretch,
    read_unit,
    read_week_of,
    read_weekday,
    read_weekend,
    read_within,
    read_year,
    read_years,
)
from standoff.extract.times.signs import Places, Sign
from standoff.model.dates import When

TimeKind = Literal["date", "duration", "recurring", "unknown"]


@dataclass(frozen=True, slots=True)
class Base:
    """One rule's match: `floats` where a neighbour in a range may fix its year or week."""

    match: re.Match[str]
    read: Reader
    kind: TimeKind
    floats: bool

    def when(self, frame: Frame) -> When | None:
        try:
            return self.read(self.match, frame)
        except (ValueError, OverflowError):  # 31 June, or beyond the calendar
            return None


_MONTH = (
    "(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    "JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER{more})"
)
_SHORT = r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_STOPPED = r"|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\."
_ANY_MONTH, _LONG_MONTH = _MONTH.format(more=_SHORT), _MONTH.format(more=_STOPPED)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_OF_YEAR = rf"(?:,?\s(?:of\s)?(?P<year>{_YEAR})(?!\s?%)|\s(?:of\s)?(?P<rel>last|this|next)\syear\b)?"
_NOT_FIGURE = r"(?![\d%]|[.,:]\d(?!\d{3}\b)|\s(?:percent|per\scent|million|billion|trillion))"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY2 = r"(?:(?:\s?[-–—]\s?|\s(?:and|to|through)\s)(?P<day2>\d{1,2})(?:st|nd|rd|th)?"
_NAMED_DAY = rf"(?:(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?),?\s(?:the\s)?)?"
_PART = r"(?:(?P<part>(?i:early|mid|late|(?:the\s)?(?:middle|start|beginning|end|close)\sof))(?:-|\s)(?:in\s)?)"
_COUNTED = rf"(?P<count>{NUMBER}|an?|a\sfew|a\scouple\sof|several|few|many|couple\sof)"
_UNIT = r"(?P<unit>minute|hour|day|week|fortnight|month|quarter|year|decade)"
_HEDGE = r"(?:(?P<hedge>almost|nearly|about|around|some|roughly|just|more\sthan|less\sthan|over|under|at\sleast)\s)?"
_MDY = (
    rf"{_NAMED_DAY}{_ANY_MONTH}\s{{1,2}}{_DAY}{_DAY2}"
    rf"(?!\d|\s(?:Jan|Feb|Mar|Apr|May|Ju|Aug|Sep|Oct|Nov|Dec)))?{_NOT_FIGURE}{_OF_YEAR}"
)
_HOLIDAY = (
    r"(?:Lunar|Chinese)\sNew\sYear|New\sYear['’]s\s(?:Day|Eve)|"
    r"Christmas(?:\s(?:Day|Eve))?|Thanksgiving|Easter|Ramadan|Labou?r\sDay"
)

_Row = tuple[str, int, Sign, Reader, TimeKind, bool]
_TABLE: tuple[_Row, ...] = (  # pattern, flags, sign, reader, kind, and whether a neighbour may fix its year or week
    (rf"(?:(?i:on)\s)?{_MDY}", 0, signs.MONTHS, read_day, "date", True),
    (
        rf"(?:(?i:on)\s(?:the\s)?)?{_NAMED_DAY}(?<![\d.,-]){_DAY}{_DAY2})?\s(?:of\s)?{_ANY_MONTH}{_OF_YEAR}",
        0,
        signs.MONTHS,
        read_day,
        "date",
        True,
    ),
    (
        rf"(?:(?i:in|during)\s)?(?i:the\s)?(?i:week)\s(?:of|from|starting|beginning)\s{_MDY}",
        0,
        signs.MONTHS,
        read_week_of,
        "date",
        True,
    ),
    (
        r"(?:(?i:on)\s)?(?<![-/])(?P<y>(?:19|20)\d\d)(?P<s>[-/])(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?![-/])",
        0,
        signs.YEARS,
        read_iso,
        "date",
        False,
    ),
    (
        r"(?:(?i:in)\s)?(?<![-/])(?P<y>(?:19|20)\d\d)[-–/](?P<m>\d\d)(?![-/–]|,?\d)",
        0,
        signs.YEARS,
        read_iso_month,
        "date",
        False,
    ),
    (
        rf"(?:(?i:in|during|throughout|at)\s)?{_PART}?(?:(?P<turn>(?i:last|this|next))\s)?{_LONG_MONTH}{_OF_YEAR}",
        0,
        signs.MONTHS,
        read_month,
        "date",
        True,
    ),
    (
        rf"(?:(?i:in|during|at)\s(?i:the\syear\s)?)?{_PART}?(?<![-/.,#+:–])(?P<year>{_YEAR})(?![-/–:]\w|[.,]\d)",
        0,
        signs.YEARS,
        read_year,
        "date",
        False,
    ),
    (
        rf"(?:(?i:in|during)\s)?(?<![-/.,#+:–])(?P<year>{_YEAR})\s?[-–—]\s?(?P<year2>{_YEAR})(?![-/–:]\w|[.,]\d)",
        0,
        signs.YEARS,
        read_years,
        "date",
        False,
    ),
    (rf"(?:in\s)?(?:the\s)?{_PART}?(?P<year>(?:19|20)\d0)['’]?s", re.I, signs.YEARS, read_decade, "date", False),
    (
        r"(?:(?:in|during|for)\s)?(?:the\s)?(?:(?P<nth>first|second|third|fourth|final)[\s-](?:fiscal\s|calendar\s)?quarter|Q(?P<q>[1-4]))"
        + _OF_YEAR,
        re.I,
        signs.QUARTERS,
        read_quarter,
        "date",
        False,
    ),
    (
        r"(?:(?i:on|in\sthe\searly\shours\sof)\s)?(?:(?i:early|late|later|earlier|midday)\s(?:on\s)?)?"
        rf"(?:(?P<turn>(?i:last|next|this\scoming|this\spast|the\scoming|coming|this))\s)?(?P<weekday>{_WEEKDAY}|{_WEEKDAY.upper()})"
        r"(?:\s(?:morning|afternoon|evening|night))?(?:\s(?:of\s)?(?P<rel>last|this|next)\sweek\b)?",
        0,
        signs.WEEKDAYS,
        read_weekday,
        "date",
        True,
    ),
    (
        r"(?:(?:in|at|on|during)\s)?(?:(?P<part>earlier|later|early|mid|late|(?:the\s)?(?:very\s)?(?:start|beginning|middle|end|close)\sof)[\s-](?:in\s)?)?"
        r"(?<!the\s)(?P<turn>last|this|next)\s(?P<unit>week|month|quarter|year|decade)(?!\sof\b|-)",
        re.I,
        signs.TURNED,
        read_unit,
        "date",
        False,
    ),
    (
        r"(?:(?:in|at|on|during)\s)?(?P<part>earlier|later|early|late|(?:the\s)?(?:very\s)?(?:start|beginning|middle|end|close)\sof)\s(?:in\s)?"
        r"(?P<turn>the)\s(?P<unit>week|month|quarter|year|decade)(?!\sof\b|-)",
        re.I,
        signs.TURNED,
        read_unit,
        "date",
        False,
    ),
    (
        r"(?:(?:at|over|on|during)\s)?(?:the\s)?(?P<turn>last|past|this\scoming|this\spast|this|next|coming)?\s?\bweekend(?!-)",
        re.I,
        signs.WEEKENDS,
        read_weekend,
        "date",
        False,
    ),
    (
        r"(?:(?:earlier|later|late|early)\s)?(?P<word>(?:the\s)?day\s(?:before\syesterday|after\stomorrow)|today|yesterday|tomorrow|tonight|overnight|last\snight|"
        r"this\s(?:morning|afternoon|evening))(?:\s(?:morning|afternoon|evening|night))?",
        re.I,
        signs.NEAR,
        read_near,
        "date",
        False,
    ),
    (rf"{_HEDGE}{_COUNTED}\s{_UNIT}s?\s(?:(?P<ago>ago)|from\s(?:now|today))", re.I, signs.AGO, read_ago, "date", False),
    (
        rf"in\s{_HEDGE}{_COUNTED}\s{_UNIT}s?(?P<ago>(?!))?(?P<time>['’]?s?['’]?\stime\b)?",
        re.I,
        signs.UNITS,
        read_ago,
        "date",
        False,
    ),
    (
        rf"within\s(?:(?:the\s)?(?:next|coming)\s)?{_COUNTED}\s{_UNIT}s?(?=(?P<anchor>\s(?:of|after|following|from)\b)?)",
        re.I,
        signs.WITHIN,
        read_within,
        "date",
        False,
    ),
    (
        rf"(?:(?:in|over|during|for|within|throughout)\s)?(?:(?P<the>the)\s)?(?P<side>past|last|next|coming|recent)\s(?:{_COUNTED}\s)?"
        r"(?P<unit>hour|day(?=s)|week|month|quarter|year|decade)(?P<plural>s)?(?(the)|(?(plural)|(?!)))(?!\sof\b|-)",
        re.I,
        signs.SIDES,
        read_stretch,
        "date",
        False,
    ),
    (
        rf"(?:for|lasting)\s(?:another\s|an?\sadditional\s|up\sto\s)?{_HEDGE}(?:{_COUNTED}\s)?{_UNIT}s?(?(count)|(?<=s))",
        re.I,
        signs.UNITS,
        read_open,
        "duration",
        False,
    ),
    (rf"(?<!-)(?P<count>{NUMBER})-(?P<unit>day|week|month)(?!-)", re.I, signs.COMPOUND, read_open, "duration", False),
    (
        rf"(?:every|each)\s(?:other\s)?(?:day|week|month|quarter|year|morning|{_WEEKDAY})|(?:on\s)?{_WEEKDAY}s|(?:once|twice)\sa\s(?:day|week|month|year)",
        re.I,
        signs.RECURRING,
        read_open,
        "recurring",
        False,
    ),
    (
        r"(?:in|on|during)?\s?(?:the|that|the\ssame|that\ssame)\s(?:following|previous|preceding|next|same)?\s?(?<=\s)(?<!the\s)(?:day|week|month|year)(?!\sof\b|-)",
        re.I,
        signs.UNITS,
        read_open,
        "unknown",
        False,
    ),
    (
        rf"(?:{_COUNTED}\s)?(?P<unit>minute|hour|day|week|month|year)s?\s(?:(?P<side>before|ahead\sof|prior\sto|after|following)|earlier|later)"
        r"(?(count)|(?<!(?i:d)ay\sbefore))(?:\s(?:the|a|an|his|her|their|its|taking)\s[a-z][\w’'-]{1,30})?",
        re.I,
        signs.RELATIVE,
        read_open,
        "unknown",
        False,
    ),
    (
        r"(?<!as\s)soon(?:\safter)?|shortly(?:\sthereafter)?|recently|lately|in\sthe\s(?:near|foreseeable)\sfuture|in\sdue\scourse",
        re.I,
        signs.VAGUE,
        read_open,
        "unknown",
        False,
    ),
    (
        rf"(?:in\s(?:the\s)?|this\s|last\s|next\s|late\s|early\s)(?:spring|summer|autumn|fall|winter)(?:\sof\s{_YEAR})?",
        re.I,
        signs.SEASONS,
        read_open,
        "unknown",
        False,
    ),
    (_HOLIDAY, 0, signs.HOLIDAYS, read_open, "unknown", False),
)
_RULES = tuple(
    (re.compile(rf"(?<![\w$€£])(?:{pattern})(?!\w)", flags), sign, reader, kind, floats)
    for pattern, flags, sign, reader, kind, floats in _TABLE
)

_OUTLET_DAY = re.compile(r"\s(?:Times|Telegraph|Mail|Mirror|Express|Herald|Post|Star|Sport|Show|Night)\b")
_NAME_BEFORE = re.compile(r"\b(?:Black|Super|Good|Ash|Holy|Easter|Palm|Bloody|Cyber|Fat|USA|Mail\son)\s$")
_MONTH_LEAD = re.compile(r"\b(?:by|before|after|until|till|since|from|through|of|and|to|between|or)\s$", re.I)
_COUNTABLE = re.compile(
    r"\s(?:people|troops|dollars|tons|tonnes|points|jobs|workers|yuan|euros|pounds|met(?:er|re)s|miles|km|feet|acres|[mb]illion|per\s?cent)\b"
)
_SUPERLATIVE = re.compile(
    r"\b(?:first|last|only|once|twice|time|times|\w{2,20}est|most|least|worst|best|drop|rise|since)\b", re.I
)


def bases(text: str) -> list[Base]:
    """What the rules find: at one place the longest, left to right."""
    near = Places(text)
    surnames = _surnames(text)
    found = [
        Base(match, reader, kind, floats)
        for pattern, sign, reader, kind, floats in _RULES
        for start, end in near.stretches(sign)
        for match in pattern.finditer(text, start, end)
        if _means_time(text, match, reader, surnames)
    ]
    found.sort(key=lambda base: (base.match.start(), -base.match.end()))
    kept: list[Base] = []
    for base in found:
        if not kept or base.match.start() >= kept[-1].match.end():
            kept.append(base)
    return kept


_MAYBE_SURNAME = re.compile(r"[a-z.] (?:May|March|April|June|August)(?! \d)\b")


def _surnames(text: str) -> frozenset[str]:
    """Month names that the text uses as a person's: "Ms May", "Clara March"."""
    lead = (
        r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lady|Minister|Secretary|President|Premier|"
        r"(?!In|On|By|Last|Next|This|Early|Late|Mid|Since|Until|From|And)[A-Z][a-z]{2,15})\.?"
    )
    if _MAYBE_SURNAME.search(text) is None:
        return frozenset()
    return frozenset(m[1] for m in re.finditer(lead + r" (May|March|April|June|August)(?! \d)\b", text))


def _means_time(text: str, match: re.Match[str], reader: Reader, surnames: frozenset[str]) -> bool:
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 20]
    if reader is read_month:
        return _means_month(match, before, after, surnames)
    if reader is read_weekday:
        return not _OUTLET_DAY.match(after) and not _NAME_BEFORE.search(before)
    if reader is read_year:
        return not _COUNTABLE.match(after) and (
            match["year"] not in ("1900", "2000") or match[0] != match["year"] or bool(_MONTH_LEAD.search(before))
        )
    if reader is read_unit:
        return not (before[-1:] in ("“", '"') and re.fullmatch(r"[A-Z]\w+\s[A-Z]\w+", match[0]))  # a programme's title
    if reader is read_weekend:
        return not re.search(r"\ba\s$", before)
    if reader is read_near:
        return not (match[0][0].isupper() and re.search(r"[A-Z]\w{1,20}\s$", before))
    if reader is read_ago and not match["ago"] and match[0][:2].lower() == "in" and not match["time"]:
        return not _SUPERLATIVE.search(before)
    return True


def _means_month(match: re.Match[str], before: str, after: str, surnames: frozenset[str]) -> bool:
    """ "May" and "March" are months after a word of time, or with a year; other months always unless a name."""
    month = match["month"].capitalize()
    if match["year"] or match["rel"] or match["turn"] or match["part"]:
        return True
    sure = match[0] != match["month"]  # "in May"
    if month in ("May", "March"):
        return sure or (
            month not in surnames and bool(_MONTH_LEAD.search(before)) and not re.match(r"\s(?:on|for|in)\b", after)
        )
    return month not in surnames or sure
