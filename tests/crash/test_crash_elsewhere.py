"""kill -9 where more than one program is at work: feeds over HTTP, worker processes, Ray, decisions over a web server.

The same is asked as in `test_crash`: nothing lost or doubled, and the next run ends with the record of an undisturbed
one, byte for byte. Few times by default, more with `-m slow`.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from crash_tasks import REPORTS, Task, write_reports
from test_crash import KILLED, SEED, Bench, Killer, Undisturbed, crash, sound, undisturbed

from standoff.model.record import Linkage, Move
from standoff.store import Store

SLUG = "/n/us-china-trade/"


def pages_of(folder: Path) -> dict[str, tuple[str, bytes]]:
    """The reports of a folder as pages, and a feed of them, by path."""
    files, items, found = sorted(folder.iterdir()), "", dict[str, tuple[str, bytes]]()
    for number, file in enumerate(files, 1):
        text = file.read_text(encoding="utf-8").strip()
        html = f"<html lang='en'><head><title>{file.stem}</title></head><body><article><p>{text}</p></article></body></html>"
        found[f"/{file.stem}"] = ("text/html; charset=utf-8", html.encode())
        day = f"Tue, {number:02} May 2029 08:00:00 +0000"
        items += f"<item><title>{file.stem}</title><link>/{file.stem}</link><pubDate>{day}</pubDate></item>"
    feed = f"<rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>"
    return found | {"/feed": ("application/rss+xml", feed.encode())}


@contextmanager
def publishing(folder: Path) -> Iterator[str]:
    """The reports of a folder on a server of this machine; the address of their feed."""
    pages = pages_of(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages.get(self.path, ("text/plain", b""))
            with suppress(OSError):  # who asked may be dead
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/feed"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Reports, in files and on a server, and what reading them makes; each task is added when it is asked for."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "reports").mkdir()
    write_reports(folder / "reports")
    killer = Killer("--web")
    try:
        with publishing(folder / "reports") as address:
            (folder / "feed-address").write_text(address, encoding="utf-8")
            yield Bench(folder, killer, {"ingest": undisturbed(folder, killer, "ingest", None)})
    finally:
        killer.end()


def task_of(place: Bench, name: str) -> Undisturbed:
    """A task as it goes undisturbed; what several processes make is what one makes."""
    if name not in place.tasks:
        begins = place.folder / "ingest.db" if name.startswith("rebuild") else None
        place.tasks[name] = undisturbed(place.folder, place.killer, name, begins)
        if " by " in name:
            assert place.tasks[name].leaves == place.tasks["ingest"].leaves | _noted(place.tasks[name])
    return place.tasks[name]


def _noted(task: Undisturbed) -> dict[str, object]:
    """A rebuild leaves a note that reading does not."""
    return {"notes": task.leaves["notes"]}


def crashes(place: Bench, name: str, at_least: int, first: int = 0) -> None:
    task_of(place, name)
    killed, number = 0, first
    while killed < at_least:
        killed += crash(place, name, number)
        number += 1


def test_watching_feeds(place: Bench) -> None:
    assert [kind for kind, *_ in task_of(place, "feeds").leaves["told"]] == ["new"] * REPORTS
    crashes(place, "feeds", 4)


def test_a_driver_of_processes(place: Bench) -> None:
    crashes(place, "rebuild by processes", 1, 5)  # the fifth is killed once


@pytest.mark.slow
def test_often(place: Bench) -> None:
    for name, often in (("feeds", 100), ("ingest by processes", 15), ("rebuild by processes", 15)):
        crashes(place, name, often, 1000)


@pytest.mark.slow
def test_a_driver_of_ray(place: Bench) -> None:
    pytest.importorskip("ray", reason="Ray is not installed (standoff[ray]): its engine is not tested")
    crashes(place, "ingest by ray", 3)


# -- deciding over a web server ---------------------------------------------------------------------------------------


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """A redirect is an answer."""


class Reviewer:
    """Somebody with a browser, who sends a decision again only if it does not stand after the server is back."""

    def __init__(self, where: Path, port: int, reports: int) -> None:
        self.where, self.address = where, f"http://127.0.0.1:{port}"
        self.opener = build_opener(_Stay())
        with Store.open(where) as store:
            asked = [
                (store.records(Move, r.id)[0].id, store.records(Linkage, r.id)[0].id) for r in store.reports()[:reports]
            ]
        self.asked = [
            (f"decision {n} {action}", id, action)
            for n, ids in enumerate(asked)
            for id, action in zip(ids, ("accept", "reject"), strict=True)
        ]
        self.confirmed: list[str] = []

    def notes(self) -> list[str]:
        with Store.open(self.where) as store:
            return [str(review.note) for review in store.reviews()]

    def decide(self, at: int, then: Callable[[], None]) -> bool:
        """Go on until all is decided (True) or the server is gone; `then` is called before that decision."""
        made = self.notes()
        assert len(set(made)) == len(made)
        assert set(self.confirmed) <= set(made), "what was answered stands"
        try:
            for number, (note, id, action) in enumerate(one for one in self.asked if one[0] not in made):
                if number == at:
                    then()
                self._send(id, action=action, note=note)
                self.confirmed.append(note)
        except (OSError, HTTPException):
            return False
        return True

    def up(self, ended: list[int]) -> None:
        """Wait until the server answers, or has ended."""
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up:
            with suppress(OSError, HTTPException):
                self.opener.open(f"{self.address}/healthz", timeout=60).read()
                return
            if ended:
                return
            time.sleep(0.02)
        pytest.fail("the server does not start")

    def _send(self, id: str, **fields: str) -> None:
        page = self.opener.open(f"{self.address}{SLUG}review/record/{id}", timeout=60).read().decode()
        token = re.search(r'name="token" value="(\w+)"', page)
        assert token
        body = urlencode({"token": token[1], **fields}).encode()
        headers = {"Origin": self.address, "Sec-Fetch-Site": "same-origin"}
        with pytest.raises(HTTPError) as answer:
            self.opener.open(Request(f"{self.address}{SLUG}review/record/{id}", body, headers), timeout=60)
        assert answer.value.code == 303, "a decision is answered by a redirect"
        answer.value.close()


def deciding(place: Bench, number: int, reports: int = REPORTS) -> int:
    """Decide on so many reports while the server is killed again and again; how often it was."""
    chance, where = random.Random(f"{SEED} serve {number}"), place.folder / f"serve-{number}.db"
    shutil.copy(place.folder / "ingest.db", where)
    with Store.open(where) as store:
        store.set_meta({"pack": "us-china-trade"})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    where.with_suffix(".port").write_text(str(port), encoding="utf-8")
    task = Task("serve", str(where), str(where.with_suffix(".port")), str(where.with_suffix(".told")))
    somebody, kills, done = Reviewer(where, port, reports), 0, False
    while not done:
        Path(task.told).unlink(missing_ok=True)
        once = replace(task, at=chance.randint(1, 150)) if chance.random() < 0.25 else task
        ended: list[int] = []
        runs = threading.Thread(target=lambda once=once, ended=ended: ended.append(place.killer.run(once)))  # type: ignore[misc]
        runs.start()
        somebody.up(ended)
        ending = threading.Timer(chance.uniform(0.0, 0.1), _kill, (task, runs))
        done = somebody.decide(chance.randint(0, 4), ending.start)
        ending.cancel()
        _kill(task, runs)
        runs.join()
        assert ended == [KILLED]
        kills += 1
        assert sound(where)
    assert sorted(somebody.notes()) == sorted(note for note, _, _ in somebody.asked)
    return kills


def _kill(task: Task, runs: threading.Thread) -> None:
    """Kill the server that told its number, while it is not waited for: so it is still this process."""
    told = Path(task.told).read_text(encoding="utf-8")
    if runs.is_alive():
        with suppress(ProcessLookupError):
            os.kill(int(told.split()[1]), signal.SIGKILL)


_BROKEN = pytest.mark.filterwarnings(  # what a client leaves open where the server dies is not looked at
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@_BROKEN
def test_deciding_over_a_server_that_is_killed(place: Bench) -> None:
    assert deciding(place, 0, 3) > 1


@_BROKEN
@pytest.mark.slow
def test_deciding_often(place: Bench) -> None:
    kills, number = 0, 1000
    while kills < 50:
        kills += deciding(place, number)
        number += 1
