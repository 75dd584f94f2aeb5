"""The analyses, each a list: what waits for what, accounts that differ, facts, tariffs, promises, lineage."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from standoff.questions import lists
from standoff.web import pages
from standoff.web.asked import Ask, PageNumber
from standoff.web.drawn import tariff_chart, waiting_graph

router = APIRouter(prefix="/n/{slug}/analyses")

FactKind = Literal["statement", "move", "measure", "contact", "linkage"]
_NAMES = {"section": "analyses"}


@router.get("/deadlock", summary="What waits for what", responses=pages.twins(lists.ArrowRow), response_model=None)
def deadlock(ask: Ask, page: PageNumber = 1) -> Response:
    """Which act waits for which, circles of waiting, and what would unlock them."""
    at = ask.at
    return pages.listing(
        ask, lists.ArrowRow, lists.arrows(at), "deadlock.html", page=page, title="What waits for what", **_NAMES,
        circles=lists.circles(at), unlocks=lists.unlocks(at), graph=at.graph(), outcome=at.outcome(),
        drawings=waiting_graph(at, ask.href),
    )  # fmt: skip


@router.get("/conflicts", summary="Accounts that differ", responses=pages.twins(lists.DisputeRow), response_model=None)
def conflicts(ask: Ask, page: PageNumber = 1) -> Response:
    """Accounts that cannot both be true, side by side; none is settled."""
    rows = lists.disputes(ask.at)
    return pages.listing(
        ask, lists.DisputeRow, rows, "conflicts.html", page=page, title="Accounts that differ", **_NAMES
    )  # fmt: skip


@router.get(
    "/corroboration", summary="Who stands behind what", responses=pages.twins(lists.FactRow), response_model=None
)
def corroboration(
    ask: Ask, page: PageNumber = 1, type: Annotated[list[FactKind] | None, Query(max_length=10)] = None
) -> Response:
    """Each fact with the independent origins that tell it; the best corroborated first."""
    rows = lists.facts(ask.at, tuple(type or ("move", "measure", "contact", "linkage")))
    return pages.listing(
        ask, lists.FactRow, rows, "corroboration.html", page=page, title="Who stands behind what", **_NAMES,
        chosen=type or [],
    )  # fmt: skip


@router.get("/tariffs", summary="Tariffs by date", responses=pages.twins(lists.TariffRow), response_model=None)
def tariffs(ask: Ask, page: PageNumber = 1) -> Response:
    """Tariff rates in force and threatened, by sides, goods and day."""
    at = ask.at
    return pages.listing(
        ask, lists.TariffRow, lists.tariff_steps(at), "tariffs.html", page=page, title="Tariffs by date",
        chart=tariff_chart(at), **_NAMES,
    )  # fmt: skip


@router.get("/promises", summary="Demands and promises", responses=pages.twins(lists.PromiseRow), response_model=None)
def promises(ask: Ask, page: PageNumber = 1) -> Response:
    """Whether demands were answered, and promises kept, as far as reports tell."""
    rows = lists.promises(ask.at)
    return pages.listing(
        ask, lists.PromiseRow, rows, "promises.html", page=page, title="Demands and promises", **_NAMES
    )  # fmt: skip


@router.get("/lineage", summary="Who copied whom", responses=pages.twins(lists.RelationRow), response_model=None)
def lineage(ask: Ask, page: PageNumber = 1) -> Response:
    """How reports relate, those that share most first."""
    rows = lists.relations(ask.at)
    known = ask.at.known
    there = {report.id for report in known.reports}
    families = [[known.report(id) for id in f.reports if id in there] for f in ask.at.edition.lineage.families]
    return pages.listing(
        ask, lists.RelationRow, rows, "lineage.html", page=page, title="Who copied whom", **_NAMES,
        families=[f for f in families if len(f) > 1][:30],
    )  # fmt: skip
