"""Demands that conditions and complaints carry."""

from __future__ import annotations

from datetime import date

import pytest
from analyse_examples import Line, known, linkage, move, statement, story

from standoff.analyse.state import state

D1 = date(2031, 5, 1)
BY_B = {"speaks_for": "BB"}


def demands(*lines: Line) -> list[tuple[str, str | None, str]]:
    found = state(known(story("one", D1, *lines)))
    return [(p.party, p.toward, p.what) for p in found.positions if p.kind == "demand"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (linkage("precondition", "lift the duties", "open the ports"), [("BB", "AA", "lift the duties")]),
        (linkage("threat", "not open the ports", "raise duties", first_actor="BB", then_actor="AA"), [("AA", "BB", "open the ports")]),
        (linkage("threat", "Borland does not supply ore", "raise duties", first_actor="BB", then_actor="AA"), [("AA", "BB", "to supply ore")]),
        (linkage("threat", "the mine does not fix its wells", "raise duties", first_actor="BB", then_actor="AA"), [("AA", "BB", "the mine fixes its wells")]),
        (linkage("precondition", "settle the details", "meet", first_actor="BB"), []),
        (linkage("exchange", "lift the duties", "open the ports"), []),
        (linkage("precondition", "lift the duties", "open the ports", by=None), []),
    ],
)  # fmt: skip
def test_what_a_condition_demands(line: Line, found: list[tuple[str, str, str]]) -> None:
    assert demands(line) == found


def test_what_a_move_tells_is_not_told_again() -> None:
    assert demands(
        move("demand", "BB", "to lift the duties on steel"),
        linkage("precondition", "lift the steel duties", "open the ports"),
    ) == [("BB", "AA", "to lift the duties on steel")]


def test_a_complaint_that_demands_are_not_clear_is_a_demand() -> None:
    record = known(
        story(
            "one", D1,
            statement("Arland has not outlined which steps it expects on smuggling.", speaks_for="BB"),
            statement("Its demands on smuggling have been made clear.", speaks_for="AA"),
        )
    )  # fmt: skip
    (found,) = [p for p in state(record).positions if p.kind == "demand"]
    assert (found.party, found.toward, found.what) == ("BB", "AA", "to say clearly what it wants")
    assert known_words(record, found.records) == ["Arland has not outlined which steps it expects on smuggling."]


def known_words(record, ids) -> list[str]:  # type: ignore[no-untyped-def]
    return [record.words(record.record(id)) for id in ids]


def test_unnamed_sources_are_marked() -> None:
    anonymous = linkage("precondition", "lift the duties", "open the ports", said={"kind": "anonymous", **BY_B})
    (found,) = [p for p in state(known(story("one", D1, anonymous))).positions if p.kind == "demand"]
    assert found.status == "reported-by-sources"
    assert set(found.flags) == {"by-sources", "one-origin"}
