"""All that may be asked of a record: load what is stored, analyse it, answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from standoff.analyse.known import Known
from standoff.analyse.state import State
from standoff.analyse.state import state as state_of
from standoff.lineage.trace import trace as trace_lineage
from standoff.model.domain import Pack
from standoff.model.lineage import Lineage, Screening
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.pack.load import load_pack, pack_names
from standoff.show import brief as brief_page
from standoff.store import Store
from standoff.store.search import KINDS


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
    found = trace_lineage(reports, {r.id: store.sketch(r.id) for r in reports}, pack)
    origins = {id: family.reports[0] for family in found.families for id in family.reports}
    return Known.of(pack, reports, store.records(), found.relations, origins, store.recorded())


def state(known: Known, as_of: date | None) -> State:
    """What stands on a day; by default the newest in the record."""
    return state_of(known, as_of)


def brief(known: Known, as_of: date | None) -> str:
    """The brief as one self-contained HTML page."""
    return brief_page.page(known, as_of)


def search(store: Store, query: str, kinds: Iterable[str], limit: int) -> tuple[Found, ...]:
    """Full text over reports and records, the best first. Raises InputError for an unknown kind."""
    hits = store.search(query, kinds=tuple(kinds) or KINDS, limit=limit)
    reports = {r.id: r for r in (store.report(h.report) for h in hits) if r is not None}
    found = []
    for hit in hits:
        report = reports[hit.report]
        place = hit.snippet or Span(0, min(len(report.text), 200))
        marks = tuple(Span(m.start - place.start, m.end - place.start) for m in hit.marks if place.covers(m))
        day = report.published.day if report.published else None
        found.append(Found(hit.kind, hit.id, report.name, report.outlet, day, place.of(report.text), marks))
    return tuple(found)


def lineage(store: Store, pack: Pack) -> LineageAnswer:
    """Who copied whom, from what is stored."""
    reports = store.reports()
    found = trace_lineage(reports, {r.id: store.sketch(r.id) for r in reports}, pack)
    return LineageAnswer(reports, store.screenings(), found)


def packs() -> list[dict[str, str]]:
    """The built-in packs: name, title, sides."""
    rows = []
    for name in pack_names():
        pack = load_pack(name)
        sides = [party.name if (party := pack.party(code)) else code for code in pack.between]
        rows.append({"name": name, "title": pack.title, "between": ", ".join(sides)})
    return rows
