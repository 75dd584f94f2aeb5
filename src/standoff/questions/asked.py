"""What is asked of a whole record: load what is stored, analyse it, answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path, PurePath

from standoff.analyse.dating import dated
from standoff.analyse.decided import apply
from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.lineage.settle import Told, settle, voices
from standoff.model.domain import Pack
from standoff.model.lineage import Lineage, Screening
from standoff.model.report import Report
from standoff.pack.load import load_pack, pack_names
from standoff.questions.stored import Stored, stored
from standoff.show import brief as brief_page
from standoff.show import exports
from standoff.store import Store


@dataclass(frozen=True, slots=True)
class LineageAnswer:
    """How the reports of a record relate, with what each shows by itself; `retracted` (ids) count no more."""

    reports: tuple[Report, ...]
    screenings: dict[str, Screening]
    lineage: Lineage
    retracted: frozenset[str] = frozenset()


def load(store: Store, pack: Pack) -> Known:
    """Everything that a record knows, as people decided it, ready for analysis.

    Reports that nobody dated are placed by what they say; retracted ones are kept apart (`Known.retracted`).
    """
    return gathered(store, pack).known


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is stored, what is known by it as people decided it, and how the reports relate."""

    stored: Stored
    known: Known
    lineage: Lineage
    told: Told


def gathered(store: Store, pack: Pack, before: Gathered | None = None) -> Gathered:
    """What `load` gives, and how the reports relate. Of an earlier edition (`before`) is taken over what is the same:
    the answers are those of a reading from scratch."""
    has = stored(store, before.stored if before else None)
    told = before.told if before else Told()
    found = settle(has.reports.values(), store.relations(), pack, told)
    decided = apply(chain.from_iterable(has.records.values()), store.reviews(), has.reports)
    origins = {id: family.reports[0] for family in found.families for id in family.reports}
    origins |= voices(found, decided.records)
    old, reports, recorded = before.known if before else None, has.reports.values(), store.recorded()
    known = dated(Known.of(pack, reports, decided.records, found.relations, origins, recorded, decided, old), old)
    if known.retracted:  # what copied them still counts as one origin; else they are out
        found = settle(known.reports, known.relations, pack, told)
    return Gathered(has, known, known.once("lineage", lambda: found), told)


def brief(store: Store, known: Known, as_of: date | None) -> str:
    """The brief as one self-contained HTML page."""
    lineage = known.once("lineage", lambda: settle(known.reports, known.relations, known.pack))
    return brief_page.page(known, as_of, store.screenings(), lineage)


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
        reports = store.reports()
        decided = apply(store.records(), store.reviews(), {report.id: report for report in reports})
        known = Known.of(nobody, reports, decided.records, decided=decided)
    return exports.write(name, path, known)


def lineage(store: Store, pack: Pack, names: Iterable[str] = ()) -> LineageAnswer:
    """Who copied whom, from what is stored; with `names` only what concerns these reports, and those related to them.

    A report is named by its id, its name (the stem of its file, the file itself), or a beginning of it that no other
    one has. Raises InputError where no report is named so, or several begin so.
    """
    reports = store.reports()
    wanted = {id for name in names for id in _named(reports, name)}
    found = settle(reports, store.relations(), pack)
    if not wanted:
        return LineageAnswer(reports, store.screenings(), found, store.retracted())
    found = found.about(wanted)
    near = wanted | {id for r in found.relations for id in (r.a, r.b)}
    some = tuple(r for r in reports if r.id in near)
    return LineageAnswer(some, store.screenings(near), found, store.retracted() & near)


def _named(reports: Iterable[Report], name: str) -> list[str]:
    stem = PurePath(name).stem
    if exact := [r.id for r in reports if name in (r.id, r.name) or r.name == stem]:
        return exact
    begin = [r for r in reports if stem and r.name.startswith(stem)]
    if len(begin) > 1:
        raise InputError(f"{len(begin)} reports begin with {name}: {', '.join(r.name for r in begin[:5])}")
    if not begin:
        raise InputError(f"no report is named {name}, and there is no such file; a report is named by its file's stem")
    return [begin[0].id]


def packs() -> list[dict[str, str]]:
    """The built-in packs: name, title, sides."""
    rows = []
    for name in pack_names():
        pack = load_pack(name)
        sides = [party.name if (party := pack.party(code)) else code for code in pack.between]
        rows.append({"name": name, "title": pack.title, "between": ", ".join(sides)})
    return rows
