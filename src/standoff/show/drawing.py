"""The chronology as SVG: rows of marks on a broken axis of time; marks of one day stand side by side, none on another.

Words keep their size, colours follow the page, and each mark is a button or a link in the page itself, so that it can
be reached with the keyboard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup, escape

from standoff.show.chronology import CONTACTS, ROW_ORDER, Mark
from standoff.show.timescale import BREAK, Scale, Segment, Stretch, scale, stretch_words

Opener = Callable[[tuple[str, ...], str, Markup], Markup]
"""Records, words for what is opened, and what is drawn → a button or link that opens their evidence."""

WIDTH, _LEFT, _RIGHT = 1040.0, 142.0, 1030.0
_CELL, _ROW = 16.0, 21.0  # room of a mark, height of a row with one line of marks
_MOST_LINES = 5
_LABELLED = 14  # contacts that have room for words
_LABEL = 6.7  # about the width of a letter
_TODAY = "day of the record"
_TICK = 48.0  # least room for the words of a day

_GLYPHS = {
    "dot": '<circle r="5"/>',
    "cross": '<path class="line" d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5"/>',
    "up": '<path d="M0-5.5 5.5 4.5h-11z"/>',
    "square": '<path d="M-4.5-4.5h9v9h-9z"/>',
    "down": '<path d="M0 5.5 5.5-4.5h-11z"/>',
    "stop": '<path class="line" d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5"/>',
    "speech": '<path d="M0-5.5 5.5 0 0 5.5-5.5 0z"/>',
    "bar": '<path d="M-6.5-3h13v6h-13z"/>',
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark with the middle of its place."""

    mark: Mark
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its name, its marks in their places (`left` has no room), its height."""

    name: str
    placed: tuple[_Placed, ...]
    left: tuple[tuple[float, float, int], ...]
    height: float


def draw_chronology(
    marks: Iterable[Mark], spans: tuple[Stretch, ...], sides: Sequence[str], today: date | None, opener: Opener
) -> Markup:
    """One drawing of the marks over stretches of time (not empty), `today` marked by a line."""
    found = list(marks)
    needs = _needs(found, 2 if len(spans) == 1 else 3)
    axis = scale(spans, _LEFT, _RIGHT, needs)
    body: list[Markup] = []
    contacts = [m for m in found if m.row == CONTACTS]
    at = 8.0
    if contacts:
        body.append(_words(0, at + 12, "Contacts", "head"))
        labelled = len(spans) == 1 and len(contacts) <= _LABELLED
        row = _listed(contacts, axis, at) if labelled else _packed("", contacts, axis, at)
        body += _drawn(row, axis, opener, labelled)
        at += row.height + 4
    axis_at = at + 4
    at += 34
    for number, side in enumerate(sides):
        own = [m for m in found if m.side == number]
        if own:
            body.append(_words(0, at + 12, side, f"head s{number}"))
            at += 20
            for name in (n for n in ROW_ORDER if any(m.row == n for m in own)):
                row = _packed(name, [m for m in own if m.row == name], axis, at)
                body.append(_words(8, at + 14, name, "row"))
                body += _drawn(row, axis, opener, False)
                at += row.height
            at += 10
    frame = Markup("").join([*_axis(axis, axis_at, at, needs), *_today(axis, today, at)])
    label = f"Chronology, {stretch_words(Stretch(spans[0].first, spans[-1].last))}"
    return Markup('<svg class="chron" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>').format(
        _n(WIDTH), _n(at), label, frame, Markup("").join(body)
    )


def glyph(shape: str, look: str, side: int | None, inferred: bool = False) -> Markup:
    """The sign of a mark, also for the legend; 18 wide and high."""
    ring = Markup('<circle class="ring" r="8"/>') if inferred else ""
    drawn = Markup(_GLYPHS[shape])
    classes = f"{look} {'c' if side is None else f's{side}'}"
    return Markup(
        '<svg class="g {}" viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">{}{}</svg>'
    ).format(classes, drawn, ring)


def _packed(name: str, marks: Sequence[Mark], axis: Scale, top: float) -> _Row:
    """The marks of a row, those of one day in a block that ends before the next one begins."""
    placed: list[_Placed] = []
    left: list[tuple[float, float, int]] = []
    lines = 1
    for x, cluster, room in _clusters(marks, axis):
        columns = max(1, min(len(cluster), int(room // _CELL)))
        most = columns * _MOST_LINES
        kept = cluster if len(cluster) <= most else cluster[: most - 1]
        for n, mark in enumerate(kept):
            placed.append(_Placed(mark, x + n % columns * _CELL, top + 10 + n // columns * _CELL))
        if len(kept) < len(cluster):
            n = len(kept)
            left.append((x + n % columns * _CELL, top + 10 + n // columns * _CELL, len(cluster) - n))
        lines = max(lines, -(-min(len(cluster), most) // columns))
    return _Row(name, tuple(placed), tuple(left), _ROW + (lines - 1) * _CELL)


def _clusters(marks: Sequence[Mark], axis: Scale) -> Iterator[tuple[float, list[Mark], float]]:
    """Marks that cannot be told apart by their place: where they begin, and the room up to the next."""
    places: list[tuple[Segment, float, list[Mark]]] = []
    for day, those in groupby(sorted(marks, key=lambda m: m.day), key=lambda m: m.day):
        segment = axis.segment(day)
        x = segment.x(day)
        if places and places[-1][0] is segment and x - places[-1][1] < _CELL:
            places[-1][2].extend(those)
        else:
            places.append((segment, x, list(those)))
    for n, (segment, x, together) in enumerate(places):
        following = places[n + 1] if n + 1 < len(places) else None
        yield x, together, (following[1] if following and following[0] is segment else segment.right) - x


def _listed(marks: Sequence[Mark], axis: Scale, top: float) -> _Row:
    """Each mark on a line of its own."""
    placed = tuple(_Placed(mark, axis.x(mark.day), top + 10 + n * _ROW) for n, mark in enumerate(marks))
    return _Row("", placed, (), _ROW * len(marks))


def _drawn(row: _Row, axis: Scale, opener: Opener, labelled: bool) -> Iterator[Markup]:
    for one in row.placed:
        mark = one.mark
        if labelled and mark.until > mark.day:
            yield Markup('<path class="span" d="M{} {}H{}"/>').format(_n(one.x), _n(one.y), _n(axis.x(mark.until)))
        drawn = opener(mark.records, mark.title, glyph(mark.shape, mark.look, mark.side, mark.inferred))
        yield Markup('<foreignObject x="{}" y="{}" width="18" height="18">{}</foreignObject>').format(
            _n(one.x - 9), _n(one.y - 9), drawn
        )
        if labelled:
            yield _beside(one, axis.x(mark.until))
    for x, y, count in row.left:
        yield _words(x - 7, y + 4, f"+{count}", "more")


def _beside(one: _Placed, end: float) -> Markup:
    """The words of a mark, on the side that has room for them."""
    words = one.mark.label
    if end + 14 + len(words) * _LABEL <= _RIGHT:
        return _words(end + 14, one.y + 4, words, "say")
    return _words(one.x - 14, one.y + 4, words, "say end")


def _axis(axis: Scale, y: float, bottom: float, needs: Mapping[date, float]) -> Iterator[Markup]:
    """The axis, what is named on it with a line through all rows, and the breaks in it."""
    for segment in axis.segments:
        yield Markup('<path class="axis" d="M{} {}H{}"/>').format(_n(segment.left), _n(y), _n(segment.right))
    for x, words in _ticks(axis, needs):
        yield Markup('<path class="grid" d="M{} 4V{}"/>').format(_n(x), _n(bottom))
        yield _words(x + 3, y + 15, words, "tick")
    for left, right, words in axis.breaks():
        yield Markup('<rect class="break" x="{}" y="0" width="{}" height="{}"/>').format(
            _n(left + 4), _n(right - left - 8), _n(bottom)
        )
        middle = (left + right) / 2
        yield Markup('<path class="zig" d="M{} {}l4-6 4 12 4-6"/>').format(_n(middle - 6), _n(y))
        for n, word in enumerate(words.split()):
            yield _words(middle, y + 18 + n * 11, word, "gap")


def _ticks(axis: Scale, needs: Mapping[date, float]) -> list[tuple[float, str]]:
    """What is named on the axis: each stretch where there are several, else the busiest days that have room."""
    if len(axis.segments) > 1:
        return [(s.left, _fitting(s)) for s in axis.segments]
    (segment,) = axis.segments
    named: list[tuple[float, str]] = []
    for day in sorted(needs, key=lambda d: (-needs[d], d)):
        x = segment.x(day) - _CELL / 2 - 2
        if day in segment.stretch and all(abs(x - other) >= _TICK for other, _ in named):
            named.append((x, f"{day.day} {day:%b}"))
    return sorted(named)


def _fitting(segment: Segment) -> str:
    """The words of a stretch, as many as there is room for."""
    first = segment.stretch.first
    room = (segment.right - segment.left + BREAK / 4) / _LABEL
    return next((w for w in (stretch_words(segment.stretch), f"{first:%b %Y}") if len(w) <= room), f"{first:%Y}")


def _needs(marks: Iterable[Mark], lines: int) -> dict[date, float]:
    """The room that a day needs for all its marks to stand in so many lines; contacts may have one each."""
    rows = Counter((m.day, m.side, m.row) for m in marks)
    needs: dict[date, float] = {}
    for (day, side, _), count in rows.items():
        columns = 1 if side is None and lines == 2 else -(-count // lines)
        needs[day] = max(needs.get(day, 0.0), columns * _CELL + 6)
    return needs


def _today(axis: Scale, today: date | None, bottom: float) -> Iterator[Markup]:
    if today and today in axis.segments[-1].stretch and today < axis.segments[-1].stretch.last:
        x = axis.x(today)
        yield Markup('<path class="today" d="M{} 0V{}"/>').format(_n(x), _n(bottom))
        late = x + len(_TODAY) * _LABEL > WIDTH
        yield _words(x - 4 if late else x + 4, bottom - 2, _TODAY, "tick end" if late else "tick")


def _words(x: float, y: float, words: str, kind: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, _n(x), _n(y), escape(words))


def _n(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
