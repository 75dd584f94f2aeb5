"""Winnowed fingerprints of a text, by which copies of whole reports and of parts find each other.

Of the hashes of all runs of eight words, the least of every twelve neighbours is kept (S. Schleimer, D. Wilkerson,
A. Aiken: Winnowing, SIGMOD 2003). Two texts that share a passage of 8 + 12 - 1 = 19 words or more share a
fingerprint, wherever the passage stands in either; unlike a MinHash this finds a truncated copy and a merged one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

GRAM = 8  # words hashed together
WINDOW = 12  # neighbouring grams of which one is kept

_WORD = re.compile(r"\w+")
_BITS = (1 << 63) - 1  # hashes stay below 2**63: they fit a signed column of 64 bits
_BASE = 0x1B873593CC9E2D51  # odd, else arbitrary, and never to change: stored fingerprints rest on it
_LEAD = pow(_BASE, GRAM, 1 << 63)


def sketch(text: str) -> tuple[tuple[int, int], ...]:
    """The fingerprints of a text as (hash, place of the gram's first letter in code points), ascending by place.

    The hash depends on the words alone, not on case, punctuation, machine or version of Python. A text of fewer
    than eight words has none.
    """
    starts = [match.start() for match in _WORD.finditer(text)]
    hashes = _gram_hashes(list(map(_code, _WORD.findall(text))))
    return tuple([(hashes[i], starts[i]) for i in _winnow(hashes)])


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> int:
    return int.from_bytes(blake2b(word.casefold().encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _gram_hashes(codes: list[int]) -> list[int]:
    """The hash of each run of GRAM words, rolled on from the run before (Rabin and Karp)."""
    if len(codes) < GRAM:
        return []
    value = 0
    for code in codes[:GRAM]:
        value = (value * _BASE + code) & _BITS
    hashes = [value]
    for gone, code in zip(codes, codes[GRAM:], strict=False):
        value = (value * _BASE + code - gone * _LEAD) & _BITS
        hashes.append(value)
    return hashes


def _winnow(hashes: list[int]) -> list[int]:
    """Places of the least hash of each window, the rightmost of equals; a short text is one window."""
    if not hashes:
        return []
    first = hashes[:WINDOW]
    least = min(first)
    at = len(first) - 1 - first[::-1].index(least)
    kept = [at]
    for i in range(WINDOW, len(hashes)):
        value = hashes[i]
        if value <= least:
            least, at = value, i
            kept.append(at)
        elif at <= i - WINDOW:
            window = hashes[i - WINDOW + 1 : i + 1]
            least = min(window)
            at = i - window[::-1].index(least)
            kept.append(at)
    return kept
