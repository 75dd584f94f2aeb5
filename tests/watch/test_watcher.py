"""Passes over sources: each thing that may happen is handled, said once, and nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from watch_site import Answer, Site, article, rss

from standoff.screen.screening import screen
from standoff.store import Store
from standoff.watch.fetch import Fetcher, Limits
from standoff.watch.polite import Polite
from standoff.watch.sources import Sources
from standoff.watch.watcher import Watcher

LIMITS = Limits(seconds=2, quiet=1, bytes=200_000)


class Round:
    """Passes of a watcher over sources on a site; `at` is what the clock says, and moves on an hour with each pass."""

    def __init__(self, store: Store, sources: list[dict[str, Any]], *, allow_private: bool = True) -> None:
        self.store = store
        self.at = datetime(2031, 5, 6, tzinfo=UTC)
        self._sources = Sources.model_validate({"sources": sources})
        self._allow = allow_private
        self.start()

    def start(self) -> None:
        """As when the program is started again: only what is stored is known."""
        polite = Polite(Fetcher(LIMITS, allow_private=self._allow), 0.0)
        self.watcher = Watcher(self.store, self._sources, polite, now=lambda: self.at)

    def go(self, hours: float = 1.0) -> list[tuple[str, str]]:
        """One pass, everything stored as it comes: (kind, last part of the address) of what is told."""
        self.at += timedelta(hours=hours)
        for report in self.watcher.reports():
            self.store.add(report, screen(report.text), [], ())
        return [(event.kind, event.address.rpartition("/")[2]) for event in self.watcher.events]

    def die(self) -> None:
        """One pass that ends with the program when the first report is handed out, before it is stored."""
        self.at += timedelta(hours=1)
        next(self.watcher.reports())
        self.start()

    def notes(self) -> list[str]:
        return [event.note for event in self.watcher.events]

    def texts(self) -> list[str]:
        return sorted(report.text.split("\n")[0] for report in self.store.reports())


@pytest.fixture
def feed_round(site: Site, store: Store) -> Round:
    for town in ("Bern", "Oslo"):
        site.pages[f"/{town}"] = Answer(article(town), headers={"ETag": f'"{town}"'})
    site.feed("/Bern", "/Oslo")
    return Round(store, [{"feed": site.url("/feed"), "outlet": "Lake Courier"}])


@pytest.fixture
def page_round(site: Site, store: Store) -> Round:
    site.pages["/page"] = Answer(article("Bern"))
    return Round(store, [{"page": site.url("/page")}])


def conditional(body: bytes, tag: str) -> Callable[[Any], Answer]:
    return lambda headers: (
        Answer(status=304) if headers.get("if-none-match") == tag else Answer(body, headers={"ETag": tag})
    )


# -- what is new, changed, the same, gone --------------------------------------------------------------------------


def test_a_feed_gives_what_is_new_and_each_once(site: Site, feed_round: Round) -> None:
    assert feed_round.go() == [("new", "Bern"), ("new", "Oslo")]
    report = feed_round.store.reports()[0]
    assert (report.outlet, report.title, report.url) == ("Lake Courier", "Talks in Bern", site.url("/Bern"))
    assert report.published is not None
    assert (report.published.day.isoformat(), report.published.reason) == ("2019-03-10", "said by the feed")
    assert feed_round.go() == []
    site.pages["/Rome"] = Answer(article("Rome"))
    site.feed("/Rome", "/Bern", "/Oslo")
    assert feed_round.go() == [("new", "Rome")]
    assert feed_round.texts() == ["Talks in Bern", "Talks in Oslo", "Talks in Rome"]


def test_an_entry_is_fetched_again_only_when_the_feed_says_so(site: Site, feed_round: Round) -> None:
    feed_round.go()
    site.asked.clear()
    assert feed_round.go() == []
    assert site.paths() == ["/feed"]
    site.pages["/Bern"] = Answer(article("Bern", "<p>In the evening the ministers met once more, aides said.</p>"))
    site.pages["/feed"] = Answer(rss(site.url("/Oslo"), site.url("/Bern")), "application/rss+xml")  # marks differ now
    assert feed_round.go() == [("changed", "Bern")]
    assert feed_round.notes() == ["1 of 4 paragraphs are new or changed, 0 of 3 are gone or changed"]


def test_a_changed_page_is_another_report_and_the_old_one_stays(site: Site, page_round: Round) -> None:
    assert page_round.go() == [("new", "page")]
    site.pages["/page"] = Answer(article("Oslo"))
    assert page_round.go() == [("changed", "page")]
    first, second = sorted(page_round.store.reports(), key=lambda report: report.name)
    assert (first.outlet, first.url) == (second.outlet, second.url) == ("127.0.0.1", site.url("/page"))
    assert (first.name, second.name) == ("127.0.0.1 page", "127.0.0.1 page (2)")
    assert page_round.texts() == ["Talks in Bern", "Talks in Oslo"]
    site.pages["/page"] = Answer(article("Bern"))
    assert page_round.go() == []  # what it says now is known
    assert len(page_round.store.reports()) == 2


def test_conditions_are_remembered_and_304_gives_nothing(site: Site, page_round: Round) -> None:
    site.pages["/page"] = conditional(article("Bern"), '"b"')
    page_round.go()
    page_round.start()
    assert page_round.go() == []
    assert [headers.get("if-none-match") for path, headers in site.asked if path == "/page"] == [None, '"b"']
    site.pages["/page"] = conditional(article("Oslo"), '"o"')
    assert page_round.go() == [("changed", "page")]


def test_duplicates_add_nothing(site: Site, store: Store) -> None:
    """The same page under two addresses that it has a lasting one for, and in two feeds."""
    lasting = f'<link rel="canonical" href="{site.url("/Bern")}">'.encode()
    page = article("Bern").replace(b"</title>", b"</title>" + lasting)
    for path in ("/Bern", "/Bern?from=a", "/Bern?from=b"):
        site.pages[path] = Answer(page)
    site.pages["/a"] = Answer(rss(site.url("/Bern?from=a")), "application/rss+xml")
    site.pages["/b"] = Answer(rss(site.url("/Bern?from=b"), site.url("/Bern?from=a")), "application/rss+xml")
    both = Round(store, [{"feed": site.url("/a"), "outlet": "Lake"}, {"feed": site.url("/b"), "outlet": "Lake"}])
    assert both.go() == [("new", "Bern?from=a")]
    assert both.go() == []
    assert [report.url for report in store.reports()] == [site.url("/Bern")]


def test_gone_is_told_once_and_what_was_read_stays(site: Site, page_round: Round) -> None:
    page_round.go()
    site.pages["/page"] = Answer(status=410)
    assert page_round.go() == [("gone", "page")]
    assert page_round.notes() == ["the host answers 410; what was read there is kept"]
    assert page_round.go() == []
    assert page_round.texts() == ["Talks in Bern"]
    site.pages["/page"] = Answer(article("Bern"))
    assert page_round.go() == [("back", "page")]
    assert page_round.go() == []


def test_an_entry_that_is_gone_before_it_was_read(site: Site, store: Store) -> None:
    site.feed("/none")
    feeds = Round(store, [{"feed": site.url("/feed")}])
    assert feeds.go() == [("gone", "none")]
    assert feeds.notes() == ["the host answers 404; it was never read"]
    site.asked.clear()
    assert feeds.go() == []
    assert site.paths() == ["/feed"]


# -- what goes wrong -----------------------------------------------------------------------------------------------


def test_trouble_is_told_once_and_tried_again_later(site: Site, page_round: Round) -> None:
    site.pages["/page"] = Answer(status=500)
    assert page_round.go() == [("trouble", "page")]
    assert page_round.notes() == ["the host answers 500"]
    assert page_round.go(0.01) == []
    assert page_round.watcher.waiting == 1
    assert len(site.paths()) == 1
    assert page_round.go() == []
    assert len(site.paths()) == 2
    site.pages["/page"] = Answer(article("Bern"))
    assert page_round.go() == [("new", "page")]


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        (Answer(b"x" * 1_000, slowly=0.05), "no whole answer within 2 s"),
        (Answer(b"x" * 1_000, endless=True), "it is larger than 200,000 bytes"),
        (Answer(b"x", kind="video/mp4"), "it is video/mp4, not text/html"),
        (Answer(b"<html><body><p>Short.</p></body></html>"), "no article was found in the page"),
        (Answer(b""), "it is empty"),
        (Answer(status=302, headers={"Location": "/bad"}), "it was redirected more than 5 times"),
        (
            Answer(status=302, headers={"Location": "http://169.254.169.254/"}),
            "169.254.169.254, which is never fetched",
        ),
        (Answer(b"not gzip", headers={"Content-Encoding": "gzip"}), "its compression is damaged"),
    ],
)
def test_slow_endless_and_other_pages_do_not_stop_the_others(
    site: Site, store: Store, answer: Answer, note: str
) -> None:
    site.pages["/bad"], site.pages["/good"] = answer, Answer(article("Bern"))
    both = Round(store, [{"page": site.url("/bad")}, {"page": site.url("/good")}])
    assert both.go() == [("trouble", "bad"), ("new", "good")]
    assert note in both.notes()[0]


@pytest.mark.usefixtures("public_loopback")
def test_what_is_public_leads_nowhere_private(site: Site, store: Store) -> None:
    """By a redirect, and by an entry of a feed; also where private addresses are allowed."""
    secret = site.url("/secret", "127.0.0.2")
    site.pages["/secret"] = Answer(article("Bern"))
    site.pages["/page"] = Answer(status=302, headers={"Location": secret})
    site.pages["/feed"] = Answer(rss(secret), "application/rss+xml")
    both = Round(store, [{"page": site.url("/page")}, {"feed": site.url("/feed")}])
    assert both.go() == [("trouble", "page"), ("trouble", "secret")]
    assert all("a private address, which is fetched only where allowed" in note for note in both.notes())
    assert site.paths() == ["/page", "/feed"]


def test_private_sources_are_refused_unless_allowed(site: Site, store: Store) -> None:
    site.pages["/page"] = Answer(article("Bern"))
    refused = Round(store, [{"page": site.url("/page")}], allow_private=False)
    assert refused.go() == [("trouble", "page")]
    assert site.asked == []


def test_robots_forbids(site: Site, page_round: Round) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /page", "text/plain")
    assert page_round.go() == [("trouble", "page")]
    assert page_round.notes() == ["its robots.txt forbids it: save the page and read the file, or ask its owner"]
    assert site.paths() == []


def test_a_busy_host_is_left_alone_as_long_as_it_says(site: Site, feed_round: Round) -> None:
    site.pages["/Bern"] = Answer(status=429, headers={"Retry-After": "18000"})
    assert feed_round.go() == [("trouble", "Bern")]
    assert feed_round.notes() == ["the host answers 429: it is busy"]
    assert feed_round.watcher.waiting == 1  # Oslo: the host as a whole rests
    site.pages["/Bern"] = Answer(article("Bern"))
    asked = len(site.asked)
    feed_round.start()
    for _ in range(4):
        assert feed_round.go() == []
    assert len(site.asked) == asked
    assert feed_round.go() == [("new", "Bern"), ("new", "Oslo")]


def test_a_host_that_does_not_answer_is_asked_twice_at_most_in_a_pass(site: Site, store: Store) -> None:
    paths = [f"/{n}" for n in range(6)]
    for path in paths:
        site.pages[path] = Answer(b"x" * 100, slowly=1.0)
    pages = Round(store, [{"page": site.url(path)} for path in paths])
    assert len(pages.go()) == 2
    assert len(site.paths()) == 2
    assert pages.watcher.waiting == 4


def test_a_malformed_feed_gives_what_it_has_and_says_so_once(site: Site, feed_round: Round) -> None:
    site.pages["/feed"] = Answer(rss(site.url("/Bern"), site.url("/Oslo"))[:-40], "text/xml")
    assert sorted(feed_round.go()) == [("new", "Bern"), ("new", "Oslo"), ("trouble", "feed")]
    assert feed_round.go() == []
    assert "malformed, read as far as possible" in feed_round.watcher.log.events()[0].note


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (
            b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
            "entities",
        ),
        (b"<html><body>moved</body></html>", "it is no feed"),
    ],
)
def test_a_feed_that_is_none_is_tried_again_and_nothing_is_forgotten(
    site: Site, feed_round: Round, body: bytes, note: str
) -> None:
    good = site.pages["/feed"]
    feed_round.go()
    site.pages["/feed"] = Answer(body, "application/xml")
    assert feed_round.go() == [("trouble", "feed")]
    assert note in feed_round.notes()[0]
    site.pages["/feed"] = good
    assert feed_round.go() == []
    assert len(feed_round.texts()) == 2


def test_an_entry_that_keeps_failing_is_given_up(site: Site, store: Store) -> None:
    site.feed("/bad")
    site.pages["/bad"] = Answer(status=500)
    feeds = Round(store, [{"feed": site.url("/feed")}])
    told = [event for _ in range(14) for event in feeds.go(24.0)]
    assert told == [("trouble", "bad")] * 2
    assert feeds.watcher.log.events()[-1].note == "the host answers 500; given up after 10 attempts"
    assert site.paths().count("/bad") == 10


# -- when the program is killed --------------------------------------------------------------------------------------


def test_killed_before_the_report_is_stored(feed_round: Round) -> None:
    feed_round.die()
    assert feed_round.store.reports() == ()
    assert feed_round.go() == [("new", "Bern"), ("new", "Oslo")]
    assert len(feed_round.watcher.log.events()) == 2


def test_killed_after_the_report_is_stored_and_before_it_is_told(feed_round: Round) -> None:
    report = next(feed_round.watcher.reports())
    feed_round.store.add(report, screen(report.text), [], ())
    feed_round.start()
    assert feed_round.go() == [("new", "Bern"), ("new", "Oslo")]
    assert len(feed_round.store.reports()) == 2
    assert feed_round.go() == []


def test_killed_while_a_change_is_read(site: Site, page_round: Round) -> None:
    site.pages["/page"] = conditional(article("Bern"), '"b"')
    page_round.go()
    site.pages["/page"] = conditional(article("Oslo"), '"o"')
    page_round.die()
    assert page_round.go() == [("changed", "page")]
    assert page_round.notes() == ["2 of 3 paragraphs are new or changed, 2 of 3 are gone or changed"]


def test_what_a_feed_listed_is_read_also_when_it_lists_it_no_more(site: Site, feed_round: Round) -> None:
    feed_round.die()
    site.pages["/feed"] = lambda headers: Answer(rss(), "application/rss+xml")
    assert feed_round.go() == [("new", "Bern"), ("new", "Oslo")]


def test_a_page_that_ends_the_program_twice_is_left_alone_for_a_while(site: Site, page_round: Round) -> None:
    page_round.die()
    page_round.die()
    assert page_round.go(0.01) == []
    assert page_round.watcher.waiting == 1
    assert page_round.go() == [("new", "page")]


# -- what is wanted of a feed, folders -------------------------------------------------------------------------------


def test_only_entries_with_these_words_and_so_many(site: Site, store: Store) -> None:
    for town in ("Bern", "Oslo", "Rome"):
        site.pages[f"/{town}"] = Answer(article(town))
    site.feed("/Bern", "/Oslo", "/Rome")
    assert Round(store, [{"feed": site.url("/feed"), "only": ["ITEM 1", "item 2"], "most": 1}]).go() == [
        ("new", "Oslo")
    ]


def write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    os.utime(path, (1_600_000_000, 1_600_000_000 + len(data)))


def test_a_folder(tmp_path: Path, store: Store) -> None:
    write(tmp_path / "bern.html", article("Bern"))
    write(tmp_path / "picture.txt", b"\x89PNG\r\n")
    folder = Round(store, [{"folder": str(tmp_path), "outlet": "Clippings"}])
    assert folder.go() == [("new", "bern.html"), ("trouble", "picture.txt")]
    assert folder.go() == []
    assert [report.outlet for report in store.reports()] == ["Clippings"]
    write(tmp_path / "bern.html", article("Bern", "<p>In the evening the ministers met once more, aides said.</p>"))
    assert folder.go() == [("changed", "bern.html")]
    (tmp_path / "bern.html").unlink()
    assert folder.go() == [("gone", "bern.html")]
    assert folder.go() == []
    write(tmp_path / "bern.html", article("Bern"))
    assert folder.go() == [("back", "bern.html")]
    assert len(store.reports()) == 2


def test_a_folder_with_files_of_many_reports(tmp_path: Path, store: Store) -> None:
    words = "Ministers met for an hour in {}, and the duties are to stay until the autumn, officials said."
    lines = [f'{{"text": "{words.format(town)}"}}\n' for town in ("Bern", "Oslo")]
    write(tmp_path / "all.jsonl", "".join(lines).encode())
    folder = Round(store, [{"folder": str(tmp_path)}])
    folder.die()
    assert folder.go() == [("new", "all.jsonl"), ("new", "all.jsonl")]
    lines.append(f'{{"text": "{words.format("Rome")}"}}\n')
    write(tmp_path / "all.jsonl", "".join(lines).encode())
    assert folder.go() == [("new", "all.jsonl")]
    assert folder.go() == []
    assert len(store.reports()) == 3


def test_a_file_that_is_being_written_waits_and_a_folder_that_is_not_there_is_told(
    tmp_path: Path, store: Store
) -> None:
    (tmp_path / "bern.html").write_bytes(article("Bern"))
    folder = Round(store, [{"folder": str(tmp_path)}, {"folder": str(tmp_path / "none")}])
    folder.at = datetime.now(UTC) - timedelta(hours=1)
    assert folder.go() == [("trouble", "none")]
    assert folder.watcher.waiting == 1
    assert folder.go() == [("new", "bern.html")]
