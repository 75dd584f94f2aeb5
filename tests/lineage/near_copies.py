"""Copies that a test makes of reports, and the exact truth about which reports hold passages of each other."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

GRAM = 8  # words in a row that count as a passage

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")

Maker = Callable[[random.Random, Sequence[str]], str]


def truncated(chance: random.Random, texts: Sequence[str], share: float | None = None) -> str:
    """The beginning of a text: 20 to 80% of its words."""
    words = chance.choice(texts).split(" ")
    return " ".join(words[: max(1, round(len(words) * (share or chance.uniform(0.2, 0.8))))])


def reordered(chance: random.Random, texts: Sequence[str]) -> str:
    """The paragraphs of a text in another order; of one without paragraphs, its sentences in groups of three."""
    text = chance.choice(texts)
    parts = [part for part in text.split("\n") if part.strip()]
    if len(parts) < 3:
        sentences = _SENTENCE.split(text)
        parts = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    chance.shuffle(parts)
    return "\n".join(parts)


def changed(chance: random.Random, texts: Sequence[str]) -> str:
    """A text with ten of its sentences replaced."""
    sentences = _SENTENCE.split(chance.choice(texts))
    for at in chance.sample(range(len(sentences)), min(10, len(sentences))):
        sentences[at] = " ".join(_made_up(chance, 18)) + "."
    return " ".join(sentences)


def wrapped(chance: random.Random, texts: Sequence[str]) -> str:
    """A text with lines around it that have nothing to do with it."""
    before, after = (" ".join(_made_up(chance, 25)) for _ in range(2))
    return f"{before}.\n{chance.choice(texts)}\n{after}."


def merged(chance: random.Random, texts: Sequence[str]) -> str:
    """Two texts in one."""
    return chance.choice(texts) + "\n" + chance.choice(texts)


MAKERS: tuple[Maker, ...] = (truncated, reordered, changed, wrapped, merged)


def _made_up(chance: random.Random, count: int) -> Iterator[str]:
    return ("".join(chance.choices("abdefgiklmnoprstu", k=chance.randint(3, 9))) for _ in range(count))


def containments(texts: Sequence[str]) -> dict[tuple[int, int], float]:
    """Of all pairs of texts (by place) that share a run of GRAM words: the share of the one's runs that the other has.

    The larger of the two shares; exact, by comparing all runs of all texts.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    sizes = []
    for place, text in enumerate(texts):
        words = [word.casefold() for word in _WORD.findall(text)]
        grams = {hash(tuple(words[at : at + GRAM])) for at in range(len(words) - GRAM + 1)}
        sizes.append(len(grams))
        for gram in grams:
            holders[gram].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in holders.values():
        if len(places) > 1:
            for pair in combinations(places, 2):
                shared[pair] += 1
    return {(a, b): count / min(sizes[a], sizes[b]) for (a, b), count in shared.items()}
