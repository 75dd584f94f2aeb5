from __future__ import annotations

import pytest

from standoff.screen.boilerplate import compiled, find_boilerplate, known_boilerplate

NEWS = (
    "FILE PHOTO: Trade envoy Jane Doe meets Vice Minister John Roe in Geneva, June 3. REUTERS/Ann Poe",
    "Washington offered to sign up for the accord, and Beijing agreed to follow on Monday.",
    "“Read my lips: no deal,” the envoy said.",
    "The ministry will get the app of the bourse removed from all state telephones.",
    "The two sides contributed $3 billion to this effort.",
    "Copyright law was the subject of the third round, officials said.",
    "More tariffs were threatened by the United States on Tuesday.",
    "Advertisement spending by state banks fell, the report said.",
)


@pytest.mark.parametrize("entry", known_boilerplate(), ids=lambda e: e.kind)
def test_each_example_has_a_pattern_and_each_pattern_an_example(entry) -> None:  # type: ignore[no-untyped-def]
    patterns = {p: compiled(p) for p in entry.patterns}
    assert [e for e in entry.examples if not any(p.fullmatch(e) for p in patterns.values())] == []
    assert [name for name, p in patterns.items() if not any(p.fullmatch(e) for e in entry.examples)] == []


@pytest.mark.parametrize("example", [e for entry in known_boilerplate() for e in entry.examples])
def test_examples_are_found_in_a_report_of_their_own_line_and_nothing_else(example: str) -> None:
    text = f"The envoys met in Geneva on Monday.\n\n{example}\n\nThey meet again on Friday.\n"
    assert [b.of(text) for b in find_boilerplate(text)] == [example]


@pytest.mark.parametrize("line", NEWS)
def test_news_is_left_alone(line: str) -> None:
    assert [b.of(line) for b in find_boilerplate(line) if b.of(line) != "REUTERS/Ann Poe"] == []


def test_of_a_caption_only_the_credit_is_taken() -> None:
    assert [b.of(NEWS[0]) for b in find_boilerplate(NEWS[0])] == ["REUTERS/Ann Poe"]


def test_lines_of_the_outlet_are_found_whatever_their_case_and_spacing() -> None:
    text = "The talks failed.\nHARBOUR WIRE:  News that travels.\nThey resume in May."
    assert [b.of(text) for b in find_boilerplate(text, ["Harbour Wire: news that travels."])] == [
        "HARBOUR WIRE:  News that travels."
    ]
    assert find_boilerplate(text, ["", "  "]) == ()


def test_what_touches_is_one_piece() -> None:
    text = "This is a rush transcript. Copy may not be in its final form."
    (piece,) = find_boilerplate(text)
    assert piece.of(text) == text
