"""The tables, as they are now; how older databases get here stands in `migrate.py`.

Precious: `report` and `review`, which nothing can make again; `watched` and `watch_event`, without which all would
be fetched again. Derived: all others, which `rebuild` makes again from the text in `report`. Days and intervals are
ISO text, spans and lists are JSON, instants are ISO text in UTC.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
)

from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.store.texts import TEXT

METADATA = MetaData()


def _text(name: str, *, null: bool = True) -> Column[str]:
    return Column(name, TEXT, nullable=null)


def _json(name: str, *, null: bool = False) -> Column[Any]:
    return Column(name, JSON(none_as_null=True), nullable=null)


def _report_key(name: str = "report", *, index: bool = True) -> Column[str]:
    return Column(name, TEXT, ForeignKey("report.id"), nullable=False, index=index)


MIGRATION = Table(
    "migration",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    _text("name", null=False),
    _text("at", null=False),
)

REPORT = Table(
    "report",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
    _text("text", null=False),
    _text("outlet"),
    _text("title"),
    _text("url"),
    _text("published_day"),
    _text("published_basis"),
    _text("published_reason"),
    _text("provenance_path"),
    _text("provenance_sha256"),
    _text("provenance_reader"),
    _text("recorded_at", null=False),
    Column("retracted", Boolean, nullable=False, default=False),
    Index("ix_report_name", "name", postgresql_using="hash"),  # its other indexes hold no long names
)

REVIEW = Table(  # append-only: written by decisions, never changed
    "review",
    METADATA,
    Column("id", TEXT, primary_key=True),
    _text("at", null=False),
    _text("who", null=False),
    _text("action", null=False),
    _text("class"),
    _report_key(),
    _json("evidence", null=True),
    _json("fields", null=True),
    _text("note"),
)


def _record_table(cls: type[Record], *own: Column[Any]) -> Table:
    """The table of one record class: what every record has, then its own fields under their own names.

    `start` is where the main evidence begins, for ordering.
    """
    return Table(
        cls.type_name,
        METADATA,
        Column("id", TEXT, primary_key=True),
        _report_key(),
        Column("start", Integer, nullable=False),
        _json("evidence"),
        _text("rule", null=False),
        Column("confidence", Float, nullable=False),
        *own,
    )


STATEMENT = _record_table(
    Statement,
    _json("content"),
    _json("cue", null=True),
    _json("source", null=True),
    _text("speaker"),
    _text("kind", null=False),
    _text("speaks_for"),
    _json("via"),
    Column("direct", Boolean, nullable=False),
    _text("act", null=False),
    _text("topic"),
    Column("count", BigInteger),
)

MOVE = _record_table(
    Move,
    _text("type", null=False),
    _text("by"),
    _text("to"),
    _text("actor"),
    _text("issue", null=False),
    _text("what", null=False),
    _text("status", null=False),
    _text("when"),
    _text("date"),
    _text("deadline"),
    _text("said_by"),
)

MEASURE = _record_table(
    Measure,
    _text("instrument", null=False),
    _text("by"),
    _text("on"),
    Column("rate_percent", Float),
    Column("amount_usd", Float),
    _text("goods"),
    _text("status", null=False),
    _text("reason"),
    _text("when"),
    _text("announced"),
    _text("effective"),
    _text("suspended"),
    _text("removed"),
    _text("said_by"),
)

CONTACT = _record_table(
    Contact,
    _text("kind", null=False),
    _json("who"),
    _json("parties"),
    _text("place"),
    _text("when"),
    _text("date"),
    _text("level"),
    _text("status", null=False),
    _text("said_by"),
)

LINKAGE = _record_table(
    Linkage,
    _text("kind", null=False),
    _text("by"),
    _text("first", null=False),
    _text("then", null=False),
    _text("first_actor"),
    _text("then_actor"),
    _text("said_by"),
)

RECORD_TABLES: dict[type[Record], Table] = {
    Statement: STATEMENT,
    Move: MOVE,
    Measure: MEASURE,
    Contact: CONTACT,
    Linkage: LINKAGE,
}

SCREENING = Table(
    "screening",
    METADATA,
    Column("report", TEXT, ForeignKey("report.id"), primary_key=True),
    _text("view"),  # NULL: the report's own text, unchanged
    _json("pieces"),
    _json("repeats"),
    _json("boilerplate"),
    Column("spun", Boolean),
)

PENDING = Table(  # reports whose derived data are missing, or older than what is known of the report
    "pending",
    METADATA,
    Column("report", TEXT, ForeignKey("report.id"), primary_key=True),
)

TOUCHED = Table(  # by which write a report, or what was made of it, was last changed: its revision (0: just now)
    "touched",
    METADATA,
    Column("report", TEXT, ForeignKey("report.id"), primary_key=True),
    Column("revision", BigInteger, nullable=False, index=True),
)

FINGERPRINT = Table(
    "fingerprint",
    METADATA,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("report", TEXT, ForeignKey("report.id"), primary_key=True, index=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

SIGNATURE = Table(  # by its words a report is compared with others; `traced`: its relations to all others are stored
    "signature",
    METADATA,
    Column("report", TEXT, ForeignKey("report.id"), primary_key=True),
    Column("hashes", Integer, nullable=False),  # distinct ones among its fingerprints
    Column("vector", LargeBinary),  # NULL: not signed yet
    Column("traced", Boolean, nullable=False, default=False, index=True),
)

TERM = Table(  # the words by which reports of about one time are looked up
    "term",
    METADATA,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),  # of publication, as an ordinal; 0: unknown
    Column("report", TEXT, ForeignKey("report.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

RELATION = Table(
    "relation",
    METADATA,
    Column("a", TEXT, ForeignKey("report.id"), primary_key=True),
    Column("b", TEXT, ForeignKey("report.id"), primary_key=True, index=True),
    Column("kind", TEXT, primary_key=True),
    Column("score", Float, nullable=False),
    _json("passages"),
)

ENTRY = Table(  # what the full-text index holds: row `n` of it belongs to this report or record
    "entry",
    METADATA,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("kind", TEXT, nullable=False),
    Column("id", TEXT, nullable=False),
    Column("report", TEXT, ForeignKey("report.id"), nullable=False),
    _json("passages"),  # the spans of its text that stand in the index, in this order
    Index("ix_entry_report", "report", "kind"),
)

META = Table(
    "meta",
    METADATA,
    Column("key", TEXT, primary_key=True),
    _text("value", null=False),
)

WATCHED = Table(  # what watching remembers of an address: see watching.py
    "watched",
    METADATA,
    Column("address", TEXT, primary_key=True),
    _text("source", null=False),
    _text("kind", null=False),
    _text("status", null=False),
    _text("reason", null=False),
    _text("etag"),
    _text("modified"),
    _text("mark"),
    _text("title"),
    _text("day"),
    Column("report", TEXT, ForeignKey("report.id"), index=True),
    _text("coming"),  # the id of a report that is not stored yet
    Column("failures", Integer, nullable=False),
    _text("not_before"),
    _text("checked_at"),
)

WATCH_EVENT = Table(  # what watching found out, in order; only ever added to
    "watch_event",
    METADATA,
    Column("n", Integer, primary_key=True),
    _text("at", null=False),
    _text("kind", null=False),
    _text("source", null=False),
    Column("address", TEXT, nullable=False),
    Column("report", TEXT, ForeignKey("report.id")),
    _text("note", null=False),
    Index("ix_watch_event_address", "address", postgresql_using="hash"),
)

OF_ONE_REPORT: tuple[Table, ...] = (*RECORD_TABLES.values(), SCREENING, PENDING, FINGERPRINT, SIGNATURE, TERM, ENTRY)
"""The derived tables with rows that belong to one report, in their column `report`."""
