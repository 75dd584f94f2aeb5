"""Whether a load takes ever longer or ever more memory, the longer it is: loads of several sizes in one run.

    python -m benchmarks.growth [--corpus NEWS.jsonl.gz] [--reports N ...]

Each load is a program of its own (`standoff ingest`, one process) into a new record, lineage included. The reports are
pieces of 60 words of those of the corpus, so that thousands are read in a minute and bring new words all the time.
Memory is the most that the program held. The exponent is fitted between the sizes: 1 is linear for time, 0 flat for
memory. What starting takes is taken off the seconds, which are of the processor.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import cycle, islice
from pathlib import Path

from benchmarks.batch import FEW, arm, written
from benchmarks.multiplied import fitted
from benchmarks.speed import corpus

WORDS = 60
ALL = 2_000  # reports of the corpus that are cut into pieces


def short(path: Path | None, count: int) -> list[str]:
    """So many pieces of reports: first the beginnings of all, then what comes next in each; again where they end."""
    texts = [text.split() for text in corpus(path, ALL)[1]]
    longest = max(map(len, texts))
    pieces = [words[at : at + WORDS] for at in range(0, longest, WORDS) for words in texts if len(words) >= at + WORDS]
    return [f"{' '.join(words)}\n\nNumber {n}." for n, words in enumerate(islice(cycle(pieces), count))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--reports", type=int, nargs="+", default=[500, 1500, 4500])
    args = parser.parse_args()
    texts = short(args.corpus, max(args.reports))
    print(f"{'reports of 60 words':24}" + f"{'processor s':>12}{'reports/s':>11}{'memory MB':>11}")
    spent: list[float] = []
    memory: list[float] = []
    with tempfile.TemporaryDirectory() as place:
        _, starting, _, _ = arm(written(texts[:FEW], Path(place) / "few"), [])
        for size in args.reports:
            _, seconds, most, stored = arm(written(texts[:size], Path(place) / str(size)), [])
            spent.append(seconds - starting)
            memory.append(most)
            print(f"{stored:<24,}{spent[-1]:12.1f}{(stored - FEW) / spent[-1]:11.1f}{most:11.0f}", flush=True)
    print(f"{'exponent':24}{fitted(args.reports, spent):>12}{'':11}{fitted(args.reports, memory):>11}")


if __name__ == "__main__":
    main()
