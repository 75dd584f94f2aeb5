"""Fetching within limits, from servers that mean no good."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Sequence

import pytest
from watch_site import Answer, Site, article

from standoff.errors import FetchError, RefusedAddress, UnreachedHost
from standoff.watch.fetch import Fetcher, Limits

QUICK = Limits(seconds=0.6, quiet=0.3, bytes=100_000, redirects=3)
PAGE = ("text/html",)


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(QUICK, allow_private=True)


def why(fetcher: Fetcher, url: str, kind: type[FetchError] = FetchError) -> str:
    with pytest.raises(kind) as told:
        fetcher.get(url, accept=PAGE)
    return str(told.value)


def test_a_page(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = Answer(article("Bern"), headers={"ETag": '"1"'})
    found = fetcher.get(site.url("/a"), accept=PAGE)
    assert (found.status, found.body, found.media_type, found.private) == (200, article("Bern"), "text/html", True)
    assert found.headers["etag"] == '"1"'
    path, headers = site.asked[0]
    assert path == "/a"
    assert headers["user-agent"].startswith("standoff/")
    assert headers["host"] == f"127.0.0.1:{site.port}"


def test_conditions_are_sent_and_304_is_an_answer(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = lambda headers: Answer(status=304) if headers.get("if-none-match") == '"1"' else Answer(b"x")
    assert fetcher.get(site.url("/a"), etag='"1"', modified="Tue, 12 Mar 2019 08:00:00 GMT").status == 304
    assert site.asked[0][1]["if-modified-since"] == "Tue, 12 Mar 2019 08:00:00 GMT"


@pytest.mark.parametrize(("pack", "name"), [(gzip.compress, "gzip"), (zlib.compress, "deflate")])
def test_compressed(site: Site, fetcher: Fetcher, pack, name: str) -> None:  # type: ignore[no-untyped-def]
    site.pages["/a"] = Answer(pack(article("Bern")), headers={"Content-Encoding": name})
    assert fetcher.get(site.url("/a")).body == article("Bern")


def test_compressed_without_header_and_in_two_members(site: Site, fetcher: Fetcher) -> None:
    engine = zlib.compressobj(wbits=-15)
    raw = engine.compress(article("Bern")) + engine.flush()
    site.pages["/a"] = Answer(raw, headers={"Content-Encoding": "deflate"})
    site.pages["/b"] = Answer(gzip.compress(b"one ") + gzip.compress(b"two"), headers={"Content-Encoding": "gzip"})
    assert fetcher.get(site.url("/a")).body == article("Bern")
    assert fetcher.get(site.url("/b")).body == b"one two"


def test_bombs_and_what_is_damaged_or_unknown(site: Site, fetcher: Fetcher) -> None:
    packed = {"Content-Encoding": "gzip"}
    site.pages["/bomb"] = Answer(gzip.compress(bytes(50_000_000)), headers=packed)
    site.pages["/cut"] = Answer(gzip.compress(article("Bern"))[:-20], headers=packed)
    site.pages["/bad"] = Answer(b"no gzip at all", headers=packed)
    site.pages["/br"] = Answer(b"x", headers={"Content-Encoding": "br"})
    assert why(fetcher, site.url("/bomb")).startswith("it is larger than 100,000 bytes")
    assert why(fetcher, site.url("/cut")) == "it was cut off before its end"
    assert why(fetcher, site.url("/bad")).startswith("its compression is damaged")
    assert why(fetcher, site.url("/br")) == "it is compressed as 'br', which was not asked for"


def test_too_large_as_told_and_as_sent(site: Site, fetcher: Fetcher) -> None:
    site.pages["/told"] = Answer(b"x", headers={"Content-Length": "200000"})
    site.pages["/endless"] = Answer(b"x" * 1_000, endless=True)
    began = time.monotonic()
    assert why(fetcher, site.url("/told")).startswith("it is larger than 100,000 bytes")
    assert why(fetcher, site.url("/endless")).startswith("it is larger than 100,000 bytes")
    assert time.monotonic() - began < 0.5


def test_the_deadline_holds_for_the_whole_also_where_each_byte_is_in_time(site: Site, fetcher: Fetcher) -> None:
    site.pages["/drip"] = Answer(b"x" * 1_000, slowly=0.05)
    site.pages["/silent"] = Answer(b"x" * 10, slowly=5.0)
    for path, most in (("/drip", 0.9), ("/silent", 0.6)):
        began = time.monotonic()
        assert why(fetcher, site.url(path), UnreachedHost) == "no whole answer within 0.6 s"
        assert time.monotonic() - began < most


def test_cut_off_and_nobody_there(site: Site, fetcher: Fetcher) -> None:
    site.pages["/cut"] = Answer(b"abc", headers={"Content-Length": "10"})
    assert why(fetcher, site.url("/cut"), UnreachedHost).startswith("the connection failed: ")
    assert why(fetcher, "http://127.0.0.1:1/", UnreachedHost).startswith("the connection failed: ")


def test_the_kind_is_looked_at_before_the_body(site: Site, fetcher: Fetcher) -> None:
    site.pages["/film"] = Answer(b"x" * 1_000, kind="video/mp4", endless=True)
    assert why(fetcher, site.url("/film")) == "it is video/mp4, not text/html"


def test_redirects_are_followed_so_far(site: Site, fetcher: Fetcher) -> None:
    for n in range(5):
        site.pages[f"/{n}"] = Answer(status=302, headers={"Location": f"{n + 1}"})
    site.pages["/5"] = Answer(article("Bern"))
    assert fetcher.get(site.url("/2")).url == site.url("/5")
    assert why(fetcher, site.url("/1")) == "it was redirected more than 3 times"
    site.pages["/file"] = Answer(status=301, headers={"Location": "file:///etc/hosts"})
    assert "redirect 1 leads to 'file:///etc/hosts': only http and https" in why(fetcher, site.url("/file"))


def test_private_addresses_are_refused_without_being_asked(site: Site) -> None:
    fetcher = Fetcher(QUICK)
    names = ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "127.1")
    for name in names:
        with pytest.raises((RefusedAddress, UnreachedHost)):
            fetcher.get(site.url("/a", name))
    with pytest.raises(RefusedAddress):
        fetcher.post(site.url("/a"), b"{}", "application/json")
    assert site.asked == []


@pytest.mark.usefixtures("public_loopback")
@pytest.mark.parametrize("allow", [False, True])
def test_what_is_public_leads_to_nothing_private_even_where_that_is_allowed(site: Site, allow: bool) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": site.url("/secret", "127.0.0.2")})
    site.pages["/secret"] = Answer(article("Bern"))
    assert "127.0.0.2, a private address" in why(Fetcher(QUICK, allow_private=allow), site.url("/a"), RefusedAddress)
    assert site.paths() == ["/a"]


@pytest.mark.usefixtures("public_loopback")
def test_a_name_is_resolved_once_and_that_address_is_connected_to(site: Site) -> None:
    """A name that shows another address at every question (DNS rebinding)."""
    answers = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]]

    def turning(host: str, port: int, seconds: float) -> Sequence[str]:
        return answers.pop(0)

    fetcher = Fetcher(QUICK, resolve=turning)
    site.pages["/a"] = Answer(article("Bern"))
    assert fetcher.get(site.url("/a", "turning.example")).status == 200
    assert len(answers) == 2
    with pytest.raises(RefusedAddress):
        fetcher.get(site.url("/a", "turning.example"))
    assert site.paths() == ["/a"]
