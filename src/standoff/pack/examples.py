"""Sentences that say what must be found with a pack, and what must not: a pack's data test themselves.

`examples.yaml` in a pack's folder is a list of mappings:

    - sentence: Norland imposed a 10 percent tariff on Sudland's steel on Monday.
      published: 2025-03-04                       # may be left out
      find: {moves: [{type: impose, by: NL, to: SL, issue: tariffs}]}
      not: {contacts: any}                        # any: no record of that class at all
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, model_validator

from standoff.model.dates import When
from standoff.model.record import RECORD_CLASSES, Record
from standoff.model.span import Span
from standoff.pack.files import EXAMPLES, explain, locate, read_yaml
from standoff.pack.schema import Strict, Word

CLASSES: Mapping[str, type[Record]] = MappingProxyType({f"{c.type_name}s": c for c in RECORD_CLASSES})
_OF_NO_USE = frozenset({"id", "report", "evidence", "rule", "confidence", "said_by"})

Wanted = Mapping[str, tuple[Mapping[str, Any], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One sentence (or a short passage) and what a pack promises of it.

    `must` and `must_not` go from a class (statements, moves, measures, contacts, linkages) to fields and values;
    a record agrees with such a mapping where all its fields do (see `agrees`), the empty one agrees with any.
    """

    sentence: str
    published: date | None
    must: Wanted
    must_not: Wanted


def load_examples(name_or_dir: str | Path) -> tuple[Example, ...]:
    """The examples of a pack, in order; none where its folder has no `examples.yaml`.

    Raises PackError where the file is malformed or asks for a class or field that no record has.
    """
    path = locate(name_or_dir).parent / EXAMPLES
    if not path.is_file():
        return ()
    try:
        specs = _LIST.validate_python(read_yaml(path))
    except ValidationError as error:
        raise explain(path, error) from error
    return tuple(Example(sentence=s.sentence, published=s.published, must=s.find, must_not=s.absent) for s in specs)


def agrees(record: Record, wanted: Mapping[str, Any], text: str) -> bool:
    """Whether a record found in `text` has the fields wanted.

    Spans are compared as the words they quote, dates as they are written, tuples as lists.
    """
    return all(_plain(getattr(record, name), text) == _plain(value, text) for name, value in wanted.items())


def unmet(example: Example, records: tuple[Record, ...]) -> tuple[str, ...]:
    """What the records of an example's sentence lack or have too much, one plain line each; () if all is well."""
    lines = []
    for sign, wanted in (("not found", example.must), ("found, but must not be", example.must_not)):
        for name, rows in wanted.items():
            those = [r for r in records if isinstance(r, CLASSES[name])]
            for row in rows:
                found = any(agrees(r, row, example.sentence) for r in those)
                if found != (wanted is example.must):
                    fields_wanted = ", ".join(f"{k}={v}" for k, v in row.items()) or "any"
                    lines.append(f"{sign}: {name} ({fields_wanted}) in {example.sentence!r}")
    return tuple(lines)


def _plain(value: Any, text: str) -> Any:
    if isinstance(value, Span):
        return value.of(text)
    if isinstance(value, (When, date)):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [_plain(v, text) for v in value]
    return value


def _rows(value: Any) -> Any:
    """`any` for a class stands for one row without conditions; a single mapping for a list of one."""
    if not isinstance(value, Mapping):
        raise ValueError(f"a mapping from {', '.join(CLASSES)} to what is wanted is needed here")
    rows = {}
    for name, row in value.items():
        if name not in CLASSES:
            raise ValueError(f"unknown class {name!r} (allowed: {', '.join(CLASSES)})")
        those = [{}] if row == "any" else [row] if isinstance(row, Mapping) else row
        if not isinstance(those, list) or not all(isinstance(r, Mapping) for r in those):
            raise ValueError(f"{name}: a list of mappings is wanted, or the word any")
        for row_of_class in those:
            _known_fields(name, row_of_class)
        rows[name] = tuple(dict(r) for r in those)
    return rows


def _known_fields(name: str, row: Mapping[str, Any]) -> None:
    allowed = sorted({f.name for f in fields(CLASSES[name])} - _OF_NO_USE)
    for key in row:
        if key not in allowed:
            raise ValueError(f"{name}: unknown field {key!r} (allowed: {', '.join(allowed)})")


Rows = Annotated[dict[str, tuple[dict[str, Any], ...]], BeforeValidator(_rows)]


class ExampleSpec(Strict):
    """One entry of `examples.yaml`."""

    sentence: Word
    published: date | None = None
    find: Rows = Field(default={})
    absent: Rows = Field(default={}, alias="not")

    @model_validator(mode="after")
    def _asks_something(self) -> ExampleSpec:
        if not self.find and not self.absent:
            raise ValueError("this example asks for nothing; say what to find, or what must not be found under not")
        return self


_LIST = TypeAdapter(list[ExampleSpec])
