from __future__ import annotations

import pytest
from lineage_examples import report

from standoff.lineage.discrepancies import find_discrepancies
from standoff.model.span import Span


def differences(first: str, second: str) -> list[tuple[str, str, str]]:
    a, b = report("a", first), report("b", second)
    found = find_discrepancies(a, b, ((Span(0, len(first)), Span(0, len(second))),))
    return [(d.kind, d.a.span.of(first), d.b.span.of(second)) for d in found]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "The note went through Ambassador Ann Poe in Vienna.",
            "Ambassador Jane Roe passed the note on in Vienna.",
            ("name", "Ambassador Ann Poe", "Ambassador Jane Roe"),
        ),
        (
            "Duties rose to 25% in spring, and grain fell.",
            "Duties were raised to 20%, while grain fell.",
            ("number", "Duties rose to 25% in spring", "Duties were raised to 20%"),
        ),
        (
            "The paper ran a front-page article on it.",
            "The paper ran articles about it.",
            ("number", "The paper ran a front-page article on it.", "The paper ran articles about it."),
        ),
        (
            "The minister wrote in February to ask for talks.",
            "In January the minister asked for talks by letter.",
            (
                "date",
                "The minister wrote in February to ask for talks.",
                "In January the minister asked for talks by letter.",
            ),
        ),
        (
            "This month it printed a white paper.",
            "It released a white paper on March 4.",
            ("date", "This month it printed a white paper.", "It released a white paper on March 4."),
        ),
        (
            "Nobody called the minister, a person with knowledge of it said.",
            "Nobody called the minister.",
            (
                "attribution",
                "Nobody called the minister, a person with knowledge of it said.",
                "Nobody called the minister.",
            ),
        ),
        (
            "The ministry wants to open a channel.",
            "Efforts of the ministry to open a channel have begun.",
            (
                "modality",
                "The ministry wants to open a channel.",
                "Efforts of the ministry to open a channel have begun.",
            ),
        ),
        (
            "Most of the officials were away.",
            "Nearly all officials were away.",
            ("number", "Most of the officials were away.", "Nearly all officials were away."),
        ),
        (
            "The embassy gave no answer.",
            "The embassy gave no answer to the Meridian Post.",
            ("detail", "The embassy gave no answer.", "The embassy gave no answer to the Meridian Post."),
        ),
    ],
)
def test_what_differs(first: str, second: str, expected: tuple[str, str, str]) -> None:
    assert expected in differences(first, second)
    kind, here, there = expected
    assert (kind, there, here) in differences(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Duties of 25% took effect in March, he said.", "In March duties of 25% came into force, he said."),
        ("The envoy wants talks.", "Talks are what the envoy wants."),
        ("Ambassador Ann Poe left.", "Ambassador Ann Poe went home."),
    ],
)
def test_what_does_not(first: str, second: str) -> None:
    assert differences(first, second) == []
