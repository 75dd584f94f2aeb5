"""The number of a record's writes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

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
