"""Parties, actors and issues, as rows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from standoff.model.domain import Official, Pack
from standoff.model.ids import content_id
from standoff.model.record import Contact, Move, Record, Statement
from standoff.questions.editions import Standpoint, name_of
from standoff.questions.lists.rows import ActorRow, IssueRow, PartyRow
from standoff.questions.lists.standing import measures, positions

_WORD = re.compile(r"[\w'’-]+")


def issues(at: Standpoint) -> tuple[IssueRow, ...]:
    """The issues on which somebody holds a position, the busiest first."""
    return at.once("issue rows", lambda: tuple(sorted(_issues(at), key=lambda r: (-r.positions, r.name))))


def _issues(at: Standpoint) -> Iterator[IssueRow]:
    by_issue = defaultdict(list)
    for row in positions(at):
        by_issue[row.issue].append(row)
    for id, rows in by_issue.items():
        standing = [r for r in rows if r.standing == "now"]
        sides = Counter(r.party for r in standing)
        yield IssueRow(
            id=id,
            name=rows[0].issue_name,
            positions=len(standing),
            sides=tuple(side for side in at.known.pack.between if sides[side]),
            contested=sum("contested" in r.flags for r in standing),
            last=max((r.last for r in rows if r.last), default=None),
        )


def parties(at: Standpoint) -> tuple[PartyRow, ...]:
    """The parties that act or speak in the record, the sides first."""
    return at.once("party rows", lambda: tuple(_parties(at)))


def _parties(at: Standpoint) -> Iterator[PartyRow]:
    known = at.known
    held = Counter(r.party for r in positions(at) if r.standing == "now")
    taken = Counter(r.by for r in measures(at) if r.by)
    spoken = Counter(s.speaks_for for s in known.statements if s.speaks_for)
    people = Counter(r.party for r in actors(at) if r.party)
    sides = known.pack.between
    others = sorted({*held, *taken, *spoken} - set(sides), key=lambda p: (-held[p] - spoken[p], p))
    for code in (*sides, *others):
        yield PartyRow(
            code=code,
            name=name_of(known.pack, code),
            side=code in sides,
            positions=held[code],
            measures=taken[code],
            statements=spoken[code],
            actors=people[code],
        )


@dataclass(slots=True)
class _Actor:
    """An actor as it is put together: who, and the records in which it speaks, acts or meets."""

    name: str
    official: Official | None = None
    party: str | None = None
    kind: str = "person"
    records: list[Record] = field(default_factory=list)


def actors(at: Standpoint) -> tuple[ActorRow, ...]:
    """Named people and bodies that speak, act or meet, those who are met most first."""
    return at.once("actor rows", lambda: tuple(row for row, _ in _told(at).values()))


def actor_named(at: Standpoint, id: str) -> ActorRow | None:
    """One actor by its id."""
    found = _told(at).get(id)
    return found[0] if found else None


def actor_records(at: Standpoint, id: str) -> tuple[str, ...]:
    """The records (ids) in which an actor speaks, acts or meets."""
    return _told(at)[id][1]


def _told(at: Standpoint) -> dict[str, tuple[ActorRow, tuple[str, ...]]]:
    return at.once("actors", lambda: _gathered(at))


def _gathered(at: Standpoint) -> dict[str, tuple[ActorRow, tuple[str, ...]]]:
    names = Names(at.known.pack)
    found: dict[str, _Actor] = {}
    for mention, kind, party, record in _mentions(at):
        official = names.official(mention)
        if official is None and not isinstance(record, Statement):
            continue  # only a statement's speaker is a resolved name
        name = official.name if official else mention
        actor = found.setdefault(name, _Actor(name, official, official.party if official else party, kind))
        if not actor.records or actor.records[-1] is not record:
            actor.records.append(record)
    rows = sorted((_actor(at, actor) for actor in found.values()), key=lambda t: (-len(t[1]), t[0].name))
    told: dict[str, tuple[ActorRow, tuple[str, ...]]] = {}
    for row, records in rows:
        told.setdefault(row.id, (row, records))
    return told


def _mentions(at: Standpoint) -> Iterator[tuple[str, str, str | None, Record]]:
    """Everybody who speaks, acts or meets: (mention, kind, party, record)."""
    known = at.known
    for statement in known.statements:
        if statement.speaker and statement.kind in ("named", "institution"):
            kind = "person" if statement.kind == "named" else "body"
            yield statement.speaker, kind, statement.speaks_for, statement
    for move in known.moves:
        if move.actor:
            yield move.actor, "person", move.by, move
    for contact in known.contacts:
        for who in contact.who:
            yield who, "person", None, contact


def _actor(at: Standpoint, actor: _Actor) -> tuple[ActorRow, tuple[str, ...]]:
    days = [day for r in actor.records if (day := at.known.published(r))]
    row = ActorRow(
        id=slug_of(actor.name),
        name=actor.name,
        party=actor.party,
        title=_title(actor.official, at.day) if actor.official else None,
        kind=actor.kind,
        statements=sum(isinstance(r, Statement) for r in actor.records),
        moves=sum(isinstance(r, Move) for r in actor.records),
        contacts=sum(isinstance(r, Contact) for r in actor.records),
        first=min(days, default=None),
        last=max(days, default=None),
    )
    return row, tuple(r.id for r in actor.records)


def _title(official: Official, day: date | None) -> str | None:
    held = [t for t in official.terms if day is None or t.holds(day)] or list(official.terms)
    return held[-1].title if held else None


class Names:
    """The officials of a pack by how they are called; a family name alone only where one official of a side has it."""

    def __init__(self, pack: Pack) -> None:
        self._full: dict[str, Official] = {}
        family: defaultdict[str, list[Official]] = defaultdict(list)
        for official in pack.officials:
            for name in (official.name, *official.names):
                self._full.setdefault(name.casefold(), official)
            if official.party in pack.between:
                family[official.family.casefold()].append(official)
        self._family = {name: those[0] for name, those in family.items() if len(those) == 1}

    def official(self, mention: str) -> Official | None:
        """Whom a mention names: `President Ada Lovelace` and `Lovelace`, but not `Lovelace's office`."""
        words = _WORD.findall(mention.casefold())
        for size in range(min(len(words), 4), 1, -1):
            if found := self._full.get(" ".join(words[-size:])):
                return found
        last = words[-1] if words else ""
        return self._full.get(last) or self._family.get(last)


def slug_of(name: str) -> str:
    """A name as a part of an address: `ada-lovelace`; a hash where nothing of it is a Latin letter."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or content_id("a", name)
