"""Answers for the terminal (tables) and for `--json` (plain values)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from rich.table import Table
from rich.text import Text

from standoff.analyse.known import Known
from standoff.analyse.positions import VERBS
from standoff.analyse.state import State, positions_json
from standoff.show.evidence import shown

if TYPE_CHECKING:
    from datetime import date

    from standoff.model.domain import Pack
    from standoff.model.lineage import Lineage, Origin, Place, Screening
    from standoff.model.report import Report
    from standoff.model.span import Span


class _Run(Protocol):
    pack: str
    added: list[str]
    known: list[str]
    noted: list[str]
    records: int

    @property
    def skipped(self) -> Sequence[Any]: ...


class _Found(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def report(self) -> str: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def published(self) -> date | None: ...
    @property
    def words(self) -> str: ...
    @property
    def marks(self) -> tuple[Span, ...]: ...


class _Finding(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def message(self) -> str: ...


def run_values(run: _Run) -> dict[str, Any]:
    """What a run did, for JSON."""
    return {
        "pack": run.pack, "added": run.added, "known": run.known, "records": run.records,
        "skipped": [{"path": item.path, "reason": item.reason} for item in run.skipped], "noted": run.noted,
    }  # fmt: skip


def file_name(name: str) -> str:
    """A report's name as a file name: no path in it, nothing that a file system refuses."""
    return re.sub(r"[^\w.-]+", "_", name).strip("._")[:150] or "report"


def counts(values: Mapping[str, int]) -> Table:
    """How many there are of what."""
    table = Table("in the record", "count", box=None)
    for name, count in values.items():
        table.add_row(name, str(count))
    return table


def state_values(known: Known, answer: State) -> dict[str, Any]:
    """A state for JSON: positions with evidence, spans in code points."""
    return {
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "explanation": answer.explanation,
        "positions": positions_json(known, answer),
    }


def state(known: Known, answer: State) -> Table:
    """Positions by issue and side."""
    table = Table(
        "issue", "side", "", "what", "dates", "evidence", title=answer.explanation, title_justify="left", box=None
    )
    for position in (*answer.positions, *answer.deeds, *answer.accusations):
        first, last = position.first, position.last
        days = f"{first}" if first == last else f"{first} to {last}"
        flags = " ".join(f"[{flag}]" for flag in position.flags)
        where = ", ".join(dict.fromkeys(known.report(s.report).name for s in position.sightings))
        words = Text(f"{shown(position.what)} {flags}".strip())
        table.add_row(position.issue, position.party, VERBS[position.kind], words, days if first else "", Text(where))
    return table


def hit_values(hit: _Found) -> dict[str, Any]:
    """One hit of a search, for JSON; marks are places in `words`."""
    return {
        "kind": hit.kind, "id": hit.id, "report": hit.report, "outlet": hit.outlet,
        "published": hit.published.isoformat() if hit.published else None,
        "words": hit.words, "marks": [[m.start, m.end] for m in hit.marks],
    }  # fmt: skip


def hits(found: Iterable[_Found]) -> Table:
    """Hits with what matched set off."""
    table = Table("what", "report", "published", "words", box=None)
    for hit in found:
        words = Text(shown(hit.words).replace("\n", " "))
        for mark in hit.marks:
            words.stylize("bold yellow", mark.start, mark.end)
        table.add_row(hit.kind, Text(hit.report), str(hit.published or ""), words)
    return table


class _Lineage(Protocol):
    @property
    def reports(self) -> tuple[Report, ...]: ...
    @property
    def screenings(self) -> Mapping[str, Screening]: ...
    @property
    def lineage(self) -> Lineage: ...


def lineage_values(answer: _Lineage) -> dict[str, Any]:
    """Who copied whom, for JSON; a report is its name, spans are [start, end]."""
    name = {r.id: r.name for r in answer.reports}
    rows = []
    for report in answer.reports:
        origin, screening = answer.lineage.origin(report.id), answer.screenings.get(report.id)
        rows.append({
            "report": report.name,
            "origin": _origin(origin) if origin else None,
            "spun": bool(screening and screening.spun),
            "repeats": [_span(r.again) for r in screening.repeats] if screening else [],
        })  # fmt: skip
    return {
        "reports": rows,
        "relations": [
            {"a": name[r.a], "b": name[r.b], "relation": r.kind, "score": round(r.score, 3)}
            for r in answer.lineage.relations
        ],
        "discrepancies": [
            {"kind": d.kind, "a": _place(name, d.a), "b": _place(name, d.b)}
            for d in answer.lineage.discrepancies
        ],
    }  # fmt: skip


def _origin(origin: Origin) -> dict[str, Any]:
    evidence = _span(origin.evidence) if origin.evidence else None
    return {"outlet": origin.outlet, "confidence": origin.confidence, "basis": origin.basis, "evidence": evidence}


def _place(name: Mapping[str, str], place: Place) -> dict[str, Any]:
    return {"report": name[place.report], "span": _span(place.span)}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def lineage(answer: _Lineage) -> Table:
    """Reports with origin and kind of copy."""
    table = Table("report", "outlet", "origin", "how it relates", "repeats", "differs in", box=None)
    name = {r.id: r.name for r in answer.reports}
    for report in answer.reports:
        origin = answer.lineage.origin(report.id)
        relations = "; ".join(
            f"{r.kind} of {name[r.b]} ({r.score:.2f})" for r in answer.lineage.relations if r.a == report.id
        )
        screening = answer.screenings.get(report.id)
        repeats = len(screening.repeats) if screening else 0
        differs = sum(report.id in (d.a.report, d.b.report) for d in answer.lineage.discrepancies)
        told = f"{origin.outlet} ({origin.basis})" if origin else "not stated"
        cells = (report.name, report.outlet or "not stated", told, relations, str(repeats or ""), str(differs or ""))
        table.add_row(*(Text(cell) for cell in cells))
    return table


def packs(rows: Iterable[Mapping[str, str]]) -> Table:
    """The built-in packs."""
    table = Table("name", "title", "between", box=None)
    for row in rows:
        table.add_row(row["name"], row["title"], row["between"])
    return table


def findings(pack: Pack, found: Sequence[_Finding]) -> Table:
    """What is doubtful in a pack."""
    table = Table("where", "what to do", title=f"{pack.id}: {len(found)} findings", title_justify="left", box=None)
    for finding in found:
        table.add_row(Text(finding.where), Text(finding.message))
    return table
