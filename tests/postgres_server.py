"""A PostgreSQL server for the tests: the one that DATABASE_URL names, or one of our own in a temporary folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url

PASSWORD = "tell:no@one/100%"  # signs that an address must escape
_SECONDS = 60


@dataclass
class Server:
    """`url` is that of a role that may make schemas, databases and roles."""

    url: URL
    own: bool
    _numbers: Iterator[int] = field(default_factory=count)
    _schemas: list[str] = field(default_factory=list)

    def address(self, schema: str | None = None, **other: Any) -> str:
        """The address of the database, or of one schema in it; `other` parts of it may be given."""
        url = self.url.set(**other)
        if schema:
            url = url.update_query_dict({"options": f"-csearch_path={schema}"})
        return url.render_as_string(hide_password=False)

    def schema(self) -> str:
        """A new schema, empty."""
        name = f"standoff_{os.getpid()}_{next(self._numbers)}"
        self.run(f"CREATE SCHEMA {name}")
        self._schemas.append(name)
        return name

    def place(self) -> str:
        """The address of a new and empty place for a record."""
        return self.address(self.schema())

    def run(self, *statements: str, **other: Any) -> list[Any]:
        """Run statements; the rows of the last one."""
        import psycopg

        address = self.address(**other).replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def clear(self) -> None:
        for name in self._schemas:
            self.run(f"DROP SCHEMA {name} CASCADE")


@contextmanager
def running() -> Iterator[Server | None]:
    """A server while the block runs; None where there is none."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        yield None
        return
    if named := os.environ.get("DATABASE_URL"):
        server = Server(make_url(named), own=False)
        try:
            yield server
        finally:
            server.clear()
        return
    programs = _programs()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="standoff-postgres-", dir=_memory()))
    try:
        with started(programs, folder) as url:
            yield Server(url, own=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """A file system in memory, where it has room: thousands of small files come and go."""
    shared = Path("/dev/shm")
    roomy = os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 2**31
    return shared if roomy else None


def _programs() -> Path | None:
    """The folder of `initdb` and `postgres`: Debian keeps them off the path, one folder a version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    return max(versions, key=lambda path: int(path.parent.name)) if versions else None


def _unprivileged() -> list[str]:
    """What makes a command run as a user whom the server accepts: it refuses root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={_user()}", f"--regid={_user()}", "--clear-groups", "--pdeathsig=TERM"]


def _user() -> str:
    import pwd

    try:
        return str(pwd.getpwnam("postgres").pw_uid)
    except KeyError:
        return "65534"


@contextmanager
def started(programs: Path, folder: Path) -> Iterator[URL]:
    """Make a cluster in the folder and serve it on a free port of this machine."""
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    if os.geteuid() == 0:
        for path in (folder, secret):
            os.chown(path, int(_user()), -1)
    made = [programs / "initdb", "-D", folder / "data", "-U", "ana", "-A", "scram-sha-256", f"--pwfile={secret}"]
    told = ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    if "--icu-locale" in subprocess.run([programs / "initdb", "--help"], capture_output=True, text=True).stdout:
        told += [
            "--locale-provider=icu",
            "--icu-locale=en-US",
        ]  # so that a wrong order is seen: not that of code points
    subprocess.run([*_unprivileged(), *made, *told], check=True, capture_output=True, cwd=folder)
    port = _free_port()
    with serving(programs, folder, port):
        yield URL.create("postgresql+psycopg", "ana", PASSWORD, "127.0.0.1", port, "postgres")


@contextmanager
def serving(programs: Path, folder: Path, port: int) -> Iterator[None]:
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), "port": port}
    settings |= {"fsync": "off", "full_page_writes": "off", "max_connections": 60}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    with (folder / "log").open("wb") as log:
        command = [*_unprivileged(), programs / "postgres", "-D", folder / "data", *options]
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            _wait(server, port, folder / "log")
            yield
        finally:
            server.send_signal(signal.SIGQUIT)  # stop at once, whoever is connected
            server.wait(_SECONDS)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    give_up = time.monotonic() + _SECONDS
    while server.poll() is None and time.monotonic() < give_up:
        if b"ready to accept connections" in log.read_bytes():
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start on port {port}: {log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
