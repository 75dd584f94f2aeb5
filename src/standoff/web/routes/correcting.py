"""Putting a record right, and adding one: forms that keep what was typed where something does not fit."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from standoff import decisions
from standoff.errors import InputError
from standoff.model.plain import CLASSES
from standoff.model.record import Record, Statement
from standoff.model.report import Report
from standoff.model.review import Review
from standoff.questions import latest
from standoff.questions.reviewing import Reviewed
from standoff.show.evidence import passage
from standoff.web import fields
from standoff.web.asked import Ask, Asked
from standoff.web.deciding import form_answers, html, record_now, sent_answers, went
from standoff.web.posted import SENT, Form, Posted, described
from standoff.web.routes.reports import report_of
from standoff.web.routes.review import Of

router = APIRouter(prefix="/n/{slug}/review")

_FIELDS = {
    "evidence": "The report's words that show it, or start:end.",
    "free": "`yes`: parties and issues that the pack does not know are taken as they are.",
    "note": "Why, in a few words.",
}
_CLASS = {"class": "The class of the record.", "at": "Where the words were marked.", "<field>": "A field of it."}


@router.get(
    "/record/{id}/correct", summary="Form: correct a record", responses=form_answers(), response_class=HTMLResponse
)
def correct_form(ask: Ask, id: str) -> Response:
    """The fields of the record as it stands."""
    found = record_now(ask, id).found
    return _corrected(ask, found)


@router.post(
    "/record/{id}/correct", summary="Correct a record", **SENT, responses=sent_answers(),
    openapi_extra=described(
        **_FIELDS, **{"<field>": "A field of the record's class.", "was.<field>": "What stood there before."}
    ),
)  # fmt: skip
def correct(ask: Ask, id: str, form: Form) -> Response:
    """Only fields that differ from what stood in the form are changed: what others put right meanwhile stays."""
    found = record_now(ask, id).found
    subject = _subject(found)
    before = {name.removeprefix("was."): value for name, value in form.fields.items() if name.startswith("was.")}
    changed = fields.changes(subject.type_name, form.fields, before)
    quote = form("evidence")
    evidence = quote if quote.split() != before.get("evidence", "").split() else None
    errors = _problems(ask, form, found.report, subject.type_name, changed, evidence)
    if not errors:
        opened = ask.desk.opened
        try:
            review = decisions.correct(
                opened.store, opened.pack, found.id, changed, who=form.who, note=form.note, evidence=evidence,
                free=form("free") == "yes", report=found.report.id,
            )  # fmt: skip
            return went(ask, form, review, ask.href(f"review/record/{_id_of(ask, found, review)}"))
        except InputError as error:
            errors = {"": str(error)}
    return _corrected(ask, found, form, errors)


def _id_of(ask: Asked, found: Reviewed, review: Review) -> str:
    """The id that the corrected record has."""
    known = latest.report_now(ask.at.edition, found.report.id)
    return next((m.human.id for m in known.decided.marks.values() if review.id in m.reviews and m.human), found.id)


def _corrected(
    ask: Asked, found: Reviewed, form: Posted | None = None, errors: dict[str, str] | None = None
) -> Response:
    subject = _subject(found)
    return _page(
        ask, "review_correct.html", found.report, type(subject), subject, form, errors,
        title="Correct a record", found=found, passage=passage(found.report, subject),
    )  # fmt: skip


def _subject(found: Reviewed) -> Record:
    subject = found.stands or found.machine
    assert subject is not None
    return subject


@router.get("/report/{id}/add", summary="Form: add a record", responses=form_answers(), response_class=HTMLResponse)
def add_form(
    ask: Ask,
    id: str,
    type: Annotated[Of, Query(description="The class of the record.")] = "move",
    at: Annotated[
        str, Query(max_length=40, pattern=r"^(\d{1,9}:\d{1,9})?$", description="Where its words stand: start:end.")
    ] = "",
) -> Response:
    """Empty fields, with the words that were marked."""
    return _added(ask, report_of(ask, id), type, at)


@router.post(
    "/report/{id}/add", summary="Add a record", **SENT, responses=sent_answers(),
    openapi_extra=described(**_FIELDS, **_CLASS),
)  # fmt: skip
def add(ask: Ask, id: str, form: Form) -> Response:
    """A record that the machine missed, resting on words of the report."""
    report = report_of(ask, id)
    of = form("class")
    if of not in CLASSES:
        raise InputError(f"class: choose one of {', '.join(CLASSES)}")
    given = fields.filled(of, form.fields)
    marked = form("at") and form("evidence").split() == form("was.evidence").split()
    evidence = form("at") if marked else form("evidence")
    errors = _problems(ask, form, report, of, given, evidence, whole=True)
    if not errors:
        opened = ask.desk.opened
        try:
            review = decisions.add(
                opened.store, opened.pack, report.id, of, evidence, given, who=form.who, note=form.note,
                free=form("free") == "yes",
            )  # fmt: skip
            return went(ask, form, review, ask.href(f"review/report/{report.id}"))
        except InputError as error:
            errors = {"": str(error)}
    return _added(ask, report, of, form("at"), form, errors)


def _added(
    ask: Asked, report: Report, of: str, place: str, form: Posted | None = None, errors: dict[str, str] | None = None
) -> Response:
    words = ""
    if place:
        try:
            span = decisions.quoted(report, place)
            words = span.of(report.text).strip()
            start = span.start + span.of(report.text).find(words)
            place = f"{start}:{start + len(words)}"  # what is marked by hand may have blanks at its ends
        except InputError as error:
            place, errors = "", {**(errors or {}), "evidence": str(error)}
    return _page(
        ask, "review_add.html", report, CLASSES[of], None, form, errors,
        title="Add a record", of=of, classes=tuple(CLASSES), place=place, marked=words,
    )  # fmt: skip


def _problems(
    ask: Asked, form: Posted, report: Report, of: str, given: dict[str, object], evidence: str | None,
    whole: bool = False,
) -> dict[str, str]:  # fmt: skip
    opened = ask.desk.opened
    return decisions.problems(
        opened.store, opened.pack, report.id, of, given, evidence=evidence, free=form("free") == "yes", whole=whole
    )


def _page(
    ask: Asked, template: str, report: Report, cls: type[Record], record: Record | None, form: Posted | None,
    errors: dict[str, str] | None, **view: Any,
) -> Response:  # fmt: skip
    """A form with the fields of a class; where something is wrong it is said, and what was typed stays."""
    known = latest.report_now(ask.at.edition, report.id)
    told = [s for s in known.statements if s.report == report.id and s is not record] if cls is not Statement else []
    shown = fields.fields_of(cls, record, report, known.pack, told, form.fields if form else None, errors)
    quote = fields.words_of(record.evidence, report) if record else view.get("marked", "")
    return html(
        ask, template, status=422 if errors and form else 200, report=report, fields=shown, errors=errors or {},
        was_quote=quote,
        quote=form.fields.get("evidence", quote) if form else quote, note=form("note") if form else "",
        free=bool(form and form("free")), parties_known=fields.parties_of(known.pack),
        issues_known=[(i.id, i.name) for i in known.pack.issues], **view,
    )  # fmt: skip
