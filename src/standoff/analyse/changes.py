"""What is new and what has changed between two days, by what was known on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, TypeVar, get_args

from standoff.analyse.conflict import Conflict, conflicts
from standoff.analyse.facts import count_line
from standoff.analyse.known import Known
from standoff.analyse.phrases import contact_line, measure_line, party_name, predicate
from standoff.analyse.places import evidence_json
from standoff.analyse.positions import Position
from standoff.analyse.state import State, state
from standoff.analyse.stock import StandingMeasure
from standoff.analyse.timeline import TimelineEntry
from standoff.model.ids import content_id

ChangeKind = Literal["new", "changed", "withdrawn", "superseded", "contradicted", "confirmed"]
Subject = Literal["position", "measure", "contact"]


class _Item(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def records(self) -> tuple[str, ...]: ...
    @property
    def origins(self) -> int: ...


T = TypeVar("T", bound=_Item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: of what, how, in one line; `records` are those that show it, not known on the earlier day.

    `new`: not known before. `changed`: its status or figures are others now. `withdrawn`: taken back, lifted or called
    off. `superseded`: a later act replaced it. `contradicted`: another account now says otherwise. `confirmed`: told
    by a further independent origin. `item` is the id of what it is now.
    """

    id: str
    kind: ChangeKind
    subject: Subject
    item: str
    what: str
    records: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All changes between what was known on `since` and on `until` (both whole days)."""

    since: date
    until: date
    changes: tuple[Change, ...]
    explanation: str


def day_before(known: Known, until: date | None = None, *, recorded: bool = False) -> date | None:
    """The last day of reports before the newest one (up to `until`): what to compare with where nobody says.

    None where all reports are of one day. By the days of publication; `recorded`: by those on which they came into
    the record.
    """
    found = (known.recorded_on(r) if recorded else r.published.day if r.published else None for r in known.reports)
    days = sorted({day for day in found if day and (until is None or day <= until)})
    return days[-2] if len(days) > 1 else None


def changes(known: Known, since: date, until: date | None = None, *, recorded: bool = False) -> Changes:
    """What became known after `since`, up to `until` (by default the newest day of the record).

    Reports that cannot be dated, neither by publication nor by when they were recorded, take no part. `recorded`:
    what the record itself held on the two days, whenever it was published: what the newest ingest has brought.
    """
    newest = max((day for r in known.reports if (day := known.recorded_on(r))), default=since)
    last = max(since, until or (newest if recorded else known.latest() or since))
    then = known.recorded_by(since) if recorded else known.known_at(since)
    now = known.recorded_by(last) if recorded else known.known_at(last)
    before, after = state(then), state(now)
    old = {record.id for record in then.records()}
    against = _against(conflicts(now), old)

    def found() -> Iterator[Change]:
        seen = _Seen(old, against)
        yield from _compared(_positions(before), _positions(after), seen, "position", _position_words(known), _held)
        yield from _compared(before.measures, after.measures, seen, "measure", _measure_words(known), _measured)
        yield from _compared(before.contacts, after.contacts, seen, "contact", _contact_words(known), _met)

    told = tuple(found())
    counts = ((kind, sum(c.kind == kind for c in told)) for kind in get_args(ChangeKind))
    summary = ", ".join(f"{n} {kind}" for kind, n in counts if n) or "nothing new"
    return Changes(since=since, until=last, changes=told, explanation=f"From {since} to {last}: {summary}.")


@dataclass(frozen=True, slots=True)
class _Seen:
    """Records (ids) known on the earlier day; and to those that are now contradicted, what contradicts them."""

    old: set[str]
    against: Mapping[str, tuple[str, ...]]


def _against(found: Iterable[Conflict], old: set[str]) -> dict[str, tuple[str, ...]]:
    """Known record → records met since that say otherwise."""
    against: defaultdict[str, list[str]] = defaultdict(list)
    for conflict in found:
        for one, other in (conflict.records, conflict.records[::-1]):
            if one in old and other not in old:
                against[one].append(other)
    return {record: tuple(others) for record, others in against.items()}


def _positions(of: State) -> tuple[Position, ...]:
    return (*of.positions, *of.deeds, *of.accusations, *of.history)


def _compared(
    before: Iterable[T],
    after: Sequence[T],
    seen: _Seen,
    subject: Subject,
    words: Callable[[T], str],
    standing: Callable[[T], str],
) -> Iterator[Change]:
    """Match by the records they share: ids change as sightings are added."""
    was = {record: item for item in before for record in item.records}
    for item in after:
        earlier = next((was[r] for r in item.records if r in was), None)
        shown = tuple(r for r in item.records if r not in seen.old)
        kind = _kind(item, earlier, shown, standing)
        contrary = tuple(dict.fromkeys(other for r in item.records for other in seen.against.get(r, ())))
        if contrary and kind in (None, "confirmed"):
            kind, shown = "contradicted", contrary
        if kind:
            yield Change(
                id=content_id("d", kind, *item.records),
                kind=kind,
                subject=subject,
                item=item.id,
                what=words(item),
                records=shown or item.records,
                explanation=_explained(kind, item, earlier, standing),
            )


def _kind(item: T, earlier: T | None, shown: Sequence[str], standing: Callable[[T], str]) -> ChangeKind | None:
    if earlier is None:
        return "new" if shown else None
    if standing(earlier) != standing(item):
        return _ended(standing(item))
    return "confirmed" if item.origins > earlier.origins else None


_WITHDRAWN = ("superseded, refused", "superseded, eased", "lifted", "suspended", "refused", "not-planned", "missed")


def _ended(standing: str) -> ChangeKind:
    """What a new standing is: taken back, replaced, or only changed."""
    if standing.startswith(_WITHDRAWN):
        return "withdrawn"
    return "superseded" if standing.startswith("superseded") else "changed"


def _explained(kind: ChangeKind, item: T, earlier: T | None, standing: Callable[[T], str]) -> str:
    if earlier is None:
        return f"New: {standing(item)}; {count_line(item.origins, len(item.records)).replace('report', 'record')}."
    if kind == "contradicted":
        return f"{standing(item)}; another account now says otherwise."
    if kind == "confirmed":
        return f"Confirmed by a further origin: {earlier.origins} before, {item.origins} now."
    return f"Before: {standing(earlier)}. Now: {standing(item)}."


def _position_words(known: Known) -> Callable[[Position], str]:
    return lambda p: f"{party_name(known.pack, p.party)} {' '.join(predicate(known, p))}"


def _held(position: Position) -> str:
    return f"superseded, {position.why}" if position.superseded_by else f"in force, {position.status}"


def _measure_words(known: Known) -> Callable[[StandingMeasure], str]:
    def words(measure: StandingMeasure) -> str:
        return f"{measure_line(known.pack, measure)} ({measure.status.replace('-', ' ')})"

    return words


def _measured(measure: StandingMeasure) -> str:
    rate = f", {measure.rate_percent:g}%" if measure.rate_percent is not None else ""
    return f"{measure.status}{rate}"


def _contact_words(known: Known) -> Callable[[TimelineEntry], str]:
    return lambda c: contact_line(known.pack, c)


def _met(contact: TimelineEntry) -> str:
    return f"{contact.status}, no report that it took place" if contact.unconfirmed else contact.status


def changes_json(known: Known, answer: Changes) -> dict[str, Any]:
    """`since, until, changes: [{kind, subject, what, evidence, explanation}], explanation`."""
    return {
        "since": answer.since.isoformat(),
        "until": answer.until.isoformat(),
        "changes": [
            {"kind": c.kind, "subject": c.subject, "what": c.what, "evidence": evidence_json(known, c.records),
             "explanation": c.explanation}
            for c in answer.changes
        ],
        "explanation": answer.explanation,
    }  # fmt: skip
