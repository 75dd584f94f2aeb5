"""Lineage on real reports, against truth that the test works out itself. The texts lie beside the project, or it skips."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from in_memory import trace
from near_copies import MAKERS, containments, truncated
from rewritten_copies import rewritten

from standoff import pipeline
from standoff.lineage.candidates import near
from standoff.lineage.settle import settle
from standoff.lineage.sketch import sketch
from standoff.model.lineage import Relation, Screening, View
from standoff.model.report import Published, Report
from standoff.pack.load import load_pack
from standoff.store import Store

pytestmark = pytest.mark.shared

COPIES = {"copy", "excerpt", "spun", "paraphrase", "revision"}
PACK = load_pack("us-china-trade")
AT_ONCE = 100


@pytest.fixture(scope="module")
def news(shared: Path) -> list[Report]:
    """All reports of the corpus, shuffled."""
    with gzip.open(shared / "corpus" / "news.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = {r.id: r for r in (_report(row["id"], row["text"], row["outlet"], row["published"]) for row in rows)}
    reports = list(found.values())
    random.Random(7).shuffle(reports)
    return reports


def _report(name: str, text: str, outlet: str | None, day: str | None) -> Report:
    try:
        published = Published(date.fromisoformat(day or ""), "file")
    except ValueError:
        published = None
    return Report(name=name, text=text, outlet=outlet, published=published)


def with_copies(news: Sequence[Report], count: int) -> list[Report]:
    """The reports and so many made copies, some of each kind, shuffled; copies have days of other reports."""
    chance = random.Random(11)
    texts = [r.text for r in news if len(r.text.split()) >= 100]
    made = [
        Report(
            name=f"{maker.__name__}-{n}",
            text=maker(chance, texts),
            url=f"https://copyist.example/{n}",
            published=chance.choice(news).published,
        )
        for n, maker in zip(range(count), MAKERS * count, strict=False)
    ]
    mixed = [*news, *made]
    chance.shuffle(mixed)
    return mixed


def add(store: Store, reports: Sequence[Report]) -> None:
    for at in range(0, len(reports), AT_ONCE):
        some = reports[at : at + AT_ONCE]
        store.add_all((r, Screening(view=View(r.text)), sketch(r.text), ()) for r in some)


def kinds(relations: Sequence[Relation]) -> dict[frozenset[str], str]:
    return {frozenset((r.a, r.b)): r.kind for r in relations}


def true_pairs(reports: Sequence[Report], least: float) -> set[frozenset[str]]:
    found = containments([r.text for r in reports])
    return {frozenset((reports[a].id, reports[b].id)) for (a, b), share in found.items() if share >= least}


def near_pairs(store: Store, reports: Sequence[Report]) -> set[frozenset[str]]:
    """The pairs that are compared since their sketches overlap, looked up in the index on disk."""
    found = set()
    for at in range(0, len(reports), AT_ONCE):
        shared = store.sharing_fingerprints(r.id for r in reports[at : at + AT_ONCE])
        sizes = store.signatures({*shared, *(other for others in shared.values() for other in others)})
        for id, others in shared.items():
            found |= {frozenset((id, o)) for o, count in others.items() if near(count, sizes[id][0], sizes[o][0])}
    return found


def test_near_copies_are_found_and_a_restart_loses_nothing(news: Sequence[Report], tmp_path: Path) -> None:
    reports = with_copies(news[:200], 150)
    half = len(reports) // 2
    with Store.open(tmp_path / "record.db") as store:
        add(store, reports[:half])
        pipeline.trace(store, PACK)
    with Store.open(tmp_path / "record.db") as store:
        add(store, reports[half:])
        pipeline.trace(store, PACK)
        truth, relations = true_pairs(reports, 0.3), kinds(store.relations())
        candidates = near_pairs(store, reports)
        lineage = settle(store.reports(), store.relations(), PACK)
    assert len(truth) > 150
    assert len(truth & candidates) >= 0.99 * len(truth)
    assert sum(relations.get(pair) in COPIES for pair in truth) >= 0.97 * len(truth)
    assert sum(kind in COPIES for pair, kind in relations.items() if pair not in truth) <= 0.02 * len(truth)
    shuffled = random.Random(3).sample(reports, len(reports))
    assert trace(shuffled, {r.id: sketch(r.text) for r in shuffled}, PACK) == lineage


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_truncated_copies_are_found(news: Sequence[Report], share: float) -> None:
    originals = [r for r in news if 300 <= len(r.text.split()) <= 1500][:60]
    made = {}
    for n, original in enumerate(originals):
        text = truncated(random.Random(n), [original.text], share)
        made[Report(name=f"cut-{n}", text=text, outlet="Copyist")] = original
    reports = [*originals, *made]
    lineage = trace(reports, {r.id: sketch(r.text) for r in reports}, PACK)
    found = kinds(lineage.relations)
    assert all(found.get(frozenset((cut.id, original.id))) in ("copy", "excerpt") for cut, original in made.items())


def test_rewritten_copies_are_found(news: Sequence[Report]) -> None:
    """Words exchanged, clauses dropped and moved, sentences dropped and moved; other texts than those tuned on."""
    originals = [r for r in news if r.published and 200 <= len(r.text.split()) <= 1500][-60:]
    made = {Report(name=f"again-{n}", text=rewritten(r.text, 1000 + n), url=str(n)): r for n, r in enumerate(originals)}
    reports = [*originals, *made]
    lineage = trace(reports, {r.id: sketch(r.text) for r in reports}, PACK)
    found = kinds(lineage.relations)
    pairs = {frozenset((again.id, r.id)) for again, r in made.items()}
    assert sum(found.get(pair) in COPIES for pair in pairs) >= 0.95 * len(pairs)


def test_reports_of_one_event_and_no_independent_one_called_a_copy(shared: Path) -> None:
    lines = (shared / "lineage" / "basil_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    reports = [_report(str(n), row["text"], row["outlet"], row["published"]) for n, row in enumerate(rows)]
    found = kinds(trace(reports, {r.id: sketch(r.text) for r in reports}, PACK).relations)
    assert not set(found.values()) & COPIES
    right = wrong = missed = 0
    for (a, one), (b, other) in combinations(enumerate(rows), 2):
        days = abs((date.fromisoformat(one["published"]) - date.fromisoformat(other["published"])).days)
        if days > 60 or not set(one["main_entities"]) & set(other["main_entities"]):
            continue
        same, told = one["event"] == other["event"], frozenset((reports[a].id, reports[b].id)) in found
        right, wrong, missed = right + (same and told), wrong + (told and not same), missed + (same and not told)
    assert 2 * right / (2 * right + wrong + missed) >= 0.9


@pytest.mark.slow
def test_all_of_the_corpus_with_two_thousand_copies(news: Sequence[Report], tmp_path: Path) -> None:
    reports = with_copies(news, 2000)
    truth = true_pairs(reports, 0.3)
    memory = []
    found: set[frozenset[str]] = set()
    sketching = whole = 0.0
    with Store.open(tmp_path / "record.db") as store:
        for at in range(0, len(reports), AT_ONCE):
            some = reports[at : at + AT_ONCE]
            sketching += _seconds(lambda some=some: [sketch(r.text) for r in some])
            whole += _seconds(lambda some=some: (add(store, some), store.sign({r.id: ((), b"") for r in some})))
            whole += _seconds(lambda some=some: found.update(near_pairs(store, some)))
            memory.append(_memory())
    assert len(truth & found) >= 0.99 * len(truth)
    assert memory[-1] - memory[len(memory) // 2] < 30, "megabytes more for the second half"
    assert whole <= 4 * sketching, f"{len(reports) / whole:.0f} reports a second; sketching alone gives 1,200"


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor, as others may use the machine."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _memory() -> float:
    """Megabytes that the process holds."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
    except OSError:
        return 0.0
