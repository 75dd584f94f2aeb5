"""Reads cases written as text: a `## title`, the text in a `> ` line, then `- key=value ...` lines or `- nothing`."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """`expected` holds one mapping for each record that must be found, in the order of the text."""

    title: str
    text: str
    expected: tuple[dict[str, str], ...]


def read_cases(name: str) -> list[Case]:
    """The cases of `cases/<name>.md`. Raises ValueError for one without a text or without a line that says what to find."""
    found = []
    for block in (HERE / f"{name}.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        lines = block.strip().splitlines()
        text = "\n".join(line[2:] for line in lines if line.startswith("> "))
        wanted = [line[2:].strip() for line in lines if line.startswith("- ")]
        if not text or not wanted:
            raise ValueError(f"{name}: {lines[0]!r} has no text or nothing to find")
        expected = () if wanted == ["nothing"] else tuple(_pairs(line) for line in wanted)
        found.append(Case(lines[0].strip(), text, expected))
    return found


def _pairs(line: str) -> dict[str, str]:
    return dict(word.split("=", 1) for word in shlex.split(line))
