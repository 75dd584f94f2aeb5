"""What people add, correct and reject is found, or not found, at once: by the index, and before an edition is new."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from standoff import decisions, pipeline, questions
from standoff.model.record import Move
from standoff.pack.load import load_pack
from standoff.questions import faceting, latest
from standoff.questions.editions import Opened, Standpoint, edition, open_record
from standoff.read.metadata import load_meta
from standoff.store import Store

WORDS = '"to weigh zephyrs"'
FIELDS = {"type": "offer", "by": "US", "to": "CN", "issue": "tariffs", "what": "to weigh zephyrs"}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of two example reports, in a file."""
    path = tmp_path_factory.mktemp("read") / "talks.db"
    files, meta = pipeline.examples_of("us-china-trade")
    with Store.open(path) as store:
        chosen = [f for f in files if "2025-03" in f]
        pipeline.ingest(store, pipeline.read(chosen, load_meta(str(meta))), load_pack("us-china-trade"))
    return path


@pytest.fixture
def opened(read: Path, tmp_path: Path) -> Iterator[Opened]:
    """A copy of it, to decide on."""
    found = open_record(str(shutil.copy(read, tmp_path)))
    yield found
    found.close()


def add(opened: Opened, report: str, **more: object) -> str:
    """Add a move on the first words of a report; its id."""
    before = {r.id for r in questions.load(opened.store, opened.pack).moves}
    decisions.add(opened.store, opened.pack, report, "move", "0:30", FIELDS | more, who="ana")
    (new,) = {r.id for r in questions.load(opened.store, opened.pack).moves} - before
    return new


def test_an_added_record_is_in_the_index_and_stays_there(opened: Opened) -> None:
    store, pack = opened.store, opened.pack
    report = store.reports()[0].id
    assert store.search(WORDS) == ()
    id = add(opened, report)
    assert [(hit.kind, hit.id, hit.report) for hit in store.search(WORDS)] == [("move", id, report)]
    assert [hit.id for hit in questions.search(store, WORDS, (), 5)] == [id]
    pipeline.rebuild(store, pack)
    assert [hit.id for hit in store.search(WORDS)] == [id]
    move = next(m for m in questions.load(store, pack).moves if m.id != id)
    decisions.correct(store, pack, move.id, {"what": "to mend what the moths left"}, who="ana")
    (hit,) = questions.search(store, "moths", (), 5)
    assert hit.id != move.id
    (review, *_) = store.reviews()
    decisions.withdraw(store, review.id, who="ana")
    assert questions.search(store, WORDS, (), 5) == ()  # the index may know it still; nobody is shown it


def test_without_the_index_it_is_found_word_by_word(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "index_by_hand", lambda *_: None)
    id = add(opened, opened.store.reports()[0].id)
    assert opened.store.search(WORDS) == ()
    assert [hit.id for hit in questions.search(opened.store, WORDS, (), 5)] == [id]
    at = Standpoint(edition(opened))
    assert [row.id for row in faceting.hit_rows(at, WORDS, faceting.found(at, WORDS, {}).entries)] == [id]


def test_a_page_of_an_older_edition_shows_what_was_decided_since(opened: Opened) -> None:
    at = Standpoint(edition(opened))
    before = faceting.found(at, "tariffs", {"type": ["move"]})
    rows = faceting.hit_rows(at, "tariffs", before.entries)
    gone = next(row for row in rows if isinstance(at.known.record(row.id), Move))
    decisions.reject(opened.store, gone.id, who="ana")
    some = [add(opened, report.id, what=f"to weigh zephyrs and tariffs {n}") for n, report in
            enumerate(opened.store.reports()[:2])]  # fmt: skip

    def ids(query: str, start: int = 0, count: int = 50, **chosen: list[str]) -> list[str]:
        found = faceting.found(at, query, chosen, start=start, count=count)
        return [row.id for row in faceting.hit_rows(at, query, found.entries)]

    assert ids("zephyrs") == sorted(some, key=ids("zephyrs").index)
    assert ids("zephyrs", party=["CN"]) == []
    assert len(ids("zephyrs", party=["US"], move=["offer"], issue=["tariffs"], confidence=["high"])) == 2
    found = ids("tariffs", type=["move"])
    assert set(found) == {row.id for row in rows} - {gone.id} | set(some)
    assert faceting.found(at, "tariffs", {"type": ["move"]}).total == len(found)
    assert [id for n in range(len(found)) for id in ids("tariffs", n, 1, type=["move"])] == found
    later = Standpoint(edition(opened))
    assert set(some) <= {
        row.id for row in faceting.hit_rows(later, "zephyrs", faceting.found(later, "zephyrs", {}).entries)
    }


@pytest.mark.parametrize("party", [None, "CN"])
@pytest.mark.parametrize("decided", [False, True])
def test_the_queue_of_an_older_edition_is_that_of_the_new_one(opened: Opened, party: str | None, decided: bool) -> None:
    """But for what was added, whose doubt is only known when the record is read anew."""
    at = Standpoint(edition(opened))
    facets = questions.facets(party=party)
    before = latest.waiting(at, "move", facets, decided)
    assert before == latest.waiting(at, "move", facets, decided)
    first, second, third = (d.record.id for d in before[:3])
    decisions.accept(opened.store, first, who="ana")
    decisions.reject(opened.store, second, who="ana")
    review = decisions.accept(opened.store, third, who="ana")
    decisions.withdraw(opened.store, review.id, who="ana")
    now = [d.record.id for d in latest.waiting(at, "move", facets, decided)]
    fresh = {d.record.id for d in latest.waiting(Standpoint(edition(opened)), "move", facets, decided)}
    assert set(now) == fresh
    assert now == [d.record.id for d in before if d.record.id in fresh]
    assert (first in fresh) == decided
    assert second not in fresh
    assert third in fresh
