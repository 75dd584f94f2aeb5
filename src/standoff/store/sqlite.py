"""All that is peculiar to SQLite: how it is opened, its full-text index (FTS5), and what its errors mean.

Another database needs a module with the same functions.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, URL, Connection, Engine, QueuePool, bindparam, create_engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError

WAIT_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

OPEN_MARK, CLOSE_MARK = "\ufdd0", "\ufdd1"  # noncharacters: not for use in text
_BLANKS = dict.fromkeys(map(ord, ("\0", OPEN_MARK, CLOSE_MARK)), " ")  # else marks would be lost or out of place
_LARGEST = 2**63

_APPEND_ONLY = """CREATE TRIGGER review_is_append_only_{verb} BEFORE {verb} ON review
BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END"""
_TEXT_IS_FIXED = """CREATE TRIGGER report_text_is_fixed BEFORE UPDATE OF id, text, outlet, url ON report
BEGIN SELECT RAISE(ABORT, 'the text of a report is fixed at reading'); END"""
_WORDS = 'CREATE VIRTUAL TABLE words USING fts5(own, quoted, tokenize = "unicode61 remove_diacritics 2")'
_SEARCH = f"""
    SELECT entry.kind, entry.id, entry.report, entry.passages, bm25(words, 2.0, 1.0) AS score,
           highlight(words, 1, '{OPEN_MARK}', '{CLOSE_MARK}') AS marked
    FROM words JOIN entry ON entry.n = words.rowid
    WHERE words MATCH :query AND entry.kind IN :kinds
    ORDER BY score, entry.report, entry.kind, entry.id LIMIT :limit"""

COMPLAINTS = (SQLAlchemyError, sqlite3.Error, UnicodeEncodeError, OverflowError)
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
        )
    else:
        engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")  # KiB: hashes fall all over their index


def _begin(connection: Connection) -> None:
    """Writers queue up at the start: one that began by reading could not wait for its turn."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def use_write_ahead_log(engine: Engine) -> None:
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
        [(n, _plain(own), _plain(quoted)) for n, own, quoted in rows],
    )


def _plain(words: str) -> str:
    """The words without the marks; looked at first, since hardly any text has one."""
    return words.translate(_BLANKS) if any(mark in words for mark in ("\0", OPEN_MARK, CLOSE_MARK)) else words


def put_fingerprints(connection: Connection, report: str, sketch: Sequence[tuple[int, int]]) -> None:
    """Store (hash, position) of a report; by hand, since there are hundreds in each."""
    if sketch:
        connection.exec_driver_sql(
            "INSERT INTO fingerprint (hash, report, position) VALUES (?, ?, ?)",
            [(signed(value), report, position) for value, position in sketch],
        )


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
        {"report": report, "title": title.translate(_BLANKS)},
    )


def matches(
    connection: Connection, words: Iterable[tuple[str, bool]], kinds: Sequence[str], limit: int
) -> Sequence[Any]:
    """Rows of kind, id, report, score (the lower the better) and the quoted text with its matches marked.

    All of `words` must be found; each is a word or phrase and whether it is only the beginning.
    """
    query = " AND ".join('"' + word.replace('"', '""') + '"' + "*" * prefix for word, prefix in words)
    statement = text(_SEARCH).bindparams(bindparam("kinds", expanding=True)).columns(passages=JSON)
    return connection.execute(statement, {"query": query, "kinds": list(kinds), "limit": limit}).all()


def signed(value: int) -> int:
    """An unsigned 64-bit number as the signed one that the database can hold."""
    if not 0 <= value < 2 * _LARGEST:
        raise OverflowError(f"not an unsigned 64-bit number: {value}")
    return value - 2 * _LARGEST if value >= _LARGEST else value


def unsigned(value: int) -> int:
    return value + 2 * _LARGEST if value < 0 else value


def advice(error: Exception) -> str:
    """What went wrong and what to do, in one clause."""
    if isinstance(error, UnicodeEncodeError):
        return "a text holds half a character (a lone surrogate), which cannot be stored; its reader must replace it"
    message = str(getattr(error, "orig", None) or error)
    return next((told for sign, told in _ADVICE if sign in message.lower()), message)
