"""A small record of our own reports, served: for all tests of the web application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from browsing import browser as browser
from browsing import look as look
from browsing import pictures as pictures
from fastapi.testclient import TestClient
from serving import ADDRESS, copied, served

from standoff import pipeline
from standoff.model.report import Published, Report
from standoff.pack.load import load_pack
from standoff.store import Store
from standoff.web import desk
from standoff.web.app import create_app
from standoff.web.settings import Settings

HOSTILE = (
    "<script>alert('read')</script> China demands that the United States remove all tariffs on \u202eslaog\u202c, "
    'a spokesman said on Monday.\n\n=HYPERLINK("http://bad.example") The United States imposed a 25% tariff on '
    "Chinese goods & “services” on 1 June 2019, <b onmouseover=alert(1)>officials said</b>.\n\n"
    f"{'Unbreakable' * 400} and \U0001f600 again.\n"
)


@pytest.fixture(scope="module", autouse=True)
def heap() -> Iterator[None]:
    """A desk tidies up the memory of its program, which here is all that the tests have loaded."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(desk, "spare_memory", lambda: None)
        yield


@pytest.fixture(scope="session")
def database(examples: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The pack's example reports, a copy of one of them at another outlet, and one that means harm."""
    path = copied(examples, tmp_path_factory.mktemp("web"))
    pack = load_pack("us-china-trade")
    day = Published(date(2019, 6, 3), "user", "given")
    with Store.open(path) as store:
        first = store.reports()[0]
        copy = Report(name="copied", text=first.text, outlet="Other Post", published=first.published, title="A copy")
        bad = Report(
            name="<img src=x onerror=alert(1)>", text=HOSTILE, outlet="=cmd|'/c calc'!A1", published=day,
            title="<script>alert('title')</script> \u202ereversed", url="javascript:alert(1)",
        )  # fmt: skip
        assert not pipeline.ingest(store, [copy, bad], pack).skipped
    return path


@pytest.fixture(scope="session")
def client(database: str) -> Iterator[TestClient]:
    """A client of the served record, at its own address."""
    app = create_app(Settings(records=(database,), wait_seconds=60))
    with TestClient(app, base_url=ADDRESS) as asks:
        yield asks


@pytest.fixture(scope="session")
def address(database: str) -> Iterator[str]:
    """The record served on a free port of this machine, for tests that need a real server."""
    with served(Settings(records=(database,), wait_seconds=60)) as where:
        yield where


@pytest.fixture
def own(database: str, tmp_path: Path) -> str:
    """A copy of the record, to decide on."""
    return copied(database, tmp_path)
