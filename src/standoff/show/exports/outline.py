"""The brief as an outline, for those who must paste it elsewhere: sections of lines, each with its evidence.

Shorter than the page: positions that no report of the newest period repeats are counted, not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from standoff.analyse.attribution import outlet_of, source_line
from standoff.analyse.conflict import conflicts, contested_records
from standoff.analyse.headline import headline
from standoff.analyse.known import Known
from standoff.analyse.linked import waiting
from standoff.analyse.periods import standing_since
from standoff.analyse.positions import VERBS, Position
from standoff.analyse.state import State, state
from standoff.analyse.stock import StandingMeasure, measure_words
from standoff.analyse.timeline import TimelineEntry
from standoff.show.evidence import Pins
from standoff.show.exports.safe_text import one_line, web_address
from standoff.show.wording import FLAGS, shown_when

Piece = tuple[str, tuple[int, ...]]
"""Words and the numbers of their evidence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its pieces, each with the numbers of its evidence, and a note on sources and certainty."""

    pieces: tuple[Piece, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; `empty` is what stands there where there is none."""

    title: str
    level: int
    lines: tuple[Line, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One numbered piece of evidence: the words of the report, who says so, when and where it was published."""

    number: int
    quote: str
    source: str
    day: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole: title, day, one line on what it rests on, sections, and all evidence by number."""

    title: str
    as_of: date | None
    rests_on: str
    sections: tuple[Section, ...]
    evidence: tuple[Quoted, ...]


def outline(known: Known, as_of: date | None = None) -> Outline:
    """The brief as of a day, by default the newest in the record. Deterministic."""
    pins = Pins(known)
    disputes = conflicts(known, as_of)
    now = state(known, as_of, contested_records(disputes))
    graph = waiting(known, as_of, standing_since(known, as_of))
    told = headline(known, now, graph, disputes)
    play = tuple(Line(tuple((p.text, pins.numbers(p.records, 3)) for p in s.parts)) for s in told.sentences)
    waits = tuple(Line(((a.explanation, pins.numbers(a.records)),), f"{a.kind}, {a.strength}") for a in graph.arrows)
    differ = tuple(
        Line(tuple((f"{side.words} ({side.source}). ", pins.numbers([side.record])) for side in (c.a, c.b)))
        for c in disputes
    )
    sections = (
        Section("State of play", 2, play, "The reports state no position of either side."),
        Section("Positions", 2, (), "" if now.matrix() else "No position is stated."),
        *_positions(known, now, pins),
        Section("Measures", 2, tuple(_measure(m, pins) for m in now.measures), "No measure is named."),
        Section("Contacts", 2, tuple(_contact(known, c, pins) for c in now.contacts), "No contact is named."),
        Section("What waits for what", 2, waits, "No act is said to wait for another."),
        Section("Accounts that differ", 2, differ, "No account contradicts another."),
        Section("Reports", 2, tuple(_reports(known)), "The record has no report."),
    )
    origins = len({known.origin(r.id) for r in known.reports})
    count = len(known.reports)
    rests_on = f"{count} report{'s' * (count != 1)} from {origins} independent origin{'s' * (origins != 1)}."
    return Outline(known.pack.title, now.as_of, rests_on, sections, tuple(_quoted(known, pins)))


def _positions(known: Known, now: State, pins: Pins) -> Iterator[Section]:
    """One section an issue, issues in the pack's order, sides in its order, others after them."""
    order = {issue.id: n for n, issue in enumerate(known.pack.issues)}
    names = {issue.id: issue.name for issue in known.pack.issues}
    matrix = now.matrix()
    for issue in sorted(matrix, key=lambda i: (order.get(i, len(order)), i)):
        sides = sorted(matrix[issue], key=lambda s: (s not in known.pack.between, s))
        found = [p for side in sides for p in matrix[issue][side]]
        lines = [_position(known, p, pins) for p in found if "not-met-since" not in p.flags]
        if older := len(found) - len(lines):
            lines.append(Line(((f"{older} older position{'s' * (older != 1)}, not met since, left out.", ()),)))
        yield Section(names.get(issue, issue), 3, tuple(lines))


def _position(known: Known, position: Position, pins: Pins) -> Line:
    verb = VERBS[position.kind] if position.status != "hypothetical" else f"might {position.kind}"
    words = f"{_name(known, position.party)} {verb}: {position.what}"
    notes = [_days(position.first, position.last), _origins(position.origins), *_flags(position.flags)]
    return Line(((words, pins.numbers(position.records)),), _listed(notes))


def _measure(measure: StandingMeasure, pins: Pins) -> Line:
    dates = [
        f"{label} {shown_when(d.when)}"
        for label, those in (
            ("announced", measure.announced), ("effective", measure.effective), ("suspended", measure.suspended),
            ("removed", measure.removed),
        )
        for d in those
    ]  # fmt: skip
    words = f"{measure_words(measure)}: {measure.status}"
    notes = [*dates, _origins(measure.origins), *_flags(measure.flags)]
    return Line(((words, pins.numbers(measure.records)),), _listed(notes))


def _contact(known: Known, entry: TimelineEntry, pins: Pins) -> Line:
    who = ", ".join(entry.who) or " and ".join(_name(known, p) for p in entry.parties)
    when = "day not stated"
    if entry.when:
        when = shown_when(entry.when) if entry.basis == "told" else f"reported {shown_when(entry.when)}"
    words = f"{when}: {entry.kind} of {who}, {entry.status}"
    notes = [entry.place or "", _origins(entry.origins), "no report says it took place" if entry.unconfirmed else ""]
    return Line(((words, pins.numbers(entry.records)),), _listed([*notes, *_flags(entry.flags)]))


def _reports(known: Known) -> Iterator[Line]:
    for report in known.reports:
        day = report.published.day.isoformat() if report.published else "day not stated"
        inferred = " (concluded)" if report.published and report.published.inferred else ""
        copied = "a copy" if report.id in known.copies else ""
        words = ", ".join(w for w in (outlet_of(report), report.title, f"{day}{inferred}") if w)
        yield Line(((words, ()),), copied)


def _quoted(known: Known, pins: Pins) -> Iterator[Quoted]:
    for pinned in pins.all({}):
        record = known.record(pinned.record)
        report = known.report_of(record)
        yield Quoted(
            pinned.number,
            one_line(known.words(record)),
            source_line(known, record),
            pinned.day,
            web_address(report.url),
        )


def _name(known: Known, code: str) -> str:
    party = known.pack.party(code)
    return party.name if party else code


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return first.isoformat() if first == last else f"{first} to {last}"


def _origins(count: int) -> str:
    return f"{count} origin{'s' * (count != 1)}"


def _flags(flags: Iterable[str]) -> list[str]:
    return [FLAGS[flag][0] for flag in flags if flag in FLAGS]


def _listed(notes: Iterable[str]) -> str:
    return "; ".join(note for note in notes if note)
