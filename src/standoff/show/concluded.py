"""What the analyses conclude, as parts of the brief: each is empty where it has nothing to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from standoff.analyse.changes import Change, ChangeKind, changes, day_before
from standoff.analyse.corroborate import corroborate
from standoff.analyse.fulfilment import Fulfilment, Promise, Put, fulfilment
from standoff.analyse.known import Known
from standoff.analyse.phrases import day_words, party_name, short
from standoff.analyse.readouts import Readouts, pairs_told, readouts
from standoff.model.lineage import Screening
from standoff.show.evidence import Pins, shown

MOST = 12
"""Lines of a part that stand open; the rest is folded away."""

_WEIGHT: dict[ChangeKind, int] = {
    "withdrawn": 0, "contradicted": 1, "changed": 2, "superseded": 3, "new": 4, "confirmed": 5,
}  # fmt: skip
_FACTS = ("move", "measure", "contact", "linkage")
_READOUTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line: what, what is said of it in a word (`kind`) and in a few (`note`), the numbers of its evidence."""

    text: str
    pins: tuple[int, ...]
    kind: str = ""
    note: str = ""
    badges: tuple[tuple[str, str], ...] = ()


def parts(known: Known, as_of: date | None, screenings: Mapping[str, Screening], pins: Pins) -> dict[str, Any]:
    """The parts by the names that the template has for them."""
    kept = fulfilment(known, as_of)
    return {
        "changes": _changes(known, as_of, pins),
        "corroborated": list(_corroborated(known, screenings, pins)),
        "demands": [_demand(known, put, pins) for put in kept.demands if put.deliveries or put.met != "unanswered"],
        "unanswered": _unanswered(kept),
        "promises": [_promise(known, p, pins) for p in kept.promises if p.done != "not stated"],
        "readouts": [_compared(known, readouts(known, *pair), pins) for pair in pairs_told(known, as_of)[-_READOUTS:]],
    }


def _changes(known: Known, as_of: date | None, pins: Pins) -> dict[str, Any]:
    """What is new since the last day of reports before the newest."""
    since = day_before(known, as_of)
    if since is None:
        return {}
    found = changes(known, since, as_of)
    ordered = sorted((c for c in found.changes if _of_the_sides(known, c)), key=lambda c: _WEIGHT[c.kind])
    lines = [_change(c, pins) for c in ordered]
    counts = ", ".join(f"{n} {kind}" for kind in get_args(ChangeKind) if (n := sum(c.kind == kind for c in ordered)))
    if not lines:
        return {}
    return {"since": day_words(since), "counts": counts, "lines": lines[:MOST], "more": lines[MOST:]}


def _of_the_sides(known: Known, change: Change) -> bool:
    """Whether a side acts in it, or meets somebody."""
    records = [known.record(id) for id in change.records]
    parties = {getattr(r, "by", None) for r in records} | {p for r in records for p in getattr(r, "parties", ())}
    return not parties.isdisjoint(known.pack.between)


def _change(change: Change, pins: Pins) -> Told:
    note = "" if change.kind == "new" else change.explanation
    return Told(
        text=shown(short(change.what)), pins=pins.numbers(change.records, 3), kind=change.kind, note=shown(note)
    )


def _corroborated(known: Known, screenings: Mapping[str, Screening], pins: Pins) -> Iterator[Told]:
    """Facts that more than one independent origin tells, with their grades."""
    spun = [report for report, screening in screenings.items() if screening.spun]
    found = [c for c in corroborate(known, spun, _FACTS) if len(c.origins) > 1]
    for fact in found[:MOST]:
        grade = f"{fact.reliability.grade}{fact.credibility.grade}"
        why = f"{fact.reliability.reason}; {fact.credibility.reason}"
        yield Told(text=shown(short(fact.what)), pins=pins.numbers(fact.records), kind=grade, note=why)


def _demand(known: Known, put: Put, pins: Pins) -> Told:
    how = "; ".join(f"{d.channel}{f', by {d.by}' if d.by else ''}" for d in put.deliveries) or "how is not stated"
    records = (*put.records, *put.answers, *(r for d in put.deliveries for r in d.records))
    return Told(
        text=shown(f"{party_name(known.pack, put.party)}: {short(put.what)}"),
        pins=pins.numbers(records),
        kind=put.met,
        note=shown(f"put: {how}"),
    )


def _unanswered(kept: Fulfilment) -> int:
    """How many demands no report tells to have been put or answered."""
    return sum(put.met == "unanswered" and not put.deliveries for put in kept.demands)


def _promise(known: Known, promise: Promise, pins: Pins) -> Told:
    text = f"{party_name(known.pack, promise.party)}: {short(promise.what)}"
    return Told(text=shown(text), pins=pins.numbers((*promise.records, *promise.shown_by)), kind=promise.done)


def _compared(known: Known, found: Readouts, pins: Pins) -> dict[str, Any]:
    """Two sides' texts: what they agree on, what they tell differently, and what only one of them tells."""

    def lines(of: Iterable[str]) -> list[Told]:
        return [
            Told(
                text=shown(f"{party_name(known.pack, c.side)}: {short(c.what)}"),
                pins=pins.numbers((*c.a, *c.b)),
                kind=c.verdict,
                note=f"they differ in {', '.join(c.differ)}" if c.differ else "",
            )
            for c in found.compared
            if c.verdict in of
        ]

    return {
        "names": [shown(known.report(r).title or known.report(r).name) for r in found.reports],
        "both": lines(("contradicted", "agreed")),
        "one": lines(("one-sided",)),
    }
