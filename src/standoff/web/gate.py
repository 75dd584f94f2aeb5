"""Who asks, and whether a request that changes something comes from a page of ours; no route can forget it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standoff.errors import InputError
from standoff.web import pages
from standoff.web.asked import wanted
from standoff.web.sessions import Doors, Session, hashed

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_FOREIGN = "This was not sent from a page of this server, so nothing was done."
_LOG_IN = "Log in first."


class Gate:
    """Puts `who` (a name; "" where it is not known) and `session` (a key; "" without a login) on each request.

    With doors, nobody passes without a session but to the login page and to what it looks like. What changes
    something must come from a page of ours: browsers say so (`Sec-Fetch-Site`, else `Origin`), and a form has its
    token besides (`posted`).
    """

    def __init__(self, app: ASGIApp, who: str, doors: Doors | None, cookie: str) -> None:
        self._app, self._who, self._doors, self._cookie = app, who, doors, cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answer = self._refused(request)
        if answer is not None:
            await answer(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and not scope["path"].startswith("/static/"):
                MutableHeaders(scope=message)["Cache-Control"] = "private, no-cache"
            await send(message)

        await self._app(scope, receive, sent if self._doors else send)

    def _refused(self, request: Request) -> Response | None:
        """Tell the request who asks; the answer to one that may not pass."""
        state = request.scope.setdefault("state", {})
        state["who"], state["session"] = self._who, ""
        if request.method not in _READING and not same_origin(request.headers):
            return _answer(request, 403, _FOREIGN)
        if self._doors is None:
            return None
        try:
            token = request.cookies.get(self._cookie, "")
            session: Session | None = self._doors.session(token) if token else None
        except InputError as error:
            return _answer(request, 503, f"Nobody can be let in: {error}")
        if session is not None:
            state["who"], state["session"] = session.who, hashed(token)
            return None
        if request.url.path == "/login" or request.url.path.startswith("/static/"):
            return None
        if request.method in _READING and wanted(request, None) == "html" and "format" not in request.query_params:
            to = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/login?to={quote(to, safe='')}", 303)
        return _answer(request, 401, _LOG_IN)


def same_origin(headers: Headers) -> bool:
    """Whether a browser says that a page of this server, or its user, sends this; other programs say nothing."""
    site = headers.get("sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _answer(request: Request, status: int, told: str) -> Response:
    if wanted(request, None) == "html":
        return pages.plain_html("failed.html", status, title="Not possible", told=told, status=status)
    return JSONResponse({"detail": told}, status)
