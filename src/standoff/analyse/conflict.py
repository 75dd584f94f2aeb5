"""Accounts that differ: two records side by side, never settled. What is doubtful is left out: precision first.

These ways to differ are found (`counterclaims` has seven more, of accounts that do not deny each other outright):

- *denial*: somebody denies what another source says; the assertion denied is the one in the same report that is
  closest in words, or stands right before;
- *polarity*: two sources of one report say of the same thing that it is and that it is not;
- *position*: by one account a party gives, by another it refuses, on one issue within one period;
- *terms*: by one account a party gives, by another only after something else;
- *contact*: by one account a contact is planned, by another source of the report it is not;
- *cause*: two sides give different causes for what one issue is about;
- *figures*: two reports that do not copy each other tell one dated measure with different rates or amounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Literal

from standoff.analyse.accounts_apart import ApartKind, told_apart
from standoff.analyse.attribution import source_line
from standoff.analyse.counterclaims import CounterKind, counterclaims
from standoff.analyse.denials import FAMILIES, disputes
from standoff.analyse.known import Known
from standoff.analyse.places import place_json
from standoff.analyse.tracing import Tracer, tracer_of
from standoff.analyse.words import content_words
from standoff.model.ids import content_id
from standoff.model.record import Move, Record, Statement

ConflictKind = Literal["denial", "polarity", "cause"] | ApartKind | CounterKind

_ORDER: tuple[ConflictKind, ...] = (
    "denial", "position", "terms", "contact", "figures", "cause", "polarity",
    "pretext", "extent", "deed", "line", "reading", "record", "blame",
)  # fmt: skip
_APART: frozenset[ConflictKind] = frozenset(
    {"terms", "contact", "pretext", "extent", "deed", "line", "reading", "record"}
)  # their own dispute, whatever else is disputed of it
_EITHER_WAY: frozenset[ConflictKind] = frozenset({"figures", "cause", "blame"})  # neither answers the other
_LONGEST = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of two accounts: the record, whose account it is (a side, None: nobody's), who says so, in what words."""

    record: str
    report: str
    party: str | None
    source: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two accounts that cannot both be true, or that a report sets against each other; `a` is told first.

    `also` are further records of the same dispute: other wordings in the report, the same story in copies of it.
    """

    id: str
    kind: ConflictKind
    about: str
    a: Account
    b: Account
    records: tuple[str, str]
    also: tuple[str, ...]
    explanation: str


def conflicts(known: Known, as_of: date | None = None) -> tuple[Conflict, ...]:
    """All accounts that differ in what was known by a day, in the order of the record, each pair once."""
    day = as_of if as_of is None or known.beyond(as_of) else None
    return known.once(("conflicts", day), lambda: _conflicts_of(known, day))


def _conflicts_of(known: Known, as_of: date | None) -> tuple[Conflict, ...]:
    tracer = tracer_of(known)
    pairs: dict[tuple[str, str], tuple[ConflictKind, Record, Record]] = {}
    for report in known.reports:
        moves = known.part(report.id).of(Move)  # a denial may be of a promise that is told for a later day
        find = partial(disputes, known, tracer, moves)
        for kind, a, b in known.told_in(report, as_of, "disputes", find):
            pairs.setdefault(_key(a, b), (kind, a, b))
    across = (counterclaims(known, tracer, as_of), told_apart(known, tracer, as_of))
    for how, one, other in (pair for found_pairs in across for pair in found_pairs):
        pairs.setdefault(_key(one, other), (how, one, other))
    ordered = sorted(pairs.values(), key=lambda p: _ORDER.index(p[0]))
    found = _folded(known, tracer, [_conflict(known, kind, a, b) for kind, a, b in ordered])
    return tuple(sorted(found, key=lambda c: (_place(known, known.record(c.records[0])), c.id)))


def _folded(known: Known, tracer: Tracer, found: Sequence[Conflict]) -> list[Conflict]:
    """Each dispute once: pairs that share a record with one that is kept, or retell it in a copy, are its `also`."""
    kept: list[Conflict] = []
    holder: dict[str, int] = {}
    worded: dict[tuple[str, str], int] = {}
    retold: dict[str, int] = {}  # voices of other wordings: mere blame adds nothing to what they are told with
    by_origin: defaultdict[tuple[str, frozenset[str | None]], list[int]] = defaultdict(list)
    for conflict in found:
        story = (known.origin(conflict.a.report), frozenset({conflict.a.party, conflict.b.party}))
        voices = [_voice(known, r) for r in conflict.records]
        at = next((holder[v] for v in voices if v in holder and conflict.kind not in _APART), None)
        if at is None and conflict.kind == "blame":
            at = next((retold[v] for v in voices if v in retold), None)
        if at is None:
            at = worded.get((conflict.a.words, conflict.b.words))
        if at is None:
            at = next((n for n in by_origin[story] if _retells(tracer, conflict, kept[n])), None)
        if at is None:
            holder |= dict.fromkeys(voices, len(kept))
            by_origin[story].append(len(kept))
            worded[conflict.a.words, conflict.b.words] = len(kept)
            kept.append(conflict)
        else:
            retold |= {voice: at for voice in voices if voice not in retold}
            told = [r for r in conflict.records if r not in kept[at].records and r not in kept[at].also]
            kept[at] = replace(kept[at], also=(*kept[at].also, *told))
    return kept


def _voice(known: Known, record: str) -> str:
    """The statement behind a record, or the record itself."""
    statement = known.statement_of(known.record(record))
    return statement.id if statement else record


def _retells(tracer: Tracer, new: Conflict, old: Conflict) -> bool:
    """Whether a copy of a report tells the same dispute: both accounts share words with those of the original."""
    if new.a.report == old.a.report:
        return False
    pairs = ((new.a, old.a), (new.b, old.b)) if new.a.party == old.a.party else ((new.a, old.b), (new.b, old.a))
    return all((_matter(x) & _matter(y)) - tracer.names for x, y in pairs)


def _matter(account: Account) -> frozenset[str]:
    return frozenset(FAMILIES.get(stem) or stem for stem in content_words(account.words))


def contested_records(found: Iterable[Conflict]) -> frozenset[str]:
    """The ids of all records in conflicts: what they say is marked wherever it appears."""
    return frozenset(record for conflict in found for record in (*conflict.records, *conflict.also))


def _key(a: Record, b: Record) -> tuple[str, str]:
    return (a.id, b.id) if a.id < b.id else (b.id, a.id)


def _place(known: Known, record: Record) -> tuple[date, str, int]:
    return known.published(record) or date.max, known.report_of(record).name, record.span.start


def _conflict(known: Known, kind: ConflictKind, a: Record, b: Record) -> Conflict:
    if kind in _EITHER_WAY:
        a, b = sorted((a, b), key=lambda r: (_place(known, r), r.id))
    one, other = _account(known, a), _account(known, b)
    how = {
        "denial": "the second denies the first",
        "polarity": "one says that it is, the other that it is not",
        "position": "by one account it gives, by the other it refuses",
        "terms": "by one account it is given, by the other only after something else",
        "contact": "by one account it is planned, by the other it is not",
        "cause": "they give different causes",
        "figures": "the figures differ",
        "pretext": "what one gives as a ground the other calls a pretext",
        "blame": "each accuses the other",
        "record": "one says that it does its part, the other accuses it",
        "extent": "by one account it gave way, by its own only so far",
        "deed": "by one account it gives, by the other it goes on as before",
        "line": "it says one thing in public and is said to hold another",
        "reading": "by one account it went back on its word, by its own it had grounds to",
    }[kind]
    return Conflict(
        id=content_id("x", *sorted((a.id, b.id))),
        kind=kind,
        about=f"“{one.words}” – “{other.words}”",
        a=one,
        b=other,
        records=(a.id, b.id),
        also=(),
        explanation=f"{one.source}, and {other.source}: {how}. Both accounts are shown; neither is settled.",
    )


def _account(known: Known, record: Record) -> Account:
    report = known.report_of(record)
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    place = record.content if isinstance(record, Statement) else record.span
    words = " ".join(place.of(report.text).split())
    return Account(
        record=record.id,
        report=report.id,
        party=statement.speaks_for if statement else None,
        source=source_line(known, record),
        words=words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …",
    )


def conflicts_json(known: Known, answer: Iterable[Conflict]) -> dict[str, Any]:
    """`conflicts: [{a: {report, span, ...}, b, about, kind, ...}]`; spans in code points of the report's text."""
    return {"conflicts": [_json(known, conflict) for conflict in answer]}


def _json(known: Known, conflict: Conflict) -> dict[str, Any]:
    return {
        "kind": conflict.kind,
        "about": conflict.about,
        "a": _account_json(known, conflict.a),
        "b": _account_json(known, conflict.b),
        "also": [place_json(known, known.record(record)) for record in conflict.also],
        "explanation": conflict.explanation,
    }


def _account_json(known: Known, account: Account) -> dict[str, Any]:
    told = {"party": account.party, "source": account.source, "words": account.words, "record": account.record}
    return place_json(known, known.record(account.record)) | told
