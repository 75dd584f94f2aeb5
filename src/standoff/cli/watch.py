"""The command that watches feeds, pages and folders."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.opening import wanted
from standoff.cli.options import DEFAULT_DB, AllowPrivate, AsJson, Db, PackName, Parties
from standoff.cli.printing import err, escaped, out, progress
from standoff.errors import InputError
from standoff.model.domain import Pack
from standoff.pack.load import load_pack
from standoff.store import Store
from standoff.watch.sources import Sources, interval, load_sources

if TYPE_CHECKING:
    from standoff.watch.rounds import Found

_COLOURS = {"new": "green", "changed": "cyan", "gone": "yellow", "back": "green", "trouble": "yellow"}


def watch(
    sources: Annotated[Path, typer.Argument(help="What to watch.", metavar="FEEDS.yaml")],
    once: Annotated[bool, typer.Option("--once", help="One round, then end; for cron and the like.")] = False,
    every: Annotated[
        str | None, typer.Option("--every", help="How often to look: 15m, 2h; else as the file says.", metavar="TIME")
    ] = None,
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    parties: Parties = None,
    atom: Annotated[
        Path | None, typer.Option("--atom", help="Keep an Atom feed of what was found there.", metavar="FILE")
    ] = None,
    webhook: Annotated[
        str | None, typer.Option("--webhook", help="POST what was found there, as JSON.", metavar="URL")
    ] = None,
    allow_private: AllowPrivate = False,
    json_: AsJson = False,
) -> None:
    """Watch feeds, pages and folders, and read what is new into the record.

    What is found is told once: new, changed (the old version is kept), gone (what was read is kept), back, trouble.
    It may be ended at any time and goes on where it was. With --once, exit code 1 where something went wrong.
    """
    from standoff.watch.rounds import Rounds  # here, since it loads all that the network needs

    chosen = load_sources(sources)
    between = _interval(every) if every else chosen.every
    with Store.open(db) as store:
        read_with = _pack(store, wanted(pack, parties), chosen)
        rounds = Rounds(store, chosen, read_with, allow_private=allow_private, atom=atom, webhook=webhook)
        while True:
            began = time.monotonic()
            with progress() as step:
                found = rounds.once(step)
            _say(found, json_)
            if once:
                raise typer.Exit(0 if found.well else 1)
            time.sleep(max(0.0, between.total_seconds() - (time.monotonic() - began)))


def _say(found: Found, json_: bool) -> None:
    if json_:
        told = {"events": found.events, "waiting": found.waiting, "webhook": found.webhook, "noted": found.noted}
        print(json.dumps(told, ensure_ascii=False), flush=True)
        return
    for kind, line in found.lines:
        out.print(f"[{_COLOURS[kind]}]{kind:8}[/{_COLOURS[kind]}]{escaped(line)}", soft_wrap=True)
    for note in found.noted:
        err.print(f"[yellow]note[/yellow] {escaped(note)}")
    if found.webhook:
        err.print(f"[yellow]webhook[/yellow] {escaped(found.webhook)}; sent again with the next round")
    news = sum(kind in ("new", "changed") for kind, _ in found.lines)
    err.print(f"{news} reports read" + (f", {found.waiting} addresses not due yet" if found.waiting else ""))


def _interval(every: str) -> timedelta:
    try:
        return interval(every)
    except ValueError as error:
        raise InputError(f"--every: {error}") from error


def _pack(store: Store, named: str | None, sources: Sources) -> Pack:
    """The pack named, else that of the list of sources, else the record's own."""
    found = named or sources.pack or store.meta().get("pack")
    if not found:
        raise InputError("say which pack to read with: --pack NAME, or pack: NAME in the list of sources")
    return load_pack(found)
