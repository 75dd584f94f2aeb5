"""When a report without a date was written, as an interval, by what it says itself; each bound with its reason.

A report is written *after* what it tells as done: days it gives whole (a cited report of 2024 was published before
it: a lower bound, never its date), and *before* what it tells as still to come. It is written while those whom it
names with their office hold that office. A month and day without a year take the year that the other bounds leave,
where they leave one. A report that copies, or is copied by, a dated one is of about the same days. What contradicts
the rest is left out, the widest first: an interval that stays empty is no answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from standoff.analyse.known import Known, told_date
from standoff.analyse.phrases import when_words
from standoff.model.dates import When
from standoff.model.domain import Official, Pack
from standoff.model.lineage import Relation
from standoff.model.record import Contact, Measure, Move, Record
from standoff.model.report import Published, Report

NEWS = timedelta(days=31)  # a month and day without a year is news of so many days at most, before the report
_COPY, _DAY_LONG = timedelta(days=14), timedelta(days=1)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october"
        "|nov november|dec december".split("|"),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=lambda name: -len(name)))
_WHOLE = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}}),? (\d{{4}})\b|\b(\d{{1,2}}) ({_MONTH})\.? (\d{{4}})\b", re.I)
_DAY = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})\b(?!,? \d{{4}})|\b(\d{{1,2}}) ({_MONTH})\b(?!\.? \d{{4}})", re.I)
_YEAR = re.compile(r"\b(?:in|since|of|during|from) (?:early |late |mid-)?((?:19|20)\d{2})\b", re.I)
_AHEAD = re.compile(r"\b(?:will|until|by|before|from|planned|scheduled|due|next|set for|expected)\b[^.]{0,40}$", re.I)
_OTHER = re.compile(r"\b(?:former|then|ex|late|vice|deputy|assistant|under)\s+$", re.I)  # not this office, or not now
_WORD = re.compile(r"\w+")
_STILL_TO_COME = frozenset({"planned", "sought", "considered"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The report is from `when`, for the reason told in a few words; `records` are those it rests on, if any.

    `or_else` are other intervals that the same reason allows: an office held twice. `likely`: the day that it points
    to, where it points to one.
    """

    when: When
    reason: str
    records: tuple[str, ...] = ()
    or_else: tuple[When, ...] = ()
    likely: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """When a report (id) was written: an interval, None where nothing it says bounds it; by which bounds.

    `day` is what the analyses take for it where the interval is narrow enough to be of use (`NEWS`): the day of the
    report whose story it tells, else the last of the interval, by which it was written. None: it stays undated.
    """

    report: str
    when: When | None
    bounds: tuple[Bound, ...]
    day: date | None
    reason: str
    explanation: str


def dated(known: Known, before: Known | None = None) -> Known:
    """What is known, with reports that nobody dated on the day that `place` takes for them: `inferred`, with reason.

    `before` is an earlier edition of the same record (`Known.of`).
    """
    found = {p.report: p for p in placed(known) if p.day}
    if not found:
        return known
    reports = [
        replace(r, published=Published(p.day, "inferred", p.reason)) if (p := found.get(r.id)) and p.day else r
        for r in known.reports
    ]
    given = [*reports, *known.retracted]
    return Known.of(
        known.pack, given, known.records(), known.relations, known.origins, known.recorded, known.decided, before
    )


def placed(known: Known) -> tuple[Placed, ...]:
    """All reports whose day nobody gave, each placed by what it says, in the order of the record."""
    waiting = (r for r in known.reports if r.published is None or r.published.inferred)
    return known.once("placed", lambda: tuple(place(known, report) for report in waiting))


def place(known: Known, report: Report) -> Placed:
    """One report placed by what it says, whatever date it has been given."""
    bounds = [*_copies(known, report), *_told(known, report), *_terms(known.pack, report.text), *_cited(report.text)]
    when, used = _narrowed(bounds)
    days = list(_days(report.text, when))
    if days:
        when, used = _narrowed([*used, *days])
    ends = {when.first, when.last} - {None} if when else set()
    telling = [b for b in used if ends & {end for x in (b.when, *b.or_else) for end in (x.first, x.last)}]
    reasons = "; ".join(dict.fromkeys(b.reason for b in telling)) or "nothing in it tells"
    return Placed(
        report=report.id,
        when=when,
        bounds=tuple(used),
        day=_taken(when, used),
        reason=f"written {when_words(when)}: {reasons}" if when else reasons,
        explanation=f"{report.name}: {when if when else 'no date'} ({reasons}).",
    )


def _taken(when: When | None, used: Iterable[Bound]) -> date | None:
    """The day to work with in a narrow interval."""
    if when is None or when.first is None or when.last is None or when.last - when.first > NEWS:
        return None
    likely = [b.likely for b in used if b.likely and when.first <= b.likely <= when.last]
    return min(likely, default=when.last)


def _narrowed(bounds: Iterable[Bound]) -> tuple[When | None, list[Bound]]:
    """What all bounds have in common; one that leaves nothing of the narrower ones is left out.

    Where several intervals are left, from the first of them to the end of the last.
    """
    left = [(date.min, date.max)]
    used = []
    for bound in sorted(bounds, key=_width):
        allowed = [_ends(when) for when in (bound.when, *bound.or_else)]
        common = [(max(a, c), min(b, d)) for a, b in left for c, d in allowed if max(a, c) <= min(b, d)]
        if common:
            left = sorted(set(common))
            used.append(bound)
    first, last = left[0][0], max(end for _, end in left)
    start, end = (first if first > date.min else None), (last if last < date.max else None)
    return (When(start, end, "day" if start == end else "interval"), used) if start or end else (None, [])


def _ends(when: When) -> tuple[date, date]:
    return when.first or date.min, when.last or date.max


def _width(bound: Bound) -> tuple[int, date, date, str]:
    first, last = _ends(bound.when)
    return sum((b - a).days for a, b in map(_ends, (bound.when, *bound.or_else))), first, last, bound.reason


def _copies(known: Known, report: Report) -> Iterator[Bound]:
    """A copy is of the days of what it copies."""
    for relation in known.once("relations by report", lambda: _by_report(known)).get(report.id, ()):
        other = known.report(relation.b if relation.a == report.id else relation.a)
        if other.published and not other.published.inferred and other.id != report.id:
            day = other.published.day
            near = When(day - _COPY, day + _COPY, "interval")
            yield Bound(when=near, reason=f"tells the story of {other.name}, of {day}", likely=day)


def _by_report(known: Known) -> dict[str, list[Relation]]:
    found: defaultdict[str, list[Relation]] = defaultdict(list)
    for relation in known.relations:
        if relation.kind != "relay":
            for report in {relation.a, relation.b}:
                found[report].append(relation)
    return found


def _told(known: Known, report: Report) -> Iterator[Bound]:
    """Days that the report itself gives to what it tells: after what was done, before what is to come."""
    for record in known.once("records with dates", lambda: _with_dates(known)).get(report.id, ()):
        told = told_date(record)
        if told is None or not _whole(known, record):
            continue
        words = " ".join(known.words(record).split())[:60]
        if isinstance(record, Contact) and record.status in _STILL_TO_COME:
            if told.last:
                yield Bound(when=When(None, told.last, "interval"), reason=f"before “{words}”", records=(record.id,))
        elif told.first and not _open(record):
            yield Bound(when=When(told.first, None, "interval"), reason=f"after “{words}”", records=(record.id,))


def _with_dates(known: Known) -> dict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in (*known.moves, *known.measures, *known.contacts):
        found[record.report].append(record)
    return found


def _whole(known: Known, record: Record) -> bool:
    """Whether the year stands in the words: else the date may have been worked out from a day of publication."""
    told = told_date(record)
    years = {str(day.year) for day in (told.first, told.last) if day} if told else set()
    return any(year in known.words(record) for year in years)


def _open(record: Record) -> bool:
    if isinstance(record, Move):
        return record.status in ("expected", "hypothetical")
    return isinstance(record, Measure) and record.status in ("threatened", "proposed", "demanded")


def _terms(pack: Pack, text: str) -> Iterator[Bound]:
    """Those whom a report names with their office hold it then; one who held it twice, at either time."""
    low = text.lower()
    met = frozenset(_WORD.findall(low))
    handed_over = {term.start for official in pack.officials for term in official.terms if term.start}
    for official in pack.officials:
        if met.isdisjoint(_first_words(official)):
            continue
        titles: defaultdict[str, list[When]] = defaultdict(list)
        for term in official.terms:
            if (term.start or term.end) and term.title.lower() in low:
                end = term.end - _DAY_LONG if term.end in handed_over and term.end != term.start else term.end
                titles[term.title].append(When(term.start, end, "interval"))
        for title, terms in titles.items():
            if _in_office(official, title, text):
                first, *others = sorted(terms, key=_ends)
                yield Bound(when=first, or_else=tuple(others), reason=f"{official.name} is {title}")


def _in_office(official: Official, title: str, text: str) -> bool:
    """Whether the office stands right before the name, or right after it, without `former` or `then` before it."""
    names = "|".join(
        re.escape(n) for n in sorted({official.name, official.family, *official.names}, key=lambda n: (-len(n), n))
    )
    office = re.escape(title)
    pattern = re.compile(rf"\b(?P<before>{office})\s+(?:{names})\b|\b(?:{names}),? (?:the |who is )?{office}\b", re.I)
    return any(
        not (m["before"] and _OTHER.search(text, max(0, m.start() - 20), m.start())) for m in pattern.finditer(text)
    )


@lru_cache(maxsize=1 << 12)
def _first_words(official: Official) -> frozenset[str]:
    """In small letters the words of which a text has one where it has a name of the official."""
    names = (official.family, official.name, *official.names)
    return frozenset(_WORD.findall(name.lower())[0] for name in names if _WORD.search(name.lower()))


def _cited(text: str) -> Iterator[Bound]:
    """Whole days and years that the text names as past: it is later. What lies ahead in its words bounds nothing."""
    for match in _WHOLE.finditer(text):
        month, day, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        found = _date(int(year), _MONTHS[month.lower()], int(day))
        if found and not _AHEAD.search(text[max(0, match.start() - 60) : match.start()]):
            yield Bound(when=When(found, None, "interval"), reason=f"names {match[0]} as past")
    for match in _YEAR.finditer(text):
        if not _AHEAD.search(text[max(0, match.start() - 40) : match.start()]):
            yield Bound(when=When(date(int(match[1]), 1, 1), None, "interval"), reason=f"names {match[1]} as past")


def _days(text: str, when: When | None) -> Iterator[Bound]:
    """Days without a year: in the one year that is left, the report is of the days after them."""
    years = _years(when)
    for match in _DAY.finditer(text):
        month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
        if not month[:1].isupper() or _AHEAD.search(text[max(0, match.start() - 60) : match.start()]):
            continue
        for year in years:
            found = _date(year, _MONTHS[month.lower()], int(day))
            if found and len(years) == 1:
                yield Bound(when=When(found, None, "interval"), reason=f"after {match[0]} of {year}")


def _years(when: When | None) -> Sequence[int]:
    if when is None or when.first is None or when.last is None or when.last.year - when.first.year > 1:
        return ()
    return range(when.first.year, when.last.year + 1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def placed_json(known: Known, answer: Iterable[Placed]) -> list[dict[str, Any]]:
    """`[{report, when, reasons, explanation}]`."""
    return [
        {
            "report": known.report(p.report).name,
            "when": str(p.when) if p.when else None,
            "day": p.day.isoformat() if p.day else None,
            "reasons": [b.reason for b in p.bounds],
            "explanation": p.explanation,
        }
        for p in answer
    ]
