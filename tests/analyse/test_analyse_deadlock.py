"""Fixed points and unlocking: twenty small cases with answers worked out by hand, and what must hold for all."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.analyse.deadlock import Conditions, Outcome, Waiver, achievable, cycles, solve, unlocks, waive

FREE = ""


def conditions(red: str = "", **clauses: str) -> Conditions:
    """`a="b+c | d"`: a needs b and c, or d; `a=""`: free. `red` lists red lines. Act x belongs to party X."""
    made = {
        act: tuple(frozenset(c.split("+")) - {""} for c in told.replace(" ", "").split("|"))
        for act, told in clauses.items()
    }
    acts = {*clauses, *red.split(), *(n for those in made.values() for c in those for n in c)}
    return Conditions(made, frozenset(red.split()), {act: act.upper() for act in acts})


def split(outcome: Outcome) -> tuple[str, str, str]:
    return " ".join(outcome.achievable), " ".join(outcome.at_once), " ".join(outcome.blocked)


def told(outcome: Outcome) -> list[str]:
    return [" ".join(f"{w.act}-{w.needs or '!'}" for w in u.waived) + f" +{len(u.gained)}" for u in outcome.unlocks]


CASES = [
    pytest.param(conditions(a=FREE), "a", "", "", [], id="1 a free act"),
    pytest.param(conditions(a="b"), "a b", "", "", [], id="2 what is only waited for is free"),
    pytest.param(conditions(a="b", b="c", c=FREE), "a b c", "", "", [], id="3 a chain"),
    pytest.param(conditions(a="b", b="a"), "", "a b", "", ["a-b +2", "b-a +2"], id="4 two wait for each other"),
    pytest.param(conditions(a="b", b="c", c="a"), "", "a b c", "", ["a-b +3", "b-c +3", "c-a +3"], id="5 a circle of three"),
    pytest.param(conditions(a="b | c", b="a"), "a b c", "", "", [], id="6 a circle with another way out is none"),
    pytest.param(conditions(a="b + c", b="a"), "c", "a b", "", ["a-b +2", "b-a +2"], id="7 the other condition is met"),
    pytest.param(conditions(red="b", a="b"), "", "", "a b", ["b-! +2", "a-b +1"], id="8 waiting for a red line"),
    pytest.param(conditions(red="b", a="b | c"), "a c", "", "b", ["b-! +1"], id="9 a way around a red line"),
    pytest.param(
        conditions(red="b", a="b + c", c="a"), "", "", "a b c", ["a-b a-c +2", "b-! +1", "c-a +1"],
        id="10 a circle that needs a red line too is blocked",
    ),
    pytest.param(conditions(a="a"), "", "a", "", ["a-a +1"], id="11 an act that waits for itself"),
    pytest.param(conditions(a="b", b="a", c="a"), "", "a b c", "", ["a-b +3", "b-a +3", "c-a +1"], id="12 one hangs on the circle"),
    pytest.param(
        conditions(a="b", b="a", c="d", d="c"), "", "a b c d", "", ["a-b +2", "b-a +2", "c-d +2", "d-c +2"], id="13 two circles",
    ),
    pytest.param(
        conditions(a="b", b="a + c", c="d", d="c"), "", "a b c d", "",
        ["c-d +2", "d-c +2", "b-a b-c +2", "a-b +1"], id="14 a circle over a circle",
    ),
    pytest.param(conditions(red="a"), "", "", "a", ["a-! +1"], id="15 a red line alone"),
    pytest.param(conditions(red="a", a="b"), "b", "", "a", ["a-! +1"], id="16 a red line whose condition is met"),
    pytest.param(
        conditions(a="b + c + d", b="a", c="a", d="a"), "", "a b c d", "",
        ["a-b a-c a-d +4", "b-a +1", "c-a +1", "d-a +1"], id="17 three conditions waived at once",
    ),
    pytest.param(
        conditions(a="b + c + d + e", b="a", c="a", d="a", e="a"), "", "a b c d e", "",
        ["b-a +1", "c-a +1", "d-a +1", "e-a +1"], id="18 four are too many to waive",
    ),
    pytest.param(
        conditions(a="b | c", b="a", c="a"), "", "a b c", "", ["a-b +3", "a-c +3", "b-a +3", "c-a +3"], id="19 two ways, both stuck",
    ),
    pytest.param(
        conditions(red="r", a="b | r", b="a", c="r"), "", "a b", "c r",
        ["r-! +4", "a-b +2", "a-r +2", "b-a +2", "c-r +1"],
        id="20 giving up the red line frees most",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given_conditions", "done", "at_once", "blocked", "unlocked"), CASES)
def test_by_hand(given_conditions: Conditions, done: str, at_once: str, blocked: str, unlocked: list[str]) -> None:
    outcome = solve(given_conditions)
    assert split(outcome) == (done, at_once, blocked)
    assert told(outcome) == unlocked


def test_who_would_have_to_waive() -> None:
    assert [u.who for u in solve(conditions(a="b", b="a")).unlocks] == [("A",), ("B",)]


def test_loops_are_the_circles_among_what_is_possible_at_once() -> None:
    assert solve(conditions(a="b", b="a", c="a", d="d")).loops == (("a", "b"), ("d",))
    assert cycles({"a": ["b"], "b": ["c"], "c": ["b"]}) == (("b", "c"),)
    assert cycles({}) == ()


ACTS = "abcdef"
CLAUSES = st.lists(st.frozensets(st.sampled_from(ACTS), max_size=3), min_size=1, max_size=2).map(tuple)
PROBLEMS = st.builds(
    Conditions,
    st.dictionaries(st.sampled_from(ACTS), CLAUSES, max_size=6),
    st.frozensets(st.sampled_from(ACTS), max_size=2),
)


def renamed(problem: Conditions, names: dict[str, str]) -> Conditions:
    return Conditions(
        {names[a]: tuple(frozenset(names[n] for n in c) for c in those) for a, those in problem.clauses.items()},
        frozenset(names[a] for a in problem.red_lines),
    )


@given(PROBLEMS, st.permutations(ACTS))
def test_names_do_not_matter(problem: Conditions, order: list[str]) -> None:
    names = dict(zip(ACTS, order, strict=True))
    one, other = solve(problem), solve(renamed(problem, names))
    assert {names[a] for a in one.achievable} == set(other.achievable)
    assert {names[a] for a in one.at_once} == set(other.at_once)
    assert sorted(len(u.gained) for u in one.unlocks) == sorted(len(u.gained) for u in other.unlocks)


@given(PROBLEMS)
def test_each_act_is_one_thing_and_red_lines_are_blocked(problem: Conditions) -> None:
    outcome = solve(problem)
    assert sorted((*outcome.achievable, *outcome.at_once, *outcome.blocked)) == sorted(problem.acts())
    assert problem.red_lines <= set(outcome.blocked)


@given(PROBLEMS, st.sampled_from(ACTS))
def test_another_way_never_shrinks_what_is_achievable(problem: Conditions, act: str) -> None:
    wider = Conditions({**problem.clauses, act: (*problem.of(act), frozenset())}, problem.red_lines)
    assert achievable(problem) <= achievable(wider)


@given(PROBLEMS)
def test_a_condition_that_is_met_changes_nothing(problem: Conditions) -> None:
    """Adding an act that can be done without it to the clauses of another."""
    done = achievable(problem)
    for act in sorted(problem.acts()):
        for met in sorted(achievable(Conditions(problem.clauses, problem.red_lines | {act}))):
            clauses = {**problem.clauses, act: tuple(clause | {met} for clause in problem.of(act))}
            assert achievable(Conditions(clauses, problem.red_lines)) == done


@given(PROBLEMS)
def test_unlocks_are_all_smallest_sets_found_by_trying(problem: Conditions) -> None:
    """The rule against brute force: every set of up to two waivers, tried."""
    done = achievable(problem)
    arrows = {Waiver(a, n) for a in problem.acts() for c in problem.of(a) for n in c} | {
        Waiver(a, None) for a in problem.red_lines
    }
    enlarging = [
        set(some)
        for size in (1, 2)
        for some in combinations(sorted(arrows, key=str), size)
        if achievable(waive(problem, some)) > done
    ]
    smallest = {frozenset(w) for w in enlarging if not any(other < w for other in enlarging)}
    found = {frozenset(u.waived): u for u in unlocks(problem)}
    assert {w for w in found if len(w) <= 2} == smallest
    for waived, unlock in found.items():
        assert achievable(waive(problem, waived)) - done == set(unlock.gained)
