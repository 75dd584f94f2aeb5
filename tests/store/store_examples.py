"""A small record of our own invention: two states, a few reports, records of every class."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from standoff.model.dates import When
from standoff.model.lineage import Repeat, Screening, View
from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Provenance, Published, Report
from standoff.model.span import Span
from standoff.store import Store
from standoff.store.schema import REPORT, REVIEW

TEXT = (
    "Arland will lift its duty on Borland’s steel to 25 percent, its trade minister said on Monday. "
    "“We ask for open ports,” Ana Régnier told the Harbour Post. "
    "The two ministers spoke by telephone last week, and will meet again only if the duty is dropped."
)
NOW = datetime(2031, 5, 6, 7, 8, 9, 101112, tzinfo=UTC)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def make_report(name: str = "one", text: str = TEXT, **more: Any) -> Report:
    return Report(name=name, text=text, **more)


def make_records(report: Report) -> tuple[Record, ...]:
    """One of each class; the report's text begins with TEXT."""

    def common(words: str) -> dict[str, Any]:
        return {"report": report.id, "evidence": (span(words),), "rule": "by-hand@1", "confidence": 0.75}

    return (
        Measure(
            instrument="tariff", by="AA", on="BB", rate_percent=25.0, amount_usd=None, goods="steel", status="proposed",
            reason="dumping", announced=When.week(date(2031, 5, 5)), **common("Arland will lift its duty on Borland’s steel to 25 percent"),
        ),
        Statement(
            content=span("We ask for open ports"), cue=span("told"), source=span("Ana Régnier"), speaker="Ana Régnier",
            kind="named", speaks_for="AA", via=("Harbour Post",), direct=True, **common("“We ask for open ports,” Ana Régnier told the Harbour Post."),
        ),
        Move(
            type="demand", by="AA", to="BB", actor="Ana Régnier", issue="market-access", what="asks for harbours to be opened",
            date=When.day(date(2031, 5, 5)), deadline=When(None, date(2031, 9, 30), "interval"), **common("We ask for open ports"),
        ),
        Contact(
            kind="call", who=("the two ministers",), parties=("AA", "BB"), place=None, when="last week", date=When.month(2031, 4),
            level="minister", status="held", **common("The two ministers spoke by telephone last week"),
        ),
        Linkage(
            kind="precondition", by="BB", first="the duty falls", then="a second meeting", first_actor="AA", then_actor="BB",
            **common("will meet again only if the duty is dropped"),
        ),
    )  # fmt: skip


def make_screening(report: Report, **more: Any) -> Screening:
    return Screening(view=View(report.text), **more)


def put(store: Store, report: Report, *, records: tuple[Record, ...] | None = None) -> bool:
    found = make_records(report) if records is None else records
    return store.add(report, make_screening(report), [(11, 0), (2**64 - 1, 7)], found)


FULL = {
    "outlet": "Harbour Post",
    "title": "Duty on steel",
    "url": "https://post.example/1",
    "published": Published(date(2031, 5, 6), "dateline", "its first line"),
    "provenance": Provenance("in/one.txt", "ab" * 32, "text@1"),
}
SCREENED = {
    "repeats": (Repeat(Span(0, 6), Span(95, 101)),),
    "boilerplate": (Span(3, 9), Span(20, 21)),
    "spun": True,
}


def precious(store: Store) -> dict[str, list[Any]]:
    """All rows of the tables that nothing can make again."""
    with store._engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in (REPORT, REVIEW)
        }
