"""The command `serve`: the record in a browser."""

from __future__ import annotations

import getpass
import json
import signal
import socket
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

import typer

from standoff.cli.options import DEFAULT_DB, AsJson, PackName
from standoff.cli.printing import err, escaped
from standoff.errors import InputError
from standoff.store.address import shown
from standoff.web.settings import Settings

DEFAULT_PORT = 8642
_SHUTDOWN = 25  # seconds that requests have to end: longer than any waits for a record


def serve(
    db: Annotated[
        list[str] | None,
        typer.Option(
            "--db",
            help="The record: a file, or postgresql://user@host/name; again for further ones.",
            metavar="FILE|URL",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at: this machine alone; with --auth any.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any that is free.")] = DEFAULT_PORT,
    pack: PackName = None,
    who: Annotated[str | None, typer.Option("--who", help="Who decides; your user name by default.")] = None,
    auth: Annotated[
        str | None,
        typer.Option("--auth", help="Ask for a login; its users (`standoff user add`).", metavar="FILE"),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A host name by which it is reached, such as a proxy's; again for more."),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the first page in the browser.")] = False,
    log: Annotated[
        str, typer.Option("--log", help="plain: only what goes wrong; json: all requests too, one object a line.")
    ] = "plain",
    json_: AsJson = False,
) -> None:
    """Serve records as pages on this machine, until it is stopped (Ctrl-C, SIGTERM): requests are answered first."""
    if log not in ("plain", "json"):
        raise InputError(f"there is no log {log!r}: plain, or json")
    files = list(db or [DEFAULT_DB])
    for file in files:
        if "://" not in file and not Path(file).is_file():
            raise InputError(f"there is no record at {file}; make one with: standoff ingest REPORT... --db {file}")
    names = tuple(sorted({one.strip().lower() for one in name or ()}))
    _allowed(host, who, auth, names)
    listening = _listening(host, port)
    settings = Settings(
        records=tuple(files), pack=pack, host=host.lower(), port=listening.getsockname()[1], names=names, auth=auth,
        who=who or ("" if auth else _user()),
    )  # fmt: skip
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"
    try:
        _run(settings, listening, address, open_, json_, log)
    finally:
        listening.close()


def _allowed(host: str, who: str | None, auth: str | None, names: tuple[str, ...]) -> None:
    """Raises InputError where strangers could read the record, or nobody could reach it."""
    if auth and who:
        raise InputError("with --auth decisions are signed by who logs in; leave --who out")
    if _loopback(host):
        return
    if not auth:
        raise InputError(
            f"{host} can be reached from other machines, and there is no login; use --host 127.0.0.1, or --auth FILE "
            "with users (standoff user add NAME --auth FILE)"
        )
    if host in ("0.0.0.0", "::") and not names:
        raise InputError(f"say by which name {host} is reached: --name talks.example.org")


def _user() -> str:
    """The user name; "" where it is not known: then nobody can decide anything before --who says who does."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _run(settings: Settings, listening: socket.socket, address: str, open_: bool, json_: bool, log: str) -> None:
    import uvicorn

    from standoff.web.app import create_app
    from standoff.web.logged import REQUESTS, log_json

    app = create_app(settings)
    files = [shown(record) for record in settings.records]
    if json_:
        print(json.dumps({"address": address, "records": files}), flush=True)
    clear = f"passwords reach {settings.host} in clear unless a proxy in front speaks https"
    if log == "json":
        log_json()
        REQUESTS.info("serving", extra={"fields": {"address": address, "records": files}})
        if not _loopback(settings.host):
            REQUESTS.warning(clear)
    else:
        if not _loopback(settings.host):
            err.print(f"[yellow]note[/yellow] {escaped(clear)}")
        err.print(f"serving {escaped(', '.join(files))} at [bold]{address}[/bold] (Ctrl-C stops)")
    if open_:
        typer.launch(address)
    how: dict[str, Any] = {"log_config": None, "access_log": False} if log == "json" else {"log_level": "warning"}
    config = uvicorn.Config(app, server_header=False, timeout_graceful_shutdown=_SHUTDOWN, **how)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn hands it on when the last request is answered
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
        uvicorn.Server(config).run(sockets=[listening])


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises InputError with what to do where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise InputError(
            f"cannot listen at {host}:{port} ({error.strerror}); choose another port, such as --port 0"
        ) from error
    return listening
