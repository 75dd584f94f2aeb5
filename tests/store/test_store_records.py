"""Records: read back equal to what was written, whatever their values; in a stable order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from itertools import count
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_examples import TEXT, make_records, make_report, make_screening, put, span

from standoff.errors import StoreError
from standoff.model.dates import Precision, When
from standoff.model.record import RECORD_CLASSES, Measure, Move, Record, Statement
from standoff.model.report import Published
from standoff.model.span import Span
from standoff.store import Store
from standoff.store.schema import RECORD_TABLES

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 99), st.integers(1, 100))


@st.composite
def intervals(draw: st.DrawFn) -> When:
    ends = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    first, last = draw(st.sampled_from([(ends[0], ends[1]), (ends[0], ends[0]), (None, ends[1]), (ends[0], None)]))
    return When(first, last, draw(st.sampled_from(get_args(Precision))))


NAMED = st.one_of(
    st.builds(When.day, st.dates()),
    st.builds(When.month, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(When.year, st.integers(1, 9999)),
    st.builds(When.week, st.dates(date(2, 1, 1), date(9998, 1, 1))),
)


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    plain = {
        str: WORDS, bool: st.booleans(), int: st.integers(0, 2**40), float: st.floats(allow_nan=False),
        When: NAMED | intervals(), Span: SPANS, NoneType: st.none(),
        tuple[str, ...]: st.lists(WORDS, max_size=3).map(tuple),
        tuple[Span, ...]: st.lists(SPANS, min_size=1, max_size=3).map(tuple),
    }  # fmt: skip
    if hint in plain:
        return plain[hint]
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    return st.one_of(*(values_of(part) for part in get_args(hint)))


def records_of(cls: type[Record], report: str) -> st.SearchStrategy[Record]:
    hints = get_type_hints(cls)
    given_fields = {f.name: values_of(hints[f.name]) for f in fields(cls) if f.init}
    return st.builds(cls, **given_fields | {"report": st.just(report)})


@pytest.fixture(scope="module")
def shared(place: Callable[[], str | None]) -> Iterator[tuple[Store, Iterator[int]]]:
    with Store.open(place()) as opened:
        yield opened, count()


@pytest.mark.parametrize("cls", RECORD_CLASSES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_records_are_read_back_equal(
    shared: tuple[Store, Iterator[int]], cls: type[Record], data: st.DataObject
) -> None:
    store, numbers = shared
    report = make_report(text=f"{TEXT} {next(numbers)}")
    written = data.draw(st.lists(records_of(cls, report.id), max_size=3, unique_by=lambda record: record.id))
    store.add(report, make_screening(report), [], written)
    read = store.records(cls, report.id)
    assert sorted(read, key=lambda r: r.id) == sorted(written, key=lambda r: r.id)
    for record in read:
        assert type(record) is cls
        assert hash(record) == hash(next(w for w in written if w.id == record.id))
        assert type(record.evidence) is tuple


@pytest.mark.parametrize("cls", RECORD_CLASSES)
def test_every_field_has_its_column(cls: type[Record]) -> None:
    assert {column.name for column in RECORD_TABLES[cls].columns} == {f.name for f in fields(cls)} | {"start"}


def test_records_can_be_changed_and_compared_after_reading(store: Store) -> None:
    report = make_report()
    put(store, report)
    (move,) = store.records(Move)
    assert replace(move, what="another").id != move.id
    assert replace(move) == move
    assert repr(move) == repr(next(r for r in make_records(report) if isinstance(r, Move)))


def test_a_figure_written_as_a_whole_number_keeps_its_id(store: Store) -> None:
    report = make_report()
    measure = replace(make_records(report)[0], rate_percent=25)
    assert isinstance(measure, Measure)
    put(store, report, records=(measure,))
    assert store.records() == (measure,)


def test_of_records_with_the_same_id_the_first_is_kept(store: Store) -> None:
    report = make_report()
    record = make_records(report)[0]
    put(store, report, records=(record, replace(record, rule="other@2", confidence=0.1)))
    assert store.records() == (record,)


def test_a_class_without_a_table_is_refused(store: Store) -> None:
    report = make_report()
    with pytest.raises(StoreError, match="class Record"):
        put(store, report, records=(Record(report=report.id, evidence=(Span(0, 1),), rule="r", confidence=1.0),))
    with pytest.raises(StoreError, match="class Record"):
        store.records(Record)


def test_records_stand_in_the_order_of_reports_text_classes_and_ids(store: Store) -> None:
    late = make_report("a", TEXT + " Late.", published=Published(date(2031, 5, 6), "file"))
    early = make_report("b", TEXT + " Early.", published=Published(date(2031, 5, 5), "file"))
    for report in (late, early):
        first = make_records(report)
        same_place = replace(first[1], evidence=(span("We ask for open ports"),))
        others = tuple(replace(first[2], what=f"asks {n}") for n in range(4))
        put(store, report, records=(*first, same_place, *others))
    read = store.records()
    classes = list(RECORD_CLASSES)
    order = [early.id, late.id]
    assert list(read) == sorted(read, key=lambda r: (order.index(r.report), r.span.start, classes.index(type(r)), r.id))
    assert len(read) == 20
    assert store.records(report=late.id) == tuple(r for r in read if r.report == late.id)
    assert store.records(Statement) == tuple(r for r in read if isinstance(r, Statement))
    assert store.records(Move, late.id) == tuple(r for r in read if isinstance(r, Move) and r.report == late.id)
    assert store.records(report="r-none") == ()
