"""Commands in the docs: read out of their blocks, run, and compared with what the docs say they print.

A block marked `console` has commands after `$ ` and under each what it prints; `...` stands for the rest of it. In other
blocks a line that begins with `standoff` is a command, too, whose output is not shown.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from standoff.cli import app
from standoff.cli.printing import err, out
from standoff.errors import StandoffError

_BLOCK = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WIDTH = 100
REST = "..."


@dataclass(frozen=True, slots=True)
class Shown:
    """A command of a console block, what is under it, and where that stands in the page."""

    command: str
    output: tuple[str, ...]
    start: int
    end: int


def shown(text: str) -> Iterator[Shown]:
    """The commands of all console blocks of a page."""
    for block in _BLOCK.finditer(text):
        if block[1] != "console":
            continue
        at, found = block.start(3), list[tuple[str, int, int]]()
        for line in block[3].splitlines(keepends=True):
            if line.startswith("$ "):
                found.append((line[2:].strip(), at + len(line), at + len(line)))
            elif found:
                found[-1] = (*found[-1][:2], at + len(line))
            at += len(line)
        for command, start, end in found:
            yield Shown(command, tuple(text[start:end].splitlines()), start, end)


def files(text: str) -> dict[str, str]:
    """The files that a page gives: blocks with a name behind their kind (`yaml harbour.yaml`)."""
    return {block[2]: block[3] for block in _BLOCK.finditer(text) if block[2]}


def plain_commands(text: str) -> Iterator[str]:
    """The commands of all other blocks, those over several lines in one."""
    for block in _BLOCK.finditer(text):
        if block[1] in ("", "sh", "bash"):
            for line in re.sub(r"\\\n\s*", "", block[3]).splitlines():
                command = re.sub(r"^\S*/standoff ", "standoff ", line.strip()).partition("  #")[0]
                command = re.sub(r"\$\([^)]*\)", "x", re.split(r" (?:<|&&|\|) ", command)[0])
                if command.startswith("standoff "):
                    yield command.strip()


def inline_commands(text: str) -> Iterator[str]:
    """The commands that stand in sentences with an option or an argument: `standoff state --db talks.db`."""
    yield from (
        span for span in re.findall(r"`(standoff [^`\n]*--[^`\n]*)`", _BLOCK.sub("", text)) if "..." not in span
    )


def ran(command: str) -> list[str]:
    """What a command prints here, on a terminal of 100 columns; both streams as they come, no blanks at ends of lines."""
    name, *words = shlex.split(command)
    if name == "ls":
        return sorted(os.listdir(words[0] if words else "."))
    assert name == "standoff", command
    with _width(_WIDTH):
        result = CliRunner().invoke(app, [str(w) for word in words for w in _expanded(word)])
    assert result.exception is None or isinstance(result.exception, SystemExit | StandoffError), result.exception
    told = result.output if not isinstance(result.exception, StandoffError) else f"standoff: {result.exception}"
    lines = [line.rstrip() for line in told.rstrip().splitlines()]
    return lines[next((n for n, line in enumerate(lines) if line), 0) :]


@contextmanager
def _width(columns: int) -> Iterator[None]:
    """As wide as that, whatever the terminal or the process that runs the tests says."""
    before = [(console, console._width) for console in (out, err)]
    for console, _ in before:
        console.width = columns
    try:
        yield
    finally:
        for console, width in before:
            console._width = width


def parsed(command: str, whole: bool = True) -> None:
    """Raises where the parser does not take a command; one that is not `whole` may lack what it needs."""
    words, found = shlex.split(command)[1:], get_command(app)
    while hasattr(found, "commands"):
        if not words or words[0] in ("--help", "--version"):
            return
        found = found.commands[words.pop(0)]
    try:
        if "--help" not in words:
            found.make_context("standoff", [str(w) for word in words for w in _expanded(word)])
    except Exception as error:
        if whole or type(error).__name__ not in ("MissingParameter", "BadOptionUsage"):
            raise


def done(command: str) -> None:
    """Run a command that must go well, or well but for what it skipped."""
    words = [str(w) for word in shlex.split(command)[1:] for w in _expanded(word)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code in (0, 1), (command, result.output, result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)


def _expanded(word: str) -> list[str]:
    found = sorted(map(str, Path().glob(word))) if "*" in word and not Path(word).is_absolute() and "/" in word else []
    return found or [word]


def agrees(told: tuple[str, ...], printed: list[str]) -> bool:
    """Whether a page tells what was printed, all of it or the beginning."""
    if told and told[-1] == REST:
        return list(told[:-1]) == printed[: len(told) - 1]
    return list(told) == printed


def brought_up_to_date(text: str) -> str:
    """The page with what its commands print now, as many lines of each as before."""
    parts, at = [], 0
    for item in shown(text):
        printed = ran(item.command)
        cut = bool(item.output) and item.output[-1] == REST
        lines = [*printed[: len(item.output) - 1], REST] if cut else printed
        parts += [text[at : item.start], "".join(line + "\n" for line in lines)]
        at = item.end
    return "".join([*parts, text[at:]])
