"""The command line: parse, call, print. Tables and JSON on standard output, progress and messages on standard error.

Exit codes: 0 all went well, 1 something was skipped, 2 wrong use or nothing usable. Every command is a function;
which there are, under what name and with what example, is the table below.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

import typer

from standoff import __version__
from standoff.cli import analyses, asking, exchange, keeping, lineage, packs, reading, review, serve, user, watch
from standoff.cli.printing import err, escaped
from standoff.errors import StandoffError

_COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("brief", reading.brief, "standoff brief reports/*.txt --meta meta.yaml -o brief.html"),
    ("ingest", reading.ingest, "standoff ingest reports/ --db talks.db"),
    ("annotate", reading.annotate, "standoff annotate reports/*.txt -o annotations/"),
    ("state", analyses.state, "standoff state --db talks.db --as-of 2019-07-31 --known-at 2019-07-10"),
    ("changes", analyses.changes, "standoff changes --db talks.db --since 2025-03-01"),
    ("history", analyses.history, "standoff history fentanyl --db talks.db"),
    ("deadlock", analyses.deadlock, "standoff deadlock --db talks.db --as-of 2025-03-31 --account US"),
    ("conflicts", analyses.conflicts, "standoff conflicts --db talks.db"),
    ("corroborate", analyses.corroborate, "standoff corroborate --db talks.db --kind move"),
    ("promises", analyses.promises, "standoff promises --db talks.db"),
    ("readouts", analyses.readouts, "standoff readouts readout-us readout-cn --db talks.db"),
    ("tariffs", analyses.tariffs, "standoff tariffs --db talks.db --weights weights.csv"),
    ("search", asking.search, 'standoff search "soybeans tariff*" --party CN --move offer --since 2025-01'),
    ("serve", serve.serve, "standoff serve --db talks.db --port 8642"),
    ("export", exchange.export, "standoff export --db talks.db --format csv -o talks/"),
    ("import", exchange.import_, "standoff import talks.jsonl --db talks.db"),
    ("lineage", lineage.lineage, "standoff lineage reports/*.txt"),
    ("date", reading.date, "standoff date wire-report 2025-03-10 --db talks.db"),
    ("watch", watch.watch, "standoff watch FEEDS.yaml --db talks.db --every 15m --atom talks.atom"),
    ("rebuild", reading.rebuild, "standoff rebuild --db talks.db"),
    ("backup", keeping.backup, "standoff backup -o talks-monday.db --db talks.db"),
    ("restore", keeping.restore, "standoff restore talks-monday.db --db postgresql://standoff@localhost/talks"),
)
_PACK_COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("list", packs.pack_list, "standoff pack list"),
    ("check", packs.pack_check, "standoff pack check my-pack/"),
    ("try", packs.pack_try, "standoff pack try us-china-trade"),
)
_REVIEW_COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("list", review.list_, "standoff review list --db talks.db --class move --party CN"),
    ("show", review.show, "standoff review show m-88579f01 --db talks.db"),
    ("accept", review.accept, "standoff review accept m-88579f01 --db talks.db"),
    ("reject", review.reject, 'standoff review reject m-88579f01 --note "a question, no demand" --db talks.db'),
    ("correct", review.correct, "standoff review correct m-88579f01 --set by=US --set issue=tariffs --db talks.db"),
    (
        "add",
        review.add,
        'standoff review add wire-report --class move --quote "will lift its duty" --set type=ease --set by=US '
        '--set issue=tariffs --set "what=to lift the duty" --db talks.db',
    ),
    ("name", review.name, 'standoff review name wire-report "Washington" US --db talks.db'),
    ("retract", review.retract, 'standoff review retract wire-report --note "taken back by the outlet" --db talks.db'),
    ("reinstate", review.reinstate, "standoff review reinstate wire-report --db talks.db"),
    ("withdraw", review.withdraw, "standoff review withdraw v-1c5aa0b2 --db talks.db"),
    ("history", review.history, "standoff review history --db talks.db"),
    ("export", review.export, "standoff review export -o gold/ --db talks.db"),
)
_USER_COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("add", user.add, "standoff user add ana --auth users.json"),
    ("remove", user.remove, "standoff user remove ana --auth users.json"),
    ("list", user.list_, "standoff user list --auth users.json"),
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
app.add_typer(
    _group("Review: what people decide of the record; nothing is ever deleted.", _REVIEW_COMMANDS), name="review"
)

app.add_typer(_group("Users: who may log in to `serve --auth`.", _USER_COMMANDS), name="user")


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(__version__)
        raise typer.Exit


COLLECT = (200_000, 50, 50)
"""How seldom the collector looks for circles: records are many, small and in none; by default it took a quarter."""


def main() -> None:
    """Run the command line; foreseen failures end with their message and exit code 2."""
    gc.set_threshold(*COLLECT)
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except StandoffError as error:
        err.print(f"[red]standoff:[/red] {escaped(str(error))}")
        sys.exit(2)
    except BrokenPipeError:
        _close_output()
        sys.exit(0)
    except OSError as error:  # a disk that is full, a page that cannot be written
        _close_output()
        where = f"{error.filename}: " if error.filename else ""
        err.print(f"[red]standoff:[/red] {escaped(f'{where}{error.strerror or error}')}; nothing in the record is lost")
        sys.exit(2)


def _close_output() -> None:
    """What could not be written is not tried again at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
