"""What the routes that decide have in common: what was done last, where to go on, how a form is shown again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import RedirectResponse, Response

from standoff.errors import InputError
from standoff.model.review import OF_RECORDS, Review
from standoff.questions import latest
from standoff.web import pages
from standoff.web.asked import Asked, NotFound
from standoff.web.posted import Posted, token

DONE = {
    "accept": "Accepted", "reject": "Rejected", "correct": "Corrected", "add": "Added", "name": "A name put right",
    "retract": "Retracted", "reinstate": "Counts again", "withdraw": "Taken back",
}  # fmt: skip
Done = Annotated[str | None, Query(max_length=60, description="A decision that was just made: offered to be undone.")]

_HTML: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}


@dataclass(frozen=True, slots=True)
class Last:
    """A decision that was just made: what was done, and on which words."""

    id: str
    what: str
    words: str


def form_answers() -> dict[int | str, dict[str, Any]]:
    """The answers of an address that shows a form."""
    failed = {status: both(told["description"]) for status, told in pages.failures().items()}
    return {200: {"content": _HTML, "description": "The form"}, **failed}


def both(about: str) -> dict[str, Any]:
    """An answer that is a page or JSON, of an address whose own answer is a page alone."""
    told: dict[str, Any] = {"application/json": {"schema": {"$ref": "#/components/schemas/Told"}}}
    return {"content": _HTML | told, "description": about}


def sent_answers() -> dict[int | str, dict[str, Any]]:
    """The answers of an address that takes a form."""
    told = {"model": pages.Told, "content": _HTML}
    more: dict[int | str, dict[str, Any]] = {
        303: {"description": "It is done; where to look at it"},
        403: {**told, "description": "It does not come from a page of this server"},
        413: {**told, "description": "The form is too long"},
        415: {**told, "description": "It is no form"},
    }
    failed = pages.failures()
    failed[422] = {**told, "description": "Something in it does not fit; the form again, with what is wrong"}
    return {**more, **failed}


def html(ask: Asked, template: str, *, done: str | None = None, status: int = 200, **view: Any) -> Response:
    """A page with forms: their token, where they lead back to, and what was decided last."""
    page = pages.html(
        ask, template, section="review", token=token(ask.request), last=last_of(ask, done), back=ask.again(done=None),
        words=DONE, **view,
    )  # fmt: skip
    page.status_code = status if page.status_code == 200 else page.status_code
    return page


def last_of(ask: Asked, id: str | None) -> Last | None:
    """The decision of this id, if there is one."""
    store = ask.desk.opened.store
    found = next((r for r in store.reviews() if r.id == id), None) if id else None
    if found is None:
        return None
    report = ask.at.edition.known.report(found.report)
    if found.action in OF_RECORDS and found.evidence:
        words = " ".join(found.evidence[0].of(report.text).split())
    else:
        words = str(found.fields.get("mention") or report.title or report.name)
    return Last(found.id, DONE[found.action], words)


def went(ask: Asked, form: Posted, review: Review, fallback: str) -> Response:
    """On to the page that shows it, once the record is read anew where that takes but a moment."""
    ask.desk.decided()
    return RedirectResponse(form.back(fallback, done=review.id), 303)


def record_now(ask: Asked, id: str) -> latest.RecordNow:
    """A record as it is decided now. Raises NotFound."""
    try:
        return latest.record_now(ask.at, id)
    except InputError:
        raise NotFound(f"There is no record {id} here.") from None
