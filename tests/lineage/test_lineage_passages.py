from __future__ import annotations

from standoff.lineage.passages import shared_passages

LEAD = (
    "The two delegations met on Monday in Geneva and agreed to go on talking about tariffs and the purchase of grain."
)
REST = "Neither side named a day for the next round, and nobody would say who is going to lead it."
SPEECH = (
    "“We came with three proposals and we shall leave with three proposals, because nobody would read them,” he said."
)


def test_a_copy_holds_all_of_it_wherever_it_stands() -> None:
    shared = shared_passages(f"{LEAD} {REST}", f"{REST}\n\n{LEAD}")
    assert (shared.of_first, shared.of_second) == (1.0, 1.0)
    assert [here.of(f"{LEAD} {REST}") for here, _ in shared.passages] == [LEAD[:-1], REST[:-1]]


def test_an_excerpt_is_contained_and_does_not_contain() -> None:
    shared = shared_passages(LEAD, f"{LEAD} {REST}")
    assert shared.of_first == 1.0
    assert 0.4 < shared.of_second < 0.7
    assert shared.containment == 1.0


def test_a_speech_that_both_quote_is_no_copy() -> None:
    shared = shared_passages(f"{LEAD} {SPEECH}", f"{REST} {SPEECH}")
    assert len(shared.passages) == 1
    assert shared.containment < 0.15


def test_seven_words_are_nothing() -> None:
    assert shared_passages("one two three four five six seven", "one two three four five six seven").passages == ()
    assert shared_passages("", LEAD).containment == 0.0
