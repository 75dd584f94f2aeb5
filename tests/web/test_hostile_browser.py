"""A report of ten megabytes that means harm, in a real browser: shown in parts, soon, and as words alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from browsing import LIGHTS, OVER, watched
from playwright.sync_api import Browser, expect
from serving import ROOT, served

from standoff import pipeline
from standoff.model.record import Record
from standoff.model.report import Published, Report
from standoff.model.span import Span
from standoff.pack.load import load_pack
from standoff.store import Store
from standoff.web.settings import Settings

SENTENCE = (
    "The United States threatens to impose a 25% tariff on Chinese goods<script>document.title='run'</script>, an "
    "official said on Monday. "
)
NOISE = (
    f"<img src=x onerror=alert(1)> \u202eslaog\u202c {'Unbreakable' * 200} \u2066harbour\U0001f600 &amp; {{{{7*7}}}} "
)
SECONDS = 5.0
"""Of the processor, longer than the server may take for a page of it, and for reading the record at the first."""


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Report, list[Record]]]:
    """The record with the long report, its address, and what was read at the report's beginning, middle and end.

    Reading ten megabytes would take an hour: the records are those of one sentence, put where it stands.
    """
    path = str(tmp_path_factory.mktemp("long") / "long.db")
    pack, day = load_pack("us-china-trade"), Published(date(2019, 6, 1), "user", "")
    half = (NOISE * 4 + "\n") * 500
    text = SENTENCE + half + SENTENCE + half + "x" * 950_000 + "\n" + SENTENCE
    text = text.replace("\n", "\n" + "word " * 100, 50)
    report = Report(name="<b>long</b>", text=text, outlet="Long Post", published=day, title="Long \u202egnol")
    short = Report(name="short", text=SENTENCE, outlet="Short Post", published=day)
    done = pipeline.process(short, pack)
    places = [0, text.index(SENTENCE, 1000), text.rindex(SENTENCE)]
    records = [_moved(r, report, place) for place in places for r in done.records if r.type_name == "measure"]
    assert len(text.encode()) > 10_000_000
    assert len(records) == 3
    with Store.open(path) as store:
        pipeline.ingest(store, [short], pack)
        store.add(report, done.screening, [], records)
    with served(Settings(records=(path,), wait_seconds=60, who="ana")) as address:
        yield address, report, records


def _moved(record: Record, report: Report, by: int) -> Record:
    spans = tuple(Span(s.start + by, s.end + by) for s in record.evidence)
    return replace(record, report=report.id, evidence=spans)


def test_it_is_shown_in_parts_as_words(browser: Browser, long: tuple[str, Report, list[Record]]) -> None:
    address, report, records = long
    where = f"{ROOT}report/{report.id}"
    last = f"{where}?record={records[-1].id}"
    paths = (where, f"{where}?part=300", last, f"{where}?part=999999", f"{ROOT}search?q=harbour",
             f"{ROOT}record/{records[1].id}", f"{ROOT}review/record/{records[1].id}", f"{ROOT}reports")  # fmt: skip
    with watched(browser, address) as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        for path in paths:
            before = time.process_time()
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            assert time.process_time() - before < SECONDS, path
            assert len(answer.body()) < 400_000, path
            for width, _ in LIGHTS.values():
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate(OVER) <= 0, path
            assert "run" not in page.title()
            assert page.evaluate("document.querySelectorAll('main img, main script').length") == 0
            assert not page.evaluate(r"/[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent)"), path


def test_its_end_is_found_and_can_be_decided_on(browser: Browser, long: tuple[str, Report, list[Record]]) -> None:
    address, report, records = long
    with watched(browser, address) as context:
        page = context.new_page()
        page.goto(f"{ROOT}report/{report.id}?record={records[-1].id}")
        mark = page.locator(".mark.wanted").first
        expect(mark).to_be_visible()
        expect(mark).to_contain_text("25% tariff")
        page.goto(f"{ROOT}search?q=tariff&type=report")
        expect(page.locator(".hits mark").first).to_have_text("tariff")
        page.goto(f"{ROOT}review/record/{records[0].id}")
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_text("Accepted").first).to_be_visible()
