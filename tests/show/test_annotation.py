"""The annotation format: issues of its own list are written by id, all others by the name that the pack gives them."""

from __future__ import annotations

from standoff.model.domain import Issue, Pack
from standoff.model.record import Move
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.show.annotation import annotation

TEXT = "Arland wants Borland to reopen the ferry line. Arland wants lower tariffs."
PACK = Pack(
    id="ferries",
    title="Ferries",
    between=("AA", "BB"),
    parties=(),
    issues=(Issue(id="ferry-line", name="ferry line"), Issue(id="tariffs", name="customs tariffs")),
)


def move(report: Report, issue: str, start: int, end: int) -> Move:
    return Move(
        report=report.id,
        evidence=(Span(start, end),),
        rule="moves/want@2",
        confidence=0.7,
        type="demand",
        by="AA",
        to="BB",
        actor=None,
        issue=issue,
        what=TEXT[start:end],
        status="made",
    )


def test_issues_outside_the_formats_list_are_written_by_name() -> None:
    report = Report(name="ferries", text=TEXT)
    moves = (move(report, "ferry-line", 0, 46), move(report, "tariffs", 47, len(TEXT)))
    assert [m["issue"] for m in annotation(report, moves, PACK)["moves"]] == ["ferry line", "tariffs"]
    assert [m["issue"] for m in annotation(report, moves)["moves"]] == ["ferry-line", "tariffs"]
