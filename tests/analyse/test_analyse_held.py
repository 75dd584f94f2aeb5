"""Which record a decision holds on to, and what a name put right reaches: the rules of their docstrings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from standoff.analyse.decided import Decided, apply
from standoff.analyse.held import Sought, hold, key_fields
from standoff.analyse.named import Naming
from standoff.model.plain import plain_fields
from standoff.model.record import Move, Record, Statement
from standoff.model.report import Report
from standoff.model.review import Review
from standoff.model.span import Span

TEXT = "Arland will lift its duty today, Lee said. Arland asked the office of Lee to wait."
DUTY = Span(7, 25)


def move(**more: Any) -> Move:
    base = {"report": "r-1", "evidence": (DUTY,), "rule": "a@1", "confidence": 0.5}
    fields = {"type": "demand", "by": "AA", "to": "BB", "actor": None, "issue": "tariffs", "what": "lift"}
    return Move(**{**base, **fields, **more})


def statement(**more: Any) -> Statement:
    base = {"report": "r-1", "evidence": (Span(0, 31),), "rule": "a@1", "confidence": 0.5, "content": Span(0, 31)}
    fields = {"cue": None, "source": Span(33, 36), "speaker": "Lee", "kind": "named", "speaks_for": "AA"}
    return Statement(**{**base, **fields, **more})


def sought(record: Record, *decided: dict[str, Any], **more: Any) -> Sought:
    was = plain_fields(record)
    versions = (was, *({**was, **some} for some in decided))
    return Sought(
        key="k", of=record.type_name, report=record.report, evidence=record.evidence, versions=versions, **more
    )


@pytest.mark.parametrize(
    ("found", "decided", "overlap"),
    [
        (move(evidence=(Span(0, 31),)), {}, 0.735),
        (move(evidence=(Span(7, 16),)), {}, 0.667),
        (move(evidence=(Span(24, 42),)), {}, None),  # elsewhere
        (move(report="r-2"), {}, None),
        (move(type="threaten"), {}, None),
        (move(type="offer"), {"type": "offer"}, 1.0),
        (move(type="offer"), {"issue": "ports"}, None),
        (move(by=None, to=None), {}, 1.0),
        (move(by=None, to=None, issue="ports"), {}, None),
        (move(rule="b@2", what="said otherwise", confidence=0.9), {}, 1.0),
    ],
)
def test_what_a_decision_holds_on_to(found: Record, decided: dict[str, Any], overlap: float | None) -> None:
    held = hold([sought(move(), decided)], [found])
    assert (held["k"].overlap if held else None) == overlap


def test_a_statement_is_held_by_who_says_it() -> None:
    own = statement()
    assert hold([sought(own)], [statement(speaker="Lee Osk", content=Span(2, 31), evidence=(Span(2, 31),))])
    assert not hold([sought(own)], [statement(source=Span(70, 73))])
    assert not hold([sought(own)], [statement(source=None)])


def test_the_best_of_several_is_held_and_each_by_one() -> None:
    tariffs, ports = move(), move(issue="ports")
    other = replace(sought(ports), key="other")
    for records in ([tariffs, ports], [ports, tariffs]):
        held = hold([sought(tariffs), other], records)
        assert {key: h.record for key, h in held.items()} == {"k": tariffs, "other": ports}


def test_what_stood_beside_is_not_held() -> None:
    ports = move(issue="ports")
    assert hold([sought(move())], [ports])
    assert not hold([sought(move(), beside=(key_fields(ports),))], [ports])
    assert not hold([sought(move(), exactly=True)], [ports])


@pytest.mark.parametrize(
    ("record", "carried", "changed"),
    [
        (statement(), False, {"speaks_for": "BB", "speaker": "Lee Osk"}),
        (statement(source=None, speaker="the leeward side"), False, {}),
        (move(actor="Minister LEE"), False, {"by": "BB"}),
        (move(actor="Arland", to="AA", by="AA", evidence=(Span(43, 82),)), False, {"to": "BB"}),
        (move(actor="Arland"), True, {}),
        (move(), True, {"by": "BB"}),
        (move(by="CC"), True, {}),
        (move(), False, {}),
    ],
)
def test_what_a_name_put_right_reaches(record: Record, carried: bool, changed: dict[str, Any]) -> None:
    naming = Naming(mention="Lee", party="BB", official="Lee Osk", read_as="AA")
    after = naming.put_right(record, TEXT, carried=carried)
    before = plain_fields(record)
    assert {n: v for n, v in plain_fields(after).items() if before[n] != v} == changed
    assert (after is record) == (not changed)


def test_nothing_decided_is_the_record_as_it_is() -> None:
    records = (move(), statement())
    assert apply(records, (), {}) == Decided(records=records)


def test_records_of_other_reports_stay_as_they_are() -> None:
    """Looked at alone, a report without decisions keeps its records, whatever was decided on another."""
    review = Review(at=datetime(2031, 1, 1, tzinfo=UTC), who="ana", action="retract", report="r-2")
    assert apply([move()], [review], {"r-1": Report(name="one", text=TEXT)}).records == (move(),)
