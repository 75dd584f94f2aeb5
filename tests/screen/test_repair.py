"""The parser's view of a spun text: names and set phrases put right, every place mapped back, clean text untouched."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.model.domain import Body, Official, Pack, Party, Term
from standoff.model.lineage import View
from standoff.model.span import Span
from standoff.screen.repair import readings, repair, view_of
from standoff.screen.restoring import Change

PACK = Pack(
    id="test",
    title="Test",
    between=("AA", "BB"),
    parties=(
        Party(code="AA", name="Arland", names=("Arland",), adjectives=("Arlandic",), metonyms=("Stone House",)),
        Party(code="BB", name="Borduria", names=("Borduria",), adjectives=("Bordurian",)),
    ),
    bodies=(Body(name="Fisheries Department", party="AA"), Body(name="Harvest Party", party="BB")),
    officials=(
        Official(name="Steve Price", family="Price", party="AA", terms=(Term(title="Fisheries Secretary"),)),
        Official(name="Rose Marsh", family="Marsh", party="BB"),
    ),
)

SPUN = """\
Arland and Borduria will restart replace talks in early Could presumably presumably perhaps, in line with two \
individuals conversant in the matter. A Stone Home official acknowledged final week that the Fisheries Division had \
despatched a letter to the Bordurian language International Minister.

“Our replace negotiators are prepared,” acknowledged Steve Price, who held a phone name with Rose Marsh. Each side \
want an finish to the replace war, he acknowledged, however Borduria has now no longer moved on mental property.

Bordurian language officers acknowledged the Harvest Occasion had told advise media to cease reporting on the replace \
deficit. The determination became once taken final month, an individual acknowledged. A spokesman didn’t reply to \
requests for remark.
"""

CLEAN = """\
Arland and Borduria will restart trade talks in early May, according to two people familiar with the matter. A Stone \
House official said last week that the Fisheries Department had sent a letter to the Bordurian foreign minister.

“Our trade negotiators are ready,” said Steve Price, who held a phone call with Rose Marsh. Both sides want an end to \
the trade war, he said, but Borduria has not moved on intellectual property.
"""


@pytest.fixture(scope="module")
def view() -> View:
    return repair(SPUN, PACK)


@pytest.mark.parametrize(
    "meant",
    [
        "trade talks in early May",
        "according to two people familiar with the matter",
        "Stone House official said last week",
        "Fisheries Department",
        "Bordurian Foreign Minister",
        "trade negotiators",
        "phone call with Rose Marsh",
        "Both sides",
        "the trade war, he said",
        "not moved on intellectual property",
        "Bordurian officials said the Harvest Party",
        "state media",
        "trade deficit",
        "was taken last month",
        "requests for comment",
    ],
)
def test_set_phrases_and_names_are_put_right(view: View, meant: str) -> None:
    assert meant in view.text


def test_the_article_fits_the_reading() -> None:
    text = SPUN.replace("two individuals conversant", "an individual conversant")
    view = repair(text, PACK)
    at = view.text.index("a person familiar with the matter")
    assert view.origin(at, at + len("a person")).of(text) == "an individual"


def test_people_keep_their_names(view: View) -> None:
    assert "Steve Price" in view.text
    assert "Rose Marsh" in view.text


def test_a_reading_quotes_the_report_as_it_stands(view: View) -> None:
    for meant, written in [
        ("trade talks", "replace talks"),
        ("May", "Could presumably presumably perhaps"),
        ("Stone House", "Stone Home"),
        ("Bordurian Foreign Minister", "Bordurian language International Minister"),
        ("phone call", "phone name"),
    ]:
        at = view.text.index(meant)
        assert view.origin(at, at + len(meant)).of(SPUN) == written


def test_part_of_a_reading_quotes_all_that_is_so_read(view: View) -> None:
    at = view.text.index("according to")  # as long as "in line with": lengths alone do not tell
    assert view.origin(at, at + len("according")).of(SPUN) == "in line with"


def test_readings_are_told_with_their_places(view: View) -> None:
    told = {(place.of(SPUN), reading) for place, reading in view.readings()}
    assert ("Home", "House") in told
    assert all(written != reading for written, reading in told)


def test_clean_text_is_its_own_view() -> None:
    assert repair(CLEAN, PACK) == View(CLEAN)
    assert repair(CLEAN, PACK, forced=True) == View(CLEAN)
    assert repair("", PACK) == View("")


def test_two_odd_phrases_do_not_make_a_forced_repair() -> None:
    text = "The stone home stood empty. Their phone name is not known, and the mental property of gravity is weight."
    assert repair(text, PACK, forced=True) == View(text)


def test_a_repair_is_the_same_each_time(view: View) -> None:
    assert repair(SPUN, PACK) == view


def test_changes_are_in_order_and_apart() -> None:
    found = readings(SPUN, PACK, spun=True)
    assert all(a.end <= b.start for a, b in pairwise(found))


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, tuple[Change, ...]]:
    text = draw(st.text(min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    spans = [(a, b) for a, b in pairwise(cuts) if draw(st.booleans())]
    return text, tuple(Change(a, b, draw(st.text(min_size=1, max_size=5)), "drawn") for a, b in spans)


@given(changed())
def test_views_map_back(drawn: tuple[str, tuple[Change, ...]]) -> None:
    text, changes = drawn
    view = view_of(text, changes)
    assert view.origin(0, len(view.text)) == Span(0, len(text))
    seen = own = 0
    for start, place, width, length in view.pieces:
        assert (start, place) == (seen, own)
        assert width > 0
        assert length > 0
        seen, own = start + width, place + length
    if view.pieces:
        assert (seen, own) == (len(view.text), len(text))
    assert view.readings() == tuple((Span(c.start, c.end), c.reading) for c in changes)


@given(changed(), st.data())
def test_every_piece_of_a_view_has_its_place(drawn: tuple[str, tuple[Change, ...]], data: st.DataObject) -> None:
    text, changes = drawn
    view = view_of(text, changes)
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    place = view.origin(start, end)
    for change in changes:  # a reading is quoted whole or not at all
        inside = Span(change.start, change.end)
        assert place.covers(inside) or not place.overlaps(inside)
    if not any(place.overlaps(Span(c.start, c.end)) for c in changes):
        assert place.of(text) == view.text[start:end]
    first, last = view.origin(start, start + 1), view.origin(end - 1, end)
    assert (place.start, place.end) == (first.start, last.end)
