"""Headlines, transcripts and posts: who speaks stands before or after a colon, or signs with a handle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from standoff.extract.cues import words
from standoff.extract.reading import Reading
from standoff.extract.speech.cued import DASHES, STOPS, Found, trimmed

_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART"})
_SOURCES = ("media", "anonymous", "officials")  # lists of the lexicon whose nouns may stand after the colon
_LONGEST = 25  # tokens of a headline


def headlines(reading: Reading) -> Iterable[Found]:
    """'Minister: Talks go on' and 'Talks go on: minister' as lines without a full stop; 'NAME: ...' in a transcript."""
    doc = reading.doc
    spoken = Counter(
        doc[first].text for first, last in reading.parsed.paragraphs if last - first > 2 and doc[first + 1].text == ":"
    )
    for first, last in reading.parsed.paragraphs:
        colon = next((i for i in range(first + 1, min(first + _LONGEST, last - 1)) if doc[i].text == ":"), None)
        if colon is None:
            continue
        who = doc[first:colon].root
        if colon == first + 1 and who.text.isupper() and len(who) > 2 and spoken[who.text] > 1:
            yield _headline(doc, (colon + 1, last), colon, who, "transcript", 0.85)
        elif last - first <= _LONGEST and doc[last - 1].text not in STOPS:
            yield from _headline_of(reading, first, colon, last)


def posts(reading: Reading) -> Iterable[Found]:
    """Posts set into a page: 'Talks went well! — Jo Doe (@jodoe) May 3, 2019'."""
    doc = reading.doc
    for first, last in reading.parsed.paragraphs:
        for i in range(first + 3, last - 1):
            if doc[i].text.startswith("@") and doc[i - 1].text == "(":
                dash = next((k for k in range(i - 3, max(i - 9, first), -1) if doc[k].text in DASHES), None)
                told = dash is not None and sum(t.is_alpha for t in doc[first:dash]) > 1  # not the '...' of one cut off
                if dash is not None and told:
                    yield _headline(doc, (first, dash), dash, doc[dash + 1 : i - 1].root, "post", 0.9)
                break


def _headline_of(reading: Reading, first: int, colon: int, last: int) -> Iterable[Found]:
    doc = reading.doc
    left, right = doc[first:colon], doc[colon + 1 : last]
    who, whose = left.root, right.root
    if len(left) <= 6 and len(right) >= 4 and _names_somebody(reading, who) and all(t.pos_ in _NAMING for t in left):
        yield _headline(doc, (colon + 1, last), colon, who, "headline", 0.7)
    elif len(right) <= 4 <= len(left) and any(whose.lemma_.lower() in words("statements", k) for k in _SOURCES):
        yield _headline(doc, (first, colon), colon, whose, "headline", 0.8)


def _headline(doc: Doc, content: tuple[int, int], colon: int, who: Token, rule: str, confidence: float) -> Found:
    inner = trimmed(doc, *content) or content
    return Found(content=inner, cue=(colon, colon + 1), verb=doc[colon], source=who, rule=rule, confidence=confidence)


def _names_somebody(reading: Reading, head: Token) -> bool:
    mention = reading.mention(head)
    if mention is not None:
        return mention.kind in ("official", "person", "body", "outlet")
    return head.lower_ in words("statements", "reporting") | words("statements", "officials") or (
        head.pos_ == "PROPN" and head.ent_type_ in ("PERSON", "ORG")
    )
