"""Two days, or two reports, side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from standoff import questions
from standoff.questions import lists
from standoff.web import pages
from standoff.web.asked import Ask, Day, NotFound, PageNumber
from standoff.web.routes.reports import report_of

router = APIRouter(prefix="/n/{slug}/compare")


@router.get("/dates", summary="What changed", responses=pages.twins(lists.ChangeRow), response_model=None)
def dates(
    ask: Ask,
    since: Annotated[Day, Query(description="By default the last day of reports before the newest.")] = None,
    until: Annotated[Day, Query(description="By default the newest day of the record.")] = None,
    page: PageNumber = 1,
) -> Response:
    """What became known after one day, up to another."""
    first, rows = lists.changed(ask.at, since, until or ask.at.known_at)
    days = sorted({r.published.day for r in ask.at.known.reports if r.published})
    return pages.listing(
        ask, lists.ChangeRow, rows, "changes.html", page=page, title="What changed", section="compare", since=first,
        until=until or ask.at.day, days=days[-60:],
    )  # fmt: skip


@router.get("/reports", summary="Two reports compared", responses=pages.twins(lists.ComparedRow), response_model=None)
def reports(
    ask: Ask,
    a: Annotated[str, Query(max_length=300, description="A report, by id or name.")] = "",
    b: Annotated[str, Query(max_length=300, description="Another one.")] = "",
    page: PageNumber = 1,
) -> Response:
    """What two reports or readouts of one contact agree on, leave out, and contradict."""
    choices = lists.report_rows(ask.at)
    found = None
    if a and b:
        first, second = report_of(ask, a), report_of(ask, b)
        if first.id == second.id:
            raise NotFound("These two are one report; choose another one.")
        found = questions.compared(ask.at.known, first.id, second.id)
    rows = lists.compared_rows(found) if found else ()
    quotes = {id: ask.at.known.words(ask.at.known.record(id)) for row in rows for id in (*row.a[:1], *row.b[:1])}
    return pages.listing(
        ask, lists.ComparedRow, rows, "readouts.html", page=page, title="Two reports compared", section="compare",
        found=found, quotes=quotes, a=a, b=b, choices=choices[:500],
        both=[ask.at.known.report(id) for id in found.reports] if found else [],
    )  # fmt: skip
