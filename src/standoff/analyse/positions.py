"""Positions: what a party demands, offers, refuses or threatens on an issue, through all its sightings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Literal

from standoff.analyse.attribution import listed, source_line
from standoff.analyse.facts import count_line, strands
from standoff.analyse.grouping import Trace, grouped
from standoff.analyse.known import Known, told_date
from standoff.analyse.periods import STANDING, newest_period
from standoff.analyse.tracing import Tracer, tracer_of
from standoff.analyse.words import content_words, dice, figures, figures_agree
from standoff.model.dates import When
from standoff.model.ids import content_id
from standoff.model.record import Move, MoveStatus, MoveType, Record

Flag = Literal[
    "expected", "hypothetical", "by-sources", "one-origin", "inferred-date", "undated", "contested", "not-met-since"
]

CERTAINTY: tuple[MoveStatus, ...] = ("made", "reported-by-sources", "expected", "hypothetical")
DEEDS: frozenset[MoveType] = frozenset({"impose", "ease"})
VERBS: dict[MoveType, str] = {
    "demand": "demands", "offer": "offers", "commit": "undertakes", "agree": "agrees", "refuse": "refuses",
    "threaten": "threatens", "impose": "imposes", "ease": "eases", "accuse": "accuses",
}  # fmt: skip
_GIVING: frozenset[MoveType] = frozenset({"offer", "commit", "agree", "refuse"})
_HARMING: frozenset[MoveType] = frozenset({"threaten", "impose", "ease"})
_FEW = 3  # tellings, of which none is typical
_GIVES: frozenset[MoveType] = frozenset({"offer", "commit", "agree"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One record of a position: when it happened and was published, how certain, who says so."""

    record: str
    report: str
    happened: When | None
    published: date | None
    status: MoveStatus
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One party's position on one issue, with all its sightings, oldest first.

    `kind` is the type of move; `toward` the other party where named; `what` one plain line, of the most
    certain sighting; `status` the most certain status met; `origins` independent origins; `first` and `last`
    the days it is met (None: no date known). `superseded_by` is the id of a later position that replaced it,
    with `why` in a few words. The flag `not-met-since`: no report that is known to be of the newest period repeats it.
    A denied act is no position.
    """

    id: str
    issue: str
    party: str
    toward: str | None
    kind: MoveType
    what: str
    status: MoveStatus
    sightings: tuple[Sighting, ...]
    first: date | None
    last: date | None
    flags: tuple[Flag, ...]
    origins: int
    records: tuple[str, ...]
    explanation: str
    superseded_by: str | None = None
    why: str | None = None


def positions(known: Known, as_of: date | None, contested: Collection[str] = ()) -> tuple[Position, ...]:
    """All positions met by a day, those in force and those superseded; by issue, party, kind and first day.

    `as_of` None takes everything. `contested` are ids of records that other accounts contradict. Moves without
    a known party, and denied ones, are left out.
    """
    day = as_of if as_of is None or known.beyond(as_of) else None
    doubtful = frozenset(contested)
    return known.once(("positions", day, doubtful), lambda: _marked(known, day, doubtful))


def _marked(known: Known, as_of: date | None, contested: frozenset[str]) -> tuple[Position, ...]:
    """All positions, with what other accounts contradict marked."""
    found = known.once(("positions", as_of), lambda: _positions(known, as_of))
    if not contested:
        return found
    doubtful = frozenset([m.id for m in known.moves if m.id in contested or _said_in(known, m, contested)])
    return tuple([_contested(p, doubtful) for p in found])


def _contested(position: Position, doubtful: frozenset[str]) -> Position:
    if doubtful.isdisjoint(position.records):
        return position
    after = position.flags[-1:] if "not-met-since" in position.flags else ()
    return replace(position, flags=(*position.flags[: len(position.flags) - len(after)], "contested", *after))


def _positions(known: Known, as_of: date | None) -> tuple[Position, ...]:
    moves = [m for m in known.moves if m.by and m.status != "denied" and known.in_scope(m, as_of)]
    period = newest_period(known, as_of)
    since = period[0] if period else None
    found = [
        known.made_of("positions", group, None, partial(_position, known, group)) for group in strands(known, moves)
    ]
    settled = _superseded(known, found)
    return tuple(sorted((_met_since(p, since) for p in settled), key=place_of))


def _met_since(position: Position, since: date | None) -> Position:
    """Flagged where no report known to be of the newest period tells it: when a report tells it counts, not when it
    happened."""
    if since is None or max((s.published for s in position.sightings if s.published), default=date.min) >= since:
        return position
    return replace(position, flags=(*position.flags, "not-met-since"))


def place_of(position: Position) -> tuple[str, str, str, date, str]:
    """By issue, party, kind and first day."""
    return position.issue, position.party, position.kind, position.first or date.max, position.id


def _position(known: Known, group: Sequence[Move]) -> Position:
    ordered = group
    if len(group) > 1:
        ordered = sorted(group, key=lambda m: (_day(known, m) or date.max, known.report_of(m).name, m.span, m.id))
    best = _most_telling(known, ordered)
    days = [day for m in ordered if (day := _day(known, m))]
    origins = known.origin_count(ordered)
    reports = len({m.report for m in ordered})
    party = best.by or ""
    met = _met(days)
    return Position(
        id=content_id("p", best.issue, party, best.type, *sorted(m.id for m in ordered)),
        issue=best.issue,
        party=party,
        toward=Tracer.toward_in(known.pack, best.by, best.to),
        kind=best.type,
        what=best.what,
        status=best.status,
        sightings=tuple(_sighting(known, m) for m in ordered),
        first=min(days, default=None),
        last=max(days, default=None),
        flags=tuple(_flags(known, ordered, best, origins)),
        origins=origins,
        records=tuple(m.id for m in ordered),
        explanation=f"{party} {VERBS[best.type]}: {best.what.rstrip('.')}. Met {met}; {count_line(origins, reports)}; "
        f"told by {listed(sorted({source_line(known, m) for m in ordered})[:3])}.",
    )


def _most_telling(known: Known, group: Sequence[Move]) -> Move:
    """The surest telling, of no copy where there is another; of several that share most words with the rest, so that
    one report's odd figure does not stand for what many tell."""
    if len(group) == 1:
        return group[0]
    words = tracer_of(known).words

    def typical(move: Move) -> float:
        return round(sum(dice(words(move), words(other)) for other in group), 6) if len(group) > _FEW else 0.0

    surest = min((CERTAINTY.index(m.status), _is_copy(known, m)) for m in group)
    there = [m for m in group if (CERTAINTY.index(m.status), _is_copy(known, m)) == surest]
    return min(there, key=lambda m: (-typical(m), -m.confidence))


def _day(known: Known, record: Record) -> date | None:
    """The day a position is met: told by the report, else that of its publication; never a day still to come then."""
    told, published = told_date(record), known.published(record)
    if told is None or (published and (told.last or told.first or published) > published):
        return published
    return told.first or told.last


def _met(days: Sequence[date]) -> str:
    if not days:
        return "on an unknown day"
    first, last = min(days), max(days)
    return f"on {first}" if first == last else f"from {first} to {last}"


def _sighting(known: Known, move: Move) -> Sighting:
    return Sighting(
        record=move.id,
        report=move.report,
        happened=known.happened(move),
        published=known.published(move),
        status=move.status,
        source=source_line(known, move),
    )


def _is_copy(known: Known, record: Record) -> bool:
    """Whether the report is known to be a copy of another: its wording is not the first choice."""
    return record.report in known.copies


def _flags(known: Known, group: Sequence[Move], best: Move, origins: int) -> Iterable[Flag]:
    if best.status == "expected":
        yield "expected"
    if best.status == "hypothetical":
        yield "hypothetical"
    if best.status == "reported-by-sources":
        yield "by-sources"
    if origins == 1:
        yield "one-origin"
    if all(told_date(m) is None and _inferred(known, m) for m in group):
        yield "inferred-date"
    if all(_day(known, m) is None for m in group):
        yield "undated"


def _said_in(known: Known, move: Move, contested: frozenset[str]) -> bool:
    """Whether a contested statement says mainly this."""
    statement = known.statement_of(move)
    if statement is None or statement.id not in contested:
        return False
    shared = min(statement.content.end, move.span.end) - max(statement.content.start, move.span.start)
    return 2 * shared >= len(statement.content)


def _inferred(known: Known, record: Record) -> bool:
    published = known.report_of(record).published
    return published is not None and published.inferred


def _axis(kind: MoveType) -> str:
    return "give" if kind in _GIVING else "harm" if kind in _HARMING else kind


def _superseded(known: Known, found: Sequence[Position]) -> list[Position]:
    """Mark what a later position on the same act replaced; a refusal and an offer of other words stand together."""
    names = tracer_of(known).names
    ordered = sorted(found, key=lambda p: (p.first or date.max, p.id))
    kept = known.settled.setdefault("traces of positions", {})
    traces = []
    for position in ordered:
        trace = kept.get(position.id)
        if trace is None or trace.item is not position:
            key = position.issue, position.party, _axis(position.kind)
            trace = kept[position.id] = Trace(position, key, _words(position.what) - names)
        traces.append(trace)
    later: dict[str, tuple[str, str]] = {}
    settled = known.settled.setdefault("groups of positions", {})
    for group in grouped(traces, lambda a, b: True, settled, keep=known.part_of is None):
        for n, old in enumerate(group):
            for new in group[n + 1 :]:
                if why := _replaces(new, old):
                    later[old.id] = (new.id, why)
                    break
    return [replace(p, superseded_by=later[p.id][0], why=later[p.id][1]) if p.id in later else p for p in found]


def _words(what: str) -> frozenset[str]:
    """What it is about, whatever the figures."""
    return frozenset(word for word in content_words(what) if not word[0].isdigit())


def _replaces(new: Position, old: Position) -> str | None:
    """Why a later position takes the place of an earlier one; None where both stand, or too much time lies between."""
    if old.last is None or new.first is None or not timedelta(0) < new.first - old.last <= STANDING:
        return None
    if CERTAINTY.index(new.status) > CERTAINTY.index("reported-by-sources"):
        return None
    pair = (old.kind, new.kind)
    if old.kind == new.kind:
        same = figures_agree(figures(old.what), figures(new.what))
        return None if same else f"other figures from {new.first}"
    if old.kind in _GIVES and new.kind == "refuse":
        return f"refused from {new.first}"
    if old.kind == "refuse" and new.kind in _GIVES:
        return f"{VERBS[new.kind]} from {new.first}"
    reasons = {
        ("offer", "commit"): "undertaken", ("offer", "agree"): "agreed", ("threaten", "impose"): "carried out",
        ("threaten", "ease"): "eased", ("impose", "ease"): "eased", ("ease", "impose"): "imposed again",
    }  # fmt: skip
    return f"{reasons[pair]} on {new.first}" if pair in reasons else None


def by_issue(found: Iterable[Position]) -> dict[str, dict[str, tuple[Position, ...]]]:
    """Issue → party → positions: the position matrix."""
    cells: defaultdict[str, defaultdict[str, list[Position]]] = defaultdict(lambda: defaultdict(list))
    for position in found:
        cells[position.issue][position.party].append(position)
    return {issue: {party: tuple(those) for party, those in row.items()} for issue, row in cells.items()}
