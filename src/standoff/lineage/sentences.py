"""A report as sentences and their content words, the ground on which reports are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from standoff.model.span import Span

_LINE = re.compile(r"[^\r\n]+")
_END = re.compile(r"(?P<stop>[.!?]+[\"”’')\]]*)\s+(?=[\"“‘'(\[]?[A-Z0-9])")
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Prof|St|Jr|Sr|vs|No|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec|Ariz|Calif|Conn|Fla|Ill|Mass|Mich|Minn|Pa|Va|Wis)|\b[A-Z]|\.[A-Z])\.$"
)
_OPENER = re.compile(r"(?:The|A|An|It|He|She|They|But|And|In|On|At|This|That|These|When|While|If|As|For)\b")
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?%?|[^\W\d_]+(?:['’][^\W\d_]+)*")
_QUOTE = re.compile(r"“[^”\r\n]*(?:”|$)|(?<!\w)\"[^\"\r\n]*(?:\"|$)", re.MULTILINE)
_STOP_WORDS = """
    a about above after again against ago all along also although am among an and another any are around as at away
    back be became because been before being between both but by came can cannot come could did do does doing done down
    during each earlier either else even ever every few for former from further gave get give given go going gone got
    had has have he held her here hers herself him himself his how however i if in including instead into is it its
    itself just last late later latest least less let like likely made make many may me might month more most much must
    my near next no nor not now of off on once one only onto or other others our ours out over own part per put quite
    rather really recent recently said same say saying says see seem seen several shall she should since so some still
    such take taken than that the their theirs them themselves then there these they this those though through thus
    time to together told too took toward towards under until up upon us use used very was way we week well went were
    what when where whether which while who whom whose why will with within without would yet you your yours monday
    tuesday wednesday thursday friday saturday sunday january february march april june july august september october
    november december year years mr mrs ms dr first second two three new added according reported report
"""
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place in the report and its content words (stems, without stop words), in order.

    `told` are those outside quotation marks: two reporters who quote one speech share its words without having
    copied each other.
    """

    span: Span
    terms: tuple[str, ...]
    told: tuple[str, ...]


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that have content words, in order. A line break always ends a sentence."""
    found = []
    plain = unquoted(text)
    for start, end in sentence_places(text):
        if terms := _terms(text, start, end):
            found.append(Sentence(Span(start, end), terms, _terms(plain, start, end)))
    return tuple(found)


def unquoted(text: str) -> str:
    """The text with blanks in the place of all that stands in quotation marks; of the same length.

    A quotation ends with its line at the latest: one that goes on in the next paragraph is opened again there.
    """
    return _QUOTE.sub(lambda match: " " * len(match[0]), text)


def _terms(text: str, start: int, end: int) -> tuple[str, ...]:
    return tuple(term for word in _WORD.findall(text, start, end) if (term := _term(word)))


def sentence_places(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end, those without content words included."""
    for line in _LINE.finditer(text):
        at, end = line.start() + len(line[0]) - len(line[0].lstrip()), line.start() + len(line[0].rstrip())
        for match in _END.finditer(text, at, end):
            short = _NO_END.search(text, max(at, match.end("stop") - 8), match.end("stop"))
            if not short or _OPENER.match(text, match.end()):
                yield at, match.end("stop")
                at = match.end()
        if at < end:
            yield at, end


@lru_cache(maxsize=1 << 16)
def _term(word: str) -> str:
    """The stem of a word, or an empty string for a word that carries no content."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    if low in _STOP or "'" in low or len(low) == 1:
        return ""
    return low.replace(",", "") if low[0].isdigit() else _stem(low)


def _stem(word: str) -> str:
    """A light stem: plural, past, -ing and -ly endings go where five letters or a short root stay."""
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    for ending, least in (
        ("ingly", 9),
        ("edly", 8),
        ("ing", 6),
        ("ers", 6),
        ("er", 6),
        ("ed", 5),
        ("es", 5),
        ("ly", 6),
        ("s", 4),
    ):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
