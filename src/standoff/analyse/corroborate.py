"""Who stands behind a fact, graded twice: the reliability of its best source, and the credibility of what is said.

The letters and figures are those of the Admiralty system (NATO AJP-2.1), as vocabulary: each grade comes with its
reason, and stands for no more than that reason. A source is never graded A (completely reliable) or E (unreliable)
by itself, since that takes a history of the source that a record of reports does not hold.

    B  a named person or a body that speaks for itself, told by the outlet that asked
    C  an unnamed official of a known office; a named person who speaks for nobody; the report itself
    D  an anonymous source
    E  told by a machine-rewritten copy alone: its wording cannot be relied on
    F  no outlet and no source is known

    1  told by independent origins, on the accounts of more than one side or by more than one kind of source
    2  told by more than one independent origin
    3  told by one origin, with a source of grade B or C
    4  told by one origin on an anonymous source, or contested by another account
    5  contested, and told by fewer origins than what contradicts it
    6  only expected or in an `if`, or without any source known

A copy never adds an origin. A machine-rewritten copy's wording is marked *do not quote*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from standoff.analyse.conflict import conflicts
from standoff.analyse.facts import Fact, count_line, facts
from standoff.analyse.known import Known
from standoff.analyse.phrases import record_line
from standoff.analyse.places import evidence_json
from standoff.model.record import Linkage, Move, Record, SourceKind, Statement

Reliability = Literal["A", "B", "C", "D", "E", "F"]

_LETTERS: tuple[Reliability, ...] = ("B", "C", "D", "E", "F")
_OPEN = frozenset({"expected", "hypothetical"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade of the Admiralty system and the reason for it, in a few words."""

    grade: str
    reason: str


@lru_cache(maxsize=256)
def _grade(grade: str, reason: str) -> Grade:
    """One object for all facts of one grade and reason."""
    return Grade(grade=grade, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """One fact with who stands behind it.

    `origins` are the independent origins (labels, sorted), `reports` ids, `sources` kinds of source, `sides` the
    parties on whose account it is told. `do_not_quote` are records whose wording a machine rewrote; `against` the
    records that contradict it. `what` is the wording to show: of no rewritten copy where there is another.
    """

    fact: str
    type: str
    what: str
    origins: tuple[str, ...]
    reports: tuple[str, ...]
    sources: tuple[SourceKind, ...]
    sides: tuple[str, ...]
    reliability: Grade
    credibility: Grade
    do_not_quote: tuple[str, ...]
    against: tuple[str, ...]
    records: tuple[str, ...]

    @property
    def explanation(self) -> str:
        """Both grades with their reasons, and who stands behind it."""
        spun = len(self.do_not_quote)
        quote = f"; {spun} in rewritten wording, not to be quoted" if spun else ""
        return (
            f"{self.reliability.grade}{self.credibility.grade}: {self.reliability.reason}; {self.credibility.reason}; "
            f"{count_line(len(self.origins), len(self.reports))}{quote}."
        )


def corroborate(known: Known, spun: Iterable[str] = (), types: Iterable[str] = ()) -> tuple[Corroboration, ...]:
    """All facts with their grades, the best corroborated first.

    `spun`: reports (ids) that are known to be rewritten by machine, beside those that lineage finds. `types`: only
    facts of these classes (`move`, `measure`, `contact`, `linkage`, `statement`); empty: all.
    """
    rewritten = frozenset([*spun, *(r.a for r in known.relations if r.kind == "spun")])
    against: dict[str, list[str]] = {}
    for conflict in conflicts(known):
        a, b = conflict.records
        against.setdefault(a, []).append(b)
        against.setdefault(b, []).append(a)
    wanted = set(types)
    found = [_graded(known, f, rewritten, against) for f in facts(known) if not wanted or f.type in wanted]
    return tuple(sorted(found, key=lambda c: (-len(c.origins), -len(c.reports), c.credibility.grade, c.fact)))


def _graded(known: Known, fact: Fact, rewritten: frozenset[str], against: dict[str, list[str]]) -> Corroboration:
    """A fact with its grades. Of one that a single record tells they are kept with its report, as long as nothing in
    other reports bears on it."""
    report = fact.reports[0]
    if len(fact.records) > 1 or report in rewritten:
        return _corroboration(known, fact, rewritten, against)
    record = known.record(fact.records[0])
    if any(voice in against for voice in _voices(known, record)):
        return _corroboration(known, fact, rewritten, against)
    kept: dict[str, Corroboration] = known.part(report).each("graded alone")
    found = kept.get(record.id)
    if found is None or found.origins[0] != known.origin_of(record):
        found = kept[record.id] = _corroboration(known, fact, rewritten, against)
    return found


def _corroboration(known: Known, fact: Fact, rewritten: frozenset[str], against: dict[str, list[str]]) -> Corroboration:
    records = [known.record(id) for id in fact.records]
    origins = tuple(sorted({known.origin_of(r) for r in records}))
    spun = tuple(r.id for r in records if r.report in rewritten)
    contrary = tuple(
        dict.fromkeys(other for r in records for voice in _voices(known, r) for other in against.get(voice, ()))
    )
    sides = tuple(sorted({s for r in records if (s := _side(known, r))}))
    reliability = min((_reliability(known, r, rewritten) for r in records), key=lambda g: (g.grade, g.reason))
    credibility = _credibility(known, records, origins, fact.sources, sides, reliability, contrary)
    return Corroboration(
        fact=fact.id,
        type=fact.type,
        what=_what(known, _shown(known, records, rewritten)),
        origins=origins,
        reports=fact.reports,
        sources=fact.sources,
        sides=sides,
        reliability=reliability,
        credibility=credibility,
        do_not_quote=spun,
        against=contrary,
        records=fact.records,
    )


def _shown(known: Known, records: Iterable[Record], rewritten: Collection[str]) -> Record:
    """The record whose wording is shown: of no rewritten report and of no copy where there is another."""
    return min(records, key=lambda r: (r.report in rewritten, r.report in known.copies, -r.confidence, r.id))


def fact_line(known: Known, fact: Corroboration) -> str:
    """A fact in one line, as the record tells it whose wording is shown: `China refuses to lift the duties`."""
    rewritten = {known.record(id).report for id in fact.do_not_quote}
    return record_line(known, _shown(known, map(known.record, fact.records), rewritten))


def _voices(known: Known, record: Record) -> Iterable[str]:
    statement = known.statement_of(record)
    return (record.id, statement.id) if statement else (record.id,)


def _side(known: Known, record: Record) -> str | None:
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    return statement.speaks_for if statement else None


def _reliability(known: Known, record: Record, rewritten: frozenset[str]) -> Grade:
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    if record.report in rewritten:
        return _grade("E", "told by a machine-rewritten copy")
    if statement is None:
        outlet = known.report_of(record).outlet
        if outlet is None:
            return _grade("F", "no outlet and no source is known")
        return _grade("C", "told by the report itself")
    if statement.kind == "anonymous":
        return _grade("D", "an anonymous source")
    if statement.kind == "official":
        return _grade("C", "an unnamed official of a known office")
    if statement.kind == "outlet":
        return _grade("C", "another outlet, relayed")
    itself = statement.speaks_for is not None and getattr(record, "by", statement.speaks_for) == statement.speaks_for
    if itself and not statement.via:
        return _grade("B", "a named source that speaks for itself")
    return _grade("C", "a named source that speaks of others" if not itself else "a named source, relayed")


def _credibility(
    known: Known,
    records: Sequence[Record],
    origins: Sequence[str],
    sources: Sequence[SourceKind],
    sides: Sequence[str],
    reliability: Grade,
    contrary: Sequence[str],
) -> Grade:
    if all(isinstance(r, Move) and r.status in _OPEN for r in records):
        return _grade("6", "only expected, or in an if")
    if contrary:
        other = known.origin_count(known.record(r) for r in contrary)
        if other > len(origins):
            return _grade("5", "contradicted by more origins than tell it")
        return _grade("4", "another account contradicts it")
    if len(origins) > 1 and (len(sides) > 1 or len(sources) > 1):
        how = "on the accounts of more than one side" if len(sides) > 1 else "by more than one kind of source"
        return _grade("1", f"told by {len(origins)} independent origins, {how}")
    if len(origins) > 1:
        return _grade("2", f"told by {len(origins)} independent origins")
    if reliability.grade in ("B", "C"):
        return _grade("3", "told by one origin")
    if reliability.grade == "F":
        return _grade("6", "no source is known")
    return _grade("4", f"told by one origin: {reliability.reason}")


def _what(known: Known, record: Record) -> str:
    if isinstance(record, Move):
        return record.what
    if isinstance(record, Linkage):
        return f"{record.then} – only after {record.first}"
    place = record.content if isinstance(record, Statement) else record.span
    return " ".join(place.of(known.report_of(record).text).split())


def corroborate_json(known: Known, answer: Iterable[Corroboration]) -> dict[str, Any]:
    """`facts: [{what, type, origins, reports, sources, reliability, credibility, do_not_quote, evidence, against}]`."""
    return {"facts": [_json(known, c) for c in answer]}


def _origin_name(known: Known, label: str) -> str:
    """An outlet as it is; a report (id) by its name."""
    return next((r.name for r in known.reports if r.id == label), label)


def _json(known: Known, fact: Corroboration) -> dict[str, Any]:
    return {
        "id": fact.fact,
        "type": fact.type,
        "what": fact.what,
        "origins": [_origin_name(known, label) for label in fact.origins],
        "reports": [known.report(id).name for id in fact.reports],
        "sources": list(fact.sources),
        "sides": list(fact.sides),
        "reliability": {"grade": fact.reliability.grade, "reason": fact.reliability.reason},
        "credibility": {"grade": fact.credibility.grade, "reason": fact.credibility.reason},
        "do_not_quote": evidence_json(known, fact.do_not_quote),
        "evidence": evidence_json(known, fact.records),
        "against": evidence_json(known, fact.against),
        "explanation": fact.explanation,
    }
