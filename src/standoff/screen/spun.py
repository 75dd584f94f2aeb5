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
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from standoff.model.domain import Pack
from standoff.screen.phrases import Phrase, habits
from standoff.screen.restoring import Aims, aims, signs, split
from standoff.screen.wording import FUNCTION_WORDS, UNKNOWN, strength, synonyms, wording

BINS = (60, 200, 500, 1_200, 2_500, 5_000, 9_000, 16_000, 30_000, 83_000)  # ranks that divide words by frequency
STRANGE = len(BINS)  # the bin of words that the table of frequency does not have
LEVELS = 4  # pairs: unknown, no stronger than chance, stronger, much stronger

_EXAMINED = 9_000  # code points of a report that are looked at
_SIGNS = 2
_DOUBT = 0.01  # below it, a text in ordinary wording
_SPUN = 0.222  # 0.8% of 4,711 news reports and columns lie above it
_PLAIN = 4  # gains up to this are found in any text
_WORTH = 0.2  # of a gain of 1, beside the evidence of a pair
_CONTENT = 400  # words whose synonyms are tried
_FEW = 60  # pairs or words below which a share says little
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|[^\w\s]+|[\d_]+")


def score(text: str, pack: Pack | None = None) -> float:
    """How far a text reads as spun: 1 and above is spun, ordinary news lies below 0.7. Nought for no words.

    A `pack` lends its names (bodies, offices, outlets) to what may be broken.
    """
    tokens = _TOKEN.findall(text[:_EXAMINED])
    if _suspects(tokens, pack):
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
    return signs(text, split(text), aims(pack))


def _suspects(tokens: list[str], pack: Pack | None) -> int:
    low = list(map(str.lower, tokens))
    suspect, none = suspect_pairs(pack), frozenset[str]()
    return len({(a, b) for a, b in pairwise(low) if b in suspect.get(a, none)})


@lru_cache(maxsize=8)
def suspect_pairs(pack: Pack | None) -> dict[str, frozenset[str]]:
    """Word → words after it that make a sign likely: part of a surely broken phrase, or of a spinner's run of words.

    A quick look before the careful one.
    """
    aim = aims(pack)
    written: dict[str, list[str]] = {}
    for word, meant in aim.meant.items():
        if word not in aim.by_word:
            for other in meant:
                written.setdefault(other, []).append(word)
    found: dict[str, set[str]] = {}
    for phrase, k, step in _breakable(aim):
        here = phrase.words[k].lower()
        for other in written.get(phrase.words[k + step].lower(), ()):
            first, second = (here, other) if step > 0 else (other, here)
            if strength(first, second) is None:
                found.setdefault(first, set()).add(second)
    for run in habits().always:
        for first, second in pairwise(re.findall("[a-z]+", run)):
            if strength(first, second) is None and not {first, second} <= FUNCTION_WORDS:
                found.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _breakable(aim: Aims) -> Iterator[tuple[Phrase, int, int]]:
    """(phrase, place of a word, step to its neighbour) where the neighbour may stand broken, of sure phrases."""
    for phrases in aim.by_word.values():
        for phrase, k in phrases:
            for step in (-1, 1):
                if phrase.sure and k + step in phrase.open:
                    yield phrase, k, step


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
    after, none, code = wording().after, dict[str, int](), bin_of.get
    codes = [code(token, STRANGE) if token.islower() else -1 for token in tokens]
    found = []
    for k, (first, second) in enumerate(pairwise(codes)):
        if first >= 0 and second >= 0:
            known = after.get(tokens[k], none).get(tokens[k + 1])
            level = 0 if known is None else 1 if known < 1 else 2 if known < 3 else 3
            found.append((first * (STRANGE + 1) + second) * LEVELS + level)
    return found


def pair_evidence(tokens: list[str]) -> float:
    """Mean evidence of a pair of words that the text is spun; above nought for, below against."""
    table = weights()
    found = cells(tokens, table.bins)
    return sum(map(table.pairs.__getitem__, found)) / max(_FEW, len(found))


def synonym_evidence(tokens: list[str]) -> float:
    """Mean over words of how much better a word of like meaning would stand between their neighbours."""
    total = seen = 0
    for k in range(1, len(tokens) - 1):
        word = tokens[k]
        if word.islower() and len(word) > 2 and word not in FUNCTION_WORDS:
            seen += 1
            total += max(0, _gain(tokens[k - 1].lower(), word, tokens[k + 1].lower()) - _PLAIN)
            if seen == _CONTENT:
                break
    return _WORTH * total / max(_FEW, seen)


def _gain(before: str, word: str, after: str) -> int:
    """By how much the best synonym fits its neighbours better than the word does."""
    table = wording()
    follows = table.after.get(before, dict[str, int]())
    precedes = table.before.get(after, set[str]())
    left, right = before[0].isalpha(), after[0].isalpha()

    def fit(candidate: str) -> int:
        return (follows.get(candidate, UNKNOWN) if left else 0) + (
            table.after[candidate][after] if candidate in precedes else UNKNOWN if right else 0
        )

    alike = synonyms(word)
    fitting = (alike & follows.keys()) | (alike & precedes)
    return max(map(fit, fitting)) - fit(word) if fitting else 0
