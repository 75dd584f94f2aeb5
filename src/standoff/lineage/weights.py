"""How much a word says of what a report is about: little where many texts have it, most where few do.

The weights are fixed: they come from a table of common English words and from the pack, never from the reports of the
record. So the likeness of two reports is a matter of these two alone, whatever else was read before or after them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from standoff.lineage.sentences import sentences
from standoff.model.domain import Pack

RARE = 5.8  # the weight of a word that the table lacks

_FIGURE = 4.0  # a figure of three digits or more, a percentage, a decimal
_PLAIN_FIGURE = 2.0  # a smaller one, or a year
_OF_THE_PACK = 0.5  # what is left of a word's weight where every report on the negotiation may have it

Weights = Callable[[str], float]


@cache
def common_words() -> Mapping[str, float]:
    """The stems of common words with their weights; see `build_common.py`."""
    text = files("standoff.lineage").joinpath("data", "common.txt").read_text(encoding="utf-8")
    table: dict[str, float] = {}
    for line in text.splitlines():
        weight, *stems = line.split()
        table.update(dict.fromkeys(stems, float(weight)))
    return table


def weights_for(pack: Pack) -> Weights:
    """The weight of a stem in reports on this negotiation: a positive number, RARE at most."""
    table, own = common_words(), frozenset(_pack_words(pack))
    known: dict[str, float] = {}

    def weight(stem: str) -> float:
        if stem not in known:
            plain = _figure(stem) if stem[0].isdigit() else table.get(stem, RARE)
            known[stem] = plain * _OF_THE_PACK if stem in own else plain
        return known[stem]

    return weight


def rarity(chance: float, words: int = 300) -> float:
    """The weight of a word with this chance to be the next one of a text: -ln of the share of texts that have it."""
    return -math.log(1 - math.exp(-words * chance))


def _figure(stem: str) -> float:
    small = stem.isdigit() and (len(stem) < 3 or (len(stem) == 4 and stem[:2] in ("19", "20")))
    return _PLAIN_FIGURE if small else _FIGURE


def _pack_words(pack: Pack) -> Iterator[str]:
    """The stems of what the pack names: parties, bodies, officials, and the cues of issues."""
    names: list[str] = []
    for party in pack.parties:
        names += [party.name, *party.names, *party.adjectives, *party.metonyms, *party.people]
    for body in pack.bodies:
        names += [body.name, *body.names]
    for official in pack.officials:
        names += [official.name, official.family, *official.names, *(term.title for term in official.terms)]
    for issue in pack.issues:
        names += [issue.name, *issue.cues]
    for sentence in sentences("\n".join(names)):
        yield from sentence.terms
