"""Full-text search of a record, with facets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from standoff.analyse.facets import Facets
from standoff.errors import InputError
from standoff.model.dates import When
from standoff.model.record import MOVE_TYPES, Record
from standoff.model.report import Report
from standoff.model.span import Span
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
