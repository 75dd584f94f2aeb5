"""Feeds of every kind, well formed and not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import FetchError
from standoff.watch.feeds import read_feed

AT = "https://lake.example/feeds/all.xml"
RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Lake Courier</title><link>https://lake.example/</link>
<item><title>Talks &amp; duties</title><link>https://lake.example/a#top</link>
<pubDate>Tue, 12 Mar 2019 23:30:00 +0800</pubDate><description><![CDATA[<b>Bern</b>]]></description></item>
<item><title>By its guid</title><guid>https://lake.example/b</guid></item>
<item><title>By number</title><guid isPermaLink="false">https://lake.example/no</guid></item>
<item><title>Again</title><link>https://lake.example/a</link></item>
<item><title>No page</title><link>mailto:desk@lake.example</link></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://lake.example/news/"><title>Lake</title>
<entry><title type="html">Talks</title><link rel="self" href="self"/><link rel="alternate" href="2019/talks"/>
<updated>2019-03-14T01:00:00Z</updated><published>2019-03-12T23:30:00-05:00</published></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Lake</title></channel>
<item><title>Talks</title><link>/talks</link><dc:date>2019-03-12T08:00:00Z</dc:date></item></rdf:RDF>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Lake", "items": [
 {"id": "1", "url": "talks", "title": "Talks", "date_published": "2019-03-12T08:00:00Z"}, {"id": "2"}, 7]}"""


def test_rss() -> None:
    feed = read_feed(RSS, AT)
    assert feed.title == "Lake Courier"
    assert [entry.url for entry in feed.entries] == ["https://lake.example/a", "https://lake.example/b"]
    first = feed.entries[0]
    assert (first.title, first.published) == ("Talks & duties", date(2019, 3, 12))
    assert "Bern" in first.words
    assert feed.damaged == "2 entries have no address that can be fetched"


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (ATOM, "https://lake.example/news/2019/talks"),
        (RDF, "https://lake.example/talks"),
        (JSON, "https://lake.example/feeds/talks"),
    ],
)
def test_the_others(body: bytes, url: str) -> None:
    feed = read_feed(body, AT)
    (entry,) = feed.entries
    assert (feed.title, entry.url, entry.title, entry.published) == ("Lake", url, "Talks", date(2019, 3, 12))


def test_the_mark_changes_with_what_the_feed_says() -> None:
    def mark(body: bytes) -> str:
        return read_feed(body, AT).entries[0].mark

    assert mark(ATOM) == mark(ATOM)
    assert mark(ATOM) != mark(ATOM.replace(b"2019-03-14", b"2019-03-15"))


def test_malformed_is_read_as_far_as_it_goes_and_said() -> None:
    feed = read_feed(RSS[: RSS.index(b"<item><title>By number")], AT)
    assert len(feed.entries) == 2
    assert feed.damaged.startswith("malformed, read as far as possible: ")
    feed = read_feed(RSS.replace(b"Talks &amp; duties", b"Talks &nbsp; duties & more"), AT)
    assert len(feed.entries) == 2
    assert feed.entries[0].title is not None
    assert feed.entries[0].title.startswith("Talks")
    assert feed.entries[0].title.endswith("more")


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{LAUGHS}]><rss><channel><title>&a11;</title></channel></rss>'
FILE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><title>&x;</title></channel></rss>'


@pytest.mark.parametrize("words", [BOMB, FILE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own(words: str, encoding: str) -> None:
    with pytest.raises(FetchError, match="it declares entities of its own"):
        read_feed(words.encode(encoding), AT)


@pytest.mark.parametrize(
    "body",
    [b"", b" \n", b"hello", b"<html><p>hi</p></html>", b"<svg/>", b"{", b"[" * 100_000, b'{"a": 1}', b"\x00\xff", b"<"],
)
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(FetchError):
        read_feed(body, AT)


def test_a_page_names_its_feed() -> None:
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/all.xml"/></head></html>'
    with pytest.raises(FetchError, match=r"the page names this one: /all\.xml"):
        read_feed(page, AT)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([RSS, ATOM, RDF, JSON]), st.integers(0, 900), st.binary(max_size=30))
def test_any_damage_gives_a_feed_or_a_message(body: bytes, at: int, noise: bytes) -> None:
    try:
        feed = read_feed(body[:at] + noise + body[at + len(noise) :], AT)
    except FetchError:
        return
    assert all(entry.url.startswith("http") for entry in feed.entries)
