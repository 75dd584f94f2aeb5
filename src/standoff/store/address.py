"""Where a record is: a path, or an address of a database. The one place that chooses between databases."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from standoff.errors import StoreError
from standoff.store import postgres, sqlite

_SQLITE = "sqlite://"


def engine_for(where: str | Path | None) -> tuple[Engine, str]:
    """An engine on a record, and how the record is named in messages (without a password).

    Raises StoreError for an address that is none, or of a kind that is not supported.
    """
    if isinstance(where, str) and (url := postgres.url_of(where)):
        return postgres.engine_for(url), postgres.shown(url)
    path = file_of(where)
    return sqlite.engine_for(path), str(path or "the record in memory")


def shown(where: str) -> str:
    """The place as it may be printed and logged: without a password. Raises StoreError for an address that is none."""
    url = postgres.url_of(where)
    return postgres.shown(url) if url else where


def file_of(where: str | Path | None) -> Path | None:
    """The file of a record, absolute; None for one in memory (None, `sqlite://`, `:memory:`).

    Raises StoreError for an address of another kind, and where the file cannot be one.
    """
    if isinstance(where, str):
        where = _named(where)
    if where is None:
        return None
    path = where.expanduser().absolute()
    if path.is_dir():
        raise StoreError(f"{path} is a directory; name a file in it, such as {path / 'record.db'}")
    if not path.parent.is_dir():
        raise StoreError(f"there is no directory {path.parent} for {path.name}; make it, or name another place")
    return path


def _named(where: str) -> Path | None:
    if where.startswith(_SQLITE):
        where = where.removeprefix(_SQLITE).removeprefix("/")
        if not where:
            return None
        if "?" in where:
            raise StoreError(f"an address with options is not supported: sqlite:///{where}; leave out what follows ?")
    elif "://" in where:
        kind = where.split("://", 1)[0]  # the rest may hold a password
        raise StoreError(
            f"databases of kind {kind} are not supported; use a path, sqlite:///path or postgresql://user@host/name"
        )
    if not where.strip():
        raise StoreError("the record has no name; give a path, such as record.db")
    return None if where == ":memory:" else Path(where)
