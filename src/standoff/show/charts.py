"""Charts as inline SVG, drawn by Vega-Lite without a browser; colours follow the page's light and dark."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import vl_convert
from markupsafe import Markup

from standoff.analyse.tariffs import TariffPath, points

_INK, _GRID = "#123456", "#654321"  # placeholders that become the page's own colours
_SIDES = ("#0f6cbd", "#b5460f", "#6b4fa0", "#5b6770")  # by order of the sides; told apart without red and green
_WIDTH, _HEIGHT = 640, 240
_LETTER, _LONGEST = 6.2, 40  # about the width of a letter; letters of the words of a line
_APART = 13  # least height between the words of two lines that stand side by side
_CONFIG: dict[str, Any] = {
    "background": None,
    "padding": 6,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": _INK,
        "titleColor": _INK,
        "gridColor": _GRID,
        "domainColor": _GRID,
        "tickColor": _GRID,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "legend": {
        "labelColor": _INK,
        "titleColor": _INK,
        "labelFontSize": 12,
        "orient": "top",
        "columnPadding": 26,
        "title": None,
        "symbolStrokeWidth": 2,
    },
    "header": {"labelColor": _INK, "titleColor": _INK},
}


def svg(spec: dict[str, Any], label: str) -> Markup:
    """A Vega-Lite specification as SVG that scales with the page and names itself to a screen reader."""
    drawn: str = vl_convert.vegalite_to_svg(json.dumps(spec | {"config": _CONFIG}, sort_keys=True), vl_version="5.20")
    drawn = drawn.replace(_INK, "currentColor").replace(_GRID, "var(--rule)")
    for number, colour in enumerate(_SIDES):
        drawn = drawn.replace(colour, f"var(--side{number}, {colour})")
    drawn = re.sub(
        r'<svg[^>]*?viewBox="([^"]+)"[^>]*>', rf'<svg viewBox="\1" role="img" aria-label="{label}">', drawn, count=1
    )
    return Markup(drawn)


def tariff_steps(paths: Sequence[TariffPath], parties: dict[str, str], until: date) -> Markup | None:
    """Rates in force by date, one line a side and class of goods, each with its words; threatened rates apart.

    `parties` are the names by code, in the order that gives the colours.
    """
    steps, threats, colours = [], [], {}
    for path in paths:
        who = f"{parties.get(path.by, path.by)} on {parties.get(path.on, path.on)}"
        number = list(parties).index(path.by) if path.by in parties else len(_SIDES) - 1
        for line in path.lines:
            corners = [(day, rate) for day, rate in points(line) if rate is not None]
            if not corners:
                continue
            colours[who] = _SIDES[min(number, len(_SIDES) - 1)]
            name = ", for ".join(filter(None, (f"{who}: {line.scope}", line.reason)))
            steps += [{"day": d.isoformat(), "rate": r, "line": name, "side": who} for d, r in corners]
            end = max(until, corners[-1][0] + timedelta(days=1))
            steps.append({"day": end.isoformat(), "rate": corners[-1][1], "line": name, "side": who})
        for t in path.threats:
            if t.named is not None:
                colours[who] = _SIDES[min(number, len(_SIDES) - 1)]
                threats.append({"day": t.day.isoformat(), "rate": t.named, "line": "threatened", "side": who})
    if not colours:
        return None
    x = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%b %Y", "tickCount": 8, "labelOverlap": True},
    }
    y = {"field": "rate", "type": "quantitative", "title": "percent"}
    scale = {"domain": list(colours), "range": list(colours.values())}
    colour = {"field": "side", "type": "nominal", "scale": scale}
    layers: list[dict[str, Any]] = []
    if steps:
        layers.append(
            {
                "data": {"values": steps},
                "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5, "point": {"size": 30}},
                "encoding": {"x": x, "y": y, "color": colour, "detail": {"field": "line"}},
            }
        )
    if threats:
        layers.append(
            {
                "data": {"values": threats},
                "mark": {"type": "point", "filled": False, "size": 90, "shape": "triangle-up", "strokeWidth": 2},
                "encoding": {"x": x, "y": y, "color": colour},
            }
        )
    for (align, below), told in _named(steps, threats):
        beside = {"align": align, "dx": 4 if align == "left" else -4, "dy": 14 if below else -8}
        mark = {"type": "text", "fontSize": 11.5} | beside
        text = {"field": "words", "type": "nominal"}
        layers.append(
            {
                "data": {"values": told},
                "mark": mark | {"fill": _INK},
                "encoding": {"x": x, "y": y, "text": text},
            }
        )
    return svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": _WIDTH,
            "height": _HEIGHT,
            "layer": layers,
        },
        "Tariff rates by date, as reports name them",
    )


def _named(
    steps: Sequence[dict[str, Any]], threats: Sequence[dict[str, Any]]
) -> Iterator[tuple[tuple[str, bool], list[Any]]]:
    """The words of lines and threats where they begin: on which side of it, and whether below; none on other words."""
    every = [*steps, *threats]
    days = [date.fromisoformat(s["day"]).toordinal() for s in every]
    span, top = max(days) - min(days) or 1, max(s["rate"] for s in every) or 1.0
    heights = {(1 - s["rate"] / top) * _HEIGHT for s in every}
    placed: list[tuple[float, float, float]] = []
    told: dict[tuple[str, bool], list[Any]] = {}
    firsts = {(s["line"], s["side"]): s for s in reversed(steps)}
    for one in (*threats, *reversed(firsts.values())):
        goods = one["line"].removeprefix(f"{one['side']}: ")
        words = f"{one['rate']:g}% {goods if len(goods) <= _LONGEST else goods[: _LONGEST - 1] + '…'}"
        width = len(words) * _LETTER
        x = (date.fromisoformat(one["day"]).toordinal() - min(days)) / span * _WIDTH
        align = "left" if x + width < _WIDTH else "right"
        start = x if align == "left" else x - width
        y = (1 - one["rate"] / top) * _HEIGHT
        below = y + 18 < _HEIGHT and any(0 < y - other < _APART + 4 for other in heights)
        y += 22 if below else 0
        if all(abs(y - b) >= _APART or start > e + 8 or start + width + 8 < s for s, e, b in placed):
            placed.append((start, start + width, y))
            told.setdefault((align, below), []).append({"day": one["day"], "rate": one["rate"], "words": words})
    yield from sorted(told.items())
