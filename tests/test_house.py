"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
DRAWERS = {"utils", "helpers", "common", "misc", "manager", "base", "util"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT / "src")))
def test_module_is_no_drawer_and_says_what_it_is_for(path: Path) -> None:
    assert path.stem not in DRAWERS
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, "a file over 400 lines is two rooms"
    assert ast.get_docstring(ast.parse(text)), "a module says in a docstring what it is for"


def test_extractors_and_cues_know_no_negotiation() -> None:
    """Parties, people and issues of one negotiation are pack data."""
    names = re.compile(r"\b(China|Chinese|Beijing|Washington|Trump|Huawei|Iran|Brexit|Taliban|Hamas)", re.IGNORECASE)
    for folder in ("extract", "screen", "lineage", "analyse"):
        for path in sorted((ROOT / "src" / "standoff" / folder).rglob("*")):
            if path.suffix not in (".py", ".yaml"):
                continue
            for line in path.read_text(encoding="utf-8").splitlines():
                code = line.split("#")[0] if path.suffix == ".yaml" else _without_prose(line)
                assert not names.search(code), f"{path.relative_to(ROOT)}: {line.strip()}"


def _without_prose(line: str) -> str:
    """A line of Python without its comment; examples in docstrings may name anybody."""
    return line.split("#")[0] if re.match(r"\s*(return|if|elif|\w+\s*=|\w+\(|for|while|yield)\b", line) else ""


def test_nothing_of_this_machine_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.split():
        path = ROOT / name
        if (
            path.suffix in (".py", ".md", ".yaml", ".toml", ".lock", ".j2")
            and path.is_file()
            and path != Path(__file__)
        ):
            found = re.search(r"/(?:work|root)/|--(?:index-url|find-links)[ =]", path.read_text(encoding="utf-8"))
            assert not found, name
