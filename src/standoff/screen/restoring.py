"""Broken phrases of a text, and what each of their words was before a thesaurus took its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from standoff.model.domain import Pack
from standoff.screen.inflect import FORMS, inflect
from standoff.screen.phrases import Phrase, habits, own_names, pack_phrases, set_phrases
from standoff.screen.wording import FUNCTION_WORDS, strength, wording

_FIRM = 3  # how strong a set phrase is taken to be that the table of pairs does not have
ENOUGH = 3  # different broken phrases that show a text to be spun

_WORD = re.compile(r"[A-Za-z]+(?:['’](?!s\b)[A-Za-z]+)?|\d+(?:[a-z]+)?")
_JOINED = frozenset((" ", "-", "\u00a0", "’s ", "'s "))


@dataclass(frozen=True, slots=True)
class Change:
    """What stands at [start, end) of a report is to be read as `reading`; `why` is the phrase that bears it out."""

    start: int
    end: int
    reading: str
    why: str


@dataclass(slots=True)
class Words:
    """A text's words, and as what each is read so far: `low` follows the readings, `fixed` words stay as they are."""

    text: str
    places: list[tuple[int, int]]
    low: list[str]
    joined: list[bool]
    fixed: list[bool]

    def shown(self, k: int) -> str:
        """The word as the report writes it."""
        start, end = self.places[k]
        return self.text[start:end]


def split(text: str) -> Words:
    """The words of a text; `joined[k]`: word k follows word k-1 with nothing but a space, hyphen or 's between."""
    places = [m.span() for m in _WORD.finditer(text)]
    low = [text[a:b].lower().replace("’", "'") for a, b in places]
    joined = [k > 0 and text[places[k - 1][1] : a] in _JOINED for k, (a, _) in enumerate(places)]
    return Words(text, places, low, joined, [False] * len(low))


@dataclass(frozen=True, slots=True)
class Aims:
    """`by_word`: word → phrases that hold it, with its place there. `meant`: written word → words of phrases that it
    may stand for. `names` of people: never changed. `exact`: word runs that are right as they stand."""

    by_word: dict[str, tuple[tuple[Phrase, int], ...]]
    meant: dict[str, frozenset[str]]
    names: frozenset[str]
    exact: frozenset[tuple[str, ...]]


@lru_cache(maxsize=8)
def aims(pack: Pack | None) -> Aims:
    """What a repair may aim at with a pack, or without one."""
    phrases = (*set_phrases(), *(pack_phrases(pack) if pack else ()))
    by_word: dict[str, list[tuple[Phrase, int]]] = {}
    for phrase in phrases:
        for k, word in enumerate(phrase.words):
            if word.lower() not in FUNCTION_WORDS:
                by_word.setdefault(word.lower(), []).append((phrase, k))
    return Aims(
        {word: tuple(places) for word, places in by_word.items()},
        meanings(by_word),
        own_names(pack) if pack else frozenset(),
        frozenset(tuple(word.lower() for word in phrase.words) for phrase in phrases),
    )


def meanings(vocabulary: Iterable[str]) -> dict[str, frozenset[str]]:
    """Each word that may be written in place of one of the vocabulary → those words, in the same form."""
    forms: dict[str, list[tuple[str, str]]] = {}
    wanted = set(vocabulary)
    alike = wording().alike
    for word in sorted(wanted):
        for base, form in _bases(word):
            forms.setdefault(base, []).append((word, form))
    found: dict[str, set[str]] = {}
    for written, others in alike.items():
        for other in others.split():
            for word, form in forms.get(other, ()):
                found.setdefault(inflect(written, form), set()).add(word)
    for written, meant in [*habits().words.items(), *habits().throughout.items()]:
        found.setdefault(written, set()).update(word for word in meant if word in wanted)
    return {written: frozenset(meant - {written}) for written, meant in found.items()}


def _bases(word: str) -> Iterator[tuple[str, str]]:
    """(base, form) whose inflection is the word."""
    rank = wording().rank
    yield word, ""
    for base in {word[:-n] + tail for n in (1, 2, 3) for tail in ("", "e", "y") if len(word) - n > 2}:
        if base in rank:
            yield from ((base, form) for form in FORMS[1:] if inflect(base, form) == word)


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that stands from word `at` on, but for the words at `broken` (counted from `at`)."""

    at: int
    phrase: Phrase
    broken: tuple[int, ...]


def broken_phrases(words: Words, aim: Aims, *, sure: bool) -> Iterator[Match]:
    """Phrases that stand broken in a text; with `sure`, only such as are restored in any text. May overlap."""
    for k, word in enumerate(words.low):
        for phrase, place in aim.by_word.get(word, ()):
            at = k - place
            if (phrase.sure or not sure) and at >= 0 and at + len(phrase.words) <= len(words.low):
                broken = _broken(words, at, phrase, aim)
                if broken and _intact_first(phrase, broken) == place and _foreign(words, at, phrase, broken, aim, sure):
                    yield Match(at, phrase, broken)


def _broken(words: Words, at: int, phrase: Phrase, aim: Aims) -> tuple[int, ...]:
    """Places of the phrase where another word stands that may mean it; empty where it is whole or not there."""
    found = []
    for k, meant in enumerate(phrase.words):
        i = at + k
        if k and not words.joined[i]:
            return ()
        low = meant.lower()
        if words.low[i] == low:
            if meant[0].isupper() and not (words.fixed[i] or words.shown(i)[0].isupper()):
                return ()
            continue
        if k not in phrase.open or low in FUNCTION_WORDS or words.fixed[i]:
            return ()
        if low not in aim.meant.get(words.low[i], ()):
            return ()
        if meant[0].isupper() != words.shown(i)[0].isupper() and (k or phrase.capital):
            return ()
        found.append(k)
    most = len(phrase.words) - 1 if phrase.capital else max(1, len(phrase.words) // 2)
    return tuple(found) if len(found) <= most else ()


def _intact_first(phrase: Phrase, broken: tuple[int, ...]) -> int:
    """The first of its words, but for function words, that stands unbroken: a match is told once, from there."""
    whole = (k for k, word in enumerate(phrase.words) if k not in broken and word.lower() not in FUNCTION_WORDS)
    return next(whole, -1)


def _foreign(words: Words, at: int, phrase: Phrase, broken: tuple[int, ...], aim: Aims, sure: bool) -> bool:
    """Whether the written words do not belong there: no name, no listed phrase, no pair that English knows."""
    end = at + len(phrase.words)
    if tuple(words.low[at:end]) in aim.exact:
        return False
    for k in broken:
        i = at + k
        if words.low[i] in aim.names and words.shown(i)[0].isupper():
            return False
        if sure and words.low[i] in aim.by_word:  # it may stand in a set phrase of its own
            return False
        for a, b in ((i - 1, i), (i, i + 1)):
            if not at <= a < b < end:
                continue
            written = strength(words.low[a], words.low[b])
            meant = strength(phrase.words[a - at].lower(), phrase.words[b - at].lower())
            if written is not None and (sure or written >= (_FIRM if meant is None else meant)):
                return False
    return True


def settle(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Of matches that read the same word, the one that most intact words bear out; then by the phrase itself."""

    def order(match: Match) -> tuple[int, int, bool, int, tuple[str, ...]]:
        whole = len(match.phrase.words) - len(match.broken)
        return -whole, len(match.broken), not match.phrase.sure, match.at, match.phrase.words

    taken: set[int] = set()  # what a stronger match reads, or rests on
    kept = []
    for match in sorted(matches, key=order):
        if not any(match.at + k in taken for k in match.broken):
            taken.update(range(match.at, match.at + len(match.phrase.words)))
            kept.append(match)
    return tuple(sorted(kept, key=lambda match: (match.at, match.phrase.words)))


def signs(text: str, words: Words, aim: Aims) -> int:
    """How many different phrases are surely broken, and different runs stand there that spinning programs write."""
    matches = settle(broken_phrases(words, aim, sure=True))
    found: set[tuple[str, ...]] = set()
    taken: set[int] = set()
    for match in matches:
        found.add((*match.phrase.words, *(words.low[match.at + k] for k in match.broken)))
        taken.update(words.places[match.at + k][0] for k in match.broken)
    for run in _spinners_runs().finditer(text.replace("’", "'")):
        if taken.isdisjoint(range(run.start(), run.end())):
            found.add((run.group().lower(),))
    return len(found)


@cache
def _spinners_runs() -> re.Pattern[str]:
    longest = sorted(habits().always, key=lambda run: (-len(run), run))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)", re.I)
