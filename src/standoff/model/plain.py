"""A record's fields as plain JSON values, and back with every value checked against its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from math import isfinite
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from standoff.model.dates import Precision, When
from standoff.model.record import RECORD_CLASSES, Record
from standoff.model.span import Span

CLASSES: dict[str, type[Record]] = {cls.type_name: cls for cls in RECORD_CLASSES}
_EVERY = frozenset({"id", "report", "evidence", "rule", "confidence"})
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


def _own_fields(cls: type[Record]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {f.name: hints[f.name] for f in fields(cls) if f.name not in _EVERY}


_OWN: dict[type[Record], dict[str, Any]] = {cls: _own_fields(cls) for cls in RECORD_CLASSES}


def own_fields(cls: type[Record]) -> Mapping[str, Any]:
    """The fields of a class beside those that every record has: name → type."""
    return _OWN[cls]


def required(cls: type[Record]) -> tuple[str, ...]:
    """The fields that cannot be None and have no default."""
    return tuple(
        f.name for f in fields(cls) if f.name in _OWN[cls] and f.default is MISSING and not _optional(cls, f.name)
    )


def plain(value: object) -> Any:
    """A field's value for JSON: spans as [start, end], times as text, tuples as lists."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, When):
        return value.exact
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value


def plain_fields(record: Record) -> dict[str, Any]:
    """The own fields of a record as JSON values."""
    return {name: plain(getattr(record, name)) for name in own_fields(type(record))}


def record_of(
    of: str, report: str, evidence: tuple[Span, ...], values: Mapping[str, Any], rule: str, confidence: float
) -> Record:
    """The record of class `of` with these fields; those not given have their default, or are None.

    Raises ValueError, naming the field, for what is no field of the class or does not fit it.
    """
    cls = CLASSES.get(of)
    if cls is None:
        raise ValueError(f"no class of records is called {of!r}; there are: {', '.join(CLASSES)}")
    made: dict[str, Any] = {name: None for name in own_fields(cls) if _optional(cls, name)}
    made |= {name: checked(cls, name, value) for name, value in values.items()}
    if missing := [name for name in required(cls) if name not in made]:
        raise ValueError(f"a {of} needs {', '.join(missing)}")
    return cls(report=report, evidence=evidence, rule=rule, confidence=confidence, **made)


def checked(cls: type[Record], name: str, value: Any) -> Any:
    """The value that a field has for a plain one: numbers, days and choices may also stand as text.

    Raises ValueError, naming the field and what it may be.
    """
    own = own_fields(cls)
    if name not in own:
        raise ValueError(f"a {cls.type_name} has no field {name!r}; there are: {', '.join(own)}")
    if value is None:
        if not _optional(cls, name):
            raise ValueError(f"{name} cannot be empty")
        return None
    kind = _kind(cls, name)
    try:
        return _choice(kind, value) if get_origin(kind) is Literal else _READ[kind](value)
    except (ValueError, TypeError, IndexError) as error:
        raise ValueError(f"{name}: {error}") from error


def _optional(cls: type[Record], name: str) -> bool:
    return NoneType in get_args(_OWN[cls][name])


def _kind(cls: type[Record], name: str) -> Any:
    """The type of a field without its None."""
    hint = _OWN[cls][name]
    return next(k for k in get_args(hint) if k is not NoneType) if _optional(cls, name) else hint


def _choice(kind: Any, value: Any) -> Any:
    allowed = get_args(kind)
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{value!r} is no number")
    try:
        found = float(value.replace("_", "") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        raise ValueError(f"{value!r} is no number; give it as 25 or 250000000000") from None
    if not isfinite(found):
        raise ValueError(f"{value!r} is no number")
    return found


def _whole(value: Any) -> int:
    found = _number(value)
    if found != int(found):
        raise ValueError(f"{value!r} is no whole number")
    return int(found)


def _flag(value: Any) -> bool:
    word = str(value).casefold()
    if word not in _YES | _NO:
        raise ValueError(f"{value!r} is neither true nor false")
    return word in _YES


def _span(value: Any) -> Span:
    if isinstance(value, str) or len(value) != 2 or not all(type(v) is int for v in value):
        raise ValueError(f"{value!r} is no span [start, end]")
    return Span(value[0], value[1])


def _names(value: Any) -> tuple[str, ...]:
    """A list, or names with `;` between them (`,` where there is no `;`)."""
    parts = value.split(";" if ";" in value else ",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValueError(f"{value!r} is no list of names")
    return tuple(part.strip() for part in parts if part.strip()) if isinstance(value, str) else tuple(parts)


def _when(value: Any) -> When:
    try:
        return When.parse(_text(value))
    except ValueError:
        kinds = ", ".join(get_args(Precision))
        raise ValueError(f"{value!r} is no day (2019-06-29), month (2019-06), year or first/last [{kinds}]") from None


_READ: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    float: _number,
    int: _whole,
    bool: _flag,
    Span: _span,
    When: _when,
    tuple[str, ...]: _names,
}
