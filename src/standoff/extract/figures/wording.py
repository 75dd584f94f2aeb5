"""The words around a number: bound, change, and what makes it a name ("Section 301") and no figure."""

from __future__ import annotations

import re
from typing import Literal

from standoff.extract.figures.numerals import number

Bound = Literal["exact", "up-to", "at-least", "about", "range"]
Change = Literal["from", "to", "by"]

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_ADDED = r"\s(?:an? (?:additional|extra|further|total of)\s)?$"
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("about", re.compile(r"\b(?:just|slightly|a little|a bit|well)\s(?:over|under|above|below|shy of)\s$", re.I)),
    (
        "up-to",
        re.compile(
            r"\b(?:up to|as (?:much|high|many|large) as|(?:at|the) most|(?:no|not) (?:more|higher) than|"
            r"(?:less|lower|fewer) than|under|below|maximum(?: of)?|not exceeding|capped at)" + _ADDED,
            re.I,
        ),
    ),
    (
        "at-least",
        re.compile(
            r"\b(?:at least|(?:more|greater|higher) than|over|above|exceed(?:s|ed|ing)?|in excess of|"
            r"(?:no|not) (?:less|fewer) than|upwards? of|minimum(?: of)?)" + _ADDED,
            re.I,
        ),
    ),
    (
        "about",
        re.compile(
            r"\b(?:about|around|roughly|some|approximately|nearly|almost|an estimated|estimated at|close to|circa)"
            + _ADDED,
            re.I,
        ),
    ),
)
_MORE = re.compile(r"\s(?:or (?P<up>more|higher|above)|or (?P<down>less|lower|fewer|below)|or so)\b", re.I)
_CHANGE_WORD = re.compile(
    r"\b(?:rais|rise|rising|rose|increas|hik|lift|boost|grow|grew|jump|surg|soar|climb|expand|widen|gain|doubl|cut|reduc|lower|drop|"
    r"decreas|declin|fell|fall|slash|slid|slump|shr[aiu]nk|narrow|tumbl|plung|trim|bring|brought|mov|go|went|chang|up\b|down\b|add)",
    re.I,
)
_PREP = re.compile(
    r"\b(from|to|by)\s(?:(?:an?|the)\s)?(?:(?:current|additional|extra|present|initial|total)\s)?$", re.I
)
_ROSE = re.compile(
    r"\b(?:rose|risen|rising|rises?|fell|fallen|falls?|falling|grew|grown|gained|lost|dropped|jumped|climbed|slid|slumped|"
    r"increased|decreased|declined|up|down|surged|plunged|tumbled|advanced|shrank|expanded|dipped|soared|eased|added|"
    r"(?:increase|rise|drop|fall|cut|decline|gain|reduction|hike) of)\s(?:another\s|an additional\s)?$",
    re.I,
)
_STEP = re.compile(
    r"\s(?:pay |wage |price |tariff |rate )?"
    r"(?:increases?|rise|raise|hikes?|cuts?|drop|decline|reductions?|higher|lower)\b",
    re.I,
)

_LABEL = re.compile(
    r"(?:\b(?:section|sections|article|chapter|rule|page|pages|p|pp|no|nos|number|flight|room|route|highway|title|part|resolution|phase|"
    r"level|act|order|channel|form|step|round|grade|paragraph|annex|line|figure|table|item|tel|phone|fax|bill|day|week|year|aged?|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?|#|\+)\s?$",
    re.I,
)
_NAMED = re.compile(r"(?<![\w.!?:;\"“])(?:[A-Z][\w&’'-]{1,30}|iPhone|[A-Z]{2,})[ -]$")
_PLAIN_CAPITAL = frozenset(
    [
        "About",
        "Some",
        "In",
        "The",
        "At",
        "Of",
        "Over",
        "Under",
        "Nearly",
        "Almost",
        "Around",
        "More",
        "Than",
        "For",
        "With",
        "By",
        "To",
        "From",
        "And",
        "But",
        "Only",
        "All",
        "These",
        "Those",
        "Their",
        "His",
        "Its",
        "Our",
        "My",
        "Another",
        "Other",
        "Last",
        "First",
        "Next",
        "Top",
        "Up",
        "On",
        "Roughly",
        "Just",
        "Least",
        "Another",
        "Another",
        "Former",
        "After",
        "Some",
    ]
)
_OF_TIME = re.compile(
    r"(?:-|\s){1,2}(?:(?:calendar|business|working|more|straight|consecutive|long|short|full|past)\s)?"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|weekends?|months?|quarters?|years?|decades?|centur(?:y|ies)|yrs?|o.clock|[ap]\.?m\b|gmt|et\b|est\b|"
    r"jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.I,
)
_NOUN = re.compile(
    r"\s{1,2}(?:[\w’'.&-]{1,30}\s){0,3}?(?:[A-Za-z’-]{1,29}(?<!['’s])s|people|men|women|children|staff|tons|tonnes)\b"
)
_NOT_PLURAL = frozenset(
    [
        "is",
        "was",
        "has",
        "does",
        "as",
        "this",
        "its",
        "his",
        "us",
        "yes",
        "plus",
        "versus",
        "vs",
        "times",
        "always",
        "perhaps",
        "towards",
        "regardless",
    ]
)


def bound_of(before: str, text: str, end: int, *, is_range: bool) -> tuple[Bound, int]:
    """The bound, and where in `before` its words begin."""
    cut, bound = len(before), None
    for name, pattern in _BEFORE:
        if match := pattern.search(before):
            cut, bound = match.start(), name
            break
    if is_range:
        return "range", cut
    if bound is None and (after := _MORE.match(text, end)):
        bound = "at-least" if after["up"] else "up-to" if after["down"] else "about"
    return bound or "exact", cut


def change_of(before: str, text: str, end: int, kind: str) -> Change | None:
    sentence = re.split(r"[.!?;]\s|\n\n", before)[-1]
    if prep := _PREP.search(sentence):
        word = prep[1].lower()
        partner = word == "from" and re.search(r"\bto\s[^.;]{1,40}$", sentence) and kind != "count"
        paired = re.match(r"\sfrom\s[$€£\d]", text[end : end + 10])
        if _CHANGE_WORD.search(sentence) or partner or paired or "current" in prep[0]:
            return "from" if word == "from" else "to" if word == "to" else "by"
    if kind == "percent" and _STEP.match(text, end):
        return "by"
    return "by" if _ROSE.search(sentence) and kind in ("percent", "money") else None


def names_in(text: str) -> frozenset[str]:
    """Numbers that the text uses as names somewhere ("Section 301", "Boeing 737"), and so may use bare."""
    return frozenset(
        m[1]
        for m in re.finditer(r"(?<!\w)[A-Z][a-z]{2,20} (\d{3})\b(?!,\d)", text)
        if m[0].split()[0] not in _PLAIN_CAPITAL
    )


def is_count(text: str, match: re.Match[str], names: frozenset[str]) -> bool:
    words, start, end = match["b"], match.start("b"), match.end()
    if words in names or words.lower() in ("one", "zero") or words[0] == "0" or is_label(text, start):
        return False
    if _OF_TIME.match(text, end) or (not match["kb"] and _YEAR.fullmatch(words)):
        return False
    if match["kb"] or ("," in words and words[0].isdigit()) or ((number(words) or 0) >= 1000 and words[0].isalpha()):
        return True
    noun = _NOUN.match(text, end)
    return noun is not None and noun[0].split()[-1].lower() not in _NOT_PLURAL


def is_label(text: str, start: int) -> bool:
    """Whether the number is a name's part: "Section 301", "Boeing 737", "page 12", "(202) 555"."""
    before = text[max(0, start - 34) : start]
    if _LABEL.search(before) or re.search(r"[$€£\d]\)?[-.: ]?(?:(?<=\d )of )?$", before):
        return True
    named = _NAMED.search(before)
    return named is not None and named[0].strip(" -") not in _PLAIN_CAPITAL
