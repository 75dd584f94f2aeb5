"""Every line and mark of the brief opens its evidence, and every piece of evidence is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

import pytest

from standoff.analyse.known import Known
from standoff.show.brief import page

VOID = {"meta", "br", "input"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    above: Element | None
    within: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self) -> Iterator[Element]:
        yield self
        for one in self.within:
            yield from one.all()

    def words(self) -> str:
        return " ".join(one.text for one in self.all() if one.text).strip()

    def classes(self) -> set[str]:
        return set(self.attrs.get("class", "").split())

    def targets(self) -> set[str]:
        return {one.attrs["popovertarget"] for one in self.all() if "popovertarget" in one.attrs}

    def under(self, id: str) -> bool:
        """Whether it stands in the section with this heading."""
        one: Element | None = self
        while one is not None and one.tag != "section":
            one = one.above
        return one is not None and one.attrs.get("aria-labelledby") == id


class Tree(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = self.at = Element("", {}, None)
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {k: v or "" for k, v in attrs}, self.at)
        self.at.within.append(one)
        if tag not in VOID:
            self.at = one

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.within.append(Element(tag, {k: v or "" for k, v in attrs}, self.at))

    def handle_endtag(self, tag: str) -> None:
        assert self.at.tag == tag
        assert self.at.above is not None
        self.at = self.at.above

    def handle_data(self, data: str) -> None:
        self.at.text += " ".join(data.split())


@pytest.fixture(scope="module", params=["newest", "first", "all in one day"])
def main(request: pytest.FixtureRequest, known: Known) -> Element:
    days = {"newest": None, "first": date(2018, 5, 31), "all in one day": date(2025, 3, 31)}
    tree = Tree(page(known, days[request.param]))
    return next(one for one in tree.root.all() if one.tag == "main")


def _evidence(main: Element) -> dict[str, Element]:
    return {one.attrs["id"]: one for one in main.all() if "ev" in one.classes()}


def test_every_line_is_a_claim_with_evidence(main: Element) -> None:
    """Lines of lists and rows of tables, save those of reports themselves, and headings within a table."""
    lines = [
        one for one in main.all()
        if (one.tag in ("li", "tr") and one.above and one.above.tag != "thead" and "group" not in one.classes())
        and not one.under("reports")
    ]  # fmt: skip
    assert lines
    there = _evidence(main)
    for line in lines:
        assert line.targets(), line.words()
        assert line.targets() <= there.keys()


def test_every_sentence_of_the_state_of_play_has_evidence(main: Element) -> None:
    state = next(one for one in main.all() if "state" in one.classes())
    sentences = [one for one in state.within if "not stated" not in one.words()]
    assert sentences
    assert all(one.targets() for one in sentences)


def test_every_mark_and_box_opens_evidence(main: Element) -> None:
    there = _evidence(main)
    drawn = [one for one in main.all() if one.tag == "foreignobject"]
    assert drawn
    for one in drawn:
        assert one.targets(), one.words()
        assert one.targets() <= there.keys()
    for mark in (one for one in main.all() if "mk" in one.classes()):
        assert mark.attrs["title"] == mark.attrs["aria-label"] != ""


def test_every_piece_of_evidence_is_whole(main: Element) -> None:
    """The sentence marked in its context, who says so, outlet and day, origins, rule and confidence."""
    for id, one in _evidence(main).items():
        quote = next(part for part in one.all() if part.tag == "blockquote")
        assert any(part.tag == "mark" and part.text for part in quote.all()), id
        terms = [part.text for part in one.all() if part.tag == "dt"]
        told = [part.words() for part in one.all() if part.tag == "dd"]
        assert len(terms) == len(told)
        facts = dict(zip(terms, told, strict=True))
        assert facts["says so"]
        outlet, _, day = facts["report"].partition(", ")
        assert outlet
        assert day[:4].isdigit() or "unknown" in day
        assert "origin" in facts["origins"]
        rule, _, confidence = facts["found by"].partition(", confidence ")
        assert "@" in rule
        assert 0 < float(confidence) <= 1


def test_every_choice_of_a_drawing_shows_one(main: Element) -> None:
    for tabs in (one for one in main.all() if "tabs" in one.classes()):
        kinds = [one.tag for one in tabs.within if one.tag != "legend"]
        assert kinds[::3] == ["input"] * (len(kinds) // 3)
        assert kinds[1::3] == ["label"] * (len(kinds) // 3)
        assert sum("checked" in one.attrs for one in tabs.within) == 1


def test_links_within_the_page_lead_somewhere(main: Element) -> None:
    ids = {one.attrs["id"] for one in main.all() if "id" in one.attrs}
    for one in main.all():
        if one.attrs.get("href", "").startswith("#"):
            assert one.attrs["href"][1:] in ids
