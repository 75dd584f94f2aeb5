"""What one database does otherwise than another: a module for each has these functions, and all else is common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, Table

from standoff.store import postgres, sqlite

Words = Iterable[tuple[str, bool]]
"""The words and phrases of a query, each with whether it is only a beginning."""


class Dialect(Protocol):
    """The functions of `sqlite` and of `postgres`.

    A connection with the option `writes=True` is the record's only writer until its transaction ends; with
    `writes=False` it sees one state of the record throughout, and may not write.
    """

    @property
    def COMPLAINTS(self) -> tuple[type[Exception], ...]: ...

    def insert(self, table: Table) -> Any:
        """An INSERT that knows ON CONFLICT."""

    def shown(self, url: URL) -> str:
        """The database as it is named in messages: without a password."""

    def advice(self, error: Exception) -> str:
        """What went wrong and what to do, in one clause."""

    def make_ready(self, engine: Engine) -> None:
        """Before tables are made or changed."""

    def tables(self, connection: Connection) -> list[str]: ...

    def go_on_counting(self, connection: Connection) -> None:
        """After rows came with their numbers: the next ones get higher numbers."""

    def create_guards(self, connection: Connection) -> None:
        """The database itself refuses to change a review or the text of a report."""

    def create_index(self, connection: Connection) -> None: ...

    def empty_index(self, connection: Connection) -> None: ...

    def index(self, connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
        """Add (entry, own words, quoted words)."""

    def unindex(self, connection: Connection, report: str) -> None:
        """Take a report and its records out, as long as their entries stand."""

    def retitle(self, connection: Connection, report: str, title: str) -> None: ...

    def matches(self, connection: Connection, words: Words, kinds: Sequence[str], limit: int) -> Sequence[Any]:
        """Rows of kind, id, report, passages, score (the lower the better) and the quoted text, matches marked."""

    def standing(self, connection: Connection, words: Words, best: int | None) -> list[int]:
        """The numbers of all entries in which all of `words` stand, in no order; or of so many, the best first."""

    def marked(self, connection: Connection, words: Words, numbers: Sequence[int]) -> Sequence[Any]:
        """Rows as `matches` gives them, with the entry's number `n`, of those of the entries that have the words."""

    def put_fingerprints(self, connection: Connection, found: Sequence[tuple[int, str, int]]) -> None:
        """Store (hash as it is stored, report, position), none of them stored yet."""


DIALECTS: dict[str, Dialect] = {"sqlite": sqlite, "postgresql": postgres}


def of(database: Connection | Engine) -> Dialect:
    return DIALECTS[database.dialect.name]
