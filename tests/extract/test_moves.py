"""What the move extractor must find and must leave, sentence by sentence (`cases/moves*.md`), and what holds of all moves."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from standoff.extract.annotate import read_closely
from standoff.extract.cues import cues
from standoff.extract.issues import issues
from standoff.extract.moves.moves import extract_moves
from standoff.model.domain import Body, Issue, Official, Pack, Party
from standoff.model.lineage import Screening, View
from standoff.model.record import MOVE_TYPES, Move
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
        Party(code="AU", name="Australia", adjectives=("Australian",), metonyms=("Canberra",)),
    ),
    bodies=(Body(name="Commerce Ministry", party="CN"), Body(name="Commerce Department", party="US")),
    officials=(
        Official(name="Donald Trump", family="Trump", party="US", level="leader"),
        Official(name="Robert Lighthizer", family="Lighthizer", party="US", level="minister"),
        Official(name="Steven Mnuchin", family="Mnuchin", party="US", level="minister"),
        Official(name="Larry Kudlow", family="Kudlow", party="US", level="minister"),
        Official(name="Xi Jinping", family="Xi", party="CN", level="leader"),
        Official(name="Liu He", family="Liu", party="CN", level="minister"),
    ),
    issues=(
        Issue(id="tariffs", name="Tariffs", cues=("tariffs", "tariff", "duties", "duty")),
        Issue(id="purchases", name="Purchases", cues=("soybeans", "soybean", "farm goods")),
        Issue(id="talks", name="Talks", cues=("talks", "negotiations")),
    ),
)
THREE = Pack(
    id="three",
    title="Three sides",
    between=("union", "railway", "city"),
    parties=(
        Party(code="union", name="Rail Union", names=("Rail Union",)),
        Party(code="railway", name="Northgate Rail", names=("Northgate",)),
        Party(code="city", name="City of Leeds", names=("Leeds",)),
    ),
    issues=(Issue(id="pay", name="Pay", cues=("pay", "wages")),),
)


CASES = tuple(
    case
    for name in ("moves", "moves_told", "moves_sides", "moves_stances", "moves_bargains", "moves_turns")
    for case in read_cases(name)
)


def moves_in(text: str, pack: Pack = PACK) -> list[Move]:
    report = Report(name="case", text=text, published=Published(date(2019, 5, 15), "user"))
    reading = read_closely(report, Screening(view=View(text)), pack)
    return list(extract_moves(reading, ()))


def shown(move: Move, keys: list[str]) -> dict[str, str]:
    return {key: str(getattr(move, key)) for key in keys}


def fits(found: list[Move], expected: tuple[dict[str, str], ...]) -> bool:
    """Whether each expected move is one of those found, in any order, and no other was found."""
    if len(found) != len(expected):
        return False
    orders = permutations(found)
    return any(all(shown(m, list(e)) == e for m, e in zip(order, expected, strict=True)) for order in orders)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case) -> None:
    found = moves_in(case.text)
    told = [f"{m.type} {m.by}>{m.to} {m.issue} {m.status} {m.date} {m.deadline} {m.rule}: {m.what}" for m in found]
    assert fits(found, case.expected), told


def test_every_type_has_a_case() -> None:
    seen = {line["type"] for case in read_cases("moves") for line in case.expected}
    assert seen == set(MOVE_TYPES)


def test_evidence_holds_the_act_and_stays_in_its_sentence() -> None:
    text = "Shares rose. China pledged to buy more soybeans, and farmers cheered. Rain fell."
    (move,) = moves_in(text)
    assert "pledged to buy more soybeans" in move.span.of(text)
    assert "Rain" not in move.span.of(text)
    assert move.actor == "China"


def test_of_three_sides_the_one_named_nearest_is_meant() -> None:
    text = "Leeds kept out of it. Northgate offered 4 percent. The Rail Union rejected the offer on pay by Northgate."
    last = moves_in(text, THREE)[-1]
    assert (last.type, last.by, last.to, last.issue) == ("refuse", "union", "railway", "pay")


def test_a_threat_reaches_those_named_in_one_breath() -> None:
    text = (
        "Northgate and Leeds waited. The Rail Union renewed its threat to strike against partners Northgate and Leeds."
    )
    assert {(m.type, m.by, m.to) for m in moves_in(text, THREE)} == {
        ("threaten", "union", "railway"),
        ("threaten", "union", "city"),
    }


def test_a_name_that_is_a_month_is_read_as_a_name() -> None:
    carla = Official(name="Carla May", family="May", party="US", level="leader")
    pack = replace(PACK, officials=(*PACK.officials, carla))
    text = "Carla May arrived in May. China waited, as May refused to lift the tariffs before May 23."
    (move,) = moves_in(text, pack)
    assert (move.type, move.by, move.to, move.issue) == ("refuse", "US", "CN", "tariffs")
    assert "May refused" in move.span.of(text)


def test_a_pack_without_sides_has_no_moves_between_them() -> None:
    bare = Pack(id="bare", title="Bare", between=(), parties=PACK.parties)
    assert moves_in("The prices of the shares were demanded by nobody.", bare) == []


def test_issue_is_the_one_named_first_and_most() -> None:
    known = issues(PACK)
    assert known.of("the tariffs on soybeans") == "tariffs"
    assert known.of("", "nothing of it", "soybeans") == "purchases"
    assert known.of("talks on tariffs") == "tariffs"
    assert known.of("steel") == "other"


def test_confidence_of_a_rule_is_a_share() -> None:
    table = cues("moves")["confidence"]
    assert all(0 < share < 1 for share in table.values())
