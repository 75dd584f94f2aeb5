"""Reports in, record out, on one screen: read → screen → annotate + sketch → store → trace.

`process` is pure, so any worker may do it in any order; only the driver writes (`ingest`, `rebuild`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from standoff import __version__
from standoff.errors import InputError
from standoff.extract.annotate import annotate
from standoff.lineage.sketch import sketch
from standoff.lineage.trace import Tracer
from standoff.model.domain import Pack
from standoff.model.lineage import Screening
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.pack.check import Finding, check_pack
from standoff.pack.examples import load_examples, unmet
from standoff.pack.load import find_pack, load_pack
from standoff.read.exported import Exported
from standoff.read.metadata import Metadata
from standoff.read.reports import Skipped, read_paths
from standoff.screen.screening import screen
from standoff.store import Store

_TRACE_AT_ONCE = 100  # reports whose relations are stored in one transaction
_LOOK_AT = 25  # reports that are looked at to find the pack that fits them

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Processed:
    """What one report gives by itself."""

    report: Report
    screening: Screening
    sketch: tuple[tuple[int, int], ...]
    records: tuple[Record, ...]


@dataclass(slots=True)
class Run:
    """What a run did: reports added, already known, and skipped with the reason."""

    pack: str = ""
    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    records: int = 0

    def read(self, report: Report) -> None:
        """Count a report as read; what is odd about how it was decoded is noted."""
        self.added.append(report.name)
        how = report.provenance.reader if report.provenance else ""
        if "decoded from" in how:
            self.noted.append(f"{report.name} is not valid UTF-8: {how.split('(', 1)[1].rstrip(')')}; look it over")


def process(report: Report, pack: Pack) -> Processed:
    """All that one report gives by itself; deterministic, no state."""
    screening = _screened(report, pack)
    return Processed(report, screening, sketch(report.text), annotate(report, screening, pack))


def _screened(report: Report, pack: Pack) -> Screening:
    outlet = next((o for o in pack.outlets if report.outlet in (o.name, *o.names)), None)
    return screen(report.text, outlet.boilerplate if outlet else ())


def ingest(store: Store, reports: Iterable[Report | Skipped], pack: Pack, progress: Progress | None = None) -> Run:
    """Work on reports one by one and store each with its records, all or nothing; then settle the lineage.

    What cannot be used stands in the run's list with its reason and ends nothing. A known report adds nothing.
    """
    run = Run(pack=pack.id)
    for item in reports:
        if isinstance(item, Skipped):
            run.skipped.append(item)
        elif store.known([item.id]):
            run.known.append(item.name)
            store.enrich(item)
        else:
            done = process(item, pack)
            if store.add(done.report, done.screening, done.sketch, done.records):
                run.read(item)
                run.records += len(done.records)
        if progress:
            progress(item.path if isinstance(item, Skipped) else item.name)
    _renew(store, pack, store.pending())
    if run.added or run.known:
        trace(store, pack)
        store.set_meta({"pack": pack.id, "made_by": __version__})
    return run


def trace(store: Store, pack: Pack) -> None:
    """Settle how the reports that are not traced yet relate to all stored ones; what is settled stays."""
    tracer, waiting = Tracer(pack), store.untraced()
    for some in (waiting[at : at + _TRACE_AT_ONCE] for at in range(0, len(waiting), _TRACE_AT_ONCE)):
        store.sign({id: tracer.sign(report) for id, report in store.reports_of(some).items()})
        store.settle(some, tracer.relations(some, store))


def restore(store: Store, exported: Exported, pack: Pack, progress: Progress | None = None) -> Run:
    """Store the reports and records of an export as they are, without reading the texts again.

    What an export does not hold (screening, sketch, lineage) is made anew. A report that is stored already keeps
    its own records.
    """
    run = Run(pack=pack.id)
    for report in exported.reports:
        records = exported.records.get(report.id, ())
        if store.add(report, _screened(report, pack), sketch(report.text), records):
            run.added.append(report.name)
            run.records += len(records)
        else:
            run.known.append(report.name)
        if progress:
            progress(report.name)
    if run.added or run.known:
        trace(store, pack)
        store.set_meta({"pack": pack.id, "made_by": __version__})
    return run


def rebuild(store: Store, pack: Pack, progress: Progress | None = None) -> int:
    """Make everything anew that can be made from the stored texts; reports and decisions stay. Returns how many.

    One that was interrupted goes on where it stopped, at the next call.
    """
    waiting = store.pending()
    if not waiting:
        store.forget_derived()
        waiting = store.pending()
    _renew(store, pack, waiting, progress)
    trace(store, pack)
    store.set_meta({"pack": pack.id, "made_by": __version__})
    return len(waiting)


def _renew(store: Store, pack: Pack, ids: Sequence[str], progress: Progress | None = None) -> None:
    for id in ids:
        report = store.report(id)
        if report is not None:
            done = process(report, pack)
            store.replace(id, done.screening, done.sketch, done.records)
            if progress:
                progress(report.name)


def read(
    paths: Sequence[str], meta: Mapping[str, Metadata] | None = None, stdin: BinaryIO | None = None
) -> Iterator[Report | Skipped]:
    """Reports from files, folders and standard input; see `standoff.read`."""
    return read_paths(paths, meta, stdin)


def choose_pack(
    wanted: str | None, reports: Iterator[Report | Skipped], stored: str | None = None
) -> tuple[Pack, Iterator[Report | Skipped]]:
    """The pack that the user named, else the record's own, else the built-in one whose parties the reports name.

    Gives the reports back whole, those looked at included. Raises PackError where none fits.
    """
    if wanted or stored:
        return load_pack(wanted or stored or ""), reports
    first = list(islice(reports, _LOOK_AT))
    texts = [item.text for item in first if isinstance(item, Report)]
    if not texts:
        raise InputError(_nothing_read([item for item in first if isinstance(item, Skipped)]))
    return load_pack(find_pack(texts)), chain(first, reports)


def _nothing_read(skipped: list[Skipped]) -> str:
    if not skipped:
        return "no reports were given; name files or folders, or - for standard input"
    return "no report could be read:\n" + "\n".join(f"  {item.path}: {item.reason}" for item in skipped)


def examples_of(pack: str) -> tuple[list[str], Path | None]:
    """The example reports that come with a pack, and what is known of them. Raises InputError where there are none."""
    folder = Path(__file__).parent / "pack" / "library" / pack / "reports"
    files = sorted(str(path) for path in folder.glob("*.txt"))
    if not files:
        raise InputError(f"the pack {pack} comes without example reports; name reports of your own")
    meta = folder / "meta.yaml"
    return files, meta if meta.is_file() else None


def try_pack(name_or_dir: str) -> tuple[int, tuple[str, ...]]:
    """Read a pack's own examples: how many there are, and what is not as they say, one line each."""
    pack, failed = load_pack(name_or_dir), []
    examples = load_examples(name_or_dir)
    for number, example in enumerate(examples, 1):
        records = process(_as_report(number, example.sentence, example.published), pack).records
        failed += list(unmet(example, records))
    return len(examples), tuple(failed)


def _as_report(number: int, text: str, day: object) -> Report:
    from datetime import date

    from standoff.model.report import Published

    published = Published(day, "user", "given with the example") if isinstance(day, date) else None
    return Report(name=f"example {number}", text=text, published=published)


def checked(name_or_dir: str) -> tuple[Pack, tuple[Finding, ...]]:
    """A pack and what is doubtful in it."""
    pack = load_pack(name_or_dir)
    return pack, check_pack(pack)
