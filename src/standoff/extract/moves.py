"""Moves: acts inside the bargaining, by one party toward another, on one issue.

    frames of the grammar, of what a party says, of conditions  →  settled (negation, wishes, mood)
    →  the outermost of those that hold one another  →  who toward whom  →  one move for each thing at stake
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.tokens import Token
from spacy.tokens import Span as Tokens

from standoff.extract import clauses
from standoff.extract.cues import cues
from standoff.extract.frame_conditions import condition_frames
from standoff.extract.frame_speech import outlook_frames, spoken_frames
from standoff.extract.frames import Frame, frames, unfolded
from standoff.extract.reading import Attribution, Reading
from standoff.extract.retold import each_once
from standoff.extract.settled import settled, status
from standoff.extract.sides import Scene, pairs
from standoff.extract.when import find_times
from standoff.model.dates import When
from standoff.model.record import Move, MoveStatus, Record, Statement
from standoff.model.span import Span

VERSION = 2
_HOLDERS = frozenset({"demand", "offer", "commit", "refuse", "threaten", "agree", "accuse"})
_MOST_WORDS = 24


def extract_moves(reading: Reading, found: tuple[Record, ...]) -> Iterable[Move]:
    """The moves of a report, in reading order, each act once."""
    said = {r.content: r.id for r in found if isinstance(r, Statement)}
    scene = Scene(reading)
    if not scene.sides:
        return []
    return each_once(move for sentence in reading.doc.sents for move in _of_sentence(scene, sentence, said))


def _of_sentence(scene: Scene, sentence: Tokens, said: dict[Span, str]) -> Iterator[Move]:
    if sentence[-1].text == "?":
        return
    opened = [f for token in sentence for f in _opened(scene, token)]
    if not opened:
        return
    for frame in _outermost([f for f in (settled(scene, f) for f in opened) if f is not None]):
        yield from _moves(scene, frame, said)


def _opened(scene: Scene, token: Token) -> Iterator[Frame]:
    yield from frames(token)
    yield from outlook_frames(scene, token)
    yield from condition_frames(scene, token)
    yield from spoken_frames(scene, token)


def _outermost(frames: list[Frame]) -> list[Frame]:
    """Frames that are not merely what another frame demands, offers or refuses; one per predicate."""
    held: dict[int, int] = {}
    blamed = {f.predicate.i for f in frames if f.type == "accuse"}
    spared = {t.i for f in frames if f.type in ("refuse", "accuse") for t in f.items}
    for frame in frames:
        if frame.type in _HOLDERS or frame.rule.startswith("agree"):
            for item in frame.items:
                for token in _governed(item) if item != frame.predicate else ():
                    held.setdefault(token.i, frame.predicate.i)
    chosen: dict[int, Frame] = {}
    for frame in frames:
        at = frame.predicate.i
        if frame.rule == "owned-blame" and frame.predicate.head.i in blamed:
            continue
        if held.get(at, at) != at and not (frame.rule == "noun" and (at in spared or frame.type == "threaten")):
            continue
        if at not in chosen or weight(frame) > weight(chosen[at]):
            chosen[at] = frame
    return list(chosen.values())


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
    if frame.measure is not None and len(doers) == 1 and doers[0][0]:
        scene.imposer = (doers[0][0],) if frame.type != "ease" or not scene.imposer else scene.imposer
    speech, how = scene.speech(frame.predicate), status(scene, frame)
    for item in (part for whole in unfolded(frame.items) for part in _parts(scene, whole)):
        tokens = _evidence(frame, item)
        what = _words(reading, clauses.clause(item, drop=frozenset({"advcl", "relcl", "parataxis", "nsubj", "conj", "cc"})))
        issue = _issue(scene, frame, item, tokens)
        times = _times(reading, frame, tokens)
        for by, to in doers:
            yield Move(
                report=reading.report.id, evidence=(reading.span(tokens),), rule=f"moves/{frame.rule}@{VERSION}",
                confidence=_confidence(frame, how, issue), type=frame.type, by=by, to=to, actor=_actor(reading, frame),
                issue=issue, what=what, status=how, said_by=_statement(reading, speech, said), **times,
            )  # fmt: skip


def _parts(scene: Scene, item: Token) -> list[Token]:
    """An act on several things that are different issues is several moves: 'to lift tariffs and open its markets'."""
    things = [t for c in item.children if c.dep_ == "dobj" for t in (c, *clauses.conjuncts(c))] if item.pos_ == "VERB" else []
    named = {scene.issues.of(scene.reading.words(clauses.noun_phrase(t))) for t in things} - {"other"}
    return things if len(things) > 1 and len(named) == len(things) else [item]


def _times(reading: Reading, frame: Frame, tokens: Tokens) -> dict[str, Any]:
    """When it happened or is due, by the times beside it; one kept for each of the two."""
    ahead = frame.type in ("commit", "offer", "threaten", "demand") or clauses.mode(frame.predicate) == "expected"
    when: str | None = None
    date: When | None = None
    deadline: When | None = None
    for time in find_times(reading.words(tokens), reading.published, "future" if ahead else "past"):
        if time.text.isdigit():  # 'the 2015 accord'
            continue
        if time.deadline and deadline is None:
            deadline = time.when
        elif not time.deadline and when is None:
            when, date = time.text, time.when
    return {"when": when, "date": date, "deadline": deadline}


def _issue(scene: Scene, frame: Frame, item: Token, tokens: Tokens) -> str:
    reading = scene.reading
    own = reading.words(clauses.clause(item, drop=frozenset({"advcl", "relcl", "parataxis", "nsubj", "conj", "cc"})))
    inner = reading.words(clauses.clause(item, drop=frozenset({"advcl", "parataxis", "conj", "cc"})))
    found = scene.issues.of(own, inner, reading.words(tokens), reading.words(item.sent))
    if found != "other":
        return found
    start = item.sent.start
    before = reading.doc[start - 1].sent if start > reading.parsed.paragraph(item)[0] else None
    found = scene.issues.of(reading.words(before)) if before is not None else "other"
    if found == "other" and frame.type in ("impose", "ease", "threaten"):
        return scene.issues.main(reading.report.text)
    return found


def _evidence(frame: Frame, item: Token) -> Tokens:
    """From who acts to the end of what is at stake, inside the sentence."""
    doc = item.doc
    part = clauses.clause(item, drop=frozenset({"parataxis"}))
    start, end = min(frame.predicate.i, part.start), max(frame.predicate.i + 1, part.end)
    for word in (frame.doer, frame.recipient):
        near = word is not None and (word.head == frame.predicate or frame.predicate.dep_ != "conj")
        if word is not None and near and word.sent == item.sent:
            phrase = clauses.noun_phrase(word)
            start, end = min(start, phrase.start), max(end, phrase.end)
    if end - start < 4:
        whole = clauses.clause(frame.predicate)
        start, end = min(start, whole.start), max(end, whole.end)
    sent = item.sent
    return doc[max(start, sent.start) : min(end, sent.end)]


def _actor(reading: Reading, frame: Frame) -> str | None:
    if frame.doer is None or frame.doer.pos_ == "PRON":
        return None
    return reading.words(clauses.noun_phrase(frame.doer))


def _words(reading: Reading, tokens: Tokens) -> str:
    words = reading.words(tokens).strip("“”\"' ").split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")


def _statement(reading: Reading, speech: Attribution | None, said: dict[Span, str]) -> str | None:
    if speech is None:
        return None
    start, end = speech.content
    return said.get(reading.span(reading.doc[start:end]))


def _confidence(frame: Frame, how: MoveStatus, issue: str) -> float:
    value = weight(frame)
    if how == "hypothetical":
        value -= 0.1
    if frame.doer is not None and frame.doer.pos_ == "PRON":
        value -= 0.05
    return round(max(0.05, min(0.95, value)), 2)
