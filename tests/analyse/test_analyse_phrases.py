"""Records and acts in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from analyse_examples import PACK, Line, contact, known, linkage, measure, move, statement, story

from standoff.analyse.phrases import record_line, with_articles
from standoff.model.domain import Party

DAY = date(2031, 5, 1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (move("refuse", "AA", "to lift the duties", to="BB"), "Arland refuses to lift the duties"),
        (move("demand", "AA", "to open the ports", to="BB"), "Arland asks Borland to open the ports"),
        (move("offer", "AA", "lower duties", status="denied"), "Arland offers: lower duties – which is denied"),
        (move("threaten", "BB", "new duties", status="hypothetical"), "Borland might threaten new duties"),
        (measure("in-force", "AA", rate=20.0, goods="salt"), "Arlandish tariff of 20% on “salt” (in force)"),
        (linkage("precondition", "lift the duties", "open the ports"), "open the ports – only after lift the duties"),
        (statement("the text is ready", speaks_for="AA"), "the text is ready"),
    ],
)
def test_a_record_in_one_line(line: Line, expected: str) -> None:
    record = known(story("one", DAY, line))
    found = next(r for r in (*record.moves, *record.measures, *record.linkages, *record.statements))
    assert record_line(record, found) == expected


def test_a_contact_is_told_by_who_meets() -> None:
    record = known(story("one", DAY, contact("planned", "meeting", "Ana Regnier", "two envoys")))
    assert record_line(record, record.contacts[0]) == "meeting of Ana Regnier and two envoys (planned)"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("what Coral Islands expects", "what the Coral Islands expects"),
        ("the Coral Islands lifts it", "the Coral Islands lifts it"),
        ("lift “Coral Islands first”", "lift “Coral Islands first”"),
        ("give Coral Islands Shipping a licence", "give Coral Islands Shipping a licence"),
        ("Arland lifts it", "Arland lifts it"),
    ],
)
def test_names_with_their_article(words: str, expected: str) -> None:
    pack = replace(PACK, parties=(*PACK.parties, Party(code="CC", name="Coral Islands")))
    assert with_articles(pack, words) == expected
