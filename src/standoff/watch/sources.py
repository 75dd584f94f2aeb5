"""What is to be watched: FEEDS.yaml, checked at the door; an error says in which line."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from standoff.errors import InputError, RefusedAddress
from standoff.pack.files import StrictLoader
from standoff.watch.addresses import normal

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_MOST_BYTES = 1_000_000


def duration(value: object) -> timedelta:
    """A length of time such as 30s, 15m, 2h, 1d. Raises ValueError."""
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(f"{value!r} is no length of time: write it as 30s, 15m, 2h or 1d")
    return timedelta(**{_UNITS[found[2]]: float(found[1])})


def interval(value: object) -> timedelta:
    """How often to look: a `duration` of a minute or more, so that nobody is asked without pause."""
    every = duration(value)
    if every < timedelta(minutes=1):
        raise ValueError("once a minute is the most often that anything is watched")
    return every


def _address(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("an address is wanted here")
    try:
        return normal(value)
    except RefusedAddress as error:
        raise ValueError(str(error)) from error


def _list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Address = Annotated[str, BeforeValidator(_address)]
Words = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_list)]


class Source(BaseModel):
    """One thing to watch: a feed, a page or a folder.

    `outlet` is who publishes there; `only`: of a feed, the entries in whose title or summary one of these words
    stands; `most`: of a feed, so many of its first entries.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    feed: Address | None = None
    page: Address | None = None
    folder: str | None = None
    outlet: str | None = None
    only: Words = ()
    most: int = Field(default=100, ge=1, le=1_000)

    @model_validator(mode="after")
    def _one_of_three(self) -> Source:
        if sum(value is not None for value in (self.feed, self.page, self.folder)) != 1:
            raise ValueError("a source is one of feed, page or folder")
        if self.only and self.feed is None:
            raise ValueError("only goes with a feed")
        return self

    @property
    def kind(self) -> Literal["feed", "page", "folder"]:
        return "feed" if self.feed else "page" if self.page else "folder"

    @property
    def address(self) -> str:
        return self.feed or self.page or self.folder or ""


class Sources(BaseModel):
    """All that is watched. `every`: how often; `pause`: between two requests to one host; `pack`: read with it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pack: str | None = None
    every: Annotated[timedelta, BeforeValidator(interval)] = timedelta(minutes=15)
    pause: Annotated[timedelta, BeforeValidator(duration)] = timedelta(seconds=2)
    sources: tuple[Source, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Sources:
        seen: set[str] = set()
        for source in self.sources:
            if source.address in seen:
                raise ValueError(f"{source.address} stands twice among the sources")
            seen.add(source.address)
        return self


def load_sources(path: Path) -> Sources:
    """Read FEEDS.yaml; folders in it are beside it. Raises InputError with the line of each error."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path}: larger than {_MOST_BYTES // 1_000_000} MB: it is no list of sources")
        text = path.read_text(encoding="utf-8")
        data, tree = yaml.load(text, Loader=StrictLoader), yaml.compose(text, Loader=StrictLoader)  # safe loaders
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: not valid YAML: {' '.join(str(error).split())[:300]}") from error
    if not isinstance(data, dict):
        raise InputError(f"{path}: a mapping is wanted, with keys out of: {', '.join(Sources.model_fields)}")
    try:
        found = Sources.model_validate(data)
    except ValidationError as error:
        raise InputError("\n".join(_explained(path, tree, item) for item in error.errors())) from error
    sources = [s.model_copy(update={"folder": _beside(path, s.folder)}) if s.folder else s for s in found.sources]
    return found.model_copy(update={"sources": tuple(sources)})


def _beside(path: Path, folder: str) -> str:
    return str((path.absolute().parent / Path(folder).expanduser()).resolve())


def _explained(path: Path, tree: yaml.Node | None, item: Any) -> str:
    what = item["msg"].removeprefix("Value error, ")
    if item["type"] == "extra_forbidden":
        known = Source.model_fields if len(item["loc"]) > 1 else Sources.model_fields
        what = f"unknown key {item['loc'][-1]!r}; known are {', '.join(known)}"
    place = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in item["loc"]).lstrip(".")
    return f"{path}, line {_line(tree, item['loc'])}: {place + ': ' if place else ''}{what}"


def _line(node: yaml.Node | None, loc: tuple[int | str, ...]) -> int:
    """The line, from 1, in which the thing stands that `loc` leads to, as far as it can be followed."""
    line = node.start_mark.line if node else 0
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
    return int(line) + 1
