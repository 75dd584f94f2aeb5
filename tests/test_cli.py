"""The commands as people use them."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from standoff import pipeline
from standoff.cli import app

FILES, META = pipeline.examples_of("us-china-trade")
TWO = [f for f in FILES if "2025-03" in f]
Program = Callable[..., Any]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A record of two example reports, in a file."""
    path = str(tmp_path_factory.mktemp("db") / "talks.db")
    result = CliRunner().invoke(app, ["ingest", *TWO, "--meta", str(META), "--db", path, "--pack", "us-china-trade"])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def run() -> Callable[..., Result]:
    def invoke(*args: str) -> Result:
        return CliRunner().invoke(app, list(args))

    return invoke


def test_every_command_has_help_with_an_example(run: Callable[..., Result]) -> None:
    listed = re.findall(r"^│ (\w+) +\S", run("--help").stdout, re.MULTILINE)
    assert {"brief", "ingest", "annotate", "state", "search", "export", "lineage", "rebuild", "pack"} <= set(listed)
    for command in ("brief", "ingest", "annotate", "state", "search", "export", "lineage", "rebuild"):
        shown = run(command, "--help").stdout
        assert "Example" in shown
        assert "--json" in shown


def test_the_same_report_twice_adds_nothing(run: Callable[..., Result], db: str) -> None:
    again = json.loads(run("ingest", *TWO, "--meta", str(META), "--db", db, "--json").stdout)
    assert again["added"] == []
    assert len(again["known"]) == 2
    assert again["counts"]["report"] == 2


def test_rebuild_gives_the_same_record(run: Callable[..., Result], db: str, tmp_path: Path) -> None:
    assert run("export", "--db", db, "-o", str(tmp_path / "before.jsonl")).exit_code == 0
    assert run("rebuild", "--db", db).exit_code == 0
    assert run("export", "--db", db, "-o", str(tmp_path / "after.jsonl")).exit_code == 0
    assert (tmp_path / "before.jsonl").read_bytes() == (tmp_path / "after.jsonl").read_bytes()


def test_order_of_reports_changes_nothing(run: Callable[..., Result], db: str, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    run("ingest", *reversed(TWO), "--meta", str(META), "--db", other, "--pack", "us-china-trade")
    pages = []
    for path in (db, other):
        page = tmp_path / "brief.html"
        assert run("brief", "--db", path, "-o", str(page)).exit_code == 0
        pages.append(page.read_text(encoding="utf-8"))
    assert pages[0] == pages[1]


def test_export_evidence_quotes_its_report(run: Callable[..., Result], db: str, tmp_path: Path) -> None:
    target = tmp_path / "record.jsonl"
    run("export", "--db", db, "--format", "jsonl", "-o", str(target))
    texts = {Path(f).stem: Path(f).read_text(encoding="utf-8") for f in TWO}
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert {line["type"] for line in lines} >= {"statement", "move"}
    for line in lines:
        for piece in line["evidence"]:
            start, end = piece["span"]
            assert texts[piece["report"]][start:end] == piece["quote"] != ""


def test_csv_has_one_file_a_class(run: Callable[..., Result], db: str, tmp_path: Path) -> None:
    assert run("export", "--db", db, "--format", "csv", "-o", str(tmp_path)).exit_code == 0
    rows = list(csv.DictReader((tmp_path / "moves.csv").read_text(encoding="utf-8").splitlines()))
    assert rows
    assert {"move", "by", "to", "issue", "quote", "report"} <= set(rows[0])
    assert {p.name for p in tmp_path.glob("*.csv")} == {
        f"{n}.csv" for n in ("statements", "moves", "measures", "contacts", "linkages", "reports")
    }


def test_state_is_json_alone_on_standard_output(run: Callable[..., Result], db: str) -> None:
    answer = json.loads(run("state", "--db", db, "--json").stdout)
    assert answer["as_of"] == "2025-03-12"
    assert answer["positions"]
    for position in answer["positions"]:
        assert position["party"]
        assert position["evidence"]


def test_search_marks_what_matched(run: Callable[..., Result], db: str) -> None:
    hits: list[dict[str, Any]] = json.loads(run("search", "fentanyl", "--db", db, "--json").stdout)
    assert hits
    for hit in hits:
        assert all(hit["words"][a:b].lower().startswith("fentanyl") for a, b in hit["marks"])


def test_annotate_writes_spans_of_the_text_file(run: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "annotations"
    assert run("annotate", TWO[0], "-o", str(out), "--pack", "us-china-trade").exit_code == 0
    page = json.loads((out / f"{Path(TWO[0]).stem}.json").read_text(encoding="utf-8"))
    text = Path(TWO[0]).read_text(encoding="utf-8")
    assert page["moves"]
    for item in page["moves"]:
        start, end = item["span"]
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("line.txt", b"a " * 26_000_000, "MB"),
        ("chinese.txt", "中国商务部表示,将采取必要措施。".encode() * 40, "English"),
        ("picture.xyz", b"\x89PNG\r\n", "format"),
    ],
)
def test_one_bad_report_is_said_and_the_rest_goes_on(
    run: Callable[..., Result], tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    result = run(
        "brief", str(tmp_path / name), TWO[0], "--pack", "us-china-trade", "-o", str(tmp_path / "b.html"), "--json"
    )
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert len(answer["added"]) == 1
    assert [s["path"] for s in answer["skipped"]] == [str(tmp_path / name)]
    assert said.lower() in answer["skipped"][0]["reason"].lower()
    assert (tmp_path / "b.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_invalid_utf8_is_read_or_said(run: Callable[..., Result], tmp_path: Path) -> None:
    """A text in the encoding of old Windows is read; how it was decoded stands with the report."""
    path = tmp_path / "old.txt"
    path.write_bytes(
        "China’s ministry said that it would lower the duty on American cars next week, officials in Beijing said.".encode(
            "cp1252"
        )
    )
    result = run("ingest", str(path), "--db", str(tmp_path / "a.db"), "--pack", "us-china-trade", "--json")
    answer = json.loads(result.stdout)
    assert len(answer["added"]) == 1
    assert "UTF-8" in answer["noted"][0]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["brief"], "name reports"),
        (["state", "--db", "nowhere.db"], "no record"),
        (["export", "--db", "nowhere.db", "-o", "x"], "no record"),
        (["brief", FILES[0], "--pack", "no-such-pack", "-o", "x.html"], "no-such-pack"),
    ],
)
def test_wrong_use_says_what_to_do(
    args: list[str], said: str, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = program(*args)
    assert ended.code == 2
    assert said in " ".join(ended.stderr.split())


def test_a_program_that_ends_badly_shows_no_traceback(tmp_path: Path) -> None:
    """All of it, in a process of its own: starts, and says so with its exit code."""
    command = [sys.executable, "-m", "standoff", "state", "--db", "nowhere.db"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 2
    assert ran.stderr.startswith("standoff: there is no record at nowhere.db")
    assert "Traceback" not in ran.stderr


def test_unknown_pack_key_is_an_error_that_names_it(program: Program, tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text("id: mine\ntitle: Mine\nbetween: [US, CN]\ninclude: [countries]\nwether: fine\n", encoding="utf-8")
    ended = program("pack", "check", pack)
    assert ended.code == 2
    assert "wether" in ended.stderr


def test_packs_are_listed_and_clean(run: Callable[..., Result]) -> None:
    names = [row["name"] for row in json.loads(run("pack", "list", "--json").stdout)]
    assert "us-china-trade" in names
    assert run("pack", "check", "us-china-trade").exit_code == 0
