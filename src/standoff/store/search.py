"""Search in the words of reports and records, with what people type taken as words and phrases."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from standoff.errors import InputError
from standoff.model.record import RECORD_CLASSES, Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.store import dialect
from standoff.store.schema import ENTRY
from standoff.store.tokens import CLOSE_MARK, OPEN_MARK

KINDS: tuple[str, ...] = ("report", *(cls.type_name for cls in RECORD_CLASSES))
SNIPPET = 240
"""The longest snippet, in code points."""

MOST_WORDS = 64
"""The most words of a query."""

_AT_ONCE = 500  # numbers in one query
_LEAD = 60  # how much of a snippet stands before the first mark
_BLANK = re.compile(r"\s+")
_MARK = re.compile(f"[{OPEN_MARK}{CLOSE_MARK}]")
_PIECE = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\s\"“”„«»]+)")
_OWN_WORDS: dict[type[Record], tuple[str, ...]] = {
    Statement: ("speaker", "via"),
    Move: ("actor", "what"),
    Measure: ("goods", "reason"),
    Contact: ("who", "place"),
    Linkage: ("first", "then"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A report or record in which all words of a query stand.

    `kind` is `report` or a record's class; `score` is BM25's, the higher the better. `snippet` is the piece of
    the report's text to show (None where the report is empty) and `marks` the words of the query in it: none
    where they stand only in a title or in a record's own words.
    """

    kind: str
    id: str
    report: str
    score: float
    snippet: Span | None
    marks: tuple[Span, ...]


def query_words(query: str) -> tuple[tuple[str, bool], ...]:
    """The words and "quoted phrases" of a query, each with whether it is only a beginning (`tariff*`).

    Nothing is an operator: signs without a letter or digit drop out, an odd quotation mark means nothing.
    """
    clean = query.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    pieces = (match[1] if match[1] is not None else match[2] for match in _PIECE.finditer(clean))
    return tuple((piece, piece.rstrip().endswith("*")) for piece in pieces if any(map(_indexed, piece)))


def _indexed(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LN"


def known_kinds(kinds: Iterable[str]) -> list[str]:
    """Kinds of entries, sorted. Raises InputError for one that there is not."""
    wanted = sorted(set(kinds))
    if unknown := [kind for kind in wanted if kind not in KINDS]:
        raise InputError(f"cannot search for {', '.join(unknown)}; there are {', '.join(KINDS)}")
    return wanted


def search(connection: Connection, query: str, kinds: Iterable[str], limit: int) -> tuple[Hit, ...]:
    """The best hits first. Raises InputError for an unknown kind or a query of too many words."""
    wanted, words = known_kinds(kinds), _asked(query)
    if not words or not wanted or limit < 1:
        return ()
    return tuple(_hit(row) for row in dialect.of(connection).matches(connection, words, wanted, limit))


def entries(connection: Connection, numbers: Sequence[int] | None) -> list[tuple[int, str, str, str]]:
    """Entries, all or those of these numbers: (number, kind, id, report), by number."""
    columns = select(ENTRY.c.n, ENTRY.c.kind, ENTRY.c.id, ENTRY.c.report).order_by(ENTRY.c.n)
    some = (numbers[at : at + _AT_ONCE] for at in range(0, len(numbers or ()), _AT_ONCE)) if numbers else ()
    parts = [columns] if numbers is None else [columns.where(ENTRY.c.n.in_(part)) for part in some]
    return sorted((n, kind, id, report) for part in parts for n, kind, id, report in connection.execute(part))


def matching(connection: Connection, query: str, best: int | None) -> list[int]:
    """The numbers of entries in which the query stands. Raises InputError as `search` does."""
    words = _asked(query)
    return dialect.of(connection).standing(connection, words, best) if words else []


def hits(connection: Connection, query: str, numbers: Sequence[int]) -> dict[int, Hit]:
    """Those of these entries in which the query stands, with their snippets, by number."""
    words = _asked(query)
    if not words or not numbers:
        return {}
    return {row.n: _hit(row) for row in dialect.of(connection).marked(connection, words, numbers)}


def _asked(query: str) -> tuple[tuple[str, bool], ...]:
    words = query_words(query)
    if len(words) > MOST_WORDS:
        raise InputError(f"a search of {len(words)} words; use at most {MOST_WORDS}")
    return words


def put(connection: Connection, reports: Sequence[tuple[Report, Sequence[Record]]]) -> None:
    """Index reports with their records, of which none is indexed yet."""
    _put(connection, ((report, _entries(report, records)) for report, records in reports))


def put_more(connection: Connection, report: Report, records: Sequence[Record]) -> None:
    """Index further records of a report, such as those that people added; those that are indexed stay as they are."""
    known = indexed(connection, [record.id for record in records])
    _put(connection, [(report, map(_entry, (record for record in records if record.id not in known)))])


def indexed(connection: Connection, ids: Sequence[str]) -> frozenset[str]:
    """Those of these ids that have an entry."""
    parts = (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
    return frozenset(id for part in parts for id in connection.scalars(select(ENTRY.c.id).where(ENTRY.c.id.in_(part))))


def _put(connection: Connection, reports: Iterable[tuple[Report, Iterable[_Entry]]]) -> None:
    number = connection.scalar(select(func.max(ENTRY.c.n))) or 0
    entries: list[dict[str, Any]] = []
    words: list[tuple[int, str, str]] = []
    for report, some in reports:
        for kind, id, passages, own in some:
            number += 1
            places = [[p.start, p.end] for p in passages]
            entries.append({"n": number, "kind": kind, "id": id, "report": report.id, "passages": places})
            words.append((number, own, "\n".join(passage.of(report.text) for passage in passages)))
    if entries:
        connection.execute(insert(ENTRY), entries)
        dialect.of(connection).index(connection, words)


_Entry = tuple[str, str, tuple[Span, ...], str]  # kind, id, passages to find it by, words of its own


def _entries(report: Report, records: Sequence[Record]) -> Iterator[_Entry]:
    """The entries of a report and of each of its records."""
    yield "report", report.id, (Span(0, len(report.text)),) if report.text else (), report.title or ""
    yield from map(_entry, records)


def _entry(record: Record) -> _Entry:
    return type(record).type_name, record.id, _passages(record), _own_words(record)


def _passages(record: Record) -> tuple[Span, ...]:
    """The words of the report that a record may be found by: its evidence, and what a statement says."""
    more = (record.content,) if isinstance(record, Statement) else ()
    return record.evidence + tuple(span for span in more if not any(e.covers(span) for e in record.evidence))


def _own_words(record: Record) -> str:
    values = (getattr(record, name) for name in _OWN_WORDS[type(record)])
    return "\n".join("\n".join(value) if isinstance(value, tuple) else value for value in values if value)


def _hit(row: Any) -> Hit:
    """Show the passage in which most of the query stands (the main one where they are even)."""
    quoted, found = _unmarked(row.marked)
    at, most = 0, -1
    snippet: Span | None = None
    marks: tuple[Span, ...] = ()
    for start, end in row.passages:
        here = [span for span in found if at <= span.start and span.end <= at + end - start]
        if len(here) > most:
            most = len(here)
            window = _window(quoted, Span(at, at + end - start), here)
            snippet = _moved(window, start - at)
            marks = tuple([_moved(span, start - at) for span in here if window.covers(span)])
        at += end - start + 1
    return Hit(row.kind, row.id, row.report, -row.score, snippet, marks)


def _unmarked(marked: str) -> tuple[str, list[Span]]:
    """The text without its marks, and where they stood."""
    parts = _MARK.split(marked)  # plain, marked, plain, marked, ..., plain
    found, at = [], 0
    for number, part in enumerate(parts):
        if number % 2 and part:
            found.append(Span(at, at + len(part)))
        at += len(part)
    return "".join(parts), found


def _window(text: str, passage: Span, found: list[Span]) -> Span:
    """At most SNIPPET code points of the passage, where most of `found` stand close together, in whole words."""
    if len(passage) <= SNIPPET:
        return passage
    start, stop = passage.start, passage.start
    if found:
        ends = [span.end for span in found]
        close = [bisect_right(ends, span.start + SNIPPET - _LEAD) - n for n, span in enumerate(found)]
        first = found[close.index(max(close))]
        start, stop = max(passage.start, first.start - _LEAD), first.start
    end = min(passage.end, start + SNIPPET)
    if start > passage.start and (blank := _BLANK.search(text, start, stop)):
        start = blank.end()
    if end < passage.end and (blanks := [m.start() for m in _BLANK.finditer(text, stop, end) if m.start() > start]):
        end = blanks[-1]
    return Span(start, end)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
