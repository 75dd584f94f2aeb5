"""What the first lines of a text say of where, when and through whom it was filed.

A dateline opens a report: `WASHINGTON (Reuters) - `, `BEIJING, March 5 (Xinhua) --`, `OSAKA, Japan — `. A date line
stands by itself: `Published: 12 March 2025`, `By Jane Doe | March 12, 2025`. Only a full day counts as a date: a day
without its year, a weekday or a year that the body mentions fixes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from standoff.model.report import Published
from standoff.model.span import Span

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_DAY_WORDS = rf"(?:{_MONTH}\s{{1,2}}{_DAY}|{_DAY}\s{{1,2}}{_MONTH})\b\.?"

_FULL_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w/.-])(?P<y>{_YEAR})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?![\d/-])",
        rf"\b(?P<month>{_MONTH})\s{{1,2}}(?P<d>{_DAY}),?\s{{1,2}}(?P<y>{_YEAR})\b",
        rf"(?<!\d)(?P<d>{_DAY})[\s-](?P<month>{_MONTH}),?[\s-](?P<y>{_YEAR})\b",
        rf"(?<![\d/])(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<y>{_YEAR})(?![\d/])",
    )
)

_DASH = r"(?:--+|[-–—―]+|_)"
_CAPITALS = r"(?:[A-Z][A-Za-z]{0,2}[ -])?[A-Z][A-Za-z]?[A-Z.'’]*[A-Z.](?:[ -][A-Z][A-Z.'’]*){0,3}"
_CITY = rf"{_CAPITALS}(?:/ ?{_CAPITALS})*"
_NAME = r"[A-Z][\w.'’]*(?:[ -][A-Z][\w.'’]*){0,3}"
_CREDIT = r"(?:\((?P<credit>[A-Z][^()\n]{1,40})\)|/(?P<wire>[A-Z][^/\n]{1,40})/)"
_WHEN = rf"(?P<when>{_DAY_WORDS}(?:,? {_YEAR})?)"
_AFTER = rf"(?P<after>{_DAY_WORDS}(?:,? {_YEAR})?)"
_PLACE = rf"(?P<place>{_CITY}(?:, {_NAME}){{0,2}})"
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PLACE}(?:,? {_WHEN})?,? ?{_CREDIT}(?:,? {_AFTER})?(?: ?{_DASH}|:)?",
        rf"{_PLACE},? {_WHEN} ?(?:{_DASH}|:)",
        rf"{_PLACE} ?(?:(?:--+|[–—―]|_)[-–—―]*|(?<= )-(?= ))",
        rf"{_PLACE}(?P<colon>:)(?= )",
        rf"(?P<place>{_NAME}(?:, {_NAME})?),? (?:{_WHEN} )?{_CREDIT}(?: ?{_DASH})?",
        rf"(?P<place>{_NAME}, {_NAME}|[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:--+|[–—―-])(?= [“\"‘]?[A-Z])",
        rf"{_CREDIT} ?(?:{_DASH}|:)",
        rf"{_WHEN} ?{_CREDIT} ?(?:{_DASH}|:)?",
    )
)
_LEADS = (
    "file photo photos video watch live update updated updates breaking exclusive analysis opinion editorial factbox "
    "explainer correction corrected highlights summary note editor's editor’s key timeline factcheck fact more read "
    "related q a an the this that these those our my in on at for from to with it he she we they i however still yet "
    "and but so also"
)
_NO_PLACE = frozenset(_LEADS.split())
_AGENCIES = "ap afp upi dpa pti ani ans ians efe ansa tass reuters bloomberg xinhua yonhap kyodo anadolu"
_OUTLET_WORD = re.compile(r"(?:post|news|times|press|wire|newswire|journal|herald|tribune|daily|media)$", re.IGNORECASE)

_LOOK_AT_LINES = 15
_LOOK_AT = 4_000
_LONGEST = 160
_PUBLISHED = re.compile(
    r"\W*(?:first |originally )?(?:published|posted|publication date|date published|issued|released|date|filed)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\W*(?:last )?(?:updated|modified|revised)\b", re.IGNORECASE)
_BYLINE = re.compile(r"\W*(?:By|BY|by|Written by|From) [A-Z]")
_BESIDE_A_DATE = re.compile(
    r"\d{1,2}[:.]\d\d|\b(?:at|on|[ap]\.?m|e[ds]?t|gmt|utc|bst|cet|hrs|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b|[\W\d_]",
    re.IGNORECASE,
)
_LINKS = "by and for in of the last first updated published posted min minute read local time"
_DATE_LINE_WORDS = frozenset(_LINKS.split())
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|\bcopyright\b)\W{{0,4}}(?:copyright|©|\(c\))?\W{{0,3}}(?P<year>{_YEAR})\b(?![-–])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """How a report opens: `place` as written, `credit` (the agency's words) and `date_words` where it has them.

    `span` runs from its first letter through its dash or colon; what follows is the report's first sentence.
    """

    place: str | None
    credit: str | None
    date_words: str | None
    span: Span


def dateline(text: str) -> Dateline | None:
    """The first dateline among the text's opening lines, None where it has none.

    A heading, a caption or a list of highlights may stand before it.
    """
    for start, line in _opening_lines(text):
        found = next((m for p in _DATELINES if (m := p.match(line)) and _plausible(m, text)), None)
        if found:
            return _read(found, start)
    return None


def full_date(words: str) -> date | None:
    """The first full day named in `words`; None where there is none or where day and month could be exchanged."""
    found = [(m.start(), m) for pattern in _FULL_DATES if (m := pattern.search(words))]
    return _day(min(found, key=lambda pair: pair[0])[1]) if found else None


def published_in(text: str) -> Published | None:
    """The day of publication that the text states of itself: a dateline or a date line with a full date.

    A dateline without its year, completed by the only year of the text's copyright lines, is `inferred`.
    """
    opening = dateline(text)
    if opening and opening.date_words and (day := full_date(opening.date_words)):
        return Published(day, "dateline", f"its dateline: {_quoted(opening.span.of(text))}")
    return _date_line(text) or _completed(text, opening)


def _opening_lines(text: str) -> Iterator[tuple[int, str]]:
    """The first lines that have words, each with the place where its first visible character stands."""
    start, seen = 0, 0
    end = text.find("\n", _LOOK_AT)  # whole lines, since half a date is another date
    for line in text[: min(end, 2 * _LOOK_AT) if end >= 0 else 2 * _LOOK_AT].split("\n"):
        words = line.strip().strip("\ufeff").strip()
        if words:
            seen += 1
            yield start + line.index(words), words
        if seen == _LOOK_AT_LINES:
            return
        start += len(line) + 1


def _plausible(found: re.Match[str], text: str) -> bool:
    """Whether what looks like a dateline opens a report, rather than a caption, a heading or a sentence."""
    groups = found.groupdict()
    place, credit = groups.get("place"), groups.get("credit") or groups.get("wire")
    if place is None:
        return True
    city = place.split(",")[0]
    if city.split()[0].strip(".,:").casefold() in _NO_PLACE or city.endswith(("'s", "’s")) or len(city) < 3:
        return False
    if groups.get("colon"):
        spoken_of = re.search(rf"\b(?:in|near|outside) {re.escape(city)}\b", text, re.IGNORECASE)
        return _is_outlet(city) or spoken_of is not None
    if credit and not city.split("/")[0].isupper():
        return _is_outlet(credit) or _stands_for_an_outlet(credit, city)
    return True


def _stands_for_an_outlet(credit: str, city: str) -> bool:
    """Of `Washington (CNN)`: whether the capitals name an outlet, and do not abbreviate the words before them."""
    own = "".join(word[0] for word in re.findall(r"[A-Z]\w*", city))
    return credit.isalpha() and credit.isupper() and own != credit and "." not in city and len(city.split()) <= 3


def _is_outlet(words: str) -> bool:
    return words.casefold() in _AGENCIES.split() or bool(_OUTLET_WORD.search(words))


def _read(found: re.Match[str], start: int) -> Dateline:
    groups = found.groupdict()
    place, credit = groups.get("place"), groups.get("credit") or groups.get("wire")
    if place and not credit and _is_outlet(place):
        place, credit = None, place
    when = groups.get("when") or groups.get("after")
    return Dateline(place, credit, when, Span(start + found.start(), start + found.end()))


def _day(found: re.Match[str]) -> date | None:
    groups = found.groupdict()
    if "a" in groups:
        month, day = _month_and_day(int(groups["a"]), int(groups["b"]))
    elif "month" in groups:
        month, day = _month_number(groups["month"]), int(re.sub(r"\D", "", groups["d"]))
    else:
        month, day = int(groups["m"]), int(groups["d"])
    try:
        return date(int(groups["y"]), month, day)
    except ValueError:
        return None


def _month_and_day(first: int, second: int) -> tuple[int, int]:
    """Of a/b: which is the month, where only one reading is possible; (0, 0) where both are."""
    if first == second or second > 12:
        return first, second
    return (second, first) if first > 12 else (0, 0)


def _month_number(name: str) -> int:
    return _MONTHS.index(name.casefold()[:3]) // 4 + 1


def _date_line(text: str) -> Published | None:
    """A line that states the day: `Published` before a bare date or a byline, these before `Updated`."""
    lines = [line for _, line in _opening_lines(text) if len(line) <= _LONGEST]
    lines += [line for _, line in _opening_lines(text[-1_000:].partition("\n")[2]) if _PUBLISHED.match(line)]
    tests = (
        ("its line", _PUBLISHED.match),
        ("its date line", _only_a_date),
        ("its byline", _BYLINE.match),
        ('its "updated" line', _UPDATED.match),
    )
    for what, fits in tests:
        for line in lines:
            if fits(line) and _no_sentence(line) and (day := full_date(line)):
                return Published(day, "dateline", f"{what}: {_quoted(line)}")
    return None


def _only_a_date(line: str) -> bool:
    """Whether nothing but a date, a weekday and a time of day stands there."""
    return not _BESIDE_A_DATE.sub("", _without_dates(line))


def _no_sentence(line: str) -> bool:
    """Whether beside date and time there are only names and the words of a date line: no sentence that tells a date."""
    words = re.findall(r"[^\W\d_]+", _BESIDE_A_DATE.sub(" ", _without_dates(line)))
    return all(word[0].isupper() or word in _DATE_LINE_WORDS for word in words)


def _without_dates(line: str) -> str:
    for pattern in _FULL_DATES:
        line = pattern.sub(" ", line)
    return line


def _completed(text: str, opening: Dateline | None) -> Published | None:
    if opening is None or opening.date_words is None:
        return None
    years = sorted({m["year"] for m in _COPYRIGHT.finditer(text)})
    day = full_date(f"{opening.date_words} {years[0]}") if len(years) == 1 else None
    reason = f"its dateline says {_quoted(opening.date_words)} and its copyright line {years[0] if years else ''}"
    return Published(day, "inferred", reason) if day else None


def _quoted(words: str) -> str:
    plain = " ".join(words.split())
    return f"“{plain if len(plain) <= 80 else plain[:79] + '…'}”"
