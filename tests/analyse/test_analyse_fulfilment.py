"""Whether demands were put and met, and promises kept."""

from __future__ import annotations

from datetime import date

import pytest
from analyse_examples import Line, contact, known, move, statement, story

from standoff.analyse.fulfilment import Fulfilment, fulfilment, fulfilment_json

D1, D2 = date(2031, 5, 1), date(2031, 5, 20)
DEMAND = move("demand", "AA", "an end to smuggling at sea", issue="ports")
PROMISE = move("commit", "BB", "to buy river sand", issue="ports", said={"speaks_for": "BB"})


def asked(*lines: Line) -> Fulfilment:
    return fulfilment(known(story("one", D1, *lines)))


def test_a_demand_is_delivered_by_the_contact_it_is_told_beside() -> None:
    (demand,) = asked(DEMAND, contact("held", "letter", "the envoy", "the ministry")).demands
    (delivery,) = demand.deliveries
    assert (delivery.channel, delivery.by, len(delivery.records)) == ("letter", "the envoy and the ministry", 2)
    assert demand.met == "unanswered"
    (other,) = asked(DEMAND, contact("planned", "letter", "the envoy", "the ministry")).demands
    assert other.deliveries == ()
    assert "how it was put is not stated" in other.explanation


@pytest.mark.parametrize(("kind", "met"), [("refuse", "refused"), ("offer", "taken up"), ("demand", "unanswered")])
def test_the_answer_of_the_other_side(kind: str, met: str) -> None:
    record = known(story("one", D1, DEMAND), story("two", D2, move(kind, "BB", "ending of smuggling", issue="ports")))
    assert [d.met for d in fulfilment(record).demands if d.party == "AA"] == [met]


def test_an_answer_before_the_demand_is_none() -> None:
    record = known(
        story("one", D2, DEMAND), story("two", D1, move("refuse", "BB", "ending of smuggling", issue="ports"))
    )
    assert [d.met for d in fulfilment(record).demands] == ["unanswered"]


def test_a_demand_that_the_other_side_says_was_never_made_clear_is_disputed() -> None:
    found = asked(
        DEMAND,
        statement("Arland has not outlined which steps it expects on smuggling.", speaks_for="BB"),
        statement("Its demands on smuggling have been made clear.", speaks_for="AA"),
        move("demand", "BB", "less smuggling of wool by Arland", issue="tariffs"),
    )
    assert [(d.party, d.met) for d in found.demands] == [("AA", "disputed"), ("BB", "unanswered")]


@pytest.mark.parametrize(
    ("told", "done"),
    [
        ("So far no river sand has been bought.", "not yet"),
        ("Only a little river sand was bought.", "partly"),
        ("River sand worth a fortune was delivered.", "delivered"),
        ("River sand is grey.", "not stated"),
        ("The weather has cleared.", "not stated"),
    ],
)
def test_what_came_of_a_promise(told: str, done: str) -> None:
    record = known(story("one", D1, PROMISE), story("two", D2, statement(told)))
    (promise,) = fulfilment(record).promises
    assert promise.done == done
    assert bool(promise.shown_by) == (done != "not stated")


def test_the_newest_word_counts_and_a_contrary_act_contradicts() -> None:
    then, now = story("two", D1, statement("No river sand has been bought.")), statement("River sand was delivered.")
    (promise,) = fulfilment(known(story("one", D1, PROMISE), then, story("three", D2, now))).promises
    assert promise.done == "delivered"
    refused = story("three", D2, move("refuse", "BB", "buying river sand", issue="ports"))
    (promise,) = fulfilment(known(story("one", D1, PROMISE), then, refused)).promises
    assert promise.done == "contradicted"


def test_json() -> None:
    record = known(story("one", D1, DEMAND, PROMISE))
    page = fulfilment_json(record, fulfilment(record))
    assert [d["evidence"][0]["report"] for d in (*page["demands"], *page["promises"])] == ["one", "one"]
