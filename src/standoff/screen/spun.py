"""Whether a text was put through a thesaurus ("spun"), by how its words stand together.

Two kinds of evidence. *Broken phrases*: set phrases and names with a synonym in them (intellectual property →
mental property); two different ones hardly ever stand in text as people write it. *Wording*: words of a spun text
stand less often in pairs that English knows, given how frequent each word is, and more often does a synonym make a
known pair with both neighbours. The first part of that is a sum over pairs of ln P(pair | spun) / P(pair | written),
with frequencies counted by `build_spun.py`; the second is looked at only where the first leaves room for doubt, so
that a text in ordinary wording costs under a millisecond.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from standoff.model.domain import Pack
from standoff.screen.phrases import habits
from standoff.screen.restoring import aims, signs, split
from standoff.screen.wording import FUNCTION_WORDS, synonyms, wording

BINS = (60, 200, 500, 1_200, 2_500, 5_000, 9_000, 16_000, 30_000, 83_000)  # ranks that divide words by frequency
STRANGE = len(BINS)  # the bin of words that the table of frequency does not have
LEVELS = 4  # pairs: unknown, no stronger than chance, stronger, much stronger

_EXAMINED = 9_000  # code points of a report that are looked at
_SIGNS = 2
_DOUBT = -0.01  # below it, a text in ordinary wording
_SPUN = 0.11
_CONTENT = 500  # words whose synonyms are tried
_FEW = 60  # pairs or words below which a share says little
_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|[^\sA-Za-z]+")


def score(text: str, pack: Pack | None = None) -> float:
    """How far a text reads as spun: 1 and above is spun, ordinary news lies below 0.7. Nought for no words.

    A `pack` lends its names (bodies, offices, outlets) to what may be broken.
    """
    tokens = _TOKEN.findall(text[:_EXAMINED])
    if _broken_pairs(tokens, pack) >= _SIGNS or _strange_runs(text):
        found = _signs(text, pack)
        if found >= _SIGNS:
            return found / _SIGNS
    evidence = pair_evidence(tokens)
    if evidence > _DOUBT:
        evidence += synonym_evidence(tokens)
    return min(max(0.0, evidence / _SPUN), 3.0)


def is_spun(text: str, pack: Pack | None = None) -> bool:
    """Whether a text was put through a thesaurus."""
    return score(text, pack) >= 1


def _signs(text: str, pack: Pack | None) -> int:
    return signs(split(text), aims(pack)) + _strange_runs(text)


def _strange_runs(text: str) -> int:
    """How many different runs of words stand there that only spinning programs write."""
    return sum(run in text for run in habits().always)


def _broken_pairs(tokens: list[str], pack: Pack | None) -> int:
    low = [token.lower() for token in tokens]
    return len(broken_pairs(pack).intersection(map(" ".join, zip(low, low[1:], strict=False))))


@lru_cache(maxsize=8)
def broken_pairs(pack: Pack | None) -> frozenset[str]:
    """Neighbours of which one stands for a word of a surely broken phrase: a quick look before the careful one."""
    aim = aims(pack)
    written: dict[str, list[str]] = {}
    for word, meant in aim.meant.items():
        if word not in aim.by_word:
            for other in meant:
                written.setdefault(other, []).append(word)
    found = set()
    for phrases in aim.by_word.values():
        for phrase, k in phrases:
            for step in (-1, 1):
                if phrase.sure and 0 <= k + step < len(phrase.words) and k + step in phrase.open:
                    here = phrase.words[k].lower()
                    others = written.get(phrase.words[k + step].lower(), ())
                    found.update(f"{here} {other}" if step > 0 else f"{other} {here}" for other in others)
    return frozenset(found - wording().pairs.keys())


@dataclass(frozen=True, slots=True)
class Weights:
    """`bins`: word → bin of frequency. `pairs`: by first bin, second bin, level → ln of the likelihood ratio."""

    bins: dict[str, int]
    pairs: tuple[float, ...]


@cache
def weights() -> Weights:
    """What `build_spun.py` counted, read once a process."""
    raw = json.loads((files("standoff.screen") / "data" / "spun.json").read_text(encoding="utf-8"))
    return Weights(bins(), tuple(raw["pairs"]))


def bins() -> dict[str, int]:
    """Word → bin of frequency, 0 the most frequent."""
    found, bin = {}, 0
    for word, rank in wording().rank.items():
        while bin < len(BINS) and rank >= BINS[bin]:
            bin += 1
        found[word] = bin
    return found


def cells(tokens: list[str], bin_of: dict[str, int]) -> list[int]:
    """Pairs of neighbouring words in lower case, each as (first bin, second bin, level) in one number."""
    known = wording().pairs.get
    codes = [bin_of.get(token, STRANGE) if token.islower() else -1 for token in tokens]
    found = []
    for k in range(len(codes) - 1):
        first, second = codes[k], codes[k + 1]
        if first >= 0 and second >= 0:
            strength = known(f"{tokens[k]} {tokens[k + 1]}", -9)
            level = 0 if strength == -9 else 1 if strength < 1 else 2 if strength < 3 else 3
            found.append((first * (STRANGE + 1) + second) * LEVELS + level)
    return found


def pair_evidence(tokens: list[str]) -> float:
    """Mean evidence of a pair of words that the text is spun; above nought for, below against."""
    table = weights()
    found = cells(tokens, table.bins)
    return sum(map(table.pairs.__getitem__, found)) / max(_FEW, len(found))


def synonym_evidence(tokens: list[str]) -> float:
    """Mean over words of how much better a word of like meaning would stand between their neighbours."""
    total, seen = 0.0, 0
    for k in range(1, len(tokens) - 1):
        word = tokens[k]
        if word.islower() and len(word) > 2 and word not in FUNCTION_WORDS:
            seen += 1
            total += max(0.0, min(1.0, (_gain(tokens[k - 1].lower(), word, tokens[k + 1].lower()) - 5) / 4))
            if seen == _CONTENT:
                break
    return total / max(_FEW, seen)


def _gain(before: str, word: str, after: str) -> int:
    """By how much the best synonym fits its neighbours better than the word does."""
    known = wording().pairs.get

    def fit(candidate: str) -> int:
        return (known(f"{before} {candidate}", -1) if before[0].isalpha() else 0) + (
            known(f"{candidate} {after}", -1) if after[0].isalpha() else 0
        )

    own = fit(word)
    if own > 12:  # no synonym can be much better
        return 0
    return max((fit(other) for other in synonyms(word)), default=own) - own
