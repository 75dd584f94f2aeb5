"""Acts in words: what is done, undone or held off, so that `lift the duties` and `remove the tariffs` meet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from standoff.analyse.words import content_words
from standoff.model.record import LinkageKind, Record

DOWN, UP, HOLD = "↓", "↑", "…"  # stand for all words of lifting, of imposing, and of holding off

_LIFTS = content_words(
    "remove removal lift lifting scrap rescind drop cut ease cancel end withdraw withdrawn withdrew "
    "withdrawal reduce reduction loosen "
    "relax abolish eliminate revoke waive roll rollback lower free release relief"
)
_IMPOSES = content_words(
    "impose imposition raise hike increase charge restrict restriction ban block withhold levy tighten expand add "
    "slap double blacklist escalate withhold deny retaliate punish"
)
_HOLDS = content_words("hold held suspend suspension delay postpone pause defer freeze")
_SAME = {
    stem: family
    for family, words in {
        "tariff": "tariff tariffs duty duties levy levies",
        "buy": "buy buying bought purchase purchases purchasing",
        "give": "give giving supply supplying deliver delivery provide sell ship",
        "deal": "deal agreement accord pact",
    }.items()
    for stem in content_words(words)
}
_NOT = re.compile(r"\b(?:not|no|never|without|cannot|fails? to|failed to|refuses? to|stops? short of)\b|n[’']t\b", re.I)
_DOES_NOT = re.compile(r"\b(?:does not|doesn[’']t) (?P<verb>[a-z]+)")
_NOTHING = re.compile(r"\s{2,}")


Contrary = Literal["undone", "held off"]


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody's act in few words; `actor` None where it is joint or not said; `contrary`: that it is not done."""

    actor: str | None
    what: str
    contrary: Contrary | None = None


Strength = Literal["stated", "by-source", "implied"]


@dataclass(frozen=True, slots=True)
class Waits:
    """`act` comes only after `needs`, as `by` sets it; `record` shows it, how firmly is its `strength`."""

    act: Act
    needs: Act
    kind: LinkageKind
    by: str | None
    strength: Strength
    record: Record


@lru_cache(maxsize=1 << 18)
def act_words(act: Act) -> frozenset[str]:
    """The content words of an act; words of lifting, imposing and holding off as one each, turned where undone."""
    found = frozenset(map(_FAMILY.__getitem__, content_words(act.what)))
    if act.contrary == "held off":
        return found - {UP} | {HOLD}
    if act.contrary == "undone":
        turned = {DOWN: UP, UP: DOWN}
        return frozenset(turned.get(word, word) for word in found)
    return found


def family(stem: str) -> str:
    """One word for all of a family (lifting, imposing, tariff, buy ...); any other stem stays itself."""
    return _FAMILY[stem]


class _Families(dict[str, str]):
    """Stem → the word for its family, made at the first meeting."""

    def __missing__(self, stem: str) -> str:
        found = (word for word, stems in ((DOWN, _LIFTS), (UP, _IMPOSES), (HOLD, _HOLDS)) if stem in stems)
        self[stem] = next(found, None) or _SAME.get(stem, stem)
        return self[stem]


_FAMILY = _Families()


def harms(act: Act) -> bool:
    """Whether an act imposes something."""
    return UP in act_words(act)


def withheld(act: Act) -> bool:
    """Whether an act imposes something, or is told as what is not done."""
    return harms(act) or _NOT.search(act.what) is not None


def undone(act: Act) -> Act:
    """The contrary of an act: `not give licences` → `give licences`, `restrict exports` → not `restrict exports`."""
    if found := _DOES_NOT.search(act.what):
        return Act(act.actor, f"{act.what[: found.start()]}{_third_person(found['verb'])}{act.what[found.end() :]}")
    without = _NOTHING.sub(" ", _NOT.sub("", act.what)).strip()
    if without != act.what.strip() and without:
        return Act(act.actor, without)
    return Act(act.actor, f"not: {act.what}", "undone")


def _third_person(verb: str) -> str:
    """`supply` → `supplies`, `fix` → `fixes`, `lift` → `lifts`."""
    if verb in ("be", "have"):
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"


def held_off(act: Act) -> Act:
    """The harm's being held off."""
    return Act(act.actor, f"hold off: {act.what}", "held off")
