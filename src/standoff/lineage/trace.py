"""Who copied whom in a record, one report at a time or many at once: the same relations in any order of reading.

A relation depends on the two reports and the pack alone (`relate`), and so does whether they are compared
(`candidates`). A new report costs as much as it has candidates, however large the record is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from standoff.lineage.candidates import DAYS, Index, near
from standoff.lineage.relate import LIKELY, Relater
from standoff.lineage.signature import likeness, sign, unpacked
from standoff.lineage.weights import weights_for
from standoff.model.domain import Pack
from standoff.model.lineage import Relation
from standoff.model.report import Report


class Tracer:
    """Finds the relations of reports on one negotiation, in an index that holds them and all others."""

    def __init__(self, pack: Pack) -> None:
        self._weights = weights_for(pack)
        self._relater = Relater(pack)

    def sign(self, report: Report) -> tuple[tuple[int, ...], bytes]:
        """What the index keeps of a report: the terms to look it up by, and all its weighted terms packed."""
        signature = sign(report.text, self._weights)
        return signature.keys, signature.packed()

    def relations(self, ids: Iterable[str], index: Index) -> tuple[Relation, ...]:
        """How these reports relate to each other and to all that the index holds, sorted. All must be signed."""
        wanted = list(ids)
        shared, met = index.sharing_fingerprints(wanted), index.sharing_terms(wanted, DAYS)
        done: set[frozenset[str]] = set()
        found: list[Relation] = []
        for id in wanted:
            others = {*shared[id], *met[id]}
            fresh = sorted(other for other in others if frozenset((id, other)) not in done)
            done.update(frozenset((id, other)) for other in fresh)
            found += self._of_one(id, fresh, shared[id], index)
        return tuple(sorted(found, key=lambda r: (r.a, r.b)))

    def _of_one(self, id: str, others: Sequence[str], shared: Mapping[str, int], index: Index) -> Iterator[Relation]:
        """How a report relates to these others, as far as they are signed."""
        signed = index.signatures([id, *others])
        size, own = signed[id][0], dict(unpacked(signed[id][1]))
        close: dict[str, tuple[float, bool]] = {}
        for other in others:
            if other in signed:
                hashes, vector = signed[other]
                alike, held = likeness(own, unpacked(vector)), near(shared.get(other, 0), size, hashes)
                if held or alike >= LIKELY:
                    close[other] = alike, held
        reports = index.reports_of([id, *close]) if close else {}
        for other, (alike, held) in close.items():
            if relation := self._relater.relate(reports[id], reports[other], alike, held):
                yield relation
