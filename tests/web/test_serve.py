"""The command `serve`, as people use it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.errors import InputError

SRC = Path(__file__).resolve().parents[2] / "src"


def refused(*args: str) -> str:
    """What is said where the command refuses."""
    result = CliRunner().invoke(app, ["serve", *args])
    assert isinstance(result.exception, InputError)
    return str(result.exception)


def test_help_has_an_example() -> None:
    shown = CliRunner().invoke(app, ["serve", "--help"]).stdout
    assert "standoff serve --db" in shown


def test_a_record_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "there is no record at" in refused("--db", str(tmp_path / "none.db"))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])
def test_other_machines_are_not_served_without_a_login(database: str, host: str) -> None:
    assert "there is no login" in refused("--db", database, "--host", host)


def test_a_port_that_is_taken_is_said(database: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert "choose another port" in refused("--db", database, "--port", port)


def test_it_serves_until_it_is_stopped(database: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(SRC), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "standoff", "serve", "--db", database, "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True) as run:
        try:
            assert run.stdout
            assert run.stderr
            line = run.stdout.readline()
            assert line, run.stderr.read()
            told = json.loads(line)
            with urllib.request.urlopen(told["address"], timeout=60) as answer:
                assert answer.status == 200
                assert "Trade talks" in answer.read().decode()
        finally:
            run.send_signal(signal.SIGINT)
        assert run.wait(timeout=60) == 0
