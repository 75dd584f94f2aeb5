"""The brief: one self-contained HTML page of a record, every line with its evidence.

First what must be known (state of play, what changed, what blocks, next contacts), then a room for each question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from standoff import __version__
from standoff.analyse.conflict import Conflict, conflicts, contested_records
from standoff.analyse.dating import placed
from standoff.analyse.facts import facts
from standoff.analyse.fulfilment import fulfilment
from standoff.analyse.headline import Headline, headline
from standoff.analyse.known import Known
from standoff.analyse.linked import waiting
from standoff.analyse.periods import newest_period, standing_since
from standoff.analyse.phrases import day_words, first_up
from standoff.analyse.positions import Position
from standoff.analyse.state import State, state
from standoff.analyse.tariffs import INDICATIVE, tariffs
from standoff.model.lineage import Lineage, Screening
from standoff.model.report import Report
from standoff.show import blocking, charts, concluded, standing
from standoff.show.chronology import Chronology, Mark, chronology
from standoff.show.drawing import draw_chronology, glyph
from standoff.show.evidence import Pins, shown
from standoff.show.graph import legend_line
from standoff.show.open_questions import questions
from standoff.show.origins import compiled, origin_line
from standoff.show.related import copies_of, related
from standoff.show.timescale import Stretch
from standoff.show.wording import Line, bracketed, position_line, some

_ROWS = 100  # contacts and reports, the newest
_FIRST_SCREEN = ("positions", "measures", "conflicts")  # of the headline; the rest is told beside it


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
    kept = fulfilment(known, as_of)
    told = headline(known, found, graph, disputes)
    pins = Pins(known, screened)
    names = {p.code: p.name for p in known.pack.parties}
    between = known.pack.between
    view: dict[str, Any] = {
        "title": known.pack.title,
        "version": __version__,
        "as_of": day_words(found.as_of) if found.as_of else None,
        "headline": _headline(told, pins),
        "changes": concluded.changed(known, as_of, {r for s in told.sentences for r in s.records}, pins),
        "blocks": blocking.blocks(known, graph, as_of, pins),
        "coming": standing.coming(known, found.contacts, as_of, pins),
        "sides": [(code, names.get(code, code)) for code in between],
        "matrix": standing.matrix(known, found, pins),
        "since": _since(known, as_of),
        "accusations": some(_newest(found.accusations), lambda p: position_line(known, p, pins)),
        "history": some(_newest(found.history), lambda p: position_line(known, p, pins)),
        "chronology": _chronology(known, found, pins),
        "tariff_chart": charts.tariff_steps(tariffs(known, as_of), names, found.as_of or date.min),
        "indicative": INDICATIVE,
        "measures": standing.measures(known, found.measures, as_of, pins),
        "contacts": some(found.contacts[::-1], lambda e: standing.contact(known, e, pins), _ROWS),
        "linkages": blocking.linkages(known, graph, between, pins, blocking.numbered(pins)),
        "conflicts": some(disputes, lambda c: _conflict(c, pins)),
        "questions": questions(known, found, told, disputes, kept, pins),
        "reports": some(known.reports[-_ROWS:], lambda r: _report(known, r, screened, descent), _ROWS),
        "copies": related(known, descent),
        "counts": _counts(known),
        **concluded.parts(known, as_of, screened, kept, pins),
    }
    view["evidence"] = pins.all(_together(known))
    return _environment().get_template("brief.html.j2").render(view)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("standoff.show"), autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals.update(
        css=Markup("".join(_style(*place) for place in (("templates", "brief.css"), ("static", "drawn.css")))),
        glyph=glyph, legend_line=legend_line,
    )  # fmt: skip
    return environment


def _style(folder: str, name: str) -> str:
    return resources.files("standoff.show").joinpath(folder, name).read_text(encoding="utf-8")


def _together(known: Known) -> dict[str, tuple[str, ...]]:
    return {id: fact.records for fact in facts(known) for id in fact.records if len(fact.records) > 1}


def _since(known: Known, as_of: date | None) -> str:
    """The first day of the newest reports, in words."""
    period = newest_period(known, as_of)
    return day_words(period[0]) if period else ""


def _headline(found: Headline, pins: Pins) -> list[dict[str, Any]]:
    """The sentences of the state of play, each in parts: words, who says so, and the numbers of their evidence."""
    return [
        {
            "topic": s.topic,
            "parts": [Line(*_said(shown(p.text), bool(p.records), pins.numbers(p.records, 3))) for p in s.parts],
        }
        for s in found.sentences
        if s.topic in _FIRST_SCREEN
    ]


def _said(text: str, rests: bool, numbers: tuple[int, ...]) -> tuple[str, tuple[int, ...], tuple[()], str, str]:
    """A part as words and, apart, who says so: the brackets at its end."""
    words, source = bracketed(text) if rests else (text, "")
    return words, numbers, (), "", source


def _chronology(known: Known, found: State, pins: Pins) -> Chronology:
    sides = [p.name for code in known.pack.between for p in known.pack.parties if p.code == code]

    def opener(records: tuple[str, ...], title: str, drawn: Markup) -> Markup:
        (number,) = pins.numbers(records, 1)
        return Markup('<button class="mk" popovertarget="e{}" title="{}" aria-label="{}">{}</button>').format(
            number, title, title, drawn
        )

    def draw(marks: Iterable[Mark], spans: tuple[Stretch, ...]) -> Markup:
        return draw_chronology(marks, spans, sides, found.as_of, opener)

    return chronology(known, found, draw)


def _conflict(conflict: Conflict, pins: Pins) -> dict[str, Any]:
    """Two accounts beside each other, and in a few words how they differ: without what the page says of all."""
    a, b = conflict.a, conflict.b
    why = conflict.explanation.removeprefix(f"{a.source}, and {b.source}: ").partition(". Both accounts")[0]
    return {
        "sides": [
            Line(f"“{shown(side.words)}”", pins.numbers([side.record]), note=shown(side.source)) for side in (a, b)
        ],
        "why": first_up(shown(why)),
    }


def _newest(found: Sequence[Position]) -> list[Position]:
    return sorted(found, key=lambda p: (p.last or date.min, p.id), reverse=True)


def _report(known: Known, report: Report, screenings: Mapping[str, Screening], lineage: Lineage) -> dict[str, Any]:
    published, origin = report.published, [origin_line(lineage.origin(report.id)), compiled(lineage, report.id)]
    inferred = {p.report: p.reason for p in placed(known)}
    return {
        "name": report.name, "title": shown(report.title or ""), "outlet": report.outlet or "not stated",
        "day": day_words(published.day) if published else "not stated",
        "inferred": shown(inferred.get(report.id, "")),
        "kinds": copies_of(known, report, screenings.get(report.id)),
        "origin": shown("; ".join(filter(None, origin))),
    }  # fmt: skip


def _counts(known: Known) -> dict[str, int]:
    return {
        "reports": len(known.reports), "origins": len({known.origin(r.id) for r in known.reports}),
        "statements": len(known.statements), "moves": len(known.moves), "measures": len(known.measures),
        "contacts": len(known.contacts), "linkages": len(known.linkages),
    }  # fmt: skip
