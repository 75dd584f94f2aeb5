"""Two sides' texts on one contact: agreed, one-sided, contradicted; silence is no denial."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from analyse_examples import Line, day, known, linkage, move, statement, story

from standoff.analyse.readouts import Readouts, readouts, readouts_json

D1 = date(2031, 5, 1)


def compared(ours: list[Line], theirs: list[Line]) -> Readouts:
    a, b = story("ours", D1, *ours), story("theirs", D1, *theirs)
    return readouts(known(a, b), a.report.id, b.report.id)


def sand(kind: str = "commit", what: str = "to buy river sand for dams", **more: Any) -> Line:
    return move(kind, "BB", what, issue="ports", **more)


@pytest.mark.parametrize(
    ("ours", "theirs", "verdicts"),
    [
        ([sand()], [sand(what="to buy river sand")], ["agreed"]),
        ([sand()], [], ["one-sided"]),
        ([sand()], [sand("refuse")], ["contradicted"]),
        ([sand()], [sand(status="denied")], ["contradicted"]),
        (
            [sand(what="to buy $5 billion of river sand")],
            [sand(what="to buy $2 billion of river sand")],
            ["contradicted"],
        ),
        ([sand(deadline=day("2031-06"))], [sand(deadline=day("2031-07"))], ["contradicted"]),
        ([sand(deadline=day("2031-06"))], [sand()], ["agreed"]),
        ([sand()], [sand("demand")], ["one-sided", "one-sided"]),
        ([sand()], [move("commit", "AA", "to buy river sand", issue="ports")], ["one-sided", "one-sided"]),
    ],
)
def test_act_by_act(ours: list[Line], theirs: list[Line], verdicts: list[str]) -> None:
    assert [c.verdict for c in compared(ours, theirs).compared] == verdicts


def test_a_joint_act_is_either_sides() -> None:
    joint = move("agree", "AA", "to open the straits", issue="ports", to="BB")
    theirs = move("commit", "BB", "to open the straits", issue="ports", to="AA")
    assert [c.verdict for c in compared([joint], [theirs]).compared] == ["agreed"]


def test_the_matrix_holds_both_texts_and_silence() -> None:
    found = compared([sand(), move("demand", "AA", "lower fees", issue="tariffs")], [sand("refuse")])
    said = {(n, c.issue, c.side): c.said for n, r in enumerate(found.reports) for c in found.cells if c.report == r}
    assert said == {
        (0, "ports", "AA"): "silent", (0, "ports", "BB"): "commits", (0, "tariffs", "AA"): "asks",
        (0, "tariffs", "BB"): "silent", (1, "ports", "AA"): "silent", (1, "ports", "BB"): "denies",
    }  # fmt: skip
    assert found.explanation.endswith("Silence is no denial.")


def test_conditions_that_differ_contradict_and_one_alone_does_not() -> None:
    text = "Borland will buy river sand only after the fees are cut."
    tied = sand(text=text)

    def bound(first: str) -> Line:
        return Line(text, linkage("precondition", first, "buy river sand").make)

    a, b = story("ours", D1, tied), story("theirs", D1, tied, outlet="Strait Post")
    a.records += [bound("the fees are cut").make(_base(a), a.records[0].span)]
    alone = readouts(known(a, b), a.report.id, b.report.id)
    assert [c.verdict for c in alone.compared] == ["agreed"]
    b.records += [bound("the ban on wool ends").make(_base(b), b.records[0].span)]
    both = readouts(known(a, b), a.report.id, b.report.id)
    assert [(c.verdict, c.differ) for c in both.compared] == [("contradicted", ("condition",))]


def _base(told: Any) -> dict[str, Any]:
    first = told.records[0]
    return {"report": told.report.id, "evidence": first.evidence, "rule": "by-hand@1", "confidence": 1.0}


def test_whose_text_it_is_and_who_began_it() -> None:
    ours = [statement("At the request of Borland, the ministers spoke.", speaks_for="AA")]
    theirs = [statement("They spoke by telephone, at Arland’s invitation.", speaks_for="BB")]
    found = compared(ours, theirs)
    assert (found.sides, found.initiator) == (("AA", "BB"), ("BB", "AA"))
    assert "different initiators" in found.explanation


def test_json() -> None:
    a, b = story("ours", D1, sand()), story("theirs", D1, sand("refuse"))
    record = known(a, b)
    page = readouts_json(record, readouts(record, a.report.id, b.report.id))
    assert page["reports"] == ["ours", "theirs"]
    assert [c["verdict"] for c in page["compared"]] == ["contradicted"]
    with pytest.raises(KeyError):
        readouts(record, a.report.id, "r-unknown")
