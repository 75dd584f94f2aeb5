"""Times as text: all of them come back as they were."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.model.dates import Precision, When

DAYS = st.dates(date(1990, 1, 1), date(2050, 1, 1))


@st.composite
def intervals(draw: st.DrawFn) -> When:
    ends = sorted([draw(DAYS), draw(DAYS)])
    first, last = draw(st.sampled_from([ends, [ends[0], None], [None, ends[1]]]))
    return When(first, last, draw(st.sampled_from(get_args(Precision))))


NAMED = st.one_of(
    DAYS.map(When.day), DAYS.map(When.week), DAYS.map(lambda day: When.month(day.year, day.month)),
    DAYS.map(lambda day: When.year(day.year)),
)  # fmt: skip


@given(NAMED | intervals())
def test_times_come_back_with_their_precision(when: When) -> None:
    assert When.parse(when.exact) == when


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (When.day(date(2031, 5, 5)), "2031-05-05"),
        (When.month(2031, 5), "2031-05"),
        (When.year(2031), "2031"),
        (When(date(2031, 5, 5), None, "interval"), "2031-05-05/.."),
        (When.week(date(2031, 5, 7)), "2031-05-05/2031-05-11 week"),
        (When(date(2031, 4, 1), date(2031, 6, 30), "quarter"), "2031-04-01/2031-06-30 quarter"),
        (When(date(2031, 4, 2), date(2031, 4, 9), "month"), "2031-04-02/2031-04-09 month"),
    ],
)
def test_times_as_text(when: When, text: str) -> None:
    assert when.exact == text


@pytest.mark.parametrize(
    "text", ["", "soon", "2031-13", "2031-05-05/2031-05-01", "2031-05-05/2031-05-06 moon", "../.."]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        When.parse(text)
