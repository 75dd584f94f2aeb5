"""Accounts that do not deny each other outright: one case a rule, and what it must leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from analyse_examples import PACK, Line, known, linkage, measure, move, statement, story

from standoff.analyse.conflict import conflicts, conflicts_json
from standoff.model.domain import Party
from standoff.model.record import Statement
from standoff.model.span import Span

D1, D2, LATER = date(2031, 5, 1), date(2031, 5, 4), date(2032, 5, 1)


def kinds(*lines: Line) -> list[str]:
    return [c.kind for c in conflicts(known(story("one", D1, *lines)))]


PRETEXT = move(
    "accuse", "BB", "uses smuggling as a pretext for duties", text="Arland uses smuggling as a pretext for higher duties.",
    said={"speaks_for": "BB"},
)  # fmt: skip
GROUND = move(
    "accuse", "AA", "failed to stop smuggling", text="It raised duties over the failure to halt smuggling at sea.",
    said={"speaks_for": "AA"},
)  # fmt: skip


def test_a_ground_that_the_other_side_calls_a_pretext_even_in_another_report_of_the_time() -> None:
    near = known(story("one", D1, PRETEXT), story("two", D2, GROUND))
    (found,) = conflicts(near)
    assert (found.kind, found.a.party, found.b.party) == ("pretext", "BB", "AA")
    assert conflicts(known(story("one", D1, PRETEXT), story("two", LATER, GROUND))) == ()


def test_a_measure_gives_its_ground_too() -> None:
    record = known(
        story("one", D1, PRETEXT),
        story(
            "two", D2, measure("in-force", "AA", rate=10.0, reason="smuggling", text="Duties of 10% over smuggling.")
        ),
    )
    assert [c.kind for c in conflicts(record)] == ["pretext"]


def test_two_sides_accuse_each_other_over_one_matter() -> None:
    ours = move(
        "accuse", "AA", "backs pirates", text="Borland arms the pirates of the strait.", said={"speaks_for": "AA"}
    )
    theirs = move(
        "accuse", "BB", "backs pirates", text="Arland shields pirates in the strait.", said={"speaks_for": "BB"}
    )
    assert kinds(ours, theirs) == ["blame"]
    other = move(
        "accuse", "BB", "breaks its word", text="Arland breaks a treaty on fishing.", said={"speaks_for": "BB"}
    )
    assert kinds(ours, other) == []


def test_the_name_of_a_third_party_is_no_common_matter() -> None:
    def accuses(side: str, text: str) -> Line:
        return move("accuse", side, "bends rules", text=text, said={"speaks_for": side})

    ours = accuses("AA", "Borland and the Coral Islands dump cheap tin.")
    theirs = accuses("BB", "Arland taxes the rum of the Coral Islands.")
    assert kinds(ours, theirs) == ["blame"]
    third = replace(PACK, parties=(*PACK.parties, Party(code="CC", name="Coral Islands")))
    assert conflicts(known(story("one", D1, ours, theirs), pack=third)) == ()


@pytest.mark.parametrize(
    ("text", "accuses"),
    [
        ("Borland has not kept the treaty on fishing nets.", True),
        ("Borland was not honouring the treaty on fishing nets.", True),
        ("Borland does not want to lose the treaty on fishing nets.", False),
        ("Borland was not a party to the treaty on fishing nets.", False),
    ],
)
def test_what_is_left_undone_accuses_and_what_is_wanted_or_is_so_does_not(text: str, accuses: bool) -> None:
    theirs = move(
        "accuse", "BB", "broke the treaty", text="Arland broke the treaty on fishing nets.", said={"speaks_for": "BB"}
    )
    assert kinds(statement(text, speaks_for="AA"), theirs) == (["blame"] if accuses else [])


def test_who_is_to_blame_stands_beside_an_accusation_without_a_shared_word() -> None:
    assert kinds(
        statement("Borland walked away from the draft.", speaks_for="AA", act="accuse"),
        statement("Arland was entirely to blame for the breakdown.", speaks_for="BB"),
    ) == ["blame"]


def test_what_one_gave_by_the_other_side_and_only_by_its_own() -> None:
    theirs = move(
        "ease", "AA", "let parts be sold", issue="ports", text="Arland let parts be sold.", said={"speaks_for": "BB"}
    )
    own = move(
        "offer", "AA", "only old parts", issue="ports", text="Only old models will go.", said={"speaks_for": "AA"}
    )
    assert kinds(theirs, own) == ["extent"]
    whole = move("offer", "AA", "all parts", issue="ports", text="All models will go.", said={"speaks_for": "AA"})
    assert kinds(theirs, whole) == []


def test_a_promise_and_going_on_as_before() -> None:
    gives = move(
        "commit",
        "AA",
        "ease curbs on Quadrant Shipping",
        text="It will ease curbs on Quadrant Shipping.",
        said={"speaks_for": "AA"},
    )
    harm = move(
        "impose",
        "AA",
        "keep Quadrant listed",
        text="Staff treat the firm Quadrant Shipping as listed.",
        said={"kind": "outlet"},
    )
    assert kinds(gives, harm) == ["deed"]
    other = move(
        "impose", "AA", "keep Ferro listed", text="Staff treat the firm Ferro Mills as listed.", said={"kind": "outlet"}
    )
    assert kinds(gives, other) == []
    said = {"kind": "outlet"}
    might = move(
        "impose", "AA", "list it", text="A law would list Quadrant Shipping.", said=said, status="hypothetical"
    )
    assert kinds(gives, might) == []


def test_a_public_line_and_what_is_held_after_a_but() -> None:
    public = move("demand", "BB", "flexibility", text="Borland publicly asks for flexibility.")
    held = move("refuse", "BB", "to discuss subsidies", text="But its envoys will not discuss subsidies.")
    assert kinds(public, held) == ["line"]
    assert (
        kinds(public, move("refuse", "BB", "to discuss subsidies", text="Its envoys will not discuss subsidies.")) == []
    )


def ground(text: str, cue: str) -> Line:
    """A statement of BB that gives its ground after a cue."""
    at = text.index(cue)
    fields = {"source": None, "speaker": None, "kind": "institution", "speaks_for": "BB"}
    return Line(text, lambda base, span: Statement(
        **base, content=Span(span.start + at + len(cue) + 1, span.end), cue=Span(span.start + at, span.start + at + len(cue)), **fields
    ))  # fmt: skip


def test_going_back_on_ones_word_by_one_account_and_a_ground_by_ones_own() -> None:
    threat = linkage("threat", "Borland backtracks", "duties rise", first_actor="BB", then_actor="AA")
    blamed = Line("The text was settled before Borland backtracked on its pledges.", threat.make)
    assert kinds(blamed, ground("It struck them out, arguing that this would break its law.", "arguing")) == ["reading"]
    assert kinds(blamed, ground("It struck them out, noting that it was raining.", "noting")) == []


def test_self_praise_against_an_accusation() -> None:
    praise = statement("Borland has taken every step to curb piracy and cooperated with patrols.", speaks_for="BB")
    blame = move(
        "accuse",
        "AA",
        "tips off pirates",
        text="Borland tips off piracy rings before patrols arrive.",
        said={"speaks_for": "AA"},
    )
    assert kinds(praise, blame) == ["record"]


@pytest.mark.parametrize("side", ["AA", "BB"])
def test_a_promise_that_others_say_was_never_made(side: str) -> None:
    other = "BB" if side == "AA" else "AA"
    record = known(story(
        "one", D1,
        move("commit", side, "to buy grain", text="It will buy grain.", said={"speaks_for": other}),
        move("refuse", side, "a promise", text="Nothing was promised.", said={"kind": "anonymous", "speaker": "a diplomat"}),
    ))  # fmt: skip
    assert [c.kind for c in conflicts(record)] == ["denial"]


def test_json_names_report_span_and_matter() -> None:
    record = known(story("one", D1, PRETEXT), story("two", D2, GROUND))
    (row,) = conflicts_json(record, conflicts(record))["conflicts"]
    assert row["a"]["report"] == "one"
    assert row["a"]["span"] == [0, len(PRETEXT.text)]
    assert row["b"]["report"] == "two"
    assert row["about"]
