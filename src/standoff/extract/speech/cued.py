"""The shape of a find, the cue lexicon turned round, and where a run of reported words begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from standoff.extract import clauses
from standoff.extract.cues import cues, words
from standoff.model.record import Act

SUBJECTS = clauses.SUBJECTS
MARKS = frozenset({'"', "''", "``"})
STOPS = frozenset({".", "?", "!"})
DASHES = frozenset({"-", "--", "–", "—", "―"})
_CUT = DASHES | {",", ";"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A cue with what it reports; `source` the head word of who says it, `heads` the words that govern the content.

    `told` is the listener ("told Reuters"); `passed` who cites the source; `quoted` where the content is a quotation.
    """

    content: tuple[int, int]
    cue: tuple[int, int]
    verb: Token
    source: Token | None
    act: Act = "assert"
    heads: tuple[int, ...] = ()
    told: Token | None = None
    passed: Token | None = None
    rule: str
    confidence: float
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cues turned round: from a lemma to the ways it takes what is said."""

    takes: dict[str, frozenset[str]]
    preps: dict[str, frozenset[str]]
    acts: dict[str, Act]
    noun_takes: dict[str, frozenset[str]]
    noun_preps: dict[str, frozenset[str]]
    noun_acts: dict[str, Act]
    adjectives: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The statement lexicon, turned round once a process."""
    raw = cues("statements")
    return Lexicon(
        _turned({k: v for k, v in raw["takes"].items() if k != "prep"}, raw["takes"]["prep"]),
        {lemma: frozenset(preps) for lemma, preps in raw["takes"]["prep"].items()},
        {lemma: act for act, lemmas in raw["acts"].items() for lemma in lemmas},
        _turned(
            {"that": raw["nouns"]["that"], "to": [raw["nouns"]["to"]], "held": [raw["nouns"]["held"]]},
            raw["nouns"]["prep"],
        ),
        {lemma: frozenset(preps) for lemma, preps in raw["nouns"]["prep"].items()},
        {lemma: act for act, lemmas in raw["nouns"]["acts"].items() for lemma in lemmas},
        words("statements", "adjectives"),
    )


def _turned(lists: dict[str, list[list[str]]], preps: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    turned: dict[str, set[str]] = {lemma: {"prep"} for lemma in preps}
    for kind, rows in lists.items():
        for row in rows:
            for lemma in row:
                turned.setdefault(lemma, set()).add(kind)
    return {lemma: frozenset(kinds) for lemma, kinds in turned.items()}


def cue_range(verb: Token) -> tuple[int, int]:
    """The cue's own words: auxiliaries and particle beside the verb."""
    start, end = verb.i, verb.i + 1
    around = {
        c.i
        for c in verb.children
        if c.dep_ in ("aux", "auxpass", "neg", "prt") or (c.dep_ == "advmod" and c.pos_ == "ADV")
    }
    while start - 1 in around:
        start -= 1
    while end in around:
        end += 1
    return start, end


def says_something(doc: Doc, content: tuple[int, int], thing: Token) -> bool:
    """Whether a noun carries a content of its own: words quoted, a clause, a claim; not 'announced the tariffs'."""
    start, end = content
    if any(doc[i].text in MARKS for i in range(max(start - 1, 0), min(end + 1, len(doc)))):
        return True
    own = any(t.pos_ in ("VERB", "AUX") and t.dep_ != "amod" for t in doc[start:end])
    return end - start >= 4 and (own or any(c.dep_ == "prep" for c in thing.children))


def cut(doc: Doc, start: int, end: int, head: Token) -> int:
    """Where content ends: before a participle that reports more ('..., adding that') and before another attribution."""
    known, quoted = lexicon(), False
    for i in range(start + 1, end):
        token = doc[i]
        quoted ^= token.text in MARKS
        if not quoted and _speaks_on(token, head):
            return i - 1
        if doc[i - 1].text not in _CUT:
            continue
        if token.tag_ == "VBG" and token.lemma_.lower() in known.takes and token.head.i < i:
            return i - 1
        if token.lower_ == "according" or (token.lower_ in ("said", "says") and i + 1 < end):
            return i - 1
    return end


def _speaks_on(token: Token, head: Token) -> bool:
    """Whether a verb joined to a reported clause is its reporter's: 'said it was against and warned others'."""
    if token.tag_ not in ("VBD", "VBZ") or token.dep_ != "conj" or token.nbor(-1).lower_ not in ("and", "but"):
        return False
    takes = lexicon().takes.get(token.lemma_.lower(), frozenset())
    if not {"quote", "that"} <= takes or token.lemma_ == "agree" or any(c.dep_ in SUBJECTS for c in token.children):
        return False
    return token.head == head or head.is_ancestor(token)


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The run without punctuation, 'that' or an unpaired quotation mark at its ends; None where nothing is left."""
    while start < end and (
        doc[start].text in _CUT | STOPS | {":"}
        or doc[start].is_space
        or (doc[start].lower_ == "that" and doc[start].dep_ == "mark")
    ):
        start += 1
    while end > start and (doc[end - 1].text in _CUT | STOPS | {":"} or doc[end - 1].is_space):
        end -= 1
    marks = [i for i in range(start, end) if doc[i].text in MARKS]
    if len(marks) % 2:
        if marks[0] == start:
            start += 1
        elif marks[-1] == end - 1:
            end -= 1
    return (start, end) if end > start else None


def sentences(doc: Doc, paragraphs: tuple[tuple[int, int], ...], closing: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Sentences by their marks, since the parser breaks them at quotations; `closing` are closing quotation marks."""
    for first, last in paragraphs:
        start = first
        for i in range(first, last):
            if (doc[i].text in STOPS and i + 1 not in closing) or (
                i in closing and doc[i - 1].text in STOPS and not _goes_on(doc, i, last)
            ):
                yield start, i + 1
                start = i + 1
        if start < last:
            yield start, last


def _goes_on(doc: Doc, mark: int, last: int) -> bool:
    return mark + 1 < last and (
        doc[mark + 1].text[:1].islower() or (doc[mark + 1].is_punct and doc[mark + 1].text not in MARKS)
    )
