"""Files of packs merged into one: what an including pack says comes first, what it includes stands behind it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from standoff.errors import PackError
from standoff.model.domain import Body, Issue, Official, Outlet, Pack, Party, Term
from standoff.pack.schema import BodySpec, IssueSpec, OfficialSpec, OutletSpec, PackFile, PartFile, PartySpec

OF_A_PARTY = ("names", "adjectives", "metonyms", "people", "heads")


@dataclass(slots=True)
class Draft:
    """A pack in the making; each entry under what identifies it, `said_in` the file that named a code first."""

    parties: dict[str, PartySpec] = field(default_factory=dict)
    bodies: dict[tuple[str, str], BodySpec] = field(default_factory=dict)
    officials: dict[tuple[str, str], OfficialSpec] = field(default_factory=dict)
    issues: dict[str, IssueSpec] = field(default_factory=dict)
    outlets: dict[str, OutletSpec] = field(default_factory=dict)
    said_in: dict[str, Path] = field(default_factory=dict)

    def add(self, part: PartFile, path: Path) -> None:
        """Take in one file: what stands here already is extended by it."""
        for code, party in part.parties.items():
            self.parties[code] = _party(party, self.parties.get(code))
        for code, bodies in part.bodies.items():
            self.said_in.setdefault(code, path)
            for body in bodies:
                self.bodies[code, body.name] = _body(body, self.bodies.get((code, body.name)))
        for code, officials in part.officials.items():
            self.said_in.setdefault(code, path)
            for official in officials:
                self.officials[code, official.name] = _official(official, self.officials.get((code, official.name)))
        for id, issue in part.issues.items():
            self.issues[id] = _issue(issue, self.issues.get(id))
        for outlet in part.outlets:
            if outlet.party is not None:
                self.said_in.setdefault(outlet.party, path)
            self.outlets[outlet.name] = _outlet(outlet, self.outlets.get(outlet.name))

    def keep(self, codes: Container[str]) -> None:
        """Leave out all parties but these, and whoever belongs to them."""
        self.parties = {code: party for code, party in self.parties.items() if code in codes}
        self.bodies = {key: body for key, body in self.bodies.items() if key[0] in codes}
        self.officials = {key: official for key, official in self.officials.items() if key[0] in codes}
        self.outlets = {n: o for n, o in self.outlets.items() if o.party is None or o.party in codes}
        self.said_in = {code: path for code, path in self.said_in.items() if code in codes}

    def overlay(self, upper: Draft) -> None:
        """Take in a whole pack that stands above this one: where both speak of a thing, its words come first."""
        for code, party in upper.parties.items():
            self.parties[code] = _party(party, self.parties.get(code))
        for key, body in upper.bodies.items():
            self.bodies[key] = _body(body, self.bodies.get(key))
        for key, official in upper.officials.items():
            self.officials[key] = _official(official, self.officials.get(key))
        for id, issue in upper.issues.items():
            self.issues[id] = _issue(issue, self.issues.get(id))
        for name, outlet in upper.outlets.items():
            self.outlets[name] = _outlet(outlet, self.outlets.get(name))
        self.said_in = {**self.said_in, **upper.said_in}


def finished(draft: Draft, head: PackFile, path: Path) -> Pack:
    """The pack as model types; sides first, else in the order of the files.

    Raises PackError where a side, a body, an official or an outlet belongs to a party that nothing describes.
    """
    _all_described(draft, head, path)
    sides = [code for code in head.between if code in draft.parties]
    codes = [*sides, *(code for code in draft.parties if code not in sides)]
    return Pack(
        id=head.id,
        title=head.title,
        between=head.between,
        parties=tuple(_as_party(code, draft.parties[code], path) for code in codes),
        bodies=(
            *(Body(name=b.name, party=code, names=_first(b.name, b.names)) for (code, _), b in draft.bodies.items()),
            *(body for code in codes for body in _heads(code, draft.parties[code])),
        ),
        officials=tuple(_as_official(code, official) for (code, _), official in draft.officials.items()),
        issues=tuple(Issue(id=id, name=i.name or id.replace("-", " "), cues=i.cues) for id, i in draft.issues.items()),
        outlets=tuple(
            Outlet(name=o.name, names=_first(o.name, o.names), party=o.party, boilerplate=o.boilerplate)
            for o in draft.outlets.values()
        ),
    )


def _all_described(draft: Draft, head: PackFile, path: Path) -> None:
    known = ", ".join(sorted(draft.parties)) or "none"
    for code in head.between:
        if code not in draft.parties:
            raise PackError(f"{path}: between: no party {code!r} is described (known: {known}); add it under parties")
    if len(head.between) == 1 or len(set(head.between)) != len(head.between):
        raise PackError(f"{path}: between: name two or more different parties, or none in a pack made for including")
    for code, where in draft.said_in.items():
        if code not in draft.parties:
            raise PackError(f"{where}: no party {code!r} is described (known: {known}); add it under parties")


def _as_party(code: str, spec: PartySpec, path: Path) -> Party:
    if spec.name is None:
        raise PackError(f"{path}: parties.{code}: no name; a party that no included pack names needs one")
    return Party(
        code=code,
        name=spec.name,
        names=_first(spec.name, spec.names),
        adjectives=spec.adjectives,
        metonyms=spec.metonyms,
        people=spec.people,
    )


def _heads(code: str, spec: PartySpec) -> Iterable[Body]:
    """Heads of state and government by office alone: "French president" acts for FR, whoever it is."""
    for head in spec.heads:
        names = tuple(f"{adjective} {head}" for adjective in spec.adjectives)
        if names:
            yield Body(name=names[0], party=code, names=names)


def _as_official(code: str, spec: OfficialSpec) -> Official:
    return Official(
        name=spec.name,
        family=spec.family or spec.name.split()[-1],
        party=code,
        names=_first(spec.name, spec.names),
        terms=tuple(Term(title=title, start=t.start, end=t.end) for t in spec.terms for title in t.title),
        level=spec.level,
    )


def _first(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return _both((name,), names)


def _both(own: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *other)))


def _party(new: PartySpec, old: PartySpec | None) -> PartySpec:
    if old is None:
        return new
    words = {key: _both(getattr(new, key), getattr(old, key)) for key in OF_A_PARTY}
    return new.model_copy(update={"name": new.name or old.name, **words})


def _body(new: BodySpec, old: BodySpec | None) -> BodySpec:
    return new if old is None else new.model_copy(update={"names": _both(new.names, old.names)})


def _official(new: OfficialSpec, old: OfficialSpec | None) -> OfficialSpec:
    if old is None:
        return new
    terms = tuple(dict.fromkeys((*new.terms, *old.terms)))
    update = {"names": _both(new.names, old.names), "terms": terms}
    return new.model_copy(update={"family": new.family or old.family, "level": new.level or old.level, **update})


def _issue(new: IssueSpec, old: IssueSpec | None) -> IssueSpec:
    if old is None:
        return new
    return new.model_copy(update={"name": new.name or old.name, "cues": _both(new.cues, old.cues)})


def _outlet(new: OutletSpec, old: OutletSpec | None) -> OutletSpec:
    if old is None:
        return new
    words = {"names": _both(new.names, old.names), "boilerplate": _both(new.boilerplate, old.boilerplate)}
    return new.model_copy(update={"party": new.party or old.party, **words})
