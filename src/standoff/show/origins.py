"""Who stands behind a fact, counted in origins and not in reports: `1 origin (Bloomberg), 2 reports`.

The words of reports are given as they stand: `shown` makes them safe to look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from standoff.analyse.attribution import listed, outlet_of
from standoff.analyse.facts import count_line
from standoff.analyse.known import Known
from standoff.model.lineage import Lineage, Origin

_MOST = 3  # origins that are named


def told_by(known: Known, records: Iterable[str]) -> str:
    """How many independent origins tell these records (ids), which they are, and in how many reports."""
    those = [known.record(id) for id in records]
    names = _names(known, {known.origin_of(record) for record in those})
    named = [*names[:_MOST], f"{len(names) - _MOST} more"] if len(names) > _MOST + 1 else names
    origins, reports = count_line(len(names), len({record.report for record in those})).split(", ")
    return f"{origins} ({listed(named)}), {reports}"


def _names(known: Known, labels: Iterable[str]) -> list[str]:
    """The names of origins, sorted; of two that would be called alike the one that is a report by its own name."""
    called = {label: origin_name(known, label) for label in labels}
    often = Counter(called.values())
    return sorted(
        f"report {known.report(label).name}" if often[name] > 1 and name != label else name
        for label, name in called.items()
    )


def origin_name(known: Known, label: str) -> str:
    """The name of an origin: an outlet as it is; of a report (its id) the outlet, or the report's own name."""
    try:
        return outlet_of(known.report(label))
    except KeyError:
        return label


def origin_line(origin: Origin | None) -> str:
    """Where a report comes from and what shows it: `Bloomberg (a credit)`."""
    return f"{origin.outlet} ({_BASIS[origin.basis]})" if origin else "not stated"


def compiled(lineage: Lineage, report: str) -> str:
    """The outlets that passages of a report go back to, if it relays any: `passages from Bloomberg and Reuters`."""
    outlets = sorted({o.outlet for o in lineage.origins if o.report == report and o.passage})
    return f"passages from {listed(outlets)}" if outlets else ""


_BASIS = {
    "dateline": "its dateline", "slug": "its slug", "credit": "a credit", "own reporting": "its own reporting",
    "relayed": "relayed", "copied": "copied from it", "publisher": "who published it",
}  # fmt: skip
