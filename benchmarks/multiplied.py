"""Records of any size for measuring: the synthetic reports of `benchmarks.analyses`, twelve records of each.

Beyond 5,000 reports the same texts come again at other addresses: other reports, with records of their own. One word
stands in five reports whatever the size (`RARE`), another in about one entry in ten.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.analyses import synthetic
from tests.postgres_server import Server

from standoff.lineage.sketch import sketch
from standoff.model.lineage import Screening, View
from standoff.model.record import Move, Record
from standoff.model.report import Report
from standoff.store import Store

BLOCK = 5_000  # reports of different texts
RECORDS = 12  # of each report: seven statements, three moves, a measure, a contact
RARE = "quillwort"
AT_ONCE = 250  # reports in one transaction

Item = tuple[Report, Screening, Sequence[tuple[int, int]], Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Multiplied:
    """What stands in a record that was made: ids of some reports, and a word that about one entry in ten has."""

    ids: tuple[str, ...]
    frequent: str


def items(count: int, *, sketched: bool = False) -> Iterator[Item]:
    """So many reports with what is made of them, as the store takes it; `sketched`: with what lineage looks up."""
    reports, records = synthetic(min(count, BLOCK))
    own: dict[str, list[Record]] = {}
    for record in records:
        own.setdefault(record.report, []).append(record)
    for number in range(count):
        model = reports[number % len(reports)]
        text = f"{model.text} {RARE.title()}." if number < 5 else model.text
        report = replace(model, name=f"r{number}", text=text, url=f"https://news.example/{number}")
        prints = sketch(text) if sketched else ()
        yield report, Screening(view=View(text)), prints, _moved(_some(own[model.id]), report.id)


def _some(records: list[Record]) -> list[Record]:
    """The first moves, a measure and a contact, the statements that carry them, and others up to seven."""
    moves = [record for record in records if isinstance(record, Move)][:3]
    carry = {move.said_by for move in moves}
    others = [r for r in records if r.type_name == "statement" and r.id not in carry]
    said = [r for r in records if r.id in carry] + others
    ends = [next(r for r in records if r.type_name == name) for name in ("measure", "contact")]
    return [*said[: RECORDS - len(moves) - len(ends)], *moves, *ends]


def _moved(records: list[Record], report: str) -> tuple[Record, ...]:
    """The same records of another report, moves carried by its own statements."""
    made: dict[str, Record] = {}
    for record in records:
        more: dict[str, Any] = {"said_by": made[str(record.said_by)].id} if isinstance(record, Move) else {}
        made[record.id] = replace(record, report=report, **more)
    return tuple(made.values())


def fill(store: Store, count: int) -> Multiplied:
    """Store so many reports, ready to be asked."""
    coming, ids, words = items(count), [], Counter[str]()
    while some := list(islice(coming, AT_ONCE)):
        store.add_all(some)
        store.settle([report.id for report, *_ in some], [])
        if not ids:
            words.update(word for report, *_ in some for word in set(report.text.replace(".", "").split()))
        ids += [report.id for report, *_ in some]
    store.set_meta({"pack": "us-china-trade", "made_by": "benchmark"})
    step = max(1, len(ids) // 200)
    return Multiplied(tuple(ids[::step]), [word for word, _ in words.most_common(21)][-1])


@contextmanager
def places(server: Server | None, folder: Path) -> Iterator[dict[str, str]]:
    """An empty place for a record in each database there is, by the database's name."""
    found = {"SQLite": str(folder / f"talks-{os.getpid()}.db")}
    schema = server.schema() if server else ""
    if server:
        found["PostgreSQL"] = server.address(schema)
    try:
        yield found
    finally:
        for path in folder.glob("talks-*.db*"):
            path.unlink()
        if server:
            server.run(f"DROP SCHEMA {schema} CASCADE", f"CREATE SCHEMA {schema}")


def fitted(sizes: Sequence[float], values: Sequence[float]) -> str:
    """The exponent of the growth between sizes as words: 1.00 is linear; `-` where there is nothing to fit."""
    from benchmarks.analyses import exponent

    pairs = [(int(size), value) for size, value in zip(sizes, values, strict=True) if value > 0]
    return f"{exponent([s for s, _ in pairs], [v for _, v in pairs]):.2f}" if len(pairs) > 1 else "-"
