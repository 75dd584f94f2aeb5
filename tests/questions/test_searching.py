"""Search with facets finds what fits among all that the words stand in, however many are looked at to find it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from review_examples import ONE, PACK, version_one
from standoff import decisions, pipeline, questions
from standoff.analyse.facets import Facets
from standoff.errors import InputError
from standoff.model.record import Move, Record
from standoff.model.report import Published
from standoff.store import Store

REPORTS = 60


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports alike from three outlets, one a day, in a file."""
    path = tmp_path_factory.mktemp("read") / "talks.db"
    with pytest.MonkeyPatch.context() as patched, Store.open(path) as opened:
        patched.setattr(pipeline, "annotate", version_one)
        for number in range(REPORTS):
            day = Published(date(2031, 5, 6) + timedelta(days=number), "file")
            some = replace(ONE, name=f"r{number}", outlet=f"Outlet {number % 3}", published=day, url=str(number))
            done = pipeline.process(some, PACK)
            opened.add(done.report, done.screening, done.sketch, done.records)
    return path


@pytest.fixture
def store(read: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of them, to decide on."""
    with Store.open(shutil.copy(read, tmp_path)) as opened:
        yield opened


def fitting(store: Store, query: str, facets: Facets) -> set[str]:
    """The same by looking at everything."""
    records: dict[str, Record] = {record.id: record for record in store.records()}
    reports = {report.id: report for report in store.reports()}
    hits = store.search(query, limit=10_000)
    return {hit.id for hit in hits if facets.fits(records.get(hit.id), reports[hit.report])}


@pytest.mark.parametrize(
    "asked",
    [
        {"party": "aa"}, {"move": "demand"}, {"issue": "ports"}, {"outlet": "outlet 1"}, {"since": "2031-06-20"},
        {"party": "BB", "outlet": "2", "until": "2031-05-20"}, {"issue": "nothing"}, {"party": "AA", "move": "commit"},
    ],
)  # fmt: skip
def test_what_fits_is_found_and_nothing_else(store: Store, asked: dict[str, str]) -> None:
    facets = questions.facets(**asked)
    assert facets
    for query in ("duty", "harbour fees", "borland"):
        wanted = fitting(store, query, facets)
        every = questions.search(store, query, (), 10_000, facets)
        assert {hit.id for hit in every} == wanted
        assert questions.search(store, query, (), 3, facets) == every[:3], "the best come first"
        assert all(hit.marks for hit in every if hit.kind == "report")


def test_what_people_decided_counts_beside_what_nobody_touched(store: Store) -> None:
    facets = questions.facets(move="demand")
    before = questions.search(store, "fees", (), 100, facets)
    moves = [r for r in store.records(Move) if r.type == "demand"]
    decisions.reject(store, moves[0].id, who="ana")
    decisions.correct(store, PACK, moves[1].id, {"type": "refuse"}, who="ana")
    after = questions.search(store, "fees", (), 100, facets)
    assert {hit.id for hit in before} - {hit.id for hit in after} == {moves[0].id, moves[1].id}
    assert [hit.decided for hit in questions.search(store, "fees", (), 100, questions.facets(move="refuse"))] == [
        "correct"
    ]


def test_kinds_that_there_are_not_are_said(store: Store) -> None:
    for facets in (None, questions.facets(party="AA")):
        with pytest.raises(InputError, match="cannot search for readout"):
            questions.search(store, "duty", ["readout"], 5, facets)
