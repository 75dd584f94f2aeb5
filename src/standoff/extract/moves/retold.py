"""Acts told more than once in a report: each stands once, at its fullest mention."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from standoff.model.record import Move

_FIGURE = re.compile(r"\d[\d,.]*")
_CONTENT = re.compile(r"[a-z][a-z-]{2,}")
_PACT = re.compile(r"\b(?:truce|cease-?fire|deal|agreement|consensus|accord|pact)\b", re.I)
_FRAME = frozenset({"talks", "other"})
_DULL = frozenset(
    "the and for from with that this its their his her would will more any other into over under than are was were "
    "been has have had not all new some such".split()
)


def each_once(moves: Iterable[Move]) -> list[Move]:
    """The moves without those that repeat another with nothing new, in reading order.

    What tells an act again is further evidence of it.
    """
    kept: list[Move] = []
    for move in moves:
        for at, known in enumerate(kept):
            if _repeats(move, known):
                fuller, other = (move, known) if _fullness(move) > _fullness(known) else (known, move)
                kept[at] = replace(fuller, evidence=tuple(dict.fromkeys((*fuller.evidence, *other.evidence))))
                break
        else:
            kept.append(move)
    return sorted(kept, key=lambda m: (m.span, m.type, m.by or "", m.to or "", m.what))


def _fullness(move: Move) -> tuple[int, int]:
    return len(_FIGURE.findall(move.what)), min(12, len(move.what.split()))


def _repeats(move: Move, known: Move) -> bool:
    """The same act told again without anything new."""
    if (
        move.type != known.type
        or {move.by, move.to} != {known.by, known.to}
        or (move.type != "agree" and move.by != known.by)
    ):
        return False
    mine, theirs = set(_FIGURE.findall(move.what)), set(_FIGURE.findall(known.what))
    if mine - theirs and theirs - mine:
        return False
    words, others = _stems(move.what), _stems(known.what)
    if not words or not others:
        return move.issue == known.issue
    fewest = min(len(words), len(others))
    if fewest == 1 and max(len(words), len(others)) > 3:
        return False
    shared = len(words & others) / fewest
    if move.type == "agree" and (move.issue == known.issue or {move.issue, known.issue} & _FRAME):
        return shared >= 0.2 or bool(_PACT.search(move.what) and _PACT.search(known.what))
    return shared >= 0.67


def _stems(text: str) -> set[str]:
    return {w[:6] for w in _CONTENT.findall(text.lower()) if w not in _DULL}
