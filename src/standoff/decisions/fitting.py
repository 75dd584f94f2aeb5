"""Whether what was decided fits: fields to their class, parties and issues to the pack, names and remarks to a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from standoff.analyse.named import Naming
from standoff.decisions.finding import Subject, quoted, statement_named
from standoff.errors import InputError
from standoff.model.domain import Pack
from standoff.model.plain import checked, plain
from standoff.model.record import Move, Record, Statement

BESIDE = frozenset({"said_at", "free"})
"""What stands with the fields of a decision and is none."""

PARTIES = frozenset({"by", "to", "on", "speaks_for", "first_actor", "then_actor", "parties"})
_SPANS = frozenset({"content", "cue", "source"})
_LISTS = frozenset({"parties", "who", "via"})
_NO_SIDE = frozenset({"", "none", "-"})
_LONGEST = {"who": 200, "note": 5000}


def values_of(
    subject: Subject, pack: Pack, cls: type[Record], given: Mapping[str, object], free: bool
) -> dict[str, Any]:
    """Fields as JSON values, each checked against the class, the report and the pack."""
    values: dict[str, Any] = {}
    unknown: list[str] = []
    for called, value in given.items():
        field = "type" if called == "move" and cls is Move else called
        if isinstance(value, str) and (not value.strip() or (field in PARTIES and value.casefold() in _NO_SIDE)):
            value = () if field in _LISTS else None
        if field in _SPANS and isinstance(value, str):
            value = plain(quoted(subject.report, value))
        if field == "said_by" and value is not None:
            statement = statement_named(subject.view, subject.report, str(value))
            value, values["said_at"] = statement.id, plain(statement.content)
        try:
            values[field] = plain(checked(cls, field, value))
        except ValueError as error:
            raise InputError(f"{error}") from error
        values[field], odd = _of_pack(pack, field, values[field], free)
        unknown += [field] if odd else []
    return {**values, **({"free": sorted(unknown)} if unknown else {})}


def _of_pack(pack: Pack, field: str, value: Any, free: bool) -> tuple[Any, bool]:
    """A party or issue as the pack writes it, and whether it is none of the pack's."""
    if value is None or field not in PARTIES | {"issue"}:
        return value, False
    if isinstance(value, list):
        found = [_of_pack(pack, field, each, free) for each in value]
        return [code for code, _ in found], any(odd for _, odd in found)
    known = [p.code for p in pack.parties] if field in PARTIES else [*(i.id for i in pack.issues), "other"]
    same = next((code for code in known if code.casefold() == value.strip().casefold()), None)
    if same is None and not free:
        kind = "party" if field in PARTIES else "issue"
        some = ", ".join([*pack.between, "..."] if field in PARTIES else known)
        raise InputError(
            f"{field}: the pack {pack.id} has no {kind} {value!r} ({some}); say that it is free text to keep it"
        )
    return same or value.strip(), same is None


def stands_for_of(pack: Pack, given: str | None, free: bool) -> tuple[str | None, str | None]:
    """(party, official) of a party's code or an official's name."""
    if given is None or given.strip().casefold() in _NO_SIDE:
        return None, None
    wanted = given.strip().casefold()
    fitting = {o.name: o.party for o in pack.officials if wanted in {n.casefold() for n in (o.name, *o.names)}}
    if len(fitting) == 1:
        official, side = next(iter(fitting.items()))
        return side, official
    return _of_pack(pack, "by", given, free)[0], None


def taken_for(about: Sequence[Record], naming: Naming, text: str) -> str | None:
    """The party that most records have for a mention that speaks or acts in them."""
    said = [r.speaks_for for r in about if isinstance(r, Statement) and naming.speaker(r, text)]
    done = [r.by for r in about if isinstance(r, Move) and naming.within(r.actor)]
    found = Counter(party for party in (*said, *done) if party)
    return min(found, key=lambda party: (-found[party], party)) if found else None


def line(kind: str, text: str | None) -> str | None:
    """The text without blanks around it and control characters in it; None where nothing is left."""
    clean = "".join(c if c.isprintable() or c == "\n" else " " for c in text or "").strip()
    if len(clean) > _LONGEST[kind]:
        raise InputError(f"{kind} is over {_LONGEST[kind]} characters long; make it shorter")
    return clean or None
