"""The brief: one self-contained HTML page of a record, every line with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from standoff import __version__
from standoff.analyse.conflict import Conflict, conflicts, contested_records
from standoff.analyse.dating import placed
from standoff.analyse.deadlock import Unlock, Waiver
from standoff.analyse.facts import facts
from standoff.analyse.headline import Headline, headline
from standoff.analyse.known import Known
from standoff.analyse.linked import LinkedAct, Waiting, outcome, waiting
from standoff.analyse.periods import standing_since
from standoff.analyse.positions import VERBS, Position
from standoff.analyse.state import State, state
from standoff.analyse.stock import StandingMeasure, measure_words
from standoff.analyse.tariffs import INDICATIVE, tariffs
from standoff.analyse.timeline import TimelineEntry
from standoff.model.dates import When
from standoff.model.lineage import Lineage, Screening
from standoff.show import charts, concluded
from standoff.show.evidence import Pins, shown
from standoff.show.origins import compiled, origin_line, told_by
from standoff.show.related import copies_of, related

FLAGS: Mapping[str, tuple[str, str]] = {
    "expected": ("expected", "not done yet: a report expects it"),
    "hypothetical": ("hypothetical", "told with if, could or might"),
    "by-sources": ("by sources", "told by unnamed sources"),
    "inferred-date": ("date inferred", "nobody gave the report's date: it is concluded from what it says"),
    "undated": ("undated", "no date is known"),
    "contested": ("contested", "another account contradicts it"),
}
"""What a badge says, and in a few words why."""

_STRENGTH_BADGES = {"by-source": ("by a source", "told by unnamed or other sources")}
_MOST_UNLOCKS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: its words, badges and the numbers of its evidence."""

    text: str
    pins: tuple[int, ...]
    badges: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    note: str = ""
    dates: str = ""


def page(
    known: Known,
    as_of: date | None = None,
    screenings: Mapping[str, Screening] | None = None,
    lineage: Lineage | None = None,
) -> str:
    """The brief as of a day (by default the newest in the record), as HTML. Deterministic.

    `screenings` by report id let it show how the words of spun reports were read, `lineage` where reports come from
    and what differs between copies.
    """
    screened, descent = screenings or {}, lineage or Lineage(relations=known.relations)
    disputes = conflicts(known, as_of)
    found = state(known, as_of, contested_records(disputes))
    graph = waiting(known, as_of, standing_since(known, as_of))
    pins = Pins(known, screened)
    names = {p.code: p.name for p in known.pack.parties}
    view: dict[str, Any] = {
        "title": known.pack.title,
        "version": __version__,
        "as_of": found.as_of,
        "headline": _headline(headline(known, found, graph, disputes), pins),
        "sides": [(code, names.get(code, code)) for code in known.pack.between],
        "matrix": _matrix(known, found, pins),
        "accusations": [_position(known, p, pins) for p in found.accusations],
        "measures": [_measure(known, m, pins, names) for m in found.measures],
        "tariff_chart": charts.tariff_steps(tariffs(known, as_of), names, found.as_of or date.min),
        "indicative": INDICATIVE,
        "contacts": [_contact(known, e, pins, names) for e in found.contacts],
        "contact_chart": charts.contact_dots(found.contacts),
        "linkages": _linkages(graph, pins, names),
        "conflicts": [_conflict(c, pins) for c in disputes],
        "history": [_position(known, p, pins) for p in found.history],
        "reports": _reports(known, screened, descent),
        "copies": related(known, descent),
        "counts": _counts(known),
        **concluded.parts(known, as_of, screened, pins),
    }
    view["evidence"] = pins.all(_together(known))
    return _environment().get_template("brief.html.j2").render(view)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("standoff.show"), autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals["css"] = Markup(_source(environment, "brief.css"))
    return environment


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _together(known: Known) -> dict[str, tuple[str, ...]]:
    return {id: fact.records for fact in facts(known) for id in fact.records if len(fact.records) > 1}


def _headline(found: Headline, pins: Pins) -> list[dict[str, Any]]:
    """The sentences of the state of play, each in parts with the numbers of their evidence."""
    return [
        {"topic": s.topic, "parts": [Line(shown(p.text), pins.numbers(p.records, 3)) for p in s.parts]}
        for s in found.sentences
    ]


def _matrix(known: Known, found: State, pins: Pins) -> list[dict[str, Any]]:
    """Issue × side, issues in the pack's order; sides without a position there are shown as not stated."""
    order = {issue.id: n for n, issue in enumerate(known.pack.issues)}
    names = {issue.id: issue.name for issue in known.pack.issues}
    rows = []
    matrix = found.matrix()
    for issue in sorted(matrix, key=lambda i: (order.get(i, len(order)), i)):
        cells = [_cell(known, matrix[issue].get(side, ()), pins) for side in known.pack.between]
        if any(cell["now"] or cell["before"] for cell in cells):
            rows.append({"issue": names.get(issue, issue), "cells": cells})
    return rows


def _cell(known: Known, positions: Iterable[Position], pins: Pins) -> dict[str, list[Line]]:
    """What a side holds on an issue: what newer reports still tell, and apart from it what none has told since."""
    cell: dict[str, list[Line]] = {"now": [], "before": []}
    for position in sorted(positions, key=lambda p: (p.last or date.min, p.id), reverse=True):
        cell["before" if "not-met-since" in position.flags else "now"].append(_position(known, position, pins))
    return cell


def _position(known: Known, position: Position, pins: Pins) -> Line:
    sources = list(dict.fromkeys(s.source for s in position.sightings))
    note = "; ".join(sources[:2]) + (f" and {len(sources) - 2} more" if len(sources) > 2 else "")
    note += f" · {told_by(known, position.records)}"
    badges = tuple(FLAGS[flag] for flag in position.flags if flag in FLAGS)
    kind = VERBS[position.kind] if position.status != "hypothetical" else f"might {position.kind}"
    return Line(
        shown(position.what),
        pins.numbers(position.records),
        badges,
        kind,
        shown(note),
        _days(position.first, position.last),
    )


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _measure(known: Known, measure: StandingMeasure, pins: Pins, names: Mapping[str, str]) -> dict[str, Any]:
    told = {
        "announced": measure.announced,
        "effective": measure.effective,
        "suspended": measure.suspended,
        "removed": measure.removed,
    }
    dates = [(label, shown_when(d.when)) for label, those in told.items() for d in those]
    return {
        "line": Line(
            shown(measure_words(measure)),
            pins.numbers(measure.records),
            tuple(FLAGS[f] for f in measure.flags if f in FLAGS),
            note=shown(told_by(known, measure.records)),
        ),
        "by": names.get(measure.by or "", measure.by or "not stated"),
        "on": names.get(measure.on or "", measure.on or "not stated"),
        "status": measure.status,
        "dates": dates,
        "reason": shown(measure.reason) if measure.reason else "",
        "met": _days(*measure.met),
    }


def _contact(known: Known, entry: TimelineEntry, pins: Pins, names: Mapping[str, str]) -> dict[str, Any]:
    who = ", ".join(shown(w) for w in entry.who) or " and ".join(names.get(p, p) for p in entry.parties)
    when = shown_when(entry.when) if entry.when and entry.basis == "told" else ""
    return {
        "line": Line(
            who,
            pins.numbers(entry.records),
            tuple(FLAGS[f] for f in entry.flags if f in FLAGS),
            note=shown(told_by(known, entry.records)),
        ),
        "kind": entry.kind,
        "place": shown(entry.place) if entry.place else "",
        "when": when or (f"reported {shown_when(entry.when)}" if entry.when else "not stated"),
        "words": shown(entry.when_words) if entry.when_words else "",
        "level": entry.level or "",
        "status": entry.status,
        "missed": entry.missed,
        "unconfirmed": entry.unconfirmed,
    }


def shown_when(when: When) -> str:
    """An interval in plain words: `2019-06-29`, `June 2019`, `by 2018-05-01`, `2019-06-21 to 2019-06-30`."""
    if when.first is None:
        return f"by {when.last}"
    if when.last is None:
        return f"from {when.first} on"
    if when.precision == "month":
        return f"{when.first:%B %Y}"
    if when.precision == "year":
        return f"{when.first:%Y}"
    return f"{when.first}" if when.first == when.last else f"{when.first} to {when.last}"


def _linkages(graph: Waiting, pins: Pins, names: Mapping[str, str]) -> dict[str, Any]:
    """Arrows that reports state, those only implied, circles of waiting, and what would unlock them."""
    acts = {act.id: act for act in graph.acts}
    arrows = [
        Line(
            f"{_act(acts[a.waits], names)}, only after: {_act(acts[a.needs], names)}",
            pins.numbers(a.records),
            kind=a.kind,
            note=shown(told_by(pins.known, a.records)),
            badges=(_STRENGTH_BADGES[a.strength],) if a.strength in _STRENGTH_BADGES else (),
        )
        for a in graph.arrows
    ]
    circles = [
        Line("; ".join(_act(acts[id], names) for id in c), pins.numbers(r for id in c for r in acts[id].records))
        for c in graph.circles
    ]
    return {
        "stated": [line for arrow, line in zip(graph.arrows, arrows, strict=True) if arrow.strength != "implied"],
        "implied": [line for arrow, line in zip(graph.arrows, arrows, strict=True) if arrow.strength == "implied"],
        "circles": circles,
        "unlocks": [_unlock(acts, u, pins, names) for u in outcome(graph, implied=False).unlocks[:_MOST_UNLOCKS]],
    }


def _unlock(acts: Mapping[str, LinkedAct], unlock: Unlock, pins: Pins, names: Mapping[str, str]) -> Line:
    waived = " and ".join(_waiver(acts, w, names) for w in unlock.waived)
    gained = "; ".join(_act(acts[id], names) for id in unlock.gained)
    return Line(
        f"{waived}. Then could follow: {gained}", pins.numbers(r for w in unlock.waived for r in acts[w.act].records)
    )


def _waiver(acts: Mapping[str, LinkedAct], waiver: Waiver, names: Mapping[str, str]) -> str:
    act = _act(acts[waiver.act], names)
    if waiver.needs is None:
        return f"If the refusal were given up: {act}"
    return f"If this did not wait for {_act(acts[waiver.needs], names)}: {act}"


def _act(act: LinkedAct, names: Mapping[str, str]) -> str:
    """Whose act and what, the name not said twice."""
    name = names.get(act.actor or "", act.actor or "")
    what = shown(act.what)
    return what if not name or name.lower() in what.lower() else f"{name}: {what}"


def _conflict(conflict: Conflict, pins: Pins) -> dict[str, Any]:
    return {
        "about": " and ".join(dict.fromkeys(shown(account.source) for account in (conflict.a, conflict.b))),
        "sides": [
            Line(shown(account.words), pins.numbers([account.record]), note=shown(account.source))
            for account in (conflict.a, conflict.b)
        ],
        "why": shown(conflict.explanation),
    }


def _reports(known: Known, screenings: Mapping[str, Screening], lineage: Lineage) -> list[dict[str, Any]]:
    rows = []
    inferred = {p.report: p.reason for p in placed(known)}
    for report in known.reports:
        published, origin = report.published, [origin_line(lineage.origin(report.id)), compiled(lineage, report.id)]
        rows.append({
            "name": report.name, "title": shown(report.title or ""), "outlet": report.outlet or "not stated",
            "day": published.day.isoformat() if published else "not stated",
            "inferred": shown(inferred.get(report.id, "")),
            "kinds": copies_of(known, report, screenings.get(report.id)),
            "origin": shown("; ".join(filter(None, origin))),
        })  # fmt: skip
    return rows


def _counts(known: Known) -> dict[str, int]:
    return {
        "reports": len(known.reports), "origins": len({known.origin(r.id) for r in known.reports}),
        "statements": len(known.statements), "moves": len(known.moves), "measures": len(known.measures),
        "contacts": len(known.contacts), "linkages": len(known.linkages),
    }  # fmt: skip
