"""The brief in a real browser, from a file as people get it: no request, no script, open to everybody, on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import OVER, Look, watched
from playwright.sync_api import Browser, Page, expect

from standoff import questions
from standoff.pack.load import load_pack
from standoff.store import Store

LIGHTS = {"wide-light": (1200, "light"), "wide-dark": (1200, "dark"), "phone-light": (390, "light")}


@pytest.fixture(scope="module")
def address(examples: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The brief of the pack's examples as a file."""
    path = tmp_path_factory.mktemp("brief") / "brief.html"
    with Store.open(examples) as store:
        known = questions.load(store, load_pack("us-china-trade"))
        path.write_text(questions.brief(store, known, None), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address, 1200, "light") as context:
        found = context.new_page()
        found.goto(address)
        yield found


def test_the_brief_is_sound(page: Page, pictures: bool) -> None:
    """No complaint, no request, no sideways scrolling; axe finds nothing, with all that is folded opened."""
    for width, _ in LIGHTS.values():
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVER) <= 0
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    Look(pictures, LIGHTS).at(page, "brief")


def test_a_mark_of_the_chronology_opens_its_evidence_by_keyboard(page: Page) -> None:
    mark = page.locator(".chron:visible .mk").first
    mark.focus()
    page.keyboard.press("Enter")
    evidence = page.locator(".ev:popover-open")
    expect(evidence).to_have_count(1)
    expect(evidence.locator("mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(evidence).to_have_count(0)
    assert page.evaluate("document.activeElement.className") == "mk"


def test_periods_are_chosen_without_a_script(page: Page) -> None:
    whole = page.locator("figure.panel:visible")
    expect(whole).to_have_count(1)
    before = whole.get_attribute("aria-label")
    page.locator("#period1").focus()
    page.keyboard.press("ArrowRight")
    expect(whole).to_have_count(1)
    assert whole.get_attribute("aria-label") != before


def test_words_in_boxes_of_the_graph_have_room(page: Page) -> None:
    boxes = page.locator(".graph:visible .act")
    assert boxes.count()
    assert boxes.evaluate_all("them => them.filter(b => b.scrollHeight > b.clientHeight + 1).length") == 0


def test_marks_of_the_chronology_do_not_lie_on_each_other(page: Page) -> None:
    lying = """them => { const at = them.map(m => m.getBoundingClientRect());
        return at.filter((a, n) => at.slice(0, n).some(b => Math.hypot(a.x - b.x, a.y - b.y) < 9)).length; }"""
    assert page.locator(".chron:visible .mk").evaluate_all(lying) == 0


def test_on_paper_all_stands_open(page: Page) -> None:
    page.emulate_media(media="print")
    for hidden in ("details .lines", "figure.panel", ".ev blockquote"):
        assert page.locator(hidden).evaluate_all("them => them.filter(e => !e.checkVisibility()).length") == 0
    expect(page.locator("nav")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
