"""What a web server answered → a report: a page, a text, or a PDF."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from standoff.errors import UnreadableReport
from standoff.model.report import Provenance, Report
from standoff.read.decode import decode
from standoff.read.html import read_html, read_page
from standoff.read.metadata import Draft, Layer, Metadata, settle
from standoff.read.pdf import read_pdf
from standoff.read.text import read_text

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
"""The media types of which a report can be made."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LONGEST_NAME = 80


def read_response(
    body: bytes, url: str, content_type: str = "", known: tuple[Layer, ...] = (), otherwise: tuple[Layer, ...] = ()
) -> Report:
    """The report at an address. `known` counts before what the page says of itself, `otherwise` after that.

    Its address is the one that the page itself names as its lasting one, where that is on the same host; else `url`.
    Its outlet is, where nothing else tells it, the host. Raises UnreadableReport where there is no report.
    """
    draft = _draft(body, content_type)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    own = next((layer.metadata.url for layer in draft.layers if layer.metadata.url), None)
    where = own if own and (urlsplit(own).hostname or "").removeprefix("www.") == host else url
    address = Layer(Metadata(url=where), "metadata", "the address it was fetched from")
    last = Layer(Metadata(outlet=host or None), "metadata", "the host of its address")
    draft = Draft(draft.text, draft.reader, (*draft.layers, *otherwise, last))
    made = Provenance(url, sha256(body).hexdigest(), draft.reader)
    return settle(draft, name_of(url), made, (*known, address))


def name_of(url: str) -> str:
    """What people may call a report from an address: host, and the last part of its path that says something."""
    parts = urlsplit(url)
    words = [PurePosixPath(part).stem for part in unquote(parts.path).split("/") if part]
    told = next((word for word in reversed(words) if any(c.isalpha() for c in word) and word != "index"), "")
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host} {told or ' '.join(words[-1:])}"[:_LONGEST_NAME].strip()


def _draft(body: bytes, content_type: str) -> Draft:
    kind = content_type.split(";")[0].strip().lower()
    if kind == "application/pdf" or body.startswith(b"%PDF-"):
        return read_pdf(body)
    if kind not in ("", *PAGE_TYPES):
        raise UnreadableReport(f"it is {kind[:80]}, not a page, a text or a PDF")
    told = _CHARSET.search(content_type)
    if kind == "text/plain":
        return read_text(_as_utf8(body, told[1]) if told else body)
    if told is None:
        return read_html(body)
    decoded = decode(body, told[1])  # what the server says counts before what the page says (WHATWG HTML, 13.2.3.2)
    return read_page(decoded.text, decoded.note)


def _as_utf8(body: bytes, charset: str) -> bytes:
    return decode(body, charset).text.encode()
