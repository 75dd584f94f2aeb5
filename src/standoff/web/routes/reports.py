"""Reports: the list, one report with its marks, and two of them side by side where one copies the other."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from standoff.model.record import RECORD_CLASSES, Record, Statement
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.questions import lists
from standoff.show import passages
from standoff.show.marking import Mark, line_starts, paragraphs, pieces, slice_at, slices
from standoff.web import pages
from standoff.web.asked import Ask, Asked, NotFound, PageNumber

router = APIRouter(prefix="/n/{slug}")

KINDS: tuple[str, ...] = tuple(cls.type_name for cls in RECORD_CLASSES)
Kind = Literal["statement", "move", "measure", "contact", "linkage"]


def report_of(ask: Asked, id: str) -> Report:
    """A report by its id or its name."""
    found = lists.report_named(ask.at, id)
    if found is None:
        raise NotFound(f"There is no report {id} here.")
    return found


@router.get("/reports", summary="Reports", responses=pages.twins(lists.ReportRow), response_model=None)
def reports(
    ask: Ask,
    page: PageNumber = 1,
    outlet: Annotated[str | None, Query(max_length=200, description="Only of this outlet.")] = None,
) -> Response:
    """All reports, the newest first."""
    every = lists.report_rows(ask.at)
    rows = [r for r in every if not outlet or r.outlet == outlet]
    return pages.listing(
        ask, lists.ReportRow, rows, "reports.html", page=page, title="Reports", section="reports", outlet=outlet
    )  # fmt: skip


@router.get("/report/{id}", summary="One report", responses=pages.twins(lists.RecordRow), response_model=None)
def report(
    ask: Ask,
    id: str,
    part: Annotated[int, Query(ge=1, le=1_000_000, description="Of a long text: which part of it.")] = 1,
    show: Annotated[list[Kind] | None, Query(description="Which records are marked; all by default.")] = None,
    record: Annotated[str | None, Query(max_length=60, description="Open the part where this record stands.")] = None,
) -> Response:
    """A report's text with what was read in it; its list is that of its records."""
    found = report_of(ask, id)
    at = ask.at
    those = lists.records_of(at, found.id)
    if ask.form != "html":
        return pages.twin(ask, lists.RecordRow, lists.record_rows(at, [r.id for r in those]), len(those))
    parts = slices(found.text) or (Span(0, 1),)
    here = min(part, len(parts)) - 1
    wanted = next((r for r in those if r.id == record), None)
    if wanted:
        here = slice_at(parts, wanted.span.start)
    chosen = frozenset(show or KINDS)
    near = [r for r in those if any(s.overlaps(parts[here]) for s in _places(r))]
    marks = [mark for r in near if r.type_name in chosen for mark in _marks(ask, r)]
    row = next(r for r in lists.report_rows(at) if r.id == found.id)  # has retracted ones, too
    screening = at.edition.screenings(found.id).get(found.id)
    relations = lists.relations(at, found.id)
    return pages.html(
        ask, "report.html", title=found.title or found.name, section="reports", report=found, row=row,
        paragraphs=paragraphs(pieces(found.text, parts[here], marks)),
        starts=line_starts(found.text, parts[here]), number=here + 1, part_count=len(parts),
        records=lists.record_rows(at, [r.id for r in near if r.type_name in chosen]), chosen=chosen, kinds=KINDS,
        spun=bool(screening and screening.spun), repeats=len(screening.repeats) if screening else 0,
        relations=relations[: pages.PER_PAGE], more=max(0, len(relations) - pages.PER_PAGE), wanted=record,
        origin=at.edition.lineage.origin(found.id), retraction=at.known.decided.retracted.get(found.id),
    )  # fmt: skip


def _places(record: Record) -> tuple[Span, ...]:
    return (*record.evidence, record.content) if isinstance(record, Statement) else record.evidence


def _marks(ask: Asked, record: Record) -> list[Mark]:
    about = lists.record_row(ask.at.known, record).what if not isinstance(record, Statement) else "statement"
    spans = dict.fromkeys(_places(record))
    return [Mark(span, record.id, record.type_name, about) for span in spans]


@router.get(
    "/report/{id}/beside/{other}", summary="Two reports side by side", response_model=None,
    responses=pages.twins(lists.RelationRow),
)  # fmt: skip
def beside(ask: Ask, id: str, other: str, page: PageNumber = 1) -> Response:
    """The passages that two reports share, aligned; its list is that of how the two relate."""
    a, b = report_of(ask, id), report_of(ask, other)
    rows = [r for r in lists.relations(ask.at, a.id) if {r.a, r.b} == {a.id, b.id}]
    if ask.form != "html":
        return pages.twin(ask, lists.RelationRow, rows, len(rows))
    relation = lists.between(ask.at, a.id, b.id)
    if relation and relation.a != a.id:
        a, b = b, a
    aligned = passages.beside(relation, a, b) if relation else ()
    differ = passages.apart(relation, a, b, ask.at.edition.lineage.discrepancies) if relation else ()
    return pages.html(
        ask, "beside.html", title="Side by side", section="reports", a=a, b=b, relation=relation, kinds=passages.COPY,
        paging=pages.paged(aligned, page), differ=differ, marked=passages.marked,
    )  # fmt: skip
