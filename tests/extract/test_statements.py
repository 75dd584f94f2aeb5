"""Reported speech: the cases of `cases/statements.md`, and what must hold of every attribution."""

from __future__ import annotations

import pytest
from cases import Case, read_cases

from standoff.extract.annotate import read_closely
from standoff.extract.reading import Reading
from standoff.extract.speech.statements import extract_statements
from standoff.model.domain import Body, Official, Outlet, Pack, Party
from standoff.model.lineage import Screening, View
from standoff.model.record import Statement
from standoff.model.report import Report

PACK = Pack(
    id="cases",
    title="Cases",
    between=("US", "CN"),
    parties=(
        Party(
            code="US", name="United States", names=("U.S.", "US"), adjectives=("American",), metonyms=("Washington",)
        ),
        Party(code="CN", name="China", adjectives=("Chinese",), metonyms=("Beijing",)),
    ),
    bodies=(
        Body(name="Commerce Ministry", party="CN"),
        Body(name="Treasury Department", party="US"),
    ),
    officials=(
        Official(name="Anna Hale", family="Hale", party="US", level="leader"),
        Official(name="Lin Bo", family="Lin", party="CN", level="minister"),
    ),
    outlets=(Outlet(name="Reuters"), Outlet(name="Bloomberg"), Outlet(name="Xinhua", party="CN")),
)


def reading_of(text: str) -> Reading:
    return read_closely(Report(name="case", text=text), Screening(view=View(text)), PACK)


def told(text: str) -> list[Statement]:
    found = [r for r in extract_statements(reading_of(text), ()) if isinstance(r, Statement)]
    return sorted(found, key=lambda s: s.content)


def value(text: str, statement: Statement, key: str) -> str:
    match key:
        case "content":
            return statement.content.of(text)
        case "source" | "cue":
            place = getattr(statement, key)
            return place.of(text) if place else "none"
        case "for":
            return statement.speaks_for or "none"
        case "direct":
            return "yes" if statement.direct else "no"
        case "via":
            return ";".join(statement.via)
        case _:
            return str(getattr(statement, key))


@pytest.mark.parametrize("case", read_cases("statements"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    found = told(case.text)
    straight = case.text.replace("“", '"').replace("”", '"')
    got = [
        {key: value(straight, statement, key) for key in wanted}
        for statement, wanted in zip(found, case.expected, strict=False)
    ]
    assert len(found) == len(case.expected), [s.content.of(case.text) for s in found]
    assert got == list(case.expected)


def test_every_span_quotes_the_report() -> None:
    text = '"We are ready," Hale said. Lin Bo accused Washington of delay, according to Reuters.'
    for statement in told(text):
        for place in statement.evidence:
            assert place.of(text).strip()
        assert statement.span == statement.content
        assert 0 < statement.confidence <= 1


def test_source_words_and_best_mention_are_kept_apart() -> None:
    reading = reading_of("Lin Bo arrived on Tuesday. He said the visit had gone well.")
    (found,) = reading.attributions
    assert found.source is not None
    assert found.named is not None
    assert reading.doc[slice(*found.source)].text == "He"
    assert reading.doc[slice(*found.named)].text == "Lin Bo"
    assert found.name == "Lin Bo"


def test_an_unclosed_quotation_does_not_swallow_the_paragraph() -> None:
    text = 'The "plan is old. Hale said the talks would resume in May.'
    assert [s.content.of(text) for s in told(text)] == ["the talks would resume in May"]


def test_empty_report() -> None:
    assert told("") == []
