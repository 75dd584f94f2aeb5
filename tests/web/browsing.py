"""A real browser for tests: Debian's Chromium, or another one named by STANDOFF_BROWSER.

Tests are skipped with a notice where there is none. With `--pictures` they leave some in `build/screenshots` to be
looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

expect.set_options(timeout=20_000)  # beside other work a page may take its time

PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how much a page is wider than its window."""
_AXE = """axe.run({resultTypes: ['violations']})
    .then(found => found.violations.map(one => [one.id, one.nodes[0].html.slice(0, 200)]))"""
LIGHTS = {"wide-light": (1280, "light"), "phone-dark": (360, "dark")}
# In a container of its own user there is no sandbox to start; nothing is asked of anybody's servers.
_FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = os.environ.get("STANDOFF_BROWSER") or next((p for n in names if (p := shutil.which(n))), None)
    if not found:
        pytest.skip("no browser is installed (Debian: apt-get install chromium); the pages were not looked at")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=[*_FLAGS])
        yield made
        made.close()


class watched:
    """A browser context; at its end nothing may have been complained of, or asked of another host.

    `expected`: words of complaints that the test itself provokes, such as an answer of 422.
    """

    def __init__(
        self, browser: Browser, address: str, width: int = 1280, scheme: Any = "light", expected: str = "\0"
    ) -> None:
        self.address, self.expected = address, expected
        self.context: BrowserContext = browser.new_context(
            base_url=address, viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        self.said: list[str] = []
        self.context.on("console", lambda m: self.said.append(m.text) if m.type in ("error", "warning") else None)
        self.context.on("weberror", lambda e: self.said.append(str(e.error)))
        self.context.on("request", lambda r: self.said.append(r.url) if not r.url.startswith(address) else None)

    def __enter__(self) -> BrowserContext:
        return self.context

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.context.close()
        if kind is None:
            self.quiet()

    def quiet(self) -> None:
        """Nothing was complained of since this was asked last, but what is expected."""
        found = [said for said in self.said if self.expected not in said]
        self.said.clear()
        assert found == [], found


@pytest.fixture(scope="session")
def pictures(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--pictures"))


class Look:
    """Whether a page is sound: no sideways scrolling, and nothing that keeps anybody out (axe), in each light.

    Width and colours are those of style sheets alone, so a page that is loaded once can be looked at in all lights.
    Afterwards it is as wide as before.
    """

    def __init__(self, pictures: bool, lights: Mapping[str, tuple[int, Any]] | None = None) -> None:
        self.pictures, self.lights = pictures, lights or LIGHTS

    def at(self, page: Page, name: str) -> None:
        before = page.viewport_size
        assert before
        page.evaluate(Axe().axe_script)
        for light, (width, scheme) in self.lights.items():
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(OVER) <= 0, f"{light}: the page scrolls sideways"
            if self.pictures:
                PICTURES.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=PICTURES / f"{name}-{light}.png", full_page=True)
            found = page.evaluate(_AXE)
            assert found == [], f"{light}: {found}"
        page.set_viewport_size(before)


@pytest.fixture(scope="session")
def look(pictures: bool) -> Look:
    return Look(pictures)
