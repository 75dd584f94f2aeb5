"""How two reports relate: a pure function of the two and of the pack, so that every order of reading gives the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standoff.lineage.candidates import DAYS, days_apart
from standoff.lineage.compare import COPIED, PARTLY, Comparison, align, compare, copy_kind
from standoff.lineage.origins import Outlets, find_origins, known_outlets, outlet_key
from standoff.lineage.passages import shared_passages
from standoff.model.domain import Pack
from standoff.model.lineage import Origin, Relation, RelationKind
from standoff.model.report import Report
from standoff.model.span import Span

LIKELY = 0.15  # likeness from which a pair can have a relation other than a copy word for word

_EVENT = 0.16  # likeness from which two reports of one day tell of one event
_PER_DAY = 0.01  # ... and how much more it must be for each day between them
_EVENT_DAYS = 10  # ... and how many those may be; a relay appears within so many days, too
_UNDATED_EVENT = 0.3  # ... and where a day is unknown
_REWRITTEN = 0.22  # likeness from which a rewritten copy is looked for
_REWRITTEN_PER_DAY = 0.002
_UNDATED_REWRITTEN = 0.25


@dataclass(frozen=True, slots=True)
class Side:
    """One report, and what its own words say of where it comes from."""

    report: Report
    told: tuple[Origin, ...]
    outlets: Outlets

    @property
    def day(self) -> date | None:
        return self.report.published.day if self.report.published else None

    @property
    def whole(self) -> Origin | None:
        return next((o for o in self.told if o.passage is None), None)

    @property
    def outlet(self) -> str | None:
        """A key of who published it, equal for two spellings of one outlet."""
        return outlet_key(self.outlets.name(self.report.outlet)) if self.report.outlet else None

    @property
    def names(self) -> frozenset[str]:
        """Keys of the outlets whose story it is known to be: its publisher, and whom it credits."""
        credited = outlet_key(self.whole.outlet) if self.whole else None
        return frozenset(name for name in (self.outlet, credited) if name)


class Relater:
    """Relates pairs of reports; remembers what the last few hundred reports say of themselves."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._outlets: dict[tuple[str, ...], Outlets] = {}
        self._sides: dict[str, Side] = {}

    def side(self, report: Report) -> Side:
        """The report as far as relations need it."""
        if report.id not in self._sides:
            if len(self._sides) >= 512:
                self._sides.pop(next(iter(self._sides)))
            outlets = self._known(report)
            self._sides[report.id] = Side(report, find_origins(report, outlets), outlets)
        return self._sides[report.id]

    def relate(self, one: Report, other: Report, likeness: float, near: bool) -> Relation | None:
        """The one relation of two reports; None where there is none.

        `likeness` is that of their signatures; `near` says that their sketches have something in common. The order
        of the two does not matter.
        """
        low, high = sorted((one, other), key=lambda r: r.id)
        apart = days_apart(one, other)
        comparison = _compared(low, high, likeness, near, apart)
        kind = copy_kind(comparison) if comparison else None
        if comparison and kind:
            a, b = self.side(low), self.side(high)
            if a.outlet and a.outlet == b.outlet and (apart or 0) > DAYS:
                return None  # what an outlet's stories of other months share is what it puts around all of them
            return _directed(a, b, kind, comparison)
        if likeness < (_UNDATED_EVENT if apart is None else LIKELY) or (apart or 0) > _EVENT_DAYS:
            return None
        a, b = self.side(low), self.side(high)
        relay = self._relay(a, b, likeness) or self._relay(b, a, likeness)
        if relay or not _one_event(likeness, apart):
            return relay
        first, second = (b, a) if is_first(a, b) else (a, b)
        return Relation(a=first.report.id, b=second.report.id, kind="same-event", score=likeness)

    def _relay(self, a: Side, b: Side, likeness: float) -> Relation | None:
        """`a` as a relay of `b`: it cites the outlet of `b` where it tells what `b` tells, and is no older."""
        if a.day and b.day and a.day < b.day:
            return None
        cited = [o.passage for o in self._cited(a, b) if o.passage and outlet_key(o.outlet) in b.names]
        if not cited:
            return None
        low, high = sorted((a.report, b.report), key=lambda r: r.id)
        pairs = align(low.text, high.text)
        turned = ((p.first, p.second) if low is a.report else (p.second, p.first) for p in pairs)
        passages = tuple(sorted(pair for pair in turned if any(pair[0].overlaps(place) for place in cited)))
        if not passages:
            return None
        return Relation(a=a.report.id, b=b.report.id, kind="relay", score=likeness, passages=passages)

    def _cited(self, a: Side, b: Side) -> tuple[Origin, ...]:
        """What `a` relays, the outlet of `b` being known by its name, too."""
        name = b.report.outlet
        if not name or name not in a.report.text or b.outlet == a.outlet or self._known(b.report) is self._known():
            return a.told
        return find_origins(a.report, self._known(a.report, b.report))

    def _known(self, *reports: Report) -> Outlets:
        """The outlets of the pack, and those of these reports."""
        if () not in self._outlets:
            self._outlets[()] = known_outlets(self._pack)
        named = self._outlets[()]
        extra = tuple(sorted({r.outlet for r in reports if r.outlet and outlet_key(r.outlet) not in named.keys}))
        if extra not in self._outlets:
            self._outlets[extra] = known_outlets(self._pack, reports)
        return self._outlets[extra]


def _compared(a: Report, b: Report, likeness: float, near: bool, apart: int | None) -> Comparison | None:
    """The two side by side; None where nothing speaks for a copy."""
    shared = shared_passages(a.text, b.text) if near else None
    rewritten = likeness >= (_UNDATED_REWRITTEN if apart is None else _REWRITTEN + _REWRITTEN_PER_DAY * apart)
    if not rewritten and (shared is None or shared.containment < PARTLY):
        return None
    return compare(a.text, b.text, shared=shared, near=near)


def _directed(a: Side, b: Side, kind: RelationKind, comparison: Comparison) -> Relation:
    """The relation with the copy as `a`; two versions that one outlet published are a revision."""
    passages: tuple[tuple[Span, Span], ...] = comparison.shared.passages
    if kind in ("spun", "paraphrase"):
        passages = tuple((p.first, p.second) for p in align(a.report.text, b.report.text))
    elif comparison.score >= COPIED and a.outlet and a.outlet == b.outlet:
        kind = "revision"
    if is_first(a, b):
        a, b, passages = b, a, tuple(sorted((there, here) for here, there in passages))
    return Relation(a=a.report.id, b=b.report.id, kind=kind, score=comparison.score, passages=passages)


def _one_event(likeness: float, apart: int | None) -> bool:
    if apart is None:
        return likeness >= _UNDATED_EVENT
    return apart <= _EVENT_DAYS and likeness - _PER_DAY * apart >= _EVENT


def is_first(a: Side, b: Side) -> bool:
    """Whether `a` rather than `b` is the report that was copied.

    The outlet that the story is credited to is first; then the earlier day; then the one that gives a credit; then
    the fuller one. Where nothing tells them apart the smaller id stands first, so that the answer is always the same.
    """
    days = (a.day.toordinal(), b.day.toordinal()) if a.day and b.day else (0, 0)
    for first, second in ((_own(a), _own(b)), days, (_credited(a), _credited(b))):
        if first != second:
            return first < second
    words_a, words_b = len(a.report.text.split()), len(b.report.text.split())
    return (-words_a, a.report.id) < (-words_b, b.report.id)


def _own(side: Side) -> int:
    """0 where the report's publisher is the outlet that it credits, else 1."""
    return 0 if side.whole and outlet_key(side.whole.outlet) == side.outlet else 1


def _credited(side: Side) -> int:
    return 0 if side.whole and side.whole.basis in ("dateline", "credit") else 1
