"""The five real reports that the project started from, where they lie beside it: what the record must hold of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from standoff import pipeline, questions
from standoff.analyse.conflict import conflicts
from standoff.analyse.known import Known
from standoff.analyse.state import state
from standoff.model.record import Measure, Move, Record
from standoff.pack.load import load_pack
from standoff.read.metadata import load_meta
from standoff.store import Store

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def known(shared: Path) -> Known:
    pack = load_pack("us-china-trade")
    files = sorted(str(p) for p in (shared / "seeds").glob("*.txt"))
    with Store.open(None) as store:
        run = pipeline.ingest(store, pipeline.read(files, load_meta(str(shared / "seeds" / "meta.yaml"))), pack)
        assert not run.skipped
        return questions.load(store, pack)


def _of(known: Known, name: str, record: Record) -> bool:
    return known.report_of(record).name.startswith(name)


def _words(known: Known, record: Record) -> str:
    return known.words(record).replace("’", "'")


def _moves(known: Known, report: str, type: str, by: str, word: str) -> list[Move]:
    return [
        m for m in known.moves
        if _of(known, report, m) and (m.type, m.by) == (type, by) and word in _words(known, m)
    ]  # fmt: skip


def test_every_record_quotes_its_report(known: Known) -> None:
    for record in known.records():
        for span in record.evidence:
            assert span.of(known.report_of(record).text).strip()


def test_august_2025_soybeans_only_after_the_fentanyl_tariffs_go(known: Known) -> None:
    rates = [m for m in known.measures if _of(known, "003", m) and m.rate_percent == 20 and m.instrument == "tariff"]
    assert [(m.by, m.on, m.status) for m in rates] == [("US", "CN", "in-force")]
    assert any(
        link.first_actor == "US" and link.then_actor == "CN" and "soybeans" in _words(known, link)
        for link in known.linkages if _of(known, "003", link)
    )  # fmt: skip


def test_the_200_percent_is_a_threat_and_never_in_force(known: Known) -> None:
    those = [m for m in known.measures if m.rate_percent == 200]
    assert those
    assert {m.status for m in those} == {"threatened"}
    assert _moves(known, "003", "threaten", "US", "200%")


def test_may_2018_two_refusals_beside_an_offer(known: Known) -> None:
    assert _moves(known, "004", "refuse", "CN", "$100 billion")
    assert _moves(known, "004", "refuse", "CN", "industrial policy")
    assert _moves(known, "004", "offer", "CN", "deficit")
    found = state(known)
    kinds = {p.kind for p in (*found.positions, *found.history) if p.party == "CN" and p.issue == "trade-balance"}
    assert kinds >= {"refuse", "offer"}


def test_the_doubled_body_counts_once(known: Known) -> None:
    refusals = _moves(known, "004", "refuse", "CN", "industrial policy")
    assert len({(m.what, m.issue) for m in refusals}) == len(refusals)
    assert all(m.span.start < 6200 for m in known.records() if _of(known, "004", m))


def test_march_2025_three_demands_on_fentanyl(known: Known) -> None:
    demands = [m for m in known.moves if _of(known, "001", m) and m.type == "demand" and m.by == "US"]
    for word in ("chemicals", "death penalty", "front page"):
        assert any(word in _words(known, m) for m in demands), word


def test_osaka_the_suspended_round_and_huawei(known: Known) -> None:
    round_of_300 = [m for m in known.measures if _of(known, "002", m) and m.amount_usd == 300e9]
    assert [(m.by, m.on, m.status) for m in round_of_300] == [("US", "CN", "suspended")]
    assert any(
        m.by == "US" and m.type in ("ease", "commit", "offer") and "Huawei" in _words(known, m)
        for m in known.moves if _of(known, "002", m)
    )  # fmt: skip


def test_the_missed_contact_in_new_york(known: Known) -> None:
    missed = [c for c in known.contacts if c.status == "missed" and any("Wang" in w for w in c.who)]
    assert {known.report_of(c).name[:3] for c in missed} >= {"001"}
    assert all("Wentao" not in w for c in missed for w in c.who), "Wang Yi is not Wang Wentao"


def test_the_letter_is_wang_wentaos_and_the_channel_wang_yis(known: Known) -> None:
    letters = [c for c in known.contacts if _of(known, "000", c) and c.kind == "letter"]
    assert any("Wang Wentao" in " ".join(c.who) for c in letters)
    channels = [c for c in known.contacts if c.kind == "channel"]
    assert channels
    assert all("Wang Yi" in " ".join(c.who) for c in channels)


def test_the_visit_of_li(known: Known) -> None:
    assert any(
        c.kind in ("visit", "meeting") and c.status == "planned" and "Li" in " ".join(c.who)
        for c in known.contacts
        if _of(known, "003", c)
    )


def test_both_accounts_of_whether_the_demands_were_clear(known: Known) -> None:
    pairs = [{known.words(known.record(c.a.record)), known.words(known.record(c.b.record))} for c in conflicts(known)]
    assert any(any("outlined" in words for words in pair) for pair in pairs)


def test_no_answer_is_no_position(known: Known) -> None:
    for move in known.moves:
        assert "respond to requests" not in _words(known, move)
        assert "reply to requests" not in _words(known, move)
    assert any(s.act == "decline-to-comment" for s in known.statements)


def test_one_story_told_twice_is_one_origin(known: Known) -> None:
    origins = {report.name[:3]: known.origin(report.id) for report in known.reports}
    assert origins["000"] == origins["001"]
    assert len(set(origins.values())) == 4


def test_threats_are_not_shown_as_rates_in_force(known: Known) -> None:
    from standoff.analyse.tariffs import tariffs

    for path in tariffs(known):
        for line in path.lines:
            assert all(step.rate != 200 for step in line.steps)


def test_measures_have_sides(known: Known) -> None:
    tariffs = [m for m in known.measures if isinstance(m, Measure) and m.instrument == "tariff"]
    assert sum(m.by is not None for m in tariffs) >= 0.9 * len(tariffs)
