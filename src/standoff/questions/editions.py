"""A record as it was at one revision, whole in memory, and the points from which it is looked at.

A page asks the same things of a record again and again. So what is read is kept as an `Edition`, and what is worked
out of it for one day and one state of knowledge as a `Standpoint`; both never change. Who keeps them asks the store
for its revision, and makes a new edition when that has moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from threading import RLock
from typing import Any, TypeVar, cast

from standoff.analyse.conflict import Conflict, conflicts, contested_records
from standoff.analyse.deadlock import Outcome
from standoff.analyse.facts import Fact, facts
from standoff.analyse.headline import Headline, headline
from standoff.analyse.known import Known
from standoff.analyse.linked import Waiting, outcome, waiting
from standoff.analyse.periods import standing_since
from standoff.analyse.state import State, state
from standoff.errors import InputError
from standoff.model.domain import Pack
from standoff.model.lineage import Lineage, Screening
from standoff.pack.load import load_pack
from standoff.questions.asked import Gathered, gathered
from standoff.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that is open, with the pack it is read by."""

    store: Store
    pack: Pack

    def revision(self) -> int:
        """Grows with each write."""
        return self.store.revision()

    def close(self) -> None:
        self.store.close()


@dataclass(frozen=True, slots=True)
class Edition:
    """A record at one revision: all reports and records as people decided them, and how the reports relate.

    `entries` is what its search index holds: (number, `report` or class of record, id, report).
    """

    opened: Opened
    revision: int
    known: Known
    lineage: Lineage
    entries: tuple[tuple[int, str, str, str], ...]
    made_by: str
    gathered: Gathered = field(repr=False)

    def screenings(self, *ids: str) -> dict[str, Screening]:
        """What these reports' texts show by themselves."""
        return self.opened.store.screenings(ids)


class Standpoint:
    """A record as of a day (what had happened) and as known on a day (what had been published).

    None for either: the newest. What is asked for is worked out once; threads may ask at the same time.
    """

    def __init__(self, edition: Edition, as_of: date | None = None, known_at: date | None = None) -> None:
        self.edition, self.as_of, self.known_at = edition, as_of, known_at
        known = edition.known
        if known_at is not None:
            known = known.known_at(known_at)
        if known is edition.known and as_of is not None:
            known = replace(known)  # what is worked out for this day goes when the standpoint goes
        self.known: Known = known
        self._made: dict[Hashable, Any] = {}
        self._locks: defaultdict[Hashable, RLock] = defaultdict(RLock)
        self._lock = RLock()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out at the first call with this key and kept.

        A lock a key: who asks for something else need not wait. What one key needs of others has no circles.
        """
        if key not in self._made:
            with self._lock:
                own = self._locks[key]
            with own:
                if key not in self._made:
                    self._made[key] = make()
        return cast("T", self._made[key])

    @property
    def day(self) -> date | None:
        """The day asked about; the newest of what is known where none was given."""
        return self.as_of or self.known.newest()

    def disputes(self) -> tuple[Conflict, ...]:
        """Accounts that differ."""
        return self.once("disputes", lambda: conflicts(self.known, self.as_of))

    def contested(self) -> frozenset[str]:
        """Records (ids) that another account contradicts."""
        return self.once("contested", lambda: contested_records(self.disputes()))

    def state(self) -> State:
        """What stands."""
        return self.once("state", lambda: state(self.known, self.as_of, self.contested()))

    def graph(self) -> Waiting:
        """What waits for what."""
        return self.once("graph", lambda: waiting(self.known, self.as_of, standing_since(self.known, self.as_of)))

    def outcome(self) -> Outcome:
        """What can come of what is stated to wait for what."""
        return self.once("outcome", lambda: outcome(self.graph(), implied=False))

    def headline(self) -> Headline:
        """The state of play in sentences."""
        return self.once(
            "headline", lambda: headline(self.known, self.state(), self.graph(), self.disputes())
        )  # fmt: skip

    def facts(self) -> tuple[Fact, ...]:
        """Records that tell one fact, together."""
        return self.once("facts", lambda: facts(self.known))

    def fact_of(self) -> dict[str, Fact]:
        """The fact that each record (id) belongs to."""
        return self.once("fact of", lambda: {id: fact for fact in self.facts() for id in fact.records})


def name_of(pack: Pack, code: str) -> str:
    """A party's name as it stands in lists: without an article; its code where the pack has none."""
    party = pack.party(code)
    return party.name if party else code


def open_record(where: str, pack: str | None = None) -> Opened:
    """Open a record with its own pack, or with the one that is named. Raises InputError for an empty record."""
    store = Store.open(where)
    chosen = pack or store.meta().get("pack")
    if not chosen:
        store.close()
        raise InputError(f"{store.where}: this record is empty; ingest reports first")
    return Opened(store, load_pack(chosen))


def edition(opened: Opened, before: Edition | None = None) -> Edition:
    """Read a record whole; with an edition `before` of the same record, only what was written since.

    A write that comes meanwhile is seen at the next revision, or already here.
    """
    found = gathered(opened.store, opened.pack, before.gathered if before else None)
    made_by = opened.store.meta().get("made_by", "")
    entries = tuple(opened.store.entries())
    return Edition(opened, found.stored.revision, found.known, found.lineage, entries, made_by, found)
