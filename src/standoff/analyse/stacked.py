"""The indicative path of the stacked tariff rate: what adds up, for each pair of sides and class of goods.

Lines of tariffs that differ in goods or in reason add up (`additive`, the default), or the highest counts
(`highest`): which rule holds for a tariff is law, which a record of reports does not hold. A line's newer rate takes
the place of its older one. A rate told without a reason may be the whole of those told with one: of the two the higher
counts, never both. A tariff on all goods falls on every class; one whose goods no report names stands by itself.
What is only threatened never counts.
With the user's weights of trade, the average over classes is Σ w·rate / Σ w over the weights that a path covers;
`coverage` is their share of all weights of that pair. No rate and no weight is ours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from standoff.analyse.known import Known
from standoff.analyse.places import evidence_json
from standoff.analyse.stock import Dated, StandingMeasure, measure_words, stock
from standoff.analyse.tariffs import ALL, INDICATIVE, UNSTATED, TariffLine, TariffPath, tariffs
from standoff.analyse.weights import Weight
from standoff.analyse.words import content_words

Stacking = Literal["additive", "highest"]

MOST_CLASSES = 40  # classes of goods of a pair of sides, those that most records tell of


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedStep:
    """From `day` on the rates in force stack up to `rate` percent; `parts` are (line, rate), `records` their ids."""

    day: date
    rate: float
    parts: tuple[tuple[str, float], ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedPath:
    """The stacked rate of one side's tariffs on one class of goods of another, step by step."""

    by: str
    on: str
    goods: str
    stacking: Stacking
    steps: tuple[StackedStep, ...]
    note: str = INDICATIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageStep:
    """From `day` on the trade-weighted average rate in percent, over the `coverage` (0 to 1) of all weights."""

    by: str
    on: str
    day: date
    rate: float
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesDiffer:
    """One date of a measure that independent origins give differently: (what, when, records) each."""

    measure: str
    what: str
    dates: tuple[Dated, ...]
    kind: Literal["announced", "effective", "suspended", "removed"]
    explanation: str


def stacked(known: Known, as_of: date | None = None, stacking: Stacking = "additive") -> tuple[StackedPath, ...]:
    """The stacked paths by sides and class of goods, all goods first; the `MOST_CLASSES` that most records tell of."""
    return tuple(path for found in tariffs(known, as_of) for path in _paths(found, stacking))


def _paths(path: TariffPath, stacking: Stacking) -> Iterator[StackedPath]:
    told: Counter[str] = Counter()
    for line in path.lines:
        told[line.scope] += sum(len(step.records) for step in line.steps)
    most = sorted(told, key=lambda scope: (-told[scope], scope))[:MOST_CLASSES]
    classes = sorted(most, key=lambda scope: (scope != ALL, scope))
    for goods in classes:
        lines = [line for line in path.lines if line.scope == goods or (line.scope == ALL and goods != UNSTATED)]
        yield StackedPath(by=path.by, on=path.on, goods=goods, stacking=stacking, steps=tuple(_steps(lines, stacking)))


def _steps(lines: Sequence[TariffLine], stacking: Stacking) -> Iterator[StackedStep]:
    now: dict[int, tuple[float, tuple[str, ...]]] = {}
    changes = sorted(
        ((step.day, number, step) for number, line in enumerate(lines) for step in line.steps), key=lambda c: c[:2]
    )
    before: tuple[tuple[str, float], ...] | None = None
    for position, (day, number, step) in enumerate(changes):
        now.pop(number, None)
        if step.rate is not None:
            now[number] = (step.rate, step.records)
        if position + 1 < len(changes) and changes[position + 1][0] == day:
            continue
        parts = tuple((_named(lines[n]), rate) for n, (rate, _) in sorted(now.items()))
        if parts != before:
            total = _stack([(lines[n], rate) for n, (rate, _) in sorted(now.items())], stacking)
            records = tuple(dict.fromkeys(r for _, ids in (now[n] for n in sorted(now)) for r in ids))
            yield StackedStep(day=day, rate=round(total, 6), parts=parts, records=records)
            before = parts


def _stack(rates: Sequence[tuple[TariffLine, float]], stacking: Stacking) -> float:
    """What rates in force come to: within one class of goods the whole or the sum of its reasons, then over classes."""
    scopes: list[float] = []
    for scope in sorted({line.scope for line, _ in rates}):
        whole = max((rate for line, rate in rates if line.scope == scope and line.reason is None), default=0.0)
        parts = [rate for line, rate in rates if line.scope == scope and line.reason is not None]
        scopes.append(max(whole, sum(parts) if stacking == "additive" else max(parts, default=0.0)))
    return sum(scopes) if stacking == "additive" else max(scopes, default=0.0)


def _named(line: TariffLine) -> str:
    return f"{line.scope}, for {line.reason}" if line.reason else line.scope


# -- weights --------------------------------------------------------------------------------------------------------


def averages(paths: Iterable[StackedPath], weights: Iterable[Weight]) -> tuple[AverageStep, ...]:
    """The weighted average of each pair at every day on which a rate of it changes.

    A class of the weights takes the path whose goods share a word with it, else that of all goods; classes that
    neither has lower the coverage, not the average. Before a path's first step nothing is known of it.
    """
    pairs: defaultdict[tuple[str, str], list[StackedPath]] = defaultdict(list)
    for path in paths:
        pairs[path.by, path.on].append(path)
    asked: defaultdict[tuple[str, str], list[Weight]] = defaultdict(list)
    for weight in weights:
        asked[weight.by, weight.on].append(weight)
    return tuple(step for pair in sorted(asked) for step in _averages(pair, pairs.get(pair, []), asked[pair]))


def _averages(pair: tuple[str, str], paths: Sequence[StackedPath], weights: Sequence[Weight]) -> Iterator[AverageStep]:
    whole = sum(w.weight for w in weights)
    chosen = [(w.weight, path) for w in weights if (path := _path_of(w.goods, paths))]
    for day in sorted({step.day for _, path in chosen for step in path.steps}):
        known = [(weight, rate) for weight, path in chosen if (rate := _rate(path, day)) is not None]
        covered = sum(weight for weight, _ in known)
        if covered and whole:
            rate = sum(weight * rate for weight, rate in known) / covered
            yield AverageStep(by=pair[0], on=pair[1], day=day, rate=round(rate, 6), coverage=round(covered / whole, 6))


def _path_of(goods: str, paths: Sequence[StackedPath]) -> StackedPath | None:
    words = content_words(goods)
    own = max(paths, key=lambda p: (len(words & content_words(p.goods)), p.goods), default=None)
    if own is not None and own.goods != ALL and words & content_words(own.goods):
        return own
    return next((path for path in paths if path.goods == ALL), None)


def _rate(path: StackedPath, day: date) -> float | None:
    rates = [step.rate for step in path.steps if step.day <= day]
    return rates[-1] if rates else None


# -- what origins date differently, and the list of figures ---------------------------------------------------------


def dates_differ(known: Known, as_of: date | None = None) -> tuple[DatesDiffer, ...]:
    """Measures of which independent origins give one date differently, without overlap: both are shown."""
    return tuple(found for measure in stock(known, as_of) for found in _differing(known, measure))


def _differing(known: Known, measure: StandingMeasure) -> Iterator[DatesDiffer]:
    told: tuple[tuple[Literal["announced", "effective", "suspended", "removed"], tuple[Dated, ...]], ...] = (
        ("announced", measure.announced), ("effective", measure.effective),
        ("suspended", measure.suspended), ("removed", measure.removed),
    )  # fmt: skip
    for kind, dates in told:
        apart = [
            (a, b)
            for n, a in enumerate(dates)
            for b in dates[n + 1 :]
            if not a.when.overlaps(b.when) and not _origins(known, a) & _origins(known, b)
        ]
        if apart:
            shown = tuple(d for d in dates if any(d in pair for pair in apart))
            words = " or ".join(str(d.when) for d in shown)
            what = measure_words(measure)
            yield DatesDiffer(
                measure=measure.id,
                what=what,
                dates=shown,
                kind=kind,
                explanation=f"{what}: {kind} {words}; origins differ.",
            )


def _origins(known: Known, dated: Dated) -> set[str]:
    return {known.origin_of(known.record(r)) for r in dated.records}


def tariffs_json(
    known: Known, as_of: date | None = None, weights: Iterable[Weight] = (), stacking: Stacking = "additive"
) -> dict[str, Any]:
    """`paths`, `threats`, `averages` (with weights), `dates_differ`, `figures`; every part with its evidence."""
    paths = stacked(known, as_of, stacking)
    return {
        "note": INDICATIVE,
        "stacking": stacking,
        "paths": [
            {"by": p.by, "on": p.on, "goods": p.goods,
             "steps": [
                 {"day": s.day.isoformat(), "rate_percent": s.rate,
                  "parts": [{"line": name, "rate_percent": rate} for name, rate in s.parts],
                  "evidence": evidence_json(known, s.records)}
                 for s in p.steps
             ]}
            for p in paths
        ],
        "threats": [
            {"by": path.by, "on": path.on, "rate_percent": step.named, "status": step.status,
             "day": step.day.isoformat(), "evidence": evidence_json(known, step.records)}
            for path in tariffs(known, as_of)
            for step in path.threats
        ],
        "averages": [
            {"by": a.by, "on": a.on, "day": a.day.isoformat(), "rate_percent": a.rate, "coverage": a.coverage}
            for a in averages(paths, weights)
        ],
        "dates_differ": [
            {"what": d.what, "kind": d.kind,
             "dates": [{"when": str(x.when), "evidence": evidence_json(known, x.records)} for x in d.dates]}
            for d in dates_differ(known, as_of)
        ],
        "figures": figures_json(known, as_of),
    }  # fmt: skip


_BASES = {
    "tariff": "goods under a tariff", "purchase-commitment": "purchases", "subsidy": "industrial plan or subsidy",
    "quota": "quota", "sanction": "sanction", "export-control": "goods under export control",
    "entity-listing": "listing",
}  # fmt: skip


def figures_json(known: Known, as_of: date | None = None) -> list[dict[str, Any]]:
    """Every amount and rate of the record's measures with what it is; a deficit is none of them."""
    rows = []
    for measure in stock(known, as_of):
        if measure.rate_percent is None and measure.amount_usd is None:
            continue
        words = " ".join(known.words(known.record(r)) for r in measure.records).lower()
        other = "trade balance" if "deficit" in words or "surplus" in words else "other measure"
        rows.append(
            {"what": _BASES.get(measure.instrument, other), "by": measure.by, "on": measure.on, "goods": measure.goods,
             "rate_percent": measure.rate_percent, "amount_usd": measure.amount_usd, "status": measure.status,
             "evidence": evidence_json(known, measure.records)}
        )  # fmt: skip
    return rows
