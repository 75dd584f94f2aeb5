"""Reported speech by grammar: a word that puts something into somebody's mouth, and what it puts there.

Here the verbs (said that, vowed to, urged X to, called for, rejected the claim); nouns and adjectives are in
`reported_nouns`, 'according to', passives and refusals to comment in `hearsay`, quotations and the words beside them in
`quoted`. Which words take what is in the lexicon (`cues/en/statements.yaml`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues, words
from standoff.extract.speech.cued import MARKS, STOPS, SUBJECTS, Found, cue_range, cut, lexicon, says_something, trimmed
from standoff.extract.speech.hearsay import according, hearsay, passive, silence
from standoff.extract.speech.reported_nouns import held_by_adjective, held_by_noun
from standoff.extract.speech.speaker import passer, speaker_of
from standoff.model.record import Act

_OPENERS = frozenset({"PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM", "PUNCT"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_KEEP_AFTER = frozenset(["because", "if", "unless", "so", "until", "since"])


@cache
def openers() -> frozenset[str]:
    """The words at which a cue may stand, as they are or by their dictionary form: all others report nothing."""
    known, table = lexicon(), cues("statements")
    quiet = (word for key in ("declines", "answers", "gives", "returns", "refers") for word in table["silence"][key])
    return frozenset(
        (
            "according",
            "citing",
            "quoting",
            *known.takes,
            *known.noun_takes,
            *known.adjectives,
            *table["hearsay"],
            *quiet,
        )
    )


def by_grammar(token: Token, sentence: tuple[int, int]) -> Found | None:
    """What a cue word reports, where the sentence's grammar shows it."""
    lemma, known = token.lemma_.lower(), lexicon()
    if token.lower_ == "according":
        return according(token, sentence)
    if token.pos_ in ("VERB", "AUX") or _is_mistaken(token):
        if (silent := silence(token, lemma)) is not None:
            return silent
        if lemma in known.takes:
            return _verb(token, lemma, known.takes[lemma], sentence)
        return None
    if token.pos_ == "NOUN" and lemma in known.noun_takes:
        return held_by_noun(token, lemma, known)
    if token.pos_ == "ADJ" and token.lower_ in known.adjectives:
        return held_by_adjective(token)
    if token.pos_ == "ADV" and token.lower_ in cues("statements")["hearsay"]:
        return hearsay(token, sentence)
    return None


def _is_mistaken(token: Token) -> bool:
    """Whether a word that the tagger takes for a noun stands as a verb: it has a subject and a clause."""
    return token.pos_ == "NOUN" and {"nsubj", "ccomp"} <= {c.dep_ for c in token.children}


def _verb(verb: Token, lemma: str, takes: frozenset[str], sentence: tuple[int, int]) -> Found | None:
    if _is_unspoken(verb):
        return None
    source = speaker_of(verb)
    if source is None:
        return passive(verb, sentence)
    for kind in ("that", "whom", "to", "prep", "name", "thing"):
        if kind in takes and (found := _TAKERS[kind](verb, lemma, source, sentence)) is not None:
            return found
    if lemma in words("statements", "plain"):
        return _broken(verb, lemma, source, sentence)
    return None


def _is_unspoken(verb: Token) -> bool:
    """Whether nobody has said it yet, or nobody did: 'to say', 'might announce', 'would ask for', 'did not say'.

    Not so after a verb that only colours the saying: 'went on to say', 'refused to rule out'.
    """
    lowered = {c.lower_ for c in verb.children if c.dep_ in ("aux", "neg")}
    if lowered & clauses.NEGATIONS or lowered & (clauses.HYPOTHETICAL | clauses.EXPECTED):
        return True
    if "to" in lowered:
        quiet = cues("statements")["silence"]
        if verb.head.lemma_ in quiet["declines"] and verb.lemma_ in quiet["of"]:
            return True
        return verb.dep_ != "xcomp" or verb.head.lemma_ not in words("statements", "aspects")
    return verb.dep_ == "conj" and verb.tag_ == "VB" and _is_unspoken(verb.head) if verb.head != verb else False


def _make(
    verb: Token, lemma: str, source: Token, content: tuple[int, int], rule: str, confidence: float, **more: object
) -> Found:
    plain = rule in ("that", "broken", "parenthesis") and lemma in words("statements", "plain_acts")
    act: Act = "assert" if plain else lexicon().acts.get(lemma, "assert")
    if rule == "name" and act == "ask":
        act = "assert"
    return Found(
        content=content,
        cue=cue_range(verb),
        verb=verb,
        source=source,
        act=act,
        rule=rule,
        confidence=confidence,
        passed=passer(verb),
        **more,  # type: ignore[arg-type]
    )


def _that(verb: Token, lemma: str, source: Token, sentence: tuple[int, int]) -> Found | None:
    for head in verb.children:
        if head.dep_ == "ccomp" and head.i > verb.i:
            return _clause(verb, lemma, source, head, sentence)
    for thing in verb.children:
        if thing.dep_ in ("dobj", "dative") and thing.i > verb.i:
            for head in thing.children:
                if head.dep_ in ("acl", "relcl", "ccomp") and _marked(head) and lemma in words("statements", "plain"):
                    return _clause(verb, lemma, source, head, sentence)
    return None


def _clause(verb: Token, lemma: str, source: Token, head: Token, sentence: tuple[int, int]) -> Found | None:
    start, end = _begin(verb, head), head.right_edge.i + 1
    for late in verb.children:
        if late.dep_ == "advcl" and late.i > head.i and late.left_edge.lower_ in _KEEP_AFTER:
            end = max(end, late.right_edge.i + 1)
    for late in verb.children:
        if (
            late.dep_ == "conj"
            and late.i > end
            and late.lemma_.lower() not in lexicon().takes
            and any(c.dep_ in SUBJECTS for c in late.children)
        ):
            end = late.right_edge.i + 1
    end = min([end, *(c.left_edge.i for c in head.children if _is_meanwhile(verb, head, c))])
    content = trimmed(verb.doc, start, cut(verb.doc, start, end, head))
    if content is None or content[1] - content[0] < 2:
        return None
    told = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and verb.i < c.i < head.i), None)
    return _make(verb, lemma, source, content, "that", 0.88, heads=(head.i,), told=told)


def _is_meanwhile(verb: Token, head: Token, child: Token) -> bool:
    """'denies that talks are on, while others met': told by the report, in the tense of its own verb."""
    if child.dep_ != "advcl" or child.left_edge.lower_ != "while" or child.left_edge.nbor(-1).text != ",":
        return False
    tenses = {t.tag_ for t in (head, *head.children) if t == head or t.dep_ in ("aux", "auxpass")}
    return child.tag_ == verb.tag_ == "VBD" and "VBD" not in tenses


def _begin(verb: Token, head: Token) -> int:
    """Where a clause begins, without what stands between the verb and it: 'said Monday it would', 'reported, citing
    officials, that it would'."""
    start = max(head.left_edge.i, verb.i + 1)
    mark = next((c for c in head.lefts if c.dep_ == "mark" and c.lower_ == "that" and c.i > start), None)
    if mark is not None and verb.doc[start].lower_ in ("citing", "quoting"):
        return mark.i
    for child in head.lefts:
        if child.dep_ == "npadvmod" and child.left_edge.i == start and child.right_edge.i + 1 < head.i:
            return child.right_edge.i + 1
    return start


def _marked(head: Token) -> bool:
    return any(c.dep_ == "mark" or c.lower_ == "that" for c in head.children)


def _to(verb: Token, lemma: str, source: Token, sentence: tuple[int, int]) -> Found | None:
    for head in verb.children:
        if head.dep_ == "xcomp" and head.i > verb.i and any(c.lower_ == "to" for c in head.children):
            if head.lemma_ in cues("statements")["unnamed"]:
                return None
            content = trimmed(verb.doc, head.left_edge.i, cut(verb.doc, head.left_edge.i, head.right_edge.i + 1, head))
            return _make(verb, lemma, source, content, "to", 0.5, heads=(head.i,)) if content else None
    return None


def _whom(verb: Token, lemma: str, source: Token, sentence: tuple[int, int]) -> Found | None:
    for head in verb.children:
        if head.dep_ in ("xcomp", "ccomp") and head.i > verb.i and any(c.lower_ == "to" for c in head.children):
            if head.lemma_ in cues("statements")["unnamed"]:
                return None
            whom = next(
                (
                    c
                    for c in (*verb.children, *head.children)
                    if c.dep_ in ("dobj", "dative", "nsubj") and verb.i < c.i < head.i
                ),
                None,
            )
            start = whom.left_edge.i if whom is not None else head.left_edge.i
            content = trimmed(verb.doc, start, cut(verb.doc, start, head.right_edge.i + 1, head))
            if content is None:
                return None
            found = _make(verb, lemma, source, content, "whom", 0.8, heads=(head.i,))
            return _asking(found)
    whom = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if whom is not None and whom.right_edge.i + 2 < sentence[1] and whom.doc[whom.right_edge.i + 1].lower_ == "to":
        ends = [
            c.right_edge.i
            for c in verb.children
            if c.i > whom.i and c.dep_ in ("prep", "conj", "advcl") and not any(g.dep_ in SUBJECTS for g in c.children)
        ]
        content = trimmed(verb.doc, whom.left_edge.i, max([whom.right_edge.i, *ends]) + 1)
        if ends and content is not None:
            return _asking(_make(verb, lemma, source, content, "whom", 0.6, heads=(whom.i,)))
    return None


def _asking(found: Found) -> Found:
    return found if found.act != "assert" else replace(found, act="ask")


def _prep(verb: Token, lemma: str, source: Token, sentence: tuple[int, int]) -> Found | None:
    taken = lexicon().preps.get(lemma, frozenset())
    for child in verb.children:
        if child.dep_ in ("prep", "prt") and child.lower_ in taken and child.i > verb.i:
            inner = next((g for g in child.children if g.dep_ in ("pobj", "pcomp")), None)
            whom = next((c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < child.i), None)
            if inner is None or inner.lemma_ in cues("statements")["unnamed"]:
                continue
            if whom is not None and lemma not in words("statements", "whom_prep"):
                continue
            start = whom.left_edge.i if whom is not None else inner.left_edge.i
            end = max(g.right_edge.i for g in (inner, *_after(verb, inner))) + 1
            content = trimmed(verb.doc, start, cut(verb.doc, start, end, inner))
            return _make(verb, lemma, source, content, "preposition", 0.55, heads=(inner.i,)) if content else None
    return None


def _after(verb: Token, inner: Token) -> tuple[Token, ...]:
    """Infinitives that belong to the content though they hang on the verb: 'called on Y to stop'."""
    return tuple(
        c
        for c in verb.children
        if c.dep_ in ("xcomp", "advcl") and c.i > inner.i
        if any(g.lower_ == "to" for g in c.children) or (c.tag_ == "VBG" and c.left_edge.i == inner.right_edge.i + 1)
    )


def _thing(verb: Token, lemma: str, source: Token, sentence: tuple[int, int]) -> Found | None:
    things = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
    if not things or things[0].pos_ == "PRON" or clauses.is_negated(verb):
        return None
    if lemma == "cite" and any(g.dep_ == "pcomp" for g in clauses.prepositional(verb, "as")):
        return None  # "cited her as saying": that is hers, found at "saying"
    particles = {c.lower_ for c in verb.children if c.dep_ == "prt"}
    if lemma in words("statements", "thing_particles") and not particles:
        return None
    start = things[0].left_edge.i
    ends = [things[0].right_edge.i] + [
        c.right_edge.i
        for c in verb.children
        if c.i > things[0].i
        and c.dep_ in ("prep", "acl", "xcomp")
        and c.lower_ in ("of", "for", "as", "to", "that", "with", "about", "on")
    ]
    content = trimmed(verb.doc, start, cut(verb.doc, start, max(ends) + 1, things[0]))
    if content is None or not says_something(verb.doc, content, things[0]):
        return None
    return _make(verb, lemma, source, content, "thing", 0.6, heads=(things[0].i,))


def _name(verb: Token, lemma: str, source: Token, sentence: tuple[int, int]) -> Found | None:
    predicates = [
        c
        for c in verb.children
        if c.i > verb.i and (c.dep_ == "oprd" or (c.dep_ == "ccomp" and c.pos_ in ("NOUN", "ADJ", "PROPN")))
    ]
    objects = [c for c in verb.children if c.i > verb.i and c.dep_ == "dobj"]
    as_ = [
        g
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ in ("as", "to") and c.i > verb.i
        for g in c.children
        if g.dep_ in ("pobj", "pcomp", "amod", "acomp")
    ]
    if not predicates and not (as_ and objects):
        return _nickname(verb, lemma, source)
    last = (predicates or as_)[-1]
    if (last.pos_ == "PROPN" and last.nbor(-1).text not in MARKS) or (lemma == "call" and not predicates):
        return None
    whole = not (objects and objects[0].pos_ == "PRON") and not any(
        c.dep_ in SUBJECTS and c.pos_ == "PRON" for c in last.children
    )
    pieces = [*objects[:1], last] if whole else [last]
    start = (
        min(p.left_edge.i for p in pieces)
        if whole
        else next((c.i for c in last.subtree if c.dep_ not in SUBJECTS and c.i > verb.i), last.i)
    )
    content = trimmed(verb.doc, max(start, verb.i + 1), cut(verb.doc, start, last.right_edge.i + 1, last))
    return _make(verb, lemma, source, content, "name", 0.7, heads=(last.i,)) if content else None


def _nickname(verb: Token, lemma: str, source: Token) -> Found | None:
    """'called him "my friend"': the quotation close after a verb of naming, where the parser sees no predicate."""
    doc, reach = verb.doc, range(verb.i + 2, min(verb.i + 8, len(verb.doc)))
    start = next((i + 1 for i in reach if doc[i].text in MARKS), None)
    if lemma not in words("statements", "namings") or start is None:
        return None
    end = next((i for i in range(start, min(start + 15, len(doc))) if doc[i].text in MARKS), None)
    between = doc[verb.i + 1 : start - 1]
    if end is None or end == start or any(t.pos_ == "VERB" or t.text in STOPS for t in between):
        return None
    place = (start, end) if len(between) == 1 else (verb.i + 1, end + 1)
    return _make(verb, lemma, source, place, "name", 0.7)


_TAKERS = {"that": _that, "to": _to, "whom": _whom, "prep": _prep, "thing": _thing, "name": _name}


def _broken(verb: Token, lemma: str, source: Token, sentence: tuple[int, int]) -> Found | None:
    """A plain verb of saying whose clause the parser has lost: what stands from 'that', or from the verb, on."""
    doc, start = verb.doc, verb.i + 1
    if source.i > verb.i:
        return None
    reach = doc[start : sentence[1]]
    if start < sentence[1] and doc[start].text == ":":
        content = trimmed(doc, start, sentence[1])
        return _make(verb, lemma, source, content, "broken", 0.75) if content else None
    that = next((t.i + 1 for t in reach if t.lower_ == "that"), None)
    told = next(
        (c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ in ("NOUN", "PROPN", "PRON")), None
    )
    if that is None and (not reach or reach[0].pos_ not in _OPENERS or (told is not None and lemma != "say")):
        return None
    content = trimmed(doc, that or start, cut(doc, that or start, sentence[1], verb))
    if content is None or not any(t.tag_ in _FINITE for t in doc[content[0] : content[1]]):
        return None
    return _make(verb, lemma, source, content, "broken", 0.6, told=told)
