"""How close two passages are in words: content words, cut to their stems, and the figures they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from standoff.model.domain import Pack

_FUNCTION = """
    a about above after again against ago all also am among an and any are as at back be because been before being
    below between both but by can cannot could did do does doing don down during each either else ever every few for
    from further had has have having he her here hers him his how i if in into is it its itself just last later
    least less let like made make makes making may me might more most much must my near neither next no nor now of
    off on once one only onto or other our out over own per put said same say saying says see seem set shall she
    should since so some still such take takes taken taking took than that the their them then there these they this
    those though through thus to today told too toward towards under until up upon us use used using very via wants
    was way we week well were what when where whether which while who whom whose why will with within without would
    wasn isn aren weren hasn haven hadn didn don doesn wouldn couldn shouldn
    yet you your month year monday tuesday wednesday thursday friday saturday sunday mr ms mrs dr official officials
    side sides party according people person familiar matter source sources report reported reports"""
_SAYS_LITTLE = frozenset(_FUNCTION.split())
NOT_LETTERS = str.maketrans(dict.fromkeys("\"'“”‘’`.,;:!?()[]{}<>/\\|*_#$€£¥%&+=~–—-\u00a0\n\t\r", " "))
_SUFFIXES = (
    ("ements", 5), ("ement", 5), ("ations", 4), ("ation", 4), ("ings", 4), ("ing", 3), ("ies", 3), ("ied", 3),
    ("ions", 4), ("ion", 4), ("ers", 4), ("ed", 3), ("es", 3), ("er", 4), ("s", 3), ("e", 3), ("y", 3),
)  # fmt: skip
_FIGURE = re.compile(
    r"(?P<money>[$€£¥])?\s?(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?)\s?"
    r"(?P<unit>%|percent\b|per cent\b|trillion\b|tn\b|billion\b|bn\b|million\b|mn\b)?",
    re.IGNORECASE,
)
_TIMES = {"t": 1e12, "b": 1e9, "m": 1e6}

DICE = 0.5


class _Stems(dict[str, str]):
    """Word → stem, made at the first meeting; `` for words that say little and for single letters."""

    def __missing__(self, word: str) -> str:
        if word in _SAYS_LITTLE or (len(word) == 1 and not word.isdigit()):
            self[word] = ""
            return ""
        stem = word
        for suffix, least in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= least and not word.endswith("ss"):
                stem = word[: -len(suffix)]
                break
        if len(stem) > 6 and stem.endswith("at") and stem != word and stem[-3] not in "aeo":
            stem = stem[:-2]  # cooperating, negotiated: as cooperation, negotiation
        if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls":
            stem = stem[:-1]
        self[word] = stem
        return stem


_STEMS = _Stems()
_NOTHING = frozenset({""})


@lru_cache(maxsize=65536)
def content_words(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning: no function words, no words of reporting.

    `content_words("They reported a halt to the shipments")` is {"halt", "shipment"}.
    """
    return stems_of(text.lower().translate(NOT_LETTERS).split())


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """The stems of words in small letters, those that say little left out."""
    return frozenset(map(_STEMS.__getitem__, words)) - _NOTHING


def names_of_parties(pack: Pack) -> frozenset[str]:
    """The stems of all names of the sides: within one side's acts they tell nothing apart."""
    sides = [party for party in pack.parties if party.code in pack.between]
    names: Iterable[str] = (n for p in sides for n in (p.name, *p.names, *p.adjectives, *p.metonyms, *p.people))
    return frozenset(stem for name in names for stem in content_words(name))


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared words against all, 0 to 1; 0 where either has none."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def close(a: frozenset[str], b: frozenset[str], least: float = DICE) -> bool:
    """Whether two passages are close in words: Dice at least `least`, or a short one wholly inside the other.

    Being inside counts from three words on, since two words say little.
    """
    shared = len(a & b)
    if not shared:
        return False
    shorter = min(len(a), len(b))
    return 2 * shared >= least * (len(a) + len(b)) or (shared == shorter and shorter >= 3)


@lru_cache(maxsize=65536)
def figures(text: str) -> frozenset[str]:
    """Percentages and amounts that a passage names, in one notation: `20%`, `$100000000000`.

    Bare numbers (days, years, counts) are no figures of a position.
    """
    found: set[str] = set()
    for match in _FIGURE.finditer(text):
        unit = (match["unit"] or "").lower()
        if not unit and not match["money"]:
            continue
        number = float(match["number"].replace(",", ""))
        if unit == "%" or unit.startswith("per"):
            found.add(f"{number:g}%")
        else:
            found.add(f"${number * _TIMES.get(unit[:1], 1.0):.0f}")
    return frozenset(found)


def figures_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sets of figures can belong to one fact: one is silent, or they share a figure."""
    return not a or not b or bool(a & b)
