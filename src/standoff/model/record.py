"""The five records: what a report says of a negotiation, each pinned to the words that show it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import ClassVar, Literal, get_args

from standoff.model.dates import When
from standoff.model.ids import content_id
from standoff.model.span import Span

SourceKind = Literal["named", "official", "institution", "anonymous", "outlet"]
Act = Literal["assert", "deny", "accuse", "decline-to-comment", "promise", "threaten", "ask"]
Topic = Literal["prospects", "leverage", "motive", "tone", "history", "process"]
MoveType = Literal["demand", "offer", "commit", "agree", "refuse", "threaten", "impose", "ease", "accuse"]
MoveStatus = Literal["made", "reported-by-sources", "expected", "hypothetical", "denied"]
Instrument = Literal[
    "tariff", "export-control", "entity-listing", "purchase-commitment", "sanction", "subsidy", "quota", "other"
]
MeasureStatus = Literal["in-force", "threatened", "proposed", "suspended", "lifted", "raised", "demanded"]
ContactKind = Literal["meeting", "call", "letter", "visit", "message", "talks", "summit", "channel"]
Level = Literal["leader", "minister", "deputy", "working"]
ContactStatus = Literal["held", "planned", "sought", "considered", "not-planned", "missed", "refused"]
LinkageKind = Literal["precondition", "exchange", "threat"]

MOVE_TYPES: tuple[MoveType, ...] = get_args(MoveType)
INSTRUMENTS: tuple[Instrument, ...] = get_args(Instrument)

_NOT_CONTENT = frozenset({"id", "rule", "confidence"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has.

    `report` is the report's id; `evidence` the spans of its text that show the record, the main one first;
    `rule` the rule (and its version) that made it; `confidence` from 0 to 1. The `id` hashes class and
    content: not the rule, not the confidence, so that two rules that find the same thing find one record.
    """

    type_name: ClassVar[str] = "record"

    report: str
    evidence: tuple[Span, ...]
    rule: str
    confidence: float
    id: str = field(init=False)

    def __post_init__(self) -> None:
        content = [f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.name not in _NOT_CONTENT]
        object.__setattr__(self, "id", content_id(self.type_name[0], self.type_name, *content))

    @property
    def span(self) -> Span:
        """The main evidence."""
        return self.evidence[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """Reported speech: content, cue and source (PARC, PolNeAR), with the chain of outlets it came by.

    `speaker` is the resolved name behind the mention `source`; `count` the number of counted sources
    ("three sources"); `via` the outlets or persons between this report and the source, nearest first.
    A statement in the reporter's own voice has no source and the report's outlet as speaker.
    """

    type_name: ClassVar[str] = "statement"

    content: Span
    cue: Span | None
    source: Span | None
    speaker: str | None
    kind: SourceKind
    speaks_for: str | None
    via: tuple[str, ...] = ()
    direct: bool = False
    act: Act = "assert"
    topic: Topic | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Record):
    """An act inside the bargaining, by one party toward another, on one issue.

    `actor` is the verbatim name of the person or body; `what` one plain line; `said_by` the id of the
    statement that carries it, None where the report says so in its own voice.
    """

    type_name: ClassVar[str] = "move"

    type: MoveType
    by: str | None
    to: str | None
    actor: str | None
    issue: str
    what: str
    status: MoveStatus = "made"
    when: str | None = None
    date: When | None = None
    deadline: When | None = None
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """An instrument of policy with its figures; its dates are separate facts.

    `rate_percent` in percent, `amount_usd` in US dollars; `reason` is what it is imposed for.
    """

    type_name: ClassVar[str] = "measure"

    instrument: Instrument
    by: str | None
    on: str | None
    rate_percent: float | None
    amount_usd: float | None
    goods: str | None
    status: MeasureStatus
    reason: str | None = None
    when: str | None = None
    announced: When | None = None
    effective: When | None = None
    suspended: When | None = None
    removed: When | None = None
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """A specific meeting, call, letter or visit between the parties: held, planned, or missed."""

    type_name: ClassVar[str] = "contact"

    kind: ContactKind
    who: tuple[str, ...]
    parties: tuple[str, ...]
    place: str | None
    when: str | None
    date: When | None
    level: Level | None
    status: ContactStatus
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage(Record):
    """One act waits for, or is traded for, another: `then` follows only after `first`."""

    type_name: ClassVar[str] = "linkage"

    kind: LinkageKind
    by: str | None
    first: str
    then: str
    first_actor: str | None
    then_actor: str | None
    said_by: str | None = None


RECORD_CLASSES: tuple[type[Record], ...] = (Statement, Move, Measure, Contact, Linkage)
