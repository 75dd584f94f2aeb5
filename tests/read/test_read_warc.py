"""Web archives: the pages in them, and that a damaged record costs that record alone."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import UnreadableReport
from standoff.model.report import Report
from standoff.read import reports
from standoff.read.reports import Skipped, read_paths
from standoff.read.warc import Capture, Damaged, captures

MOST = 50_000_000
WORDS = "Ministers met for an hour in Bern, and the duties are to stay until the autumn, officials said on Friday. "


def page(number: int) -> bytes:
    body = f"<p>{WORDS}This was meeting number {number} of the year.</p><p>No day was set for the next meeting.</p>"
    return f"<html><head><title>Meeting {number}</title></head><body><article>{body}</article></body></html>".encode()


def answer(body: bytes, headers: str = "", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + body


def record(block: bytes, number: int = 1, kind: str = "response", length: int | None = None, more: str = "") -> bytes:
    types = {"response": "application/http; msgtype=response", "resource": "text/html"}
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://lake.example/{number}\r\n"
        f"WARC-Date: 2019-03-12T08:00:0{number}Z\r\nContent-Type: {types.get(kind, 'application/warc-fields')}\r\n{more}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def found(data: bytes, most: int = MOST) -> list[Capture | Damaged]:
    return list(captures(io.BytesIO(data), most))


def numbers(data: bytes) -> list[str]:
    """The last part of each page's address, and `!` for what is damaged."""
    return [f.url[-1] if isinstance(f, Capture) else "!" for f in found(data)]


THREE = [record(answer(page(n)), n) for n in (1, 2, 3)]
INFO = record(b"software: none\r\n", kind="warcinfo")


@pytest.mark.parametrize(
    "pack", [b"".join, lambda r: b"".join(map(gzip.compress, r)), lambda r: gzip.compress(b"".join(r))]
)
def test_pages_and_nothing_else(pack) -> None:  # type: ignore[no-untyped-def]
    others = [
        INFO,
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(answer(b"", status="404 Not Found"), 7),
        record(answer(page(8)).replace(b"text/html", b"image/png", 1), 8),
        record(page(9), 9, kind="resource"),
    ]
    pages = found(pack([*others, *THREE]))
    assert [p.url for p in pages if isinstance(p, Capture)] == [f"https://lake.example/{n}" for n in (9, 1, 2, 3)]
    last = pages[-1]
    assert isinstance(last, Capture)
    assert (last.at, last.content_type, last.body) == ("2019-03-12T08:00:03Z", "text/html; charset=utf-8", page(3))


def test_bodies_in_chunks_and_compressed() -> None:
    packed = gzip.compress(page(1))
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (packed[:50], packed[50:])) + b"0\r\n\r\n"
    both = answer(chunks, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n")
    already = answer(page(2), "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n")
    flat = answer(zlib.compress(page(3)), "Content-Encoding: deflate\r\n")
    bodies = [f.body for f in found(record(both) + record(already, 2) + record(flat, 3)) if isinstance(f, Capture)]
    assert bodies == [page(1), page(2), page(3)]


def test_a_damaged_member_costs_that_record_alone() -> None:
    one, two, three = map(gzip.compress, THREE)
    broken = two[:60] + bytes(b ^ 0x5A for b in two[60:120]) + two[120:]
    assert numbers(one + broken + three) == ["1", "!", "3"]
    assert numbers(one + two[:100] + three) == ["1", "!", "3"]
    assert numbers(one + two + three[:80]) == ["1", "2", "!"]
    assert numbers(broken + three) == ["!", "3"]
    damaged = [f for f in found(one + broken + three) if isinstance(f, Damaged)]
    assert damaged[0].byte == len(one)


@pytest.mark.parametrize("pack", [lambda r: r, gzip.compress])
def test_a_record_that_is_not_as_the_format_has_it(pack) -> None:  # type: ignore[no-untyped-def]
    one, two, three = THREE
    assert numbers(b"".join(map(pack, (one, b"nonsense\r\n" * 3, three)))) == ["1", "!", "3"]
    assert numbers(b"".join(map(pack, (one, two.replace(b"Content-Length", b"Length"), three)))) == ["1", "!", "3"]
    assert numbers(b"".join(map(pack, (one, record(b"no http at all", 2), three)))) == ["1", "!", "3"]
    short = record(answer(page(2)), 2, length=200)
    assert numbers(b"".join(map(pack, (one, short, three)))) in (["1", "2", "!", "3"], ["1", "!", "3"])


def test_a_length_that_is_too_large_hides_no_other_record() -> None:
    one, _, three = THREE
    assert numbers(one + record(answer(page(2)), 2, length=1_000_000) + three) == ["1", "!", "3"]


def test_what_is_no_archive_and_what_unpacks_to_too_much() -> None:
    with pytest.raises(UnreadableReport, match="it is no web archive"):
        found(b"<html>")
    with pytest.raises(UnreadableReport, match="it unpacks to more than 1 MB"):
        found(gzip.compress(record(b"a" * 3_000_000, kind="metadata")), 1_000_000)
    bomb = record(answer(gzip.compress(b"a" * 30_000_000), "Content-Encoding: gzip\r\n"), 2)
    assert numbers(THREE[0] + bomb + THREE[2]) == ["1", "!", "3"]
    assert found(b"") == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=40), st.booleans())
def test_any_damage_leaves_the_last_record_or_is_said(at: int, noise: bytes, packed: bool) -> None:
    """Whatever is done to the first two records, the third is read, and what is lost is said."""
    parts = [gzip.compress(r) if packed else r for r in THREE]
    first = parts[0] + parts[1]
    at %= max(1, len(first) - len(noise) - 8)
    data = first[:at] + noise + first[at + len(noise) :] + parts[2]
    try:
        pages = numbers(data)
    except UnreadableReport:
        assert at < 10
        return
    assert pages[-1] == "3" or "!" in pages


def test_a_file_of_pages_as_reports(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc.gz"
    empty = record(answer(b"<html><body>Too short.</body></html>"), 4)
    file.write_bytes(b"".join(map(gzip.compress, (INFO, *THREE[:2], empty, b"nonsense\r\n"))))
    one, two, none, broken = read_paths([str(tmp_path)])
    assert isinstance(one, Report)
    assert isinstance(two, Report)
    assert (one.url, one.outlet, one.title, one.name) == (
        "https://lake.example/1",
        "lake.example",
        "Meeting 1",
        "lake.example 1",
    )
    assert WORDS.strip() in one.text
    assert one.published is None  # the day of capture is not the day of publication
    assert one.provenance is not None
    assert one.provenance.path == f"{file}:{len(gzip.compress(INFO))}"
    assert one.provenance.reader.startswith("warc/1, captured 2019-03-12 (html/1 ")
    assert isinstance(none, Skipped)
    assert "no article was found" in none.reason
    assert isinstance(broken, Skipped)
    assert broken.reason.startswith("this record is damaged and left out")


def test_a_bomb_is_limited_by_the_size_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "_MAX_UNPACKED", 1_000_000)
    monkeypatch.setattr(reports, "_MAX_RATIO", 10)
    (tmp_path / "a.warc.gz").write_bytes(
        gzip.compress(THREE[0]) + gzip.compress(record(b"a" * 9_000_000, kind="metadata"))
    )
    one, told = read_paths([str(tmp_path)])
    assert isinstance(one, Report)
    assert isinstance(told, Skipped)
    assert "unpacks to more than" in told.reason
