"""Paths to reports: folders, JSON Lines, standard input, and that nothing ever stops the others."""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.model.report import Report
from standoff.read import jsonl, reports
from standoff.read.metadata import Metadata
from standoff.read.reports import Skipped, read_paths

PROSE = "Ministers met for an hour in Bern, and the duties are to stay until the autumn, officials said.\n"
PARAGRAPHS = f"<p>{PROSE}</p><p>No day was set for the next meeting, and neither side would say who asked for it.</p>"


def one(path: object, meta: dict[str, Metadata] | None = None) -> Report:
    (found,) = read_paths([str(path)], meta)
    assert isinstance(found, Report), found
    return found


def reason(path: object) -> str:
    (found,) = read_paths([str(path)])
    assert isinstance(found, Skipped), found
    assert found.path == str(path)
    return found.reason


def write(folder: Path, name: str, data: bytes | str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


def test_a_text_file(tmp_path: Path) -> None:
    file = write(tmp_path, "duties.txt", PROSE)
    report = one(file)
    assert (report.name, report.text) == ("duties", PROSE)
    assert report.provenance is not None
    assert report.provenance.path == str(file)
    assert report.provenance.sha256 == sha256(PROSE.encode()).hexdigest()
    assert report.provenance.reader == "text/1"
    assert (report.published, report.outlet, report.title, report.url) == (None, None, None, None)


def test_user_before_sidecar_before_field(tmp_path: Path) -> None:
    line = json.dumps({"text": PROSE, "published": "2019-01-01", "outlet": "Field", "title": "Field", "url": "u"})
    file = write(tmp_path, "a.jsonl", line)
    write(tmp_path, "a.jsonl.meta.yaml", "published: 2019-02-02\noutlet: Sidecar\n")
    report = one(file, {"a.jsonl": Metadata(published=date(2019, 3, 3))})
    assert report.published is not None
    assert (report.published.day, report.published.basis) == (date(2019, 3, 3), "user")
    assert (report.outlet, report.title, report.url) == ("Sidecar", "Field", "u")


def test_a_folder_is_walked_in_a_fixed_order(tmp_path: Path) -> None:
    for name in (
        "b/a.txt",
        "b.txt",
        "a/z.HTM.txt",
        "a.txt",
        "C.TXT",
        ".hidden.txt",
        ".git/a.txt",
        "notes.md",
        "x.docx",
    ):
        write(tmp_path, name, PROSE)
    write(tmp_path, "a.txt.meta.yaml", "outlet: Lake Courier")
    found = list(read_paths([str(tmp_path)]))
    assert [os.path.relpath(r.provenance.path, tmp_path) for r in found if isinstance(r, Report) and r.provenance] == [
        "C.TXT",
        "a.txt",
        "b.txt",
        os.path.join("a", "z.HTM.txt"),
        os.path.join("b", "a.txt"),
    ]
    assert not [r for r in found if isinstance(r, Skipped)]


def test_paths_are_read_in_the_order_named(tmp_path: Path) -> None:
    second, first = write(tmp_path, "a.txt", PROSE), write(tmp_path, "b.txt", PROSE)
    found = list(read_paths([str(first), str(tmp_path / "none.txt"), str(second)]))
    assert [type(f) for f in found] == [Report, Skipped, Report]
    assert [f.name for f in found if isinstance(f, Report)] == ["b", "a"]


def test_paths_that_are_no_reports(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.txt") == "it does not exist: check the path"
    assert reason(tmp_path).startswith("there are no reports in this folder; the formats known are .txt, .html, .htm")
    assert reason(write(tmp_path, "a.md", PROSE)) == (
        "its format is not known by its name: name it one of .txt, .html, .htm, .pdf, .jsonl, .jsonl.gz, "
        ".warc, .warc.gz"
    )
    assert reason(write(tmp_path, "a.pdf", PROSE)) == "it is no PDF, whatever its name: check the file"
    assert reason(write(tmp_path, "a.txt.meta.yaml", "outlet: x")).startswith("it is a sidecar, not a report")
    assert reason(write(tmp_path, "empty.txt", "")).startswith("it is empty")
    assert reason(write(tmp_path, "empty.jsonl", "\n \n")).startswith("it is empty")
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(tmp_path / "pipe.txt").startswith("it is not a regular file")
    assert reason("a\x00b.txt") == "it does not exist: check the path"
    write(tmp_path, "c.txt", PROSE)
    assert reason(tmp_path / "c.txt" / "d.txt") == "it does not exist: check the path"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, "a.txt", PROSE)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert reason(file) == "it cannot be read: Permission denied"


def test_a_malformed_sidecar_is_told(tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt", PROSE)
    write(tmp_path, "a.txt.meta.yaml", "publisher: x")
    assert reason(file).startswith("its sidecar is malformed, correct or remove it:")
    assert "unknown key publisher" in reason(file)


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text(PROSE, encoding="utf-8")
    report = one(path)
    assert report.name == "caf\ufffd"
    assert report.provenance is not None
    assert report.provenance.path.encode().endswith("caf\ufffd.txt".encode())


LINES = (
    '{"text": "PROSE", "id": "first", "published": "2019-07-09", "outlet": "Lake Courier", "other": [1]}'.replace("PROSE", PROSE.strip()),
    "",
    '{"text": "PROSE", "id": "first"}'.replace("PROSE", PROSE.strip()),
    '{"text": "PROSE", "id": 7}'.replace("PROSE", PROSE.strip()),
    "not json",
    "[" * 200_000,
    '["text"]',
    '{"title": "no text"}',
    '{"text": "  "}',
    '{"text": 5}',
    '{"text": "部长们周二在日内瓦会面讨论关税问题"}',
    '{"text": "PROSE", "published": "Tuesday"}'.replace("PROSE", PROSE.strip()),
    '{"text": "The price is \\ud83d high, they said \\ud83d\\ude00.", "title": "\\udc00 a\\nb "}',
    '{"html": "<html></html>"}',
    '{"n": %s}' % ("9" * 5_000),
    '{"text": "PROSE"}'.replace("PROSE", PROSE.strip()),
)  # fmt: skip
REASONS = {
    5: "it is not valid JSON (Expecting value: line 1 column 1 (char 0)): one JSON object a line",
    6: "it is nested too deeply",
    7: "it is not a JSON object",
    8: 'it has no field "text" or "html"',
    9: 'its "text" or "html" is empty or no text',
    10: 'its "text" or "html" is empty or no text',
    11: "not in English",
    14: "no article was found",
    15: "it is not valid JSON (Exceeds the limit",
}


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_json_lines(tmp_path: Path, suffix: str) -> None:
    data = b"\xef\xbb\xbf" + "\r\n".join(LINES).encode()
    file = write(tmp_path, "news" + suffix, gzip.compress(data) if suffix.endswith("gz") else data)
    found = list(read_paths([str(file)]))
    read = [f for f in found if isinstance(f, Report)]
    assert [r.name for r in read] == ["first", "news:3", "7", "news:12", "news:13", "news:16"]
    assert (read[0].outlet, read[0].published and read[0].published.day) == ("Lake Courier", date(2019, 7, 9))
    assert read[0].published is not None
    assert read[0].published.basis == "file"
    assert read[0].provenance is not None
    assert read[0].provenance.path == f"{file}:1"
    assert read[1].provenance is not None
    assert read[1].provenance.sha256 == sha256(LINES[2].encode()).hexdigest()
    assert read[3].published is None
    assert read[3].provenance is not None
    assert read[3].provenance.reader == "jsonl/1 (its published is no day such as 2025-03-12 and was left out)"
    assert read[4].text == "The price is \ufffd high, they said \U0001f600."
    assert read[4].title == "\ufffd a b"
    skipped = [f for f in found if isinstance(f, Skipped)]
    assert len(skipped) == len(REASONS)
    for skip, (number, why) in zip(skipped, REASONS.items(), strict=True):
        assert skip.reason.startswith(f"line {number}: {why}")


def test_a_text_in_json_keeps_its_line_ends(tmp_path: Path) -> None:
    text = "Ministers met.\r\nThey left.\x07 "
    assert one(write(tmp_path, "a.jsonl", json.dumps({"text": text}))).text == text


def test_a_page_in_json(tmp_path: Path) -> None:
    page = f"<html><head><title>Duties</title></head><body><article><h1>Duties</h1>{PARAGRAPHS}</article></body></html>"
    report = one(write(tmp_path, "a.jsonl", json.dumps({"html": page, "published": "2019-07-09"})))
    assert PROSE.strip() in report.text
    assert report.title == "Duties"
    assert report.provenance is not None
    assert report.provenance.reader.startswith("jsonl/1 html/1 (trafilatura")


def test_a_line_that_is_too_long_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 200)
    good = json.dumps({"text": PROSE})
    data = "\n".join([good, '{"text": "' + "a " * 5_000 + '"}', good, "b" * 199, "c" * 201])
    found = list(read_paths([str(write(tmp_path, "a.jsonl", data))]))
    assert [f.name if isinstance(f, Report) else f.reason.split(":")[0] for f in found] == [
        "a:1",
        "line 2",
        "a:3",
        "line 4",
        "line 5",
    ]
    assert [isinstance(f, Skipped) and "longer than" in f.reason for f in found] == [False, True, False, False, True]


def test_a_line_of_fifty_megabytes(tmp_path: Path) -> None:
    file = write(tmp_path, "a.jsonl.gz", gzip.compress(b'{"text": "' + b"a" * 50_000_000 + b'"}\n', 1))
    assert reason(file) == "line 1: longer than 20 MB: one report a line"
    assert reason(write(tmp_path, "a.txt", b"a" * 50_000_000)).startswith("it is larger than 10 MB")


def test_a_text_field_that_is_too_large(tmp_path: Path) -> None:
    file = write(tmp_path, "a.jsonl", json.dumps({"text": "a " * 5_000_001}))
    assert reason(file).startswith("line 1: it is larger than 10 MB")


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "_MAX_UNPACKED", 1_000_000)
    line = json.dumps({"text": PROSE}).encode() + b"\n"
    file = write(tmp_path, "a.jsonl.gz", gzip.compress(line + b"\n" * 5_000_000))
    found = list(read_paths([str(file)]))
    assert isinstance(found[0], Report)
    assert isinstance(found[1], Skipped)
    assert found[1].reason.startswith("after line 1: it unpacks to more than")


@pytest.mark.parametrize("damage", ["cut", "flipped", "no gzip"])
def test_damaged_gzip(tmp_path: Path, damage: str) -> None:
    packed = gzip.compress("\n".join(json.dumps({"text": PROSE, "id": i}) for i in range(5_000)).encode())
    middle = len(packed) // 2
    data = {
        "cut": packed[:-20],
        "flipped": packed[:middle] + b"\xff" * 40 + packed[middle + 40 :],
        "no gzip": b"plain text",
    }
    found = list(read_paths([str(write(tmp_path, "a.jsonl.gz", data[damage]))]))
    assert isinstance(found[-1], Skipped)
    assert "the rest is damaged or cannot be read" in found[-1].reason


def test_json_lines_are_streamed() -> None:
    given_out: list[int] = []

    class Endless(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            given_out.append(1)
            return json.dumps({"text": PROSE}).encode() + b"\n"

    stream = read_paths(["-"], stdin=Endless())
    assert [next(stream) for _ in range(3)]
    assert len(given_out) <= 4


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (PROSE.encode(), PROSE),
        (b"\n\n" + PROSE.encode(), "\n\n" + PROSE),
        (json.dumps({"text": PROSE}).encode(), PROSE),
        (b"\xef\xbb\xbf" + json.dumps({"text": PROSE}).encode(), PROSE),
    ],
)
def test_standard_input(data: bytes, text: str) -> None:
    (found,) = read_paths(["-"], stdin=io.BytesIO(data))
    assert isinstance(found, Report)
    assert found.text == text
    assert found.name.startswith("stdin")


def test_standard_input_page_and_nothing() -> None:
    page = f"<!DOCTYPE html><html><head><title>Duties</title></head><body><article>{PARAGRAPHS}</article></body></html>"
    (found,) = read_paths(["-"], {"stdin": Metadata(outlet="Lake Courier")}, stdin=io.BytesIO(page.encode()))
    assert isinstance(found, Report)
    assert (found.title, found.outlet) == ("Duties", "Lake Courier")
    (nothing,) = read_paths(["-"], stdin=io.BytesIO(b""))
    assert nothing == Skipped("-", "it is empty: there is no text to read")
    (large,) = read_paths(["-"], stdin=io.BytesIO(b"a b\n" * 3_000_000))
    assert isinstance(large, Skipped)
    assert large.reason.startswith("it is larger than 10 MB")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


AWKWARD = st.sampled_from(
    [b"\xff\xfe", b"\x00", b"{", b"}", b'{"text": "', b'"', b"\n", b"\r", b"<html>", b"<p>", b"\x1f\x8b", b"\xed\xa0\x80"]
)  # fmt: skip
BYTES = st.binary(max_size=200) | st.lists(AWKWARD | st.binary(max_size=8) | st.just(PROSE.encode())).map(b"".join)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.jsonl.gz", "a.bin", "-"])
@given(data=BYTES)
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_report_or_a_reason(folder: Path, name: str, data: bytes) -> None:
    path = name if name == "-" else str(write(folder, name, data))
    found = list(read_paths([path], stdin=io.BytesIO(data)))
    assert found
    for item in found:
        assert isinstance(item, Report | Skipped)
        if isinstance(item, Report):
            item.text.encode()  # no lone surrogate survives
            assert item.text.strip()
        else:
            assert item.path == path
            assert len(item.reason) > 20


@given(data=st.binary(max_size=100) | st.just(b"published: 2019-01-01") | st.text(max_size=50).map(str.encode))
@settings(max_examples=60, deadline=None)
def test_any_sidecar_gives_a_report_or_a_reason(folder: Path, data: bytes) -> None:
    file = write(folder, "side.txt", PROSE)
    write(folder, "side.txt.meta.yaml", data)
    (found,) = read_paths([str(file)])
    assert isinstance(found, Report) or "sidecar is malformed" in found.reason
