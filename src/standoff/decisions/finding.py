"""What a decision is about: a report, words in it, a record in both versions; found by what people type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standoff.analyse.decided import Decided, apply
from standoff.errors import InputError
from standoff.model.record import Record, Statement
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.store import Store

Evidence = Sequence[Span] | str
"""Spans of the report's text, the main one first; or its words, or `start:end`."""

_PLACE = re.compile(r"(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is decided on: a report as it is decided so far, and a record of it in both versions."""

    report: Report
    view: Decided
    machine: Record | None
    human: Record | None
    reviews: tuple[str, ...]

    @property
    def base(self) -> Record:
        """The machine's version; of a record that it does not have, the one that stands."""
        found = self.machine or self.human
        assert found is not None
        return found


def report_named(store: Store, name: str) -> Report:
    """A report by its id, its name, or the only beginning of either. Raises InputError."""
    found = store.report(name)
    if found is None:
        names = {r.id: r.name for r in store.iter_reports()}
        fitting = [id for id, called in names.items() if name and (id.startswith(name) or called.startswith(name))]
        found = store.report(only(name, fitting, "report"))
    assert found is not None
    return found


def quoted(report: Report, words: str) -> Span:
    """Where words stand in a report, blanks of any kind being alike; or the span of `start:end`.

    Raises InputError where they do not stand there, or more than once.
    """
    if (match := _PLACE.fullmatch(words.strip())) is not None:
        start, end = int(match[1]), int(match[2])
        if not start < end <= len(report.text):
            raise InputError(f"{words} is no part of {report.name}, which has {len(report.text)} characters")
        return Span(start, end)
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = [Span(m.start(), m.end()) for m in re.finditer(pattern, report.text)] if pattern else []
    if not found:
        raise InputError(f"{words!r} does not stand in {report.name}; copy the words as they stand there")
    if len(found) > 1:
        places = ", ".join(f"{span.start}:{span.end}" for span in found[:5])
        raise InputError(f"{words!r} stands {len(found)} times in {report.name}; give more words, or one of {places}")
    return found[0]


def spans_of(report: Report, evidence: Evidence) -> tuple[Span, ...]:
    spans = (quoted(report, evidence),) if isinstance(evidence, str) else tuple(evidence)
    if not spans or max(span.end for span in spans) > len(report.text):
        raise InputError(f"a record must rest on words of {report.name}; quote some")
    return spans


def view_of(store: Store, report: Report) -> Decided:
    return apply(store.records(report=report.id), store.reviews(), {report.id: report})


def subject_of(store: Store, id: str, report: str | None) -> Subject:
    """The record of an id, or of the only beginning of one."""
    where = {report} if report else {r for kind, found, r in store.named(id) if kind != "review"} if id else set()
    reports = store.reports_of(sorted(where))
    found = _look(id, reports, {r.id: view_of(store, r) for r in reports.values()})
    if found is None and not report:  # an id that only a decision gave it
        reports = {r.id: r for r in store.iter_reports()}
        view = apply(store.records(), store.reviews(), reports)
        found = _look(id, reports, dict.fromkeys(reports, view))
    if found is None:
        raise InputError(f"no record {id!r}; give its id, or the beginning of it")
    return found


def _look(id: str, reports: Mapping[str, Report], views: Mapping[str, Decided]) -> Subject | None:
    ids: dict[str, tuple[str, Decided]] = {}
    for report, view in views.items():
        known = {r.id: r.report for r in (*view.machine, *view.set_aside, *view.records)}
        known |= {old: known[new] for old, new in view.now.items() if new in known}
        ids |= {found: (where, view) for found, where in known.items() if where == report and found.startswith(id)}
    if not ids or not id:
        return None
    same = {view.now.get(found, found) for found, (_, view) in ids.items()}
    chosen = id if id in ids else next(iter(ids)) if len(same) == 1 else only(id, sorted(ids), "record")
    report, view = ids[chosen]
    now = view.now.get(chosen, chosen)
    mark = view.mark(chosen)
    if mark is not None:
        return Subject(reports[report], view, mark.machine, mark.human, mark.reviews)
    stands = next((r for r in (*view.records, *view.set_aside) if r.id == now), None)
    return Subject(reports[report], view, view.changed.get(now, stands), stands, ())


def statement_named(view: Decided, report: Report, id: str) -> Statement:
    found = {r.id: r for r in (*view.records, *view.set_aside) if isinstance(r, Statement) and r.report == report.id}
    return found.get(id) or found[only(id, [s for s in found if s.startswith(id)], f"statement of {report.name}")]


def only(wanted: str, fitting: Sequence[str], kind: str) -> str:
    """The only one that fits. Raises InputError where none does, or several."""
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise InputError(f"no {kind} {wanted!r}; give its id, or the beginning of it")
    raise InputError(f"{wanted!r} may be any of {', '.join(sorted(fitting)[:5])}: give more of the {kind}'s id")
