"""The pages in a real browser (see `browsing`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import Look, watched
from playwright.sync_api import Browser, Page, expect

ROOT = "/n/us-china-trade/"
PAGES = {
    "home": "/", "overview": ROOT, "issues": "issues", "issue": "issue/tariffs", "parties": "parties",
    "party": "party/US", "actors": "actors", "actor": "actor/*", "measures": "measures", "measure": "measure/*",
    "contacts": "contacts", "contact": "contact/*", "position": "position/*", "record": "record/*",
    "reports": "reports", "report": "report/*", "beside": "beside/*", "search": "search?q=tariffs",
    "search-empty": "search?q=nothingatallofthat", "deadlock": "analyses/deadlock", "conflicts": "analyses/conflicts",
    "corroboration": "analyses/corroboration", "tariffs": "analyses/tariffs", "promises": "analyses/promises",
    "lineage": "analyses/lineage", "changes": "compare/dates", "readouts": "compare/reports",
    "readouts-two": "compared/*", "exports": "exports",
}  # fmt: skip


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails the test where the console complains, or anything is asked of another host."""
    with watched(browser, address) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def addresses(client: Any) -> dict[str, str]:
    """Where each page is: for those of one thing, the first there is."""

    def rows(path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = client.get(f"{ROOT}{path}?format=json").json()["rows"]
        return found

    position = rows("issue/tariffs")[0]["id"]
    pair = next(r for r in rows("analyses/lineage") if r["passages"])
    told = {
        "actor/*": f"actor/{rows('actors')[0]['id']}", "measure/*": f"measure/{rows('measures')[0]['id']}",
        "contact/*": f"contact/{rows('contacts')[0]['id']}", "position/*": f"position/{position}",
        "record/*": f"record/{position}", "report/*": f"report/{rows('reports')[1]['id']}",
        "beside/*": f"report/{pair['a']}/beside/{pair['b']}",
        "compared/*": f"compare/reports?a={pair['a']}&b={pair['b']}",
    }  # fmt: skip
    return {name: p if p.startswith("/") else f"{ROOT}{told.get(p, p)}" for name, p in PAGES.items()}


@pytest.fixture(scope="module")
def window(browser: Browser, address: str) -> Iterator[tuple[watched, Page]]:
    """A window for one page after another: to open one takes as long as to load a page."""
    watching = watched(browser, address)
    with watching as context:
        yield watching, context.new_page()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(window: tuple[watched, Page], addresses: dict[str, str], name: str, look: Look) -> None:
    """No complaint, no other host, no sideways scrolling, nothing that keeps anybody out (axe)."""
    watching, page = window
    page.goto(addresses[name])
    look.at(page, name)
    watching.quiet()


def test_a_line_opens_its_evidence(page: Page) -> None:
    page.goto(ROOT)
    page.locator(".pin").first.click()
    opened = page.locator(".ev:popover-open")
    expect(opened).to_be_visible()
    expect(opened.locator("mark").first).to_be_visible()
    opened.get_by_role("link", name="Open the record").click()
    expect(page).to_have_url(re.compile("/record/"))
    page.get_by_role("link", name="In its report").click()
    expect(page.locator(".mark.wanted").first).to_be_visible()


def test_evidence_opens_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(ROOT)
    page.locator(".pin").first.click()
    assert page.locator(".ev blockquote").first.is_visible()
    context.close()


def test_search_narrows_down_by_facets(page: Page) -> None:
    page.goto(ROOT)
    page.keyboard.press("/")
    page.keyboard.type("tariffs")
    page.keyboard.press("Enter")
    every = int(page.locator("#found").inner_text().split()[0].replace(",", ""))
    page.locator(".facets a", has_text="move").first.click()
    moves = int(page.locator("#found").inner_text().split()[0].replace(",", ""))
    assert 0 < moves < every
    expect(page.locator(".hits .tag").first).to_have_text("move")
    assert page.locator(".hits mark").count() > 0
    page.locator(".chosen").click()
    assert int(page.locator("#found").inner_text().split()[0].replace(",", "")) == every


def test_the_keyboard_walks_along_lines_and_opens_evidence(page: Page) -> None:
    page.goto(ROOT)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("[data-item].here").count() == 1
    page.keyboard.press("e")
    expect(page.locator(".ev:popover-open")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".ev:popover-open")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def test_a_quotation_is_copied_with_its_citation(browser: Browser, address: str) -> None:
    with watched(browser, address) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{ROOT}search?q=tariffs&type=move")
        page.locator("a[data-copy]").first.click()
        expect(page.locator("#said")).to_have_text(re.compile("copied"))
        assert "characters" in page.evaluate("navigator.clipboard.readText()")


def test_another_standpoint_is_taken_along(page: Page) -> None:
    page.goto(ROOT)
    page.locator(".standpoint summary").click()
    page.fill("input[name=as_of]", "2019-07-31")
    page.get_by_role("button", name="Look from there").click()
    page.locator(".rooms").get_by_role("link", name="Issues").click()
    expect(page).to_have_url(re.compile("as_of=2019-07-31"))
    expect(page.locator(".standpoint summary")).to_contain_text("31 July 2019")


def test_the_skip_link_comes_first(page: Page) -> None:
    page.goto(ROOT)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_on_paper_the_evidence_follows(page: Page) -> None:
    page.goto(ROOT)
    page.emulate_media(media="print")
    assert page.locator(".ev blockquote").first.is_visible()
    assert not page.locator(".rooms").is_visible()
