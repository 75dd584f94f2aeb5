"""The commands `review ...`: what waits for a person, and what people decide."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from standoff import decisions, questions
from standoff.cli.opening import pack_of, record
from standoff.cli.options import DEFAULT_DB, AsJson, Db, PackName
from standoff.cli.printing import answer, err, escaped
from standoff.errors import InputError
from standoff.model.record import MOVE_TYPES
from standoff.model.review import Review
from standoff.show import reviews as shown
from standoff.store import Store

Who = Annotated[str | None, typer.Option("--who", help="Who decides; your user name by default.")]
Note = Annotated[str | None, typer.Option("--note", help="Why, in a few words.")]
Id = Annotated[str, typer.Argument(help="A record's id, or the beginning of it.", metavar="ID")]
ReportName = Annotated[str, typer.Argument(help="A report's name or id, or the beginning of it.", metavar="REPORT")]
Set = Annotated[
    list[str] | None, typer.Option("--set", help="A field and its value: by=US; nothing after = empties it.")
]
Quote = Annotated[
    str | None, typer.Option("--quote", help="Words of the report that show it, as they stand there; or start:end.")
]
Free = Annotated[bool, typer.Option("--free", help="Take parties and issues that the pack does not know.")]


def list_(
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    kind: Annotated[str | None, typer.Option("--class", help="statement, move, measure, contact or linkage.")] = None,
    party: Annotated[str | None, typer.Option("--party", help="Who acts or speaks: a code, such as CN.")] = None,
    move: Annotated[str | None, typer.Option("--move", help=f"{', '.join(MOVE_TYPES)}.")] = None,
    issue: Annotated[str | None, typer.Option("--issue", help="An issue of the pack, such as tariffs.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="A part of the outlet's name.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Published from then on: 2025-01, 2025-01-31.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Published up to then, the same way.")] = None,
    decided: Annotated[bool, typer.Option("--decided", help="With those that people decided on already.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 20,
    json_: AsJson = False,
) -> None:
    """What waits for a person, the most doubtful first, and why it is doubtful."""
    facets = questions.facets(party=party, move=move, issue=issue, outlet=outlet, since=since, until=until)
    with record(db) as store:
        known = questions.load(store, pack_of(store, pack))
        found = questions.queue(known, store.screenings(), of=kind, facets=facets, decided=decided)
    some = found[:limit]
    answer(json_, shown.queue_values(known, some), shown.queue(known, some, len(found) - len(some)))


def show(id: Id, db: Db = DEFAULT_DB, pack: PackName = None, json_: AsJson = False) -> None:
    """One record: its words, as it stands and as the machine has it, and what was decided."""
    with record(db) as store:
        found = questions.reviewed(questions.load(store, pack_of(store, pack)), id)
    answer(json_, shown.reviewed_values(found), *shown.reviewed(found))


def accept(id: Id, db: Db = DEFAULT_DB, who: Who = None, note: Note = None, json_: AsJson = False) -> None:
    """The record is right: it stays as it is, whatever a later version finds."""
    with record(db) as store:
        _told(store, decisions.accept(store, id, who=_who(who), note=note), json_)


def reject(id: Id, db: Db = DEFAULT_DB, who: Who = None, note: Note = None, json_: AsJson = False) -> None:
    """The report does not say so: the record is out, and still to be seen with `show`."""
    with record(db) as store:
        _told(store, decisions.reject(store, id, who=_who(who), note=note), json_)


def correct(
    id: Id,
    set_: Set = None,
    quote: Quote = None,
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    free: Free = False,
    who: Who = None,
    note: Note = None,
    json_: AsJson = False,
) -> None:
    """Put fields of a record right, or the words that show it."""
    with record(db) as store:
        done = decisions.correct(
            store, pack_of(store, pack), id, _fields(set_), who=_who(who), note=note, evidence=quote, free=free
        )
        _told(store, done, json_)


def add(
    report: ReportName,
    quote: Annotated[str, typer.Option("--quote", help="Words of the report that show it; or start:end.")],
    kind: Annotated[str, typer.Option("--class", help="statement, move, measure, contact or linkage.")],
    set_: Set = None,
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    free: Free = False,
    who: Who = None,
    note: Note = None,
    json_: AsJson = False,
) -> None:
    """Add a record that was missed."""
    with record(db) as store:
        done = decisions.add(
            store, pack_of(store, pack), report, kind, quote, _fields(set_), who=_who(who), note=note, free=free
        )
        _told(store, done, json_)


def name(
    report: ReportName,
    mention: Annotated[str, typer.Argument(help="The name as the report writes it.")],
    stands_for: Annotated[str, typer.Argument(help="A party's code, an official's name, or none.", metavar="CODE")],
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    everywhere: Annotated[bool, typer.Option("--everywhere", help="In all reports of the record.")] = False,
    read_as: Annotated[str | None, typer.Option("--read-as", help="The party that it was taken for.")] = None,
    free: Free = False,
    who: Who = None,
    note: Note = None,
    json_: AsJson = False,
) -> None:
    """Put right whom a name stands for; the records that came of it follow."""
    with record(db) as store:
        done = decisions.name(
            store, pack_of(store, pack), report, mention, stands_for,
            who=_who(who), note=note, read_as=read_as, everywhere=everywhere, free=free,
        )  # fmt: skip
        _told(store, done, json_)


def retract(report: ReportName, db: Db = DEFAULT_DB, who: Who = None, note: Note = None, json_: AsJson = False) -> None:
    """A report counts no more; it is kept and marked."""
    with record(db) as store:
        _told(store, decisions.retract(store, report, who=_who(who), note=note), json_)


def reinstate(
    report: ReportName, db: Db = DEFAULT_DB, who: Who = None, note: Note = None, json_: AsJson = False
) -> None:
    """A retracted report counts again."""
    with record(db) as store:
        _told(store, decisions.reinstate(store, report, who=_who(who), note=note), json_)


def withdraw(
    decision: Annotated[str, typer.Argument(help="A decision's id (see `history`).", metavar="DECISION")],
    db: Db = DEFAULT_DB,
    who: Who = None,
    note: Note = None,
    json_: AsJson = False,
) -> None:
    """Take a decision back. It stays in the history."""
    with record(db) as store:
        _told(store, decisions.withdraw(store, decision, who=_who(who), note=note), json_)


def history(
    report: Annotated[str | None, typer.Argument(help="Only of this report.", metavar="[REPORT]")] = None,
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    unheld: Annotated[bool, typer.Option("--unheld", help="Only decisions that find nothing to hold on to.")] = False,
    json_: AsJson = False,
) -> None:
    """All decisions in their order: by whom, when, on what, and which were taken back."""
    with record(db) as store:
        known = questions.load(store, pack_of(store, pack))
        one = decisions.report_named(store, report).id if report else None
    found = [d for d in questions.review_history(known, one) if d.unheld or not unheld]
    answer(json_, shown.history_values(found), shown.history(found))


def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for one JSON file a report.")],
    db: Db = DEFAULT_DB,
    pack: PackName = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="Only reports of which every record was decided.")
    ] = False,
    texts: Annotated[bool, typer.Option("--texts", help="The texts, too, as .txt beside.")] = False,
    json_: AsJson = False,
) -> None:
    """Write the reports on which people decided as annotation JSON, to evaluate with: decisions applied."""
    with record(db) as store:
        known = questions.load(store, pack_of(store, pack))
    done = questions.evaluation(known, output, complete=complete, texts=texts)
    told = {"written": list(done.files), "complete": done.complete, "decided": done.decided, "records": done.records}
    if json_:
        answer(True, told)
    else:
        err.print(
            f"wrote {len(done.files)} reports to {output}, {done.complete} of them complete; "
            f"{done.decided} of their {done.records} records were decided on"
        )


def _who(given: str | None) -> str:
    if given:
        return given
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise InputError("your user name is not known; say who decides with --who NAME") from error


def _fields(given: Sequence[str] | None) -> dict[str, object]:
    pairs = [text.partition("=") for text in given or ()]
    if wrong := [field for field, equals, _ in pairs if not equals]:
        raise InputError(f"--set {wrong[0]}: give a field and its value, such as --set by=US")
    return {field.strip(): value for field, _, value in pairs}


def _told(store: Store, done: Review, json_: bool) -> None:
    report = store.report(done.report)
    name = report.name if report else done.report
    if json_:
        answer(True, {"decision": done.id, "action": done.action, "who": done.who, "report": name})
    else:
        err.print(f"{done.action} in {escaped(name)} by {escaped(done.who)}")
        err.print(f"to take it back: standoff review withdraw {done.id}")
