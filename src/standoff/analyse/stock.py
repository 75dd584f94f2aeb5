"""Measures as they stand on a day: one strand of records each, with the dates of its life collected over reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from standoff.analyse.attribution import listed, source_line
from standoff.analyse.facts import count_line, strands
from standoff.analyse.known import Known, told_date
from standoff.analyse.positions import Flag
from standoff.analyse.tracing import Tracer
from standoff.analyse.words import figures
from standoff.model.dates import When
from standoff.model.ids import content_id
from standoff.model.record import Instrument, Measure, MeasureStatus, Move

StockStatus = Literal[MeasureStatus, "announced"]

FIRM: frozenset[str] = frozenset({"in-force", "raised", "suspended", "lifted"})
IN_FORCE: frozenset[str] = frozenset({"in-force", "raised"})
_STRENGTH: tuple[MeasureStatus, ...] = (
    "demanded", "threatened", "proposed", "in-force", "raised", "suspended", "lifted",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date of a measure and the records that give it. Several of one sort: the reports disagree."""

    when: When
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingMeasure:
    """One measure as it stands on the day asked for.

    `status` is the newest firm one told by then (in-force, raised, suspended, lifted), else the newest of
    threatened, proposed, demanded; `announced` where it takes effect only after that day. `rate_percent` in
    percent, `amount_usd` in US dollars. `since` is when the status began, where told; `met` the first and last
    day of publication. `contested`: reports of one day tell different firm statuses.
    """

    id: str
    instrument: Instrument
    by: str | None
    on: str | None
    rate_percent: float | None
    amount_usd: float | None
    goods: str | None
    reason: str | None
    status: StockStatus
    since: When | None
    announced: tuple[Dated, ...]
    effective: tuple[Dated, ...]
    suspended: tuple[Dated, ...]
    removed: tuple[Dated, ...]
    met: tuple[date | None, date | None]
    flags: tuple[Flag, ...]
    origins: int
    records: tuple[str, ...]
    explanation: str


def stock(known: Known, as_of: date | None) -> tuple[StandingMeasure, ...]:
    """All measures met by a day, as they stood on it; in force first, then by side, instrument and rate."""
    return known.once(("stock", as_of), lambda: _stock(known, as_of))


def _stock(known: Known, as_of: date | None) -> tuple[StandingMeasure, ...]:
    told = [m for m in known.measures if known.in_scope(m, as_of)]
    found = [
        known.made_of("measures", group, as_of, partial(_standing, known, group, as_of))
        for group in strands(known, told)
    ]
    return tuple(sorted(found, key=_order))


def _order(measure: StandingMeasure) -> tuple[int, str, str, float, str]:
    place = ("in-force", "raised", "suspended", "announced", "threatened", "proposed", "demanded", "lifted")
    return (
        place.index(measure.status),
        measure.by or "~",
        measure.instrument,
        -(measure.rate_percent or 0),
        measure.id,
    )


def _standing(known: Known, group: Sequence[Measure], as_of: date | None) -> StandingMeasure:
    ordered = sorted(group, key=lambda m: (_day(known, m) or date.min, _STRENGTH.index(m.status), m.id))
    firm = [m for m in ordered if m.status in FIRM]
    last = (firm or ordered)[-1]
    status: StockStatus = status_of(known, last)
    effective = _dated(ordered, "effective")
    if as_of and status in IN_FORCE and effective and all(d.when.first and d.when.first > as_of for d in effective):
        status = "announced"
    days = [day for m in ordered if (day := known.published(m))]
    origins, reports = known.origin_count(ordered), len({m.report for m in ordered})
    flags: list[Flag] = ["one-origin"] if origins == 1 else []
    if _disagree(known, firm):
        flags.append("contested")
    if not days:
        flags.append("undated")
    sources = listed(sorted({source_line(known, m) for m in ordered})[:3])
    return StandingMeasure(
        id=content_id("t", *sorted(m.id for m in ordered)),
        instrument=last.instrument,
        by=last.by,
        on=Tracer.toward_in(known.pack, last.by, last.on),
        rate_percent=_first_value(m.rate_percent for m in reversed(ordered)),
        amount_usd=_first_value(m.amount_usd for m in reversed(ordered)),
        goods=next((m.goods for m in originals_first(known, ordered) if m.goods), None),
        reason=next((m.reason for m in reversed(ordered) if m.reason), None),
        status=status,
        since=told_date(last),
        announced=_dated(ordered, "announced"),
        effective=effective,
        suspended=_dated(ordered, "suspended"),
        removed=_dated(ordered, "removed"),
        met=(min(days, default=None), max(days, default=None)),
        flags=tuple(flags),
        origins=origins,
        records=tuple(m.id for m in ordered),
        explanation=f"{measure_words(last)}: {status}{_since(told_date(last))}; {count_line(origins, reports)}; "
        f"told by {sources}.",
    )


def originals_first(known: Known, group: Sequence[Measure]) -> list[Measure]:
    """Newest first, those of copies last: whose words are shown."""
    return [m for copied in (False, True) for m in reversed(group) if (m.report in known.copies) is copied]


def status_of(known: Known, measure: Measure) -> MeasureStatus:
    """Its status; in force where its end is only a side of a linkage: what is to be lifted first still stands, unless
    the report tells in the same place that it was done."""
    if measure.status not in ("lifted", "suspended") or not known.conditional(measure) or _done(known, measure):
        return measure.status
    return "in-force"


def _done(known: Known, measure: Measure) -> bool:
    """Whether a move tells in the same place that the side eased it."""
    moves = known.part(measure.report).of(Move)
    return any(
        m.type == "ease" and m.status == "made" and m.by == measure.by and m.span.overlaps(measure.span) for m in moves
    )


def _day(known: Known, measure: Measure) -> date | None:
    told = told_date(measure)
    return (told.first or told.last) if told else known.published(measure)


def _first_value(values: Iterable[float | None]) -> float | None:
    return next((v for v in values if v is not None), None)


def _dated(group: Sequence[Measure], name: str) -> tuple[Dated, ...]:
    found: defaultdict[When, list[str]] = defaultdict(list)
    for measure in group:
        if when := getattr(measure, name):
            found[when].append(measure.id)
    ordered = sorted(found, key=lambda w: (w.first or date.min, w.last or date.max, w.precision))
    return tuple(Dated(when=when, records=tuple(found[when])) for when in ordered)


def _disagree(known: Known, firm: Sequence[Measure]) -> bool:
    """Whether reports published on one day tell that it is collected and that it is not."""
    told: defaultdict[date | None, set[bool]] = defaultdict(set)
    for measure in firm:
        told[known.published(measure)].add(status_of(known, measure) in IN_FORCE)
    return any(len(states) > 1 for day, states in told.items() if day)


def _since(when: When | None) -> str:
    return f" ({when})" if when else ""


def measure_words(measure: Measure | StandingMeasure) -> str:
    """A measure in a few words: `AA tariff of 20% on “steel”`."""
    kind = "measure" if measure.instrument == "other" else measure.instrument.replace("-", " ")
    words = [measure.by or "", kind]
    if measure.rate_percent is not None:
        words.append(f"of {measure.rate_percent:g}%")
    goods = f"“{measure.goods}”" if measure.goods else ""
    if measure.amount_usd is not None and not figures(measure.goods or ""):
        words.append(f"on {dollars(measure.amount_usd)}{' of ' + goods if goods else ''}")
    elif goods:
        words.append(f"on {goods}")
    return " ".join(word for word in words if word)


def dollars(amount: float) -> str:
    """`$250 billion`, `$3.5 million`, `$900`."""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if amount >= size:
            return f"${amount / size:g} {name}"
    return f"${amount:,.0f}"
