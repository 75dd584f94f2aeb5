"""What people decided and what waits for them: the queue, one record in both versions, the history, evaluation data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from standoff.analyse.decided import Mark
from standoff.analyse.doubt import Doubt, doubts
from standoff.analyse.facets import Facets
from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.model.lineage import Screening
from standoff.model.plain import CLASSES
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.model.review import Review, taken_back
from standoff.show.annotation import annotation
from standoff.show.tables import free_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One review in the history: what took it back, the record it holds on to, or why it holds on to nothing."""

    review: Review
    report: Report
    withdrawn: Review | None
    record: Record | None
    unheld: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One record as it stands (None: rejected) and as the machine has it, its doubt, and all decisions on it."""

    id: str
    report: Report
    stands: Record | None
    machine: Record | None
    mark: Mark | None
    doubt: Doubt | None
    history: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What `evaluation` wrote: files by report, of how many records how many were decided on."""

    files: tuple[str, ...]
    complete: int
    decided: int
    records: int


def queue(
    known: Known,
    screenings: Mapping[str, Screening] | None = None,
    *,
    of: str | None = None,
    facets: Facets | None = None,
    decided: bool = False,
) -> tuple[Doubt, ...]:
    """The records that wait for a person, the most doubtful first; of one class, and with facets those that fit.

    Raises InputError for an unknown class.
    """
    if of is not None and of not in CLASSES:
        raise InputError(f"no class of records is called {of!r}; there are: {', '.join(CLASSES)}")
    spun = frozenset(id for id, screening in (screenings or {}).items() if screening.spun)
    found = known.once(("doubts", spun, decided), lambda: doubts(known, spun, decided=decided))
    fitting = (d for d in found if of is None or d.record.type_name == of)
    return tuple(d for d in fitting if facets is None or facets.fits(d.record, known.report_of(d.record)))


def review_history(known: Known, report: str | None = None) -> tuple[Decision, ...]:
    """All decisions (on one report, by its id) in the order in which they were made."""
    found = known.once("review history", lambda: tuple(_history(known)))
    return tuple(d for d in found if report is None or d.review.report == report)


def reviewed(known: Known, id: str) -> Reviewed:
    """One record, by its id or the only beginning of it: the one it has, the machine's, or one it had before.

    Rejected records and those of retracted reports are found, too. Raises InputError for an unknown one.
    """
    chosen = _record_id(known, id)
    mark, stands = known.decided.mark(chosen), _standing(known).get(chosen)
    machine = mark.machine if mark else known.decided.changed.get(chosen, stands)
    subject = stands or machine
    assert subject is not None
    marked = {d.record.id: d for d in queue(known, decided=True)}
    own = set(mark.reviews) if mark else set()
    return Reviewed(
        id=chosen,
        report=known.report_of(subject),
        stands=stands,
        machine=machine,
        mark=mark,
        doubt=marked.get(chosen),
        history=tuple(d for d in review_history(known, subject.report) if d.review.id in own or _was_on(d, subject)),
    )


def evaluation(known: Known, folder: Path, *, complete: bool = False, texts: bool = False) -> Evaluation:
    """Write the reports on which people decided as annotation JSON, one file a report, decisions applied.

    A report counts as complete where every record in it was accepted, corrected or added; `complete` writes only
    those, since in others what nobody looked at is still the machine's. `texts` writes the texts beside, as `.txt`.
    Raises InputError where it cannot be written.
    """
    touched = {r.report for r in known.decided.reviews}
    records: dict[str, list[Record]] = {}
    for record in known.records():
        records.setdefault(record.report, []).append(record)
    files, taken, whole, decided, count = list[str](), set[str](), 0, 0, 0
    waiting = {d.record.id for d in queue(known)}
    for report in known.reports:
        own = records.get(report.id, [])
        left = sum(r.id in waiting for r in own)
        if report.id not in touched or (complete and left):
            continue
        marks = {r.id: mark.action for r in own if (mark := known.decided.mark(r.id))}
        page = annotation(report, own, known.pack, marks) | {"reviewed": {"decided": len(own) - left, "of": len(own)}}
        files.append(free_name(report.name, report.id, taken))
        _write(folder / f"{files[-1]}.json", json.dumps(page, ensure_ascii=False, indent=1) + "\n")
        if texts:
            _write(folder / f"{files[-1]}.txt", report.text)
        whole, decided, count = whole + (left == 0), decided + len(own) - left, count + len(own)
    return Evaluation(files=tuple(f"{stem}.json" for stem in files), complete=whole, decided=decided, records=count)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error


def _history(known: Known) -> Iterator[Decision]:
    reviews, decided = known.decided.reviews, known.decided
    back = taken_back(reviews)
    unheld = {u.review.id: u.reason for u in decided.unheld}
    held = {id: mark.human or mark.machine for mark in decided.marks.values() for id in mark.reviews}
    for review in reviews:
        yield Decision(
            review=review, report=known.report(review.report), withdrawn=back.get(review.id),
            record=held.get(review.id), unheld=unheld.get(review.id),
        )  # fmt: skip


def _was_on(decision: Decision, record: Record) -> bool:
    """Whether a decision that was taken back had been made on these words of the same class."""
    review = decision.review
    return (
        decision.withdrawn is not None and review.of == record.type_name and review.evidence[:1] == record.evidence[:1]
    )


def _standing(known: Known) -> dict[str, Record]:
    return {r.id: r for r in (*known.records(), *known.decided.set_aside)}


def _record_id(known: Known, id: str) -> str:
    """The id that a record has, or a rejected one had."""
    stands, decided = _standing(known), known.decided
    if id in stands:
        return id
    ids = {found: found for found in (*stands, *(r.id for r in decided.rejected))} | dict(decided.now)
    fitting = {
        now for found, now in ids.items() if id and found.startswith(id) and (now in stands or now in decided.marks)
    }
    if len(fitting) == 1:
        return fitting.pop()
    if not fitting:
        raise InputError(f"no record {id!r}; give its id, or the beginning of it")
    raise InputError(f"{id!r} may be any of {', '.join(sorted(fitting)[:5])}: give more of the record's id")
