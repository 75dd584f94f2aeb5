"""Parties, actors and issues, as rows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from standoff.model.domain import Official, Pack, Term
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


def actor_called(at: Standpoint, mention: str) -> str | None:
    """The id of the actor that a name stands for; None where no page tells of him."""
    official = at.once("names", lambda: Names(at.known.pack)).official(mention)
    id = slug_of(official.name if official else mention)
    return id if id in _told(at) else None


def actor_offices(at: Standpoint, id: str) -> tuple[str, ...]:
    """The offices that the pack knows an actor to have held, with their days, the oldest first."""
    row = actor_named(at, id)
    official = next((o for o in at.known.pack.officials if row and o.name == row.name), None)
    by_days = {(term.start, term.end): term for term in official.terms} if official else {}  # the last name of each
    return tuple(_office(term) for term in by_days.values())


def actor_names(at: Standpoint, id: str) -> tuple[str, ...]:
    """How the records name an actor, the most frequent first."""

    def made() -> tuple[str, ...]:
        names = at.once("names", lambda: Names(at.known.pack))
        own = [at.known.record(record) for record in _told(at)[id][1]]
        found = Counter(mention for mention, _, _, _ in _mentions(own) if _is(names, mention, id))
        return tuple(name for name, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    return at.once(("names of", id), made)


def _is(names: Names, mention: str, id: str) -> bool:
    official = names.official(mention)
    return slug_of(official.name if official else mention) == id


def _office(term: Term) -> str:
    first, last = (day.isoformat() if day else "" for day in (term.start, term.end))
    days = f"{first} to {last}" if first and last else f"from {first}" if first else f"until {last}" if last else ""
    return f"{term.title} ({days})" if days else term.title


def actor_records(at: Standpoint, id: str, type: str | None = None) -> tuple[str, ...]:
    """The records (ids) in which an actor speaks, acts or meets, of one class or of all, the newest first."""

    def made() -> tuple[str, ...]:
        found = [at.known.record(record) for record in reversed(_told(at)[id][1])]
        days = {r.id: day.toordinal() if (day := at.known.published(r)) else 0 for r in found}
        return tuple(sorted(days, key=lambda record: -days[record]))

    every = at.once(("records of", id), made)
    return every if type is None else tuple(r for r in every if at.known.record(r).type_name == type)


def _told(at: Standpoint) -> dict[str, tuple[ActorRow, tuple[str, ...]]]:
    return at.once("actors", lambda: _gathered(at))


def _gathered(at: Standpoint) -> dict[str, tuple[ActorRow, tuple[str, ...]]]:
    known, names = at.known, Names(at.known.pack)
    found: dict[str, _Actor] = {}
    for mention, kind, party, record in _mentions((*known.statements, *known.moves, *known.contacts)):
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


def _mentions(records: Iterable[Record]) -> Iterator[tuple[str, str, str | None, Record]]:
    """Everybody who speaks, acts or meets: (mention, kind, party, record)."""
    for record in records:
        if isinstance(record, Statement):
            if record.speaker and record.kind in ("named", "institution"):
                yield record.speaker, "person" if record.kind == "named" else "body", record.speaks_for, record
        elif isinstance(record, Move):
            if record.actor:
                yield record.actor, "person", record.by, record
        elif isinstance(record, Contact):
            for who in record.who:
                yield who, "person", None, record


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
