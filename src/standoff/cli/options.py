"""The options that several commands share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

Reports = Annotated[
    list[str] | None,
    typer.Argument(help="Files or folders (.txt .html .jsonl); - for standard input.", metavar="REPORT..."),
]
Db = Annotated[str | None, typer.Option("--db", help="The record's file.", metavar="FILE|URL")]
PackName = Annotated[
    str | None,
    typer.Option(
        "--pack", help="A built-in pack's name, or a folder; found from the reports by default.", metavar="NAME|DIR"
    ),
]
Parties = Annotated[
    str | None, typer.Option("--parties", help="Instead of a pack: the states that negotiate.", metavar="US,IR,...")
]
Meta = Annotated[
    str | None, typer.Option("--meta", help="YAML: file name → published, outlet, title, url.", metavar="FILE")
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day asked about; the newest in the record by default."),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
DEFAULT_DB = "standoff.db"
