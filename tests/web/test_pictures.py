"""The pictures of the README and the tutorial: the example record as it looks now; `make docs` puts them into docs/."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import PICTURES, watched
from playwright.sync_api import Browser
from serving import ROOT, served

from standoff.web.settings import Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHOWN = {"overview": ROOT, "brief": f"{ROOT}exports/brief.html"}


@pytest.fixture(scope="module")
def address(examples: str) -> Iterator[str]:
    """The pack's example reports, served."""
    with served(Settings(records=(examples,), wait_seconds=60)) as where:
        yield where


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_of_the_docs(browser: Browser, address: str, request: pytest.FixtureRequest, name: str) -> None:
    with watched(browser, address) as context:
        page = context.new_page()
        page.set_viewport_size({"width": 1200, "height": 1000})
        page.goto(SHOWN[name])
        made = PICTURES / f"docs-{name}.png"
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=made)
        assert "Trade talks" in page.title()
        assert made.stat().st_size > 30_000, "an empty page"
    if request.config.getoption("--write-docs"):
        shutil.copyfile(made, DOCS / f"{name}.png")
    assert (DOCS / f"{name}.png").is_file()
