"""Commands that read reports: brief, ingest, annotate, rebuild."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from standoff import pipeline, questions
from standoff.cli.opening import day, ingest_into, meta_of, pack_of, record, wanted
from standoff.cli.options import DEFAULT_DB, AsJson, AsOf, Db, Meta, PackName, Parties, Reports
from standoff.cli.printing import err, finish, out, progress, say_run
from standoff.errors import InputError
from standoff.read.reports import Skipped
from standoff.show import tables
from standoff.show.annotation import annotation
from standoff.store import Store


def brief(
    reports: Reports = None,
    pack: PackName = None,
    parties: Parties = None,
    meta: Meta = None,
    as_of: AsOf = None,
    db: Db = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where the page is written.")] = Path("brief.html"),
    examples: Annotated[bool, typer.Option("--examples", help="Brief the pack's own example reports.")] = False,
    json_: AsJson = False,
) -> None:
    """Write the brief: one HTML file, every line with its evidence.

    With --db the reports go into that record and the brief shows the whole of it; without, a record of these
    reports alone is made in memory. Without reports, the brief shows the record in --db.
    """
    paths = list(reports or [])
    if examples:
        paths, known_meta = pipeline.examples_of(pack or "us-china-trade")
        meta = meta or (str(known_meta) if known_meta else None)
    if not paths and db is None:
        raise InputError("name reports, or a record with --db (for the examples: --examples)")
    with Store.open(db) as store:
        run, chosen = ingest_into(store, paths, wanted(pack, parties), meta)
        known = questions.load(store, chosen)
        page = questions.brief(store, known, day(as_of))
        output.write_text(page, encoding="utf-8")
    if json_:
        print(json.dumps({"brief": str(output), **tables.run_values(run)}, ensure_ascii=False, indent=1))
    else:
        say_run(run)
        err.print(f"wrote [bold]{output}[/bold] ({output.stat().st_size / 1000:.0f} kB)")
    finish(run)


def ingest(
    paths: Reports = None,
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    parties: Parties = None,
    meta: Meta = None,
    json_: AsJson = False,
) -> None:
    """Read reports into a record. The same report twice adds nothing."""
    if not paths:
        raise InputError("name files or folders of reports, or - for standard input")
    with Store.open(db) as store:
        run, _ = ingest_into(store, paths, wanted(pack, parties), meta)
        counts = store.counts()
    if json_:
        print(json.dumps({**tables.run_values(run), "counts": counts}, ensure_ascii=False, indent=1))
    else:
        say_run(run)
        out.print(tables.counts(counts))
    finish(run)


def annotate(
    reports: Reports = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for one JSON file a report.")] = Path(
        "annotations"
    ),
    pack: PackName = None,
    parties: Parties = None,
    meta: Meta = None,
    json_: AsJson = False,
) -> None:
    """Write what each report says as annotation JSON: `<file stem>.json`, spans in code points of the text."""
    if not reports:
        raise InputError("name files or folders of reports")
    output.mkdir(parents=True, exist_ok=True)
    run = pipeline.Run()
    chosen, items = pipeline.choose_pack(wanted(pack, parties), pipeline.read(reports, meta_of(meta)))
    run.pack = chosen.id
    with progress() as step:
        for item in items:
            if isinstance(item, Skipped):
                run.skipped.append(item)
                step(item.path)
                continue
            done = pipeline.process(item, chosen)
            page = json.dumps(annotation(item, done.records), ensure_ascii=False, indent=1)
            (output / f"{tables.file_name(item.name)}.json").write_text(page + "\n", encoding="utf-8")
            run.read(item)
            run.records += len(done.records)
            step(item.name)
    if json_:
        print(json.dumps(tables.run_values(run), ensure_ascii=False, indent=1))
    else:
        say_run(run)
    finish(run)


def rebuild(db: Db = DEFAULT_DB, pack: PackName = None, json_: AsJson = False) -> None:
    """Make all records anew from the stored texts, with this version and pack; reports and decisions stay."""
    with record(db) as store:
        chosen = pack_of(store, pack)
        with progress() as step:
            count = pipeline.rebuild(store, chosen, step)
        counts = store.counts()
    if json_:
        print(json.dumps({"rebuilt": count, "pack": chosen.id, "counts": counts}, indent=1))
    else:
        err.print(f"rebuilt {count} reports with the pack {chosen.id}")
        out.print(tables.counts(counts))
