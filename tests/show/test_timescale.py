"""A time axis with breaks: stretches, windows, and where a day lies."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.show.timescale import BREAK, Stretch, scale, stretch_words, stretches, windows

DAYS = st.lists(st.dates(date(2015, 1, 1), date(2026, 12, 31)), min_size=1, max_size=40)


@given(DAYS)
def test_stretches_hold_every_day_and_lie_apart(days: list[date]) -> None:
    found = stretches(days)
    assert all(any(day in s for s in found) for day in days)
    assert all(a.last + timedelta(days=60) < b.first for a, b in pairwise(found))


@given(DAYS)
def test_windows_part_the_stretches(days: list[date]) -> None:
    found = stretches(days)
    parts = windows(found)
    assert sum(p.days for p in parts) == sum(s.days for s in found)
    assert all(a.last < b.first for a, b in pairwise(parts))


@given(DAYS, st.dictionaries(st.integers(0, 39), st.floats(0, 300), max_size=20))
def test_later_days_lie_further_right_within_the_axis(days: list[date], rooms: dict[int, float]) -> None:
    needs = {days[n]: room for n, room in rooms.items() if n < len(days)}
    found = stretches(days)[-8:]
    axis = scale(found, 100, 1000, needs)
    places = [axis.x(s.first + timedelta(days=n)) for s in found for n in range(0, s.days, max(1, s.days // 9))]
    assert places == sorted(places)
    assert 100 <= places[0] <= places[-1] <= 1000
    assert axis.segments[-1].right == pytest.approx(1000)
    assert all(right - left == pytest.approx(BREAK) for left, right, _ in axis.breaks())


def test_a_busy_day_gets_the_room_it_needs() -> None:
    busy, quiet = date(2024, 3, 5), date(2024, 3, 9)
    (segment,) = scale((Stretch(date(2024, 3, 1), date(2024, 3, 30)),), 0, 900, {busy: 200}).segments
    number = (busy - segment.stretch.first).days
    assert segment.edges[number + 1] - segment.edges[number] >= 200
    assert segment.x(quiet) > segment.x(busy) + 190


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2018, 5, 1), date(2018, 5, 9), "May 2018"),
        (date(2025, 2, 1), date(2025, 3, 12), "Feb to Mar 2025"),
        (date(2024, 12, 30), date(2025, 1, 2), "Dec 2024 to Jan 2025"),
    ],
)
def test_words_of_a_stretch(first: date, last: date, words: str) -> None:
    assert stretch_words(Stretch(first, last)) == words


def test_breaks_say_how_long_nothing_was() -> None:
    found = stretches([date(2018, 5, 1), date(2019, 6, 29), date(2025, 3, 11)])
    assert [words for *_, words in scale(found, 0, 900, {}).breaks()] == ["14 months", "6 years"]


def test_long_stretches_are_cut_at_quarters_and_years() -> None:
    assert [w.first for w in windows([Stretch(date(2024, 2, 10), date(2024, 8, 1))])] == [
        date(2024, 2, 10), date(2024, 4, 1), date(2024, 7, 1),
    ]  # fmt: skip
    assert len(windows([Stretch(date(2018, 2, 10), date(2024, 8, 1))])) == 7
