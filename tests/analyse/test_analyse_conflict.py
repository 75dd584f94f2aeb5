"""Accounts that differ: what is set side by side, and what is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from analyse_examples import PACK, Line, contact, day, known, linkage, measure, move, statement, story

from standoff.analyse.conflict import conflicts, contested_records
from standoff.model.domain import Issue

D1, D2 = date(2031, 5, 1), date(2031, 5, 4)


def kinds(*lines: Line) -> list[str]:
    return [c.kind for c in conflicts(known(story("one", D1, *lines)))]


UNCLEAR = statement("Arland has not outlined which steps it expects on smuggling.", speaks_for="BB")


def test_a_denial_stands_against_what_it_denies() -> None:
    record = known(story(
        "one", D1,
        statement("The harvest was good.", speaks_for="BB"),
        UNCLEAR,
        statement("the claim that it gave no clear demands on smuggling", speaks_for="AA", act="deny"),
    ))  # fmt: skip
    (found,) = conflicts(record)
    assert (found.kind, found.a.party, found.b.party) == ("denial", "BB", "AA")
    assert found.a.words.startswith("Arland has not outlined")
    assert "neither is settled" in found.explanation
    assert contested_records([found]) == set(found.records)


def test_a_short_denial_denies_what_stands_right_before() -> None:
    assert kinds(
        statement("a secret offer of oil had been made", speaks_for=None, kind="anonymous", speaker="a diplomat"),
        statement("This was untrue.", speaks_for="AA", act="deny"),
    ) == ["denial"]


def test_a_side_denies_a_promise_that_the_other_side_reports() -> None:
    record = known(story(
        "one", D1,
        move("commit", "BB", "to buy grain", text="Borland will buy grain.", said={"speaks_for": "AA"}),
        statement("It rained for a week in the capital and the roads were closed to all traffic.", speaks_for="AA"),
        statement("they promised nothing", speaks_for="BB", act="deny"),
    ))  # fmt: skip
    (found,) = conflicts(record)
    assert (found.kind, found.a.words) == ("denial", "Borland will buy grain.")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((UNCLEAR, statement("Arland has made its expectations clear.", speaks_for="AA")), id="clear or not"),
        pytest.param(
            (statement("Borland will pay for the border fence.", speaks_for="AA"),
             statement("it will never pay for the border fence", speaks_for="BB")), id="pay or not",
        ),
        pytest.param(
            (statement("the visit opens a round of negotiations in the capital", kind="outlet", speaker="Tide"),
             statement("the trip was not a formal negotiation session", speaks_for="AA", kind="official")), id="talks or not",
        ),
    ],
)  # fmt: skip
def test_what_is_and_is_not(lines: tuple[Line, Line]) -> None:
    assert kinds(*lines) == ["polarity"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((UNCLEAR, statement("Arland has made its expectations clear.", speaks_for="BB")), id="one side"),
        pytest.param((UNCLEAR, statement("the weather is fine in the capital", speaks_for="AA")), id="other matter"),
        pytest.param(
            (statement("Borland will pay for the border fence.", speaks_for="AA"),
             statement("it will not pay for the border fence unless tolls fall", speaks_for="BB")), id="a condition",
        ),
        pytest.param(
            (statement("Borland offers to share the border fence.", speaks_for="BB"),
             statement("the offer of the border fence as unacceptable", speaks_for="AA", act="deny")), id="a rejected offer",
        ),
        pytest.param(
            (UNCLEAR, statement("Arland has made its expectations clear", speaks_for="AA", act="decline-to-comment")), id="no comment",
        ),
        pytest.param(
            (statement("to share the cost of the border fence", speaks_for="AA"),
             statement("it does not share the cost of the border fence", speaks_for="BB")), id="a wish says nothing of what is",
        ),
        pytest.param(
            (statement("Borland is open to talks on the border fence.", speaks_for="AA"),
             statement("the talks were about the border fence and have not broken down", speaks_for="BB")), id="something else denied",
        ),
        pytest.param(
            (statement("the border fence is a danger to deer", speaks_for="AA"),
             statement("it does not own the fence and never paid for the border guards", speaks_for="BB")), id="two negations",
        ),
        pytest.param(
            (statement("Borland will put the ferry line back in business.", speaks_for="AA"),
             statement("the order was not to put the ferry line out of business", speaks_for="BB")), id="a purpose denied",
        ),
    ],
)  # fmt: skip
def test_what_does_not_differ(lines: tuple[Line, ...]) -> None:
    assert kinds(*lines) == []


def test_given_by_one_account_and_refused_by_the_other() -> None:
    gives = move("commit", "BB", "to buy more grain", issue="ports", said={"speaks_for": "AA"})
    refuses = move("refuse", "BB", "to buy more grain", issue="ports", said={"kind": "anonymous"})
    record = known(story("one", D1, gives), story("two", D2, refuses))
    assert [c.kind for c in conflicts(record)] == ["position"]
    copies = {s.report.id: "same" for s in (story("one", D1, gives), story("two", D2, refuses))}
    assert conflicts(known(story("one", D1, gives), story("two", D2, refuses), origins=copies)) == ()
    assert conflicts(known(story("one", D1, gives), story("two", date(2033, 1, 1), refuses))) == ()


def test_who_speaks_for_no_side_gives_no_account_of_what_another_report_tells() -> None:
    gives = move("commit", "BB", "to buy more grain", issue="ports", said={"speaks_for": "AA"})
    shop = move("refuse", "BB", "to buy more grain", issue="ports", said={"kind": "named", "speaker": "Corner Shop"})
    assert conflicts(known(story("one", D1, gives), story("two", D2, shop))) == ()
    assert kinds(gives, shop) == ["position"], "within one report they are set side by side"


def test_given_outright_by_one_account_and_on_terms_by_the_other() -> None:
    gives = move("commit", "BB", "to buy crude oil", text="Borland will buy crude oil soon.", said={"speaks_for": "AA"})
    terms = linkage("precondition", "lift the tariffs", "buy crude oil", said={"speaks_for": "BB"})
    assert kinds(gives, terms) == ["terms"]
    assert kinds(gives, linkage("precondition", "lift the tariffs", "open ports", said={"speaks_for": "BB"})) == []


def test_planned_by_one_voice_and_not_by_another() -> None:
    call = contact("planned", "call", "Ana Regnier", "Bo Holt", level="leader")
    none = contact("not-planned", "meeting", "the two leaders", level="leader")
    by_spokesman = replace(none, said={"speaks_for": "AA", "speaker": "a spokesman"})
    assert kinds(call, by_spokesman) == ["contact"]
    assert kinds(call, none) == [], "the report itself says both"


def test_two_sides_name_different_causes_of_one_issue() -> None:
    pack = replace(PACK, issues=(Issue(id="deficit", name="Deficit", cues=("deficit", "trade gap")),))
    ours = statement("the deficit stems from closed markets", speaks_for="AA")
    theirs = statement("the trade gap arises because of low savings", speaks_for="BB")
    assert [c.kind for c in conflicts(known(story("one", D1, ours, theirs), pack=pack))] == ["cause"]
    assert conflicts(known(story("one", D1, ours, theirs))) == (), "without the pack's words the issue is not known"


def test_a_result_that_is_hoped_for_is_no_cause() -> None:
    pack = replace(PACK, issues=(Issue(id="deficit", name="Deficit", cues=("deficit", "trade gap")),))
    ours = statement("the deficit stems from closed markets", speaks_for="AA")
    theirs = statement("the trade gap needs a good result from the meeting", speaks_for="BB")
    assert conflicts(known(story("one", D1, ours, theirs), pack=pack)) == ()


def test_figures_of_one_dated_measure() -> None:
    def of(rate: float, name: str) -> object:
        return story(name, D1, measure("raised", "AA", rate=rate, goods="steel", effective=day("2031-04-30")))

    one, other, same = of(25.0, "one"), of(30.0, "two"), of(25.0, "three")
    assert [c.kind for c in conflicts(known(one, other))] == ["figures"]
    assert conflicts(known(one, same)) == ()


def test_a_copy_and_a_second_wording_are_told_with_the_first() -> None:
    denied = statement("the claim that it gave no clear demands on smuggling", speaks_for="AA", act="deny")
    again = statement("Arland has made its expectations clear.", speaks_for="AA")
    one, copy = story("one", D1, UNCLEAR, denied, again), story("two", D2, UNCLEAR, denied)
    record = known(one, copy, origins={one.report.id: "x", copy.report.id: "x"})
    (found,) = conflicts(record)
    assert len(found.also) == 3
    assert found.a.report == one.report.id
