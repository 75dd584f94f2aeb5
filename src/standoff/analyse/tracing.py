"""What a record is compared by, class by class: its key, its words, its figures, and passages aligned with it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import TypeVar

from standoff.analyse.acts import DOWN, HOLD, UP, Act, act_words, family
from standoff.analyse.grouping import Trace
from standoff.analyse.known import Known
from standoff.analyse.words import NOT_LETTERS, content_words, dice, figures, figures_agree, names_of_parties
from standoff.model.domain import Pack
from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement

R = TypeVar("R", bound=Record)

_NONE: frozenset[str] = frozenset()
_UNALIGNED: list[tuple[int, int, str]] = []
_SAME_REPORT = 0.75  # one report names an act once, at its fullest mention: two close ones are two acts
_IN_PERSON = frozenset({"meeting", "talks", "summit", "visit"})
_NOT_HELD = frozenset({"missed", "refused", "not-planned"})
_ANY_GOODS = content_words("goods products imports exports items shipments merchandise all every wide range")
_ANY_ACT = content_words(
    "new further additional own similar retaliatory retaliation reciprocal current existing first second possible high "
    "higher large big steep sweeping some plan planned announce announced proposed threatened order trade measure "
    "action step move"
)
_TITLES = content_words(
    "president premier vice prime minister foreign commerce trade treasury finance secretary representative "
    "ambassador national security adviser advisor spokesman spokeswoman spokesperson deputy leader chief counterpart "
    "delegation team negotiator envoy white house ministry department"
)


Days = Callable[[Record], tuple[int, int] | None]


def traces(known: Known, kind: type[R], through_time: bool = False, days: Days | None = None) -> list[Trace[R]]:
    """The traces of all records of a class, which are kept with their reports: two of the same record are one object,
    as long as nothing that it is compared by has changed.

    `through_time` leaves the status of measures out of the key, and how far a contact has come (planned, held), not
    whether it came about. `days` must depend on the record and its report alone.
    """
    tracer = tracer_of(known)
    found: list[Trace[R]] = []
    key = f"{kind.type_name} through time" if through_time else kind.type_name
    for report in known.reports:
        part, passages = known.part(report.id), tracer.passages(report.id)
        kept = part.each("traces")
        aligned, made = kept.get(key, (None, ()))
        if aligned != passages:
            made = [_trace(tracer, record, through_time, days) for record in part.of(kind)]
            kept[key] = passages, made
        found += made
    return found


def _trace(tracer: Tracer, record: R, through_time: bool, days: Days | None) -> Trace[R]:
    return Trace(
        record,
        tracer.key(record, through_time),
        tracer.words(record),
        tracer.aligned(record),
        _marks(record),
        None if days is None else days(record),
    )


def tracer_of(known: Known) -> Tracer:
    """The one tracer of what is known, shared by all analyses."""
    return known.once("tracer", lambda: Tracer(known))


class Tracer:
    """Makes traces of the records of one `Known`; each record's words are cut once."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._codes = {
            name.lower(): p.code for p in known.pack.parties for name in (p.name, *p.names, *p.metonyms) if name
        }
        longest_first = sorted(self._codes, key=lambda name: (-len(name), name))
        self._named = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
        self._starts: dict[str, list[int]] = {}
        self.names = names_of_parties(known.pack)
        self.people = content_words(" ".join(sorted(official.name for official in known.pack.officials)))
        called = [*self._codes, *(word for party in known.pack.parties for word in party.adjectives)]
        self.everybody = self.people | self.names | content_words(" ".join(sorted(called)))
        self._passages = _passages(known)
        self._cues: defaultdict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        self._cue_words = {i.id: content_words(" ".join(i.cues)) for i in known.pack.issues}
        self.all_cue_words: frozenset[str] = _NONE.union(*self._cue_words.values())
        for issue in known.pack.issues:
            for cue in issue.cues:
                words = cue.lower().translate(NOT_LETTERS).split()
                self._cues[words[0] if words else ""].append((issue.id, words))

    def key(self, record: Record, through_time: bool) -> Hashable:
        """What must be the same in both: class, actors, recipients, type, issue (and status, at one time)."""
        if isinstance(record, Statement):
            return "statement", record.act, record.speaks_for
        if isinstance(record, Move):
            return "move", record.type, record.by, self.toward_in(self.known.pack, record.by, record.to), record.issue
        if isinstance(record, Measure):
            status = None if through_time else record.status
            return (
                "measure",
                record.instrument,
                record.by,
                self.toward_in(self.known.pack, record.by, record.on),
                status,
            )
        if isinstance(record, Contact):
            stage = record.status in _NOT_HELD if through_time else record.status
            kind = "in person" if record.kind in _IN_PERSON else record.kind
            return "contact", kind, tuple(sorted(record.parties)), stage
        if isinstance(record, Linkage):
            return "linkage", record.kind, record.first_actor, record.then_actor
        return record.type_name

    @staticmethod
    def toward_in(pack: Pack, by: str | None, to: str | None) -> str | None:
        """The recipient; where none is named, between two sides, the other side."""
        sides = pack.between
        if to is None and len(sides) == 2 and by in sides:
            return sides[1] if by == sides[0] else sides[0]
        return to

    def between(self, *codes: str | None) -> bool:
        """Whether parties are sides of the negotiation; where a pack names none, all are."""
        sides = self.known.pack.between
        return not sides or all(code in sides for code in codes)

    def words(self, record: Record) -> frozenset[str]:
        """Content words without the names of the sides, which the key holds already."""
        words: dict[str, frozenset[str]] = self.known.part(record.report).each("words")
        found = words.get(record.id)
        if found is None:
            found = words[record.id] = self._cut(record)
        return found

    def _cut(self, record: Record) -> frozenset[str]:
        if isinstance(record, Move):
            found = content_words(record.what) - self.names
            return found if len(found) >= 2 else content_words(self.known.words(record)) - self.names
        if isinstance(record, Linkage):
            return content_words(f"{record.first} {record.then}") - self.names
        if isinstance(record, Statement):
            return content_words(record.content.of(self.known.report_of(record).text)) - self.names
        return content_words(self.known.words(record)) - self.names

    def deed(self, record: Record, actor: str | None) -> frozenset[str]:
        """The words of the report that show an act, as `act_words` has them, without the names of the sides."""
        acts: dict[str, frozenset[str]] = self.known.part(record.report).each("acts")
        found = acts.get(record.id)
        if found is None:
            found = acts[record.id] = act_words(Act(actor, self.known.words(record))) - self.names
        return found

    def issues(self, text: str) -> frozenset[str]:
        """The issues whose cues stand in a text as words."""
        words = text.lower().translate(NOT_LETTERS).split()
        found = set()
        for at, word in enumerate(words):
            for issue, cue in self._cues.get(word, ()):
                if words[at : at + len(cue)] == cue:
                    found.add(issue)
        return frozenset(found)

    def cue_words(self, issues: Iterable[str]) -> frozenset[str]:
        """The content words of the cues of issues: what they share tells no more than the issue does."""
        return frozenset().union(*(self._cue_words.get(issue, _NONE) for issue in issues))

    def party_before(self, text: str, at: int, window: int) -> str | None:
        """The party whose name stands last within `window` code points before a place of a text."""
        found = list(self._named.finditer(text, max(0, at - window), at))
        return self._codes[found[-1][0].lower()] if found else None

    def passages(self, report: str) -> list[tuple[int, int, str]]:
        """The passages of a report (id) that lineage aligns with passages of other reports: (start, end, label)."""
        return self._passages.get(report, _UNALIGNED)

    def aligned(self, record: Record) -> frozenset[str]:
        """Labels of the passages around a record that lineage aligns with passages of other reports."""
        passages = self._passages.get(record.report)
        if not passages:
            return _NONE
        starts = self._starts.get(record.report)
        if starts is None:
            starts = self._starts[record.report] = [start for start, _, _ in passages]
        upto = bisect_right(starts, record.span.end - 1)
        return frozenset(label for _, end, label in passages[:upto] if end > record.span.start)

    def fits(self, a: Record, b: Record) -> bool:
        """Whether figures (of measures: rate, amount and goods; of contacts: people) agree where both have them.

        `a` leads: a measure with a figure never joins one without, which would then take in every other figure; one
        without joins it where both name the goods, since a bare `tariffs` tells of no rate.
        """
        if isinstance(a, Measure) and isinstance(b, Measure):
            return (
                _agree(a.rate_percent, b.rate_percent)
                and _agree(a.amount_usd, b.amount_usd)
                and (a.amount_usd == b.amount_usd is not None or self._goods_agree(a.goods, b.goods))
                and self._one_figure(a, b)
            )
        if isinstance(a, Move) and isinstance(b, Move):
            if a.report == b.report and dice(self.words(a), self.words(b)) < _SAME_REPORT:
                return False
            return figures_agree(figures(a.what), figures(b.what))
        if isinstance(a, Contact) and isinstance(b, Contact):
            apart = a.report == b.report and (a.kind, a.status) != (b.kind, b.status)
            return same_people(a, b) and not apart
        return True

    def one_fact(self, a: Record, b: Record) -> bool:
        """Whether they fit as tellings of one fact: a bare mention (`tariffs`) is no witness of what another report
        says of them (`25% on steel`), unless lineage aligns the passages."""
        if not self.fits(a, b):
            return False
        if not isinstance(a, Move) or not isinstance(b, Move):
            return True
        ours, theirs = self._singles_out(a), self._singles_out(b)
        alike = bool(ours & theirs) if ours and theirs else ours == theirs
        return alike or not self.aligned(a).isdisjoint(self.aligned(b))

    def _singles_out(self, move: Move) -> frozenset[str]:
        """What an act is told with beyond its issue and its kind: figures, and words of its own."""
        told: dict[str, frozenset[str]] = self.known.part(move.report).each("singles out")
        found = told.get(move.id)
        if found is None:
            words = self.words(move) - self.cue_words([move.issue]) - _ANY_GOODS - _ANY_ACT
            found = frozenset(w for w in words if family(w) not in (UP, DOWN, HOLD)) | figures(move.what)
            told[move.id] = found
        return found

    def goods(self, goods: str | None) -> frozenset[str]:
        """The words that single out a class of goods; empty for all goods of a side (or none named)."""
        return content_words(goods or "") - _ANY_GOODS - self.names

    def _one_figure(self, a: Measure, b: Measure) -> bool:
        ours, theirs = _marks(a), _marks(b)
        if ours and not theirs:
            return bool(self.goods(a.goods) & self.goods(b.goods))
        return not theirs or bool(ours & theirs)

    def _goods_agree(self, a: str | None, b: str | None) -> bool:
        if a is None or b is None:
            return True
        ours, theirs = self.goods(a), self.goods(b)
        return ours == theirs or bool(ours & theirs)


def _agree(a: float | None, b: float | None) -> bool:
    return a is None or b is None or a == b


def _passages(known: Known) -> dict[str, list[tuple[int, int, str]]]:
    """Per report its aligned passages (start, end, label), by start; aligned ones have one label."""
    label: dict[tuple[str, int, int], str] = {}
    for relation in known.relations:
        for a, b in relation.passages:
            left, right = (relation.a, a.start, a.end), (relation.b, b.start, b.end)
            name = label.get(left) or label.get(right) or "≈{}:{}-{}".format(*left)
            label.setdefault(left, name)
            label.setdefault(right, name)
    found: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for (report, start, end), name in label.items():
        found[report].append((start, end, name))
    return {report: sorted(passages) for report, passages in found.items()}


def _marks(record: Record) -> frozenset[str]:
    if isinstance(record, Measure):
        rate = {f"{record.rate_percent:g}%"} if record.rate_percent is not None else set()
        amount = {f"${record.amount_usd:.0f}"} if record.amount_usd is not None else set()
        return frozenset(rate | amount)
    if isinstance(record, Contact):
        return frozenset(f"@{word}" for name in people(record) for word in name)
    return _NONE


@lru_cache(maxsize=65536)
def _name(mention: str) -> frozenset[str]:
    """The capitalised words of a mention that are no title."""
    words = [w.strip(".,’'") for w in mention.replace("’s", "").replace("'s", "").split()]
    return frozenset(w.lower() for w in words if w[:1].isupper() and not content_words(w) <= _TITLES)


def people(contact: Contact) -> frozenset[frozenset[str]]:
    """The names of those who meet, each as the set of its words."""
    return _people(contact.who)


@lru_cache(maxsize=65536)
def _people(who: tuple[str, ...]) -> frozenset[frozenset[str]]:
    return frozenset(name for mention in who if (name := _name(mention)))


def same_people(a: Contact, b: Contact) -> bool:
    """Whether somebody can be at both: one name holds the other (`Lee` is in `Lee Min`, which is not `Lee Han`)."""
    ours, theirs = people(a), people(b)
    return not ours or not theirs or any(x <= y or y <= x for x in ours for y in theirs)
