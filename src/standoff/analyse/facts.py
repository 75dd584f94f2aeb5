"""The rule when two records tell one fact, and the facts of a record with who stands behind them.

Two records tell one fact when their class, actors, recipients, type (instrument) and issue are the same, their
figures agree where both have them, their times overlap, and their passages are aligned by lineage or close in words:

    "Arland demands that Borland remove the 20% tariffs"  /  "Arland wants the 20% tariffs removed"      one fact
    "Arland demands that Borland remove the 20% tariffs"  /  "Arland wants the 25% tariffs removed"      two: figures
    "Arland demands removal of the tariffs", 2019         /  the same words in 2025                      two: times
    "Arland demands removal of the tariffs"               /  "Arland offers removal of its tariffs"      two: type
    "halt shipments of chemicals" / "stop chemicals from being sent", passages aligned by lineage        one fact
    "tariffs" / "tariffs on steel"                                                       two: a bare mention
    "a 20% tariff on all Arlandish goods" / "the 20% drug tariffs", same sides, same time                one fact

The last holds for measures, where sides, instrument and figure say enough; contacts are told apart by who met.
The same rule without the time gives *strands*: one position, measure or contact through its life.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from standoff.analyse.grouping import grouped
from standoff.analyse.known import STILL_TO_COME, Known, told_date
from standoff.analyse.tracing import tracer_of, traces
from standoff.model.ids import content_id
from standoff.model.record import RECORD_CLASSES, Contact, Record, SourceKind, Statement

R = TypeVar("R", bound=Record)

UNDATED = 0.75  # how alike in words what has no day must be: it may belong to any time
NEWS_DAYS = 31  # what a report tells without a date is taken to have happened within so many days before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Records that tell one fact. The fact's id hashes the ids of its records.

    `origins` counts independent origins, `sources` are the kinds of source that tell it, sorted; reports and
    records are ids, in the order of the record.
    """

    id: str
    type: str
    records: tuple[str, ...]
    reports: tuple[str, ...]
    origins: int
    sources: tuple[SourceKind, ...]

    @property
    def explanation(self) -> str:
        """How many tell it, and who."""
        return f"{count_line(self.origins, len(self.reports))}; told by {', '.join(self.sources)}."


def facts(known: Known) -> tuple[Fact, ...]:
    """All facts, class by class, each record in exactly one."""
    return known.once("facts", lambda: _facts(known))


def _facts(known: Known) -> tuple[Fact, ...]:
    found: list[Fact] = []
    for kind in RECORD_CLASSES:
        found += [_fact(known, group) for group in _put_together(known, kind)]
    return tuple(found)


def _put_together(known: Known, kind: type[R], through_time: bool = False, timeless: bool = False) -> list[list[R]]:
    """The groups of all records of a class; of the whole record they are kept for its next edition."""
    days = None if timeless else partial(_news_days, known)
    settled = known.settled.setdefault((kind, through_time), {})
    keep = known.part_of is None
    tracer = tracer_of(known)
    fits, undated = (tracer.fits, 0.0) if through_time else (tracer.one_fact, UNDATED)
    return grouped(traces(known, kind, through_time, days), fits, settled, keep=keep, undated=undated)


def strands(known: Known, records: Iterable[R]) -> list[list[R]]:
    """Records of one class that continue each other: the rule without the time and without a measure's status.

    Contacts keep their time, since people meet again. What belongs together is settled over all that is known,
    whatever the records asked for: a position is the same one on every day that is asked about.
    """
    found: Sequence[R] = tuple(records)
    if not found:
        return []
    whole, kind = known.part_of or known, type(found[0])
    number = whole.once(("strands", kind), lambda: _strands(whole, kind))
    groups: dict[int, list[R]] = {}
    for record in found:
        groups.setdefault(number[record.id], []).append(record)
    return list(groups.values())


def _strands(known: Known, kind: type[Record]) -> dict[str, int]:
    """Record → the number of its strand."""
    found = _put_together(known, kind, through_time=True, timeless=kind is not Contact)
    return {record.id: number for number, group in enumerate(found) for record in group}


def told_by(known: Known, records: Iterable[Record]) -> tuple[SourceKind, ...]:
    """The kinds of source behind records; `outlet` where the report tells it in its own voice."""
    return tuple(sorted({_source_kind(known, record) for record in records}))


def count_line(origins: int, reports: int) -> str:
    """`1 origin, 2 reports`."""
    return f"{origins} origin{'s' * (origins != 1)}, {reports} report{'s' * (reports != 1)}"


def _fact(known: Known, group: Sequence[Record]) -> Fact:
    if len(group) == 1:
        alone: dict[str, Fact] = known.part(group[0].report).each("facts")
        found = alone.get(group[0].id)
        if found is None:
            found = alone[group[0].id] = _alone(known, group[0])
        return found
    reports = tuple(dict.fromkeys(record.report for record in group))
    origins, sources = known.origin_count(group), told_by(known, group)
    return Fact(
        id=content_id("f", *sorted(record.id for record in group)),
        type=group[0].type_name,
        records=tuple(record.id for record in group),
        reports=reports,
        origins=origins,
        sources=sources,
    )


def _alone(known: Known, record: Record) -> Fact:
    kind = _source_kind(known, record)
    return Fact(
        id=content_id("f", record.id),
        type=record.type_name,
        records=(record.id,),
        reports=(record.report,),
        origins=1,
        sources=(kind,),
    )


def _source_kind(known: Known, record: Record) -> SourceKind:
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    return statement.kind if statement else "outlet"


def _news_days(known: Known, record: Record) -> tuple[int, int] | None:
    """First and last day (ordinals) of what a record tells; open to one side, closed at the length of a news cycle."""
    told = told_date(record)
    if told is None:
        day = known.published(record)
        if day is None:
            return None
        at = day.toordinal()
        ahead = isinstance(record, Contact) and record.status in STILL_TO_COME
        return (at, at + NEWS_DAYS) if ahead else (at - NEWS_DAYS, at)
    first, last = (end.toordinal() if end else None for end in (told.first, told.last))
    if first is None:
        return ((last or 0) - NEWS_DAYS, last or 0)
    return first, first + NEWS_DAYS if last is None else last
