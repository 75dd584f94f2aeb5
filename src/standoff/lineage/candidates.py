"""Which pairs of reports are worth comparing, so that not every pair is.

Near copies share fingerprints. Rewritten copies and reports of one event share rare words (names, figures, the nouns of
the matter) and stand close in time. Whether two reports are candidates depends on these two alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from standoff.lineage.signature import SHARED
from standoff.model.report import Report

DAYS = 60  # a rewritten copy or another report of the event appears within so many days

_LEAST_SHARED = 2  # fingerprints
_SHARE = 0.1  # of the smaller sketch must be shared


class Index(Protocol):
    """Where reports are found by what they share: the store, or `Memory`."""

    def reports_of(self, ids: Iterable[str]) -> dict[str, Report]:
        """These reports by id."""

    def sharing_fingerprints(self, ids: Iterable[str]) -> dict[str, dict[str, int]]:
        """Of each of these, the others that share two fingerprints or more with it, and how many."""

    def sharing_terms(self, ids: Iterable[str], days: int) -> dict[str, list[str]]:
        """Of each of these, the others that share two look-up terms or more and are at most so many days apart, where
        both are dated."""

    def signatures(self, ids: Iterable[str]) -> dict[str, tuple[int, bytes]]:
        """Of those that are signed: how many distinct fingerprints they have, and their packed weights."""


def near(shared: int, one: int, other: int) -> bool:
    """Whether sketches of these sizes that share so many fingerprints tell that one may hold a part of the other."""
    return shared >= max(_LEAST_SHARED, _SHARE * min(one, other))


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
            found[id] = {other: met[other] for other in sorted(met) if other != id and met[other] >= _LEAST_SHARED}
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


def days_apart(a: Report, b: Report) -> int | None:
    """The days between the publication of two reports; None where one of them is undated."""
    if a.published is None or b.published is None:
        return None
    return abs((a.published.day - b.published.day).days)
