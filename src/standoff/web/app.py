"""The web application: `create_app` puts desks, routes, guards and the answers to failures together."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from standoff import __version__
from standoff.errors import InputError, StoreError
from standoff.questions.editions import open_record
from standoff.web import pages
from standoff.web.asked import FORMS, NotFound, wanted
from standoff.web.desk import Desk, NotReady, slugs
from standoff.web.gate import Gate
from standoff.web.heads import Heads
from standoff.web.measured import Measured
from standoff.web.routes import ROUTERS
from standoff.web.security import Guard
from standoff.web.sessions import Doors
from standoff.web.settings import LOOPBACK, Settings
from standoff.web.users import Users

_STATIC = Path(__file__).parent / "static"
_WORDS = {
    401: "Log in", 403: "Not allowed", 404: "Not found", 405: "Not possible here", 422: "Not understood",
    429: "Not so often", 500: "Our mistake", 503: "Not yet",
}  # fmt: skip

Handler = Callable[[Request, Exception], Coroutine[Any, Any, Response]]


def create_app(settings: Settings) -> FastAPI:
    """The application over the records of the settings; opening them raises InputError, PackError or StoreError."""
    opened = [open_record(where, settings.pack) for where in settings.records]
    named = slugs([(o.pack.id, o.store.where) for o in opened])
    desks = {slug: Desk(o, slug, settings.wait_seconds) for slug, o in zip(named, opened, strict=True)}

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        for desk in desks.values():
            desk.refresh()
        yield
        for desk in desks.values():
            desk.close()

    app = FastAPI(
        title="standoff", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
        summary="A record of a negotiation as reports tell it, every line with its evidence.",
        description="Every list is a page, a CSV table (`format=csv`) and JSON (`format=json`) at one address. "
        "HEAD is answered as GET is, without the body.",
    )  # fmt: skip
    app.state.desks = desks
    app.state.settings = settings
    app.state.secret = secrets.token_bytes(32)
    app.state.doors = Doors(Users(settings.auth)) if settings.auth else None
    app.state.cookie = f"standoff-{settings.port}"  # two servers on one machine share their cookies
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=_STATIC, packages=[("standoff.show", "static")]), name="static")
    for kind, status in ((NotFound, 404), (InputError, 422), (NotReady, 503), (StoreError, 503)):
        app.add_exception_handler(kind, _failed(status))
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _our_mistake)
    app.add_middleware(Gate, who=settings.who, doors=app.state.doors, cookie=app.state.cookie)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=5)
    hosts = (*LOOPBACK, settings.host, *settings.names)
    app.add_middleware(Guard, hosts=hosts)
    app.add_middleware(Heads)
    app.add_middleware(Measured, desks=desks.values, hosts=hosts)
    return app


def _failed(status: int) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        return _answer(request, status, str(error))

    return handle


async def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = [f"{e['loc'][-1]}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors()]
    return _answer(request, 422, "; ".join(told))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = "There is no such page." if error.status_code == 404 else str(error.detail)
    return _answer(request, error.status_code, told, dict(error.headers or {}))


async def _our_mistake(request: Request, error: Exception) -> Response:
    return _answer(request, 500, f"This should not happen ({type(error).__name__}); the log says more.")


def _answer(request: Request, status: int, told: str, headers: dict[str, str] | None = None) -> Response:
    asked = request.query_params.get("format")
    chosen = wanted(request, next((form for form in FORMS if form == asked), None))
    if chosen == "html":
        page: Response = pages.plain_html(
            "failed.html", status, title=_WORDS.get(status, "Not possible"), told=told, status=status
        )  # fmt: skip
    else:
        page = JSONResponse({"detail": told}, status)
    page.headers.update(headers or {})
    if status == 503:
        page.headers["Retry-After"] = "3"
    return page
