"""Layered layout of a directed graph: boxes in columns, each edge going right, few crossings, no box on another.

After Sugiyama, Tagawa and Toda (1981), in its four steps: edges that close a cycle are turned round (depth first);
layers by longest path; order in a layer by barycentres, up and down, the order with the fewest crossings kept; and
places along a layer as near to the neighbours' as the boxes allow (least squares: pool adjacent violators). An edge
over several layers runs through places kept free for it. Deterministic; for graphs of some hundred edges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Size = tuple[float, float]
Point = tuple[float, float]
Edge = tuple[str, str]

_SWEEPS = 24
_BENDS = 10.0  # height kept for an edge that passes a layer


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each box begins (its upper left corner), the points each edge runs through, and the size of the whole.

    An edge runs from the right side of its first box to the left side of its second; one that was turned round runs
    from the left side of its first to the right side of its second.
    """

    boxes: Mapping[str, Point]
    routes: Mapping[Edge, tuple[Point, ...]]
    layers: tuple[tuple[str, ...], ...]
    width: float
    height: float


def layered(sizes: Mapping[str, Size], edges: Iterable[Edge], across: float = 90.0, down: float = 18.0) -> Layout:
    """The layout of boxes of these sizes (width, height), `across` between layers, `down` between boxes of a layer.

    Edges between unknown boxes and from a box to itself are left out; of two edges alike one is laid out.
    """
    wanted = [e for e in dict.fromkeys(edges) if e[0] in sizes and e[1] in sizes and e[0] != e[1]]
    turned = _turned(sizes, wanted)
    acyclic = list(dict.fromkeys((b, a) if (a, b) in turned else (a, b) for a, b in wanted))
    rank = _ranks(list(sizes), acyclic)
    chains = {edge: _chain(edge, rank) for edge in acyclic}
    links = [link for chain in chains.values() for link in pairwise(chain)]
    order = _ordered(_columns(sizes, rank, chains), links)
    heights = {name: sizes[name][1] if name in sizes else _BENDS for column in order for name in column}
    middle = _places(order, links, heights, down)
    lefts, widths = _lefts(order, sizes, across)
    boxes = {
        name: (lefts[n], middle[name] - heights[name] / 2)
        for n, column in enumerate(order)
        for name in column
        if name in sizes
    }
    at = {name: n for n, column in enumerate(order) for name in column}

    def route(edge: Edge) -> tuple[Point, ...]:
        one = edge if edge in chains else edge[::-1]
        chain = chains[one]
        points = [(lefts[at[one[0]]] + sizes[one[0]][0], middle[one[0]])]
        for name in chain[1:-1]:
            points += [(lefts[at[name]], middle[name]), (lefts[at[name]] + widths[at[name]], middle[name])]
        points.append((lefts[at[one[1]]], middle[one[1]]))
        return tuple(points if one == edge and edge not in turned else points[::-1])

    return Layout(
        boxes=boxes,
        routes={edge: route(edge) for edge in wanted},
        layers=tuple(tuple(name for name in column if name in sizes) for column in order),
        width=max((x + sizes[name][0] for name, (x, _) in boxes.items()), default=0.0),
        height=max((y + sizes[name][1] for name, (_, y) in boxes.items()), default=0.0),
    )


def components(names: Iterable[str], edges: Iterable[Edge]) -> tuple[tuple[str, ...], ...]:
    """The names in groups that no edge joins, in the order given."""
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        beside[a].append(b)
        beside[b].append(a)
    ordered = list(names)
    group: dict[str, int] = {}
    for number, name in enumerate(ordered):
        work = [name] if name not in group else []
        while work:
            one = work.pop()
            if one not in group:
                group[one] = number
                work += beside[one]
    found: defaultdict[int, list[str]] = defaultdict(list)
    for name in ordered:
        found[group[name]].append(name)
    return tuple(tuple(those) for those in found.values())


def _turned(names: Iterable[str], edges: Sequence[Edge]) -> set[Edge]:
    """The edges that lead back to a box that the walk, depth first, has not left: without them no cycle is left."""
    ahead: defaultdict[str, list[str]] = defaultdict(list)
    into: defaultdict[str, int] = defaultdict(int)
    for a, b in edges:
        ahead[a].append(b)
        into[b] += 1
    state: dict[str, int] = {}
    turned: set[Edge] = set()
    for root in sorted(names, key=lambda n: into[n] > 0):  # where nothing leads to first; sorting is stable
        if root in state:
            continue
        state[root] = 1
        work = [(root, iter(ahead[root]))]
        while work:
            name, rest = work[-1]
            following = next(rest, None)
            if following is None:
                state[name] = 2
                work.pop()
            elif state.get(following) == 1:
                turned.add((name, following))
            elif following not in state:
                state[following] = 1
                work.append((following, iter(ahead[following])))
    return turned


def _ranks(names: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The layer of each box: after all that lead to it, and right before the first that it leads to."""
    order = _topological(names, edges)
    before: defaultdict[str, list[str]] = defaultdict(list)
    after: defaultdict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        before[b].append(a)
        after[a].append(b)
    rank: dict[str, int] = {}
    for name in order:
        rank[name] = max((rank[b] + 1 for b in before[name]), default=0)
    for name in reversed(order):
        if after[name] and not before[name]:
            rank[name] = min(rank[a] for a in after[name]) - 1
    return rank


def _topological(names: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    waits = dict.fromkeys(names, 0)
    ahead: defaultdict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        waits[b] += 1
        ahead[a].append(b)
    ready = [name for name in names if not waits[name]]
    for name in ready:  # grows as it goes
        for following in ahead[name]:
            waits[following] -= 1
            if not waits[following]:
                ready.append(following)
    return ready


def _chain(edge: Edge, rank: Mapping[str, int]) -> tuple[str, ...]:
    """The names an edge runs through: its boxes, and a free place in each layer between."""
    a, b = edge
    return (a, *(f"{a}\0{b}\0{layer}" for layer in range(rank[a] + 1, rank[b])), b)


def _columns(
    sizes: Mapping[str, Size], rank: Mapping[str, int], chains: Mapping[Edge, tuple[str, ...]]
) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for name in sizes:
        columns[rank[name]].append(name)
    for (a, _), chain in chains.items():
        for n, name in enumerate(chain[1:-1], rank[a] + 1):
            columns[n].append(name)
    return columns


def _ordered(columns: list[list[str]], links: Sequence[Edge]) -> list[list[str]]:
    """The order of each layer after sweeps of barycentres; the best one met."""
    before, after = _neighbours(links)
    best, fewest = [list(c) for c in columns], crossings(columns, links)
    now = [list(c) for c in columns]
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        beside, numbers = (before, range(1, len(now))) if sweep % 2 == 0 else (after, range(len(now) - 2, -1, -1))
        for n in numbers:
            fixed = now[n - 1] if sweep % 2 == 0 else now[n + 1]
            now[n] = _by_barycentre(now[n], fixed, beside)
        found = crossings(now, links)
        if found < fewest:
            best, fewest = [list(c) for c in now], found
    return best


def _by_barycentre(column: Sequence[str], fixed: Sequence[str], beside: Mapping[str, Sequence[str]]) -> list[str]:
    place = {name: n for n, name in enumerate(fixed)}
    own = {name: n for n, name in enumerate(column)}

    def weight(name: str) -> float:
        those = [place[other] for other in beside.get(name, ()) if other in place]
        return sum(those) / len(those) if those else float(own[name])

    return sorted(column, key=lambda name: (weight(name), own[name]))


def crossings(columns: Sequence[Sequence[str]], links: Iterable[Edge]) -> int:
    """How often links between neighbouring layers cross."""
    place = {name: (n, m) for n, column in enumerate(columns) for m, name in enumerate(column)}
    between: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in links:
        between[place[a][0]].append((place[a][1], place[b][1]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0 for those in between.values() for n, a in enumerate(those) for b in those[:n]
    )


def _neighbours(links: Iterable[Edge]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: defaultdict[str, list[str]] = defaultdict(list)
    after: defaultdict[str, list[str]] = defaultdict(list)
    for a, b in links:
        after[a].append(b)
        before[b].append(a)
    return dict(before), dict(after)


def _places(
    order: Sequence[Sequence[str]], links: Sequence[Edge], heights: Mapping[str, float], down: float
) -> dict[str, float]:
    """The middle of each name along its layer, as near to the middle of its neighbours as the order allows."""
    before, after = _neighbours(links)
    middle: dict[str, float] = {}
    for column in order:
        at = 0.0
        for name in column:
            middle[name] = at + heights[name] / 2
            at += heights[name] + down
    for sweep in range(_SWEEPS):
        for column in order if sweep % 2 == 0 else reversed(order):
            wanted = []
            for name in column:
                both = [*before.get(name, ()), *after.get(name, ())]
                wanted.append(sum(middle[o] for o in both) / len(both) if both else middle[name])
            gaps = [(heights[a] + heights[b]) / 2 + down for a, b in pairwise(column)]
            middle |= dict(zip(column, spread(wanted, gaps), strict=True))
    top = min((middle[n] - heights[n] / 2 for n in middle), default=0.0)
    return {name: y - top for name, y in middle.items()}


def spread(wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The places nearest to those wanted (least squares) of which each is at least its gap after the one before."""
    ahead = [0.0]
    for gap in gaps:
        ahead.append(ahead[-1] + gap)
    pools: list[tuple[float, int]] = []  # sum and count: isotonic regression of what is wanted, less the gaps
    for place, shift in zip(wanted, ahead, strict=False):
        total, count = place - shift, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    level = [total / count for total, count in pools for _ in range(count)]
    return [value + shift for value, shift in zip(level, ahead, strict=False)]


def _lefts(order: Sequence[Sequence[str]], sizes: Mapping[str, Size], across: float) -> tuple[list[float], list[float]]:
    """Where each layer begins, and how wide it is."""
    widths = [max((sizes[name][0] for name in column if name in sizes), default=0.0) for column in order]
    lefts, at = [], 0.0
    for width in widths:
        lefts.append(at)
        at += width + across
    return lefts, widths
