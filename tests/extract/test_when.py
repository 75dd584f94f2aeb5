"""The times of `cases/when.md`, and what holds for any text."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.extract.times.when import Direction, TimeExpression, find_times, resolve
from standoff.model.dates import When

CASES = [
    tuple(cell.strip() for cell in line.strip("|\n").split("|"))
    for line in (Path(__file__).parent / "cases" / "when.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| sentence", "|---"))
]
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
WORDS = re.findall(
    r"\S+",
    "by from to until between and on in the last next early end of week month year May March 1 12 Dec. 2019 Monday "
    "within 90 days minutes hours ago a two after since 1000000 starting before since - , . 's 2025-26 quarter weekend",
)


def shown(found: TimeExpression) -> str:
    kind = "" if found.kind == "date" else f" {found.kind}"
    return f"{found.text} = {found.when or '?'}{' deadline' if found.deadline else ''}{kind}"


@pytest.mark.parametrize(("sentence", "published", "direction", "times"), CASES)
def test_case(sentence: str, published: str, direction: str, times: str) -> None:
    day = None if published == "-" else date.fromisoformat(published)
    way: Direction | None = {"past": "past", "future": "future", "nearest": "nearest"}.get(direction)  # type: ignore[assignment]
    assert "; ".join(shown(found) for found in find_times(sentence, day, way)) == times


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 100
    assert len(set(CASES)) == len(CASES)


def test_precision_follows_the_wording() -> None:
    day = date(2019, 5, 15)
    wording = {"on Monday": "day", "last week": "week", "in June": "month", "in Q3 2019": "quarter", "in 2018": "year"}
    assert {w: found.precision for w in wording if (found := resolve(w, day))} == wording
    assert resolve("by Friday", day) == When(None, date(2019, 5, 17), "interval")


def holds(text: str, published: date | None) -> None:
    found = find_times(text, published)
    assert all(text[f.start : f.end] == f.text and f.text for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(max_size=200), st.none() | DAYS)
def test_any_text_is_read(text: str, published: date | None) -> None:
    holds(text, published)


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.none() | st.dates())
def test_any_words_of_time_are_read(text: str, published: date | None) -> None:
    holds(text, published)


@given(
    DAYS, st.sampled_from(["%B %-d, %Y", "%b. %-d, %Y", "%-d %B %Y", "%A, %B %-d, %Y", "%Y-%m-%d"]), st.none() | DAYS
)
def test_an_absolute_date_is_itself(day: date, form: str, published: date | None) -> None:
    words = (form.replace("%-d", str(day.day))).replace("%b.", "%B" if day.month in (5, 6, 7) else "%b.")
    found = find_times(f"The pact of {day.strftime(words)} holds.", published)
    assert [f.when for f in found] == [When.day(day)]


@given(
    DAYS, st.integers(-2000, 2000), st.sampled_from(["yesterday", "next Monday", "last Friday", "on Tuesday", "today"])
)
def test_a_relative_day_shifts_with_publication(day: date, weeks: int, words: str) -> None:
    shift = timedelta(weeks=weeks)
    one, two = resolve(words, day), resolve(words, day + shift)
    assert one
    assert two
    assert one.first
    assert two.first
    assert two.first - one.first == shift


@given(DAYS, st.sampled_from(["past", "future"]), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_direction_is_kept_and_near(day: date, way: Direction, name: str) -> None:
    found = resolve(name, day, way)
    assert found
    assert found.first
    assert f"{found.first:%A}" == name
    distance = (found.first - day).days
    assert -7 < distance <= 0 if way == "past" else 0 <= distance < 7


@given(st.sampled_from(["next week", "on Friday", "in June", "two days ago", "overnight", "by Friday", "this year"]))
def test_nothing_relative_without_publication(words: str) -> None:
    assert resolve(words, None) is None


@pytest.mark.parametrize(
    "piece", ["1", "May 1 ", "from ", "A May ", "Monday ", "2018-", "one ", "the next ", " ", "within ", "a few "]
)
def test_time_grows_with_length(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.perf_counter()
    find_times(text, date(2019, 5, 15))
    assert time.perf_counter() - began < 10  # about 0.5 s here; a quadratic pattern takes minutes
