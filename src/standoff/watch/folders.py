"""A watched folder: files that are new, changed or gone since the last pass."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from standoff.model.report import Report
from standoff.read.metadata import Metadata
from standoff.read.reports import WHOLE_FILE, files_in, read_paths
from standoff.store.watching import Watched
from standoff.watch.sources import Source

if TYPE_CHECKING:
    from standoff.watch.watcher import Watcher

_SETTLED = timedelta(seconds=1)  # a file that was written to just now may not be whole yet


def watch_folder(watcher: Watcher, source: Source) -> Iterator[Report]:
    """The reports of the files that are not as they were; one that is gone is told, and what it gave is kept."""
    top = Watched(address=source.address, source=source.address, kind="folder")
    known = watcher.log.of(source.address) or top
    if not os.path.isdir(source.address):
        watcher.trouble(known, "failed", "there is no such folder")
        return
    if known.status == "failed":
        watcher.put(watcher.well(known))
    here = set()
    for path in files_in(source.address):
        here.add(path)
        yield from _file(watcher, source, path)
    for row in watcher.log.of_source(source.address):
        if row.kind in ("file", "lines") and row.status != "gone" and row.address not in here:
            watcher.gone(replace(row, mark=None), "the file is not there any more")


def _file(watcher: Watcher, source: Source, path: str) -> Iterator[Report]:
    try:
        found = os.stat(path)
    except OSError:
        return  # gone meanwhile: told at the next pass
    mark = f"{found.st_size} {found.st_mtime_ns}"
    kind = "file" if path.casefold().endswith(tuple(WHOLE_FILE)) else "lines"
    known = watcher.log.of(path) or Watched(address=path, source=source.address, kind=kind)
    if known.mark == mark and known.status in ("read", "unread"):
        return
    written = datetime.fromtimestamp(found.st_mtime, UTC)
    if timedelta() <= watcher.now() - written < _SETTLED or not watcher.due(known):
        watcher.waiting += 1
        return
    yield from _read(watcher, source, known, mark)


def _read(watcher: Watcher, source: Source, known: Watched, mark: str) -> Iterator[Report]:
    meta = {known.address: Metadata(outlet=source.outlet)} if source.outlet else None
    read = wrong = 0
    for item in read_paths([known.address], meta):
        if isinstance(item, Report):
            yield from watcher.take(item, known if known.kind == "lines" else replace(known, mark=mark))
            known = watcher.log.of(known.address) or known
            read += 1
        else:
            wrong += 1
            reason = item.reason
    if wrong:
        note = reason if wrong == 1 else f"{wrong} places in it could not be read, the last one: {reason}"
        watcher.trouble(replace(known, mark=mark), "unread", note)
    elif read and known.kind == "lines" and known.status != "reading":
        watcher.put(replace(watcher.well(known), mark=mark))
