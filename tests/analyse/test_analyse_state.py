"""The state as of a date: positions with their sightings, what replaced them, measures, two clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from analyse_examples import PACK, contact, day, known, linkage, measure, move, statement, story
from hypothesis import given
from hypothesis import strategies as st

from standoff.analyse.conflict import conflicts
from standoff.analyse.facts import facts
from standoff.analyse.known import Known
from standoff.analyse.linked import waiting
from standoff.analyse.state import positions_json, state
from standoff.analyse.tariffs import points, tariffs
from standoff.analyse.timeline import timeline
from standoff.model.record import Linkage, Move

D1, D2, D3 = date(2031, 5, 1), date(2031, 5, 20), date(2031, 8, 1)


def kinds(of: Known, as_of: date | None = None) -> list[tuple[str, str]]:
    return [(p.kind, p.what) for p in state(of, as_of).positions]


def test_the_date_is_the_newest_of_the_record_never_today() -> None:
    record = known(story("one", D1, move("demand", "AA", "lower port fees")), story("none", None))
    assert state(record).as_of == D1
    assert state(known(story("none", None))).as_of is None


def test_a_position_met_again_is_one_with_two_sightings() -> None:
    record = known(
        story("one", D1, move("demand", "AA", "removal of the steel tariffs", status="reported-by-sources")),
        story("two", D3, move("demand", "AA", "that Borland remove steel tariffs", said={"speaker": "Ana Regnier"})),
    )
    (position,) = state(record).positions
    assert (position.first, position.last, position.status) == (D1, D3, "made")
    assert [s.published for s in position.sightings] == [D1, D3]
    assert position.origins == 2
    assert not position.flags
    assert position.sightings[1].source == "Ana Regnier, in Two Post"
    assert "from 2031-05-01 to 2031-08-01; 2 origins, 2 reports" in position.explanation


def test_a_refusal_and_an_offer_on_one_issue_stand_together() -> None:
    record = known(
        story("one", D1, move("offer", "BB", "buying more oil and gas")),
        story("two", D2, move("refuse", "BB", "a binding cut of the deficit")),
    )
    assert kinds(record) == [("offer", "buying more oil and gas"), ("refuse", "a binding cut of the deficit")]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (("offer", "opening of the northern ports"), ("refuse", "opening of the northern ports"), "refused"),
        (("refuse", "opening of the northern ports"), ("commit", "opening of the northern ports"), "undertakes"),
        (("threaten", "a levy on northern timber"), ("impose", "a levy on northern timber"), "carried out"),
        (
            ("demand", "a cut of $100 billion in the deficit"),
            ("demand", "a cut of $200 billion in the deficit"),
            "other figures",
        ),
    ],
)
def test_what_a_later_act_replaces_becomes_history(before: tuple[str, str], after: tuple[str, str], why: str) -> None:
    record = known(story("one", D1, move(before[0], "BB", before[1])), story("two", D3, move(after[0], "BB", after[1])))
    now = state(record)
    (old,) = now.history
    assert (old.kind, old.what) == before
    assert why in (old.why or "")
    (new,) = (*now.positions, *now.deeds)
    assert old.superseded_by == new.id
    assert not state(record, D2).history, "as of the earlier date nothing had replaced it"


def test_what_is_only_expected_replaces_nothing() -> None:
    record = known(
        story("one", D1, move("offer", "BB", "opening of the northern ports")),
        story("two", D3, move("refuse", "BB", "opening of the northern ports", status="expected")),
    )
    assert not state(record).history


def test_uncertainty_is_flagged() -> None:
    record = known(
        story("one", D1, move("demand", "AA", "lower port fees", status="expected"), basis="inferred"),
        story("two", D3, move("offer", "BB", "new steel quotas", status="hypothetical")),
        story("nowhen", None, move("demand", "BB", "cheaper ferries")),
    )
    flags = {p.what: set(p.flags) for p in state(record).positions}
    assert flags["lower port fees"] == {"expected", "one-origin", "inferred-date", "not-met-since"}
    assert flags["new steel quotas"] == {"hypothetical", "one-origin"}
    assert flags["cheaper ferries"] == {"one-origin", "undated", "not-met-since"}, "nobody knows when"


def test_a_contested_record_marks_its_position() -> None:
    record = known(story("one", D1, move("offer", "AA", "new steel quotas")))
    assert "contested" in state(record, contested=[record.moves[0].id]).positions[0].flags


def test_denied_moves_and_moves_of_nobody_are_no_positions() -> None:
    record = known(
        story("one", D1, move("offer", "AA", "new quotas", status="denied"), move("demand", None, "peace now"))
    )
    assert kinds(record) == []


def test_with_a_date_given_records_without_any_are_left_out_and_listed() -> None:
    record = known(story("nowhen", None, move("demand", "BB", "cheaper ferries")))
    assert kinds(record) == [("demand", "cheaper ferries")]
    then = state(record, D1)
    assert then.positions == ()
    assert then.undated == (record.moves[0].id,)


def test_an_act_told_later_belongs_to_the_day_it_happened() -> None:
    record = known(story("late", D3, move("demand", "AA", "lower port fees", date=day("2031-05"))))
    assert kinds(record, D2) == [("demand", "lower port fees")]
    assert kinds(record.known_at(D2), D2) == [], "but it was not known then"


def test_known_at_takes_the_day_of_recording_where_publication_is_unknown() -> None:
    made = story("nowhen", None, move("demand", "BB", "cheaper ferries"))
    record = Known.of(PACK, [made.report], made.records, recorded={made.report.id: datetime(2031, 6, 1, tzinfo=UTC)})
    assert not record.known_at(date(2031, 5, 31)).moves
    assert record.known_at(date(2031, 6, 1)).moves


def test_measures_as_of_a_day() -> None:
    record = known(
        story("one", D1, measure("threatened", "AA", rate=25.0, goods="steel")),
        story("two", D2, measure("in-force", "AA", rate=25.0, goods="steel", effective=day("2031-05-18"))),
        story("three", D3, measure("suspended", "AA", rate=25.0, goods="steel", suspended=day("2031-07-30"))),
    )
    assert [state(record, d).measures[0].status for d in (D1, D2, D3)] == ["threatened", "in-force", "suspended"]
    (last,) = state(record).measures
    assert [str(d.when) for d in (*last.effective, *last.suspended)] == ["2031-05-18", "2031-07-30"]
    assert str(last.since) == "2031-07-30"
    assert last.origins == 3


def test_a_measure_that_takes_effect_later_is_announced() -> None:
    record = known(story("one", D1, measure("in-force", "AA", rate=25.0, effective=day("2031-06-01"))))
    assert state(record, D1).measures[0].status == "announced"
    assert state(record, D3).measures[0].status == "in-force"


def test_tariff_steps_and_threats_apart() -> None:
    record = known(
        story("one", D1, measure("in-force", "AA", rate=10.0, effective=day("2031-02-04"))),
        story(
            "two",
            D2,
            measure("raised", "AA", rate=20.0, effective=day("2031-05-04")),
            measure("threatened", "AA", rate=200.0),
        ),
        story(
            "three",
            D3,
            measure("in-force", "AA", rate=20.0, text="It is still 20 percent."),
            measure("suspended", "BB", rate=5.0),
        ),
    )
    (ours,) = tariffs(record)[:1]
    (line,) = ours.lines
    assert (line.scope, points(line)) == ("goods not stated", ((date(2031, 2, 4), 10.0), (date(2031, 5, 4), 20.0)))
    assert len(line.steps[-1].records) == 2, "a repeated rate confirms the step"
    assert [(t.named, t.rate) for t in ours.threats] == [(200.0, None)]
    assert ours.note.startswith("Indicative")
    assert tariffs(record)[1].lines == (), "a rate that is only known as suspended was never told to be in force"


def test_a_tariff_that_ends_leaves_a_gap_and_one_of_another_rate_does_not() -> None:
    def end(status: str, rate: float | None) -> list[float | None]:
        record = known(
            story("one", D1, measure("in-force", "AA", rate=30.0)),
            story("two", D2, measure(status, "AA", rate=rate, text="It is over.")),
        )
        return [step.rate for step in tariffs(record)[0].lines[0].steps]

    assert end("suspended", 30.0) == [30.0, None]
    assert end("suspended", 145.0) == [30.0, 30.0]
    assert end("lifted", None) == [30.0, None]


def test_timeline_in_order_with_missed_and_unconfirmed() -> None:
    record = known(
        story(
            "one", D1,
            contact("held", "meeting", "Lee Min", date=day("2031-03-02")),
            contact("planned", "call", "Lee Min", "Ana Regnier", date=day("2031-05-10")),
            contact("missed", "visit", "Ana Regnier", when="in April"),
        ),
        story("two", D3, contact("planned", "summit", "Ana Regnier", "Bo Holt", when="soon")),
    )  # fmt: skip
    told = timeline(record)
    assert [(e.kind, e.status, e.side) for e in told] == [
        ("meeting", "held", "past"), ("visit", "missed", "past"), ("call", "planned", "past"), ("summit", "planned", "ahead"),
    ]  # fmt: skip
    assert [e.unconfirmed for e in told] == [False, False, True, False]
    assert told[1].missed
    assert (told[1].basis, told[0].basis) == ("publication", "told")
    assert timeline(record, D1)[2].side == "ahead"


def test_a_planned_contact_that_was_held_is_one_entry() -> None:
    record = known(
        story("one", D1, contact("planned", "call", "Lee Min", "Ana Regnier", date=day("2031-05-10"))),
        story("two", D2, contact("held", "call", "Lee", "Regnier", date=day("2031-05-10"))),
    )
    (entry,) = timeline(record)
    assert (entry.status, entry.earlier, entry.unconfirmed) == ("held", ("planned",), False)


def test_json_of_positions_names_report_and_span() -> None:
    made = story("one", D1, move("demand", "AA", "lower port fees", text="Arland wants lower port fees."))
    record = known(made)
    (row,) = positions_json(record, state(record))
    assert (row["party"], row["kind"], row["issue"]) == ("AA", "demand", "tariffs")
    assert row["evidence"] == [{"report": "one", "span": [0, 29]}]


ACTS = st.sampled_from([
    move("demand", "AA", "lower port fees"),
    move("offer", "BB", "opening of the northern ports"),
    move("refuse", "BB", "opening of the northern ports", said={"speaks_for": "BB"}),
    measure("in-force", "AA", rate=20.0),
    measure("lifted", "AA", rate=20.0),
    contact("planned", "call", "Lee Min", "Ana Regnier"),
    linkage("precondition", "lift the tariffs", "buy oil"),
    statement("Borland has promised to open its ports.", speaks_for="AA"),
    statement("Borland never promised to open its ports.", speaks_for="BB", act="deny"),
])  # fmt: skip
DAYS = st.dates(date(2031, 1, 1), date(2031, 12, 31))
STORIES = st.lists(st.tuples(DAYS, st.lists(ACTS, max_size=4)), min_size=1, max_size=5)


@given(STORIES, st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(told: list[tuple[date, list]], random) -> None:  # type: ignore[no-untyped-def,type-arg]
    made = [story(f"r{n}", when, *acts) for n, (when, acts) in enumerate(told)]
    shuffled = made[:]
    random.shuffle(shuffled)
    one = known(*made)
    other = known(*shuffled)
    for answer in (state, facts, conflicts, waiting, tariffs, timeline):
        assert answer(one) == answer(other)


@given(STORIES, DAYS, DAYS)
def test_what_is_known_grows_with_the_day(told: list[tuple[date, list]], a: date, b: date) -> None:  # type: ignore[type-arg]
    record = known(*[story(f"r{n}", when, *acts) for n, (when, acts) in enumerate(told)])
    earlier, later = record.known_at(min(a, b)), record.known_at(max(a, b))
    assert {r.id for r in earlier.records()} <= {r.id for r in later.records()} <= {r.id for r in record.records()}
    assert set(state(earlier).records) <= {r.id for r in earlier.records()}


def test_of_many_tellings_the_words_that_most_share_stand_for_the_position() -> None:
    told = [
        story(f"report {n}", D1 + timedelta(days=n), move("impose", "AA", what))
        for n, what in enumerate(
            ["new tariffs on salt", "tariffs on Borlandic salt", "salt tariffs", "the 40% tariffs of Borland on salt"]
        )
    ]
    (found,) = state(known(*told)).deeds
    assert len(found.records) == 4
    assert "40%" not in found.what


def test_the_newest_period_of_reporting_without_a_silence_is_its_last_quarter() -> None:
    every_month = [
        story(f"report {n}", D1 + timedelta(days=30 * n), move("demand", "AA", what))
        for n, what in enumerate(["cheaper ferries", *["lower port fees"] * 11])
    ]
    flags = {p.what: p.flags for p in state(known(*every_month)).positions}
    assert "not-met-since" in flags["cheaper ferries"]
    assert "not-met-since" not in flags["lower port fees"]


def test_a_day_that_is_only_inferred_is_not_the_newest() -> None:
    record = known(
        story("one", D1, move("demand", "AA", "lower port fees")),
        story("two", D3, move("offer", "BB", "new steel quotas"), basis="inferred"),
    )
    assert (record.newest(), record.latest()) == (D1, D3)
    assert known(story("two", D3, move("offer", "BB", "quotas"), basis="inferred")).newest() == D3


@pytest.mark.parametrize(("told", "status"), [("demand", "in-force"), ("offer", "in-force"), ("ease", "suspended")])
def test_what_is_only_to_be_suspended_still_stands_and_what_was_suspended_does_not(told: str, status: str) -> None:
    one = story("one", D1, measure("suspended", "AA", rate=25.0))
    line, base = one.records[0], {"report": one.report.id, "rule": "by-hand@1", "confidence": 1.0}
    traded = Linkage(
        **base,
        evidence=line.evidence,
        kind="exchange",
        by="BB",
        first="suspend the duty",
        then="buy salt",
        first_actor="AA",
        then_actor="BB",
    )
    act = Move(
        **base,
        evidence=line.evidence,
        type=told,
        by="AA",
        to="BB",
        actor=None,
        issue="tariffs",
        what="the duty of 25%",
        status="made",
    )
    one.records += [traded, act]
    (found,) = state(known(one)).measures
    assert found.status == status
