"""What a report is about, in a form that can be stored and compared: its words with their weights.

Fixed weights and whole numbers throughout, so that the likeness of two reports is the same on every machine, in every
order, and whatever other reports there are.
"""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from standoff.lineage.sentences import sentences
from standoff.lineage.weights import Weights

LOOK_UP = 40  # terms of a report by which others find it, the heaviest

_ONE = 10_000  # a weight of 1, as a whole number
_BITS = 48  # of a term's hash: it fits a signed column and leaves collisions to chance


@dataclass(frozen=True, slots=True)
class Signature:
    """A report's terms (hashed) with their weights, as a vector of length 1 in ten-thousandths, and those of them by
    which it is looked up."""

    weights: dict[int, int]
    keys: tuple[int, ...]

    def packed(self) -> bytes:
        """The weights as bytes: all terms, ascending, eight bytes each, then their weights, two each."""
        terms = sorted(self.weights)
        return struct.pack(f"<{len(terms)}Q{len(terms)}H", *terms, *map(self.weights.__getitem__, terms))


def unpacked(data: bytes) -> Iterator[tuple[int, int]]:
    """The (term, weight) that `Signature.packed` wrote."""
    count = len(data) // 10
    values = struct.unpack(f"<{count}Q{count}H", data)
    return zip(values[:count], values[count:], strict=True)


def sign(text: str, weights: Weights) -> Signature:
    """The signature of a text: a term counts for 1 + ln of how often it stands, times its weight."""
    counts = Counter(term for sentence in sentences(text) for term in sentence.terms)
    row = {term: (1 + math.log(count)) * weights(term) for term, count in counts.items()}
    norm = math.sqrt(math.fsum(value * value for value in row.values())) or 1.0
    whole = {_hash(term): round(_ONE * value / norm) for term, value in row.items()}
    heaviest = sorted(row, key=lambda term: (-round(row[term], 6), term))[:LOOK_UP]
    return Signature(whole, tuple(sorted(map(_hash, heaviest))))


def likeness(weights: dict[int, int], other: Iterable[tuple[int, int]]) -> float:
    """The cosine of two signatures' weights, 0 to 1."""
    return round(sum([weights[term] * weight for term, weight in other if term in weights]) / _ONE**2, 4)


@lru_cache(maxsize=1 << 16)
def _hash(term: str) -> int:
    digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=_BITS // 8).digest()
    return int.from_bytes(digest, "big")
