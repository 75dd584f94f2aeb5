"""Contacts: the meetings, calls, letters, visits and channels of a report, each once at its fullest mention.

words that name a contact (`contact_frames`) with how it stands (`contact_status`)
→  sightings between the parties, with place and time (here)  →  one for each contact (`contact_sightings`)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.frames import Frame, frames, openers
from standoff.extract.contacts.setting import opening, party_at, place_at, time_of, where
from standoff.extract.contacts.sides import called, has_strangers, level_of, names_of, sides_of
from standoff.extract.contacts.sightings import Sighting, joined
from standoff.extract.contacts.status import Standing, by_time
from standoff.extract.contacts.way import path
from standoff.extract.cues import cues, words
from standoff.extract.mentions import Mention
from standoff.extract.parties import party
from standoff.extract.reading import Reading
from standoff.extract.times.when import Direction, TimeExpression, find_times, resolve
from standoff.model.dates import When
from standoff.model.domain import Pack
from standoff.model.record import Contact, Record, Statement

_LONG = 30  # words: a clause longer than this is cut to what stands around the contact
_DIRECTION: dict[str, Direction] = {
    "held": "past", "refused": "past", "planned": "future", "not-planned": "future",
}  # fmt: skip
_LONG_AGO = timedelta(days=3 * 365)
_UNNAMED = 0.15  # confidence lost where one of the two sides is not named


def extract_contacts(reading: Reading, found: tuple[Record, ...]) -> Iterable[Contact]:
    """The contacts of a report, in reading order."""
    named = [frame for token in reading.opening(openers()) for frame in frames(reading, token)]
    times = find_times(reading.doc.text, reading.published) if named else ()
    seen = [s for frame in named for s in _sightings(reading, frame, times)]
    statements = [r for r in found if isinstance(r, Statement)]
    for sighting in joined(seen):
        yield _record(reading, sighting, statements)


def _sightings(reading: Reading, frame: Frame, times: tuple[TimeExpression, ...]) -> Iterator[Sighting]:
    """The frame as a sighting, where both sides take part and it is a contact in particular."""
    held = frame.held
    if held.supposed and held.status in (None, "held"):
        return
    sides = sides_of(reading, frame.people)
    place = place_at(reading, frame.goal) if frame.goal is not None else where(reading, frame.event)
    if frame.aside is not None:
        low, high = frame.aside.left_edge.idx, frame.aside.right_edge.idx
        times = tuple(t for t in times if not low <= t.start <= high)
    ahead = held.status in ("planned", "considered", "sought")
    time = time_of(reading, frame.event, times, ahead=ahead)
    there = party_at(reading, place)
    parties = _parties(reading, frame, list(sides), place, there, time)
    if not _is_between(reading, frame.kind, set(parties)):
        return  # with third parties: background
    if not _is_particular(frame, len(sides), time is not None or place is not None) or _is_history(reading, time):
        return
    who = tuple(dict.fromkeys(t for those in sides.values() for t in those))
    named = len(sides) > 1 or frame.goal is not None
    yield Sighting(
        event=frame.event,
        kind=frame.kind,
        status=by_time(
            held.status, _meant(reading, held, time), reading.published, frame.event, coming=_is_coming(time)
        ),
        sure=held.sure,
        who=who,
        names=names_of(reading, who),
        parties=tuple(parties),
        level=level_of(reading, who),
        place=place,
        there=there,
        time=time,
        rule=frame.rule,
        confidence=frame.confidence - (0.0 if named else _UNNAMED),
        guessed=not named,
    )


def _is_coming(time: TimeExpression | None) -> bool:
    """'tomorrow', 'next week', in a report without a date."""
    undated = time is not None and time.when is None
    return undated and time is not None and bool(words("contacts", "coming") & set(time.text.lower().split()))


def _is_between(reading: Reading, kind: str, parties: set[str]) -> bool:
    """Whether two sides take part, or one of them with another party of the negotiation: a body, a go-between."""
    between = set(reading.pack.between)
    if len(parties) < 2 or not between & parties:
        return False
    bodies = kind not in ("visit", "message") and any(not p.isupper() for p in parties - between)
    if len(between & parties) > 1 or bodies:
        return True
    return len(between) > 2 and bool(parties & _go_betweens(reading.pack))


@cache
def _go_betweens(pack: Pack) -> frozenset[str]:
    """The parties whose ministers and envoys the pack knows, beside their leaders."""
    return frozenset(o.party for o in pack.officials if o.level not in (None, "leader") and o.party not in pack.between)


def _meant(reading: Reading, held: Standing, time: TimeExpression | None) -> When | None:
    """The days of a contact; told in the past tense, 'in February' is the last one."""
    told = held.verb is not None and held.verb.tag_ == "VBD" and held.status in (None, "held")
    past = resolve(time.text, reading.published, "past") if told and time is not None else None
    return past or (time.when if time is not None else None)


def _is_particular(frame: Frame, named: int, placed: bool) -> bool:
    """Whether it is a contact in particular, not 'talks' in general or 'meetings' that may be held."""
    event, status = frame.event, frame.held.status
    if not frame.general:
        return not (event.tag_ == "NNS" and status == "considered" and named < 2)
    sure = status not in ("sought", "considered")
    held_by_both = sure and named > 1 and event.dep_ == "dobj" and event.head.lemma_ in ("hold", "have")
    return placed or status == "not-planned" or held_by_both


def _is_history(reading: Reading, time: TimeExpression | None) -> bool:
    """Whether it lies years back: told as background."""
    if time is None or time.when is None:
        return False
    last = time.when.first if time.text.lower().startswith("since") else time.when.last
    return last is not None and reading.published is not None and last < reading.published - _LONG_AGO


def _parties(
    reading: Reading,
    frame: Frame,
    codes: list[str],
    place: Tokens | None,
    there: str | None,
    time: TimeExpression | None,
) -> list[str]:
    """The parties to a contact: who takes part, whose place it is, and who else is meant where one is not named."""
    event, kind = frame.event, frame.kind
    if frame.goal is not None and there is not None and there not in codes:
        codes = [*codes, there]
    if len(codes) == 1 and (other := reading.other(codes[0])) is not None:
        sent = kind in ("letter", "message") and event.dep_ == "nsubjpass"  # "messages were sent to Nairobi"
        his = kind != "visit" and any(
            t.dep_ == "poss" and t.pos_ == "PRON" for t in frame.people
        )  # "his talks with the king"
        peers = kind != "visit" and any(_is_counterpart(reading, t) for t in frame.people)
        if sent or peers or (his and not has_strangers(reading, frame.people)):
            codes = [*codes, other]
    if len(codes) > 1 or kind in ("letter", "message", "channel", "visit") or event.pos_ not in ("NOUN", "PROPN"):
        return codes
    alone = bool(codes) and event.dep_ == "dobj" and clauses.subject(event.head) is None  # "Had a call with the king."
    meant = frame.held.sure and (time or place or alone or frame.held.status == "not-planned")
    if not meant and not (frame.general and place and codes):
        return codes
    between = reading.pack.between
    here = reading.mentions_in(event.sent.start, event.sent.end)
    if any(_is_third(reading, m) for m in here if not _is_apart(reading, m, event)):
        return codes
    named = {m.party for m in reading.mentions}
    if has_strangers(reading, frame.people) or (codes and codes[0] not in between) or not named.issuperset(between):
        return codes
    return codes + [p for p in between if p not in codes]


def _is_apart(reading: Reading, mention: Mention, event: Token) -> bool:
    """Whether a name stands in another clause than the contact: 'talks ended, with a third state hinting that'."""
    head = reading.doc[mention.start : mention.end].root
    verb = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.dep_ in ("pcomp", "advcl", "relcl", "ccomp") and event not in verb.subtree


def _is_third(reading: Reading, mention: Mention) -> bool:
    """Whether another state is named, and not only as the place."""
    head = reading.doc[mention.start : mention.end].root
    placed = head.dep_ in ("appos", "conj") or (head.dep_ == "pobj" and head.head.lower_ in ("in", "at", "to"))
    other = mention.party is not None and mention.party.isupper() and mention.party not in reading.pack.between
    return other and not (placed and mention.kind in ("party", "metonym"))


def _is_counterpart(reading: Reading, token: Token) -> bool:
    """'the minister met his counterpart', 'a meeting between the delegation and the king': the other side's."""
    if token.lemma_ == "counterpart":
        return True
    the = any(c.lower_ == "the" for c in token.children)
    return the and token.lemma_ in words("contacts", "officials") and not party(reading, token)


# ── the record


def _confidence(sighting: Sighting) -> float:
    """How often the rule is right, from the lexicon; less where one of the sides is guessed.

    What a sighting carries itself only ranks it among those of the same contact.
    """
    table: dict[str, float] = cues("contacts")["confidence"]
    found = table.get(sighting.rule, sighting.confidence)
    guessed = table.get(f"{sighting.rule} guessed", found - _UNNAMED)
    return round(guessed if sighting.guessed else found, 2)


def _record(reading: Reading, sighting: Sighting, statements: list[Statement]) -> Contact:
    place = reading.span(_extent(sighting))
    also = tuple(reading.span(_short(t)) for t in sorted(sighting.also, key=lambda t: t.i))
    said = [s for s in statements if s.content.overlaps(reading.span(sighting.event))]
    return Contact(
        report=reading.report.id,
        evidence=(place, *dict.fromkeys(s for s in also if s != place)),
        rule=f"contacts/{sighting.rule}@1",
        confidence=_confidence(sighting),
        kind=sighting.kind,
        who=tuple(dict.fromkeys(called(reading, t, sighting.who) for t in sighting.who)),
        parties=sighting.parties,
        place=reading.words(sighting.place) if sighting.place is not None else None,
        when=_time_words(reading, sighting.time),
        date=_date(reading, sighting),
        level=sighting.level,
        status=sighting.status,
        said_by=min(said, key=lambda s: len(s.content)).id if said else None,
    )


def _time_words(reading: Reading, time: TimeExpression | None) -> str | None:
    if time is None:
        return None
    return " ".join(reading.parsed.chars(time.start, time.end).of(reading.report.text).split())


def _date(reading: Reading, sighting: Sighting) -> When | None:
    """The days meant; a bare weekday is the last one for what was held, the next for what is to come.

    What is only sought has neither: the request may be dated, or the meeting.
    """
    time = sighting.time
    if time is None or time.kind != "date":
        return None
    return resolve(time.text, reading.published, _DIRECTION.get(sighting.status)) or time.when


def _extent(sighting: Sighting) -> Tokens:
    """The clause that shows the contact, with those who take part where they stand in its sentence."""
    event, sent = sighting.event, sighting.event.sent
    top = event
    for token in path(event):
        if len(clauses.clause(token)) > _LONG and len(clauses.clause(top)) > 6:
            break
        top = token
    tokens = clauses.clause(top)
    start, end = tokens.start, tokens.end
    inside = [t for t in sighting.who if sent.start <= t.i < sent.end]
    if inside and end - start <= _LONG:
        start, end = min(start, *(t.left_edge.i for t in inside)), max(end, *(t.i + 1 for t in inside))
    if end - start > 2 * _LONG:
        marks = [event.i, *(t.i for t in inside)]
        start, end = max(start, min(marks) - 8), min(end, max(marks) + 12)
    return sent.doc[max(start, opening(sent)) : min(end, sent.end)]


def _short(event: Token) -> Tokens:
    """What another mention of the contact rests on: its noun phrase, or its verb."""
    drop = frozenset({"relcl", "appos", "acl", "advcl", "ccomp"})
    return clauses.clause(event, drop=drop) if event.pos_ in ("NOUN", "PROPN") else event.doc[event.i : event.i + 1]
