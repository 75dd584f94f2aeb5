"""What others are said to have said, 'according to X', and those who say nothing."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues
from standoff.extract.speech.cued import Found, cue_range, cut, trimmed
from standoff.extract.speech.speaker import is_first


def passive(verb: Token, sentence: tuple[int, int]) -> Found | None:
    """'is reported to be sending', 'was said to have': told by others whom the sentence does not name."""
    if (
        verb.lemma_ not in cues("statements")["passive"]
        or verb.lemma_ in ("believe", "think", "understand")
        or not clauses.is_passive(verb)
    ):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    head = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i), None)
    if subject is None or head is None:
        return None
    start = head.left_edge.i if subject.lower_ == "it" else subject.left_edge.i
    content = trimmed(verb.doc, start, cut(verb.doc, start, head.right_edge.i + 1, head))
    return (
        Found(content=content, cue=cue_range(verb), verb=verb, source=None, rule="hearsay", confidence=0.5)
        if content
        else None
    )


def hearsay(adverb: Token, sentence: tuple[int, int]) -> Found | None:
    """'reportedly': the clause around it, told by others whom the sentence does not name."""
    verb = adverb.head
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    start, end = max(verb.left_edge.i, sentence[0]), min(verb.right_edge.i + 1, sentence[1])
    content = trimmed(adverb.doc, start, end)
    return (
        Found(content=content, cue=(adverb.i, adverb.i + 1), verb=adverb, source=None, rule="hearsay", confidence=0.5)
        if content
        else None
    )


def according(token: Token, sentence: tuple[int, int]) -> Found | None:
    """'according to X, C' and 'C, according to X'."""
    doc = token.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    to = doc[token.i + 1]
    inner = next((c for t in (to, token) for c in t.children if c.dep_ in ("pobj", "pcomp") and c.i > to.i), None)
    if inner is None:
        inner = next((t for t in doc[to.i + 1 : sentence[1]] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    if inner is None:
        return None
    ends = min(inner.right_edge.i + 1, sentence[1])
    if token.i - sentence[0] <= 1:
        comma = next((t.i for t in doc[inner.i + 1 : sentence[1]] if t.text == "," and t.i >= ends - 1), ends)
        content = trimmed(doc, comma, sentence[1])
    else:
        content = trimmed(doc, sentence[0], token.i)
    if content is None or content[1] - content[0] < 2:
        return None
    head = doc[content[0] : content[1]].root
    return Found(
        content=content,
        cue=(token.i, token.i + 2),
        verb=token,
        source=inner,
        heads=(head.i,),
        rule="according-to",
        confidence=0.85,
    )


def silence(verb: Token, lemma: str) -> Found | None:
    """Refusals to comment: 'declined to say', 'did not respond to', 'gave no details', 'referred questions to'."""
    quiet = cues("statements")["silence"]
    content: tuple[int, int] | None = None
    if lemma in quiet["declines"]:
        head = next((c for c in verb.children if c.dep_ == "xcomp" and c.lemma_ in quiet["of"]), None)
        content = _reach(verb, head)
    elif lemma in quiet["answers"] and clauses.is_negated(verb):
        reach = _reach(verb, next((c for c in verb.children if c.dep_ == "prep" and c.i > verb.i), None))
        whole = clauses.subject(verb)
        if whole is not None and (reach is not None or lemma in ("respond", "reply", "comment")):
            content = (min(whole.left_edge.i, cue_range(verb)[0]), reach[1] if reach else cue_range(verb)[1])
    elif lemma in quiet["gives"] + quiet["returns"] + quiet["refers"]:
        content = _reach(verb, _silent_object(verb, lemma, quiet))
    if content is None:
        return None
    source = clauses.subject(verb)
    if source is None or is_first(source):
        return None
    return Found(
        content=content,
        cue=cue_range(verb),
        verb=verb,
        source=source,
        act="decline-to-comment",
        rule="silence",
        confidence=0.8,
    )


def _silent_object(verb: Token, lemma: str, quiet: dict[str, list[str]]) -> Token | None:
    for thing in clauses.objects(verb):
        none = any(c.lower_ == "no" for c in thing.children) or clauses.is_negated(verb)
        if lemma in quiet["gives"] and thing.lemma_ in quiet["nothing"] and none:
            return thing
        if lemma in quiet["returns"] and thing.lemma_ in quiet["calls"] and clauses.is_negated(verb):
            return thing
        if lemma in quiet["refers"] and thing.lemma_ in quiet["asked"]:
            return thing
    return None


def _reach(verb: Token, head: Token | None) -> tuple[int, int] | None:
    if head is None:
        return None
    end = head.right_edge.i + 1
    for late in verb.children:
        if late.i > head.i and late.dep_ in ("prep", "dative"):
            end = max(end, late.right_edge.i + 1)
    return trimmed(verb.doc, head.left_edge.i, cut(verb.doc, head.left_edge.i, end, head))
