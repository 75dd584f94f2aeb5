"""A report read closely: its parse, who is named where, what stands in quotation marks, and who is meant by whom.

Extractors ask a `Reading`; the questions that need grammar alone are in `clauses`, those about who stands for which
party in `parties`, those about speech in `attribution`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from standoff.extract.mentions import Mention
from standoff.extract.parse import Parsed
from standoff.extract.quotes import Quote
from standoff.model.domain import Pack
from standoff.model.record import Act, SourceKind
from standoff.model.report import Report
from standoff.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Reported speech as found in the parse, before it is a record; places are token ranges [start, end).

    `parties` are those the source speaks for; `name` its resolved name; `via` who passed it on, nearest first.
    `source` are the words beside the cue (perhaps "he"), `named` the place that names that source best.
    """

    content: tuple[int, int]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    kind: SourceKind
    name: str | None
    parties: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    direct: bool = False
    act: Act = "assert"
    count: int | None = None
    rule: str = ""
    confidence: float = 0.5
    named: tuple[int, int] | None = None


@dataclass(slots=True)
class Reading:
    """What extractors work on. Built by `annotate.read_closely`; not changed afterwards."""

    report: Report
    pack: Pack
    parsed: Parsed
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    lowers: list[str] = field(default_factory=list)  # of each token: the word in lower case,
    lemmas: list[str] = field(default_factory=list)  # and its dictionary form in lower case
    _mention_starts: list[int] = field(default_factory=list)
    _quote_starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._mention_starts = [m.start for m in self.mentions]
        self._quote_starts = [q.start for q in self.quotes]
        strings = self.doc.vocab.strings
        self.lowers = [strings[key] for key in self.doc.to_array("LOWER").tolist()]
        self.lemmas = [strings[key].lower() for key in self.doc.to_array("LEMMA").tolist()]

    @property
    def doc(self) -> Doc:
        return self.parsed.doc

    @property
    def published(self) -> date | None:
        return self.report.published.day if self.report.published else None

    def span(self, tokens: Tokens | Token) -> Span:
        """The report's span behind tokens."""
        return self.parsed.span(tokens)

    def words(self, tokens: Tokens | Token) -> str:
        """The report's own words behind tokens, line breaks folded."""
        return " ".join(self.span(tokens).of(self.report.text).split())

    def opening(self, openers: Collection[str], start: int = 0, end: int | None = None) -> Iterator[Token]:
        """The tokens of [start, end) that are among `openers`, as they stand or by their dictionary form.

        What asks every word of a report whether it opens something asks only these: a lookup is quicker than a rule.
        """
        doc, lowers, lemmas = self.doc, self.lowers, self.lemmas
        for i in range(start, len(lowers) if end is None else end):
            if lowers[i] in openers or lemmas[i] in openers:
                yield doc[i]

    def mention(self, token: Token) -> Mention | None:
        """The name that a token belongs to."""
        k = bisect_right(self._mention_starts, token.i) - 1
        if k >= 0 and token.i < self.mentions[k].end:
            return self.mentions[k]
        return None

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """The names that begin in tokens [start, end)."""
        starts = self._mention_starts
        return self.mentions[bisect_left(starts, start) : bisect_left(starts, end)]

    def quote(self, token: Token) -> Quote | None:
        """The quotation whose words hold a token."""
        k = bisect_right(self._quote_starts, token.i) - 1
        if k >= 0 and token.i < self.quotes[k].end:
            return self.quotes[k]
        return None

    def said(self, token: Token) -> Attribution | None:
        """The innermost reported speech whose content holds a token."""
        best: Attribution | None = None
        for found in self.attributions:
            start, end = found.content
            if start <= token.i < end and (best is None or end - start < best.content[1] - best.content[0]):
                best = found
        return best

    def other(self, party: str | None) -> str | None:
        """The opposite side, where the negotiation has two."""
        sides = self.pack.between
        if len(sides) != 2 or party not in sides:
            return None
        return sides[1] if party == sides[0] else sides[0]
