"""The command `lineage`: who copied whom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from standoff import questions
from standoff.cli.opening import ingest_into, record
from standoff.cli.options import AsJson, Db, Meta, PackName
from standoff.cli.printing import finish, out, say_run
from standoff.errors import InputError
from standoff.show.lineage import lineage_shown, lineage_values
from standoff.store import Store

Which = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files or folders to read, - for standard input; with --db also names of reports in the record.",
        metavar="REPORT...",
    ),
]


def lineage(
    reports: Which = None, db: Db = None, pack: PackName = None, meta: Meta = None, json_: AsJson = False
) -> None:
    """Who copied whom: where each report comes from, what kind of copy it is, and what differs between copies.

    Reports alone are read into a record in memory. With --db, files are read into that record; of the answer only
    what concerns the reports named is shown, whether by file or by name (the stem of the file it was read from).
    """
    if not reports and db is None:
        raise InputError("name reports, or a record with --db")
    names = [name for name in reports or () if db is not None and name != "-" and not Path(name).exists()]
    paths = [name for name in reports or () if name not in names]
    with Store.open(db) if paths else record(db) as store:
        run, chosen = ingest_into(store, paths, pack, meta)
        wanted = [*names, *run.added, *run.known] if db is not None and reports else []
        answer = questions.lineage(store, chosen, wanted)
    if json_:
        print(json.dumps(lineage_values(answer), ensure_ascii=False, indent=1))
    else:
        say_run(run)
        out.print(*lineage_shown(answer), sep="\n")
    finish(run)
