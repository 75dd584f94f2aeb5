"""What is known of a report beside its text, and which of it counts.

Said by the user for a file (`--meta`), before its sidecar `<file>.meta.yaml`, before the fields of its JSON line,
before the metadata of its page, before what its text says of itself. Nothing is concluded from the clock or the
file system.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import PurePath

import yaml

from standoff.errors import InputError
from standoff.model.report import Basis, Provenance, Published, Report
from standoff.read.dateline import full_date, published_in
from standoff.read.decode import without_surrogates

SIDECAR = ".meta.yaml"

_MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of one report beside its text; None where it is not."""

    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


KEYS: tuple[str, ...] = tuple(f.name for f in fields(Metadata))


@dataclass(frozen=True, slots=True)
class Layer:
    """Metadata from one place: what it rests on, and why in one plain line."""

    metadata: Metadata
    basis: Basis
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format's reader makes of the bytes: the text, what the format itself says of it, and the reader."""

    text: str
    reader: str
    layers: tuple[Layer, ...] = ()


def load_meta(path: str) -> dict[str, Metadata]:
    """What the user knows of the reports, by file name: `{published, outlet, title, url}`, each of them optional.

    Raises InputError where the file cannot be read, is not such a mapping, or has a key that is not known.
    """
    content = _load(path)
    if not isinstance(content, dict):
        raise InputError(f"{path}: it must map file names to {{{', '.join(KEYS)}}}")
    found: dict[str, Metadata] = {}
    for name, entry in content.items():
        if not isinstance(name, str):
            raise InputError(f"{path}: the file name {name!r} must be text: put it in quotes")
        found[name] = _metadata(entry, f"{path}: {name}")
    return found


def sidecar(path: str) -> Layer | None:
    """What stands in `<path>.meta.yaml`; None where there is no such file. Raises InputError where it is malformed."""
    beside = path + SIDECAR
    if not os.path.isfile(beside):
        return None
    content = _load(beside)
    return Layer(_metadata(content, beside), "sidecar", f"said in {os.path.basename(beside)}")


def said(meta: Mapping[str, Metadata], path: str, name: str) -> tuple[Layer, ...]:
    """What the user says of the report: under its own name first, then under its path or the end of its path."""
    parts = PurePath(path).parts
    keys = [name, path, *("/".join(parts[i:]) for i in range(len(parts)))]
    return tuple(Layer(meta[key], "user", f"said by the user for {key}") for key in dict.fromkeys(keys) if key in meta)


def settle(draft: Draft, name: str, provenance: Provenance, layers: tuple[Layer, ...]) -> Report:
    """The report: of each thing that may be known, what the first of `layers` and of the draft's own says."""
    order = (*layers, *draft.layers)
    values = [layer.metadata for layer in order]
    return Report(
        name=name,
        text=draft.text,
        outlet=next((m.outlet for m in values if m.outlet), None),
        title=next((m.title for m in values if m.title), None),
        url=next((m.url for m in values if m.url), None),
        published=_published(order) or published_in(draft.text),
        provenance=provenance,
    )


def plain(value: object) -> str | None:
    """A field's value as one line of text; None where it is empty or no text."""
    return " ".join(without_surrogates(value).split()) or None if isinstance(value, str) else None


def as_day(value: object) -> date | None:
    """The day that a field's value names: a date, or text such as 2025-03-12, 2025-03-12T08:00:00Z, March 12, 2025."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    return full_date(value)


def _published(order: tuple[Layer, ...]) -> Published | None:
    for layer in order:
        if layer.metadata.published:
            return Published(layer.metadata.published, layer.basis, layer.reason)
    return None


def _metadata(entry: object, where: str) -> Metadata:
    if entry is None:
        return Metadata()
    if not isinstance(entry, dict):
        raise InputError(f"{where}: it must be a mapping with the keys {', '.join(KEYS)}")
    unknown = sorted(str(key) for key in entry if key not in KEYS)
    if unknown:
        raise InputError(f"{where}: unknown key {', '.join(unknown)}; known are {', '.join(KEYS)}")
    day = as_day(entry.get("published"))
    if entry.get("published") is not None and day is None:
        raise InputError(f"{where}: published must be a day such as 2025-03-12, not {entry['published']!r}")
    return Metadata(published=day, **{key: _words(entry, key, where) for key in KEYS if key != "published"})


def _words(entry: dict[object, object], key: str, where: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{where}: {key} must be text, not {value!r}: put it in quotes")
    return plain(value)


class _Loader(yaml.SafeLoader):
    """YAML in which a key that stands twice is an error instead of hiding the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands twice", key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def _load(path: str) -> object:
    try:
        with open(path, "rb") as file:
            data = file.read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            raise InputError(f"{path}: larger than {_MAX_BYTES // 1_000_000} MB: split it")
        return yaml.load(data, Loader=_Loader)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise InputError(f"{path}: it is not valid YAML: {' '.join(str(error).split())[:200]}") from error
