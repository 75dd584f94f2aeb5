"""All that may be asked of a record: load what is stored, analyse it, answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from standoff.analyse.facets import Facets
from standoff.analyse.known import Known
from standoff.analyse.state import State
from standoff.analyse.state import state as state_of
from standoff.errors import InputError
from standoff.lineage.settle import settle, voices
from standoff.model.dates import When
from standoff.model.domain import Pack
from standoff.model.lineage import Lineage, Place, Screening
from standoff.model.record import MOVE_TYPES, Record
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.pack.load import load_pack, pack_names
from standoff.show import brief as brief_page
from standoff.show import exports
from standoff.store import Store
from standoff.store.search import KINDS, Hit


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of a search: its class, id and report, and the words around the match with the matches in it."""

    kind: str
    id: str
    report: str
    outlet: str | None
    published: date | None
    words: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LineageAnswer:
    """How the reports of a record relate, with what each shows by itself."""

    reports: tuple[Report, ...]
    screenings: dict[str, Screening]
    lineage: Lineage


def load(store: Store, pack: Pack) -> Known:
    """Everything that a record knows, ready for analysis."""
    reports = store.reports()
    found = settle(reports, store.relations(), pack)
    records = store.records()
    origins = {id: family.reports[0] for family in found.families for id in family.reports}
    origins |= voices(found, {r.id: Place(r.report, r.span) for r in records})
    return Known.of(pack, reports, records, found.relations, origins, store.recorded())


def state(known: Known, as_of: date | None) -> State:
    """What stands on a day; by default the newest in the record."""
    return state_of(known, as_of)


def brief(store: Store, known: Known, as_of: date | None) -> str:
    """The brief as one self-contained HTML page."""
    return brief_page.page(known, as_of, store.screenings())


def search(
    store: Store, query: str, kinds: Iterable[str], limit: int, facets: Facets | None = None
) -> tuple[Found, ...]:
    """Full text over reports and records, the best first; with facets only what fits them.

    Raises InputError for an unknown kind.
    """
    wanted = tuple(kinds) or KINDS
    if facets is None:
        hits = store.search(query, kinds=wanted, limit=limit)
    else:
        hits = _fitting(store, query, wanted, limit, facets)
    reports = {r.id: r for r in (store.report(h.report) for h in hits) if r is not None}
    found = []
    for hit in hits:
        report = reports[hit.report]
        place = hit.snippet or Span(0, min(len(report.text), 200))
        marks = tuple(Span(m.start - place.start, m.end - place.start) for m in hit.marks if place.covers(m))
        day = report.published.day if report.published else None
        found.append(Found(hit.kind, hit.id, report.name, report.outlet, day, place.of(report.text), marks))
    return tuple(found)


def facets(
    *,
    party: str | None = None,
    move: str | None = None,
    issue: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Facets | None:
    """Facets from words as people type them; None where nothing is asked. Days are days, months or years.

    Raises InputError for an unknown move, what is no day, and a time that ends before it begins.
    """
    if not any((party, move, issue, outlet, since, until)):
        return None
    kind = next((m for m in MOVE_TYPES if m == move), None)
    if move and kind is None:
        raise InputError(f"no move is called {move!r}; there are: {', '.join(MOVE_TYPES)}")
    try:
        first = When.parse(since).first if since else None
        last = When.parse(until).last if until else None
        published = When(first, last, "interval") if first or last else None
    except ValueError as error:
        asked = " and ".join(f"{name} {day}" for name, day in (("since", since), ("until", until)) if day)
        raise InputError(f"{asked}: {error}; give days, months or years, such as 2025-01") from error
    return Facets(party=party, move=kind, issue=issue, outlet=outlet, published=published)


def _fitting(store: Store, query: str, kinds: tuple[str, ...], limit: int, facets: Facets) -> tuple[Hit, ...]:
    """The best hits that fit: the index knows words only, so more are looked at until there are enough."""
    reports: dict[str, Report | None] = {}
    records: dict[str, dict[str, Record]] = {}
    asked = kinds if not facets.of_records else tuple(kind for kind in kinds if kind != "report")
    most = 8 * limit
    while True:
        hits = store.search(query, kinds=asked, limit=most) if asked else ()
        fitting: list[Hit] = []
        for hit in hits:
            if hit.report not in reports:
                reports[hit.report] = store.report(hit.report)
            report = reports[hit.report]
            if report is None or not facets.report_fits(report):
                continue
            if hit.kind != "report" and hit.report not in records:
                records[hit.report] = {r.id: r for r in store.records(report=hit.report)}
            record = records[hit.report][hit.id] if hit.kind != "report" else None
            if facets.fits(record, report):
                fitting.append(hit)
        if len(fitting) >= limit or len(hits) < most:
            return tuple(fitting[:limit])
        most *= 8


def export(store: Store, pack: str | None, name: str, path: Path) -> int:
    """Write the record in a format (`exports.FORMATS`) to a file or folder; how many items were written.

    `pack` names the pack where it is not the record's own; formats that hold only records need none. Raises
    InputError for an unknown format, a path that cannot be written, or a library that is not installed.
    """
    chosen = exports.format_named(name)
    stored = pack or store.meta().get("pack")
    if chosen.analysed and stored:
        known = load(store, load_pack(stored))
    else:
        nobody = Pack(id=stored or "", title="An empty record", between=(), parties=())
        known = Known.of(nobody, store.reports(), store.records())
    return exports.write(name, path, known)


def lineage(store: Store, pack: Pack) -> LineageAnswer:
    """Who copied whom, from what is stored."""
    reports = store.reports()
    found = settle(reports, store.relations(), pack)
    return LineageAnswer(reports, store.screenings(), found)


def packs() -> list[dict[str, str]]:
    """The built-in packs: name, title, sides."""
    rows = []
    for name in pack_names():
        pack = load_pack(name)
        sides = [party.name if (party := pack.party(code)) else code for code in pack.between]
        rows.append({"name": name, "title": pack.title, "between": ", ".join(sides)})
    return rows
