"""Tariff rates by date, as reports tell them: for a step chart and a table.

Indicative only: a line is what reports name for one class of goods, not a tariff schedule; rates of different
classes are not added, and what is only threatened never counts as in force. A rate whose goods no report names is
not one on all goods: it is a line of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from standoff.analyse.facts import strands
from standoff.analyse.known import Known, told_date
from standoff.analyse.stock import FIRM, IN_FORCE, dollars, measure_words, status_of
from standoff.analyse.tracing import Tracer, tracer_of
from standoff.model.dates import When
from standoff.model.record import Measure, MeasureStatus

ALL, UNSTATED = "all goods", "goods not stated"
INDICATIVE = "Indicative: rates as reports name them, not a tariff schedule."


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffStep:
    """From `day` on, `rate` percent is in force (None: the report does not say what remains).

    `named` is the rate that the report names with the status: of a suspended tariff, what is suspended.
    `told`: the report gives the date; else `day` is that of publication, and it was in force by then.
    """

    day: date
    when: When
    told: bool
    rate: float | None
    named: float | None
    status: MeasureStatus
    records: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffLine:
    """The steps of one class of goods, oldest first; `scope`: `ALL`, `UNSTATED`, `steel`, `$5 billion of goods`.

    Tariffs that reports tell apart by their reason are lines of their own.
    """

    scope: str
    steps: tuple[TariffStep, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffPath:
    """The tariffs of one side on another: lines with what was in force, and apart from them what is threatened."""

    by: str
    on: str
    lines: tuple[TariffLine, ...]
    threats: tuple[TariffStep, ...]
    records: tuple[str, ...]
    explanation: str
    note: str = INDICATIVE


def tariffs(known: Known, as_of: date | None = None) -> tuple[TariffPath, ...]:
    """The tariff paths of a record, by sides. Tariffs without sides, rate or any date are left out."""
    tracer = tracer_of(known)
    paths: defaultdict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in known.measures:
        on = Tracer.toward_in(known.pack, measure.by, measure.on)
        if measure.instrument == "tariff" and measure.by and on and _usable(known, measure, as_of):
            paths[measure.by, on].append(measure)
    told = _told(known, tracer, as_of) if paths else _Told({}, {})
    return tuple(_path(known, tracer, by, on, those, told) for (by, on), those in sorted(paths.items()))


@dataclass(frozen=True, slots=True)
class _Told:
    """Record → what any sighting of its measure tells: the issue that it is imposed for, the goods that it falls on."""

    reasons: Mapping[str, str]
    goods: Mapping[str, str]


def _told(known: Known, tracer: Tracer, as_of: date | None) -> _Told:
    reasons: dict[str, str] = {}
    goods: dict[str, str] = {}
    for group in strands(known, [m for m in known.measures if known.in_scope(m, as_of)]):
        issues = sorted({i for m in group if m.reason for i in tracer.issues(m.reason)} - {"tariffs"})
        if issues:
            reasons |= {m.id: issues[0] for m in group}
        named = next((m.goods for m in group if m.goods), None)
        if named:
            goods |= {m.id: m.goods or named for m in group}
    return _Told(reasons, goods)


def _usable(known: Known, measure: Measure, as_of: date | None) -> bool:
    named = measure.rate_percent is not None or measure.status == "lifted"
    return named and known.in_scope(measure, as_of) and known.happened(measure) is not None


def _path(known: Known, tracer: Tracer, by: str, on: str, measures: Sequence[Measure], told: _Told) -> TariffPath:
    scopes: defaultdict[tuple[str, str], list[TariffStep]] = defaultdict(list)
    threats: list[TariffStep] = []
    label = _labels(tracer, told.goods.values())
    for measure in measures:
        step = _step(known, measure)
        if measure.status in FIRM:
            scope = _scope(tracer, told.goods.get(measure.id), measure.amount_usd, label)
            scopes[scope, told.reasons.get(measure.id, "")].append(step)
        else:
            threats.append(replace(step, rate=None))
    lines = (
        TariffLine(scope=scope, steps=_steps(steps), reason=reason or None)
        for (scope, reason), steps in sorted(scopes.items())
    )
    drawn = tuple(line for line in lines if any(step.rate is not None for step in line.steps))
    apart = _merged(sorted(threats, key=_order))
    return TariffPath(
        by=by,
        on=on,
        lines=drawn,
        threats=apart,
        records=tuple(sorted({r for line in drawn for s in line.steps for r in s.records} | _ids(apart))),
        explanation=f"Tariffs of {by} on {on}: {len(drawn)} lines from {len(measures)} records; "
        f"{len(apart)} threatened or proposed, not counted as in force.",
    )


def _ids(steps: Sequence[TariffStep]) -> set[str]:
    return {record for step in steps for record in step.records}


def _labels(tracer: Tracer, goods: Iterable[str]) -> dict[frozenset[str], str]:
    """What each class of goods is called, in the shortest of its wordings: `U.S. wheat` is `American wheat`."""
    named: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for name in goods:
        if words := tracer.goods(name):
            named[words].add(" ".join(name.split()))
    return {words: min(names, key=lambda name: (len(name), name)) for words, names in named.items()}


def _scope(tracer: Tracer, goods: str | None, amount: float | None, label: Mapping[frozenset[str], str]) -> str:
    if words := tracer.goods(goods):
        return label[words]
    if amount is not None:
        return f"{dollars(amount)} of goods"
    return ALL if goods else UNSTATED


def _step(known: Known, measure: Measure) -> TariffStep:
    told, when, status = told_date(measure), known.happened(measure), status_of(known, measure)
    assert when is not None
    day = when.first or when.last
    assert day is not None
    how = f"from {when}" if told else f"by {day}, the day of the report"
    return TariffStep(
        day=day,
        when=when,
        told=told is not None,
        rate=measure.rate_percent if status in IN_FORCE else None,
        named=measure.rate_percent,
        status=status,
        records=(measure.id,),
        explanation=f"{measure_words(measure)}: {status} {how}.",
    )


def _order(step: TariffStep) -> tuple[date, bool, float, str, str]:
    return step.day, step.status in IN_FORCE, step.named or 0.0, step.status, step.records[0]


def _steps(found: Sequence[TariffStep]) -> tuple[TariffStep, ...]:
    """In order; a repeated rate confirms the step before; one that ends another rate leaves the rate as it was."""
    steps: list[TariffStep] = []
    rate: float | None = None
    for step in _merged(sorted(found, key=_order)):
        if step.status not in IN_FORCE:
            ends_it = step.named is None or rate is None or step.named == rate
            step = replace(step, rate=None if ends_it else rate)
        elif steps and step.rate == rate:
            before = steps[-1]
            steps[-1] = replace(before, records=(*before.records, *step.records))
            continue
        rate = step.rate
        steps.append(step)
    return tuple(steps)


def _merged(ordered: Sequence[TariffStep]) -> tuple[TariffStep, ...]:
    """Steps of one day, rate and status as one."""
    merged: list[TariffStep] = []
    for step in ordered:
        last = merged[-1] if merged else None
        if last and (last.day, last.named, last.status) == (step.day, step.named, step.status):
            merged[-1] = replace(last, records=(*last.records, *step.records), told=last.told or step.told)
        else:
            merged.append(step)
    return tuple(merged)


def points(line: TariffLine) -> tuple[tuple[date, float | None], ...]:
    """The line's corners for a step chart: (day, rate in force from then on), one a change."""
    corners = [(step.day, step.rate) for step in line.steps]
    return tuple(a for n, a in enumerate(corners) if n == 0 or a[1] != corners[n - 1][1])
