"""What the linkage extractor must find and must leave, sentence by sentence (`cases/linkages.md`)."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from standoff.extract.annotate import read_closely
from standoff.extract.linkages.linkages import extract_linkages
from standoff.model.lineage import Screening, View
from standoff.model.record import Linkage
from standoff.model.report import Published, Report

sys.path.insert(0, str(Path(__file__).parent))
from cases import Case, read_cases
from test_contacts import PACK

FIELDS = {"from": "first_actor", "to": "then_actor"}


def found_in(text: str) -> list[Linkage]:
    report = Report(name="case", text=text, published=Published(date(2019, 5, 15), "user"))
    reading = read_closely(report, Screening(view=View(text)), PACK)
    return list(extract_linkages(reading, ()))


def shown(linkage: Linkage, keys: list[str]) -> dict[str, str]:
    values = {key: getattr(linkage, FIELDS.get(key, key)) for key in keys}
    return {k: "none" if v is None else str(v) for k, v in values.items()}


@pytest.mark.parametrize("case", read_cases("linkages"), ids=lambda case: case.title)
def test_linkages_of_a_text(case: Case) -> None:
    found = found_in(case.text)
    assert [shown(c, list(line)) for c, line in zip(found, case.expected, strict=False)] == list(case.expected), found
    assert len(found) == len(case.expected), found


def test_a_linkage_is_pinned_to_both_acts_and_told_in_short_lines() -> None:
    text = "Officials met. China will not resume talks until the United States lifts its tariffs, they said."
    (linkage,) = found_in(text)
    assert linkage.span.of(text) == "China will not resume talks until the United States lifts its tariffs"
    assert (linkage.first, linkage.then) == ("United States lifts its tariffs", "China resumes talks")
