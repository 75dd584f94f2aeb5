"""The number of a record's writes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from store_examples import make_report, put

from standoff.errors import StandoffError
from standoff.model.lineage import Screening, View
from standoff.store import Store


def test_it_grows_with_each_write_and_only_then(address: str) -> None:
    with Store.open(address) as store:
        before = store.revision()
        store.reports(), store.counts(), store.search("word")
        assert store.revision() == before
        store.set_meta({"pack": "p"})
        assert store.revision() == before + 1
        with pytest.raises(StandoffError):
            store.replace("r-nobody", Screening(view=View("")), [], [])
        assert store.revision() == before + 1
        assert store.meta() == {"pack": "p"}


def test_writers_at_once_are_all_counted(address: str) -> None:
    Store.open(address).close()

    def write(number: int) -> None:
        with Store.open(address) as store:
            for n in range(5):
                store.set_meta({f"key {number} {n}": "x"})

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(write, range(4)))
    with Store.open(address) as store:
        assert store.revision() == 20
        assert len(store.meta()) == 20


def test_what_a_write_changed_of_a_report_is_told(address: str) -> None:
    with Store.open(address) as store:
        one, two = make_report("one"), make_report("two", "They go on.")
        put(store, one), put(store, two, records=())
        before = store.revision()
        assert store.touched(before) == ()
        assert store.touched(0) == tuple(sorted([one.id, two.id]))
        store.set_meta({"pack": "p"})
        store.settle([one.id], [])
        assert store.touched(before) == (), "nothing of a report by itself"
        store.replace(two.id, Screening(view=View(two.text)), [], [])
        assert store.touched(before) == (two.id,)
        later = store.revision()
        store.enrich(replace(one, title="A title of its own"))
        assert (store.touched(later), store.touched(store.revision())) == ((one.id,), ())
        store.forget_derived()
        assert store.touched(store.revision() - 1) == tuple(sorted([one.id, two.id]))


def test_of_writers_at_once_no_change_is_missed(address: str) -> None:
    """Who asks again and again what was changed since it last asked hears of each report."""
    Store.open(address).close()
    told: set[str] = set()

    def write(number: int) -> set[str]:
        with Store.open(address) as store:
            reports = [make_report(f"{number} {n}", f"Text {number} {n}.") for n in range(6)]
            return {report.id for report in reports if put(store, report, records=())}

    with ThreadPoolExecutor(4) as workers, Store.open(address) as reader:
        writing, revision = [workers.submit(write, number) for number in range(4)], 0
        while True:
            ended = all(each.done() for each in writing)
            revision, since = reader.revision(), revision
            told.update(reader.touched(since))
            if ended:
                break
    assert told == set().union(*(each.result() for each in writing))
    assert len(told) == 24
