"""Quotations that no cue has claimed: told by word order, or said by whoever spoke last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from standoff.extract.quotes import Quote
from standoff.extract.reading import Reading
from standoff.extract.speech.cued import DASHES, STOPS, SUBJECTS, Found, cue_range
from standoff.extract.speech.quoted import FEWEST, Quotations, ends


def unclaimed(reading: Reading, quotations: Quotations, found: list[Found]) -> Iterator[Found]:
    """Whole-sentence quotations that no cue has claimed: told by word order, or said by whoever spoke last."""
    covered = sorted(f.content for f in found)
    spoken = sorted(
        (f for f in found if f.source is not None and f.rule not in ("noun", "adjective")), key=lambda f: f.cue
    )
    for quote in quotations.all:
        if any(start < quote.end and quote.start < end for start, end in covered):
            continue
        paragraph = reading.parsed.paragraph(quotations.doc[quote.start])
        if (
            _is_rest(quotations, quote, spoken)
            and (new := _going_on(reading, quotations, quote, paragraph, spoken)) is not None
        ):
            yield new
        if quote.end - quote.start < FEWEST or not _is_sentence(quotations, quote, paragraph):
            continue
        new = (
            _dashed(quotations, quote, paragraph)
            or _headed(quotations, quote, paragraph)
            or _going_on(reading, quotations, quote, paragraph, spoken)
        )
        if new is not None:
            spoken = sorted([*spoken, new], key=lambda f: f.cue)
            yield new


def _is_rest(quotations: Quotations, quote: Quote, spoken: list[Found]) -> bool:
    """Whether it is the rest of a quotation that a cue has interrupted: '"If so," he said of the plan, "we go."'"""
    doc, at = quotations.doc, quote.start - 2
    if (
        at < 0
        or doc[at].text not in {",", "and", "but"}
        or doc[quote.start].text[:1].isupper()
        or doc[quote.end - 1].text not in STOPS | {","}
    ):
        return False
    last = next((f for f in reversed(spoken) if f.cue[0] < quote.start), None)
    return (
        last is not None
        and last.rule == "quote-before"
        and not any(t.text in STOPS for t in doc[last.cue[0] : quote.start])
    )


def _is_sentence(quotations: Quotations, quote: Quote, paragraph: tuple[int, int]) -> bool:
    doc, at = quotations.doc, quote.start - 2
    begins = at < paragraph[0] or doc[at].text in STOPS | {":"} or at in quotations.closing
    return (
        begins
        and (doc[quote.start].text[:1].isupper() or not doc[quote.start].is_alpha)
        and ends(quotations, quote, paragraph)
    )


def _dashed(quotations: Quotations, quote: Quote, paragraph: tuple[int, int]) -> Found | None:
    """'"..." - Name' and '"...," Name thundered': who stands after the closing mark, or after a dash."""
    doc, at = quotations.doc, quote.end + 1
    if at + 1 >= len(doc):
        return None
    dash = doc[at].text in DASHES
    if not dash and at + 1 >= paragraph[1]:
        return None
    who = next(
        (
            t
            for t in doc[at : min(at + 8, len(doc) if dash else paragraph[1])]
            if t.dep_ in SUBJECTS or (dash and _is_name(t))
        ),
        None,
    )
    if who is None:
        return None
    if dash:
        return _plain(quote, (at, at + 1), who, who, "dash", 0.75)
    verb = who.head
    beside = (
        doc[quote.end - 1].text == ","
        and who.pos_ in ("PROPN", "PRON")
        and verb.pos_ == "VERB"
        and abs(verb.i - who.i) < 4
    )
    return _plain(quote, cue_range(verb), verb, who, "word-order", 0.7) if beside else None


def _headed(quotations: Quotations, quote: Quote, paragraph: tuple[int, int]) -> Found | None:
    """'In a statement the ministry put it bluntly: "..."': the subject of what stands before the colon."""
    doc, colon = quotations.doc, quote.start - 2
    if colon < paragraph[0] or doc[colon].text != ":":
        return None
    start = colon
    while start > paragraph[0] and doc[start - 1].text not in STOPS:
        start -= 1
    subjects = [t for t in doc[start:colon] if t.dep_ in SUBJECTS and _may_speak(t) and t.i not in quotations.inside]
    if subjects:
        verb = subjects[0].head
        return _plain(quote, cue_range(verb), verb, subjects[0], "colon", 0.65)
    names = [t for t in doc[start:colon] if _is_name(t)]
    return _plain(quote, (colon, colon + 1), names[0], names[0], "colon", 0.65) if names and colon - start < 8 else None


def _is_name(token: Token) -> bool:
    """The head word of a name."""
    return token.pos_ == "PROPN" and (token.head == token or token.head.pos_ != "PROPN")


def _may_speak(token: Token) -> bool:
    return token.pos_ in ("PROPN", "NOUN") or token.lower_ in ("he", "she", "they", "who")


def _going_on(
    reading: Reading, quotations: Quotations, quote: Quote, paragraph: tuple[int, int], spoken: list[Found]
) -> Found | None:
    """The same speaker goes on: earlier in the paragraph, or in the paragraph before."""
    here = [f for f in spoken if paragraph[0] <= f.cue[0] < quote.start]
    if here:
        return _again(here[-1], quote, 0.9)
    at = reading.parsed.paragraphs.index(paragraph)
    if quote.start - 2 >= paragraph[0]:
        return _spoken_of(reading, quote, paragraph)
    if at == 0 or not (quote.open or quotations.doc[quote.end - 1].text in STOPS):
        return None
    first = reading.parsed.paragraphs[at - 1][0]
    above = [f for f in spoken if first <= f.cue[0] < paragraph[0] or first <= f.content[0] < paragraph[0]]
    return _again(above[-1], quote, 0.7) if above else None


def _again(last: Found, quote: Quote, confidence: float) -> Found:
    place = (quote.start, quote.end)
    return replace(
        last, content=place, quoted=True, heads=(), told=None, rule="going-on", confidence=confidence, act="assert"
    )


def _spoken_of(reading: Reading, quote: Quote, paragraph: tuple[int, int]) -> Found | None:
    """'The minister defended the delay. "We need time."': the person whom the sentence before is about."""
    for i in range(quote.start - 2, paragraph[0] - 1, -1):
        token = reading.doc[i]
        if token.text in STOPS and i < quote.start - 2:
            return None
        mention = reading.mention(token)
        if token.dep_ in SUBJECTS and mention is not None and mention.kind in ("official", "person"):
            return _plain(quote, cue_range(token.head), token.head, token, "spoken-of", 0.6)
    return None


def _plain(quote: Quote, cue: tuple[int, int], verb: Token, who: Token, rule: str, confidence: float) -> Found:
    return Found(
        content=(quote.start, quote.end), cue=cue, verb=verb, source=who, rule=rule, confidence=confidence, quoted=True
    )
