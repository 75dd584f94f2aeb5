"""Issues, and the positions on each."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from standoff.questions import lists
from standoff.web import pages
from standoff.web.asked import Ask, NotFound, PageNumber

router = APIRouter(prefix="/n/{slug}")


@router.get("/issues", summary="Issues", responses=pages.twins(lists.IssueRow), response_model=None)
def issues(ask: Ask, page: PageNumber = 1) -> Response:
    """The issues on which somebody holds a position."""
    rows = lists.issues(ask.at)
    return pages.listing(
        ask, lists.IssueRow, rows, "issues.html", page=page, title="Issues", section="issues"
    )  # fmt: skip


@router.get("/issue/{id}", summary="One issue", responses=pages.twins(lists.PositionRow), response_model=None)
def issue(ask: Ask, id: str, page: PageNumber = 1) -> Response:
    """All positions on an issue: who holds what, since when, and what was replaced."""
    known = ask.at.known
    rows = lists.positions(ask.at, issue=id)
    in_pack = known.pack.issue(id)
    if not rows and not in_pack:
        raise NotFound(f"There is no issue called {id} here.")
    shared = {record for row in rows for record in row.records}
    differ = [d for d in lists.disputes(ask.at) if shared & set(d.records)]
    sides = [(code, [r for r in rows if r.party == code and r.standing != "replaced"]) for code in known.pack.between]
    replaced = [r for r in rows if r.standing == "replaced"]
    return pages.listing(
        ask, lists.PositionRow, rows, "issue.html", page=page, section="issues", disputes=differ,
        title=(in_pack.name if in_pack else rows[0].issue_name), sides=sides, id=id,
        others=[r for r in rows if r.party not in known.pack.between and r.standing != "replaced"],
        replaced=replaced, longest=max([replaced, *(those for _, those in sides)], key=len),
    )  # fmt: skip
