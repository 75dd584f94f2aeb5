"""Lines that no record may rest on: appeals to subscribe, page furniture, credits, copyright and feed notices.

The patterns stand in `boilerplate.yaml`. They are meant to miss some rather than to take a sentence of news: a
missed line yields no record anyway, a sentence taken is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from standoff.model.span import Span

_LINKS = r"(?:of|the|de|van|von|bin|al)"
_CAPITAL = r"(?:[A-Z0-9@][\w.’'&-]*)"
_NAME = rf"(?-i:{_CAPITAL}(?:[ ,]+(?:{_CAPITAL}|{_LINKS})){{0,7}}|the(?: {_CAPITAL}){{1,4}})"
_NAMES = rf"{_NAME}(?:(?:,|,? and|;|/|\|| in| for) ?{_NAME}){{0,11}}"

_LINE = re.compile(r"[^\r\n]+")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“(A-Z©])")
_LONGEST = 320  # longer pieces are prose


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """One kind of boilerplate: its patterns, examples that they match, and whether it may stand inside a line."""

    kind: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    anywhere: bool = False


@cache
def known_boilerplate() -> tuple[Boilerplate, ...]:
    """What `boilerplate.yaml` says, in its order."""
    text = files("standoff.screen").joinpath("boilerplate.yaml").read_text(encoding="utf-8")
    return tuple(
        Boilerplate(entry["kind"], tuple(entry["patterns"]), tuple(entry["examples"]), entry.get("anywhere", False))
        for entry in yaml.safe_load(text)
    )


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the file, with its stand-ins for names filled; a closing full stop is always allowed."""
    filled = pattern.replace("«names»", _NAMES).replace("«name»", _NAME)
    return re.compile(rf"(?:{filled})[.!]?", re.IGNORECASE)


@cache
def _whole() -> re.Pattern[str]:
    """All patterns of whole pieces as one, which is quicker to ask."""
    patterns = (compiled(p) for entry in known_boilerplate() if not entry.anywhere for p in entry.patterns)
    return re.compile("|".join(p.pattern for p in patterns), re.IGNORECASE)


@cache
def _inside() -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(p) for entry in known_boilerplate() if entry.anywhere for p in entry.patterns)


def find_boilerplate(text: str, own_lines: Sequence[str] = ()) -> tuple[Span, ...]:
    """The pieces of a text that are boilerplate, ascending and apart from each other.

    A piece is a line, a sentence of a line, or a stretch inside one. `own_lines` are what the report's outlet is
    known to add: they count wherever they stand as whole words, whatever their case and spacing.
    """
    found = [place for piece in _pieces(text) if (place := _trimmed(text, *piece)) and _is_boilerplate(text, place)]
    for pattern in (*_inside(), *map(_own_line, filter(str.strip, own_lines))):
        found += [Span(*match.span()) for match in pattern.finditer(text) if match.end() > match.start()]
    return _merged(text, found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        start, end = line.span()
        yield start, end
        cuts = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
        if cuts:
            yield from zip([start, *cuts], [*cuts, end], strict=True)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in "•*-–—_|"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _is_boilerplate(text: str, place: Span) -> bool:
    if len(place) > _LONGEST:
        return False
    return _whole().fullmatch(place.of(text)) is not None


def _own_line(line: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, line.split())) + r"(?!\w)", re.IGNORECASE)


def _merged(text: str, places: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for place in sorted(places):
        if merged and (place.start <= merged[-1].end or text[merged[-1].end : place.start].strip(" \t") == ""):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, place.end))
        else:
            merged.append(place)
    return tuple(merged)
