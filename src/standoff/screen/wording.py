"""What is known of English wording: how often words stand, which stand together, and which mean alike.

The tables are made by `build_wording.py`; `data/README.md` names their sources and licences. They are read once a
process, when first asked for.
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from standoff.screen.inflect import bases, inflect

FUNCTION_WORDS = frozenset(
    "a an the and or but nor if of to in on at by for with from as is are was were be been being am it its this that "
    "these those he she they we i you him her them us me his their our my your not no so than then there here who "
    "whom whose which what when where why how have has had having do does did will would can could may might must "
    "shall should about into over under up down out off again through between after before during against while more "
    "most some any all each both few other such only own same very just also too n't s t".split()
)
STRENGTHS = "ABCDEFGHIJKLMN"  # how the table of pairs writes their strength, from WEAKEST up
WEAKEST = -4
UNKNOWN = -1  # what a pair that the table does not have is reckoned at, where one number is wanted


@dataclass(frozen=True, slots=True)
class Wording:
    """`after`: word → words that stand after it, each with ln of how much oftener than by chance (-4
    to 9); `before`: word → words that stand before it. `rank`: place of a word in the order of frequency, from 0.
    `alike`: base → bases of like meaning, one string.
    """

    after: dict[str, dict[str, int]]
    before: dict[str, set[str]]
    rank: dict[str, int]
    alike: dict[str, str]


def _lines(name: str) -> list[str]:
    raw = (files("standoff.screen") / "data" / name).read_bytes()
    return lzma.decompress(raw).decode("utf-8").splitlines()


@cache
def wording() -> Wording:
    """The tables, read once a process."""
    after: dict[str, dict[str, int]] = {}
    before: dict[str, set[str]] = {}
    value = {letter: k + WEAKEST for k, letter in enumerate(STRENGTHS)}
    for line in _lines("pairs.txt.xz"):
        first, *seconds = line.split()
        after[first] = {second[:-1]: value[second[-1]] for second in seconds}
        for second in after[first]:
            before.setdefault(second, set()).add(first)
    rank = {word: place for place, word in enumerate(_lines("words.txt.xz"))}
    alike = {word: others for word, _, others in (line.partition(" ") for line in _lines("thesaurus.txt.xz"))}
    return Wording(after, before, rank, alike)


_NONE: dict[str, int] = {}


def strength(first: str, second: str) -> int | None:
    """How much oftener the two stand side by side than chance would have it (natural logarithm); None: not known to."""
    return wording().after.get(first, _NONE).get(second)


@lru_cache(maxsize=20_000)
def synonyms(word: str) -> frozenset[str]:
    """Words of like meaning in some sense, in the same form (officers → officials); the word itself left out."""
    alike = wording().alike
    found = {inflect(other, form) for base, form in bases(word, alike) for other in alike[base].split()}
    return frozenset(found - {word})
