"""The application served for tests, and somebody who decides: forms as a browser sends them, and what is in them."""

from __future__ import annotations

import re
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import uvicorn
from fastapi.testclient import TestClient
from httpx2 import Response

from standoff.web.app import create_app
from standoff.web.settings import Settings

ADDRESS = "http://127.0.0.1:8642"
SLUG = "us-china-trade"
ROOT = f"/n/{SLUG}/"


class Person:
    """Somebody with a browser: asks for pages, and sends forms with the token of the page before."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def page(self, path: str) -> str:
        answer = self.client.get(path if path.startswith("/") else ROOT + path)
        assert answer.status_code == 200, (path, answer.text[:400])
        return answer.text

    def rows(self, path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.get(
            ROOT + path + ("&" if "?" in path else "?") + "format=json"
        ).json()["rows"]
        return found

    def token(self) -> str:
        found = re.search(r'name="token" value="(\w+)"', self.page("review"))
        assert found
        return found[1]

    def send(self, path: str, **fields: str) -> Response:
        """Send a form; the answer as it is, before any redirect is followed."""
        headers = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
        fields = {"token": self.token(), **fields}
        return self.client.post(ROOT + path, data=fields, headers=headers, follow_redirects=False)

    def done(self, path: str, **fields: str) -> str:
        """Send a form that must go through; the page that it leads to."""
        answer = self.send(path, **fields)
        assert answer.status_code == 303, answer.text[-1500:]
        return self.page(answer.headers["location"])

    def form(self, path: str) -> dict[str, str]:
        """The fields of the page's last form, as a browser would send them untouched."""
        text = self.page(path).split("<form")[-1]
        found: dict[str, str] = {}
        for tag in re.findall(r"<input [^>]*>", text):
            if 'type="checkbox"' not in tag:
                found[_of(tag, "name")] = _of(tag, "value")
        for name, value in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL):
            found[name] = unescape(value)
        for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
            chosen = re.search(r'<option value="([^"]*)" selected', options)
            found[name] = unescape(chosen[1]) if chosen else ""
        return found


def _of(tag: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


@contextmanager
def person(record: str, **settings: Any) -> Iterator[Person]:
    """Somebody who decides on a record, by the name of ana."""
    app = create_app(Settings(records=(record,), wait_seconds=60, **({"who": "ana"} | settings)))
    with TestClient(app, base_url=ADDRESS) as client:
        yield Person(client)


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The application on a free port of this machine, in a thread; its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(replace(settings, port=listening.getsockname()[1]))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=20)


def copied(database: str, folder: Path) -> str:
    """A copy of a record, to decide on."""
    path = folder / "copied.db"
    with sqlite3.connect(database) as one, sqlite3.connect(path) as two:
        one.backup(two)
    return str(path)
