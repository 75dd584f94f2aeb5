"""Hostile input made of good input: pieces of a corpus taken out, doubled, moved, and bytes changed. By seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

STRANGE = (
    "\x00", "\ufeff", "\u202e", "\u200b", "\ud800", "\U0001f4a9", "é", "ﬁ", "İ", "ß", "٣", "½", "²", "一", "\x85", "\u2028",
    "\n", "\r\n", "\t", " " * 40, "(" * 30, ")" * 30, "[" * 30, "{" * 30, '"', "'", "“", "”", "’", "-", "—", "%", "$", "€",
    "&", "&amp;", "<", "<!--", "]]>", "*", "%s", "\\", "\\u0000", "0", "9" * 30, "-1", "1e999", "NaN", "0x10", "9999-99-99",
    "0000-00-00", "2025-02-30", ".", ",", ";", ":", "|", "&x;", "!!python/object", "*a", "&a ", "- ", ": ", "null", "~",
)  # fmt: skip
"""What breaks readers."""


def text(rng: random.Random, corpus: Sequence[str], pieces: Sequence[str] = ()) -> str:
    """A text of the corpus with a few changes: strange characters, words and pieces put in, taken out, said again."""
    words = rng.choice(corpus).split(" ")
    start = rng.randrange(len(words))
    words = words[start : start + rng.randrange(1, 60)]
    for _ in range(rng.randrange(1, 6)):
        at, kind = rng.randrange(len(words) + 1), rng.randrange(5)
        if kind == 0:
            words.insert(at, rng.choice(STRANGE))
        elif kind == 1:
            words.insert(at, rng.choice(pieces) if pieces else rng.choice(STRANGE))
        elif kind == 2:
            del words[at : at + rng.randrange(1, 5)]
        elif kind == 3:
            words[at:at] = words[max(0, at - 3) : at] * rng.randrange(1, 12)
        else:
            words = _glued(rng, words, at)
    return rng.choice((" ", " ", " ", "", "\n")).join(words)


def _glued(rng: random.Random, words: list[str], at: int) -> list[str]:
    """A strange character within a word."""
    if at >= len(words):
        return words
    word = words[at]
    inside = rng.randrange(len(word) + 1)
    return [*words[:at], word[:inside] + rng.choice(STRANGE) + word[inside:], *words[at + 1 :]]


def data(rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    """Bytes of the corpus with a few changes: flipped, cut, doubled, mixed with others."""
    found = bytearray(rng.choice(corpus))
    for _ in range(rng.randrange(1, 8)):
        at, kind = rng.randrange(len(found) + 1), rng.randrange(6)
        if kind == 0 and at < len(found):
            found[at] = rng.randrange(256)
        elif kind == 1:
            found[at:at] = rng.choice(STRANGE).encode("utf-8", "surrogatepass")
        elif kind == 2:
            del found[at : at + rng.randrange(1, 40)]
        elif kind == 3:
            found[at:at] = found[max(0, at - 50) : at] * rng.randrange(1, 5)
        elif kind == 4:
            other = rng.choice(corpus)
            start = rng.randrange(len(other) + 1)
            found[at:at] = other[start : start + rng.randrange(1, 200)]
        elif rng.random() < 0.3:
            del found[at:]
    return bytes(found)
