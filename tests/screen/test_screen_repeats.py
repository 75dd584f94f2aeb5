from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.screen.repeats import LEAST_WORDS, find_repeats

LONG = (
    "The envoys agreed to meet again in Geneva before the end of June, two officials said on the margins of the talks."
)
OTHER = (
    "Nothing else was settled, and both delegations flew home that night without a word to the reporters at the gate."
)


def test_a_paragraph_kept_twice_is_found_at_its_later_place() -> None:
    text = f"{LONG}\n\n{OTHER}\n\n{LONG}\n"
    (repeat,) = find_repeats(text)
    assert repeat.first.of(text) == repeat.again.of(text) == LONG.rstrip(".")
    assert repeat.again.start > text.index(OTHER)


def test_case_and_punctuation_do_not_count() -> None:
    text = f"{LONG} {OTHER} {LONG.replace(',', ' –').upper()}"
    (repeat,) = find_repeats(text)
    assert repeat.again.start == len(LONG) + len(OTHER) + 2


def test_three_copies_give_two_later_passages() -> None:
    text = "\n".join([LONG, LONG, LONG])
    assert [r.again.start for r in find_repeats(text)] == [len(LONG) + 1, 2 * (len(LONG) + 1)]


def test_fourteen_words_are_a_set_phrase() -> None:
    fourteen = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen."
    assert find_repeats(f"{fourteen}\n{OTHER}\n{fourteen}") == ()
    assert len(find_repeats(f"And {fourteen}\n{OTHER}\nAnd {fourteen}")) == 1


def test_a_quotation_inside_a_sentence_that_goes_on_is_no_repeat() -> None:
    quoted = LONG.rstrip(".")
    text = f"{LONG} {OTHER} At home the minister repeated that {quoted.lower()}, though he named no day and no hotel."
    assert find_repeats(text) == ()


def test_of_a_pulled_quotation_the_body_is_kept_for_it_has_the_speaker() -> None:
    pulled = (
        "We came with three proposals and we shall leave with three proposals, because nobody would read a single one"
    )
    text = f"“{pulled}.”\n{OTHER}\n“{pulled},” envoy Jane Doe said on Monday in Geneva, before she left.\n"
    (repeat,) = find_repeats(text)
    assert repeat.again.end < text.index(OTHER) < repeat.first.start


def test_a_few_words_at_the_edge_may_differ() -> None:
    text = f"{LONG} {OTHER} The reason: {LONG.lower()}"
    (repeat,) = find_repeats(text)
    assert repeat.again.of(text).startswith("the envoys")


@pytest.mark.parametrize("text", ["", " \n", "word", "word " * 14])
def test_short_texts_have_none(text: str) -> None:
    assert find_repeats(text) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["tariff", "talks", "Monday", "said.", "the", "\n"]), max_size=120))
def test_what_is_found_stands_twice_and_later_passages_lie_apart(words: list[str]) -> None:
    text = " ".join(words)
    found = find_repeats(text)
    for repeat in found:
        first, again = repeat.first.of(text).split(), repeat.again.of(text).split()
        assert [w.strip(".").casefold() for w in first] == [w.strip(".").casefold() for w in again]
        assert len(again) >= LEAST_WORDS
        assert not repeat.first.overlaps(repeat.again)
    assert all(a.again.end <= b.again.start for a, b in pairwise(found))
