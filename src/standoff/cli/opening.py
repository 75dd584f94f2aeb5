"""Which record and which pack a command works on, and reports read into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from standoff import pipeline, questions
from standoff.analyse.known import Known
from standoff.batch.engine import LIMIT, Engine
from standoff.batch.local import OneProcess, Processes
from standoff.cli.printing import err, progress
from standoff.errors import InputError
from standoff.model.domain import Pack
from standoff.model.report import Report
from standoff.pack.load import PARTIES, load_pack
from standoff.read.metadata import load_meta
from standoff.read.reports import Skipped
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


def engine_of(name: str | None, processes: int | None, address: str | None, limit: float = LIMIT) -> Engine:
    """The engine that the options name."""
    if name not in (None, "local", "ray"):
        raise InputError(f"there is no engine {name!r}: local, or ray")
    if name == "ray":
        from standoff.batch.ray import Cluster  # here, since few have it

        return Cluster(processes, address, limit)
    if address:
        raise InputError("--address is for a Ray cluster: give --engine ray too")
    return Processes(processes, limit) if processes and processes > 1 else OneProcess(limit)


def ingest_into(
    store: Store,
    paths: list[str],
    pack: str | None,
    meta: str | None,
    engine: Engine | None = None,
    *,
    allow_private: bool = False,
) -> tuple[pipeline.Run, Pack]:
    stored = store.meta().get("pack")
    if not paths:
        return pipeline.Run(), pack_of(store, pack)
    elsewhere = engine is not None and engine.elsewhere
    if elsewhere and (other := next((p for p in paths if p == "-" or _is_address(p)), None)):
        raise InputError(f"the engine ray reads files, not {other}: save it into a file first")
    known = meta_of(meta)
    chosen, items = pipeline.choose_pack(pack, reports_at(paths, known, allow_private), stored)
    if not pack and not stored:
        err.print(
            f"pack: [bold]{chosen.id}[/bold] (its parties are named most in these reports; --pack chooses another)"
        )
    with progress() as step:
        if engine is not None and elsewhere:
            return pipeline.ingest_files(store, paths, chosen, engine, known, step), chosen
        return pipeline.ingest(store, items, chosen, step, engine), chosen


def reports_at(
    paths: list[str], meta: dict[str, Any] | None, allow_private: bool = False
) -> Iterator[Report | Skipped]:
    """Reports from files, folders and standard input, then from web addresses."""
    addresses = [path for path in paths if _is_address(path)]
    yield from pipeline.read([path for path in paths if path not in addresses], meta)
    if addresses:
        from standoff.watch.once import read_addresses  # here, since it loads all that the network needs

        yield from read_addresses(addresses, meta, allow_private=allow_private)


def _is_address(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))


def wanted(pack: str | None, parties: str | None) -> str | None:
    if pack and parties:
        raise InputError("give --pack or --parties, not both")
    return f"{PARTIES}{parties}" if parties else pack


def meta_of(path: str | None) -> dict[str, Any] | None:
    return load_meta(path) if path else None


def known_of(db: str | None, pack: str | None, at: datetime | None = None) -> Known:
    """All that the record knows, or what could be known on a day."""
    with record(db) as store:
        known = questions.load(store, pack_of(store, pack))
    return questions.known_at(known, day(at))


def text_of(path: Path) -> str:
    """What stands in a text file. Raises InputError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: it is not UTF-8 text (byte {error.start})") from error


def day(at: datetime | None) -> date | None:
    return at.date() if at else None
