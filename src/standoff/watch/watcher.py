"""One pass over all sources: what is new comes out as reports, what happened as events.

Nothing is lost when the program is killed at any moment, and nothing is told twice: what a feed lists is remembered
before any of it is fetched; that a report is on its way is remembered before it is handed out; and that it arrived,
together with the event that tells so, only when it stands in the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher

from standoff.errors import FetchError, UnreachedHost, UnreadableReport
from standoff.model.report import Report
from standoff.read.metadata import Layer, Metadata
from standoff.read.response import PAGE_TYPES, read_response
from standoff.store import Store
from standoff.store.watching import Event, EventKind, Watched, WatchLog
from standoff.watch.addresses import origin
from standoff.watch.feeds import FEED_TYPES, Entry, Feed, read_feed
from standoff.watch.fetch import Response
from standoff.watch.folders import watch_folder
from standoff.watch.polite import LONGEST_BACKOFF, Polite, backoff
from standoff.watch.sources import Source, Sources

_GIVE_UP = 10  # failures in a row of a feed's entry
_UNREACHED = 2  # failures in a row, after which a host is left alone for the rest of the pass
_GONE = frozenset({404, 410})
_BUSY = frozenset({429, 503})
_ANSWERED = ("read", "unread")  # what a 304 leaves as it is


def utc_now() -> datetime:
    return datetime.now(UTC)


class Watcher:
    """Looks at all sources, pass by pass. The reports of `reports` are to be stored one by one as they come.

    `events` are those of the last pass, `waiting` how many addresses were not due in it.
    """

    def __init__(
        self, store: Store, sources: Sources, polite: Polite, *, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._store = store
        self._sources = sources
        self._polite = polite
        self.now = now
        self.log = WatchLog(store)
        self.events: list[Event] = []
        self.waiting = 0
        self._unreached: dict[str, int] = {}

    def reports(self) -> Iterator[Report]:
        """One pass; what cannot be had stands in `events` and ends nothing."""
        self.events, self.waiting, self._unreached = [], 0, {}
        for source in self._sources.sources:
            if source.kind == "feed":
                yield from self._feed(source)
            elif source.kind == "page":
                yield from self._page(source)
            else:
                yield from watch_folder(self, source)

    # -- feeds and pages ------------------------------------------------------------------------------------------

    def _feed(self, source: Source) -> Iterator[Report]:
        known = self.log.of(source.address) or Watched(address=source.address, source=source.address, kind="feed")
        found = self._fetched(known, FEED_TYPES, True)
        private = found is not None and found.private
        if found is not None and found.status == 200:
            self._list(source, known, found)
        entries = self.log.of_source(source.address)
        for entry in sorted(entries, key=lambda e: (e.day or date.max, e.address)):
            if entry.kind == "entry" and entry.status in ("new", "reading", "failed"):
                yield from self._visit(entry, source, private)

    def _list(self, source: Source, known: Watched, found: Response) -> None:
        """Remember what a feed lists, and only then the feed itself."""
        try:
            feed = read_feed(found.body, found.url)
        except FetchError as error:
            self.trouble(known, "failed", str(error))
            return
        for entry in reversed(_wanted(feed, source)):  # feeds begin with the newest
            before = self.log.of(entry.url)
            if before is not None and (before.source != source.address or before.mark == entry.mark):
                continue
            before = before or Watched(address=entry.url, source=source.address, kind="entry")
            told = replace(before, mark=entry.mark, title=entry.title, day=entry.published)
            self.log.put(replace(told, status="new", failures=0, not_before=None))
        after = _with_validators(known, found)
        damage = [self._event(known, "trouble", feed.damaged)] if feed.damaged and feed.damaged != known.reason else []
        self.put(replace(after, status="read", reason=feed.damaged), *damage)

    def _page(self, source: Source) -> Iterator[Report]:
        known = self.log.of(source.address)
        if known is None or known.kind != "page":
            old = known or Watched(address=source.address, source=source.address, kind="page")
            known = replace(old, source=source.address, kind="page")
        yield from self._visit(known, source, True)

    def _visit(self, known: Watched, source: Source, allow_private: bool) -> Iterator[Report]:
        found = self._fetched(known, PAGE_TYPES, allow_private)
        if found is None or found.status != 200:
            return
        told = Layer(Metadata(outlet=source.outlet), "user", "said in the list of sources")
        feed = Layer(Metadata(title=known.title, published=known.day), "metadata", "said by the feed")
        after = _with_validators(known, found)
        try:
            report = read_response(found.body, found.url, found.headers.get("content-type", ""), (told,), (feed,))
        except UnreadableReport as error:
            self.trouble(after, "unread", str(error))
            return
        yield from self.take(report, after)

    def _fetched(self, known: Watched, accept: tuple[str, ...], allow_private: bool) -> Response | None:
        """What the address gives; None where it is not due, or gave nothing, which is then remembered and told."""
        host = origin(known.address)
        if not self.due(known) or self._unreached.get(host, 0) >= _UNREACHED or not self.due(self.log.of(host)):
            self.waiting += 1
            return None
        try:
            found = self._polite.get(
                known.address, accept=accept, etag=known.etag, modified=known.modified, allow_private=allow_private
            )
        except FetchError as error:
            self._unreached[host] = self._unreached.get(host, 0) + isinstance(error, UnreachedHost)
            self.trouble(known, "failed", str(error))
            return None
        self._unreached[host] = 0
        self._noted(known, found, host)
        return found

    def _noted(self, known: Watched, found: Response, host: str) -> None:
        """Remember an answer that brings nothing to read."""
        if found.status == 304:
            self.put(replace(self.well(known), reason=known.reason if known.status in _ANSWERED else ""))
        elif found.status in _GONE:
            self.gone(known, f"the host answers {found.status}")
        elif found.status in _BUSY:
            until = backoff(known.failures + 1, found.headers.get("retry-after"), self.now())
            resting = Watched(address=host, source="", kind="host", status="failed", not_before=until)
            self.put(replace(resting, reason=f"it answers {found.status}"))
            self.trouble(known, "failed", f"the host answers {found.status}: it is busy", until)
        elif found.status != 200:
            self.trouble(known, "failed", f"the host answers {found.status}")

    # -- what happened --------------------------------------------------------------------------------------------

    def take(self, report: Report, known: Watched) -> Iterator[Report]:
        """Hand a report out, and remember before that it is on its way, after that that it arrived."""
        is_news = known.coming == report.id or not self._store.known([report.id])
        told = self.log.told_of(known.address) if is_news and known.kind != "lines" else 0
        if is_news:
            self._coming(known, report.id)
        yield replace(report, name=f"{report.name} ({told + 1})") if told else report
        if not self._store.known([report.id]):
            return
        events = []
        if is_news:
            events = [self._news(known, report, told > 0)]
        elif known.status == "gone":
            events = [self._event(known, "back", "it is there again, as it was")]
        self.put(replace(self.well(known), status="read", report=report.id, coming=None), *events)

    def _coming(self, known: Watched, report: str) -> None:
        """Remember that a report is on its way, with all else as it was: should we not return, it is fetched again.

        What ends the program twice is left alone for a while.
        """
        before = self.log.of(known.address) or replace(known, etag=None, modified=None, mark=None)
        failures = before.failures + 1
        again = backoff(failures, None, self.now()) if failures > 1 else None
        self.put(replace(before, status="reading", coming=report, failures=failures, not_before=again))

    def _news(self, known: Watched, report: Report, told: bool) -> Event:
        """That a report is new at its address, or has changed there."""
        note = ""
        if told and known.report and (old := self._store.reports_of([known.report]).get(known.report)):
            note = _difference(old.text, report.text)
        return replace(self._event(known, "changed" if told else "new", note), report=report.id)

    def gone(self, known: Watched, why: str) -> None:
        """It is not there any more: told once; what was read there stays."""
        kept = "what was read there is kept" if known.report else "it was never read"
        events = [] if known.status == "gone" else [self._event(known, "gone", f"{why}; {kept}")]
        self.put(replace(self.well(known), status="gone", reason=why, etag=None, modified=None), *events)

    def trouble(self, known: Watched, status: str, why: str, until: datetime | None = None) -> None:
        """It gave nothing to read: told once for each reason, tried again later, `unread` only when it changes."""
        failures = known.failures + 1
        given_up = known.kind == "entry" and failures >= _GIVE_UP
        note = f"{why}; given up after {failures} attempts" if given_up else why
        is_news = given_up or (known.status, known.reason) != (status, why)
        after = replace(known, reason=why, failures=failures, checked_at=self.now())
        if status == "unread" or given_up:
            after = replace(after, status="unread", failures=0, not_before=None)
        else:
            after = replace(after, status="failed", not_before=until or backoff(failures, None, self.now()))
        self.put(after, *([self._event(known, "trouble", note)] if is_news else []))

    def well(self, known: Watched) -> Watched:
        """It answered as it should."""
        status = known.status if known.status in _ANSWERED else "read"
        return replace(known, status=status, reason="", failures=0, not_before=None, checked_at=self.now())

    def _event(self, known: Watched, kind: EventKind, note: str) -> Event:
        return Event(kind=kind, source=known.source, address=known.address, note=note, at=self.now())

    def put(self, watched: Watched, *events: Event) -> None:
        """Remember, and tell."""
        self.events += self.log.put(watched, *events)

    def due(self, known: Watched | None) -> bool:
        """Whether it may be tried: its time has come, or is further off than any wait (the clock was set back)."""
        at = known.not_before if known else None
        return at is None or not timedelta() < at - self.now() <= LONGEST_BACKOFF


def _with_validators(known: Watched, found: Response) -> Watched:
    return replace(known, etag=found.headers.get("etag"), modified=found.headers.get("last-modified"))


def _wanted(feed: Feed, source: Source) -> list[Entry]:
    words = [word.casefold() for word in source.only]
    entries = [e for e in feed.entries if not words or any(word in e.words.casefold() for word in words)]
    return entries[: source.most]


def _difference(old: str, new: str) -> str:
    """How a text changed, counted in paragraphs."""
    before, after = ([line for line in text.split("\n") if line.strip()] for text in (old, new))
    gone = came = 0
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone, came = gone + j - i, came + m - k
    return f"{came} of {len(after)} paragraphs are new or changed, {gone} of {len(before)} are gone or changed"
