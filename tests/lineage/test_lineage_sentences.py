from __future__ import annotations

import pytest

from standoff.lineage.sentences import sentences, unquoted


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Talks failed on Monday. Envoys flew home.", ["Talks failed on Monday.", "Envoys flew home."]),
        ("The U.S. Treasury declined to comment.", ["The U.S. Treasury declined to comment."]),
        ("Drugs reached the U.S. The ministry denied it.", ["Drugs reached the U.S.", "The ministry denied it."]),
        ("Mr. Doe met Gen. Roe. “No deal,” Doe said.", ["Mr. Doe met Gen. Roe.", "“No deal,” Doe said."]),
        ("  Tariffs rise\n\nTrade talks resume ", ["Tariffs rise", "Trade talks resume"]),
        ("It said so. And then", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [s.span.of(text) for s in sentences(text)] == parts


def test_terms_are_stems_and_those_in_quotation_marks_are_not_told() -> None:
    (sentence,) = sentences("“Tariffs are harmful,” the envoys’ leader told 25% of them.")
    assert sentence.terms == ("tariff", "harmful", "envoy", "lead", "25%")
    assert sentence.told == ("envoy", "lead", "25%")


def test_blanking_quotations_keeps_every_place() -> None:
    text = 'He said "no" and “never.\nShe said “yes” twice.'
    assert unquoted(text) == "He said      and        \nShe said       twice."
