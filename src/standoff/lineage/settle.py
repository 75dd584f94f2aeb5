"""From relations between pairs to the lineage of a record: families of copies, origins, and what differs in copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from standoff.lineage.compare import COPIED
from standoff.lineage.discrepancies import find_discrepancies
from standoff.lineage.origins import Outlets, find_origins, known_outlets
from standoff.lineage.relate import Side, is_first
from standoff.model.domain import Pack
from standoff.model.lineage import Discrepancy, Family, Lineage, Origin, Place, Relation
from standoff.model.record import Record
from standoff.model.report import Report

_HANDED_ON = 0.9  # what is left of the confidence in an origin from one copy to the next
_COPYING = frozenset({"copy", "excerpt", "spun", "paraphrase", "revision"})


class Told:
    """What the own words of reports say of where they come from, kept from one settling to the next."""

    def __init__(self) -> None:
        self._kept: tuple[Outlets | None, dict[str, Side]] = (None, {})

    def sides(self, reports: Mapping[str, Report], outlets: Outlets) -> dict[str, Side]:
        """To each report (by id) its side; made anew where the report or the known outlets are others than before."""
        by, before = self._kept
        kept = before if by == outlets else {}
        sides = {}
        for id, report in reports.items():
            old = kept.get(id)
            same = old is not None and old.report == report
            sides[id] = old if old and same else Side(report, find_origins(report, outlets), outlets)
        self._kept = outlets, kept | sides
        return sides


def settle(reports: Iterable[Report], relations: Iterable[Relation], pack: Pack, told: Told | None = None) -> Lineage:
    """The lineage of these reports, related as given, whatever the order of either. The pack names outlets; `told` is
    what the same reports told before, and is brought up to date."""
    by_id = {report.id: report for report in sorted(reports, key=lambda r: r.id)}
    sides = (told or Told()).sides(by_id, known_outlets(pack, by_id.values()))
    ordered = tuple(sorted(relations, key=lambda r: (r.a, r.b, r.kind)))
    families = tuple(_families(sides, ordered))
    return Lineage(
        relations=ordered,
        families=families,
        origins=tuple(_origins(sides, families)),
        discrepancies=tuple(_discrepancies(by_id, ordered)),
    )


def voices(lineage: Lineage, records: Iterable[Record]) -> dict[str, str]:
    """The independent origin behind the passage that each record rests on, by the record's id; see `Lineage.behind`."""
    by_report: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_report[record.report].append(record)
    relations: dict[str, list[Relation]] = defaultdict(list)
    for relation in lineage.relations:
        if relation.passages:
            relations[relation.a].append(relation)
            relations[relation.b].append(relation)
    families = {report: family for family in lineage.families for report in family.reports}
    origins: dict[str, list[Origin]] = defaultdict(list)
    for origin in lineage.origins:
        origins[origin.report].append(origin)
    found = {}
    for report, those in by_report.items():
        family = (families[report],) if report in families else ()
        own = Lineage(relations=tuple(relations[report]), families=family, origins=tuple(origins[report]))
        if own.relations or own.families or any(origin.passage for origin in own.origins):
            found.update({record.id: own.behind(Place(report, record.span)) for record in those})
        else:  # one voice throughout: most reports of a record are so
            found.update(dict.fromkeys([record.id for record in those], own.behind(Place(report, those[0].span))))
    return found


def _families(sides: Mapping[str, Side], relations: Iterable[Relation]) -> Iterator[Family]:
    """Reports that copies tie together, the likely first one first; families sorted by it.

    A report that took over no more than a part of another one is no member of its family.
    """
    head: dict[str, str] = {}

    def root(report: str) -> str:
        while head.setdefault(report, report) != report:
            report = head[report]
        return report

    for relation in relations:
        if relation.kind not in _COPYING or (relation.kind == "excerpt" and relation.score < COPIED):
            continue
        head[max(root(relation.a), root(relation.b))] = min(root(relation.a), root(relation.b))
    members: dict[str, list[str]] = {}
    for report in sorted(head):
        members.setdefault(root(report), []).append(report)
    for family in sorted(_by_age(sides, reports) for reports in members.values()):
        source = _source(sides, family)
        yield Family(reports=family, outlet=source.outlet if source else None)


def _by_age(sides: Mapping[str, Side], reports: Sequence[str]) -> tuple[str, ...]:
    """The report that most others of the family would follow stands first."""
    wins = {a: sum(is_first(sides[a], sides[b]) for b in reports if b != a) for a in reports}
    return tuple(sorted(reports, key=lambda a: (-wins[a], a)))


def _source(sides: Mapping[str, Side], family: Sequence[str]) -> Origin | None:
    """What shows best where the family's story comes from: a credit in any copy, else the first one's publisher."""
    shown = [whole for report in family if (whole := sides[report].whole) and whole.basis != "slug"]
    if shown:
        return max(shown, key=lambda o: (o.confidence, -family.index(o.report)))
    return sides[family[0]].whole or _published(sides[family[0]])


def _published(side: Side) -> Origin | None:
    id, outlet = side.report.id, side.report.outlet
    if not outlet:
        return None
    return Origin(report=id, outlet=side.outlets.name(outlet), basis="publisher", confidence=0.5, shown_in=id)


def _origins(sides: Mapping[str, Side], families: Sequence[Family]) -> Iterator[Origin]:
    sources = {report: _source(sides, family.reports) for family in families for report in family.reports}
    for report, side in sides.items():
        whole, source = side.whole, sources.get(report)
        if source and source.report != report and (whole is None or whole.basis == "slug"):
            confidence = round(source.confidence * _HANDED_ON, 4)
            whole = replace(source, report=report, basis="copied", confidence=confidence)
        whole = whole or _published(side)
        if whole:
            yield whole
        yield from (o for o in side.told if o.passage)


def _discrepancies(reports: Mapping[str, Report], relations: Iterable[Relation]) -> Iterator[Discrepancy]:
    for relation in relations:
        if relation.kind in ("spun", "paraphrase"):
            yield from find_discrepancies(reports[relation.a], reports[relation.b], relation.passages)
