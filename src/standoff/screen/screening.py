"""All that one text shows by itself, in one call."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.model.lineage import Screening, View
from standoff.screen.boilerplate import find_boilerplate
from standoff.screen.repeats import find_repeats


def screen(text: str, boilerplate_lines: Sequence[str] = ()) -> Screening:
    """What the text of one report shows by itself.

    `boilerplate_lines` are lines that its outlet is known to add (`Outlet.boilerplate` of a pack). The view is the
    text unchanged: every place maps to itself. `spun` stays None: not examined.
    """
    return Screening(
        view=View(text),
        repeats=find_repeats(text),
        boilerplate=find_boilerplate(text, boilerplate_lines),
    )
