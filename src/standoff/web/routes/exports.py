"""The record as files for other programs, at addresses that stay: to subscribe to, to fetch, to paste from."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from fastapi.responses import Response

from standoff import __version__
from standoff.questions.editions import Standpoint
from standoff.show import brief
from standoff.show.exports import format_named
from standoff.show.exports.atom import DAYS, write_atom
from standoff.web import pages
from standoff.web.asked import Ask, Asked, CiteAsk, NotFound, PageNumber
from standoff.web.desk import NotReady

router = APIRouter(prefix="/n/{slug}/exports")

Name = Literal[
    "brief.html", "brief.md", "brief.docx", "changes.atom", "contacts.ics", "linkages.graphml", "records.jsonl",
    "events.jsonl", "annotations.jsonld", "statements.csv", "moves.csv", "measures.csv", "contacts.csv",
    "linkages.csv", "reports.csv",
]  # fmt: skip

_STYLED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_FEED = 7_000  # reports times days that a feed is worked out from: some ten seconds
_ONE = Lock()  # a large record takes long: one file at a time, so that pages are answered meanwhile


@dataclass(frozen=True, slots=True)
class _File:
    """A file by the format of `standoff export` that makes it, and by which of its files it is where that are several.

    `shown`: a browser shows it; all others it saves. `kept`: it is small, and is made once for a standpoint.
    """

    format: str
    media: str
    holds: str
    part: str = ""
    shown: bool = False
    kept: bool = False


_FILES: dict[str, _File] = {
    "brief.html": _File("html", "text/html; charset=utf-8", "the brief: one page that needs nothing else", shown=True),
    "brief.md": _File("md", "text/markdown; charset=utf-8", "the brief to paste, with its evidence", shown=True),
    "brief.docx": _File(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "the brief for Word"
    ),
    "changes.atom": _File("atom", "application/atom+xml", "what changed, for feed readers", shown=True, kept=True),
    "contacts.ics": _File(
        "ics", "text/calendar; charset=utf-8", "contacts with a day, for calendars", shown=True, kept=True
    ),
    "linkages.graphml": _File("graphml", "application/graphml+xml", "what waits for what, as a graph"),
    "records.jsonl": _File("jsonl", "application/x-ndjson", "all records, one a line, as people decided them"),
    "events.jsonl": _File("plover", "application/x-ndjson", "PLOVER events, one a line"),
    "annotations.jsonld": _File("webannotation", "application/ld+json", "W3C Web Annotations"),
    **{
        f"{table}.csv": _File("csv", "text/csv; charset=utf-8", f"{table}, field by field, as a table", f"{table}.csv")
        for table in ("statements", "moves", "measures", "contacts", "linkages", "reports")
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """A file of the record: its address on this server, its media type, and what it holds."""

    name: str
    holds: str
    media: str
    address: str


@router.get("", summary="Exports", responses=pages.twins(ExportRow), response_model=None)
def exports(ask: Ask, page: PageNumber = 1) -> Response:
    """The files that other programs take."""
    rows = [
        ExportRow(name=name, holds=file.holds, media=file.media.partition(";")[0], address=ask.href(f"exports/{name}"))
        for name, file in _FILES.items()
        if name != "brief.docx" or _makes_docx()
    ]
    return pages.listing(ask, ExportRow, rows, "exports.html", page=page, title="Exports", section="exports")


_CONTENT: dict[str, Any] = {
    media: {"schema": {"type": "object" if media == "application/ld+json" else "string"}}
    for media in (file.media.partition(";")[0] for file in _FILES.values())
}


@router.get(
    "/{name}", summary="One file of the record", response_model=None,
    responses={
        200: {"content": _CONTENT, "description": "The file"},
        304: {"description": "It is as it was"},
        **pages.failures(),
    },
)  # fmt: skip
def export(ask: CiteAsk, name: Annotated[Name, Path(description="The file.")]) -> Response:
    """The same record gives the same octets; `ETag` tells whether anything changed. A day asked about (`as_of`) changes
    the brief alone: the other files hold all that is known."""
    file = _FILES[name]
    if name == "brief.docx" and not _makes_docx():
        raise NotFound("This server makes no Word documents: python-docx is not installed there.")
    headers = {"ETag": _tag(ask, name), "Cache-Control": "no-cache"}
    if ask.request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if not _ONE.acquire(timeout=ask.request.app.state.settings.wait_seconds):
        raise NotReady("Another file is being made; come again.")
    try:
        octets = ask.at.once(("export", name), lambda: _made(ask.at, file)) if file.kept else _made(ask.at, file)
    finally:
        _ONE.release()
    saved = "inline" if file.shown else "attachment"
    headers |= {"Content-Disposition": f'{saved}; filename="{ask.desk.slug}-{name}"', "Vary": "Accept-Encoding"}
    if file.format == "html":
        headers["Content-Security-Policy"] = _STYLED
    return Response(octets, media_type=file.media, headers=headers)


def _made(at: Standpoint, file: _File) -> bytes:
    if file.format == "html":
        edition = at.edition
        return brief.page(at.known, at.as_of, edition.opened.store.screenings(), edition.lineage).encode(
            "utf-8", "replace"
        )
    with TemporaryDirectory(prefix="standoff-") as folder:
        path = FilePath(folder) / "record"
        if file.format == "atom":  # each day is worked out from the whole record; who asks often needs the newest
            write_atom(path, at.known, max(2, min(DAYS, _FEED // max(1, len(at.known.reports)))))
        else:
            format_named(file.format).write(path, at.known)
        return (path / file.part if file.part else path).read_bytes()


def _tag(ask: Asked, name: str) -> str:
    """Another one for whatever changes the file: the record and its revision, the standpoint, this version."""
    at = ask.at
    told = (name, ask.desk.opened.store.where, at.edition.revision, at.as_of, at.known_at, ask.desk.title, __version__)
    return f'W/"{sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:24]}"'


def _makes_docx() -> bool:
    return find_spec("docx") is not None
