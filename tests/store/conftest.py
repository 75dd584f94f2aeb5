from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_examples import NOW

from postgres_server import Server
from standoff.store import Store

Place = Callable[[], str | None]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Says where a new record may be made: in memory, and on a PostgreSQL server."""
    if request.param == "sqlite":
        return lambda: None
    server: Server = request.getfixturevalue("postgres")
    return server.place


@pytest.fixture
def address(place: Place, tmp_path: Path) -> str:
    """Where a new record may be made that several processes may open."""
    return place() or str(tmp_path / "r.db")


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """A new record, in which it is always the same moment."""
    with Store.open(place(), clock=lambda: NOW) as opened:
        yield opened
