"""Reviews as they are stored: only ever added, in order, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from store_examples import NOW, make_report, put

from standoff.errors import InputError
from standoff.model.review import Review, taken_back
from standoff.model.span import Span
from standoff.store import Store

ONE = make_report()


def review(action: Any = "reject", at: datetime = NOW, **more: Any) -> Review:
    base = {"who": "ana", "report": ONE.id, "of": "move", "evidence": (Span(0, 6), Span(9, 12)), "note": "not said"}
    return Review(at=at, action=action, **{**base, **more})


def test_a_review_is_read_back(store: Store) -> None:
    put(store, ONE)
    made = review(
        "correct", fields={"by": "ä", "who": ["x", "y"]}, was={"by": None, "beside": [["a", None]]}, follows="v-0"
    )
    assert store.decide(made) == made
    assert store.reviews() == (made,)
    assert store.reviews(ONE.id) == (made,)
    assert store.reviews("r-none") == ()
    assert store.counts()["review"] == 1


def test_later_decisions_are_later_whatever_the_clock_says(place: Callable[[], str | None]) -> None:
    times = iter([NOW, NOW, NOW, NOW - timedelta(days=2), NOW, NOW + timedelta(days=1)])
    with Store.open(place(), clock=lambda: next(times)) as store:
        put(store, ONE)
        made = [store.decide(review(note=str(n))) for n in range(4)]
        assert [r.note for r in store.reviews()] == ["0", "1", "2", "3"]
        assert [r.at for r in made[1:3]] == [made[0].at + timedelta(microseconds=n) for n in (1, 2)]
        assert len({r.id for r in made}) == 4


def test_the_same_review_twice_adds_nothing(store: Store) -> None:
    put(store, ONE)
    one, two = review(), review("accept", NOW + timedelta(seconds=1))
    assert store.add_reviews([two, one, one]) == (one, two)
    assert store.add_reviews([one, two]) == ()
    assert store.reviews() == (one, two)


def test_a_review_of_an_unknown_report_is_refused_whole(store: Store) -> None:
    put(store, ONE)
    with pytest.raises(InputError, match="no report r-none in"):
        store.add_reviews([review(), review(report="r-none")])
    with pytest.raises(InputError, match="no report r-none in"):
        store.decide(review(report="r-none"))
    assert store.reviews() == ()


def test_whether_a_report_counts_follows_its_reviews(store: Store) -> None:
    two = make_report("two", "Another text.")
    put(store, ONE)
    put(store, two, records=())
    steps: list[Callable[[], tuple[Any, dict[str, Any]]]] = [
        lambda: ("retract", {}),
        lambda: ("reinstate", {}),
        lambda: ("withdraw", {"fields": {"review": store.reviews()[1].id}}),
        lambda: ("withdraw", {"fields": {"review": store.reviews()[0].id}}),
        lambda: ("withdraw", {"fields": {"review": store.reviews()[3].id}}),
    ]
    seen = []
    for step in steps:
        action, more = step()
        store.decide(review(action, **more))
        seen.append(ONE.id in store.retracted())
    assert seen == [True, False, True, False, True]
    assert two.id not in store.retracted()
    assert set(taken_back(store.reviews())) == {store.reviews()[1].id, store.reviews()[3].id}
    store.forget_derived()
    assert store.retracted() == {ONE.id}


def test_ids_are_found_by_their_beginning(store: Store) -> None:
    put(store, ONE)
    made = store.decide(review())
    moves = [r for r in store.records() if r.type_name == "move"]
    assert store.named(moves[0].id[:6]) == (("move", moves[0].id, ONE.id),)
    assert store.named("v-") == (("review", made.id, ONE.id),)
    assert {kind for kind, _, _ in store.named("m-")} == {"move", "measure"}
    assert store.named("x%") == ()


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Store.open(path) as store:
        put(store, ONE)
        with ThreadPoolExecutor(6) as threads:
            made = list(threads.map(lambda n: store.decide(review(who=f"p{n}")), range(60)))
        stored = store.reviews()
        assert sorted(r.id for r in stored) == sorted(r.id for r in made)
        assert [r.at for r in stored] == sorted({r.at for r in stored})


def test_reviews_of_an_older_standoff_are_read(store: Store) -> None:
    """Before decisions were made by any command, rows of this form could stand in the table."""
    put(store, ONE)
    with store._engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO review (id, at, who, action, class, report, evidence, fields, note)"
            f" VALUES ('v-1', '2031-05-06T00:00:00+00:00', 'ana', 'reject', 'move', '{ONE.id}', NULL, NULL, NULL)"
        )
    (found,) = store.reviews()
    assert (found.id, found.evidence, found.fields, found.was, found.follows) == ("v-1", (), {}, {}, None)
    assert found.at == datetime(2031, 5, 6, tzinfo=UTC)
