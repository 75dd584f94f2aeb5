"""Contacts in the order of time: held, planned, missed, with how their day is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from standoff.analyse.attribution import listed, source_line
from standoff.analyse.facts import count_line, strands
from standoff.analyse.known import Known, told_date
from standoff.analyse.positions import Flag
from standoff.model.dates import When
from standoff.model.ids import content_id
from standoff.model.record import Contact, ContactKind, ContactStatus, Level

_PRONOUNS = frozenset(
    {
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "him",
        "her",
        "us",
        "them",
        "both sides",
        "each side",
        "the two sides",
    }
)
HORIZON = timedelta(days=92)
Basis = Literal["told", "publication", "unknown"]
Side = Literal["past", "ahead"]

AHEAD: frozenset[ContactStatus] = frozenset({"planned", "sought", "considered"})
MISSED: frozenset[ContactStatus] = frozenset({"missed", "refused"})
_FARTHEST: tuple[ContactStatus, ...] = (
    "not-planned", "considered", "sought", "planned", "refused", "missed", "held",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One contact, with all records that tell of it.

    `when` its interval: as told, else bounded by publication (`basis`); `when_words` the report's own words.
    `side` lies it in: past, or ahead of the day asked for. `missed`: it could have been and was not, or was
    refused. `unconfirmed`: it was to take place by that day, and no report says that it did. `earlier` are
    statuses it had before, oldest first. `between_sides` is false for contacts with others than the sides.
    """

    id: str
    kind: ContactKind
    parties: tuple[str, ...]
    who: tuple[str, ...]
    place: str | None
    level: Level | None
    status: ContactStatus
    earlier: tuple[ContactStatus, ...]
    when: When | None
    basis: Basis
    when_words: str | None
    side: Side
    missed: bool
    unconfirmed: bool
    between_sides: bool
    flags: tuple[Flag, ...]
    origins: int
    records: tuple[str, ...]
    explanation: str


def timeline(known: Known, as_of: date | None = None) -> tuple[TimelineEntry, ...]:
    """All contacts met by a day (default: the newest of the record), oldest first, those without a day last."""
    told = [c for c in known.contacts if known.in_scope(c, as_of)]
    today = as_of or known.newest()
    found = (
        known.made_of("contacts", group, today, partial(_entry, known, group, today)) for group in strands(known, told)
    )
    return tuple(sorted(found, key=_order))


def _order(entry: TimelineEntry) -> tuple[bool, date, date, str]:
    when = entry.when
    first = (when.first or when.last) if when else None
    last = (when.last or when.first) if when else None
    return when is None, first or date.max, last or date.max, entry.id


def _entry(known: Known, group: Sequence[Contact], today: date | None) -> TimelineEntry:
    ordered = sorted(group, key=lambda c: (known.published(c) or date.max, _FARTHEST.index(c.status), c.span, c.id))
    last = ordered[-1]
    best = max(ordered, key=lambda c: (c is last, len(c.who)))
    told = [c for c in reversed(ordered) if told_date(c)]
    exact = min(told, key=_width, default=None)
    when = told_date(exact) if exact else known.happened(last)
    basis: Basis = "told" if exact else "publication" if when else "unknown"
    ahead = last.status in AHEAD and not _over(when, known.published(last), today)
    origins, reports = known.origin_count(ordered), len({c.report for c in ordered})
    flags: list[Flag] = ["one-origin"] if origins == 1 else []
    if when is None:
        flags.append("undated")
    if basis == "publication" and (published := known.report_of(last).published) and published.inferred:
        flags.append("inferred-date")
    sources = listed(sorted({source_line(known, c) for c in ordered})[:3])
    return TimelineEntry(
        id=content_id("c", *sorted(c.id for c in ordered)),
        kind=best.kind,
        parties=tuple(sorted({p for c in ordered for p in c.parties})),
        who=_named(best.who) or max((_named(c.who) for c in ordered), key=len),
        place=next((c.place for c in reversed(ordered) if c.place), None),
        level=next((c.level for c in reversed(ordered) if c.level), None),
        status=last.status,
        earlier=tuple(dict.fromkeys(c.status for c in ordered if c.status != last.status)),
        when=when,
        basis=basis,
        when_words=exact.when if exact else next((c.when for c in reversed(ordered) if c.when), None),
        side="ahead" if ahead else "past",
        missed=last.status in MISSED,
        unconfirmed=last.status == "planned" and not ahead,
        between_sides=len({p for c in ordered for p in c.parties} & set(known.pack.between)) > 1,
        flags=tuple(flags),
        origins=origins,
        records=tuple(c.id for c in ordered),
        explanation=f"{last.kind.capitalize()} {_words(last)}: {last.status}, {_dating(when, basis)}; "
        f"{count_line(origins, reports)}; told by {sources}.",
    )


def _named(who: tuple[str, ...]) -> tuple[str, ...]:
    """Those who are named, without pronouns."""
    return tuple(mention for mention in who if mention.lower() not in _PRONOUNS)


def _width(contact: Contact) -> int:
    """How many days a told date leaves open."""
    when = told_date(contact)
    if when is None or when.first is None or when.last is None:
        return 100_000
    return (when.last - when.first).days


def _over(when: When | None, published: date | None, today: date | None) -> bool:
    """Whether the time for it has run out: its last day, or without one `HORIZON` after the newest report."""
    if when is None or today is None:
        return False
    last = when.last or (published + HORIZON if published else None)
    return last is not None and last < today


def _words(contact: Contact) -> str:
    who = _named(contact.who)
    return f"of {listed(who)}" if who else f"between {listed(contact.parties)}"


def _dating(when: When | None, basis: Basis) -> str:
    if when is None:
        return "day not stated"
    if basis == "told":
        return f"{when}"
    return f"by {when.last}, the day of the report" if when.last else f"after {when.first}, the day of the report"


def next_contacts(entries: Iterable[TimelineEntry]) -> tuple[TimelineEntry, ...]:
    """What is planned next between the sides, soonest first."""
    return tuple(e for e in entries if e.side == "ahead" and e.status == "planned" and e.between_sides)
