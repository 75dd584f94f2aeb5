"""A record that grows gives the lineage that one made at once has: any order, any cuts, interrupted or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from in_memory import trace
from lineage_examples import INDEPENDENT, ORIGINAL, PACK, PARAPHRASE, RELAY, report, sketches, spun

from standoff import pipeline
from standoff.lineage.settle import settle
from standoff.lineage.sketch import sketch
from standoff.lineage.trace import Tracer
from standoff.model.lineage import Lineage, Screening, View
from standoff.model.report import Published, Report
from standoff.store import Store

ADDED = "\nIn another matter the fishing fleets of both countries were told to stay in port because of the storms.\n"
NEWS = (
    report("first", ORIGINAL, 3, "Harbour Wire"),
    report("rewritten", PARAPHRASE + ADDED, 4),
    report("spun", spun(ORIGINAL), 5, "Dealwatch 24"),
    report("other", INDEPENDENT, 4, "Meridian Post"),
    report("relay", RELAY, 4, "Lakeside Daily"),
    report("cites-unknown", RELAY.replace("Harbour Wire", "Lakeside Daily"), 6, "Southern Echo"),
    report("later", ORIGINAL + ADDED, 4, "The Harbour Wire"),
    report("truncated", ORIGINAL[: len(ORIGINAL) // 3]),
    report("merged", INDEPENDENT + ORIGINAL, 9),
    report("empty", ""),
)
EXPECTED = trace(NEWS, sketches(*NEWS), PACK)


def add(store: Store, *reports: Report) -> None:
    for r in reports:
        store.add(r, Screening(view=View(r.text)), sketch(r.text), ())


def lineage(store: Store) -> Lineage:
    return settle(store.reports(), store.relations(), PACK)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as store:
        yield store


def test_the_example_has_all_kinds_of_relations() -> None:
    assert {r.kind for r in EXPECTED.relations} == {
        "copy", "excerpt", "spun", "paraphrase", "revision", "relay", "same-event",
    }  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(NEWS), cuts=st.sets(st.integers(1, len(NEWS) - 1)))
def test_any_order_in_any_parts_gives_the_same_lineage(order: Sequence[Report], cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), len(order)]
    with Store.open(None) as store:
        for start, end in pairwise(edges):
            add(store, *order[start:end])
            pipeline.trace(store, PACK)
        assert lineage(store) == EXPECTED
        assert store.untraced() == ()


@pytest.mark.parametrize("stop", ["before signing", "after signing"])
@pytest.mark.parametrize("done", [0, 4, 7])
def test_what_was_interrupted_goes_on_where_it_stopped(tmp_path: Path, stop: str, done: int) -> None:
    where = tmp_path / "record.db"
    with Store.open(where) as store:
        add(store, *NEWS[:done])
        pipeline.trace(store, PACK)
        add(store, *NEWS[done:])
        if stop == "after signing":  # signatures are there, relations are not
            tracer = Tracer(PACK)
            store.sign({r.id: tracer.sign(r) for r in NEWS[done:]})
    with Store.open(where) as store:
        assert set(store.untraced()) == {r.id for r in NEWS[done:]}
        pipeline.trace(store, PACK)
        assert lineage(store) == EXPECTED


def test_tracing_in_small_steps_is_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_TRACE_AT_ONCE", 3)
    add(store, *NEWS)
    pipeline.trace(store, PACK)
    assert lineage(store) == EXPECTED


def test_nothing_is_traced_twice(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, *NEWS)
    pipeline.trace(store, PACK)
    monkeypatch.setattr(Tracer, "sign", None)  # would raise
    pipeline.trace(store, PACK)
    assert lineage(store) == EXPECTED


def test_a_report_that_changed_is_traced_anew(store: Store) -> None:
    undated = [Report(name=r.name, text=r.text, outlet=r.outlet) for r in NEWS]
    add(store, *undated)
    pipeline.trace(store, PACK)
    for r in NEWS:
        if r.published:
            store.enrich(Report(name=r.name, text=r.text, outlet=r.outlet, published=r.published))
    for id in store.pending():
        found = store.report(id)
        assert found
        store.replace(id, Screening(view=View(found.text)), sketch(found.text), ())
    pipeline.trace(store, PACK)
    assert lineage(store) == EXPECTED


def test_how_two_reports_relate_does_not_depend_on_the_others(store: Store) -> None:
    """Weights of words and the number of candidates are no matter of the record's size."""
    crowd = [
        Report(
            name=f"crowd-{n}",
            text=ORIGINAL.replace("steel", f"ware{n}").replace("Geneva", f"Town{n}") + f" It is report number {n}.",
            published=Published(date(2024, 6, 3), "sidecar"),
        )
        for n in range(60)
    ]
    add(store, *NEWS, *crowd)
    pipeline.trace(store, PACK)
    own = {r.id for r in NEWS}
    assert tuple(r for r in store.relations() if {r.a, r.b} <= own) == EXPECTED.relations
