"""Fetching as a good guest: robots.txt (RFC 9309), a pause between two requests to a host, and backoff."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from protego import Protego

from standoff.errors import FetchError, RefusedAddress, UnreachedHost
from standoff.watch.addresses import origin
from standoff.watch.fetch import AGENT, Fetcher, Response

_ROBOTS_FOR = 24 * 3600.0  # seconds: RFC 9309, section 2.4
_ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5: at least 500 KiB
_UNREACHED_FOR = 300.0
_LONGEST_PAUSE = 60.0  # of a Crawl-delay that is borne
_FIRST_BACKOFF = timedelta(minutes=2)
LONGEST_BACKOFF = timedelta(days=1)
"""Nobody is left alone for longer, whatever a host asks for."""


class Polite:
    """A `Fetcher` that asks robots.txt first and waits its turn. `pause`: seconds between two requests to a host."""

    def __init__(
        self,
        fetcher: Fetcher,
        pause: float = 2.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.fetcher = fetcher
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._robots: dict[str, tuple[float, Protego | FetchError]] = {}

    def get(
        self,
        url: str,
        *,
        accept: Sequence[str] = (),
        etag: str | None = None,
        modified: str | None = None,
        allow_private: bool = True,
    ) -> Response:
        """As `Fetcher.get`; RefusedAddress also where robots.txt forbids it, at each redirect anew."""

        def turn(at: str) -> None:
            self._ask_robots(at, allow_private)
            self._wait(origin(at))

        return self.fetcher.get(
            url, accept=accept, etag=etag, modified=modified, allow_private=allow_private, turn=turn
        )

    def _ask_robots(self, url: str, allow_private: bool) -> None:
        rules = self._rules(origin(url), allow_private)
        if isinstance(rules, RefusedAddress):
            raise rules
        if isinstance(rules, FetchError):
            raise UnreachedHost(f"its robots.txt could not be read: {rules}")
        if not rules.can_fetch(url, AGENT):
            raise RefusedAddress("its robots.txt forbids it: save the page and read the file, or ask its owner")
        self._next.setdefault(origin(url), 0.0)

    def _rules(self, host: str, allow_private: bool) -> Protego | FetchError:
        until, rules = self._robots.get(host, (0.0, None))
        if rules is None or self._clock() >= until:
            rules = self._read_robots(host, allow_private)
            lasts = _UNREACHED_FOR if isinstance(rules, FetchError) else _ROBOTS_FOR
            self._robots[host] = (self._clock() + lasts, rules)
        return rules

    def _read_robots(self, host: str, allow_private: bool) -> Protego | FetchError:
        """What robots.txt says; all is allowed where there is none, nothing while the host cannot tell (2.3.1.4)."""
        try:
            found = self.fetcher.get(
                f"{host}/robots.txt", allow_private=allow_private, turn=lambda at: self._wait(origin(at))
            )
        except FetchError as error:
            return error
        if found.status == 429 or found.status >= 500:
            return FetchError(f"the host answers {found.status}")
        return Protego.parse(found.body[:_ROBOTS_BYTES].decode("utf-8", "replace") if found.status == 200 else "")

    def _wait(self, host: str) -> None:
        """Until the host may be asked again; then take the turn."""
        left = self._next.get(host, 0.0) - self._clock()
        if left > 0:
            self._sleep(left)
        self._next[host] = self._clock() + self._pause_of(host)

    def _pause_of(self, host: str) -> float:
        _, rules = self._robots.get(host, (0.0, None))
        wanted = rules.crawl_delay(AGENT) if isinstance(rules, Protego) else None
        return max(self._pause, min(wanted or 0.0, _LONGEST_PAUSE))


def backoff(failures: int, retry_after: str | None, now: datetime) -> datetime:
    """When to try again: as the host says (RFC 9110, section 10.2.3), else 2, 4, 8 ... minutes; a day at most."""
    wait = min(_FIRST_BACKOFF * 2 ** min(max(failures, 1) - 1, 10), LONGEST_BACKOFF)
    told = _told(retry_after, now)
    return now + (min(max(told, timedelta()), LONGEST_BACKOFF) if told is not None else wait)


def _told(retry_after: str | None, now: datetime) -> timedelta | None:
    words = (retry_after or "").strip()
    if words.isdecimal():
        return timedelta(seconds=min(int(words), 10**7))
    try:
        at = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
