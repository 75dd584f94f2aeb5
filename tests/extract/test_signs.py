"""A rule of times, tried only around its signs, finds what it finds in the whole text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.extract.times import wording
from standoff.extract.times.signs import Places

TEXTS = sorted((Path(__file__).parents[1] / "evaluation" / "texts").glob("*.txt"))
WORDS = (
    "in on by the early late last this next past coming within for every each about three twenty-one 90 two hundred "
    "May March 1 December 2019 2020-21 Q3 Monday MONDAY Tuesdays days day week weeks month months year years decade "
    "quarter minutes hours ago from now today tonight yesterday weekend spring fall soon shortly before after earlier "
    "later of and to - , . the-foreseeable future Christmas New Year 's 90-day 1990s over more than some few a an"
).split()


def _found(text: str, *, everywhere: bool) -> list[tuple[int, int, int]]:
    near = Places(text)
    return [
        (number, *match.span())
        for number, (pattern, sign, *_) in enumerate(wording._RULES)
        for start, end in ([(0, len(text))] if everywhere else near.stretches(sign))
        for match in pattern.finditer(text, start, end)
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_texts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert _found(text, everywhere=False) == _found(text, everywhere=True)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from((" ", " ", " filler words here ")))
def test_any_order_of_words(words: list[str], between: str) -> None:
    text = between.join(words)
    assert _found(text, everywhere=False) == _found(text, everywhere=True)


def test_letters_whose_small_form_is_longer() -> None:
    text = "İstanbul, İzmir: talks resume on 3 May 2019, three weeks before the vote."
    assert _found(text, everywhere=False) == _found(text, everywhere=True)


def test_stretches_are_apart_and_ascending() -> None:
    text = ("They meet on Monday. " + "x " * 300) * 4
    stretches = Places(text).stretches(wording.signs.WEEKDAYS)
    assert len(stretches) == 4
    assert all(a[1] < b[0] for a, b in pairwise(stretches))
