"""Which record a decision holds on to, whatever ids and rules a later version gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standoff.model.plain import CLASSES, own_fields, plain
from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.span import Span

KEYS: dict[type[Record], tuple[str, ...]] = {
    Statement: ("speaker", "speaks_for", "kind", "act"),
    Move: ("type", "by", "to", "issue"),
    Measure: ("instrument", "by", "on", "rate_percent", "amount_usd"),
    Contact: ("kind", "status", "parties", "who"),
    Linkage: ("kind", "by", "first_actor", "then_actor"),
}
"""The fields that tell records of a class apart; the first of each (of a statement: its source) must agree."""

HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a decision was about: one report's records of a class, on these words, with these fields (JSON values).

    `versions` are the fields as the machine had them and as they were decided; `beside` the key fields of the other
    records on the same words at that time. `exactly`: all key fields must agree (an added record).
    """

    key: str
    of: str
    report: str
    evidence: tuple[Span, ...]
    versions: tuple[Mapping[str, Any], ...]
    beside: tuple[Sequence[Any], ...] = ()
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """The record found, and how much of the words the two have in common: 1 all, by the Dice coefficient."""

    record: Record
    overlap: float


def hold(sought: Iterable[Sought], records: Iterable[Record]) -> dict[str, Held]:
    """The record that each decision holds on to, by the decision's key; those that find none are left out.

    A record fits where

    1. it is of the same report and class;
    2. its main evidence shares at least half of the shorter of the two passages;
    3. its leading field is the same (type of a move, instrument of a measure, kind of a contact or linkage; of a
       statement: the source stands in the same place, or neither has one);
    4. at least half of its key fields (`KEYS`) are the same, as the machine had them or as they were decided;
    5. it is none of the records that stood on the same words then, by their key fields.

    Of those that fit, the one with the highest sum of overlap (Dice, 0 to 1), key fields that agree (0 to 1) and, to
    break ties, a hundredth of all fields that agree; each record is held by one decision at most, the best pair first.

        decided                              new version has                                    holds?
        "will lift its duty" demand AA→BB    "Arland will lift its duty today" demand AA→BB      yes, 0.75
        "will lift its duty" demand AA→BB    "will lift its duty" threaten AA→BB                 no: another type
        a correction of its type to offer    "will lift its duty" offer AA→BB                    yes: as decided
        demand on tariffs, one on ports      only the demand on ports is found                   no: it stood beside
        "will lift its duty", 2 fields of 4  "will lift its duty"                                yes, 1.0
    """
    by_place: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        by_place.setdefault((record.report, record.type_name), []).append(record)
    pairs = []
    for each in sought:
        for record in by_place.get((each.report, each.of), ()):
            if (score := _fit(each, record)) is not None:
                pairs.append((-score, record.span, record.id, each.key, record, dice(each.evidence[0], record.span)))
    pairs.sort(key=lambda pair: pair[:4])
    found: dict[str, Held] = {}
    taken: set[str] = set()
    for *_, id, key, record, overlap in pairs:
        if key not in found and id not in taken:
            found[key] = Held(record, round(overlap, 3))
            taken.add(id)
    return found


def key_fields(record: Record) -> list[Any]:
    """The key fields of a record as JSON values, in the order of `KEYS`."""
    return [plain(getattr(record, name)) for name in KEYS[type(record)]]


def close(a: Span, b: Span) -> bool:
    """Whether two passages share at least half of the shorter one."""
    return 2 * _shared(a, b) >= min(len(a), len(b))


def dice(a: Span, b: Span) -> float:
    """What two passages have in common: 0 nothing, 1 all."""
    return 2 * _shared(a, b) / (len(a) + len(b))


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _fit(sought: Sought, record: Record) -> float | None:
    if not sought.evidence or not close(sought.evidence[0], record.span):
        return None
    if key_fields(record) in [list(keys) for keys in sought.beside]:
        return None
    agreed = [_agreed(sought, version, record) for version in sought.versions]
    fits = [share for share in agreed if share is not None]
    return max(fits) + dice(sought.evidence[0], record.span) if fits else None


def _agreed(sought: Sought, version: Mapping[str, Any], record: Record) -> float | None:
    """The share of key fields that agree, and a hundredth of that of all fields; None where too few do."""
    cls = CLASSES[sought.of]
    names = KEYS[cls]
    share = _share(names, version, record)
    if share < (1 if sought.exactly else HALF) or not _leading(version, record):
        return None
    return share + _share(tuple(own_fields(cls)), version, record) / 100


def _share(names: Sequence[str], version: Mapping[str, Any], record: Record) -> float:
    same = [name for name in names if plain(getattr(record, name)) == version.get(name)]
    return len(same) / len(names)


def _leading(version: Mapping[str, Any], record: Record) -> bool:
    if not isinstance(record, Statement):
        name = KEYS[type(record)][0]
        return bool(plain(getattr(record, name)) == version.get(name))
    place = version.get("source")
    if record.source is None or place is None:
        return record.source is None and place is None
    return record.source.overlaps(Span(*place))
