"""When two records tell one fact, and what is one position through time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from analyse_examples import PACK, Line, contact, day, known, measure, move, story

from standoff.analyse.facts import facts, strands
from standoff.analyse.words import close, content_words, figures, figures_agree
from standoff.model.domain import Issue
from standoff.model.lineage import Relation
from standoff.model.span import Span

MAY, JUNE = date(2031, 5, 5), date(2031, 5, 12)


def how_many(a: Line, b: Line, second: date = JUNE) -> int:
    return len(facts(known(story("one", MAY, a), story("two", second, b))))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("that Borland remove the 20% tariffs", "removal of the 20% tariffs", 1, id="close in words"),
        pytest.param("removal of the 20% tariffs", "removal of the 25% tariffs", 2, id="figures disagree"),
        pytest.param("removal of the 20% tariffs", "removal of the tariffs", 1, id="one names no figure"),
        pytest.param("removal of the tariffs", "an apology from the minister", 2, id="other words"),
    ],
)
def test_demands_of_one_party_on_one_issue(a: str, b: str, expected: int) -> None:
    assert how_many(move("demand", "AA", a), move("demand", "AA", b)) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("tariffs on steel", "new tariffs", 2, id="a bare mention"),
        pytest.param("the tariffs of 25%", "the new tariffs", 2, id="a figure and none"),
        pytest.param("tariffs on steel", "higher tariffs on foreign steel", 1, id="the same thing"),
        pytest.param("new tariffs on Borlandic goods", "the higher tariffs on goods", 1, id="two bare mentions"),
    ],
)
def test_a_bare_mention_of_an_act_is_no_witness_of_what_is_told_more_closely(a: str, b: str, expected: int) -> None:
    pack = replace(PACK, issues=(Issue(id="tariffs", name="Tariffs", cues=("tariff", "tariffs")),))
    told = known(story("one", MAY, move("impose", "AA", a)), story("two", JUNE, move("impose", "AA", b)), pack=pack)
    assert len(facts(told)) == expected
    assert len(strands(told, told.moves)) == 1, "it is one position all the same"


def test_what_no_day_is_known_of_must_be_told_in_nearly_the_same_words() -> None:
    act = move("demand", "AA", "a halt to night shipping in the strait")
    alike = move("demand", "AA", "a halt to night flights")
    assert len(facts(known(story("one", MAY, act), story("two", JUNE, alike)))) == 1
    assert len(facts(known(story("one", MAY, act), story("two", None, alike)))) == 2
    assert len(facts(known(story("one", MAY, act), story("two", None, act)))) == 1


def test_other_type_party_or_issue_is_another_fact() -> None:
    demand = move("demand", "AA", "removal of the tariffs")
    assert how_many(demand, move("offer", "AA", "removal of the tariffs")) == 2
    assert how_many(demand, move("demand", "BB", "removal of the tariffs")) == 2
    assert how_many(demand, move("demand", "AA", "removal of the tariffs", issue="ports")) == 2


def test_the_same_words_years_later_are_another_fact_but_one_strand() -> None:
    demand = move("demand", "AA", "removal of the port fees")
    record = known(story("one", MAY, demand), story("two", date(2034, 1, 3), demand))
    assert len(facts(record)) == 2
    assert [len(group) for group in strands(record, record.moves)] == [2]


def test_measures_with_one_figure_are_one_and_a_status_is_part_of_a_fact() -> None:
    on_all = measure("in-force", "AA", rate=20.0, goods="all Borlandic goods")
    for_drugs = measure("in-force", "AA", rate=20.0, text="The 20% drug levy is still there.")
    assert how_many(on_all, for_drugs) == 1
    lifted = measure("lifted", "AA", rate=20.0)
    assert how_many(on_all, lifted) == 2
    record = known(story("one", MAY, on_all), story("two", JUNE, lifted))
    assert [len(group) for group in strands(record, record.measures)] == [2]


def test_measures_of_other_amount_or_goods_stay_apart() -> None:
    assert how_many(measure("in-force", "AA", rate=25.0, amount_usd=5e10),
                    measure("in-force", "AA", rate=25.0, amount_usd=2e11)) == 2  # fmt: skip
    assert how_many(measure("in-force", "AA", rate=25.0, goods="steel"),
                    measure("in-force", "AA", rate=25.0, goods="all Borlandic goods")) == 2  # fmt: skip


def test_a_measure_without_figures_does_not_tie_others_together() -> None:
    plain = measure("in-force", "AA", goods="Borlandic steel", text="The steel levy of Arland stands.")
    ten = measure("in-force", "AA", rate=10.0, goods="Borlandic steel", text="The steel levy of Arland stands at ten.")
    amount = measure(
        "in-force", "AA", amount_usd=3e11, goods="Borlandic steel", text="The steel levy of Arland covers it."
    )
    record = known(story("one", MAY, plain), story("two", JUNE, ten), story("three", JUNE, amount))
    assert all(
        len({m.rate_percent for m in group} | {m.amount_usd for m in group}) <= 2
        for group in strands(record, record.measures)
    )
    assert len(strands(record, record.measures)) == 3


def test_a_bare_mention_of_a_measure_is_no_witness_of_its_figure() -> None:
    ten = measure("in-force", "AA", rate=10.0, goods="Borlandic steel")
    assert how_many(ten, measure("in-force", "AA", text="The levies of Arland hurt.")) == 2
    assert (
        how_many(ten, measure("in-force", "AA", goods="steel", text="The tariff of Arland on steel is in-force.")) == 1
    )


def test_contacts_are_told_apart_by_who_meets_and_when() -> None:
    lee = contact("planned", "call", "Minister Lee Min", "Ana Regnier", date=day("2031-05-20"))
    assert how_many(lee, contact("planned", "call", "Lee", "Regnier", date=day("2031-05-20"))) == 1
    assert how_many(lee, contact("planned", "call", "Lee Han", date=day("2031-05-20"))) == 2
    assert how_many(lee, contact("planned", "call", "Lee Min", "Ana Regnier", date=day("2031-09-01"))) == 2


def test_passages_aligned_by_lineage_need_fewer_words_in_common() -> None:
    first = story("one", MAY, move("demand", "AA", "to halt chemical shipments toward islands"))
    copy = story("two", JUNE, move("demand", "AA", "to stop chemical parcels for islands being sent"))
    assert len(facts(known(first, copy))) == 2
    spans = tuple((Span(0, len(s.report.text) - 1)) for s in (copy, first))
    aligned = Relation(a=copy.report.id, b=first.report.id, kind="paraphrase", score=0.9, passages=(spans,))
    told = facts(known(first, copy, relations=[aligned], origins={copy.report.id: "x", first.report.id: "x"}))
    assert [(len(f.records), f.origins, len(f.reports)) for f in told] == [(2, 1, 2)]
    assert told[0].explanation == "1 origin, 2 reports; told by outlet."


def test_words_and_figures() -> None:
    assert content_words("They reported a halt to the shipments") == {"halt", "shipment"}
    assert figures("a $100 billion cut and 20 per cent, in 2031, by 3 ministers") == {"$100000000000", "20%"}
    assert figures("$1.5bn") == figures("$1,500 million")
    assert figures_agree(frozenset(), figures("20%"))
    assert not figures_agree(figures("25%"), figures("20%"))
    assert not close(frozenset(), frozenset())
