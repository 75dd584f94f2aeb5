"""Logging in and out, where the application was started with users."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from standoff.web import pages
from standoff.web.deciding import both
from standoff.web.posted import SENT, Form, described, local, token
from standoff.web.sessions import LONGEST, Doors

router = APIRouter()

_HTML: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}
_TOLD: dict[str, Any] = {"model": pages.Told, "content": _HTML}
_SENT: dict[int | str, dict[str, Any]] = {
    303: {"description": "It is done; where to go on"},
    401: {"content": _HTML, "description": "Name and password do not fit; the form again"},
    403: {**_TOLD, "description": "It does not come from a page of this server"},
    404: {**_TOLD, "description": "This server has no login"},
    413: {**_TOLD, "description": "The form is too long"},
    415: {**_TOLD, "description": "It is no form"},
    422: {**_TOLD, "description": "The form cannot be read"},
    429: {"content": _HTML, "description": "Too many tries; `Retry-After` says how many seconds to wait"},
}


@router.get(
    "/login", summary="Form: log in", response_class=HTMLResponse,
    responses={
        200: {"content": _HTML, "description": "The form"}, 404: both("This server has no login"),
        422: both("There is no such address"),
    },
)  # fmt: skip
def login_form(
    request: Request, to: Annotated[str, Query(max_length=4000, description="Where to go on, on this server.")] = "/"
) -> Response:
    """Name and password."""
    _doors(request)
    return _form(request, to)


@router.post(
    "/login", summary="Log in", **SENT, responses=_SENT,
    openapi_extra=described(name="Who.", password="The password.", to="Where to go on, on this server."),
)  # fmt: skip
def login(request: Request, form: Form) -> Response:
    """A session of at most a week; it ends after twelve hours without a request."""
    doors = _doors(request)
    name, address = form("name"), request.client.host if request.client else ""
    if seconds := doors.wait(name, address):
        told = f"Too many tries. Try again in {-(-seconds // 60)} minutes."
        return _form(request, form("to"), name, told, 429, {"Retry-After": str(seconds)})
    session = doors.log_in(name, form.fields.get("password", ""), address)
    if session is None:
        return _form(request, form("to"), name, "Name and password do not fit.", 401)
    answer = RedirectResponse(local(form("to")) or "/", 303)
    answer.set_cookie(
        request.app.state.cookie, session, max_age=LONGEST, path="/", httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


@router.post(
    "/logout", summary="Log out", **SENT, openapi_extra=described(),
    responses={s: t for s, t in _SENT.items() if s != 429} | {401: {**_TOLD, "description": "Log in first"}},
)  # fmt: skip
def logout(request: Request, form: Form) -> Response:
    """The session ends here and now."""
    doors = _doors(request)
    doors.log_out(request.cookies.get(request.app.state.cookie, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(request.app.state.cookie, path="/", httponly=True, samesite="lax")
    return answer


def _doors(request: Request) -> Doors:
    doors: Doors | None = request.app.state.doors
    if doors is None:
        raise HTTPException(404)
    return doors


def _form(
    request: Request, to: str, name: str = "", told: str = "", status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    page = pages.plain_html(
        "login.html", status, request=request, title="Log in", to=local(to) or "/", typed=name, told=told,
        token=token(request),
    )  # fmt: skip
    page.headers.update(headers or {})
    return page
