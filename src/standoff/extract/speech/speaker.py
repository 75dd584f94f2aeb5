"""Who says it, as the grammar of the cue shows: the head word of the source beside a verb of saying."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import words
from standoff.extract.speech.cued import DASHES, SUBJECTS

FIRST = frozenset(["i", "we", "you", "us", "me"])


def speaker_of(verb: Token) -> Token | None:
    """Who says it: the subject, of a passive the 'by' phrase; nobody for the first person and for a filler 'it'."""
    if (quoting := quoting_verb(verb)) is not None:
        return next((c for c in quoting.children if c.dep_ in ("dobj", "nsubjpass")), None)
    if _is_undergone(verb):
        return clauses.agent(verb)
    relative = next((c for c in verb.children if c.dep_ in SUBJECTS and c.tag_ in ("WDT", "WP")), None)
    found = relative if relative is not None and verb.dep_ == "relcl" else clauses.subject(verb)
    if found is None:
        found = _beside(verb)
    if found is None or is_first(found) or found.dep_ == "expl" or found == verb or found.text.startswith("'"):
        return None
    if found.lower_ in ("what", "this", "there") or (found.tag_ in ("WDT", "WP") and found is not relative):
        return None
    if found.pos_ in ("VERB", "AUX", "ADV", "ADP") and not found.text[:1].isupper():
        return None
    return _past_dateline(found)


def quoting_verb(verb: Token) -> Token | None:
    """'quoted' in 'the agency quoted Lee as saying', 'Lee was quoted as saying', for the verb 'saying'."""
    above = verb.head.head
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and above.lemma_ in ("quote", "cite"):
        return above
    return None


def passer(verb: Token) -> Token | None:
    """Who quotes the speaker: 'the agency' in 'the agency quoted Lee as saying'."""
    quoting = quoting_verb(verb)
    return next((c for c in quoting.children if c.dep_ == "nsubj"), None) if quoting is not None else None


def _is_undergone(verb: Token) -> bool:
    """Passive, or a participle without a subject of its own: 'asked whether', 'reporters invited to attend'."""
    if clauses.is_passive(verb):
        return True
    if verb.dep_ == "acl":
        return verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.nbor(-1).text != ",")
    own = any(c.dep_ in ("aux", *SUBJECTS) for c in verb.children)
    return verb.dep_ == "advcl" and verb.tag_ in ("VBN", "VBD") and not own


def _past_dateline(found: Token) -> Token:
    """The subject after the place that a first sentence opens with: 'GENEVA, Switzerland - The minister said'."""
    doc, first = found.doc, found.sent.start
    if not (found.text.isupper() and len(found) > 3 and found.i - first < 3):
        return found
    dash = next((i for i in range(found.i + 1, min(found.i + 8, found.sent.end)) if doc[i].text in DASHES), None)
    if dash is None:
        return found
    subject = next((t for t in doc[dash + 1 : found.sent.end] if t.dep_ in SUBJECTS), None)
    at = dash + 1
    while subject is None and at + 1 < found.sent.end and doc[at].pos_ == "PROPN" == doc[at + 1].pos_:
        at += 1
    return subject or (doc[at] if doc[at].pos_ == "PROPN" else found)


def _beside(verb: Token) -> Token | None:
    """The name right before a plain verb whose subject the parser has lost; else the name its sentence begins with."""
    if verb.lemma_.lower() not in words("statements", "plain") or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == 0:
        return None
    before = verb.nbor(-1)
    if (behind := _behind_comma(verb, before)) is not None:
        return behind
    if before.pos_ == "PROPN" or (before.tag_ == "PRP" and before.lower_ not in ("him", "them", "her", "it")):
        return before
    first = verb.sent[0]
    if before.text != "," or first.pos_ != "PROPN" or first.i >= verb.i - 2:
        return None
    while first.nbor(1).pos_ == "PROPN":
        first = first.nbor(1)
    return first


def _behind_comma(verb: Token, last: Token) -> Token | None:
    """'..., an adviser to the ministry said', where the parser puts the adviser beside the last thing of the clause."""
    if (verb.i + 1 < len(verb.doc) and verb.nbor(1).text not in (".", ",", "”", '"')) or not list(verb.lefts):
        return None
    for token in (last, *last.ancestors):
        if token.pos_ in ("VERB", "AUX") or token.right_edge != last:
            return None
        if token.left_edge.i > 0 and token.left_edge.nbor(-1).text == ",":
            return token if token.dep_ in ("appos", "conj") and token.pos_ in ("NOUN", "PROPN") else None
    return None


def is_first(token: Token) -> bool:
    """'I', 'we', 'you', 'us'; the country 'US' is none of them."""
    return token.lower_ in FIRST and token.text != "US"
