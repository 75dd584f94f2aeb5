"""Numbers in digits and words, as the finders of figures and times share them."""

from __future__ import annotations

import re
from decimal import Decimal

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS: dict[str, float] = {word: float(i) for i, word in enumerate(_SMALL)} | {
    w: 10.0 * i for i, w in enumerate(_TENS, 2)
}
_SCALES: dict[str, float] = {
    **dict.fromkeys(("thousand", "k"), 1e3),
    **dict.fromkeys(("million", "mln", "mn", "m"), 1e6),
    **dict.fromkeys(("billion", "bln", "bn", "b"), 1e9),
    **dict.fromkeys(("trillion", "trln", "trn", "tn"), 1e12),
}
_LONGEST = 200  # characters that a number may be written in
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}

GAP = r"(?:[^\S\n]{1,2}|\n)"
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,6})?(?!\d)(?:[ -]\d{1,2}/\d{1,2}(?![\d/])|[½¼¾])?"
_WORD = "(?:" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r"|hundred|thousand|million|billion|trillion)\b"
_WORDS = (
    rf"(?:\b(?:an?|half{GAP}an?){GAP}(?=hundred|thousand|million|billion|trillion))?"
    rf"\b{_WORD}(?:(?:-|{GAP})(?:and{GAP})?{_WORD}){{0,7}}(?:{GAP}and{GAP}a{GAP}half\b)?"
)
NUMBER = rf"(?:(?<![\w.,/])(?>{DIGITS})|(?>{_WORDS}))"
"""Pattern of a number in digits or words, without its scale where that follows digits ("1.2" of "1.2 trillion")."""
SCALE = rf"(?:(?:{GAP}|-)?(?:thousand|million|billion|trillion|mln|mn|bln|bn|trln|trn|tn|[mbk])\b)"


def number(words: str) -> float | None:
    """The value of a number in digits or words ("1,200", "7-1/2", "two hundred billion"); None where it is none."""
    text = words.strip().lower()
    if len(text) > _LONGEST:
        return None
    return _in_digits(text) if text[:1].isdecimal() else _in_words(text)


def _in_words(text: str) -> float | None:
    total, current, seen = 0.0, 0.0, False
    for token in re.split(r"[\s-]+", text):
        if token in ("and", ""):
            continue
        if token in ("a", "an") and not seen:
            current = current or 1.0
        elif token == "half":
            current, seen = current + 0.5, True
        elif token in _UNITS:
            current, seen = current + _UNITS[token], True
        elif token == "hundred":
            current, seen = (current or 1) * 100, True
        elif token in _SCALES:
            total, current, seen = total + (current or 1) * _SCALES[token], 0.0, True
        elif token != "a":
            return None
    return total + current if seen else None


def _in_digits(text: str) -> float | None:
    match = re.fullmatch(r"([\d,]{1,40}(?:\.\d{1,40})?)(?:[ -](\d{1,9})/(\d{1,9})|([½¼¾]))?(?:[\s-]*([a-z]+))?", text)
    if not match or (match[3] and not int(match[3])) or (match[5] and match[5] not in _SCALES):
        return None
    value = Decimal(match[1].replace(",", ""))
    value += Decimal(int(match[2])) / int(match[3]) if match[2] else Decimal(_FRACTIONS.get(match[4] or "", 0))
    return float(value * Decimal(_SCALES.get(match[5] or "", 1)))
