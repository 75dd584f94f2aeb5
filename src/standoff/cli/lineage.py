"""The command `lineage`: who copied whom."""

from __future__ import annotations

import json

from standoff import questions
from standoff.cli.opening import ingest_into
from standoff.cli.options import AsJson, Db, Meta, PackName, Reports
from standoff.cli.printing import finish, out, say_run
from standoff.errors import InputError
from standoff.show import tables
from standoff.store import Store


def lineage(
    reports: Reports = None, db: Db = None, pack: PackName = None, meta: Meta = None, json_: AsJson = False
) -> None:
    """Who copied whom: origins, kinds of copy, and what differs between copies."""
    if not reports and db is None:
        raise InputError("name reports, or a record with --db")
    with Store.open(db) as store:
        run, chosen = ingest_into(store, list(reports or []), pack, meta)
        answer = questions.lineage(store, chosen)
    if json_:
        print(json.dumps(tables.lineage_values(answer), ensure_ascii=False, indent=1))
    else:
        say_run(run)
        out.print(tables.lineage(answer))
    finish(run)
