"""The lineage of reports without a database: an oracle that the store and what it traces are checked against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from standoff.lineage.candidates import days_apart
from standoff.lineage.settle import settle
from standoff.lineage.trace import Tracer
from standoff.model.domain import Pack
from standoff.model.lineage import Lineage
from standoff.model.report import Report

SHARED = 2  # fingerprints, or look-up terms, that two reports share before they are compared
Fingerprints = Mapping[str, Sequence[tuple[int, int]]]


class Memory:
    """An index of reports that fit in memory; a report without a sketch finds no near copies."""

    def __init__(
        self,
        reports: Mapping[str, Report],
        fingerprints: Mapping[str, Sequence[tuple[int, int]]],
        signed: Mapping[str, tuple[Sequence[int], bytes]],
    ) -> None:
        self._reports, self._signed = reports, signed
        self._hashes = {id: {value for value, _ in fingerprints.get(id, ())} for id in reports}
        self._with_hash: dict[int, list[str]] = defaultdict(list)
        self._with_term: dict[int, list[str]] = defaultdict(list)
        for id in reports:
            for value in self._hashes[id]:
                self._with_hash[value].append(id)
            for term in set(signed[id][0]):
                self._with_term[term].append(id)

    def reports_of(self, ids: Iterable[str]) -> dict[str, Report]:
        return {id: self._reports[id] for id in ids if id in self._reports}

    def sharing_fingerprints(self, ids: Iterable[str]) -> dict[str, dict[str, int]]:
        found = {}
        for id in ids:
            met = Counter(other for value in self._hashes[id] for other in self._with_hash[value])
            found[id] = {other: met[other] for other in sorted(met) if other != id and met[other] >= SHARED}
        return found

    def sharing_terms(self, ids: Iterable[str], days: int) -> dict[str, list[str]]:
        found = {}
        for id in ids:
            met = Counter(other for term in set(self._signed[id][0]) for other in self._with_term[term])
            some = (other for other in sorted(met) if other != id and met[other] >= SHARED)
            found[id] = [other for other in some if self._within(id, other, days)]
        return found

    def signatures(self, ids: Iterable[str]) -> dict[str, tuple[int, bytes]]:
        return {id: (len(self._hashes[id]), self._signed[id][1]) for id in ids if id in self._signed}

    def _within(self, a: str, b: str, days: int) -> bool:
        apart = days_apart(self._reports[a], self._reports[b])
        return apart is None or apart <= days


def trace(reports: Sequence[Report], fingerprints: Fingerprints, pack: Pack) -> Lineage:
    """Relations, families, origins and discrepancies of all these reports, whatever the order they come in.

    `fingerprints` are the sketches by report id; a report without one finds no near copies. The pack gives the names
    of outlets. Every pair has one relation at most. All is done in memory; see `Tracer` for a record that grows.
    """
    by_id = {report.id: report for report in sorted(reports, key=lambda r: r.id)}
    tracer = Tracer(pack)
    index = Memory(by_id, fingerprints, {id: tracer.sign(report) for id, report in by_id.items()})
    return settle(by_id.values(), tracer.relations(by_id, index), pack)
