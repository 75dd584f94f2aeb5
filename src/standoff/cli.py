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
from standoff.model.record import MOVE_TYPES
from standoff.pack.load import PARTIES, load_pack
from standoff.read.exported import read_export
from standoff.read.metadata import load_meta
from standoff.read.reports import Skipped
from standoff.show import tables
from standoff.show.annotation import annotation
from standoff.show.exports import FORMATS, format_named
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
Parties = Annotated[
    str | None, typer.Option("--parties", help="Instead of a pack: the states that negotiate.", metavar="US,IR,...")
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
        run, chosen = _ingest(store, paths, _wanted(pack, parties), meta)
        known = questions.load(store, chosen)
        page = questions.brief(store, known, _day(as_of))
        output.write_text(page, encoding="utf-8")
    if json_:
        print(json.dumps({"brief": str(output), **tables.run_values(run)}, ensure_ascii=False, indent=1))
    else:
        _say_run(run)
        err.print(f"wrote [bold]{output}[/bold] ({output.stat().st_size / 1000:.0f} kB)")
    _finish(run)


@app.command(epilog="Example: `standoff ingest reports/ --db talks.db`")
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
        run, _ = _ingest(store, paths, _wanted(pack, parties), meta)
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
    parties: Parties = None,
    meta: Meta = None,
    json_: AsJson = False,
) -> None:
    """Write what each report says as annotation JSON: `<file stem>.json`, spans in code points of the text."""
    if not reports:
        raise InputError("name files or folders of reports")
    output.mkdir(parents=True, exist_ok=True)
    run = pipeline.Run()
    chosen, items = pipeline.choose_pack(_wanted(pack, parties), pipeline.read(reports, _meta(meta)))
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
            run.read(item)
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
    _answer(json_, tables.state_values(known, answer), tables.state(known, answer))


@app.command(epilog='Example: `standoff search "soybeans tariff*" --party CN --move offer --since 2025-01`')
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
    with _record(db) as store:
        hits = questions.search(store, query, kind or (), limit, facets)
    _answer(json_, [tables.hit_values(h) for h in hits], tables.hits(hits))


@app.command(epilog="Example: `standoff export --db talks.db --format csv -o talks/`")
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="File; folder for csv and parquet.")],
    format: Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")] = "jsonl",
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    json_: AsJson = False,
) -> None:
    """Write the record as data, for other tools."""
    chosen = format_named(format)
    with _record(db) as store:
        count = questions.export(store, pack, format, output)
    if json_:
        print(json.dumps({chosen.counts: count, "written": str(output)}))
    else:
        err.print(f"wrote {count} {chosen.counts} to {output}")


@app.command("import", epilog="Example: `standoff import talks.jsonl --db talks.db`")
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
        with _progress() as step:
            run = pipeline.restore(store, exported, chosen, step)
    if json_:
        print(json.dumps(tables.run_values(run), ensure_ascii=False, indent=1))
    else:
        _say_run(run)


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
    _answer(json_, rows, tables.packs(rows))


@pack_app.command("check", epilog="Example: `standoff pack check my-pack/`")
def pack_check(name: Annotated[str, typer.Argument(metavar="NAME|DIR")], json_: AsJson = False) -> None:
    """Look a pack over: what would mislead, and where."""
    chosen, findings = pipeline.checked(name)
    told = [{"kind": f.kind, "where": f.where, "message": f.message} for f in findings]
    _answer(json_, {"pack": chosen.id, "findings": told}, tables.findings(chosen, findings))
    raise typer.Exit(1 if findings else 0)


@pack_app.command("try", epilog="Example: `standoff pack try us-china-trade`")
def pack_try(name: Annotated[str, typer.Argument(metavar="NAME|DIR")], json_: AsJson = False) -> None:
    """Read the pack's own example sentences and say which are not found as they should be."""
    count, failed = pipeline.try_pack(name)
    told = f"{count} examples, {len(failed)} expectations not met"
    _answer(json_, {"examples": count, "failed": list(failed)}, *map(_escaped, failed), told)
    raise typer.Exit(1 if failed else 0)


def _answer(json_: bool, values: Any, *shown: Any) -> None:
    """JSON alone on standard output, or what people read."""
    if json_:
        print(json.dumps(values, ensure_ascii=False, indent=1))
    else:
        out.print(*shown, sep="\n")


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


def _wanted(pack: str | None, parties: str | None) -> str | None:
    if pack and parties:
        raise InputError("give --pack or --parties, not both")
    return f"{PARTIES}{parties}" if parties else pack


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
    for note in run.noted:
        err.print(f"[yellow]note[/yellow] {_escaped(note)}")
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
