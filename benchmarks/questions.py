"""How long questions take of records of 100, 5,000 and 100,000 reports, and how that grows, in one run.

    python -m benchmarks.questions [--reports N ...] [--times N] [--whole SECONDS]

The records are synthetic (`benchmarks.multiplied`: 500 words and twelve records a report, multiplied beyond 5,000).
Shown are the median and the 95th percentile in milliseconds of the clock, and the exponent that fits the medians:
0 is flat, 1 linear.

Asked of the store: what needs no more than the database's indexes, in SQLite and in PostgreSQL (Debian's, with the
settings of the tests; its search index is made after loading, of at most `--server` reports, since it loads at a third
of the speed). Asked as pages: what rests on the whole record, which `serve` reads once and after each write, in the
background; the pages are then asked over a socket of this machine.
Pages are left out for a size at which opening the record would take longer than `--whole` seconds by the sizes before.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.multiplied import RARE, RECORDS, Multiplied, fill, fitted, places
from benchmarks.web import ROOT, seconds, served
from sqlalchemy.engine import make_url
from tests.postgres_server import Server, running

from standoff import questions
from standoff.store import Store

Times = tuple[float, float]
"""Median and 95th percentile, in milliseconds."""


def of_store(store: Store, made: Multiplied) -> Iterator[tuple[str, Callable[[int], object]]]:
    """Each question by name; the number says which of many alike is asked."""
    facets = questions.facets(party="CN", issue="tariffs", since="2019", until="2024")
    some = made.ids

    def report(n: int) -> object:
        found = store.report(some[n % len(some)])
        assert found
        return store.records(report=found.id), store.screenings([found.id])

    yield "a report with its records", report
    yield "is a report known", lambda n: store.known([some[n % len(some)]])
    yield "search, a rare word", lambda n: questions.search(store, RARE, (), 20)
    yield "search, rare, with facets", lambda n: questions.search(store, RARE, (), 20, facets)
    yield "search, a frequent word", lambda n: questions.search(store, made.frequent, (), 20)
    yield "search, frequent, with facets", lambda n: questions.search(store, made.frequent, (), 20, facets)


def timed(ask: Callable[[int], object], times: int, most: float = 10.0) -> Times:
    """Asked once before, then so many times, for some seconds at most."""
    ask(0)
    took: list[float] = []
    while len(took) < times and (sum(took) < most or len(took) < 3):
        start = time.perf_counter()
        ask(len(took) + 1)
        took.append(1000 * (time.perf_counter() - start))
    took.sort()
    return took[len(took) // 2], took[int(0.95 * len(took))]


def filled(where: str, count: int, server: Server | None) -> Multiplied:
    """A record of so many reports; on a server the search index is made at the end, which takes a third of the time."""
    with Store.open(where) as store:
        if server is None:
            return fill(store, count)
        schema = str(make_url(where).query["options"]).removeprefix("-csearch_path=")
        server.run(f"DROP INDEX {schema}.ix_words_vector")
        made = fill(store, count)
        server.run(
            "SET maintenance_work_mem = '512MB'",
            f"CREATE INDEX ix_words_vector ON {schema}.words USING gin (vector) WITH (fastupdate = off)",
            f"SET search_path = {schema}",
            "ANALYZE",
        )
        return made


def pages(where: str, report: str, frequent: str, times: int) -> None:
    """In a process of its own: open the record as `serve` does, print seconds, memory, and the times of each page."""
    start, address = time.perf_counter(), served(Path(where)) + ROOT
    seconds(address)
    print("opened", time.perf_counter() - start, _memory(), flush=True)
    search = urllib.parse.urlencode({"q": frequent, "party": "CN"})
    asked = {
        "overview": "", "one issue": "issue/tariffs", "what changed": "compare/dates", "review queue": "review",
        "search, frequent, with facets": f"search?{search}", "one report": f"report/{report}",
    }  # fmt: skip
    for name, path in asked.items():
        p50, p95 = timed(lambda n, path=path: seconds(address + path), times)  # type: ignore[misc]
        print(f"{name}\t{p50}\t{p95}", flush=True)
    print("memory", _memory(), flush=True)


def _memory() -> float:
    """MB of this process, as Linux tells."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1000


def opened(where: str, made: Multiplied, times: int) -> tuple[float, float, dict[str, Times]]:
    """Seconds until the first page, most memory in MB, and the times of each page."""
    command = [sys.executable, "-m", "benchmarks.questions", "--pages", where, made.ids[-1], made.frequent]
    ran = subprocess.run([*command, "--times", str(times)], stdout=subprocess.PIPE, text=True, check=True)
    first, *lines, last = ran.stdout.splitlines()
    found = {name: (float(p50), float(p95)) for name, p50, p95 in (line.split("\t") for line in lines)}
    return float(first.split()[1]), float(last.split()[1]), found


def table(title: str, sizes: list[int], found: dict[str, dict[int, Times]]) -> None:
    print(f"\n{title:44}" + "".join(f"{f'{n:,}':>18}" for n in sizes) + f"{'exponent':>10}")
    print(f"{'':44}" + f"{'p50':>9}{'p95':>9}" * len(sizes))
    for name, by_size in found.items():
        cells = [f"{by_size[n][0]:9.1f}{by_size[n][1]:9.1f}" if n in by_size else f"{'-':>9}{'-':>9}" for n in sizes]
        some = [n for n in sizes if n in by_size]
        print(f"{name:44}{''.join(cells)}{fitted(some, [by_size[n][0] for n in some]):>10}", flush=True)


@dataclass(slots=True)
class Asked:
    """What was measured: of each database, of each page, and what opening the record took, by size."""

    times: int
    most: float
    stores: dict[str, dict[str, dict[int, Times]]] = field(default_factory=dict)
    pages: dict[str, dict[int, Times]] = field(default_factory=dict)
    took: dict[int, float] = field(default_factory=dict)
    memory: dict[int, float] = field(default_factory=dict)

    def ask(self, name: str, where: str, size: int, server: Server | None) -> None:
        """Make a record of so many reports in this place, and ask it all."""
        start = time.perf_counter()
        made = filled(where, size, server)
        rate = size / (time.perf_counter() - start)
        print(f"{size:,} reports, {size * RECORDS:,} records in {name}, {rate:.0f} reports/s", flush=True)
        with Store.open(where) as store:
            for question, ask in of_store(store, made):
                self.stores.setdefault(name, {}).setdefault(question, {})[size] = timed(ask, self.times)
        if server is None:
            self._open(where, size, made)

    def _open(self, where: str, size: int, made: Multiplied) -> None:
        long = max((took / n for n, took in self.took.items() if n > 500), default=0.0) * size
        if long > self.most:
            memory = max(mb / n for n, mb in self.memory.items() if n > 500) * size / 1000
            told = f"by those before, opening takes {long:.0f} s and {memory:.0f} GB"
            print(f"pages of {size:,} reports left out: {told} (--whole)", flush=True)
            return
        self.took[size], self.memory[size], found = opened(where, made, self.times)
        for page, times in found.items():
            self.pages.setdefault(page, {})[size] = times

    def show(self) -> None:
        for name, rows in self.stores.items():
            table(f"asked of the store, ms: {name}", sorted(set().union(*rows.values())), rows)
        read = list(self.took)
        table("asked as pages once the record is read, ms", read, self.pages)
        for name, by_size in (("opening the record, s", self.took), ("memory of the server, MB", self.memory)):
            told = "".join(f"{by_size[n]:18.1f}" for n in read)
            print(f"{name:44}{told}{fitted(read, list(by_size.values())):>10}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[100, 5_000, 100_000])
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--whole", type=float, default=150.0)
    parser.add_argument("--server", type=int, default=20_000, help="the most reports in PostgreSQL")
    parser.add_argument("--sqlite", action="store_true", help="leave PostgreSQL out")
    parser.add_argument("--pages", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.pages:
        pages(*args.pages, args.times)
        return
    asked = Asked(args.times, args.whole)
    with nullcontext(None) if args.sqlite else running() as server, tempfile.TemporaryDirectory() as folder:
        if server is None:
            print("PostgreSQL left out" + ("" if args.sqlite else ": there is no server, or no driver"))
        for size in args.reports:
            with places(server, Path(folder)) as where:
                for name, place in where.items():
                    most = args.server if name == "PostgreSQL" else size
                    asked.ask(name, place, min(size, most), server if name == "PostgreSQL" else None)
    asked.show()


if __name__ == "__main__":
    main()
