"""What check_pack finds in a bad pack, and that the built-in packs are clean and their facts cohere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from standoff.model.domain import Body, Issue, Official, Pack, Party, Term
from standoff.pack.check import check_pack, exclusive, overlap
from standoff.pack.load import load_pack, pack_names

TERM = Term(title="president", start=date(2017, 1, 1), end=date(2021, 1, 1))
GOOD = Pack(
    id="p",
    title="P",
    between=("AA", "BB"),
    parties=(Party(code="AA", name="Aland", names=("Aland",)), Party(code="BB", name="Beland", names=("Beland",))),
    officials=(Official(name="Ann Ames", family="Ames", party="AA", terms=(TERM,), level="leader"),),
    issues=(Issue(id="tariffs", name="tariffs", cues=("tariff",)),),
)


def kinds(pack: Pack) -> list[str]:
    return [finding.kind for finding in check_pack(pack)]


def test_a_good_pack_has_no_findings() -> None:
    assert check_pack(GOOD) == ()


def test_one_name_at_two_parties() -> None:
    pack = replace(GOOD, bodies=(Body(name="Aland", party="BB", names=("Aland",)),))
    (finding,) = check_pack(pack)
    assert finding.kind == "same-name"
    assert "parties.AA.names and bodies.BB.Aland" in str(finding)


@pytest.mark.parametrize(
    ("word", "found"), [("May", True), ("States", True), ("US", False), ("us", True), ("Aland", False)]
)
def test_common_words_but_not_capitals(word: str, found: bool) -> None:
    party = replace(GOOD.parties[0], names=(word,))
    assert ("common-word" in kinds(replace(GOOD, parties=(party, GOOD.parties[1])))) is found


def test_officials_need_a_term_and_a_level_and_their_family_name() -> None:
    ann = GOOD.officials[0]
    assert kinds(replace(GOOD, officials=(replace(ann, terms=()),))) == ["no-term"]
    assert kinds(replace(GOOD, officials=(replace(ann, level=None),))) == ["no-level"]
    assert kinds(replace(GOOD, officials=(replace(ann, family="Jones"),))) == ["no-family"]


def test_two_in_one_office_but_not_two_deputies() -> None:
    ann = GOOD.officials[0]
    bob = replace(ann, name="Bob Bell", family="Bell", terms=(replace(TERM, start=date(2020, 1, 1), end=None),))
    assert kinds(replace(GOOD, officials=(ann, bob))) == ["term-overlap"]
    heir = replace(bob, terms=(replace(TERM, start=TERM.end, end=None),))
    assert kinds(replace(GOOD, officials=(ann, heir))) == []
    deputies = tuple(replace(o, terms=tuple(replace(t, title="deputy minister") for t in o.terms)) for o in (ann, bob))
    assert kinds(replace(GOOD, officials=deputies)) == []


@pytest.mark.parametrize(
    ("title", "one"),
    [("President", True), ("Vice President", True), ("Vice Premier", False), ("Treasury Secretary", True), ("senator", False),
     ("Commerce Ministry spokesman", False), ("Trade Representative", True), ("national security adviser", True)],
)  # fmt: skip
def test_which_offices_one_person_holds(title: str, one: bool) -> None:
    assert exclusive(title) is one


def test_issues() -> None:
    twice = replace(GOOD, issues=(*GOOD.issues, Issue(id="duties", name="duties", cues=("tariff",))))
    assert kinds(twice) == ["repeated-cue"]
    assert kinds(replace(GOOD, issues=(*GOOD.issues, *GOOD.issues))) == ["repeated-issue"]
    assert kinds(replace(GOOD, issues=(Issue(id="tariffs", name="tariffs", cues=("Tariff",)),))) == ["cue-case"]
    assert kinds(replace(GOOD, issues=(Issue(id="tariffs", name="tariffs"),))) == ["no-cues"]
    assert kinds(replace(GOOD, issues=(*GOOD.issues, Issue(id="other", name="other")))) == []
    assert kinds(replace(GOOD, issues=())) == ["no-cues"]


@pytest.mark.parametrize("name", pack_names())
def test_built_in_packs_are_clean(name: str) -> None:
    assert [str(f) for f in check_pack(load_pack(name))] == []


def test_the_guide_names_these_issues_of_trade() -> None:
    assert {i.id for i in load_pack("us-china-trade").issues} == {
        "tariffs", "purchases", "fentanyl", "technology-controls", "rare-earths", "intellectual-property", "industrial-policy",
        "trade-balance", "market-access", "enforcement", "currency", "investment", "tiktok", "aviation", "legal-reform",
        "security", "talks", "other",
    }  # fmt: skip


@pytest.mark.parametrize("name", pack_names())
def test_every_side_can_be_recognised_and_speaks_through_someone(name: str) -> None:
    pack = load_pack(name)
    for code in pack.between:
        party = pack.party(code)
        assert party is not None
        assert party.names
        assert [o for o in pack.officials if o.party == code], code


# A party office or a second hat beside the first; anyone else holds one exclusive office at a time.
TWO_HATS = {"Mick Mulvaney", "Wang Yi", "Yang Jiechi"}


def test_hardly_anybody_holds_two_exclusive_offices() -> None:
    found = set()
    for name in pack_names():
        for official in load_pack(name).officials:
            offices = {(t.start, t.end): t for t in official.terms if exclusive(t.title)}
            if any(overlap(a, b) for a, b in combinations(offices.values(), 2)):
                found.add(official.name)
    assert found == TWO_HATS


@pytest.mark.parametrize(
    ("day", "title", "name"),
    [
        (date(2018, 5, 3), "U.S. Trade Representative", "Robert Lighthizer"),
        (date(2019, 7, 9), "Treasury Secretary", "Steven Mnuchin"),
        (date(2025, 3, 11), "President", "Donald Trump"),
        (date(2025, 8, 26), "China International Trade Representative", "Li Chenggang"),
        (date(2019, 7, 9), "Commerce Minister", "Zhong Shan"),
        (date(2023, 6, 1), "Foreign Minister", "Qin Gang"),
    ],
)
def test_who_was_in_office(day: date, title: str, name: str) -> None:
    officials = [o for o in load_pack("us-china-trade").officials if o.party in ("US", "CN")]
    party = next(o.party for o in officials if o.name == name)
    assert [
        o.name for o in officials if o.party == party and any(t.title == title and t.holds(day) for t in o.terms)
    ] == [name]
