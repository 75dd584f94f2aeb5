"""The command line: parse, call, print. Tables and JSON on standard output, progress and messages on standard error.

Exit codes: 0 all went well, 1 something was skipped, 2 wrong use or nothing usable.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from standoff import __version__, pipeline, questions
from standoff.errors import InputError, StandoffError
from standoff.model.domain import Pack
from standoff.pack.load import load_pack
from standoff.read.metadata import load_meta
from standoff.read.reports import Skipped
from standoff.show import tables
from standoff.show.annotation import annotation
from standoff.show.export import write_csv, write_jsonl
from standoff.store import Store

app = typer.Typer(
    name="standoff",
    help="Reads news reports on a negotiation and keeps an evidence-pinned record of it.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
pack_app = typer.Typer(help="Packs: what is known of a negotiation before any report is read.", no_args_is_help=True)
app.add_typer(pack_app, name="pack")

out, err = Console(highlight=False), Console(stderr=True, highlight=False)

Reports = Annotated[
    list[str] | None,
    typer.Argument(help="Files or folders (.txt .html .jsonl); - for standard input.", metavar="REPORT..."),
]
Db = Annotated[str | None, typer.Option("--db", help="The record's file.", metavar="FILE|URL")]
PackName = Annotated[
    str | None,
    typer.Option(
        "--pack", help="A built-in pack's name, or a folder; found from the reports by default.", metavar="NAME|DIR"
    ),
]
Meta = Annotated[
    str | None, typer.Option("--meta", help="YAML: file name → published, outlet, title, url.", metavar="FILE")
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day asked about; the newest in the record by default."),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
DEFAULT_DB = "standoff.db"


def main() -> None:
    """Run the command line; foreseen failures end with their message and exit code 2."""
    try:
        app()
    except StandoffError as error:
        err.print(f"[red]standoff:[/red] {_escaped(str(error))}")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(__version__)
        raise typer.Exit


@app.command(epilog="Example: `standoff brief reports/*.txt --meta meta.yaml -o brief.html`")
def brief(
    reports: Reports = None,
    pack: PackName = None,
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
        run, chosen = _ingest(store, paths, pack, meta)
        known = questions.load(store, chosen)
        page = questions.brief(known, _day(as_of))
        output.write_text(page, encoding="utf-8")
    if json_:
        print(json.dumps({"brief": str(output), **tables.run_values(run)}, ensure_ascii=False, indent=1))
    else:
        _say_run(run)
        err.print(f"wrote [bold]{output}[/bold] ({output.stat().st_size / 1000:.0f} kB)")
    _finish(run)


@app.command(epilog="Example: `standoff ingest reports/ --db talks.db`")
def ingest(
    paths: Reports = None, db: Db = DEFAULT_DB, pack: PackName = None, meta: Meta = None, json_: AsJson = False
) -> None:
    """Read reports into a record. The same report twice adds nothing."""
    if not paths:
        raise InputError("name files or folders of reports, or - for standard input")
    with Store.open(db) as store:
        run, _ = _ingest(store, paths, pack, meta)
        counts = store.counts()
    if json_:
        print(json.dumps({**tables.run_values(run), "counts": counts}, ensure_ascii=False, indent=1))
    else:
        _say_run(run)
        out.print(tables.counts(counts))
    _finish(run)


@app.command(epilog="Example: `standoff annotate reports/*.txt -o annotations/`")
def annotate(
    reports: Reports = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for one JSON file a report.")] = Path(
        "annotations"
    ),
    pack: PackName = None,
    meta: Meta = None,
    json_: AsJson = False,
) -> None:
    """Write what each report says as annotation JSON: `<file stem>.json`, spans in code points of the text."""
    if not reports:
        raise InputError("name files or folders of reports")
    output.mkdir(parents=True, exist_ok=True)
    run = pipeline.Run()
    chosen, items = pipeline.choose_pack(pack, pipeline.read(reports, _meta(meta)))
    run.pack = chosen.id
    with _progress() as step:
        for item in items:
            if isinstance(item, Skipped):
                run.skipped.append(item)
                step(item.path)
                continue
            done = pipeline.process(item, chosen)
            page = json.dumps(annotation(item, done.records), ensure_ascii=False, indent=1)
            (output / f"{tables.file_name(item.name)}.json").write_text(page + "\n", encoding="utf-8")
            run.added.append(item.name)
            run.records += len(done.records)
            step(item.name)
    if json_:
        print(json.dumps(tables.run_values(run), ensure_ascii=False, indent=1))
    else:
        _say_run(run)
    _finish(run)


@app.command(epilog="Example: `standoff state --db talks.db --as-of 2019-07-31`")
def state(db: Db = DEFAULT_DB, pack: PackName = None, as_of: AsOf = None, json_: AsJson = False) -> None:
    """What each side demands, offers, refuses and threatens on each issue, as of a day."""
    with _record(db) as store:
        known = questions.load(store, _pack_of(store, pack))
    answer = questions.state(known, _day(as_of))
    if json_:
        print(json.dumps(tables.state_values(known, answer), ensure_ascii=False, indent=1))
    else:
        out.print(tables.state(known, answer))


@app.command(epilog='Example: `standoff search "soybeans tariff*" --kind move`')
def search(
    query: Annotated[str, typer.Argument(help='Words; "a phrase"; begin* of a word.')],
    db: Db = DEFAULT_DB,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="report, statement, move, measure, contact or linkage.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000)] = 20,
    json_: AsJson = False,
) -> None:
    """Search the reports and the records; the best first, with the words that matched."""
    with _record(db) as store:
        hits = questions.search(store, query, kind or (), limit)
    if json_:
        print(json.dumps([tables.hit_values(h) for h in hits], ensure_ascii=False, indent=1))
    else:
        out.print(tables.hits(hits))


@app.command(epilog="Example: `standoff export --db talks.db --format csv -o talks/`")
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="File (jsonl) or folder (csv).")],
    format: Annotated[str, typer.Option("--format", help="jsonl or csv.")] = "jsonl",
    db: Db = DEFAULT_DB,
    json_: AsJson = False,
) -> None:
    """Write the record as data."""
    writers = {"jsonl": write_jsonl, "csv": write_csv}
    if format not in writers:
        raise InputError(f"unknown format {format!r}; there are: {', '.join(writers)}")
    with _record(db) as store:
        count = writers[format](output, store.records(), {r.id: r for r in store.reports()})
    if json_:
        print(json.dumps({"records": count, "written": str(output)}))
    else:
        err.print(f"wrote {count} records to {output}")


@app.command(epilog="Example: `standoff lineage reports/*.txt`")
def lineage(
    reports: Reports = None, db: Db = None, pack: PackName = None, meta: Meta = None, json_: AsJson = False
) -> None:
    """Who copied whom: origins, kinds of copy, and what differs between copies."""
    if not reports and db is None:
        raise InputError("name reports, or a record with --db")
    with Store.open(db) as store:
        run, chosen = _ingest(store, list(reports or []), pack, meta)
        answer = questions.lineage(store, chosen)
    if json_:
        print(json.dumps(tables.lineage_values(answer), ensure_ascii=False, indent=1))
    else:
        _say_run(run)
        out.print(tables.lineage(answer))
    _finish(run)


@app.command(epilog="Example: `standoff rebuild --db talks.db`")
def rebuild(db: Db = DEFAULT_DB, pack: PackName = None, json_: AsJson = False) -> None:
    """Make all records anew from the stored texts, with this version and pack; reports and decisions stay."""
    with _record(db) as store:
        chosen = _pack_of(store, pack)
        with _progress() as step:
            count = pipeline.rebuild(store, chosen, step)
        counts = store.counts()
    if json_:
        print(json.dumps({"rebuilt": count, "pack": chosen.id, "counts": counts}, indent=1))
    else:
        err.print(f"rebuilt {count} reports with the pack {chosen.id}")
        out.print(tables.counts(counts))


@pack_app.command("list")
def pack_list(json_: AsJson = False) -> None:
    """The built-in packs."""
    rows = questions.packs()
    if json_:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        out.print(tables.packs(rows))


@pack_app.command("check", epilog="Example: `standoff pack check my-pack/`")
def pack_check(name: Annotated[str, typer.Argument(metavar="NAME|DIR")], json_: AsJson = False) -> None:
    """Look a pack over: what would mislead, and where."""
    chosen, findings = pipeline.checked(name)
    if json_:
        values = {
            "pack": chosen.id,
            "findings": [{"kind": f.kind, "where": f.where, "message": f.message} for f in findings],
        }
        print(json.dumps(values, ensure_ascii=False, indent=1))
    else:
        out.print(tables.findings(chosen, findings))
    raise typer.Exit(1 if findings else 0)


@pack_app.command("try", epilog="Example: `standoff pack try us-china-trade`")
def pack_try(name: Annotated[str, typer.Argument(metavar="NAME|DIR")], json_: AsJson = False) -> None:
    """Read the pack's own example sentences and say which are not found as they should be."""
    count, failed = pipeline.try_pack(name)
    if json_:
        print(json.dumps({"examples": count, "failed": list(failed)}, ensure_ascii=False, indent=1))
    else:
        for line in failed:
            out.print(_escaped(line))
        out.print(f"{count} examples, {len(failed)} expectations not met")
    raise typer.Exit(1 if failed else 0)


def _ingest(store: Store, paths: list[str], pack: str | None, meta: str | None) -> tuple[pipeline.Run, Pack]:
    stored = store.meta().get("pack")
    if not paths:
        return pipeline.Run(), _pack_of(store, pack)
    chosen, items = pipeline.choose_pack(pack, pipeline.read(paths, _meta(meta)), stored)
    if not pack and not stored:
        err.print(
            f"pack: [bold]{chosen.id}[/bold] (its parties are named most in these reports; --pack chooses another)"
        )
    with _progress() as step:
        return pipeline.ingest(store, items, chosen, step), chosen


def _pack_of(store: Store, wanted: str | None) -> Pack:
    stored = store.meta().get("pack")
    if not wanted and not stored:
        raise InputError("this record is empty; ingest reports first")
    return load_pack(wanted or stored or "")


def _meta(path: str | None) -> dict[str, Any] | None:
    return load_meta(path) if path else None


def _record(db: str | None) -> Store:
    if db is None or ("://" not in db and not Path(db).exists()):
        raise InputError(f"there is no record at {db}; make one with: standoff ingest REPORT... --db {db}")
    return Store.open(db)


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


@contextmanager
def _progress() -> Iterator[pipeline.Progress]:
    columns = (
        SpinnerColumn(),
        TextColumn("reading"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda name: bar.update(task, advance=1, description=_escaped(name[-50:]))


def _say_run(run: pipeline.Run) -> None:
    for item in run.skipped:
        err.print(f"[yellow]skipped[/yellow] {_escaped(item.path)}: {_escaped(item.reason)}")
    if run.added or run.known or run.skipped:
        err.print(
            f"{len(run.added)} reports read, {len(run.known)} known before, {len(run.skipped)} skipped; "
            f"{run.records} records"
        )


def _finish(run: pipeline.Run) -> None:
    if run.skipped:
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
