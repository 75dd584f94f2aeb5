"""What a passage says not to be, and whether a denial denies or only rejects."""

from __future__ import annotations

import pytest

from standoff.analyse.negation import claims, denied_clause, negated, rejects, states


@pytest.mark.parametrize(
    ("text", "before", "behind", "nominal", "purpose"),
    [
        ("Arland has not opened its ports, he said", "Arland ", " opened its ports", False, False),
        ("the trip was not part of a round of talks", "the trip ", "   a round of talks", True, False),
        ("the aim is not to close the ferry line", "the aim ", " to close the ferry line", True, True),
        ("it is not seeking war but peace", "it ", " seeking war ", False, False),
    ],
)
def test_the_clause_with_the_one_negation(text: str, before: str, behind: str, nominal: bool, purpose: bool) -> None:
    found = denied_clause(text)
    assert found is not None
    assert (found.before, found.behind, found.nominal, found.purpose) == (before, behind, nominal, purpose)


@pytest.mark.parametrize("text", ["the ports are open", "it did not pay and it never will"])
def test_of_no_negation_or_two_nothing_can_be_told(text: str) -> None:
    assert denied_clause(text) is None


def test_names_are_no_matter_of_what_is_denied() -> None:
    found = denied_clause("Arland has no treaty with the Coral Islands on salt")
    assert found is not None
    assert found.plain.split() == ["treaty", "with", "the", "on", "salt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the claim of a secret deal", True),
        ("a secret deal was struck", True),
        ("having sold the boats", True),
        ("it", True),
        ("a proposal that would have opened the ports", False),
        ("the prisoner swap", False),
        ("their latest offer as too little", False),
    ],
)
def test_what_can_be_denied_as_untrue(text: str, expected: bool) -> None:
    assert claims(text) is expected


def test_what_is_turned_down() -> None:
    assert rejects("calls for an early election")
    assert rejects("the offer as unacceptable")
    assert not rejects("that boats were sold")


def test_negations_cancel_each_other() -> None:
    assert negated("the ports are not open")
    assert not negated("the ports are not open", denies=True)
    assert not negated("it never said no")


def test_a_wish_states_nothing() -> None:
    assert states("the duty is high")
    assert not states("to lower the duty that was raised")
