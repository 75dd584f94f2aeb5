"""Users, sessions, and what nobody may do without them; forms of other sites."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response
from serving import ADDRESS, ROOT, person
from typer.testing import CliRunner

from standoff.cli import app as commands
from standoff.errors import InputError
from standoff.web import users
from standoff.web.app import create_app
from standoff.web.posted import local
from standoff.web.routes import ROUTERS
from standoff.web.sessions import IDLE, LONGEST, WINDOW, Doors
from standoff.web.settings import Settings
from standoff.web.users import Users

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "seven grey harbour seals"
OURS = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing as quick as it can be: how slow it is for those who guess is the library's affair."""
    monkeypatch.setattr(users, "PasswordHasher", lambda: QUICK)


@pytest.fixture
def auth(tmp_path: Path) -> Path:
    path = tmp_path / "users.json"
    users.add(path, "ana", PASSWORD, hasher=QUICK)
    return path


@pytest.fixture
def client(own: str, auth: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(records=(own,), auth=str(auth), wait_seconds=60)), base_url=ADDRESS) as asks:
        yield asks


def token(text: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', text)
    assert found
    return found[1]


def log_in(client: TestClient, name: str = "ana", password: str = PASSWORD, **more: str) -> Response:
    form = {"token": token(client.get("/login").text), "name": name, "password": password, **more}
    return client.post("/login", data=form, headers=OURS, follow_redirects=False)


# -- users --------------------------------------------------------------------------------------------------------


def test_the_file_of_users_is_for_its_owner_alone_and_has_no_password(auth: Path) -> None:
    assert stat.S_IMODE(auth.stat().st_mode) == 0o600
    assert PASSWORD not in auth.read_text()
    assert json.loads(auth.read_text())["users"]["ana"]["password"].startswith("$argon2id$")
    os.chmod(auth, 0o640)
    with pytest.raises(InputError, match="chmod 600"):
        Users(auth)


def test_users_come_and_go(auth: Path) -> None:
    known = Users(auth, QUICK)
    assert known.checked(" ana ", PASSWORD)
    assert not known.checked("ana", PASSWORD + " ")
    assert not known.checked("bo", PASSWORD)
    with pytest.raises(InputError, match="a user already"):
        users.add(auth, "ana", PASSWORD)
    users.add(auth, "ana", "another long password", replace=True, hasher=QUICK)
    assert not known.checked("ana", PASSWORD)
    users.add(auth, "Jose\u0301", PASSWORD, hasher=QUICK)
    assert known.checked("José", PASSWORD)
    users.remove(auth, "ana")
    assert sorted(known.hashes()) == ["José"]
    with pytest.raises(InputError, match="no user"):
        users.remove(auth, "ana")


@pytest.mark.parametrize(
    ("name", "password"),
    [("", PASSWORD), ("a\x07", PASSWORD), ("x" * 65, PASSWORD), ("bo", "short"), ("bo", "x" * 1025)],
)
def test_odd_names_and_short_passwords_are_refused(auth: Path, name: str, password: str) -> None:
    with pytest.raises(InputError):
        users.add(auth, name, password)


def test_a_file_that_is_none_is_said(tmp_path: Path) -> None:
    path = tmp_path / "users.json"
    with pytest.raises(InputError, match="user add"):
        Users(path)
    for text in ("", "[]", '{"users": []}', '{"users": {"a": 1}}'):
        path.write_text(text)
        path.chmod(0o600)
        with pytest.raises(InputError, match="no file of users"):
            Users(path)


def test_the_commands(tmp_path: Path) -> None:
    path = str(tmp_path / "users.json")
    made = CliRunner().invoke(
        commands, ["user", "add", "bo", "--auth", path, "--password-stdin"], input=PASSWORD + "\n"
    )
    assert made.exit_code == 0
    assert json.loads(CliRunner().invoke(commands, ["user", "list", "--auth", path, "--json"]).stdout) == ["bo"]
    assert CliRunner().invoke(commands, ["user", "remove", "bo", "--auth", path]).exit_code == 0
    asked = CliRunner().invoke(commands, ["user", "add", "bo", "--auth", path])
    assert isinstance(asked.exception, InputError)


# -- sessions -----------------------------------------------------------------------------------------------------


def test_nothing_is_to_be_seen_without_a_session(client: TestClient) -> None:
    paths = {"/", "/openapi.json", ROOT, *(ROOT + p for p in ("review", "reports", "search", "cite/m-1?format=text"))}
    for path in sorted(paths):
        page = client.get(path, headers={"Accept": "text/html"}, follow_redirects=False)
        assert (page.status_code, page.headers.get("location", "")[:10]) in ((303, "/login?to="), (401, "")), path
        assert client.get(path, headers={"Accept": "application/json"}).status_code == 401, path
    assert client.post(f"{ROOT}review/record/m-1", data={}, headers=OURS).status_code == 401
    assert client.get("/static/app.css").status_code == 200
    login = client.get(ROOT, headers={"Accept": "text/html"})
    assert str(login.url).endswith("/login?to=" + ROOT.replace("/", "%2F"))
    assert "us-china" not in login.text.replace(ROOT, "")


def test_who_logs_in_reads_decides_and_leaves(client: TestClient) -> None:
    answer = log_in(client, to=f"{ROOT}review")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ROOT}review")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie  # http on this machine
    page = client.get(f"{ROOT}review")
    assert page.headers["cache-control"] == "private, no-cache"
    assert "<bdi>ana</bdi>" in page.text
    record = client.get(f"{ROOT}review?format=json").json()["rows"][0]["id"]
    form = {"token": token(page.text), "action": "accept"}
    assert (
        client.post(f"{ROOT}review/record/{record}", data=form, headers=OURS, follow_redirects=False).status_code == 303
    )
    assert client.get(f"{ROOT}review/history?format=json").json()["rows"][0]["who"] == "ana"
    old = dict(client.cookies)
    assert (
        client.post("/logout", data={"token": token(page.text)}, headers=OURS, follow_redirects=False).status_code
        == 303
    )
    client.cookies.update(old)  # a cookie that was kept opens nothing
    assert client.get(f"{ROOT}review?format=json").status_code == 401


def test_over_https_the_cookie_is_secure(own: str, auth: Path) -> None:
    app = create_app(Settings(records=(own,), auth=str(auth), names=("talks.example.org",)))
    with TestClient(app, base_url="https://talks.example.org") as client:
        form = {"token": token(client.get("/login").text), "name": "ana", "password": PASSWORD, "to": "//evil.example"}
        answer = client.post("/login", data=form, follow_redirects=False)
        assert "Secure" in answer.headers["set-cookie"]
        assert answer.headers["location"] == "/"


def test_a_wrong_password_says_nothing_of_the_name_and_tries_are_counted(client: TestClient) -> None:
    told = {log_in(client, name, "wrong password here").text.count("do not fit") for name in ("ana", "nobody")}
    assert told == {1}
    for _ in range(4):
        assert log_in(client, password="wrong again and again").status_code == 401
    barred = log_in(client)
    assert barred.status_code == 429
    assert 0 < int(barred.headers["retry-after"]) <= WINDOW
    assert log_in(client, "nobody", "wrong").status_code == 401  # others are not barred yet
    for _ in range(20):
        last = log_in(client, f"guess {_}", "wrong")
    assert last.status_code == 429  # but one address may not go on for ever


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_sessions_end(auth: Path) -> None:
    clock = Clock()
    doors = Doors(Users(auth, QUICK), clock)

    def opened() -> str:
        found = doors.log_in("ana", PASSWORD, "here")
        assert found
        return found

    idle = opened()
    clock.now += IDLE + 1
    assert doors.session(idle) is None
    busy = opened()
    for _ in range(0, LONGEST + 1, IDLE // 2):
        clock.now += IDLE // 2
        doors.session(busy)
    assert doors.session(busy) is None
    one = opened()
    users.add(auth, "ana", "another long password", replace=True, hasher=QUICK)
    assert doors.session(one) is None
    for _ in range(5):
        assert doors.log_in("ana", "wrong", "here") is None
    assert doors.wait("ana", "here") == WINDOW
    assert doors.wait("ana", "elsewhere") == 0
    clock.now += WINDOW + 1
    assert doors.wait("ana", "here") == 0
    assert doors.session("made up") is None


def test_who_is_taken_out_is_out_at_once(client: TestClient, auth: Path) -> None:
    log_in(client)
    assert client.get(f"{ROOT}review?format=json").status_code == 200
    users.remove(auth, "ana")
    assert client.get(f"{ROOT}review?format=json").status_code == 401
    auth.unlink()
    log = client.get("/login")
    assert log.status_code == 200


def test_without_users_there_is_no_login(own: str) -> None:
    with person(own) as ana:
        assert ana.client.get("/login").status_code == 404


# -- forms of other sites -----------------------------------------------------------------------------------------

POSTS = sorted({r.path for router in ROUTERS for r in router.routes if isinstance(r, APIRoute) and "POST" in r.methods})


def test_every_form_that_there_is_is_tried_below() -> None:
    assert len(POSTS) == 8
    assert "/n/{slug}/review/record/{id}" in POSTS


@pytest.mark.parametrize("path", POSTS)
def test_no_form_goes_through_without_its_token_or_from_elsewhere(own: str, path: str) -> None:
    with person(own) as ana:
        move = ana.rows("review?type=move")[0]
        there = {"record": move["id"], "report": move["report"], "decision": "v-1"}
        kind = path.split("/")[4] if path.count("/") > 3 else ""
        where = path.replace("{slug}", "us-china-trade").replace("{id}", there.get(kind, ""))
        fields = {"action": "accept", "mention": "x", "stands_for": "US", "class": "move"}
        good = {"token": ana.token(), **fields}

        def sent(data: dict[str, str], **headers: str) -> int:
            code: int = ana.client.post(where, data=data, headers=headers, follow_redirects=False).status_code
            return code

        assert sent(fields, **OURS) == 403
        assert sent({"token": "x" * 64, **fields}, **OURS) == 403
        assert sent(good, **{"Sec-Fetch-Site": "cross-site"}) == 403
        assert sent(good, **{"Sec-Fetch-Site": "same-site"}) == 403
        assert sent(good, Origin="http://evil.example") == 403
        assert sent(good, Origin="null") == 403
        assert sent(good, Origin=ADDRESS, Host="evil.example") == 421
        assert ana.client.post(where, json=good, headers=OURS).status_code == 415
        assert sent({**good, "note": "x" * 100_001}, **OURS) == 413
        assert ana.rows("review/history") == []


def test_a_token_is_of_one_session(client: TestClient) -> None:
    log_in(client)
    mine = token(client.get(f"{ROOT}review").text)
    client.cookies.clear()
    log_in(client)
    record = client.get(f"{ROOT}review?format=json").json()["rows"][0]["id"]
    answer = client.post(f"{ROOT}review/record/{record}", data={"token": mine, "action": "accept"}, headers=OURS)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example", "x", "", "/a\nb"]
)
def test_only_addresses_of_this_server_are_gone_to(address: str) -> None:
    assert local(address) is None


def test_a_path_is_gone_to() -> None:
    assert local("/n/x/review?a=1#b") == "/n/x/review?a=1#b"


# -- the command --------------------------------------------------------------------------------------------------


def refused(*args: Any) -> str:
    result = CliRunner().invoke(commands, ["serve", *map(str, args)])
    assert isinstance(result.exception, InputError)
    return str(result.exception)


def test_other_machines_are_served_only_with_a_login_and_under_a_name(database: str, auth: Path) -> None:
    assert "there is no login" in refused("--db", database, "--host", "0.0.0.0")
    assert "--name" in refused("--db", database, "--host", "0.0.0.0", "--auth", auth)
    assert "leave --who out" in refused("--db", database, "--auth", auth, "--who", "bo")
    auth.chmod(0o644)
    assert "chmod 600" in refused("--db", database, "--auth", auth)
