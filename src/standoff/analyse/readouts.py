"""Two sides' texts on one contact, side by side: what each says of what each does, issue by issue.

A cell holds what one text says of one side on one issue: that it *commits*, *asks*, or something else of it
(*reports*); that it *denies* or refuses; or nothing (*silent*). Then, issue by issue and act by act,

- *agreed*: both texts say it of the same side, in words that are close or of the same figures;
- *contradicted*: one says it and the other denies it, or both name figures, days or conditions that differ;
- *one-sided*: one says it, the other is silent on it. Silence is no denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Literal

from standoff.analyse.known import Known
from standoff.analyse.places import evidence_json
from standoff.analyse.timeline import timeline
from standoff.analyse.tracing import Tracer, tracer_of
from standoff.analyse.words import content_words, figures
from standoff.model.record import Move, MoveType, Statement
from standoff.model.report import Report

Said = Literal["commits", "asks", "reports", "denies", "silent"]
Verdict = Literal["agreed", "one-sided", "contradicted"]

_ORDER: tuple[Said, ...] = ("denies", "commits", "asks", "reports")
_CLOSE = 0.3  # Dice: two readouts put one act in words of their own
_INITIATIVE = re.compile(
    r"\b(?:at|on|upon) the (?:request|invitation|initiative) of (?P<after>[^,.;]{2,60})"
    r"|\b(?:at|on|upon) (?P<before>[^,.;]{2,60}?)[’']s? (?:request|invitation|initiative)",
    re.IGNORECASE,
)
_KINDS: dict[MoveType, str] = {
    "demand": "ask", "offer": "give", "commit": "give", "agree": "give", "refuse": "give", "impose": "harm",
    "threaten": "harm", "ease": "ease", "accuse": "blame",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one text (report id) says of one side on one issue, with the records that show it."""

    report: str
    issue: str
    side: str
    said: Said
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One act on one issue in both texts: `a` and `b` are records (empty: silent), `differ` what they differ in."""

    issue: str
    side: str
    verdict: Verdict
    differ: tuple[str, ...]
    what: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readouts:
    """Two texts compared. `sides` are whose texts they are (None: of neither side), `cells` the matrix of both."""

    reports: tuple[str, str]
    sides: tuple[str | None, str | None]
    cells: tuple[Cell, ...]
    compared: tuple[Compared, ...]
    initiator: tuple[str | None, str | None]
    explanation: str


def readouts(known: Known, a: str, b: str) -> Readouts:
    """Compare two reports (ids). Raises KeyError for an unknown one."""
    tracer = tracer_of(known)
    first, second = known.report(a), known.report(b)
    moves = {r.id: [m for m in known.moves if m.report == r.id and m.by] for r in (first, second)}
    cells = [cell for r in (first, second) for cell in _cells(known, r, moves[r.id])]
    compared = tuple(_compare(known, tracer, moves[a], moves[b]))
    names = tuple(_initiator(known, tracer, r) for r in (first, second))
    counts = ", ".join(f"{sum(c.verdict == v for c in compared)} {v}" for v in ("agreed", "one-sided", "contradicted"))
    differ = " They name different initiators." if None not in names and names[0] != names[1] else ""
    return Readouts(
        reports=(a, b),
        sides=(_whose(known, first), _whose(known, second)),
        cells=tuple(cells),
        compared=compared,
        initiator=(names[0], names[1]),
        explanation=f"{first.name} and {second.name}: {counts}.{differ} Silence is no denial.",
    )


def pairs_told(known: Known, as_of: date | None = None) -> tuple[tuple[str, str], ...]:
    """The reports (ids) of two sides that tell of one contact, in the order of contacts: what may be compared."""
    whose: dict[str, str | None] = {}
    found: dict[tuple[str, str], None] = {}
    for entry in timeline(known, as_of):
        reports = dict.fromkeys(known.record(r).report for r in entry.records)
        for report in reports:
            if report not in whose:
                whose[report] = _whose(known, known.report(report))
        sided = [r for r in reports if whose[r]] if entry.status == "held" else []
        found |= {(a, b): None for a, b in combinations(sided, 2) if whose[a] != whose[b]}
    return tuple(found)


def _whose(known: Known, report: Report) -> str | None:
    """The side whose text it is: that of its outlet, else the one that all its speakers speak for."""
    outlet = next((o for o in known.pack.outlets if report.outlet in (o.name, *o.names)), None)
    if outlet and outlet.party:
        return outlet.party
    sides = {s.speaks_for for s in known.part(report.id).of(Statement) if s.speaks_for}
    return next(iter(sides)) if len(sides) == 1 else None


# -- the matrix -----------------------------------------------------------------------------------------------------


def _cells(known: Known, report: Report, moves: Sequence[Move]) -> Iterator[Cell]:
    issues = sorted({m.issue for m in known.moves if m.report == report.id} | {m.issue for m in moves})
    for issue in issues:
        for side in known.pack.between:
            those = [m for m in moves if (m.by, m.issue) == (side, issue)]
            said = min((_said(m) for m in those), key=_ORDER.index, default=None)
            records = tuple(m.id for m in those if _said(m) == said)
            yield Cell(report=report.id, issue=issue, side=side, said=said or "silent", records=records)


def _said(move: Move) -> Said:
    if move.type == "refuse" or move.status == "denied":
        return "denies"
    if move.type in ("commit", "agree", "offer"):
        return "commits"
    return "asks" if move.type == "demand" else "reports"


# -- act by act -----------------------------------------------------------------------------------------------------


def _compare(known: Known, tracer: Tracer, ours: Sequence[Move], theirs: Sequence[Move]) -> Iterator[Compared]:
    left = list(theirs)
    for move in ours:
        other = max(left, key=lambda m: (_alike(tracer, move, m), m.id), default=None)
        if other is not None and _alike(tracer, move, other) >= _CLOSE:
            left.remove(other)
            yield _pair(known, move, other)
        else:
            yield _alone(move, (move.id,), ())
    for move in left:
        yield _alone(move, (), (move.id,))


def _alike(tracer: Tracer, a: Move, b: Move) -> float:
    """How alike two acts are in words, 0 where side or issue differ; a joint act stands for either side's."""
    joint = "agree" in (a.type, b.type)
    one_side = a.by == b.by or (joint and {a.by, a.to} == {b.by, b.to})
    if a.issue != b.issue or not one_side or _KINDS[a.type] != _KINDS[b.type]:
        return 0.0
    plain = tracer.names | tracer.people | tracer.cue_words((a.issue,))
    words = [content_words(m.what) - plain for m in (a, b)]
    shorter = min(len(w) for w in words)
    return len(words[0] & words[1]) / shorter if shorter else 0.0


def _pair(known: Known, a: Move, b: Move) -> Compared:
    differ = tuple(_differences(known, a, b))
    denied = (_said(a) == "denies") != (_said(b) == "denies")
    verdict: Verdict = "contradicted" if denied or differ else "agreed"
    if denied:
        differ = ("whether", *differ)
    how = f"they differ in {', '.join(differ)}" if differ else "both say so"
    return Compared(
        issue=a.issue, side=a.by or "", verdict=verdict, differ=differ, what=a.what, a=(a.id,), b=(b.id,),
        explanation=f"{a.by} on {a.issue}: “{a.what}” / “{b.what}”: {how}.",
    )  # fmt: skip


def _alone(move: Move, a: tuple[str, ...], b: tuple[str, ...]) -> Compared:
    return Compared(
        issue=move.issue, side=move.by or "", verdict="one-sided", differ=(), what=move.what, a=a, b=b,
        explanation=f"{move.by} on {move.issue}: “{move.what}”: only one text says so; the other is silent on it.",
    )  # fmt: skip


def _differences(known: Known, a: Move, b: Move) -> Iterator[str]:
    """What both name and name differently: quantities, deadlines; conditions that only one of them names."""
    ours, theirs = figures(known.words(a)) | figures(a.what), figures(known.words(b)) | figures(b.what)
    if ours and theirs and not ours & theirs:
        yield "quantity"
    if a.deadline and b.deadline and not a.deadline.overlaps(b.deadline):
        yield "deadline"
    first, second = _conditions(known, a), _conditions(known, b)
    if first and second and not first & second:
        yield "condition"


def _conditions(known: Known, move: Move) -> frozenset[str]:
    """The words of what an act is told to wait for."""
    links = [x for x in known.linkages if x.report == move.report and x.span.overlaps(move.span)]
    return frozenset(word for link in links for word in content_words(link.first))


def _initiator(known: Known, tracer: Tracer, report: Report) -> str | None:
    """The party at whose request or invitation the text says it took place."""
    for match in _INITIATIVE.finditer(report.text):
        party = tracer.party_before(report.text, match.end(), match.end() - match.start())
        if party:
            return party
    return None


def readouts_json(known: Known, answer: Readouts) -> dict[str, Any]:
    """`reports, sides, cells: [{report, issue, side, said, evidence}], compared: [{issue, side, verdict, ...}]`."""
    return {
        "reports": [known.report(id).name for id in answer.reports],
        "sides": list(answer.sides),
        "initiator": list(answer.initiator),
        "cells": [
            {"report": known.report(c.report).name, "issue": c.issue, "side": c.side, "said": c.said,
             "evidence": evidence_json(known, c.records)}
            for c in answer.cells
        ],
        "compared": [
            {"issue": c.issue, "side": c.side, "verdict": c.verdict, "differ": list(c.differ), "what": c.what,
             "a": evidence_json(known, c.a), "b": evidence_json(known, c.b), "explanation": c.explanation}
            for c in answer.compared
        ],
        "explanation": answer.explanation,
    }  # fmt: skip
