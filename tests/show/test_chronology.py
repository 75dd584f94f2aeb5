"""The chronology: what becomes a mark, how it looks, and that no mark lies on another."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from standoff.analyse.known import Known
from standoff.analyse.state import state
from standoff.show.chronology import CONTACTS, ROW_ORDER, ROWS, Mark, chronology, marks
from standoff.show.drawing import draw_chronology, glyph
from standoff.show.timescale import Stretch, stretches

START = date(2024, 1, 1)


def opener(records: tuple[str, ...], title: str, drawn: Markup) -> Markup:
    return Markup('<a href="#{}" title="{}">{}</a>').format(records[0], title, drawn)


def mark(day: int, row: str, side: int | None, name: str) -> Mark:
    at = START + timedelta(days=day)
    return Mark(
        day=at, until=at, side=side, row=row, shape="dot", look="full", inferred=False, title=name, label=name,
        records=(name,),
    )  # fmt: skip


def places(drawing: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<foreignObject x="([\d.-]+)" y="([\d.-]+)"', drawing)]


@given(
    st.lists(
        st.tuples(st.integers(0, 1500), st.sampled_from([*ROW_ORDER, CONTACTS]), st.sampled_from([0, 1])),
        min_size=1, max_size=80,
    )
)  # fmt: skip
def test_no_mark_lies_on_another_and_all_are_told(found: list[tuple[int, str, int]]) -> None:
    drawn_marks = [mark(d, row, None if row == CONTACTS else side, f"r{n}") for n, (d, row, side) in enumerate(found)]
    spans = stretches(m.day for m in drawn_marks)[-8:]
    kept = [m for m in drawn_marks if m.day >= spans[0].first]
    drawing = draw_chronology(kept, spans, ("Arland", "Borland"), START, opener)
    at = places(drawing)
    assert all(abs(a[0] - b[0]) > 12 or abs(a[1] - b[1]) > 12 for n, a in enumerate(at) for b in at[:n])
    left_out = sum(int(n) for n in re.findall(r'class="more"[^>]*>\+(\d+)<', drawing))
    assert len(at) + left_out == len(kept)


def test_every_mark_has_its_day_its_words_and_its_evidence(known: Known) -> None:
    found = list(marks(known, state(known)))
    assert {m.row for m in found} >= {CONTACTS, "demands", "measures"}
    for one in found:
        assert one.records
        assert one.day <= one.until
        assert str(one.day.year) in one.title or "to" in one.title
    assert set(ROWS.values()) <= {(row, shape) for row in ROW_ORDER for _, shape in ROWS.values()}


def test_planned_is_not_drawn_like_held(known: Known) -> None:
    contacts = {c.records: c.status for c in state(known).contacts}
    looks = {(contacts[m.records], m.shape, m.look) for m in marks(known, state(known)) if m.row == CONTACTS}
    assert ("held", "dot", "full") in looks
    assert all(look == "open" for status, _, look in looks if status in ("planned", "sought", "considered"))
    assert all(shape == "cross" for status, shape, _ in looks if status in ("missed", "refused"))


def test_an_inferred_day_has_a_ring() -> None:
    assert 'class="ring"' in glyph("dot", "full", None, inferred=True)
    assert 'class="ring"' not in glyph("dot", "full", None)


def test_each_time_with_something_has_its_own_drawing(known: Known) -> None:
    def draw(found: object, spans: tuple[Stretch, ...]) -> Markup:
        return Markup(" ".join(f"{s.first}" for s in spans))

    found = chronology(known, state(known), draw)
    assert found.panels[0].label == "All"
    assert len(found.panels) > 2
    newest, whole = found.panels[1], found.panels[0]
    assert whole.drawing.split()[-1] == newest.drawing


def test_one_time_needs_no_choice(known: Known) -> None:
    first = known.known_at(date(2018, 5, 31))
    found = chronology(first, state(first), lambda *_: Markup(""))
    assert len(found.panels) == 1


def test_a_drawing_names_its_sides_and_breaks() -> None:
    found = [mark(0, "demands", 0, "a"), mark(400, "offers, agrees", 1, "b"), mark(401, CONTACTS, None, "c")]
    drawing = draw_chronology(found, stretches(m.day for m in found), ("Arland", "Borland"), None, opener)
    for words in ("Arland", "Borland", "Contacts", "demands", "offers, agrees", "13", "months"):
        assert f">{words}</text>" in drawing
    assert drawing.count('class="break"') == 1


@pytest.mark.parametrize("name", ['"><script>', "a & b"])
def test_words_of_reports_are_escaped(name: str) -> None:
    drawing = draw_chronology([mark(0, CONTACTS, None, name)], (Stretch(START, START),), (), None, opener)
    assert "<script>" not in drawing
    assert name not in drawing
