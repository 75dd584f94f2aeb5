"""What waits for what as a drawing: boxes, lines, circles, and only so much as can be read."""

from __future__ import annotations

import re
from itertools import pairwise

from markupsafe import Markup

from standoff.analyse.acts import Strength
from standoff.analyse.linked import Arrow
from standoff.model.record import LinkageKind
from standoff.show.graph import MOST_ACTS, Box, draw_graph


def opened(records: tuple[str, ...], about: str) -> Markup:
    return Markup('<a href="#{}">{}</a>').format(records[0], about)


def act(id: str, side: int | None = 0, what: str = "opens the port", refused: bool = False) -> Box:
    return Box(id, "Arland", side, what, (f"of-{id}",), refused)


def arrow(needs: str, waits: str, kind: LinkageKind = "precondition", strength: Strength = "stated") -> Arrow:
    return Arrow(
        waits=waits, needs=needs, kind=kind, by=None, strength=strength, account=None, records=(f"{needs}{waits}",),
        explanation="",
    )  # fmt: skip


def test_boxes_and_lines_open_their_evidence() -> None:
    (drawing,) = draw_graph([act("a"), act("b", 1)], [arrow("a", "b", strength="by-source")], (), opened)
    for place in ("#of-a", "#of-b", "#ab"):
        assert f'href="{place}"' in drawing
    assert 'class="tie by-source"' in drawing
    assert "act side0" in drawing
    assert "act side1" in drawing


def test_two_that_wait_for_each_other_are_one_line_with_two_heads() -> None:
    both = [arrow("a", "b", "exchange"), arrow("b", "a", "exchange")]
    (drawing,) = draw_graph([act("a"), act("b")], both, [("a", "b")], opened)
    assert drawing.count('class="way"') == 1
    assert drawing.count('class="head"') == 2
    assert drawing.count("in a circle") == 2
    assert "tie stated stuck" in drawing


def test_the_less_firm_of_two_is_drawn() -> None:
    both = [arrow("a", "b"), arrow("b", "a", strength="implied")]
    (drawing,) = draw_graph([act("a"), act("b")], both, [("a", "b")], opened)
    assert "tie implied" in drawing


def test_a_refused_act_says_so_in_words() -> None:
    (drawing,) = draw_graph([act("a", refused=True), act("b")], [arrow("a", "b")], (), opened)
    assert "refused" in drawing


def test_what_nothing_joins_is_drawn_apart_circles_first() -> None:
    boxes = [act(id) for id in "abcdef"]
    drawn = draw_graph(
        boxes, [arrow("a", "b"), arrow("b", "c"), arrow("d", "e"), arrow("e", "d")], [("d", "e")], opened
    )
    assert len(drawn) == 2
    assert "#of-d" in drawn[0]
    assert all("#of-f" not in drawing for drawing in drawn)


def test_a_large_graph_is_drawn_around_its_circles() -> None:
    names = [f"n{n:03}" for n in range(200)]
    chain = [arrow(a, b) for a, b in pairwise(names)]
    (drawing,) = draw_graph([act(n) for n in names], [*chain, arrow("n101", "n100")], [("n100", "n101")], opened)
    drawn = set(re.findall(r"#of-(n\d+)", drawing))
    assert {"n100", "n101"} <= drawn
    assert len(drawn) <= MOST_ACTS


def test_words_of_reports_are_escaped() -> None:
    (drawing,) = draw_graph([act("a", what="<img src=x>"), act("b")], [arrow("a", "b")], (), opened)
    assert "<img" not in drawing


def test_no_arrows_no_drawing() -> None:
    assert draw_graph([act("a")], [], (), opened) == ()
