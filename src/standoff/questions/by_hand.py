"""Words in records that people added or corrected: the store's index holds the machine's words alone."""

from __future__ import annotations

import re
import unicodedata

from standoff.model.plain import plain_fields
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.store.search import query_words


def places(query: str, record: Record, report: Report) -> tuple[Span, ...] | None:
    """Where the words of a query stand in a record's evidence, if all stand in it or in its fields; else None."""
    words = [_pattern(word, prefix) for word, prefix in query_words(query)]
    place = record.span.of(report.text)
    told = _plain("\n".join((place, *map(str, plain_fields(record).values()))))
    if not words or not all(word.search(told) for word in words):
        return None
    marks = [m for word in words for m in word.finditer(_plain(place))]
    return tuple(sorted({Span(record.span.start + m.start(), record.span.start + m.end()) for m in marks}))


def _plain(text: str) -> str:
    """Small letters without accents, sign for sign, so that places stay."""
    return "".join(unicodedata.normalize("NFD", c)[0].lower()[:1] for c in text)


def _pattern(word: str, prefix: bool) -> re.Pattern[str]:
    parts = r"\W+".join(re.escape(part) for part in re.findall(r"\w+", _plain(word)))
    return re.compile(rf"(?<!\w){parts}" + ("" if prefix else r"(?!\w)"))
