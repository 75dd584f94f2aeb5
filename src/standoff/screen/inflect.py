"""English inflection by rule, as far as swapping one word for another of the same form needs it."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

FORMS = ("", "s", "ed", "ing")

_IRREGULAR = {
    "said": ("say", "ed"), "made": ("make", "ed"), "took": ("take", "ed"), "told": ("tell", "ed"),
    "met": ("meet", "ed"), "held": ("hold", "ed"), "came": ("come", "ed"), "gave": ("give", "ed"),
    "left": ("leave", "ed"), "began": ("begin", "ed"), "broke": ("break", "ed"), "brought": ("bring", "ed"),
    "bought": ("buy", "ed"), "sold": ("sell", "ed"), "sent": ("send", "ed"), "spoke": ("speak", "ed"),
    "spent": ("spend", "ed"), "thought": ("think", "ed"), "kept": ("keep", "ed"), "felt": ("feel", "ed"),
    "found": ("find", "ed"), "got": ("get", "ed"), "grew": ("grow", "ed"), "knew": ("know", "ed"),
    "led": ("lead", "ed"), "lost": ("lose", "ed"), "paid": ("pay", "ed"), "rose": ("rise", "ed"),
    "ran": ("run", "ed"), "saw": ("see", "ed"), "sought": ("seek", "ed"), "stood": ("stand", "ed"),
    "went": ("go", "ed"), "won": ("win", "ed"), "wrote": ("write", "ed"), "fell": ("fall", "ed"),
    "fought": ("fight", "ed"), "built": ("build", "ed"), "drew": ("draw", "ed"), "chose": ("choose", "ed"),
    "withdrew": ("withdraw", "ed"), "men": ("man", "s"), "women": ("woman", "s"), "children": ("child", "s"),
}  # fmt: skip
_INFLECTED = {base: word for word, base in _IRREGULAR.items()}
_DOUBLING = frozenset(
    "admit ban begin commit cut drop get let occur permit plan prefer put refer run set slip stop".split()
)
_ENDINGS = (
    ("ies", "s", ("y",)),
    ("es", "s", ("", "e")),
    ("s", "s", ("",)),
    ("ied", "ed", ("y",)),
    ("ed", "ed", ("", "e")),
    ("ing", "ing", ("", "e")),
)


def inflect(base: str, form: str) -> str:
    """A base in one of `FORMS`: plural or third person, past, present participle."""
    if not form:
        return base
    known = _INFLECTED.get((base, form))
    if known:
        return known
    if form == "s":
        return _plural(base)
    if base in _DOUBLING:
        return base + base[-1] + form
    if base.endswith("e") and not (form == "ing" and base.endswith("ee")):
        return base[:-1] + form
    if form == "ed" and base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + form


def _plural(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + "es" if re.search("(?:s|x|z|ch|sh)$", base) else base + "s"


def bases(word: str, known: Container[str]) -> tuple[tuple[str, str], ...]:
    """The readings of a word as (base, form) whose base is `known`, the word itself first."""
    found = [(word, "")] if word in known else []
    if word in _IRREGULAR and _IRREGULAR[word][0] in known:
        found.append(_IRREGULAR[word])
    for ending, form, added in _ENDINGS:
        stem = word[: -len(ending)]
        if not word.endswith(ending) or len(stem) < 2:
            continue
        found += [(stem + tail, form) for tail in added if stem + tail in known]
        if form != "s" and len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in known:
            found.append((stem[:-1], form))
    return tuple(dict.fromkeys(found))


@cache
def _ending(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word][1]
    if word.endswith("ing"):
        return "ing"
    if word.endswith("ed"):
        return "ed"
    return "s" if word.endswith("s") and not word.endswith(("ss", "us", "is")) else ""
