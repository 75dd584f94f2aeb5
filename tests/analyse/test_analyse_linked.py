"""What waits for what: acts merged over wordings, arrows with their strength, and what can be done."""

from __future__ import annotations

from datetime import date

from analyse_examples import known, linkage, measure, move, story

from standoff.analyse.linked import Waiting, outcome, waiting

D1, D2 = date(2031, 5, 1), date(2031, 5, 20)


def named(graph: Waiting, ids: tuple[str, ...]) -> list[str]:
    return sorted(graph.act(id).what for id in ids)


def test_a_precondition_alone_is_no_deadlock() -> None:
    graph = waiting(known(story("one", D1, linkage("precondition", "lift the tariffs", "buy oil"))))
    (arrow,) = graph.arrows
    assert (graph.act(arrow.waits).what, graph.act(arrow.needs).what) == ("buy oil", "lift the tariffs")
    assert arrow.explanation == "BB: buy oil – only after – AA: lift the tariffs (stated; One Post)."
    assert graph.circles == ()
    assert named(graph, outcome(graph).achievable) == ["buy oil", "lift the tariffs"]


def test_wordings_of_one_act_are_one_and_close_the_circle() -> None:
    record = known(
        story("one", D1, linkage("precondition", "lift the tariffs", "buy crude oil")),
        story(
            "two",
            D2,
            linkage("precondition", "purchases of crude oil", "removal of duties", first_actor="BB", then_actor="AA"),
        ),
    )
    graph = waiting(record)
    assert len(graph.acts) == 2
    assert len(graph.circles) == 1
    answer = outcome(graph)
    assert answer.achievable == ()
    assert len(answer.at_once) == 2
    assert {who for u in answer.unlocks for who in u.who} == {"AA", "BB"}


def test_an_act_its_owner_refuses_is_a_red_line() -> None:
    record = known(
        story("one", D1, linkage("precondition", "lift the steel tariffs", "buy oil")),
        story("two", D2, move("refuse", "AA", "to remove the steel tariffs")),
    )
    graph = waiting(record)
    assert [a.what for a in graph.acts if a.red_line] == ["lift the steel tariffs"]
    assert len(outcome(graph).blocked) == 2
    assert not any(a.red_line for a in waiting(record, as_of=D1).acts)


def test_a_threat_holds_off_its_harm_only_for_the_contrary_of_its_occasion() -> None:
    record = known(
        story("one", D1, linkage("threat", "not open the ports", "impose a levy", first_actor="BB", then_actor="AA"))
    )
    graph = waiting(record)
    (arrow,) = graph.arrows
    assert graph.act(arrow.waits).what == "hold off: impose a levy"
    assert graph.act(arrow.needs).what == "open the ports"


def test_an_exchange_waits_both_ways_and_harm_for_harm_by_ending_both() -> None:
    graph = waiting(known(story("one", D1, linkage("exchange", "open the ports", "buy oil"))))
    assert len(graph.arrows) == 2
    assert len(outcome(graph).at_once) == 2
    harm = waiting(known(story("one", D1, linkage("exchange", "ban ore exports", "withhold aircraft parts"))))
    assert {act.what for act in harm.acts} == {"not: ban ore exports", "not: withhold aircraft parts"}


def test_strength_and_account() -> None:
    record = known(
        story("one", D1, linkage("precondition", "lift the tariffs", "buy oil", said={"kind": "anonymous"})),
        story(
            "two",
            D1,
            linkage(
                "precondition",
                "buy oil",
                "lift the tariffs",
                first_actor="BB",
                then_actor="AA",
                said={"speaks_for": "BB"},
            ),
        ),
    )
    graph = waiting(record)
    assert {a.strength for a in graph.arrows} == {"by-source"}
    assert len(outcome(graph).at_once) == 2
    assert len(outcome(graph, account="AA").achievable) == 2, "by the account of AA it waits for nothing"
    assert len(outcome(graph, account="BB").at_once) == 2


def test_a_measure_with_a_reason_gives_implied_arrows_where_its_lifting_is_waited_for() -> None:
    record = known(
        story("one", D1, linkage("precondition", "lift the tariff on steel", "buy oil")),
        story("two", D2,
              measure("in-force", "AA", rate=20.0, goods="steel", reason="smuggling"),
              move("demand", "AA", "an end to smuggling")),
        story("three", D2, linkage("precondition", "lift the tariff on steel", "put an end to smuggling")),
    )  # fmt: skip
    graph = waiting(record)
    assert [a.strength for a in graph.arrows].count("implied") == 1
    assert len(outcome(graph, implied=False).at_once) == 0
    assert len(outcome(graph).at_once) == 3


def test_only_what_was_published_since_a_day() -> None:
    record = known(
        story("one", D1, linkage("precondition", "lift the tariffs", "buy oil")),
        story("two", D2, linkage("precondition", "open the ports", "send grain")),
    )
    assert len(waiting(record, since=D2).arrows) == 1
    assert len(waiting(record, as_of=D1).arrows) == 1
    assert waiting(known()).explanation == "0 acts, 0 of which one waits for another; no circles of waiting."
