"""How the server does: `/healthz` for who watches over it, `/metrics` for Prometheus, and a line of log a request.

Written by hand (the text format is a page of text: https://prometheus.io/docs/instrumenting/exposition_formats/):
the client library brings a registry of its own for the whole process, which two applications in one would share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address
from logging import INFO, WARNING
from threading import Lock
from time import perf_counter
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standoff import __version__
from standoff.errors import StoreError
from standoff.questions import lists
from standoff.web.desk import Desk
from standoff.web.logged import REQUESTS
from standoff.web.security import host_name

HEALTH, METRICS = "/healthz", "/metrics"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of request durations, in seconds."""

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Meter:
    """Counts requests and how long they took, by the pattern of their path. Threads may add at the same time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: dict[tuple[str, str, int], int] = {}
        self._durations: dict[str, list[float]] = {}  # by route: so many in each bucket, more, and their sum
        self.running = 0

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        place = next((at for at, bound in enumerate(BUCKETS) if seconds <= bound), len(BUCKETS))
        with self._lock:
            key = (method, route, status)
            self._requests[key] = self._requests.get(key, 0) + 1
            found = self._durations.setdefault(route, [0.0] * (len(BUCKETS) + 2))
            found[place] += 1
            found[-1] += seconds

    def lines(self) -> Iterator[str]:
        with self._lock:
            requests, durations = sorted(self._requests.items()), sorted((r, [*d]) for r, d in self._durations.items())
        yield from _head("standoff_requests_total", "counter", "Requests that were answered.")
        for (method, route, status), count in requests:
            yield _line("standoff_requests_total", count, method=method, route=route, status=status)
        name = "standoff_request_duration_seconds"
        yield from _head(name, "histogram", "How long requests took, to the last byte.")
        for route, found in durations:
            total = 0.0
            for bound, some in zip((*BUCKETS, "+Inf"), found[:-1], strict=True):
                total += some
                yield _line(f"{name}_bucket", int(total), route=route, le=bound)
            yield _line(f"{name}_sum", round(found[-1], 6), route=route)
            yield _line(f"{name}_count", int(total), route=route)
        yield from _head("standoff_requests_running", "gauge", "Requests that are being answered now.")
        yield _line("standoff_requests_running", self.running)


class Measured:
    """The outermost part of the application: measures and logs what is within.

    `/healthz` tells anybody whether all records can be read, and no more. `/metrics` is for programs of this machine:
    asked from elsewhere, through a proxy, or under a foreign name, there is no such page.
    """

    def __init__(self, app: ASGIApp, desks: Callable[[], Iterable[Desk]], hosts: Iterable[str]) -> None:
        self._app, self._desks, self._hosts = app, desks, frozenset(hosts)
        self.meter = Meter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == HEALTH and scope["method"] in ("GET", "HEAD"):
            await (await run_in_threadpool(self._health))(scope, receive, send)
        elif scope["path"] == METRICS and scope["method"] == "GET" and self._ours(scope):
            await (await run_in_threadpool(self._metrics))(scope, receive, send)
        else:
            await self._measure(scope, receive, send)

    async def _measure(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, began = 500, perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.meter.running += 1
        try:
            await self._app(scope, receive, sent)
        finally:
            self.meter.running -= 1
            seconds = perf_counter() - began
            method = scope["method"] if scope["method"] in _METHODS else "other"
            route = _route(scope)
            self.meter.add(method, route, status, seconds)
            fields = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4)}
            REQUESTS.log(WARNING if status >= 500 else INFO, "request", extra={"fields": fields})

    def _health(self) -> Response:
        try:
            ready = all(desk.now is not None for desk in self._desks())
            for desk in self._desks():
                desk.opened.revision()
        except StoreError as error:
            REQUESTS.error("a record cannot be read", extra={"fields": {"reason": str(error)}})
            return JSONResponse({"status": "a record cannot be read; the log says more"}, 503)
        return JSONResponse({"status": "ok" if ready else "reading"}, 200 if ready else 503)

    def _metrics(self) -> Response:
        lines = [
            *_head("standoff_info", "gauge", "Which version this is."),
            _line("standoff_info", 1, version=__version__),
        ]
        lines += self.meter.lines()
        read = [(desk.slug, desk.now) for desk in self._desks()]
        lines += _head("standoff_record_ready", "gauge", "1: the record has been read, and is served.")
        lines += [_line("standoff_record_ready", int(at is not None), record=slug) for slug, at in read]
        lines += _head("standoff_record_revision", "gauge", "The revision of the record that is served.")
        lines += [_line("standoff_record_revision", at.edition.revision, record=slug) for slug, at in read if at]
        lines += _head("standoff_record_reports", "gauge", "Reports in the record that is served.")
        lines += [_line("standoff_record_reports", lists.tally(at).reports, record=slug) for slug, at in read if at]
        return PlainTextResponse("\n".join(lines) + "\n", media_type=_TEXT)

    def _ours(self, scope: Scope) -> bool:
        headers, client = Headers(scope=scope), scope.get("client")
        if any(name in headers for name in _FORWARDED) or host_name(headers.get("host", "")) not in self._hosts:
            return False
        try:
            return client is not None and ip_address(client[0]).is_loopback
        except ValueError:
            return False


def _route(scope: Scope) -> str:
    """The pattern of the path: few values, and none that a stranger chooses."""
    route: Any = scope.get("route")
    if route is not None:
        return str(route.path)
    return "/static" if scope["path"].startswith("/static/") else "other"


def _head(name: str, kind: str, help: str) -> tuple[str, str]:
    return f"# HELP {name} {help}", f"# TYPE {name} {kind}"


def _line(name: str, value: float, **labels: object) -> str:
    told = ",".join(f'{key}="{_escaped(str(label))}"' for key, label in labels.items())
    return f"{name}{{{told}}} {value}" if told else f"{name} {value}"


def _escaped(label: str) -> str:
    return label.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
