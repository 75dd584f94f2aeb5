"""The rows of lists: plain values, fit for a page, a CSV table and JSON.

`records` are the ids of the records that a row rests on, the main one first. `id` is the id of one of them, which
stays when further reports tell the same; `origins` counts independent origins; days are ISO days; a party, an issue
and a report stand by code or id and beside it by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """A position, deed or accusation. `standing`: now, not met since, or replaced (`why`).

    `confidence` is that of the surest record.
    """

    id: str
    issue: str
    issue_name: str
    party: str
    party_name: str
    kind: str
    verb: str
    what: str
    toward: str | None
    status: str
    standing: str
    why: str | None
    first: date | None
    last: date | None
    confidence: float
    origins: int
    flags: tuple[str, ...]
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """A measure as it stands, in words, with its figures (percent, US dollars) and the dates that reports give.

    `confidence` is that of the surest record.
    """

    id: str
    what: str
    instrument: str
    by: str | None
    by_name: str | None
    on: str | None
    on_name: str | None
    rate_percent: float | None
    amount_usd: float | None
    goods: str | None
    reason: str | None
    status: str
    dates: tuple[str, ...]
    first_reported: date | None
    last_reported: date | None
    confidence: float
    origins: int
    flags: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A contact. `when` as an interval of days, `when_words` as the report has it; `side`: past or ahead.

    `earlier`: what its status was before, the oldest first; `confidence` is that of the surest record.
    """

    id: str
    kind: str
    who: tuple[str, ...]
    parties: tuple[str, ...]
    party_names: tuple[str, ...]
    place: str | None
    first: date | None
    last: date | None
    when: str
    when_words: str | None
    dated: bool
    level: str | None
    status: str
    earlier: tuple[str, ...]
    side: str
    missed: bool
    unconfirmed: bool
    confidence: float
    origins: int
    flags: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One record. `what` says it in a line, `quote` are the report's words, `source` says who says so.

    `decided`: what a person decided of it last (accept, correct, add), if anybody did.
    """

    id: str
    type: str
    what: str
    quote: str
    party: str | None
    issue: str | None
    kind: str | None
    status: str | None
    source: str
    source_kind: str
    report: str
    report_name: str
    outlet: str | None
    published: date | None
    confidence: float
    rule: str
    contested: bool
    decided: str | None
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A report, without its text; `copies` says in words what it took over from others."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    published: date | None
    inferred: str | None
    url: str | None
    origin: str | None
    copies: tuple[str, ...]
    record_count: int
    retracted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow:
    """How report `a` relates to report `b` (ids and names)."""

    a: str
    a_name: str
    b: str
    b_name: str
    kind: str
    score: float
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """An issue with how many positions stand on it, by side."""

    id: str
    name: str
    positions: int
    sides: tuple[str, ...]
    contested: int
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """A party with how many of its acts stand in the record."""

    code: str
    name: str
    side: bool
    positions: int
    measures: int
    statements: int
    actors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """A person or body that speaks or acts. `title` is the office held on the day asked about."""

    id: str
    name: str
    party: str | None
    title: str | None
    kind: str
    statements: int
    moves: int
    contacts: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
    """Two accounts that differ, each with who gives it."""

    id: str
    kind: str
    a: str
    a_source: str
    a_record: str
    b: str
    b_source: str
    b_record: str
    why: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowRow:
    """`then` comes only after `first`. `strength`: stated, by a source, or implied."""

    then: str
    first: str
    kind: str
    by: str | None
    strength: str
    circle: bool
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockRow:
    """What could follow (`gained`) if a condition were given up (`waived`)."""

    waived: str
    gained: str
    who: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What changed between two days."""

    kind: str
    subject: str
    what: str
    why: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A fact with who stands behind it. `grade` is an Admiralty grade: source A to F, information 1 to 6."""

    id: str
    type: str
    what: str
    origins: int
    reports: int
    sources: tuple[str, ...]
    sides: tuple[str, ...]
    grade: str
    why: str
    contested: bool
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """A demand or a promise and what came of it; `shown_by` are the records that say so."""

    id: str
    sort: str
    party: str
    party_name: str
    issue: str
    what: str
    outcome: str
    how: str
    records: tuple[str, ...]
    shown_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffRow:
    """From `day` on `rate_percent` is in force on `goods`; in a threat, what is threatened. None: not said."""

    by: str
    on: str
    goods: str
    day: date
    when: str
    told: bool
    rate_percent: float | None
    status: str
    sort: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One act on one issue in two reports: agreed, one-sided or contradicted."""

    issue: str
    side: str
    verdict: str
    what: str
    differ: tuple[str, ...]
    why: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    records: tuple[str, ...]
