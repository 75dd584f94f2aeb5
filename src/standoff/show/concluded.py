"""What the analyses conclude, as parts of the brief: each is empty where it has nothing to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from standoff.analyse.changes import Change, ChangeKind, changes, day_before
from standoff.analyse.corroborate import corroborate, fact_line
from standoff.analyse.fulfilment import Fulfilment, Promise, Put
from standoff.analyse.known import Known
from standoff.analyse.phrases import day_words, first_up, party_name, predicate, short, spoken
from standoff.analyse.positions import Position, positions
from standoff.analyse.readouts import Readouts, pairs_told, readouts
from standoff.model.lineage import Screening
from standoff.show.evidence import Pins, shown
from standoff.show.wording import Line, Some, some

MOST = 12
"""Lines of a part that stand open; the rest is folded away."""
FIRST = 6
"""Lines of what is new that stand open: on the first screen."""

_WEIGHT: dict[ChangeKind, int] = {
    "withdrawn": 0, "contradicted": 1, "changed": 2, "superseded": 3, "new": 4, "confirmed": 5,
}  # fmt: skip
_FACTS = ("move", "measure", "contact", "linkage")
_READOUTS = 3


def parts(
    known: Known, as_of: date | None, screenings: Mapping[str, Screening], kept: Fulfilment, pins: Pins
) -> dict[str, Any]:
    """The parts by the names that the template has for them."""
    held = {p.id: p for p in positions(known, as_of)}
    return {
        "corroborated": list(_corroborated(known, screenings, pins)),
        "demands": some(
            [put for put in kept.demands if put.deliveries or put.met != "unanswered"],
            lambda p: _demand(known, p, held[p.position], pins),
        ),
        "unanswered": _unanswered(kept),
        "promises": some(
            [p for p in kept.promises if p.done != "not stated"],
            lambda p: _promise(known, p, held[p.position], pins),
        ),
        "readouts": [_compared(known, readouts(known, *pair), pins) for pair in pairs_told(known, as_of)[-_READOUTS:]],
    }


def changed(known: Known, as_of: date | None, told: Collection[str], pins: Pins) -> dict[str, Any]:
    """What is new since the last day of reports before the newest; what rests on `told` (records) alone comes later:
    the state of play says it already."""
    since = day_before(known, as_of)
    if since is None:
        return {}
    found = changes(known, since, as_of)
    ordered = sorted(
        (c for c in found.changes if _of_the_sides(known, c)),
        key=lambda c: (_WEIGHT[c.kind], not set(c.records).isdisjoint(told)),
    )
    counts = ", ".join(f"{n} {kind}" for kind in get_args(ChangeKind) if (n := sum(c.kind == kind for c in ordered)))
    if not ordered:
        return {}
    lines = some(ordered, lambda c: _change(c, pins))
    more = Some(lines.those[FIRST:], max(0, lines.of - FIRST))
    return {"since": day_words(since), "counts": counts, "lines": lines.those[:FIRST], "more": more}


def _of_the_sides(known: Known, change: Change) -> bool:
    """Whether a side acts in it, or meets somebody."""
    records = [known.record(id) for id in change.records]
    parties = {getattr(r, "by", None) for r in records} | {p for r in records for p in getattr(r, "parties", ())}
    return not parties.isdisjoint(known.pack.between)


def _change(change: Change, pins: Pins) -> Line:
    note = "" if change.kind == "new" else change.explanation
    return Line(
        text=shown(first_up(short(change.what))),
        pins=pins.numbers(change.records, 3),
        kind=change.kind,
        note=shown(note),
    )


def _corroborated(known: Known, screenings: Mapping[str, Screening], pins: Pins) -> Iterator[Line]:
    """Facts that more than one independent origin tells, with their grades."""
    spun = [report for report, screening in screenings.items() if screening.spun]
    found = [c for c in corroborate(known, spun, _FACTS) if len(c.origins) > 1]
    for fact in found[:MOST]:
        grade = f"{fact.reliability.grade}{fact.credibility.grade}"
        why = f"{fact.reliability.reason}; {fact.credibility.reason}"
        yield Line(text=shown(short(fact_line(known, fact))), pins=pins.numbers(fact.records), kind=grade, note=why)


def _demand(known: Known, put: Put, position: Position, pins: Pins) -> Line:
    how = "; ".join(f"{d.channel}{f', by {d.by}' if d.by else ''}" for d in put.deliveries)
    records = (*put.records, *put.answers, *(r for d in put.deliveries for r in d.records))
    return Line(
        text=_sentence(known, position),
        pins=pins.numbers(records),
        kind=put.met,
        note=shown(f"put by {how}") if how else "",
    )


def _sentence(known: Known, position: Position) -> str:
    return shown(first_up(f"{party_name(known.pack, position.party)} {' '.join(predicate(known, position))}"))


def _unanswered(kept: Fulfilment) -> int:
    """How many demands no report tells to have been put or answered."""
    return sum(put.met == "unanswered" and not put.deliveries for put in kept.demands)


def _promise(known: Known, promise: Promise, position: Position, pins: Pins) -> Line:
    evidence = pins.numbers((*promise.records, *promise.shown_by))
    return Line(text=_sentence(known, position), pins=evidence, kind=promise.done)


def _compared(known: Known, found: Readouts, pins: Pins) -> dict[str, Any]:
    """Two sides' texts: what they agree on, what they tell differently, and what only one of them tells."""

    def lines(of: Iterable[str]) -> list[Line]:
        return [
            Line(
                text=shown(first_up(f"{party_name(known.pack, c.side)}: {spoken(known, (*c.a, *c.b), short(c.what))}")),
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
