"""The commands `review ...` as people use them, on the example reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from standoff import pipeline
from standoff.cli import app

FILES, META = pipeline.examples_of("us-china-trade")
TWO = [f for f in FILES if "2025-03" in f]
COMMANDS = "list show accept reject correct add name retract reinstate withdraw history export".split()


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("db") / "talks.db"
    result = CliRunner().invoke(
        app, ["ingest", *TWO, "--meta", str(META), "--db", str(path), "--pack", "us-china-trade"]
    )
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def run(read: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a review command on a record of its own."""
    db = tmp_path / "talks.db"
    db.write_bytes(read.read_bytes())
    monkeypatch.setenv("LOGNAME", "reader")

    def invoke(*args: str) -> Result:
        return CliRunner().invoke(app, ["review", *args, "--db", str(db)])

    return invoke


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    shown = CliRunner().invoke(app, ["review", command, "--help"]).stdout
    assert "Example" in shown
    assert "--json" in shown


def test_a_session_of_review(run: Callable[..., Result], tmp_path: Path) -> None:
    queue = told(run("list", "--limit", "5", "--class", "move", "--json"))
    assert [item["doubt"] for item in queue] == sorted((item["doubt"] for item in queue), reverse=True)
    assert all(item["type"] == "move" and item["explanation"].startswith("confidence ") for item in queue)
    first, second = queue[0]["id"], queue[1]["id"]
    assert told(run("reject", first[:9], "--note", "not said", "--json"))["who"] == "reader"
    correction = told(
        run("correct", second[:9], "--set", "issue=talks", "--set", "deadline=2025-06", "--who", "ana", "--json")
    )
    assert correction["who"] == "ana"
    shown = told(run("show", second[:9], "--json"))
    assert shown["machine"]["id"] == second
    assert (shown["stands"]["fields"]["issue"], shown["stands"]["fields"]["deadline"]) == ("talks", "2025-06")
    assert shown["decided"]["action"] == "correct"
    left = told(run("list", "--limit", "1000", "--class", "move", "--json"))
    assert {first, second, shown["id"]}.isdisjoint(item["id"] for item in left)
    assert told(run("withdraw", correction["decision"][:9], "--json"))["action"] == "withdraw"
    history = told(run("history", "--json"))
    assert [(d["action"], d["withdrawn_by"] is None) for d in history] == [
        ("reject", True),
        ("correct", False),
        ("withdraw", True),
    ]
    reports = sorted({f"{d['report']}.json" for d in history})
    assert sorted(told(run("export", "-o", str(tmp_path / "gold"), "--json"))["written"]) == reports
    assert told(run("history", history[0]["report"], "--unheld", "--json")) == []


def test_reports_names_and_additions(run: Callable[..., Result], tmp_path: Path) -> None:
    name = Path(TWO[0]).stem
    words = Path(TWO[0]).read_text(encoding="utf-8").split(".")[0].split("\n")[-1][-40:].strip()
    fields = ["type=demand", "by=CN", "to=us", "issue=talks", "what=to meet"]
    done = told(
        run("add", name, "--class", "move", "--quote", words, *[p for f in fields for p in ("--set", f)], "--json")
    )
    assert done["report"] == name
    mine = [i for i in told(run("list", "--decided", "--limit", "1000", "--json")) if i["rule"] == "review/add@1"]
    assert [(i["fields"]["by"], i["fields"]["to"], i["evidence"][0]["quote"]) for i in mine] == [("CN", "US", words)]
    assert told(run("retract", name, "--json"))["action"] == "retract"
    assert {i["report"] for i in told(run("list", "--limit", "1000", "--json"))} == {Path(TWO[1]).stem}
    assert told(run("reinstate", name, "--json"))["action"] == "reinstate"
    out = told(run("export", "-o", str(tmp_path / "gold"), "--texts", "--json"))
    assert out["written"] == [f"{name}.json"]
    assert (tmp_path / "gold" / f"{name}.txt").read_text(encoding="utf-8") == Path(TWO[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["show", "m-none"], "no record 'm-none'"),
        (["list", "--class", "rumour"], "no class of records is called 'rumour'"),
        (["correct", "m-none", "--set", "issue"], "give a field and its value"),
        (["withdraw", "v-none"], "no decision 'v-none'"),
    ],
)
def test_wrong_use_says_what_to_do(run: Callable[..., Result], args: list[str], said: str) -> None:
    result = run(*args)
    assert result.exit_code != 0
    assert said in str(result.exception)
