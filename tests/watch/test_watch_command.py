"""`standoff watch` and `standoff ingest URL` as people use them, and a program that is really killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner
from watch_site import Answer, Site, article

from standoff.cli import app, main
from standoff.store import Store

START = 300.0
"""Seconds for a program to start and read a page. Alone it takes five; beside four others on two cores, over sixty."""

OFFER = "<p>China offered to buy more soybeans if the United States lifts its tariffs, a Chinese spokesman said.</p>"


@pytest.fixture
def feeds(site: Site, tmp_path: Path) -> Path:
    for town in ("Bern", "Oslo"):
        site.pages[f"/{town}"] = Answer(article(town, OFFER))
    site.feed("/Bern", "/Oslo")
    path = tmp_path / "FEEDS.yaml"
    words = f"pack: us-china-trade\npause: 0s\nsources:\n- feed: {site.url('/feed')}\n  outlet: Lake Courier\n"
    path.write_text(words, encoding="utf-8")
    return path


def watch(feeds: Path, *more: str, code: int = 0) -> Any:
    db = str(feeds.with_name("talks.db"))
    result = CliRunner().invoke(app, ["watch", str(feeds), "--once", "--db", db, "--allow-private", "--json", *more])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_new_reports_are_read_and_told_everywhere(site: Site, feeds: Path) -> None:
    site.pages["/hook"] = Answer()
    atom = feeds.with_name("talks.atom")
    options = ("--atom", str(atom), "--webhook", site.url("/hook"))
    told = watch(feeds, *options)
    assert [event["kind"] for event in told["events"]] == ["new", "new"]
    assert told["events"][0]["records"]["move"] >= 1
    assert "offered to buy more soybeans" in told["events"][0]["moves"][0]["quote"]
    assert atom.read_text(encoding="utf-8").count("<entry>") == 2
    assert [len(json.loads(body)["events"]) for body in site.posted] == [2]
    assert watch(feeds, *options)["events"] == []
    assert len(site.posted) == 1
    with Store.open(feeds.with_name("talks.db")) as store:
        assert store.counts()["report"] == 2
        assert store.counts()["relation"] >= 1  # who copied whom is settled too


def test_trouble_is_told_by_the_exit_code(site: Site, feeds: Path) -> None:
    site.pages["/Oslo"] = Answer(status=500)
    told = watch(feeds, code=1)
    assert [event["kind"] for event in told["events"]] == ["new", "trouble"]


def test_what_people_see(site: Site, feeds: Path) -> None:
    site.pages["/Oslo"] = Answer(status=410)
    db = str(feeds.with_name("talks.db"))
    result = CliRunner().invoke(app, ["watch", str(feeds), "--once", "--db", db, "--allow-private"])
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0].startswith("new Lake Courier: Talks in Bern · ")
    assert lines[1].startswith("gone 127.0.0.1: the host answers 410; it was never read · ")
    assert "1 reports read" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("sources:\n- fed: x\n", "line 2: sources[1].fed: unknown key 'fed'"),
        ("sources:\n- folder: .\n", "say which pack to read with"),
    ],
)
def test_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    (tmp_path / "FEEDS.yaml").write_text(words, encoding="utf-8")
    db = str(tmp_path / "r.db")
    monkeypatch.setattr(sys, "argv", ["standoff", "watch", str(tmp_path / "FEEDS.yaml"), "--once", "--db", db])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert told in " ".join(capsys.readouterr().err.split())


@pytest.mark.usefixtures("public_loopback")
def test_ingest_an_address(site: Site, tmp_path: Path) -> None:
    site.pages["/Bern"] = Answer(article("Bern", OFFER))
    db = str(tmp_path / "talks.db")
    command = ["ingest", site.url("/Bern"), site.url("/Bern", "127.0.0.2"), "--db", db, "--pack", "us-china-trade"]
    result = CliRunner().invoke(app, [*command, "--json"])
    assert result.exit_code == 1
    run = json.loads(result.stdout)
    assert run["added"] == ["127.0.0.1 Bern"]
    (skipped,) = run["skipped"]
    assert "127.0.0.2, a private address, which is fetched only where allowed (--allow-private)" in skipped["reason"]


@pytest.mark.parametrize("command", ["ingest", "brief", "annotate"])
def test_an_address_of_a_private_network_is_read_where_that_is_allowed(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    site.pages["/Bern"] = Answer(article("Bern", OFFER))
    where = [] if command == "annotate" else ["--db", "talks.db"]
    asked = [command, site.url("/Bern"), "--pack", "us-china-trade", *where, "--json"]
    refused = CliRunner().invoke(app, asked)
    assert refused.exit_code == 1
    assert "(--allow-private)" in json.loads(refused.stdout)["skipped"][0]["reason"]
    allowed = CliRunner().invoke(app, [*asked, "--allow-private"])
    assert allowed.exit_code == 0, allowed.output
    assert json.loads(allowed.stdout)["added"] == ["127.0.0.1 Bern"]


def test_killed_in_the_middle_and_started_again(site: Site, feeds: Path) -> None:
    """SIGKILL while the second page is being fetched: the first is there, the second comes, each is told once."""
    site.pages["/Oslo"] = Answer(article("Oslo"), slowly=0.5)
    db = feeds.with_name("talks.db")
    command = [sys.executable, "-m", "standoff", "watch", str(feeds), "--once", "--db", str(db), "--allow-private"]
    with (said := feeds.with_name("said.txt")).open("wb") as told:
        program = subprocess.Popen(command, stdout=told, stderr=told, env=os.environ)
        try:
            give_up = time.monotonic() + START
            while "/Oslo" not in site.paths() and program.poll() is None and time.monotonic() < give_up:
                time.sleep(0.02)
        finally:
            program.send_signal(signal.SIGKILL)
            program.wait()
    assert "/Oslo" in site.paths(), (program.returncode, said.read_text(encoding="utf-8"))
    site.pages["/Oslo"] = Answer(article("Oslo"))
    told = watch(feeds)
    assert [(event["kind"], event["title"]) for event in told["events"]] == [("new", "Talks in Oslo")]
    with Store.open(db) as store:
        assert sorted(report.title or "" for report in store.reports()) == ["Talks in Bern", "Talks in Oslo"]
        assert store.untraced() == ()
    atom = feeds.with_name("talks.atom")
    assert watch(feeds, "--atom", str(atom))["events"] == []
    assert atom.read_text(encoding="utf-8").count("<entry>") == 2
