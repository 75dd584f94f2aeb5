"""Commands that keep a record safe: backup, restore."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.opening import record
from standoff.cli.options import DEFAULT_DB, AsJson, Db
from standoff.cli.printing import err
from standoff.store.address import shown
from standoff.store.backup import back_up
from standoff.store.backup import restore as made_of


def backup(
    output: Annotated[Path, typer.Option("-o", "--output", help="A new file.", metavar="FILE")],
    db: Db = DEFAULT_DB,
    json_: AsJson = False,
) -> None:
    """Write the whole record into one file, as it is at one moment; others may go on reading and writing."""
    with record(db) as store:
        _say(back_up(store, output), str(output), json_)


def restore(
    file: Annotated[Path, typer.Argument(help="What `backup` wrote.", metavar="FILE")],
    db: Annotated[str, typer.Option("--db", help="A new file, or an empty database.", metavar="FILE|URL")],
    json_: AsJson = False,
) -> None:
    """Make a record of a backup, also of an older version's, and also in the other kind of database."""
    _say(made_of(file, db), shown(db), json_)


def _say(counts: dict[str, int], where: str, json_: bool) -> None:
    if json_:
        print(json.dumps({"written": where, "counts": counts}))
        return
    rest = sum(count for name, count in counts.items() if name not in ("report", "review", "relation"))
    err.print(f"wrote {counts['report']} reports, {rest} records and {counts['review']} decisions to {where}")
