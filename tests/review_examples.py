"""A small record to decide on: two invented states, two reports, and two versions of a machine that reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from standoff import pipeline
from standoff.model.domain import Issue, Official, Pack, Party
from standoff.model.lineage import Screening
from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Published, Report
from standoff.model.span import Span
from standoff.store import Store

if TYPE_CHECKING:  # it is loaded by worker processes, which need no pytest
    import pytest

PACK = Pack(
    id="arland-borland",
    title="Arland and Borland",
    between=("AA", "BB"),
    parties=(Party(code="AA", name="Arland"), Party(code="BB", name="Borland"), Party(code="CC", name="Corland")),
    officials=(
        Official(name="Ana Regnier", family="Regnier", party="AA"),
        Official(name="Lee Osk", family="Osk", party="BB"),
    ),
    issues=(Issue(id="tariffs", name="Tariffs"), Issue(id="ports", name="Ports")),
)
TEXT = (
    "Arland will lift its duty of 25 percent on steel and open its ports, minister Osk said on Monday. "
    "Borland demanded that the harbour fees be dropped. "
    "The two sides met in Corland last week. "
    "Borland will sign only if the duty falls.\n"
)
ONE = Report(name="one", text=TEXT, outlet="Harbour Post", published=Published(date(2031, 5, 6), "file"))
TWO = Report(
    name="two", text="Late on Tuesday. " + TEXT, outlet="Meridian", published=Published(date(2031, 5, 7), "file")
)

Machine = Callable[[Report, Screening, Pack], tuple[Record, ...]]


def span(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return Span(start, start + len(words))


def version_one(report: Report, screening: Screening | None = None, pack: Pack | None = None) -> tuple[Record, ...]:
    """A statement, the two moves that it carries on the same words, and one record of each other class."""

    def on(words: str, **more: Any) -> dict[str, Any]:
        return {"report": report.id, "evidence": (span(report, words),), "rule": "test@1", "confidence": 0.5, **more}

    told = "Arland will lift its duty of 25 percent on steel and open its ports"
    said = Statement(
        content=span(report, told), cue=span(report, "said"), source=span(report, "minister Osk"), speaker="Osk",
        kind="named", speaks_for="AA", **on(told),
    )  # fmt: skip
    return (
        said,
        Move(type="ease", by="AA", to="BB", actor="Arland", issue="tariffs", what="to lift its duty", said_by=said.id, **on(told)),
        Move(type="ease", by="AA", to="BB", actor="Arland", issue="ports", what="to open its ports", said_by=said.id, **on(told)),
        Move(type="demand", by="BB", to="AA", actor="Borland", issue="other", what="to drop fees", **on("Borland demanded that the harbour fees be dropped")),
        Measure(instrument="tariff", by="AA", on="BB", rate_percent=25.0, amount_usd=None, goods="steel", status="in-force", said_by=said.id, **on("its duty of 25 percent on steel")),
        Contact(kind="talks", who=("the two sides",), parties=("AA", "BB"), place="Corland", when="last week", date=None, level=None, status="held", **on("The two sides met in Corland last week")),
        Linkage(kind="precondition", by="BB", first="the duty falls", then="signing", first_actor="AA", then_actor="BB", **on("Borland will sign only if the duty falls")),
    )  # fmt: skip


def version_two(report: Report, screening: Screening | None = None, pack: Pack | None = None) -> tuple[Record, ...]:
    """Finds the same with other rules on somewhat other words, so that every id is another; the statement, too."""
    said, *rest = version_one(report)
    assert isinstance(said, Statement)
    told = span(report, "will lift its duty of 25 percent on steel and open its ports")
    wider = replace(said, content=told, evidence=(told,), rule="test@2", confidence=0.6)
    found: list[Record] = [wider]
    for record in rest:
        place = record.span
        moved = Span(place.start, place.end - 3) if not isinstance(record, Move) or record.said_by is None else told
        changed = replace(record, evidence=(moved,), rule="test@2", confidence=0.7)
        found.append(replace(changed, said_by=wider.id) if changed.said_by else changed)  # type: ignore[attr-defined, call-arg]
    return tuple(found)


def fill(store: Store, monkeypatch: pytest.MonkeyPatch, machine: Machine = version_one) -> None:
    """Read both reports with this machine."""
    monkeypatch.setattr(pipeline, "annotate", machine)
    pipeline.ingest(store, [ONE, TWO], PACK)


def reread(store: Store, monkeypatch: pytest.MonkeyPatch, machine: Machine) -> None:
    """Rebuild the record with this machine."""
    monkeypatch.setattr(pipeline, "annotate", machine)
    pipeline.rebuild(store, PACK)


def one_of(store: Store, cls: type[Record], report: Report = ONE, **fields: object) -> Record:
    """The machine's only record of a class in a report with these fields."""
    found = [r for r in store.records(cls, report.id) if all(getattr(r, n) == v for n, v in fields.items())]
    assert len(found) == 1
    return found[0]
