"""What waits for what: linkages as a graph of acts, its circles, and which acts can be done at all.

What feeds the graph:

    "X only after Y" (precondition)      X waits for Y; several preconditions of X must all be met
    "X in exchange for Y"                each waits for the other; several exchanges of X are alternatives
    harm in return for harm              the end of each waits for the end of the other
    "if not X, then harm" (threat)       the harm's being held off waits for X
    an act that its owner refuses, and that by what is stated waits for nothing        a red line
    an act that is only waited for, and refused by nobody                              free for its owner
    what no report states and what is stated implies                                   see `implied`

An arrow is `stated` (in the report's own voice, or by a source of the side that waits), `by-source` (by unnamed or
other sources) or `implied`. The answer is given with and without the implied ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from standoff.analyse.acts import Act, Strength, Waits, act_words, held_off, undone, withheld
from standoff.analyse.attribution import source_line
from standoff.analyse.conflict import conflicts
from standoff.analyse.deadlock import Conditions, Outcome, cycles, solve
from standoff.analyse.grouping import Trace, grouped
from standoff.analyse.implied import Disputed, implied, unclear
from standoff.analyse.known import Known
from standoff.analyse.tracing import Tracer, tracer_of
from standoff.analyse.words import close, figures, figures_agree
from standoff.model.ids import content_id
from standoff.model.record import Linkage, LinkageKind, Record, Statement

_CERTAIN = ("made", "reported-by-sources")
_STRENGTHS: tuple[Strength, ...] = ("stated", "by-source", "implied")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAct:
    """An act that waits or is waited for: whose it is (None: joint or not said), in few words, from which records."""

    id: str
    actor: str | None
    what: str
    records: tuple[str, ...]
    red_line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """`waits` (id of an act) comes only after `needs`, as `by` sets it; `account` the side whose source says so."""

    waits: str
    needs: str
    kind: LinkageKind
    by: str | None
    strength: Strength
    account: str | None
    records: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedAct:
    """An act (id) that is not done by the account of `undone_by`, and done by that of its owner; two records say so."""

    act: str
    owner: str | None
    undone_by: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The graph of acts. `circles` are groups of acts (ids) that wait for each other, implied arrows included."""

    acts: tuple[LinkedAct, ...]
    arrows: tuple[Arrow, ...]
    circles: tuple[tuple[str, ...], ...]
    disputed: tuple[DisputedAct, ...]
    records: tuple[str, ...]
    explanation: str

    def act(self, id: str) -> LinkedAct:
        """The act of this id. Raises KeyError for an unknown one."""
        return {act.id: act for act in self.acts}[id]


def waiting(known: Known, as_of: date | None = None, since: date | None = None) -> Waiting:
    """The graph of what waits for what, from linkages met by `as_of` (and published from `since` on)."""
    tracer = tracer_of(known)

    def scope(record: Record) -> bool:
        return known.in_scope(record, as_of) and _from(known, record, since)

    pairs = [pair for linkage in known.linkages if scope(linkage) for pair in _pairs(known, linkage)]
    disputed: list[Disputed] = []
    if pairs:
        pairs += implied(known, tracer, pairs, scope)
        told = [c for c in conflicts(known, as_of) if all(scope(known.record(r)) for r in c.records)]
        for act, unspoken in list(unclear(known, tracer, pairs, told)):
            disputed.append(act)
            pairs += unspoken
    numbers = _merged([act for pair in pairs for act in (pair.act, pair.needs)], tracer)
    acts = _linked_acts(known, tracer, numbers, pairs, as_of)
    name = {act: node.id for act, n in numbers.items() for node in [acts[n]]}
    arrows = _arrows(known, pairs, name)
    needs: defaultdict[str, set[str]] = defaultdict(set)
    for node in acts:
        needs[node.id] = set()
    for arrow in arrows:
        needs[arrow.waits].add(arrow.needs)
    circles = cycles(needs)
    return Waiting(
        acts=tuple(acts),
        arrows=arrows,
        circles=circles,
        disputed=_disputed(disputed, name),
        records=tuple(sorted({r for arrow in arrows for r in arrow.records})),
        explanation=f"{len(acts)} acts, {len(arrows)} of which one waits for another"
        f"; {len(circles) or 'no'} circle{'s' * (len(circles) != 1)} of waiting.",
    )


def outcome(graph: Waiting, *, implied: bool = True, account: str | None = None) -> Outcome:
    """What can be done: one after the other, only at once, or not; with or without implied arrows.

    `account`: leave out what only sources of another side say; what that side holds to have done already is met
    by its account, and by the account of the side that misses it will not be done (its owner sees no need). A circle
    is a deadlock only where every act on it has exactly one clause (see `deadlock`).
    """
    kept = [a for a in arrows_of(graph, account) if (implied or a.strength != "implied")]
    held = {d.act for d in graph.disputed if account is not None and account == d.undone_by}
    return solve(conditions(graph, kept, held))


def arrows_of(graph: Waiting, account: str | None) -> tuple[Arrow, ...]:
    """The arrows by one side's account (None: by all together): without those that only other sides' sources tell,
    and without those for what that side holds to have done."""
    met = {d.act for d in graph.disputed if account is not None and account == d.owner}
    return tuple(a for a in graph.arrows if (account is None or a.account in (None, account)) and a.needs not in met)


def conditions(graph: Waiting, arrows: Iterable[Arrow], held: Collection[str] = ()) -> Conditions:
    """Clauses from arrows: all preconditions of an act, with one of its exchanges where it has any.

    `held` are further acts that will not be done.
    """
    always: defaultdict[str, set[str]] = defaultdict(set)
    traded: defaultdict[str, set[str]] = defaultdict(set)
    for arrow in arrows:
        (traded if arrow.kind == "exchange" else always)[arrow.waits].add(arrow.needs)
    clauses = {
        act: tuple(frozenset(always[act] | {other}) for other in sorted(traded[act])) or (frozenset(always[act]),)
        for act in sorted({*always, *traded, *(a.id for a in graph.acts)})
    }
    red = frozenset([*(act.id for act in graph.acts if act.red_line), *held])
    return Conditions(clauses, red, {act.id: act.actor for act in graph.acts})


def _from(known: Known, record: Record, since: date | None) -> bool:
    day = known.published(record)
    return since is None or (day is not None and day >= since)


def _pairs(known: Known, linkage: Linkage) -> list[Waits]:
    strength = _strength(known, linkage)
    first, then = Act(linkage.first_actor, linkage.first), Act(linkage.then_actor, linkage.then)
    if linkage.kind == "threat":
        return [Waits(held_off(then), undone(first), "threat", linkage.by, strength, linkage)]
    if linkage.kind == "exchange" and withheld(first) and withheld(then):
        first, then = undone(first), undone(then)
    pairs = [Waits(then, first, linkage.kind, linkage.by, strength, linkage)]
    if linkage.kind == "exchange":
        pairs.append(Waits(first, then, "exchange", linkage.by, strength, linkage))
    return pairs


def _strength(known: Known, linkage: Linkage) -> Strength:
    statement = known.statement_of(linkage)
    if statement is None or (statement.kind != "anonymous" and statement.speaks_for in (None, linkage.by)):
        return "stated"
    return "by-source"


def _merged(acts: Iterable[Act], tracer: Tracer) -> dict[Act, int]:
    """Each act with the number of its node: acts of one actor that are close in words are one."""
    ordered = sorted(set(acts), key=lambda a: (a.actor or "", a.what))
    traces = [Trace(act, act.actor, act_words(act) - tracer.names) for act in ordered]
    groups = grouped(traces, lambda a, b: figures_agree(figures(a.what), figures(b.what)))
    return {act: n for n, group in enumerate(groups) for act in group}


def _linked_acts(
    known: Known, tracer: Tracer, numbers: dict[Act, int], pairs: Sequence[Waits], as_of: date | None
) -> list[LinkedAct]:
    members: defaultdict[int, list[Act]] = defaultdict(list)
    rests: defaultdict[int, set[str]] = defaultdict(set)
    bound = {numbers[pair.act] for pair in pairs if pair.strength != "implied"}
    for act, number in numbers.items():
        members[number].append(act)
    for pair in pairs:
        for act in (pair.act, pair.needs):
            rests[numbers[act]].add(pair.record.id)
    refused: defaultdict[tuple[str | None, str], set[frozenset[str]]] = defaultdict(set)
    for move in known.moves:
        if move.type == "refuse" and move.status in _CERTAIN and known.in_scope(move, as_of):
            words = act_words(Act(move.by, move.what)) - tracer.names
            for word in words:
                refused[move.by, word].add(words)
    return [
        LinkedAct(
            id=content_id("a", members[n][0].actor, *sorted(act.what for act in members[n])),
            actor=members[n][0].actor,
            what=min((act.what for act in members[n]), key=lambda w: (len(w), w)),
            records=tuple(sorted(rests[n])),
            red_line=n not in bound
            and any(_refused(act, act_words(act) - tracer.names, refused) for act in members[n]),
        )
        for n in sorted(members)
    ]


def _refused(act: Act, words: frozenset[str], refused: Mapping[tuple[str | None, str], set[frozenset[str]]]) -> bool:
    """Whether its own party refuses an act for certain; looked for by its rarest words, one of which must be shared."""
    lists = sorted((len(found), word) for word in words if (found := refused.get((act.actor, word))))
    least_shared = -(-len(words) // 3)
    rarest = lists[: max(1, len(lists) - least_shared + 1)]
    return any(close(words, other) for _, word in rarest for other in refused[act.actor, word])


def _disputed(found: Iterable[Disputed], name: Mapping[Act, str]) -> tuple[DisputedAct, ...]:
    acts: dict[tuple[str, str], DisputedAct] = {}
    for one in found:
        id = name[one.act]
        before = acts.get((id, one.undone_by))
        records = tuple(dict.fromkeys([*(before.records if before else ()), *one.records]))
        acts[id, one.undone_by] = DisputedAct(act=id, owner=one.act.actor, undone_by=one.undone_by, records=records)
    return tuple(acts[key] for key in sorted(acts))


def _arrows(known: Known, pairs: Sequence[Waits], name: dict[Act, str]) -> tuple[Arrow, ...]:
    """One arrow for each pair of acts and kind, the strongest first; an act never waits for itself."""
    told: defaultdict[tuple[str, str, LinkageKind], list[Waits]] = defaultdict(list)
    for pair in pairs:
        waits, needs = name[pair.act], name[pair.needs]
        if waits != needs:
            told[waits, needs, pair.kind].append(pair)
    found = []
    for (waits, needs, kind), those in told.items():
        those.sort(key=lambda p: (_STRENGTHS.index(p.strength), p.record.id))
        best = those[0]
        found.append(
            Arrow(
                waits=waits,
                needs=needs,
                kind=kind,
                by=best.by,
                strength=best.strength,
                account=_account(known, best.record),
                records=tuple(dict.fromkeys(p.record.id for p in those)),
                explanation=f"{_told(best.act)} – only after – {_told(best.needs)} "
                f"({best.strength}; {source_line(known, best.record)}).",
            )
        )
    return tuple(sorted(found, key=lambda a: (a.waits, a.needs, a.kind)))


def _told(act: Act) -> str:
    return f"{act.actor or 'the two sides'}: {act.what}"


def _account(known: Known, record: Record) -> str | None:
    """The side whose source says so."""
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    return statement.speaks_for if statement else None
