"""An edition made from the one before tells what one tells that is read from scratch, whatever was written between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from review_examples import PACK
from standoff import decisions
from standoff.analyse.changes import changes
from standoff.analyse.corroborate import corroborate
from standoff.analyse.doubt import doubts
from standoff.analyse.fulfilment import fulfilment
from standoff.analyse.history import history
from standoff.analyse.stacked import stacked
from standoff.analyse.tariffs import tariffs
from standoff.errors import InputError
from standoff.model.lineage import Relation, Screening, View
from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Published, Report
from standoff.model.span import Span
from standoff.questions import stored
from standoff.questions.editions import Edition, Opened, Standpoint, edition
from standoff.questions.lists import report_rows
from standoff.store import Store

BEGIN = date(2031, 5, 1)
Maker = Callable[[dict[str, Any]], Record]


def move(type: Any, by: str, what: str) -> Maker:
    other = {"AA": "BB", "BB": "AA"}[by]
    return lambda base: Move(**base, type=type, by=by, to=other, actor=None, issue="ports", what=what)


def measure(rate: float, status: Any) -> Maker:
    return lambda base: Measure(
        **base, instrument="tariff", by="AA", on="BB", rate_percent=rate, amount_usd=None, goods="river sand", status=status
    )  # fmt: skip


def contact(status: Any) -> Maker:
    return lambda base: Contact(
        **base, kind="meeting", who=("Lee Osk",), parties=("AA", "BB"), place=None, when=None, date=None, level=None,
        status=status,
    )  # fmt: skip


def linkage(base: dict[str, Any]) -> Record:
    return Linkage(
        **base, kind="precondition", by="BB", first="drop the duty", then="open the ports", first_actor="AA",
        then_actor="BB",
    )  # fmt: skip


LINES: tuple[tuple[str, str | None, Any, Maker | None], ...] = (
    ("Arland wants the harbour fees dropped by the summer.", None, "assert", move("demand", "AA", "the harbour fees dropped")),
    ("Borland will not drop the harbour fees, the Meridian reported.", "BB", "assert", move("refuse", "BB", "drop the harbour fees")),
    ("Borland has offered to drop half of the harbour fees.", "AA", "assert", move("offer", "BB", "drop the harbour fees")),
    ("Arland's duty of 25% on river sand is in force.", None, "assert", measure(25.0, "in-force")),
    ("Arland's duty of 20% on river sand is suspended.", None, "assert", measure(20.0, "suspended")),
    ("Lee Osk and his hosts are to meet at the ports.", None, "assert", contact("planned")),
    ("Lee Osk and his hosts met at the ports.", "AA", "assert", contact("held")),
    ("Borland opens the ports once Arland drops the duty.", "BB", "assert", linkage),
    ("We have never promised to drop the harbour fees.", "BB", "deny", None),
    ("Borland has promised to drop the harbour fees.", "AA", "assert", None),
    ("Borland blames Arland for the delay at the ports.", "BB", "assert", move("accuse", "BB", "the delay at the ports")),
    ("Arland blames Borland for the delay at the ports.", "AA", "assert", move("accuse", "AA", "the delay at the ports")),
)  # fmt: skip


def report(number: int, lines: list[int]) -> Report:
    """Every third report is of no known day; some share their outlet."""
    day = None if number % 3 == 2 else Published(BEGIN + timedelta(days=3 * number), "file")
    text = "\n".join(LINES[line][0] for line in lines) or "Nothing."
    return Report(name=f"r{number}", text=text, outlet=("Harbour Post", "Meridian")[number % 2], published=day)


def records(of: Report, lines: list[int]) -> Iterator[Record]:
    """Those of some of the lines of a report."""
    for words, side, act, make in (LINES[line] for line in lines):
        if (start := of.text.find(words)) < 0:
            continue
        place = Span(start, start + len(words))
        base: dict[str, Any] = {"report": of.id, "evidence": (place,), "rule": "test@1", "confidence": 0.5}
        if side:
            said = Statement(
                **base, content=place, cue=None, source=None, speaker=side, kind="official", speaks_for=side, act=act
            )
            yield said
            base["said_by"] = said.id
        if make:
            yield make(base)


class Writer:
    """Writes to a record what hypothesis asks for; what does not fit the record as it is does nothing."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, number: int, lines: list[int]) -> None:
        new = report(number, lines)
        if all(old.name != new.name for old in self.store.reports()):
            self.store.add(new, Screening(view=View(new.text)), [], records(new, lines))

    def read_anew(self, number: int, lines: list[int]) -> None:
        if found := self.store.report(f"r{number}"):
            self.store.replace(found.id, Screening(view=View(found.text)), [], tuple(records(found, lines)))

    def date(self, number: int, lines: list[int]) -> None:
        if found := self.store.report(f"r{number}"):
            day = Published(BEGIN + timedelta(days=len(lines)), "user", "said by the user")
            self.store.enrich(Report(name=found.name, text=found.text, outlet=found.outlet, published=day))

    def relate(self, number: int, lines: list[int]) -> None:
        reports = self.store.reports()
        if len(reports) > 1 and lines:
            a, b = reports[number % len(reports)], reports[lines[0] % len(reports)]
            shared = tuple((r.span, s.span) for r in records(a, lines) for s in records(b, lines)
                           if r.span.of(a.text) == s.span.of(b.text))  # fmt: skip
            if a != b:
                kind: Any = ("copy", "excerpt", "spun", "same-event")[len(lines) % 4]
                self.store.settle([a.id], [Relation(a=a.id, b=b.id, kind=kind, score=0.9, passages=shared)])

    def decide(self, number: int, lines: list[int]) -> None:
        found = self.store.records()
        if found:
            verb = decisions.reject if len(lines) % 2 else decisions.accept
            verb(self.store, found[number % len(found)].id, who="ana")

    def correct(self, number: int, lines: list[int]) -> None:
        found = self.store.records(Statement)
        if found:
            fields = {"speaks_for": "CC" if len(lines) % 2 else "AA"}
            with suppress(InputError):  # it says so already
                decisions.correct(self.store, PACK, found[number % len(found)].id, fields, who="ana")

    def retract(self, number: int, lines: list[int]) -> None:
        if found := self.store.report(f"r{number}"):
            verb = decisions.reinstate if found.id in self.store.retracted() else decisions.retract
            verb(self.store, found.name, who="ana")

    def forget(self, number: int, lines: list[int]) -> None:
        self.store.forget_derived()


WRITES = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "add", "read_anew", "date", "relate", "decide", "correct", "retract", "forget"]),
        st.integers(0, 8),
        st.lists(st.integers(0, len(LINES) - 1), max_size=7, unique=True),
    ),
    min_size=1,
    max_size=10,
)


def everything(found: Edition) -> Iterator[object]:
    day = BEGIN + timedelta(days=8)
    yield found.known.parts.keys(), found.known, found.lineage, found.entries, found.revision
    for at in (Standpoint(found), Standpoint(found, as_of=day), Standpoint(found, known_at=day)):
        known = at.known
        yield at.disputes(), at.state(), at.graph(), at.outcome(), at.facts()
        yield at.headline().sentences, report_rows(at)
        yield corroborate(known), fulfilment(known, at.as_of), history(known, at.as_of), doubts(known)
        yield changes(known, BEGIN + timedelta(days=4)), tariffs(known, at.as_of), stacked(known, at.as_of)


@settings(max_examples=30, deadline=None)
@given(WRITES)
def test_it_tells_what_a_reading_from_scratch_tells(writes: list[tuple[str, int, list[int]]]) -> None:
    with Store.open(None) as store:
        writer, opened = Writer(store), Opened(store, PACK)
        kept = edition(opened)
        for name, number, lines in writes:
            getattr(writer, name)(number, lines)
            kept = edition(opened, kept)
            assert list(everything(kept)) == list(everything(edition(opened)))


def test_only_what_was_written_since_is_read_again(monkeypatch: Any) -> None:
    with Store.open(None) as store:
        writer, opened = Writer(store), Opened(store, PACK)
        for number in range(9):
            writer.add(number, [0, 1, number])
        first = edition(opened)
        writer.read_anew(4, [2, 3])
        monkeypatch.setattr(Store, "reports", lambda _: [])
        second = edition(opened, first)
        (changed,) = [id for id, part in second.known.parts.items() if part is not first.known.parts[id]]
        assert second.known.report(changed).name == "r4"
        assert edition(opened, second).gathered.stored.reports == second.gathered.stored.reports


def test_after_many_writes_all_is_read(monkeypatch: Any) -> None:
    with Store.open(None) as store:
        writer, opened = Writer(store), Opened(store, PACK)
        for number in range(9):
            writer.add(number, [number])
        first = stored.stored(opened.store)
        store.forget_derived()
        monkeypatch.setattr(Store, "reports_of", lambda *_: {})
        again = stored.stored(opened.store, first)
        assert again.reports == first.reports
        assert not again.records
