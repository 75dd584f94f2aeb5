"""What the measure extractor must find and must leave, sentence by sentence (`cases/measures.md`)."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from standoff.extract.annotate import read_closely
from standoff.extract.measures.measures import extract_measures
from standoff.model.domain import Body, Official, Pack, Party
from standoff.model.lineage import Screening, View
from standoff.model.record import Measure
from standoff.model.report import Published, Report

sys.path.insert(0, str(Path(__file__).parent))
from cases import Case, read_cases

PACK = Pack(
    id="test",
    title="Test",
    between=("US", "CN"),
    parties=(
        Party(
            code="US",
            name="United States",
            names=("U.S.", "US", "America"),
            adjectives=("American",),
            metonyms=("Washington", "White House"),
            people=("Americans",),
        ),
        Party(code="CN", name="China", adjectives=("Chinese",), metonyms=("Beijing",)),
        Party(code="CA", name="Canada", adjectives=("Canadian",)),
        Party(code="MX", name="Mexico", adjectives=("Mexican",)),
        Party(code="EU", name="European Union", names=("EU",), adjectives=("European",)),
        Party(code="JP", name="Japan", adjectives=("Japanese",)),
    ),
    bodies=(Body(name="Commerce Ministry", party="CN"),),
    officials=(
        Official(name="Donald Trump", family="Trump", party="US", level="leader"),
        Official(name="Larry Kudlow", family="Kudlow", party="US", level="minister"),
    ),
)
FIELDS = {"rate": "rate_percent", "amount": "amount_usd"}
NUMBERS = ("rate", "amount")


def found_in(text: str) -> list[Measure]:
    report = Report(name="case", text=text, published=Published(date(2019, 5, 15), "user"))
    reading = read_closely(report, Screening(view=View(text)), PACK)
    return list(extract_measures(reading, ()))


def shown(measure: Measure, keys: list[str]) -> dict[str, str]:
    values = {key: getattr(measure, FIELDS.get(key, key)) for key in keys}
    return {k: "none" if v is None else f"{float(v):g}" if k in NUMBERS else str(v) for k, v in values.items()}


def wanted(line: dict[str, str]) -> dict[str, str]:
    return {k: f"{float(v):g}" if k in NUMBERS and v != "none" else v for k, v in line.items()}


@pytest.mark.parametrize("case", read_cases("measures"), ids=lambda case: case.title)
def test_measures_of_a_sentence(case: Case) -> None:
    found = found_in(case.text)
    assert len(found) == len(case.expected), found
    assert [shown(m, list(line)) for m, line in zip(found, case.expected, strict=True)] == [
        wanted(line) for line in case.expected
    ]


def test_every_span_quotes_the_mention() -> None:
    text = "Officials met. The United States imposed tariffs of 25% on Chinese goods. They left."
    (measure,) = found_in(text)
    assert measure.span.of(text) == "The United States imposed tariffs of 25% on Chinese goods"


def test_repeats_become_further_evidence() -> None:
    text = "China raised duties on American cars to 40 percent. Car makers dislike the duties."
    (measure,) = found_in(text)
    assert [place.of(text) for place in measure.evidence][1:] == ["the duties"]
