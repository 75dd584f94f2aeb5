"""Names that foreign reports give themselves never lead out of the folder that the user named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from review_examples import PACK, TEXT, version_one
from standoff import pipeline, questions
from standoff.cli import app
from standoff.model.report import Report
from standoff.show.exports import FORMATS
from standoff.show.exports import write as write_export
from standoff.show.tables import file_name, free_name
from standoff.store import Store

HOSTILE = (
    "../../etc/passwd", "..", ".", "/absolute", "\\\\server\\share", "C:\\x", "a/../../b", "nul", "COM1.txt", "-rf",
    "\u202egpj.exe", "a\x00b", "\n", "", "~root", "$(id)", "`id`", "名" * 200, "x" * 400, "%2e%2e%2f", "\ud800", ".ssh",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_one_plain_part_of_a_path(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{file_name(name)}.json"
    assert path.parent == tmp_path
    path.write_text("{}", encoding="utf-8")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@given(st.text(max_size=300))
def test_any_name_is_short_and_has_no_separator(name: str) -> None:
    found = file_name(name)
    assert found
    assert not found.startswith(".")
    assert not set(found) & set("/\\:\x00\n\"'$` ")
    assert len(found.encode()) <= 151
    assert file_name(found) == found


def test_two_reports_never_share_a_file() -> None:
    taken: set[str] = set()
    names = [free_name(name, f"r-{n}", taken) for n, name in enumerate(("US/CN", "US CN", "us_cn", "other"))]
    assert names == ["US_CN", "US_CN-r-1", "us_cn-r-2", "other"]


def test_annotations_of_reports_with_hostile_names_stay_in_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [{"name": name, "text": f"Arland met Borland for the {n}th time."} for n, name in enumerate(HOSTILE[:14])]
    source = tmp_path / "deep" / "reports.jsonl"
    source.parent.mkdir()
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    monkeypatch.setattr(pipeline, "annotate", lambda report, screening, pack: ())
    out = tmp_path / "deep" / "out"
    result = CliRunner().invoke(app, ["annotate", str(source), "-o", str(out), "--pack", "us-china-trade", "--json"])
    added = json.loads(result.stdout)["added"]
    assert len(added) >= 10
    assert len(list(out.iterdir())) == len(added), "a file for each"
    assert {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")} == {"deep"}
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == ["out", "reports.jsonl"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_export_writes_only_what_it_was_told_to(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "annotate", version_one)
    folder = tmp_path / "deep"
    folder.mkdir()
    with Store.open(None) as store:
        pipeline.ingest(
            store, [Report(name=n, text=f"{TEXT} {at}", outlet=n, title=n) for at, n in enumerate(HOSTILE[:6])], PACK
        )
        write_export(name, folder / "record", questions.load(store, PACK))
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    assert all(path.name.startswith("record") for path in folder.iterdir())
