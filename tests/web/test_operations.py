"""Health, metrics, logs and an orderly end."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import logging
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from standoff.errors import StoreError
from standoff.web import users
from standoff.web.app import create_app
from standoff.web.logged import JsonLines, log_json
from standoff.web.measured import Meter
from standoff.web.settings import Settings

SRC = Path(__file__).resolve().parents[2] / "src"
ADDRESS = "http://127.0.0.1:8642"
SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+')


def local(app: Any) -> TestClient:
    return TestClient(app, base_url=ADDRESS, client=("127.0.0.1", 50000), raise_server_exceptions=False)


@pytest.fixture
def asks(database: str) -> Iterator[TestClient]:
    with local(create_app(Settings(records=(database,), wait_seconds=60))) as client:
        assert client.get("/n/us-china-trade/").status_code == 200
        yield client


def test_health_says_whether_the_records_can_be_read_and_no_more(asks: TestClient) -> None:
    answer = asks.get("/healthz", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    desk = asks.app.state.desks["us-china-trade"]  # type: ignore[attr-defined]
    desk.opened.store.revision, kept = _failing, desk.opened.store.revision
    try:
        answer = asks.get("/healthz")
        assert answer.status_code == 503
        assert "secret" not in answer.text
    finally:
        desk.opened.store.revision = kept


def _failing() -> int:
    raise StoreError("secret place: the database does not answer")


def test_metrics_are_lines_that_prometheus_reads(asks: TestClient) -> None:
    asks.get("/n/us-china-trade/measures?q=words+of+an+analyst")
    asks.get("/n/none/measures")
    asks.get("/static/app.css")
    asks.request("BREW", "/no/such/page")
    answer = asks.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert all(SAMPLE.fullmatch(line) for line in samples)
    assert 'standoff_requests_total{method="GET",route="/n/{slug}/measures",status="200"} 1' in samples
    assert 'standoff_requests_total{method="GET",route="/n/{slug}/measures",status="404"} 1' in samples
    assert 'standoff_requests_total{method="other",route="other",status="404"} 1' in samples
    assert 'standoff_record_ready{record="us-china-trade"} 1' in samples
    assert 'standoff_record_reports{record="us-china-trade"} 11' in samples
    assert "analyst" not in answer.text


def test_metrics_are_for_this_machine_alone(asks: TestClient, database: str) -> None:
    assert asks.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert asks.get("/metrics", headers={"Host": "evil.example"}).status_code == 421
    app = create_app(Settings(records=(database,), wait_seconds=60))
    with TestClient(app, base_url=ADDRESS, client=("192.0.2.7", 50000)) as stranger:
        assert stranger.get("/metrics").status_code == 404


def test_buckets_hold_all_that_was_as_fast_or_faster() -> None:
    meter = Meter()
    for seconds in (0.001, 0.02, 0.02, 40.0):
        meter.add("GET", '/a"b\\', 200, seconds)
    lines = list(meter.lines())
    told = [line.rpartition(" ")[2] for line in lines if "_bucket" in line]
    assert told == ["1", "1", "3", *["3"] * 8, "4"]
    assert 'standoff_request_duration_seconds_sum{route="/a\\"b\\\\"} 40.041' in lines


@contextlib.contextmanager
def logged() -> Iterator[io.StringIO]:
    root, told = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    for handler in before:  # `force` would close those of pytest
        root.removeHandler(handler)
    try:
        log_json(told)
        yield told
    finally:
        root.handlers[:] = before
        root.setLevel(level)


def test_no_secret_and_no_query_is_logged(database: str, tmp_path: Path) -> None:
    auth, password = tmp_path / "users.json", "correct horse battery"
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    users.add(auth, "ana", password, hasher=quick)
    with logged() as told, local(create_app(Settings(records=(database,), wait_seconds=60, auth=str(auth)))) as asks:
        page = asks.get("/login")
        token = re.search(r'name="token" value="([^"]+)"', page.text)
        form = {"name": "ana", "token": token[1] if token else ""}
        origin = {"Origin": ADDRESS}
        asks.post("/login", data={**form, "password": "wrong horse battery"}, headers=origin)
        answer = asks.post("/login", data={**form, "password": password}, headers=origin, follow_redirects=False)
        asks.get("/n/us-china-trade/search?q=hush+hush")
        cookies = [value for _, value in asks.cookies.items()]
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert answer.status_code == 303
    assert cookies
    assert {"/login", "/n/{slug}/search"} <= {line.get("route") for line in lines}
    for secret in (
        password,
        "wrong horse",
        "hush",
        *cookies,
        form["token"],
        next(iter(users.Users(auth).hashes().values())),
    ):
        assert secret not in told.getvalue()


def test_a_line_of_log_is_one_line() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 1, 'began\n{"level": "info"}', None, sys.exc_info())
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["exception"].startswith("Traceback")


def answered(port: int) -> None:
    """Wait until the server is there; it may say that it is not ready."""
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60).close()


def test_what_was_asked_before_the_end_is_answered(database: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(SRC), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "standoff", "serve", "--db", database, "--port", "0", "--json", "--log", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True) as run:
        try:
            assert run.stdout
            port = int(json.loads(run.stdout.readline())["address"].rsplit(":", 1)[1].strip("/"))
            answered(port)
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/n/us-china-trade/")  # waits for the record, which is read only now
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/app.css", timeout=60):
                pass  # what was asked before has come in
            run.send_signal(signal.SIGTERM)
            answer = connection.getresponse()
            assert (answer.status, b"</html>" in answer.read()) == (200, True)
            connection.close()
        finally:
            run.send_signal(signal.SIGTERM)
        _, said = run.communicate(timeout=60)
        assert run.returncode == 0
    lines = [json.loads(line) for line in said.splitlines()]
    assert lines[0]["event"] == "serving"
    assert [line["status"] for line in lines if line.get("route") == "/n/{slug}/"] == [200]
