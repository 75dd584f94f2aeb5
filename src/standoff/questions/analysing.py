"""What may be concluded from a record: each answer a result type, pure over what is known, and its JSON beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standoff.analyse import changes as change
from standoff.analyse import conflict, corroborate, dating, fulfilment, history, linked, outcomes, readouts, stacked
from standoff.analyse import state as stand
from standoff.analyse import tariffs as tariff
from standoff.analyse.known import Known
from standoff.analyse.periods import standing_since
from standoff.analyse.weights import Weight, read_weights
from standoff.errors import InputError
from standoff.model.lineage import Screening
from standoff.model.record import RECORD_CLASSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlock:
    """What waits for what, and what can come of it by the accounts asked for (`account` None: by each)."""

    graph: linked.Waiting
    answers: tuple[outcomes.Answer, ...]
    account: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariffs:
    """The tariff rates of a record as of a day: as told, stacked, averaged by weights, and dates in doubt."""

    as_of: date | None
    told: tuple[tariff.TariffPath, ...]
    paths: tuple[stacked.StackedPath, ...]
    weights: tuple[Weight, ...]
    averages: tuple[stacked.AverageStep, ...]
    dates_differ: tuple[stacked.DatesDiffer, ...]


def known_at(known: Known, day: date | None) -> Known:
    """What could be known on a day: the second clock of every question; None: all that is known now."""
    return known.known_at(day) if day else known


def state(known: Known, as_of: date | None = None, issue: str | None = None, party: str | None = None) -> stand.State:
    """What stands on a day; by default the newest in the record. What other accounts contradict is marked.

    Of one issue or party alone where given. Raises InputError where the pack knows no such issue or party.
    """
    pack = known.pack
    if issue is not None and issue not in (issues := {i.id for i in pack.issues} | {"other"}):
        raise InputError(f"no issue of this pack is called {issue!r}; there are: {', '.join(sorted(issues))}")
    if party is not None and pack.party(party) is None:
        sides = ", ".join(pack.between)
        raise InputError(f"no party of this pack has the code {party!r}; the sides are: {sides}")
    found = stand.state(known, as_of, conflict.contested_records(conflict.conflicts(known, as_of)))
    return stand.about(found, issue, party)


def changes(
    known: Known, since: date | None = None, until: date | None = None, *, recorded: bool = False
) -> change.Changes:
    """What became known after `since`, by default after the last day of reports before the newest.

    `recorded`: by the days on which reports came into the record, not by those of publication. Raises InputError
    where there is no earlier day to compare with.
    """
    first = since or change.day_before(known, until, recorded=recorded)
    if first is None:
        raise InputError(
            "the reports of this record are all of one day, or of no known day: say since when, with --since, "
            "or compare by when they came into the record, with --recorded"
        )
    return change.changes(known, first, until, recorded=recorded)


def deadlock(
    known: Known, as_of: date | None = None, account: str | None = None, since: date | None = None
) -> Deadlock:
    """What waits for what by a day, and what can be done; `account`: by that side's account alone.

    `since`: by reports from then on, by default of the last year: an older condition that nobody repeats may be long
    met. Raises InputError where `account` is no side of the pack.
    """
    sides = known.pack.between
    if account is not None and account not in sides:
        raise InputError(f"{account} is no side of {known.pack.title}; its sides are {', '.join(sides)}")
    graph = linked.waiting(known, as_of, since or standing_since(known, as_of))
    told = tuple(a for a in outcomes.answers(known, graph) if account is None or a.account == account)
    return Deadlock(graph=graph, answers=told, account=account)


def conflicts(known: Known, as_of: date | None = None) -> tuple[conflict.Conflict, ...]:
    """Accounts that differ, side by side."""
    return conflict.conflicts(known, as_of)


def corroborated(
    known: Known, screenings: Mapping[str, Screening] | None = None, types: Iterable[str] = ()
) -> tuple[corroborate.Corroboration, ...]:
    """Who stands behind each fact, graded; `types` are classes of records. Raises InputError for an unknown one."""
    wanted, names = tuple(types), [cls.type_name for cls in RECORD_CLASSES]
    for name in wanted:
        if name not in names:
            raise InputError(f"{name} is no class of records; there are {', '.join(names)}")
    spun = [report for report, screening in (screenings or {}).items() if screening.spun]
    return corroborate.corroborate(known, spun, wanted)


def compared(known: Known, a: str, b: str) -> readouts.Readouts:
    """Two reports on one contact, side by side; each named by its id, its name or the beginning of it.

    Raises InputError where no report, or more than one, is named so, and where both are one.
    """
    first, second = report_named(known, a), report_named(known, b)
    if first == second:
        raise InputError(f"{a} and {b} are one report; name two")
    return readouts.readouts(known, first, second)


def report_named(known: Known, name: str) -> str:
    """The id of the report that is named so. Raises InputError where there is none, or more than one."""
    for fits in (
        [r for r in known.reports if name in (r.id, r.name)],
        [r for r in known.reports if name and r.name.startswith(name)],
    ):
        if len(fits) == 1:
            return fits[0].id
        if fits:
            raise InputError(
                f"{len(fits)} reports are named {name}: {', '.join(f'{r.name} ({r.id})' for r in fits[:5])}"
            )
    some = ", ".join(r.name for r in known.reports[:5])
    raise InputError(f"no report is named {name}; there are {len(known.reports)}, such as {some}")


def tariffs(known: Known, as_of: date | None = None, weights: str | None = None) -> Tariffs:
    """Tariff rates by date; `weights` is CSV text (by, on, goods, weight). Raises InputError naming its wrong lines."""
    given = read_weights(weights) if weights is not None else ()
    paths = stacked.stacked(known, as_of)
    return Tariffs(
        as_of=as_of,
        told=tariff.tariffs(known, as_of),
        paths=paths,
        weights=given,
        averages=stacked.averages(paths, given),
        dates_differ=stacked.dates_differ(known, as_of),
    )


def promises(known: Known, as_of: date | None = None) -> fulfilment.Fulfilment:
    """Whether demands were put to the other side and answered, and whether promises were kept."""
    return fulfilment.fulfilment(known, as_of)


def histories(known: Known, as_of: date | None = None, about: str = "") -> tuple[history.History, ...]:
    """Each position and measure through the days that reports tell of it; `about`: only those with these words."""
    words = about.lower()
    return tuple(line for line in history.history(known, as_of) if words in line.what.lower())


def dates(known: Known, report: str | None = None) -> tuple[dating.Placed, ...]:
    """Reports whose day nobody gave, each placed by what it says; or this one (its id), whatever day it has."""
    return (dating.place(known, known.report(report)),) if report else dating.placed(known)


# -- the same as JSON values: report names, and spans as [start, end] in code points ---------------------------------


def state_json(known: Known, answer: stand.State) -> dict[str, Any]:
    """`as_of, explanation, positions: [{party, kind, issue, what, evidence: [{report, span}], ...}]`."""
    return {
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "explanation": answer.explanation,
        "positions": stand.positions_json(known, answer),
    }


changes_json = change.changes_json
conflicts_json = conflict.conflicts_json
corroborated_json = corroborate.corroborate_json
compared_json = readouts.readouts_json
promises_json = fulfilment.fulfilment_json


def deadlock_json(known: Known, answer: Deadlock) -> dict[str, Any]:
    """`acts, arrows, circles, disputed, answers: [{account, implied, achievable, at_once, blocked, unlocks}]`."""
    return outcomes.deadlock_json(known, answer.graph, answer.account)


def tariffs_json(known: Known, answer: Tariffs) -> dict[str, Any]:
    """`note, stacking, paths, threats, averages, dates_differ, figures`."""
    return stacked.tariffs_json(known, answer.as_of, answer.weights)


def histories_json(known: Known, answer: Iterable[history.History]) -> dict[str, Any]:
    """`histories: [{subject, what, ended, entries: [{day, mark, standing, evidence}]}]`."""
    return {"histories": history.history_json(known, answer)}


def dates_json(known: Known, answer: Iterable[dating.Placed]) -> dict[str, Any]:
    """`reports: [{report, when, used, reasons, explanation}]`."""
    return {"reports": dating.placed_json(known, answer)}
