"""What is known of a text as a text: marks on one report, and how two reports relate."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from standoff.model.span import Span

_GAP = 1000  # code points: a copyist sums up, or adds a remark; what is longer is a story of its own

RelationKind = Literal["copy", "excerpt", "spun", "paraphrase", "revision", "relay", "same-event"]


@dataclass(frozen=True, slots=True)
class View:
    """The text as the parser reads it, mapped back to the report's own code points.

    `pieces` are (start in the view, start in the report, length in view, length in report), ascending and gap-free in
    both, no length nought; an unchanged text has none and maps every place to itself. `changed` are the indexes,
    ascending, of the pieces that are read otherwise than they stand: of such a piece, as of one whose lengths differ,
    only the whole can be quoted; the others map place by place.
    """

    text: str
    pieces: tuple[tuple[int, int, int, int], ...] = ()
    changed: tuple[int, ...] = ()

    def origin(self, start: int, end: int) -> Span:
        """The report's span behind the view's [start, end). Raises ValueError where that is empty."""
        if not self.pieces or start >= end:
            return Span(start, end)
        return Span(self._own(start, closing=False), self._own(end - 1, closing=True))

    def readings(self) -> tuple[tuple[Span, str], ...]:
        """What is read otherwise than it stands: the report's span, and how it is read."""
        found = (self.pieces[k] for k in self.changed)
        return tuple((Span(own, own + length), self.text[seen : seen + width]) for seen, own, width, length in found)

    def _own(self, at: int, *, closing: bool) -> int:
        """Where the code point at a place of the view begins in the report or, `closing`, ends."""
        k = max(0, bisect_right(self.pieces, at, key=_start) - 1)
        seen, own, width, length = self.pieces[k]
        place = bisect_left(self.changed, k)
        if width == length and self.changed[place : place + 1] != (k,):
            return own + at - seen + closing
        return own + length if closing else own


def _start(piece: tuple[int, int, int, int]) -> int:
    return piece[0]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage that stands twice in one report."""

    first: Span
    again: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What one report's text shows by itself: repeats, boilerplate, and the parser's view of it."""

    view: View
    repeats: tuple[Repeat, ...] = ()
    boilerplate: tuple[Span, ...] = ()
    spun: bool | None = None

    def skipped(self, place: Span) -> bool:
        """Whether no record may rest there: said before in this report, or not of it."""
        return any(r.again.overlaps(place) for r in self.repeats) or any(b.overlaps(place) for b in self.boilerplate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How report `a` relates to report `b` (ids): `a` is the copy or the relay, where direction is known."""

    a: str
    b: str
    kind: RelationKind
    score: float
    passages: tuple[tuple[Span, Span], ...] = ()


OriginBasis = Literal["dateline", "slug", "credit", "own reporting", "relayed", "copied", "publisher"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The outlet whose reporting a report, or one passage of it, goes back to.

    `basis`: a dateline or slug names it, a credit does ("first published in", a copyright line), it did the asking
    ("requests for comment from"), it is `relayed` ("according to a report of"), the report is a copy of another whose
    origin is known, or all that is known is who published it. `evidence` are the words that show it, in the text of
    the report `shown_in` (another one where the basis is `copied`); None where it rests on metadata alone.
    `passage` None is the whole report. `confidence` from 0 to 1.
    """

    report: str
    outlet: str
    basis: OriginBasis
    confidence: float
    shown_in: str
    evidence: Span | None = None
    passage: Span | None = None


DiscrepancyKind = Literal["name", "number", "date", "attribution", "modality", "detail"]


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a report, by the report's id."""

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two copies of one story that differ in a fact: another name or number in the same slot, a date that one of them
    lacks, another source, a wish against an act, a detail added or dropped."""

    kind: DiscrepancyKind
    a: Place
    b: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Reports that are copies of one story, the likely first one first; `outlet` is their origin where known."""

    reports: tuple[str, ...]
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Who copied whom in a record: relations, families of copies, origins, and what differs between copies.

    Independent of the order of the reports. `origins` holds at most one origin of each whole report, and one for
    each passage that goes back to somebody else.
    """

    relations: tuple[Relation, ...] = ()
    families: tuple[Family, ...] = ()
    origins: tuple[Origin, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()

    def origin(self, report: str) -> Origin | None:
        """Where the report as a whole comes from, as far as is known."""
        return next((o for o in self.origins if o.report == report and o.passage is None), None)

    def about(self, reports: Collection[str]) -> Lineage:
        """The part that concerns these reports (ids), with where those related to them come from."""
        relations = tuple(r for r in self.relations if r.a in reports or r.b in reports)
        near = {*reports, *(id for r in relations for id in (r.a, r.b))}
        return Lineage(
            relations=relations,
            families=tuple(f for f in self.families if any(id in reports for id in f.reports)),
            origins=tuple(o for o in self.origins if o.report in near),
            discrepancies=tuple(d for d in self.discrepancies if d.a.report in reports or d.b.report in reports),
        )

    def behind(self, place: Place) -> str:
        """A name for the independent origin behind a passage: equal for two passages that are one voice.

        A relayed passage counts for the outlet that it relays. In a copy that adds to what it copied, only passages
        that stand in another report of its family count for the family, with short ones between them; a passage taken
        over from a report outside counts for that report; what is left counts for the report itself. The name is an
        outlet where it is known, else the id of a report.
        """
        taken = (self._other_side(r, place) for r in self.relations if r.kind == "excerpt" and r.a == place.report)
        return self._voice(next((source for source in taken if source), place))

    def independent(self, places: Iterable[Place]) -> tuple[str, ...]:
        """The independent origins behind several passages that say the same, sorted."""
        return tuple(sorted({self.behind(place) for place in places}))

    def _voice(self, place: Place) -> str:
        relayed = (o for o in self.origins if o.report == place.report and o.passage and o.passage.overlaps(place.span))
        if first := next(relayed, None):
            return first.outlet
        family = next((f for f in self.families if place.report in f.reports), None)
        if family and (place.report == family.reports[0] or self._in_family(place, family)):
            return family.outlet or family.reports[0]
        own = self.origin(place.report)
        return own.outlet if own and own.basis in ("dateline", "slug", "credit", "publisher") else place.report

    def _in_family(self, place: Place, family: Family) -> bool:
        """Whether the passage stands in another report of the family, too, or between such passages."""
        return any(
            self._other_side(relation, place) or self._goes_on(relation, place)
            for relation in self.relations
            if relation.kind not in ("relay", "same-event") and {relation.a, relation.b} <= set(family.reports)
        )

    @staticmethod
    def _goes_on(relation: Relation, place: Place) -> bool:
        """Whether the passage lies in a gap of at most _GAP code points between two that the reports share."""
        side = 0 if place.report == relation.a else 1
        shared = sorted(pair[side] for pair in relation.passages)
        return place.report in (relation.a, relation.b) and any(
            before.end <= place.span.start and place.span.end <= after.start <= before.end + _GAP
            for before, after in pairwise(shared)
        )

    @staticmethod
    def _other_side(relation: Relation, place: Place) -> Place | None:
        """Where the passage stands in the other report of a relation; None where it does not."""
        for here, there in relation.passages:
            if place.report == relation.a and here.overlaps(place.span):
                return Place(relation.b, there)
            if place.report == relation.b and there.overlaps(place.span):
                return Place(relation.a, here)
        return None
