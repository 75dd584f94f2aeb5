"""All that is peculiar to PostgreSQL: how it is opened, who writes, its guards, and what its errors mean.

Its full-text index stands in `vectors.py`. The functions are those that `dialect.py` asks for.
"""

from __future__ import annotations

import importlib.util
import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from standoff.errors import StoreError
from standoff.store.vectors import (
    create_index,
    empty_index,
    index,
    marked,
    matches,
    put_fingerprints,
    retitle,
    standing,
    unindex,
)

__all__ = [
    "COMPLAINTS", "advice", "create_guards", "create_index", "empty_index", "engine_for", "go_on_counting", "index",
    "insert", "make_ready", "marked", "matches", "put_fingerprints", "retitle", "shown", "standing", "tables",
    "unindex", "url_of",
]  # fmt: skip

WAIT_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

_KINDS = ("postgresql", "postgres", "postgresql+psycopg")
_LOCK = 0x5D0FF  # ours among the advisory locks of a database
_READ_COMMITTED, _REPEATABLE_READ = 2, 3  # psycopg.IsolationLevel

COMPLAINTS: tuple[type[Exception], ...] = (SQLAlchemyError, UnicodeEncodeError, OverflowError, sqlite3.Error)
"""What the database and its driver raise (SQLAlchemy passes on what the driver raises as its own)."""

_BY_STATE: tuple[tuple[str, str], ...] = (  # SQLSTATE, or its class: postgresql.org/docs/current/errcodes-appendix.html
    ("42501", "this role may not do that: {}; grant it what docs/how-to/postgresql.md lists, or use the owner's role"),
    ("25006", "it may only be read (a standby, or a read-only role); name the server that takes writes"),
    ("53100", "the server's disk is full; free some space and run again (what was stored before is safe)"),
    ("53300", "the server takes no more connections; close some, or raise max_connections"),
    ("55P03", f"another program has been writing to it for over {WAIT_SECONDS} s; wait for it to end and run again"),
    ("57014", "the server cancelled the work ({}); raise its statement_timeout for this role, and run again"),
    ("23503", "it names a report that is not in the record"),
    ("40", "another program changed the same at the same time; run again"),
    ("57P", "the server was stopped; run again when it is back (what was stored before is safe)"),
    ("08", "the server does not answer; run again when it is back (what was stored before is safe)"),
    ("XX", "the server reports damage: {}; have its administrator look at it"),
)
_BY_WORDS: tuple[tuple[str, str], ...] = (  # where the connection fails there is no SQLSTATE
    ("password", "the server refuses the user or the password; check both (the password may stand in ~/.pgpass)"),
    ("pg_hba.conf", "the server does not let this user in from here; its administrator adds a line to pg_hba.conf"),
    ("does not exist", "{}; check the name, or make it with createdb or createuser"),
    ("permission denied for database", "this role may not connect; grant it CONNECT on the database"),
    ("resolve host", "there is no host of this name; check the address"),
    ("translate host", "there is no host of this name; check the address"),
    ("refused", "no server answers there; check host and port, and that the server runs"),
    ("no such file", "no server answers there; check host and port, and that the server runs"),
    ("too many clients", "the server takes no more connections; close some, or raise max_connections"),
    ("starting up", "the server is starting; run again in a moment"),
    ("shutting down", "the server is stopping; run again when it is back (what was stored before is safe)"),
    ("closed the connection", "the server ended the connection; run again when it is back (what was stored is safe)"),
    ("connection is lost", "the server ended the connection; run again when it is back (what was stored is safe)"),
    ("timeout", "the server does not answer in time; check the address, and the network to it"),
)


def url_of(where: str) -> URL | None:
    """The address of a database on a server; None for an address of another kind. Raises StoreError for a bad one."""
    kind, sign, _ = where.partition("://")
    if not sign or kind.lower() not in _KINDS:
        return None
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):  # their words may hold the password
        url = None
    if url is None or not (url.database or "").strip():
        raise StoreError(
            "the address cannot be read; it has the form postgresql://user@host:5432/name (signs such as @ : / in a"
            " password are written as %40 %3A %2F; better leave it out, and keep it in ~/.pgpass)"
        )
    return url.set(drivername="postgresql+psycopg")


def engine_for(url: URL) -> Engine:
    if importlib.util.find_spec("psycopg") is None:
        raise StoreError("PostgreSQL needs its driver; install it: pip install 'standoff[postgres]'")
    own = {"client_encoding": "utf8", "application_name": "standoff", "connect_timeout": "10"}
    engine = create_engine(
        url,
        pool_pre_ping=True,  # a server that was gone and is back is met by a new connection
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
        connect_args={key: value for key, value in own.items() if key not in url.query},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(
            f"the database keeps its text as {encoding}; make one that keeps every sign:"
            " createdb --encoding=UTF8 --template=template0 NAME"
        )
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
    connection.commit()


def _begin(connection: Connection) -> None:
    """Writers queue up at the start and then see all that was written before; readers see one state throughout."""
    writes = connection.get_execution_options().get("writes")
    driver: Any = connection.connection.driver_connection
    driver.read_only = True if writes is False else None
    driver.isolation_level = _REPEATABLE_READ if writes is False else _READ_COMMITTED
    if writes:
        connection.exec_driver_sql(
            "SELECT pg_advisory_xact_lock(%s, current_schema()::regnamespace::oid::int4)", (_LOCK,)
        )


def shown(url: URL) -> str:
    """Without the password, and without options, among which there may be one."""
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{user}{url.host or ''}{port}/{url.database}"


def make_ready(engine: Engine) -> None:
    """Nothing to do: readers and a writer work at once anyway."""


def tables(connection: Connection) -> list[str]:
    return sorted(inspect(connection).get_table_names())


def go_on_counting(connection: Connection) -> None:
    """After rows came with their numbers: the next event gets the number after the highest."""
    connection.exec_driver_sql(
        "SELECT setval(pg_get_serial_sequence('watch_event', 'n'), max(n)) FROM watch_event HAVING max(n) IS NOT NULL"
    )


def create_guards(connection: Connection) -> None:
    """The database itself refuses to change a review or the text of a report."""
    guards = (
        ("review_is_append_only", "reviews are only ever added", "UPDATE OR DELETE OR TRUNCATE ON review"),
        (
            "report_text_is_fixed",
            "the text of a report is fixed at reading",
            "UPDATE OF id, text, outlet, url ON report",
        ),
    )
    for name, words, event_of in guards:
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        connection.exec_driver_sql(f"CREATE TRIGGER {name} BEFORE {event_of} EXECUTE FUNCTION {name}()")


def advice(error: Exception) -> str:
    """What went wrong and what to do, in one clause."""
    if isinstance(error, UnicodeEncodeError):
        return "a text holds half a character (a lone surrogate), which cannot be stored; its reader must replace it"
    cause = getattr(error, "orig", None) or error
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    state = getattr(cause, "sqlstate", None) or ""
    if state:
        told = next((told for sign, told in _BY_STATE if state.startswith(sign)), "{}")
        return told.format(lines[0])
    words = str(cause).lower()
    told = next((told for sign, told in _BY_WORDS if sign in words), "{}")
    return told.format(lines[-1].rpartition("FATAL:")[2].strip())
