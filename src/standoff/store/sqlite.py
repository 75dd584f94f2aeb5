"""All that is peculiar to SQLite: how it is opened, its full-text index (FTS5), and what its errors mean.

The functions are those that `dialect.py` asks for.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import JSON, URL, Connection, Engine, QueuePool, bindparam, create_engine, event, inspect, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from standoff.store.tokens import CLOSE_MARK, LONG, OPEN_MARK, phrases, plain, with_marks

__all__ = [
    "COMPLAINTS", "advice", "copy_file", "create_guards", "create_index", "empty_index", "engine_for", "go_on_counting",
    "index", "insert", "make_ready", "marked", "matches", "put_fingerprints", "retitle", "shown", "standing", "tables",
    "unindex",
]  # fmt: skip

WAIT_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

_APPEND_ONLY = """CREATE TRIGGER review_is_append_only_{verb} BEFORE {verb} ON review
BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END"""
_TEXT_IS_FIXED = """CREATE TRIGGER report_text_is_fixed BEFORE UPDATE OF id, text, outlet, url ON report
BEGIN SELECT RAISE(ABORT, 'the text of a report is fixed at reading'); END"""
_WORDS = 'CREATE VIRTUAL TABLE words USING fts5(own, quoted, tokenize = "unicode61 remove_diacritics 2")'
_MARKED = f"""length(words.quoted) > {LONG} AS long, CASE WHEN length(words.quoted) > {LONG} THEN words.quoted
           ELSE highlight(words, 1, '{OPEN_MARK}', '{CLOSE_MARK}') END AS marked"""
_SEARCH = f"""
    SELECT entry.kind, entry.id, entry.report, entry.passages, bm25(words, 2.0, 1.0) AS score,
           {_MARKED}
    FROM words JOIN entry ON entry.n = words.rowid
    WHERE words MATCH :query AND entry.kind IN :kinds
    ORDER BY score, entry.report, entry.kind, entry.id LIMIT :limit"""
_STANDING = "SELECT rowid FROM words WHERE words MATCH ?"
_RANKED = f"{_STANDING} ORDER BY bm25(words, 2.0, 1.0), rowid LIMIT ?"
_SHOWN = f"""
    SELECT entry.n, entry.kind, entry.id, entry.report, entry.passages, 0.0 AS score,
           {_MARKED}
    FROM words JOIN entry ON entry.n = words.rowid WHERE words MATCH :query AND words.rowid IN :numbers"""

_DECODER = json.JSONDecoder()
COMPLAINTS: tuple[type[Exception], ...] = (SQLAlchemyError, sqlite3.Error, UnicodeEncodeError, OverflowError)
"""What the database and its driver raise."""

_ADVICE: tuple[tuple[str, str], ...] = (
    ("readonly", "it may only be read; give write permission to the file and its directory, or work on a copy"),
    ("disk is full", "the disk is full; free some space and run again (what was stored before is safe)"),
    ("locked", f"another program has been writing to it for over {WAIT_SECONDS} s; wait for it to end and run again"),
    ("not a database", "it is not a standoff record; name another file"),
    ("malformed", "the file is damaged; restore a copy, or begin a new record from the reports"),
    ("unable to open", "it cannot be opened; check that you may read and write the file and its directory"),
    ("disk i/o error", "the disk does not answer; check the drive, and that there is space left"),
    ("no such module: fts5", "this Python's SQLite lacks full-text search (FTS5); use another build of Python"),
    ("foreign key", "it names a report that is not in the record"),
)


def engine_for(path: Path | None) -> Engine:
    """An engine on a file, or in memory (one connection, which threads take in turn)."""
    if path is None:
        engine = create_engine(
            "sqlite://",
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            connect_args={"check_same_thread": False},
            json_deserializer=_read_json,
        )
    else:
        engine = create_engine(
            URL.create("sqlite", database=str(path)),
            connect_args={"timeout": WAIT_SECONDS},
            json_deserializer=_read_json,
        )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _read_json(value: str) -> Any:
    """`json.loads` without its look around the value: a large record has a million short ones."""
    return _DECODER.raw_decode(value.lstrip())[0]


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")  # KiB: hashes fall all over their index
    connection.execute("PRAGMA wal_autocheckpoint = 8000")  # pages: so the same page is written to the file less often


def _begin(connection: Connection) -> None:
    """Writers queue up at the start: one that began by reading could not wait for its turn."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_ready(engine: Engine) -> None:
    """Let readers and one writer work at once; the file remembers it. Waits for others who open it just now."""
    give_up = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection = engine.raw_connection()
            try:
                cursor = connection.cursor()
                if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                    cursor.execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()
            return
        except (SQLAlchemyError, sqlite3.Error) as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def copy_file(source: Any, to: Path) -> None:
    """Copy a database as it is at one moment, while others write: https://www.sqlite.org/backup.html."""
    with closing(sqlite3.connect(to)) as target:
        source.backup(target)


def go_on_counting(connection: Connection) -> None:
    """After rows came with their numbers: SQLite goes on after the highest by itself."""


def shown(url: URL) -> str:
    return url.database or "the record in memory"


def tables(connection: Connection) -> list[str]:
    return sorted(inspect(connection).get_table_names())


def create_guards(connection: Connection) -> None:
    """The database itself refuses to change a review or the text of a report."""
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(_APPEND_ONLY.format(verb=verb))
    connection.exec_driver_sql(_TEXT_IS_FIXED)


def create_index(connection: Connection) -> None:
    connection.exec_driver_sql(_WORDS)


def empty_index(connection: Connection) -> None:
    connection.exec_driver_sql("DROP TABLE words")
    create_index(connection)


def index(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Add (entry, own words, quoted words)."""
    connection.exec_driver_sql(
        "INSERT INTO words (rowid, own, quoted) VALUES (?, ?, ?)",
        [(n, plain(own), plain(quoted)) for n, own, quoted in rows],
    )


def put_fingerprints(connection: Connection, found: Sequence[tuple[int, str, int]]) -> None:
    """Store (hash as it is stored, report, position); by hand, since each report has hundreds."""
    if found:
        connection.exec_driver_sql("INSERT INTO fingerprint (hash, report, position) VALUES (?, ?, ?)", list(found))


def unindex(connection: Connection, report: str) -> None:
    """Take a report and its records out, as long as their entries stand."""
    connection.execute(
        text("DELETE FROM words WHERE rowid IN (SELECT n FROM entry WHERE report = :report)"), {"report": report}
    )


def retitle(connection: Connection, report: str, title: str) -> None:
    connection.execute(
        text(
            "UPDATE words SET own = :title WHERE rowid IN"
            " (SELECT n FROM entry WHERE report = :report AND kind = 'report')"
        ),
        {"report": report, "title": plain(title)},
    )


def matches(
    connection: Connection, words: Iterable[tuple[str, bool]], kinds: Sequence[str], limit: int
) -> Sequence[Any]:
    """Rows of kind, id, report, score (the lower the better) and the quoted text with its matches marked.

    All of `words` must be found; each is a word or phrase and whether it is only the beginning.
    """
    asked = tuple(words)
    query = _query(asked)
    statement = text(_SEARCH).bindparams(bindparam("kinds", expanding=True)).columns(passages=JSON)
    return _with_marks(connection.execute(statement, {"query": query, "kinds": list(kinds), "limit": limit}), asked)


def standing(connection: Connection, words: Iterable[tuple[str, bool]], best: int | None) -> list[int]:
    """The numbers of all entries in which all of `words` stand, in no order; or of so many, the best first.

    By hand, and without an order where none is asked for: a frequent word stands in half of all entries.
    """
    query = _query(words)
    told = (_STANDING, (query,)) if best is None else (_RANKED, (query, best))
    return [number for (number,) in connection.exec_driver_sql(*told).fetchall()]


def marked(connection: Connection, words: Iterable[tuple[str, bool]], numbers: Sequence[int]) -> Sequence[Any]:
    """Rows as `matches` gives them, with the entry's number `n`, of those of the entries in which the words stand."""
    asked = tuple(words)
    statement = text(_SHOWN).bindparams(bindparam("numbers", expanding=True)).columns(passages=JSON)
    return _with_marks(connection.execute(statement, {"query": _query(asked), "numbers": list(numbers)}), asked)


def _with_marks(rows: Iterable[Any], asked: Iterable[tuple[str, bool]]) -> list[Any]:
    """The rows with the marks of long texts, too: `highlight` copies the whole text at each match, and takes a minute
    for one of 10 MB with a frequent word."""
    query = phrases(asked)
    return [
        SimpleNamespace(**{**row._mapping, "marked": with_marks(query, row.marked)}) if row.long else row
        for row in rows
    ]


def _query(words: Iterable[tuple[str, bool]]) -> str:
    return " AND ".join('"' + word.replace('"', '""') + '"' + "*" * prefix for word, prefix in words)


def advice(error: Exception) -> str:
    """What went wrong and what to do, in one clause."""
    if isinstance(error, UnicodeEncodeError):
        return "a text holds half a character (a lone surrogate), which cannot be stored; its reader must replace it"
    message = str(getattr(error, "orig", None) or error)
    return next((told for sign, told in _ADVICE if sign in message.lower()), message)
