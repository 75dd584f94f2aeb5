"""Marks in a text, however they lie."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from standoff.model.span import Span
from standoff.show.marking import Mark, paragraphs, pieces, slice_at, slices

TEXTS = st.text(alphabet=st.sampled_from("ab \n\U0001f600\u202e"), max_size=120)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS.filter(bool))
    found = []
    for n in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        found.append(Mark(Span(start, end), f"m-{n}", "move", ""))
    return text, found


@given(marked_texts(), st.integers(2, 40))
def test_pieces_put_together_are_the_text_and_know_their_marks(given: tuple[str, list[Mark]], size: int) -> None:
    text, marks = given
    parts = slices(text, size)
    assert "".join(part.of(text) for part in parts) == text
    at = 0
    for part in parts:
        for piece in pieces(text, part, marks):
            span = Span(at, at + len(piece.text))
            assert piece.text == span.of(text)
            assert {m.record for m in piece.marks} == {m.record for m in marks if m.span.overlaps(span)}
            assert all(m.span.covers(span) for m in piece.marks)
            at = span.end
    assert at == len(text)


@given(marked_texts())
def test_paragraphs_lose_only_line_ends(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    found = paragraphs(pieces(text, Span(0, len(text)), marks))
    assert ["".join(piece.text for piece in line) for line in found] == [line for line in text.split("\n") if line]


@given(TEXTS, st.integers(2, 40), st.data())
def test_a_place_lies_in_its_part(text: str, size: int, data: st.DataObject) -> None:
    parts = slices(text, size)
    if parts:
        place = data.draw(st.integers(0, len(text) - 1))
        part = parts[slice_at(parts, place)]
        assert part.start <= place < part.end
    assert all(len(part) <= size for part in parts)


def test_the_narrowest_mark_comes_first() -> None:
    wide, narrow = Mark(Span(0, 9), "s-1", "statement", ""), Mark(Span(2, 4), "m-1", "move", "")
    found = pieces("abcdefghi", Span(0, 9), [wide, narrow])
    assert [(p.text, [m.record for m in p.marks]) for p in found] == [
        ("ab", ["s-1"]), ("cd", ["m-1", "s-1"]), ("efghi", ["s-1"]),
    ]  # fmt: skip
    assert found[1].kinds == ("move", "statement")
