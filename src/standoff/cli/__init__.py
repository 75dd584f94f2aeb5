"""The command line: parse, call, print. Tables and JSON on standard output, progress and messages on standard error.

Exit codes: 0 all went well, 1 something was skipped, 2 wrong use or nothing usable. Every command is a function;
which there are, under what name and with what example, is the table below.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from standoff import __version__
from standoff.cli import asking, exchange, lineage, packs, reading
from standoff.cli.printing import err, escaped
from standoff.errors import StandoffError

_COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("brief", reading.brief, "standoff brief reports/*.txt --meta meta.yaml -o brief.html"),
    ("ingest", reading.ingest, "standoff ingest reports/ --db talks.db"),
    ("annotate", reading.annotate, "standoff annotate reports/*.txt -o annotations/"),
    ("state", asking.state, "standoff state --db talks.db --as-of 2019-07-31"),
    ("search", asking.search, 'standoff search "soybeans tariff*" --party CN --move offer --since 2025-01'),
    ("export", exchange.export, "standoff export --db talks.db --format csv -o talks/"),
    ("import", exchange.import_, "standoff import talks.jsonl --db talks.db"),
    ("lineage", lineage.lineage, "standoff lineage reports/*.txt"),
    ("rebuild", reading.rebuild, "standoff rebuild --db talks.db"),
)
_PACK_COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("list", packs.pack_list, "standoff pack list"),
    ("check", packs.pack_check, "standoff pack check my-pack/"),
    ("try", packs.pack_try, "standoff pack try us-china-trade"),
)


def _group(help: str, commands: tuple[tuple[str, Callable[..., Any], str], ...], **more: Any) -> typer.Typer:
    group = typer.Typer(help=help, no_args_is_help=True, **more)
    for name, command, example in commands:
        group.command(name, epilog=f"Example: `{example}`")(command)
    return group


app = _group(
    "Reads news reports on a negotiation and keeps an evidence-pinned record of it.",
    _COMMANDS,
    name="standoff",
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.add_typer(_group("Packs: what is known of a negotiation before any report is read.", _PACK_COMMANDS), name="pack")


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line; foreseen failures end with their message and exit code 2."""
    try:
        app()
    except StandoffError as error:
        err.print(f"[red]standoff:[/red] {escaped(str(error))}")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
