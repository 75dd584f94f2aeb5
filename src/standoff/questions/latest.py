"""What people decided after an edition was read: who decides sees it at once, however long the record takes to read.

An edition of thousands of reports takes a while to be worked out. Decisions are few and each bears on one report, so
that report is read anew by itself, with all decisions that reach it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from standoff.analyse.decided import apply
from standoff.analyse.doubt import Doubt
from standoff.analyse.facets import Facets
from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.model.record import Record
from standoff.model.review import Review, taken_back
from standoff.questions.editions import Edition, Standpoint
from standoff.questions.reviewing import Decision, Reviewed, queue, review_history, reviewed

_KEPT = 16  # queues of one standpoint
_LOOKED = frozenset({"accept", "correct", "add"})


def since(edition: Edition) -> tuple[Review, ...]:
    """The decisions that an edition does not have yet, in order."""
    opened = edition.opened
    if opened.revision() == edition.revision:
        return ()
    known = {review.id for review in edition.known.decided.reviews}
    return tuple(review for review in opened.store.reviews() if review.id not in known)


def report_now(edition: Edition, report: str) -> Known:
    """One report (id) with its records as they are decided now. Raises InputError for an unknown one."""
    store = edition.opened.store
    reviews = store.reviews()
    everywhere = {r.report for r in reviews if r.action == "name" and r.fields.get("everywhere")}
    those = [r for r in reviews if r.report == report or r.report in everywhere]
    reports = store.reports_of(sorted({report, *(r.report for r in those)}))
    if report not in reports:
        raise InputError(f"no report {report!r} in this record")
    decided = apply(store.records(report=report), those, reports)
    return Known.of(edition.opened.pack, reports.values(), decided.records, decided=decided)


def waiting(at: Standpoint, of: str | None = None, facets: Facets | None = None, decided: bool = False) -> list[Doubt]:
    """The queue of a standpoint (`reviewing.queue`), without what was decided since it was read."""
    new = since(at.edition)
    before = _waiting(at, of, facets, decided)
    if not new:
        return [doubt for _, doubt in before]
    now = {report: report_now(at.edition, report) for report in sorted({review.report for review in new})}
    looked = {r.id for r in (*at.known.decided.reviews, *new) if r.action in _LOOKED}
    found = [(place, doubt) for place, doubt in before if doubt.record.report not in now]
    by_report = at.once("doubts by report", lambda: _by_report(waiting_all(at)))
    for place, old in (item for report in now for item in by_report.get(report, ())):
        doubt = _as_decided(old, now)
        if doubt is not None and _wanted(at, doubt, of, facets, decided, looked):
            found.append((place, doubt))
    return [doubt for _, doubt in sorted(found, key=lambda item: item[0])]


def _waiting(at: Standpoint, of: str | None, facets: Facets | None, decided: bool) -> list[tuple[int, Doubt]]:
    """The queue as it was when the edition was read, with the place of each among all; the last few asked for are kept,
    since people go from page to page of one."""
    kept = at.once("queues", dict[tuple[str | None, Facets | None, bool], list[tuple[int, Doubt]]])
    key = (of, facets, decided)
    found = kept.get(key)
    if found is None:
        looked = {r.id for r in at.known.decided.reviews if r.action in _LOOKED}
        every = enumerate(waiting_all(at))
        found = [(place, d) for place, d in every if _wanted(at, d, of, facets, decided, looked)]
        while len(kept) >= _KEPT:
            kept.pop(next(iter(kept)), None)
        kept[key] = found
    return found


def _wanted(
    at: Standpoint, doubt: Doubt, of: str | None, facets: Facets | None, decided: bool, looked: set[str]
) -> bool:
    if of is not None and doubt.record.type_name != of:
        return False
    if not decided and doubt.mark is not None and looked.intersection(doubt.mark.reviews):
        return False
    return facets is None or facets.fits(doubt.record, at.known.report_of(doubt.record))


def _by_report(every: Iterable[Doubt]) -> dict[str, list[tuple[int, Doubt]]]:
    found: dict[str, list[tuple[int, Doubt]]] = {}
    for place, doubt in enumerate(every):
        found.setdefault(doubt.record.report, []).append((place, doubt))
    return found


def waiting_all(at: Standpoint) -> tuple[Doubt, ...]:
    """Every record of the standpoint with its doubt, those that people decided on, too; worked out once."""
    return at.once("doubts", lambda: queue(at.known, at.edition.opened.store.screenings(), decided=True))


def _as_decided(found: Doubt, now: dict[str, Known]) -> Doubt | None:
    known = now[found.record.report]
    try:
        record = known.record(found.record.id)
    except KeyError:  # rejected, or its report was retracted
        return None
    return replace(found, record=record, mark=known.decided.mark(record.id))


@dataclass(frozen=True, slots=True)
class RecordNow:
    """A record in both versions, and what is known of its report, as it is decided now."""

    known: Known
    found: Reviewed


def record_now(at: Standpoint, id: str) -> RecordNow:
    """One record in both versions as it is decided now, with its report; by any id that it has or had.

    Its doubt is that of the standpoint. Raises InputError for an unknown one.
    """
    for report in _reports_with(at, id):
        known = report_now(at.edition, report)
        try:
            found = reviewed(known, id)
        except InputError:
            continue
        ids = {id, found.id} | {r.id for r in (found.stands, found.machine) if r}
        doubts = at.once("doubts by id", lambda: {d.record.id: d for d in waiting_all(at)})
        return RecordNow(known, replace(found, doubt=next((doubts[i] for i in sorted(ids) if i in doubts), None)))
    raise InputError(f"no record {id!r} in this record")


def _reports_with(at: Standpoint, id: str) -> Iterator[str]:
    """The reports in which a record of this id may stand: as it was read, as it is stored, as it was decided since."""
    known, met = at.edition.known, set()
    mark = known.decided.mark(id)
    stands: list[Record | None] = [mark.human, mark.machine] if mark else []
    stands += [r for r in known.decided.set_aside if r.id == id]
    with suppress(KeyError):
        stands.append(known.record(id))
    found = [r.report for r in stands if r]
    found += [report for kind, named, report in at.edition.opened.store.named(id) if named == id and kind != "review"]
    for report in (*found, *(review.report for review in since(at.edition))):
        if report not in met:
            met.add(report)
            yield report


def history_now(at: Standpoint, report: str | None = None) -> tuple[Decision, ...]:
    """All decisions (on one report), the newest first, with those that were made since the edition was read."""
    edition = at.edition
    found = {d.review.id: d for d in review_history(edition.known)}
    new = since(edition)
    for touched in dict.fromkeys(review.report for review in new):
        known = report_now(edition, touched)
        found |= {d.review.id: d for d in review_history(known, touched)}
    back = taken_back(d.review for d in found.values())
    every = (replace(d, withdrawn=back.get(d.review.id)) for d in found.values())
    those = [d for d in every if report is None or d.review.report == report]
    return tuple(sorted(those, key=lambda d: (d.review.at, d.review.id), reverse=True))
