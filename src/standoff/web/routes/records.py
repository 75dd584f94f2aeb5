"""Single records with their evidence, and their citation."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, Response

from standoff.model.record import Record
from standoff.questions import lists
from standoff.show.citing import Citation, CiteFormat, cited
from standoff.show.evidence import passage
from standoff.show.exports.plain_values import plain
from standoff.web import pages
from standoff.web.asked import Ask, Asked, CiteAsk, NotFound, PageNumber
from standoff.web.fields import PARTIES

router = APIRouter(prefix="/n/{slug}")

_MEDIA = {"text": "text/plain", "bibtex": "application/x-bibtex", "csl": "application/vnd.citationstyles.csl+json"}
_CHOSEN = frozenset({"status", "move", "kind", "act", "topic", "instrument", "level"})
_HIDDEN = frozenset({"type", "id", "evidence", "published", "outlet", "rule", "confidence", "said_by"})


def _record(ask: Asked, id: str) -> Record:
    try:
        return ask.at.known.record(id)
    except KeyError:
        raise NotFound(f"There is no record {id} here.") from None


@router.get("/record/{id}", summary="One record", responses=pages.twins(lists.RecordRow), response_model=None)
def record(ask: Ask, id: str, page: PageNumber = 1) -> Response:
    """A record in its report's words, with all others that tell the same fact; its list is that of these."""
    at = ask.at
    found = _record(ask, id)
    id = found.id  # the one asked for may be from before a decision
    together = at.fact_of()[id].records if id in at.fact_of() else (id,)
    rows = lists.record_rows(at, (id, *(other for other in together if other != id)))
    return pages.listing(
        ask, lists.RecordRow, rows, "record.html", page=page, title=f"{found.type_name.capitalize()}: {rows[0].what}",
        section="reports", row=rows[0], fields=_fields(ask, found), report=at.known.report_of(found),
        differ=[d for d in lists.disputes(at) if id in d.records], part=_part_of(ask, id),
        mark=at.known.decided.mark(id), passage=passage(at.known.report_of(found), found),
    )  # fmt: skip


def _fields(ask: Asked, record: Record) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """What the record says, field by field, as the exports name it: each value in words, and where it leads."""
    told = plain(record, ask.at.known.report_of(record))
    return [
        (name.replace("_", " "), [_in_words(ask, name, one) for one in (value if isinstance(value, list) else [value])])
        for name, value in told.items()
        if name not in _HIDDEN and value not in (None, [], "", False)
    ]


def _in_words(ask: Asked, name: str, value: Any) -> tuple[str, str | None]:
    """A value as people say it, with its page."""
    pack = ask.at.known.pack
    if name in PARTIES and (party := pack.party(str(value))):
        return party.name, ask.href(f"party/{party.code}")
    if name == "issue" and (issue := pack.issue(str(value))):
        return issue.name, ask.href(f"issue/{issue.id}")
    if name in ("actor", "speaker", "who") and (id := lists.actor_called(ask.at, str(value))):
        return str(value), ask.href(f"actor/{id}")
    plainly = "yes" if value is True else pages.spaced(str(value)) if name in _CHOSEN else str(value)
    return plainly, None


def _part_of(ask: Asked, id: str) -> tuple[str, str] | None:
    """The position, measure or contact that the record is a sighting of: what it is, and its address."""
    found = lists.told_in(ask.at).get(id)
    return (found[0], ask.href(f"{found[0]}/{found[1]}")) if found else None


@router.get(
    "/cite/{id}", summary="A quotation with its source", response_model=None,
    responses={
        200: {"content": {media: {"schema": {"type": "string"}} for media in ("text/plain", "application/x-bibtex")}
              | {_MEDIA["csl"]: {"schema": {"type": "array", "items": {"type": "object"}}}},
              "description": "The citation"},
        **pages.failures(),
    },
)  # fmt: skip
def cite(
    ask: CiteAsk, id: str,
    style: Annotated[CiteFormat, Query(alias="format", description="Plain text, BibTeX or CSL JSON.")] = "text",
) -> Response:  # fmt: skip
    """The words that a record rests on, with who says so and where: to be pasted into a text or a library."""
    found = _record(ask, id)
    row = lists.record_row(ask.at.known, found)
    told = Citation(id, row.quote, row.source, ask.at.known.report_of(found), found.span)
    return PlainTextResponse(cited(told, style), media_type=_MEDIA[style])
