"""Commands that look into the record: search."""

from __future__ import annotations

from typing import Annotated

import typer

from standoff import questions
from standoff.cli.opening import record
from standoff.cli.options import DEFAULT_DB, AsJson, Db
from standoff.cli.printing import answer
from standoff.model.record import MOVE_TYPES
from standoff.show import tables


def search(
    query: Annotated[str, typer.Argument(help='Words; "a phrase"; begin* of a word.')],
    db: Db = DEFAULT_DB,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="report, statement, move, measure, contact or linkage.")
    ] = None,
    party: Annotated[str | None, typer.Option("--party", help="Who acts or speaks: a code, such as CN.")] = None,
    move: Annotated[str | None, typer.Option("--move", help=f"{', '.join(MOVE_TYPES)}.")] = None,
    issue: Annotated[str | None, typer.Option("--issue", help="An issue of the pack, such as tariffs.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="A part of the outlet's name.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Published from then on: 2025-01, 2025-01-31.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Published up to then, the same way.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000)] = 20,
    json_: AsJson = False,
) -> None:
    """Search the reports and the records; the best first, with the words that matched."""
    facets = questions.facets(party=party, move=move, issue=issue, outlet=outlet, since=since, until=until)
    with record(db) as store:
        hits = questions.search(store, query, kind or (), limit, facets)
    answer(json_, [tables.hit_values(h) for h in hits], tables.hits(hits))
