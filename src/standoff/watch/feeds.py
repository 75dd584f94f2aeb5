"""A feed → its entries: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom (RFC 4287), JSON Feed 1.

Nothing in a feed is ever fetched or expanded by reading it: no entities, no document types, no network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any

from lxml import etree

from standoff.errors import FetchError, RefusedAddress
from standoff.read.metadata import as_day, plain
from standoff.watch.addresses import normal

FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/xml",
    "text/xml",
    "application/json",
    "text/plain",
    "text/html",
    "application/octet-stream",
)
"""What servers send feeds as; what it is is told by its bytes."""

_MOST = 1_000
_HAS_BOMB = "it declares entities of its own, which no feed needs: it is not read"
_NO_FEED = "it is no feed (RSS, Atom or JSON Feed; a page is watched as `page:`)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its page's address, what the feed says of it, and a mark that changes when that does."""

    url: str
    title: str | None
    published: date | None
    mark: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """Title and entries in the feed's order, each address once; `damaged` says what is wrong with what was read."""

    title: str | None
    entries: tuple[Entry, ...]
    damaged: str = ""


def read_feed(body: bytes, url: str) -> Feed:
    """The feed in these bytes; `url` is what relative addresses in it start from. Raises FetchError where none is."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise FetchError("it is empty, not a feed")
    title, found, damaged = _json(body) if start == b"{" else _xml(body)
    entries: dict[str, Entry] = {}
    lost = 0
    for values in found[:_MOST]:
        try:
            entry = _entry(values, url)
            entries.setdefault(entry.url, entry)
        except RefusedAddress:
            lost += 1
    notes = [damaged] if damaged else []
    notes += [f"{lost} entries have no address that can be fetched"] if lost else []
    return Feed(title, tuple(entries.values()), "; ".join(notes))


def _entry(values: dict[str, str], url: str) -> Entry:
    if not values.get("link"):
        raise RefusedAddress("it names no page")
    address = normal(values.get("link", ""), values.get("base", "") or url)
    told = "\n".join(values.get(key, "") for key in ("title", "updated", "published", "summary"))
    day = _day(values.get("published") or values.get("updated"))
    words = f"{values.get('title', '')} {values.get('summary', '')}"
    return Entry(address, plain(values.get("title")), day, sha256(told.encode("utf-8", "replace")).hexdigest(), words)


def _day(words: str | None) -> date | None:
    """The day of an instant as the outlet wrote it, in its own time zone."""
    if not words:
        return None
    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return as_day(words)


# -- XML ----------------------------------------------------------------------------------------------------------


def _xml(body: bytes) -> tuple[str | None, list[dict[str, str]], str]:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FetchError(f"{_NO_FEED}: {_one_line(error)}") from error
    if root is None:
        raise FetchError(_NO_FEED)
    kinds = root.getroottree().docinfo.internalDTD
    if kinds is not None and next(kinds.iterentities(), None) is not None:
        raise FetchError(_HAS_BOMB)
    if _name(root) not in ("rss", "rdf", "feed"):
        raise FetchError(_no_feed(root))
    damaged = _one_line(parser.error_log[0].message) if len(parser.error_log) else ""
    found = [_values(item) for item in root.iter() if _name(item) in ("item", "entry")]
    channel = next((child for child in root if _name(child) == "channel"), root)
    title = next((plain(_text(child)) for child in channel if _name(child) == "title"), None)
    return title, found, f"malformed, read as far as possible: {damaged}" if damaged else ""


def _no_feed(root: Any) -> str:
    """Of a page: which feeds it names."""
    links = [e for e in root.iter() if _name(e) == "link" and "alternate" in (e.get("rel") or "")]
    named = [e.get("href") for e in links if (e.get("type") or "") in FEED_TYPES[:4] and e.get("href")]
    more = f"; the page names this one: {named[0][:200]}" if named else ""
    return _NO_FEED + (more if _name(root) == "html" else "")


def _values(item: Any) -> dict[str, str]:
    """What an entry says, under one set of names; the first of each counts."""
    values: dict[str, str] = {"base": item.base or ""}
    for child in item:
        for key, value in _said(child):
            if value and key not in values:
                values[key] = value
    if "link" not in values and values.get("guid", "").startswith(("http://", "https://")):
        values["link"] = values["guid"]
    return values


_NAMES = {
    "title": "title",
    "guid": "guid",
    "pubdate": "published",
    "date": "published",  # Dublin Core, in RSS 1.0
    "published": "published",
    "issued": "published",
    "updated": "updated",
    "modified": "updated",
    "description": "summary",
    "summary": "summary",
    "content": "summary",
    "encoded": "summary",
}


def _said(child: Any) -> Iterator[tuple[str, str]]:
    name = _name(child)
    if name == "link":
        if (child.get("rel") or "alternate") == "alternate":
            yield "link", (child.get("href") or _text(child)).strip()
    elif name == "guid":
        yield "guid", "" if child.get("isPermaLink") == "false" else _text(child).strip()
    elif name in _NAMES:
        yield _NAMES[name], _text(child).strip()


def _name(element: Any) -> str:
    """The tag without its namespace, in lower case; empty for comments and the like."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return str(element.xpath("string()"))


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:160]


# -- JSON ---------------------------------------------------------------------------------------------------------


def _json(body: bytes) -> tuple[str | None, list[dict[str, str]], str]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FetchError(f"{_NO_FEED}: {_one_line(error)}") from error
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(data.get("version")):
        raise FetchError(_NO_FEED)
    names = {"link": "url", "title": "title", "published": "date_published", "updated": "date_modified"}
    names |= {"summary": "summary"}
    found = [
        {key: value for key, name in names.items() if isinstance(value := item.get(name), str)}
        for item in items
        if isinstance(item, dict)
    ]
    return plain(data.get("title")), found, ""
