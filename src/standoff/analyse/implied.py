"""Arrows that no report states and that what it states implies; each rests on the record that it is read from.

    a measure of X for a reason                      its lifting waits for what X demands on that ground
    a threat of X, and demands of X in the report    its taking back waits for what is demanded
    a harm of X for an act of Y that was done        its lifting waits for the undoing of that act
    "any deal" of Y only after P                     what X demands of Y belongs to the deal, and waits for P, too
    Y says that X has not made clear what it wants   what X wants of Y waits for X to say it

The first three only where somebody waits for the lifting: else nothing hangs on it. The last is by Y's account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from standoff.analyse.acts import Act, Waits, act_words, undone
from standoff.analyse.conflict import Account, Conflict
from standoff.analyse.counterclaims import WENT_BACK
from standoff.analyse.denials import FAMILIES, negated
from standoff.analyse.known import Known
from standoff.analyse.stock import IN_FORCE, measure_words
from standoff.analyse.tracing import Tracer
from standoff.analyse.words import close, content_words
from standoff.model.record import Linkage, Measure, Move, Record, Statement

Scope = Callable[[Record], bool]

_DEAL = "deal"  # the word for a deal, an agreement, an accord
_THREAT = content_words("threat")
_SENTENCE = 400  # code points around a measure that are looked at for the end of its sentence
_WINDOW = 60


@dataclass(frozen=True, slots=True)
class Disputed:
    """An act that is not done by one side's account (`undone_by`) and done by its owner's; from two records."""

    act: Act
    undone_by: str
    records: tuple[str, str]


def implied(known: Known, tracer: Tracer, pairs: Sequence[Waits], scope: Scope) -> list[Waits]:
    """The implied arrows beside those of linkages."""
    wanted = [pair.needs for pair in pairs if pair.needs.actor]
    if not wanted:
        return []
    found = [*_grounds(known, tracer, wanted, scope), *_threats(known, tracer, wanted, scope)]
    found += _answers(known, tracer, wanted, pairs, scope)
    return [*found, *_deals([*pairs, *found])]


def _lifting(measure: Measure) -> Act:
    words = measure_words(measure).replace("“", "").replace("”", "")
    return Act(measure.by, f"lift the {words.removeprefix(f'{measure.by} ')}")


def _wanted(tracer: Tracer, wanted: Iterable[Act], lift: Act) -> Act | None:
    """The act waited for that a lifting is, or belongs to (`remove all tariffs`); None: nobody waits for it."""
    words = act_words(lift) - tracer.names
    for act in wanted:
        own = act_words(act) - tracer.names
        if act.actor == lift.actor and (close(own, words) or (len(own) > 1 and own <= words)):
            return act
    return None


def _grounds(known: Known, tracer: Tracer, wanted: Sequence[Act], scope: Scope) -> Iterator[Waits]:
    for measure in known.measures:
        if not measure.reason or not measure.by or measure.status not in IN_FORCE or not scope(measure):
            continue
        target = _wanted(tracer, wanted, _lifting(measure))
        if target:
            ground = content_words(measure.reason) - tracer.names
            issues = tracer.issues(measure.reason)
            for demand in _demands(known, tracer, measure.by, scope):
                words = content_words(demand.what) - tracer.names
                one = demand.issue in issues or (not issues and ground & (words | content_words(demand.issue)))
                if one and len(words) > 1:
                    yield _waits(tracer, target, demand, measure)


def _waits(tracer: Tracer, target: Act, demand: Move, record: Record) -> Waits:
    other = tracer.toward_in(tracer.known.pack, demand.by, demand.to)
    return Waits(target, Act(other, demand.what), "precondition", demand.by, "implied", record)


def _demands(known: Known, tracer: Tracer, by: str, scope: Scope, report: str | None = None) -> Iterator[Move]:
    """What a side demands of another, of one report where that is given."""
    for move in known.moves:
        if move.type == "demand" and move.by == by and move.status not in ("denied", "hypothetical"):
            toward = tracer.toward_in(known.pack, move.by, move.to)
            if toward and toward != by and (report is None or move.report == report) and scope(move):
                yield move


def _threats(known: Known, tracer: Tracer, wanted: Sequence[Act], scope: Scope) -> Iterator[Waits]:
    targets = [act for act in wanted if act_words(act) & _THREAT]
    if not targets:
        return
    for threat in known.moves:
        target = next((a for a in targets if a.actor == threat.by), None)
        if threat.type == "threaten" and threat.by and target and scope(threat):
            for demand in _demands(known, tracer, threat.by, scope, threat.report):
                if len(content_words(demand.what) - tracer.names) > 1:
                    yield _waits(tracer, target, demand, threat)


def _answers(
    known: Known, tracer: Tracer, wanted: Sequence[Act], pairs: Sequence[Waits], scope: Scope
) -> Iterator[Waits]:
    """Harms in force that are told as the answer to an act of the other side."""
    occasions = [pair.record for pair in pairs if isinstance(pair.record, Linkage) and pair.kind == "threat"]
    for measure in known.measures:
        if measure.by is None or measure.status not in IN_FORCE or not scope(measure):
            continue
        target = _wanted(tracer, wanted, _lifting(measure))
        if target is None:
            continue
        party = _went_back(known, tracer, measure)
        if party and party != measure.by:
            act = Act(party, "return to its commitments")
            yield Waits(target, act, "precondition", measure.by, "implied", measure)
            continue
        for link in occasions:
            told = link.report == measure.report and link.span.overlaps(measure.span)
            if told and isinstance(link, Linkage) and link.then_actor == measure.by:
                act = undone(Act(link.first_actor, link.first))
                yield Waits(target, act, "precondition", measure.by, "implied", link)


def _went_back(known: Known, tracer: Tracer, measure: Measure) -> str | None:
    """The party that is told, in the sentence of a measure, to have gone back on its word."""
    text, at = known.report_of(measure).text, measure.span
    before = text[max(0, at.start - _SENTENCE) : at.start]
    start = at.start - len(before) + max(before.rfind(". "), before.rfind("\n")) + 1
    match = WENT_BACK.search(text, start, at.end)
    return tracer.party_before(text, match.start(), _WINDOW) if match else None


def _deals(pairs: Sequence[Waits]) -> Iterator[Waits]:
    """What is demanded of a party that holds back any deal belongs to the deal."""
    for deal in pairs:
        owner = deal.act.actor
        if deal.strength == "implied" or owner is None or _DEAL not in act_words(deal.act):
            continue
        for other in pairs:
            asked = other.needs.actor == owner and other.act.actor == deal.needs.actor
            if asked and other.needs not in (deal.act, deal.needs):
                yield Waits(other.needs, deal.needs, "precondition", owner, "implied", deal.record)


def unclear(
    known: Known, tracer: Tracer, pairs: Sequence[Waits], found: Iterable[Conflict]
) -> Iterator[tuple[Disputed, list[Waits]]]:
    """Where accounts differ on whether a side has made its demands clear: what it wants waits for its saying so.

    By the account of the side that asks it is not done; by the other it is, and will hardly be done again.
    """
    for conflict in found:
        a, b = conflict.a, conflict.b
        sides = clarity(known, conflict)
        if sides is None:
            continue
        asks, owner = sides
        act = Act(owner, "say clearly what it wants")
        told = content_words(f"{a.words} {b.words}") - tracer.names
        acts = [p for p in pairs if p.needs.actor == asks and p.act.actor == owner]
        near = [p for p in acts if told & act_words(p.needs)] or acts
        statement = known.record(a.record if a.party == asks else b.record)
        arrows = [Waits(p.needs, act, "precondition", asks, "by-source", statement) for p in near]
        if arrows:
            yield Disputed(act, asks, conflict.records), list(dict.fromkeys(arrows))


def _of_clarity(words: str) -> bool:
    kinds = {FAMILIES.get(stem) for stem in content_words(words)}
    return "clear" in kinds and "demand" in kinds


def clarity(known: Known, conflict: Conflict) -> tuple[str, str] | None:
    """Where two sides differ on whether one has said clearly what it wants: who misses it, and whose demand it is."""
    a, b = conflict.a, conflict.b
    if not a.party or not b.party or a.party == b.party or not (_of_clarity(a.words) and _of_clarity(b.words)):
        return None
    lacks = [_lacks(known, account) for account in (a, b)]
    if lacks[0] == lacks[1]:
        return None
    return (a.party, b.party) if lacks[0] else (b.party, a.party)


def _lacks(known: Known, account: Account) -> bool:
    record = known.record(account.record)
    return negated(account.words, isinstance(record, Statement) and record.act == "deny")
