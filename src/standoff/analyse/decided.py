"""The record as people decided it: what the machine found, with every decision that stands put to it.

What a decision does, and that a rebuild or a new version never undoes it:

- *accept* pins the record as the person saw it: should a later version find it otherwise, or not at all, it still
  stands. It keeps its rule; its confidence is 1, since a person has looked.
- *correct* pins it with the fields that were put right; rule `review/correct@1`, confidence 1. Later corrections of
  other fields add to it; of the same field the later one counts.
- *reject* takes it out. A later accept or correction brings it back. What a later version finds there that is
  something else (see `held.hold`) is not rejected by it.
- *add* is a record of its own, `review/add@1`, confidence 1; it takes the place of the same one found by a machine.
- *name* puts right whom a mention stands for (`named.Naming`); rule and confidence stay the machine's.
- *retract* takes a report, with its records, out of every count; both are kept.
- *withdraw* takes a decision back, as if it had not been made. Nothing is deleted.

Of decisions that conflict the later one counts. They hold whatever day is asked about: what was misread was misread
on every day. Every record that stands has evidence, which quotes its report; a decision that cannot be put to
anything is listed among the `unheld`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from standoff.analyse.folding import Fold, Group, groups, told_by
from standoff.analyse.held import Held, close, dice, hold
from standoff.analyse.named import Naming
from standoff.model.record import Record, Statement
from standoff.model.report import Report
from standoff.model.review import Action, Review, in_order, retractions, standing
from standoff.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What people decided of one record: the last decision, by whom and when, and both versions.

    `machine` is the record as this version finds it (None: it does not); `human` the record as it stands (None: it is
    rejected). `reviews` are the ids of all decisions that bear on it, in order; `overlap` is how much of the words
    that were decided on the machine's record has (0 where there is none).
    """

    action: Action
    who: str
    at: datetime
    note: str | None
    machine: Record | None
    human: Record | None
    reviews: tuple[str, ...]
    overlap: float


@dataclass(frozen=True, slots=True)
class Unheld:
    """A decision that finds nothing to hold on to, and why, in one line."""

    review: Review
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The records to use, and what people decided.

    `marks` are by the id of the record as it stands, of a rejected one by the machine's. `now` maps ids that a record
    had (the machine's, of an earlier version) to the one that it has. `changed` are the records in `records` that are
    not as the machine has them (each with the machine's, None: added), `machine` the machine's records that are not in
    `records` as they are. `retracted` are reports (ids) with the review that says so, `set_aside` their records.
    """

    records: tuple[Record, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, Record | None] = field(default_factory=dict)
    machine: tuple[Record, ...] = ()
    set_aside: tuple[Record, ...] = ()
    retracted: Mapping[str, Review] = field(default_factory=dict)
    unheld: tuple[Unheld, ...] = ()
    reviews: tuple[Review, ...] = ()

    def mark(self, id: str) -> Mark | None:
        """What was decided of a record, by any id that it has or had; None where nothing was."""
        return self.marks.get(id) or self.marks.get(self.now.get(id, ""))

    @property
    def rejected(self) -> tuple[Record, ...]:
        """The machine's records that people took out, in the order of the record."""
        out = {m.machine.id for m in self.marks.values() if m.human is None and m.machine is not None}
        return tuple(r for r in self.machine if r.id in out)


def apply(records: Iterable[Record], reviews: Iterable[Review], reports: Mapping[str, Report]) -> Decided:
    """Put all decisions to the records, whatever the order of either; `reports` by id.

    Pure and total: a decision that does not fit (a field that this version does not know, a report that is not
    there) is listed, and raises nothing.
    """
    found, ordered = tuple(records), in_order(reviews)
    if not ordered:
        return Decided(records=found)
    touched = _touched(ordered, reports)
    untouched = tuple(r for r in found if r.report not in touched)
    decided = _Applying(tuple(r for r in found if r.report in touched), ordered, reports).decided()
    return replace(decided, records=untouched + decided.records)


def _touched(reviews: Iterable[Review], reports: Mapping[str, Report]) -> set[str]:
    """The reports that a decision may bear on: most records of a large one stay as they are, unlooked at."""
    found = {review.report for review in reviews}
    for review in reviews:
        if review.action == "name" and review.fields.get("everywhere"):
            with suppress(ValueError):  # without a mention: listed among the unheld
                naming = Naming.of(review)
                found |= {id for id, report in reports.items() if naming.within(report.text)}
    return found


class _Applying:
    """One run of `apply`, step by step."""

    def __init__(self, records: tuple[Record, ...], reviews: tuple[Review, ...], reports: Mapping[str, Report]) -> None:
        self.records, self.reviews, self.reports = records, reviews, reports
        self.standing = standing(reviews)
        self.rank = {review.id: n for n, review in enumerate(self.standing)}
        self.unheld: dict[str, Unheld] = {}
        self.namings: list[tuple[Review, Naming]] = []
        self.in_report: dict[str, list[tuple[Review, Naming]]] = {}
        self.named: set[str] = set()
        self.spoken: set[tuple[str, str]] = set()  # (name review, machine's statement that it puts right)

    def decided(self) -> Decided:
        self._read_namings()
        found, unusable = groups(self.reviews, self.standing, self.reports)
        self.unheld |= {review.id: Unheld(review, reason) for review, reason in unusable}
        held = hold((group.sought for group in found), self.records)
        folds = self._fold(found, held)
        self._list_unheld(folds)
        return self._gathered(folds)

    def _read_namings(self) -> None:
        for review in self.standing:
            if review.action == "name":
                try:
                    self.namings.append((review, Naming.of(review)))
                except ValueError as error:
                    self.unheld[review.id] = Unheld(review, str(error))

    def _namings_in(self, report: str) -> list[tuple[Review, Naming]]:
        """The names put right that stand in a report's text."""
        if report not in self.in_report:
            text = self.reports[report].text if report in self.reports else ""
            here = [(r, n) for r, n in self.namings if n.report in (None, report)]
            self.in_report[report] = [(r, n) for r, n in here if n.within(text)]
        return self.in_report[report]

    def _fold(self, found: Sequence[Group], held: Mapping[str, Held]) -> list[Fold]:
        """Every record that a decision bears on, worked through in the order of the decisions; statements first,
        since names reach what they carry."""
        groups_of = {held[g.key].record.id: g for g in found if g.key in held}
        todo: list[tuple[Record | None, Group | None]] = [(r, groups_of.get(r.id)) for r in self.records]
        todo += [(None, group) for group in found if group.key not in held]
        todo.sort(key=lambda pair: _class_of(*pair) != Statement.type_name)
        folds = []
        for machine, group in todo:
            report = machine.report if machine else group.report if group else ""
            namings = self._namings_in(report)
            if group or namings:
                overlap = held[group.key].overlap if group and group.key in held else 0.0
                fold = Fold(machine, group, overlap, self.reports[report].text)
                self._work_through(fold, namings)
                if fold.group or fold.changed:
                    folds.append(fold)
        return folds

    def _work_through(self, fold: Fold, namings: Sequence[tuple[Review, Naming]]) -> None:
        fold.begin()
        carrier = getattr(fold.record, "said_by", None)
        steps: list[tuple[Review, Naming | None]] = [*namings, *((r, None) for r in fold.own_reviews)]
        for review, naming in sorted(steps, key=lambda step: self.rank[step[0].id]):
            if naming is None:
                fold.decide(review)
            elif fold.name(review, naming, carried=(review.id, carrier) in self.spoken):
                self.named.add(review.id)
                if isinstance(fold.machine, Statement) and naming.speaker(fold.machine, fold.text):
                    self.spoken.add((review.id, fold.machine.id))

    def _list_unheld(self, folds: Sequence[Fold]) -> None:
        for review, _ in self.namings:
            if review.id not in self.named:
                self.unheld[review.id] = Unheld(review, f"no record names {review.fields.get('mention')!r} there")
        for fold in folds:
            if fold.group is None:
                continue
            reason = fold.failed or ("" if fold.machine or fold.group.added else _ALONE[fold.record is None])
            for review in fold.own_reviews if reason else ():
                self.unheld[review.id] = Unheld(review, reason)
        retracting = (r for r in self.standing if r.action in ("retract", "reinstate") and r.report not in self.reports)
        self.unheld |= {r.id: Unheld(r, "its report is not in the record") for r in retracting}

    def _gathered(self, folds: Sequence[Fold]) -> Decided:
        kept, changed, now = _kept(folds, self.records)
        retracted = {id: r for id, r in retractions(self.reviews).items() if id in self.reports}
        order = {review.id: n for n, review in enumerate(self.reviews)}
        return Decided(
            records=tuple(r for r in kept.values() if r.report not in retracted),
            marks=dict(_marks(folds, kept, now)),
            now=now,
            changed={id: machine for id, machine in changed.items() if kept[id] != machine},
            machine=tuple(r for r in self.records if r.report in retracted or not _same(kept.get(r.id), r)),
            set_aside=tuple(r for r in kept.values() if r.report in retracted),
            retracted=retracted,
            unheld=tuple(sorted(self.unheld.values(), key=lambda u: order[u.review.id])),
            reviews=self.reviews,
        )


_ALONE = {
    True: "this version finds no such record; there is nothing to reject",
    False: "this version finds no such record; it stands as it was decided",
}


def _same(a: Record | None, b: Record) -> bool:
    return a is b or a == b


def _class_of(machine: Record | None, group: Group | None) -> str:
    return machine.type_name if machine else group.sought.of if group else ""


def _kept(
    folds: Sequence[Fold], records: Sequence[Record]
) -> tuple[dict[str, Record], dict[str, Record | None], dict[str, str]]:
    """The records that stand by id; those that are not the machine's, with the machine's; and where ids went."""
    out = {fold.machine.id for fold in folds if fold.machine}
    kept = {r.id: r for r in records if r.id not in out}
    _carry(folds, kept, records)
    changed: dict[str, Record | None] = {}
    now: dict[str, str] = {}
    for fold in folds:
        if fold.record is not None:
            kept[fold.record.id] = fold.record
            changed[fold.record.id] = fold.machine
        if stands := fold.record or fold.machine:
            now |= dict.fromkeys(fold.ids - {stands.id}, stands.id)
    now = {old: new for old, new in now.items() if old not in kept}
    moved = {}
    for id, record in list(kept.items()):
        statement = now.get(getattr(record, "said_by", None) or "")
        if statement:
            other = told_by(record, statement)
            del kept[id]
            kept[other.id] = other
            changed[other.id] = changed.pop(id) if id in changed else record
            moved[id] = other.id
    return kept, changed, {old: moved.get(new, new) for old, new in (now | moved).items()}


def _marks(folds: Sequence[Fold], kept: Mapping[str, Record], now: Mapping[str, str]) -> Iterator[tuple[str, Mark]]:
    for fold in folds:
        stands = kept.get(now.get(fold.record.id, fold.record.id)) if fold.record else None
        shown = stands or fold.machine or fold.last
        if fold.reviews and shown is not None:
            last = fold.reviews[-1]
            yield shown.id, Mark(
                action=last.action, who=last.who, at=last.at, note=last.note, machine=fold.machine, human=stands,
                reviews=tuple(r.id for r in fold.reviews), overlap=fold.overlap,
            )  # fmt: skip


def _carry(folds: Sequence[Fold], kept: Mapping[str, Record], records: Sequence[Record]) -> None:
    """Find the statement that tells a decided record where its id is gone, by where it stood."""
    statements: dict[str, dict[str, Statement]] = {}
    for record in [*records, *kept.values(), *(f.record for f in folds if f.record)]:
        if isinstance(record, Statement):
            statements.setdefault(record.report, {})[record.id] = record
    for fold in folds:
        carrier = getattr(fold.record, "said_by", None)
        if fold.record is not None and fold.group is not None and carrier:
            there = statements.get(fold.record.report, {})
            if carrier not in there and (found := _said_at(there.values(), fold.group.said_at)):
                fold.put(told_by(fold.record, found))


def _said_at(statements: Iterable[Statement], place: Span | None) -> str | None:
    fitting = [(dice(s.content, place), s.id) for s in statements if place is not None and close(s.content, place)]
    return max(fitting)[1] if fitting else None
