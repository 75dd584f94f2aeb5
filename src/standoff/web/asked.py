"""What a request asks for beside its own parameters: which record, from which standpoint, in which form."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Depends, Path, Query, Request
from pydantic import BeforeValidator, WithJsonSchema

from standoff.questions.editions import Standpoint
from standoff.web.desk import Desk

Form = Literal["html", "csv", "json"]
FORMS: tuple[Form, ...] = ("html", "csv", "json")
_MEDIA: dict[str, Form] = {"text/html": "html", "application/xhtml+xml": "html", "text/csv": "csv",
                           "application/json": "json"}  # fmt: skip
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class NotFound(Exception):
    """There is no such record, report or page; the message says what is missing."""


def _iso_day(value: Any) -> Any:
    """Only whole ISO days, and nothing for a field of a form that was left empty."""
    if value == "":
        return None
    if isinstance(value, str) and not _ISO.fullmatch(value):
        raise ValueError("give a day such as 2019-06-29")
    return value


Day = Annotated[
    date | None,
    BeforeValidator(_iso_day),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"const": "", "type": "string"}]}),
]
Slug = Annotated[str, Path(description="The negotiation, as the list of them names it.", max_length=100)]
AsOf = Annotated[Day, Query(description="What had happened by that day; the newest day of the record by default.")]
KnownAt = Annotated[Day, Query(description="What had been published by that day; everything by default.")]
Format = Annotated[
    Form | None, Query(alias="format", description="The same as a page, a CSV table or JSON; else as `Accept` says.")
]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000, description="Of the page; the twins are whole.")]


class Asked:
    """A request to one record, with how to answer and how to link on."""

    def __init__(self, request: Request, desk: Desk, at: Standpoint, form: Form) -> None:
        self.request, self.desk, self.at, self.form = request, desk, at, form

    @property
    def root(self) -> str:
        return f"/n/{self.desk.slug}/"

    def href(self, path: str = "", **more: Any) -> str:
        """The address of another page of this record, from the same standpoint."""
        told = {"as_of": self.at.as_of, "known_at": self.at.known_at, **more}
        pairs = [(k, v) for k, v in told.items() if v not in (None, "", (), [])]
        tail = f"?{urlencode(pairs, doseq=True)}" if pairs else ""
        address, anchor, place = path.partition("#")
        return f"{self.root}{address}{tail}{anchor}{place}"

    def again(self, **changed: Any) -> str:
        """This same page with some parameters changed; None takes one out."""
        kept = [(k, v) for k, v in self.request.query_params.multi_items() if k not in changed and v != ""]
        for name, value in changed.items():
            many = value if isinstance(value, list | tuple) else [value]
            kept += [(name, str(one)) for one in many if one is not None]
        return f"{self.request.url.path}?{urlencode(kept)}" if kept else self.request.url.path


def wanted(request: Request, form: Form | None) -> Form:
    """The form that is asked for by name, else the first of `Accept` that there is, else a page."""
    if form:
        return form
    for part in request.headers.get("accept", "").split(","):
        if found := _MEDIA.get(part.partition(";")[0].strip().lower()):
            return found
    return "html"


def _asked(
    request: Request, slug: Slug, as_of: AsOf = None, known_at: KnownAt = None, form: Format = None
) -> Asked:  # fmt: skip
    return _at_desk(request, slug, as_of, known_at, wanted(request, form))


def _asked_to_cite(request: Request, slug: Slug, as_of: AsOf = None, known_at: KnownAt = None) -> Asked:
    return _at_desk(request, slug, as_of, known_at, "html")


def _at_desk(request: Request, slug: str, as_of: date | None, known_at: date | None, form: Form) -> Asked:
    desk = request.app.state.desks.get(slug)
    if desk is None:
        raise NotFound(f"There is no negotiation called {slug} here.")
    return Asked(request, desk, desk.at(as_of, known_at), form)


Ask = Annotated[Asked, Depends(_asked)]
CiteAsk = Annotated[Asked, Depends(_asked_to_cite)]
"""The same where `format` means something else."""
