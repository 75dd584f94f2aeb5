"""The options that several commands share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

Reports = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files, folders (.txt .html .pdf .jsonl .warc) or web addresses; - for standard input.",
        metavar="REPORT...",
    ),
]
Db = Annotated[
    str | None, typer.Option("--db", help="The record: a file, or postgresql://user@host/name.", metavar="FILE|URL")
]
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
EngineName = Annotated[
    str | None,
    typer.Option("--engine", help="Who works on the reports: local, or ray (a cluster).", metavar="local|ray"),
]
Count = Annotated[
    int | None, typer.Option("--processes", min=1, help="In how many processes; one by default.", metavar="N")
]
Address = Annotated[
    str | None, typer.Option("--address", help="Of a Ray cluster; this machine by default.", metavar="ADDRESS")
]
Limit = Annotated[float, typer.Option("--limit", min=0.1, help="Seconds that one report may take.", metavar="SECONDS")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Allow addresses of private networks and of this machine.")
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day asked about; the newest in the record by default."),
]
KnownAt = Annotated[
    datetime | None,
    typer.Option(
        "--known-at", formats=["%Y-%m-%d"], help="Only what could be known on that day: reports published by then."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
DEFAULT_DB = "standoff.db"
