"""Full-text search of a record, with facets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from standoff.analyse.decided import Decided, apply
from standoff.analyse.facets import Facets
from standoff.errors import InputError
from standoff.model.dates import When
from standoff.model.record import MOVE_TYPES, Record
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.questions import by_hand
from standoff.store import Store
from standoff.store.search import KINDS, Hit, known_kinds

Entry = tuple[str, str, str]
"""What the index holds: (`report` or class of record, id, report)."""


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of a search: its class, id and report, and the words around the match with the matches in it.

    `decided` is what people decided last of a record; `retracted`: its report counts no more.
    """

    kind: str
    id: str
    report: str
    outlet: str | None
    published: date | None
    words: str
    marks: tuple[Span, ...]
    decided: str | None = None
    retracted: bool = False


def search(
    store: Store, query: str, kinds: Iterable[str], limit: int, facets: Facets | None = None
) -> tuple[Found, ...]:
    """Full text over reports and records, the best first; with facets only what fits them.

    Records as people decided them: those rejected are not found, what was added or corrected is found by its words as
    they are now. Hits in retracted reports say so. Raises InputError for an unknown kind.
    """
    wanted = tuple(known_kinds(kinds)) or KINDS
    seen = _Seen(store)
    if facets is None and not seen.reviews:
        hits: Iterable[Hit] = store.search(query, kinds=wanted, limit=limit)
    else:
        hits = _fitting(store, query, wanted, limit, facets or Facets(), seen)
    found = []
    for hit in hits:
        report = seen.report(hit.report)
        if report is None:
            continue
        place = hit.snippet or Span(0, min(len(report.text), 200))
        marks = tuple(Span(m.start - place.start, m.end - place.start) for m in hit.marks if place.covers(m))
        day = report.published.day if report.published else None
        mark = seen.decided(report.id).mark(hit.id) if seen.bears_on(report.id) else None
        told = (mark.action if mark else None, report.id in seen.retracted)
        found.append(Found(hit.kind, hit.id, report.name, report.outlet, day, place.of(report.text), marks, *told))
    return tuple(found)


class _Seen:
    """What a search looked up: reports, and their records as people decided them."""

    def __init__(self, store: Store) -> None:
        self.store, self.reviews, self.retracted = store, store.reviews(), store.retracted()
        self._touched = {review.report for review in self.reviews}
        self._anywhere = any(r.action == "name" and r.fields.get("everywhere") for r in self.reviews)
        self._reports: dict[str, Report | None] = {}
        self._decided: dict[str, Decided] = {}
        self._records: dict[str, dict[str, Record]] = {}
        self._found: dict[str, Record] = {}

    def look_up(self, entries: Iterable[Entry]) -> None:
        """Read what will be asked for about these entries, many at once."""
        those = list(entries)
        reports = {report for _, _, report in those} - self._reports.keys()
        self._reports |= dict.fromkeys(reports) | self.store.reports_of(sorted(reports))
        wanted = [(kind, id) for kind, id, report in those if kind != "report" and not self.bears_on(report)]
        self._found |= self.store.as_found(pair for pair in wanted if pair[1] not in self._found)

    def bears_on(self, report: str) -> bool:
        """Whether a decision may bear on the records of a report: those of others stand as they were found."""
        return self._anywhere or report in self._touched

    def report(self, id: str) -> Report | None:
        if id not in self._reports:
            self._reports[id] = self.store.report(id)
        return self._reports[id]

    def decided(self, report: str) -> Decided:
        if report not in self._decided:
            found = self.report(report)
            self._decided[report] = apply(
                self.store.records(report=report), self.reviews, {report: found} if found else {}
            )
        return self._decided[report]

    def record(self, report: str, id: str) -> Record | None:
        """The record as it stands of the machine's id; None where it is rejected."""
        if not self.bears_on(report):
            return self._found.get(id)
        decided = self.decided(report)
        if report not in self._records:
            self._records[report] = {r.id: r for r in (*decided.records, *decided.set_aside)}
        return self._records[report].get(decided.now.get(id, id))


def facets(
    *,
    party: str | None = None,
    move: str | None = None,
    issue: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Facets | None:
    """Facets from words as people type them; None where nothing is asked. Days are days, months or years.

    Raises InputError for an unknown move, what is no day, and a time that ends before it begins.
    """
    if not any((party, move, issue, outlet, since, until)):
        return None
    kind = next((m for m in MOVE_TYPES if m == move), None)
    if move and kind is None:
        raise InputError(f"no move is called {move!r}; there are: {', '.join(MOVE_TYPES)}")
    try:
        first = When.parse(since).first if since else None
        last = When.parse(until).last if until else None
        published = When(first, last, "interval") if first or last else None
    except ValueError as error:
        asked = " and ".join(f"{name} {day}" for name, day in (("since", since), ("until", until)) if day)
        raise InputError(f"{asked}: {error}; give days, months or years, such as 2025-01") from error
    return Facets(party=party, move=kind, issue=issue, outlet=outlet, published=published)


def _fitting(
    store: Store, query: str, kinds: tuple[str, ...], limit: int, facets: Facets, seen: _Seen
) -> tuple[Hit, ...]:
    """The best hits that fit: the index knows the machine's words alone, so ever more are looked at."""
    asked = tuple(kind for kind in kinds if facets.may_fit(kind))
    by_hand = {
        hit.id: hit for hit in _by_hand(query, asked, seen) if _fits((hit.kind, hit.id, hit.report), facets, seen)
    }
    most = 8 * limit
    while True:
        best = store.matching(query, most) if asked else []
        entries = {n: (kind, id, report) for n, kind, id, report in store.entries(best) if kind in asked}
        seen.look_up(entries.values())
        fitting: dict[str, int] = {}
        for n in best:
            now = _now(entries[n], seen) if n in entries else None
            if now is not None and now[1] not in by_hand and _fits(now, facets, seen):
                fitting.setdefault(now[1], n)
        if len(by_hand) + len(fitting) >= limit or len(best) < most:
            break
        most *= 8
    shown = store.hits(query, list(fitting.values())[:limit])
    hits = (replace(shown[n], id=id) for id, n in fitting.items() if n in shown)
    return (*by_hand.values(), *hits)[:limit]


def _now(entry: Entry, seen: _Seen) -> Entry | None:
    """The entry under the id that its record has now; None where it is rejected."""
    kind, id, report = entry
    if kind == "report":
        return entry
    record = seen.record(report, id)
    return (kind, record.id, report) if record else None


def _fits(entry: Entry, facets: Facets, seen: _Seen) -> bool:
    kind, id, about = entry
    report = seen.report(about)
    if report is None or not facets.report_fits(report):
        return False
    return facets.fits(seen.record(about, id) if kind != "report" else None, report)


def _by_hand(query: str, kinds: tuple[str, ...], seen: _Seen) -> Iterator[Hit]:
    """What people added or corrected and the index lacks, by its words as they are now."""
    for id in sorted({r.report for r in seen.reviews if r.action in ("add", "correct", "accept")}):
        report, decided = seen.report(id), seen.decided(id)
        those = [r for r in (*decided.records, *decided.set_aside) if decided.changed.get(r.id, r) is not r]
        indexed = seen.store.indexed([r.id for r in those])
        for record in those if report else ():
            if record.type_name not in kinds or record.id in indexed or not report:
                continue
            if (marks := by_hand.places(query, record, report)) is not None:
                yield Hit(record.type_name, record.id, id, 0.0, record.span, marks)
