"""Answers: a page from a template with its evidence, or the same list as CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any, Generic, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel

from standoff import __version__
from standoff.questions.editions import Standpoint
from standoff.show.evidence import Pinned, Pins, shown
from standoff.show.listing import csv_lines, values
from standoff.show.wording import FLAGS, shown_when
from standoff.web.asked import FORMS, Asked
from standoff.web.posted import token

PER_PAGE = 50
"""Rows on one page of a list."""

_MOST_OPENED = 120  # pieces of evidence that a page holds itself; more are links to pages of their own

Row = TypeVar("Row")


class Listed(BaseModel, Generic[Row]):
    """A list with the standpoint it was made from."""

    negotiation: str
    revision: int
    as_of: date | None
    known_at: date | None
    total: int
    rows: list[Row]


class Told(BaseModel):
    """What is wrong with a request, or with the record."""

    detail: str


def twins(row: type[Any]) -> dict[int | str, dict[str, Any]]:
    """The answers of an address that gives a list of such rows, for the description of the interface."""
    html: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}
    csv: dict[str, Any] = {"text/csv": {"schema": {"type": "string"}}}
    return {
        200: {
            "model": Listed.__class_getitem__(row),
            "content": html | csv,
            "description": "A page, a CSV table, or JSON",
        },
        **failures(),
    }


def failures() -> dict[int | str, dict[str, Any]]:
    """The answers of an address of a record that cannot give what was asked for."""
    html: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}
    return {
        404: {"model": Told, "content": html, "description": "There is no such thing in this record"},
        401: {"model": Told, "content": html, "description": "Log in first (a page leads to the login)"},
        422: {"model": Told, "content": html, "description": "A parameter has no such value"},
        503: {"model": Told, "content": html, "description": "The record is still being read; come again"},
    }


class Evidence:
    """The evidence of one page: numbers in the order of use, each opening here or, past a number, on its own page."""

    def __init__(self, at: Standpoint) -> None:
        self._at = at
        self._pins = Pins(at.known)
        self._seen: dict[str, int] = {}

    def __call__(self, records: Iterable[str], most: int = 3) -> list[tuple[int, str, bool]]:
        """(number, record, whether it opens on this page) of some of the records, other reports first."""
        known = self._at.known
        those = list(dict.fromkeys(records))
        chosen: list[str] = []
        reports: set[str] = set()
        for fresh in (True, False):
            for id in those:
                report = known.record(id).report
                if (report not in reports) == fresh and id not in chosen and len(chosen) < most:
                    reports.add(report)
                    chosen.append(id)
        return [(self._number(id), id, self._seen[id] <= _MOST_OPENED) for id in chosen]

    def _number(self, id: str) -> int:
        if id not in self._seen:
            self._seen[id] = len(self._seen) + 1
            if self._seen[id] <= _MOST_OPENED:
                self._pins.numbers((id,))
        return self._seen[id]

    def all(self) -> tuple[Pinned, ...]:
        """What opens on this page."""
        at = self._at
        reports = dict.fromkeys(at.known.record(id).report for id in self._seen)
        self._pins.screenings = at.edition.screenings(*reports) if reports else {}
        facts = at.fact_of()
        return self._pins.all({id: facts[id].records for id in self._seen if id in facts})


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list: its rows, and how many there are in all."""

    rows: Sequence[Any]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.per_page))


def paged(rows: Sequence[Row], number: int) -> Paging:
    """The rows of one page; beyond the last page there are none."""
    return Paging(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(rows))


def listing(
    ask: Asked,
    kind: type[Row],
    rows: Sequence[Row],
    template: str,
    *,
    page: int = 1,
    title: str,
    longest: Sequence[Any] | None = None,
    **more: Any,
) -> Response:
    """A list in the form that is asked for: the twins whole, the page in parts.

    `longest`: of several lists on a page, the one that takes most parts.
    """
    if ask.form == "html":
        return html(ask, template, title=title, paging=paged(rows if longest is None else longest, page), **more)
    return twin(ask, kind, rows, len(rows))


def twin(ask: Asked, kind: type[Row], rows: Iterable[Row], total: int) -> Response:
    """Rows as CSV or JSON."""
    at = ask.at
    headers = {"X-Standoff-Revision": str(at.edition.revision), "Vary": "Accept"}
    if ask.form == "csv":
        return StreamingResponse(_octets(csv_lines(kind, rows)), media_type="text/csv; charset=utf-8", headers=headers)
    told = {
        "negotiation": ask.desk.title, "revision": at.edition.revision, "as_of": _day(at.as_of),
        "known_at": _day(at.known_at), "total": total, "rows": [values(row) for row in rows],
    }  # fmt: skip
    return JSONResponse(told, headers=headers)


def _octets(lines: Iterable[str]) -> Iterator[bytes]:
    for line in lines:
        yield line.encode("utf-8", "replace")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def html(ask: Asked, template: str, **view: Any) -> Response:
    """A page; a browser that has it as it is now is told so."""
    at = ask.at
    pins = Evidence(at)
    page = environment().get_template(template).render(
        ask=ask, href=ask.href, at=at, desk=ask.desk, pins=pins, stale=ask.desk.stale,
        parties={p.code: p.name for p in at.known.pack.parties}, per_page=PER_PAGE,
        issue_names={issue.id: issue.name for issue in at.known.pack.issues}, person=person(ask.request), **view,
    )  # fmt: skip
    octets = page.encode("utf-8", "replace")
    lasting = octets.replace(token(ask.request).encode(), b"")  # a form's token is another one each time
    tag = f'W/"{sha256(lasting).hexdigest()[:24]}"'  # weak: it may be sent packed
    headers = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}
    if ask.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(octets, headers=headers | {"X-Standoff-Revision": str(at.edition.revision)})


def person(request: Request | None) -> dict[str, Any] | None:
    """Who is logged in, with the token to log out; None without a login."""
    state = request.scope.get("state", {}) if request else {}
    return {"name": state["who"], "token": token(request)} if request and state.get("session") else None


def plain_html(template: str, code: int = 200, request: Request | None = None, **view: Any) -> HTMLResponse:
    """A page that belongs to no record."""
    page = environment().get_template(template).render(ask=None, person=person(request), **view)
    return HTMLResponse(page.encode("utf-8", "replace"), code, headers={"Vary": "Accept"})


@cache
def environment() -> Environment:
    """The templates: everything is escaped, foreign text is made safe to look at, an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("standoff.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_finalized, extensions=["jinja2.ext.do"],
    )  # fmt: skip
    made.globals.update(version=__version__, flags=FLAGS, forms=FORMS, asset=asset)
    made.filters.update(when=shown_when, day=day_words, shorter=shorter, thousands=lambda n: f"{n:,}", spaced=spaced)
    return made


def _finalized(value: Any) -> Any:
    """Nothing for None; marks that turn the direction of writing, and control signs, replaced in what is foreign."""
    if value is None:
        return ""
    return shown(value) if type(value) is str else value


def asset(name: str) -> str:
    """The address of a static file, another one for each version of standoff."""
    return f"/static/{name}?v={__version__}"


def day_words(day: date | None) -> str:
    """`29 June 2019`."""
    return f"{day.day} {day:%B %Y}" if day else ""


def spaced(name: str | None) -> str:
    """A value of a fixed list as words: `in-force` → `in force`."""
    return (name or "").replace("-", " ")


def shorter(text: str, most: int = 160) -> str:
    """A text cut at a word, with an ellipsis where something was cut."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return f"{flat[:most].rsplit(' ', 1)[0][:most]} …"
