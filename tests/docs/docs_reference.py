"""The reference as it is made from the code: commands, fields of records, answers as JSON, addresses of the server."""

from __future__ import annotations

import dataclasses
import inspect
import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer
from typer.testing import CliRunner

from standoff import pipeline
from standoff.cli import app
from standoff.model.lineage import Relation
from standoff.model.record import RECORD_CLASSES, Record
from standoff.model.report import Provenance, Published, Report
from standoff.model.review import Review
from standoff.web.app import create_app
from standoff.web.settings import Settings

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
MADE = "<!-- Made from the code by `make docs`; do not edit. -->"


def page(title: str, parts: Iterable[str]) -> str:
    """A page of the reference."""
    return "\n".join([f"# {title}", "", MADE, "", *parts]).rstrip() + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table; signs that would end a cell are escaped."""
    columns = list(head)
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in row)} |"
    yield ""


# -- commands -----------------------------------------------------------------------------------------------------


def commands() -> str:
    """Every command with its arguments, options and example, as the parser has them."""
    root = typer.main.get_command(app)
    first = [
        "`standoff COMMAND --help` says the same. Exit codes: 0 all went well, 1 something was skipped or is in trouble,",
        "and was said, 2 wrong use or nothing usable. Answers go to standard output, progress and messages to standard",
        "error; `--json` prints nothing but one JSON value.",
        "",
    ]
    return page(
        "Commands", [*first, *(line for name, cmd in _leaves(root, "standoff") for line in _command(name, cmd))]
    )


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    for called, sub in getattr(command, "commands", {}).items():
        if hasattr(sub, "commands"):
            yield from _leaves(sub, f"{name} {called}")
        else:
            yield f"{name} {called}", sub


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden and p.name != "help"]
    shown = [_metavar(p) for p in arguments]
    yield f"## {name}"
    yield ""
    yield _flat(command.help)
    yield ""
    yield f"`{' '.join([name, *(['[OPTIONS]'] if options else []), *shown])}`"
    yield ""
    told = [(f"`{m}`", "", _flat(getattr(p, "help", ""))) for p, m in zip(arguments, shown, strict=True)]
    told += [(", ".join(f"`{o}`" for o in p.opts), _value(p), _flat(p.help) + _default(p)) for p in options]
    yield from table(("argument, option", "value", "what it does"), told)
    yield f"{_flat(command.epilog)}"
    yield ""


def _metavar(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


def _value(option: Any) -> str:
    if option.is_flag:
        return ""
    kind = option.type_descriptor.annotation.__name__
    metavar = option.metavar or {"datetime": "YYYY-MM-DD", "Path": "PATH", "int": "N", "str": "TEXT"}.get(kind, kind)
    return f"`{metavar}`" + ("; may be repeated" if option.multiple else "")


def _default(option: Any) -> str:
    if option.is_flag or option.default in (None, "", ()) or callable(option.default):
        return ""
    return f" Default: `{option.default}`."


# -- records ------------------------------------------------------------------------------------------------------


def records() -> str:
    """The fields of reports, records and decisions, from the dataclasses."""
    first = [
        "What a record (in the wider sense: the database of one negotiation) holds. Exports and JSON answers have these",
        "names, with two changes: `type` of a move is written `move`, since `type` says the class; and `evidence` is a list",
        "of `{report, span, quote}`. A span is `[start, end]`: half-open, in code points of the report's text. A time is a",
        "day, a month, a year, or `first/last` with `..` for an open end.",
        "",
    ]
    classes: tuple[type, ...] = (Record, *RECORD_CLASSES, Report, Published, Provenance, Relation, Review)
    return page("Fields of records", [*first, *(line for cls in classes for line in _class(cls))])


def _class(cls: type) -> Iterator[str]:
    yield f"## {cls.__name__}"
    yield ""
    yield _flat(inspect.getdoc(cls))
    yield ""
    hints = typing.get_type_hints(cls)
    own = [f for f in dataclasses.fields(cls) if cls is Record or f.name not in {g.name for g in _above(cls)}]
    yield from table(
        ("field", "type", "if not given"), ((f"`{f.name}`", _hint(hints[f.name]), _absent(f)) for f in own)
    )


def _above(cls: type) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(Record) if issubclass(cls, Record) else ()


def _absent(field: dataclasses.Field[Any]) -> str:
    if not field.init:
        return "worked out"
    if field.default is dataclasses.MISSING:
        return "needed" if field.default_factory is dataclasses.MISSING else "empty"
    plainly = {None: "nothing", (): "none", False: "no", True: "yes"}
    return plainly.get(field.default, f"`{field.default}`")


def _hint(hint: Any) -> str:
    args = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return " or ".join("nothing" if arg is type(None) else _hint(arg) for arg in args)
    if origin is typing.Literal:
        return ", ".join(f"`{arg}`" for arg in args)
    if origin is tuple:
        return f"list of {_hint(args[0])}" if Ellipsis in args else f"[{', '.join(map(_hint, args))}]"
    if origin is not None:
        return f"{_named(origin)} of {' → '.join(map(_hint, args))}" if args else _named(origin)
    return _named(hint)


def _named(hint: Any) -> str:
    names = {"str": "text", "int": "whole number", "float": "number", "bool": "yes or no", "Span": "span", "When": "time",
             "date": "day", "datetime": "moment", "Mapping": "mapping", "Any": "any"}  # fmt: skip
    name = getattr(hint, "__name__", str(hint))
    return names.get(name, name)


# -- the server ---------------------------------------------------------------------------------------------------


def addresses() -> str:
    """Every address of the server with its parameters and answers, from its own description (OpenAPI)."""
    told = create_app(Settings(records=())).openapi()
    first = [
        "What `standoff serve` answers; `/openapi.json` of a running server describes the same for programs. HEAD is",
        "answered as GET is, without the body. Forms (POST) need the token of a page of the same server.",
        "",
        "Lists are a page, a CSV table and JSON at one address: `?format=csv`, `?format=json`, or an `Accept` header. As",
        "JSON they are `{negotiation, revision, as_of, known_at, total, rows}`. Every address of a record takes `as_of`",
        "(what had happened by a day) and `known_at` (what had been published by a day).",
        "",
    ]
    parts = [
        line for path, methods in told["paths"].items() for m, op in methods.items() for line in _op(told, path, m, op)
    ]
    return page("Addresses of the server", [*first, *parts])


_EVERYWHERE = frozenset({"slug", "as_of", "known_at", "format"})


def _op(told: dict[str, Any], path: str, method: str, op: dict[str, Any]) -> Iterator[str]:
    yield f"## {method.upper()} {path}"
    yield ""
    yield f"{op['summary']}. {_flat(op.get('description'))}".strip()
    yield ""
    own = [p for p in op.get("parameters", ()) if p["name"] not in _EVERYWHERE or "cite" in path]
    rows = [(f"`{p['name']}`", _schema(p["schema"]), _flat(p.get("description"))) for p in own]
    form = op.get("requestBody", {}).get("content", {}).get("application/x-www-form-urlencoded", {}).get("schema", {})
    rows += [
        (f"`{name}`", "field of the form", field["description"]) for name, field in form.get("properties", {}).items()
    ]
    if rows:
        yield from table(("parameter", "values", "what it does"), rows)
    good = next((a for status, a in op["responses"].items() if status in ("200", "303")), {})
    if fields := _row(told, good):
        yield f"Fields of a row: {fields}."
        yield ""
    elif good.get("content"):
        yield f"Answers: {', '.join(f'`{media}`' for media in good['content'])}."
        yield ""


def _schema(schema: dict[str, Any]) -> str:
    parts = [s for s in schema.get("anyOf", [schema]) if s.get("type") != "null" and "const" not in s]
    found = []
    for part in parts:
        one = part.get("items", part)
        choices = ", ".join(f"`{value}`" for value in one.get("enum", ()))
        found.append(
            (choices or one.get("format") or one.get("type", "")) + ("; repeatable" if part is not one else "")
        )
    return " or ".join(filter(None, found))


def _row(told: dict[str, Any], answer: dict[str, Any]) -> str:
    """The fields of the rows of a list."""
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    listed = _resolved(told, schema)
    row = _resolved(told, listed.get("properties", {}).get("rows", {}).get("items", {}))
    return ", ".join(f"`{name}`" for name in row.get("properties", {}))


def _resolved(told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = told["components"]["schemas"][name] if name else schema
    return found


# -- answers as JSON ----------------------------------------------------------------------------------------------

_QUESTIONS = (
    "state", "changes --since 2025-03-12", "history", "deadlock", "conflicts", "corroborate", "promises",
    "readouts 2025-03-fentanyl-tariffs 2025-03-fentanyl-demands", "tariffs --weights weights.csv", "date", "lineage",
    "search tariffs", "review list", "review history", "review show {id}", "pack list", "pack check us-china-trade",
)  # fmt: skip


def answers() -> str:
    """What each question prints with `--json`, as the record of the examples has it."""
    first = [
        "With `--json` every command prints one JSON value. `evidence` is a list of `{report, span}`: the report's name and",
        "`[start, end]`, half-open, in code points of its text. Days are ISO 8601. `…` stands for a plain value; what is",
        "unknown is `null`. The shapes are those of the answers on the example reports.",
        "",
    ]
    with TemporaryDirectory() as folder:
        rows = [
            (f"`{command.split(' --')[0].split(' {')[0]}`", f"`{spelled(shape(value))}`")
            for command, value in _asked(folder)
        ]
    words = [
        "Words: `kind` of a position is a type of move; `met` taken up, refused, disputed, unanswered; `done` delivered,",
        "partly, not yet, contradicted, not stated; `verdict` agreed, one-sided, contradicted; `strength` stated, by-source,",
        "implied. The fields of records are in [records](records.md).",
    ]
    return page("Answers as JSON", [*first, *table(("command", "answer"), rows), *words])


def _asked(folder: str) -> Iterator[tuple[str, Any]]:
    db, weights = f"{folder}/talks.db", Path(folder) / "weights.csv"
    weights.write_text("by,on,goods,weight\nUS,CN,toys,30\n", encoding="utf-8")
    files, meta = pipeline.examples_of("us-china-trade")
    _printed(["ingest", *files, "--meta", str(meta), "--db", db, "--pack", "us-china-trade", "--json"])
    first = _printed(["review", "list", "--db", db, "--json"])[0]["id"]
    for command in _QUESTIONS:
        words = command.replace("weights.csv", str(weights)).replace("{id}", first).split()
        yield command, _printed([*words, *(["--db", db] if words[0] != "pack" else []), "--json"])


def _printed(words: list[str]) -> Any:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, (words, result.output, result.exception)
    return json.loads(result.stdout)


def shape(value: Any) -> Any:
    """What a JSON value is made of: keys in their order, lists by what their items have in common."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        merged: Any = None
        for item in map(shape, value):
            merged = _merged(merged, item)
        return [merged]
    return None


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _merged(one.get(key), other.get(key)) for key in [*one, *(k for k in other if k not in one)]}
    if isinstance(one, list) and isinstance(other, list):
        return [_merged(one[0], other[0])]
    return other if one is None else one


def spelled(found: Any) -> str:
    """A shape in one line: `{as_of, positions: [{party, evidence: [{report, span}]}]}`."""
    if isinstance(found, dict):
        return (
            "{"
            + ", ".join(
                key + (f": {spelled(item)}" if item not in (None, [None]) else "") for key, item in found.items()
            )
            + "}"
        )
    return f"[{spelled(found[0])}]" if isinstance(found, list) else "…"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands, "records.md": records, "http.md": addresses, "answers.md": answers,
}  # fmt: skip
"""File → what makes it."""
