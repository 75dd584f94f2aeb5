"""Good manners: robots.txt, pauses, backoff. Time does not pass here, it is counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from watch_site import Answer, Site, article

from standoff.errors import FetchError, RefusedAddress
from standoff.watch.fetch import Fetcher, Limits
from standoff.watch.polite import Polite, backoff

NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def polite(clock: Clock) -> Polite:
    fetcher = Fetcher(Limits(seconds=0.5, quiet=0.3), allow_private=True)
    return Polite(fetcher, 2.0, clock=clock, sleep=clock.sleep)


def robots(site: Site, words: str, status: int = 200) -> None:
    site.pages["/robots.txt"] = Answer(words.encode(), "text/plain", status)


def test_robots_is_asked_once_a_day_and_obeyed(site: Site, polite: Polite, clock: Clock) -> None:
    robots(site, "User-agent: *\nDisallow: /private/\nAllow: /private/open\nDisallow: /*.print$\n")
    site.pages["/a"] = site.pages["/private/open"] = Answer(article("Bern"))
    assert polite.get(site.url("/a")).status == 200
    assert polite.get(site.url("/private/open")).status == 200
    for path in ("/private/x", "/a.print"):
        with pytest.raises(RefusedAddress, match=r"its robots\.txt forbids it"):
            polite.get(site.url(path))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/private/open"]
    clock.now += 25 * 3600
    polite.get(site.url("/a"))
    assert [path for path, _ in site.asked].count("/robots.txt") == 2


def test_rules_for_us_by_name(site: Site, polite: Polite) -> None:
    robots(site, "User-agent: standoff\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with pytest.raises(RefusedAddress):
        polite.get(site.url("/a"))


@pytest.mark.parametrize("status", [404, 403, 410])
def test_without_robots_all_is_allowed(site: Site, polite: Polite, status: int) -> None:
    robots(site, "User-agent: *\nDisallow: /", status)
    site.pages["/a"] = Answer(article("Bern"))
    assert polite.get(site.url("/a")).status == 200


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_the_host_cannot_tell_nothing_is_fetched(site: Site, polite: Polite, clock: Clock, status: int) -> None:
    robots(site, "", status)
    site.pages["/a"] = Answer(article("Bern"))
    for _ in range(2):
        with pytest.raises(FetchError, match=rf"its robots\.txt could not be read: the host answers {status}"):
            polite.get(site.url("/a"))
    assert [path for path, _ in site.asked] == ["/robots.txt"]
    robots(site, "")
    clock.now += 400
    assert polite.get(site.url("/a")).status == 200


def test_a_redirect_does_not_lead_around_robots(site: Site, polite: Polite) -> None:
    robots(site, "User-agent: *\nDisallow: /private\n")
    site.pages["/a"] = Answer(status=302, headers={"Location": "/private"})
    with pytest.raises(RefusedAddress, match="forbids it"):
        polite.get(site.url("/a"))
    assert site.paths() == ["/a"]


def test_a_pause_between_two_requests_to_one_host(site: Site, polite: Polite, clock: Clock) -> None:
    for _ in range(2):
        polite.get(site.url("/a"))
    polite.get(site.url("/a", "localhost"))
    assert clock.slept == [2.0, 2.0, 2.0]  # after robots.txt, between the pages, after the other host's robots.txt


def test_a_longer_pause_where_robots_wants_one(site: Site, polite: Polite, clock: Clock) -> None:
    robots(site, "User-agent: *\nCrawl-delay: 7\n")
    for _ in range(3):
        polite.get(site.url("/a"))
    assert clock.slept == [2.0, 7.0, 7.0]


def test_backoff_doubles_up_to_a_day() -> None:
    waits = [backoff(n, None, NOW) - NOW for n in (0, 1, 2, 3, 4, 10, 1000)]
    assert waits[:5] == [timedelta(minutes=m) for m in (2, 2, 4, 8, 16)]
    assert waits[5:] == [timedelta(minutes=1024), timedelta(days=1)]


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("0", timedelta()),
        ("99999999999", timedelta(days=1)),
        ("Tue, 06 May 2031 07:10:09 GMT", timedelta(minutes=2)),
        ("Tue, 06 May 2030 07:10:09 GMT", timedelta()),
        ("soon", timedelta(minutes=8)),
        ("-5", timedelta(minutes=8)),
        ("", timedelta(minutes=8)),
    ],
)
def test_retry_after_counts_before_it(told: str, wait: timedelta) -> None:
    assert backoff(3, told, NOW) - NOW == wait
