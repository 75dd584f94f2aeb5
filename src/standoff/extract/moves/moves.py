"""Moves: acts inside the bargaining, by one party toward another, on one issue.

frames of the grammar, of what a party says, of conditions  →  settled (negation, wishes, mood)
→  the outermost of those that hold one another  →  who toward whom  →  one move for each thing at stake
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from spacy.tokens import Span as Tokens
from spacy.tokens import Token
from spacy.vocab import Vocab

from standoff.extract import clauses
from standoff.extract.cues import cues
from standoff.extract.issues import TALKS
from standoff.extract.moves.frame_conditions import condition_frames
from standoff.extract.moves.frame_lists import LISTING, list_frames
from standoff.extract.moves.frame_orders import order_frames
from standoff.extract.moves.frame_outlook import outlook_frames
from standoff.extract.moves.frame_speech import spoken_frames
from standoff.extract.moves.frame_warnings import warning_frames
from standoff.extract.moves.frame_words import known, lemma, restricts
from standoff.extract.moves.frames import Frame, frames, triggers, unfolded
from standoff.extract.moves.retold import each_once
from standoff.extract.moves.settled import settled
from standoff.extract.moves.sides import Scene
from standoff.extract.moves.status import status
from standoff.extract.moves.toward import pairs
from standoff.extract.moves.wording import late_end, wording
from standoff.extract.reading import Attribution, Reading
from standoff.extract.times.when import Direction, find_times
from standoff.model.record import Move, MoveStatus, Record, Statement
from standoff.model.span import Span

VERSION = 2
_HOLDERS = frozenset({"demand", "offer", "commit", "refuse", "threaten", "agree", "accuse"})
_OPENING = frozenset({"ADJ", "ADP", "ADV", "AUX", "NOUN", "PRON", "PROPN", "SCONJ", "VERB"})
_TIMES = frozenset({"DATE", "TIME"})


def extract_moves(reading: Reading, found: tuple[Record, ...]) -> Iterable[Move]:
    """The moves of a report, in reading order, each act once."""
    said = {r.content: r.id for r in found if isinstance(r, Statement)}
    scene = Scene(reading)
    if not scene.sides:
        return []
    places = opening(scene)
    told = [found for sentence in reading.doc.sents for found in _of_sentence(scene, sentence, places)]
    scene.unowned = False
    moves = [move for frame in told for move in _moves(scene, frame, said)]
    if scene.unowned and len(imposers := {m.by for m in moves if m.type == "impose"}) == 1:
        scene.imposer = _first_imposer(scene, told, tuple(p for p in imposers if p))
        moves = [move for frame in told for move in _moves(scene, frame, said)]
    return each_once(moves)


def _first_imposer(scene: Scene, told: Sequence[Frame], only: tuple[str, ...]) -> tuple[str, ...]:
    """Whose the measures are that are told before anybody is named with one: the only imposer's, or, where that one
    only answers, the other side's."""
    deeds = [f for f in told if f.type == "impose" and f.doer is not None]
    if only and deeds and all(lemma(f.predicate) in known("harm.answers") for f in deeds):
        other = scene.reading.other(only[0])
        return (other,) if other else only
    return only


def opening(scene: Scene) -> list[int]:
    """The words that may open a frame, ascending: those of the lexicon, verbs, and what a party says.

    Asked of the whole report at once, as nothing more is asked of most words.
    """
    reading, openers, strings = scene.reading, _openers(), scene.reading.doc.vocab.strings
    verb, asked = strings["VERB"], {strings[kind] for kind in _OPENING}
    kinds = reading.doc.to_array("POS").tolist()
    words = zip(kinds, scene.spoken, reading.lowers, reading.lemmas, strict=True)
    return [
        i
        for i, (kind, spoken, lower, lemma) in enumerate(words)
        if kind in asked and (spoken or kind == verb or lower in openers or lemma in openers)
    ]


@cache
def _openers() -> frozenset[str]:
    return frozenset(map(str.lower, triggers())) | LISTING


def _of_sentence(scene: Scene, sentence: Tokens, places: Sequence[int]) -> list[Frame]:
    if sentence[-1].text == "?":
        return []
    here = places[bisect_left(places, sentence.start) : bisect_left(places, sentence.end)]
    opened = [f for i in here for f in _opened(scene, sentence.doc[i])]
    return _outermost(scene, [f for f in (settled(scene, f) for f in opened) if f is not None]) if opened else []


def _opened(scene: Scene, token: Token) -> Iterator[Frame]:
    known = _triggers(scene.reading.doc.vocab)
    if token.lemma in known or token.lower in known:
        yield from frames(token)
        yield from condition_frames(scene, token)
    if token.pos_ == "VERB":
        yield from outlook_frames(scene, token)
    if scene.spoken[token.i]:
        yield from spoken_frames(scene, token)
        yield from warning_frames(scene, token)
        yield from order_frames(scene, token)
    if scene.reading.lemmas[token.i] in LISTING:
        yield from list_frames(token)


@cache
def _triggers(vocab: Vocab) -> frozenset[int]:
    """The words that open frames, as the vocabulary numbers them: numbers compare faster than words."""
    return frozenset(vocab.strings.add(word) for word in triggers())


def _outermost(scene: Scene, frames: list[Frame]) -> list[Frame]:
    """Frames that are not merely what another frame demands, offers or refuses; one per predicate.

    One in which no side acts does not outweigh another, nor hold it unless it asks for it ('the move was meant to
    meet their demand', but 'shops want the president to lift it').
    """
    acting = [f for f in frames if pairs(scene, f)] if len(frames) > 1 else frames
    if len(acting) == len(frames):
        return list(_chosen(frames).values())
    asked = _held([f for f in frames if f.type == "demand" and f not in acting])  # by others: not done all the same
    chosen = _chosen(
        [f for f in acting if f.rule == "noun" or asked.get(f.predicate.i, f.predicate.i) == f.predicate.i]
    )
    idle = _chosen([f for f in frames if f.measure is not None and f not in acting])  # whose it is may be told later
    chosen |= {at: f for at, f in idle.items() if at not in chosen and at not in _held(acting) | asked}
    return list(chosen.values())


def _held(frames: list[Frame]) -> dict[int, int]:
    """The words that are part of what a frame asks or gives, with the predicate of that frame."""
    held: dict[int, int] = {}
    for frame in frames:
        if frame.type in _HOLDERS or frame.rule.startswith("agree"):
            for item in frame.items:
                for token in _governed(item) if item != frame.predicate else unfolded((item,))[1:]:
                    held.setdefault(token.i, frame.predicate.i)
    return held


def _chosen(frames: list[Frame]) -> dict[int, Frame]:
    held = _held(frames)
    blamed = {f.predicate.i for f in frames if f.type == "accuse"}
    spared = {t.i for f in frames if f.type in ("refuse", "accuse") for t in f.items}
    chosen: dict[int, Frame] = {}
    for frame in frames:
        at = frame.predicate.i
        if frame.rule == "owned-blame" and frame.predicate.head.i in blamed:
            continue
        if held.get(at, at) != at and not _stands_alone(frame, spared):
            continue
        if at not in chosen or weight(frame) > weight(chosen[at]):
            chosen[at] = frame
    return chosen


def _stands_alone(frame: Frame, spared: set[int]) -> bool:
    """A demand that is refused, a threat under which one talks, what is asked in exchange."""
    own = frame.type == "threaten" or frame.predicate.i in spared or frame.predicate.dep_ == "conj"
    done = frame.rule == "pact" and frame.predicate.dep_ == "acl"  # 'objected to the deal struck in May'
    return done or frame.rule == "exchange" or (frame.rule == "noun" and own)


def _governed(item: Token) -> Iterator[Token]:
    """What belongs to an item: its clause, without relative clauses in the past ('tariffs that it imposed')."""
    yield item
    for child in item.children:
        if child.dep_ not in ("relcl", "advcl", "parataxis", "punct"):
            yield from _governed(child)


def weight(frame: Frame) -> float:
    """How often the frame's rule is right, from the lexicon."""
    table: dict[str, float] = cues("moves")["confidence"]
    found = table.get(f"{frame.rule} {frame.type}", table.get(frame.rule))
    return found if found is not None else 0.5


def _moves(scene: Scene, frame: Frame, said: dict[Span, str]) -> Iterator[Move]:
    reading, doers = scene.reading, pairs(scene, frame)
    if not doers:
        return
    told = frame.measure is not None or (frame.type == "threaten" and _names_measure(frame))
    if told and len(doers) == 1 and doers[0][0]:
        scene.imposer = (doers[0][0],) if frame.type != "ease" or not scene.imposer else scene.imposer
    speech, how = scene.speech(frame.predicate), status(scene, frame)
    for item in (part for whole in unfolded(frame.items) for part in _parts(scene, whole)):
        tokens = _evidence(frame, item)
        what = wording(scene, frame, item)
        issue = _issue(scene, frame, item, tokens)
        times = _times(reading, frame, _with_times(frame, tokens))
        for by, to in doers:
            yield Move(
                report=reading.report.id,
                evidence=(reading.span(tokens),),
                rule=f"moves/{frame.rule}@{VERSION}",
                confidence=_confidence(scene, frame, how),
                type=frame.type,
                by=by,
                to=to,
                actor=_actor(reading, frame),
                issue=issue,
                what=what,
                status=how,
                said_by=_statement(reading, speech, said),
                **times,
            )


def _names_measure(frame: Frame) -> bool:
    """'would hit them with tariffs': a measure that is told of without being what the frame is about."""
    return any(restricts(t) for item in frame.items for t in item.subtree if t.pos_ == "NOUN")


def _parts(scene: Scene, item: Token) -> list[Token]:
    """An act on several things that are different issues is several moves: 'to lift tariffs and open its markets'."""
    things = (
        [t for c in item.children if c.dep_ == "dobj" for t in (c, *clauses.conjuncts(c))]
        if item.pos_ == "VERB"
        else []
    )
    named = {scene.issues.of(scene.reading.words(clauses.noun_phrase(t))) for t in things} - {"other"}
    return things if len(things) > 1 and len(named) == len(things) else [item]


def _with_times(frame: Frame, tokens: Tokens) -> Tokens:
    """The evidence with the times that hang on the predicate behind it: 'suspended tariffs until June'."""
    after = [
        c.right_edge.i + 1 for c in frame.predicate.children if c.dep_ in ("prep", "npadvmod") and c.i >= tokens.end
    ]
    return tokens.doc[tokens.start : max([tokens.end, *(end for end in after if end <= tokens.sent.end)])]


def _times(reading: Reading, frame: Frame, tokens: Tokens) -> dict[str, Any]:
    """When it happened or is due, by the times beside it; one kept for each of the two."""
    if not any(t.ent_type_ in _TIMES for t in tokens):
        return {}
    direction: Direction = "future" if clauses.mode(frame.predicate) == "expected" else "past"
    own = find_times(_own_times(frame.predicate), reading.published, direction)
    done = next((t for t in own if not t.deadline and not t.text.isdigit()), None)  # 'the 2015 accord' is no date
    words = reading.words(tokens)
    due = (t.when for t in find_times(words, reading.published, "future") if t.deadline)
    return {"when": done.text if done else None, "date": done.when if done else None, "deadline": next(due, None)}


def _own_times(predicate: Token) -> str:
    """The words that hang on the predicate itself: 'on Monday' in 'threatened on Monday to act next week'."""
    verb = predicate if predicate.pos_ in ("VERB", "AUX") else predicate.head
    near = [c for c in verb.children if c.dep_ in _WHEN and c.lower_ not in ("to", "by")]
    if verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX"):
        near += [c for c in verb.head.children if c.dep_ in _WHEN and c.dep_ != "nsubj"]
    pieces = (clauses.clause(c, drop=frozenset({"relcl", "acl", "appos"})) for c in near)
    return " , ".join(p.text for p in pieces if any(t.ent_type_ in _TIMES for t in p))


_WHEN = frozenset({"npadvmod", "prep", "advmod", "nsubj"})
_ITEM_ALONE = frozenset({"advcl", "relcl", "parataxis", "nsubj", "conj", "cc"})
_ITEM = frozenset({"advcl", "parataxis", "conj", "cc"})


def _at_stake(item: Token) -> Iterator[Tokens]:
    """What is at stake, from its core to its whole clause."""
    if lemma(item) in known("harm.things") - known("harm.restrictive"):  # 'the removal of the tariffs'
        yield from (_core(thing) for thing in clauses.prepositional(item, "of"))
    yield _core(item)
    yield clauses.clause(item, drop=_ITEM_ALONE)


def _around(reading: Reading, item: Token, tokens: Tokens) -> Iterator[Tokens]:
    """Where else the issue of a move may be named, from what belongs to it to the sentence before."""
    yield clauses.clause(item, drop=_ITEM)
    yield tokens
    yield item.sent
    start = item.sent.start
    if start > reading.parsed.paragraph(item)[0]:
        yield reading.doc[start - 1].sent


def _core(item: Token) -> Tokens:
    """What is at stake without the circumstances: 'resuming talks' of 'resuming talks under the threat of tariffs'."""
    alone = clauses.clause(item, drop=_ITEM_ALONE)
    within = (t.i for t in alone if t.i > item.i and t.lower_ in _CIRCUMSTANCES)
    return item.doc[alone.start : min(within, default=alone.end)]


_ITEM_TELLS = frozenset({"list", "pact", "traded"})
_CIRCUMSTANCES = frozenset("under before after if unless until without while despite except than during".split())


def _issue(scene: Scene, frame: Frame, item: Token, tokens: Tokens) -> str:
    """The issue that the narrowest passage names; talking that names none is about the talks."""
    reading, known_issues = scene.reading, scene.issues
    found = known_issues.of(*map(reading.words, _at_stake(item)))
    if found != "other":
        return found
    if known_issues.has(TALKS) and any(lemma(t) in known("talking") for t in _core(item)):
        return TALKS
    stands = any(lemma(t) in known("pact.standing") for t in _core(item))
    listed = len(frame.items) > 1 and item.pos_ in ("NOUN", "PROPN")
    if (frame.rule in _ITEM_TELLS or listed) and not stands:  # a whole deal, a round of complaints, a list
        over = clauses.prepositional(frame.predicate, "on", "over", "about") if frame.rule == "pact" else ()
        return known_issues.of(*(reading.words(clauses.noun_phrase(t)) for t in over))
    found = known_issues.of(*map(reading.words, _around(reading, item, tokens)))
    if found != "other":
        return found
    return scene.main_issue if stands or frame.type in ("impose", "ease", "threaten") else "other"


def _evidence(frame: Frame, item: Token) -> Tokens:
    """From who acts to the end of what is at stake, inside the sentence."""
    doc = item.doc
    part = clauses.clause(item, drop=frozenset({"parataxis"}))
    start = min(frame.predicate.i, part.start)
    end = max(frame.predicate.i + 1, part.end, late_end(frame, item, part.end - 1) + 1)
    for word in (frame.doer, frame.recipient):
        near = word is not None and (word.head == frame.predicate or frame.predicate.dep_ != "conj")
        if word is not None and near and word.sent == item.sent:
            phrase = clauses.noun_phrase(word)
            start, end = min(start, phrase.start), max(end, phrase.end)
    if end - start < 5:
        link = frame.predicate.pos_ in ("ADJ", "NOUN") and frame.predicate.dep_ in ("acomp", "attr", "oprd")
        whole = clauses.clause(frame.predicate.head if link else frame.predicate, drop=_ITEM)
        start, end = min(start, whole.start), max(end, whole.end)
    sent = item.sent
    if frame.predicate.sent != sent:
        return sent  # a list of what the sentence before leaves open
    end += end < sent.end and doc[end].text == "%"  # a mark to the parser, a figure's half to us
    return doc[max(start, sent.start) : min(end, sent.end)]


def _actor(reading: Reading, frame: Frame) -> str | None:
    if frame.doer is None or frame.doer.pos_ == "PRON":
        return None
    return reading.words(clauses.noun_phrase(frame.doer))


def _statement(reading: Reading, speech: Attribution | None, said: dict[Span, str]) -> str | None:
    if speech is None:
        return None
    start, end = speech.content
    return said.get(reading.span(reading.doc[start:end]))


def _confidence(scene: Scene, frame: Frame, how: MoveStatus) -> float:
    """The rule's own, more where it is said toward whom, less where that is guessed or the act is supposed.

    The steps are what such records of our evaluation sets were right above or below their rule.
    """
    value = weight(frame)
    if frame.about or scene.who(frame.recipient):
        value += 0.1
    elif len(scene.reading.pack.between) > 2 or not set(scene.sides) <= set(scene.reading.pack.between):
        value -= 0.1
    else:
        value += 0.05
    if how == "hypothetical":
        value -= 0.05
    return round(max(0.05, min(0.95, value)), 2)
