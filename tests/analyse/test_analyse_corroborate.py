"""Who stands behind a fact, and its two grades with their reasons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from analyse_examples import Line, known, move, story

from standoff.analyse.corroborate import Corroboration, corroborate, corroborate_json
from standoff.model.lineage import Relation

D1, D2 = date(2031, 5, 1), date(2031, 5, 3)
NAMED: dict[str, Any] = {"kind": "named", "speaker": "Ana Regnier", "speaks_for": "AA"}
UNNAMED: dict[str, Any] = {"kind": "anonymous"}


def demand(said: dict[str, Any] | None = None, **more: Any) -> Line:
    return move("demand", "AA", "removal of the port fees", issue="ports", said=said, **more)


def only(*stories: Any, **more: Any) -> Corroboration:
    (found,) = corroborate(known(*stories, **more), types=["move"])
    return found


@pytest.mark.parametrize(
    ("line", "grade"),
    [
        (demand(NAMED), "B3"),
        (demand(NAMED | {"speaks_for": "BB"}), "C3"),
        (demand(NAMED | {"via": ("Harbour Wire",)}), "C3"),
        (demand({"kind": "official", "speaks_for": "AA"}), "C3"),
        (demand(UNNAMED), "D4"),
        (demand(), "C3"),
        (demand(NAMED, status="expected"), "B6"),
    ],
)
def test_grades_of_one_report(line: Line, grade: str) -> None:
    found = only(story("one", D1, line))
    assert found.reliability.grade + found.credibility.grade == grade
    assert found.reliability.reason
    assert found.credibility.reason
    assert found.explanation.startswith(f"{grade}: ")


def test_independent_origins_and_kinds_of_source() -> None:
    one, two = story("one", D1, demand(NAMED)), story("two", D2, demand(NAMED))
    assert only(one, two).credibility.grade == "2"
    mixed = only(one, story("two", D2, demand(UNNAMED)))
    assert (mixed.credibility.grade, mixed.sources, len(mixed.origins)) == ("1", ("anonymous", "named"), 2)


def test_a_copy_adds_no_origin_and_a_rewritten_one_is_not_quoted() -> None:
    one, two = (
        story("one", D1, demand(NAMED)),
        story("two", D2, demand(NAMED, text="AA calls for removal of the port fees.")),
    )
    spun = Relation(a=two.report.id, b=one.report.id, kind="spun", score=0.9)
    found = only(one, two, relations=[spun], origins={one.report.id: "wire", two.report.id: "wire"})
    assert (found.origins, len(found.reports), found.credibility.grade) == (("wire",), 2, "3")
    assert found.do_not_quote == (two.records[1].id,)
    assert "not to be quoted" in found.explanation
    alone = only(two, relations=[], origins={})
    assert alone.reliability.grade == "B"
    (screened,) = corroborate(known(two), spun=[two.report.id], types=["move"])
    assert (screened.reliability.grade, screened.credibility.grade) == ("E", "4")


def test_what_another_account_contradicts_is_doubtful() -> None:
    gives = move("commit", "BB", "to buy river sand", issue="ports", said={"speaks_for": "AA"})
    denies = move("refuse", "BB", "to buy river sand", issue="ports", said={"speaks_for": "BB"})
    found = corroborate(known(story("one", D1, gives, denies)), types=["move"])
    assert {c.credibility.grade for c in found} == {"4"}
    assert all(c.against for c in found)


def test_json() -> None:
    record = known(story("one", D1, demand(NAMED)))
    (row,) = corroborate_json(record, corroborate(record, types=["move"]))["facts"]
    assert row["reliability"] == {"grade": "B", "reason": "a named source that speaks for itself"}
    assert (row["reports"], row["evidence"][0]["report"]) == (["one"], "one")
