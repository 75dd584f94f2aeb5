"""What is known: all records with their reports, as the analyses take them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, TypeVar, cast

from standoff.analyse.decided import Decided
from standoff.analyse.parts import Part
from standoff.model.dates import When
from standoff.model.domain import Pack
from standoff.model.lineage import Relation
from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Report
from standoff.model.span import Span

T = TypeVar("T")

_COPYING = frozenset({"copy", "excerpt", "spun", "paraphrase"})
_MONTH = timedelta(days=31)
_CLASSES: tuple[tuple[str, type[Record]], ...] = (
    ("statements", Statement), ("moves", Move), ("measures", Measure), ("contacts", Contact), ("linkages", Linkage),
)  # fmt: skip
_SPARED = 1000  # of what was put together earlier: so few are kept in any case
STILL_TO_COME = frozenset({"planned", "sought", "considered"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The input of every analysis. Make it with `Known.of`, which sorts what it is given.

    `origins` maps a report's id to the group of reports of one origin (any label; a report that is not in it
    is its own origin), and a record's id to the origin of its own passage, where that is known: a copy may add what
    another origin tells. `recorded` says when a report came into the record. Two clocks: a record *happened*
    at an interval and was *known* on the day its report was published (recorded, where that is unknown).
    `parts` holds each report (by its id) with its records, `settled` what was put together of them: what was known
    earlier shares both, and is `part_of` the whole; a later edition takes them over. `decided` is what people decided
    (`known.decided.mark(id)` of one record); `retracted` are the reports that count no more.
    """

    pack: Pack
    reports: tuple[Report, ...]
    parts: Mapping[str, Part] = field(repr=False, compare=False)
    relations: tuple[Relation, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, datetime] = field(default_factory=dict)
    decided: Decided = field(default_factory=Decided, repr=False)
    retracted: tuple[Report, ...] = ()
    statements: tuple[Statement, ...] = field(init=False)
    moves: tuple[Move, ...] = field(init=False)
    measures: tuple[Measure, ...] = field(init=False)
    contacts: tuple[Contact, ...] = field(init=False)
    linkages: tuple[Linkage, ...] = field(init=False)
    _reports: dict[str, Report] = field(init=False, repr=False, compare=False)
    _records: dict[str, Record] = field(init=False, repr=False, compare=False)
    _copies: frozenset[str] = field(init=False, repr=False, compare=False)
    _linked: dict[str, list[Span]] = field(init=False, repr=False, compare=False)
    _memo: dict[Hashable, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    settled: dict[Hashable, Any] = field(repr=False, compare=False, default_factory=dict)
    part_of: Known | None = field(repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_reports", {r.id: r for r in (*self.reports, *self.retracted)})
        parts = [self.parts[r.id] for r in self.reports]
        for name, kind in _CLASSES:
            object.__setattr__(self, name, tuple(chain.from_iterable([part.of(kind) for part in parts])))
        records = {r.id: r for r in self.records()}
        records |= {old: records[id] for old, id in self.decided.now.items() if id in records}
        object.__setattr__(self, "_records", records)
        linked: dict[str, list[Span]] = {}
        for linkage in self.linkages:
            linked.setdefault(linkage.report, []).append(linkage.span)
        object.__setattr__(self, "_linked", linked)
        object.__setattr__(self, "_copies", frozenset(r.a for r in self.relations if r.kind in _COPYING))

    @classmethod
    def of(
        cls,
        pack: Pack,
        reports: Iterable[Report],
        records: Iterable[Record],
        relations: Iterable[Relation] = (),
        origins: Mapping[str, str] | None = None,
        recorded: Mapping[str, datetime] | None = None,
        decided: Decided | None = None,
        before: Known | None = None,
    ) -> Known:
        """What is known, in one order whatever the order given. Records of reports not given are left out.

        `decided` are the decisions by which the records came; reports that it retracts count no more. `before` is an
        earlier edition, read by the same pack: what was worked out of reports that are still the same is taken over.
        """
        decided = decided or Decided()
        given = sorted({r.id: r for r in reports}.values(), key=_report_order)
        ordered = [report for report in given if report.id not in decided.retracted]
        between = (r for r in relations if not {r.a, r.b} & decided.retracted.keys())
        told: dict[str, list[Record]] = {report.id: [] for report in ordered}
        for record in {r.id: r for r in records}.values():
            if record.report in told:
                told[record.report].append(record)
        if before is not None and before.pack != pack:
            before = None
        kept = before.parts if before else {}
        parts = {}
        for report in ordered:
            old, those = kept.get(report.id), told[report.id]
            parts[report.id] = old if old and old.is_of(report, those) else Part(report, those)
        return cls(
            pack=pack,
            reports=tuple(ordered),
            parts=parts,
            relations=tuple(sorted(between, key=lambda r: (r.a, r.b, r.kind))),
            origins=dict(origins or {}),
            recorded=dict(recorded or {}),
            decided=decided,
            retracted=tuple(report for report in given if report.id in decided.retracted),
            settled=_not_too_many(before.settled, 2 * sum(map(len, told.values()))) if before else {},
        )

    def records(self) -> Iterator[Record]:
        """All records, class by class."""
        yield from self.statements
        yield from self.moves
        yield from self.measures
        yield from self.contacts
        yield from self.linkages

    def record(self, id: str) -> Record:
        """The record of this id, or that had it before a decision changed it. Raises KeyError for an unknown one."""
        return self._records[id]

    def report_of(self, record: Record) -> Report:
        """The report that a record rests on."""
        return self._reports[record.report]

    def report(self, id: str) -> Report:
        """The report of this id, a retracted one, too. Raises KeyError for an unknown one."""
        return self._reports[id]

    def part(self, report: str) -> Part:
        """A report (id) with its records; one that is retracted has none."""
        return self.parts.get(report) or Part(self._reports[report], ())

    def words(self, record: Record) -> str:
        """The words of the report that show the record."""
        return record.span.of(self._reports[record.report].text)

    def statement_of(self, record: Record) -> Statement | None:
        """The statement that carries a record; None where the report tells it in its own voice."""
        said_by = getattr(record, "said_by", None)
        found = self._records.get(said_by) if said_by else None
        return found if isinstance(found, Statement) else None

    def conditional(self, record: Record) -> bool:
        """Whether a record stands within the evidence of a linkage: told as a condition, not as done."""
        return any(span.overlaps(record.span) for span in self._linked.get(record.report, ()))

    def told_in(
        self, report: Report, as_of: date | None, key: Hashable, find: Callable[[Part], Iterable[T]]
    ) -> list[T]:
        """What `find` finds in the records of one report that belong to the state of a day: kept with the report where
        all of them do. The key must name what is looked for."""
        part = self.part(report.id)
        if not self.all_in_scope(report, as_of):
            return list(find(Part(report, (r for r in part.records if self.in_scope(r, as_of)))))
        return part.once(key, lambda: list(find(part)))

    def origin(self, report: str) -> str:
        """The label of the origin of a report (by id)."""
        return self.origins.get(report, report)

    @property
    def copies(self) -> frozenset[str]:
        """The reports (ids) that copy another one."""
        return self._copies

    def origin_count(self, records: Iterable[Record]) -> int:
        """How many independent origins stand behind records: of the passages where they are known, else of reports."""
        return len({self.origin_of(r) for r in records})

    def origin_of(self, record: Record) -> str:
        """The label of the origin of a record: of its passage where that is known, else of its report."""
        return self.origins.get(record.id) or self.origin(record.report)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out at the first call with this key and kept: analyses share what they need.

        What is kept must depend on what is known alone (and on the key), and must not be changed.
        """
        if key not in self._memo:
            self._memo[key] = make()
        return cast("T", self._memo[key])

    def made_of(self, what: str, group: Sequence[Record], also: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives of a group of records, taken over from an earlier edition or another day where all that it
        rests on is the same: the records, their reports with origins, and what is given as `also`."""
        kept = self.settled.setdefault(what, {})
        rests = also, [(r.id, self.parts[r.report], self.origin_of(r), r.report in self._copies) for r in group]
        before = kept.get(group[0].id)
        if before is None or before[0] != rests:
            before = kept[group[0].id] = rests, make()
        return cast("T", before[1])

    # -- the two clocks --

    def published(self, record: Record) -> date | None:
        report = self._reports[record.report]
        return report.published.day if report.published else None

    def known_on(self, report: Report) -> date | None:
        """The day from which a report could be known: published, or recorded where that is unknown."""
        if report.published:
            return report.published.day
        return self.recorded_on(report)

    def happened(self, record: Record) -> When | None:
        """When it happened: as the report tells it, else bounded by the day of publication; None where unknown.

        What is still to come (a planned meeting) lies from publication on, all else before its end.
        """
        if told := told_date(record):
            return told
        day = self.published(record)
        if day is None:
            return None
        ahead = isinstance(record, Contact) and record.status in STILL_TO_COME
        return When(day, None, "interval") if ahead else When(None, day, "interval")

    def in_scope(self, record: Record, as_of: date | None) -> bool:
        """Whether a record belongs to the state of that day: it had happened, or had been announced, by then.

        Without a date everything belongs; with one, what no date can be found for is left out.
        """
        if as_of is None:
            return True
        days = [self.published(record)]
        if told := told_date(record):
            long = told.first and told.last and told.last - told.first > _MONTH  # lies in the past when all of it does
            days.append(told.last if long else told.first or told.last)
        return any(day is not None and day <= as_of for day in days)

    def all_in_scope(self, report: Report, as_of: date | None) -> bool:
        """Whether all that a report tells belongs to the state of that day, since it was published by then."""
        return as_of is None or (report.published is not None and report.published.day <= as_of)

    def beyond(self, day: date) -> bool:
        """Whether anything lies outside the scope of a day: if not, `as_of` that day and without a day are one."""
        undated = self.once("undated", lambda: any(r.published is None for r in self.reports))
        latest = self.latest()
        return undated or latest is None or latest > day

    def newest(self) -> date | None:
        """The newest day of publication, which questions take as their date; never today. None: none is dated.

        A day that is only inferred counts where no other is known: it is the last on which a report can be written.
        """
        return self.once("newest", lambda: max(self.days(), default=None))

    def latest(self) -> date | None:
        """The newest day of publication, inferred ones among them."""
        return self.once("latest", lambda: max((r.published.day for r in self.reports if r.published), default=None))

    def days(self) -> tuple[date, ...]:
        """The days of publication that reports have, or where none has one, the inferred days."""
        dated = [r.published for r in self.reports if r.published]
        return tuple(p.day for p in [p for p in dated if not p.inferred] or dated)

    def known_at(self, day: date) -> Known:
        """What could be known on that day: reports published (recorded, where that is unknown) by then.

        Grows with the day, never shrinks. Reports without either date are left out.
        """
        return self._only(r for r in self.reports if (on := self.known_on(r)) is not None and on <= day)

    def recorded_on(self, report: Report) -> date | None:
        """The day on which a report came into the record; None where that is not known."""
        at = self.recorded.get(report.id)
        return at.date() if at else None

    def recorded_by(self, day: date) -> Known:
        """What this record held at the end of that day, whenever it was published."""
        return self._only(r for r in self.reports if (on := self.recorded_on(r)) is not None and on <= day)

    def _only(self, reports: Iterable[Report]) -> Known:
        """The part that rests on some of the reports."""
        then = tuple(reports)
        if len(then) == len(self.reports):
            return self
        ids = {r.id for r in then}
        return Known(
            pack=self.pack,
            reports=then,
            parts=self.parts,
            relations=tuple(r for r in self.relations if r.a in ids and r.b in ids),
            origins=self.origins,
            recorded=self.recorded,
            settled=self.settled,
            decided=self.decided,
            retracted=self.retracted,
            part_of=self.part_of or self,
        )


def told_date(record: Record) -> When | None:
    """The date that the report itself gives to a record; of a measure, that of the status it tells."""
    if isinstance(record, Move | Contact):
        return record.date
    if not isinstance(record, Measure):
        return None
    dates = {
        "lifted": (record.removed,),
        "suspended": (record.suspended,),
        "in-force": (record.effective, record.announced),
        "raised": (record.effective, record.announced),
    }.get(record.status, (record.announced,))
    return next((d for d in dates if d), None)


def _not_too_many(settled: dict[Hashable, Any], most: int) -> dict[Hashable, Any]:
    """What was put together, begun anew where too much of it is of records that are no more."""
    for kept in settled.values():
        if len(kept) > most + _SPARED:
            kept.clear()
    return settled


def _report_order(report: Report) -> tuple[bool, date, str, str]:
    day = report.published.day if report.published else None
    return day is None, day or date.min, report.name, report.id
