"""The charts of a record, drawn once a standpoint; what a chart has no room for is in the list beside it."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from standoff.questions import lists
from standoff.questions.editions import Standpoint
from standoff.show import charts

_MOST_CONTACTS = 300


def tariff_chart(at: Standpoint) -> tuple[Markup | None, bool]:
    """Rates by date, and whether something was left out."""

    def drawn() -> tuple[Markup | None, bool]:
        names = {p.code: p.name for p in at.known.pack.parties}
        paths, partly = lists.tariff_lines(at)
        return charts.tariff_steps(paths, names, at.day or date.min), partly

    return at.once("tariff chart", drawn)


def contact_chart(at: Standpoint) -> tuple[Markup | None, bool]:
    """The newest contacts by day and level, and whether older ones were left out."""

    def drawn() -> tuple[Markup | None, bool]:
        dated = [c for c in at.state().contacts if c.when]
        return charts.contact_dots(dated[-_MOST_CONTACTS:]), len(dated) > _MOST_CONTACTS

    return at.once("contact chart", drawn)
