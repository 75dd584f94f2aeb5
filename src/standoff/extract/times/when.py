"""Times of a report: where it names one, and which days are meant, given the day of publication.

Pure functions on strings. A time is first read by one rule of `time_words` (the longest at a place wins), then joined
with the words around it: "from ... to ...", "by", "until", "since", "for 90 days starting ...". What the words leave
open stays None. Every repetition in a pattern is bounded, so the time grows with the length of the text.

Weeks run from Monday. "early", "mid" and "late" are thirds; "last Friday" and "next Friday" lie in the week before and
after that of publication, as agencies write; a bare "Friday" is, by `direction`, the day of publication or the nearest
before it, after it, or on either side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from standoff.extract.times.days import (
    LENGTHS,
    Direction,
    Frame,
    counted,
    read_day,
    read_iso,
    read_weekday,
    read_weekend,
    read_within,
    shifted,
    stretch,
)
from standoff.extract.times.wording import Base, TimeKind, bases
from standoff.model.dates import When

__all__ = ["Direction", "TimeExpression", "TimeKind", "find_times", "resolve"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a report that name a time: `text` is its `[start, end)`, with "on", "in", "by" and the like.

    `when` is None where the words (or an unknown day of publication) do not fix it. `deadline` marks by, until, before,
    within and no later than: the last day is then `when.last`. A `duration` ("for 90 days") or what recurs ("every
    Monday") has no `when`; "in the near future" and "days before the vote" are `unknown`.
    """

    start: int
    end: int
    text: str
    when: When | None
    deadline: bool = False
    kind: TimeKind = "date"


@lru_cache(maxsize=64)  # a sentence is asked for its times once for each measure in it
def find_times(text: str, published: date | None, direction: Direction | None = None) -> tuple[TimeExpression, ...]:
    """All times of a text, in order and without overlap.

    `direction` tells where to look for "Friday" or "June 1"; without it a weekday is past unless the words say
    otherwise ("by Friday", "starting Monday"), and a date or month without year the nearest.
    """
    return tuple(_joined(text, bases(text), Frame(published, direction)))


def resolve(words: str, published: date | None, direction: Direction | None = None) -> When | None:
    """The days that the first time in `words` means; None where there is none or it stays open."""
    return next((time.when for time in find_times(words, published, direction)), None)


_LEAD = re.compile(
    r"\b(?:(?P<by>by|until|till|(?:no|not)\slater\sthan|on\sor\sbefore)|(?P<before>before|ahead\sof|prior\sto)|(?P<after>after)|(?P<since>since)|"
    r"(?P<from>from)|(?P<start>starting|beginning|effective|as\s(?:of|from)|with\seffect\sfrom)|(?P<through>through)|(?P<between>between))"
    r"\s(?:at\sleast\s|about\s|around\s)?(?P<the>the\s)?$",
    re.I,
)
_TO = re.compile(r"(?:\s(?P<word>to|until|till|through|and)\s|\s?[-–—]\s?)", re.I)
_MOVED = re.compile(
    r"\b(?:delay|postpon|mov|push|defer|reschedul|shift|brought|bring|extend)\w{0,6}\b[^.;\n]{0,60}$", re.I
)
_COMPARED = re.compile(
    r"(?:\d|%|percent|per\scent|pct|points?|[mb]illion|trillion|up|down|rose|fell|higher|lower|different)\s(?:from|since)\s$",
    re.I,
)
_STARTING = re.compile(r"\s(?:starting|beginning|from|effective|as\sof)\s", re.I)
_DUE = re.compile(r"(?:['’]s)?\s(?:self-imposed\s)?deadline\b", re.I)
_DUE_LEAD = re.compile(r"\bdeadline\s(?:of|on|for|is|was)\s$", re.I)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|expect(?:s|ed)?|schedul(?:ed|es)|set|due|plan(?:s|ned|ning)?|slated|looms?|(?:is|are)\sto|going\sto|upcoming|could|"
    r"might|should|about\sto)\b(?![^.;!?\n]*\b(?:said|says|told|announced|reported|added|wrote|tweeted|but|after)\b)[^.;!?\n]{0,80}$"
)
_FUTURE_LEADS = ("by", "before", "start", "from", "through")


def _joined(text: str, bases: list[Base], frame: Frame) -> Iterator[TimeExpression]:
    at = 0
    while at < len(bases):
        base, other = bases[at], bases[at + 1] if at + 1 < len(bases) else None
        lead = _lead(text, base, bases[at - 1].match.end() if at else 0)
        time = _pair(text, base, other, lead, frame) if other else None
        at += 1 if time is None else 2
        yield time or _single(text, base, lead, frame)


def _lead(text: str, base: Base, floor: int) -> re.Match[str] | None:
    start = base.match.start()
    lead = _LEAD.search(text, max(floor, start - 40), start)
    if lead is None or base.kind != "date":
        return None
    after = text[base.match.end() : base.match.end() + 30]
    if not _DUE.match(after) and (
        after[:2] in ("'s", "’s") or (lead["the"] and not base.match[0].lower().startswith(("end", "start", "begin")))
    ):
        return None
    return lead


def _pair(text: str, base: Base, other: Base, lead: re.Match[str] | None, frame: Frame) -> TimeExpression | None:
    """Two times that are one: a range, or a length with its first day; None where they are two."""
    between = text[base.match.end() : other.match.start()]
    if len(between) > 20 or other.kind != "date":
        return None
    start, end = lead.start() if lead else base.match.start(), other.match.end()
    if (base.kind == "duration" and _STARTING.fullmatch(between)) or (base.kind == "unknown" and not between.strip()):
        return _measured(text, base, other, frame)
    join = _TO.fullmatch(between)
    if base.kind != "date" or not join or not _is_range(text, base, other, lead, (join["word"] or "-").lower()):
        return None
    first, last = base.when(frame), other.when(frame)
    if other.floats and first and first.first:
        last = other.when(Frame(first.first, "future"))
    elif base.floats and last and last.first and not _has_year(base):
        first = base.when(Frame(last.first, "past"))
    if base.floats and not _has_year(base) and _has_year(other) and (last := other.when(frame)) and last.first:
        first = base.when(Frame(last.first, "past"))
    when = None
    if first and last and first.first and last.last and first.first <= last.last:
        when = stretch(first.first, last.last)
    return TimeExpression(start, end, text[start:end], when)


def _has_year(base: Base) -> bool:
    return bool(base.match.groupdict().get("year"))


def _is_range(text: str, base: Base, other: Base, lead: re.Match[str] | None, word: str) -> bool:
    if _MOVED.search(text[max(0, base.match.start() - 80) : base.match.start()]):
        return False
    if word == "and":
        return bool(lead and lead["between"])
    return bool(lead and lead["from"]) or (base.read is other.read and word in ("to", "-", "through"))


def _measured(text: str, base: Base, other: Base, frame: Frame) -> TimeExpression | None:
    """ "for 90 days starting Dec. 1", "two days after June 29" """
    groups = base.match.groupdict()
    count, fixed = counted(groups.get("count")), other.when(replace(frame, direction=frame.direction or "nearest"))
    side = (groups.get("side") or "").lower()
    start, end = base.match.start(), other.match.end()
    if base.kind == "unknown" and not side:
        return None
    unit, when = (groups["unit"] or "day").lower(), None
    if count and count == int(count) and fixed and fixed.first and fixed.first == fixed.last and LENGTHS[unit]:
        steps = int(-count if side in ("before", "ahead of", "prior to") else count)
        when = _counted_off(fixed.first, unit, steps, lasting=base.kind == "duration")
    return TimeExpression(start, end, text[start:end], when)


def _counted_off(first: date, unit: str, steps: int, *, lasting: bool) -> When | None:
    try:
        day = shifted(unit, first, steps)
        return stretch(first, day - timedelta(1)) if lasting else When.day(day)
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _single(text: str, base: Base, lead: re.Match[str] | None, frame: Frame) -> TimeExpression:
    match, kind = base.match, base.kind
    frame = _looking(text, base, lead, frame)
    due = bool(_DUE.match(text, match.end())) or bool(_DUE_LEAD.search(text, max(0, match.start() - 20), match.start()))
    if base.read is read_within or match[0].lower().startswith("within"):
        due = True
    name = lead.lastgroup if lead else None
    if lead:
        name = next(key for key, value in lead.groupdict().items() if value and key != "the")
    if lead is None or name == "between" or (name == "from" and not _opens(text, base)):
        when = base.when(frame)
        start = lead.start() if lead and match.groupdict().get("day2") else match.start()
        return TimeExpression(
            start,
            match.end(),
            text[start : match.end()],
            when,
            due,
            "unknown" if kind == "date" and when is None and frame.day else kind,
        )
    when = _led(name or "", base.when(frame), base, frame)
    start = lead.start()
    return TimeExpression(start, match.end(), text[start : match.end()], when, due or name in ("by", "before"), kind)


def _looking(text: str, base: Base, lead: re.Match[str] | None, frame: Frame) -> Frame:
    """The direction where the caller gave none: back after "since"; a weekday's ahead after "will" or "by"."""
    if lead and lead["since"] and not frame.direction:
        return replace(frame, direction="past")
    if frame.direction or base.read not in (read_weekday, read_weekend):
        return frame
    start = base.match.start()
    ahead = (lead and any(lead[name] for name in _FUTURE_LEADS)) or _AHEAD.search(text[max(0, start - 90) : start])
    return replace(frame, direction="future") if ahead else frame


def _opens(text: str, base: Base) -> bool:
    """Whether "from" before this time means "from then on"."""
    if re.match(r"\s(?:on|onwards?|forward)\b", text[base.match.end() : base.match.end() + 10]):
        return True
    turn = base.match.groupdict().get("turn") or ""
    start = base.match.start()
    if base.match.groupdict().get("day2") or _MOVED.search(text, max(0, start - 80), start):
        return False
    if _COMPARED.search(text, max(0, start - 30), start):
        return False
    return (
        base.read in (read_day, read_iso, read_weekday) or turn.lower() == "next" or base.match[0].lower() == "tomorrow"
    )


def _led(name: str, when: When | None, base: Base, frame: Frame) -> When | None:
    """What "by", "before", "after", "since" and "from" make of a time."""
    if when is None or when.first is None or when.last is None:
        return None
    at_end = bool(re.search(r"\b(?:end|close)\b", base.match[0], re.I))
    if name in ("by", "through") or (name == "before" and at_end):
        return stretch(None, when.last)
    if name == "before":
        return stretch(None, when.first - timedelta(1)) if when.first > date.min else None
    if name == "after":
        return stretch(when.last + timedelta(1), None) if when.last < date.max else None
    if name == "since":
        return stretch(when.first, frame.day if frame.day and frame.day >= when.first else None)
    return stretch(when.first, None)
