"""The commands `pack list`, `pack check`, `pack try`."""

from __future__ import annotations

from typing import Annotated

import typer

from standoff import pipeline, questions
from standoff.cli.options import AsJson
from standoff.cli.printing import answer, escaped
from standoff.show import tables


def pack_list(json_: AsJson = False) -> None:
    """The built-in packs."""
    rows = questions.packs()
    answer(json_, rows, tables.packs(rows))


def pack_check(
    name: Annotated[str, typer.Argument(metavar="NAME|DIR", help="A built-in pack, a folder, or a YAML file.")],
    json_: AsJson = False,
) -> None:
    """Look a pack over: what would mislead, and where."""
    chosen, findings = pipeline.checked(name)
    told = [{"kind": f.kind, "where": f.where, "message": f.message} for f in findings]
    shown = tables.findings(chosen, findings) if findings else f"{chosen.id}: nothing in it that would mislead"
    answer(json_, {"pack": chosen.id, "findings": told}, shown)
    raise typer.Exit(1 if findings else 0)


def pack_try(
    name: Annotated[str, typer.Argument(metavar="NAME|DIR", help="A built-in pack, a folder, or a YAML file.")],
    json_: AsJson = False,
) -> None:
    """Read the pack's own example sentences and say which are not found as they should be."""
    count, failed = pipeline.try_pack(name)
    told = f"{count} examples, {len(failed)} expectations not met"
    answer(json_, {"examples": count, "failed": list(failed)}, *map(escaped, failed), told)
    raise typer.Exit(1 if failed else 0)
