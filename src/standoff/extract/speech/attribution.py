"""Who says what in a report: every piece of reported speech with its cue, its source and the chain it came by.

quotations and the words beside them  →  what grammar reports  →  quotations left over  →  headlines
→  chains ('X reported that Y said' is Y's, by X)  →  sources resolved, in reading order
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract.cues import words
from standoff.extract.reading import Attribution, Reading
from standoff.extract.speech import sources
from standoff.extract.speech.cued import SUBJECTS, Found, sentences
from standoff.extract.speech.headlines import headlines, posts
from standoff.extract.speech.quoted import Quotations, beside
from standoff.extract.speech.reported import by_grammar, openers
from standoff.extract.speech.speaker import is_first
from standoff.extract.speech.unclaimed import unclaimed

_SPEAKING = ("anonymous", "officials", "media", "documents")  # lists of the lexicon whose nouns may be cited
_UNSPOKEN = frozenset({"noun", "adjective", "hearsay"})  # rules that find no act of saying


def attribute(reading: Reading) -> tuple[Attribution, ...]:
    """All reported speech of a report in reading order. Needs its mentions and quotations; asks no pack for words."""
    quotations = Quotations.of(reading)
    found = _cues(reading, quotations)
    found += unclaimed(reading, quotations, found)
    found += [*headlines(reading), *posts(reading)]
    found, via = _chains(_distinct(found))
    speakers = sources.Speakers(reading)
    return tuple(a for f in found if (a := _finished(reading, quotations, speakers, f, via.get(f.cue, ()))) is not None)


def _cues(reading: Reading, quotations: Quotations) -> list[Found]:
    """Every cue of the text with what it reports: beside a quotation, else by grammar."""
    found: list[Found] = []
    closing = frozenset(quotations.closing)
    for sentence in sentences(reading.doc, reading.parsed.paragraphs, closing):
        here: list[Found] = []
        for token in reading.opening(openers(), *sentence):
            if token.i in quotations.inside:
                continue
            near = list(beside(reading, quotations, token, sentence)) if token.pos_ == "VERB" else []
            if near:
                here += [_same_speaker(found_here, here) for found_here in near]
            elif (cited := _cited(reading, token)) is not None:
                here[-1:] = [replace(old, source=cited, passed=old.source) for old in here[-1:]]
            elif (by := by_grammar(token, sentence)) is not None:
                here.append(_to_the_mark(quotations, _same_speaker(by, here), sentence))
        found += here
    return found


def _cited(reading: Reading, token: Token) -> Token | None:
    """Whom a report cites for what it has said: '..., the paper reported, citing people familiar with the plan'."""
    if token.lower_ not in ("citing", "quoting"):
        return None
    for thing in token.children:
        if thing.dep_ == "dobj":
            mention, lemma = reading.mention(thing), thing.lemma_.lower()
            if mention is not None and mention.kind in ("official", "person", "body", "outlet"):
                return thing
            speaks = any(lemma in words("statements", key) for key in _SPEAKING)
            return thing if speaks else None
    return None


def _to_the_mark(quotations: Quotations, found: Found, sentence: tuple[int, int]) -> Found:
    """Content that breaks off inside a quotation, or right before one joined to it, goes on to its closing mark."""
    start, end = found.content
    if end < sentence[1] and end in quotations.inside and end - 1 in quotations.inside:
        last = next(q for q in quotations.all if q.start < end < q.end)
        return replace(found, content=(start, min(last.end + 1, sentence[1])))
    if end in quotations.opening and found.rule in ("that", "broken"):
        return replace(found, content=(start, min(quotations.opening[end].end + 1, sentence[1])))
    joined = next((i for i in range(end, min(end + 5, sentence[1])) if i in quotations.opening), None)
    if joined is None or found.rule != "that":
        return found
    between = quotations.doc[end:joined]
    if any(t.dep_ in SUBJECTS or t.tag_ == "VBD" for t in between) or not any(t.pos_ == "CCONJ" for t in between):
        return found
    return replace(found, content=(start, min(quotations.opening[joined].end + 1, sentence[1])))


def _same_speaker(new: Found, here: list[Found]) -> Found:
    """'X said A, adding B' and 'X said A but vowed B' are X's, where the parser hangs the second cue on a verb of A."""
    verb = new.verb
    if any(c.dep_ in SUBJECTS for c in verb.children) or verb.dep_ not in ("advcl", "conj", "pcomp"):
        return new
    for old in reversed(here):
        if old.content[1] <= verb.i and old.heads and any(verb.doc[h].is_ancestor(verb) for h in old.heads):
            return replace(new, source=old.source)
    return new


def _distinct(found: list[Found]) -> list[Found]:
    """Of cues that report nearly the same words keep the surest; in reading order."""
    kept: list[Found] = []
    holding: dict[int, list[Found]] = {}  # word → those kept whose content holds it
    for new in sorted(found, key=lambda f: (-f.confidence, f.cue)):
        start, end = new.content
        if not any(_same(new, old) for old in holding.get((start + end) // 2, ())):  # all alike hold its middle
            kept.append(new)
            for i in range(start, max(end, start + 1)):
                holding.setdefault(i, []).append(new)
    return sorted(kept, key=lambda f: (min(f.cue[0], f.content[0]), f.cue, f.content))


def _same(a: Found, b: Found) -> bool:
    if a.content == b.content:
        return True
    shared = min(a.content[1], b.content[1]) - max(a.content[0], b.content[0])
    longest = max(a.content[1] - a.content[0], b.content[1] - b.content[0])
    return shared >= 0.85 * longest and (a.cue == b.cue or a.source == b.source)


def _chains(found: list[Found]) -> tuple[list[Found], dict[tuple[int, int], tuple[Found, ...]]]:
    """Leave out who only passes on ('X reported that Y said ...') and a mere thought within ('X said Y hoped')."""
    dropped: set[int] = set()
    via: dict[tuple[int, int], tuple[Found, ...]] = {}
    passed_on: dict[Token | None, Token] = {}
    for a in found:
        for b in found:
            if a is b or a.quoted or b.source is None or not (a.content[0] <= b.cue[0] < a.content[1]):
                continue
            main = (b.verb.i in a.heads or a.rule == "according-to") and a.content[0] <= b.content[0]
            if not _passes_on(b):
                dropped.add(id(b))
            elif main:
                dropped.add(id(a))
                via[b.cue] = (*via.get(b.cue, ()), a)
                passed_on[a.source] = b.source
    kept = [f for f in found if id(f) not in dropped]
    return [
        replace(f, source=passed_on[f.source]) if f.verb.tag_ == "VBG" and f.source in passed_on else f for f in kept
    ], via


def _passes_on(found: Found) -> bool:
    """Whether a cue inside another's content is itself reported speech, not a mere thought, wish or deed."""
    return found.verb.lemma_.lower() in words("statements", "passing") and found.rule not in _UNSPOKEN


def _finished(
    reading: Reading, quotations: Quotations, speakers: sources.Speakers, found: Found, passed: tuple[Found, ...]
) -> Attribution | None:
    doc = reading.doc
    direct = found.rule == "post" or any(
        q.start <= found.content[0] and found.content[1] <= q.end for q in quotations.all
    )
    if found.source is None:
        return _hearsay(reading, found)
    if is_first(found.source) or sources.is_thing(reading, found.source, found.verb):
        return None
    here = sources.phrase(found.source, found.verb.i)
    best = speakers.resolve(found.source)
    there = here if best == found.source else sources.phrase(best, found.verb.i)
    tokens = doc[there[0] : there[1]]
    person = sources.person(reading, best)
    if found.passed is not None:  # 'the report', later on, is the report of who passed it on
        start, end = sources.phrase(found.passed)
        speakers.heard(found.passed, doc[start:end], passes_on=True)
    speakers.heard(person, tokens)
    mention = reading.mention(person)
    return Attribution(
        content=found.content,
        cue=found.cue,
        source=here,
        named=there,
        kind="outlet" if speakers.passes_on(best) else sources.kind(reading, best, tokens),
        name=mention.name if mention is not None else reading.words(tokens),
        parties=_parties(reading, best, person, tokens),
        via=_via(reading, found, passed),
        direct=direct,
        act=found.act,
        count=sources.count(best, tokens),
        rule=f"statements/{found.rule}@1",
        confidence=found.confidence,
    )


def _parties(reading: Reading, head: Token, person: Token, tokens: Tokens) -> tuple[str, ...]:
    """Whom a source speaks for; of a family name what the report's fullest mention of it shows."""
    land = reading.mention(head) if head.dep_ == "amod" else None  # 'the Chinese stance is that'
    if land is not None and land.kind == "adjective" and land.party:
        return (land.party,)
    full = sources.best_mention(reading, person)
    if full not in (head, person):
        return sources.speaks_for(reading, full, reading.doc[slice(*sources.phrase(full))], together=False)
    found = sources.speaks_for(reading, head, tokens)
    return found or (sources.speaks_for(reading, person, tokens) if person != head else ())


def _hearsay(reading: Reading, found: Found) -> Attribution | None:
    """What 'is reported': said by the outlet that the report has named last."""
    outlets = [m for m in reading.mentions if m.kind == "outlet"]
    if not outlets:
        return None
    before = [m for m in outlets if m.start < found.content[1]]
    last = before[-1] if before else outlets[0]
    return Attribution(
        content=found.content,
        cue=found.cue,
        source=(last.start, last.end),
        named=(last.start, last.end),
        kind="outlet",
        name=last.name,
        parties=(last.party,) if last.party else (),
        act=found.act,
        rule=f"statements/{found.rule}@1",
        confidence=found.confidence,
    )


def _via(reading: Reading, found: Found, passed: tuple[Found, ...]) -> tuple[str, ...]:
    """Who passed it on, nearest first: reporters of the report, then whom the source told it."""
    chain = [_short(reading, f.source) for f in passed if f.source is not None]
    if found.passed is not None:
        chain.append(_short(reading, found.passed))
    for token in _listeners(found):
        mention = reading.mention(token)
        if mention is not None and mention.kind == "outlet" and token != found.source:
            chain.append(mention.name)
    return tuple(dict.fromkeys(chain))


def _listeners(found: Found) -> list[Token]:
    """To whom and where it was said: 'told X', 'said on X', 'said in an interview with X'; not what is reported."""
    heard = [found.told] if found.told is not None else []
    places = [found.verb]
    for token in found.verb.children:
        if token.dep_ == "prep":
            places += [t for t in token.children if t.lemma_ in words("statements", "places")]
    for place in places:
        for token in place.children:
            if token.dep_ == "prep" and not found.content[0] <= token.i < found.content[1]:
                heard += [t for t in token.children if t.dep_ == "pobj"]
    return heard


def _short(reading: Reading, head: Token) -> str:
    mention = reading.mention(head)
    if mention is not None:
        return mention.name
    start, end = sources.phrase(head)
    return reading.words(reading.doc[start:end])
