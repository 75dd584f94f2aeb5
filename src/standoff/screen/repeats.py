"""Passages that stand twice in one report: a body pasted again, a paragraph kept above and below a picture.

A run of words that stood before in the same text is found by its hashed k-grams, and grown to its full length: the
search is linear in the words, and ends at once where no k-gram stands twice, as in most reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.model.lineage import Repeat
from standoff.model.span import Span

LEAST_WORDS = 15  # shorter runs are set phrases, titles and names
_OPEN_WORDS = 3  # so many words of an edge sentence may lie outside the run ("We hope", "The reason:")

_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"(?<![ (.][A-Z])[.!?][\"”’')]*\s|[\r\n]")  # an initial and "U.S." end no sentence


def find_repeats(text: str, least: int = LEAST_WORDS) -> tuple[Repeat, ...]:
    """The passages of at least `least` words that say again, word for word, what the report says elsewhere.

    Case and punctuation do not count. `again` is the later of two passages, in whole sentences (up to three words of
    an edge sentence may differ): a sentence that quotes a run and goes on says something new and is no repeat. Only
    where the earlier one is a line by itself and the later is not (a highlight or a pulled quotation above the body)
    it is the earlier: the body says it with its speaker. Ordered by `again`; no two of them overlap.
    """
    places = [match.span() for match in _WORD.finditer(text)]
    words = [text[a:b].casefold() for a, b in places]
    found: dict[Span, Repeat] = {}
    for first, again, count in _runs(words, least):
        if _is_line(text, places, first, first + count) and not _is_line(text, places, again, again + count):
            repeat = Repeat(_span(places, again, again + count), _span(places, first, first + count))
        elif cut := _whole_sentences(text, places, again, again + count):
            shift = again - first
            repeat = Repeat(_span(places, cut[0] - shift, cut[1] - shift), _span(places, *cut))
            if cut[1] - cut[0] < least:
                continue
        else:
            continue
        if not any(repeat.again.overlaps(other) for other in found):
            found[repeat.again] = repeat
    return tuple(found[again] for again in sorted(found))


def _span(places: list[tuple[int, int]], start: int, end: int) -> Span:
    return Span(places[start][0], places[end - 1][1])


def _runs(words: list[str], least: int) -> Iterator[tuple[int, int, int]]:
    """Maximal runs as (first word of the earlier, first word of the later, words); the two never overlap."""
    earliest: dict[int, int] = {}
    hashes = _window_hashes(words, least)
    if len(set(hashes)) == len(hashes):
        return
    at = 0
    waiting = 0  # windows before this one are in `earliest`
    while at < len(hashes):
        while waiting <= at - least:
            earliest.setdefault(hashes[waiting], waiting)
            waiting += 1
        before = earliest.get(hashes[at])
        count = 0 if before is None else _common(words, before, at)
        if before is None or count < least:
            at += 1
            continue
        yield before, at, count
        at += count


def _common(words: list[str], before: int, at: int) -> int:
    most = min(at - before, len(words) - at)
    count = 0
    while count < most and words[before + count] == words[at + count]:
        count += 1
    return count


def _window_hashes(words: list[str], width: int) -> list[int]:
    """The hash of each run of `width` words; equal runs have equal hashes (the reverse is checked by the caller)."""
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(word, len(numbers)) for word in words]  # of numbers, unlike words, hashes stay the same
    return list(map(hash, zip(*(codes[k:] for k in range(width)), strict=False)))


def _whole_sentences(text: str, places: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The part of the run of words [start, end) that is whole sentences, but for a few words at its edges."""
    for first in range(start, max(start - _OPEN_WORDS - 1, -1), -1):
        if _breaks(text, places, first):
            break
    else:
        start = next((i for i in range(start, end) if _breaks(text, places, i)), end)
    for last in range(end, min(end + _OPEN_WORDS, len(places)) + 1):
        if _breaks(text, places, last):
            break
    else:
        end = next((i for i in range(end, start, -1) if _breaks(text, places, i)), start)
    return (start, end) if start < end else None


def _is_line(text: str, places: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether the run of words [start, end) fills a line or several."""
    before = text[places[start - 1][1] if start else 0 : places[start][0]]
    after = text[places[end - 1][1] : places[end][0] if end < len(places) else len(text)]
    return (start == 0 or "\n" in before) and (end == len(places) or "\n" in after)


def _breaks(text: str, places: list[tuple[int, int]], at: int) -> bool:
    """Whether a sentence begins at this word (the place after the last word counts as a beginning)."""
    if at in (0, len(places)):
        return True
    return _BREAK.search(text, places[at - 1][1], places[at][0]) is not None
