"""Time as news tells it: an interval of days and how exactly it is known."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast, get_args

Precision = Literal["day", "week", "month", "quarter", "year", "interval"]

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")


@dataclass(frozen=True, slots=True, order=True)
class When:
    """From the first to the last day it may lie in (both included), with the precision of the wording.

    An open end is None: `When(date(2019, 3, 1), None, "interval")` is "from 1 March 2019 on".
    Raises ValueError where both ends are open or the first day is after the last.
    """

    first: date | None
    last: date | None
    precision: Precision = "day"

    def __post_init__(self) -> None:
        if self.first is None and self.last is None:
            raise ValueError("an interval needs at least one end")
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"ends before it begins: {self.first} > {self.last}")

    @classmethod
    def day(cls, day: date) -> When:
        return cls(day, day, "day")

    @classmethod
    def month(cls, year: int, month: int) -> When:
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")

    @classmethod
    def year(cls, year: int) -> When:
        return cls(date(year, 1, 1), date(year, 12, 31), "year")

    @classmethod
    def week(cls, day: date) -> When:
        """The week from Monday to Sunday around `day`."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=6), "week")

    @classmethod
    def parse(cls, text: str) -> When:
        """Read what `exact` or `str` wrote: a day, a month, a year, or `first/last` with `..` for an open end.

        The precision may stand behind it: `2019-07-01/2019-07-07 week`.

        Raises ValueError where the text is none of these.
        """
        text, _, precision = text.strip().partition(" ")
        if precision:
            ends = cls.parse(text)
            return cls(ends.first, ends.last, _precision(precision))
        if "/" in text:
            first, last = text.split("/", 1)
            return cls(_end(first), _end(last), "interval")
        if match := _MONTH.fullmatch(text):
            return cls.month(int(match[1]), int(match[2]))
        if match := _YEAR.fullmatch(text):
            return cls.year(int(match[1]))
        return cls.day(date.fromisoformat(text))

    def overlaps(self, other: When) -> bool:
        return (self.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (
            self.last or date.max
        )

    @property
    def exact(self) -> str:
        """All of it as text: as `str` has it, with the precision behind it where that does not tell it."""
        text = str(self)
        if self.precision != "interval" and "/" not in text and When.parse(text) == self:
            return text
        ends = f"{self.first or '..'}/{self.last or '..'}"
        return ends if self.precision == "interval" else f"{ends} {self.precision}"

    def __str__(self) -> str:
        if self.precision == "day" and self.first == self.last and self.first:
            return self.first.isoformat()
        if self.precision == "month" and self.first:
            return self.first.isoformat()[:7]
        if self.precision == "year" and self.first:
            return self.first.isoformat()[:4]
        return f"{self.first or '..'}/{self.last or '..'}"


def _precision(text: str) -> Precision:
    if text not in get_args(Precision):
        raise ValueError(f"{text!r} is none of {', '.join(get_args(Precision))}")
    return cast(Precision, text)


def _end(text: str) -> date | None:
    return None if text == ".." else date.fromisoformat(text)
