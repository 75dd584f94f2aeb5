"""Two reports side by side: which sentences tell the same, in which order, and what kind of copy that makes.

Sentences are matched by the cosine of their weighted content words; a pair counts where each is the other's best.
That a report is a rewritten copy of another shows in how many such pairs there are and in their order: two reporters
of one event choose other details and tell them in another order (measured on 150 pairs of independent reports of one
event each: none passes).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median_low
from typing import Literal

from standoff.lineage.passages import NOTHING, Shared, shared_passages
from standoff.lineage.sentences import sentences
from standoff.model.span import Span

COPIED = 0.6  # of a text's own words stand in the other: a copy
PARTLY = 0.3  # ... a part of it does, if that part ...
_PARTLY_WORDS = 80  # ... is longer than what two reporters may both cite of one document
HALF = 0.5  # a copy is at least half as long as what it copies; a shorter one is an excerpt

_LEAST_TERMS = 4  # a shorter sentence says too little to be matched
_ALIKE = 0.15  # cosine from which two sentences can be a pair
_SPLIT = 0.1  # ... and from which a neighbour joins a pair
_PAIRS, _FEW_PAIRS = 8, 5  # a rewritten copy has at least so many pairs; fewer where it is covered nearly whole ...
_LONG = 20  # ... in order, for so many of the shorter report's sentences: it has 20 of them or more, ...
_COVERED, _COVERED_SHORT, _COVERED_WHOLE = 0.42, 0.55, 0.7  # ... or fewer, where chance does more ...
_ORDER = 0.8  # ... and so many of the pairs stand in order; ...
_MOVED, _MORE = 0.62, 0.1  # ... fewer do where sentences were moved: then so much more must be covered
_SUBSTITUTED = 0.6  # of a pair's words stay in place: words were exchanged, sentences were not built anew
_SAME = 0.94  # of a pair's words stay in place: the sentence was taken as it stands

CopyKind = Literal["copy", "excerpt", "spun", "paraphrase"]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, each the other's best match; `similarity` is a cosine from 0 to 1."""

    first: Span
    second: Span
    similarity: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two reports have in common.

    `told` counts the sentences that match by words outside quotation marks, `of` those of the shorter report that
    could, `order` is the share of them that stand in the same order in both; `kept` is the share of words that stay
    in place in the middle one of these pairs, 0 where there are too few pairs to tell a rewritten copy.
    """

    shared: Shared
    told: int
    of: int
    order: float
    kept: float

    @property
    def score(self) -> float:
        """How much of the shorter report the other one holds, 0 to 1: word for word or sentence by sentence."""
        ordered = self.told * self.order / self.of if self.of else 0.0
        return round(min(1.0, max(self.shared.containment, ordered)), 4)


def compare(first: str, second: str, *, shared: Shared | None = None, near: bool = True) -> Comparison:
    """Match two texts passage by passage and sentence by sentence.

    `shared` is what they share word for word, where that is known already; `near` False says that their sketches have
    nothing in common, so that no passages need to be looked for.
    """
    a, b = sentences(first), sentences(second)
    told_a = [s for s in a if len(s.told) >= _LEAST_TERMS]
    told_b = [s for s in b if len(s.told) >= _LEAST_TERMS]
    told = _mutual(*_best([s.told for s in told_a], [s.told for s in told_b]))
    order = _in_order([j for _, j, _ in told]) / len(told) if told else 0.0
    comparison = Comparison(
        shared=shared or (shared_passages(first, second) if near else NOTHING),
        told=len(told),
        of=min(len(told_a), len(told_b)),
        order=order,
        kept=0.0,
    )
    if not _is_rewritten(comparison):
        return comparison
    return replace(comparison, kept=_kept([(told_a[i].span.of(first), told_b[j].span.of(second)) for i, j, _ in told]))


def copy_kind(comparison: Comparison) -> CopyKind | None:
    """What kind of copy of each other two texts are; None where they are none.

    `spun`: the same sentences in the same order with words exchanged in most of them. `copy` and `excerpt`: word for
    word, of about the same length or much shorter (or no more than a part of either). `paraphrase`: the same
    sentences told anew.
    """
    shared = comparison.shared
    low, high = sorted((shared.of_first, shared.of_second))
    rewritten = _is_rewritten(comparison)
    if rewritten and _SUBSTITUTED <= comparison.kept < _SAME:
        return "spun"
    if high >= COPIED or (rewritten and comparison.kept >= _SAME):
        return "copy" if low >= HALF * high else "excerpt"
    if rewritten and comparison.kept < _SUBSTITUTED:
        return "paraphrase"
    return "excerpt" if high >= PARTLY and shared.words >= _PARTLY_WORDS else None


def _is_rewritten(comparison: Comparison) -> bool:
    covered = comparison.told * comparison.order / (comparison.of or 1)
    if comparison.told < _PAIRS:
        return comparison.told >= _FEW_PAIRS and comparison.order >= _ORDER and covered >= _COVERED_WHOLE
    least = _COVERED if comparison.of >= _LONG else _COVERED_SHORT
    if comparison.order < _ORDER:
        least += _MORE
    return comparison.order >= _MOVED and covered >= least


def align(first: str, second: str) -> tuple[Pair, ...]:
    """Sentences of two texts that are each other's best match by all their content words, ascending in the first.

    Of those that one side tells in two, a sentence without a partner of its own joins its best match where that one
    is paired with its neighbour.
    """
    a = [s for s in sentences(first) if len(s.terms) >= _LEAST_TERMS]
    b = [s for s in sentences(second) if len(s.terms) >= _LEAST_TERMS]
    best_a, best_b = _best([s.terms for s in a], [s.terms for s in b])
    mutual = _mutual(best_a, best_b)
    found = {(i, j): dot for i, j, dot in mutual}
    partner_a = {i: j for i, j, _ in mutual}
    partner_b = {j: i for i, j, _ in mutual}
    for i, (dot, j) in best_a.items():
        if i not in partner_a and j in partner_b and abs(partner_b[j] - i) == 1 and dot >= _SPLIT:
            found[(i, j)] = dot
    for j, (dot, i) in best_b.items():
        if j not in partner_b and i in partner_a and abs(partner_a[i] - j) == 1 and dot >= _SPLIT:
            found[(i, j)] = dot
    return tuple(Pair(a[i].span, b[j].span, round(dot, 4)) for (i, j), dot in sorted(found.items()))


_Best = dict[int, tuple[float, int]]  # of each bag: its highest cosine, and with which bag of the other side


def _best(a: Sequence[Sequence[str]], b: Sequence[Sequence[str]]) -> tuple[_Best, _Best]:
    """The best match of each bag of terms on either side; of equals the first."""
    counts = Counter(term for bag in (*a, *b) for term in set(bag))
    weights = {term: math.log(1 + (len(a) + len(b)) / count) for term, count in counts.items()}
    rows_a, rows_b = _unit(a, weights), _unit(b, weights)
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for j, row in enumerate(rows_b):
        for term, weight in row.items():
            holders[term].append((j, weight))
    best_a: _Best = {}
    best_b: _Best = {}
    for i, row in enumerate(rows_a):
        dots: dict[int, float] = defaultdict(float)
        for term, weight in row.items():
            for j, other in holders.get(term, ()):
                dots[j] += weight * other
        for j in sorted(dots):
            dot = round(dots[j], 9)
            if dot > best_a.get(i, (0.0, 0))[0]:
                best_a[i] = (dot, j)
            if dot > best_b.get(j, (0.0, 0))[0]:
                best_b[j] = (dot, i)
    return best_a, best_b


def _mutual(best_a: _Best, best_b: _Best) -> list[tuple[int, int, float]]:
    """Pairs that are each other's best as (place in a, place in b, cosine), ascending in a."""
    return [(i, j, dot) for i, (dot, j) in sorted(best_a.items()) if dot >= _ALIKE and best_b[j][1] == i]


def _unit(bags: Sequence[Sequence[str]], weights: dict[str, float]) -> list[dict[str, float]]:
    rows = []
    for bag in bags:
        terms = dict.fromkeys(bag)
        norm = math.sqrt(math.fsum(weights[t] ** 2 for t in terms)) or 1.0
        rows.append({t: weights[t] / norm for t in terms})
    return rows


def _in_order(places: Sequence[int]) -> int:
    """The most places that can be kept so that they ascend."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)


def _kept(pairs: Sequence[tuple[str, str]]) -> float:
    """Of the words of the shorter sentence, the share that stands in the longer one in the same order; in the median
    pair. Clauses that were left out do not count against it, words that were exchanged do."""
    shares = []
    for first, second in pairs:
        a, b = _WORD.findall(first.casefold()), _WORD.findall(second.casefold())
        same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
        shares.append(same / max(1, min(len(a), len(b))))
    return median_low(shares) if shares else 0.0
