"""Web pages: the article, and what the page says of itself."""

from __future__ import annotations

import socket
from datetime import date

import pytest

from standoff.errors import UnreadableReport
from standoff.read.html import read_html
from standoff.read.metadata import Metadata
from standoff.read.text import read_text

PARAGRAPHS = (
    "The trade minister said on Tuesday that the duties agreed in March 2019 would stay until the other side had moved.",
    "Officials from both capitals met for two days in Geneva, and the talks ended without a joint statement, she said.",
    "A spokesman declined to comment on the pause, and said only that the teams would speak again on 4 April 2018.",
)
BODY = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)


def page(head: str = "", lead: str = "", tail: str = "") -> bytes:
    return (
        "<!doctype html><html lang='en'><head><title>Ministers part without a date</title>"
        f"{head}</head><body><nav><a href='/'>Home</a></nav><main><article><h1>Ministers part without a date</h1>{lead}"
        f"{BODY}</article></main>{tail}</body></html>"
    ).encode()


def known(data: bytes) -> Metadata:
    return read_html(data).layers[0].metadata


def test_the_article_and_nothing_around_it() -> None:
    draft = read_html(page(tail="<footer>Lake Courier, all rights reserved</footer>"))
    assert all(words in draft.text for words in PARAGRAPHS)
    assert "Home" not in draft.text
    assert "rights" not in draft.text
    assert draft.reader.startswith("html/1 (trafilatura ")


def test_title_outlet_address_and_day_from_the_head() -> None:
    head = (
        '<meta property="article:published_time" content="2019-03-12T23:30:00+08:00">'
        '<meta property="og:site_name" content="Lake Courier">'
        '<link rel="canonical" href="https://lake.example/2019/03/14/ministers">'
    )
    assert known(page(head)) == Metadata(
        published=date(2019, 3, 12),
        outlet="Lake Courier",
        title="Ministers part without a date",
        url="https://lake.example/2019/03/14/ministers",
    )


JSON_DATE = (
    '<script type="application/ld+json">{"dateModified": "2019-03-15", "datePublished": "2019-03-12T08:00Z"}</script>'
)


@pytest.mark.parametrize(
    ("data", "day"),
    [
        (page(JSON_DATE), date(2019, 3, 12)),
        (page(tail=JSON_DATE), date(2019, 3, 12)),
        (page('<meta name="date" content="2019-03-12">'), date(2019, 3, 12)),
        (page('<link rel="canonical" href="https://lakecourier.com/2019/03/12/ministers">'), date(2019, 3, 12)),
        (page('<link rel="canonical" href="https://lakecourier.com/2019/mar/12/ministers">'), date(2019, 3, 12)),
        (page(lead='<time datetime="2019-03-12">on Tuesday</time>'), date(2019, 3, 12)),
        (page(lead='<span class="publish-date">March 12, 2019</span>'), date(2019, 3, 12)),
        # what is no day of publication
        (page(), None),
        (page('<meta property="article:modified_time" content="2019-04-01T00:00:00Z">'), None),
        (page('<meta name="copyright" content="2016"><meta itemprop="copyrightYear" content="2016">'), None),
        (page('<meta name="description" content="What was published on 3 March 2011">'), None),
        (page('<script type="application/ld+json">{"foundingDate": "1999-05-06T00:00:00Z"}</script>'), None),
        (
            page('<meta property="og:image" content="/i/2017/05/06/a.jpg">', tail='<img src="/i/2017/05/06/a.jpg">'),
            None,
        ),
        (page(tail='<aside><time datetime="2011-01-01">1 January</time></aside>'), None),
        (page(tail='<div class="comments"><time datetime="2020-05-05">5 May</time></div>'), None),
        (page(tail="<footer>Copyright 2023 Lake Courier</footer>"), None),
    ],
)
def test_the_day_of_publication(data: bytes, day: date | None) -> None:
    assert known(data).published == day


def test_a_number_is_no_outlet() -> None:
    assert known(page('<meta name="copyright" content="2016">')).outlet is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"<html></html>", "no article was found in the page"),
        (b"<html><body><a href='/'>Home</a><a href='/b'>News</a></body></html>", "no article was found in the page"),
        (b"<html>" + b"<div>" * 20_000 + b"text", "no article was found in the page"),
        (b"http://lake.example/", "no article was found in the page"),
        (b"%PDF-1.4", "it is a PDF"),
        (b"<html>\x00</html>", "it is binary"),
        (
            "<html><body><article>{}</article></body></html>".format(
                "<p>Die Minister sprachen am Dienstag in Genf über die Zölle, und der Sprecher sagte, dass es mit den "
                "Gesprächen in der nächsten Woche weiter gehen wird und noch nichts entschieden ist.</p>" * 3
            ).encode(),
            "not in English",
        ),
    ],
)
def test_bad_pages_say_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read_html(data)
    assert str(caught.value).startswith(message)


def test_the_declared_encoding_is_used() -> None:
    data = page('<meta charset="windows-1250">').replace(b"trade minister", "minister from Łódź".encode("cp1250"))
    draft = read_html(data)
    assert "minister from Łódź" in draft.text
    assert draft.reader.endswith("(decoded from cp1250)")


def test_the_same_page_gives_the_same_text_however_often() -> None:
    assert len({read_html(page(tail=BODY)).text for _ in range(5)}) == 1


def test_nothing_goes_to_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert known(page('<link rel="canonical" href="https://lakecourier.com/a">')).url == "https://lakecourier.com/a"
    with pytest.raises(UnreadableReport):
        read_html(b"https://lakecourier.com/a")


def test_a_page_in_a_text_file_is_told() -> None:
    with pytest.raises(UnreadableReport, match=r"rename it to \.html"):
        read_text(page())
