"""Full-text search with facets."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from standoff.model.record import MoveType, SourceKind
from standoff.questions import faceting
from standoff.web import pages
from standoff.web.asked import Ask, Day, PageNumber

router = APIRouter(prefix="/n/{slug}")

PER_PAGE = 20
Text = Annotated[
    str, Query(max_length=500, description="Words that must all stand; a phrase in quotation marks; `tariff*`.")
]
Some = Annotated[list[str] | None, Query(max_length=20)]


@router.get("/search", summary="Search", responses=pages.twins(faceting.HitRow), response_model=None)
def search(
    ask: Ask,
    q: Text = "",
    type: Annotated[
        list[Literal["report", "statement", "move", "measure", "contact", "linkage"]] | None, Query(max_length=20)
    ] = None,
    party: Some = None,
    issue: Some = None,
    move: Annotated[list[MoveType] | None, Query(max_length=20)] = None,
    source: Annotated[list[SourceKind] | None, Query(max_length=20)] = None,
    outlet: Some = None,
    year: Annotated[list[Annotated[int, Query(ge=1000, le=9999)]] | None, Query(max_length=20)] = None,
    confidence: Annotated[list[Literal["high", "middle", "low"]] | None, Query(max_length=20)] = None,
    contested: Annotated[list[Literal["yes", "no"]] | None, Query(max_length=20)] = None,
    since: Annotated[Day, Query(description="Published from that day on.")] = None,
    until: Annotated[Day, Query(description="Published up to that day.")] = None,
    page: PageNumber = 1,
) -> Response:
    """Reports and records in which all words stand and which have the chosen facets, the best first.

    Without words: the newest first. CSV and JSON hold one page too, since a search may find everything.
    """
    chosen = {
        "type": type, "party": party, "issue": issue, "move": move, "source": source, "outlet": outlet,
        "year": [str(y) for y in year or ()], "confidence": confidence, "contested": contested,
    }  # fmt: skip
    wanted = {facet: [str(value) for value in values] for facet, values in chosen.items() if values}
    found = faceting.found(ask.at, q, wanted, since, until, (page - 1) * PER_PAGE, PER_PAGE)
    rows = faceting.hit_rows(ask.at, q, found.entries)
    if ask.form != "html":
        return pages.twin(ask, faceting.HitRow, rows, found.total)
    return pages.html(
        ask, "search.html", title=f"Search: {q}" if q else "Search", section="search", q=q, results=found,
        paging=pages.Paging(rows, page, found.total, PER_PAGE), wanted=wanted, since=since, until=until,
        facets=faceting.FACETS,
    )  # fmt: skip
