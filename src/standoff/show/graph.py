"""What waits for what as a drawing: acts as boxes, what must come first at the left, circles of waiting marked.

The side stands in colour and in words, how firmly a condition is told in the style of its line; every box and every
line opens its evidence. One drawing a group of acts that nothing joins to the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from standoff.analyse.acts import Strength
from standoff.analyse.linked import Arrow, LinkedAct
from standoff.show.layers import Layout, Point, components, layered

Opened = Callable[[tuple[str, ...], str], Markup]
"""Records, and what they show → the numbers (or link) that open their evidence."""

_BOX, _LINE, _HEAD, _PAD, _LETTERS = 202.0, 17.0, 20.0, 14.0, 24
_ACROSS, _DOWN, _MARGIN = 74.0, 16.0, 8.0
_FIRMNESS: tuple[Strength, ...] = ("stated", "by-source", "implied")
_LEAST = 2
MOST_ACTS = 40
"""Acts that are drawn; more are only in the list."""


@dataclass(frozen=True, slots=True)
class Box:
    """An act as it is drawn: whose it is in words, the number of its side (None: of no side), and what it is."""

    id: str
    who: str
    side: int | None
    what: str
    records: tuple[str, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class _Tie:
    """One line: from what must come first to what waits for it; `both` where each waits for the other."""

    first: str
    then: str
    both: bool
    kind: str
    strength: Strength
    records: tuple[str, ...]


def box(act: LinkedAct, who: str, side: int | None, what: str) -> Box:
    """The box of an act."""
    return Box(act.id, who, side, what, act.records, act.red_line)


def draw_graph(
    boxes: Sequence[Box], arrows: Sequence[Arrow], circles: Sequence[Sequence[str]], opened: Opened
) -> tuple[Markup, ...]:
    """The drawings, groups with a circle of waiting first, then the largest; none larger than can be read."""
    ties = _ties(arrows)
    by_id = {b.id: b for b in boxes}
    joined = {end for tie in ties for end in (tie.first, tie.then)}
    groups = components([b.id for b in boxes if b.id in joined], [(t.first, t.then) for t in ties])
    round_of = {id: n for n, circle in enumerate(circles) for id in circle}
    ordered = sorted(groups, key=lambda g: (round_of.keys().isdisjoint(g), -len(g)))
    drawn: list[Markup] = []
    room = MOST_ACTS
    for group in ordered:
        if room < _LEAST:
            break
        kept = _nearest(group, ties, round_of, room)
        own = [t for t in ties if t.first in kept and t.then in kept]
        if own:
            drawn.append(_one({id: by_id[id] for id in group if id in kept}, own, round_of, opened))
            room -= len(kept)
    return tuple(drawn)


def _nearest(group: Sequence[str], ties: Sequence[_Tie], round_of: Mapping[str, int], most: int) -> frozenset[str]:
    """The acts of a group, at most so many: those on circles and what lies nearest to them, else to the busiest."""
    if len(group) <= most:
        return frozenset(group)
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for tie in ties:
        beside[tie.first].append(tie.then)
        beside[tie.then].append(tie.first)
    found: dict[str, None] = {}
    ahead = sorted(group, key=lambda id: (id not in round_of, -len(beside[id]), id))
    ahead = [id for id in ahead if id in round_of] or ahead[:1]
    for id in ahead:  # grows as it goes
        if len(found) < most and id not in found:
            found[id] = None
            ahead += beside[id]
    return frozenset(found)


def _ties(arrows: Sequence[Arrow]) -> list[_Tie]:
    """One line for each two acts, as firm as what is told least firmly; two heads where each waits for the other."""
    best: dict[tuple[str, str], Arrow] = {}
    for arrow in sorted(arrows, key=lambda a: (_FIRMNESS.index(a.strength), a.kind, a.waits, a.needs)):
        best.setdefault((arrow.needs, arrow.waits), arrow)
    ties: list[_Tie] = []
    done: set[tuple[str, str]] = set()
    for (first, then), arrow in sorted(best.items()):
        back = best.get((then, first))
        if (then, first) in done:
            continue
        done.add((first, then))
        those = [arrow, back] if back else [arrow]
        strength = max((a.strength for a in those), key=_FIRMNESS.index)
        kind = arrow.kind if len({a.kind for a in those}) == 1 else "each waits for the other"
        records = tuple(dict.fromkeys(r for a in those for r in a.records))
        ties.append(_Tie(first, then, back is not None, kind, strength, records))
    return ties


def _one(boxes: Mapping[str, Box], ties: Sequence[_Tie], round_of: Mapping[str, int], opened: Opened) -> Markup:
    lines = {id: _wrapped(b.what) for id, b in boxes.items()}
    sizes = {id: (_BOX, _HEAD + _PAD + _LINE * lines[id]) for id, b in boxes.items()}
    laid = layered(sizes, [(t.first, t.then) for t in ties], _ACROSS, _DOWN)
    ends = Counter(t.first for t in ties), Counter(t.then for t in ties)
    parts = [_edge(tie, laid, round_of, opened, _part(ends[0][tie.first], ends[1][tie.then])) for tie in ties]
    for id, one in boxes.items():
        x, y = laid.boxes[id]
        stuck = " stuck" if id in round_of else ""
        side = "none" if one.side is None else str(one.side)
        tags = [word for word, there in (("refused", one.refused), ("in a circle", id in round_of)) if there]
        tag = Markup('<span class="no">{}</span>').format(", ".join(tags)) if tags else Markup("")
        parts.append(
            Markup(
                '<foreignObject x="{}" y="{}" width="{}" height="{}"><div class="act side{}{}">'
                "<strong>{}{}</strong> {}{}</div></foreignObject>"
            ).format(
                _n(x), _n(y), _n(_BOX), _n(sizes[id][1]), side, stuck, one.who, tag, one.what,
                opened(one.records, f"{one.who}: {one.what}"),
            )
        )  # fmt: skip
    label = f"What waits for what: {len(boxes)} acts"
    return Markup('<svg class="graph" viewBox="{} {} {} {}" width="{}" role="group" aria-label="{}">{}</svg>').format(
        _n(-_MARGIN), _n(-_MARGIN), _n(laid.width + 2 * _MARGIN), _n(laid.height + 2 * _MARGIN),
        _n(laid.width + 2 * _MARGIN), label, Markup("").join(parts),
    )  # fmt: skip


def _edge(tie: _Tie, laid: Layout, round_of: Mapping[str, int], opened: Opened, part: float) -> Markup:
    """A line with its heads, and what opens its evidence on it: nearer to the end where fewer lines meet."""
    points = list(laid.routes[tie.first, tie.then])
    stuck = tie.first in round_of and round_of[tie.first] == round_of.get(tie.then)
    heads = [_head(points[-1], points[-2])]
    if tie.both:
        heads.append(_head(points[0], points[1]))
    x, y = _on_way(points, part)
    about = f"{tie.kind}, {tie.strength.replace('-', ' ')}"
    return Markup(
        '<g class="tie {}{}"><path class="way" d="{}"/>{}<foreignObject x="{}" y="{}" width="44" height="22">'
        '<span class="on">{}</span></foreignObject></g>'
    ).format(
        tie.strength, " stuck" if stuck else "", _curve(points), Markup("").join(heads), _n(x - 22), _n(y - 11),
        opened(tie.records, about),
    )  # fmt: skip


def _curve(points: Sequence[Point]) -> str:
    """A smooth line: level where it passes a layer, curved between."""
    (x, y), *rest = points
    drawn = [f"M{_n(x)} {_n(y)}"]
    for to_x, to_y in rest:
        bend = (to_x - x) / 2
        level = to_y == y
        drawn.append(
            f"H{_n(to_x)}" if level else f"C{_n(x + bend)} {_n(y)} {_n(to_x - bend)} {_n(to_y)} {_n(to_x)} {_n(to_y)}"
        )
        x, y = to_x, to_y
    return "".join(drawn)


def _head(tip: Point, before: Point) -> Markup:
    """The head of an arrow that arrives level."""
    way = 8 if tip[0] > before[0] else -8
    x, y = tip
    return Markup('<path class="head" d="M{} {}l{} -4.5v9z"/>').format(_n(x), _n(y), _n(-way))


def _part(leaving: int, arriving: int) -> float:
    """After which part of its way a line shows its evidence: near the end where fewer lines meet."""
    return 0.5 if leaving == arriving else 0.26 if arriving > leaving else 0.74


def _on_way(points: Sequence[Point], part: float) -> Point:
    """A point on the first curve of a line, after a part of its way."""
    (x1, y1), (x2, y2) = points[0], points[1]
    t, back, middle = part, 1 - part, (x1 + x2) / 2
    return back**3 * x1 + 3 * t * back * middle + t**3 * x2, y1 * back**2 * (1 + 2 * t) + y2 * t**2 * (3 - 2 * t)


def _wrapped(words: str) -> int:
    """About how many lines the words take in a box, the number of their evidence with them."""
    lines, at = 1, 0
    for word in f"{words} 99".split():
        long = len(word)
        if at and at + 1 + long > _LETTERS:
            lines, at = lines + 1, 0
        lines += max(0, long - 1) // _LETTERS
        at += long + (1 if at else 0)
    return lines


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") or "0"


def legend_line(strength: str) -> Markup:
    """A sample of a line, for the legend."""
    return Markup(
        '<svg class="graph sample" viewBox="0 0 44 12" width="44" height="12" aria-hidden="true">'
        '<g class="tie {}"><path class="way" d="M1 6H35"/><path class="head" d="M43 6l-8-4.5v9z"/></g></svg>'
    ).format(escape(strength))
