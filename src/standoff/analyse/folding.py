"""The decisions on one record, gathered and worked through one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from standoff.analyse.held import Sought
from standoff.analyse.named import Naming
from standoff.model.plain import CLASSES, checked, record_of
from standoff.model.record import Record, Statement
from standoff.model.report import Report
from standoff.model.review import OF_RECORDS, Review
from standoff.model.span import Span

_BESIDE_FIELDS = frozenset({"said_at", "beside", "free"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All decisions on one record that stand, in order, and what they look for."""

    key: str
    report: str
    reviews: tuple[Review, ...]
    sought: Sought

    @property
    def added(self) -> bool:
        return any(review.action == "add" for review in self.reviews)

    @property
    def said_at(self) -> Span | None:
        """Where the statement stood that told the record."""
        places = [p for r in self.reviews for p in (r.fields.get("said_at"), r.was.get("said_at")) if p]
        return Span(*places[-1]) if places else None


def groups(
    reviews: Sequence[Review], standing: Iterable[Review], reports: Mapping[str, Report]
) -> tuple[list[Group], list[tuple[Review, str]]]:
    """The decisions on records, put together by record; and those that cannot be used, with the reason.

    Two belong together where one follows the other, or where both were made of the same version of the record.
    """
    by_id = {review.id: review for review in reviews}
    together: dict[str, list[Review]] = {}
    unusable = []
    for review in standing:
        if review.action in OF_RECORDS:
            if reason := _unusable(review, reports):
                unusable.append((review, reason))
            else:
                together.setdefault(_key(_root(review, by_id)), []).append(review)
    return [_group(key, tuple(those)) for key, those in together.items()], unusable


def _unusable(review: Review, reports: Mapping[str, Report]) -> str:
    report = reports.get(review.report)
    if report is None:
        return "its report is not in the record"
    if review.of not in CLASSES:
        return f"this version knows no records of class {review.of!r}"
    if not review.evidence or max(span.end for span in review.evidence) > len(report.text):
        return "it does not quote its report"
    try:
        _made(review)
    except (ValueError, TypeError) as error:
        return f"its fields do not fit this version: {error}"
    return ""


def _root(review: Review, by_id: Mapping[str, Review]) -> Review:
    seen = {review.id}
    while (before := by_id.get(review.follows or "")) is not None and before.id not in seen:
        review = before
        seen.add(review.id)
    return review


def _key(root: Review) -> str:
    """The same for decisions on one version of a record; an added record is its own."""
    if root.action == "add":
        return root.id
    told = {name: value for name, value in root.was.items() if name not in _BESIDE_FIELDS}
    return json.dumps([root.report, root.of, [[s.start, s.end] for s in root.evidence], told], sort_keys=True)


def _group(key: str, reviews: tuple[Review, ...]) -> Group:
    first, last = reviews[0], reviews[-1]
    sets: dict[str, Any] = {}
    for review in reviews:
        sets |= _own(review.fields)
    seen = [_own(review.was) for review in reviews]
    versions = tuple(version for was in seen for version in (was, was | sets) if version and (sets or version is was))
    sought = Sought(
        key=key,
        of=str(first.of),
        report=first.report,
        evidence=last.evidence,
        versions=versions or (sets,),
        beside=tuple(keys for review in reviews for keys in review.was.get("beside") or ()),
        exactly=first.action == "add",
    )
    return Group(key=key, report=first.report, reviews=reviews, sought=sought)


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _BESIDE_FIELDS | {"evidence"}}


def _made(review: Review) -> Record:
    """The record that a decision was about: as the machine had it or, of an added one, as it was added."""
    values = _own(review.fields if review.action == "add" else review.was or review.fields)
    made = record_of(str(review.of), review.report, review.evidence, values, f"review/{review.action}@1", 1.0)
    for name, value in _own(review.fields).items():
        checked(type(made), name, value)
    _evidence(review)
    return made


def _evidence(review: Review) -> tuple[Span, ...] | None:
    given = review.fields.get("evidence")
    return tuple(Span(start, end) for start, end in given) if given else None


@dataclass(slots=True)
class Fold:
    """One record on its way from the machine's version to the one that stands.

    `record` None: it is rejected, or was never there. `ids` are all that it had on its way.
    """

    machine: Record | None
    group: Group | None
    overlap: float
    text: str
    record: Record | None = None
    failed: str = ""
    reviews: list[Review] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    _last: Record | None = None
    _teller: str | None = None  # that told it when it was first decided on

    @property
    def own_reviews(self) -> tuple[Review, ...]:
        return self.group.reviews if self.group else ()

    @property
    def changed(self) -> bool:
        return self.record is not self.machine

    @property
    def last(self) -> Record | None:
        """The record as it was before it was rejected, or as it stands."""
        return self._last

    def begin(self) -> None:
        """Pinned as the first decision that lets it stand has it, told by the statement that the machine has now; else
        as the machine has it."""
        pin = next((r for r in self.own_reviews if r.action != "reject"), None)
        start = self.machine if pin is None else _made(pin)
        self._teller = getattr(start, "said_by", None)
        if pin is not None and start is not None and self.machine is not None:
            start = told_by(start, getattr(self.machine, "said_by", None))
        self.record = self._last = start
        self.ids |= {r.id for r in (self.machine, start) if r is not None} | {_made(r).id for r in self.own_reviews}

    def put(self, record: Record) -> None:
        self.record = self._last = record
        self.ids |= {record.id, told_by(record, self._teller).id}

    def decide(self, review: Review) -> None:
        """Work one decision in."""
        self.reviews.append(review)
        if review.action == "reject":
            self.record = None
        elif self._last is None:
            self.failed = "there is no record to put it to"
        else:
            self.put(self._pinned(self._last, review))

    def _pinned(self, record: Record, review: Review) -> Record:
        sets = {name: checked(type(record), name, value) for name, value in _own(review.fields).items()}
        evidence = _evidence(review) or record.evidence
        if max(span.end for span in evidence) > len(self.text):
            self.failed = "it does not quote its report"
            return record
        if review.action == "accept":
            same = self.machine is not None and self.machine.id == record.id
            rule = self.machine.rule if same and self.machine else record.rule
            return replace(record, rule=rule, confidence=1.0)
        return replace(record, **sets, evidence=evidence, rule=f"review/{review.action}@1", confidence=1.0)

    def name(self, review: Review, naming: Naming, *, carried: bool) -> bool:
        """Put a name right; whether the record is about it, changed or not."""
        if self._last is None:
            return False
        right, rejected = naming.put_right(self._last, self.text, carried=carried), self.record is None
        if right is self._last:
            return naming.about(right, self.text)
        self.put(right)
        self.reviews.append(review)
        if rejected:
            self.record = None
        return True


def told_by(record: Record, statement: str | None) -> Record:
    """The record as told by a statement (id), or by the report itself (None); a statement is told by nobody else."""
    if isinstance(record, Statement) or getattr(record, "said_by", None) == statement:
        return record
    return replace(record, said_by=statement)  # type: ignore[call-arg]
