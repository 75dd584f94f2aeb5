"""Commands that hand a record on: export, import."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from standoff import pipeline, questions
from standoff.cli.opening import record
from standoff.cli.options import DEFAULT_DB, AsJson, Db, PackName
from standoff.cli.printing import err, progress, say_run
from standoff.read.exported import read_export
from standoff.show import tables
from standoff.show.exports import FORMATS, format_named
from standoff.store import Store


def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="File; folder for csv and parquet.")],
    format: Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")] = "jsonl",
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    json_: AsJson = False,
) -> None:
    """Write the record as data, for other tools."""
    chosen = format_named(format)
    with record(db) as store:
        count = questions.export(store, pack, format, output)
    if json_:
        print(json.dumps({chosen.counts: count, "written": str(output)}))
    else:
        err.print(f"wrote {count} {chosen.counts} to {output}")


def import_(
    record: Annotated[Path, typer.Argument(help="What `export` wrote as jsonl.", metavar="RECORD.jsonl")],
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    json_: AsJson = False,
) -> None:
    """Read an exported record back: the same reports, the same records. Nothing is extracted again."""
    exported = read_export(record)
    with Store.open(db) as store:
        chosen, _ = pipeline.choose_pack(pack, iter(exported.reports), store.meta().get("pack"))
        with progress() as step:
            run = pipeline.restore(store, exported, chosen, step)
    if json_:
        print(json.dumps(tables.run_values(run), ensure_ascii=False, indent=1))
    else:
        say_run(run)
