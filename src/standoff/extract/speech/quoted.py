"""Quotations and the words beside them: '"...", X said', 'X said: "..."', '"...," X said. "..."'.

Works on quotation marks and word order, since the parser is unsure of itself where a quotation begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from standoff.extract.cues import words
from standoff.extract.quotes import Quote
from standoff.extract.reading import Reading
from standoff.extract.speech.cued import DASHES, MARKS, STOPS, SUBJECTS, Found, cue_range, lexicon, trimmed
from standoff.extract.speech.speaker import passer, quoting_verb, speaker_of
from standoff.model.record import Act

_CLAUSE = frozenset(
    ["aux", "auxpass", "neg", "advmod", "prt", "dative", "dobj", "prep", "npadvmod", "agent", "expl", *SUBJECTS]
)
PAUSES = DASHES | {",", ":", ";"}
FEWEST = 3  # words of a quotation that stands as a sentence by itself


@dataclass(frozen=True, slots=True)
class Quotations:
    """A report's quotations by where they open and close; `starts` maps a token to the begin of its sentence."""

    doc: Doc
    all: tuple[Quote, ...]
    opening: dict[int, Quote]
    closing: dict[int, Quote]
    inside: frozenset[int]

    @classmethod
    def of(cls, reading: Reading) -> Quotations:
        doc = reading.doc
        begins = {first for first, _ in reading.parsed.paragraphs if first < len(doc) and doc[first].text in MARKS}
        sound = tuple(q for q in reading.quotes if not q.open or q.end in begins)
        return cls(
            doc,
            sound,
            {q.start - 1: q for q in sound},
            {q.end: q for q in sound if not q.open},
            frozenset(i for q in sound for i in range(q.start, q.end)),
        )


def beside(reading: Reading, quotations: Quotations, verb: Token, sentence: tuple[int, int]) -> Iterator[Found]:
    """What a verb of saying reports in the quotations that touch its clause, or in the clause it follows."""
    lemma = verb.lemma_.lower()
    if "quote" not in lexicon().takes.get(lemma, ()):
        return
    source = speaker_of(verb) or _inverted(quotations, verb)
    if source is None or source.i in quotations.inside:
        return
    low, high = _clause(quotations, verb, source)
    paragraph = reading.parsed.paragraph(verb)
    after = _opened_after(quotations, verb, high, paragraph)
    before = _closed_before(quotations, low, source) if source.tag_ not in ("WP", "WDT") else None
    if before is not None and _speaks_anew(quotations, before, after, verb, high, sentence):
        before = None
    if before is not None:
        yield _found(verb, lemma, source, *_with_lead(quotations, before, paragraph), "quote-before", 0.93)
    if after is not None:
        yield _found(verb, lemma, source, (after.start, after.end), True, "quote-after", 0.9)
    aside = "that" in lexicon().takes[lemma] and source.tag_ not in ("WP", "WDT")
    if (
        before is None
        and after is None
        and aside
        and (content := _clause_before(quotations, verb, low, high, sentence)) is not None
    ):
        yield _found(verb, lemma, source, content, False, "parenthesis", 0.85)


def _inverted(quotations: Quotations, verb: Token) -> Token | None:
    """Who stands after a verb that follows a closing mark, where the parser has lost him: '"...," tweeted Jo Doe'."""
    doc = quotations.doc
    if verb.i - 1 not in quotations.closing or verb.i + 1 >= len(doc):
        return None
    at = verb.i + 1
    if doc[at].pos_ == "PROPN":
        while at + 1 < len(doc) and doc[at + 1].pos_ == "PROPN":
            at += 1
        return doc[at]
    return next((t for t in doc[at : at + 6] if t.pos_ == "NOUN"), None) if doc[at].pos_ == "DET" else None


def _found(
    verb: Token, lemma: str, source: Token, content: tuple[int, int], direct: bool, rule: str, confidence: float
) -> Found:
    act: Act = "assert" if lemma in words("statements", "plain_acts") else lexicon().acts.get(lemma, "assert")
    heads = (verb.doc[content[0] : content[1]].root.i,)
    told = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and verb.i < c.i), None)
    return Found(
        content=content,
        cue=cue_range(verb),
        verb=verb,
        source=source,
        act=act,
        rule=rule,
        confidence=confidence,
        quoted=direct,
        heads=heads,
        told=told,
        passed=passer(verb),
    )


def _clause(quotations: Quotations, verb: Token, source: Token) -> tuple[int, int]:
    """The cue's own clause: subject, verb, listener, time and place, without what is reported."""
    own = {verb.i}
    for child in (source, *verb.children):
        if child == source or (child.dep_ in _CLAUSE and not (child.dep_ == "dobj" and child.pos_ == "VERB")):
            own.update(t.i for t in child.subtree if t.i not in quotations.inside)
    if (quoting := quoting_verb(verb)) is not None:
        who = passer(verb)
        own |= {quoting.i, verb.i - 1} | {t.i for t in (who.subtree if who is not None else ())}
    low = high = verb.i
    while low - 1 in own and quotations.doc[low - 1].text not in MARKS:
        low -= 1
    while high + 1 in own and quotations.doc[high + 1].text not in MARKS:
        high += 1
    if (
        source.left_edge.i < low
        and not any(i in quotations.closing for i in range(source.left_edge.i, low))
        and source.i < verb.i
    ):
        low = source.left_edge.i
    return low, high + 1


def _closed_before(quotations: Quotations, low: int, source: Token) -> Quote | None:
    doc, at = quotations.doc, low - 1
    while at >= 0 and doc[at].text in PAUSES:
        at -= 1
    quote = quotations.closing.get(at)
    if quote is None or (source.left_edge.i <= quote.start <= source.right_edge.i and source.i > quote.end):
        return None
    pause = doc[quote.end - 1].text in PAUSES | STOPS | {"..."} or at < low - 1
    return quote if pause or quote.end - quote.start >= FEWEST + 1 else None


def _speaks_anew(
    quotations: Quotations, before: Quote, after: Quote | None, verb: Token, high: int, sentence: tuple[int, int]
) -> bool:
    """Whether a cue that follows a quotation reports something else: '"So be it." He said that he would go.'"""
    said = range(after.start, after.end) if after is not None else range(0)
    own = [c for c in verb.children if c.dep_ == "ccomp" and verb.i < c.left_edge.i and c.i < sentence[1]]
    if any(c.i not in said for c in own):
        return True
    return _is_finished(quotations, before) and (
        after is not None or not _is_asked(quotations, before, verb, high, sentence)
    )


def _is_finished(quotations: Quotations, quote: Quote) -> bool:
    """Whether a quotation ends a sentence by itself, so that what follows may be a sentence of its own."""
    doc, after = quotations.doc, quote.end + 1
    return (
        doc[quote.end - 1].text in STOPS
        and after < len(doc)
        and not doc[after].text[:1].islower()
        and not doc[after].is_punct
    )


def _is_asked(quotations: Quotations, quote: Quote, verb: Token, high: int, sentence: tuple[int, int]) -> bool:
    """Whether a cue after a question or a cry says nothing of its own: '"Why not?" the minister asked on Monday.'"""
    doc = quotations.doc
    if doc[quote.end - 1].text == "." or verb.tag_ == "VBG":
        return False
    if any(
        c.dep_ in ("ccomp", "xcomp", "dobj") and c.i > verb.i and c.lower_ not in words("statements", "listeners")
        for c in verb.children
    ):
        return False
    return high >= sentence[1] or doc[high].text in STOPS | PAUSES or doc[high].text in MARKS


def _opened_after(quotations: Quotations, verb: Token, high: int, paragraph: tuple[int, int]) -> Quote | None:
    doc, at = quotations.doc, high
    while at < paragraph[1] and doc[at].text in {",", ":"}:
        at += 1
    quote = quotations.opening.get(at)
    if (
        quote is not None
        and at == high
        and any(t.pos_ in ("ADP", "VERB", "AUX", "SCONJ") for t in doc[verb.i + 1 : high])
    ):
        return None
    if quote is None:
        colon = next((i for i in range(high, min(high + 15, paragraph[1] - 1)) if doc[i].text == ":"), None)
        if colon is None or any(
            doc[i].text in STOPS or (doc[i].dep_ == "ccomp" and doc[i].head == verb) for i in range(high, colon)
        ):
            return None
        quote = quotations.opening.get(colon + 1)
    return quote if quote is not None and ends(quotations, quote, paragraph) else None


def ends(quotations: Quotations, quote: Quote, paragraph: tuple[int, int]) -> bool:
    """Whether a quotation stands as a whole, not as a part of the reporter's clause that goes on after it."""
    doc, after = quotations.doc, quote.end + 1
    return (
        quote.open
        or after >= paragraph[1]
        or doc[quote.end - 1].text in STOPS | PAUSES
        or doc[after].text in STOPS | PAUSES
    )


def _with_lead(quotations: Quotations, quote: Quote, paragraph: tuple[int, int]) -> tuple[tuple[int, int], bool]:
    """The quotation, or the clause that leads into it and ends with it: 'it was "too big," he said'."""
    doc, at = quotations.doc, quote.start - 2
    if at < paragraph[0] or doc[at].text in STOPS | {":"} or at in quotations.closing:
        return (quote.start, quote.end), True
    if (
        (doc[at].text in PAUSES or doc[at].text.endswith("."))
        and doc[quote.start].is_title
        and quote.end - quote.start > FEWEST
    ):
        return (quote.start, quote.end), True
    while (
        at > paragraph[0]
        and doc[at - 1].text not in STOPS
        and not (at - 1 in quotations.closing and doc[at - 2].text in STOPS)
    ):
        at -= 1
    content = trimmed(doc, at, quote.end + 1)
    return (content, False) if content else ((quote.start, quote.end), True)


def _clause_before(
    quotations: Quotations, verb: Token, low: int, high: int, sentence: tuple[int, int]
) -> tuple[int, int] | None:
    """'It will go on, he said.' and 'The group, he said, will go on.'"""
    doc = quotations.doc
    if low - 2 < sentence[0] or doc[low - 1].text not in PAUSES - {":"}:
        return None
    if verb.tag_ in ("VBG", "VB") and quoting_verb(verb) is None:
        return None
    if (
        high < sentence[1]
        and doc[high].text not in STOPS | PAUSES
        and high not in quotations.closing
        and doc[high].pos_ not in ("SCONJ", "ADP", "ADV", "CCONJ")
    ):
        return None
    if high < sentence[1] and doc[high].lower_ in lexicon().preps.get(verb.lemma_.lower(), ()):
        return None
    if any(c.dep_ in ("ccomp", "xcomp") and c.i > verb.i for c in verb.children):
        return None
    if not _is_whole(doc, sentence[0], low):
        infix = (
            high < sentence[1]
            and doc[high].text == ","
            and any(t.pos_ in ("VERB", "AUX") for t in doc[high : sentence[1]])
        )
        return trimmed(doc, sentence[0], sentence[1]) if infix else None
    if (
        verb.dep_ == "conj"
        and verb.head.i < low
        and any(c.dep_ in SUBJECTS for c in verb.head.children)
        and not any(c.dep_ in SUBJECTS for c in verb.children)
    ):
        return None
    return trimmed(doc, sentence[0], low)


def _is_whole(doc: Doc, start: int, end: int) -> bool:
    """Whether the words before a cue are a clause by themselves, not an opening such as 'If it fails'."""
    head = doc[start:end].root
    return (
        head.pos_ in ("VERB", "AUX")
        and head.dep_ not in ("advcl", "prep", "acl", "relcl", "pcomp", "amod")
        and end - start > FEWEST + 1
    )
