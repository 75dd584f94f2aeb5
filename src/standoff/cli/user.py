"""The commands `user ...`: who may log in where a record is served with `serve --auth`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.options import AsJson
from standoff.cli.printing import answer, err, escaped
from standoff.errors import InputError

Auth = Annotated[Path, typer.Option("--auth", help="The file of users; made where it is not there.", metavar="FILE")]
Name = Annotated[str, typer.Argument(help="The name to log in with; decisions are signed with it.")]


def add(
    name: Name,
    auth: Auth,
    replace: Annotated[bool, typer.Option("--replace", help="Give a known user another password.")] = False,
    stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input, one line.")
    ] = False,
) -> None:
    """Let somebody log in; asks for the password, and keeps only its argon2id hash."""
    from standoff.web import users  # here, since hashing needs a library that nothing else does

    password = sys.stdin.readline().rstrip("\r\n") if stdin else _asked()
    kept = users.add(auth, name, password, replace=replace)
    err.print(f"{escaped(kept)} may log in; serve with: standoff serve --auth {escaped(str(auth))}")


def remove(name: Name, auth: Auth) -> None:
    """Let somebody log in no more; sessions end at once, decisions stay."""
    from standoff.web import users

    users.remove(auth, name)
    err.print(f"{escaped(name)} may log in no more")


def list_(auth: Auth, json_: AsJson = False) -> None:
    """Who may log in."""
    from standoff.web import users

    names = sorted(users.Users(auth).hashes())
    answer(json_, names, *(escaped(name) for name in names))


def _asked() -> str:
    if not sys.stdin.isatty():
        raise InputError("there is no terminal to ask for the password; give it with --password-stdin")
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password
