"""Backup and restore as commands; a record on a server by its address, whose password is never shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postgres_server import PASSWORD, Server

REPORT = (
    "Washington will lift its tariff on Chinese steel to 25 percent on 1 June, the trade minister said on Monday.\n"
)
Run = Callable[..., Any]


@pytest.fixture
def run(program: Run) -> Run:
    def told(*words: str | Path) -> Any:
        ended = program(*words)
        for secret in (PASSWORD, "tell%3Ano", "s3cret"):
            assert secret not in ended.stdout + ended.stderr
        return ended

    return told


def test_a_record_goes_to_a_server_and_back(run: Run, postgres: Server, tmp_path: Path) -> None:
    place = postgres.place()
    (tmp_path / "one.txt").write_text(REPORT, encoding="utf-8")
    done = run("ingest", tmp_path / "one.txt", "--db", place, "--pack", "us-china-trade")
    assert done.code == 0, done.stderr
    asked = run("search", "steel", "--db", place, "--json")
    assert len(json.loads(asked.stdout)) > 0
    kept = run("backup", "-o", tmp_path / "kept.db", "--db", place, "--json")
    assert json.loads(kept.stdout)["counts"]["report"] == 1
    back = run("restore", tmp_path / "kept.db", "--db", tmp_path / "back.db")
    assert "wrote 1 reports" in back.stderr
    assert run("search", "steel", "--db", tmp_path / "back.db", "--json").stdout == asked.stdout
    taken = run("restore", tmp_path / "kept.db", "--db", place)
    assert taken.code == 2
    assert "there is a record already (1 reports); name an empty database" in " ".join(taken.stderr.split())


def test_a_server_that_refuses_is_told_without_the_password(run: Run, postgres: Server, tmp_path: Path) -> None:
    wrong = postgres.address(password="s3cret")
    for command in (["state"], ["serve", "--port", "0"], ["backup", "-o", str(tmp_path / "x.db")]):
        done = run(*command, "--db", wrong)
        assert done.code == 2
        assert "refuses the user or the password" in " ".join(done.stderr.split())
    empty = run("serve", "--port", "0", "--db", postgres.place())
    assert empty.code == 2
    assert "this record is empty" in " ".join(empty.stderr.split())
    assert list(tmp_path.iterdir()) == []
