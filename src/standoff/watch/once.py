"""Addresses named on the command line → reports, once and without remembering anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standoff.errors import InputError
from standoff.model.report import Report
from standoff.read.metadata import Layer, Metadata
from standoff.read.reports import Skipped
from standoff.read.response import PAGE_TYPES, read_response
from standoff.watch.fetch import Fetcher
from standoff.watch.polite import Polite


def read_addresses(
    urls: Iterable[str],
    known: dict[str, Metadata] | None = None,
    polite: Polite | None = None,
    *,
    allow_private: bool = False,
) -> Iterator[Report | Skipped]:
    """The report at each address, or why there is none; `known` is what the user says of them, by address."""
    polite = polite or Polite(Fetcher(allow_private=allow_private))
    for url in urls:
        told = Layer((known or {}).get(url, Metadata()), "user", f"said by the user for {url}")
        try:
            found = polite.get(url, accept=PAGE_TYPES)
            if found.status == 200:
                yield read_response(found.body, found.url, found.headers.get("content-type", ""), (told,))
            else:
                yield Skipped(url, f"the host answers {found.status}")
        except InputError as error:
            yield Skipped(url, str(error))
