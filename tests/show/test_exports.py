"""Exports as data: JSON Lines there and back, CSV, Parquet, and the commands."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from exports_examples import HERE, PACK, files_of, hostile, lines_of, written

from standoff import pipeline, questions
from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.model.record import RECORD_CLASSES, Move
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.read.exported import read_export
from standoff.show import exports
from standoff.show.brief import page
from standoff.show.exports.lines import reports_beside
from standoff.store import Store


@pytest.mark.parametrize("name", HERE)
def test_two_runs_give_the_same_bytes_and_only_files_of_their_own(name: str, both: Known, tmp_path: Path) -> None:
    for run in ("one", "two"):
        (tmp_path / run).mkdir()
        written(name, both, tmp_path / run)
    one, two = (files_of(tmp_path / run / f"out.{name}") for run in ("one", "two"))
    assert one == two
    assert one
    assert {p.name for p in tmp_path.iterdir()} == {"one", "two"}
    assert not any("passwd" in path for path in one)


# -- JSON Lines -----------------------------------------------------------------------------------------------------


def test_jsonl_comes_back_as_the_same_record(both: Known, tmp_path: Path) -> None:
    path = written("jsonl", both, tmp_path)
    back = read_export(path)
    assert back.reports == both.reports
    assert {r for some in back.records.values() for r in some} == set(both.records())
    again = Known.of(both.pack, back.reports, [r for some in back.records.values() for r in some])
    (tmp_path / "again").mkdir()
    other = written("jsonl", again, tmp_path / "again")
    assert other.read_bytes() == path.read_bytes()
    assert reports_beside(other).read_bytes() == reports_beside(path).read_bytes()


def test_jsonl_lines_are_records_and_quote_their_reports(both: Known, tmp_path: Path) -> None:
    path = written("jsonl", both, tmp_path)
    texts = {item["name"]: item["text"] for item in lines_of(reports_beside(path))}
    items = lines_of(path)
    assert len(items) == len(list(both.records()))
    for item in items:
        assert item["type"] in {cls.type_name for cls in RECORD_CLASSES}
        assert item["evidence"]
        for piece in item["evidence"]:
            start, end = piece["span"]
            assert texts[piece["report"]][start:end] == piece["quote"] != ""


def test_a_restored_record_gives_the_same_brief(known: Known, tmp_path: Path) -> None:
    exported = read_export(written("jsonl", known, tmp_path))
    with Store.open(None) as store:
        run = pipeline.restore(store, exported, known.pack)
        assert len(run.added) == len(known.reports)
        assert page(questions.load(store, known.pack)) == page(known)
        again = pipeline.restore(store, exported, known.pack)
        assert (again.added, len(again.known)) == ([], len(known.reports))


def test_two_reports_of_one_name_keep_their_own_records(tmp_path: Path) -> None:
    reports = [Report(name="same", text=f"{word} agreed to sign.") for word in ("Arland", "Borland")]
    moves = [
        Move(report=r.id, evidence=(Span(0, 6),), rule="t@1", confidence=0.5, type="agree", by="AA", to=None, actor=None, issue="x", what="sign")
        for r in reports
    ]  # fmt: skip
    back = read_export(written("jsonl", Known.of(PACK, reports, moves), tmp_path))
    assert {id: [r.id for r in some] for id, some in back.records.items()} == {m.report: [m.id] for m in moves}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: s.replace('"confidence": 0.5', '"confidence": "much"', 1), "line 1: confidence"),
        (lambda s: s.replace('"by": "AA"', '"by": "US"', 1), "changed since"),
        (lambda s: s.replace('"quote": "It may meet', '"quote": "It must meet', 1), "does not stand"),
        (lambda s: s.replace('"type": "move"', '"type": "moved"', 1), "moved"),
        (lambda s: s.replace('"status": "denied"', '"status": "sung"', 1), "status"),
        (lambda s: s.replace('"span": [0, 40]', '"span": [40, 0]', 1), "not a span"),
        (lambda s: s.replace("/2019-07-07 week", "/2019-07-07 moon", 1), "moon"),
        (lambda s: "[1]\n" + s, "not a JSON object"),
        (lambda s: "{" + s, "not JSON Lines"),
        (lambda s: '{"type": "move"}\n' + s, "not a line of an export"),
    ],
)  # fmt: skip
def test_what_was_changed_is_refused_with_its_line(change: Any, said: str, tmp_path: Path) -> None:
    path = written("jsonl", hostile(), tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(change(text), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    with pytest.raises(InputError, match=re.escape(said)):
        read_export(path)


def test_records_without_their_reports_say_what_is_missing(tmp_path: Path) -> None:
    path = written("jsonl", hostile(), tmp_path)
    lines = reports_beside(path).read_text(encoding="utf-8")
    reports_beside(path).unlink()
    with pytest.raises(InputError, match=re.escape("out.reports.jsonl")):
        read_export(path)
    path.write_text(lines + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(read_export(path).reports) == 1, "all in one file does as well"


# -- tables ---------------------------------------------------------------------------------------------------------


def test_csv_has_no_formula_and_all_records(both: Known, tmp_path: Path) -> None:
    folder = written("csv", both, tmp_path)
    count = 0
    for cls in RECORD_CLASSES:
        with (folder / f"{cls.type_name}s.csv").open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                count += 1
                texts = {r.name: r.text for r in both.reports}
                assert row["report"].lstrip("'") in texts
                assert row["quote"].removeprefix("'") == texts[row["report"]][int(row["start"]) : int(row["end"])]
                assert not any(cell.startswith(("=", "@", "+", "\t")) for cell in row.values())
    assert count == len(list(both.records()))


def test_parquet_has_typed_columns_and_all_records(both: Known, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = written("parquet", both, tmp_path)
    texts = {r.name: r.text for r in both.reports}
    count = 0
    for cls in RECORD_CLASSES:
        table = parquet.read_table(folder / f"{cls.type_name}s.parquet")
        count += table.num_rows
        for row in table.to_pylist():
            for piece in row["evidence"]:
                assert texts[piece["report"]][slice(*piece["span"])] == piece["quote"] != ""
    assert count == len(list(both.records()))
    types = {f.name: str(f.type) for f in parquet.read_schema(folder / "measures.parquet")}
    assert types["rate_percent"] == "double"
    assert types["goods"] == "string"


@pytest.mark.parametrize(("name", "module"), [("parquet", "pyarrow"), ("docx", "docx")])
def test_a_missing_library_is_named(name: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=re.escape(f"standoff[{name}]")):
        exports.write(name, tmp_path / "x", hostile())


# -- events and annotations -----------------------------------------------------------------------------------------


def test_the_commands_export_import_and_search(known: Known, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from standoff.cli import app

    def run(*args: str) -> Any:
        result = CliRunner().invoke(app, [*args, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    record = written("jsonl", known, tmp_path)
    db = str(tmp_path / "back.db")
    done = run("import", str(record), "--db", db, "--pack", known.pack.id)
    assert (len(done["added"]), done["records"]) == (len(known.reports), len(list(known.records())))
    for name in HERE:
        assert run("export", "--db", db, "--format", name, "-o", str(tmp_path / f"cli.{name}"))["written"]
    assert (tmp_path / "cli.jsonl").read_bytes() == record.read_bytes()
    hits = run("search", "tariff*", "--db", db, "--party", "US", "--move", "impose", "--since", "2025")
    assert hits
    for hit in hits:
        move = known.record(hit["id"])
        assert isinstance(move, Move)
        assert (move.by, move.type) == ("US", "impose")
        assert hit["published"] >= "2025"
        assert hit["words"] in known.report_of(move).text
    every = run("search", "tariff*", "--db", db, "--limit", "1000")
    fitting = run(
        "search", "tariff*", "--db", db, "--limit", "1000", "--party", "US", "--move", "impose", "--since", "2025"
    )
    assert [h["id"] for h in every if h["id"] in {f["id"] for f in fitting}] == [f["id"] for f in fitting]
    assert fitting[0] == hits[0]
