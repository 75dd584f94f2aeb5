"""What was decided since an edition was read, without reading the record anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from review_examples import ONE, PACK, TWO, fill, one_of
from standoff import decisions, questions
from standoff.model.record import Move, Statement
from standoff.questions import latest
from standoff.questions.editions import Opened, Standpoint, edition
from standoff.show.lineage import lineage_shown, lineage_values
from standoff.store import Store


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with Store.open(None) as opened:
        fill(opened, monkeypatch)
        yield opened


@pytest.fixture
def at(store: Store) -> Standpoint:
    return Standpoint(edition(Opened(store, PACK)))


def waiting(at: Standpoint) -> set[str]:
    return {doubt.record.id for doubt in latest.waiting(at)}


def test_nothing_decided_is_the_queue(at: Standpoint) -> None:
    assert latest.since(at.edition) == ()
    assert [d.record.id for d in latest.waiting(at)] == [d.record.id for d in questions.queue(at.known)]


def test_every_verb_shows_in_the_queue_and_the_history(store: Store, at: Standpoint) -> None:
    move, other = one_of(store, Move, issue="other"), one_of(store, Move, TWO, issue="other")
    decisions.accept(store, move.id, who="ana")
    changed = decisions.correct(store, PACK, other.id, {"issue": "ports"}, who="ana")
    assert not waiting(at) & {move.id, other.id}
    now = latest.record_now(at, other.id)
    assert (now.found.stands.issue, now.found.machine.issue) == ("ports", "other")  # type: ignore[union-attr]
    assert now.found.doubt is not None
    assert latest.record_now(at, now.found.id).found.id == now.found.id  # by the id that no edition has yet
    decisions.withdraw(store, changed.id, who="bo")
    assert other.id in waiting(at)
    assert [d.review.action for d in latest.history_now(at)] == ["withdraw", "correct", "accept"]
    assert [d.withdrawn is not None for d in latest.history_now(at, TWO.id)] == [False, True]
    decisions.retract(store, "one", who="ana")
    assert {store.reports_of([d.record.report])[d.record.report].name for d in latest.waiting(at)} == {"two"}


def test_a_name_put_right_everywhere_reaches_every_report(store: Store, at: Standpoint) -> None:
    decisions.name(store, PACK, "two", "minister Osk", "CC", who="bo", everywhere=True)
    known = latest.report_now(at.edition, ONE.id)
    assert [s.speaks_for for s in known.statements] == ["CC"]
    assert one_of(store, Statement).id != known.statements[0].id


def test_retracted_reports_are_marked_in_the_lineage(store: Store) -> None:
    decisions.retract(store, "one", who="ana")
    answer = questions.lineage(store, PACK)
    assert {row["report"]: row["retracted"] for row in lineage_values(answer)["reports"]} == {"one": True, "two": False}
    assert list(lineage_shown(answer))
    assert questions.lineage(store, PACK, ["one"]).retracted == {ONE.id}
