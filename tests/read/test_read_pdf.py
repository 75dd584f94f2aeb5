"""PDF files: their paragraphs, and a message of its own for each kind that gives none."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import pytest
from pdf_pages import pdf

from standoff.errors import UnreadableReport
from standoff.model.report import Report
from standoff.read.pdf import paragraphs, read_pdf
from standoff.read.reports import read_paths

pypdf = pytest.importorskip("pypdf")

LINES = (
    "Ministers part without a date",
    "The trade minister said on Tuesday that the duties agreed in the spring would stay until",
    "the other side had moved, and that she saw no reason to meet again before the negoti-",
    "ators had settled the long-standing question of quotas.",
    "Officials of both capitals met for two days in Geneva, and the talks ended without a joint",
    "statement.",
)
PARAGRAPHS = (
    "Ministers part without a date",
    "The trade minister said on Tuesday that the duties agreed in the spring would stay until the other side had moved, "
    "and that she saw no reason to meet again before the negotiators had settled the long-standing question of quotas.",
    "Officials of both capitals met for two days in Geneva, and the talks ended without a joint statement.",
)


def why(data: bytes) -> str:
    with pytest.raises(UnreadableReport) as told:
        read_pdf(data)
    return str(told.value)


def test_lines_become_paragraphs() -> None:
    draft = read_pdf(pdf(LINES))
    assert tuple(draft.text.split("\n")) == PARAGRAPHS
    assert draft.reader == f"pdf/1 (pypdf {pypdf.__version__})"


def test_running_titles_and_page_numbers_are_left_out() -> None:
    bodies = [
        [
            f"The {word} round of talks ended in {town} without a joint statement, officials said there, and nobody",
            f"would say when the teams of {town} might see each other again.",
        ]
        for word, town in zip(("first", "second", "third", "fourth"), ("Bern", "Oslo", "Rome", "Lima"), strict=True)
    ]
    pages = [("Harbour Post, trade desk", *body, f"Page {n} of 4") for n, body in enumerate(bodies, 1)]
    assert read_pdf(pdf(*pages)).text.split("\n") == [" ".join(body) for body in bodies]


def test_a_hyphen_that_belongs_to_the_word_stays() -> None:
    page = "The short-term deal is no long-\nterm deal, and a long-term deal is what they want."
    assert list(paragraphs([page])) == [
        "The short-term deal is no long-term deal, and a long-term deal is what they want."
    ]


def test_title_and_day_from_its_properties() -> None:
    known = read_pdf(pdf(LINES, info="/Title (A day in Geneva) /CreationDate (D:20190312080000+01'00')")).layers[0]
    assert known.metadata.title == "A day in Geneva"
    assert known.metadata.published == date(2019, 3, 12)
    assert known.reason == "the PDF's properties"


def test_the_day_that_the_text_states_counts_before_the_day_the_file_was_made() -> None:
    made = "/CreationDate (D:20240101000000Z) /Title (Microsoft Word - note.doc)"
    known = read_pdf(pdf(("Published: 12 March 2019", *LINES), info=made)).layers[0].metadata
    assert (known.published, known.title) == (None, None)


def test_each_kind_that_gives_nothing_is_told_by_itself() -> None:
    assert why(b"") == "it is empty: there is no text to read"
    assert why(pdf(())) == "there is no text in the PDF: save its text as .txt and read that"
    assert why(pdf((), picture=True)).startswith("the PDF is a scan, pictures of pages without text")
    assert why(pdf()) == "the PDF has no pages"
    assert why(b"%PDF-1.7\nnothing more").startswith("the PDF is damaged")
    assert why(pdf(LINES)[:700]).startswith(("the PDF is damaged", "the PDF has no pages", "there is no text"))


def encrypted(user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(LINES)))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_one_is_told_and_one_that_is_open_to_all_is_read() -> None:
    assert why(encrypted("secret")).startswith("the PDF is encrypted: save a copy without password")
    assert tuple(read_pdf(encrypted("")).text.split("\n")) == PARAGRAPHS


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert why(pdf(LINES)).startswith("PDF needs one more package: pip install 'standoff[pdf]'")


def test_a_file_among_others(tmp_path: Path) -> None:
    (tmp_path / "geneva.pdf").write_bytes(pdf(LINES))
    (report,) = read_paths([str(tmp_path)])
    assert isinstance(report, Report)
    assert (report.name, report.text) == ("geneva", "\n".join(PARAGRAPHS))
