"""A pack's YAML files: where they lie, read strictly, with errors that say which file and what to do."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from standoff.errors import PackError
from standoff.pack.schema import PackFile, PartFile, Strict

LIBRARY = Path(__file__).parent / "library"
EXAMPLES = "examples.yaml"

Spec = TypeVar("Spec", bound=Strict)

_DEEPEST = 40  # what is nested deeper ends the parser, which is written in C, and us with it
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictLoader(_SAFE):  # type: ignore[misc]
    """Safe YAML where a key stands once and only true and false are truth values (NO is Norway, not false).

    Aliases (`*name`) are refused, since a few lines of them may stand for gigabytes, and so is what is nested deeply.
    """

    def __init__(self, stream: str) -> None:
        depth = 0
        for event in yaml.parse(stream, Loader=_SAFE):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise yaml.YAMLError(f"an alias (*{event.anchor}): write it out")
            if depth > _DEEPEST:
                raise yaml.YAMLError("it is nested too deeply")
        super().__init__(stream)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.MarkedYAMLError(problem="this key is not a plain word", problem_mark=key_node.start_mark)
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, rules in StrictLoader.yaml_implicit_resolvers.items()
}


def built_in() -> tuple[str, ...]:
    """Names of the packs in the library, sorted."""
    return tuple(sorted(p.parent.name for p in LIBRARY.glob("*/pack.yaml")))


def locate(name_or_dir: str | Path, beside: Path | None = None) -> Path:
    """The pack's `pack.yaml`: a built-in pack by its name, a folder, or a single YAML file.

    `beside` is the folder that relative paths of an `include` start from. Raises PackError if nothing is there.
    """
    if isinstance(name_or_dir, str) and name_or_dir in built_in():
        return LIBRARY / name_or_dir / "pack.yaml"
    path = Path(name_or_dir)
    if beside is not None and not path.is_absolute():
        path = beside / path
    if path.is_file():
        return path
    if (path / "pack.yaml").is_file():
        return path / "pack.yaml"
    if path.is_dir():
        raise PackError(f"{path}: this folder has no pack.yaml; write one with id, title, between and parties")
    raise PackError(
        f"no pack {str(name_or_dir)!r}: name a built-in one ({', '.join(built_in())}), "
        "a folder with a pack.yaml, or a YAML file"
    )


def read_pack_file(path: Path) -> PackFile:
    """The pack's main file, checked. Raises PackError."""
    return _checked(path, PackFile)


def read_part_files(path: Path) -> tuple[tuple[Path, PartFile], ...]:
    """The files beside a `pack.yaml`, in order of name; a pack in a file of another name stands alone."""
    if path.name != "pack.yaml":
        return ()
    parts = sorted(p for p in path.parent.glob("*.yaml") if p.name not in (path.name, EXAMPLES))
    return tuple((part, _checked(part, PartFile)) for part in parts)


def read_yaml(path: Path) -> Any:
    """The file's data. Raises PackError where it cannot be read, is no YAML, or has a key twice."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=StrictLoader)  # a safe loader, see above
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    except (yaml.YAMLError, ValueError) as error:
        raise PackError(f"{path}: not valid YAML: {_one_line(error)}") from error


def explain(path: Path, error: ValidationError) -> PackError:
    """The error in words: file, place and what is wrong there, one line each."""
    lines = []
    for item in error.errors():
        place = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in item["loc"]).lstrip(".")
        what = item["msg"].removeprefix("Value error, ")
        lines.append(f"{path}: {place + ': ' if place else ''}{what}")
    return PackError("\n".join(lines))


def _checked(path: Path, spec: type[Spec]) -> Spec:
    data = read_yaml(path)
    if not isinstance(data, dict):
        allowed = ", ".join(spec.model_fields)
        raise PackError(f"{path}: a mapping is wanted here, with keys out of: {allowed}")
    try:
        return spec.model_validate(data)
    except ValidationError as error:
        raise explain(path, error) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
