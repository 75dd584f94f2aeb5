"""Two related reports side by side: what is marked is what differs, and nothing is lost or run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.model.lineage import Discrepancy, Place, Relation
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.show.passages import Piece, apart, beside, diff, marked, shortened

FIRST = Report(
    name="first",
    text="The two ministers met in Bergen on Monday. They spoke of herring quotas for an hour. Nothing was signed.",
)
AGAIN = Report(
    name="again",
    text="The two ministers met in Tromsø on Monday. They spoke of herring quotas for an hour. Nothing was signed.",
)


def place(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return Span(start, start + len(words))


def relation(kind: str, *words: tuple[str, str]) -> Relation:
    passages = tuple((place(AGAIN, one), place(FIRST, other)) for one, other in words)
    return Relation(a=AGAIN.id, b=FIRST.id, kind=kind, score=0.9, passages=passages)  # type: ignore[arg-type]


def differing(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.differs]


def test_words_that_the_other_has_not_are_told() -> None:
    one, other = diff("The duty on steel rises to 25%.", "The duty on copper will rise to 25%.")
    assert differing(one) == ["steel rises"]
    assert differing(other) == ["copper will rise"]


def test_case_and_signs_are_no_difference() -> None:
    one, other = diff("“No deal”, she said", "No deal, SHE said.")
    assert not differing(one)
    assert not differing(other)


@given(st.text(max_size=80), st.text(max_size=80))
def test_pieces_put_together_are_the_passage(first: str, second: str) -> None:
    one, other = diff(first, second)
    assert "".join(piece.text for piece in one) == first
    assert "".join(piece.text for piece in other) == second


@given(st.lists(st.sampled_from("ab cd ef".split()), max_size=12))
def test_a_passage_does_not_differ_from_itself(words: list[str]) -> None:
    one, other = diff(" ".join(words), " ".join(words))
    assert not differing(one) + differing(other)


def test_of_copies_what_stands_between_shared_passages_is_shown() -> None:
    shared = [
        ("The two ministers met in", "The two ministers met in"),
        (
            "on Monday. They spoke of herring quotas for an hour.",
            "on Monday. They spoke of herring quotas for an hour.",
        ),
    ]
    (row,) = beside(relation("copy", *shared), AGAIN, FIRST)
    assert (differing(row.a_pieces), differing(row.b_pieces)) == (["Tromsø"], ["Bergen"])
    assert not row.alike
    assert row.a.of(AGAIN.text).startswith("The two ministers")
    assert len(beside(relation("paraphrase", *shared), AGAIN, FIRST)) == 2


def test_at_most_so_many_and_none_without_passages() -> None:
    two = relation("paraphrase", ("The two", "The two"), ("Nothing was", "Nothing was"))
    assert len(beside(two, AGAIN, FIRST, most=1)) == 1
    assert beside(relation("same-event"), AGAIN, FIRST) == ()


@pytest.mark.parametrize("turned", [False, True])
def test_facts_that_differ_stand_under_their_own_report(turned: bool) -> None:
    places = Place(AGAIN.id, place(AGAIN, "Tromsø")), Place(FIRST.id, place(FIRST, "Bergen"))
    found = Discrepancy("name", *(reversed(places) if turned else places))
    elsewhere = Discrepancy("name", Place("other", Span(0, 3)), places[1])
    (fact,) = apart(relation("copy"), AGAIN, FIRST, [found, elsewhere])
    assert (fact.kind, fact.a, fact.b) == ("name", "Tromsø", "Bergen")


def test_marks_are_html_and_foreign_text_is_not() -> None:
    one, _ = diff("a <script>alert(1)</script> \u202ebad", "a good")
    page = str(marked(one))
    assert "<mark>" in page
    assert "<script" not in page
    assert "\u202e" not in page


def test_what_is_alike_for_long_is_shortened() -> None:
    words = " ".join(f"word{n}" for n in range(100))
    (piece,) = shortened(diff(words, words)[0])
    assert piece.text.startswith("word0 ")
    assert " […] " in piece.text
    assert piece.text.endswith(" word99")
    assert len(piece.text) < len(words) / 2
