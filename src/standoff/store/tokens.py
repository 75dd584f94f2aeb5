"""Words as SQLite's `unicode61 remove_diacritics 2` has them, so that any database finds what SQLite finds.

Source: https://www.sqlite.org/fts5.html#unicode61_tokenizer. A token is a run of letters, digits and signs of private
use, with the accents that follow them; case is folded, and accents are taken off Latin letters. Beyond the Basic
Multilingual Plane, Python may know letters that an older SQLite does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

Phrase = tuple[tuple[str, ...], bool]
"""Tokens that follow each other, and whether the last one is only the beginning of a word."""

OPEN_MARK, CLOSE_MARK = "\ufdd0", "\ufdd1"
"""What a match stands between; noncharacters: not for use in text."""

LONG = 200_000
"""Code points of a text above which not every place of a word is marked."""

_COMMON = 1_000  # code points that two parts of a long text share: no phrase is longer
_BLANKS = dict.fromkeys(map(ord, ("\0", OPEN_MARK, CLOSE_MARK)), " ")  # else marks would be lost or out of place
_ACCENTS = "\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331"
_TOKEN = re.compile(f"(?:[^\\W_]|[\ue000-\uf8ff])(?:[^\\W_]|[\ue000-\uf8ff{_ACCENTS}])*")
_ACCENT = re.compile(f"[{_ACCENTS}]")


def plain(words: str) -> str:
    """The words without the marks; looked at first, since hardly any text has one."""
    return words.translate(_BLANKS) if any(mark in words for mark in ("\0", OPEN_MARK, CLOSE_MARK)) else words


def tokens(text: str) -> list[str]:
    return [_folded(match[0]) for match in _TOKEN.finditer(text)]


def placed(text: str) -> list[tuple[str, int, int]]:
    """(token, start, end) in code points."""
    return [(_folded(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else "".join(map(_sign, _ACCENT.sub("", word)))


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    plain = unicodedata.normalize("NFD", sign)
    if plain[0].isascii() and all(unicodedata.category(accent) == "Mn" for accent in plain[1:]):
        return plain[0].lower()
    return next((one for one in (sign.casefold(), sign.lower()) if len(one) == 1), sign)


def phrases(words: Iterable[tuple[str, bool]]) -> tuple[Phrase, ...]:
    """The words of a query, each as its tokens; those without any drop out."""
    found = ((tuple(tokens(word)), beginning) for word, beginning in words)
    return tuple((some, beginning) for some, beginning in found if some)


def starts(phrase: Phrase, text: Sequence[str]) -> list[int]:
    """At which tokens of a text the phrase begins."""
    (*whole, last), beginning = phrase
    size = len(whole)
    if not whole:
        return [at for at, word in enumerate(text) if (word.startswith(last) if beginning else word == last)]
    return [
        at
        for at in range(len(text) - size)
        if list(text[at : at + size]) == whole
        and (text[at + size].startswith(last) if beginning else text[at + size] == last)
    ]


def marks(query: Sequence[Phrase], text: str) -> list[tuple[int, int]]:
    """Where the phrases stand in a text, as (start, end) in code points; those that overlap as one.

    Of a text of more than LONG code points only so much is looked at as shows every phrase once.
    """
    found: set[tuple[int, int]] = set()
    missing = set(query)
    for start, end in _parts(text):
        here, met = _marks(query, text[start:end])
        found |= {(start + first, start + last) for first, last in here}
        missing -= met
        if not missing:
            break
    return sorted(found)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """A long text in parts that begin and end at blanks, and have something of the next one in common."""
    at = 0
    while at + LONG < len(text):
        end = text.rfind(" ", at + LONG // 2, at + LONG)
        end = end if end > 0 else at + LONG
        yield at, end
        back = text.rfind(" ", end - _COMMON, end)
        at = back + 1 if back > at else end
    yield at, len(text)


def _marks(query: Sequence[Phrase], text: str) -> tuple[list[tuple[int, int]], set[Phrase]]:
    """Where the phrases stand, and which of them do."""
    places = placed(text)
    words = [token for token, _, _ in places]
    begun = {phrase: starts(phrase, words) for phrase in query}
    runs = sorted((at, at + len(phrase[0])) for phrase, found in begun.items() for at in found)
    merged: list[tuple[int, int]] = []
    for first, after in runs:
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], after))
        else:
            merged.append((first, after))
    return [(places[first][1], places[after - 1][2]) for first, after in merged], {p for p in query if begun[p]}


def with_marks(query: Sequence[Phrase], text: str) -> str:
    """The text with signs around what stands of the phrases in it."""
    parts, at = [], 0
    for start, end in marks(query, text):
        parts += [text[at:start], OPEN_MARK, text[start:end], CLOSE_MARK]
        at = end
    return "".join([*parts, text[at:]])
