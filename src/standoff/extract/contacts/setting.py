"""Where and when a contact is: the places and times that belong to it, rather than to what else its sentence tells."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from standoff.extract import clauses
from standoff.extract.contacts.way import governor, lemma, path, scene
from standoff.extract.cues import cues, words
from standoff.extract.reading import Reading
from standoff.extract.times.when import TimeExpression

_IN = ("in", "at", "to", "into")
_DATELINE = 14  # words of 'NAIROBI, May 2 (Agency) -' at most
_CAPTION = 40  # words: a longer sentence tells more than one thing


def own_clauses(noun: Token) -> Iterator[Token]:
    """The clauses that say more of a contact: 'the meeting scheduled for', 'the letter that he sent to'."""
    of = [t for t in clauses.prepositional(noun, "of") if lemma(t) in cues("contacts")["nouns"]]
    for child in (*noun.children, *(c for t in of for c in t.children)):
        if child.dep_ in ("acl", "relcl") and child.pos_ in ("VERB", "AUX", "ADJ"):
            yield child
        elif (
            child.dep_ == "prep" and noun.pos_ == "NOUN"
        ):  # "his summit with the king, which was cut short": the summit
            named = [t for first in child.children for t in (first, *clauses.conjuncts(first))]
            yield from (
                r
                for t in named
                for r in t.children
                if r.dep_ == "relcl" and any(c.lower_ in ("which", "that") for c in r.children)
            )


def place_at(reading: Reading, token: Token) -> Tokens | None:
    """A place that a preposition or a verb of going points to; None for what is no place."""
    mention = reading.mention(token)
    if token.ent_type_ in ("GPE", "LOC", "FAC") or (
        mention is not None and mention.kind in ("party", "metonym", "body") and mention.party
    ):
        return _place_name(token)
    return None


def party_at(reading: Reading, place: Tokens | None) -> str | None:
    mention = reading.mention(place.root) if place is not None else None
    return mention.party if mention is not None and mention.kind in ("party", "metonym", "body") else None


def _place_name(token: Token) -> Tokens:
    doc: Doc = token.doc
    start, end = _entity(token) or (token.i, token.i + 1)
    while end < len(doc) - 1 and doc[end].text == "," and doc[end + 1].ent_type_ == "GPE":  # "Osaka, Japan"
        following = _entity(doc[end + 1])
        if following is None:
            break
        end = following[1]
    return doc[start:end]


def _entity(token: Token) -> tuple[int, int] | None:
    """The place of the entity that holds a token; None for none, or one that goes beyond the sentence."""
    doc, start, end = token.doc, token.i, token.i + 1
    if not token.ent_type:
        return None
    while doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    sent = token.sent
    return (start, end) if sent.start <= start and end <= sent.end else None


def where(reading: Reading, event: Token) -> Tokens | None:
    for head in (
        event,
        *_governing(event),
        *(t for c in event.children if c.dep_ in ("dobj", "prep") for t in (c, *c.children)),
    ):
        for token in clauses.prepositional(head, *_IN):
            if token.ent_type_ in ("GPE", "LOC", "FAC"):
                return _place_name(token)
    if (hung := _hung(reading, event)) is not None:
        return hung
    if _one_clause(event):
        named = [
            t
            for t in event.sent
            if t.ent_type_ in ("GPE", "LOC", "FAC") and t.dep_ == "pobj" and t.head.lower_ in ("in", "at")
        ]
        if named:
            return _place_name(named[0])
    for child in event.children:
        if child.dep_ == "compound" and child.ent_type_ in ("GPE", "LOC", "FAC") and reading.mention(child) is None:
            return _place_name(child)
    return None


def _hung(reading: Reading, event: Token) -> Tokens | None:
    """The place that the parser hung on the last name: 'met envoys of the king in Nairobi'."""
    met = next((c for c in reversed(list(event.children)) if c.dep_ == "dobj"), None)
    if met is None or event.pos_ != "VERB":
        return None
    for token in met.subtree:
        within = token.dep_ == "pobj" and token.head.lower_ == "in" and token.i > met.i + 1
        if within and (token.ent_type_ == "GPE" or party_at(reading, _place_name(token)) is not None):
            return _place_name(token)
    return None


def _governing(event: Token) -> Iterator[Token]:
    """The words that a time or place of the contact may hang on: its own clauses, and the verbs that carry it."""
    yield from own_clauses(event)
    for token in path(event):
        kind = governor(token)
        if kind in ("sought", "considered", "refused", "missed") or (
            kind == "planned" and token.pos_ == "VERB" and not clauses.is_passive(token)
        ):
            return
        if token.pos_ in ("VERB", "AUX", "ADP", "NOUN"):
            yield token
        if token.pos_ in ("VERB", "AUX"):
            taken = [c for c in token.children if c.dep_ in ("xcomp", "acomp", "oprd")]
            yield from (t for c in taken for t in (c, *(g for g in c.children if g.dep_ == "xcomp")))
            if token.dep_ not in ("xcomp", "acl", "pcomp") or kind is None:
                return


def time_of(reading: Reading, event: Token, times: tuple[TimeExpression, ...], *, ahead: bool) -> TimeExpression | None:
    """The time that belongs to the contact: in its phrase or on its verb; one to come if it is `ahead`."""
    near = {event, *_governing(event)}
    if (set_by := scene(event)) is not None and lemma(set_by) not in words("contacts", "speech"):
        near.add(set_by)
    start, end = reading.doc[opening(event.sent)].idx, event.sent.end_char
    here = [t for t in times if start <= t.start < end and t.kind != "recurring"]
    here = [t for t in here if t.kind != "duration" or "for" in t.text]
    found: list[tuple[bool, int, int]] = []
    for k, time in enumerate(here):
        tokens = reading.doc.char_span(time.start, time.end, alignment_mode="expand")
        if tokens is not None and _hangs_on(tokens, near) and reading.quote(event) == reading.quote(tokens.root):
            past = (
                ahead
                and time.when is not None
                and reading.published is not None
                and (time.when.last or reading.published) < reading.published
            )
            found.append((past, min(abs(tokens.start - event.i), abs(tokens.end - event.i)), k))
    if found:
        return here[min(found)[2]]
    dated = [t for t in here if t.kind == "date"]
    return dated[0] if len(dated) == 1 and reading.quote(event) is None and _one_clause(event) else None


def opening(sent: Tokens) -> int:
    """Where a sentence begins to tell, after its dateline: 'NAIROBI, May 2 (Agency) - The minister met'."""
    if not (sent[0].is_upper and len(sent[0]) > 3):
        return sent.start
    dashes = (t.i + 1 for t in sent[1:_DATELINE] if t.text in ("-", "–", "—", "--"))
    return min(next(dashes, sent.start), sent.end - 1)


def _one_clause(event: Token) -> bool:
    """Whether its sentence has one finite verb, as a caption has: what it names belongs to the contact."""
    if governor(event.sent.root) not in (None, "held"):
        return False
    return (
        sum(t.tag_ in ("VBD", "VBP", "VBZ", "MD") and t.dep_ not in ("amod", "compound") for t in event.sent) == 1
        and len(event.sent) < _CAPTION
    )


def _hangs_on(tokens: Tokens, near: set[Token]) -> bool:
    at = tokens.root
    for _ in range(4):
        if at in near:
            return True
        if at.head == at or at.pos_ in ("VERB", "AUX"):
            return False
        at = at.head
    return at in near
