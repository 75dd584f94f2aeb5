"""Which acts can be done at all, which only at the same time, and which not: a fixed point over conditions.

An act has *clauses*, alternatives of each other; a clause is the set of acts that must come first. Then

- *achievable* is the least fixed point: acts with an empty clause, or with one whose acts are all achievable
  (forward chaining over Horn clauses: Dowling and Gallier 1984);
- *at once* is the greatest set that supports itself (each of its acts has a clause within the set) without red
  lines, minus the achievable: nobody can begin, but all could be done in exchange at the same time;
- *blocked* is the rest: some red line stands in every way.

A plain cycle of waiting is a deadlock only if every act in it has exactly one clause: an act on the cycle that has
another way out is not stuck.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Clauses = tuple[frozenset[str], ...]

MOST_WAIVED = 3
_CLOSED = 1 << 60  # the index of an act whose component is handed over: never the lowest


@dataclass(frozen=True, slots=True)
class Conditions:
    """Acts with their clauses, and the red lines among them: acts that their owner refuses without condition.

    Acts that are only named in clauses may be left out of `clauses`: they are free. `owners` says whose act it is.
    """

    clauses: Mapping[str, Clauses]
    red_lines: frozenset[str] = frozenset()
    owners: Mapping[str, str | None] = field(default_factory=dict)
    _waiters: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        waiters: defaultdict[str, set[str]] = defaultdict(set)
        for act, clauses in self.clauses.items():
            for needed in (needed for clause in clauses for needed in clause):
                waiters[needed].add(act)
        object.__setattr__(self, "_waiters", {needed: tuple(sorted(acts)) for needed, acts in waiters.items()})

    def waiting_for(self, act: str) -> tuple[str, ...]:
        """The acts that have this one in a clause."""
        return self._waiters.get(act, ())

    def acts(self) -> frozenset[str]:
        """All acts named anywhere."""
        named = (act for clauses in self.clauses.values() for clause in clauses for act in clause)
        return frozenset([*self.clauses, *named, *self.red_lines])

    def of(self, act: str) -> Clauses:
        """The clauses of an act; one that nothing is said of is free."""
        return self.clauses.get(act, (frozenset(),))


@dataclass(frozen=True, slots=True, order=True)
class Waiver:
    """A condition given up: `act` no longer waits for `needs`; with `needs` None its red line is given up."""

    act: str
    needs: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """A smallest set of conditions whose waiving makes more achievable, and what it gains.

    `who` are the owners of the acts that would no longer wait, sorted (unknown owners left out).
    """

    waived: tuple[Waiver, ...]
    gained: tuple[str, ...]
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The acts by what can become of them, each sorted; `loops` are the at-once acts that wait for each other."""

    achievable: tuple[str, ...]
    at_once: tuple[str, ...]
    blocked: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]
    unlocks: tuple[Unlock, ...]


def solve(conditions: Conditions) -> Outcome:
    """Work out what is achievable, what only at once, what is blocked, and what would unlock it."""
    free = achievable(conditions)
    together = self_supporting(conditions) - free
    stuck = conditions.acts() - free - together
    return Outcome(
        achievable=tuple(sorted(free)),
        at_once=tuple(sorted(together)),
        blocked=tuple(sorted(stuck)),
        loops=cycles({act: _needs(conditions, act) & together for act in together}),
        unlocks=unlocks(conditions, free),
    )


def achievable(conditions: Conditions) -> frozenset[str]:
    """The least fixed point: what can be done one act after the other."""
    free = [act for act in sorted(conditions.acts()) if not all(conditions.of(act))]
    return _spread(conditions, frozenset(), [act for act in free if act not in conditions.red_lines])


def _spread(conditions: Conditions, done: frozenset[str], start: Iterable[str]) -> frozenset[str]:
    """What else becomes achievable once the acts of `start` are: they, and all that then has a met clause."""
    gained = set(start)
    work = list(gained)
    while work:
        for act in conditions.waiting_for(work.pop()):
            if act in gained or act in done or act in conditions.red_lines:
                continue
            if any(all(n in done or n in gained for n in clause) for clause in conditions.of(act)):
                gained.add(act)
                work.append(act)
    return frozenset(gained)


def self_supporting(conditions: Conditions) -> frozenset[str]:
    """The greatest fixed point without red lines: what can be done if all is done at the same time."""
    lost = set(conditions.red_lines)
    work = list(lost)
    while work:
        for act in conditions.waiting_for(work.pop()):
            if act not in lost and not any(lost.isdisjoint(clause) for clause in conditions.of(act)):
                lost.add(act)
                work.append(act)
    return conditions.acts() - lost


def unlocks(conditions: Conditions, free: frozenset[str] | None = None) -> tuple[Unlock, ...]:
    """All smallest sets of up to three waived conditions that enlarge what is achievable, the greatest gain first.

    No search is needed: the first act that a waiver adds must have a clause of which all that is not achievable
    was waived (and its red line, if it is one). So the smallest sets are, act by act and clause by clause, just
    these; none is part of another, save among the clauses of one act, where the larger ones are dropped.
    """
    done = achievable(conditions) if free is None else free
    found: list[Unlock] = []
    for act in sorted(conditions.acts() - done):
        red = {Waiver(act, None)} if act in conditions.red_lines else set()
        ways = {frozenset(red | {Waiver(act, needs) for needs in clause - done}) for clause in conditions.of(act)}
        for way in ways:
            if len(way) <= MOST_WAIVED and not any(other < way for other in ways):
                gained = _spread(conditions, done, [act])
                owner = conditions.owners.get(act)
                found.append(
                    Unlock(
                        waived=tuple(sorted(way, key=lambda w: (w.act, w.needs or ""))),
                        gained=tuple(sorted(gained)),
                        who=(owner,) if owner else (),
                    )
                )
    return tuple(sorted(found, key=_rank))


def _rank(unlock: Unlock) -> tuple[int, int, list[tuple[str, str]]]:
    return -len(unlock.gained), len(unlock.waived), [(w.act, w.needs or "") for w in unlock.waived]


def waive(conditions: Conditions, waived: Iterable[Waiver]) -> Conditions:
    """The conditions without those that are given up."""
    given_up = set(waived)
    clauses = {
        act: tuple(frozenset(n for n in clause if Waiver(act, n) not in given_up) for clause in conditions.of(act))
        for act in conditions.acts()
    }
    kept = frozenset(act for act in conditions.red_lines if Waiver(act, None) not in given_up)
    return Conditions(clauses, kept, conditions.owners)


def _needs(conditions: Conditions, act: str) -> frozenset[str]:
    return frozenset(needed for clause in conditions.of(act) for needed in clause)


def cycles(needs: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """The groups of acts that wait for each other in a circle, each sorted, the largest first.

    Strongly connected components (Tarjan 1972, without recursion) of two acts and more, or one that needs itself.
    """
    graph = {act: sorted({w for w in wanted if w in needs}) for act, wanted in sorted(needs.items())}
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[tuple[str, ...]] = []
    for root in graph:
        if root not in index:
            _component(root, graph, index, low, stack, found.append)
    circles = [c for c in found if len(c) > 1 or c[0] in graph[c[0]]]
    return tuple(sorted(circles, key=lambda c: (-len(c), c)))


def _component(
    root: str,
    graph: Mapping[str, list[str]],
    index: dict[str, int],
    low: dict[str, int],
    stack: list[str],
    found: Callable[[tuple[str, ...]], None],
) -> None:
    """Walk from one act, depth first, and hand over each component that closes."""
    work = [(root, iter(graph[root]))]
    index[root] = low[root] = len(index)
    stack.append(root)
    while work:
        act, ahead = work[-1]
        step = next(ahead, None)
        if step is None:
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[act])
            if low[act] == index[act]:
                at = stack.index(act)
                found(tuple(sorted(stack[at:])))
                index.update(dict.fromkeys(stack[at:], _CLOSED))
                del stack[at:]
        elif step not in index:
            index[step] = low[step] = len(index)
            stack.append(step)
            work.append((step, iter(graph[step])))
        else:
            low[act] = min(low[act], index[step])
