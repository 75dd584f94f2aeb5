"""What blocks and what would unlock it: the conditions of the newest reports in sentences, and the graph of acts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from standoff.analyse.attribution import listed
from standoff.analyse.deadlock import Unlock, Waiver
from standoff.analyse.known import Known
from standoff.analyse.linked import Arrow, LinkedAct, Waiting, arrows_of, outcome
from standoff.analyse.outcomes import outcome_words
from standoff.analyse.periods import newest_period
from standoff.analyse.phrases import first_up, party_name, short, with_articles, without_condition
from standoff.show.evidence import Pins, shown
from standoff.show.graph import MOST_ACTS, Opened, box, draw_graph
from standoff.show.wording import Line, act_words, backed, some

_STRENGTH_BADGES = {"by-source": ("by a source", "told by unnamed or other sources")}
_FIRM = ("stated", "by-source", "implied")
_MOST_UNLOCKS, _MOST_CIRCLES = 4, 12
_FIRST = 3  # conditions and unlocking moves that stand on the first screen
_LONGEST = 150
_OWN_SUBJECT = re.compile(r"(?:an?|the|any|all|no|its|their|this|these|new) ", re.IGNORECASE)
_NOT_THIS = "does not do this: "


class Acts:
    """The acts of a graph in words."""

    def __init__(self, known: Known, graph: Waiting) -> None:
        self.known, self.graph = known, graph
        self.act: Mapping[str, LinkedAct] = {act.id: act for act in graph.acts}
        self.names = {p.code: p.name for p in known.pack.parties}

    def who(self, id: str) -> str:
        """The side whose act it is, as it stands alone."""
        actor = self.act[id].actor
        return self.names.get(actor, actor) if actor else "Both sides"

    def what(self, id: str) -> str:
        """The act without the name of its side and without the condition told with it."""
        act = self.act[id]
        told = short(act_words(self.known, act.records, "", without_condition(act.what)), _LONGEST)
        name = self.who(id)
        leads = ((f"hold off: {name} ", _NOT_THIS), (f"not: {name} ", _NOT_THIS), (f"{name}: ", ""), (f"{name} ", ""))
        for lead, instead in leads:
            if told.startswith(lead):
                told = f"{instead}{told[len(lead) :]}"
                break
        else:
            told = told.replace("hold off: ", _NOT_THIS, 1).replace("not: ", _NOT_THIS, 1)
        return with_articles(self.known.pack, told)

    def words(self, id: str) -> str:
        """Whose act and what, as a sentence has it: `Arland lifts its duties`, `the duties are gone (Arland)`."""
        name = party_name(self.known.pack, self.act[id].actor)
        what = self.what(id)
        if _OWN_SUBJECT.match(what):
            return f"{what} ({name})"
        if what.startswith("what "):
            return f"{name} does {what}"
        return f"{name} {what}" if what.split(" ", 1)[0].endswith("s") else f"{name}: {what}"

    def condition(self, arrow: Arrow) -> str:
        """What waits and for what, as a sentence; a threat is told as one."""
        needs = self.words(arrow.needs)
        if arrow.kind == "threat":
            harm = self.words(arrow.waits).replace(_NOT_THIS, "", 1)
            plain = f"{party_name(self.known.pack, self.act[arrow.needs].actor)} {_NOT_THIS}"
            unless = f"if {needs.removeprefix(plain)}" if needs.startswith(plain) else f"unless {needs}"
            return first_up(f"{harm} – {unless}")
        return first_up(f"{self.words(arrow.waits)} – only after {needs}")

    def records(self, ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r for id in ids for r in self.act[id].records))


def blocks(known: Known, graph: Waiting, as_of: date | None, pins: Pins) -> dict[str, list[Line]]:
    """For the first screen: the conditions of the newest reports, circles by name, and the first unlocking moves."""
    acts = Acts(known, graph)
    period = newest_period(known, as_of)

    def fresh(arrow: Arrow) -> bool:
        told = [day for r in arrow.records if (day := known.published(known.record(r)))]
        return period is None or any(day >= period[0] for day in told)

    in_circle = {frozenset((a, b)) for circle in graph.circles for a in circle for b in circle if a != b}
    single = [
        a for a in graph.arrows
        if a.strength != "implied" and fresh(a) and frozenset((a.waits, a.needs)) not in in_circle
    ]  # fmt: skip
    single.sort(key=lambda a: (_FIRM.index(a.strength), a.waits, a.needs))
    seen: set[str] = set()
    plain: list[Line] = []
    for arrow in single:
        if arrow.waits not in seen and len(plain) < _FIRST:
            seen.add(arrow.waits)
            plain.append(Line(acts.condition(arrow), pins.numbers(arrow.records, 3)))
    return {
        "circles": [_circle(acts, circle, pins) for circle in graph.circles[:_FIRST]],
        "conditions": plain,
        "unlocks": [_unlock(acts, u, pins) for u in outcome(graph, implied=False).unlocks[:_FIRST]],
    }


def _circle(acts: Acts, circle: Sequence[str], pins: Pins) -> Line:
    named = [acts.words(id) for id in circle]
    if len(named) == 2:
        text = f"{first_up(named[0])} only if {named[1]}, and the other way round"
    else:
        text = "Each waits for another: " + "; ".join(named)
    between = [a for a in acts.graph.arrows if a.waits in circle and a.needs in circle]
    return Line(text, pins.numbers(r for a in between for r in a.records))


def linkages(known: Known, graph: Waiting, sides: Sequence[str], pins: Pins, opened: Opened) -> dict[str, Any]:
    """The graph by each account that differs, its conditions as a list, its circles, and what would unlock it."""
    acts = Acts(known, graph)

    def line(arrow: Arrow) -> Line:
        return Line(
            acts.condition(arrow),
            pins.numbers(arrow.records),
            kind=f"{arrow.kind}, {'implied' if arrow.strength == 'implied' else 'stated'}",
            note=shown(backed(known, arrow.records)),
            badges=(_STRENGTH_BADGES[arrow.strength],) if arrow.strength in _STRENGTH_BADGES else (),
        )

    return {
        "lines": some(sorted(graph.arrows, key=lambda a: _FIRM.index(a.strength)), line),
        "accounts": _accounts(acts, sides, opened),
        "circles": [_circle(acts, circle, pins) for circle in graph.circles[:_MOST_CIRCLES]],
        "unlocks": [_unlock(acts, u, pins) for u in outcome(graph, implied=False).unlocks[:_MOST_UNLOCKS]],
        "strengths": [s for s in _FIRM if any(a.strength == s for a in graph.arrows)],
        "more": max(0, len(graph.acts) - MOST_ACTS),
    }


def _accounts(acts: Acts, sides: Sequence[str], opened: Opened) -> list[dict[str, Any]]:
    """The drawings by all accounts together, and by each side's where its arrows are others."""
    known, graph = acts.known, acts.graph
    found = []
    whole = frozenset(graph.arrows)
    for account in (None, *sides):
        arrows = arrows_of(graph, account)
        if account is not None and frozenset(arrows) == whole:
            continue
        name = "All accounts" if account is None else f"By the account of {party_name(known.pack, account)}"
        found.append({
            "label": name,
            "drawings": draw_graph(boxes(acts, sides), arrows, graph.circles, opened) if arrows else (),
            "outcome": first_up(outcome_words(outcome(graph, account=account))),
        })  # fmt: skip
    return found


def boxes(acts: Acts, sides: Sequence[str]) -> list[Any]:
    """All acts as they are drawn."""
    number = {side: n for n, side in enumerate(sides)}
    return [box(act, acts.who(act.id), number.get(act.actor or ""), acts.what(act.id)) for act in acts.graph.acts]


def _unlock(acts: Acts, unlock: Unlock, pins: Pins) -> Line:
    """Who would have to give up what, and what becomes possible then."""
    gained = [acts.words(id) for id in unlock.gained]
    text = f"{'; '.join(_waiver(acts, w) for w in unlock.waived)}. Then possible: {'; '.join(gained)}"
    who = listed(party_name(acts.known.pack, side) for side in unlock.who) or "the two sides"
    return Line(text, pins.numbers(acts.records([w.act for w in unlock.waived])), kind=f"If {who} waived:")


def _waiver(acts: Acts, waiver: Waiver) -> str:
    if waiver.needs is None:
        return f"the refusal of this: {acts.what(waiver.act)}"
    return acts.words(waiver.needs)


def numbered(pins: Pins) -> Opened:
    """What opens evidence in the brief: the numbers of at most two records."""

    def opened(records: tuple[str, ...], about: str) -> Markup:
        return Markup("").join(
            Markup('<button class="pin" popovertarget="e{0}" aria-label="Evidence {0}: {1}">{0}</button>').format(
                n, about
            )
            for n in pins.numbers(records, 1)
        )

    return opened
