"""How long pages of a large record take, asked over a socket of this machine once the record is warm.

    python -m benchmarks.web [--reports 5000] [--times 40]

The record is the synthetic one of `benchmarks.analyses`. Shown are the median and the 95th percentile of the time from
asking to the last octet, and the processor time of both ends together, which other work does not lengthen.
Searches are for a word that one entry in sixty has, one in ten, and every second one; the first of each is shown apart,
since the matches of the last searches are kept. At the end one more report is stored, and asked for until the overview
tells of it; and the memory that the process has taken by then.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import socket
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

import uvicorn
from benchmarks.analyses import synthetic

from standoff.cli import COLLECT
from standoff.model.lineage import Screening, View
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.store import Store
from standoff.web.app import create_app
from standoff.web.settings import Settings

ROOT = "/n/us-china-trade/"
PATHS = (
    "", "issues", "issue/tariffs", "party/US", "actors", "measures", "contacts", "reports", "compare/dates",
    "analyses/deadlock", "analyses/conflicts", "analyses/tariffs", "review", "review?type=move&party=CN",
    "review/history", "exports",
)  # fmt: skip


Item = tuple[Report, Screening, list[tuple[int, int]], list[Record]]


def stored(count: int, path: Path) -> tuple[list[str], Item]:
    """Make the record; three words of its reports (a rare, a frequent and a very frequent one), and one report more."""
    reports, records = synthetic(count + 1)
    by_report: dict[str, list[Record]] = {}
    for record in records:
        by_report.setdefault(record.report, []).append(record)
    with Store.open(path) as store:
        items: list[Item] = [(r, Screening(view=View(r.text)), [], by_report[r.id]) for r in reports]
        more = items.pop()
        for at in range(0, len(items), 250):
            store.add_all(items[at : at + 250])
        store.settle([r.id for r, *_ in items], [])
        store.set_meta({"pack": "us-china-trade", "made_by": "benchmark"})
    words = Counter(word for report in reports[:200] for word in set(report.text.replace(".", "").split()))
    ranked = [word for word, _ in words.most_common()]
    return [ranked[len(ranked) // 12], ranked[20], ranked[0]], more


def served(path: Path) -> str:
    """Serve it from a thread; the address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    app = create_app(Settings(records=(str(path),), wait_seconds=3600))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def seconds(url: str) -> tuple[float, int]:
    at = time.perf_counter()
    with urllib.request.urlopen(url) as answer:
        size = len(answer.read())
    return time.perf_counter() - at, size


def followed(path: Path, address: str, more: Item) -> tuple[float, float]:
    """Seconds, and seconds of processor time, from storing one more report to a page that tells of it."""
    with Store.open(path) as store:
        store.add_all([more])
        store.settle([more[0].id], [])
        wanted = store.revision()
    at, cpu = time.perf_counter(), time.process_time()
    while True:
        with urllib.request.urlopen(f"{address}{ROOT}?format=json") as answer:
            if json.load(answer)["revision"] >= wanted:
                return time.perf_counter() - at, time.process_time() - cpu
        time.sleep(0.25)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--reports", type=int, default=5000)
    asked.add_argument("--times", type=int, default=40)
    chosen = asked.parse_args()
    gc.set_threshold(*COLLECT)  # as the program does
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talks.db"
        words, more = stored(chosen.reports, path)
        address = served(path)
        print(f"{chosen.reports} reports; read and warm after {seconds(address + ROOT)[0]:.0f} s", flush=True)
        paths = [*PATHS, *(f"search?{urllib.parse.urlencode({'q': word})}" for word in words), "search?party=CN"]
        for page in paths:
            first = seconds(f"{address}{ROOT}{page}")[0] * 1000
            at = time.process_time()
            times = sorted(seconds(f"{address}{ROOT}{page}") for _ in range(chosen.times))
            cpu = (time.process_time() - at) / chosen.times * 1000
            p50, p95 = times[len(times) // 2][0] * 1000, times[int(len(times) * 0.95)][0] * 1000
            kind = f"{page or 'overview':24} {times[0][1] / 1000:6.0f} kB"
            print(f"{kind}  first {first:5.0f}  p50 {p50:5.0f}  p95 {p95:5.0f}  cpu {cpu:5.0f} ms", flush=True)
        after, cpu = followed(path, address, more)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(f"one report more is told of after {after:.1f} s (cpu {cpu:.1f} s); {memory:.0f} MB in all", flush=True)


if __name__ == "__main__":
    main()
