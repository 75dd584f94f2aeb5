"""What all tests share: the third-party texts beside the project (where present), and the option of `make golden`."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party texts; a test that needs it is skipped where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the third-party texts are not beside the project")
    return SHARED
