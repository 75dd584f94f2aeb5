"""The docs say what the code does: the reference is made from it, and what they show is what is printed."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import docs_console
import docs_reference
import pytest

from standoff import pipeline

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
SHOWING = [path for path in (ROOT / "README.md", *PAGES) if any(docs_console.shown(path.read_text(encoding="utf-8")))]
HOW_TO = [ROOT / "README.md", DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]
STALE = "the docs are behind the code: `make docs` writes them anew (look at the difference)"
ELSEWHERE = re.compile(
    r"postgresql:|ray\b|--processes|wire-report|reports/more|https?:|standoff (serve|watch|user)\b|/var/|/tmp/|/mnt/|[msvc]-[0-9a-f]{8}\b|<|FEEDS|backup-|ID\b"
)
"""Commands that need a server, a network, somebody who types, or what another machine has: they are parsed alone."""


@pytest.fixture
def write(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--write-docs"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the tutorial has it: beside the sources, with nothing of its own."""
    (tmp_path / "src").symlink_to(ROOT / "src")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("USER", "ana")
    monkeypatch.setenv("LOGNAME", "ana")
    return tmp_path


@pytest.mark.parametrize("name", docs_reference.PAGES)
def test_the_reference_is_what_the_code_says(name: str, write: bool) -> None:
    made, path = docs_reference.PAGES[name](), docs_reference.FOLDER / name
    if write:
        path.write_text(made, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made, STALE


@pytest.mark.parametrize("path", SHOWING, ids=lambda p: p.stem)
def test_commands_print_what_the_docs_show(path: Path, folder: Path, write: bool) -> None:
    text = path.read_text(encoding="utf-8")
    _give(folder, path)
    if write:
        path.write_text(docs_console.brought_up_to_date(text), encoding="utf-8")
        return
    for item in docs_console.shown(text):
        printed = docs_console.ran(item.command)
        assert docs_console.agrees(item.output, printed), f"{STALE}: {item.command}\n" + "\n".join(printed)


def _give(folder: Path, page: Path) -> None:
    """Put the files that a page gives into a folder."""
    for name, words in docs_console.files(page.read_text(encoding="utf-8")).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")


@pytest.fixture(scope="module")
def world(examples: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the how-tos speak of: reports, a record of them, an export, weights, a pack."""
    made = tmp_path_factory.mktemp("how-to")
    (made / "src").symlink_to(ROOT / "src")
    files, meta = pipeline.examples_of("us-china-trade")
    for folder in ("reports", "my-reports", "archive"):
        (made / folder).mkdir()
        for file in files[:3]:
            shutil.copy(file, made / folder)
    shutil.copy(str(meta), made / "meta.yaml")
    (made / "weights.csv").write_text("by,on,goods,weight\nUS,CN,toys,30\n", encoding="utf-8")
    _give(made, DOCS / "how-to" / "pack.md")
    before = Path.cwd()
    os.chdir(made)
    shutil.copy(examples, "talks.db")
    docs_console.ran("standoff export --db talks.db --format jsonl -o talks.jsonl")
    os.chdir(before)
    return made


@pytest.mark.parametrize("path", HOW_TO, ids=lambda p: p.stem)
def test_every_command_that_is_named_is_one(path: Path, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words are options and arguments that there are; those that need nothing else are run."""
    monkeypatch.chdir(world)
    text = path.read_text(encoding="utf-8")
    named = list(docs_console.plain_commands(text))
    assert named or any(docs_console.shown(text))
    for command in docs_console.inline_commands(text):
        docs_console.parsed(command, whole=False)
    for command in named:
        docs_console.parsed(command)
        if not ELSEWHERE.search(command):
            (world / "standoff.db").write_bytes((world / "talks.db").read_bytes())
            monkeypatch.setenv("USER", "ana")
            docs_console.done(command)


def test_the_example_of_each_command_is_one() -> None:
    examples = re.findall(r"^Example: `(.+)`$", docs_reference.commands(), re.MULTILINE)
    assert len(examples) > 30
    for example in examples:
        docs_console.parsed(example)
