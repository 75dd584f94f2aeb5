"""Arrows that no report states and that what it states implies; each rests on the record that it is read from.

    a measure of X for a reason                      its lifting waits for what X demands on that ground
    a threat of X, and demands of X in the report    its taking back waits for what is demanded
    a harm of X for an act of Y that was done        its lifting waits for the undoing of that act
    "any deal" of Y only after P                     what X demands of Y belongs to the deal, and waits for P, too
    Y says that X has not made clear what it wants   what X wants of Y waits for X to say it

The first three only where somebody waits for the lifting: else nothing hangs on it. The last is by Y's account.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from standoff.analyse.acts import DOWN, Act, Waits, act_words, undone
from standoff.analyse.conflict import Account, Conflict
from standoff.analyse.counterclaims import WENT_BACK
from standoff.analyse.denials import FAMILIES
from standoff.analyse.known import Known
from standoff.analyse.negation import negated
from standoff.analyse.periods import one_round
from standoff.analyse.stock import IN_FORCE, measure_words
from standoff.analyse.tracing import Tracer
from standoff.analyse.words import close, content_words
from standoff.model.record import Linkage, Measure, Move, Record, Statement

Scope = Callable[[Record], bool]

_DEAL = "deal"  # the word for a deal, an agreement, an accord
_THREAT = content_words("threat")
_SENTENCE = 400  # code points around a measure that are looked at for the end of its sentence
_WINDOW = 60
_LOOK_AT = 32  # acts that share a word with a lifting


@dataclass(frozen=True, slots=True)
class Disputed:
    """An act that is not done by one side's account (`undone_by`) and done by its owner's; from two records."""

    act: Act
    undone_by: str
    records: tuple[str, str]


def implied(known: Known, tracer: Tracer, pairs: Sequence[Waits], scope: Scope) -> list[Waits]:
    """The implied arrows beside those of linkages."""
    wanted = _Wanted(tracer, pairs)
    if not wanted:
        return []
    demands: defaultdict[str, list[Move]] = defaultdict(list)
    for move in known.moves:
        if move.type == "demand" and move.by and move.status not in ("denied", "hypothetical") and scope(move):
            toward = tracer.toward_in(known.pack, move.by, move.to)
            if toward and toward != move.by and len(content_words(move.what) - tracer.names) > 1:
                demands[move.by].append(move)
    found = [*_grounds(known, tracer, wanted, demands, scope), *_threats(known, tracer, wanted, demands, scope)]
    found += _answers(known, tracer, wanted, pairs, scope)
    return list(dict.fromkeys([*found, *_deals(known, [*pairs, *found])]))


class _Wanted:
    """The acts of lifting or of taking back that somebody waits for, found by their words."""

    def __init__(self, tracer: Tracer, pairs: Iterable[Waits]) -> None:
        self._tracer = tracer
        self.threats: dict[tuple[str, str], Act] = {}  # by whose threat, in the story (origin) that tells of it
        self._exact: dict[tuple[str, frozenset[str]], Act] = {}
        self._by_word: defaultdict[tuple[str, str], list[tuple[frozenset[str], Act]]] = defaultdict(list)
        for act, record in ((pair.needs, pair.record) for pair in pairs):
            words = act_words(act) - tracer.names
            if act.actor is None or words.isdisjoint(_THREAT | {DOWN}):
                continue
            if words & _THREAT:
                self.threats.setdefault((act.actor, tracer.known.origin_of(record)), act)
            if (act.actor, words) not in self._exact:
                self._exact[act.actor, words] = act
                for word in sorted(words - {DOWN}):
                    self._by_word[act.actor, word].append((words, act))

    def __bool__(self) -> bool:
        return bool(self._exact)

    def lifting(self, measure: Measure) -> Act | None:
        """The act waited for that a measure's lifting is, or belongs to (`remove all tariffs`); None: nobody waits."""
        by = measure.by or ""
        named = measure_words(measure).replace("“", "").replace("”", "").removeprefix(f"{by} ")
        words = act_words(Act(by, f"lift the {named}")) - self._tracer.names
        wider = [
            self._exact[by, frozenset({DOWN, w})] for w in sorted(words) if (by, frozenset({DOWN, w})) in self._exact
        ]
        lists = sorted((self._by_word.get((by, word), []) for word in sorted(words - {DOWN})), key=len)
        near = (act for those in lists for own, act in those[:_LOOK_AT] if close(own, words) or own <= words)
        return next(near, wider[0] if wider else None)


def _grounds(
    known: Known, tracer: Tracer, wanted: _Wanted, demands: Mapping[str, Sequence[Move]], scope: Scope
) -> Iterator[Waits]:
    for measure in known.measures:
        if not measure.reason or not measure.by or measure.status not in IN_FORCE or not scope(measure):
            continue
        target = wanted.lifting(measure)
        ground = content_words(measure.reason) - tracer.names
        issues = tracer.issues(measure.reason)
        for demand in demands.get(measure.by, ()) if target else ():
            about = content_words(demand.what) | content_words(demand.issue)
            on_that = demand.issue in issues or (not issues and ground & about)
            if target and on_that and one_round(known, measure, demand):
                yield _waits(tracer, target, demand, measure)


def _waits(tracer: Tracer, target: Act, demand: Move, record: Record) -> Waits:
    other = tracer.toward_in(tracer.known.pack, demand.by, demand.to)
    return Waits(target, Act(other, demand.what), "precondition", demand.by, "implied", record)


def _threats(
    known: Known, tracer: Tracer, wanted: _Wanted, demands: Mapping[str, Sequence[Move]], scope: Scope
) -> Iterator[Waits]:
    """What the threatening side demands in the report of its threat, where a source of that story waits for its end."""
    if not wanted.threats:
        return
    told: defaultdict[tuple[str, str], list[Move]] = defaultdict(list)
    for by, moves in demands.items():
        for demand in moves:
            told[by, demand.report].append(demand)
    for threat in known.moves:
        target = wanted.threats.get((threat.by or "", known.origin_of(threat))) if threat.type == "threaten" else None
        if target and threat.by and scope(threat):
            for demand in told.get((threat.by, threat.report), ()):
                yield _waits(tracer, target, demand, threat)


def _answers(known: Known, tracer: Tracer, wanted: _Wanted, pairs: Sequence[Waits], scope: Scope) -> Iterator[Waits]:
    """Harms in force that are told as the answer to an act of the other side."""
    occasions: defaultdict[str, list[Linkage]] = defaultdict(list)
    for record in (pair.record for pair in pairs if pair.kind == "threat"):
        if isinstance(record, Linkage):
            occasions[record.report].append(record)
    for measure in known.measures:
        if measure.by is None or measure.status not in IN_FORCE or not scope(measure):
            continue
        target = wanted.lifting(measure)
        if target is None:
            continue
        party = _went_back(known, tracer, measure)
        if party and party != measure.by:
            act = Act(party, "return to its commitments")
            yield Waits(target, act, "precondition", measure.by, "implied", measure)
            continue
        for link in occasions.get(measure.report, ()):
            if link.span.overlaps(measure.span) and link.then_actor == measure.by:
                act = undone(Act(link.first_actor, link.first))
                yield Waits(target, act, "precondition", measure.by, "implied", link)


def _went_back(known: Known, tracer: Tracer, measure: Measure) -> str | None:
    """The party that is told, in the sentence of a measure, to have gone back on its word."""
    text, at = known.report_of(measure).text, measure.span
    before = text[max(0, at.start - _SENTENCE) : at.start]
    start = at.start - len(before) + max(before.rfind(". "), before.rfind("\n")) + 1
    match = WENT_BACK.search(text, start, at.end)
    return tracer.party_before(text, match.start(), _WINDOW) if match else None


def _deals(known: Known, pairs: Sequence[Waits]) -> Iterator[Waits]:
    """What is demanded of a party that holds back any deal belongs to the deal of that round of talks.

    Each act by the first such deal that is told with no long silence between.
    """
    deals: defaultdict[tuple[str, str | None], list[Waits]] = defaultdict(list)
    for pair in pairs:
        if pair.strength != "implied" and pair.act.actor and _DEAL in act_words(pair.act):
            deals[pair.act.actor, pair.needs.actor].append(pair)
    for other in pairs:
        those = deals.get((other.needs.actor or "", other.act.actor), ())
        deal = next((d for d in those if one_round(known, d.record, other.record)), None)
        if deal and other.needs not in (deal.act, deal.needs):
            yield Waits(other.needs, deal.needs, "precondition", deal.act.actor, "implied", deal.record)


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
