"""Which pairs of reports are worth comparing, so that not every pair is.

Near copies share fingerprints. Rewritten copies and reports of one event share the words that are rare in the record:
names, numbers, the nouns of the matter (TF-IDF cosine), and stand close in time.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from standoff.lineage.sentences import sentences

DAYS = 60  # a rewritten copy or another report of the event appears within so many days

_CROWD = 40  # a fingerprint in more reports is boilerplate
_LEAST_SHARED = 2
_SHARE = 0.1  # of the smaller sketch must be shared
_TOP = 60  # the heaviest words of a report by which others are looked up
_SMOOTH = 50  # so many other reports are imagined around a small record, in which its words do not occur

Fingerprints = Mapping[str, Sequence[tuple[int, int]]]


def near_copies(fingerprints: Fingerprints) -> tuple[tuple[str, str], ...]:
    """Pairs of report ids whose sketches overlap enough for one to hold a part of the other, sorted."""
    holders: dict[int, list[str]] = defaultdict(list)
    sizes = {}
    for report in sorted(fingerprints):
        hashes = {value for value, _ in fingerprints[report]}
        sizes[report] = len(hashes)
        for value in hashes:
            holders[value].append(report)
    shared: Counter[tuple[str, str]] = Counter()
    for reports in holders.values():
        if 1 < len(reports) <= _CROWD:
            shared.update((a, b) for i, a in enumerate(reports) for b in reports[i + 1 :])
    return tuple(
        sorted(
            pair
            for pair, count in shared.items()
            if count >= max(_LEAST_SHARED, _SHARE * min(sizes[pair[0]], sizes[pair[1]]))
        )
    )


def alike(texts: Mapping[str, str], days: Mapping[str, date | None], least: float) -> dict[tuple[str, str], float]:
    """Pairs of report ids, in order, whose words have a cosine of `least` or more, with that cosine.

    Words weigh by how few reports of the record have them. Pairs more than DAYS days apart are left out; a report
    whose day is unknown is compared with all.
    """
    rows = _rows(texts)
    found: dict[tuple[str, str], float] = {}
    holders: dict[str, list[str]] = defaultdict(list)
    for report in sorted(rows):
        row = rows[report]
        top = sorted(row, key=lambda term: (-row[term], term))[:_TOP]
        met: Counter[str] = Counter()
        for term in top:
            met.update(holders[term])
            holders[term].append(report)
        for other in sorted(met):
            if met[other] >= 2 and _close(days.get(report), days.get(other)):
                cosine = _cosine(row, rows[other])
                if cosine >= least:
                    found[(other, report)] = cosine
    return found


def _rows(texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
    counts = {
        report: Counter(term for sentence in sentences(texts[report]) for term in sentence.terms)
        for report in sorted(texts)
    }
    holders = Counter(term for count in counts.values() for term in count)
    rows = {}
    for report, count in counts.items():
        row = {
            term: (1 + math.log(n)) * math.log((len(texts) + _SMOOTH + 1) / holders[term]) for term, n in count.items()
        }
        norm = math.sqrt(math.fsum(weight * weight for weight in row.values())) or 1.0
        rows[report] = {term: weight / norm for term, weight in row.items()}
    return rows


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    if len(b) < len(a):
        a, b = b, a
    return round(math.fsum(weight * b[term] for term, weight in a.items() if term in b), 6)


def _close(a: date | None, b: date | None) -> bool:
    return a is None or b is None or abs((a - b).days) <= DAYS
