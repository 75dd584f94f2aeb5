"""The brief as a page: whole by itself, safe with hostile text, every number opening its evidence."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from standoff import pipeline, questions
from standoff.analyse.known import Known
from standoff.model.domain import Pack
from standoff.model.report import Published, Report
from standoff.pack.load import load_pack
from standoff.read.metadata import load_meta
from standoff.show.evidence import context, merged, shown
from standoff.show.exports.sheets import write_csv
from standoff.store import Store

VOID = {"meta", "br", "link", "img", "hr", "input"}


class _Balance(HTMLParser):
    """Checks that elements close in order, and gathers ids and targets."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "popovertarget" and value:
                self.targets.add(value)
            if name in ("src", "href", "action") and value and not value.startswith("#"):
                self.addresses.append(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def _page(*reports: Report) -> str:
    pack = load_pack("us-china-trade")
    with Store.open(None) as store:
        pipeline.ingest(store, reports, pack)
        return questions.brief(store, questions.load(store, pack), None)


@pytest.fixture(scope="module")
def page() -> str:
    files, meta = pipeline.examples_of("us-china-trade")
    return _page(*(r for r in pipeline.read(files[:4], load_meta(str(meta))) if isinstance(r, Report)))


def test_page_is_whole_and_asks_nobody(page: str) -> None:
    parsed = _Balance()
    parsed.feed(page)
    assert parsed.open == []
    assert len(parsed.ids) == len(set(parsed.ids)), "an id stands twice"
    assert parsed.addresses == []
    assert "<script" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_every_number_opens_evidence_that_quotes_a_report(page: str) -> None:
    parsed = _Balance()
    parsed.feed(page)
    assert parsed.targets
    assert parsed.targets <= set(parsed.ids)
    for number in parsed.targets:
        block = page[page.index(f'id="{number}"') :].split("</blockquote>")[0]
        assert "<mark>" in block


def test_the_same_record_gives_the_same_page(page: str) -> None:
    files, meta = pipeline.examples_of("us-china-trade")
    reports = [r for r in pipeline.read(list(reversed(files[:4])), load_meta(str(meta))) if isinstance(r, Report)]
    assert _page(*reports) == page


def test_hostile_text_is_shown_and_never_run() -> None:
    text = (
        'China demanded on Monday that the United States lift its tariffs, said <script>alert("1")</script> a ministry '
        "spokesman in Beijing \u202egnihton\u202c. The United States refused to remove its 25% tariff on Chinese goods.\n"
    )
    from datetime import date

    shown_page = _page(
        Report(name='"><img src=x>', text=text, outlet="<b>Post</b>", published=Published(date(2025, 3, 1), "user"))
    )
    assert "<script" not in shown_page
    assert "<img" not in shown_page
    assert "<b>Post" not in shown_page
    assert "\u202e" not in shown_page
    assert "&lt;script&gt;" in shown_page


def test_a_record_of_nothing_says_so() -> None:
    empty = _page(
        Report(
            name="quiet",
            text="The weather stayed dry over the northern plains through most of the week, farmers there said.",
        )
    )
    assert "What China demands or offers is not stated." in empty
    assert "No measure is named" in empty


def test_context_keeps_to_the_paragraph() -> None:
    text = "One line.\nThe second line has the words in it.\nA third."
    start = text.index("words")
    assert text[slice(*context(text, start, start + 5))] == "The second line has the words in it."
    long = "word " * 500
    a, b = context(long, 1200, 1210)
    assert a < 1200 <= 1210 < b
    assert b - a < 600


def test_shown_replaces_signs_that_turn_the_reading() -> None:
    assert shown("a\u202eb\x07c") == "a\ufffdb\ufffdc"


def test_marks_that_touch_become_one() -> None:
    from standoff.model.span import Span

    assert merged([Span(5, 9), Span(0, 5), Span(12, 13)]) == (Span(0, 9), Span(12, 13))


def test_formulas_in_csv_are_words(tmp_path: pytest.TempPathFactory) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    report = Report(name="=1+1", text="=cmd|' /C calc'!A0", outlet="@x")
    write_csv(folder, Known.of(Pack(id="none", title="", between=(), parties=()), [report], []))
    cells = (folder / "reports.csv").read_text(encoding="utf-8").splitlines()[1]
    assert re.search(r"(^|,)[\"']*'=1\+1", cells)
    assert "'@x" in cells
