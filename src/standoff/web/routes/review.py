"""What waits for a person, what people decided, and one record in both versions."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from standoff import decisions, questions
from standoff.errors import InputError
from standoff.model.record import MoveType
from standoff.questions import latest, lists
from standoff.questions.lists import deciding as rows
from standoff.show.evidence import passage
from standoff.web import pages
from standoff.web.asked import Ask, Day, NotFound, PageNumber
from standoff.web.deciding import DONE, Done, html, record_now, sent_answers, went
from standoff.web.posted import SENT, Form, described

router = APIRouter(prefix="/n/{slug}/review")

PER_PAGE = 20
Of = Literal["statement", "move", "measure", "contact", "linkage"]
Facet = Annotated[str | None, Query(max_length=200)]


@router.get("", summary="What waits for a person", responses=pages.twins(rows.QueueRow), response_model=None)
def queue(
    ask: Ask,
    type: Annotated[Of | Literal[""] | None, Query(description="Only records of this class.")] = None,
    party: Facet = None,
    move: Annotated[MoveType | Literal[""] | None, Query(description="Only moves of this type.")] = None,
    issue: Facet = None,
    outlet: Facet = None,
    since: Annotated[Day, Query(description="Published from that day on.")] = None,
    until: Annotated[Day, Query(description="Published up to that day.")] = None,
    decided: Annotated[bool, Query(description="With those that people decided on already.")] = False,
    page: PageNumber = 1,
    done: Done = None,
) -> Response:
    """Records that nobody looked at yet, the most doubtful first, and why they are doubtful."""
    never = since is not None and until is not None and since > until
    days = [day.isoformat() if day and not never else None for day in (since, until)]
    facets = questions.facets(
        party=party or None, move=move or None, issue=issue or None, outlet=outlet or None, since=days[0], until=days[1]
    )
    found = [] if never else latest.waiting(ask.at, type or None, facets, decided)
    if ask.form != "html":
        return pages.twin(ask, rows.QueueRow, rows.queue_rows(ask.at, found), len(found))
    some = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    pack = ask.at.known.pack
    return html(
        ask, "review_queue.html", title="Review", done=done,
        paging=pages.Paging(rows.queue_rows(ask.at, some), page, len(found), PER_PAGE),
        passages={d.record.id: passage(ask.at.known.report_of(d.record), d.record) for d in some},
        chosen={"type": type, "party": party, "move": move, "issue": issue, "outlet": outlet, "since": since,
                "until": until, "decided": decided},
        sides=[(p.code, p.name) for code in pack.between if (p := pack.party(code))],
    )  # fmt: skip


@router.get("/history", summary="All decisions", responses=pages.twins(rows.DecisionRow), response_model=None)
def history(
    ask: Ask,
    who: Facet = None,
    unheld: Annotated[bool, Query(description="Only those that find nothing to hold on to.")] = False,
    page: PageNumber = 1,
    done: Done = None,
) -> Response:
    """Every decision with who and when, the newest first; none is ever deleted."""
    every = rows.decision_rows(ask.at, latest.history_now(ask.at))
    some = [row for row in every if (not who or row.who == who) and (row.unheld or not unheld)]
    if ask.form != "html":
        return pages.twin(ask, rows.DecisionRow, some, len(some))
    return html(
        ask, "review_history.html", title="Decisions", done=done, paging=pages.paged(some, page), who=who,
        people=sorted({row.who for row in every}), unheld=unheld, report=None,
    )  # fmt: skip


@router.get(
    "/record/{id}", summary="One record, as it stands and as the machine has it",
    responses=pages.twins(rows.FieldRow), response_model=None,
)  # fmt: skip
def record(ask: Ask, id: str, done: Done = None) -> Response:
    """Both versions side by side, and what was decided; a rejected record is found, too."""
    now = record_now(ask, id)
    known, found = now.known, now.found
    told = rows.both_versions(known, found)
    if ask.form != "html":
        return pages.twin(ask, rows.FieldRow, told, len(told))
    subject = found.stands or found.machine
    assert subject is not None
    return html(
        ask, "review_record.html", title=lists.record_row(known, subject).what, done=done, found=found, rows=told,
        passage=passage(found.report, subject), subject=subject, mention=_mention(found), kind=subject.type_name,
        decisions=rows.decision_rows(ask.at, reversed(found.history)),
        retracted=found.report.id in known.decided.retracted,
    )  # fmt: skip


def _mention(found: questions.Reviewed) -> str:
    """The name in a record that may have been taken for somebody else."""
    subject = found.stands or found.machine
    source = getattr(subject, "source", None)
    return str(getattr(subject, "actor", None) or (source.of(found.report.text) if source else ""))


@router.post(
    "/record/{id}", summary="Accept or reject", **SENT, responses=sent_answers(),
    openapi_extra=described(action="`accept` or `reject`.", note="Why, in a few words.", back="Where to go on."),
)  # fmt: skip
def decide(ask: Ask, id: str, form: Form) -> Response:
    """The record is right as it stands, or the report does not say so."""
    found = record_now(ask, id).found
    verbs = {"accept": decisions.accept, "reject": decisions.reject}
    if form("action") not in verbs:
        raise InputError("action: choose accept or reject")
    store = ask.desk.opened.store
    review = verbs[form("action")](store, found.id, who=form.who, note=form.note, report=found.report.id)
    return went(ask, form, review, ask.href(f"review/record/{found.id}"))


@router.get(
    "/decision/{id}", summary="One decision", responses=pages.twins(rows.DecisionRow), response_model=None
)  # fmt: skip
def decision(ask: Ask, id: str, done: Done = None) -> Response:
    """Who decided what, and what it holds on to."""
    found = [d for d in latest.history_now(ask.at) if d.review.id == id]
    if not found:
        raise NotFound(f"There is no decision {id} here.")
    told = rows.decision_rows(ask.at, found)
    if ask.form != "html":
        return pages.twin(ask, rows.DecisionRow, told, 1)
    return html(
        ask, "review_history.html", title=f"{DONE[told[0].action]} by {told[0].who}", done=done,
        paging=pages.paged(told, 1), who=None, people=[], unheld=False, report=None,
    )  # fmt: skip


@router.post(
    "/decision/{id}", summary="Take a decision back", **SENT, responses=sent_answers(),
    openapi_extra=described(note="Why, in a few words.", back="Where to go on."),
)  # fmt: skip
def withdraw(ask: Ask, id: str, form: Form) -> Response:
    """As if it had not been made; it stays in the history."""
    store = ask.desk.opened.store
    if not any(review.id == id for review in store.reviews()):
        raise NotFound(f"There is no decision {id} here.")
    review = decisions.withdraw(store, id, who=form.who, note=form.note)
    return went(ask, form, review, ask.href("review/history"))
