"""What a report says of the bargaining in its own voice."""

from __future__ import annotations

import pytest
from test_statements import PACK

from standoff.extract.annotate import annotate
from standoff.model.lineage import Screening, View
from standoff.model.record import Statement
from standoff.model.report import Report


def told(text: str) -> list[Statement]:
    report = Report(name="case", text=text, outlet="Harbour Post")
    return [r for r in annotate(report, Screening(view=View(text)), PACK) if isinstance(r, Statement)]


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("There was little sign on Friday that the two sides had moved at all.", "prospects"),
        ("It is not clear whether the talks will go on after the summer.", "prospects"),
        ("The negotiations have been stalled over port fees since the spring.", "prospects"),
        ("Beijing can outlast its rival in any long dispute over tariffs.", "leverage"),
        ("Washington has sent mixed signals about what it wants from the talks.", "tone"),
        ("The timing of the tariffs irked Beijing.", "tone"),
        ("The two sides are talking past each other on port fees.", "process"),
        ("Envoys flew home early, in an effort to keep the deal alive.", "motive"),
        ("None of the purchases promised in the deal have materialized so far.", "history"),
    ],
)
def test_a_sentence_in_the_reporters_own_voice(sentence: str, topic: str) -> None:
    (found,) = told(sentence)
    assert (found.topic, found.source, found.kind, found.speaker) == (topic, None, "outlet", "Harbour Post")
    assert found.content.of(sentence) == sentence
    assert found.speaks_for is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Rain fell on the market town for the third day and the fair was stalled.",
        "The talks began at nine o'clock in a hotel by the river.",
        "Mixed signals!",
    ],
)
def test_nothing_of_the_kind(sentence: str) -> None:
    assert [s for s in told(sentence) if s.source is None] == []


def test_what_somebody_says_stays_theirs() -> None:
    (found,) = told("Hale said that the two sides were still far apart.")
    assert found.source is not None
    assert found.topic == "prospects"
