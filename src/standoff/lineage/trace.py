"""The lineage of a whole record: which reports are copies, of what kind, in which direction, and whose story it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from standoff.lineage.candidates import Fingerprints, alike, near_copies
from standoff.lineage.compare import COPIED, Comparison, compare, copy_kind
from standoff.lineage.discrepancies import find_discrepancies
from standoff.lineage.origins import Outlets, find_origins, known_outlets
from standoff.model.domain import Pack
from standoff.model.lineage import Discrepancy, Family, Lineage, Origin, Relation, RelationKind
from standoff.model.report import Report
from standoff.model.span import Span

SAME_EVENT = 0.12  # cosine from which two reports of one day tell of one event
_PER_DAY = 0.01  # ... and how much more it must be for each day between them
_UNDATED = 0.3  # ... and where a day is unknown
_EVENT_DAYS = 10
_REWRITTEN = 0.22  # cosine from which a rewritten copy is looked for
_PARTNERS = 10  # a report is compared in full with so many reports that are most like it
_HANDED_ON = 0.9  # what is left of the confidence in an origin from one copy to the next


@dataclass(frozen=True, slots=True)
class _Record:
    """The reports by id, sorted; what each says of its own origin; the outlets that are known."""

    reports: Mapping[str, Report]
    origins: Mapping[str, tuple[Origin, ...]]
    outlets: Outlets

    def day(self, report: str) -> date | None:
        published = self.reports[report].published
        return published.day if published else None

    def whole(self, report: str) -> Origin | None:
        return next((o for o in self.origins[report] if o.passage is None), None)

    def outlet(self, report: str) -> str | None:
        """Who published it, by the name that the pack has for the outlet."""
        name = self.reports[report].outlet
        return self.outlets.name(name) if name else None


def trace(reports: Sequence[Report], fingerprints: Fingerprints, pack: Pack) -> Lineage:
    """Relations, families, origins and discrepancies of all these reports, whatever the order they come in.

    `fingerprints` are the sketches by report id; a report without one finds no near copies. The pack gives the names
    of outlets. Every pair has one relation at most.
    """
    outlets = known_outlets(pack, reports)
    by_id = {report.id: report for report in sorted(reports, key=lambda r: r.id)}
    record = _Record(by_id, {id: find_origins(report, outlets) for id, report in by_id.items()}, outlets)
    likeness = alike({id: r.text for id, r in by_id.items()}, {id: record.day(id) for id in by_id}, SAME_EVENT)
    copies, compared = _copies(record, likeness, fingerprints)
    others = _others(record, likeness, compared, {frozenset((r.a, r.b)) for r in copies})
    families = tuple(_families(record, copies))
    return Lineage(
        relations=tuple(sorted((*copies, *others), key=lambda r: (r.a, r.b))),
        families=families,
        origins=tuple(_origins(record, families)),
        discrepancies=tuple(_discrepancies(record, copies)),
    )


def _copies(
    record: _Record, likeness: Mapping[tuple[str, str], float], fingerprints: Fingerprints
) -> tuple[list[Relation], dict[tuple[str, str], Comparison]]:
    """The pairs that are copies, and all comparisons made to find them."""
    known = {id: fingerprints[id] for id in record.reports if id in fingerprints}
    compared: dict[tuple[str, str], Comparison] = {}
    relations = []
    near = set(near_copies(known))
    for a, b in sorted({*near, *_nearest(likeness)}):
        maybe = (a, b) in near or not {a, b} <= known.keys()
        comparison = compare(record.reports[a].text, record.reports[b].text, near=maybe)
        compared[(a, b)] = comparison
        if kind := copy_kind(comparison):
            relations.append(_directed(record, a, b, kind, comparison))
    return relations, compared


def _nearest(likeness: Mapping[tuple[str, str], float]) -> Iterator[tuple[str, str]]:
    """The pairs that are much alike, for each report with its nearest ones only."""
    count: dict[str, int] = {}
    for (a, b), cosine in sorted(likeness.items(), key=lambda item: (-item[1], item[0])):
        if cosine < _REWRITTEN:
            return
        if min(count.get(a, 0), count.get(b, 0)) < _PARTNERS:
            count[a], count[b] = count.get(a, 0) + 1, count.get(b, 0) + 1
            yield a, b


def _directed(record: _Record, a: str, b: str, kind: RelationKind, comparison: Comparison) -> Relation:
    """The relation with the copy as `a`; two versions that one outlet published are a revision."""
    passages: tuple[tuple[Span, Span], ...] = comparison.shared.passages
    if kind in ("spun", "paraphrase"):
        passages = tuple((pair.first, pair.second) for pair in comparison.pairs)
    elif comparison.score >= COPIED and record.outlet(a) and record.outlet(a) == record.outlet(b):
        kind = "revision"
    if _is_first(record, a, b):
        a, b, passages = b, a, tuple(sorted((there, here) for here, there in passages))
    return Relation(a=a, b=b, kind=kind, score=comparison.score, passages=passages)


def _is_first(record: _Record, a: str, b: str) -> bool:
    """Whether `a` rather than `b` is the report that was copied.

    The outlet that the story is credited to is first; then the earlier day; then the one that gives a credit; then
    the fuller one. Where nothing tells them apart the smaller id stands first, so that the answer is always the same.
    """
    for first, second in ((_own(record, a), _own(record, b)), _days(record, a, b), _credited(record, a, b)):
        if first != second:
            return first < second
    words_a, words_b = len(record.reports[a].text.split()), len(record.reports[b].text.split())
    return (-words_a, a) < (-words_b, b)


def _own(record: _Record, report: str) -> int:
    """0 where the report's publisher is the outlet that it credits, else 1."""
    whole = record.whole(report)
    return 0 if whole and whole.outlet == record.outlet(report) else 1


def _days(record: _Record, a: str, b: str) -> tuple[int, int]:
    first, second = record.day(a), record.day(b)
    return (first.toordinal(), second.toordinal()) if first and second else (0, 0)


def _credited(record: _Record, a: str, b: str) -> tuple[int, int]:
    first, second = (record.whole(x) for x in (a, b))
    return (0 if first and first.basis in ("dateline", "credit") else 1), (
        0 if second and second.basis in ("dateline", "credit") else 1
    )


def _others(
    record: _Record,
    likeness: Mapping[tuple[str, str], float],
    compared: Mapping[tuple[str, str], Comparison],
    taken: set[frozenset[str]],
) -> list[Relation]:
    """Relays and independent reports of one event, among pairs that are no copies."""
    relations = []
    for (a, b), cosine in sorted(likeness.items()):
        if frozenset((a, b)) in taken:
            continue
        relay = _relay(record, a, b, cosine, compared) or _relay(record, b, a, cosine, compared)
        if relay:
            relations.append(relay)
        elif _one_event(record, a, b, cosine):
            first, second = (b, a) if _is_first(record, a, b) else (a, b)
            relations.append(Relation(a=first, b=second, kind="same-event", score=cosine))
    return relations


def _one_event(record: _Record, a: str, b: str, cosine: float) -> bool:
    first, second = record.day(a), record.day(b)
    if first is None or second is None:
        return cosine >= _UNDATED
    days = abs((first - second).days)
    return days <= _EVENT_DAYS and cosine - _PER_DAY * days >= SAME_EVENT


def _relay(
    record: _Record, a: str, b: str, cosine: float, compared: Mapping[tuple[str, str], Comparison]
) -> Relation | None:
    """`a` as a relay of `b`: it cites the outlet of `b` where it tells what `b` tells, and is no older."""
    first, second = record.day(a), record.day(b)
    whole = record.whole(b)
    names = {record.outlet(b), whole.outlet if whole else None}
    cited = [o.passage for o in record.origins[a] if o.passage and o.outlet in names]
    if not cited or (first and second and first < second):
        return None
    low, high = sorted((a, b))
    comparison = compared.get((low, high)) or compare(record.reports[low].text, record.reports[high].text, near=False)
    pairs = ((p.first, p.second) if a == low else (p.second, p.first) for p in comparison.pairs)
    passages = tuple(sorted(pair for pair in pairs if any(pair[0].overlaps(place) for place in cited)))
    return Relation(a=a, b=b, kind="relay", score=cosine, passages=passages) if passages else None


def _families(record: _Record, copies: Iterable[Relation]) -> Iterator[Family]:
    """Reports that copies tie together, the likely first one first; families sorted by it.

    A report that took over no more than a part of another one is no member of its family.
    """
    head: dict[str, str] = {}

    def root(report: str) -> str:
        while head.setdefault(report, report) != report:
            report = head[report]
        return report

    for relation in copies:
        if relation.kind == "excerpt" and relation.score < COPIED:
            continue
        head[max(root(relation.a), root(relation.b))] = min(root(relation.a), root(relation.b))
    members: dict[str, list[str]] = {}
    for report in sorted(head):
        members.setdefault(root(report), []).append(report)
    for family in sorted(_by_age(record, reports) for reports in members.values()):
        source = _source(record, family)
        yield Family(reports=family, outlet=source.outlet if source else None)


def _by_age(record: _Record, reports: Sequence[str]) -> tuple[str, ...]:
    """The report that most others of the family would follow stands first."""
    wins = {a: sum(_is_first(record, a, b) for b in reports if b != a) for a in reports}
    return tuple(sorted(reports, key=lambda a: (-wins[a], a)))


def _source(record: _Record, family: Sequence[str]) -> Origin | None:
    """What shows best where the family's story comes from: a credit in any copy, else the first one's publisher."""
    shown = [whole for report in family if (whole := record.whole(report)) and whole.basis != "slug"]
    if shown:
        return max(shown, key=lambda o: (o.confidence, -family.index(o.report)))
    return record.whole(family[0]) or _published(record, family[0])


def _published(record: _Record, report: str) -> Origin | None:
    outlet = record.outlet(report)
    if outlet is None:
        return None
    return Origin(report=report, outlet=outlet, basis="publisher", confidence=0.5, shown_in=report)


def _origins(record: _Record, families: Sequence[Family]) -> Iterator[Origin]:
    sources = {report: _source(record, family.reports) for family in families for report in family.reports}
    for report in record.reports:
        whole = record.whole(report)
        source = sources.get(report)
        if source and source.report != report and (whole is None or whole.basis == "slug"):
            confidence = round(source.confidence * _HANDED_ON, 4)
            whole = replace(source, report=report, basis="copied", confidence=confidence)
        whole = whole or _published(record, report)
        if whole:
            yield whole
        yield from (o for o in record.origins[report] if o.passage)


def _discrepancies(record: _Record, copies: Iterable[Relation]) -> Iterator[Discrepancy]:
    for relation in copies:
        if relation.kind in ("spun", "paraphrase"):
            yield from find_discrepancies(record.reports[relation.a], record.reports[relation.b], relation.passages)
