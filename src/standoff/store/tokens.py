"""Words as SQLite's `unicode61 remove_diacritics 2` has them, so that any database finds what SQLite finds.

Source: https://www.sqlite.org/fts5.html#unicode61_tokenizer. A token is a run of letters, digits and signs of private
use, with the accents that follow them; case is folded, and accents are taken off Latin letters. Beyond the Basic
Multilingual Plane, Python may know letters that an older SQLite does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

Phrase = tuple[tuple[str, ...], bool]
"""Tokens that follow each other, and whether the last one is only the beginning of a word."""

OPEN_MARK, CLOSE_MARK = "\ufdd0", "\ufdd1"
"""What a match stands between; noncharacters: not for use in text."""

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
    return [
        at
        for at in range(len(text) - size)
        if list(text[at : at + size]) == whole
        and (text[at + size].startswith(last) if beginning else text[at + size] == last)
    ]


def marks(query: Sequence[Phrase], text: str) -> list[tuple[int, int]]:
    """Where the phrases stand in a text, as (start, end) in code points; those that overlap as one."""
    places = placed(text)
    words = [token for token, _, _ in places]
    runs = sorted((at, at + len(phrase[0])) for phrase in query for at in starts(phrase, words))
    merged: list[tuple[int, int]] = []
    for first, after in runs:
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], after))
        else:
            merged.append((first, after))
    return [(places[first][1], places[after - 1][2]) for first, after in merged]
