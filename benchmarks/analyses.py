"""Seconds that each analysis takes over synthetic records of 100, 1,000 and 5,000 reports, and how it grows.

    python -m benchmarks.analyses [--reports N ...] [--db RECORD] [--profile NAME]

A synthetic report has 35 records, as real reports of 1,000 words on trade talks have on average, in invented words
whose frequencies fall as those of a language do (Zipf); two acts in five repeat a stock position of the record, so
that there is something to put together. Seconds are of processor time. The exponent is the slope
of log seconds over log reports: 1 is linear. The analyses run in one process and share what they work out
(`Known.once`), in the order shown, as one question after another of one record does. With `--db` a stored record is
measured instead, and how long it takes to be read.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import math
import pstats
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from standoff.analyse.changes import changes
from standoff.analyse.conflict import conflicts, contested_records
from standoff.analyse.corroborate import corroborate
from standoff.analyse.dating import place
from standoff.analyse.facts import facts
from standoff.analyse.fulfilment import fulfilment
from standoff.analyse.headline import headline
from standoff.analyse.history import history
from standoff.analyse.known import Known
from standoff.analyse.linked import outcome, waiting
from standoff.analyse.readouts import readouts
from standoff.analyse.stacked import stacked
from standoff.analyse.state import state
from standoff.analyse.tariffs import tariffs
from standoff.cli import COLLECT
from standoff.model.dates import When
from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Published, Report
from standoff.model.span import Span
from standoff.pack.load import load_pack
from standoff.questions.asked import load
from standoff.questions.editions import open_record

START, DAYS = date(2018, 1, 1), 2900
MOVES = ("demand", "offer", "refuse", "commit", "threaten", "impose", "ease", "accuse")


class Words:
    """Invented words, the frequent ones short."""

    def __init__(self, dice: random.Random, size: int = 8000) -> None:
        self.dice = dice
        syllables = [a + b for a in "bcdfglmnprstvz" for b in "aeiou"]
        self.all = ["".join(dice.choices(syllables, k=2 + (n > 400) + (n > 4000))) for n in range(size)]
        self.weights = list(accumulate(1 / (n + 3) for n in range(size)))

    def phrase(self, count: int) -> str:
        return " ".join(self.dice.choices(self.all, cum_weights=self.weights, k=count))


def synthetic(count: int) -> tuple[list[Report], list[Record]]:
    """Reports of 35 records each: 21 statements, 8 moves, 4 measures, 1 contact, 1 linkage."""
    dice = random.Random(5)
    words = Words(dice)
    issues = [issue.id for issue in load_pack("us-china-trade").issues]
    stock = {issue: [words.phrase(6) for _ in range(60)] for issue in issues}
    reports: list[Report] = []
    records: list[Record] = []
    for number in range(count):
        lines = [(issue, _line(dice, words, stock[issue])) for issue in dice.choices(issues, k=35)]
        day = START + timedelta(days=dice.randrange(DAYS))
        text = "".join(f"{lead} {rest}. " for _, (lead, rest) in lines)
        report = Report(name=f"r{number}", text=text, outlet=dice.choice("ABC"), published=Published(day, "file"))
        reports.append(report)
        records += _records(dice, report, day, lines)
    return reports, records


def _line(dice: random.Random, words: Words, stock: list[str]) -> tuple[str, str]:
    lead = dice.choice(stock) if dice.random() < 0.4 else words.phrase(7)
    return lead, words.phrase(9) + (" not" if dice.random() < 0.2 else "")


def _records(
    dice: random.Random, report: Report, day: date, lines: list[tuple[str, tuple[str, str]]]
) -> Iterator[Record]:
    at = 0
    said: list[Statement] = []
    for number, (issue, (lead, rest)) in enumerate(lines):
        span = Span(at, at + len(lead) + len(rest) + 2)
        at = span.end + 1
        base: dict[str, Any] = {"report": report.id, "evidence": (span,), "rule": "synthetic@1", "confidence": 0.7}
        by, other = dice.choice([("US", "CN"), ("CN", "US")])
        pick = dice.choice
        if number < 21:
            said.append(Statement(
                **base, content=span, cue=None, source=None, speaker=pick(["X", "Y", None]),
                kind=pick(["named", "official", "anonymous"]), speaks_for=pick(["US", "CN", None]),
                act="deny" if dice.random() < 0.05 else "assert",
            ))  # fmt: skip
            yield said[-1]
        elif number < 29:
            yield Move(
                **base, type=pick(MOVES), by=by, to=other, actor=None, issue=issue, what=lead,
                status=pick(["made", "made", "reported-by-sources", "expected"]), said_by=pick(said).id,
            )  # fmt: skip
        elif number < 33:
            yield Measure(
                **base, instrument=pick(["tariff", "tariff", "export-control"]), by=by, on=None,
                rate_percent=pick([None, 10.0, 20.0, 25.0, 30.0]), amount_usd=pick([None, None, 5e10, 2e11]),
                goods=pick([None, None, lead]), status=pick(["in-force", "threatened", "suspended", "raised"]),
            )  # fmt: skip
        elif number < 34:
            yield Contact(
                **base, kind=pick(["meeting", "call"]), who=tuple(w.title() for w in lead.split()[:2]),
                parties=("CN", "US"), place=None, when=None, date=pick([None, When.day(day)]), level=None,
                status=pick(["held", "planned"]),
            )  # fmt: skip
        else:
            yield Linkage(
                **base, kind=pick(["precondition", "exchange", "threat"]), by=by, first=lead, then=rest,
                first_actor=other, then_actor=by,
            )  # fmt: skip


def analyses(known: Known) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each analysis by name, in the order in which a brief asks for them."""
    day = known.newest()
    found: dict[str, Any] = {}

    def keep(name: str, value: object) -> object:
        found[name] = value
        return value

    yield "conflicts", lambda: keep("conflicts", conflicts(known))
    yield "state", lambda: keep("state", state(known, day, contested_records(found["conflicts"])))
    yield "facts", lambda: facts(known)
    yield "waiting", lambda: keep("waiting", waiting(known))
    yield "outcome", lambda: outcome(found["waiting"])
    yield "tariffs", lambda: tariffs(known)
    yield "headline", lambda: headline(known, found["state"], found["waiting"], found["conflicts"])
    yield "stacked", lambda: stacked(known)
    yield "fulfilment", lambda: fulfilment(known)
    yield "corroborate", lambda: corroborate(known)
    yield "history", lambda: history(known)
    yield "readouts", lambda: readouts(known, known.reports[0].id, known.reports[1].id)
    yield "dating", lambda: place(known, known.reports[0])
    yield "changes", lambda: changes(known, START + timedelta(days=DAYS - 30))


def measured(count: int, profile: str | None = None) -> dict[str, float]:
    """Seconds of each analysis of a synthetic record."""
    reports, records = synthetic(count)
    pack = load_pack("us-china-trade")
    return _timed("(sorting)", lambda: Known.of(pack, reports, records), profile)


def stored(where: str, profile: str | None = None) -> dict[str, float]:
    """Seconds of each analysis of a stored record."""
    opened = open_record(where)
    seconds = _timed("(reading)", lambda: load(opened.store, opened.pack), profile)
    opened.close()
    return seconds


def _timed(first: str, make: Callable[[], Known], profile: str | None) -> dict[str, float]:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)  # as the program does
    seconds: dict[str, float] = {}
    start = time.process_time()
    known = make()
    seconds[first] = time.process_time() - start
    for name, work in analyses(known):
        if name == profile:
            watch = cProfile.Profile()
            watch.runcall(work)
            pstats.Stats(watch).sort_stats("tottime").print_stats(18)
            continue
        start = time.process_time()
        work()
        seconds[name] = time.process_time() - start
    return seconds


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """The slope of log seconds over log reports, by least squares."""
    xs, ys = [math.log(n) for n in sizes], [math.log(max(s, 1e-6)) for s in seconds]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mx) ** 2 for x in xs)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / spread if spread else math.nan


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[100, 1000, 5000])
    parser.add_argument("--profile", help="show where the time of one analysis goes")
    parser.add_argument("--db", metavar="RECORD", help="measure a stored record")
    args = parser.parse_args()
    if args.db:
        seconds = stored(args.db, args.profile)
        for name, taken in (*seconds.items(), ("together", sum(seconds.values()))):
            print(f"{name:20}{taken:10.2f}")
        return
    table = [measured(count, args.profile) for count in args.reports]
    print(f"{'seconds at reports:':20}" + "".join(f"{n:>10,}" for n in args.reports) + "  exponent")
    for name in [*table[0], "together"]:
        row = [sum(t.values()) if name == "together" else t[name] for t in table]
        print(f"{name:20}" + "".join(f"{s:10.2f}" for s in row) + f"{exponent(args.reports, row):10.2f}")


if __name__ == "__main__":
    main()
