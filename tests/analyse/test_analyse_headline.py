"""The state of play in plain sentences, and what has changed."""

from __future__ import annotations

from datetime import date

from analyse_examples import PACK, contact, day, known, linkage, measure, move, statement, story

from standoff.analyse.attribution import outlet_of
from standoff.analyse.changes import changes
from standoff.analyse.conflict import conflicts, contested_records
from standoff.analyse.headline import Headline, headline
from standoff.analyse.known import Known
from standoff.analyse.linked import waiting
from standoff.analyse.periods import newest_period, period_of
from standoff.analyse.phrases import party_name, short, spoken, when_words
from standoff.analyse.state import state
from standoff.model.dates import When
from standoff.model.domain import Pack, Party
from standoff.model.report import Report

OLD, D1, D2 = date(2029, 1, 1), date(2031, 5, 1), date(2031, 5, 20)


def told(record: Known, as_of: date | None = None) -> Headline:
    differing = conflicts(record, as_of)
    now = state(record, as_of, contested_records(differing))
    return headline(record, now, waiting(record, as_of), differing)


FULL = (
    story("old", OLD, move("demand", "AA", "free ferries for all")),
    story(
        "one", D1,
        move("demand", "AA", "that Borland lower its port fees", said={"speaker": "Ana Regnier", "speaks_for": "AA"}),
        move("demand", "AA", "removal of the bridge", status="expected", issue="ports"),
        move("offer", "BB", "to buy more grain", status="hypothetical", said={"kind": "anonymous", "speaker": "a diplomat"}),
        measure("in-force", "AA", rate=20.0, goods="steel", effective=day("2031-03-04")),
        measure("threatened", "AA", rate=200.0, goods="ore"),
        contact("missed", "meeting", "Bo Holt", when="in April"),
        contact("planned", "call", "Ana Regnier", "Bo Holt", date=day("2031-05-25")),
        linkage("precondition", "lift the tariffs", "buy grain"),
        statement("Arland has not outlined which steps it expects on smuggling.", speaks_for="BB"),
        statement("Arland has made its expectations clear.", speaks_for="AA"),
        outlet="Tide",
    ),
)  # fmt: skip


def test_the_sentences_of_a_full_period() -> None:
    found = told(known(*FULL))
    assert [s.topic for s in found.sentences] == [
        "positions",
        "positions",
        "measures",
        "contacts",
        "linkages",
        "conflicts",
    ]
    one, two, three, four, five, six = (s.text for s in found.sentences)
    assert one == (
        "In reports of 1 May 2031, Arland demands that Borland lower its port fees (Tide, citing Ana Regnier) "
        "and is expected to demand removal of the bridge (Tide)."
    )
    assert two == "Borland might offer to buy more grain (Tide, citing a diplomat)."
    assert three == "In force: Arlandish tariff of 20% on “steel”, 4 March 2031 (Tide)."
    assert four == (
        "Planned: call of Ana Regnier and Bo Holt, 25 May 2031 (Tide); missed: meeting of Bo Holt, “in April” (Tide)."
    )
    assert five == "“buy grain” (Borland) – only after “lift the tariffs” (Arland) (Tide)."
    assert six.startswith("Accounts differ: “Arland has not outlined")
    assert "200" not in found.text, "a threat is no measure in force"
    assert "ferries" not in found.text, "what an old period said is not the state of play"


def test_every_sentence_rests_on_records_and_its_parts_make_it() -> None:
    record = known(*FULL)
    ids = {r.id for r in record.records()}
    for sentence in told(record).sentences:
        assert sentence.records
        assert set(sentence.records) <= ids
        assert "".join(p.text for p in sentence.parts) == sentence.text
        assert sentence.text.endswith(".")


def test_what_the_record_does_not_say_is_not_stated() -> None:
    found = told(
        known(
            story(
                "one",
                D1,
                move("demand", "AA", "lower port fees"),
                contact("held", "call", "Ana Regnier", parties=("AA",)),
            )
        )
    )
    assert [s.text for s in found.sentences[1:]] == [
        "What Borland demands or offers is not stated.", "The next contact is not stated.",
    ]  # fmt: skip
    assert told(known()).sentences[0].text == "What Arland demands or offers is not stated."


def test_the_account_of_the_other_side_is_marked() -> None:
    record = known(
        story("one", D1, move("offer", "BB", "to buy more grain", said={"speaks_for": "AA", "speaker": "Ana Regnier"}))
    )
    assert (
        "Borland is ready to buy more grain (One Post, citing Ana Regnier; by Arlandish account)." in told(record).text
    )


def test_as_of_an_earlier_day() -> None:
    record = known(*FULL)
    assert told(record, date(2029, 2, 1)).text.startswith("In reports of 1 January 2029, Arland demands: free ferries")


def test_changes_between_two_days() -> None:
    record = known(
        story("one", D1,
              move("offer", "BB", "opening of the northern ports"),
              move("demand", "AA", "lower port fees"),
              measure("threatened", "AA", rate=25.0, goods="steel")),
        story("two", D2,
              move("refuse", "BB", "opening of the northern ports"),
              move("demand", "AA", "lower port fees"),
              measure("in-force", "AA", rate=25.0, goods="steel")),
    )  # fmt: skip
    found = changes(record, D1)
    assert {(c.kind, c.subject) for c in found.changes} == {
        ("new", "position"), ("withdrawn", "position"), ("confirmed", "position"), ("changed", "measure"),
    }  # fmt: skip
    assert found.explanation == "From 2031-05-01 to 2031-05-20: 1 new, 1 changed, 1 withdrawn, 1 confirmed."
    (change,) = [c for c in found.changes if c.kind == "changed"]
    assert change.explanation == "Before: threatened, 25%. Now: in-force, 25%."
    assert change.what == "Arlandish tariff of 25% on “steel” (in force)"
    assert changes(record, D2).changes == ()
    assert {c.kind for c in changes(record, OLD, D1).changes} == {"new"}


def test_periods_are_parted_by_silence() -> None:
    assert period_of([D2, OLD, D1]) == (D1, D2)
    assert period_of([]) is None
    record = known(*FULL)
    assert newest_period(record) == (D1, D1)
    assert newest_period(record, date(2030, 1, 1)) == (OLD, OLD)


def test_words_for_days_and_names() -> None:
    assert when_words(When.month(2031, 5)) == "May 2031"
    assert when_words(When(D1, D2, "interval")) == "1 to 20 May 2031"
    assert when_words(When(None, D2, "interval")) == "by 20 May 2031"
    assert short("one two three", 9) == "one two …"
    union = Pack(id="u", title="u", between=("UU", "BB"), parties=(Party(code="UU", name="Port Union"), *PACK.parties))
    assert [party_name(union, code) for code in ("UU", "BB", None, "ZZ")] == [
        "the Port Union",
        "Borland",
        "the two sides",
        "ZZ",
    ]


def test_what_a_speaker_says_of_himself_stands_in_quotation_marks() -> None:
    text = "“They have to give us the licences,” the minister said."
    asks = move("demand", "AA", "to give us the licences", text=text)
    us = move("demand", "BB", "to leave the US lines open", text="Borland asks Arland to leave the US lines open.")
    record = known(story("one", D1, asks, us))
    assert "asks Borland to “give us the licences”" in told(record).text
    assert "“" not in told(record).text.partition("Borland asks")[2]


def test_what_no_report_says_just_so_is_not_quoted() -> None:
    record = known(story("one", D1, move("offer", "BB", "to return ours", text="Borland will hand back their ships.")))
    assert "“" not in told(record).text


def test_only_the_words_that_stand_in_the_report_are_quoted() -> None:
    line = move("accuse", "AA", "not sending us ore", text="“They weren’t sending us ore,” the minister said.")
    record = known(story("one", D1, line))
    (accusation,) = state(record).accusations
    assert spoken(record, accusation.records, accusation.what) == "not “sending us ore”"


def test_a_circle_is_told_by_the_names_of_its_acts() -> None:
    record = known(
        story(
            "one", D1,
            linkage("precondition", "lift the tariffs", "buy grain"),
            linkage("precondition", "buy grain", "lift the tariffs", first_actor="BB", then_actor="AA"),
        )
    )  # fmt: skip
    text = told(record).text
    assert "acts wait for each other" not in text
    assert "lift the tariffs" in text


def test_digests_in_names_of_reports_are_cut() -> None:
    named = {"7_0123456789abcdef": "report 7_0123…", "2018-05-beijing-talks": "report 2018-05-beijing-talks"}
    assert {name: outlet_of(Report(name=name, text="Nothing.")) for name in named} == named
