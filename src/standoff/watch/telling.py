"""Telling what watching found out: lines for people, an Atom file, a webhook.

The Atom file is made anew from what is remembered, so that none of it is ever lost. A webhook gets what it has not had
yet: how far it came is remembered too, and what it does not take is sent again with the next pass. It may get something
twice where the program ends between sending and remembering; the `n` of an event tells.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from standoff import __version__
from standoff.errors import FetchError, InputError
from standoff.model.record import Measure, Move, Record
from standoff.model.report import Report
from standoff.show.exports.safe_text import one_line, urn, web_address, xml_safe
from standoff.store import Store
from standoff.store.watching import Event, Watched, WatchLog
from standoff.watch.addresses import host_of, normal
from standoff.watch.fetch import Fetcher

_IN_FEED = 200
_AT_ONCE = 100
_MOST_QUOTES = 3
_NAMESPACE = "http://www.w3.org/2005/Atom"


def event_values(store: Store, events: Sequence[Event]) -> list[dict[str, Any]]:
    """The events as plain values, with what is known of their reports and how many records those gave."""
    reports = store.reports_of(event.report for event in events if event.report)
    return [_values(store, event, reports.get(event.report or "")) for event in events]


def _values(store: Store, event: Event, report: Report | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "n": event.n,
        "at": event.at.isoformat(timespec="seconds") if event.at else None,
        "kind": event.kind,
        "source": event.source,
        "address": event.address,
        "note": event.note,
    }
    if report is None:
        return values
    records = store.records(report=report.id)
    kinds = sorted({record.type_name for record in records})
    return values | {
        "report": report.id,
        "name": report.name,
        "title": report.title,
        "outlet": report.outlet,
        "published": report.published.day.isoformat() if report.published else None,
        "records": {kind: sum(record.type_name == kind for record in records) for kind in kinds},
        "moves": [_quoted(record, report) for record in records if isinstance(record, Move | Measure)][:_MOST_QUOTES],
    }


def _quoted(record: Record, report: Report) -> dict[str, Any]:
    kind = record.type if isinstance(record, Move) else record.type_name
    words = " … ".join(span.of(report.text) for span in record.evidence)
    return {"type": kind, "by": getattr(record, "by", None), "quote": one_line(words)}


def line(values: dict[str, Any]) -> str:
    """One event in one line."""
    what = values.get("title") or values.get("name")
    where = values.get("outlet") or host_of(values["address"]) or "folder"
    told = ", ".join(f"{count} {kind}s" for kind, count in values.get("records", {}).items())
    parts = (what, values["note"], told, values["address"])
    return one_line(f"{where}: " + " · ".join(str(part) for part in parts if part))


# -- Atom ---------------------------------------------------------------------------------------------------------


def write_atom(path: Path, store: Store) -> int:
    """Write the newest events as an Atom feed (RFC 4287), whole or not at all; how many. Raises InputError."""
    told = event_values(store, WatchLog(store).events(newest=_IN_FEED))[::-1]
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    _child(root, "title", "standoff: what watching found")
    _child(root, "id", urn("watching"))
    _child(root, "updated", told[0]["at"] if told else "1970-01-01T00:00:00+00:00")
    _child(ET.SubElement(root, "author"), "name", "standoff")
    ET.SubElement(root, "generator", {"version": __version__}).text = "standoff"
    for values in told:
        _entry(root, values)
    ET.indent(root)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error
    return len(told)


def _entry(root: ET.Element, values: dict[str, Any]) -> None:
    entry = ET.SubElement(root, "entry")
    what = values.get("title") or values.get("name") or values["address"]
    _child(entry, "title", one_line(f"{values['kind'].capitalize()}: {what}"))
    _child(entry, "id", urn(f"watched {values['n']} {values['at']} {values['address']}"))
    _child(entry, "updated", values["at"])
    ET.SubElement(entry, "category", {"term": values["kind"]})
    if address := web_address(values["address"]):
        ET.SubElement(entry, "link", {"rel": "alternate", "href": xml_safe(address)})
    quotes = [f"{move['type']} by {move['by'] or 'somebody'}: “{move['quote']}”" for move in values.get("moves", ())]
    ET.SubElement(entry, "content", {"type": "text"}).text = xml_safe("\n".join([line(values), *quotes]))


def _child(of: ET.Element, name: str, words: str) -> None:
    ET.SubElement(of, name).text = xml_safe(words)


# -- webhook ------------------------------------------------------------------------------------------------------


class Webhook:
    """Sends events as JSON by POST, from those that came after it was first named; in order, each until it is taken.

    Raises RefusedAddress for an address that must not be asked.
    """

    def __init__(self, url: str, store: Store, fetcher: Fetcher) -> None:
        self._url = normal(url)
        self._store = store
        self._log = WatchLog(store)
        self._fetcher = fetcher
        if self._known() is None:
            self._remember(self._log.last())

    def send(self) -> str:
        """Send what it has not had; empty, or why it did not take it."""
        known = self._known()
        after = int(known.mark or 0) if known else 0
        while events := self._log.events(after)[:_AT_ONCE]:
            try:
                self._post(events)
            except FetchError as error:
                return f"{host_of(self._url)} did not take {len(self._log.events(after))} events: {error}"
            after = events[-1].n
            self._remember(after)
        return ""

    def _post(self, events: Iterable[Event]) -> None:
        told = {"standoff": __version__, "events": event_values(self._store, tuple(events))}
        found = self._fetcher.post(self._url, json.dumps(told, ensure_ascii=False).encode(), "application/json")
        if not 200 <= found.status < 300:
            raise FetchError(f"it answers {found.status}")

    def _known(self) -> Watched | None:
        return self._log.of(self._key)

    def _remember(self, n: int) -> None:
        known = self._known() or Watched(address=self._key, source="", kind="webhook", status="read")
        self._log.put(replace(known, mark=str(n), checked_at=datetime.now(UTC)))

    @property
    def _key(self) -> str:
        return f"webhook {self._url}"  # the same address may be watched too
