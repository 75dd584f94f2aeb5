"""The order of ingest changes no answer, and what was known earlier stays part of what is known later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from analyse_examples import PACK, Story, contact, known, linkage, measure, move, statement, story
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.analyse.changes import changes, day_before
from standoff.analyse.conflict import conflicts
from standoff.analyse.corroborate import corroborate
from standoff.analyse.dating import placed
from standoff.analyse.facts import facts
from standoff.analyse.fulfilment import fulfilment
from standoff.analyse.history import history
from standoff.analyse.known import Known
from standoff.analyse.linked import waiting
from standoff.analyse.outcomes import answers
from standoff.analyse.stacked import stacked
from standoff.analyse.state import state
from standoff.model.record import Record

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


CODES = {"AA": "ZZ", "BB": "KK"}


def relabelled(told: list[Story]) -> Known:
    """The same record with other codes for its parties, in the other order."""
    pack = replace(
        PACK,
        between=("ZZ", "KK"),
        parties=tuple(replace(p, code=CODES[p.code]) for p in PACK.parties),
        officials=tuple(replace(o, party=CODES[o.party]) for o in PACK.officials),
    )
    ids: dict[str, str] = {}
    records: list[Record] = []
    for record in (r for each in told for r in each.records):
        changes: dict[str, object] = {
            name: CODES[value]
            for name in ("by", "to", "on", "speaks_for", "first_actor", "then_actor")
            if (value := getattr(record, name, None)) in CODES
        }
        if parties := getattr(record, "parties", None):
            changes["parties"] = tuple(CODES[p] for p in parties)
        if said_by := getattr(record, "said_by", None):
            changes["said_by"] = ids[said_by]
        records.append(replace(record, **changes))  # type: ignore[arg-type]
        ids[record.id] = records[-1].id
    return Known.of(pack, [each.report for each in told], records)


def without_codes(record: Known, codes: dict[str, str]) -> tuple[object, ...]:
    """What the analyses say, without the ids that the codes go into."""
    back = {**{new: old for old, new in codes.items()}, None: None}
    graph = waiting(record)
    acts = {a.id: (back.get(a.actor, a.actor), a.what, a.red_line) for a in graph.acts}
    found = state(record)
    return (
        {(back.get(p.party, p.party), p.kind, p.issue, p.what, p.status, p.flags)
         for p in (*found.positions, *found.history, *found.accusations)},
        {(c.kind, c.a.words, c.b.words) for c in conflicts(record)},
        {(acts[a.waits], acts[a.needs], a.kind, a.strength) for a in graph.arrows},
        {(back.get(a.account, a.account), a.implied, frozenset(acts[x] for x in a.outcome.achievable),
          frozenset(acts[x] for x in a.outcome.blocked)) for a in answers(record, graph)},
        {(f.type, f.origins, len(f.records)) for f in facts(record)},
    )  # fmt: skip


def test_other_codes_for_the_parties_change_nothing() -> None:
    assert without_codes(relabelled(stories()), CODES) == without_codes(known(*stories()), {"AA": "AA", "BB": "BB"})


@given(st.dates(date(2031, 4, 1), date(2031, 7, 1)), st.permutations(range(4)))
def test_what_the_record_held_on_a_day_grows_and_what_changed_is_as_the_order_of_days(
    day: date, order: list[int]
) -> None:
    told = stories()
    at = {told[n].report.id: datetime(2031, 5, 1 + n, tzinfo=UTC) for n in range(4)}
    records = [r for n in order for r in told[n].records]
    record = Known.of(PACK, [told[n].report for n in order], records, recorded=at)
    held = {r.id for r in record.recorded_by(day).reports}
    assert held == {id for id, when in at.items() if when.date() <= day}
    assert held <= {r.id for r in record.recorded_by(day + timedelta(days=1)).reports}
    found = changes(record, date(2031, 5, 3), recorded=True)
    assert {record.report_of(record.record(r)).name for c in found.changes for r in c.records} <= {"four"}
    assert day_before(record, recorded=True) == date(2031, 5, 3)
    assert day_before(record) == date(2031, 5, 9)


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
