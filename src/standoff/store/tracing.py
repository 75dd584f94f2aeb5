"""What tracing who copied whom reads and writes: signatures, those who share something, relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, delete, distinct, func, select, union_all, update

from standoff.errors import InputError
from standoff.model.lineage import Relation
from standoff.store import rows, writing
from standoff.store.schema import FINGERPRINT, RELATION, REPORT, SIGNATURE, TERM

_LEAST = 2  # hashes or terms that must be shared
_UNDATED = 0


def untraced(connection: Connection) -> tuple[str, ...]:
    """Reports with derived data whose relations are not settled: by day (unknown ones last), name and id."""
    query = select(REPORT.c.id, REPORT.c.published_day, REPORT.c.name).join(SIGNATURE)
    found = connection.execute(query.where(SIGNATURE.c.traced.is_(False))).all()
    return tuple(id for *_, id in sorted((day is None, day or "", name, id) for id, day, name in found))


def sign(connection: Connection, signatures: Mapping[str, tuple[Sequence[int], bytes]]) -> None:
    ids = sorted(signatures)
    stored = select(REPORT.c.id, REPORT.c.published_day).join(SIGNATURE).where(REPORT.c.id.in_(ids))
    days = dict(connection.execute(stored).all())
    if unknown := [id for id in ids if id not in days]:
        raise InputError(f"no report {unknown[0]} in the record, or nothing made of it yet")
    connection.execute(delete(TERM).where(TERM.c.report.in_(ids)))
    for id in ids:
        values = {"vector": signatures[id][1], "traced": False}
        connection.execute(update(SIGNATURE).where(SIGNATURE.c.report == id).values(values))
    terms = [
        {"term": term, "day": _ordinal(days[id]), "report": id} for id in ids for term in sorted(set(signatures[id][0]))
    ]
    writing.insert_all(connection, TERM, terms)


def settle(connection: Connection, ids: Sequence[str], relations: Sequence[Relation]) -> None:
    for relation in relations:
        for a, b in ((relation.a, relation.b), (relation.b, relation.a)):
            connection.execute(delete(RELATION).where(RELATION.c.a == a, RELATION.c.b == b))
    writing.insert_all(connection, RELATION, [rows.relation_values(relation) for relation in relations])
    connection.execute(update(SIGNATURE).where(SIGNATURE.c.report.in_(ids)).values(traced=True))


def sharing_fingerprints(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """(report, other, hashes shared)."""
    own, other = FINGERPRINT.alias("own"), FINGERPRINT.alias("other")
    shared = func.count(distinct(other.c.hash))
    query = (
        select(own.c.report, other.c.report, shared)
        .select_from(own.join(other, other.c.hash == own.c.hash))
        .where(own.c.report.in_(ids), other.c.report != own.c.report)
        .group_by(own.c.report, other.c.report)
        .having(shared >= _LEAST)
    )
    yield from sorted(connection.execute(query).all())


def sharing_terms(connection: Connection, ids: Sequence[str], days: int) -> Iterator[tuple[str, str]]:
    """(report, other); each part of the query is one range of the table for each term."""
    own, other = TERM.alias("own"), TERM.alias("other")
    pairs = select(own.c.report, other.c.report.label("other")).select_from(own.join(other, other.c.term == own.c.term))
    pairs = pairs.where(own.c.report.in_(ids), other.c.report != own.c.report)
    dated = own.c.day != _UNDATED
    met = union_all(
        pairs.where(dated, other.c.day.between(own.c.day - days, own.c.day + days)),
        pairs.where(dated, other.c.day == _UNDATED),
        pairs.where(own.c.day == _UNDATED),
    ).subquery()
    query = select(met.c.report, met.c.other).group_by(met.c.report, met.c.other).having(func.count() >= _LEAST)
    yield from sorted(connection.execute(query).all())


def signatures(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, tuple[int, bytes]]]:
    query = select(SIGNATURE.c.report, SIGNATURE.c.hashes, SIGNATURE.c.vector)
    query = query.where(SIGNATURE.c.report.in_(ids), SIGNATURE.c.vector.is_not(None))
    for report, hashes, vector in connection.execute(query):
        yield report, (hashes, vector)


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else _UNDATED
