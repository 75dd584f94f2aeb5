"""The order in which people look: every reason to doubt is named, and takes its share."""

from __future__ import annotations

from datetime import date

import pytest
from analyse_examples import PACK, contact, known, move, statement, story

from standoff.analyse.doubt import SHARES, doubts
from standoff.analyse.known import Known
from standoff.model.lineage import Relation


def test_reasons_are_named_and_take_their_share() -> None:
    record = known(
        story("one", date(2031, 5, 6), move("demand", None, "duties lifted", to="BB", issue="ports")),
        story("two", date(2031, 5, 7), contact("planned", "meeting", "the ministers"), basis="inferred"),
        story("three", date(2031, 5, 8), statement("Nothing will come of it", kind="anonymous")),
    )
    found = {d.record.type_name: d for d in doubts(record)}
    assert found["move"].explanation == "confidence 1; no party; one origin"
    assert found["move"].doubt == pytest.approx(1 - 0.8 * 0.9)
    assert found["contact"].reasons == ("one origin", "date of the report concluded", "day not told")
    assert found["statement"].reasons == ("an anonymous source", "one origin")
    assert [d.doubt for d in doubts(record)] == sorted((d.doubt for d in doubts(record)), reverse=True)


def test_confidence_copies_and_rewriting_count() -> None:
    first = story("one", date(2031, 5, 6), move("demand", "AA", "duties lifted on all steel goods"))
    copy = story("two", date(2031, 5, 7), move("demand", "AA", "duties lifted on all steel goods"))
    spun = Relation(a=copy.report.id, b=first.report.id, kind="spun", score=0.9)
    origins = {r.report.id: "wire" for r in (first, copy)}
    found = {d.record.report: d.reasons for d in doubts(known(first, copy, relations=[spun], origins=origins))}
    assert found == {first.report.id: ("one origin",), copy.report.id: ("wording rewritten by a machine", "one origin")}
    apart = known(first, copy)
    assert {d.reasons for d in doubts(apart)} == {()}
    assert {d.reasons for d in doubts(apart, spun=[first.report.id])} == {(), ("wording rewritten by a machine",)}


def test_nothing_is_doubted_of_nothing() -> None:
    assert doubts(Known.of(PACK, [], [])) == ()
    assert all(0 < share < 1 for share in SHARES.values())
