"""The command `lineage` as people use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from standoff.cli import app

LEAD = "China demanded on Tuesday that the United States lift its {rate} tariff on Chinese goods before talks on soybeans begin, "
STORY = LEAD + (
    "a commerce ministry spokesman said in Beijing.\n\nThe United States refused to remove the tariff and said that China "
    "must first stop the export of chemicals used to make fentanyl, a White House official said. The official spoke after "
    "a day of calls between the two trade ministries.\n\nA second round of calls is planned for next week, according to "
    "two people familiar with the matter. Neither side named a place for a meeting of the two presidents.\n"
)
OTHER = (
    "The weather stayed dry over the northern plains through most of the week, and farmers in three counties of China said "
    "that the wheat would have to be watered a month earlier than in other years.\n"
)
TEXTS = {"wire": "BEIJING (Reuters) - " + STORY.format(rate="20%"), "site": STORY.format(rate="25%"), "dry": OTHER}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def db(folder: Path) -> str:
    path = str(folder / "talks.db")
    args = ["ingest", *(str(folder / f"{name}.txt") for name in TEXTS), "--db", path, "--pack", "us-china-trade"]
    assert CliRunner().invoke(app, args).exit_code == 0
    return path


@pytest.fixture
def run() -> Callable[..., Result]:
    return lambda *args: CliRunner().invoke(app, ["lineage", *args])


def answer(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_files_are_read_and_related(run: Callable[..., Result], folder: Path) -> None:
    found = answer(run(*(str(folder / f"{name}.txt") for name in TEXTS), "--pack", "us-china-trade", "--json"))
    assert set(found) == {"reports", "relations", "discrepancies"}
    assert {row["report"] for row in found["reports"]} == set(TEXTS)
    for row in found["reports"]:
        assert {"report", "origin", "spun", "repeats"} <= set(row)
        if row["origin"] and row["origin"]["evidence"]:
            start, end = row["origin"]["evidence"]
            assert row["origin"]["outlet"] in TEXTS[row["report"]][start:end]
    origin = {row["report"]: row["origin"] and row["origin"]["outlet"] for row in found["reports"]}
    assert origin == {"wire": "Reuters", "site": "Reuters", "dry": None}
    (relation,) = found["relations"]
    assert (relation["a"], relation["b"], relation["relation"]) == ("site", "wire", "copy")
    for (start, end), (first, last) in relation["passages"]:
        assert TEXTS["site"][start:end] == TEXTS["wire"][first:last] != ""


def test_the_origin_that_another_report_shows_is_quoted_from_that_one(run: Callable[..., Result], db: str) -> None:
    rows = {row["report"]: row["origin"] for row in answer(run("--db", db, "--json"))["reports"]}
    assert rows["site"]["evidence"] is None
    start, end = rows["site"]["shown_in"]["span"]
    assert rows["site"]["shown_in"]["report"] == "wire"
    assert "Reuters" in TEXTS["wire"][start:end]


@pytest.mark.parametrize("name", ["site", "site.txt", "sit"])
def test_of_a_record_only_what_concerns_the_report_named(run: Callable[..., Result], db: str, name: str) -> None:
    found = answer(run(name, "--db", db, "--json"))
    assert {row["report"] for row in found["reports"]} == {"site", "wire"}
    assert len(found["relations"]) == 1
    assert answer(run("dry", "--db", db, "--json"))["relations"] == []


def test_a_file_that_is_read_into_a_record_is_asked_about(run: Callable[..., Result], db: str, folder: Path) -> None:
    found = answer(run(str(folder / "dry.txt"), "--db", db, "--json"))
    assert [row["report"] for row in found["reports"]] == ["dry"]


def test_people_see_the_passages_side_by_side(run: Callable[..., Result], db: str) -> None:
    shown = " ".join(run("site", "--db", db).stdout.split())
    assert "site: copy of wire" in shown
    assert "Reuters (copied from it)" in shown
    assert "25%" in shown
    assert "20%" in shown


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "name reports"),
        (("nothing-like-it", "--db", "talks.db"), "no report is named nothing-like-it"),
        (("--db", "nowhere.db"), "no record at nowhere.db"),
        (("site", "--db", "nowhere.db"), "no record at nowhere.db"),
        (("nowhere.txt",), "nowhere.txt"),
    ],
)
def test_wrong_use_is_said(
    db: str,
    folder: Path,
    program: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(folder)
    ended = program("lineage", *args)
    assert ended.code == 2
    assert said in " ".join(ended.stderr.split())
    assert not (folder / "nowhere.db").exists()
