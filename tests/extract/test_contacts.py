"""What the contact extractor must find and must leave, sentence by sentence (`cases/contacts.md`)."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from standoff.extract.annotate import read_closely
from standoff.extract.contacts.contacts import extract_contacts
from standoff.model.domain import Body, Issue, Official, Pack, Party
from standoff.model.lineage import Screening, View
from standoff.model.record import Contact
from standoff.model.report import Published, Report

sys.path.insert(0, str(Path(__file__).parent))
from cases import Case, read_cases

PACK = Pack(
    id="test",
    title="Test",
    between=("US", "CN"),
    parties=(
        Party(
            code="US",
            name="United States",
            names=("U.S.", "US", "America"),
            adjectives=("American",),
            metonyms=("Washington", "White House"),
            people=("Americans",),
        ),
        Party(code="CN", name="China", adjectives=("Chinese",), metonyms=("Beijing",)),
        Party(code="JP", name="Japan", adjectives=("Japanese",), metonyms=("Tokyo",)),
    ),
    bodies=(Body(name="Commerce Ministry", party="CN"),),
    officials=(
        Official(name="Donald Trump", family="Trump", party="US", level="leader"),
        Official(name="Robert Lighthizer", family="Lighthizer", party="US", level="minister"),
        Official(name="Steven Mnuchin", family="Mnuchin", party="US", level="minister"),
        Official(name="Larry Kudlow", family="Kudlow", party="US", level="minister"),
        Official(name="Xi Jinping", family="Xi", party="CN", level="leader"),
        Official(name="Liu He", family="Liu", party="CN", level="minister"),
    ),
    issues=(
        Issue(id="tariffs", name="Tariffs", cues=("tariffs", "tariff", "duties")),
        Issue(id="purchases", name="Purchases", cues=("soybeans", "farm goods")),
        Issue(id="talks", name="Talks", cues=("talks", "negotiations")),
    ),
)


def found_in(text: str) -> list[Contact]:
    report = Report(name="case", text=text, published=Published(date(2019, 5, 15), "user"))
    reading = read_closely(report, Screening(view=View(text)), PACK)
    return list(extract_contacts(reading, ()))


def shown(contact: Contact, keys: list[str]) -> dict[str, str]:
    values = {key: getattr(contact, key) for key in keys}
    return {k: "none" if v is None else "+".join(v) if isinstance(v, tuple) else str(v) for k, v in values.items()}


@pytest.mark.parametrize("case", read_cases("contacts"), ids=lambda case: case.title)
def test_contacts_of_a_text(case: Case) -> None:
    found = found_in(case.text)
    assert [shown(c, list(line)) for c, line in zip(found, case.expected, strict=False)] == list(case.expected), found
    assert len(found) == len(case.expected), found


def test_a_contact_is_pinned_to_its_clause_and_to_its_other_mentions() -> None:
    text = "Officials waited. Trump met Xi Jinping in Osaka on Saturday. The meeting between Trump and Xi was brief."
    (contact,) = found_in(text)
    assert contact.span.of(text) == "Trump met Xi Jinping in Osaka on Saturday"
    assert [s.of(text) for s in contact.evidence[1:]] == ["The meeting between Trump and Xi"]
