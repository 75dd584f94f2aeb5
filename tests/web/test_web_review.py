"""Deciding on pages, without a script: what each form does, what it refuses, and that it shows at once."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from threading import Event

import pytest
from serving import ROOT, Person, person

from standoff import decisions
from standoff.store import Store
from standoff.web import desk as desks


@pytest.fixture
def ana(own: str) -> Iterator[Person]:
    with person(own) as somebody:
        yield somebody


def errors(text: str) -> dict[str, str]:
    """What a form says is wrong, by field."""
    return dict(re.findall(r'class="error" id="f-([\w]+)-wrong"><bdi>(.*?)</bdi>', text))


def test_the_queue_is_in_order_of_doubt_and_says_why(ana: Person) -> None:
    rows = ana.rows("review")
    assert [r["doubt"] for r in rows] == sorted((r["doubt"] for r in rows), reverse=True)
    assert all(r["reasons"] or r["doubt"] == round(1 - r["confidence"], 4) for r in rows)
    moves = ana.rows("review?type=move&party=CN")
    assert 0 < len(moves) < len(rows)
    assert {r["type"] for r in moves} == {"move"}
    text = ana.page("review")
    assert rows[0]["reasons"][0] in text
    table = list(csv.reader(io.StringIO(ana.client.get(f"{ROOT}review?format=csv").text)))
    assert len(table) == len(rows) + 1


def test_accepting_goes_on_to_the_next_and_can_be_undone(ana: Person) -> None:
    first, second = ana.rows("review")[:2]
    answer = ana.send(f"review/record/{first['id']}", action="accept", back=f"{ROOT}review?type=#q-{second['id']}")
    assert answer.headers["location"].endswith(f"#q-{second['id']}")
    text = ana.page(answer.headers["location"])
    assert "Accepted" in text
    assert first["id"] not in [r["id"] for r in ana.rows("review")]
    (decision,) = ana.rows("review/history")
    assert (decision["who"], decision["action"], decision["record"]) == ("ana", "accept", first["id"])
    assert "Taken back" in ana.done(f"review/decision/{decision['id']}", back=f"{ROOT}review")
    assert first["id"] in [r["id"] for r in ana.rows("review")]
    assert [d["withdrawn_by"] for d in ana.rows("review/history")] == [None, "ana"]


def test_a_rejected_record_is_out_of_every_page_and_still_to_be_looked_at(ana: Person) -> None:
    move = ana.rows("review?type=move")[0]
    ana.done(f"review/record/{move['id']}", action="reject", note="a question, no demand")
    assert ana.client.get(f"{ROOT}record/{move['id']}").status_code == 404
    assert move["id"] not in ana.page(f"report/{move['report']}")
    text = ana.page(f"review/record/{move['id']}")
    assert "Rejected" in text
    assert "a question, no demand" in text
    both = ana.rows(f"review/record/{move['id']}")
    assert {row["stands"] for row in both} == {None}
    assert any(row["machine"] for row in both)


def test_a_correction_shows_both_versions_and_moves_the_address_along(ana: Person) -> None:
    move = next(r for r in ana.rows("review?type=move") if "by: CN" in r["fields"])
    form = ana.form(f"review/record/{move['id']}/correct")
    assert form["by"] == form["was.by"] == "CN"
    text = ana.done(f"review/record/{move['id']}/correct", **{**form, "by": "us", "what": "to do as it was asked"})
    assert "Corrected" in text
    both = {row["field"]: row for row in ana.rows(f"review/record/{move['id']}")}
    assert (both["by"]["stands"], both["by"]["machine"], both["by"]["differs"]) == ("US", "CN", True)
    assert not both["type"]["differs"]
    assert "to do as it was asked" in ana.page(f"record/{move['id']}")  # by the id that it had
    (hit,) = ana.rows('search?q="do+as+it+was+asked"')  # words that the store's index does not have
    assert hit["party"] == "US"
    assert hit["id"] == ana.rows(f"record/{move['id']}")[0]["id"]
    old = ana.rows("search?type=move&party=CN")
    assert hit["id"] not in [row["id"] for row in old]


def test_a_correction_leaves_alone_what_another_put_right_meanwhile(ana: Person, own: str) -> None:
    move = next(r for r in ana.rows("review?type=move") if "by: CN" in r["fields"])
    form = ana.form(f"review/record/{move['id']}/correct")
    with Store.open(own) as store:
        pack = ana.client.app.state.desks["us-china-trade"].opened.pack  # type: ignore[attr-defined]
        decisions.correct(store, pack, move["id"], {"by": "US"}, who="bo")
    ana.done(f"review/record/{move['id']}/correct", **{**form, "what": "something else"})
    both = {row["field"]: row["stands"] for row in ana.rows(f"review/record/{move['id']}")}
    assert (both["by"], both["what"]) == ("US", "something else")


def test_errors_stand_beside_their_fields_and_what_was_typed_stays(ana: Person) -> None:
    move = ana.rows("review?type=move")[0]
    form = ana.form(f"review/record/{move['id']}/correct")
    wrong = {**form, "by": "Nowhere", "deadline": "soon", "evidence": "words that it has not", "note": "my <b>note</b>"}
    answer = ana.send(f"review/record/{move['id']}/correct", **wrong)
    assert answer.status_code == 422
    told = errors(answer.text)
    assert set(told) == {"by", "deadline", "evidence"}
    assert "no party" in told["by"]
    for kept in ('value="Nowhere"', 'value="soon"', "words that it has not", "my &lt;b&gt;note&lt;/b&gt;"):
        assert kept in answer.text
    assert ana.rows("review/history") == []
    ana.done(f"review/record/{move['id']}/correct", **{**form, "by": "Nowhere", "free": "yes"})
    same = ana.send(f"review/record/{move['id']}/correct", **ana.form(f"review/record/{move['id']}/correct"))
    assert "nothing changes" in same.text


def test_a_record_is_added_by_its_place_or_by_its_words_and_found(ana: Person) -> None:
    report = next(r for r in ana.rows("reports") if r["name"].startswith("2018-05-beijing"))
    text = ana.client.app.state.desks["us-china-trade"].at().known.report(report["id"]).text  # type: ignore[attr-defined]
    start = text.index("\n\n") + 2
    place = f"{start - 1}:{start + 41}"  # with a blank before it, as people mark
    form = ana.form(f"review/report/{report['id']}/add?type=move&at={place}")
    assert form["at"] == f"{start}:{start + len(text[start : start + 41].strip())}"
    assert form["status"] == "made"
    empty = errors(ana.send(f"review/report/{report['id']}/add", **form).text)
    assert set(empty) == {"type", "issue", "what"}
    filled = {"type": "offer", "by": "US", "to": "CN", "issue": "tariffs", "what": "to exchange zephyrs"}
    assert "Added" in ana.done(f"review/report/{report['id']}/add", **{**form, **filled})
    (hit,) = ana.rows("search?q=zephyrs&type=move&party=US")
    assert hit["what"].endswith("to exchange zephyrs")
    assert hit["id"] in ana.page(f"report/{report['id']}")
    assert "Added" in ana.page(f"record/{hit['id']}")
    ambiguous = ana.send(f"review/report/{report['id']}/add", **{**form, **filled, "evidence": "the", "at": ""})
    assert "give more words" in errors(ambiguous.text)["evidence"]
    beyond = ana.client.get(f"{ROOT}review/report/{report['id']}/add?at=1:999999999")
    assert "no part of" in beyond.text


@pytest.mark.parametrize("kind", ["statement", "move", "measure", "contact", "linkage"])
def test_every_class_has_its_form(ana: Person, kind: str) -> None:
    record = ana.rows(f"review?type={kind}")[0]
    form = ana.form(f"review/record/{record['id']}/correct")
    assert all(
        form[name.removeprefix("was.")].split() == value.split()
        for name, value in form.items()
        if name.startswith("was.")
    )
    assert "nothing changes" in ana.send(f"review/record/{record['id']}/correct", **form).text
    text = ana.page(f"review/report/{record['report']}/add?type={kind}")
    assert text.count('class="field') > 6


def test_a_name_is_put_right(ana: Person) -> None:
    statement = next(r for r in ana.rows("review?type=statement") if "speaks for: CN" in r["fields"])
    text = ana.page(f"review/record/{statement['id']}")
    link = re.search(r'href="([^"]+/name\?mention=[^"]+)"', text)
    assert link
    form = ana.form(link[1].replace("&amp;", "&"))
    report = f"review/report/{statement['report']}/name"
    assert errors(ana.send(report, **form).text) == {"stands_for": "cannot be empty"}
    assert "no party" in errors(ana.send(report, **{**form, "stands_for": "Nowhere"}).text)["stands_for"]
    assert (
        "does not stand" in errors(ana.send(report, **{**form, "mention": "Zzz", "stands_for": "US"}).text)["mention"]
    )
    assert "A name put right" in ana.done(report, **{**form, "stands_for": "US"})
    both = {row["field"]: row["stands"] for row in ana.rows(f"review/record/{statement['id']}")}
    assert both["speaks for"] == "US"


def test_a_report_is_retracted_and_counts_again(ana: Person) -> None:
    report = ana.rows("reports")[0]
    text = ana.done(f"review/report/{report['id']}", action="retract", note="taken back by its outlet")
    assert "Let it count again" in text
    assert report["id"] not in {r["report"] for r in ana.rows("review")}
    (row,) = [r for r in ana.rows("reports") if r["id"] == report["id"]]
    assert row["retracted"]
    assert "taken back by its outlet" in ana.page(f"report/{report['id']}")
    assert ana.send(f"review/report/{report['id']}", action="retract").status_code == 422
    ana.done(f"review/report/{report['id']}", action="reinstate")
    assert not ana.rows("reports")[0]["retracted"]
    assert len(ana.rows(f"review/report/{report['id']}")) == 2


def test_what_was_decided_shows_at_once_however_long_the_record_takes(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = ana.rows("review?type=move")[:3]
    desk = ana.client.app.state.desks["us-china-trade"]  # type: ignore[attr-defined]
    while desk._reading.is_alive():
        time.sleep(0.02)
    read, warm = Event(), desks.warm
    monkeypatch.setattr(desks, "warm", lambda at: warm(at) if read.wait(60) else None)
    desk._took = 60.0
    revision = desk.at().edition.revision
    began = time.monotonic()
    ana.done(f"review/record/{one['id']}", action="accept")
    ana.done(f"review/record/{two['id']}", action="reject")
    form = ana.form(f"review/record/{three['id']}/correct")
    assert "the new words" in ana.done(f"review/record/{three['id']}/correct", **{**form, "what": "the new words"})
    left = {r["id"] for r in ana.rows("review")}
    assert not left & {one["id"], two["id"], three["id"]}
    assert [d["action"] for d in ana.rows("review/history")] == ["correct", "reject", "accept"]
    assert "Rejected" in ana.page(f"review/record/{two['id']}")
    assert time.monotonic() - began < 4
    assert desk.at().edition.revision == revision  # all of it while the edition before is served
    read.set()


def test_hostile_words_are_words(ana: Person) -> None:
    move = ana.rows("review?type=move")[0]
    note = "<script>alert(1)</script> \u202egnorw ' \" &amp;"
    ana.done(f"review/record/{move['id']}", action="accept", note=note)
    for path in ("review/history", f"review/record/{move['id']}", f"review/report/{move['report']}"):
        text = ana.page(path)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "\u202e" not in text
    assert ana.rows("review/history")[0]["note"] == note.replace("\u202e", " ")
    ana.done(f"review/record/{move['id']}", action="accept", note="=1+1")
    table = ana.client.get(f"{ROOT}review/history?format=csv").text
    assert "'=1+1" in table
    away = ana.send(f"review/record/{move['id']}", action="accept", back="//evil.example/x")
    assert away.headers["location"].startswith(ROOT)


def test_what_is_not_there_is_said(ana: Person) -> None:
    for path in ("review/record/m-none", "review/record/m-none/correct", "review/report/r-none", "review/decision/v-none",
                 "review/report/r-none/add", "review/report/r-none/name"):  # fmt: skip
        assert ana.client.get(ROOT + path).status_code == 404, path
    assert ana.send("review/record/m-none", action="accept").status_code == 404
    assert ana.send("review/decision/v-none").status_code == 404
    move = ana.rows("review?type=move")[0]
    assert ana.send(f"review/record/{move['id']}", action="dance").status_code == 422


def test_nobody_decides_without_a_name(own: str) -> None:
    with person(own, who="") as nobody:
        move = nobody.rows("review?type=move")[0]
        answer = nobody.send(f"review/record/{move['id']}", action="accept")
        assert answer.status_code == 422
        assert "needs to say who decides" in answer.text
