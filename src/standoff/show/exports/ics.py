"""An iCalendar of contacts (RFC 5545), for any calendar that reads `.ics` files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from standoff import __version__
from standoff.analyse.known import Known
from standoff.analyse.timeline import TimelineEntry, timeline
from standoff.show.exports.safe_text import calendar, one_line, web_address

LONGEST = 75
"""Octets of a line, without its end."""

_CONFIRMED, _CANCELLED = frozenset({"held"}), frozenset({"missed", "refused", "not-planned"})
_MOST_QUOTES = 3


def write_ics(path: Path, known: Known) -> int:
    """Write a calendar of the contacts for which the reports tell a day or an interval; how many.

    Held ones are CONFIRMED, planned, sought and considered ones TENTATIVE, missed and refused ones CANCELLED. A
    contact is an event of whole days; an interval (June 2019) runs over all of it and blocks no time.
    """
    entries = [(e, *days) for e in timeline(known) if (days := told_days(e))]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//standoff//standoff {__version__}//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{calendar(known.pack.title)}")
    for entry, first, last in entries:
        lines += _event(known, entry, first, last)
    lines.append("END:VCALENDAR")
    path.write_bytes(b"".join(folded(line) for line in lines))
    return len(entries)


def told_days(entry: TimelineEntry) -> tuple[date, date] | None:
    """First and last day as the reports tell it; None where an end is open, or only publication bounds it."""
    when = entry.when
    if entry.basis != "told" or when is None or when.first is None or when.last is None:
        return None
    return when.first, when.last


def _event(known: Known, entry: TimelineEntry, first: date, last: date) -> Iterator[str]:
    """One event. Its UID is of the first record that tells it, so that later sightings update it."""
    names = [p.name if (p := known.pack.party(code)) else code for code in entry.parties]
    who = ", ".join(entry.who) or " and ".join(names)
    known_on = max((day for r in entry.records if (day := _known_on(known, r))), default=first)
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.records[0]}@standoff"
    yield f"DTSTAMP:{known_on:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{len(entry.records) - 1}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    if last < date.max:
        yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{calendar(one_line(f'{entry.kind.capitalize()}: {who} ({entry.status})'))}"
    yield f"STATUS:{_status(entry)}"
    yield "TRANSP:TRANSPARENT"
    yield f"CATEGORIES:{entry.kind}"
    if entry.place:
        yield f"LOCATION:{calendar(one_line(entry.place))}"
    yield f"DESCRIPTION:{calendar(_description(known, entry))}"
    if url := next((u for r in entry.records if (u := web_address(known.report_of(known.record(r)).url))), None):
        yield f"URL:{url}"
    yield "END:VEVENT"


def _known_on(known: Known, record: str) -> date | None:
    return known.known_on(known.report_of(known.record(record)))


def _status(entry: TimelineEntry) -> str:
    return "CONFIRMED" if entry.status in _CONFIRMED else "CANCELLED" if entry.status in _CANCELLED else "TENTATIVE"


def _description(known: Known, entry: TimelineEntry) -> str:
    quotes = []
    for id in entry.records[:_MOST_QUOTES]:
        record = known.record(id)
        report = known.report_of(record)
        day = f", {report.published.day}" if report.published else ""
        quotes.append(f"“{one_line(known.words(record))}” ({report.outlet or report.name}{day})")
    return "\n".join([entry.explanation, *quotes])


def folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets, each later one behind a blank; no character is split."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode("utf-8", "replace")
        if len(piece) + len(octets) > LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
