"""The figures of `cases/money.md`, and what holds for any text."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.extract.figures.money import Figure, find_figures
from standoff.extract.figures.numerals import number

CASES = [
    tuple(cell.strip() for cell in line.strip("|\n").split("|"))
    for line in (Path(__file__).parent / "cases" / "money.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| sentence", "|---"))
]
WORDS = re.findall(
    r"\S+",
    "up to from by between and $ 10 25 percent % billion 1.5 two hundred - – € yuan a half zero more than rose 2018 dollars , . of",
)


def plain(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def shown(figure: Figure) -> str:
    value = plain(figure.low) if figure.low == figure.high else f"{plain(figure.low)}..{plain(figure.high)}"
    extras = (figure.currency, None if figure.bound == "exact" else figure.bound, figure.change)
    return " ".join([f"{figure.text} = {figure.kind} {value}", *(e for e in extras if e)])


@pytest.mark.parametrize(("sentence", "figures"), CASES)
def test_case(sentence: str, figures: str) -> None:
    assert "; ".join(shown(figure) for figure in find_figures(sentence)) == figures


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 80
    assert len(set(CASES)) == len(CASES)


def test_us_dollars_only_where_the_currency_is() -> None:
    figures = find_figures("They paid $5 million, €5 million, A$5 million and up to $7 million.")
    assert [f.usd for f in figures] == [5e6, None, None, 7e6]
    assert [f.value for f in figures] == [5e6, 5e6, 5e6, 7e6]


def holds(text: str) -> None:
    found = find_figures(text)
    assert all(text[f.start : f.end] == f.text and f.text for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(f.low is None or f.high is None or f.low <= f.high for f in found)
    assert all((f.usd is not None) == (f.currency == "USD") for f in found)
    assert all((f.currency is not None) == (f.kind == "money") for f in found)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    holds(text)


@given(st.lists(st.sampled_from(WORDS), max_size=16).map(" ".join))
def test_any_words_of_number_are_read(text: str) -> None:
    holds(text)


@given(st.integers(1, 999), st.sampled_from([("", 1), (" million", 10**6), ("bn", 10**9), (" trillion", 10**12)]))
def test_an_amount_is_read_as_written(amount: int, scale: tuple[str, int]) -> None:
    (figure,) = find_figures(f"It would cost ${amount}{scale[0]} in all.")
    assert (figure.kind, figure.usd, figure.text) == ("money", amount * scale[1], f"${amount}{scale[0]}")


@given(st.integers(0, 10**15 - 1))
def test_thousands_separators_do_not_matter(value: int) -> None:
    assert number(f"{value:,}") == number(str(value)) == value


@given(st.decimals(0, 1000, places=2), st.sampled_from(["%", " percent", " per cent", "-percent"]))
def test_a_percentage_is_read_as_written(rate: object, unit: str) -> None:
    (figure,) = find_figures(f"The duty of {rate}{unit} holds.")
    assert figure.low == figure.high == float(str(rate))


@pytest.mark.parametrize(
    "piece", ["1", "1,", "one ", "$1 ", "10 percent ", "twenty-", "5 a ", "from 10 to ", " ", "a hundred "]
)
def test_time_grows_with_length(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    began = time.perf_counter()
    find_figures(text)
    assert time.perf_counter() - began < 10  # at most 1 s here; a quadratic pattern takes minutes
