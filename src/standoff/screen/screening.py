"""All that one text shows by itself, in one call."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.model.domain import Pack
from standoff.model.lineage import Screening, View
from standoff.screen.boilerplate import find_boilerplate
from standoff.screen.repair import readings, view_of
from standoff.screen.repeats import find_repeats
from standoff.screen.spun import is_spun


def screen(text: str, boilerplate_lines: Sequence[str] = (), pack: Pack | None = None) -> Screening:
    """What the text of one report shows by itself.

    `boilerplate_lines` are lines that its outlet is known to add (`Outlet.boilerplate` of a pack). A text whose words
    were changed by a thesaurus gets a view with names and set phrases put right, those of the pack included; of any
    other text the view is the text unchanged.
    """
    spun = is_spun(text, pack)
    return Screening(
        view=view_of(text, readings(text, pack, spun=True)) if spun else View(text),
        repeats=find_repeats(text),
        boilerplate=find_boilerplate(text, boilerplate_lines),
        spun=spun,
    )
