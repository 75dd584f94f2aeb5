"""How fast reports with their records are stored, in SQLite and in PostgreSQL, in one run.

    python -m benchmarks.stores [--reports N ...]

Synthetic reports of 500 words, twelve records each, with what lineage looks up, 16 and 250 in one transaction
(as several processes and as first loads write). Seconds are of the clock: a database waits for its disk. PostgreSQL is
Debian's with the settings of the tests (`fsync` off, its files in memory), or the one that DATABASE_URL names; it is
left out where there is none. SQLite waits for the disk at every transaction (`synchronous = FULL`).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.multiplied import RECORDS, Item, fitted, items, places
from tests.postgres_server import running

from standoff.store import Store

AT_ONCE = (16, 250)


def stored(where: str, reports: list[Item], at_once: int) -> tuple[float, float]:
    """Seconds of the clock and of this process's processor."""
    with Store.open(where) as store:
        start, spent = time.perf_counter(), time.process_time()
        for at in range(0, len(reports), at_once):
            store.add_all(reports[at : at + at_once])
        return time.perf_counter() - start, time.process_time() - spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1000, 4000])
    sizes = parser.parse_args().reports
    given = list(items(max(sizes), sketched=True))
    print(f"{'':12}{'at once':>8}" + "".join(f"{f'{n:,} reports':>28}" for n in sizes) + f"{'exponent':>10}")
    print(f"{'':20}" + "".join(f"{'reports/s':>10}{'records/s':>10}{'cpu s':>8}" for _ in sizes))
    with running() as server, tempfile.TemporaryDirectory() as folder:
        if server is None:
            print("PostgreSQL left out: there is no server, or no driver")
        for at_once in AT_ONCE:
            found: dict[str, list[tuple[float, float]]] = {}
            for size in sizes:
                with places(server, Path(folder)) as where:
                    for name, place in where.items():
                        found.setdefault(name, []).append(stored(place, given[:size], at_once))
            for name, took in found.items():
                cells = [
                    f"{n / wall:10.0f}{n * RECORDS / wall:10.0f}{cpu:8.1f}"
                    for n, (wall, cpu) in zip(sizes, took, strict=True)
                ]
                grows = fitted(sizes, [wall for wall, _ in took])
                print(f"{name:12}{at_once:8}{''.join(cells)}{grows:>10}", flush=True)


if __name__ == "__main__":
    main()
