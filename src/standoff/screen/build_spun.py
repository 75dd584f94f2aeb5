"""Count what tells spun wording from written wording, into `data/spun.json`; run by hand, never at run time.

    python -m standoff.screen.build_spun WORDNET MOBY TEXT...

WORDNET and MOBY are those of `build_wording.py`. Each TEXT is a file of prose as people write it, or JSON Lines with a
`text` each, that may be used and derived from (`data/README.md` names those that were). Each is spun several times with
each thesaurus, three words of ten that have synonyms being replaced, and the pairs of words on both sides are counted.
"""

from __future__ import annotations

import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from standoff.screen.build_wording import moby_groups, wordnet_groups
from standoff.screen.inflect import bases, inflect
from standoff.screen.spun import _TOKEN, LEVELS, STRANGE, bins, cells
from standoff.screen.wording import FUNCTION_WORDS

SHARE = 0.3
_ROUNDS = 8
_SMOOTH = 3.0


Substitutes = dict[str, tuple[str, ...]]


def substitutes(groups: Iterable[list[str]]) -> Substitutes:
    """Word → words and word pairs that a spinner may write in its place, rare ones too."""
    found: dict[str, set[str]] = {}
    for group in groups:
        plain = [word.replace("_", " ") for word in group if re.fullmatch("[a-z]+(?:[ _-][a-z]+)?", word)]
        for word in plain:
            if " " not in word and len(word) > 2:
                found.setdefault(word, set()).update(other for other in plain if other != word)
    return {word: tuple(sorted(others)) for word, others in found.items() if others}


def spin(text: str, table: Substitutes, seed: int, share: float = SHARE) -> str:
    """A text with that share of its words, of those that have synonyms, replaced at random."""
    chance = random.Random(seed)

    def swapped(match: re.Match[str]) -> str:
        word = match.group()
        found = bases(word, table) if word not in FUNCTION_WORDS else ()
        if not found or chance.random() >= share:
            return word
        base, form = found[0]
        return inflect(chance.choice(table[base]), form)

    return re.sub(r"\b[a-z]{3,}\b", swapped, text)


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of files: JSON Lines or plain."""
    for path in paths:
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in content.splitlines())
        else:
            yield content


def count(texts: Iterable[str]) -> Counter[int]:
    """How often each cell of pairs stands in texts."""
    bin_of = bins()
    found: Counter[int] = Counter()
    for text in texts:
        found.update(cells(_TOKEN.findall(text), bin_of))
    return found


def log_ratios(written: Counter[int], spun: Counter[int]) -> list[float]:
    """ln P(cell | spun) / P(cell | written), smoothed by `_SMOOTH` pairs of the smaller count."""
    share = written.total() / spun.total()
    return [
        round(math.log((spun[cell] * share + _SMOOTH) / (written[cell] + _SMOOTH)), 3)
        for cell in range((STRANGE + 1) ** 2 * LEVELS)
    ]


def main(wordnet: Path, moby: Path, paths: Iterable[Path]) -> None:
    """Count and write."""
    texts = list(read_texts(paths))
    tables = [substitutes(wordnet_groups(wordnet)), substitutes(moby_groups(moby))]
    spun = (spin(text, table, seed) for seed in range(_ROUNDS) for table in tables for text in texts)
    ratios = {"pairs": log_ratios(count(texts), count(spun))}
    (Path(__file__).parent / "data" / "spun.json").write_text(json.dumps(ratios) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(argument) for argument in sys.argv[3:]])
