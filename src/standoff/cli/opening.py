"""Which record and which pack a command works on, and reports read into it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from standoff import pipeline
from standoff.cli.printing import err, progress
from standoff.errors import InputError
from standoff.model.domain import Pack
from standoff.pack.load import PARTIES, load_pack
from standoff.read.metadata import load_meta
from standoff.store import Store


def record(db: str | None) -> Store:
    if db is None or ("://" not in db and not Path(db).exists()):
        raise InputError(f"there is no record at {db}; make one with: standoff ingest REPORT... --db {db}")
    return Store.open(db)


def pack_of(store: Store, wanted: str | None) -> Pack:
    stored = store.meta().get("pack")
    if not wanted and not stored:
        raise InputError("this record is empty; ingest reports first")
    return load_pack(wanted or stored or "")


def ingest_into(store: Store, paths: list[str], pack: str | None, meta: str | None) -> tuple[pipeline.Run, Pack]:
    stored = store.meta().get("pack")
    if not paths:
        return pipeline.Run(), pack_of(store, pack)
    chosen, items = pipeline.choose_pack(pack, pipeline.read(paths, meta_of(meta)), stored)
    if not pack and not stored:
        err.print(
            f"pack: [bold]{chosen.id}[/bold] (its parties are named most in these reports; --pack chooses another)"
        )
    with progress() as step:
        return pipeline.ingest(store, items, chosen, step), chosen


def wanted(pack: str | None, parties: str | None) -> str | None:
    if pack and parties:
        raise InputError("give --pack or --parties, not both")
    return f"{PARTIES}{parties}" if parties else pack


def meta_of(path: str | None) -> dict[str, Any] | None:
    return load_meta(path) if path else None


def day(at: datetime | None) -> date | None:
    return at.date() if at else None
