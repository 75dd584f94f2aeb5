"""Rewritten copies that a test makes of reports: other words, other order, clauses dropped and moved."""

from __future__ import annotations

import lzma
import random
import re
from functools import cache
from importlib.resources import files

from standoff.screen.build_spun import Substitutes, spin

_SENTENCE = re.compile(r"(?<=[.!?]) +")
_SAID = re.compile(r"^(?P<what>.{30,}), (?P<who>[^,“”\"]{5,60} (?:said|says|told [^,]{3,20}))(?P<rest>[^,]*)\.$")


@cache
def synonyms() -> Substitutes:
    """Words with others that mean about the same."""
    data = files("standoff.screen").joinpath("data", "thesaurus.txt.xz").read_bytes()
    table: dict[str, set[str]] = {}
    for line in lzma.decompress(data).decode("utf-8").splitlines():
        written, *originals = line.split()
        for original in originals:
            table.setdefault(original, set()).add(written)
    return {word: tuple(sorted(others)) for word, others in sorted(table.items())}


def rewritten(text: str, seed: int, *, swapped: float = 0.3, dropped: float = 0.15, moved: float = 0.2) -> str:
    """A copy as a rewriter makes it: `swapped` of the words that have synonyms are exchanged, `dropped` of the
    sentences are left out, as is every third of the clauses that may be; speakers go to the front; `moved` of the
    sentences change places with the next one."""
    chance = random.Random(seed)
    sentences = [s for line in text.split("\n") for s in _SENTENCE.split(line.strip()) if s]
    kept = [_turned(s, chance) for s in sentences if chance.random() >= dropped]
    at = 0
    while at < len(kept) - 1:
        if chance.random() < moved:
            kept[at], kept[at + 1] = kept[at + 1], kept[at]
            at += 1
        at += 1
    paragraphs = (" ".join(kept[at : at + 3]) for at in range(0, len(kept), 3))
    return spin("\n\n".join(paragraphs), synonyms(), seed, swapped)


def _turned(sentence: str, chance: random.Random) -> str:
    if match := _SAID.match(sentence):
        what = match["what"]
        return f"According to {match['who'].rsplit(' ', 1)[0]}{match['rest']}, {what[0].lower()}{what[1:]}."
    parts = sentence.split(", ")
    if len(parts) > 2:
        parts = [part for n, part in enumerate(parts) if n in (0, len(parts) - 1) or chance.random() >= 1 / 3]
    if len(parts) == 2 and len(parts[0].split()) > 4 and len(parts[1].split()) > 4 and chance.random() < 0.5:
        first, second = parts[0], parts[1].rstrip(".")
        return f"{second[0].upper()}{second[1:]}, {first[0].lower()}{first[1:]}."
    return ", ".join(parts)
