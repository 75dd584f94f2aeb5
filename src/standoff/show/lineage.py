"""Who copied whom, for the terminal and for `--json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from rich.console import RenderableType
from rich.table import Column, Table
from rich.text import Text

from standoff.model.lineage import Lineage, Origin, Place, Relation, Screening
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.show.evidence import shown
from standoff.show.origins import compiled, origin_line
from standoff.show.passages import COPY, Beside, Piece, apart, beside, shortened

_MOST_RELATIONS, _MOST_PASSAGES = 20, 12  # side by side; --json has them all


class _Answer(Protocol):
    @property
    def reports(self) -> tuple[Report, ...]: ...
    @property
    def screenings(self) -> Mapping[str, Screening]: ...
    @property
    def lineage(self) -> Lineage: ...
    @property
    def retracted(self) -> frozenset[str]: ...


def lineage_values(answer: _Answer) -> dict[str, Any]:
    """Who copied whom, for JSON; a report is its name, spans are [start, end] in its text.

    `relayed` are the passages that go back to another outlet than the report as a whole. The `evidence` of an origin
    stands in the report itself; where another report shows it, that one and the place stand in `shown_in`.
    """
    name = {r.id: r.name for r in answer.reports}
    rows = []
    for report in answer.reports:
        origin, screening = answer.lineage.origin(report.id), answer.screenings.get(report.id)
        passages = [o for o in answer.lineage.origins if o.report == report.id and o.passage]
        rows.append({
            "report": report.name,
            "origin": _origin(name, origin) if origin else None,
            "retracted": report.id in answer.retracted,
            "spun": bool(screening and screening.spun),
            "repeats": [_span(r.again) for r in screening.repeats] if screening else [],
            "relayed": [_origin(name, o) | {"passage": _span(o.passage)} for o in passages if o.passage],
        })  # fmt: skip
    return {
        "reports": rows,
        "relations": [
            {
                "a": name[r.a],
                "b": name[r.b],
                "relation": r.kind,
                "score": round(r.score, 3),
                "passages": [[_span(here), _span(there)] for here, there in r.passages],
            }
            for r in answer.lineage.relations
        ],
        "discrepancies": [
            {"kind": d.kind, "a": _place(name, d.a), "b": _place(name, d.b)} for d in answer.lineage.discrepancies
        ],
    }


def _origin(name: Mapping[str, str], origin: Origin) -> dict[str, Any]:
    own = origin.shown_in == origin.report
    evidence = _span(origin.evidence) if origin.evidence else None
    return {
        "outlet": origin.outlet,
        "confidence": origin.confidence,
        "basis": origin.basis,
        "evidence": evidence if own else None,
        "shown_in": None if own else {"report": name.get(origin.shown_in), "span": evidence},
    }


def _place(name: Mapping[str, str], place: Place) -> dict[str, Any]:
    return {"report": name[place.report], "span": _span(place.span)}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def lineage_shown(answer: _Answer) -> Iterator[RenderableType]:
    """Reports with their origins and kinds of copy; then each two that are related, their passages side by side."""
    yield _overview(answer)
    by_id = {r.id: r for r in answer.reports}
    those = [r for r in answer.lineage.relations if r.passages]
    for relation in those[:_MOST_RELATIONS]:
        a, b = by_id[relation.a], by_id[relation.b]
        yield Text()
        yield _side_by_side(relation, a, b)
        if differing := apart(relation, a, b, answer.lineage.discrepancies):
            table = Table("differs", _column(a), _column(b), box=None)
            for fact in differing:
                table.add_row(fact.kind, Text(fact.a), Text(fact.b))
            yield table
    if len(those) > _MOST_RELATIONS:
        yield Text(f"\n{len(those) - _MOST_RELATIONS} more pairs share passages; name a report to see its own.")


def _overview(answer: _Answer) -> Table:
    table = Table("report", "outlet", "origin", "kind of copy", "", box=None)
    name = {r.id: r.name for r in answer.reports}
    for report in answer.reports:
        relations = "\n".join(
            f"{COPY[r.kind]} {name[r.b]} ({r.score:.2f})" for r in answer.lineage.relations if r.a == report.id
        )
        told = [origin_line(answer.lineage.origin(report.id)), compiled(answer.lineage, report.id)]
        marks = ", ".join(_marks(answer.screenings.get(report.id), report.id in answer.retracted))
        cells = (report.name, report.outlet or "not stated", "; ".join(filter(None, told)), relations, marks)
        table.add_row(*(Text(shown(cell)) for cell in cells))
    return table


def _marks(screening: Screening | None, retracted: bool) -> Iterator[str]:
    if retracted:
        yield "retracted"
    if screening and screening.spun:
        yield "words changed by a thesaurus"
    if screening and screening.repeats:
        count = len(screening.repeats)
        yield f"{count} passage{'s' * (count != 1)} repeated"


def _side_by_side(relation: Relation, a: Report, b: Report) -> Table:
    rows = beside(relation, a, b)
    title = f"{a.name}: {COPY[relation.kind]} {b.name}"
    if len(rows) > _MOST_PASSAGES:
        title += f"; the first {_MOST_PASSAGES} of {len(rows)} passages"
    table = Table(
        _column(a),
        _column(b),
        title=Text(shown(title)),
        title_justify="left",
        box=None,
        padding=(0, 2),
    )
    for row in rows[:_MOST_PASSAGES]:
        table.add_row(*_cells(row), end_section=True)
    return table


def _column(report: Report) -> Column:
    return Column(Text(shown(report.name)), ratio=1)


def _cells(row: Beside) -> tuple[Text, Text]:
    return _text(row.a_pieces), _text(row.b_pieces)


def _text(pieces: Iterable[Piece]) -> Text:
    """A passage in one line, what differs in bold."""
    found = Text()
    for piece in shortened(pieces):
        found.append(shown(" ".join(piece.text.split("\n"))), style="bold yellow" if piece.differs else "")
    return found
