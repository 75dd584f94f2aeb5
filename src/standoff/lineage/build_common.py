"""Make `data/common.txt` from counts of English words; run by hand when the source changes, never at run time.

    python -m standoff.lineage.build_common WORDS

WORDS is `frequency_dictionary_en_82_765.txt` of the package symspellpy (MIT): words with counts, from Google Books
Ngrams and SCOWL. The table has, for each stem that at least one text in 300 has, its weight rounded to a tenth.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from standoff.lineage.sentences import sentences
from standoff.lineage.weights import RARE, rarity


def table_lines(counts: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Lines of a weight and the stems that have it, ascending."""
    stems: Counter[str] = Counter()
    total = 0
    for word, count in counts:
        total += count
        for sentence in sentences(word):
            stems.update(dict.fromkeys(sentence.terms, count))
    levels: dict[float, list[str]] = defaultdict(list)
    for stem, count in stems.items():
        weight = round(rarity(count / total), 1)
        if weight < RARE and stem.isalpha():
            levels[weight].append(stem)
    for weight in sorted(levels):
        yield " ".join((f"{weight:.1f}", *sorted(levels[weight])))


def main(words: Path) -> None:
    """Count and write."""
    rows = (line.split() for line in words.read_text(encoding="utf-8-sig").splitlines())
    lines = table_lines((word, int(count)) for word, count in rows)
    (Path(__file__).parent / "data" / "common.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
