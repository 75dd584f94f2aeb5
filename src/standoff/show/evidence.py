"""Evidence as people see it: the sentence marked in its context, who says so, and who else tells the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from standoff.analyse.attribution import outlet_of, source_line
from standoff.analyse.known import Known
from standoff.model.lineage import Screening
from standoff.model.record import Record, Statement
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.show.origins import told_by

_AROUND = 260  # code points of context on either side of the marked words
_BIDI = {ord(c): "\ufffd" for c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"}


@dataclass(frozen=True, slots=True)
class Pinned:
    """One piece of evidence, numbered: its marked passage and what the page says of it."""

    number: int
    record: str
    passage: Markup
    outlet: str
    title: str | None
    url: str | None
    day: str
    inferred: str | None
    source: str
    kind: str
    rule: str
    confidence: str
    told_by: str
    others: tuple[int, ...] = ()
    readings: tuple[str, ...] = ()
    spun: bool = False


@dataclass(slots=True)
class Pins:
    """The evidence of a page: numbers are given in the order of first use."""

    known: Known
    screenings: Mapping[str, Screening] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def numbers(self, records: Iterable[str], most: int = 6) -> tuple[int, ...]:
        """The numbers of records, giving new ones where needed; at most so many, sightings of other reports first."""
        chosen: list[str] = []
        seen: set[str] = set()
        those = list(dict.fromkeys(records))
        for fresh in (True, False):
            for id in those:
                report = self.known.record(id).report
                if (report not in seen) == fresh and id not in chosen and len(chosen) < most:
                    seen.add(report)
                    chosen.append(id)
        return tuple(sorted(self._numbers.setdefault(id, len(self._numbers) + 1) for id in chosen))

    def all(self, together: Mapping[str, tuple[str, ...]]) -> tuple[Pinned, ...]:
        """Every numbered piece; `together` maps a record's id to those that tell the same fact."""
        found = []
        for id, number in self._numbers.items():
            record = self.known.record(id)
            others = tuple(sorted(self._numbers[o] for o in together.get(id, ()) if o != id and o in self._numbers))
            told = shown(told_by(self.known, together.get(id, (id,))))
            found.append(_pinned(self.known, number, record, told, others, self.screenings.get(record.report)))
        return tuple(found)


def _pinned(
    known: Known, number: int, record: Record, told: str, others: tuple[int, ...], screening: Screening | None
) -> Pinned:
    report = known.report_of(record)
    published = report.published
    return Pinned(
        number=number,
        record=record.id,
        passage=passage(report, record),
        outlet=outlet_of(report),
        title=shown(report.title) if report.title else None,
        url=report.url if report.url and report.url.startswith(("http://", "https://")) else None,
        day=published.day.isoformat() if published else "date unknown",
        inferred=published.reason if published and published.inferred else None,
        source=shown(source_line(known, record)),
        kind=record.type_name,
        rule=record.rule,
        confidence=f"{record.confidence:.2f}",
        told_by=told,
        others=others,
        readings=tuple(_readings(report, record, screening)) if screening else (),
        spun=bool(screening and screening.spun),
    )


def _readings(report: Report, record: Record, screening: Screening) -> Iterator[str]:
    """How the record's words were read where a thesaurus had changed them: `White Home: White House`."""
    for span, reading in screening.view.readings():
        if any(place.overlaps(span) for place in record.evidence):
            yield f"“{shown(span.of(report.text))}”: {shown(reading)}"


def passage(report: Report, record: Record) -> Markup:
    """The record's words marked in their paragraph; marks are made here, since browsers count other units."""
    spans = [*record.evidence]
    if isinstance(record, Statement):
        spans += [s for s in (record.source, record.cue) if s is not None]
    main = record.span
    near = [s for s in spans if abs(s.start - main.start) < 2 * _AROUND]
    start, end = context(report.text, min(s.start for s in near), max(s.end for s in near))
    marked = Markup("")
    at = start
    for span in merged(near):
        marked += escape(shown(report.text[at : span.start]))
        marked += Markup("<mark>%s</mark>") % shown(span.of(report.text))
        at = span.end
    return marked + escape(shown(report.text[at:end]))


def context(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around a passage, cut at words where it is long."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if start - first > _AROUND:
        first = text.find(" ", start - _AROUND, start) + 1 or start
    if last - end > _AROUND:
        cut = text.rfind(" ", end, end + _AROUND)
        last = cut if cut > 0 else end
    return first, last


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def shown(text: str) -> str:
    """Foreign text made safe to look at: marks that turn the direction of writing, and control signs, replaced."""
    return "".join(c if c >= " " or c in "\n\t" else "\ufffd" for c in text.translate(_BIDI))
