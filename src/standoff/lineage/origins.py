"""Where a report, or a passage of it, comes from, by its own words: datelines, credits, and what it relays.

Only outlets that the pack or the record knows are believed, and, in a dateline or a slug, a name that is made like an
outlet's. What a report says of itself is not a relay: Reuters writing "told Reuters" reports its own work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from standoff.lineage.sentences import sentence_places, unquoted
from standoff.model.domain import Pack
from standoff.model.lineage import Origin, OriginBasis
from standoff.model.report import Report
from standoff.model.span import Span

_HEAD = 600  # a dateline stands within so many letters of the beginning
_AROUND = 120  # a credit stands within so many letters of the outlet's name
_ON = 3  # "according to the report" points back over so many sentences

_LIKE_OUTLET = (
    r"[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){0,3}"
    r" (?:Wire|News|Post|Times|Press|Agency|Journal|Herald|Tribune|Daily|Gazette|Service|Newswires?)"
)
_SLUG_LIKE = r"[A-Z]{0,12}(?:POST|NEWS|TIMES|WIRE|PRESS|DAILY|MEDIA|TV|JOURNAL)"
_CITY = r"[A-Z][A-Za-z.’' /-]{1,40}(?:, [A-Z][A-Za-z. ]{1,20})?"
_DAY = r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"

_FIRST_WORD = re.compile(r"[^\W_]+")
_MARK = "\0"  # stands in the place of each letter of an outlet's name
_O = rf"(?:the )?{_MARK}++"
_TEXT = r"(?:report|article|story|account)s?"
_TOLD = r"(?:reported|reports|wrote|revealed|learned|disclosed|quoted|cited|broke|said in an? (?:\w+ )?report)"
_FIGURES = r"(?:tally|count|calculation|poll|survey|analysis|data)"
_ASKED = (
    rf"requests? (?:for|of) (?:a )?(?:comments?|remarks?|response)s? (?:from|by|of|to) {_O}",
    rf"{_O}(?:’s|'s)? (?:requests? for (?:an? )?(?:comment|response|interview)|questions|inquir(?:y|ies))\b",
    rf"(?:seen|reviewed|obtained|viewed|verified) by {_O}",
    rf"(?:spoke|speaking|talked) (?:to|with) {_O} (?:on|under|in)\b[^.]{{0,20}}\b(?:condition|situation|anonym)",
    rf"(?:told|informed) {_O} (?:on|under) (?:the )?condition of anonymity",
)
_CREDIT = (
    rf"(?:first|originally) (?:published|appeared|reported) (?:in|on|by|at) {_O}",
    rf"(?:©|\(c\)|copyright)(?: ©)? ?\d{{4}},? (?:by )?{_O}",
    rf"(?:republished|reprinted) (?:from|with permission of) {_O}",
    rf"^(?:source|via): ?{_O}",
)
_RELAYED = (
    rf"{_O}(?:’s|'s)?(?: \((?:[A-Z]{{2,6}}|{_MARK}++)\))?,?"
    rf" (?:(?:first|earlier|also|later|has|had|news\w+) )*{_TOLD}\b",
    rf"(?:according to|citing|cited by|quoting|quoted by|in|by|from) (?:an? |the )?(?:\w+ )?{_TEXT}"
    rf" (?:in|by|from|of|on) {_O}",
    rf"(?:according to|citing|cited by|as per) (?:an? |the )?{_O}(?! {_FIGURES})(?: {_TEXT})?",
    rf"(?:first |as |earlier )?reported (?:first |earlier )?(?:by|in) {_O}",
    rf"\b(?:[Aa]n?|[Tt]he) {_O} {_TEXT}\b",
    rf"\b(?:told|interview(?:ed)? (?:with|by|on)|speaking (?:to|on)|appearance on) {_O}",
    rf"{_O}, (?:citing|quoting)",
)
_POINTS_BACK = re.compile(
    r"\b(?:(?:according to|in|per) (?:the|its|that|this) (?:report|newspaper|paper|article|story|outlet|agency)"
    r"|the (?:report|newspaper|paper|article) (?:also )?(?:said|added|noted|claimed|went on)"
    r"|(?:was|were|is|are) (?:also )?reported to|reportedly)\b"
)

_DATELINE = re.compile(rf"^{_CITY}{_DAY} ?\((?P<o>{_MARK}++|{_LIKE_OUTLET})\)(?={_DAY} ?[-–—―:])", re.MULTILINE)
_SLUG = re.compile(rf"\s*(?P<o>{_MARK}++|{_SLUG_LIKE}) ?(?:--|[–—―])(?= )")
_CREDITED, _ASKED_BY, _RELAYS = (
    re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE) for patterns in (_CREDIT, _ASKED, _RELAYED)
)


@dataclass(frozen=True, slots=True)
class Outlets:
    """Names of outlets, longest first, with the name that each of them stands for."""

    names: tuple[tuple[str, str], ...]
    keys: Mapping[str, str]

    def name(self, words: str) -> str:
        """The outlet's own name behind a mention; the mention itself where nobody knows it."""
        return self.keys.get(outlet_key(words), words)


def known_outlets(pack: Pack, reports: Iterable[Report] = ()) -> Outlets:
    """The outlets of a pack, and those that published the reports of the record."""
    names: dict[str, str] = {}
    for outlet in pack.outlets:
        for mention in (outlet.name, *outlet.names):
            names.setdefault(mention, outlet.name)
    keys = {outlet_key(mention): name for mention, name in names.items()}
    for own in sorted({r.outlet for r in reports if r.outlet}):
        names.setdefault(own, keys.get(outlet_key(own), own))
    ordered = tuple(sorted(names.items(), key=lambda item: (-len(item[0]), item)))
    return Outlets(ordered, {outlet_key(mention): name for mention, name in reversed(ordered)})


@lru_cache(maxsize=1 << 12)
def outlet_key(words: str) -> str:
    """What is equal in all spellings of an outlet's name: no article, case, blanks or punctuation."""
    return re.sub(r"^the |[^\w]", "", words.casefold().replace("’", "'").removesuffix("'s"))


def find_origins(report: Report, outlets: Outlets) -> tuple[Origin, ...]:
    """What one report's own words say of where it comes from: at most one origin of the whole, and its relays.

    A relay of the outlet that the report comes from, or that published it, is left out.
    """
    marked, names = _marked(report.text, outlets)
    seen = _Seen(report, outlets, marked, names)
    whole = min(_whole(seen), key=lambda o: (-o.confidence, o.evidence or Span(0, 1)), default=None)
    own = {outlet_key(outlets.name(name)) for name in (report.outlet, whole.outlet if whole else None) if name}
    relays = tuple(o for o in _relays(seen) if outlet_key(o.outlet) not in own) if names else ()
    return (whole, *relays) if whole else relays


@dataclass(frozen=True, slots=True)
class _Seen:
    """A report with the names of outlets in its text marked, letter by letter, so that places stay what they are."""

    report: Report
    outlets: Outlets
    marked: str
    names: dict[int, str]  # where a marked name begins, and whose it is

    def name(self, match: re.Match[str]) -> str:
        """Whose is the first marked name in what a pattern found."""
        at = self.marked.index(_MARK, match.start())
        while at not in self.names:  # a sentence may begin inside a name
            at -= 1
        return self.names[at]

    def origin(self, match: re.Match[str], basis: OriginBasis, confidence: float, outlet: str | None = None) -> Origin:
        return Origin(
            report=self.report.id,
            outlet=outlet or self.name(match),
            basis=basis,
            confidence=confidence,
            shown_in=self.report.id,
            evidence=Span(*match.span()),
        )


def _marked(text: str, outlets: Outlets) -> tuple[str, dict[int, str]]:
    plain, names = text.replace("’", "'").replace(_MARK, " "), {}
    words = set(_FIRST_WORD.findall(plain))
    for mention, name in outlets.names:
        at = plain.find(mention) if _beginning(mention) in words else -1
        while at >= 0:
            end = at + len(mention)
            if not (plain[at - 1 : at].isalnum() or plain[end : end + 1].isalnum()):
                plain = plain[:at] + _MARK * len(mention) + plain[end:]
                names[at] = name
            at = plain.find(mention, end)
    return plain, names


@lru_cache(maxsize=1 << 12)
def _beginning(mention: str) -> str:
    """The first word of a name; a name is looked for only in texts that have it."""
    found = _FIRST_WORD.search(mention)
    return found[0] if found else ""


def _whole(seen: _Seen) -> Iterator[Origin]:
    text, marked = seen.report.text, seen.marked
    for match in _DATELINE.finditer(marked, 0, _HEAD):
        known = match.start("o") in seen.names
        yield seen.origin(match, "dateline", 0.95 if known else 0.8, None if known else text[slice(*match.span("o"))])
    if slug := _SLUG.match(marked):
        name = seen.names.get(slug.start("o")) or seen.outlets.name(text[slice(*slug.span("o"))])
        yield seen.origin(slug, "slug", 0.8, name)
    if seen.names:
        for match in _in_marked_lines(_CREDITED, marked):
            yield seen.origin(match, "credit", 0.85)
        for match in _in_marked_lines(_ASKED_BY, unquoted(marked)):
            if outlet_key(seen.name(match)) != outlet_key(seen.report.outlet or ""):
                yield seen.origin(match, "own reporting", 0.7)


def _in_marked_lines(pattern: re.Pattern[str], marked: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, looked for only in lines that name an outlet, and near the name."""
    end = 0
    at = marked.find(_MARK)
    while at >= 0:
        start = max(end, marked.rfind("\n", 0, at) + 1, at - _AROUND)
        last = at
        while (further := marked.find(_MARK, last + 1, last + _AROUND)) >= 0:
            last = further
        end = min(len(marked), last + _AROUND)
        yield from pattern.finditer(marked, start, end)
        at = marked.find(_MARK, end)


def _relays(seen: _Seen) -> Iterator[Origin]:
    last: tuple[str, int] | None = None  # the outlet relayed last, and the number of the sentence
    for number, (start, end) in enumerate(sentence_places(seen.report.text)):
        if _MARK in seen.marked[start:end] and (match := _RELAYS.search(seen.marked, start, end)):
            last = (seen.name(match), number)
            yield replace(seen.origin(match, "relayed", 0.85), passage=Span(start, end))
        elif last and number - last[1] <= _ON and (match := _POINTS_BACK.search(seen.marked, start, end)):
            last = (last[0], number)
            yield replace(seen.origin(match, "relayed", 0.6, last[0]), passage=Span(start, end))
