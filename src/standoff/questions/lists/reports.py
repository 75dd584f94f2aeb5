"""Reports and how they relate, as rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from standoff.analyse.attribution import outlet_of
from standoff.model.lineage import Relation
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.questions.editions import Standpoint
from standoff.questions.lists.rows import RelationRow, ReportRow

_TAKEN = {
    "copy": "copy of", "excerpt": "excerpt of", "spun": "spun copy of", "paraphrase": "paraphrase of",
    "revision": "revision of", "relay": "relays", "same-event": "same event as",
}  # fmt: skip


def report_rows(at: Standpoint) -> tuple[ReportRow, ...]:
    """All reports, the newest first, those without a day and those retracted last."""
    return at.once("report rows", lambda: tuple(_reports(at)))


def _reports(at: Standpoint) -> Iterator[ReportRow]:
    known = at.known
    counts = Counter(record.report for record in known.records())
    origins = {o.report: o.outlet for o in at.edition.lineage.origins if o.passage is None}
    copies: defaultdict[str, list[Relation]] = defaultdict(list)
    for relation in known.relations:
        if relation.kind != "same-event":
            copies[relation.a].append(relation)
    undated = [r for r in known.reports if not r.published] + list(known.retracted)
    dated = [r for r in known.reports if r.published]
    for report in (*reversed(dated), *undated):
        told = tuple(f"{_TAKEN[r.kind]} {outlet_of(known.report(r.b))}" for r in copies[report.id])
        yield _report(at, report, origins.get(report.id), tuple(dict.fromkeys(told)), counts[report.id])


def _report(at: Standpoint, report: Report, origin: str | None, copies: tuple[str, ...], count: int) -> ReportRow:
    published = report.published
    return ReportRow(
        id=report.id,
        name=report.name,
        title=report.title,
        outlet=report.outlet,
        published=published.day if published else None,
        inferred=published.reason or "concluded" if published and published.inferred else None,
        url=report.url if report.url and report.url.startswith(("http://", "https://")) else None,
        origin=origin,
        copies=copies,
        record_count=count,
        retracted=report.id in at.known.decided.retracted,
    )


def records_of(at: Standpoint, report: str) -> tuple[Record, ...]:
    """The records of one report, in the order of its text."""

    def made() -> dict[str, list[Record]]:
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for record in at.known.records():
            found[record.report].append(record)
        return found

    those = at.once("records of reports", made).get(report, [])
    return tuple(sorted(those, key=lambda r: (r.span.start, r.span.end, r.id)))


def relations(at: Standpoint, report: str | None = None) -> tuple[RelationRow, ...]:
    """How reports relate, those that share most first; of one report or of all."""
    known = at.known
    those = [r for r in known.relations if report is None or report in (r.a, r.b)]
    return tuple(
        RelationRow(
            a=r.a,
            a_name=known.report(r.a).name,
            b=r.b,
            b_name=known.report(r.b).name,
            kind=r.kind,
            score=round(r.score, 4),
            passages=len(r.passages),
        )
        for r in sorted(those, key=lambda r: (r.kind == "same-event", -r.score, r.a, r.b))
    )


def between(at: Standpoint, a: str, b: str) -> Relation | None:
    """How two reports (ids) relate, whichever took from the other: the relation that shares most passages."""
    those = [r for r in at.known.relations if {r.a, r.b} == {a, b}]
    return max(those, key=lambda r: (len(r.passages), r.score, r.kind), default=None)


def report_named(at: Standpoint, name: str) -> Report | None:
    """A report by its id or its name, a retracted one, too; of several with one name the first."""
    known = at.known
    return next((r for r in (*known.reports, *known.retracted) if name in (r.id, r.name)), None)
