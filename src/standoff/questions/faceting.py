"""Search with facets: what fits words and facets together, how many there are of each value, and one page of it.

Every value of a facet is kept as a set of entries, one bit an entry, so that counting a value among a hundred
thousand hits takes microseconds. The words are looked up in the store's index.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from standoff.analyse.facets import parties_of
from standoff.analyse.known import Known
from standoff.model.record import Move, Record, Statement
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.questions import by_hand, latest, lists
from standoff.questions.editions import Standpoint
from standoff.questions.lists.standing import record_row

FACETS: tuple[str, ...] = ("type", "party", "issue", "move", "source", "outlet", "year", "confidence", "contested")
_MOST_VALUES = 200  # of one facet that are counted: the most frequent
_AROUND = 160  # code points of context on either side of a hit that is shorter
_KEPT = 32  # searches whose matches are kept
_LOOKED_AT = 1000  # of the best matches, before all of them are put in order
_LEVELS = ((0.8, "high"), (0.6, "middle"), (0.0, "low"))


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """One hit: a record or a whole report, with the words around the match and the places of the match in them."""

    type: str
    id: str
    what: str
    words: str
    marks: tuple[tuple[int, int], ...]
    party: str | None
    issue: str | None
    source: str
    report: str
    report_name: str
    outlet: str | None
    published: date | None
    confidence: float | None
    contested: bool
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet and how many hits have it."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Results:
    """All that fits: how many, the entries of the page asked for, and the values of each facet among the hits.

    The values of a facet are counted as if nothing of that facet were chosen, so that one may choose others.
    """

    total: int
    entries: tuple[int, ...]
    facets: Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Late:
    """What was decided since the edition was read: entries (places) that stand no more, and records that are new."""

    gone: int
    records: tuple[tuple[Record, Known], ...]


@dataclass(slots=True)
class Index:
    """The entries of a standpoint with their facets; entry → bit by its place in `entries`, the newest first."""

    entries: tuple[tuple[int, str, str], ...] = ()
    places: dict[int, int] = field(default_factory=dict)
    by_id: dict[str, int] = field(default_factory=dict)
    values: dict[str, dict[str, int]] = field(default_factory=dict)
    days: list[date | None] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=dict)

    def anything(self) -> int:
        return (1 << len(self.entries)) - 1


def index(at: Standpoint) -> Index:
    """The facets of all that search may find, made once."""
    return at.once("facets", lambda: _indexed(at))


def _indexed(at: Standpoint) -> Index:
    known, contested = at.known, at.contested()
    reports = {r.id: n for n, r in enumerate(known.reports)}
    records = {r.id: r for r in known.records()}
    now = known.decided.now  # the index has the ids that the machine gave
    some = [
        (-reports[report], n, kind, id)
        for n, kind, found, report in at.edition.entries
        for id in (now.get(found, found),)
        if report in reports and (kind == "report" or id in records)
    ]
    listed = {id for _, _, _, id in some}
    added = (id for id in known.decided.changed if id in records and id not in listed)
    some += [(-reports[records[id].report], -k, records[id].type_name, id) for k, id in enumerate(sorted(added), 1)]
    some.sort()
    own = {id: n for n, _, id, _ in at.edition.entries}
    main: dict[str, int] = {}  # a corrected record has two entries: that of its words as they are now ...
    for _, n, _, id in some:
        main[id] = own.get(id, main.get(id, n))
    made = Index(entries=tuple([(n, kind, id) for _, n, kind, id in some if main[id] == n]))
    bits: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, (n, kind, id) in enumerate(made.entries):
        made.places[n] = place
        made.by_id[id] = place
        record = records.get(id) if kind != "report" else None
        report = known.report(record.report if record else id)
        made.days.append(report.published.day if report.published else None)
        for facet, value in _values(known, kind, record, report, contested):
            bits[facet][value].append(place)
    made.places |= {n: made.by_id[id] for _, n, _, id in some if n not in made.places}  # ... and the machine's
    size = len(made.entries)
    made.values = {facet: {v: _bits(those, size) for v, those in values.items()} for facet, values in bits.items()}
    return made


def _values(
    known: Known, kind: str, record: Record | None, report: Report, contested: frozenset[str]
) -> Iterator[tuple[str, str]]:
    yield "type", kind
    if report.outlet:
        yield "outlet", report.outlet
    if report.published:
        yield "year", str(report.published.day.year)
    if record is None:
        return
    for party in parties_of(record):
        yield "party", party
    if isinstance(record, Move):
        yield "issue", record.issue
        yield "move", record.type
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    yield "source", statement.kind if statement else "outlet"
    yield "confidence", next(name for least, name in _LEVELS if record.confidence >= least)
    yield "contested", "yes" if record.id in contested else "no"


def _bits(places: Iterable[int], size: int) -> int:
    """A set of places as a whole number, bit by bit."""
    bits = bytearray(size // 8 + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def found(
    at: Standpoint,
    query: str,
    chosen: Mapping[str, Sequence[str]],
    since: date | None = None,
    until: date | None = None,
    start: int = 0,
    count: int = 25,
) -> Results:
    """All that fits the words and the facets (values of one facet: any of them), the best first; without words the
    newest first. `since` and `until` are days of publication. Raises InputError where the words are too many."""
    all_of = index(at)
    size, asked = len(all_of.entries), any(map(str.isalnum, query))
    within = _within(at, all_of, query) if asked else all_of.anything()
    if since or until:
        first, last = since or date.min, until or date.max
        within &= _bits((n for n, day in enumerate(all_of.days) if day and first <= day <= last), size)
    fits = {facet: _any(all_of.values.get(facet, {}), values) for facet, values in chosen.items() if values}
    late = _late(at, all_of)
    hits = within & ~late.gone
    for bits in fits.values():
        hits &= bits
    newest = _fitting(late, query if asked else "", chosen, since, until)
    counted = {facet: _counted(all_of, facet, within, fits, chosen) for facet in FACETS}
    total = hits.bit_count()
    page: list[int] = []
    before, newest = len(newest), newest[start : start + count]
    start, count = max(0, start - before), count - len(newest)
    for best in () if not count else (_LOOKED_AT, size) if asked else (None,):
        order: Iterable[int] = _standing(at, all_of, query, best) if best else range(size)
        page = list(_page(order, hits, size, start, count))
        if len(page) == min(count, max(0, total - start)):
            break
    return Results(before + total, (*newest, *page), counted)


def _late(at: Standpoint, all_of: Index) -> Late:
    """Worked out once for each write, since every search asks for it while a large record is read anew."""

    def made() -> Late:
        gone, fresh = 0, list[tuple[Record, Known]]()
        for report in sorted({review.report for review in latest.since(at.edition)}):
            known = latest.report_now(at.edition, report)
            now = {r.id: r for r in known.records() if r.report == report}
            before = {r.id for r in lists.records_of(at, report)}
            gone |= sum(1 << all_of.by_id[id] for id in before - now.keys() if id in all_of.by_id)
            fresh += [(now[id], known) for id in sorted(now.keys() - before)]
        return Late(gone, tuple(fresh))

    return at.once(("late", at.edition.opened.revision()), made)


def _fitting(
    late: Late, query: str, chosen: Mapping[str, Sequence[str]], since: date | None, until: date | None
) -> list[int]:
    """Those of the new records that fit, as places before all others: -1, -2, ..."""
    found = []
    for number, (record, known) in enumerate(late.records, 1):
        report = known.report_of(record)
        day = report.published.day if report.published else None
        has = set(_values(known, record.type_name, record, report, frozenset()))
        fits = all(any((facet, value) in has for value in values) for facet, values in chosen.items() if values)
        timely = (since is None and until is None) or (day and (since or day) <= day <= (until or day))
        if fits and timely and (not query or by_hand.places(query, record, report) is not None):
            found.append(-number)
    return found


def _within(at: Standpoint, all_of: Index, query: str) -> int:
    """What the words stand in; of the last few searches it is kept, since people go on to narrow them down."""
    found = all_of.asked.get(query)
    if found is None:
        found = _bits(_standing(at, all_of, query), len(all_of.entries))
        while len(all_of.asked) >= _KEPT:
            all_of.asked.pop(next(iter(all_of.asked)), None)
        all_of.asked[query] = found
    return found


def _standing(at: Standpoint, all_of: Index, query: str, best: int | None = None) -> list[int]:
    """The places of what the words stand in: all, or the best so many, the best first."""
    numbers = at.edition.opened.store.matching(query, best)
    places = all_of.places
    first = _by_hand(at, all_of, query)
    there = frozenset(first)
    return [*first, *(place for n in numbers if (place := places.get(n)) is not None and place not in there)]


def _by_hand(at: Standpoint, all_of: Index, query: str) -> list[int]:
    """The places of what people added or corrected, the index lacks, and the words stand in as it is now."""
    known = at.known
    found = []
    for id in known.decided.changed:
        place = all_of.by_id.get(id)
        if place is None or all_of.entries[place][0] > 0:
            continue
        record = known.record(id)
        if by_hand.places(query, record, known.report_of(record)) is not None:
            found.append(place)
    return sorted(found)


def _any(values: Mapping[str, int], wanted: Iterable[str]) -> int:
    bits = 0
    for value in wanted:
        bits |= values.get(value, 0)
    return bits


def _counted(
    all_of: Index, facet: str, within: int, fits: Mapping[str, int], chosen: Mapping[str, Sequence[str]]
) -> tuple[Value, ...]:
    others = within
    for name, bits in fits.items():
        if name != facet:
            others &= bits
    counts = Counter({v: (bits & others).bit_count() for v, bits in all_of.values.get(facet, {}).items()})
    wanted = set(chosen.get(facet, ()))
    shown = [(v, n) for v, n in counts.most_common(_MOST_VALUES) if n or v in wanted]
    shown += [(v, 0) for v in sorted(wanted - {v for v, _ in shown})]
    by_name = facet in ("year",)
    shown.sort(key=(lambda pair: pair[0]) if by_name else (lambda pair: (-pair[1], pair[0])), reverse=by_name)
    return tuple(Value(v, n, v in wanted) for v, n in shown)


def _page(order: Iterable[int], hits: int, size: int, start: int, count: int) -> Iterator[int]:
    bits = hits.to_bytes(size // 8 + 1, "little")
    seen = 0
    for place in order:
        if bits[place >> 3] >> (place & 7) & 1:
            if seen >= start:
                yield place
            seen += 1
            if seen == start + count:
                return


def hit_rows(at: Standpoint, query: str, places: Iterable[int]) -> tuple[HitRow, ...]:
    """The hits at these places of the index, each with the words around what matched."""
    all_of, wanted = index(at), tuple(places)
    late = _late(at, all_of).records
    those = [all_of.entries[place] for place in wanted if place >= 0]
    asked = any(map(str.isalnum, query))
    shown = at.edition.opened.store.hits(query, [n for n, _, _ in those]) if asked else {}
    newest = [(known, 0, record.type_name, record.id) for record, known in (late[-p - 1] for p in wanted if p < 0)]
    rows = []
    for known, n, kind, id in (*newest, *((at.known, *entry) for entry in those)):
        hit = shown.get(n)
        if hit and (hit.kind, known.decided.now.get(hit.id, hit.id)) != (kind, id):
            continue  # written anew since this edition was read
        record = known.record(id) if kind != "report" else None
        report = known.report(record.report if record else id)
        place = _around(report.text, (hit.snippet if hit else None) or _beginning(report, record))
        words = place.of(report.text) if place else ""
        met = hit.marks if hit else (by_hand.places(query, record, report) if asked and record else None) or ()
        marks = [(m.start - place.start, m.end - place.start) for m in met if place and place.covers(m)]
        told = record_row(known, record, id in at.contested()) if record else None
        rows.append(
            HitRow(
                type=kind,
                id=id,
                what=told.what if told else report.title or report.name,
                words=words,
                marks=tuple(marks),
                party=told.party if told else None,
                issue=told.issue if told else None,
                source=told.source if told else report.outlet or "",
                report=report.id,
                report_name=report.name,
                outlet=report.outlet,
                published=report.published.day if report.published else None,
                confidence=told.confidence if told else None,
                contested=told.contested if told else False,
                records=(id,) if record else (),
            )
        )
    return tuple(rows)


def _around(text: str, place: Span | None) -> Span | None:
    """A passage with some of what stands around it, in whole words and within its paragraph."""
    if place is None or len(place) > _AROUND:
        return place
    first = max(text.rfind("\n", 0, place.start) + 1, place.start - _AROUND)
    last = text.find("\n", place.end, place.end + _AROUND)
    last = min(len(text), place.end + _AROUND) if last < 0 else last
    if first and text[first - 1] != "\n":
        first = text.find(" ", first, place.start) + 1 or place.start
    if last < len(text) and text[last] != "\n":
        cut = text.rfind(" ", place.end, last)
        last = cut if cut > 0 else place.end
    return Span(first, last)


def _beginning(report: Report, record: Record | None) -> Span | None:
    if record is not None:
        return Span(record.span.start, min(record.span.end, record.span.start + 400))
    return Span(0, min(len(report.text), 240)) if report.text else None
