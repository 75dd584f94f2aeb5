"""What is asked of a whole record: load what is stored, analyse it, answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from standoff.analyse.known import Known
from standoff.analyse.state import State
from standoff.analyse.state import state as state_of
from standoff.lineage.settle import settle, voices
from standoff.model.domain import Pack
from standoff.model.lineage import Lineage, Place, Screening
from standoff.model.report import Report
from standoff.pack.load import load_pack, pack_names
from standoff.show import brief as brief_page
from standoff.show import exports
from standoff.store import Store


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
