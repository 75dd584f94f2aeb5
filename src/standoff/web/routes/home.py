"""The list of negotiations, and the overview of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from standoff.questions import lists
from standoff.show.listing import csv_lines, values
from standoff.web import pages
from standoff.web.asked import Ask, Format, wanted
from standoff.web.desk import Desk
from standoff.web.drawn import tariff_chart

router = APIRouter()

_MOST_CHANGES, _MOST_LINES = 8, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiationRow:
    """A record that is served. `ready`: it has been read, and may be asked."""

    slug: str
    title: str
    sides: tuple[str, ...]
    reports: int
    first: date | None
    last: date | None
    ready: bool


@router.get("/", summary="The negotiations", responses=pages.twins(NegotiationRow), response_model=None)
def negotiations(request: Request, form: Format = None) -> Response:
    """All records that are served."""
    rows = [_row(desk) for desk in request.app.state.desks.values()]
    chosen = wanted(request, form)
    if chosen == "csv":
        lines = (line.encode() for line in csv_lines(NegotiationRow, rows))
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers={"Vary": "Accept"})
    if chosen == "json":
        told = {"negotiation": "", "revision": 0, "as_of": None, "known_at": None, "total": len(rows)}
        return JSONResponse(told | {"rows": [values(row) for row in rows]}, headers={"Vary": "Accept"})
    return pages.plain_html("home.html", request=request, title="Negotiations", rows=rows)


def _row(desk: Desk) -> NegotiationRow:
    pack, at = desk.opened.pack, desk.now
    counts = lists.tally(at) if at else None
    return NegotiationRow(
        slug=desk.slug,
        title=desk.title,
        sides=tuple(party.name if (party := pack.party(code)) else code for code in pack.between),
        reports=counts.reports if counts else 0,
        first=counts.first if counts else None,
        last=counts.last if counts else None,
        ready=at is not None,
    )


@router.get(
    "/n/{slug}/", summary="Overview", responses=pages.twins(lists.SentenceRow), response_model=None
)  # fmt: skip
def overview(ask: Ask) -> Response:
    """The state of play, what changed, what blocks, what comes next; its list is that of the sentences."""
    at = ask.at
    rows = lists.sentences(at)
    if ask.form != "html":
        return pages.twin(ask, lists.SentenceRow, rows, len(rows))
    since, changed = lists.changed(at, None, at.known_at)
    names = {p.code: p.name for p in at.known.pack.parties}
    return pages.html(
        ask, "overview.html", title="Overview", section="overview",
        sentences=at.headline().sentences, tally=lists.tally(at), since=since,
        changed=changed[:_MOST_CHANGES], more_changes=max(0, len(changed) - _MOST_CHANGES),
        ahead=[c for c in lists.contacts(at) if c.side == "ahead"][:6][::-1],
        circles=lists.circles(at), unlocks=lists.unlocks(at)[:4],
        disputes=lists.disputes(at)[:3], matrix=_matrix(lists.positions(at)), chart=tariff_chart(at),
        sides=[(code, names.get(code, code)) for code in at.known.pack.between],
    )  # fmt: skip


def _matrix(rows: tuple[lists.PositionRow, ...]) -> dict[str, dict[str, list[lists.PositionRow]]]:
    """Issue → side → what it holds now, issues in the order of how much is held."""
    found: dict[str, dict[str, list[lists.PositionRow]]] = {}
    for row in rows:
        if row.standing == "now" and row.kind != "accuse":
            found.setdefault(row.issue, {}).setdefault(row.party, []).append(row)
    return dict(sorted(found.items(), key=lambda item: (-sum(map(len, item[1].values())), item[0])))
