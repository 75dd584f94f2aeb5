"""Commands that draw conclusions from the record: each parses, asks one question, and prints its answer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from standoff import questions
from standoff.cli.opening import day, known_of, pack_of, record, text_of
from standoff.cli.options import DEFAULT_DB, AsJson, AsOf, Db, KnownAt, PackName
from standoff.cli.printing import answer
from standoff.show import answers, tables

_DAY = ["%Y-%m-%d"]
_A_REPORT = "A report's name, the beginning of it, or its id."


def state(
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    issue: Annotated[str | None, typer.Option("--issue", help="Only this issue of the pack, such as tariffs.")] = None,
    party: Annotated[str | None, typer.Option("--party", help="Only this side: a code, such as US.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also what the newest reports no longer tell of.")] = False,
    json_: AsJson = False,
) -> None:
    """What each side demands, offers, refuses and threatens on each issue, as of a day.

    Two clocks: --as-of is when it happened, --known-at when it could be known. The table leaves out what no report
    of the newest period tells of; JSON has all.
    """
    known = known_of(db, pack, known_at)
    found = questions.state(known, day(as_of), issue, party)
    answer(json_, questions.state_json(known, found), *tables.state(known, found, everything=all_))


def changes(
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=_DAY, help="The last day of reports before the newest, by default."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=_DAY, help="The newest day in the record, by default.")
    ] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="By when reports came into the record, not when they were published.")
    ] = False,
    json_: AsJson = False,
) -> None:
    """What is new, changed, withdrawn, replaced, confirmed or contradicted since a day."""
    known = known_of(db, pack)
    found = questions.changes(known, day(since), day(until), recorded=recorded)
    answer(json_, questions.changes_json(known, found), *answers.changes(known, found))


def history(
    about: Annotated[str, typer.Argument(help="Only what has these words in its line.")] = "",
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    as_of: AsOf = None,
    json_: AsJson = False,
) -> None:
    """Each position and measure on every day that reports tell of it: NEW, CHANGED or STATIC."""
    known = known_of(db, pack)
    found = questions.histories(known, day(as_of), about)
    answer(json_, questions.histories_json(known, found), *answers.histories(known, found))


def deadlock(
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    account: Annotated[
        str | None, typer.Option("--account", help="By this side's account alone: a code, such as US.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=_DAY, help="By reports from then on; those of the last year, by default."),
    ] = None,
    json_: AsJson = False,
) -> None:
    """What waits for what, what can be done one after the other or only at once, and what would unlock the rest."""
    known = known_of(db, pack, known_at)
    found = questions.deadlock(known, day(as_of), account, day(since))
    answer(json_, questions.deadlock_json(known, found), *answers.deadlock(known, found))


def conflicts(
    db: Db = DEFAULT_DB, pack: PackName = None, as_of: AsOf = None, known_at: KnownAt = None, json_: AsJson = False
) -> None:
    """Accounts that cannot both be true, or that a report sets against each other; side by side, never settled."""
    known = known_of(db, pack, known_at)
    found = questions.conflicts(known, day(as_of))
    answer(json_, questions.conflicts_json(known, found), *answers.conflicts(known, found))


def corroborate(
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    known_at: KnownAt = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only statement, move, measure, contact or linkage.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many rows the table shows; JSON has all.")] = 40,
    json_: AsJson = False,
) -> None:
    """How many independent origins stand behind each fact, with the reliability of its source and its credibility."""
    with record(db) as store:
        known = questions.known_at(questions.load(store, pack_of(store, pack)), day(known_at))
        screenings = store.screenings()
    found = questions.corroborated(known, screenings, kind or ())
    answer(json_, questions.corroborated_json(known, found), *answers.corroborated(known, found, limit))


def readouts(
    a: Annotated[str, typer.Argument(metavar="A", help=_A_REPORT)],
    b: Annotated[str, typer.Argument(metavar="B", help="The other report.")],
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    json_: AsJson = False,
) -> None:
    """Two texts on one contact, act by act: agreed, one-sided or contradicted. Silence is no denial."""
    known = known_of(db, pack)
    found = questions.compared(known, a, b)
    answer(json_, questions.compared_json(known, found), *answers.compared(known, found))


def tariffs(
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    weights: Annotated[
        Path | None, typer.Option("--weights", help="CSV of yours with the columns by, on, goods, weight.")
    ] = None,
    json_: AsJson = False,
) -> None:
    """Tariff rates by date as reports name them: indicative, not a schedule. Threats never count as in force."""
    given = text_of(weights) if weights else None
    known = known_of(db, pack, known_at)
    found = questions.tariffs(known, day(as_of), given)
    answer(json_, questions.tariffs_json(known, found), *answers.tariffs(known, found))


def promises(
    db: Db = DEFAULT_DB, pack: PackName = None, as_of: AsOf = None, known_at: KnownAt = None, json_: AsJson = False
) -> None:
    """Was it put to them, and was it done? Demands with their answers, promises with what came of them."""
    known = known_of(db, pack, known_at)
    found = questions.promises(known, day(as_of))
    answer(json_, questions.promises_json(known, found), *answers.promises(known, found))
