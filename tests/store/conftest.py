from __future__ import annotations

from collections.abc import Iterator

import pytest
from store_examples import NOW

from standoff.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    """A new record in memory, in which it is always the same moment."""
    with Store.open(None, clock=lambda: NOW) as opened:
        yield opened
