from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.lineage.sketch import GRAM, WINDOW, sketch

TEXT = (
    "The two delegations met on Monday in Geneva and agreed to go on talking about tariffs, export controls and the "
    "purchase of grain, although neither side named a day for the next round or said who would lead it."
)
WORDS = st.lists(st.sampled_from([f"word{i}" for i in range(60)]), min_size=0, max_size=90)


def test_hashes_are_the_same_on_every_machine() -> None:
    assert sketch("one two three four five six seven eight") == ((7383573190858579192, 0),)


def test_case_and_punctuation_do_not_count_and_places_are_letters() -> None:
    plain = sketch(TEXT)
    assert [value for value, _ in sketch(TEXT.upper().replace(",", " –"))] == [value for value, _ in plain]
    assert all(TEXT[at].isalpha() and (at == 0 or not TEXT[at - 1].isalpha()) for _, at in plain)


def test_a_text_of_fewer_than_eight_words_has_none() -> None:
    assert sketch("The talks ended on Monday without result") == ()
    assert sketch("") == ()


@settings(max_examples=80, deadline=None)
@given(WORDS, WORDS, WORDS, WORDS)
def test_a_shared_passage_of_nineteen_words_shares_a_fingerprint(
    before: list[str], after: list[str], lead: list[str], tail: list[str]
) -> None:
    passage = [f"shared{i}" for i in range(GRAM + WINDOW - 1)]
    one = {value for value, _ in sketch(" ".join([*before, *passage, *after]))}
    two = {value for value, _ in sketch(" ".join([*lead, *passage, *tail]))}
    assert one & two


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_every_window_keeps_one_gram_and_hashes_fit_a_signed_column(words: list[str]) -> None:
    found = sketch(" ".join(words))
    assert [at for _, at in found] == sorted({at for _, at in found})
    assert all(0 <= value < 2**63 for value, _ in found)
    assert bool(found) == (len(words) >= GRAM)
