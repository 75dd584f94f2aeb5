"""Measures and contacts: the lists, and one of each with all records that tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Protocol, TypeVar

from fastapi import APIRouter, Query
from fastapi.responses import Response

from standoff.model.record import Move
from standoff.model.report import Report
from standoff.questions import lists
from standoff.web import pages
from standoff.web.asked import Ask, Asked, NotFound, PageNumber
from standoff.web.drawn import contact_chart

router = APIRouter(prefix="/n/{slug}")

_MOST_SAID = 12  # moves that a contact's page shows

Party = Annotated[str | None, Query(max_length=40, description="Only with this party (its code).")]
Status = Annotated[str | None, Query(max_length=40, description="Only of this status.")]


class _Told(Protocol):
    @property
    def records(self) -> tuple[str, ...]: ...


Item = TypeVar("Item", bound=_Told)


def _with(rows: Sequence[Item], record: str) -> Item:
    """The row that rests on a record: further reports may tell of it, its address stays."""
    for row in rows:
        if record in row.records:
            return row
    raise NotFound(f"There is nothing here that rests on the record {record}.")


@router.get("/measures", summary="Measures", responses=pages.twins(lists.MeasureRow), response_model=None)
def measures(ask: Ask, page: PageNumber = 1, party: Party = None, status: Status = None) -> Response:
    """Measures as they stand."""
    every = lists.measures(ask.at, party or None)
    rows = [m for m in every if not status or m.status == status]
    return pages.listing(
        ask, lists.MeasureRow, rows, "measures.html", page=page, title="Measures", section="measures",
        statuses=sorted({m.status for m in every}), status=status, party=party,
    )  # fmt: skip


@router.get("/measure/{id}", summary="One measure", responses=pages.twins(lists.RecordRow), response_model=None)
def measure(ask: Ask, id: str, page: PageNumber = 1) -> Response:
    """One measure (by any record that tells of it); its list is that of these records."""
    row = _with(lists.measures(ask.at), id)
    rows = lists.record_rows(ask.at, row.records)
    return pages.listing(
        ask, lists.RecordRow, rows, "measure.html", page=page, title=row.what, section="measures", measure=row,
        history=lists.history_of(ask.at, id), disputes=_disputes(ask, row),
    )  # fmt: skip


@router.get("/contacts", summary="Contacts", responses=pages.twins(lists.ContactRow), response_model=None)
def contacts(ask: Ask, page: PageNumber = 1, party: Party = None, status: Status = None) -> Response:
    """Meetings, calls, letters and visits: held, planned, or missed; the newest first."""
    at = ask.at
    every = lists.contacts(at, party or None)
    rows = [c for c in every if not status or c.status == status]
    return pages.listing(
        ask, lists.ContactRow, rows, "contacts.html", page=page, title="Contacts", section="contacts",
        chart=contact_chart(at, ask.href), statuses=sorted({c.status for c in every}), status=status, party=party,
    )  # fmt: skip


@router.get("/contact/{id}", summary="One contact", responses=pages.twins(lists.RecordRow), response_model=None)
def contact(ask: Ask, id: str, page: PageNumber = 1) -> Response:
    """One contact (by any record that tells of it); its list is that of these records."""
    row = _with(lists.contacts(ask.at), id)
    rows = lists.record_rows(ask.at, row.records)
    title = f"{row.kind.capitalize()} of {', '.join(row.who) or ' and '.join(row.party_names)}"
    return pages.listing(
        ask, lists.RecordRow, rows, "contact.html", page=page, title=title, section="contacts", contact=row,
        who=[(name, lists.actor_called(ask.at, name)) for name in row.who], disputes=_disputes(ask, row),
        pair=_two_reports(ask, row), moves=lists.record_rows(ask.at, _said_with(ask, row)),
    )  # fmt: skip


def _disputes(ask: Asked, row: _Told) -> list[lists.DisputeRow]:
    """The accounts that differ on what a row tells."""
    own = set(row.records)
    return [d for d in lists.disputes(ask.at) if own & set(d.records)]


def _two_reports(ask: Asked, row: _Told) -> list[Report]:
    """Two reports of different outlets that tell it: its readouts, if it has any."""
    found: dict[str, Report] = {}
    for id in row.records:
        report = ask.at.known.report_of(ask.at.known.record(id))
        found.setdefault(report.outlet or report.name, report)
    return list(found.values())[:2] if len(found) > 1 else []


def _said_with(ask: Asked, row: _Told) -> list[str]:
    """Moves that rest on words which tell of it too."""
    known = ask.at.known
    told = [known.record(id) for id in row.records[:_MOST_SAID]]
    near = {(r.report, span) for r in told for span in r.evidence}
    return [
        move.id
        for report in dict.fromkeys(r.report for r in told)
        for move in lists.records_of(ask.at, report)
        if isinstance(move, Move)
        and any(report == at and one.overlaps(span) for at, span in near for one in move.evidence)
    ][:_MOST_SAID]


@router.get("/position/{id}", summary="One position", responses=pages.twins(lists.RecordRow), response_model=None)
def position(ask: Ask, id: str, page: PageNumber = 1) -> Response:
    """One position (by any record that tells of it); its list is that of these records."""
    row = _with(lists.positions(ask.at), id)
    rows = lists.record_rows(ask.at, row.records)
    return pages.listing(
        ask, lists.RecordRow, rows, "position.html", page=page, title=f"{row.party_name} {row.verb}: {row.what}",
        section="issues", position=row, history=lists.history_of(ask.at, id),
    )  # fmt: skip
