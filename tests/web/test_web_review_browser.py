"""Deciding in a real browser: by keyboard, by marking text, without a script, and after a login."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from browsing import Look, watched
from playwright.sync_api import Browser, Page, expect
from serving import ROOT, served

from standoff.web import users
from standoff.web.settings import Settings

PASSWORD = "seven grey harbour seals"


@pytest.fixture
def here(own: str) -> Iterator[str]:
    with served(Settings(records=(own,), wait_seconds=60, who="ana")) as where:
        yield where


@pytest.fixture
def page(browser: Browser, here: str) -> Iterator[Page]:
    with watched(browser, here, expected="422") as context:
        yield context.new_page()


def number(page: Page) -> int:
    return int(page.locator("main .lead").inner_text().split()[0].replace(",", ""))


def test_records_are_decided_by_keyboard(page: Page, look: Look) -> None:
    page.goto(f"{ROOT}review")
    every = number(page)
    first = page.locator(".queue > li").nth(0).get_attribute("id")
    second = page.locator(".queue > li").nth(1).get_attribute("id")
    expect(page.locator(".here")).to_have_id(first or "")
    page.keyboard.press("j")
    expect(page.locator(".here")).to_have_id(second or "")
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.locator(".last")).to_contain_text("Accepted")
    expect(page.locator(".here")).to_have_id(second or "")  # on to the next
    assert number(page) == every - 1
    page.keyboard.press("r")
    page.keyboard.type("ajk: no such thing is said")
    page.keyboard.press("Enter")
    expect(page.locator(".last")).to_contain_text("Rejected")
    assert number(page) == every - 2
    page.keyboard.press("u")
    expect(page.locator(".last")).to_contain_text("Taken back")
    assert number(page) == every - 1
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/correct$"))
    page.fill("#f-note", "as it stands there")
    page.locator("#f-evidence").fill("words that nobody wrote")
    page.get_by_role("button", name="Correct").click()
    expect(page.locator("#wrong")).to_be_focused()
    expect(page.locator("#f-note")).to_have_value("as it stands there")
    look.at(page, "review-wrong")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_contain_text("reject")
    page.goto(f"{ROOT}review/history")
    expect(page.locator(".decisions > li")).to_have_count(3)
    expect(page.locator(".withdrawn")).to_contain_text("ajk: no such thing is said")


def test_a_record_is_added_by_marking_text(page: Page, look: Look) -> None:
    page.goto(f"{ROOT}reports")
    page.locator("th a", has_text="Talking past each other").first.click()
    assert not page.locator(".marking").is_visible()
    paragraph = page.locator("[data-at]").nth(1)
    words = paragraph.inner_text()
    paragraph.evaluate("p => getSelection().selectAllChildren(p)")
    expect(page.locator(".marking")).to_be_visible()
    page.locator(".marking").get_by_role("button", name="move").click()
    assert page.locator("#f-evidence").input_value().split() == words.split()
    for field, value in {"by": "US", "issue": "tariffs", "what": "to exchange zephyrs"}.items():
        page.fill(f"#f-{field}", value)
    page.select_option("#f-type", "offer")
    look.at(page, "review-add")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".last")).to_contain_text("Added")
    page.goto(f"{ROOT}search?q=zephyrs")
    expect(page.locator(".hits .what")).to_have_count(1)


def test_a_place_is_counted_in_code_points(browser: Browser, here: str) -> None:
    """The report has a sign beyond the basic plane, which a browser counts as two."""
    with watched(browser, here) as context:
        page = context.new_page()
        page.goto(f"{ROOT}search?q=alert&type=report")
        page.locator(".hits .what a").first.click()
        last = page.locator("[data-at]").last
        last.evaluate("""p => {
            const text = [...p.childNodes].flatMap(n => n.nodeType === 3 ? [n] : [...n.childNodes]).find(
                n => n.textContent.includes("and \\u{1F600} again"));
            const at = text.textContent.indexOf("again");
            getSelection().setBaseAndExtent(text, at, text, at + 5);
        }""")
        page.locator(".marking").get_by_role("button", name="contact").click()
        expect(page.locator("#f-evidence")).to_have_value("again")


def test_all_of_it_works_without_script(browser: Browser, here: str) -> None:
    context = browser.new_context(base_url=here, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{ROOT}review?type=move")
    page.locator(".queue > li").first.get_by_role("button", name="Accept").click()
    assert "Accepted" in page.locator(".last").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert "Taken back" in page.locator(".last").inner_text()
    note = page.locator(".queue > li").first.locator("input[name=note]")
    note.fill("typed, and Enter decides nothing")
    note.press("Enter")
    page.locator(".queue > li").first.get_by_role("link", name="Correct").click()
    page.fill("#f-what", "something else")
    page.get_by_role("button", name="Correct").click()
    assert "Corrected" in page.locator(".last").inner_text()
    assert page.locator(".differs th").all_inner_texts() == ["what", "rule", "confidence"]
    context.close()


def test_who_comes_logs_in(browser: Browser, own: str, tmp_path: Path, look: Look) -> None:
    path = tmp_path / "users.json"
    users.add(path, "ana", PASSWORD, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with (
        served(Settings(records=(own,), wait_seconds=60, auth=str(path))) as where,
        watched(browser, where, expected="401") as context,
    ):
        page = context.new_page()
        page.goto(f"{ROOT}review?type=move")
        expect(page.locator("#f-name")).to_be_focused()
        look.at(page, "login")
        for password in ("not this one, no", PASSWORD):
            page.fill("#f-name", "ana")
            page.fill("#f-password", password)
            page.keyboard.press("Enter")
            if password != PASSWORD:
                expect(page.get_by_role("alert")).to_contain_text("do not fit")
        expect(page).to_have_url(re.compile("/review\\?type=move$"))
        expect(page.locator(".queue > .here")).to_be_visible()
        page.keyboard.press("a")
        expect(page.locator(".last")).to_contain_text("Accepted")
        page.get_by_role("button", name="Log out").click()
        expect(page.locator("#f-name")).to_be_visible()
        page.goto(ROOT)
        expect(page.locator("#f-name")).to_be_visible()


def test_pages_of_review_are_sound_and_work_on_a_phone(browser: Browser, here: str, look: Look) -> None:
    with watched(browser, here, 360, "dark") as context:
        page = context.new_page()
        page.goto(f"{ROOT}review?type=move")
        look.at(page, "review")
        item = page.locator(".queue > li").first
        item.locator("strong").click()
        page.get_by_role("link", name="Correct", exact=True).click()
        page.fill("#f-what", "something else, said at some length so that the table has to wrap its lines")
        page.get_by_role("button", name="Correct").click()
        expect(page.locator(".last")).to_contain_text("Corrected")
        look.at(page, "review-record")
        page.get_by_role("link", name="Correct", exact=True).click()
        expect(page.locator("#f-what")).to_be_visible()
        look.at(page, "review-correct")
        page.go_back()
        page.locator(".up a").nth(1).click()
        page.get_by_role("link", name="Decisions, retract").click()
        page.fill("input[name=note]", "taken back by its outlet")
        page.get_by_role("button", name="Retract the report").click()
        expect(page.locator(".warn")).to_contain_text("taken back by its outlet")
        expect(page.locator(".last")).to_contain_text("Retracted")
        look.at(page, "review-report")
        page.get_by_role("link", name="Correct whom a name stands for").click()
        expect(page.locator("#f-mention")).to_be_visible()
        look.at(page, "review-name")
        page.goto(f"{ROOT}review/history")
        look.at(page, "review-history")
