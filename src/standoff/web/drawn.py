"""The drawings of a record, made once a standpoint; what a drawing has no room for is in the list beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from standoff.questions import lists
from standoff.questions.editions import Standpoint
from standoff.show import charts
from standoff.show.blocking import Acts, boxes
from standoff.show.chronology import Chronology, chronology
from standoff.show.drawing import draw_chronology
from standoff.show.graph import draw_graph

_MOST_CONTACTS = 300

Href = Callable[[str], str]
"""The address of a page of the record, from the standpoint that is drawn."""


def tariff_chart(at: Standpoint) -> tuple[Markup | None, bool]:
    """Rates by date, and whether something was left out."""

    def drawn() -> tuple[Markup | None, bool]:
        names = {p.code: p.name for p in at.known.pack.parties}
        paths, partly = lists.tariff_lines(at)
        return charts.tariff_steps(paths, names, at.day or date.min), partly

    return at.once("tariff chart", drawn)


def contact_chart(at: Standpoint, href: Href) -> tuple[Chronology, bool]:
    """The newest contacts on an axis of time, and whether older ones were left out; each opens its record."""

    def opener(records: tuple[str, ...], title: str, drawn: Markup) -> Markup:
        address = href(f"record/{records[0]}")
        return Markup('<a class="mk" href="{}" title="{}" aria-label="{}">{}</a>').format(address, title, title, drawn)

    def made() -> tuple[Chronology, bool]:
        dated = [c for c in at.state().contacts if c.when]
        only = replace(
            at.state(), positions=(), deeds=(), accusations=(), history=(), measures=(),
            contacts=tuple(dated[-_MOST_CONTACTS:]),
        )  # fmt: skip
        found = chronology(
            at.known, only, lambda marks, spans: draw_chronology(marks, spans, (), at.day, opener)
        )  # fmt: skip
        return found, len(dated) > _MOST_CONTACTS

    return at.once(("contact chart", href("")), made)


def waiting_graph(at: Standpoint, href: Href) -> tuple[Markup, ...]:
    """What waits for what; each act and condition opens its record."""

    def opened(records: tuple[str, ...], about: str) -> Markup:
        address = href(f"record/{records[0]}")
        return Markup('<a class="pin" href="{}" aria-label="Evidence: {}">↗</a>').format(address, about)

    def made() -> tuple[Markup, ...]:
        graph, between = at.graph(), at.known.pack.between
        return draw_graph(boxes(Acts(at.known, graph), between), graph.arrows, graph.circles, opened)

    return at.once(("waiting graph", href("")), made)
