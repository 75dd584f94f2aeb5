"""What waits to be made anew: found without looking through the record, and kept from older records."""

from __future__ import annotations

from pathlib import Path

from store_examples import make_report, make_screening, put

from standoff.store import Store


def test_what_waits_is_what_was_enriched_or_forgotten(store: Store) -> None:
    reports = [make_report(f"n{number}", f"The talks went on for {number} days.") for number in range(5)]
    for report in reports:
        put(store, report, records=())
    assert store.pending() == ()
    assert store.enrich(make_report("n3", "The talks went on for 3 days.", title="Three days"))
    assert store.pending() == (reports[3].id,)
    store.replace(reports[3].id, make_screening(reports[3]), [], ())
    assert store.pending() == ()
    store.forget_derived()
    assert store.pending() == tuple(report.id for report in reports)


def test_a_record_that_kept_it_in_a_column_is_brought_up_to_date(tmp_path: Path) -> None:
    reports = [make_report(f"n{number}", f"The talks went on for {number} days.") for number in range(3)]
    with Store.open(tmp_path / "old.db") as store:
        for report in reports:
            put(store, report, records=())
        with store._engine.begin() as connection:  # as it was before
            connection.exec_driver_sql("DROP TABLE pending")
            connection.exec_driver_sql("ALTER TABLE screening ADD COLUMN stale BOOLEAN NOT NULL DEFAULT 0")
            connection.exec_driver_sql("UPDATE screening SET stale = 1 WHERE report = ?", (reports[1].id,))
            connection.exec_driver_sql("DELETE FROM screening WHERE report = ?", (reports[2].id,))
            connection.exec_driver_sql("DELETE FROM migration WHERE version >= 3")
    with Store.open(tmp_path / "old.db") as store:
        assert store.pending() == (reports[1].id, reports[2].id)
        assert put(store, make_report("new", "They go on."), records=())


def test_reports_stored_together_are_new_once_and_complete_each_other(store: Store) -> None:
    bare, full, other = make_report(), make_report(title="Walnut harvest"), make_report("other", "They go on.")
    items = [(r, make_screening(r), [(7, 0)], ()) for r in (bare, full, other, bare)]
    assert store.add_all(items) == (True, False, True, False)
    assert store.add_all(items) == (False, False, False, False)
    assert store.report(bare.id) == full
    assert store.pending() == (bare.id,)
    assert [hit.id for hit in store.search("walnut")] == [bare.id]
    assert store.sharing_fingerprints([bare.id]) == {bare.id: {}}
