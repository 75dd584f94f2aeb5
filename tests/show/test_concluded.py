"""What the analyses conclude, in the brief: where there is something to say, and silent where not."""

from __future__ import annotations

import re
from datetime import date

import pytest

from standoff.analyse.known import Known
from standoff.show.brief import page
from standoff.show.concluded import parts
from standoff.show.evidence import Pins


def sections(html: str) -> list[str]:
    return re.findall(r'<h2 id="([\w-]+)"', html)


def test_sections_of_the_examples(known: Known) -> None:
    found = sections(page(known))
    assert {"changes", "kept"} <= set(found)
    assert found.index("state") < found.index("changes") < found.index("positions")
    assert "New since 26 August 2025" in page(known)


def test_one_report_has_nothing_new_and_no_second_origin(known: Known) -> None:
    first = known.known_at(date(2018, 5, 1))
    assert len(first.reports) == 1
    assert not {"changes", "corroborated", "readouts"} & set(sections(page(first)))


def test_every_line_has_evidence(known: Known) -> None:
    found = parts(known, None, {}, Pins(known))
    lines = [*found["changes"]["lines"], *found["changes"]["more"], *found["demands"], *found["promises"]]
    assert lines
    assert all(line.pins for line in lines + found["corroborated"])
    assert all(line.text and line.kind for line in lines)


def test_what_the_reports_do_not_say_is_counted_not_listed(known: Known) -> None:
    found = parts(known, None, {}, Pins(known))
    assert all(line.kind != "not stated" for line in found["promises"])
    assert found["unanswered"] >= 0


@pytest.mark.parametrize("as_of", [date(2018, 5, 31), date(2019, 7, 31), date(2025, 3, 31)])
def test_what_is_new_keeps_to_the_day_asked_for(known: Known, as_of: date) -> None:
    found = parts(known, as_of, {}, Pins(known))["changes"]
    assert found["since"].endswith(str(as_of.year))
