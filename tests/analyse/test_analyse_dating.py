"""Reports without a date, placed by what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from analyse_examples import PACK, contact, day, known, move, statement, story

from standoff.analyse.dating import Placed, dated, place, placed, placed_json
from standoff.analyse.state import state
from standoff.model.domain import Official, Term
from standoff.model.lineage import Relation

TERMS = replace(
    PACK,
    officials=(
        Official(name="Ana Regnier", family="Regnier", party="AA", terms=(
            Term(title="President", start=date(2021, 1, 20), end=date(2025, 1, 20)),
            Term(title="President", start=date(2029, 1, 20)),
        )),
        Official(name="Bo Lind", family="Lind", party="BB", terms=(
            Term(title="Trade Minister", start=date(2022, 3, 1), end=date(2023, 2, 28)),
        )),
    ),
)  # fmt: skip


def told(*sentences: str) -> Placed:
    (found,) = placed(known(story("one", None, *(statement(s) for s in sentences)), pack=TERMS))
    return found


@pytest.mark.parametrize(
    ("sentences", "when"),
    [
        (["President Regnier spoke."], "2021-01-20/.."),
        (["President Regnier met Trade Minister Lind."], "2022-03-01/2023-02-28"),
        (["Former Trade Minister Lind spoke of wool."], None),
        (["Regnier and Lind spoke."], None),
        (["A report of 2019 found wool. It was published in 2019."], "2019-01-01/.."),
        (["Duties are to rise by June 2031."], None),
        (["The pact was signed on March 4, 2022."], "2022-03-04/.."),
        (["It will end on March 4, 2032."], None),
        (["Trade Minister Lind spoke.", "On April 9 the ports closed."], "2022-03-01/2023-02-28"),
        (["Trade Minister Lind spoke in 2023.", "On February 9 the ports closed."], "2023-02-09/2023-02-28"),
        (["Nothing is said."], None),
    ],
)
def test_placed_by_what_it_says(sentences: list[str], when: str | None) -> None:
    found = told(*sentences)
    assert (str(found.when) if found.when else None) == when
    assert found.explanation.startswith("one: ")


def test_a_planned_contact_with_its_year_is_still_ahead() -> None:
    record = known(
        story(
            "one",
            None,
            contact("planned", "summit", "A", "B", date=day("2030-06"), text="A summit is planned for June 2030."),
        )
    )
    (found,) = placed(record)
    assert str(found.when) == "../2030-06-30"
    assert "before “A summit" in found.explanation


def test_a_copy_is_of_the_days_of_what_it_copies() -> None:
    first, copy = story("one", date(2031, 5, 1), statement("Wool.")), story("two", None, statement("Wool!"))
    relation = Relation(a=copy.report.id, b=first.report.id, kind="copy", score=1.0)
    record = known(first, copy, relations=[relation])
    (found,) = placed(record)
    assert str(found.when) == "2031-04-17/2031-05-15"
    assert placed_json(record, placed(record))[0]["reasons"] == ["tells the story of one, of 2031-05-01"]


def test_a_dated_report_can_be_placed_too_and_is_not_among_the_undated() -> None:
    record = known(story("one", date(2031, 5, 1), statement("President Regnier spoke.")), pack=TERMS)
    assert placed(record) == ()
    assert place(record, record.reports[0]).when is not None


def test_what_is_placed_closely_is_dated_by_it_and_marked() -> None:
    first, copy = (
        story("one", date(2031, 5, 1), statement("Wool.")),
        story("two", None, move("demand", "AA", "free ferries")),
    )
    relation = Relation(a=copy.report.id, b=first.report.id, kind="copy", score=1.0)
    record = dated(known(first, copy, relations=[relation]))
    published = record.report(copy.report.id).published
    assert published is not None
    assert (published.day, published.basis) == (date(2031, 5, 1), "inferred")
    assert published.reason == "written 17 April to 15 May 2031: tells the story of one, of 2031-05-01"
    (position,) = state(record, date(2031, 5, 2)).positions
    assert "inferred-date" in position.flags
    assert placed(record)[0].when == placed(known(first, copy, relations=[relation]))[0].when


def test_what_is_placed_widely_stays_undated() -> None:
    record = known(story("one", None, statement("President Regnier met Trade Minister Lind.")), pack=TERMS)
    assert dated(record) is record
    assert placed(record)[0].day is None


def test_a_narrow_interval_counts_from_its_last_day() -> None:
    sentences = (statement("Trade Minister Lind spoke in 2023."), statement("On February 9 the ports closed."))
    (found,) = placed(known(story("one", None, *sentences), pack=TERMS))
    assert found.day == date(2023, 2, 28)
