"""A web page → the text of its article, and what its metadata say of it.

The article is what trafilatura takes for it (Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15), with
`deduplicate=False`: its cache would make the text depend on the order of pages. The day of publication comes from the
page's head and structured data (htmldate, Barbaresi 2020, doi:10.21105/joss.02439), then from its address, then from
the date element at its article; never from a day that the article tells of, never from the clock or the network.
"""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

from standoff.errors import UnreadableReport
from standoff.read.decode import decode, without_surrogates
from standoff.read.metadata import Draft, Layer, Metadata, as_day, plain
from standoff.read.text import require_prose

if TYPE_CHECKING:  # the libraries are loaded with the first page: most commands read none
    from lxml.html import HtmlElement  # type: ignore[import-untyped, unused-ignore]

_FEWEST_WORDS = 20
_EARLIEST, _LATEST = "1970-01-01", "2100-01-01"  # fixed bounds: the default is the day on which the reader runs
_DATES: dict[str, Any] = {"original_date": True, "extensive_search": False, "min_date": _EARLIEST, "max_date": _LATEST}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_DATE = re.compile(r"date(?!line|modified)|(?<!modified_)time|publi|issued|creat", re.IGNORECASE)
_JSON_DATE = re.compile(r'"date(?:Published|Created)"\s*:\s*"[^"]{8,40}"')
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d|[a-z]{3})[/-]?(\d\d)(?=[/\-_.]|$)", re.IGNORECASE)
_DATE_CLASS = re.compile(
    r"\b(?:date|dateline|datetime|timestamp|pubdate|published)\b|publish|posted|date-?pub", re.IGNORECASE
)
_ASIDE = re.compile(r"comment|related|sidebar|footer|recommend|promo|teaser|most-?read|popular|latest", re.IGNORECASE)
_DATE_ELEMENTS = "//body//time | //body//*[@class or @itemprop or @id]"
_NO_ARTICLE = "no article was found in the page: give the article's own page, or its text as .txt"

# What they would say is said by the UnreadableReport that follows.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def read_html(data: bytes) -> Draft:
    """The article of a page. Raises UnreadableReport where there is none."""
    declared = _CHARSET.search(data[:4_096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    return read_page(decoded.text, decoded.note)


def read_page(page: str, note: str = "") -> Draft:
    """The article of a page that is decoded already. Raises UnreadableReport where there is none."""
    from trafilatura import __version__

    try:
        text, known, why = _article(page)
    except UnreadableReport:
        raise
    except Exception as error:  # whatever breaks inside the parsers, it is this page's fault alone
        raise UnreadableReport(
            f"the page could not be parsed ({type(error).__name__}): give its text as .txt"
        ) from error
    require_prose(text)
    reader = f"html/1 (trafilatura {__version__})"
    return Draft(text, reader + (f" ({note})" if note else ""), (Layer(known, "metadata", why),))


def _article(page: str) -> tuple[str, Metadata, str]:
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata
    from trafilatura.settings import Document
    from trafilatura.utils import load_html

    tree = load_html(page) if page.strip() else None
    if tree is None:
        raise UnreadableReport(_NO_ARTICLE if page.strip() else "it is empty: there is no text to read")
    about = extract_metadata(deepcopy(tree), date_config=dict(_DATES))
    day, why = _published(tree, plain(about.url))
    found = bare_extraction(tree, include_comments=False, deduplicate=False, with_metadata=False)
    text = without_surrogates(found.text or "") if isinstance(found, Document) else ""
    if len(text.split()) < _FEWEST_WORDS:
        raise UnreadableReport(_NO_ARTICLE)
    known = Metadata(published=day, outlet=_name(about.sitename), title=plain(about.title), url=plain(about.url))
    return text, known, why


def _name(words: str | None) -> str | None:
    """An outlet's name; a number that stands in its place (a year of copyright) is none."""
    return plain(words) if any(c.isalpha() for c in words or "") else None


def _published(tree: HtmlElement, url: str | None) -> tuple[date | None, str]:
    if day := _in_head(tree):
        return day, "the page's metadata"
    if day := _in_address(url):
        return day, "the day in the page's address"
    return _at_article(tree), "the date shown at the article"


def _in_head(tree: HtmlElement) -> date | None:
    """What the date elements of the head and the structured data say; all else is taken away before it is searched."""
    from htmldate import find_date

    head = deepcopy(tree)
    for element in list(head.iter("link", "title", "meta", "style", "script")):
        data = " ".join(_JSON_DATE.findall(element.text or "")) if element.tag == "script" else ""
        if data:
            element.text = f"{{{data}}}"
        elif element.tag != "meta" or not _META_DATE.search(" ".join(element.attrib.values())):
            element.drop_tree()
    for body in list(head.iter("body")):
        scripts = list(body.iter("script"))
        body.clear()
        body.extend(scripts)
    found = find_date(head, **_DATES)
    return date.fromisoformat(found) if found else None


def _in_address(url: str | None) -> date | None:
    found = _URL_DAY.search(url or "")
    if not found:
        return None
    year, month, day = found.groups()
    return as_day(f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}")


def _at_article(tree: HtmlElement) -> date | None:
    """The first date element after the page's first heading, leaving out comments and other stories."""
    shown = [e for e in tree.xpath(_DATE_ELEMENTS) if _shows_date(e)]
    heading = next(tree.iter("h1"), None)
    if heading is not None:
        order = {element: i for i, element in enumerate(tree.iter())}
        shown = [e for e in shown if order[e] > order[heading]]
    days = (as_day(e.get("datetime")) or as_day(e.get("content")) or as_day(_words(e)) for e in shown)
    return next((day for day in days if day), None)


def _shows_date(element: HtmlElement) -> bool:
    named = " ".join(element.get(key) or "" for key in ("class", "id", "itemprop"))
    if element.tag != "time" and not _DATE_CLASS.search(named):
        return False
    around = [element, *element.iterancestors()]
    return len(_words(element)) <= 100 and not any(
        e.tag in {"aside", "footer", "nav"}
        or (e.tag not in {"html", "body"} and _ASIDE.search(f"{e.get('class')} {e.get('id')}"))
        for e in around
    )


def _words(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())
