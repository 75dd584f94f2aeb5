"""The five real reports beside the project, by the command and without metadata: who copied whom, and what differs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from standoff.cli import app

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))}


@pytest.fixture(scope="module")
def answer(shared: Path, texts: dict[str, str]) -> dict[str, Any]:
    files = [str(shared / "seeds" / f"{stem}.txt") for stem in texts]
    ran = CliRunner().invoke(app, ["lineage", *files, "--json"])
    assert ran.exit_code == 0, ran.output
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def rows(answer: dict[str, Any]) -> dict[str, Any]:
    return {row["report"][:3]: row for row in answer["reports"]}


def test_origins_are_those_that_the_texts_show(answer: dict[str, Any], shared: Path) -> None:
    gold = json.loads((shared / "annotation" / "across-seeds" / "cross.json").read_text(encoding="utf-8"))
    expected = {row["report"]: (row["original_outlet"] or "").lower() for row in gold["lineage"]["reports"]}
    found = {name: (row["origin"]["outlet"] if row["origin"] else "").lower() for name, row in rows(answer).items()}
    assert found == expected
    assert {o["outlet"] for o in rows(answer)["003"]["relayed"]} == {"Bloomberg", "Wall Street Journal"}


def test_two_are_one_story_and_no_others(answer: dict[str, Any]) -> None:
    (relation,) = answer["relations"]
    assert {relation["a"][:3], relation["b"][:3]} == {"000", "001"}
    assert relation["relation"] in ("paraphrase", "spun")


def test_spun_reports_are_flagged_and_no_others(answer: dict[str, Any]) -> None:
    assert {name for name, row in rows(answer).items() if row["spun"]} == {"000", "002"}


def test_repeats_of_fifteen_words_and_more(answer: dict[str, Any], texts: dict[str, str]) -> None:
    repeats = {name: row["repeats"] for name, row in rows(answer).items() if row["repeats"]}
    assert set(repeats) == {"003", "004"}
    for row in answer["reports"]:
        for start, end in row["repeats"]:
            assert len(re.findall(r"\w+", texts[row["report"]][start:end])) >= 15


def test_discrepancies_between_the_two(answer: dict[str, Any], shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "lineage.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    command = [sys.executable, str(shared / "annotation" / "score_across.py"), "discrepancies", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (found, of), (right, all_) = (map(int, pair) for pair in re.findall(r"\((\d+)/(\d+)\)", told))
    assert found >= 12, f"{found} of {of}"
    assert all_ - right <= 8
