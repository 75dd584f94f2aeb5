"""Datelines, date lines, and what is no date."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.read.dateline import dateline, full_date, published_in

REST = " Ministers met in Beijing for an hour, officials said."


@pytest.mark.parametrize(
    ("opening", "place", "credit", "when"),
    [
        ("WASHINGTON (Reuters) -", "WASHINGTON", "Reuters", None),
        ("WASHINGTON/NEW YORK (Reuters) –", "WASHINGTON/NEW YORK", "Reuters", None),
        ("WASHINGTON, March 5 (Reuters) -", "WASHINGTON", "Reuters", "March 5"),
        ("BEIJING, March 5 (Xinhua) --", "BEIJING", "Xinhua", "March 5"),
        ("BRUSSELS, 5 March (Reuters) -", "BRUSSELS", "Reuters", "5 March"),
        ("BEIJING, Aug. 26, 2025 /Newswire/ --", "BEIJING", "Newswire", "Aug. 26, 2025"),
        ("OSAKA, Japan —", "OSAKA, Japan", None, None),
        ("ST. LOUIS —", "ST. LOUIS", None, None),
        ("McLEAN, Va. –", "McLEAN, Va.", None, None),
        ("WAPAKONETA, Ohio (AP) -", "WAPAKONETA, Ohio", "AP", None),
        ("Washington (CNN)", "Washington", "CNN", None),
        ("New Delhi, India -", "New Delhi, India", None, None),
        ("Washington --", "Washington", None, None),
        ("(Bloomberg) --", None, "Bloomberg", None),
        ("March 5 (Reuters) -", None, "Reuters", "March 5"),
        ("TMTPOST --", None, "TMTPOST", None),
        ("BEIJING:", "BEIJING", None, None),
    ],
)
@pytest.mark.parametrize("before", ["", "\ufeff", "Duties stay\nBy Ana Roth\n\n  "])
def test_datelines(before: str, opening: str, place: str | None, credit: str | None, when: str | None) -> None:
    text = before + opening + REST
    found = dateline(text)
    assert found is not None
    assert (found.place, found.credit, found.date_words) == (place, credit, when)
    assert found.span.of(text) == opening


@pytest.mark.parametrize(
    "text",
    [
        "FILE - The minister arrives at the talks in May.",
        "FILE PHOTO: The minister arrives.",
        "Breaking — The talks are over.",
        "The minister — who came late — said nothing.",
        "Sen. Ana Roth (R-OH) said the duties would stay.",
        "Lake Trade Council (LTC) members voted on Monday.",
        "The Fisheries Authority (FA) said so.",
        "SEE ALSO: Duties stay",
        "ROTH: Duties stay. A letter to Roth from Bern says so.",
        "Ministers met for an hour (and left).",
        "",
        "\n\n",
    ],
)
def test_no_dateline(text: str) -> None:
    assert dateline(text) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12 March 2025", date(2025, 3, 12)),
        ("March 12, 2025", date(2025, 3, 12)),
        ("Sept. 2nd, 2019", date(2019, 9, 2)),
        ("Tue, 09 Jul 2019 10:00:00 GMT", date(2019, 7, 9)),
        ("2025-03-12T23:59:00-08:00", date(2025, 3, 12)),
        ("2025/3/2", date(2025, 3, 2)),
        ("1/20/2014", date(2014, 1, 20)),
        ("20/1/2014", date(2014, 1, 20)),
        ("3/3/2014", date(2014, 3, 3)),
        ("3/4/2014", None),
        ("30 February 2025", None),
        ("2025-13-12", None),
        ("March 2025", None),
        ("Aug 26", None),
        ("Tuesday", None),
        ("20250312", None),
        ("version 1.2025-03-12-4", None),
    ],
)
def test_full_date(words: str, day: date | None) -> None:
    assert full_date(words) == day


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        ("Duties stay\nPublished: 12 March 2025\n" + REST, date(2025, 3, 12), "dateline"),
        ("Duties stay\nUpdated 14 March 2025\nPublished 12 March 2025, 10:35 GMT\n" + REST, date(2025, 3, 12), "dateline"),
        ("Duties stay\nLast updated on Wednesday, March 12, 2025 at 3:47 p.m. ET\n" + REST, date(2025, 3, 12), "dateline"),
        ("Duties stay\nBy Ana Roth | March 12, 2025\n" + REST, date(2025, 3, 12), "dateline"),
        ("Duties stay\nWed 12 March 2025 10:35\n" + REST, date(2025, 3, 12), "dateline"),
        ("BEIJING, March 5, 2025 (Xinhua) --" + REST, date(2025, 3, 5), "dateline"),
        (REST + "\n" * 30 + "More." * 400 + "\nPublished on 2025-03-12", date(2025, 3, 12), "dateline"),
        ("BEIJING, March 5 (Xinhua) --" + REST + "\nCopyright © 2025 Lake Courier", date(2025, 3, 5), "inferred"),
        ("BEIJING, March 5 (Xinhua) --" + REST, None, None),
        ("BEIJING, March 5 (Xinhua) --" + REST + "\n© 2024 A\n© 2025 B", None, None),
        ("BEIJING, March 5 (Xinhua) --" + REST + "\n© 2015-2025 A", None, None),
        ("BEIJING, March 5 (Xinhua) -- In 2019 they met.", None, None),
        ("Ministers met on Aug 26." + REST + "\n© 2025 Lake Courier", None, None),
        ("Published on March 3, 2018, the study found that duties hurt.", None, None),
        ("By March 12, 2025, the duties must be gone.", None, None),
        ("Ministers met on 12 March 2025 in Bern.", None, None),
        ("Updated at 5:05 a.m. ET", None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_published_in(text: str, day: date | None, basis: str | None) -> None:
    found = published_in(text)
    assert (found and found.day, found and found.basis) == (day, basis)
    assert found is None or found.reason


@given(
    st.text(st.sampled_from("ABab .,-—(/):'\n©19205\ufeff") | st.characters(exclude_categories=["Cs"]), max_size=200)
)
def test_any_text_gives_spans_within_it(text: str) -> None:
    found, day = dateline(text), published_in(text)
    assert found is None or found.span.end <= len(text)
    assert found is None or all(
        part in found.span.of(text) for part in (found.place, found.credit, found.date_words) if part
    )
    assert day is None or 1900 <= day.day.year < 2100


@pytest.mark.parametrize("piece", ["A", "A ", "A-", "Aa ", "AB, ", "AB/", "(A", "March 5 ", "2019-", "© ", "By A "])
def test_long_lines_take_no_long_time(piece: str) -> None:
    begun = time.process_time()
    dateline(piece * 20_000)
    published_in(piece * 20_000)
    assert time.process_time() - begun < 1


def test_half_a_date_is_no_date() -> None:
    for filler in range(3_980, 4_010):
        found = published_in("x" * filler + "\nPublished: 2019-03-12\n" + REST)
        assert found is None or found.day == date(2019, 3, 12)
