"""What the commands print: answers on standard output, progress and messages on standard error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from standoff import pipeline

out, err = Console(highlight=False), Console(stderr=True, highlight=False)


def answer(json_: bool, values: Any, *shown: Any) -> None:
    """JSON alone on standard output, or what people read."""
    if json_:
        print(json.dumps(values, ensure_ascii=False, indent=1))
    else:
        out.print(*shown, sep="\n")


@contextmanager
def progress() -> Iterator[pipeline.Progress]:
    columns = (
        SpinnerColumn(),
        TextColumn("reading"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda name: bar.update(task, advance=1, description=escaped(name[-50:]))


def say_skipped(run: pipeline.Run) -> None:
    for item in run.skipped:
        err.print(f"[yellow]skipped[/yellow] {escaped(item.path)}: {escaped(item.reason)}")


def say_run(run: pipeline.Run) -> None:
    say_skipped(run)
    for note in run.noted:
        err.print(f"[yellow]note[/yellow] {escaped(note)}")
    if run.added or run.known or run.skipped:
        err.print(
            f"{len(run.added)} reports read, {len(run.known)} known before, {len(run.skipped)} skipped; "
            f"{run.records} records"
        )


def finish(run: pipeline.Run) -> None:
    if run.skipped:
        raise typer.Exit(1)


def escaped(text: str) -> str:
    return text.replace("[", r"\[")
