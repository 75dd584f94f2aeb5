"""What is installed may be used; what foreign text could run is not in the code."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
import yaml
from licences import allowed, installed
from vulnerabilities import found

from standoff.pack import files
from standoff.read import metadata

SRC = Path(__file__).resolve().parents[2] / "src"
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.unsafe_load", "yaml.full_load",
                   "pickle.load", "marshal.loads", "shelve.open", "tempfile.mktemp", "subprocess.getoutput"}  # fmt: skip
PICKLED = {"batch/crew.py", "batch/local.py", "batch/ray.py"}
"""Where objects go between a driver and the workers that it started, and nowhere else."""


def test_every_installed_licence_is_accepted() -> None:
    refused = [(name, told) for name, _, told in installed() if not allowed(told)]
    assert refused == []


@pytest.mark.parametrize(
    ("expression", "accepted"),
    [
        ("MIT", True), ("MIT AND PSF-2.0", True), ("MPL-1.1 OR GPL-2.0-only", True), ("(MIT OR GPL-3.0-only) AND ISC", True),
        ("GPL-3.0-only", False), ("MIT AND AGPL-3.0-only", False), ("", False), ("MIT-like", False),
    ],
)  # fmt: skip
def test_a_choice_of_licences_is_ours_to_make(expression: str, accepted: bool) -> None:
    assert allowed(expression) is accepted


def test_vulnerabilities_are_told_and_a_service_that_fails_is_known_from_none() -> None:
    one = {"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}
    assert found(json.dumps({"dependencies": [one, {"name": "b", "version": "1", "vulns": []}]})) == [
        "a 1: X-1, fixed in 2"
    ]
    assert found(json.dumps({"dependencies": []})) == []
    assert found("ERROR: no service") is None


def test_loaders_of_yaml_are_safe_ones() -> None:
    for loader in (files.StrictLoader, metadata._Loader):
        assert any(kind.__name__ == "SafeConstructor" for kind in loader.__mro__)
        for words in ("!!python/object/apply:os.getcwd []", "!!python/name:os.getcwd ''"):
            with pytest.raises(yaml.YAMLError):
                yaml.load(words, Loader=loader)


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda p: p.relative_to(SRC).as_posix())
def test_nothing_foreign_can_be_run(path: Path) -> None:
    place = path.relative_to(SRC / "standoff").as_posix()
    for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
        name = ast.unparse(call.func)
        assert name not in FORBIDDEN_CALLS, f"{place}:{call.lineno}"
        assert not any(k.arg == "shell" and ast.unparse(k.value) != "False" for k in call.keywords), f"{place}: a shell"
        if name == "yaml.load":
            loader = {ast.unparse(k.value) for k in call.keywords if k.arg == "Loader"}
            assert loader in ({"StrictLoader"}, {"_Loader"}), f"{place}: yaml.load"
        if name == "pickle.loads":
            assert place in PICKLED, f"{place}:{call.lineno} reads a pickle"
        if name.endswith("XMLParser"):
            told = {k.arg: ast.unparse(k.value) for k in call.keywords}
            assert (told.get("resolve_entities"), told.get("no_network")) == ("False", "True"), f"{place}: XML"
