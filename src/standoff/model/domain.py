"""What a pack knows of one negotiation: parties and who speaks for them, issues, outlets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A side of the negotiation.

    `names` it is called by as a noun (United States, U.S.), `adjectives` (American, Chinese),
    `metonyms` that stand for its government (Washington, Beijing, the White House),
    `people` as a plural noun (Americans). `code` is ISO 3166 alpha-2, `EU`, or a slug.
    """

    code: str
    name: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organ that acts or speaks for a party: ministry, agency, parliament, state company."""

    name: str
    party: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An office held from `start` to `end` (None: still held); `title` as news writes it."""

    title: str
    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """A person who acts or speaks for a party. `name` in the order news writes it; `family` its family name.

    `level` of contact: leader, minister, deputy or working.
    """

    name: str
    family: str
    party: str
    names: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    level: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What is bargained about: `cues` are words that point to it, the strongest first."""

    id: str
    name: str
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes. `party` only where it speaks for one (state media); `boilerplate` lines it adds."""

    name: str
    names: tuple[str, ...] = ()
    party: str | None = None
    boilerplate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The knowledge about one negotiation; `between` are the codes of its sides.

    `parties` holds the sides and everyone else worth recognising (third countries), so that their acts
    are not laid at a side's door.
    """

    id: str
    title: str
    between: tuple[str, ...]
    parties: tuple[Party, ...]
    bodies: tuple[Body, ...] = ()
    officials: tuple[Official, ...] = ()
    issues: tuple[Issue, ...] = ()
    outlets: tuple[Outlet, ...] = ()

    def __hash__(self) -> int:
        """Of the head alone: what is made ready of a pack is kept by it, and a pack holds thousands of names."""
        return hash((self.id, self.title, self.between))

    def party(self, code: str) -> Party | None:
        return next((p for p in self.parties if p.code == code), None)

    def issue(self, id: str) -> Issue | None:
        return next((i for i in self.issues if i.id == id), None)
