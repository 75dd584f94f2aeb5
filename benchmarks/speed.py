"""Speed as ratios in one run, on one machine: bare spaCy, ours, and where our time goes.

    python -m benchmarks.speed [--reports N]

Reads our own example and evaluation reports, repeated up to N. Prints words and reports a second.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from standoff import pipeline
from standoff.extract import annotate as annotating
from standoff.extract.parse import STRAIGHT, model, pieces
from standoff.model.report import Report
from standoff.pack.load import load_pack

ROOT = Path(__file__).resolve().parents[1]


def texts(count: int) -> list[str]:
    files = [
        *pipeline.examples_of("us-china-trade")[0],
        *map(str, sorted((ROOT / "tests/evaluation/texts").glob("*.txt"))),
    ]
    return list(islice(cycle(Path(f).read_text(encoding="utf-8") for f in files), count))


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=110)
    args = parser.parse_args()
    pack, nlp = load_pack("us-china-trade"), model()
    those = [Report(name=f"{n}", text=text, url=str(n)) for n, text in enumerate(texts(args.reports))]
    count = sum(len(r.text.split()) for r in those)
    pipeline.process(those[0], pack)  # warm: matchers, caches

    def bare() -> None:
        for report in those:
            list(nlp.pipe((report.text[a:b].translate(STRAIGHT) for a, b in pieces(report.text)), batch_size=32))

    def ours() -> None:
        for report in those:
            pipeline.process(report, pack)

    spent: defaultdict[str, float] = defaultdict(float)

    def watched(name: str, extract: annotating.Extractor) -> annotating.Extractor:
        def run(reading, found):  # type: ignore[no-untyped-def]
            start = time.perf_counter()
            result = tuple(extract(reading, found))
            spent[name] += time.perf_counter() - start
            return result

        return run

    pairs = [(timed(bare), timed(ours)) for _ in range(3)]
    low, high = min(a for a, _ in pairs), min(b for _, b in pairs)
    kept = annotating.EXTRACTORS
    annotating.EXTRACTORS = tuple((name, watched(name, extract)) for name, extract in kept)
    whole = timed(ours)
    annotating.EXTRACTORS = kept
    print(f"{len(those)} reports, {count} words; best of 3 in turn")
    print(f"bare spaCy          {count / low:9.0f} words/s  {len(those) / low:7.1f} reports/s")
    print(f"process, end to end {count / high:9.0f} words/s  {len(those) / high:7.1f} reports/s")
    print(f"ratio               {low / high:9.2f}   (goal 0.85)")
    for name, seconds in spent.items():
        print(f"  {name:12} {seconds / whole:6.1%} of the whole")
    print(
        f"  {'all else':12} {(whole - sum(spent.values())) / whole:6.1%} (parse, names, attribution, screening, sketch)"
    )


if __name__ == "__main__":
    main()
