"""The stacked path of tariff rates, the user's weights, and dates that origins give differently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from analyse_examples import PACK, Story, day, known, measure, story
from hypothesis import given
from hypothesis import strategies as st

from standoff.analyse.stacked import (
    StackedPath,
    StackedStep,
    averages,
    dates_differ,
    figures_json,
    stacked,
    tariffs_json,
)
from standoff.analyse.tariffs import UNSTATED
from standoff.analyse.weights import Weight, read_weights
from standoff.errors import InputError
from standoff.model.domain import Issue

D1, D2, D3 = date(2031, 5, 1), date(2031, 7, 1), date(2031, 9, 1)


CUED = replace(PACK, issues=(Issue(id="ports", name="Ports", cues=("ports",)),))


def steps(*stories: Story, goods: str = "all goods", **more: str) -> list[tuple[date, float]]:
    (path,) = [p for p in stacked(known(*stories, pack=CUED), **more) if p.goods == goods]  # type: ignore[arg-type]
    return [(s.day, s.rate) for s in path.steps]


def test_a_class_of_goods_bears_its_own_rate_and_that_on_all_goods() -> None:
    told = (
        story("one", D1, measure("in-force", "AA", rate=25.0, goods="steel")),
        story("two", D2, measure("in-force", "AA", rate=10.0, goods="all Borlandic goods")),
        story("three", D3, measure("lifted", "AA", rate=25.0, goods="steel")),
    )
    assert steps(*told, goods="steel") == [(D1, 25.0), (D2, 35.0), (D3, 10.0)]
    assert steps(*told) == [(D2, 10.0)]
    assert steps(*told, goods="steel", stacking="highest") == [(D1, 25.0), (D2, 25.0), (D3, 10.0)]


def test_a_rate_whose_goods_no_report_names_is_added_to_none() -> None:
    told = (
        story("one", D1, measure("in-force", "AA", rate=25.0, goods="steel")),
        story("two", D2, measure("in-force", "AA", rate=10.0)),
    )
    assert steps(*told, goods="steel") == [(D1, 25.0)]
    assert steps(*told, goods=UNSTATED) == [(D2, 10.0)]
    named = story("three", D2, measure("in-force", "AA", rate=10.0, goods="all Borlandic goods"))
    assert steps(*told, named, goods="steel") == [(D1, 25.0), (D2, 35.0)], "another report of the same names them"


def test_tariffs_for_several_reasons_add_up_and_a_rate_without_a_reason_may_be_their_whole() -> None:
    ports = story("one", D1, measure("in-force", "AA", rate=10.0, reason="ports", goods="all goods"))
    whole = story("two", D2, measure("in-force", "AA", rate=30.0, goods="all goods"))
    smaller = story("two", D2, measure("in-force", "AA", rate=5.0, goods="all goods"))
    assert steps(ports, whole)[-1] == (D2, 30.0)
    assert steps(ports, smaller)[-1] == (D2, 10.0)


def test_what_is_threatened_never_counts() -> None:
    record = known(
        story("one", D1, measure("in-force", "AA", rate=10.0)),
        story("two", D2, measure("threatened", "AA", rate=200.0)),
    )
    (path,) = stacked(record)
    assert [s.rate for s in path.steps] == [10.0]
    page = tariffs_json(record)
    assert [t["rate_percent"] for t in page["threats"]] == [200.0]
    assert page["note"].startswith("Indicative")


def test_the_weighted_average_and_its_coverage() -> None:
    record = known(
        story("one", D1, measure("in-force", "AA", rate=20.0, goods="steel")),
        story("two", D2, measure("in-force", "AA", rate=50.0, goods="wool")),
    )
    weights = read_weights("by,on,goods,weight\nAA,BB,steel,30\nAA,BB,wool,10\nAA,BB,fruit,60\n")
    found = [(a.day, a.rate, a.coverage) for a in averages(stacked(record), weights)]
    assert found == [(D1, 20.0, 0.3), (D2, 27.5, 0.4)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("by,on,goods\nAA,BB,steel\n", "header"),
        ("", "header"),
        ("by,on,goods,weight\nAA,BB,steel,many\n", "line 2"),
        ("by,on,goods,weight\nAA,BB,steel,1\nAA,BB,wool,-1\n", "line 3"),
        ("by,on,goods,weight\nAA,BB,steel\n", "line 2"),
        ("by,on,goods,weight\nAA,BB,steel,nan\n", "line 2"),
        ("by,on,goods,weight\nAA,BB,wool, silk,4\n", "line 2: it has more values"),
        ("by,on,goods,weight\nAA,,steel,4\nAA,BB,wool,x\n", "line 2: on is empty\n  line 3: 'x' is no number"),
        ("by,on,goods,weight\n\n", "no line"),
    ],
)
def test_weights_that_cannot_be_used(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_weights(text)


RATES = st.lists(st.tuples(st.integers(0, 40), st.floats(0, 300, allow_nan=False)), min_size=1, max_size=4)


@given(RATES, st.lists(st.floats(0.1, 100), min_size=4, max_size=4))
def test_an_average_lies_between_its_rates(rates: list[tuple[int, float]], sizes: list[float]) -> None:
    paths = [
        StackedPath(by="AA", on="BB", goods=f"goods{n}", stacking="additive",
                    steps=(StackedStep(day=date(2031, 1, 1 + at % 28), rate=rate, parts=(), records=()),))
        for n, (at, rate) in enumerate(rates)
    ]  # fmt: skip
    weights = [Weight(by="AA", on="BB", goods=f"goods{n}", weight=sizes[n]) for n in range(len(rates))]
    for step in averages(paths, weights):
        assert min(r for _, r in rates) - 1e-5 <= step.rate <= max(r for _, r in rates) + 1e-5
        assert 0 < step.coverage <= 1


def test_dates_that_independent_origins_give_differently_are_both_shown() -> None:
    def told(name: str, when: str) -> Story:
        return story(name, D2, measure("in-force", "AA", rate=25.0, goods="steel", effective=day(when)))

    (found,) = dates_differ(known(told("one", "2031-06-01"), told("two", "2031-06-08")))
    assert (found.kind, [str(d.when) for d in found.dates]) == ("effective", ["2031-06-01", "2031-06-08"])
    assert dates_differ(known(told("one", "2031-06-01"), told("two", "2031-06"))) == ()
    one, two = told("one", "2031-06-01"), told("two", "2031-06-08")
    assert dates_differ(known(one, two, origins={one.report.id: "w", two.report.id: "w"})) == ()


def test_each_figure_is_told_with_what_it_is() -> None:
    record = known(story(
        "one", D1,
        measure("in-force", "AA", amount_usd=3e11, goods="wool"),
        measure("in-force", "BB", amount_usd=3e11, instrument="subsidy"),
        measure("demanded", "BB", amount_usd=1e11, instrument="other", text="a cut of the trade deficit by $100 billion"),
    ))  # fmt: skip
    assert {r["what"] for r in figures_json(record)} == {
        "goods under a tariff", "industrial plan or subsidy", "trade balance",
    }  # fmt: skip
