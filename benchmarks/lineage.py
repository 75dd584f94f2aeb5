"""Near copies: our index on disk beside MinHash in memory (datasketch, rensa), in one run on the same reports.

    python -m benchmarks.lineage [--corpus NEWS.jsonl.gz] [--reports N] [--copies N]

Copies are made (truncated, reordered, changed, wrapped, merged); which pairs hold passages of each other is found out
exactly. Each index takes the reports one by one and looks up each before the next. Printed: recall at containment 0.3
and 0.6, candidates for each true pair, reports a second and a second of the processor (others may use the machine).
Our index takes a hundred reports in one transaction, which is also its path for large first loads. Without a corpus
the reports are mixed from our own examples. datasketch and rensa are left out, with a notice, where they are not
installed (the extra `bench`).
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from tests.lineage.near_copies import GRAM, MAKERS, containments

from standoff import pipeline
from standoff.lineage.candidates import near
from standoff.lineage.sketch import sketch
from standoff.model.lineage import Screening, View
from standoff.model.report import Report
from standoff.store import Store

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 100  # reports stored in one transaction
PERMUTATIONS, BANDS = 128, 32  # of MinHash: pairs of Jaccard 0.42 are found half of the time

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def corpus(path: Path, count: int) -> list[str]:
    """So many texts of a corpus in JSON Lines, else mixed from our own."""
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found = sorted({json.loads(line)["text"] for line in lines})
    else:
        print(f"no corpus at {path}: reports are mixed from our own texts")
        files, _ = pipeline.examples_of("us-china-trade")
        own = [*map(Path, files), *sorted((ROOT / "tests" / "evaluation" / "texts").glob("*.txt"))]
        sentences = [s for f in own for s in _SENTENCE.split(f.read_text(encoding="utf-8"))]
        mixed = random.Random(1)
        found = [_mix(mixed, sentences) for _ in range(count)]
    random.Random(2).shuffle(found)
    return found[:count]


def _mix(chance: random.Random, sentences: list[str]) -> str:
    """Words of our sentences in an order of their own, so that only made copies share passages."""
    words = [word for s in chance.sample(sentences, 30) for word in s.split()]
    groups = (words[at : at + 15] for at in range(0, len(words), 15))
    return " ".join(" ".join(chance.sample(group, len(group))) + "." for group in groups)


def ours(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Sketch, store on disk, look up."""
    reports = [Report(name=str(n), text=text, url=str(n)) for n, text in enumerate(texts)]
    place = {report.id: n for n, report in enumerate(reports)}
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "record.db") as store:
        for at in range(0, len(reports), AT_ONCE):
            some = reports[at : at + AT_ONCE]
            store.add_all((r, Screening(view=View(r.text)), sketch(r.text), ()) for r in some)
            store.sign({r.id: ((), b"") for r in some})
            shared = store.sharing_fingerprints(r.id for r in some)
            sizes = {id: size for id, (size, _) in store.signatures({*shared, *chain(*shared.values())}).items()}
            for report in some:
                for other, count in shared[report.id].items():
                    if near(count, sizes[report.id], sizes[other]):
                        yield place[report.id], place[other]


def with_datasketch(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """MinHash with banding, as datasketch has it."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    for n, text in enumerate(texts):
        made = MinHash(num_perm=PERMUTATIONS, seed=1)
        made.update_batch([gram.encode() for gram in _grams(text)])
        for other in index.query(made):
            yield n, other
        index.insert(n, made)


def with_rensa(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """MinHash with banding, as rensa has it."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.4, num_perm=PERMUTATIONS, num_bands=BANDS)
    for n, text in enumerate(texts):
        made = RMinHash(num_perm=PERMUTATIONS, seed=1)
        made.update(_grams(text))
        for other in index.query(made):
            yield n, other
        index.insert(n, made)


def _grams(text: str) -> list[str]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return sorted({" ".join(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1))})


INDEXES: tuple[tuple[str, str | None, Callable[[Sequence[str]], Iterator[tuple[int, int]]]], ...] = (
    ("standoff, on disk", None, ours),
    ("datasketch, in memory", "datasketch", with_datasketch),
    ("rensa, in memory", "rensa", with_rensa),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus" / "news.jsonl.gz")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--copies", type=int, default=400)
    args = parser.parse_args()
    texts = corpus(args.corpus, args.reports)
    chance, originals = random.Random(3), [text for text in texts if len(text.split()) >= 100]
    texts += [MAKERS[n % len(MAKERS)](chance, originals) for n in range(args.copies)]
    chance.shuffle(texts)
    truth = containments(texts)
    some, most = ({pair for pair, share in truth.items() if share >= least} for least in (0.3, 0.6))
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} reports, {words} words; {len(some)} pairs at containment 0.3, {len(most)} at 0.6")
    for name, package, index in INDEXES:
        if package and importlib.util.find_spec(package) is None:
            print(f"{name:22} left out: {package} is not installed (pip install 'standoff[bench]')")
            continue
        start, spent = time.perf_counter(), time.process_time()
        found = {(min(pair), max(pair)) for pair in index(texts)}
        seconds, spent = time.perf_counter() - start, time.process_time() - spent
        shares = [len(found & true) / max(1, len(true)) for true in (some, most)]
        print(
            f"{name:22} recall {shares[0]:.3f} at 0.3, {shares[1]:.3f} at 0.6"
            f"  candidates {len(found) / max(1, len(some)):5.2f} a pair  {len(texts) / seconds:6.0f} reports/s,"
            f" {len(texts) / spent:6.0f} a second of the processor"
        )


if __name__ == "__main__":
    main()
