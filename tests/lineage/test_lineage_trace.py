from __future__ import annotations

from datetime import date
from itertools import permutations

from in_memory import trace
from lineage_examples import INDEPENDENT, ORIGINAL, PACK, PARAPHRASE, RELAY, report, sketches, spun

from standoff.lineage.sentences import sentences
from standoff.lineage.settle import voices
from standoff.model.lineage import Lineage, Place
from standoff.model.record import Move
from standoff.model.report import Published, Report
from standoff.model.span import Span

ADDED = "\nIn another matter the fishing fleets of both countries were told to stay in port because of the storms.\n"

first = report("first", ORIGINAL, 3, "Harbour Wire")
rewritten = report("rewritten", PARAPHRASE + ADDED, 4)
copied = report("spun", spun(ORIGINAL), 5, "Dealwatch 24")
other = report("other", INDEPENDENT, 4, "Meridian Post")
relay = report("relay", RELAY, 4, "Lakeside Daily")
ALL = (first, rewritten, copied, other, relay)


def traced(*reports: Report) -> Lineage:
    return trace(reports, sketches(*reports), PACK)


def kinds(lineage: Lineage, *reports: Report) -> set[tuple[str, str, str]]:
    names = {r.id: r.name for r in reports}
    return {(names[r.a], names[r.b], r.kind) for r in lineage.relations}


def place(report: Report, words: str) -> Place:
    start = report.text.index(words)
    return Place(report.id, Span(start, start + len(words)))


def test_the_kinds_of_relations_and_their_direction() -> None:
    found = kinds(traced(*ALL), *ALL)
    assert {
        ("rewritten", "first", "paraphrase"),
        ("spun", "first", "spun"),
        ("relay", "first", "relay"),
    } <= found
    assert {kind for a, b, kind in found if "other" in (a, b)} <= {"same-event"}
    assert len({frozenset((a, b)) for a, b, _ in found}) == len(found)


def test_any_order_gives_the_same_lineage() -> None:
    expected = traced(*ALL)
    for order in list(permutations(ALL))[::17]:
        assert traced(*order) == expected


def test_copies_are_one_family_with_the_first_one_first_and_its_origin() -> None:
    lineage = traced(*ALL)
    (family,) = lineage.families
    assert family.reports[0] == first.id
    assert set(family.reports) == {first.id, rewritten.id, copied.id}
    assert family.outlet == "Harbour Wire"
    origin = lineage.origin(copied.id)
    assert origin
    assert (origin.outlet, origin.basis, origin.shown_in) == ("Harbour Wire", "copied", first.id)
    published = lineage.origin(other.id)
    assert published
    assert (published.outlet, published.basis) == ("Meridian Post", "publisher")


def test_independent_origins_count_passages_and_not_reports() -> None:
    lineage = traced(*ALL)
    quotas = [
        place(first, "Beland wants the quotas to grow"),
        place(rewritten, "A tenth more quota every year"),
        place(relay, "Aland will keep its steel tariffs"),
    ]
    assert lineage.independent(quotas) == ("Harbour Wire",)
    assert lineage.independent([*quotas, place(other, "the steel quotas would rise")]) == (
        "Harbour Wire",
        "Meridian Post",
    )
    assert lineage.behind(place(rewritten, "fishing fleets")) == rewritten.id
    assert lineage.behind(place(relay, "fully booked")) == "Lakeside Daily"


def test_a_later_version_of_the_outlet_itself_is_a_revision() -> None:
    later = report("later", ORIGINAL + ADDED, 4, "The Harbour Wire")
    assert kinds(traced(first, later), first, later) == {("later", "first", "revision")}


def test_without_dates_the_one_with_the_credit_and_then_the_fuller_one_is_first() -> None:
    bare, short = (
        report("bare", ORIGINAL),
        report("short", ORIGINAL[: len(ORIGINAL) // 3].replace(" (Harbour Wire)", "")),
    )
    uncredited = report("uncredited", ORIGINAL.replace(" (Harbour Wire)", "") + ADDED)
    assert kinds(traced(bare, short), bare, short) == {("short", "bare", "excerpt")}
    assert kinds(traced(bare, uncredited), bare, uncredited) == {("uncredited", "bare", "copy")}


def test_discrepancies_are_found_between_copies_only() -> None:
    lineage = traced(*ALL)
    texts = {r.id: r for r in ALL}
    found = {
        (d.kind, d.b.span.of(texts[d.b.report].text))
        for d in lineage.discrepancies
        if d.a.report == rewritten.id and d.b.report == first.id
    }
    assert ("name", "Ambassador Ann Poe") in found
    assert all(other.id not in (d.a.report, d.b.report) for d in lineage.discrepancies)


def test_an_empty_record_and_a_single_report() -> None:
    assert traced() == Lineage()
    alone = traced(report("alone", INDEPENDENT))
    assert (alone.relations, alone.families, alone.origins) == ((), (), ())


def test_many_passages_at_once_have_the_origins_that_each_has() -> None:
    lineage = traced(*ALL)
    records = [
        Move(report=r.id, evidence=(s.span,), rule="by hand", confidence=1.0, type="offer", by=None, to=None, actor=None,
             issue="other", what="that")
        for r in ALL for s in sentences(r.text)
    ]  # fmt: skip
    assert voices(lineage, records) == {r.id: lineage.behind(Place(r.report, r.span)) for r in records}


def test_what_a_copy_sums_up_between_copied_passages_is_not_its_own() -> None:
    said = "A tenth more quota every year is what Beland wants;"
    summed_up = "Both sides have stuck to their figures for months, and neither has moved since the spring."
    longer = report("longer", PARAPHRASE.replace(said, f"{summed_up}\n\n{said}") + ADDED, 4)
    lineage = traced(first, longer)
    assert lineage.behind(place(longer, "Both sides have stuck")) == "Harbour Wire"
    assert lineage.behind(place(longer, "fishing fleets")) == longer.id


def test_what_one_outlet_puts_around_stories_of_other_months_makes_no_copy() -> None:
    years_later = Report(
        name="years later",
        text=ORIGINAL + ADDED,
        outlet="Harbour Wire",
        published=Published(date(2026, 6, 3), "sidecar"),
    )
    elsewhere = Report(name="elsewhere", text=ORIGINAL + ADDED, outlet="Echo", published=years_later.published)
    assert kinds(traced(first, years_later), first, years_later) == set()
    assert kinds(traced(first, elsewhere), first, elsewhere) == {("elsewhere", "first", "copy")}
