"""Which days the words of a time mean: one reader for each rule of `time_words`.

A reader takes the rule's match and the frame (the day of publication and where to look from it) and returns the
interval, or None where the words leave it open. ValueError and OverflowError mean a day that no calendar has.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from standoff.extract.figures.numerals import number
from standoff.model.dates import When

Direction = Literal["past", "future", "nearest"]

_MONTHS = {
    name: i
    for i, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_DAYS = {name: i for i, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
_ORDINALS = {w: i for i, w in enumerate(["first", "second", "third", "fourth"], 1)} | {"last": 4, "final": 4}
LENGTHS = {
    "minute": 0,
    "hour": 0,
    "day": 1,
    "week": 7,
    "fortnight": 14,
    "month": 30,
    "quarter": 91,
    "year": 365,
    "decade": 3652,
}
_LONGER = {"hour": 1, "day": 7, "week": 31, "month": 365, "year": 3652}  # at most: "coming days" are less than a week


@dataclass(frozen=True, slots=True)
class Frame:
    """What relative words hang on: a day, and where to look from it (None: as the wording suggests)."""

    day: date | None
    direction: Direction | None = None


Reader = Callable[[re.Match[str], Frame], When | None]


def stretch(first: date | None, last: date | None) -> When:
    return When(first, last, "day" if first == last else "interval")


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _span(unit: str, day: date) -> When:
    """The calendar week, month, quarter or year around a day."""
    if unit == "day":
        return When.day(day)
    if unit == "week":
        return When.week(day)
    if unit == "month":
        return When.month(day.year, day.month)
    if unit == "quarter":
        return _quarter(day.year, (day.month + 2) // 3)
    if unit == "decade":
        return stretch(date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31))
    return When.year(day.year)


def shifted(unit: str, day: date, count: int) -> date:
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
    return _months_on(day, months * count) if months else day + timedelta(LENGTHS[unit] * count)


def _quarter(year: int, quarter: int) -> When:
    last = quarter * 3
    return When(date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]), "quarter")


def _part(word: str | None, whole: When | None) -> When | None:
    """ "early", "mid", "late", "the start of", "the end of" a stretch of time."""
    if not word or whole is None or whole.first is None or whole.last is None:
        return whole
    length = (whole.last - whole.first).days + 1
    stem = re.split(r"[\s-]", word.lower().removeprefix("the "))[0]
    if stem in ("start", "beginning", "end", "close"):
        piece = max(2, length // 5) - 1
        early = stem in ("start", "beginning")
        return (
            stretch(whole.first, whole.first + timedelta(piece))
            if early
            else stretch(whole.last - timedelta(piece), whole.last)
        )
    third = length // 3
    one, two = whole.first + timedelta(third), whole.last - timedelta(third)
    if length > 300 and length < 400:
        one, two = _months_on(whole.first, 4), _months_on(whole.first, 8) - timedelta(1)
    if stem == "early":
        return stretch(whole.first, one - timedelta(1))
    return stretch(two + timedelta(1), whole.last) if stem == "late" else stretch(one, two)


def _nearest(options: list[When], frame: Frame, default: Direction) -> When | None:
    """The option that suits the direction and lies nearest to the day."""
    day, way = frame.day, frame.direction or default
    if day is None:
        return None
    fitting = [
        w
        for w in options
        if w.first and w.last and (way != "past" or w.first <= day) and (way != "future" or w.last >= day)
    ]
    return min(fitting, key=lambda w: _distance(w, day), default=None)


def _distance(when: When, day: date) -> int:
    first, last = when.first or day, when.last or day
    return 0 if first <= day <= last else min(abs((first - day).days), abs((last - day).days))


# --- what the rules mean ---------------------------------------------------------------------------------------------


def read_day(match: re.Match[str], frame: Frame) -> When | None:
    """ "May 1", "Dec. 1, 2018", "1 March 2019", "June 28-29" """
    month, first = _MONTHS[match["month"][:3].lower()], int(match["day"])
    last = int(match["day2"]) if match["day2"] else first

    def at(year: int) -> When:
        return When(date(year, month, first), date(year, month, last), "day" if first == last else "interval")

    if match["year"]:
        return at(int(match["year"]))
    if frame.day is None:
        return None
    if match["rel"]:
        return at(frame.day.year + _turn(match["rel"]))
    return _nearest(_existing(at, frame.day.year), frame, "nearest")


def _existing(at: Callable[[int], When], year: int) -> list[When]:
    """A date in the years around: 29 February only where there is one."""
    found = []
    for candidate in range(year - 4, year + 5):
        try:
            found.append(at(candidate))
        except ValueError:
            continue
    return found


def _turn(word: str) -> int:
    """-1, 0 or 1 for last, this, next."""
    word = word.lower().removeprefix("of ").removeprefix("the ")
    if word.startswith(("last", "previous", "past")):
        return -1
    return 1 if word.startswith(("next", "coming")) else 0


def read_iso(match: re.Match[str], _: Frame) -> When | None:
    return When.day(date(int(match["y"]), int(match["m"]), int(match["d"])))


def read_iso_month(match: re.Match[str], _: Frame) -> When | None:
    """ "2019-06" is a month, "2025-26" two years."""
    year, tail = int(match["y"]), int(match["m"])
    if tail > year % 100:
        return stretch(date(year, 1, 1), date(year // 100 * 100 + tail, 12, 31))
    return When.month(year, tail)


def read_month(match: re.Match[str], frame: Frame) -> When | None:
    """ "in February", "early May", "last December", "January 2020", "December last year" """
    month = _MONTHS[match["month"][:3].lower()]
    if match["year"]:
        whole: When | None = When.month(int(match["year"]), month)
    elif frame.day is None:
        return None
    elif match["rel"]:
        whole = When.month(frame.day.year + _turn(match["rel"]), month)
    elif match["turn"] and (turn := _turn(match["turn"])):
        year = frame.day.year + (turn if (month - frame.day.month) * turn <= 0 else 0)
        whole = When.month(year, month)
    elif match["turn"]:
        whole = When.month(frame.day.year, month)
    else:
        whole = _nearest([When.month(frame.day.year + i, month) for i in (-1, 0, 1)], frame, "nearest")
    return _part(match["part"], whole)


def read_year(match: re.Match[str], _: Frame) -> When | None:
    return _part(match["part"], When.year(int(match["year"])))


def read_years(match: re.Match[str], _: Frame) -> When | None:
    return stretch(date(int(match["year"]), 1, 1), date(int(match["year2"]), 12, 31))


def read_decade(match: re.Match[str], _: Frame) -> When | None:
    year = int(match["year"])
    return _part(match["part"], stretch(date(year, 1, 1), date(year + 9, 12, 31)))


def read_quarter(match: re.Match[str], frame: Frame) -> When | None:
    number_ = int(match["q"]) if match["q"] else _ORDINALS[match["nth"].lower()]
    if match["year"]:
        return _quarter(int(match["year"]), number_)
    if frame.day is None:
        return None
    if match["rel"]:
        return _quarter(frame.day.year + _turn(match["rel"]), number_)
    return _nearest([_quarter(frame.day.year + i, number_) for i in (-1, 0, 1)], frame, "past")


def read_weekday(match: re.Match[str], frame: Frame) -> When | None:
    """ "Tuesday", "last Friday", "next Monday", "Thursday of next week", "Monday evening" """
    weekday = _DAYS[match["weekday"][:3].lower()]
    if frame.day is None:
        return None
    monday = frame.day - timedelta(frame.day.weekday())
    turn = (match["turn"] or match["rel"] or "").lower()
    if turn in ("this coming", "coming", "the coming", "this past"):
        way: Direction = "past" if turn == "this past" else "future"
        start = frame.day + timedelta(1 if way == "future" else -1)
        return _nearest(
            [When.day(start + timedelta(i)) for i in range(-6, 7) if (start + timedelta(i)).weekday() == weekday],
            Frame(start, way),
            way,
        )
    if turn:
        return When.day(monday + timedelta(weekday + 7 * _turn(turn)))
    days = [When.day(frame.day + timedelta(i)) for i in range(-6, 7) if (frame.day + timedelta(i)).weekday() == weekday]
    return _nearest(days, frame, "past")


def read_unit(match: re.Match[str], frame: Frame) -> When | None:
    """ "this week", "later this month", "early next year", "the end of the month", "late last week" """
    if frame.day is None:
        return None
    unit, part = match["unit"].lower(), (match["part"] or "").lower()
    whole = _span(unit, shifted(unit, frame.day, _turn(match["turn"])))
    if part in ("earlier", "later") and whole.first and whole.last and whole.first <= frame.day <= whole.last:
        return stretch(whole.first, frame.day) if part == "earlier" else stretch(frame.day, whole.last)
    return whole if part in ("earlier", "later") else _part(part, whole)


def read_weekend(match: re.Match[str], frame: Frame) -> When | None:
    if frame.day is None:
        return None
    saturday = When.week(frame.day).last
    options = (
        [stretch(saturday + timedelta(7 * i - 1), saturday + timedelta(7 * i)) for i in (-1, 0, 1)] if saturday else []
    )
    turn = (match["turn"] or "").lower()
    if turn in ("last", "past", "next", "coming", "this coming", "this past"):
        way: Direction = "past" if turn in ("last", "past", "this past") else "future"
        return _nearest([w for w in options if _distance(w, frame.day)], Frame(frame.day, way), way)
    return _nearest(options, frame, "nearest" if turn == "this" else "past")


_OFFSETS = {"yesterday": -1, "last night": -1, "day before yesterday": -2, "tomorrow": 1, "day after tomorrow": 2}


def read_near(match: re.Match[str], frame: Frame) -> When | None:
    """ "today", "yesterday", "overnight", "this morning" """
    if frame.day is None:
        return None
    word = " ".join(match["word"].lower().split()).removeprefix("the ")
    if word == "overnight":
        return stretch(frame.day - timedelta(1), frame.day)
    return When.day(frame.day + timedelta(_OFFSETS.get(word, 0)))


def read_ago(match: re.Match[str], frame: Frame) -> When | None:
    """ "two weeks ago", "almost a month ago", "in two weeks", "a month from now" """
    count, unit = counted(match["count"]), match["unit"].lower()
    if frame.day is None or count is None or count != int(count):
        return None
    back = bool(match["ago"])
    hedge = (match["hedge"] or "").lower()
    steps = int(-count if back else count)
    if unit in ("hour", "minute"):
        days = timedelta(count / 24) if unit == "hour" else timedelta(0)
        return stretch(frame.day - days, frame.day) if back else stretch(frame.day, frame.day + days)
    centre = shifted(unit, frame.day, steps)
    if unit == "day" and not hedge:
        return When.day(centre)
    if hedge in ("almost", "nearly", "less than", "under", "more than", "over"):
        return _hedged(centre, unit, count, back, hedge in ("more than", "over"))
    if unit in ("year", "decade"):
        return _span("year", centre)
    half = timedelta(max(1, LENGTHS[unit] // 2))
    return When(centre - half, centre + half, "week" if unit == "week" else "interval")


def _hedged(centre: date, unit: str, count: float, back: bool, more: bool) -> When:
    """On one side of the day counted to: at most a quarter of the way (less) or one unit on (more)."""
    width = timedelta(max(1, LENGTHS[unit] if more else int(LENGTHS[unit] * count) // 4))
    return stretch(centre - width, centre) if back == more else stretch(centre, centre + width)


def read_within(match: re.Match[str], frame: Frame) -> When | None:
    count = counted(match["count"])
    if frame.day is None or count is None or match["anchor"]:
        return None
    days = timedelta(hours=count) if match["unit"].lower() == "hour" else None
    return stretch(
        frame.day, frame.day + days if days is not None else shifted(match["unit"].lower(), frame.day, int(count))
    )


def read_stretch(match: re.Match[str], frame: Frame) -> When | None:
    """ "in the past two weeks", "over the next year", "in coming days", "in recent months" """
    if frame.day is None:
        return None
    unit, count = match["unit"].lower(), counted(match["count"])
    back = match["side"].lower() in ("past", "last", "recent", "previous")
    if count is None and match["plural"]:
        other = frame.day + timedelta((-1 if back else 1) * _LONGER.get(unit, 3652))
    elif unit == "hour":
        other = frame.day + timedelta((count or 1) / 24 * (-1 if back else 1))
    else:
        other = shifted(unit, frame.day, int(count or 1) * (-1 if back else 1))
    return stretch(other, frame.day) if back else stretch(frame.day, other)


def read_week_of(match: re.Match[str], frame: Frame) -> When | None:
    day = read_day(match, frame)
    return When.week(day.first) if day and day.first else None


def read_open(_: re.Match[str], __: Frame) -> When | None:
    return None


def counted(words: str | None) -> float | None:
    return 1.0 if words and words.lower() in ("a", "an") else number(words or "")
