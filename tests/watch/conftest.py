from __future__ import annotations

from collections.abc import Iterator

import pytest
from watch_site import Site, serving

from standoff.store import Store
from standoff.watch import addresses


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def public_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 counts as a public address; all others of the loopback network stay private."""
    real = addresses.kind_of
    monkeypatch.setattr(addresses, "kind_of", lambda ip: "public" if ip == "127.0.0.1" else real(ip))


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened
