"""How the pages word a line: its verb and words, days, sources, badges; and the line itself with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from standoff.analyse import phrases
from standoff.analyse.known import Known
from standoff.analyse.phrases import day_words, days_words, predicate, spoken
from standoff.analyse.positions import Position
from standoff.analyse.stock import StandingMeasure
from standoff.model.dates import When
from standoff.show.evidence import Pins, shown
from standoff.show.origins import told_by

FLAGS: Mapping[str, tuple[str, str]] = {
    "expected": ("expected", "not done yet: a report expects it"),
    "hypothetical": ("hypothetical", "told with if, could or might"),
    "by-sources": ("by sources", "told by unnamed sources"),
    "inferred-date": ("date inferred", "nobody gave the report's date: it is concluded from what it says"),
    "undated": ("undated", "no date is known"),
    "contested": ("contested", "another account contradicts it"),
}
"""What a badge says, and in a few words why."""

MOST = 40
"""Of what is folded or listed at length, as many stand on the page; the record has them all."""

_LONGEST = 240
S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: its words, badges and the numbers of its evidence."""

    text: str
    pins: tuple[int, ...]
    badges: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    note: str = ""
    dates: str = ""


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """The first of a list as far as a page has room, and how many there are in all."""

    those: tuple[T, ...]
    of: int

    @property
    def count(self) -> str:
        """`12`, or `40 of 231` where not all are there."""
        return str(self.of) if len(self.those) == self.of else f"{len(self.those)} of {self.of}"


def some(items: Sequence[S], make: Callable[[S], T], most: int = MOST) -> Some[T]:
    """So many of the items, in their order, made into what the page shows; the others get no evidence either."""
    return Some(tuple(make(item) for item in items[:most]), len(items))


def badges(flags: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The badges of flags that have one."""
    return tuple(FLAGS[flag] for flag in flags if flag in FLAGS)


def position_line(known: Known, position: Position, pins: Pins) -> Line:
    """A position: its verb as kind, its words, who says so and how many origins, and its days."""
    verb, rest = predicate(known, position, _LONGEST)
    sources = list(dict.fromkeys(s.source for s in position.sightings))
    note = "; ".join(sources[:2]) + (f" and {len(sources) - 2} more" if len(sources) > 2 else "")
    told = backed(known, position.records, note)
    return Line(
        shown(rest),
        pins.numbers(position.records, 4),
        badges(position.flags),
        shown(verb),
        shown(f"{note} · {told}"),
        days(position.first, position.last),
    )


def backed(known: Known, records: Iterable[str], named: str = "") -> str:
    """How many origins tell it and which, and in how many reports where that is more than one.

    An origin that `named` says already is not named again.
    """
    told = told_by(known, records).removesuffix(", 1 report")
    count, _, rest = told.partition(" (")
    outlet, _, reports = rest.rpartition(")")
    return f"{count}{reports}" if count == "1 origin" and outlet in named else told


def bracketed(text: str) -> tuple[str, str]:
    """What stands before the brackets at the end of a text, and these; others within them belong to them."""
    depth = 0
    for at in range(len(text) - 1, 0, -1) if text.endswith(")") else ():
        depth += (text[at] == ")") - (text[at] == "(")
        if not depth:
            return text[:at].rstrip(), text[at:]
    return text, ""


def days(first: date | None, last: date | None) -> str:
    """From the first to the last day, in words; empty where none is known."""
    return days_words(first, last) if first is not None and last is not None else ""


def shown_when(when: When) -> str:
    """An interval in plain words: `29 June 2019`, `June 2019`, `by 1 May 2018`, `21 to 30 June 2019`."""
    if when.first is None:
        return f"by {day_words(when.last)}" if when.last else ""
    if when.last is None:
        return f"from {day_words(when.first)} on"
    if when.precision == "month":
        return f"{when.first:%B %Y}"
    if when.precision == "year":
        return f"{when.first:%Y}"
    return days_words(when.first, when.last)


def measure_line(known: Known, measure: StandingMeasure) -> str:
    """A measure with whose it is: `American tariff of 20% on “steel”`."""
    return shown(phrases.measure_line(known.pack, measure))


def act_words(known: Known, records: Iterable[str], name: str, what: str) -> str:
    """Whose act and what, the name not said twice; a speaker's words of himself in quotation marks."""
    told = spoken(known, records, what)
    plain = shown(told)
    return plain if not name or name.lower() in plain.lower() else f"{name}: {plain}"
