"""Layered layout: what must hold of every graph, and a few by hand."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from standoff.show.layers import components, crossings, layered, spread

NAMES = [f"n{n}" for n in range(14)]
EDGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=30)
HEIGHTS = st.lists(st.floats(20, 120), min_size=14, max_size=14)


@given(EDGES, HEIGHTS)
def test_no_box_lies_on_another_and_all_lie_within(edges: list[tuple[str, str]], heights: list[float]) -> None:
    sizes = {name: (200.0, height) for name, height in zip(NAMES, heights, strict=True)}
    laid = layered(sizes, edges, across=60, down=10)
    assert laid.boxes.keys() == sizes.keys()
    for column in laid.layers:
        for above, below in pairwise(column):
            assert laid.boxes[above][1] + sizes[above][1] + 10 <= laid.boxes[below][1] + 1e-6
    for name, (x, y) in laid.boxes.items():
        assert -1e-6 <= x <= laid.width - 200 + 1e-6
        assert -1e-6 <= y <= laid.height - sizes[name][1] + 1e-6


@given(EDGES)
def test_edges_run_from_box_to_box_and_never_within_a_layer(edges: list[tuple[str, str]]) -> None:
    sizes = dict.fromkeys(NAMES, (200.0, 40.0))
    laid = layered(sizes, edges)
    layer = {name: n for n, column in enumerate(laid.layers) for name in column}
    assert laid.routes.keys() == {e for e in edges if e[0] != e[1]}
    for (a, b), points in laid.routes.items():
        assert layer[a] != layer[b]
        for name, point in ((a, points[0]), (b, points[-1])):
            x, y = laid.boxes[name]
            assert point[0] in (x, x + 200.0)
            assert abs(point[1] - (y + 20)) < 1e-6
        xs = [x for x, _ in points]
        assert xs == sorted(xs) or xs == sorted(xs, reverse=True)


@given(EDGES)
def test_without_a_cycle_every_edge_goes_right(edges: list[tuple[str, str]]) -> None:
    onward = [(a, b) for a, b in edges if NAMES.index(a) < NAMES.index(b)]
    laid = layered(dict.fromkeys(NAMES, (100.0, 30.0)), onward)
    assert all(laid.boxes[a][0] < laid.boxes[b][0] for a, b in onward)


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=12), st.lists(st.floats(0, 90), min_size=11, max_size=11))
def test_places_keep_their_gaps_and_stay_where_they_may(wanted: list[float], gaps: list[float]) -> None:
    gaps = gaps[: len(wanted) - 1]
    found = spread(wanted, gaps)
    assert all(b - a >= gap - 1e-6 for (a, b), gap in zip(pairwise(found), gaps, strict=True))
    assert abs(sum(found) - sum(wanted)) < 1e-6 * len(found) + 1e-6  # least squares leaves the mean where it was


def test_two_crossed_pairs_are_uncrossed() -> None:
    sizes = dict.fromkeys("abcd", (10.0, 10.0))
    edges = [("a", "d"), ("b", "c")]
    assert crossings([["a", "b"], ["c", "d"]], edges) == 1
    assert crossings(layered(sizes, edges).layers, edges) == 0


def test_a_long_edge_passes_beside_the_boxes_between() -> None:
    sizes = dict.fromkeys("abc", (100.0, 40.0))
    laid = layered(sizes, [("a", "b"), ("b", "c"), ("a", "c")], across=50, down=10)
    x, y = laid.boxes["b"]
    within = [p for p in laid.routes["a", "c"] if x <= p[0] <= x + 100]
    assert within
    assert all(not y <= p[1] <= y + 40 for p in within)


def test_a_circle_of_two_has_both_edges_between_the_same_boxes() -> None:
    laid = layered(dict.fromkeys("ab", (100.0, 40.0)), [("a", "b"), ("b", "a")])
    assert laid.routes["a", "b"] == laid.routes["b", "a"][::-1]


def test_the_same_graph_is_laid_out_alike() -> None:
    sizes = dict.fromkeys("abcdef", (100.0, 40.0))
    edges = [("a", "c"), ("b", "c"), ("c", "d"), ("d", "a"), ("e", "d")]
    assert layered(sizes, edges) == layered(sizes, edges)


def test_groups_that_nothing_joins() -> None:
    assert components("abcde", [("a", "c"), ("d", "e")]) == (("a", "c"), ("b",), ("d", "e"))


def test_nothing_to_lay_out() -> None:
    laid = layered({}, [])
    assert (laid.width, laid.height) == (0, 0)
