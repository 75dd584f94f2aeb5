"""Answers of the analyses as people read them in a terminal; every line names the reports it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from rich.table import Table
from rich.text import Text

from standoff.analyse.changes import Changes
from standoff.analyse.conflict import Conflict
from standoff.analyse.corroborate import Corroboration, fact_line
from standoff.analyse.dating import Placed
from standoff.analyse.deadlock import Outcome, Waiver
from standoff.analyse.fulfilment import Fulfilment
from standoff.analyse.history import History
from standoff.analyse.known import Known
from standoff.analyse.linked import LinkedAct, Waiting
from standoff.analyse.outcomes import Answer, outcome_words
from standoff.analyse.phrases import party_name, short, when_words, with_articles
from standoff.analyse.readouts import Readouts
from standoff.analyse.stacked import AverageStep, DatesDiffer, StackedPath
from standoff.analyse.tariffs import INDICATIVE, TariffPath
from standoff.show.evidence import shown

_MOST_UNLOCKS = 5
_LONGEST = 160

Shown = Table | Text


class _Deadlock(Protocol):
    @property
    def graph(self) -> Waiting: ...
    @property
    def answers(self) -> tuple[Answer, ...]: ...


class _Tariffs(Protocol):
    @property
    def told(self) -> tuple[TariffPath, ...]: ...
    @property
    def paths(self) -> tuple[StackedPath, ...]: ...
    @property
    def averages(self) -> tuple[AverageStep, ...]: ...
    @property
    def dates_differ(self) -> tuple[DatesDiffer, ...]: ...


def _plain(words: str, style: str = "") -> Text:
    return Text(shown(words), style=style)


def _table(*columns: str, title: str = "") -> Table:
    return Table(*columns, title=Text(title) if title else None, title_justify="left", title_style="bold", box=None)


def _where(known: Known, records: Iterable[str]) -> Text:
    names = dict.fromkeys(known.report_of(known.record(id)).name for id in records)
    return _plain(", ".join(names), "dim")


def changes(known: Known, answer: Changes) -> Iterator[Shown]:
    """One line a change, with what it was and is."""
    if not answer.changes:
        yield _plain(answer.explanation)
        return
    table = _table("", "of", "what", "how", "told in", title=answer.explanation)
    for c in answer.changes:
        cells = (c.kind, c.subject, short(c.what, _LONGEST), c.explanation)
        table.add_row(*map(_plain, cells), _where(known, c.records))
    yield table


def conflicts(known: Known, answer: Sequence[Conflict]) -> Iterator[Shown]:
    """Two accounts beside each other, neither settled."""
    if not answer:
        yield _plain("No two accounts in this record contradict each other.")
        return
    table = _table("one account", "the other", "why they are set side by side", "told in")
    for c in answer:
        sides = (f"“{account.words}”\n{account.source}" for account in (c.a, c.b))
        table.add_row(*map(_plain, sides), _plain(c.explanation), _where(known, c.records))
        table.add_row()
    yield table


def corroborated(known: Known, answer: Iterable[Corroboration], most: int) -> Iterator[Shown]:
    """Facts by how many independent origins tell them."""
    facts = list(answer)
    title = f"{len(facts)} facts, the best corroborated first" + (f"; {most} are shown" if len(facts) > most else "")
    table = _table("grade", "origins", "what", "why", "told in", title=title)
    for fact in facts[:most]:
        grade = f"{fact.reliability.grade}{fact.credibility.grade}"
        quote = " (rewritten wording: do not quote)" if len(fact.do_not_quote) == len(fact.records) else ""
        why = f"{fact.reliability.reason}; {fact.credibility.reason}"
        cells = (grade, str(len(fact.origins)), short(fact_line(known, fact), _LONGEST) + quote, why)
        table.add_row(*map(_plain, cells), _where(known, fact.records))
    yield table


def compared(known: Known, answer: Readouts) -> Iterator[Shown]:
    """Act by act what two texts say."""
    names = [known.report(id).name for id in answer.reports]
    table = _table("", "issue", "side", "what", "differ in", title=answer.explanation)
    for c in answer.compared:
        alone = f" (only {names[0] if c.a else names[1]})" if c.verdict == "one-sided" else ""
        cells = (c.verdict, c.issue, c.side, short(c.what, _LONGEST) + alone, ", ".join(c.differ))
        table.add_row(*map(_plain, cells))
    yield table
    for name, party in zip(names, answer.initiator, strict=True):
        if party:
            yield _plain(f"At the initiative of {party_name(known.pack, party)}, by {name}.")


def promises(known: Known, answer: Fulfilment) -> Iterator[Shown]:
    """Demands with how they were put and met, and promises with what came of them."""
    demands = _table("by", "issue", "demand", "how it was put", "", "told in", title="Was it put to them?")
    for d in answer.demands:
        how = "; ".join(f"{x.channel}{f' ({x.by})' if x.by else ''}" for x in d.deliveries) or "not stated"
        put = (d.party, d.issue, short(d.what, _LONGEST), how, d.met)
        demands.add_row(*map(_plain, put), _where(known, (*d.records, *d.answers)))
    kept = _table("by", "issue", "promise", "", "told in", title="Was it done?")
    for p in answer.promises:
        cells = (p.party, p.issue, short(p.what, _LONGEST), p.done)
        kept.add_row(*map(_plain, cells), _where(known, (*p.records, *p.shown_by)))
    yield demands if answer.demands else _plain("No demand is told.")
    yield kept if answer.promises else _plain("No promise is told.")


def histories(known: Known, answer: Iterable[History]) -> Iterator[Shown]:
    """Each position and measure day by day."""
    table = _table("", "day", "", "stands", "told in")
    for line in answer:
        table.add_row(line.subject, "", _plain(short(line.what, _LONGEST), "bold"), _plain(line.ended or ""), "")
        for e in line.entries:
            table.add_row("", str(e.day), e.mark, _plain(e.standing), _where(known, e.records))
    yield table


def dates(known: Known, answer: Sequence[Placed]) -> Iterator[Shown]:
    """Reports without a given day, with where they are placed and why."""
    if not answer:
        yield _plain("The day of every report is given.")
        return
    table = _table("report", "written", "because it", title="Dates inferred from what the reports say")
    for p in answer:
        reasons = "; ".join(dict.fromkeys(b.reason for b in p.bounds)) or "says nothing that bounds its day"
        when = when_words(p.when) if p.when else "not stated"
        used = f"{when}\ntaken as {p.day}" if p.day else when
        table.add_row(_plain(known.report(p.report).name), _plain(used), _plain(reasons))
    yield table


# -- what waits for what --------------------------------------------------------------------------------------------


def deadlock(known: Known, answer: _Deadlock) -> Iterator[Shown]:
    """The arrows, the circles, and for each account what can be done and what would unlock the rest."""
    graph = answer.graph
    names = {act.id: act_line(known, act) for act in graph.acts}
    table = _table("what waits", "for what", "", "strength", "told in", title=graph.explanation)
    for a in graph.arrows:
        table.add_row(*map(_plain, (names[a.waits], names[a.needs], a.kind, a.strength)), _where(known, a.records))
    yield table
    for number, circle in enumerate(graph.circles, 1):
        yield _plain(f"Circle {number}: " + "; ".join(names[id] for id in circle))
    alike: dict[Outcome, list[str]] = {}
    for told in answer.answers:
        alike.setdefault(told.outcome, []).append(told.explanation.split(":")[0])
    for outcome, whose in alike.items():
        yield Text("")
        yield _plain(f"{'; '.join(whose)}: {outcome_words(outcome)}.", "bold")
        yield from _outcome(names, outcome)


def _outcome(names: Mapping[str, str], found: Outcome) -> Iterator[Shown]:
    for label, ids in (("only at the same time", found.at_once), ("not at all", found.blocked)):
        if ids:
            yield _plain(f"  {label}: " + "; ".join(names[id] for id in ids))
    for unlock in found.unlocks[:_MOST_UNLOCKS]:
        waived = ", and ".join(_waiver(names, w) for w in unlock.waived)
        yield _plain(f"  {waived}; then could follow: {'; '.join(names[id] for id in unlock.gained)}")


def _waiver(names: Mapping[str, str], waiver: Waiver) -> str:
    if waiver.needs is None:
        return f"if this were done after all: {names[waiver.act]}"
    return f"if this: {names[waiver.act]} – did not wait for this: {names[waiver.needs]}"


def act_line(known: Known, act: LinkedAct) -> str:
    """Whose act and what, the name not said twice."""
    name = party_name(known.pack, act.actor)
    bare = name.removeprefix("the ")
    what = act.what.removeprefix(f"{bare}: ")
    told = with_articles(known.pack, what)
    if what.startswith("what "):
        return f"{name} does {told}"
    return told if what.lower().startswith(bare.lower()) else f"{name}: {told}"


# -- tariffs --------------------------------------------------------------------------------------------------------


def tariffs(known: Known, answer: _Tariffs) -> Iterator[Shown]:
    """The stacked rates by date, threats apart, and the averages by the user's weights."""
    steps = _table("by", "on", "goods", "from", "percent", "made of", "told in", title=INDICATIVE)
    for path in answer.paths:
        for s in path.steps:
            parts = " + ".join(f"{rate:g} ({line})" for line, rate in s.parts)
            cells = (path.by, path.on, path.goods, str(s.day), f"{s.rate:g}", parts)
            steps.add_row(*map(_plain, cells), _where(known, s.records))
    yield steps if answer.paths else _plain("No tariff rate is told as in force.")
    threats = _table("by", "on", "status", "percent", "told on", "told in", title="Not in force")
    for told in answer.told:
        for t in told.threats:
            rate = f"{t.named:g}" if t.named is not None else "not stated"
            threats.add_row(told.by, told.on, t.status, rate, str(t.day), _where(known, t.records))
    if threats.row_count:
        yield threats
    if answer.averages:
        table = _table("by", "on", "from", "average percent", "share of weights covered", title="By the weights given")
        for a in answer.averages:
            table.add_row(a.by, a.on, str(a.day), f"{a.rate:.2f}", f"{a.coverage:.0%}")
        yield table
    yield from (_plain(d.explanation) for d in answer.dates_differ)
