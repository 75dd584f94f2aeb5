"""No input makes a reader crash or hang: what cannot be used is an InputError, in time.

A few hundred cases of each target by default, 100,000 in all with `pytest -m slow tests/fuzz`. Every case has its own
seed, which a failure names.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from mutation import data, text

from standoff import pipeline
from standoff.batch.limit import within
from standoff.errors import InputError
from standoff.extract.figures.money import find_figures
from standoff.extract.figures.numerals import number
from standoff.extract.times.when import find_times
from standoff.model.domain import Pack
from standoff.model.report import Published, Report
from standoff.pack.load import load_pack
from standoff.read.dateline import dateline, full_date, published_in
from standoff.read.exported import read_export
from standoff.read.html import read_html
from standoff.read.language import not_english
from standoff.read.metadata import as_day, load_meta
from standoff.read.pdf import read_pdf
from standoff.read.reports import read_paths
from standoff.read.text import read_text
from standoff.read.warc import captures
from standoff.screen.screening import screen
from standoff.store import Store
from standoff.watch.feeds import read_feed

SECONDS = 10.0  # of one case, on a machine that does much else
FILES, META = pipeline.examples_of("us-china-trade")
TEXTS = [Path(file).read_text(encoding="utf-8") for file in FILES]
PIECES = (
    "between June 1 and", "from 10% to", "by no later than", "the week of", "within 90 days", "early next year", "on or before",
    "up to $300 billion", "US$", "per cent", "half a trillion", "two-and-a-half million", "as much as", "last Friday",
    "WASHINGTON (AP) —", "BEIJING, March 3, 2025 (Xinhua) --", "Published: 2025-02-30", "Mar. 3, 20255", "1.234.567,89",
    "1,000,000,000,000,000,000,000", "0.5 percentage points", "the 31st of February", "Q5 2025", "99999 years ago", "in 9999",
    "12/31/9999", "1/1/0001", "two thousand years from now", "next century", "10000000000 days",
)  # fmt: skip


def _page(text: str) -> bytes:
    meta = '<meta property="article:published_time" content="2025-03-01T00:00:00Z"><title>A title</title>'
    ld = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-03-01"}</script>'
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    return f"<!DOCTYPE html><html><head>{meta}{ld}</head><body><article>{body}</article></body></html>".encode()


def _archive(page: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + b"%x\r\n" % len(page)
    block += page + b"\r\n0\r\n\r\n"
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2025-03-01T00:00:00Z\r\n"
    )
    head += b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(block)
    return head + block + b"\r\n\r\n"


def _feed(title: str) -> bytes:
    entry = f"<item><title>{title}</title><link>https://a.example/1</link><pubDate>Mon, 03 Mar 2025 10:00:00 GMT</pubDate></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{entry * 3}</channel></rss>'.encode()


def _pdf() -> bytes:
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "read"))
    from pdf_pages import pdf

    return pdf(TEXTS[0].splitlines()[:8], TEXTS[1].splitlines()[:8], info="/Title (A) /CreationDate (D:20250301)")


PAGES = [_page(text) for text in TEXTS[:3]]
PLAIN = [text.encode() for text in TEXTS]
LINES = [json.dumps({"text": t, "published": "2025-03-01", "id": 7, "outlet": "A"}).encode() + b"\n" for t in TEXTS[:3]]
ARCHIVES = [archive := _archive(PAGES[0]), archive * 2, gzip.compress(archive), gzip.compress(archive) * 2]
FEEDS = [
    _feed("A title"),
    json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"url": "https://a.example/1"}]}).encode(),
]
PDFS = [_pdf()]
PACKS = [p.read_bytes() for p in sorted((Path(FILES[0]).parents[1]).glob("*.yaml"))]
METAS = [Path(str(META)).read_bytes()]
DAY = date(2025, 3, 3)


@cache
def _pack() -> Pack:
    return load_pack("us-china-trade")


@cache
def _store() -> Store:
    store = Store.open(None)
    report = Report(name="a", text=TEXTS[0])
    store.add(report, screen(report.text), (), ())
    return store


def _in_file(suffix: str, read: Callable[[str], object]) -> Callable[[bytes], object]:
    def run(given: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a{suffix}"
            path.write_bytes(given)
            return read(str(path))

    return run


def _lines(given: bytes) -> object:
    return list(read_paths(["-"], None, io.BytesIO(given)))


def _dates(given: str) -> object:
    times = find_times(given, DAY), find_times(given, None, "future")
    for found in times:
        assert all(0 <= t.start < t.end <= len(given) and given[t.start : t.end] == t.text for t in found)
    return times, dateline(given), full_date(given), published_in(given), as_day(given)


def _figures(given: str) -> object:
    found = find_figures(given)
    assert all(0 <= f.start < f.end <= len(given) and given[f.start : f.end] == f.text for f in found)
    return found, number(given)


def _whole(given: str) -> object:
    """Read as a report, and stored."""
    report = Report(name="fuzzed", text=given.replace("\ud800", "\ufffd"), published=Published(DAY, "user", ""))
    done = pipeline.process(report, _pack())
    return _store().add(done.report, done.screening, done.sketch, done.records)


Bytes = tuple[Callable[[bytes], object], Sequence[bytes]]
OF_BYTES: dict[str, Bytes] = {
    "text": (read_text, PLAIN),
    "page": (read_html, PAGES),
    "pdf": (read_pdf, PDFS),
    "lines": (_lines, LINES),
    "packed lines": (_in_file(".jsonl.gz", lambda path: list(read_paths([path]))), [gzip.compress(b"".join(LINES))]),
    "archive": (lambda given: list(captures(io.BytesIO(given), 10_000_000)), ARCHIVES),
    "feed": (lambda given: read_feed(given, "https://a.example/"), FEEDS),
    "pack": (_in_file(".yaml", load_pack), PACKS),
    "what the user says": (_in_file(".yaml", load_meta), METAS),
    "export": (_in_file(".jsonl", lambda path: read_export(Path(path))), LINES),
}
OF_TEXT: dict[str, Callable[[str], object]] = {
    "dates": _dates,
    "figures": _figures,
    "query": lambda given: _store().search(given),
    "screening": screen,
    "language": not_english,
    "report": _whole,
}
SLOW = {"report": 2_000, "pdf": 2_000, "page": 4_000, "pack": 4_000, "what the user says": 6_000, "packed lines": 6_000}
FAST = 8_000  # cases of any other target
"""Together over 100,000."""


def case(target: str, seed: int) -> None:
    rng = random.Random(f"{target} {seed}")
    try:
        with within(SECONDS):
            if target in OF_BYTES:
                read, corpus = OF_BYTES[target]
                read(data(rng, corpus))
            else:
                OF_TEXT[target](text(rng, TEXTS, PIECES))
    except InputError:
        pass
    except BaseException as error:
        raise AssertionError(f"case {seed} of {target!r}: {type(error).__name__}: {error}") from error


targets = pytest.mark.parametrize("target", [*OF_BYTES, *OF_TEXT])


@targets
def test_what_is_damaged_is_an_input_error(target: str) -> None:
    for seed in range(30 if target in SLOW else 100):
        case(target, seed)


@pytest.mark.slow
@targets
def test_what_is_damaged_is_an_input_error_many_times(target: str) -> None:
    for seed in range(SLOW.get(target, FAST)):
        case(target, seed)


# -- what grows faster than its length ------------------------------------------------------------------------------

REPEATED = [
    "a", " ", "\n", "1", "1,", "1.", "9 ", "$", "$1 ", "1-", "%", "- ", "(", "((a)", '"', "“a ", "' ", "the ", "of the ", "and ",
    "A. ", "Mr. A ", "U.S. ", "a-", "a's ", "1 to ", "from 1 to ", "between 1 and ", "on Monday ", "by June ", "two ", "hundred ",
    "June 1, ", "2025-03-01 ", "WASHINGTON ", "(AP) ", "— ", "said ", "tariffs of 10% ", "\u200b", "\u00a0", "é", "<p>", "<div>",
    "</p>", "&amp;", "{", "[", '{"a":', "- a: ", "&a ", "*", '"*" ', "OR ", "NOT ", "NEAR(",
]  # fmt: skip
LONG = 40_000  # characters


@pytest.mark.parametrize("target", [*(name for name in OF_TEXT if name not in SLOW), "text", "page"])
def test_time_grows_with_length_whatever_is_repeated(target: str) -> None:
    """Doubling the length must not quadruple the time, of what takes any time at all."""
    slow = []
    for piece in REPEATED:
        long = _seconds(target, piece * (LONG // len(piece)))
        if long > 0.5 and long > 10 * (short := _seconds(target, piece * (LONG // 4 // len(piece)))):
            slow.append((piece, round(short, 2), round(long, 2)))
    assert not slow


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["tariffs of 10% ", "U.S. ", "if China agrees then ", "said the official who ", "China said ", "1 to "]
)
def test_a_report_of_one_endless_sentence_is_read_in_time(piece: str) -> None:
    start = time.process_time()
    _whole(piece * (24_000 // len(piece)))
    assert time.process_time() - start < 2 * SECONDS


def _seconds(target: str, given: str) -> float:
    start = time.process_time()
    try:
        with within(6 * SECONDS):
            if target in OF_TEXT:
                OF_TEXT[target](given)
            else:
                OF_BYTES[target][0](given.encode() if target == "text" else b"<html><body>" + given.encode())
    except InputError:
        pass
    return time.process_time() - start


# -- bombs --------------------------------------------------------------------------------------------------------


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
)
XML_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss><channel><title>&j;</title></channel></rss>"
)
PACK_HEAD = "id: a\ntitle: A\nbetween: [US, CN]\ninclude: [countries]\n"


@pytest.mark.parametrize(
    ("target", "given"),
    [
        ("pack", (PACK_HEAD + LAUGHS).encode()),
        ("pack", f"{PACK_HEAD}issues: *a".encode()),
        ("pack", (PACK_HEAD + LAUGHS.replace("a: &a", "issues: &a", 1)).encode()),
        ("pack", b"[" * 50_000),
        ("pack", b"{a: " * 5_000),
        ("pack", b"&a [*a]"),
        ("pack", b"id: &a {b: *a}"),
        ("what the user says", LAUGHS.encode()),
        ("what the user says", b"[" * 50_000),
        ("what the user says", b"a: &a {published: *a}"),
        ("lines", b'{"text": ' + b"[" * 500_000),
        ("lines", b'{"text": "a", "published": ' + b"9" * 100_000 + b"}"),
        ("lines", b'{"text": "a", "id": ' + b"9" * 100_000 + b"}"),
        ("export", b'{"type": "report", "text": ' + b"[" * 500_000),
        ("export", b'{"type": "move", "report": ' + b"9" * 100_000 + b"}"),
        ("packed lines", lambda: gzip.compress(b" " * 300_000_000, 1)),
        ("archive", lambda: gzip.compress(b"WARC/1.0\r\n" + b" " * 50_000_000, 9)),
        ("archive", _archive(b"x").replace(b"Content-Type: text/html", b"Content-Encoding: deflate\r\nContent-Type: text/html")),
        ("archive", b"WARC/1.0\r\nContent-Length: 999999999999999999999\r\n\r\n"),
        ("feed", XML_LAUGHS),
        ("feed", b"<rss>" * 100_000),
        ("feed", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><title>&x;</title></channel></rss>'),
        ("page", b"<div>" * 100_000),
        ("page", XML_LAUGHS),
        ("pdf", b"%PDF-1.4\n" + b"1 0 obj\n<< /Kids [1 0 R] /Type /Pages >>\nendobj\ntrailer << /Root 1 0 R >>"),
        ("pdf", b"%PDF-1.4\n" + b"<<" * 100_000),
    ],
)  # fmt: skip
def test_bombs_are_refused_in_time(target: str, given: bytes | Callable[[], bytes]) -> None:
    said, bomb = "", given if isinstance(given, bytes) else given()
    try:
        with within(3 * SECONDS):
            OF_BYTES[target][0](bomb)
    except InputError as error:
        said = str(error)
    assert len(said) < 2_000, "a message is one that can be read"
