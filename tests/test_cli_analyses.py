"""The commands that draw conclusions, as people use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from standoff import pipeline
from standoff.cli import app
from standoff.errors import InputError

FILES, META = pipeline.examples_of("us-china-trade")
QUESTIONS = {
    "state": ["as_of", "explanation", "positions"],
    "changes": ["since", "until", "changes", "explanation"],
    "history": ["histories"],
    "deadlock": ["acts", "arrows", "circles", "disputed", "answers", "explanation"],
    "conflicts": ["conflicts"],
    "corroborate": ["facts"],
    "promises": ["demands", "promises"],
    "tariffs": ["note", "stacking", "paths", "threats", "averages", "dates_differ", "figures"],
    "date": ["reports"],
}


@pytest.fixture
def run(examples: str) -> Callable[..., Result]:
    return lambda *args: CliRunner().invoke(app, [*args, "--db", examples], env={"COLUMNS": "200"})


@pytest.fixture
def ask(run: Callable[..., Result]) -> Callable[..., Any]:
    """The answer of a command as JSON, which stands alone on standard output."""
    return lambda *args: json.loads(run(*args, "--json").stdout)


def spans(value: Any) -> list[dict[str, Any]]:
    """Every piece of evidence in an answer."""
    if isinstance(value, dict):
        own = [value] if {"report", "span"} <= set(value) else []
        return own + [piece for inner in value.values() for piece in spans(inner)]
    return [piece for inner in value for piece in spans(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("command", QUESTIONS)
def test_json_has_its_keys_and_evidence_in_the_texts(ask: Callable[..., Any], command: str) -> None:
    texts = {Path(f).stem: Path(f).read_text(encoding="utf-8") for f in FILES}
    found = ask(command)
    assert list(found) == QUESTIONS[command]
    assert bool(spans(found)) == (command != "date")
    for piece in spans(found):
        start, end = piece["span"]
        assert texts[piece["report"]][start:end].strip()


@pytest.mark.parametrize("command", QUESTIONS)
def test_what_people_read(run: Callable[..., Result], command: str) -> None:
    result = run(command)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()
    assert "Traceback" not in result.output
    if command != "date":
        assert any(Path(f).stem[:12] in result.stdout for f in FILES), "what it rests on is named"


@pytest.mark.parametrize("command", [*QUESTIONS, "readouts"])
def test_help_has_an_example(run: Callable[..., Result], command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "160"}).stdout
    assert f"standoff {command}" in shown
    assert "--json" in shown


def test_two_clocks(ask: Callable[..., Any]) -> None:
    def reports(*args: str) -> set[str]:
        return {piece["report"][:7] for piece in spans(ask("state", *args))}

    assert reports("--as-of", "2018-05-31") == {"2018-05"}
    assert reports("--known-at", "2019-07-31") == {"2018-05", "2019-07"}
    assert "2025-08" not in reports("--as-of", "2025-08-31", "--known-at", "2025-03-31")


def test_positions_name_party_kind_issue_and_evidence(ask: Callable[..., Any]) -> None:
    for position in ask("state", "--as-of", "2025-03-31")["positions"]:
        assert {"party", "kind", "issue", "what", "evidence"} <= set(position)
        assert position["evidence"]


def test_changes_since_the_day_before_the_newest_reports(ask: Callable[..., Any]) -> None:
    found = ask("changes")
    assert (found["since"], found["until"]) == ("2025-08-27", "2025-08-28")
    assert any(c["kind"] == "new" and "200%" in c["what"] for c in found["changes"])
    assert ask("changes", "--since", "2025-08-28")["changes"] == []


def test_all_reports_came_into_this_record_on_one_day(run: Callable[..., Result]) -> None:
    result = run("changes", "--recorded")
    assert isinstance(result.exception, InputError)
    assert "--since" in str(result.exception)
    assert run("changes", "--recorded", "--since", "2018-01-01").exit_code == 0


def test_whether_the_demands_were_clear_turns_on_the_account(ask: Callable[..., Any]) -> None:
    by_us, by_china = (ask("deadlock", "--as-of", "2025-03-31", "--account", side)["answers"] for side in ("US", "CN"))
    assert {a["account"] for a in by_us} == {"US"}
    assert all(a["blocked"] == [] for a in by_us)
    assert any(a["blocked"] for a in by_china)


def test_an_old_condition_counts_only_when_asked_for(ask: Callable[..., Any]) -> None:
    def told(*args: str) -> set[str]:
        return {piece["report"][:4] for piece in spans(ask("deadlock", *args))}

    assert told() == {"2025"}
    assert "2018" in told("--since", "2018-01-01")


def test_conflicts_have_two_sides(ask: Callable[..., Any]) -> None:
    for conflict in ask("conflicts")["conflicts"]:
        assert conflict["a"]["span"] != conflict["b"]["span"] or conflict["a"]["report"] != conflict["b"]["report"]
        assert conflict["about"]


def test_a_copy_never_adds_an_origin(ask: Callable[..., Any]) -> None:
    for fact in ask("corroborate", "--kind", "move")["facts"]:
        assert fact["type"] == "move"
        if set(fact["reports"]) <= {"2019-07-after-osaka", "2019-07-after-osaka-spun"}:
            assert len(fact["origins"]) == 1


def test_two_reports_beside_each_other(ask: Callable[..., Any], run: Callable[..., Result]) -> None:
    found = ask("readouts", "2025-03-fentanyl-t", "2025-03-fentanyl-d")
    assert found["reports"] == ["2025-03-fentanyl-tariffs", "2025-03-fentanyl-demands"]
    assert {c["verdict"] for c in found["compared"]} <= {"agreed", "one-sided", "contradicted"}
    assert found["compared"]
    for a, b, said in (
        ("nothing", "2018-05-p", "no report"),
        ("2018", "2019", "2 reports"),
        ("2018-05-p", "2018-05-p", "one report"),
    ):
        assert said in str(run("readouts", a, b).exception)


def test_a_threat_is_no_rate_in_force(ask: Callable[..., Any]) -> None:
    found = ask("tariffs")
    assert 200 in [t["rate_percent"] for t in found["threats"]]
    assert all(step["rate_percent"] < 200 for path in found["paths"] for step in path["steps"])


def test_averages_by_the_weights_given(ask: Callable[..., Any], run: Callable[..., Result], tmp_path: Path) -> None:
    weights = tmp_path / "weights.csv"
    weights.write_text('by,on,goods,weight\nUS,CN,toys,100\nUS,CN,"toys, other",oats\n', encoding="utf-8")
    result = run("tariffs", "--weights", str(weights))
    assert "line 3: 'oats' is no number" in str(result.exception)
    weights.write_text("by,on,goods,weight\nUS,CN,toys,100\n", encoding="utf-8")
    assert all(a["coverage"] == 1 for a in ask("tariffs", "--weights", str(weights))["averages"])
    assert "No such file" in str(run("tariffs", "--weights", str(tmp_path / "none.csv")).exception)


def test_no_such_side(run: Callable[..., Result]) -> None:
    assert "its sides are US, CN" in str(run("deadlock", "--account", "FR").exception)


def test_a_date_that_the_user_sets_moves_last_week(tmp_path: Path) -> None:
    db, report = str(tmp_path / "one.db"), tmp_path / "undated.txt"
    report.write_text(
        "China’s commerce minister said on Monday that Beijing would lower its tariff on American soybeans if the "
        "United States lifted its tariffs. U.S. Treasury Secretary Scott Bessent held a call with China’s Vice Premier "
        "He Lifeng last week.\n",
        encoding="utf-8",
    )

    def ask(*args: str) -> Any:
        return json.loads(CliRunner().invoke(app, [*args, "--db", db, "--json"]).stdout)

    ask("ingest", str(report), "--pack", "us-china-trade")
    (placed,) = ask("date")["reports"]
    assert placed["day"] is None
    assert placed["when"] == "2025-01-28/..", "the Treasury Secretary is named with his office"
    called = []
    for day in ("2025-03-12", "2025-04-16"):
        assert ask("date", "undated", day) == {"report": "undated", "day": day, "changed": True}
        target = tmp_path / "record.jsonl"
        CliRunner().invoke(app, ["export", "--db", db, "-o", str(target)])
        records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
        called += [r["date"].split()[0] for r in records if r["type"] == "contact" and r["kind"] == "call"]
    assert called == ["2025-03-03/2025-03-09", "2025-04-07/2025-04-13"]
    assert ask("date")["reports"] == []
    assert ask("date", "undated", "2025-04-16")["changed"] is False
