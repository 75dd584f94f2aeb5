"""Open questions: what a reader should ask before relying on the record, the most telling first, each with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standoff.analyse.attribution import listed
from standoff.analyse.conflict import Conflict
from standoff.analyse.dating import placed
from standoff.analyse.fulfilment import Fulfilment, Put
from standoff.analyse.headline import Headline
from standoff.analyse.known import Known
from standoff.analyse.periods import newest_period
from standoff.analyse.phrases import day_words, first_up, party_name, predicate, short, when_words
from standoff.analyse.positions import Position
from standoff.analyse.sentences import Part
from standoff.analyse.state import State
from standoff.analyse.timeline import TimelineEntry
from standoff.model.report import Report
from standoff.show.evidence import Pins, shown
from standoff.show.wording import Line, Some, backed, bracketed, some

_MOST = 5


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions of one sort, the most telling first; the rest (`more`) is folded away."""

    title: str
    lines: tuple[Line, ...]
    more: Some[Line]


def questions(
    known: Known, now: State, told: Headline, disputes: Sequence[Conflict], kept: Fulfilment, pins: Pins
) -> tuple[Questions, ...]:
    """All sorts that have something to ask."""
    period = newest_period(known, now.as_of)
    since = period[0] if period else None
    sorts: tuple[tuple[str, Some[Line]], ...] = (
        ("Whose account is right?", _contested(known, disputes, since, pins)),
        ("Told by one origin only, and the state of play rests on it", _single(known, now, told, pins)),
        ("Was it put to them, and what did they say?", _unanswered(known, now, kept, pins)),
        ("Did it take place?", _unconfirmed(known, now, pins)),
        ("When was it written?", _inferred(known, pins)),
    )
    found = []
    for title, those in sorts:
        if those.of:
            found.append(Questions(title, those.those[:_MOST], Some(those.those[_MOST:], max(0, those.of - _MOST))))
    return tuple(found)


def _contested(known: Known, disputes: Sequence[Conflict], since: date | None, pins: Pins) -> Some[Line]:
    """Accounts that differ, those of the newest reports first."""

    def older(conflict: Conflict) -> bool:
        days = [known.published(known.record(r)) for r in conflict.records]
        return since is not None and not all(day and day >= since for day in days)

    def line(c: Conflict) -> Line:
        text = f"“{short(c.a.words, 90)}” ({c.a.source}) or “{short(c.b.words, 90)}” ({c.b.source})?"
        return Line(shown(text), pins.numbers([c.a.record, c.b.record]))

    return some(sorted(disputes, key=older), line)


def _single(known: Known, now: State, told: Headline, pins: Pins) -> Some[Line]:
    """What the state of play says of moves and measures and one origin alone tells."""
    held = {record: p for p in now.positions for record in p.records}

    def line(part: Part) -> Line:
        position = held.get(part.records[0])
        words = _sentence(known, position) if position else first_up(bracketed(part.text)[0])
        return Line(shown(words), pins.numbers(part.records, 2), note=shown(backed(known, part.records)))

    said = [p for s in told.sentences if s.topic in ("positions", "measures") for p in s.parts if p.records]
    return some([p for p in said if known.origin_count(known.record(r) for r in p.records) == 1], line)


def _sentence(known: Known, position: Position) -> str:
    """What a party does, as a sentence without its end."""
    return first_up(f"{party_name(known.pack, position.party)} {' '.join(predicate(known, position))}")


def _unanswered(known: Known, now: State, kept: Fulfilment, pins: Pins) -> Some[Line]:
    """Demands that stand and that no report tells answered, or on which accounts differ; the newest first."""
    standing = {p.id: p for p in now.positions if p.kind == "demand"}
    found = [d for d in kept.demands if d.met in ("unanswered", "disputed") and d.position in standing]

    def rank(put: Put) -> tuple[bool, int, str]:
        position = standing[put.position]
        last = position.last or date.min
        return "not-met-since" in position.flags, -last.toordinal(), position.id

    def line(put: Put) -> Line:
        how = "; ".join(dict.fromkeys(d.channel for d in put.deliveries))
        note = "accounts differ" if put.met == "disputed" else "no answer is told"
        note += f"; put by {how}" if how else "; no report says that it was put"
        records = (*put.records, *put.answers, *(r for d in put.deliveries for r in d.records))
        text = _sentence(known, standing[put.position])
        return Line(shown(text), pins.numbers(records, 3), note=shown(note))

    return some(sorted(found, key=rank), line)


def _unconfirmed(known: Known, now: State, pins: Pins) -> Some[Line]:
    """Contacts planned for a day that has passed; the newest first."""

    def line(entry: TimelineEntry) -> Line:
        who = listed(entry.who[:3] or [party_name(known.pack, p) for p in entry.parties])
        when = f", planned for {when_words(entry.when)}" if entry.when and entry.basis == "told" else ", planned"
        text = f"{first_up(entry.kind)} of {who}{f' in {entry.place}' if entry.place else ''}{when}"
        return Line(shown(text), pins.numbers(entry.records, 3), note="no report says that it took place")

    return some([entry for entry in reversed(now.contacts) if entry.unconfirmed], line)


def _inferred(known: Known, pins: Pins) -> Some[Line]:
    """Reports whose day is concluded or unknown, with why; those that no line rests on are left out."""
    reasons = {p.report: p.reason for p in placed(known)}
    records: dict[str, str] = {}
    for record in known.records():
        records.setdefault(record.report, record.id)

    def line(report: Report) -> Line:
        published = report.published
        day = f"taken as {day_words(published.day)}" if published else "no day is known"
        why = reasons.get(report.id) or (published.reason if published else "")
        return Line(shown(f"{report.title or report.name}: {day}"), pins.numbers([records[report.id]]), note=shown(why))

    return some([r for r in known.reports if (r.published is None or r.published.inferred) and r.id in records], line)
