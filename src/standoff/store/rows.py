"""Model ⇄ rows: every value is read back equal to what was written.

A record's columns are its fields, under the same names. Intervals become ISO text, spans and tuples JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from sqlalchemy import Row

from standoff.errors import EvidenceError, StoreError
from standoff.model.dates import When
from standoff.model.lineage import Relation, Repeat, Screening, View
from standoff.model.record import Record
from standoff.model.report import Basis, Provenance, Published, Report
from standoff.model.span import Span
from standoff.store.schema import RECORD_TABLES, REPORT

R = TypeVar("R", bound=Record)
Values = dict[str, Any]
_LARGEST = 2**63
Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]

# -- intervals and spans ------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _when_text(when: When) -> str:
    return when.exact


@lru_cache(maxsize=4096)
def _text_when(text: str) -> When:
    return When.parse(text)


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _span(pair: Sequence[int]) -> Span:
    return Span(pair[0], pair[1])


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple([Span(start, end) for start, end in pairs])


_CODECS: dict[Any, Codec] = {
    When: (_when_text, _text_when),
    Span: (_pair, _span),
    tuple[Span, ...]: (_pairs, _spans),
    tuple[str, ...]: (list, tuple),
}

# -- records ------------------------------------------------------------------------------------------------------


def _codec(annotation: Any) -> Codec | None:
    """How a field of this type is written and read; None where its value stays as it is."""
    plain = [part for part in get_args(annotation) if part is not type(None)]
    optional = len(plain) < len(get_args(annotation))
    return _CODECS.get(plain[0] if optional else annotation)


def _fields_of(cls: type[Record]) -> tuple[tuple[str, Codec | None], ...]:
    hints = get_type_hints(cls)
    return tuple((c.name, _codec(hints[c.name])) for c in RECORD_TABLES[cls].columns if c.name != "start")


_FIELDS = {cls: _fields_of(cls) for cls in RECORD_TABLES}


def record_values(record: Record, text: str) -> Values:
    """The row of a record; `text` is its report's.

    Raises EvidenceError where its evidence is empty or lies beyond the text, StoreError for an unknown class.
    """
    if type(record) not in _FIELDS:
        raise StoreError(f"no table for records of class {type(record).__name__}")
    if not record.evidence or max(span.end for span in record.evidence) > len(text):
        raise EvidenceError(f"record {record.id} ({record.rule}) does not quote its report: {record.evidence}")
    values: Values = {"start": record.evidence[0].start}
    for name, codec in _FIELDS[type(record)]:
        value = getattr(record, name)
        values[name] = codec[0](value) if codec and value is not None else value
    return values


def read_records(cls: type[R], rows: Iterable[Row[Any]]) -> Iterator[tuple[int, R]]:
    """(start, record) of rows whose columns are `start`, then those of the class in the order of its table.

    The stored id is taken over as it is: hashing it again would cost more than all the rest.
    """
    slots = [getattr(cls, name).__set__ for name, _ in _FIELDS[cls]]
    coded = [(place, codec[1]) for place, (_, codec) in enumerate(_FIELDS[cls]) if codec]
    values: list[Any]
    for start, *values in rows:
        for place, read in coded:
            if values[place] is not None:
                values[place] = read(values[place])
        record = object.__new__(cls)
        for put, value in zip(slots, values, strict=True):
            put(record, value)
        yield start, record


# -- reports ------------------------------------------------------------------------------------------------------


def report_values(report: Report) -> Values:
    return {
        "id": report.id,
        "name": report.name,
        "text": report.text,
        "outlet": report.outlet,
        "url": report.url,
        "retracted": False,
        "title": report.title,
        **_published_values(report.published),
        **_provenance_values(report.provenance),
    }


def read_report(row: Row[Any]) -> Report:
    published = provenance = None
    if row.published_day is not None:
        day, basis = date.fromisoformat(row.published_day), cast(Basis, row.published_basis)
        published = Published(day, basis, row.published_reason)
    if row.provenance_path is not None:
        provenance = Provenance(row.provenance_path, row.provenance_sha256, row.provenance_reader)
    return Report(
        name=row.name,
        text=row.text,
        outlet=row.outlet,
        title=row.title,
        url=row.url,
        published=published,
        provenance=provenance,
    )


def _published_values(published: Published | None) -> Values:
    day, basis, reason = (published.day.isoformat(), published.basis, published.reason) if published else (None,) * 3
    return {"published_day": day, "published_basis": basis, "published_reason": reason}


def _provenance_values(made: Provenance | None) -> Values:
    path, sha256, reader = (made.path, made.sha256, made.reader) if made else (None,) * 3
    return {"provenance_path": path, "provenance_sha256": sha256, "provenance_reader": reader}


def unknown_before(known: Report, again: Report) -> Values:
    """What `again` knows of the same report and `known` does not.

    An inferred day gives way to one that is told, and any other to the day that the user says.
    """
    values: Values = {}
    if known.title is None and again.title is not None:
        values["title"] = again.title
    if _stands_instead(known.published, again.published):
        values |= _published_values(again.published)
    if known.provenance is None and again.provenance is not None:
        values |= _provenance_values(again.provenance)
    return values


def _stands_instead(known: Published | None, again: Published | None) -> bool:
    if again is None or known is None:
        return again is not None
    if again.basis == "user":
        return (known.day, known.inferred) != (again.day, False)
    return known.inferred and not again.inferred


# -- marks and relations ------------------------------------------------------------------------------------------


def screening_values(report: str, text: str, screening: Screening) -> Values:
    view = screening.view
    return {
        "report": report,
        "view": None if view.text == text else view.text,
        "pieces": {"all": [list(piece) for piece in view.pieces], "changed": list(view.changed)},
        "repeats": [_pair(repeat.first) + _pair(repeat.again) for repeat in screening.repeats],
        "boilerplate": _pairs(screening.boilerplate),
        "spun": screening.spun,
    }


def read_screening(row: Row[Any]) -> Screening:
    """From a row of the screening's columns and the report's `text`."""
    pieces = tuple([(a, b, c, d) for a, b, c, d in row.pieces["all"]])
    return Screening(
        view=View(row.text if row.view is None else row.view, pieces, tuple(row.pieces["changed"])),
        repeats=tuple([Repeat(Span(a, b), Span(c, d)) for a, b, c, d in row.repeats]),
        boilerplate=_spans(row.boilerplate),
        spun=row.spun,
    )


def relation_values(relation: Relation) -> Values:
    return {
        "a": relation.a,
        "b": relation.b,
        "kind": relation.kind,
        "score": relation.score,
        "passages": [_pair(here) + _pair(there) for here, there in relation.passages],
    }


def read_relation(row: Row[Any]) -> Relation:
    passages = tuple([(Span(a, b), Span(c, d)) for a, b, c, d in row.passages])
    return Relation(a=row.a, b=row.b, kind=row.kind, score=row.score, passages=passages)


# -- numbers ------------------------------------------------------------------------------------------------------


def signed(value: int) -> int:
    """An unsigned 64-bit number as the signed one that a database can hold. Raises OverflowError for another."""
    if not 0 <= value < 2 * _LARGEST:
        raise OverflowError(f"not an unsigned 64-bit number: {value}")
    return value - 2 * _LARGEST if value >= _LARGEST else value


def unsigned(value: int) -> int:
    return value + 2 * _LARGEST if value < 0 else value


REPORT_COLUMNS = tuple(column for column in REPORT.columns if column.name not in {"recorded_at", "retracted"})
