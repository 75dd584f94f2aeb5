"""The order of ingest changes no answer, and what was known earlier stays part of what is known later."""

from __future__ import annotations

from datetime import date

from analyse_examples import Story, contact, known, linkage, measure, move, statement, story
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.analyse.conflict import conflicts
from standoff.analyse.corroborate import corroborate
from standoff.analyse.dating import placed
from standoff.analyse.facts import facts
from standoff.analyse.fulfilment import fulfilment
from standoff.analyse.history import history
from standoff.analyse.linked import waiting
from standoff.analyse.outcomes import answers
from standoff.analyse.stacked import stacked

D1, D2, D3 = date(2031, 5, 1), date(2031, 5, 9), date(2031, 6, 20)


def stories() -> list[Story]:
    by_b = {"speaks_for": "BB", "kind": "official"}
    return [
        story("one", D1,
              move("demand", "AA", "an end to smuggling at sea", issue="ports"),
              contact("held", "letter", "the envoy", "the ministry"),
              move("accuse", "AA", "lets smugglers go", text="Borland lets smugglers at sea go.", said={"speaks_for": "AA"}),
              measure("in-force", "AA", rate=10.0, reason="smuggling")),
        story("two", D2,
              statement("Arland has not outlined which steps it expects on smuggling.", speaks_for="BB"),
              linkage("exchange", "take steps on smuggling", "lift the duties", first_actor="BB", then_actor="AA", said=by_b),
              move("accuse", "BB", "uses smuggling as a pretext", text="Smuggling is a pretext for duties.", said={"speaks_for": "BB"})),
        story("three", D3,
              statement("Its demands on smuggling have been made clear.", speaks_for="AA"),
              move("commit", "BB", "to buy river sand", issue="ports", said={"speaks_for": "AA"}),
              move("refuse", "BB", "to buy river sand", issue="ports", said={"speaks_for": "BB"}),
              measure("in-force", "AA", rate=25.0, goods="steel")),
        story("four", None, statement("In 2030 the straits were closed.")),
    ]  # fmt: skip


def everything(told: list[Story]) -> tuple[object, ...]:
    record = known(*told)
    graph = waiting(record)
    return (
        conflicts(record), facts(record), corroborate(record), fulfilment(record), history(record), stacked(record),
        placed(record), graph, answers(record, graph),
    )  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(4)), st.randoms(use_true_random=False))
def test_the_order_of_ingest_changes_nothing(order: list[int], random) -> None:  # type: ignore[no-untyped-def]
    told = stories()
    mixed = [told[n] for n in order]
    for each in mixed:
        random.shuffle(each.records)
    assert everything(mixed) == everything(stories())


def test_asking_twice_gives_the_same_and_leaves_what_is_known_alone() -> None:
    record = known(*stories())
    first = conflicts(record), facts(record), waiting(record)
    assert (conflicts(record), facts(record), waiting(record)) == first
    assert record == known(*stories())


@given(st.dates(date(2031, 4, 1), date(2031, 7, 1)), st.dates(date(2031, 4, 1), date(2031, 7, 1)))
def test_what_is_known_grows_with_the_day(a: date, b: date) -> None:
    record = known(*stories())
    early, late = sorted((a, b))
    before, after = record.known_at(early), record.known_at(late)
    assert {r.id for r in before.records()} <= {r.id for r in after.records()}
    assert before.known_at(early) == before
    assert after.known_at(early) == before
