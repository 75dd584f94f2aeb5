"""A parser's view of a spun text, with names and set phrases put right and every place mapped back.

A spinner replaces a word by a word of like meaning in some sense, whether or not that sense is meant. So a phrase is
restored where all but some of its words stand, and each missing one has a word of like meaning in its place that does
not belong there. What set phrases bear out is then read alike in the rest of the text, where the word that was
replaced has all but vanished. People's names are never changed, nor is any name of the pack.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from standoff.model.domain import Pack
from standoff.model.lineage import View
from standoff.screen.restoring import ENOUGH, Change, Match, Words, aims, broken_phrases, settle, signs, split
from standoff.screen.spreading import common_readings, read_runs
from standoff.screen.spun import is_spun
from standoff.screen.wording import UNKNOWN, strength

_ARTICLE = re.compile(r"\b([Aa]n?) $")
_VOWELS = frozenset("aeiou")


def repair(text: str, pack: Pack | None = None, *, forced: bool = False) -> View:
    """The view of a text as the parser should read it: the text itself unless it is spun.

    `forced` does not ask whether the text is spun; it still changes nothing where fewer than `ENOUGH` different
    phrases are surely broken. Pure: the same text and pack give the same view.
    """
    if forced:
        return view_of(text, readings(text, pack, spun=False))
    return view_of(text, readings(text, pack, spun=True)) if is_spun(text, pack) else View(text)


def readings(text: str, pack: Pack | None, *, spun: bool) -> tuple[Change, ...]:
    """What is to be read otherwise than it stands, in order, apart from one another."""
    words, aim = split(text), aims(pack)
    if signs(text, words, aim) < (1 if spun else ENOUGH):  # where no phrase is surely broken, none is to be mended
        return ()
    count = Counter(words.low)
    runs = _apart(read_runs(text, pack))
    _fix(words, runs)
    borne_out: Counter[tuple[str, str]] = Counter()
    found: list[Change] = []
    for _ in range(2):  # what is read alike all over the text lets more phrases be seen
        matches = settle(broken_phrases(words, aim, sure=False))
        for match in matches:
            borne_out.update(_swaps(words, match))
        found += _restored(words, matches)
        found += _spread(words, common_readings(count, borne_out))
    return _apart([_with_article(text, change) for change in _apart([*runs, *found])])


def _swaps(words: Words, match: Match) -> list[tuple[str, str]]:
    """(written, meant) of a match, but for names."""
    if match.phrase.capital:
        return []
    return [(words.low[match.at + k], match.phrase.words[k].lower()) for k in match.broken]


def _fix(words: Words, runs: Iterable[Change]) -> None:
    """Mark the words that lie in runs, so that they are read once; further phrases may rest on how they are read."""
    k = 0
    for run in runs:
        reading = split(run.reading).low
        while k < len(words.places) and words.places[k][0] < run.start:
            k += 1
        first = k
        while k < len(words.places) and words.places[k][0] < run.end:
            words.fixed[k] = True
            words.low[k] = reading[min(k - first, len(reading) - 1)]
            k += 1


def _restored(words: Words, matches: Iterable[Match]) -> list[Change]:
    """The changes that matches ask for; the words are read so from then on."""
    found = []
    for match in matches:
        for k in match.broken:
            at = match.at + k
            if not words.fixed[at]:
                meant = match.phrase.words[k]
                found.append(_change(words, at, meant, " ".join(match.phrase.words)))
    return found


def _spread(words: Words, common: dict[str, tuple[str, ...]]) -> list[Change]:
    """Every further word, not part of a name, that stands for another one all over the text."""
    found = []
    for at, word in enumerate(words.low):
        if word in common and not words.fixed[at] and words.shown(at).islower():
            meant = _fitting(words, at, common[word])
            if meant:
                found.append(_change(words, at, meant, "throughout"))
    return found


def _fitting(words: Words, at: int, several: tuple[str, ...]) -> str | None:
    """Of the words that one may stand for, the one that its neighbours bear out; none if they bear out the written."""
    before = words.low[at - 1] if words.joined[at] else ""
    after = words.low[at + 1] if at + 1 < len(words.low) and words.joined[at + 1] else ""

    def borne(word: str) -> int:
        found = (strength(before, word), strength(word, after))
        return sum(UNKNOWN if known is None else known for known in found)

    best = max(several, key=borne)
    return best if borne(best) >= borne(words.low[at]) else None


def _change(words: Words, at: int, meant: str, why: str) -> Change:
    start, end = words.places[at]
    shown = words.shown(at)
    words.low[at], words.fixed[at] = meant.lower(), True
    reading = meant[0].upper() + meant[1:] if shown[0].isupper() else meant
    return Change(start, end, reading, why)


def _apart(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes in order; of two that overlap the earlier, then the longer."""
    kept: list[Change] = []
    for change in sorted(changes, key=lambda c: (c.start, -c.end, c.reading)):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return tuple(kept)


def _with_article(text: str, change: Change) -> Change:
    """The change with the article before it where the one that stands there does not fit the reading (an person)."""
    article = _ARTICLE.search(text, max(0, change.start - 3), change.start)
    if not article:
        return change
    before, now = text[change.start].lower() in _VOWELS, change.reading[0].lower() in _VOWELS
    if before == now or before != (len(article[1]) == 2):
        return change
    fitting = article[1][0] + ("n " if now else " ")
    return replace(change, start=article.start(1), reading=fitting + change.reading)


def view_of(text: str, changes: Iterable[Change]) -> View:
    """The view that reads `changes` (in order, apart from one another) in place of what stands there."""
    parts: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    changed: list[int] = []
    seen = own = 0

    def add(reading: str, end: int) -> None:
        nonlocal seen, own
        if end > own:
            parts.append(reading)
            pieces.append((seen, own, len(reading), end - own))
            seen, own = seen + len(reading), end

    for change in changes:
        add(text[own : change.start], change.start)
        changed.append(len(pieces))
        add(change.reading, change.end)
    if not pieces:
        return View(text)
    add(text[own:], len(text))
    return View("".join(parts), tuple(pieces), tuple(changed))
