"""Search with facets gives what looking at every record one by one gives."""

from __future__ import annotations

from datetime import date

import pytest

from standoff import pipeline
from standoff.analyse.facets import parties_of
from standoff.model.record import Move, Record
from standoff.pack.load import load_pack
from standoff.questions import faceting
from standoff.questions.editions import Standpoint, edition, open_record
from standoff.read.metadata import load_meta
from standoff.store import Store


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Standpoint:
    path = tmp_path_factory.mktemp("facets") / "talks.db"
    files, meta = pipeline.examples_of("us-china-trade")
    with Store.open(path) as store:
        chosen = [f for f in files if "2025" in f]
        pipeline.ingest(store, pipeline.read(chosen, load_meta(str(meta))), load_pack("us-china-trade"))
    return Standpoint(edition(open_record(str(path))))


def one_by_one(at: Standpoint, words: set[str] | None, party: str | None, move: str | None) -> set[str]:
    def fits(record: Record) -> bool:
        right_party = party is None or party in parties_of(record)
        return right_party and (move is None or (isinstance(record, Move) and record.type == move))

    those = {r.id for r in at.known.records() if fits(r)}
    return those if words is None else those & words


@pytest.mark.parametrize("query", ["", "tariffs", '"rare earths"', "tariff*"])
@pytest.mark.parametrize("party", [None, "US", "CN"])
@pytest.mark.parametrize("move", [None, "demand"])
def test_facets_and_words_together(at: Standpoint, query: str, party: str | None, move: str | None) -> None:
    chosen = {"party": [party] if party else [], "move": [move] if move else [],
              "type": ["statement", "move", "measure", "contact", "linkage"]}  # fmt: skip
    found = faceting.found(at, query, chosen, count=10_000)
    words = {h.id for h in at.edition.opened.store.search(query, limit=100_000)} if query else None
    expected = one_by_one(at, words, party, move)
    assert found.total == len(expected)
    assert {faceting.index(at).entries[place][2] for place in found.entries} == expected


def test_pages_follow_each_other_in_the_order_of_the_index(at: Standpoint) -> None:
    every = faceting.found(at, "tariffs", {}, count=1000).entries
    parts = [faceting.found(at, "tariffs", {}, start=n, count=7).entries for n in range(0, len(every), 7)]
    assert tuple(place for part in parts for place in part) == every
    ids = [faceting.index(at).entries[place][2] for place in every]
    assert ids[0] == at.edition.opened.store.search("tariffs", limit=1)[0].id


def test_values_of_a_facet_are_counted_as_if_none_of_it_were_chosen(at: Standpoint) -> None:
    free = faceting.found(at, "tariffs", {}).facets["type"]
    chosen = faceting.found(at, "tariffs", {"type": ["move"]}).facets["type"]
    assert {(v.value, v.count) for v in free} == {(v.value, v.count) for v in chosen}
    assert [v.value for v in chosen if v.chosen] == ["move"]
    parties = faceting.found(at, "tariffs", {"type": ["move"]}).facets["party"]
    for value in parties:
        assert value.count == faceting.found(at, "tariffs", {"type": ["move"], "party": [value.value]}).total


def test_days_of_publication(at: Standpoint) -> None:
    march = faceting.found(at, "", {"type": ["report"]}, date(2025, 3, 1), date(2025, 3, 31))
    rows = faceting.hit_rows(at, "", march.entries)
    assert rows
    assert all(row.published and row.published.month == 3 for row in rows)


def test_hits_show_the_words_in_their_context(at: Standpoint) -> None:
    found = faceting.found(at, "magnets", {})
    for row in faceting.hit_rows(at, "magnets", found.entries):
        for start, end in row.marks:
            assert row.words[start:end].lower() == "magnets"
        assert "\n" not in row.words.strip() or row.type == "report"


@pytest.mark.parametrize("facet", faceting.FACETS)
def test_each_value_of_each_facet_finds_as_many_as_it_promises(at: Standpoint, facet: str) -> None:
    values = faceting.found(at, "tariff*", {}).facets[facet]
    assert values, "the example reports have something of each"
    for value in values:
        found = faceting.found(at, "tariff*", {facet: [value.value]}, count=10_000)
        assert found.total == value.count > 0
        rows = faceting.hit_rows(at, "tariff*", found.entries)
        assert len(rows) == value.count
        told = {
            "type": lambda r: r.type, "outlet": lambda r: r.outlet, "year": lambda r: str(r.published.year),
            "contested": lambda r: "yes" if r.contested else "no",
        }.get(facet)  # fmt: skip
        assert told is None or {told(row) for row in rows} == {value.value}
