"""The state of play in a few plain sentences, made from records only.

For the newest period of the record: what each side demands, offers, refuses and threatens; which measures stand;
what contact comes next and which was missed; what waits for what; where accounts differ. Every part names the
records it rests on; attribution and uncertainty are said; what the record does not say is called not stated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from standoff.analyse.acts import Act, withheld
from standoff.analyse.attribution import article_down, listed
from standoff.analyse.conflict import Conflict
from standoff.analyse.known import Known
from standoff.analyse.linked import Waiting
from standoff.analyse.periods import newest_period
from standoff.analyse.phrases import (
    adjective,
    attribution,
    days_words,
    first_up,
    party_name,
    predicate,
    reads_well,
    short,
    when_words,
    whose,
)
from standoff.analyse.positions import CERTAINTY, Position
from standoff.analyse.sentences import Part, Sentence
from standoff.analyse.state import State
from standoff.analyse.stock import FIRM, StandingMeasure, measure_words
from standoff.analyse.timeline import TimelineEntry, next_contacts
from standoff.analyse.words import close, content_words, figures, names_of_parties
from standoff.model.record import Linkage, Move, Record

_KINDS = ("demand", "refuse", "offer", "commit", "agree", "threaten")
_MOST = {"demand": 2, "refuse": 1, "offer": 1, "commit": 1, "agree": 1, "threaten": 1}
_STANDING = (("in force", ("in-force", "raised")), ("suspended", ("suspended",)), ("lifted", ("lifted",)))
_NO_MOVE = ("whether ", "what ", "which ", "how ", "unless ", "until ", "if ")
_CLAUSES = 4
_SAYS_ENOUGH = 3  # content words of a line that is told before shorter ones
_NEWS = timedelta(days=14)  # positions met within so many days of the newest weigh alike
_SIDES = 3
_WELL_TOLD = 3  # origins; that more tell it adds little
_SURE = 0.7  # confidence; what is read with less is told after the rest
_NAMED = 3  # acts of a circle
_WEAK = ("record", "blame")  # kinds of conflict told last


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The state of play: the newest period (first and last day of publication) and its sentences."""

    period: tuple[date, date] | None
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


def headline(known: Known, now: State, graph: Waiting, differing: Sequence[Conflict]) -> Headline:
    """The state of play from the state as of a day, the graph of that period, and the accounts that differ."""
    period = newest_period(known, now.as_of)
    since = period[0] if period else None
    sentences = [
        *_sides(known, now, period),
        *_measures(known, now, since),
        *_contacts(known, now, since),
        *_linkages(known, graph, since),
        *_conflicts(known, differing, since),
    ]
    return Headline(period=period, sentences=tuple(sentences))


# -- what each side holds -------------------------------------------------------------------------------------------


def _sides(known: Known, now: State, period: tuple[date, date] | None) -> Iterator[Sentence]:
    names = names_of_parties(known.pack)
    fresh = [p for p in (_latest(known, p, period, names) for p in now.positions) if p]
    sides = sorted(known.pack.between, key=lambda s: -sum(p.party == s for p in fresh))[:_SIDES]
    opening = f"In reports of {days_words(*period)}, " if period else ""
    for side in (s for s in known.pack.between if s in sides):
        chosen = _chosen(known, [p for p in fresh if p.party == side])
        name = party_name(known.pack, side)
        if not chosen:
            text = f"{opening}what {name} demands or offers is not stated."
            yield Sentence(topic="positions", parts=(Part(text=first_up(text)),))
        else:
            parts = [Part(text=first_up(f"{opening}{name} ")), *_joined(_clauses(known, chosen)), Part(text=".")]
            yield Sentence(topic="positions", parts=tuple(parts))
        opening = ""


def _latest(
    known: Known, position: Position, period: tuple[date, date] | None, names: frozenset[str]
) -> Position | None:
    """The position in the words of the period's most certain sighting; None where it says too little to show."""
    seen = [s for s in position.sightings if period is None or (s.published and s.published >= period[0])]
    told = [known.record(s.record) for s in seen]
    moves = [m for m in told if isinstance(m, Move) and _says_something(m, names)]
    if not moves or "not-met-since" in position.flags:
        return None
    best = min(moves, key=lambda m: (CERTAINTY.index(m.status), m.report in known.copies, -m.confidence, m.id))
    others = tuple(r for r in position.records if r != best.id)
    return replace(position, what=best.what, status=best.status, records=(best.id, *others))


def _says_something(move: Move, names: frozenset[str]) -> bool:
    """Whether a line stands by itself: two words and more beside the sides' names, and no indirect question."""
    words = content_words(move.what) - names
    sure = move.status != "hypothetical" or move.type in ("offer", "commit")
    return len(words) > 1 and sure and not move.what.startswith(_NO_MOVE)


def _chosen(known: Known, found: Sequence[Position]) -> list[Position]:
    """The weightiest positions: a few of each kind, of different issues where there are such, none twice.

    A threat that the newest reports tell comes first: what is threatened now weighs more than what was asked before.
    """
    chosen: list[Position] = []
    newest = _newest(found)
    fresh = any(p.kind == "threaten" and newest and _met_last(p) == newest for p in found)
    for kind in ("threaten", *_KINDS[:-1]) if fresh else _KINDS:
        ranked = sorted((p for p in found if p.kind == kind), key=lambda p: _weight(known, p, newest))
        first_of: dict[str, Position] = {}
        for position in ranked:
            first_of.setdefault(position.issue, position)
        firsts = {p.id for p in first_of.values() if p.issue != "other"}
        taken = 0
        for position in sorted(ranked, key=lambda p: (_doubt(p), p.id not in firsts)):
            if taken == _MOST[kind] or len(chosen) == _CLAUSES:
                break
            again = any(close(content_words(position.what), content_words(p.what)) for p in chosen)
            if not again:
                chosen.append(position)
                taken += 1
    return chosen


def _newest(found: Sequence[Position]) -> date | None:
    return max((day for p in found if (day := _met_last(p))), default=None)


def _doubt(position: Position) -> int:
    """0 where it is told as done or said, 1 where only as expected or possible."""
    return CERTAINTY.index(position.status) // 2


def _met_last(position: Position) -> date | None:
    """The last day of publication of a report that tells it."""
    return max((s.published for s in position.sightings if s.published), default=None)


def _weight(known: Known, position: Position, newest: date | None) -> tuple[int | bool | str, ...]:
    last = _met_last(position)
    return (
        _doubt(position),
        (newest - last) // _NEWS if newest and last else 0,
        not reads_well(known, position),
        -min(position.origins, _WELL_TOLD),
        known.record(position.records[0]).confidence < _SURE,
        len(content_words(position.what)) < _SAYS_ENOUGH,
        position.issue == "other",
        -position.origins,
        -len({s.report for s in position.sightings}),
        known.record(position.records[0]).report in known.copies,
        not figures(position.what),
        abs(len(position.what) - 60) // 40,
        position.id,
    )


def _clauses(known: Known, chosen: Sequence[Position]) -> Iterator[Part]:
    """One part a position; a verb that the one before has is not said again, nor is a source that all have."""
    told = [_said(known, position) for position in chosen]
    alike = len(chosen) > 2 and len(set(told)) == 1
    before = ""
    for n, (position, said) in enumerate(zip(chosen, told, strict=True), 1):
        verb, rest = predicate(known, position)
        source = "" if alike and n < len(chosen) else f" (all: {said})" if alike else f" ({said})"
        link = verb.rsplit(" ", 1)[-1]
        again = f"{link} {rest}" if link in ("that", "to") else rest
        yield Part(text=f"{again if verb == before else f'{verb} {rest}'}{source}", records=position.records)
        before = verb


def _said(known: Known, position: Position) -> str:
    more = f" and {position.origins - 1} more" if position.origins > 1 else ""
    contested = "; accounts differ" if "contested" in position.flags else ""
    return f"{attribution(known, known.record(position.records[0]))}{more}{contested}"


def _joined(items: Iterable[Part], last: str = " and ") -> list[Part]:
    """The parts with commas and a last `and` between them."""
    parts = list(items)
    joined: list[Part] = []
    for n, part in enumerate(parts):
        if n:
            joined.append(Part(text=last if n == len(parts) - 1 else ", "))
        joined.append(part)
    return joined


# -- measures, contacts, linkages, conflicts ------------------------------------------------------------------------


def _measures(known: Known, now: State, since: date | None) -> Iterator[Sentence]:
    """What is in force, suspended or lifted by reports of the period; what names a figure first."""
    fresh = [m for m in now.measures if m.status in FIRM and _named(m) and _met_since(m.met[1], since)]
    groups: list[list[Part]] = []
    for words, statuses in (
        ("In force", ("in-force", "raised")),
        ("suspended", ("suspended",)),
        ("lifted", ("lifted",)),
    ):
        those = sorted((m for m in fresh if m.status in statuses), key=_measure_weight)[:3]
        if those:
            groups.append([Part(text=f"{words}: "), *_joined([_measure(known, m) for m in those])])
    if groups:
        parts = [part for group in groups for part in (*group, Part(text="; "))][:-1]
        parts[0] = Part(text=first_up(parts[0].text))
        yield Sentence(topic="measures", parts=(*parts, Part(text=".")))


def _named(measure: StandingMeasure) -> bool:
    """Whether it says more than that there is some tariff."""
    return measure.rate_percent is not None or measure.amount_usd is not None or bool(measure.goods or measure.reason)


def _measure_weight(measure: StandingMeasure) -> tuple[bool, bool, int, float, str]:
    named = measure.rate_percent is not None or measure.amount_usd is not None
    return not named, measure.instrument == "other", -measure.origins, -(measure.rate_percent or 0), measure.id


def _measure(known: Known, measure: StandingMeasure) -> Part:
    words = measure_words(measure).removeprefix(f"{measure.by} ")
    dated = f", {when_words(measure.since)}" if measure.since else ""
    told = _voice(known, measure.records)
    contested = ", accounts differ" if "contested" in measure.flags else ""
    text = f"{adjective(known.pack, measure.by)} {short(words)}{dated}{contested} ({attribution(known, told)})".strip()
    return Part(text=text, records=measure.records)


def _met_since(day: date | None, since: date | None) -> bool:
    return since is None or (day is not None and day >= since)


def _contacts(known: Known, now: State, since: date | None) -> Iterator[Sentence]:
    fresh = [c for c in now.contacts if any(_met_since(_published(known, r), since) for r in c.records)]
    ahead = next_contacts(fresh)[:2]
    missed = [c for c in fresh if c.missed and c.between_sides][-1:]
    held = [c for c in fresh if c.status == "held" and c.between_sides][-1:] if not ahead else []
    no_plan = [c for c in fresh if c.status == "not-planned" and c.between_sides][-1:]
    named = (("planned", ahead), ("held", held), ("missed", missed), ("not planned", no_plan))
    groups = [(word, those) for word, those in named if those]
    parts: list[Part] = []
    for n, (word, those) in enumerate(groups):
        parts.append(Part(text=f"{'; ' if n else ''}{word if n else first_up(word)}: "))
        parts += _joined([_contact(known, c) for c in those])
    if parts:
        yield Sentence(topic="contacts", parts=(*parts, Part(text=".")))
    elif known.contacts:
        yield Sentence(topic="contacts", parts=(Part(text="The next contact is not stated."),))


def _contact(known: Known, contact: TimelineEntry) -> Part:
    sides = {name for p in known.pack.parties for name in (p.name, *p.names, *p.metonyms)}
    named = tuple(article_down(w) for w in contact.who[:3] if w not in sides)
    who = named or tuple(party_name(known.pack, p) for p in contact.parties)
    place = contact.place if contact.place not in contact.who else None
    words = f"{contact.kind} of {short(listed(who))}" + (f" in {place}" if place else "")
    dated = ""
    if contact.when and contact.basis == "told":
        dated = f", {when_words(contact.when)}"
    elif contact.when_words:
        dated = f", “{contact.when_words}”"
    told = _voice(known, contact.records)
    return Part(text=f"{words}{dated} ({attribution(known, told)})", records=contact.records)


def _voice(known: Known, records: Sequence[str]) -> Record:
    """The record that is named for several: of no copy where there is one, the newest."""
    told = [known.record(r) for r in records]
    return max(told, key=lambda r: (r.report not in known.copies, known.published(r) or date.min, r.id))


def _published(known: Known, record: str) -> date | None:
    return known.published(known.record(record))


def _linkages(known: Known, graph: Waiting, since: date | None) -> Iterator[Sentence]:
    """The two plainest linkages of the period, and whether acts wait for each other in a circle."""
    strong = sorted(graph.arrows, key=lambda a: (a.strength == "implied", a.strength != "stated", a.waits, a.needs))
    chosen: dict[str, Linkage] = {}
    for record in (known.record(r) for arrow in strong for r in arrow.records):
        if isinstance(record, Linkage) and _met_since(known.published(record), since):
            chosen.setdefault(record.then, record)
    parts = _joined([_linkage(known, link) for link in list(chosen.values())[:2]], "; ")
    if parts:
        parts[0] = Part(text=first_up(parts[0].text), records=parts[0].records)
        if circle := next((c for c in graph.circles if not _told(graph, c, set(chosen.values()))), None):
            parts += [Part(text="; in a circle wait for each other: "), *_joined(_acts(known, graph, circle))]
        yield Sentence(topic="linkages", parts=(*parts, Part(text=".")))


def _told(graph: Waiting, circle: Sequence[str], links: Collection[Linkage]) -> bool:
    """Whether the linkages that are told make up a circle of two: a trade is told as one already."""
    between = [a.records for a in graph.arrows if a.waits in circle and a.needs in circle]
    return len(circle) == 2 and all(any(link.id in records for link in links) for records in between)


def _acts(known: Known, graph: Waiting, circle: Sequence[str]) -> Iterator[Part]:
    """The acts of a circle by name, the first three."""
    for id in circle[:_NAMED]:
        act = graph.act(id)
        yield Part(text=whose(known, known.record(act.records[0]), act.what, act.actor), records=act.records)
    if len(circle) > _NAMED:
        yield Part(text=f"{len(circle) - _NAMED} more acts")


def _linkage(known: Known, link: Linkage) -> Part:
    first = whose(known, link, link.first, link.first_actor)
    then = whose(known, link, link.then, link.then_actor)
    apart = withheld(Act(link.first_actor, link.first)) and withheld(Act(link.then_actor, link.then))
    form = {
        "precondition": f"{then} – only after {first}",
        "exchange": f"{then} – in answer to this: {first}" if apart else f"{first} – in exchange: {then}",
        "threat": f"it is threatened: if {first}, {then}",
    }[link.kind]
    return Part(text=f"{form} ({attribution(known, link)})", records=(link.id,))


def _conflicts(known: Known, differing: Sequence[Conflict], since: date | None) -> Iterator[Sentence]:
    fresh = [c for c in differing if all(_met_since(_published(known, r), since) for r in c.records)]
    ranked: Iterable[Conflict] = sorted(fresh, key=lambda c: (c.kind in _WEAK, c.a.party is None, c.b.party is None))
    for conflict in list(ranked)[:1]:
        told = [
            Part(
                text=f"“{account.words}” ({attribution(known, known.record(account.record))})",
                records=(account.record,),
            )
            for account in (conflict.a, conflict.b)
        ]
        more = f"; {len(fresh) - 1} more in the list" if len(fresh) > 1 else ""
        parts = (Part(text="Accounts differ: "), told[0], Part(text=" – against – "), told[1], Part(text=f"{more}."))
        yield Sentence(topic="conflicts", parts=parts)
