"""Speed as ratios in one run, on one machine: bare spaCy, ours end to end, where our time goes, how each grows.

    python -m benchmarks.speed [--corpus NEWS.jsonl.gz] [--reports N]

Bare spaCy is the same model with all its components as they come, over the same paragraphs. Both arms take turns
report by report, on one core, and the time of the processor is counted: others may use the machine. Reads random
reports on negotiations from a corpus (JSON Lines); without one our own example and evaluation texts, which are short
and hold several times as many records for each word. Each arm is warmed on our own examples; the rest is one pass.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before anything that counts its threads when it is loaded

import argparse  # noqa: E402
import gzip  # noqa: E402
import json  # noqa: E402
import random  # noqa: E402
import time  # noqa: E402
from collections import defaultdict  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from itertools import cycle, islice  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from standoff import pipeline as _pipeline  # noqa: E402
from standoff.extract import annotate as _annotating  # noqa: E402
from standoff.extract.parse import STRAIGHT, model, pieces  # noqa: E402
from standoff.model.report import Report  # noqa: E402
from standoff.pack.load import load_pack  # noqa: E402

annotating: Any = _annotating  # their names are taken out and put back, to be timed
pipeline: Any = _pipeline

ROOT = Path(__file__).resolve().parents[1]
PACK = "us-china-trade"
GOAL, BESIDE = 0.85, 0.17  # end to end beside bare spaCy; all that is not the parse, as a share of bare spaCy
LENGTHS = (500, 2_000, 8_000, 32_000)  # words of one report


def own_texts() -> list[str]:
    files = [*map(Path, pipeline.examples_of(PACK)[0]), *sorted((ROOT / "tests/evaluation/texts").glob("*.txt"))]
    return [file.read_text(encoding="utf-8") for file in files]


def corpus(path: Path | None, count: int) -> tuple[str, list[str]]:
    """What is read, in words, and its texts."""
    if path is None or not path.is_file():
        return "our own texts", list(islice(cycle(own_texts()), count))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = sorted({row["text"] for row in rows if row.get("selection", "negotiation") == "negotiation"})
    random.Random(3).shuffle(texts)
    return "reports on negotiations", texts[:count]


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bare(report: Report) -> None:
    parts = (report.text[a:b].translate(STRAIGHT) for a, b in pieces(report.text))
    list(model().pipe(parts, batch_size=32))


def in_turn(reports: list[Report]) -> tuple[float, float]:
    """Seconds of bare spaCy and of ours; which goes first changes from report to report."""
    pack, low, high = load_pack(PACK), 0.0, 0.0
    for number, report in enumerate(reports):
        if number % 2:
            low += spent(lambda report=report: bare(report))  # type: ignore[misc]
        high += spent(lambda report=report: pipeline.process(report, pack))  # type: ignore[misc]
        if not number % 2:
            low += spent(lambda report=report: bare(report))  # type: ignore[misc]
    return low, high


@contextmanager
def watched() -> Iterator[defaultdict[str, float]]:
    """Seconds of the processor by part of our reading, while the block runs."""
    seconds: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, work: Callable[..., Any], whole: Callable[[Any], Any] = lambda found: found) -> Any:
        def run(*args: Any) -> Any:
            start = time.process_time()
            found = whole(work(*args))
            seconds[name] += time.process_time() - start
            return found

        return run

    kept = annotating.EXTRACTORS, annotating.parse, pipeline.screen, pipeline.sketch
    annotating.EXTRACTORS = tuple((name, timed(name, extract, tuple)) for name, extract in annotating.EXTRACTORS)
    annotating.parse = timed("parse", annotating.parse)
    pipeline.screen, pipeline.sketch = timed("screening", pipeline.screen), timed("sketch", pipeline.sketch)
    try:
        yield seconds
    finally:
        annotating.EXTRACTORS, annotating.parse, pipeline.screen, pipeline.sketch = kept


def named(texts: list[str]) -> list[Report]:
    return [Report(name=str(number), text=text, url=str(number)) for number, text in enumerate(texts)]


def words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def joined(texts: list[str], length: int) -> list[str]:
    """Reports of about so many words, made of whole ones that follow one another; at most twice the longest in all."""
    found: list[str] = []
    parts: list[str] = []
    for text in texts:
        parts.append(text)
        if words(parts) >= length:
            found.append("\n".join(parts))
            parts = []
        if words(found) >= 2 * LENGTHS[-1]:
            break
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--reports", type=int, default=200)
    args = parser.parse_args()
    what, texts = corpus(args.corpus, args.reports)
    in_turn(named(own_texts()))  # warm: matchers, tables
    with watched() as parts:
        low, high = in_turn(named(texts))
    count = words(texts)
    print(f"{len(texts)} {what}, {count} words; time of the processor, in turn report by report, one pass")
    print(f"{'':24}{'words/s':>10}{'reports/s':>12}")
    print(f"{'bare spaCy':24}{count / low:10.0f}{len(texts) / low:12.2f}")
    print(f"{'ours, end to end':24}{count / high:10.0f}{len(texts) / high:12.2f}")
    print(f"{'ratio':24}{low / high:10.2f}{'':12}  goal {GOAL}")
    print(f"{'beside the parse':24}{(high - parts['parse']) / low:10.0%} of bare spaCy  goal {BESIDE:.0%}")
    for name, seconds in parts.items():
        print(f"  {name:22}{seconds / low:10.1%} of bare spaCy")
    print(f"  {'all else':22}{(high - sum(parts.values())) / low:10.1%} (names, quotations, who says what)")
    print(
        "\nhow each grows with the length of a report\n"
        + f"{'words of a report':24}{'bare':>10}{'ours':>10}{'ratio':>8}"
    )
    for length in LENGTHS:
        long = joined(texts, length)
        if long:
            low, high = in_turn(named(long))
            size = words(long)
            print(f"{size / len(long):<24.0f}{size / low:10.0f}{size / high:10.0f}{low / high:8.2f}   words/s")


if __name__ == "__main__":
    main()
