"""The fields of a record as a form has them: what may be chosen, what stands there, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from standoff.model.dates import When
from standoff.model.domain import Pack
from standoff.model.plain import CLASSES, own_fields, plain, required
from standoff.model.record import Record, Statement
from standoff.model.report import Report
from standoff.model.span import Span

PARTIES = frozenset({"by", "to", "on", "speaks_for", "first_actor", "then_actor", "parties"})
"""Fields that hold codes of parties."""

_LONG = frozenset({"what", "first", "then", "reason", "goods"})
_HINTS: dict[str, str] = {
    "span": "the report's words as they stand there, or start:end",
    "when": "2019-06-29, 2019-06, 2019, or first/last",
    "list": "with ; between them",
    "number": "figures only",
    "party": "a code of the pack",
    "issue": "an issue of the pack",
    **dict.fromkeys(("choice", "flag", "statement", "text", "long"), ""),
}
_ABOUT: dict[str, str] = {
    "by": "who acts", "to": "toward whom", "on": "whom it hits", "actor": "the person or body, as the report names it",
    "what": "the act in one plain line", "when": "the report's words for the time", "rate_percent": "in percent",
    "amount_usd": "in US dollars", "speaker": "who is behind the source", "speaks_for": "for which party",
    "via": "the outlets it came by, nearest first", "said_by": "the statement that carries it",
}  # fmt: skip
_LONGEST_SHOWN = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its kind (choice, party, issue, statement, span, when, number, flag, list, long or text), what may be
    chosen as (value, words), `was`: what stands there, `value`: what the form shows, and what is wrong with that."""

    name: str
    label: str
    kind: str
    was: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    hint: str = ""
    error: str = ""


def fields_of(
    cls: type[Record],
    record: Record | None,
    report: Report,
    pack: Pack,
    statements: Iterable[Statement],
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Field]:
    """The form of a record, or of a new one (None); with what was typed and what is wrong with it."""
    told = [(s.id, _short(s.content.of(report.text))) for s in statements]
    found = []
    for name, hint in own_fields(cls).items():
        kind = _kind(name, hint)
        hints = (_ABOUT.get(name), _HINTS["list" if _many(hint) else kind])
        was = _text(getattr(record, name), report) if record else _default(cls, name)
        found.append(
            Field(
                name=name, label=name.replace("_", " "), kind=kind, was=was, value=(typed or {}).get(name, was),
                choices=_choices(kind, hint, pack, told), needed=name in required(cls) and not _many(hint),
                hint="; ".join(filter(None, hints)), error=(errors or {}).get(name, ""),
            )
        )  # fmt: skip
    return found


def changes(of: str, sent: Mapping[str, str], before: Mapping[str, str]) -> dict[str, object]:
    """The fields of a form that were changed: what was sent and is not what stood there when the form was made."""
    return {
        name: sent[name].strip()
        for name in own_fields(CLASSES[of])
        if name in sent and sent[name].split() != before.get(name, "").split()
    }


def filled(of: str, sent: Mapping[str, str]) -> dict[str, object]:
    """The fields of a form for a new record: what it needs, and what was filled in."""
    cls = CLASSES[of]
    needs = {*required(cls)} - ({"content"} if cls is Statement else set())
    return {n: v for n in own_fields(cls) if (v := sent.get(n, "").strip()) or n in needs}


def words_of(spans: Iterable[Span], report: Report) -> str:
    """The main evidence by its words."""
    return next((span.of(report.text) for span in spans), "")


def _kind(name: str, hint: Any) -> str:
    own = next((k for k in get_args(hint) if k is not NoneType), hint) if NoneType in get_args(hint) else hint
    if name in PARTIES:
        return "party"
    if name in ("issue", "said_by"):
        return "issue" if name == "issue" else "statement"
    if get_origin(own) is Literal:
        return "choice"
    if _many(own):
        return "list"
    kinds: dict[Any, str] = {Span: "span", When: "when", float: "number", int: "number", bool: "flag"}
    return kinds.get(own, "long" if name in _LONG else "text")


def _many(hint: Any) -> bool:
    return get_origin(hint) is tuple


def _choices(kind: str, hint: Any, pack: Pack, told: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    if kind == "choice":
        own = next((k for k in get_args(hint) if get_origin(k) is Literal), hint)
        return tuple((value, value) for value in get_args(own))
    if kind == "flag":
        return ("true", "yes"), ("false", "no")
    if kind == "party":
        return parties_of(pack)
    if kind == "issue":
        return (*((issue.id, issue.name) for issue in pack.issues), ("other", "other"))
    return tuple(told) if kind == "statement" else ()


def parties_of(pack: Pack) -> tuple[tuple[str, str], ...]:
    """The parties of a pack, the sides first."""
    sides = [party for code in pack.between if (party := pack.party(code))]
    others = sorted((p for p in pack.parties if p.code not in pack.between), key=lambda p: p.name)
    return tuple((party.code, party.name) for party in (*sides, *others))


def _text(value: object, report: Report) -> str:
    """A value as it is typed."""
    if isinstance(value, Span):
        return value.of(report.text)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(plain(value))


def _default(cls: type[Record], name: str) -> str:
    found = next(f.default for f in fields(cls) if f.name == name)
    return "" if found is MISSING or found is None or found == () else _text(found, Report(name="", text=""))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"
