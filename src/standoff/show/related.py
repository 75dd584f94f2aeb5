"""Related reports as the brief shows them: what kind of copy, the facts that differ, the passages side by side."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from standoff.analyse.known import Known
from standoff.model.lineage import Lineage, Screening
from standoff.model.report import Report
from standoff.show.evidence import shown
from standoff.show.passages import COPY, Apart, apart, beside, marked

_AGAIN = {
    "copy": "copied by", "excerpt": "taken over in part by", "spun": "spun by", "paraphrase": "paraphrased by",
    "revision": "revised as", "relay": "relayed by",
}  # fmt: skip
_MOST_RELATIONS, _MOST_PASSAGES = 30, 40  # that a page has room for


@dataclass(frozen=True, slots=True)
class Related:
    """Two reports, one a copy or a relay of the other, in words and marked HTML.

    `left` counts the passages that the page has no room for.
    """

    a: str
    b: str
    heads: tuple[str, str]
    kind: str
    apart: tuple[Apart, ...]
    passages: tuple[tuple[Markup, Markup], ...]
    left: int


def related(known: Known, lineage: Lineage, most: int = _MOST_RELATIONS) -> tuple[Related, ...]:
    """The relations with passages, first those of which facts differ, then by the copy's place in the record."""
    rank = {report.id: n for n, report in enumerate(known.reports)}
    differing = {frozenset((d.a.report, d.b.report)) for d in lineage.discrepancies}
    those = [r for r in known.relations if r.passages and r.a in rank and r.b in rank]
    those.sort(key=lambda r: (frozenset((r.a, r.b)) not in differing, rank[r.a], rank[r.b], r.kind))
    found = []
    for relation in those[:most]:
        a, b = known.report(relation.a), known.report(relation.b)
        rows = beside(relation, a, b)
        found.append(
            Related(
                a=shown(a.name),
                b=shown(b.name),
                heads=(_head(a), _head(b)),
                kind=COPY[relation.kind],
                apart=apart(relation, a, b, lineage.discrepancies),
                passages=tuple((marked(r.a_pieces), marked(r.b_pieces)) for r in rows[:_MOST_PASSAGES]),
                left=max(0, len(rows) - _MOST_PASSAGES),
            )
        )
    return tuple(found)


def copies_of(known: Known, report: Report, screening: Screening | None = None) -> list[str]:
    """What kind of copy a report is, line by line: of which report, who copied it, and marks on its own words."""
    kinds = []
    for relation in known.relations:
        if relation.a == report.id and relation.kind != "same-event":
            kinds.append(f"{COPY[relation.kind]} {_named(known.report(relation.b))}")
        elif relation.b == report.id and relation.kind in _AGAIN:
            kinds.append(f"{_AGAIN[relation.kind]} {_named(known.report(relation.a))}")
    if screening and screening.spun:
        kinds.append("words changed by a thesaurus: do not quote")
    if screening and screening.repeats:
        kinds.append("passages stand twice; counted once")
    return list(map(shown, kinds))


def _named(report: Report) -> str:
    return f"{report.outlet} ({report.name})" if report.outlet else report.name


def _head(report: Report) -> str:
    """The report over its column: name, outlet and day."""
    told = [report.name, report.outlet or "", report.published.day.isoformat() if report.published else ""]
    return shown(", ".join(filter(None, told)))
