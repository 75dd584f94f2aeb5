"""What people decide: each verb, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from review_examples import ONE, PACK, TWO, fill, one_of
from standoff import decisions, questions
from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.model.record import Contact, Linkage, Measure, Move, Statement
from standoff.model.review import Review
from standoff.model.span import Span
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


# -- what each decision does --------------------------------------------------------------------------------------


def test_what_is_accepted_is_sure_and_keeps_its_id(store: Store) -> None:
    move = one_of(store, Move, issue="tariffs")
    review = decisions.accept(store, move.id[:9], who="ana", note="  read twice ")
    known = loaded(store)
    stands = known.record(move.id)
    assert (stands.id, stands.rule, stands.confidence) == (move.id, "test@1", 1.0)
    mark = known.decided.mark(move.id)
    assert mark is not None
    assert (mark.action, mark.who, mark.note, mark.overlap) == ("accept", "ana", "read twice", 1.0)
    assert (mark.machine, mark.human, mark.reviews) == (move, stands, (review.id,))


def test_what_is_rejected_is_out_of_everything_and_kept(store: Store) -> None:
    move = one_of(store, Move, issue="tariffs")
    decisions.reject(store, move.id, who="ana")
    known = loaded(store)
    assert move.id not in ids(known)
    assert known.decided.rejected == (move,)
    assert all(hit.id != move.id for hit in questions.search(store, "duty", ("move",), 50))
    assert store.records(Move, ONE.id)[0] in store.records()  # the machine's own record is as it was
    assert questions.reviewed(known, move.id[:8]).stands is None
    decisions.accept(store, move.id, who="bo")  # and back
    assert move.id in ids(loaded(store))


def test_a_correction_changes_fields_and_evidence_and_quotes(store: Store) -> None:
    move = one_of(store, Move, issue="other")
    decisions.correct(
        store, PACK, move.id, {"issue": "Ports", "to": "", "deadline": "2031-09", "status": "expected"},
        who="ana", evidence="demanded that the\nharbour fees be dropped",
    )  # fmt: skip
    known = loaded(store)
    stands = known.record(move.id)  # by the id that it had
    assert isinstance(stands, Move)
    assert (stands.issue, stands.to, str(stands.deadline), stands.status) == ("ports", None, "2031-09", "expected")
    assert known.words(stands) == "demanded that the harbour fees be dropped"
    assert (stands.rule, stands.confidence) == ("review/correct@1", 1.0)
    assert stands.id != move.id
    assert known.decided.changed[stands.id] == move


def test_corrections_of_two_people_come_together_and_the_later_counts(store: Store) -> None:
    move = one_of(store, Move, issue="other")
    decisions.correct(store, PACK, move.id, {"issue": "ports"}, who="ana")
    second = decisions.correct(store, PACK, move.id, {"issue": "tariffs", "type": "offer"}, who="bo")
    stands = loaded(store).record(move.id)
    assert (stands.issue, stands.type) == ("tariffs", "offer")  # type: ignore[attr-defined]
    decisions.withdraw(store, second.id[:8], who="bo")
    known = loaded(store)
    assert (known.record(move.id).issue, known.record(move.id).type) == ("ports", "demand")  # type: ignore[attr-defined]
    assert [d.withdrawn is not None for d in questions.review_history(known)] == [False, True, False]


def test_what_a_statement_carries_follows_its_correction(store: Store) -> None:
    statement = one_of(store, Statement)
    decisions.correct(store, PACK, statement.id, {"speaker": "Lee Osk", "speaks_for": "bb"}, who="ana")
    known = loaded(store)
    carried = [r for r in known.moves if r.report == ONE.id and r.issue in ("tariffs", "ports")]
    assert [known.statement_of(r).speaks_for for r in carried if known.statement_of(r)] == ["BB", "BB"]  # type: ignore[union-attr]
    old = one_of(store, Move, issue="tariffs")
    assert known.record(old.id).said_by == known.record(statement.id).id  # type: ignore[attr-defined]


def test_a_record_is_added(store: Store) -> None:
    fields = {"move": "demand", "by": "bb", "to": "AA", "issue": "tariffs", "what": "lower duties"}
    decisions.add(store, PACK, "one", "move", "only if the duty falls", fields, who="ana")
    known = loaded(store)
    (added,) = [r for r in known.moves if r.rule == "review/add@1"]
    assert known.words(added) == "only if the duty falls"
    assert (added.type, added.by, added.confidence) == ("demand", "BB", 1.0)
    assert known.decided.changed[added.id] is None
    (hit,) = questions.search(store, "duty falls lower", ("move",), 5)
    assert (hit.id, hit.decided) == (added.id, "add")
    decisions.reject(store, added.id, who="bo")
    assert added.id not in ids(loaded(store))


def test_an_added_statement_says_its_evidence(store: Store) -> None:
    decisions.add(store, PACK, "two", "statement", "Late on Tuesday", {"kind": "outlet", "source": ""}, who="ana")
    (added,) = [s for s in loaded(store).statements if s.rule == "review/add@1"]
    assert added.content == Span(0, 15)


def test_a_name_is_put_right_in_its_report_alone(store: Store) -> None:
    decisions.name(store, PACK, "one", "minister Osk", "Lee Osk", who="ana")
    known = loaded(store)
    spoken = {s.report: (s.speaks_for, s.speaker) for s in known.statements}
    assert spoken == {ONE.id: ("BB", "Lee Osk"), TWO.id: ("AA", "Osk")}
    assert {known.decided.mark(s.id) is None for s in known.statements if s.report == TWO.id} == {True}
    decisions.name(store, PACK, "two", "minister Osk", "CC", who="bo", everywhere=True)
    assert {s.speaks_for for s in loaded(store).statements} == {"CC"}


def test_a_name_reaches_what_came_of_it(store: Store) -> None:
    review = decisions.name(store, PACK, "one", "Borland", "CC", who="ana")
    assert review.fields["read_as"] == "BB"
    here = [r for r in loaded(store).records() if r.report == ONE.id]
    (demand,) = [r for r in here if isinstance(r, Move) and r.type == "demand"]
    (linkage,) = [r for r in here if isinstance(r, Linkage)]
    assert (demand.by, demand.to, linkage.by, linkage.first_actor, linkage.then_actor) == ("CC", "AA", "CC", "AA", "CC")
    assert (demand.rule, demand.confidence) == ("test@1", 0.5)
    (measure,) = [r for r in here if isinstance(r, Measure)]
    assert measure.on == "BB"  # its words do not have the name
    decisions.withdraw(store, review.id, who="ana")
    assert ids(loaded(store)) == {r.id for r in store.records()}


def test_a_retracted_report_is_kept_and_counts_no_more(store: Store) -> None:
    before = loaded(store)
    decisions.retract(store, "one", who="ana", note="taken back")
    known = loaded(store)
    assert known.reports == (TWO,)
    assert known.retracted == (ONE,)
    assert {r.report for r in known.records()} == {TWO.id}
    assert len(known.decided.set_aside) == 7
    assert known.decided.retracted[ONE.id].note == "taken back"
    assert store.retracted() == {ONE.id}
    assert len(questions.state(known).positions) <= len(questions.state(before).positions)
    assert {(h.report, h.retracted) for h in questions.search(store, "harbour", ("report",), 5)} == {
        ("one", True),
        ("two", False),
    }
    with pytest.raises(InputError, match="retracted already"):
        decisions.retract(store, "one", who="bo")
    review = decisions.reinstate(store, "one", who="bo")
    assert ids(loaded(store)) == ids(before)
    decisions.withdraw(store, review.id, who="bo")
    assert store.retracted() == {ONE.id}


def test_the_brief_and_every_export_follow(store: Store, tmp_path: Path) -> None:
    move = one_of(store, Move, issue="other")
    decisions.correct(store, PACK, move.id, {"what": "to abolish quay money"}, who="ana")
    decisions.reject(store, one_of(store, Contact).id, who="ana")
    decisions.retract(store, "two", who="ana")
    known = loaded(store)
    assert "to abolish quay money" in questions.brief(store, known, None)
    assert "Late on Tuesday" not in questions.brief(store, known, None)
    for name in ("csv", "plover", "webannotation", "graphml", "ics", "atom", "md"):
        exports.write(name, tmp_path / name, known)
    assert not [line for line in (tmp_path / "ics").read_text(encoding="utf-8").splitlines() if "VEVENT" in line]
    assert "to abolish quay money" in (tmp_path / "csv" / "moves.csv").read_text(encoding="utf-8")


# -- what is refused ----------------------------------------------------------------------------------------------


def _correct(changes: dict[str, object], **more: Any) -> Callable[[Store], Review]:
    return lambda s: decisions.correct(s, PACK, one_of(s, Move, issue="other").id, changes, who="ana", **more)


def _add(of: str, quote: str, **fields: object) -> Callable[[Store], Review]:
    return lambda s: decisions.add(s, PACK, "one", of, quote, fields, who="ana")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (_correct({"type": "grab"}), "'grab' is none of demand, offer"),
        (_correct({"rate": 5}), "a move has no field 'rate'; there are: type, by"),
        (_correct({"type": ""}), "type cannot be empty"),
        (_correct({"by": "XX"}), "the pack arland-borland has no party 'XX'"),
        (_correct({"issue": "fish"}), "no issue 'fish' (tariffs, ports, other)"),
        (_correct({"deadline": "soon"}), "'soon' is no day"),
        (_correct({"said_by": "s-0000"}), "no statement of one 's-0000'"),
        (_correct({"by": "BB"}), "nothing changes"),
        (_correct({}), "nothing changes"),
        (_correct({"by": "AA"}, evidence="never said"), "does not stand in one"),
        (_correct({"by": "AA"}, evidence="duty"), "stands 2 times in one; give more words, or one of "),
        (_correct({"by": "AA"}, evidence="5:5000"), "is no part of one"),
        (_correct({"by": "AA"}, evidence=[Span(0, 10**6)]), "must rest on words"),
        (_add("speech", "met in Corland"), "no class of records is called 'speech'"),
        (_add("move", "met in Corland", type="agree"), "a move needs issue, what"),
        (_add("measure", "25 percent", instrument="tariff", status="in-force", rate_percent="much"), "'much' is no number"),
        (lambda s: decisions.accept(s, "m-nothing", who="ana"), "no record 'm-nothing'"),
        (lambda s: decisions.accept(s, "", who="ana"), "no record ''"),
        (lambda s: decisions.accept(s, "m-", who="ana"), "may be any of"),
        (lambda s: decisions.accept(s, one_of(s, Contact).id, who=" \n"), "who decides"),
        (lambda s: decisions.accept(s, one_of(s, Contact).id, who="a" * 300), "who is over 200"),
        (lambda s: decisions.name(s, PACK, "one", "Nobody", "AA", who="ana"), "does not stand in one"),
        (lambda s: decisions.name(s, PACK, "one", "Monday", "AA", who="ana"), "no record of one rests on"),
        (lambda s: decisions.name(s, PACK, "one", "Osk", "ZZ", who="ana"), "no party 'ZZ'"),
        (lambda s: decisions.retract(s, "three", who="ana"), "no report 'three'"),
        (lambda s: decisions.reinstate(s, "one", who="ana"), "is not retracted"),
        (lambda s: decisions.withdraw(s, "v-0", who="ana"), "no decision 'v-0'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_leaves_nothing(
    store: Store, act: Callable[[Store], Review], said: str
) -> None:
    with pytest.raises(InputError) as refused:
        act(store)
    assert said in str(refused.value)
    assert store.reviews() == ()


def test_free_text_is_taken_where_it_is_asked_for(store: Store) -> None:
    review = _correct({"by": "dockers", "issue": "fish"}, free=True)(store)
    assert review.fields["free"] == ["by", "issue"]
    (stands,) = [m for m in loaded(store).moves if m.issue == "fish"]
    assert stands.by == "dockers"


def test_twice_withdrawn_is_refused_and_a_withdrawal_can_be_withdrawn(store: Store) -> None:
    contact = one_of(store, Contact)
    first = decisions.reject(store, contact.id, who="ana")
    second = decisions.withdraw(store, first.id, who="ana")
    assert contact.id in ids(loaded(store))
    with pytest.raises(InputError, match="withdrawn already"):
        decisions.withdraw(store, first.id, who="bo")
    decisions.withdraw(store, second.id, who="bo")
    assert contact.id not in ids(loaded(store))
