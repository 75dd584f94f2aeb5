"""Reports: stored exactly, once, in a stable order; what is unknown is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from store_examples import FULL, NOW, SCREENED, TEXT, make_records, make_report, make_screening, precious, put, span

from standoff.errors import EvidenceError, InputError, StoreError
from standoff.model.lineage import Relation, View
from standoff.model.record import Linkage, Move, Record
from standoff.model.report import Published, Report
from standoff.model.span import Span
from standoff.store import Store

CHARACTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)  # all but surrogates; NUL too


def test_a_report_is_read_back_as_it_was_written(store: Store) -> None:
    report = make_report(**FULL)
    assert put(store, report)
    assert store.report(report.id) == report
    assert store.report("one") == report
    assert store.reports() == (report,)
    assert store.texts([report.id, "r-none"]) == {report.id: TEXT}


@pytest.fixture(scope="module")
def kept(place: Callable[[], str | None]) -> Iterator[Store]:
    with Store.open(place()) as opened:
        yield opened


@settings(max_examples=40, deadline=None)
@example(text="\0a\0\ufdd2\ufdd20\ufdd21\0", title="\0", outlet="\ufdd2", reason="0\0\ufdd2")
@given(text=CHARACTERS, title=st.none() | CHARACTERS, outlet=st.none() | CHARACTERS, reason=CHARACTERS)
def test_any_text_survives_with_every_code_point(
    kept: Store, text: str, title: str | None, outlet: str | None, reason: str
) -> None:
    report = make_report(text=text, title=title, outlet=outlet, published=Published(date(999, 1, 1), "user", reason))
    if put(kept, report, records=()):  # not one that was drawn before
        assert kept.reports_of([report.id]) == {report.id: report}


def test_nul_and_characters_beyond_16_bits_survive_in_a_file(tmp_path: Any) -> None:
    report = make_report(text="\0a\0\U0001f6a2 ship\r\n\u2028\ufeff\0")
    with Store.open(tmp_path / "r.db") as store:
        put(store, report, records=())
    with Store.open(tmp_path / "r.db") as store:
        assert store.texts([report.id]) == {report.id: report.text}


@pytest.mark.parametrize("field", ["text", "title", "name"])
def test_half_a_character_is_refused_clearly(store: Store, field: str) -> None:
    report = make_report(**{field: "broken \ud83d half"})
    with pytest.raises(StoreError, match="lone surrogate"):
        put(store, report, records=())
    assert store.counts()["report"] == 0


def test_the_same_report_again_changes_nothing(store: Store) -> None:
    report = make_report(**FULL)
    put(store, report)
    before, records = precious(store), store.records()
    again = make_report(
        "another name", **FULL | {"title": "Other title", "published": Published(date(2001, 1, 1), "sidecar")}
    )
    assert again.id == report.id
    assert not put(store, again, records=())
    assert precious(store) == before
    assert store.records() == records
    assert store.pending() == ()


def test_the_same_text_of_another_outlet_is_another_report(store: Store) -> None:
    assert put(store, make_report(outlet="A"), records=())
    assert put(store, make_report(outlet="B"), records=())
    assert store.counts()["report"] == 2


def test_what_was_unknown_is_filled_in(store: Store) -> None:
    bare = make_report(outlet=FULL["outlet"], url=FULL["url"])
    full = make_report("other", **FULL)
    put(store, bare)
    assert not put(store, full, records=())
    assert store.reports() == (make_report(**FULL),)
    assert store.recorded_at(bare.id) == NOW
    assert len(store.records()) == 5
    assert store.pending() == (bare.id,), "its records rest on the day and the title"
    assert not store.enrich(full)
    assert [hit.kind for hit in store.search("duty steel", kinds=["report"])] == ["report"]
    store.replace(bare.id, make_screening(bare), [], ())
    assert store.pending() == ()


def test_a_title_that_comes_later_can_be_searched(store: Store) -> None:
    put(store, make_report(), records=())
    assert store.search("walnut") == ()
    assert store.enrich(make_report(title="Walnut harvest"))
    assert [hit.id for hit in store.search("walnut")] == [make_report().id]


@pytest.mark.parametrize(
    ("first", "again", "kept"),
    [
        (None, Published(date(2020, 1, 2), "inferred", "a"), "again"),
        (Published(date(2020, 1, 1), "inferred", "a"), Published(date(2020, 1, 2), "inferred", "b"), "first"),
        (Published(date(2020, 1, 1), "inferred", "a"), Published(date(2020, 1, 2), "sidecar", "b"), "again"),
        (Published(date(2020, 1, 1), "sidecar", "a"), Published(date(2020, 1, 2), "file", "b"), "first"),
        (Published(date(2020, 1, 1), "sidecar", "a"), Published(date(2020, 1, 2), "user", "b"), "again"),
        (Published(date(2020, 1, 1), "user", "a"), Published(date(2020, 1, 2), "user", "b"), "again"),
        (Published(date(2020, 1, 1), "user", "a"), Published(date(2020, 1, 2), "sidecar", "b"), "first"),
        (Published(date(2020, 1, 1), "user", "a"), Published(date(2020, 1, 1), "user", "b"), "first"),
        (Published(date(2020, 1, 1), "sidecar", "a"), None, "first"),
    ],
)
def test_which_day_of_publication_stands(store: Store, first: Published, again: Published, kept: str) -> None:
    put(store, make_report(published=first), records=())
    assert store.enrich(make_report(published=again)) is (kept == "again")
    assert store.reports()[0].published == {"first": first, "again": again}[kept]


def test_reports_stand_in_a_stable_order(store: Store) -> None:
    def report(name: str, day: date | None, text: str) -> Report:
        return make_report(name, text, published=day and Published(day, "file"))

    early, late = date(2019, 12, 31), date(2020, 1, 1)
    wanted = [
        report("z", early, "1"),
        report("B", late, "2"),
        report("a", late, "3"),
        *sorted([report("ä", late, "4"), report("ä", late, "5")], key=lambda r: r.id),
        report("a", None, "6"),
    ]
    for one in reversed(wanted):
        put(store, one, records=())
    assert list(store.reports()) == wanted
    assert list(store.iter_reports()) == wanted
    assert list(store.recorded()) == list(store.screenings()) == [one.id for one in wanted]


def test_streaming_does_not_stop_writing(store: Store) -> None:
    for number in range(3):
        put(store, make_report(f"n{number}", f"text {number}"), records=())
    for number, _ in enumerate(store.iter_reports()):
        assert put(store, make_report(f"m{number}", f"more {number}"), records=())
    assert store.counts()["report"] == 6


def test_a_name_of_several_reports_is_asked_about(store: Store) -> None:
    put(store, make_report("one", "a"), records=())
    put(store, make_report("one", "b"), records=())
    with pytest.raises(InputError, match="2 reports are named one"):
        store.report("one")
    assert store.report("none") is None


def test_recorded_at_is_an_instant_in_utc(store: Store) -> None:
    report = make_report()
    put(store, report)
    assert store.recorded_at(report.id) == NOW
    assert store.recorded()[report.id].tzinfo == UTC
    with pytest.raises(InputError, match="no report r-none"):
        store.recorded_at("r-none")


def test_the_clock_runs_by_default() -> None:
    with Store.open(None) as store:
        before = datetime.now(UTC)
        put(store, make_report())
        assert before <= store.recorded_at(make_report().id) <= datetime.now(UTC)


def test_known_ids(store: Store) -> None:
    report = make_report()
    put(store, report)
    assert store.known([report.id, *(f"r-{n}" for n in range(1200))]) == {report.id}


def _bad(report: Report, how: str) -> Record:
    common: dict[str, Any] = {"report": report.id, "rule": "r@1", "confidence": 1.0, "evidence": (span("Arland"),)}
    linkage: dict[str, Any] = {
        "kind": "threat",
        "by": None,
        "first": "a",
        "then": "b",
        "first_actor": None,
        "then_actor": None,
    }
    changed: dict[str, Any] = {
        "no evidence": {"evidence": ()},
        "beyond the text": {"evidence": (Span(0, len(report.text) + 1),)},
        "other report": {"report": "r-other"},
        "surrogate": {"first": "\udc00"},
        "no confidence": {"confidence": None},
    }[how]
    return Linkage(**common | linkage | changed)


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("no evidence", EvidenceError),
        ("beyond the text", EvidenceError),
        ("other report", StoreError),
        ("surrogate", StoreError),
        ("no confidence", StoreError),
    ],
)
def test_a_report_is_stored_with_all_its_records_or_not_at_all(store: Store, how: str, error: type[Exception]) -> None:
    report = make_report()
    with pytest.raises(error):
        put(store, report, records=(*make_records(report), _bad(report, how)))
    assert set(store.counts().values()) == {0}
    assert store.fingerprints([11]) == store.search("Arland") == ()
    put(store, report)
    with pytest.raises(error):
        store.replace(report.id, make_screening(report), [], [_bad(report, how)])
    assert len(store.records()) == 5
    assert len(store.search("telephone")) == 2


def test_derived_data_of_one_report_are_replaced(store: Store) -> None:
    one, two = make_report(), make_report("two", TEXT + " More.")
    put(store, one)
    put(store, two)
    untouched = store.records(report=two.id)
    kept = make_records(one)[2:3]
    screening = make_screening(one, **SCREENED)
    store.replace(one.id, screening, [(5, 3)], kept)
    assert store.records(report=one.id) == kept
    assert store.records(report=two.id) == untouched
    assert store.screenings()[one.id] == screening
    assert store.sketch(one.id) == ((5, 3),)
    assert store.fingerprints([11]) == ((11, two.id, 0),)
    assert {hit.report for hit in store.search("telephone", kinds=["contact"])} == {two.id}
    with pytest.raises(InputError, match="no report r-none"):
        store.replace("r-none", screening, [], ())


def _review(store: Store, report: Report) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO review (id, at, who, action, class, report, evidence, fields, note) VALUES ('v-1',"
            f" '2031-05-06T00:00:00+00:00', 'ana', 'reject', 'move', '{report.id}', '[[0, 6]]', NULL, 'not said')"
        )


def test_forgetting_what_is_derived_keeps_reports_and_reviews(store: Store) -> None:
    one, two = make_report(**FULL), make_report("two", TEXT + " More.")
    put(store, one)
    put(store, two)
    store.sign({one.id: ((1, 2), b"one"), two.id: ((2, 3), b"two")})
    store.settle([one.id, two.id], [Relation(a=two.id, b=one.id, kind="copy", score=0.9)])
    store.set_meta({"pack": "arland-borland"})
    _review(store, one)
    before, records, hits = precious(store), store.records(), store.search("duty")
    store.forget_derived()
    assert precious(store) == before
    assert store.counts() == dict.fromkeys(store.counts(), 0) | {"report": 2, "review": 1}
    assert store.screenings() == {}
    assert store.search("duty") == store.fingerprints([11]) == ()
    assert store.pending() == (one.id, two.id)
    assert store.meta() == {"pack": "arland-borland"}
    for report in store.iter_reports():
        store.replace(report.id, make_screening(report), [], make_records(report))
    assert store.records() == records
    assert store.search("duty") == hits
    assert store.pending() == ()
    assert precious(store) == before


@pytest.mark.parametrize(
    "sql", ["UPDATE review SET note = 'other'", "DELETE FROM review", "UPDATE report SET text = 'x'"]
)
def test_the_database_guards_what_is_precious(store: Store, sql: str) -> None:
    put(store, make_report())
    _review(store, make_report())
    before = precious(store)
    with pytest.raises(IntegrityError, match=r"only ever added|fixed at reading"), store._engine.begin() as connection:
        connection.exec_driver_sql(sql)
    assert precious(store) == before


def test_screenings_are_read_back(store: Store) -> None:
    one, two = make_report(), make_report("two", "a text")
    changed = make_screening(one, **SCREENED)
    viewed = type(changed)(view=View("a  text", ((0, 0, 1, 1), (1, 1, 2, 1), (3, 2, 4, 4))))
    store.add(one, changed, [], ())
    store.add(two, viewed, [], ())
    assert store.screenings() == {one.id: changed, two.id: viewed}
    assert store.screenings([two.id, "r-none"]) == {two.id: viewed}


def test_fingerprints_are_found_by_hash(store: Store) -> None:
    one, two = make_report(), make_report("two", "a text")
    high = 2**64 - 1
    store.add(one, make_screening(one), [(high, 9), (0, 1), (2**63, 5), (0, 4)], ())
    store.add(two, make_screening(two), [(high, 2), *((n, n) for n in range(1, 1300))], ())
    assert store.sketch(one.id) == ((0, 1), (0, 4), (2**63, 5), (high, 9))
    assert store.fingerprints([high, 7, 0]) == tuple(
        sorted([(0, one.id, 1), (0, one.id, 4), (7, two.id, 7), (high, one.id, 9), (high, two.id, 2)])
    )
    assert len(store.fingerprints(range(1, 1300))) == 1299
    assert store.fingerprints([]) == ()
    with pytest.raises(StoreError, match="unsigned 64-bit"):
        store.fingerprints([2**64])


def test_relations_of_a_pair_give_way_to_new_ones(store: Store) -> None:
    one, two, three = make_report(), make_report("two", "a text"), make_report("three", "another text")
    for report in (one, two, three):
        put(store, report, records=())
    passages = ((Span(0, 5), Span(1, 6)), (Span(7, 9), Span(70, 90)))
    first = Relation(a=two.id, b=one.id, kind="relay", score=0.1 + 0.2, passages=passages)
    other = Relation(a=three.id, b=one.id, kind="excerpt", score=1.0)
    store.settle([one.id, two.id, three.id], [first, other])
    assert set(store.relations()) == {first, other}
    with pytest.raises(StoreError, match="not in the record"):
        store.settle([one.id], [Relation(a="r-none", b=one.id, kind="copy", score=1.0)])
    turned = Relation(a=one.id, b=two.id, kind="copy", score=0.9)
    store.settle([two.id], [turned])
    assert set(store.relations()) == {turned, other}
    store.replace(two.id, make_screening(two), [], ())
    assert store.relations() == (other,)


def test_reports_are_untraced_until_their_relations_are_settled(store: Store) -> None:
    one, two = make_report(), make_report("two", "a text")
    put(store, one, records=())
    assert store.untraced() == (one.id,)
    store.sign({one.id: ((1, 2), b"one")})
    assert store.untraced() == (one.id,)
    store.settle([one.id], [])
    assert store.untraced() == ()
    put(store, two, records=())
    assert store.untraced() == (two.id,)
    store.replace(one.id, make_screening(one), [], ())
    assert set(store.untraced()) == {one.id, two.id}
    with pytest.raises(InputError, match="r-none"):
        store.sign({"r-none": ((), b"")})


def test_signed_reports_are_found_by_what_they_share(store: Store) -> None:
    days = [date(2031, 5, 1), date(2031, 5, 6), date(2031, 8, 1), None]
    one, two, far, undated = [
        make_report(str(n), f"text {n}", published=Published(day, "user") if day else None)
        for n, day in enumerate(days)
    ]
    sketches = ([(7, 0), (8, 3), (8, 5), (9, 9)], [(8, 2), (9, 1), (2**64 - 1, 5)], [(7, 1), (8, 1)], [(7, 2), (7, 5)])
    for report, sketch in zip((one, two, far, undated), sketches, strict=True):
        store.add(report, make_screening(report), sketch, ())
    assert store.sharing_fingerprints([one.id, two.id]) == {
        one.id: {two.id: 2, far.id: 2},
        two.id: {one.id: 2},
    }
    store.sign({report.id: ((5, 2**48 - 1), b"x") for report in (one, two, far, undated)})
    near, all_others = sorted([two.id, undated.id]), sorted([one.id, two.id, far.id])
    assert store.sharing_terms([one.id, undated.id], 60) == {one.id: near, undated.id: all_others}
    assert store.sharing_terms([one.id], 1) == {one.id: [undated.id]}
    assert store.signatures([two.id, "r-none"]) == {two.id: (3, b"x")}
    store.sign({two.id: ((5,), b"y")})
    assert store.sharing_terms([one.id], 60) == {one.id: [undated.id]}
    assert list(store.reports_of([two.id, "r-none", one.id])) == [two.id, one.id]


def test_notes_on_how_the_derived_data_were_made(store: Store) -> None:
    store.set_meta({"pack": "a", "extractor": "1"})
    store.set_meta({"extractor": "2"})
    assert store.meta() == {"extractor": "2", "pack": "a"}


def test_counts(store: Store) -> None:
    put(store, make_report())
    assert store.counts() == {
        "report": 1, "review": 0, "statement": 1, "move": 1, "measure": 1, "contact": 1, "linkage": 1, "relation": 0,
    }  # fmt: skip
    assert len(store.records(Move)) == 1
