"""Telling: the Atom file, the webhook, and that nothing is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from watch_site import Answer, Site, article

from standoff.errors import InputError, RefusedAddress
from standoff.model.report import Report
from standoff.screen.screening import screen
from standoff.store import Store
from standoff.store.watching import Event, Watched, WatchLog
from standoff.watch.fetch import Fetcher, Limits
from standoff.watch.once import read_addresses
from standoff.watch.polite import Polite
from standoff.watch.telling import Webhook, event_values, line, write_atom

ATOM = "{http://www.w3.org/2005/Atom}"
QUICK = Limits(seconds=2, quiet=1)


def tell(store: Store, *notes: str, report: str | None = None, kind: str = "new") -> None:
    log = WatchLog(store)
    for note in notes:
        address = f"https://lake.example/{note}"
        event = Event(kind=kind, source="s", address=address, note=note, report=report)  # type: ignore[arg-type]
        log.put(Watched(address=address, source="s", kind="page"), event)


@pytest.fixture
def report(store: Store) -> Report:
    made = Report(name="lake talks", text="Talks <b>ended</b>.", outlet="Lake [Courier]", title="Talks & duties \x07")
    store.add(made, screen(made.text), [], ())
    return made


def fetcher() -> Fetcher:
    return Fetcher(QUICK, allow_private=True)


def test_one_line_for_people(store: Store, report: Report) -> None:
    tell(store, "one", report=report.id)
    tell(store, "the host answers 410", kind="gone")
    told = [line(values) for values in event_values(store, WatchLog(store).events())]
    assert told == [
        "Lake [Courier]: Talks & duties \x07 · one · https://lake.example/one",
        "lake.example: the host answers 410 · https://lake.example/the host answers 410",
    ]


def test_the_atom_file_has_all_newest_first(tmp_path: Path, store: Store, report: Report) -> None:
    tell(store, "one", report=report.id)
    tell(store, "two", kind="gone")
    assert write_atom(tmp_path / "talks.atom", store) == 2
    root = ET.parse(tmp_path / "talks.atom").getroot()
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Gone: https://lake.example/two",
        "New: Talks & duties �",
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 2
    assert root.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    before = (tmp_path / "talks.atom").read_bytes()
    write_atom(tmp_path / "talks.atom", store)
    assert (tmp_path / "talks.atom").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["talks.atom"]


def test_an_atom_file_that_cannot_be_written(tmp_path: Path, store: Store) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_atom(tmp_path / "none" / "talks.atom", store)


def numbers(site: Site) -> list[list[int]]:
    return [[event["n"] for event in json.loads(body)["events"]] for body in site.posted]


def test_a_webhook_gets_each_event_once_and_in_order(site: Site, store: Store, report: Report) -> None:
    tell(store, "before it was named")
    site.pages["/hook"] = Answer()
    hook = Webhook(site.url("/hook"), store, fetcher())
    assert hook.send() == ""
    tell(store, "one", report=report.id)
    tell(store, "two")
    assert hook.send() == ""
    assert hook.send() == ""
    assert numbers(site) == [[2, 3]]
    first: dict[str, Any] = json.loads(site.posted[0])["events"][0]
    assert (first["kind"], first["outlet"], first["report"]) == ("new", "Lake [Courier]", report.id)


def test_what_it_does_not_take_is_sent_again_also_by_the_next_program(site: Site, store: Store) -> None:
    site.pages["/hook"] = Answer(status=500)
    hook = Webhook(site.url("/hook"), store, fetcher())
    tell(store, "one")
    assert hook.send() == "127.0.0.1 did not take 1 events: it answers 500"
    tell(store, "two")
    site.pages["/hook"] = Answer()
    assert Webhook(site.url("/hook"), store, fetcher()).send() == ""
    assert numbers(site) == [[1, 2]]


def test_many_are_sent_in_parts(site: Site, store: Store) -> None:
    site.pages["/hook"] = Answer()
    hook = Webhook(site.url("/hook"), store, fetcher())
    tell(store, *map(str, range(105)))
    assert hook.send() == ""
    assert [len(part) for part in numbers(site)] == [100, 5]


def test_a_webhook_is_guarded_too(site: Site, store: Store) -> None:
    with pytest.raises(RefusedAddress):
        Webhook("file:///tmp/x", store, fetcher())
    hook = Webhook(site.url("/hook"), store, Fetcher(QUICK))
    tell(store, "one")
    assert "a private address" in hook.send()
    site.pages["/hook"] = Answer(status=307, headers={"Location": "/other"})
    assert "it answers 307" in Webhook(site.url("/hook"), store, fetcher()).send()
    assert site.posted == []


def test_addresses_of_the_command_line(site: Site) -> None:
    site.pages["/a"] = Answer(article("Bern"))
    site.pages["/b"] = Answer(article("Oslo").replace(b"talks", b"t\xfclks"), "text/html; charset=iso-8859-1")
    site.pages["/c.txt"] = Answer(b"Ministers met for an hour in Rome, and the duties are to stay.\n", "text/plain")
    polite = Polite(fetcher(), 0.0)
    urls = [site.url(path) for path in ("/a", "/b", "/c.txt", "/none")]
    found = list(read_addresses([*urls, "http://127.0.0.1:1/"], None, polite))
    assert [type(item).__name__ for item in found] == ["Report", "Report", "Report", "Skipped", "Skipped"]
    texts = [item.text if isinstance(item, Report) else item.reason for item in found]
    assert "in Bern for an hour" in texts[0]
    assert "in Oslo for an hour" in texts[1]
    assert texts[2:4] == ["Ministers met for an hour in Rome, and the duties are to stay.\n", "the host answers 404"]
    assert texts[4].startswith("its robots.txt could not be read: the connection failed")
