"""Decisions on a whole report: retracting it, and whom a name in it stands for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from standoff import decisions
from standoff.errors import InputError
from standoff.model.report import Report
from standoff.questions import latest
from standoff.questions.lists import deciding as rows
from standoff.web import fields, pages
from standoff.web.asked import Ask, Asked, PageNumber
from standoff.web.deciding import Done, form_answers, html, sent_answers, went
from standoff.web.posted import SENT, Form, Posted, described
from standoff.web.routes.reports import report_of

router = APIRouter(prefix="/n/{slug}/review")


@router.get(
    "/report/{id}", summary="Decisions on one report", responses=pages.twins(rows.DecisionRow), response_model=None
)  # fmt: skip
def report(ask: Ask, id: str, page: PageNumber = 1, done: Done = None) -> Response:
    """What was decided on a report and its records, the newest first."""
    found = report_of(ask, id)
    told = rows.decision_rows(ask.at, latest.history_now(ask.at, found.id))
    if ask.form != "html":
        return pages.twin(ask, rows.DecisionRow, told, len(told))
    known = latest.report_now(ask.at.edition, found.id)
    return html(
        ask, "review_report.html", title=found.title or found.name, done=done, report=found,
        paging=pages.paged(told, page), retraction=known.decided.retracted.get(found.id),
    )  # fmt: skip


@router.post(
    "/report/{id}", summary="Retract or reinstate a report", **SENT, responses=sent_answers(),
    openapi_extra=described(action="`retract` or `reinstate`.", note="Why.", back="Where to go on."),
)  # fmt: skip
def retract(ask: Ask, id: str, form: Form) -> Response:
    """A retracted report is kept and marked; nothing in it counts."""
    found = report_of(ask, id)
    verbs = {"retract": decisions.retract, "reinstate": decisions.reinstate}
    if form("action") not in verbs:
        raise InputError("action: choose retract or reinstate")
    review = verbs[form("action")](ask.desk.opened.store, found.id, who=form.who, note=form.note)
    return went(ask, form, review, ask.href(f"review/report/{found.id}"))


@router.get("/report/{id}/name", summary="Form: correct a name", responses=form_answers(), response_class=HTMLResponse)
def name_form(
    ask: Ask, id: str, mention: Annotated[str, Query(max_length=300, description="The name as it stands there.")] = ""
) -> Response:
    """Whom a name in the report stands for."""
    return _named(ask, report_of(ask, id), {"mention": mention})


@router.post(
    "/report/{id}/name", summary="Correct a name", **SENT, responses=sent_answers(),
    openapi_extra=described(
        mention="The name as the report writes it.", stands_for="A party's code, an official's name, or `none`.",
        read_as="The party that it was taken for.", everywhere="`yes`: in all reports.",
        free="`yes`: a party that the pack does not know.", note="Why, in a few words.",
    ),
)  # fmt: skip
def name(ask: Ask, id: str, form: Form) -> Response:
    """The records that came of the name follow."""
    found, opened = report_of(ask, id), ask.desk.opened
    if not form("mention") or not form("stands_for"):
        wrong = next(field for field in ("mention", "stands_for") if not form(field))
        return _named(ask, found, form.fields, {wrong: "cannot be empty"}, form)
    try:
        review = decisions.name(
            opened.store, opened.pack, found.id, form("mention"), form("stands_for"), who=form.who, note=form.note,
            read_as=form("read_as") or None, everywhere=form("everywhere") == "yes", free=form("free") == "yes",
        )  # fmt: skip
    except InputError as error:
        at = "stands_for" if str(error).startswith("by:") else "mention"
        return _named(ask, found, form.fields, {at: str(error).removeprefix("by: ")}, form)
    return went(ask, form, review, ask.href(f"review/report/{found.id}"))


def _named(
    ask: Asked, report: Report, typed: dict[str, str] | object, errors: dict[str, str] | None = None,
    form: Posted | None = None,
) -> Response:  # fmt: skip
    pack = ask.at.known.pack
    return html(
        ask, "review_name.html", title="Whom a name stands for", status=422 if errors else 200, report=report,
        typed=typed, errors=errors or {}, note=form("note") if form else "", parties_known=fields.parties_of(pack),
        officials=sorted({o.name for o in pack.officials if o.party in pack.between}),
    )  # fmt: skip
