"""What all tests share: the third-party texts beside the project (where present), and the options of `make golden` and `make docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from postgres_server import Server, running

settings.register_profile("unhurried", deadline=None)  # what a machine has to do beside must fail no test
settings.load_profile("unhurried")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden files anew")
    parser.addoption("--write-docs", action="store_true", help="write the reference, and what the docs show, anew")
    parser.addoption("--crashes", type=int, default=10, help="how many processes tests/crash kills")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party texts; a test that needs it is skipped where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the third-party texts are not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; a test that needs one is skipped where there is none."""
    with running() as server:
        if server is None:
            pytest.skip("no PostgreSQL server: install Debian's postgresql, or name one in DATABASE_URL")
        yield server
