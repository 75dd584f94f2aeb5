"""What may stand in a pack's YAML: pydantic at the door, model types behind it.

An unknown key is an error that names what is allowed. Short forms keep a small pack small: a plain string for a
party, body, official or outlet is its name; a list for an issue is its cues; a string where words are wanted is
one word.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from standoff.model.dates import When
from standoff.model.record import Level

CODE = r"[A-Z]{2}|[a-z][a-z0-9]*(-[a-z0-9]+)*"


def _words(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _cued(value: Any) -> Any:
    return {"cues": value} if isinstance(value, list) else value


def _included(value: Any) -> Any:
    return {"pack": value} if isinstance(value, str) else value


def _interval(value: Any) -> When | None:
    """A day, a month or a year as YAML gives it; None stays None."""
    if value is None or value == "":
        return None
    try:
        return When.parse(str(value))
    except ValueError as error:
        raise ValueError(f"{value!r} is not a day (2019-03-01), a month (2019-03) or a year (2019)") from error


def _first_day(value: Any) -> date | None:
    when = _interval(value)
    return when.first if when else None


def _last_day(value: Any) -> date | None:
    when = _interval(value)
    return when.last if when else None


Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_words)]
Code = Annotated[str, StringConstraints(pattern=rf"^({CODE})$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Strict(BaseModel):
    """A mapping that knows its keys and says so when it meets another."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        allowed = sorted(field.alias or name for name, field in cls.model_fields.items())
        for key in data:
            if key not in allowed:
                near = difflib.get_close_matches(str(key), allowed, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise ValueError(f"unknown key {key!r}{hint} (allowed: {', '.join(allowed)})")
        return data


class PartySpec(Strict):
    """A side, or anyone else worth recognising. `heads` are offices known by the adjective: "French president"."""

    name: Word | None = None
    names: Words = ()
    adjectives: Words = ()
    metonyms: Words = ()
    people: Words = ()
    heads: Words = ()


class BodySpec(Strict):
    """A ministry, agency, parliament or state company of the party it stands under."""

    name: Word
    names: Words = ()


class TermSpec(Strict):
    """An office and the days it was held; several titles of one office may stand in a list."""

    title: Words
    start: Annotated[date | None, BeforeValidator(_first_day)] = Field(default=None, alias="from")
    end: Annotated[date | None, BeforeValidator(_last_day)] = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> TermSpec:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"the term of {self.title[0]!r} ends ({self.end}) before it begins ({self.start})")
        return self


class OfficialSpec(Strict):
    """A person of the party it stands under; `family` is the last word of the name unless given."""

    name: Word
    family: Word | None = None
    names: Words = ()
    level: Level | None = None
    terms: tuple[TermSpec, ...] = ()


class IssueSpec(Strict):
    """What is bargained about; the strongest cues first."""

    name: Word | None = None
    cues: Words = ()


class OutletSpec(Strict):
    """Who publishes; `party` only for state media."""

    name: Word
    names: Words = ()
    party: Code | None = None
    boilerplate: Words = ()


class IncludeSpec(Strict):
    """Another pack to build on: all of it, `only` some of its parties, or all `without` some."""

    pack: Word
    only: tuple[Code, ...] | None = None
    without: tuple[Code, ...] = ()


Named = BeforeValidator(_named)
NamedParty = Annotated[PartySpec, Named]
NamedBody = Annotated[BodySpec, Named]
NamedOfficial = Annotated[OfficialSpec, Named]
NamedOutlet = Annotated[OutletSpec, Named]
CuedIssue = Annotated[IssueSpec, BeforeValidator(_cued)]
Include = Annotated[IncludeSpec, BeforeValidator(_included)]


class PartFile(Strict):
    """Any YAML file of a pack's folder beside `pack.yaml`; bodies and officials stand under their party's code."""

    parties: dict[Code, NamedParty] = {}
    bodies: dict[Code, tuple[NamedBody, ...]] = {}
    officials: dict[Code, tuple[NamedOfficial, ...]] = {}
    issues: dict[Slug, CuedIssue] = {}
    outlets: tuple[NamedOutlet, ...] = ()


class PackFile(PartFile):
    """`pack.yaml`: the pack's id, title and sides, and anything that may stand in its other files."""

    id: Slug
    title: Word
    between: tuple[Code, ...]
    include: tuple[Include, ...] = ()
