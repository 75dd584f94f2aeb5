"""Commands that read reports: brief, ingest, annotate, rebuild, date."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from standoff import pipeline, questions
from standoff.batch.engine import LIMIT
from standoff.cli.opening import day, engine_of, ingest_into, meta_of, pack_of, record, reports_at, wanted
from standoff.cli.options import (
    DEFAULT_DB,
    Address,
    AllowPrivate,
    AsJson,
    AsOf,
    Count,
    Db,
    EngineName,
    Limit,
    Meta,
    PackName,
    Parties,
    Reports,
)
from standoff.cli.printing import answer, err, finish, out, progress, say_run, say_skipped
from standoff.errors import InputError
from standoff.read.reports import Skipped
from standoff.show import answers, tables
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
    allow_private: AllowPrivate = False,
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
        run, chosen = ingest_into(store, paths, wanted(pack, parties), meta, allow_private=allow_private)
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
    engine: EngineName = None,
    processes: Count = None,
    address: Address = None,
    limit: Limit = LIMIT,
    allow_private: AllowPrivate = False,
    json_: AsJson = False,
) -> None:
    """Read reports into a record. The same report twice adds nothing; what was interrupted goes on where it was.

    The record is the same whatever works on the reports: one process, several, or a Ray cluster.
    """
    if not paths:
        raise InputError("name files or folders of reports, or - for standard input")
    by = engine_of(engine, processes, address, limit)
    with Store.open(db) as store:
        run, _ = ingest_into(store, paths, wanted(pack, parties), meta, by, allow_private=allow_private)
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
    allow_private: AllowPrivate = False,
    json_: AsJson = False,
) -> None:
    """Write what each report says as annotation JSON: `<file stem>.json`, spans in code points of the text."""
    if not reports:
        raise InputError("name files or folders of reports")
    output.mkdir(parents=True, exist_ok=True)
    run, taken = pipeline.Run(), set[str]()
    items = reports_at(reports, meta_of(meta), allow_private)
    chosen, items = pipeline.choose_pack(wanted(pack, parties), items)
    run.pack = chosen.id
    with progress() as step:
        for item in items:
            if isinstance(item, Skipped):
                run.skipped.append(item)
                step(item.path)
                continue
            done = pipeline.process(item, chosen)
            page = json.dumps(annotation(item, done.records, chosen), ensure_ascii=False, indent=1)
            name = tables.free_name(item.name, item.id, taken)
            (output / f"{name}.json").write_text(page + "\n", encoding="utf-8")
            run.read(item)
            run.records += len(done.records)
            step(item.name)
    if json_:
        print(json.dumps(tables.run_values(run), ensure_ascii=False, indent=1))
    else:
        say_run(run)
    finish(run)


def rebuild(
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    engine: EngineName = None,
    processes: Count = None,
    address: Address = None,
    limit: Limit = LIMIT,
    json_: AsJson = False,
) -> None:
    """Make all records anew from the stored texts, with this version and pack; reports and decisions stay."""
    with record(db) as store:
        chosen = pack_of(store, pack)
        with progress() as step:
            run = pipeline.rebuild(store, chosen, step, engine_of(engine, processes, address, limit))
        counts = store.counts()
    if json_:
        skipped = [{"path": item.path, "reason": item.reason} for item in run.skipped]
        told = {"rebuilt": len(run.added), "pack": chosen.id, "skipped": skipped, "counts": counts}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        say_skipped(run)
        err.print(f"rebuilt {len(run.added)} reports with the pack {chosen.id}")
        out.print(tables.counts(counts))
    finish(run)


def date(
    report: Annotated[str | None, typer.Argument(help="A report's name, the beginning of it, or its id.")] = None,
    published: Annotated[
        datetime | None, typer.Argument(metavar="DAY", formats=["%Y-%m-%d"], help="The day it was published.")
    ] = None,
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    json_: AsJson = False,
) -> None:
    """Reports without a given date, with where they are placed and why; or set the date of one.

    With DAY the report is read again by that day, so that its `yesterday` and `last week` follow.
    """
    with record(db) as store:
        chosen = pack_of(store, pack)
        known = questions.load(store, chosen)
        asked = questions.report_named(known, report) if report else None
        if asked and published:
            changed = pipeline.redate(store, known.report(asked), published.date(), chosen)
            told = {"report": known.report(asked).name, "day": str(published.date()), "changed": changed}
            answer(json_, told, f"{told['report']}: {told['day']}" + ("" if changed else ", as before"))
            return
    found = questions.dates(known, asked)
    answer(json_, questions.dates_json(known, found), *answers.dates(known, found))
