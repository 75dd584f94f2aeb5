"""What people decided is kept: through rebuilds, new versions, exports, and several people at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_examples import ONE, PACK, TWO, fill, one_of, reread, version_one, version_two
from standoff import decisions, pipeline, questions
from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.model.plain import plain_fields
from standoff.model.record import Contact, Linkage, Move, Record
from standoff.model.review import Review
from standoff.model.span import Span
from standoff.read.exported import read_export
from standoff.show import exports
from standoff.store import Store

NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with Store.open(None, clock=lambda: NOW) as opened:
        fill(opened, monkeypatch)
        yield opened


def loaded(store: Store) -> Known:
    return questions.load(store, PACK)


def ids(known: Known) -> set[str]:
    return {r.id for r in known.records()}


def told(record: Record | None) -> dict[str, Any]:
    """A record's fields without the id of its statement, which a new version changes."""
    assert record is not None
    return {name: value for name, value in plain_fields(record).items() if name != "said_by"}


# -- rebuilds and new versions ------------------------------------------------------------------------------------


def _without(*classes: type[Record]) -> Callable[..., tuple[Record, ...]]:
    return lambda report, screening, pack: tuple(r for r in version_one(report) if not isinstance(r, classes))


def test_a_new_version_undoes_no_decision(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tariffs, ports = one_of(store, Move, issue="tariffs"), one_of(store, Move, issue="ports")
    contact, linkage = one_of(store, Contact), one_of(store, Linkage)
    decisions.accept(store, tariffs.id, who="ana")
    decisions.correct(store, PACK, ports.id, {"type": "commit"}, who="ana")
    decisions.reject(store, contact.id, who="ana")
    decisions.correct(store, PACK, linkage.id, {"kind": "exchange"}, who="ana")
    before = loaded(store)
    reread(store, monkeypatch, version_two)
    after = loaded(store)
    for old in (tariffs, ports, linkage):
        assert told(after.record(old.id)) == told(before.record(old.id))
        assert after.record(old.id).evidence == old.evidence
        mark = after.decided.mark(old.id)
        assert mark is not None
        assert mark.machine is not None
        assert mark.machine.rule == "test@2"
        assert 0.8 < mark.overlap < 1
    assert not [c for c in after.contacts if c.report == ONE.id]
    assert len([c for c in after.contacts if c.report == TWO.id]) == 1
    assert len(list(after.records())) == len(list(before.records()))
    assert after.decided.unheld == ()
    carrier = after.statement_of(after.record(tariffs.id))
    assert carrier is not None
    assert carrier.rule == "test@2"
    last = decisions.correct(store, PACK, tariffs.id, {"issue": "ports"}, who="bo")  # decided on by its old id
    assert last.follows == before.decided.mark(tariffs.id).reviews[0]  # type: ignore[union-attr]
    assert loaded(store).record(tariffs.id).issue == "ports"  # type: ignore[attr-defined]


def test_a_decision_on_what_is_no_longer_found_stands_and_is_listed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact, linkage, demand = one_of(store, Contact), one_of(store, Linkage), one_of(store, Move, issue="other")
    decisions.accept(store, contact.id, who="ana")
    decisions.reject(store, linkage.id, who="ana")
    decisions.name(store, PACK, "one", "last week", "CC", who="ana")
    decisions.accept(store, demand.id, who="ana")
    reread(store, monkeypatch, _without(Contact, Linkage))
    known = loaded(store)
    assert told(known.record(contact.id)) == told(contact)
    mark = known.decided.mark(contact.id)
    assert mark is not None
    assert (mark.machine, mark.overlap, mark.human) == (None, 0.0, known.record(contact.id))
    reasons = {u.review.action: u.reason for u in known.decided.unheld}
    assert reasons["accept"].endswith("it stands as it was decided")
    assert reasons["reject"].endswith("there is nothing to reject")
    assert len(known.decided.unheld) == 2
    reread(store, monkeypatch, version_one)
    assert loaded(store).decided.unheld == ()


def test_a_rejection_spares_what_stood_beside_it_and_what_is_something_else(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    decisions.reject(store, one_of(store, Move, issue="tariffs").id, who="ana")
    demand = one_of(store, Move, issue="other")
    decisions.reject(store, demand.id, who="ana")

    def another(report: Any, screening: Any, pack: Any) -> tuple[Record, ...]:
        from dataclasses import replace

        found = [r for r in version_one(report) if getattr(r, "issue", "") != "tariffs"]
        return tuple(replace(r, type="accuse") if isinstance(r, Move) and r.type == "demand" else r for r in found)

    reread(store, monkeypatch, another)
    known = loaded(store)
    assert {(m.type, m.issue) for m in known.moves if m.report == ONE.id} == {("ease", "ports"), ("accuse", "other")}
    assert [u.review.action for u in known.decided.unheld] == ["reject", "reject"]


def test_what_was_added_takes_the_place_of_what_a_machine_finds_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reread(store, monkeypatch, _without(Contact))
    fields = {"kind": "talks", "who": "the two sides", "parties": "AA, BB", "status": "held", "place": "Corland"}
    decisions.add(store, PACK, "one", "contact", "The two sides met in Corland", fields, who="ana")
    reread(store, monkeypatch, version_one)
    known = loaded(store)
    (contact,) = [c for c in known.contacts if c.report == ONE.id]
    assert contact.rule == "review/add@1"
    assert known.decided.mark(contact.id).machine == one_of(store, Contact)  # type: ignore[union-attr]


def test_what_this_version_does_not_know_is_listed(store: Store) -> None:
    base = {"at": NOW, "who": "ana", "report": ONE.id, "evidence": (Span(0, 6),)}
    store.add_reviews(
        [
            Review(**base, action="correct", of="move", fields={"mood": "sour"}, was={"type": "ease", "issue": "x", "what": "y"}),
            Review(**base, action="accept", of="rumour", was={}),
            Review(**base, action="reject", of="move"),
            Review(**{**base, "evidence": (Span(0, 9999),)}, action="accept", of="move", was={}),
            Review(**{**base, "evidence": ()}, action="name", fields={}),
        ]
    )  # fmt: skip
    known = loaded(store)
    assert len(known.decided.unheld) == 5
    assert all(u.reason for u in known.decided.unheld)
    assert ids(known) == {r.id for r in store.records()}


VERBS = st.sampled_from(
    ["accept", "reject", "correct", "again", "add", "name", "everywhere", "retract", "reinstate", "withdraw"]
)


def _decide(store: Store, verb: str, which: int) -> None:
    records, known = store.records(), store.reviews()
    record, report = records[which % len(records)].id, ("one", "two")[which % 2]
    issue = {"kind": "exchange"} if record.startswith("l") else {"status": "planned"} if record.startswith("c") else {}
    changes: dict[str, object] = {"m": {"by": "CC"}, "s": {"speaks_for": "CC"}}.get(record[0], issue) or {"by": "CC"}
    verbs: dict[str, Callable[[], Review]] = {
        "accept": lambda: decisions.accept(store, record, who="ana"),
        "reject": lambda: decisions.reject(store, record, who="bo"),
        "correct": lambda: decisions.correct(store, PACK, record, changes, who="ana"),
        "again": lambda: decisions.correct(store, PACK, record, {"by": "BB"}, who="bo"),
        "add": lambda: decisions.add(
            store, PACK, report, "move", "open its ports", {"type": "offer", "issue": "ports", "what": str(which % 3)}, who="ana"
        ),
        "name": lambda: decisions.name(store, PACK, report, ("Osk", "Borland")[which % 2], ("BB", "CC")[which % 3 > 0], who="bo"),
        "everywhere": lambda: decisions.name(store, PACK, report, "Arland", "CC", who="bo", everywhere=True),
        "retract": lambda: decisions.retract(store, report, who="ana"),
        "reinstate": lambda: decisions.reinstate(store, report, who="ana"),
        "withdraw": lambda: decisions.withdraw(store, known[which % len(known)].id if known else "v", who="bo"),
    }  # fmt: skip
    with suppress(InputError):  # such as a retraction of what is retracted: refused, and nothing was stored
        verbs[verb]()


@settings(max_examples=24, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(VERBS, st.integers(0, 50)), max_size=10))
def test_any_decisions_survive_a_rebuild_an_export_and_a_new_version(
    tmp_path: Path, steps: list[tuple[str, int]]
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch, Store.open(None) as store, Store.open(None) as other:
        fill(store, monkeypatch)
        for verb, which in steps:
            _decide(store, verb, which)
        before = loaded(store)
        for record in before.records():
            text = before.report_of(record).text
            assert record.evidence
            assert all(span.end <= len(text) for span in record.evidence)
            mark = before.decided.mark(record.id)
            assert mark is None or mark.human == record
        reread(store, monkeypatch, version_one)
        assert loaded(store) == before
        assert loaded(store).decided == before.decided
        exports.write("jsonl", tmp_path / "talks.jsonl", before)
        pipeline.restore(other, read_export(tmp_path / "talks.jsonl"), PACK)
        again = loaded(other)
        assert list(again.records()) == list(before.records())
        assert (again.reports, again.retracted) == (before.reports, before.retracted)
        assert again.decided.marks == before.decided.marks
        reread(store, monkeypatch, version_two)
        after = loaded(store)
        assert len(after.reports) == len(before.reports)
        now = {id: mark for mark in after.decided.marks.values() for id in mark.reviews}
        naming = {r.id for r in store.reviews() if r.action == "name"}
        for mark in before.decided.marks.values():
            for id in set(mark.reviews) - naming:
                if mark.human is not None:
                    assert told(now[id].human) == told(mark.human)
        assert {u.review.id for u in after.decided.unheld} <= {r.id for r in store.reviews()}


# -- export and import --------------------------------------------------------------------------------------------


def test_decisions_travel_with_an_export(store: Store, tmp_path: Path) -> None:
    tariffs, contact = one_of(store, Move, issue="tariffs"), one_of(store, Contact)
    decisions.correct(
        store, PACK, tariffs.id, {"issue": "ports", "what": "to lift all duties"}, who="ana", note="so read"
    )
    decisions.reject(store, contact.id, who="bo")
    decisions.retract(store, "two", who="ana")
    path = tmp_path / "talks.jsonl"
    exports.write("jsonl", path, loaded(store))
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {e["report"] for line in lines for e in line["evidence"]} == {"one"}
    (changed,) = [line for line in lines if "decided" in line]
    assert (changed["decided"]["action"], changed["decided"]["who"], changed["decided"]["machine"]) == (
        "correct",
        "ana",
        tariffs.id,
    )
    assert contact.id not in {line["id"] for line in lines}
    with Store.open(None) as other:
        pipeline.restore(other, read_export(path), PACK)
        assert other.reviews() == store.reviews()
        assert other.records() == store.records()
        assert other.retracted() == {TWO.id}
        pipeline.restore(other, read_export(path), PACK)  # twice adds nothing
        assert other.counts() == store.counts()
        exports.write("jsonl", tmp_path / "again.jsonl", loaded(other))
    for kind in ("", ".reports", ".reviews"):
        assert (tmp_path / f"talks{kind}.jsonl").read_bytes() == (tmp_path / f"again{kind}.jsonl").read_bytes()


def test_an_export_without_its_decisions_is_refused(store: Store, tmp_path: Path) -> None:
    decisions.correct(store, PACK, one_of(store, Move, issue="tariffs").id, {"issue": "ports", "what": "x"}, who="ana")
    path = tmp_path / "talks.jsonl"
    exports.write("jsonl", path, loaded(store))
    reviews = tmp_path / "talks.reviews.jsonl"
    reviews.write_text(reviews.read_text(encoding="utf-8").replace('"who": "ana"', '"who": "eve"'), encoding="utf-8")
    with pytest.raises(InputError, match="changed since it was exported"):
        read_export(path)
    reviews.unlink()
    with pytest.raises(InputError, match=r"put talks\.reviews\.jsonl beside it"):
        read_export(path)


def test_decisions_become_evaluation_data(store: Store, tmp_path: Path) -> None:
    for record in store.records(report=ONE.id):
        if isinstance(record, Contact):
            decisions.reject(store, record.id, who="ana")
        elif isinstance(record, Linkage):
            decisions.correct(store, PACK, record.id, {"kind": "exchange"}, who="ana")
        else:
            decisions.accept(store, record.id, who="ana")
    decisions.reject(store, one_of(store, Linkage, TWO).id, who="ana")
    known = loaded(store)
    done = questions.evaluation(known, tmp_path / "all", texts=True)
    assert (done.files, done.complete, done.decided, done.records) == (("one.json", "two.json"), 1, 6, 12)
    page = json.loads((tmp_path / "all" / "one.json").read_text(encoding="utf-8"))
    assert page["contacts"] == []
    assert [(item["kind"], item["decided"]) for item in page["linkages"]] == [("exchange", "correct")]
    assert page["reviewed"] == {"decided": 6, "of": 6}
    text = (tmp_path / "all" / "one.txt").read_text(encoding="utf-8")
    start, end = page["moves"][0]["span"]
    assert text[start:end] == "Arland will lift its duty of 25 percent on steel and open its ports"
    assert questions.evaluation(known, tmp_path / "some", complete=True).files == ("one.json",)


# -- several people at once ---------------------------------------------------------------------------------------


def test_no_decision_of_many_at_once_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.db"
    with Store.open(path) as store:
        fill(store, monkeypatch)
        move = one_of(store, Move, issue="other").id
    people = [f"person {n}" for n in range(8)]

    def work(who: str) -> list[Review]:
        with Store.open(path) as own:
            made = [decisions.correct(own, PACK, move, {"what": f"{who} {n}"}, who=who) for n in range(4)]
            return [*made, decisions.accept(own, move, who=who)]

    with ThreadPoolExecutor(8) as threads:
        made = [review for some in threads.map(work, people) for review in some]
    with Store.open(path) as store:
        stored = store.reviews()
        assert sorted(r.id for r in stored) == sorted(r.id for r in made)
        assert len(stored) == 40
        assert len({r.at for r in stored}) == 40  # moments never run backwards, nor stand still
        known = loaded(store)
        last = [r for r in stored if r.action == "correct"][-1]
        assert known.record(move).what == last.fields["what"]  # type: ignore[attr-defined]
        assert len([m for m in known.moves if m.report == ONE.id]) == 3
