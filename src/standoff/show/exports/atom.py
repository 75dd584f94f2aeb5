"""An Atom feed of changes (RFC 4287): what each day of reporting added, changed, replaced or confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from standoff import __version__
from standoff.analyse.changes import Change, changes
from standoff.analyse.known import Known
from standoff.show.exports.safe_text import one_line, urn, web_address, xml_safe

DAYS = 14
"""The feed tells the changes of so many newest days on which reports became known."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_MOST_QUOTES = 3


def write_atom(path: Path, known: Known, most_days: int = DAYS) -> int:
    """Write the feed, the newest day first; how many entries. Times are those of the record, never of writing."""
    told = list(_told(known, most_days))
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    _child(root, "title", f"{known.pack.title}: changes")
    _child(root, "id", urn(f"changes {known.pack.id}"))
    _child(root, "updated", _instant(told[0][0] if told else date(1970, 1, 1)))
    _child(ET.SubElement(root, "author"), "name", "standoff")
    ET.SubElement(root, "generator", {"version": __version__}).text = "standoff"
    for day, change in told:
        _entry(root, known, day, change)
    ET.indent(root)
    path.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    return len(told)


def _told(known: Known, most_days: int) -> Iterator[tuple[date, Change]]:
    """Each change with the day it became known, newest first."""
    days = sorted({day for report in known.reports if (day := known.known_on(report))}, reverse=True)
    for number, day in enumerate(days[:most_days]):
        before = days[number + 1] if number + 1 < len(days) else day - timedelta(days=1)
        for change in changes(known, before, day).changes:
            yield day, change


def _entry(root: ET.Element, known: Known, day: date, change: Change) -> None:
    entry = ET.SubElement(root, "entry")
    _child(entry, "title", one_line(f"{change.kind.capitalize()}: {change.what}"))
    _child(entry, "id", urn(f"change {day} {change.id}"))
    _child(entry, "updated", _instant(day))
    ET.SubElement(entry, "category", {"term": change.subject})
    ET.SubElement(entry, "category", {"term": change.kind})
    _child(entry, "summary", one_line(change.explanation))
    quotes, addresses = [], []
    for id in change.records[:_MOST_QUOTES]:
        record = known.record(id)
        report = known.report_of(record)
        quotes.append(f"“{one_line(known.words(record))}” ({report.outlet or report.name})")
        addresses.append(web_address(report.url))
    for address in dict.fromkeys(a for a in addresses if a):
        ET.SubElement(entry, "link", {"rel": "related", "href": xml_safe(address)})
    ET.SubElement(entry, "content", {"type": "text"}).text = xml_safe("\n".join([change.explanation, *quotes]))


def _child(of: ET.Element, name: str, words: str) -> None:
    ET.SubElement(of, name).text = xml_safe(words)


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
