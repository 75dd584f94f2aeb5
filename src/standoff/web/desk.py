"""The desk of one record: it keeps the newest edition and the standpoints that were asked for lately.

Reading a record of thousands of reports takes seconds, so it is done in the background: at the start, and after each
write (by this program or another), while the edition before is still served. A page shows which revision it tells of.
"""

from __future__ import annotations

import gc
import logging
from collections import OrderedDict
from datetime import date
from pathlib import Path
from threading import Condition, Event, Lock, Thread
from time import monotonic

from standoff.errors import StandoffError
from standoff.questions import faceting, latest, lists
from standoff.questions.editions import Edition, Opened, Standpoint, edition
from standoff.web.drawn import tariff_chart

_SOON = 3.0  # seconds that who decides waits for pages which show it, where the record is read in less
_KEPT = 8  # standpoints other than the newest: each holds what was worked out for it

log = logging.getLogger(__name__)


class NotReady(Exception):
    """The record is still being read, or could not be; the message says which."""


class Desk:
    """One record under its slug. Threads may ask at the same time."""

    def __init__(self, opened: Opened, slug: str, wait_seconds: float) -> None:
        self.opened, self.slug = opened, slug
        self._wait = wait_seconds
        self._edition: Edition | None = None
        self._newest: Standpoint | None = None
        self._others: OrderedDict[tuple[date | None, date | None], Standpoint] = OrderedDict()
        self._failed = ""
        self._read_once = Event()
        self._lock = Lock()
        self._read_anew = Condition(self._lock)
        self._took = self._ended = 0.0  # the last reading: seconds, and when it ended
        self._reading: Thread | None = None

    @property
    def title(self) -> str:
        return self.opened.pack.title

    @property
    def now(self) -> Standpoint | None:
        """The newest standpoint there is, without waiting."""
        return self._newest

    def refresh(self) -> None:
        """Read the record anew in the background, if it was written since and nobody does so yet."""
        with self._lock:
            if self._reading and self._reading.is_alive():
                return
            if self._edition and self._edition.revision == self.opened.revision():
                return
            if self._took > _SOON and monotonic() - self._ended < self._took:
                return  # a long reading makes pages slow: while people decide, no more than half of the time
            self._reading = Thread(target=self._read, name=f"read {self.slug}", daemon=True)
            self._reading.start()

    def _read(self) -> None:
        began = monotonic()
        try:
            found = edition(self.opened, self._edition)
            gc.freeze()  # it stays: what is worked out of it now would have the collector look at it again and again
            newest = Standpoint(found)
            warm(newest)
            with self._read_anew:
                if self._edition is not None:  # the first reading tells nothing of how long the next one takes
                    self._took, self._ended = monotonic() - began, monotonic()
                self._edition, self._newest, self._failed = found, newest, ""
                self._others.clear()
                self._read_anew.notify_all()
            gc.freeze()
            warm_others(newest)
            spare_memory()
        except StandoffError as error:
            self._failed = str(error)
            log.warning("%s: %s", self.slug, error)
        finally:
            self._read_once.set()

    def at(self, as_of: date | None = None, known_at: date | None = None) -> Standpoint:
        """The record from a standpoint, of the newest edition there is. Raises NotReady where there is none yet."""
        self.refresh()
        if not self._read_once.wait(self._wait):
            raise NotReady("The record is still being read.")
        with self._lock:
            if self._edition is None or self._newest is None:
                raise NotReady(f"The record cannot be read: {self._failed}")
            if as_of is None and known_at is None:
                return self._newest
            key = (as_of, known_at)
            if key not in self._others:
                self._others[key] = Standpoint(self._edition, as_of, known_at)
            self._others.move_to_end(key)
            while len(self._others) > _KEPT:
                self._others.popitem(last=False)
            return self._others[key]

    def decided(self) -> bool:
        """After a decision: wait a moment for pages that show it, where that is all it takes; whether they do.

        Else they follow as with any write, and pages of review show it by themselves (`questions.latest`).
        """
        wanted, until = self.opened.revision(), monotonic() + _SOON
        while True:
            self.refresh()
            with self._read_anew:
                if self._edition is not None and self._edition.revision >= wanted:
                    return True
                if self._took > _SOON or monotonic() > until:
                    return False
                self._read_anew.wait(0.05)

    @property
    def stale(self) -> bool:
        """Whether a newer edition is being read while an older one is served."""
        return self._edition is not None and self._edition.revision != self.opened.revision()

    def close(self) -> None:
        """Wait for a reading that is under way, then close the record."""
        if self._reading:
            self._reading.join(timeout=60)
        self.opened.close()


def spare_memory() -> None:
    """Take what is kept for long out of the collector's rounds: over millions of objects each would take a second.

    What an edition before left behind in circles is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def warm(at: Standpoint) -> None:
    """Work out what the overview needs."""
    at.headline()
    at.fact_of()
    lists.positions(at)
    lists.contacts(at)
    lists.changed(at, None, None)
    lists.tally(at)
    lists.unlocks(at)
    tariff_chart(at)


def warm_others(at: Standpoint) -> None:
    """Work out what the other pages need, for whoever comes to them."""
    lists.measures(at)
    lists.parties(at)
    lists.issues(at)
    lists.report_rows(at)
    faceting.index(at)
    lists.facts(at)
    lists.promises(at)
    latest.waiting_all(at)


def slugs(names: list[tuple[str, str]]) -> list[str]:
    """A slug for each (pack id, file): the pack's, or the file's stem where two records have one pack."""
    packs = [lists.slug_of(pack) for pack, _ in names]
    found: list[str] = []
    for slug, (_, where) in zip(packs, names, strict=True):
        wanted = slug if packs.count(slug) == 1 else lists.slug_of(Path(where).stem)
        number, free = 1, wanted
        while free in found:
            number += 1
            free = f"{wanted}-{number}"
        found.append(free)
    return found
