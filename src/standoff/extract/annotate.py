"""One report in, its records out: the extractors in their order, and the proof that each record quotes its report.

To add an extractor, write `(Reading, records so far) -> records` and put it into `EXTRACTORS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from standoff.errors import EvidenceError
from standoff.extract.contacts.contacts import extract_contacts
from standoff.extract.linkages.linkages import extract_linkages
from standoff.extract.measures.measures import extract_measures
from standoff.extract.mentions import find_mentions, misleading_names
from standoff.extract.moves.moves import extract_moves
from standoff.extract.parse import parse
from standoff.extract.parties import place_people
from standoff.extract.quotes import find_quotes
from standoff.extract.reading import Reading
from standoff.extract.speech.assessments import extract_assessments
from standoff.extract.speech.attribution import attribute
from standoff.extract.speech.statements import extract_statements
from standoff.model.domain import Pack
from standoff.model.lineage import Screening
from standoff.model.record import Record
from standoff.model.report import Report

Extractor = Callable[[Reading, tuple[Record, ...]], Iterable[Record]]

EXTRACTORS: tuple[tuple[str, Extractor], ...] = (
    ("statements", extract_statements),
    ("moves", extract_moves),
    ("measures", extract_measures),
    ("contacts", extract_contacts),
    ("linkages", extract_linkages),
    ("assessments", extract_assessments),
)


def annotate(report: Report, screening: Screening, pack: Pack) -> tuple[Record, ...]:
    """All records of a report, in the order of the extractors. Raises EvidenceError on a defect of an extractor."""
    reading = read_closely(report, screening, pack)
    found: tuple[Record, ...] = ()
    for _, extract in EXTRACTORS:
        found += tuple(extract(reading, found))
    return pinned(report, found)


def read_closely(report: Report, screening: Screening, pack: Pack) -> Reading:
    """Parse a report, find its names and quotations, and who says what. Needs the language model once a process."""
    parsed = parse(screening, misleading_names(pack))
    published = report.published.day if report.published else None
    mentions = find_mentions(parsed.doc, pack, published)
    quotes = find_quotes(parsed, screening.view.text)
    reading = Reading(report, pack, parsed, mentions, quotes)
    reading.mentions = place_people(reading)
    reading.attributions = attribute(reading)
    return reading


def pinned(report: Report, records: Iterable[Record]) -> tuple[Record, ...]:
    """The records, each once, having made sure that every span quotes the text."""
    unique: dict[str, Record] = {}
    for record in records:
        if record.report != report.id or not record.evidence:
            raise EvidenceError(f"{record.rule}: a record of {report.name} has no evidence in it")
        for place in record.evidence:
            if place.end > len(report.text) or not place.of(report.text).strip():
                raise EvidenceError(f"{record.rule}: {place} quotes nothing of {report.name}")
        known = unique.get(record.id)
        if known is None or known.confidence < record.confidence:
            unique[record.id] = record
    return tuple(unique.values())
