"""What the analyses conclude, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from standoff.analyse.changes import changes, day_before
from standoff.analyse.corroborate import Corroboration, corroborate, fact_line
from standoff.analyse.deadlock import Unlock, Waiver
from standoff.analyse.fulfilment import Promise, Put, fulfilment
from standoff.analyse.known import Known
from standoff.analyse.linked import LinkedAct
from standoff.analyse.readouts import Readouts
from standoff.analyse.tariffs import TariffLine, TariffPath, tariffs
from standoff.model.dates import When
from standoff.questions.editions import Standpoint, name_of
from standoff.questions.lists.rows import (
    ArrowRow,
    ChangeRow,
    ComparedRow,
    DisputeRow,
    FactRow,
    PromiseRow,
    TariffRow,
    UnlockRow,
)
from standoff.show.wording import shown_when

_MOST_GAINED = 20  # acts that a line names; the graph has all of them
_MOST_DRAWN = 120  # steps, and threats, of one side in a chart


def disputes(at: Standpoint) -> tuple[DisputeRow, ...]:
    """Accounts that differ."""
    return at.once("dispute rows", lambda: tuple(_disputes(at)))


def _disputes(at: Standpoint) -> Iterator[DisputeRow]:
    for c in at.disputes():
        yield DisputeRow(
            id=c.id,
            kind=c.kind,
            a=c.a.words,
            a_source=c.a.source,
            a_record=c.a.record,
            b=c.b.words,
            b_source=c.b.source,
            b_record=c.b.record,
            why=c.explanation,
            records=(*c.records, *c.also),
        )


def arrows(at: Standpoint) -> tuple[ArrowRow, ...]:
    """What waits for what, what is stated first."""
    return at.once("arrow rows", lambda: _arrows(at))


def _arrows(at: Standpoint) -> tuple[ArrowRow, ...]:
    graph = at.graph()
    acts = {act.id: act for act in graph.acts}
    in_circle = {frozenset((a, b)) for circle in graph.circles for a in circle for b in circle}
    rows = [
        ArrowRow(
            then=_act(at, acts[a.waits]),
            first=_act(at, acts[a.needs]),
            kind=a.kind,
            by=a.by,
            strength={"by-source": "by a source"}.get(a.strength, a.strength),
            circle=frozenset((a.waits, a.needs)) in in_circle,
            records=a.records,
        )
        for a in graph.arrows
    ]
    return tuple(sorted(rows, key=lambda r: (("stated", "by a source", "implied").index(r.strength), r.then, r.first)))


def circles(at: Standpoint) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    """Groups of acts that wait for each other, each act in words with its records."""
    acts = {act.id: act for act in at.graph().acts}
    return at.once(
        "circles", lambda: tuple(tuple((_act(at, acts[id]), acts[id].records) for id in c) for c in at.graph().circles)
    )


def unlocks(at: Standpoint) -> tuple[UnlockRow, ...]:
    """The smallest sets of conditions whose giving up makes more possible."""

    def made() -> tuple[UnlockRow, ...]:
        acts = {act.id: act for act in at.graph().acts}
        return tuple(_unlock(at, acts, unlock) for unlock in at.outcome().unlocks)

    return at.once("unlock rows", made)


def _unlock(at: Standpoint, acts: Mapping[str, LinkedAct], unlock: Unlock) -> UnlockRow:
    return UnlockRow(
        waived=" and ".join(_waiver(at, acts, w) for w in unlock.waived),
        gained=_some([_act(at, acts[id]) for id in unlock.gained]),
        who=unlock.who,
        records=tuple(dict.fromkeys(r for w in unlock.waived for r in acts[w.act].records)),
    )


def _some(acts: list[str]) -> str:
    more = len(acts) - _MOST_GAINED
    return "; ".join(acts[:_MOST_GAINED]) + (f"; and {more} more" if more > 0 else "")


def _waiver(at: Standpoint, acts: Mapping[str, LinkedAct], waiver: Waiver) -> str:
    act = _act(at, acts[waiver.act])
    if waiver.needs is None:
        return f"“{act}” were no longer refused"
    return f"“{act}” did not wait for “{_act(at, acts[waiver.needs])}”"


def _act(at: Standpoint, act: LinkedAct) -> str:
    """Whose act and what, the name not said twice."""
    name = name_of(at.known.pack, act.actor) if act.actor else ""
    return act.what if not name or name.lower() in act.what.lower() else f"{name}: {act.what}"


def changed(at: Standpoint, since: date | None, until: date | None) -> tuple[date | None, tuple[ChangeRow, ...]]:
    """What became known after `since` (by default the last day of reports before the newest), and since when.

    (None, nothing) where there is no earlier day to compare with.
    """

    def made() -> tuple[date | None, tuple[ChangeRow, ...]]:
        first = since or day_before(at.known, until)
        if first is None:
            return None, ()
        found = changes(at.known, first, until)
        rows = (ChangeRow(kind=c.kind, subject=c.subject, what=c.what, why=c.explanation, records=c.records)
                for c in found.changes)  # fmt: skip
        return first, tuple(rows)

    return at.once(("changes", since, until), made)


def facts(at: Standpoint, types: tuple[str, ...] = ()) -> tuple[FactRow, ...]:
    """All facts with who stands behind them, the best corroborated first; `types` are classes of records."""
    rows = at.once("fact rows", lambda: tuple(_fact(at.known, c) for c in corroborate(at.known)))
    return tuple([r for r in rows if not types or r.type in types])


def _fact(known: Known, found: Corroboration) -> FactRow:
    return FactRow(
        id=found.records[0],
        type=found.type,
        what=fact_line(known, found),
        origins=len(found.origins),
        reports=len(found.reports),
        sources=found.sources,
        sides=found.sides,
        grade=f"{found.reliability.grade}{found.credibility.grade}",
        why=found.explanation,
        contested=bool(found.against),
        records=found.records,
    )


def promises(at: Standpoint) -> tuple[PromiseRow, ...]:
    """Demands with how they were answered, and promises with whether they were kept."""

    def made() -> tuple[PromiseRow, ...]:
        found = fulfilment(at.known, at.as_of)
        return (*(_demand(at, d) for d in found.demands), *(_promise(at, p) for p in found.promises))

    return at.once("promise rows", made)


def _demand(at: Standpoint, put: Put) -> PromiseRow:
    ways = dict.fromkeys(f"{d.channel}" + (f" by {d.by}" if d.by else "") for d in put.deliveries)
    return PromiseRow(
        id=put.records[0],
        sort="demand",
        party=put.party,
        party_name=name_of(at.known.pack, put.party),
        issue=put.issue,
        what=put.what,
        outcome=put.met,
        how=", ".join(ways),
        records=put.records,
        shown_by=put.answers,
    )


def _promise(at: Standpoint, promise: Promise) -> PromiseRow:
    return PromiseRow(
        id=promise.records[0],
        sort="promise",
        party=promise.party,
        party_name=name_of(at.known.pack, promise.party),
        issue=promise.issue,
        what=promise.what,
        outcome=promise.done,
        how="",
        records=promise.records,
        shown_by=promise.shown_by,
    )


def tariff_paths(at: Standpoint) -> tuple[TariffPath, ...]:
    """The tariff paths, for the chart."""
    return at.once("tariff paths", lambda: tariffs(at.known, at.as_of))


def tariff_lines(at: Standpoint) -> tuple[tuple[TariffPath, ...], bool]:
    """What a chart has room for: of each side the classes of goods of which most is told, and the newest threats; and
    whether something was left out."""
    paths = tariff_paths(at)
    drawn = []
    for path in paths:
        room = _MOST_DRAWN
        lines: list[TariffLine] = []
        for line in sorted(path.lines, key=lambda line: (-len(line.steps), line.scope)):
            if len(line.steps) <= room or not lines:
                lines.append(replace(line, steps=line.steps[-room:]))
                room -= len(line.steps)
        drawn.append(replace(path, lines=tuple(lines), threats=path.threats[-_MOST_DRAWN:]))
    told = sum(len(line.steps) for path in paths for line in path.lines) + sum(len(path.threats) for path in paths)
    shown = sum(len(line.steps) for path in drawn for line in path.lines) + sum(len(path.threats) for path in drawn)
    return tuple(drawn), shown < told


def tariff_steps(at: Standpoint) -> tuple[TariffRow, ...]:
    """Every step of every tariff, and what is threatened, by sides, goods and day."""
    return at.once("tariff rows", lambda: tuple(_steps(at)))


def _steps(at: Standpoint) -> Iterator[TariffRow]:
    for path in tariff_paths(at):
        lines = [(line.scope, step, "in force") for line in path.lines for step in line.steps]
        for goods, step, sort in [*lines, *(("", step, "threat") for step in path.threats)]:
            yield TariffRow(
                by=path.by,
                on=path.on,
                goods=goods,
                day=step.day,
                when=_dated(step.when) if step.told else f"by {step.day}",
                told=step.told,
                rate_percent=step.named if sort == "threat" else step.rate,
                status=step.status,
                sort=sort,
                records=step.records,
            )


def _dated(when: When) -> str:
    return shown_when(when)


def compared_rows(found: Readouts) -> tuple[ComparedRow, ...]:
    """Two reports act by act."""
    return tuple(
        ComparedRow(
            issue=c.issue,
            side=c.side,
            verdict=c.verdict,
            what=c.what,
            differ=c.differ,
            why=c.explanation,
            a=c.a,
            b=c.b,
            records=(*c.a, *c.b),
        )
        for c in found.compared
    )
