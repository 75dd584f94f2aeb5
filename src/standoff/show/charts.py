"""Charts as inline SVG, drawn by Vega-Lite without a browser; colours follow the page's light and dark."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import vl_convert
from markupsafe import Markup

from standoff.analyse.tariffs import TariffPath, points
from standoff.analyse.timeline import TimelineEntry

_INK, _GRID = "#123456", "#654321"  # placeholders that become the page's own colours
SIDES = ("#0f6cbd", "#b5460f", "#5b6770", "#6b4fa0")  # by order of the sides; told apart without red and green
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
    drawn = re.sub(
        r'<svg[^>]*?viewBox="([^"]+)"[^>]*>', rf'<svg viewBox="\1" role="img" aria-label="{label}">', drawn, count=1
    )
    return Markup(drawn)


def tariff_steps(paths: Sequence[TariffPath], parties: dict[str, str], until: date) -> Markup | None:
    """Rates in force by date, one line a side and class of goods; threatened rates as hollow points, apart."""
    steps, threats = [], []
    for path in paths:
        who = f"{parties.get(path.by, path.by)} on {parties.get(path.on, path.on)}"
        for line in path.lines:
            corners = [(day, rate) for day, rate in points(line) if rate is not None]
            if not corners:
                continue
            name = f"{who}: {line.scope}"
            steps += [{"day": d.isoformat(), "rate": r, "line": name, "side": who} for d, r in corners]
            end = max(until, corners[-1][0] + timedelta(days=1))
            steps.append({"day": end.isoformat(), "rate": corners[-1][1], "line": name, "side": who})
        threats += [
            {"day": t.day.isoformat(), "rate": t.named, "side": who} for t in path.threats if t.named is not None
        ]
    if not steps and not threats:
        return None
    x = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%b %Y", "tickCount": 8, "labelOverlap": True},
    }
    y = {"field": "rate", "type": "quantitative", "title": "percent"}
    sides = sorted({str(s["side"]) for s in [*steps, *threats]})
    colour = {"field": "side", "type": "nominal", "scale": {"domain": sides, "range": list(SIDES[: len(sides)])}}
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
    return svg(
        {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": 640, "height": 220, "layer": layers},
        "Tariff rates by date, as reports name them",
    )


_SHAPES = {
    "held": "circle",
    "planned": "diamond",
    "sought": "triangle-right",
    "considered": "square",
    "missed": "cross",
    "refused": "cross",
    "not-planned": "stroke",
}


def contact_dots(entries: Sequence[TimelineEntry]) -> Markup | None:
    """Contacts along time, one row a level; the shape tells the status."""
    rows = []
    for entry in entries:
        if entry.when is None or not (entry.when.first or entry.when.last):
            continue
        day = entry.when.first or entry.when.last
        assert day is not None
        rows.append(
            {"day": day.isoformat(), "level": entry.level or "not stated", "status": entry.status, "kind": entry.kind}
        )
    if len(rows) < 2:
        return None
    statuses = [s for s in _SHAPES if any(r["status"] == s for r in rows)]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 640,
        "height": 120,
        "data": {"values": rows},
        "mark": {"type": "point", "filled": False, "size": 110, "strokeWidth": 2, "opacity": 0.85, "stroke": _INK},
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "title": None,
                "axis": {"format": "%b %Y", "tickCount": 8, "labelOverlap": True},
            },
            "y": {
                "field": "level",
                "type": "nominal",
                "title": None,
                "sort": ["leader", "minister", "deputy", "working", "not stated"],
                "axis": {"minExtent": 78},
            },
            "shape": {
                "field": "status",
                "type": "nominal",
                "scale": {"domain": statuses, "range": [_SHAPES[s] for s in statuses]},
            },
        },
    }
    return svg(spec, "Contacts by date, level and status")
