"""Implied arrows, and the answer by each side's account."""

from __future__ import annotations

from datetime import date

from analyse_examples import Line, Story, known, linkage, measure, move, statement, story

from standoff.analyse.known import Known
from standoff.analyse.linked import Waiting, outcome, waiting
from standoff.analyse.outcomes import answers, deadlock_json

D1 = date(2031, 5, 1)


def graph(*lines: Line) -> Waiting:
    return waiting(known(story("one", D1, *lines)))


def arrows(found: Waiting) -> set[tuple[str, str, str]]:
    return {(found.act(a.waits).what, found.act(a.needs).what, a.strength) for a in found.arrows}


def test_a_threat_is_taken_back_only_for_what_is_demanded_and_what_is_demanded_belongs_to_the_deal() -> None:
    found = graph(
        linkage("precondition", "the threat of duties is withdrawn", "any deal is signed"),
        move("threaten", "AA", "to impose duties on wool"),
        move("demand", "AA", "free passage through the straits", issue="ports"),
    )
    threat, deal, passage = (
        "the threat of duties is withdrawn",
        "any deal is signed",
        "free passage through the straits",
    )
    assert arrows(found) == {(deal, threat, "stated"), (threat, passage, "implied"), (passage, threat, "implied")}
    assert len(found.circles) == 1
    assert len(outcome(found, implied=False).achievable) == 3, "stated alone, nothing is stuck"
    assert len(outcome(found).at_once) == 3


def test_what_is_refused_stays_a_red_line_though_an_implied_arrow_ends_there() -> None:
    found = graph(
        linkage("precondition", "the threat of duties is withdrawn", "any deal is signed"),
        move("threaten", "AA", "to impose duties on wool"),
        move("demand", "AA", "free passage through the straits", issue="ports"),
        move("refuse", "BB", "free passage through the straits", issue="ports"),
    )
    assert [a.what for a in found.acts if a.red_line] == ["free passage through the straits"]
    assert len(outcome(found).blocked) == 3


ESCALATION = (
    linkage("precondition", "lift the duties on wool", "any agreement, wool purchases included"),
    measure("raised", "AA", rate=25.0, goods="wool", text="Borland backtracked on its pledges, and a duty of 25% on wool followed."),
)  # fmt: skip


def test_a_harm_that_answers_an_act_makes_an_escalation_loop() -> None:
    found = graph(*ESCALATION)
    assert ("lift the duties on wool", "return to its commitments", "implied") in arrows(found)
    (circle,) = found.circles
    assert {found.act(a).what for a in circle} == {"lift the duties on wool", "return to its commitments"}


def test_nothing_is_implied_where_nobody_waits() -> None:
    assert graph(ESCALATION[1]).arrows == ()
    assert graph(linkage("precondition", "open the ports", "send grain"), ESCALATION[1]).arrows[0].strength == "stated"


def unclear() -> Known:
    said = {"speaks_for": "BB", "kind": "official"}
    told: Story = story(
        "one", D1,
        linkage("exchange", "take steps on smuggling", "lift the duties", first_actor="BB", then_actor="AA", said=said),
        statement("Arland has not outlined which steps it expects on smuggling.", speaks_for="BB"),
        statement("Its demands on smuggling have been made clear.", speaks_for="AA"),
    )  # fmt: skip
    return known(told)


def test_whether_the_demands_were_clear_decides_by_whose_account_it_is_stuck() -> None:
    record = unclear()
    found = waiting(record)
    (disputed,) = found.disputed
    assert (disputed.owner, disputed.undone_by) == ("AA", "BB")
    assert outcome(found, account="AA").blocked == ()
    assert outcome(found, account="AA").at_once == ()
    assert len(outcome(found, account="BB").blocked) == 3
    told = {(a.account, a.implied): a for a in answers(record, found)}
    assert set(told) == {(w, i) for w in (None, "AA", "BB") for i in (False, True)}
    assert told["BB", False].explanation == (
        "By the account of BB, by what is stated: no acts can be done one after the other, 3 not at all, since what they "
        "wait for will not come of itself."
    )


def test_json_has_every_part_with_its_evidence() -> None:
    record = unclear()
    page = deadlock_json(record, waiting(record), account="BB")
    assert [a["account"] for a in page["answers"]] == ["BB", "BB"]
    assert all(a["evidence"] for a in (*page["acts"], *page["arrows"], *page["disputed"]))
    ids = {a["id"] for a in page["acts"]}
    assert all(a["waits"] in ids and a["needs"] in ids for a in page["arrows"])
