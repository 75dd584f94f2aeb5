"""The words that every match of a rule of times holds, and where in a text they stand.

The rules begin with much that may be left out, so that a search for one of them looks closely at every letter. Its
signs are quick to find, and the rule is then tried only around them: that finds the same (a test compares both).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEFORE, _AFTER = 220, 120  # no rule matches, or looks at, more than that to the left and right of its sign


@dataclass(frozen=True, slots=True, eq=False)  # each is one of its kind: a key that is quick to hash
class Sign:
    """Where one of `words` (in lower case) stands, in any case, and `pattern` matches; without words, each match."""

    words: tuple[str, ...]
    pattern: re.Pattern[str] | None = None


_LENGTHS = ("week", "month", "quarter", "year", "decade")
_ALL_LENGTHS = ("minute", "hour", "day", "fortnight", *_LENGTHS)

MONTHS = Sign(
    (),
    re.compile(
        "J(?:an|AN|un|UN|ul|UL)|F(?:eb|EB)|M(?:ar|AR|ay|AY)|A(?:pr|PR|ug|UG)|S(?:ep|EP)|O(?:ct|CT)|N(?:ov|OV)|D(?:ec|EC)"
    ),
)
YEARS = Sign((), re.compile(r"(?:19|20)\d\d"))
HOLIDAYS = Sign((), re.compile(r"New\sYear|Christmas|Thanksgiving|Easter|Ramadan|Labou?r"))
QUARTERS = Sign(("quarter", "q1", "q2", "q3", "q4"))
WEEKDAYS = Sign(("nday", "sday", "iday", "rday"))
UNITS = Sign(_ALL_LENGTHS)
TURNED = Sign(_LENGTHS, re.compile(r"(?:(?<=last\s)|(?<=this\s)|(?<=next\s)|(?<=the\s))", re.I))
RELATIVE = Sign(_ALL_LENGTHS, re.compile(r"[a-z]{3,10}\s(?:before|ahead|prior|after|following|earlier|later)", re.I))
COMPOUND = Sign(("-day", "-week", "-month"))
WEEKENDS = Sign(("weekend",))
NEAR = Sign(("yesterday", "tomorrow", "today", "tonight", "night", "morning", "afternoon", "evening"))
AGO = Sign(("ago", "now", "today"), re.compile(r"(?<=\s)ago|(?<=from\s)(?:now|today)", re.I))
WITHIN = Sign(("within",))
SIDES = Sign(("past", "last", "next", "coming", "recent"), re.compile(r"[a-z]{4,6}\s", re.I))
RECURRING = Sign(("every", "each", "days", "once", "twice"), re.compile(r"\b[a-z]{4,5}\s|days\b", re.I))
VAGUE = Sign(("soon", "shortly", "recently", "lately", "future", "course"))
SEASONS = Sign(("spring", "summer", "autumn", "fall", "winter"))


class Places:
    """A text, and around which places in it each sign asks for a search; every word is looked for once."""

    def __init__(self, text: str) -> None:
        self._text, self._low = text, text.lower()
        self._words: dict[str, list[int]] = {}
        self._stretches: dict[Sign, list[tuple[int, int]]] = {}

    def stretches(self, sign: Sign) -> list[tuple[int, int]]:
        """The stretches [start, end) around a sign, ascending and apart from one another."""
        known = self._stretches.get(sign)
        if known is None:
            known = self._stretches[sign] = self._around(sign)
        return known

    def _around(self, sign: Sign) -> list[tuple[int, int]]:
        most, found = len(self._text), list[tuple[int, int]]()
        if len(self._low) != most:  # letters whose small form is two: places would not be those of the text
            return [(0, most)]
        for at in self._places(sign):
            start, end = max(0, at - _BEFORE), min(most, at + _AFTER)
            if found and start <= found[-1][1]:
                start = found.pop()[0]
            found.append((start, end))
        return found

    def _places(self, sign: Sign) -> list[int]:
        text, pattern = self._text, sign.pattern
        if not sign.words and pattern is not None:
            return [match.start() for match in pattern.finditer(text)]
        found = [at for word in sign.words for at in self._standing(word)]
        return sorted(at for at in found if pattern is None or pattern.match(text, at)) if found else found

    def _standing(self, word: str) -> list[int]:
        known = self._words.get(word)
        if known is None:
            known, at = [], self._low.find(word)
            while at >= 0:
                known.append(at)
                at = self._low.find(word, at + 1)
            self._words[word] = known
        return known
