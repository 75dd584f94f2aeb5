"""Engines beside one another in one run: one process, several, and Ray, each from reading to the stored record.

    python -m benchmarks.batch [--corpus NEWS.jsonl.gz] [--reports N] [--processes N]

Each arm is a program of its own (`standoff ingest`) over the same files, into a new record. Starting costs the same
few seconds whatever the load is long, so each arm runs twice on a few reports first, and what counts is the
difference to the faster one: its wall time (as long as the machine has nothing else to do), and the time of all
processors (also where it has). Memory is the sum over the processes of an arm, at most. Ray is left out where it is
not installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.speed import PACK, corpus, words

FEW = 8  # reports of the run that shows what starting costs


def arm(folder: Path, options: list[str]) -> tuple[float, float, float, int]:
    """Wall seconds, seconds of the processors, most memory in MB, and how many reports were stored."""
    start, seen = time.monotonic(), _Seen()
    with tempfile.TemporaryDirectory() as place:
        command = ["ingest", str(folder), "--pack", PACK, "--db", f"{place}/talks.db", "--json", *options]
        program = [sys.executable, "-m", "standoff", *command]
        with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as ran:
            threading.Thread(target=seen.watch, args=(ran.pid,), daemon=True).start()
            assert ran.stdout
            said = ran.stdout.read()
    return time.monotonic() - start, sum(seen.seconds.values()), seen.memory, len(json.loads(said)["added"])


class _Seen:
    """What a process and all below it used, seen ten times a second; Linux alone tells."""

    def __init__(self) -> None:
        self.memory = 0.0
        self.seconds: dict[int, float] = {}

    def watch(self, pid: int) -> None:
        looked = 0.0
        while family := [one for one in _family(pid) if self._timed(one)]:
            if time.monotonic() - looked > 1:
                looked = time.monotonic()
                self.memory = max(self.memory, sum(map(_memory, family)))
            time.sleep(0.1)

    def _timed(self, pid: int) -> bool:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return False
        self.seconds[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return fields[0] != "Z"


def _family(pid: int) -> list[int]:
    """A process and all below it, as Linux tells."""
    found = [pid]
    for one in found:
        for file in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, file.read_text().split())
            except OSError:
                continue
    return found


def _memory(pid: int) -> float:
    """MB, shared pages by share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def written(texts: list[str], folder: Path) -> Path:
    """The texts as JSON Lines in four files: shards."""
    folder.mkdir()
    for part in range(4):
        rows = [json.dumps({"text": text, "url": f"https://news.example/{n}"}) for n, text in enumerate(texts)]
        (folder / f"{part}.jsonl").write_text("\n".join(rows[part::4]) + "\n", encoding="utf-8")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    what, texts = corpus(args.corpus, args.reports)
    many = ["--processes", str(args.processes)]
    arms = {"one process": [], f"{args.processes} processes": many}
    if importlib.util.find_spec("ray"):
        arms[f"Ray, {args.processes} processes"] = ["--engine", "ray", *many]
    print(f"{len(texts)} {what}, {words(texts)} words; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':20}{'start s':>9}{'reports/s':>11}{'ratio':>8}{'processor s':>13}{'ratio':>8}{'memory MB':>11}")
    first: tuple[float, float] | None = None
    with tempfile.TemporaryDirectory() as place:
        few, all_ = written(texts[:FEW], Path(place) / "few"), written(texts, Path(place) / "all")
        for name, options in arms.items():
            start, start_spent, _, few_stored = min(arm(few, options) for _ in range(2))
            wall, spent, memory, stored = arm(all_, options)
            rate = (stored - few_stored) / (wall - start)
            first = first or (rate, spent - start_spent)
            print(
                f"{name:20}{start:9.1f}{rate:11.2f}{rate / first[0]:8.2f}{spent - start_spent:13.1f}"
                f"{(spent - start_spent) / first[1]:8.2f}{memory:11.0f}"
            )


if __name__ == "__main__":
    main()
