"""A web server on loopback that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

TOWNS = ("Bern", "Oslo", "Rome", "Lima", "Cairo", "Quito")


def article(town: str, more: str = "") -> bytes:
    """A page whose article tells of talks in a town."""
    return (
        f"<!doctype html><html lang='en'><head><title>Talks in {town}</title></head><body><article><h1>Talks in {town}"
        f"</h1><p>Ministers of both sides met in {town} for an hour, and the duties are to stay until the autumn, "
        f"officials said.</p><p>No day was set for the next meeting, and neither side would say who asked for it.</p>"
        f"{more}</article></body></html>"
    ).encode()


def rss(*links: str, title: str = "Lake Courier") -> bytes:
    items = "".join(
        f"<item><title>Item {n}</title><link>{link}</link><pubDate>Tue, 1{n} Mar 2019 08:00:00 +0000</pubDate></item>"
        for n, link in enumerate(links)
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode()


@dataclass
class Answer:
    """What is said at a path. `slowly`: seconds between the pieces; `endless`: the body again and again."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    slowly: float = 0.0
    endless: bool = False


@dataclass
class Site:
    """Answers by path; 404 for all others. `asked` has (path, headers in lower case) of every request, in order."""

    port: int = 0
    pages: dict[str, Answer | Callable[[Mapping[str, str]], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[bytes] = field(default_factory=list)
    host: str = "127.0.0.1"

    def url(self, path: str, host: str = "") -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def feed(self, *paths: str, **more: str) -> None:
        self.pages["/feed"] = Answer(rss(*map(self.url, paths), **more), "application/rss+xml")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.site.asked.append((self.path, headers))
        found = self.site.pages.get(self.path, Answer(status=404))
        self._answer(found(headers) if callable(found) else found)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        found = self.site.pages.get(self.path, Answer(status=404))
        answer = found({}) if callable(found) else found
        if answer.status == 200:
            self.site.posted.append(body)
        self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):  # the other side may hang up, and in some tests must
            self.send_response(answer.status)
            for name, value in {"Content-Type": answer.kind, **answer.headers}.items():
                self.send_header(name, value)
            if not answer.endless and "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if answer.slowly:
                for at in range(len(answer.body)):
                    time.sleep(answer.slowly)
                    self.wfile.write(answer.body[at : at + 1])
                    self.wfile.flush()
            else:
                self.wfile.write(answer.body)
                for _ in range(100_000 if answer.endless else 0):
                    self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    server = ThreadingHTTPServer(("0.0.0.0", 0), type("Handler", (_Handler,), {"site": site}))
    server.daemon_threads = True
    site.port = server.server_address[1]
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
