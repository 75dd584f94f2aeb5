"""Parties, and the people and bodies that speak or act for them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from standoff.questions import lists
from standoff.web import pages
from standoff.web.asked import Ask, NotFound, PageNumber

ActorKind = Literal["statement", "move", "contact"]
router = APIRouter(prefix="/n/{slug}")

_MOST = 12  # of each kind on the page of a party; the lists have all


@router.get("/parties", summary="Parties", responses=pages.twins(lists.PartyRow), response_model=None)
def parties(ask: Ask, page: PageNumber = 1) -> Response:
    """The parties that act or speak in the record, the sides first."""
    rows = lists.parties(ask.at)
    return pages.listing(ask, lists.PartyRow, rows, "parties.html", page=page, title="Parties", section="parties")


@router.get("/party/{code}", summary="One party", responses=pages.twins(lists.PositionRow), response_model=None)
def party(ask: Ask, code: str, page: PageNumber = 1) -> Response:
    """What a party holds, does and meets about; its list is that of its positions and of those toward it."""
    at = ask.at
    row = next((r for r in lists.parties(at) if r.code == code), None)
    if row is None:
        raise NotFound(f"No party with the code {code} acts or speaks in this record.")
    positions = lists.positions(at, party=code)
    own = [p for p in positions if p.party == code and p.standing == "now" and p.kind != "accuse"]
    return pages.listing(
        ask, lists.PositionRow, positions, "party.html", page=page, title=row.name, section="parties", party=row,
        own=own, longest=own,
        toward=[p for p in positions if p.party != code and p.standing == "now"][:_MOST],
        accused=[p for p in positions if p.party == code and p.kind == "accuse"][:_MOST],
        measures=lists.measures(at, code)[:_MOST], contacts=lists.contacts(at, code)[:_MOST],
        actors=[a for a in lists.actors(at) if a.party == code][:_MOST],
    )  # fmt: skip


@router.get("/actors", summary="Actors", responses=pages.twins(lists.ActorRow), response_model=None)
def actors(
    ask: Ask,
    page: PageNumber = 1,
    party: Annotated[str | None, Query(max_length=40, description="Only of this party (its code).")] = None,
) -> Response:
    """Named people and bodies that speak, act or meet."""
    rows = [a for a in lists.actors(ask.at) if not party or a.party == party]
    return pages.listing(
        ask, lists.ActorRow, rows, "actors.html", page=page, title="Actors", section="actors", party=party
    )  # fmt: skip


@router.get("/actor/{id}", summary="One actor", responses=pages.twins(lists.RecordRow), response_model=None)
def actor(
    ask: Ask,
    id: str,
    type: Annotated[ActorKind | None, Query(description="Only what is said, done, or who is met.")] = None,
    page: PageNumber = 1,
) -> Response:
    """What somebody says and does, and whom they meet, the newest first."""
    row = lists.actor_named(ask.at, id)
    if row is None:
        raise NotFound(f"Nobody called {id} speaks or acts in this record.")
    ids = lists.actor_records(ask.at, id, type)
    if ask.form != "html":
        return pages.twin(ask, lists.RecordRow, lists.record_rows(ask.at, ids), len(ids))
    some = pages.paged(ids, page)
    return pages.html(
        ask, "actor.html", title=row.name, section="actors", actor=row, chosen=type,
        paging=pages.Paging(lists.record_rows(ask.at, some.rows), page, some.total),
        offices=lists.actor_offices(ask.at, id), names=lists.actor_names(ask.at, id),
    )  # fmt: skip
