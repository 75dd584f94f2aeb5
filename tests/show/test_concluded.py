"""What the analyses conclude, in the brief: where there is something to say, and silent where not."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from standoff.analyse.fulfilment import fulfilment
from standoff.analyse.known import Known
from standoff.show.brief import page
from standoff.show.concluded import changed, parts
from standoff.show.evidence import Pins
from standoff.show.wording import bracketed, some


def _parts(known: Known) -> dict[str, Any]:
    return parts(known, None, {}, fulfilment(known), Pins(known))


def sections(html: str) -> list[str]:
    return re.findall(r'<h2 id="([\w-]+)"', html)


def test_sections_of_the_examples(known: Known) -> None:
    found = sections(page(known))
    assert {"changes", "kept"} <= set(found)
    assert found.index("state") < found.index("changes") < found.index("positions")
    assert "What changed since 27 August 2025" in page(known)


def test_one_report_has_nothing_new_and_no_second_origin(known: Known) -> None:
    first = known.known_at(date(2018, 5, 1))
    assert len(first.reports) == 1
    assert not {"changes", "corroborated", "readouts"} & set(sections(page(first)))


def test_every_line_has_evidence(known: Known) -> None:
    found = _parts(known)
    new = changed(known, None, (), Pins(known))
    lines = [*new["lines"], *new["more"].those, *found["demands"].those, *found["promises"].those]
    assert lines
    assert all(line.pins for line in lines + found["corroborated"])
    assert all(line.text and line.kind for line in lines)


def test_what_the_reports_do_not_say_is_counted_not_listed(known: Known) -> None:
    found = _parts(known)
    assert all(line.kind != "not stated" for line in found["promises"].those)
    assert found["unanswered"] >= 0


@pytest.mark.parametrize("as_of", [date(2018, 5, 31), date(2019, 7, 31), date(2025, 3, 31)])
def test_what_is_new_keeps_to_the_day_asked_for(known: Known, as_of: date) -> None:
    found = changed(known, as_of, (), Pins(known))
    assert found["since"].endswith(str(as_of.year))


def test_only_so_much_is_shown_and_how_much_there_is_is_said() -> None:
    cut = some(range(100), str, 40)
    assert cut.those == tuple(map(str, range(40)))
    assert cut.count == "40 of 100"
    assert some("ab", str).count == "2"


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("a cut (Post)", ("a cut", "(Post)")),
        ("a cut (Post (Web), citing (some) people)", ("a cut", "(Post (Web), citing (some) people)")),
        ("a (deep) cut", ("a (deep) cut", "")),
        ("odd )", ("odd )", "")),
        ("", ("", "")),
    ],
)
def test_who_says_so_stands_in_the_brackets_at_the_end(text: str, parted: tuple[str, str]) -> None:
    assert bracketed(text) == parted
