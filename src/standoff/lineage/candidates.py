"""Which pairs of reports are worth comparing, so that not every pair is.

Near copies share fingerprints. Rewritten copies and reports of one event share rare words (names, figures, the nouns of
the matter) and stand close in time. Whether two reports are candidates depends on these two alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from standoff.model.report import Report

DAYS = 60  # a rewritten copy or another report of the event appears within so many days

_LEAST_SHARED = 2  # fingerprints
_SHARE = 0.1  # of the smaller sketch must be shared


class Index(Protocol):
    """Where reports are found by what they share: the store."""

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


def days_apart(a: Report, b: Report) -> int | None:
    """The days between the publication of two reports; None where one of them is undated."""
    if a.published is None or b.published is None:
        return None
    return abs((a.published.day - b.published.day).days)
