"""Facts are told with their origins, counted and named; reports with what kind of copy they are."""

from __future__ import annotations

from datetime import date

import pytest

from standoff import pipeline, questions
from standoff.analyse.known import Known
from standoff.model.domain import Pack
from standoff.model.record import Move
from standoff.model.report import Published, Report
from standoff.model.span import Span
from standoff.pack.load import load_pack
from standoff.show.origins import origin_line, told_by
from standoff.store import Store

STORY = """\
BEIJING, March 4 (Reuters) - China demanded on Tuesday that the United States lift its 20% tariff on Chinese goods \
before any talks on soybeans begin, a commerce ministry spokesman said.

The United States refused to remove the tariff and said that China must first stop the export of chemicals used to \
make fentanyl, a White House official said. The official spoke after a day of calls between the two trade ministries.

A second round of calls is planned for next week, according to two people familiar with the matter. Neither side named \
a place for a meeting of the two presidents, and both said that the spring would be too early for one.
"""


def make(name: str, **more: str) -> Report:
    return Report(name=name, text="Arland demands that the duty go.", **more)


def move(report: Report, number: int = 0) -> Move:
    return Move(
        report=report.id, evidence=(Span(0, 7 + number),), rule="test@1", confidence=0.9, type="demand", by="AA",
        to="BB", actor=None, issue="tariffs", what="remove the duty", status="made",
    )  # fmt: skip


@pytest.fixture
def known() -> Known:
    wire, copied = make("first", outlet="Harbour Wire"), make("again", outlet="Dealwatch")
    other, nobody = make("other", outlet="Meridian Post"), make("nobody")
    reports = [wire, copied, other, nobody]
    origins = {copied.id: wire.id}
    pack = Pack(id="test", title="Test", between=("AA", "BB"), parties=())
    return Known.of(pack, reports, [move(r) for r in reports], (), origins)


def ids(known: Known, *names: str) -> list[str]:
    return [m.id for m in known.moves if known.report_of(m).name in names]


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (("first",), "1 origin (Harbour Wire), 1 report"),
        (("first", "again"), "1 origin (Harbour Wire), 2 reports"),
        (("first", "again", "other"), "2 origins (Harbour Wire and Meridian Post), 3 reports"),
        (("nobody",), "1 origin (report nobody), 1 report"),
    ],
)
def test_origins_are_counted_and_named(known: Known, names: tuple[str, ...], line: str) -> None:
    assert told_by(known, ids(known, *names)) == line


def test_two_origins_of_one_name_are_told_apart() -> None:
    reports = [make("one", outlet="Wire", url="a"), make("two", outlet="Wire", url="b")]
    pack = Pack(id="test", title="Test", between=("AA", "BB"), parties=())
    known = Known.of(pack, reports, [move(r) for r in reports])
    assert told_by(known, ids(known, "one", "two")) == "2 origins (report one and report two), 2 reports"


def test_an_unknown_origin_is_not_stated() -> None:
    assert origin_line(None) == "not stated"


@pytest.fixture(scope="module")
def page() -> str:
    reports = [
        Report(name="wire", text=STORY, outlet="Reuters", published=Published(date(2025, 3, 4), "user")),
        Report(
            name="site",
            text=STORY.replace("(Reuters) - ", "").replace("20%", "25%"),
            outlet="Lakeside Daily",
            published=Published(date(2025, 3, 5), "user"),
        ),
    ]
    pack = load_pack("us-china-trade")
    with Store.open(None) as store:
        pipeline.ingest(store, reports, pack)
        return questions.brief(store, questions.load(store, pack), None)


def test_the_brief_counts_origins_and_shows_kinds_of_copy(page: str) -> None:
    assert "2 reports from 1 independent origin." in page
    assert "1 origin (Reuters), 2 reports" in page
    assert "<dt>origins</dt><dd>1 origin (Reuters)" in page
    assert "Reuters (its dateline)" in page
    assert "copy of Reuters (wire)" in page
    assert "copied by Lakeside Daily (site)" in page


def test_the_brief_shows_copies_side_by_side(page: str) -> None:
    rows = page.split('<table class="beside">')[1].split("</table>")[0]
    assert "<mark>25</mark>" in rows
    assert "<mark>20</mark>" in rows
