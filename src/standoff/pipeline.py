"""Reports in, record out, on one screen: read → screen → annotate + sketch → store → trace.

`process` is pure, so any worker may do it in any order (see `standoff.batch`); only the driver writes (`ingest`,
`ingest_files`, `rebuild`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from standoff import __version__, decisions
from standoff.batch.engine import Engine, Failed, Ids, Source
from standoff.batch.local import OneProcess
from standoff.errors import InputError
from standoff.lineage.sketch import sketch
from standoff.lineage.trace import Tracer
from standoff.model.domain import Pack
from standoff.model.lineage import Screening
from standoff.model.record import Record
from standoff.model.report import Published, Report
from standoff.pack.check import Finding, check_pack
from standoff.pack.examples import load_examples, unmet
from standoff.pack.load import find_pack, load_pack
from standoff.read.exported import Exported
from standoff.read.metadata import Metadata
from standoff.read.reports import Skipped, read_paths, shards
from standoff.screen.screening import screen
from standoff.store import Store

_TRACE_AT_ONCE = 100  # reports whose relations are stored in one transaction
_REBUILDING = "rebuilding"  # the note that says what a rebuild is being made with; empty when it ended
_SHIPPED, _SHARD = 10_000, 50  # stored reports that are sent to other machines, at once and together
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


def annotate(report: Report, screening: Screening, pack: Pack) -> tuple[Record, ...]:
    """What the extractors find in a report. They are loaded with the first: most commands read none."""
    from standoff.extract.annotate import annotate as read

    return read(report, screening, pack)


def process(report: Report, pack: Pack) -> Processed:
    """All that one report gives by itself; deterministic, no state."""
    screening = _screened(report, pack)
    return Processed(report, screening, sketch(report.text), annotate(report, screening, pack))


def _screened(report: Report, pack: Pack) -> Screening:
    outlet = next((o for o in pack.outlets if report.outlet in (o.name, *o.names)), None)
    return screen(report.text, outlet.boilerplate if outlet else (), pack)


def ingest(
    store: Store,
    reports: Iterable[Report | Skipped],
    pack: Pack,
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> Run:
    """Work on reports, in this process or by an engine, and store each with its records, all or nothing; then settle
    the lineage.

    What cannot be used stands in the run's list with its reason and ends nothing. A known report adds nothing.
    """
    return _ingest(store, [lambda: reports], pack, progress, engine or OneProcess())


def ingest_files(
    store: Store,
    paths: Sequence[str],
    pack: Pack,
    engine: Engine,
    meta: Mapping[str, Metadata] | None = None,
    progress: Progress | None = None,
) -> Run:
    """`ingest`, with the files read by the engine too, where that is elsewhere: on its machines they must be found."""
    return _ingest(store, [partial(read_paths, shard, meta) for shard in shards(paths)], pack, progress, engine)


def _ingest(
    store: Store, sources: Sequence[Source[Skipped]], pack: Pack, progress: Progress | None, engine: Engine
) -> Run:
    run = Run(pack=pack.id)
    known = Ids(store.recorded()) if engine.elsewhere else lambda id: bool(store.known([id]))
    with closing(engine.process(sources, partial(process, pack=pack), known)) as results:
        while some := list(islice(results, engine.at_once)):
            _write(store, run, some, progress)
    run.skipped += _renew(store, pack, store.pending())
    if run.added or run.known:
        trace(store, pack)
        store.set_meta({"pack": pack.id, "made_by": __version__})
    return run


def _write(
    store: Store, run: Run, results: Sequence[Processed | Failed | Report | Skipped], progress: Progress | None
) -> None:
    """Store what was made of reports in one transaction; count all."""
    made = [item for item in results if isinstance(item, Processed)]
    if made and not run.added:
        _belong(store, run.pack)
    added = iter(store.add_all((m.report, m.screening, m.sketch, m.records) for m in made) if made else ())
    for item in results:
        if isinstance(item, Processed):
            if next(added):
                run.read(item.report)
                run.records += len(item.records)
            else:
                run.known.append(item.report.name)
        elif isinstance(item, Report):
            run.known.append(item.name)
            store.enrich(item)
        else:
            run.skipped.append(_skipped(item))
        if progress:
            progress(_named(item))


def _belong(store: Store, pack: str) -> None:
    """A record is its pack's before its first report: what is cut off at any moment is gone on with by the same."""
    notes = {"pack": pack, "made_by": __version__}
    if not notes.items() <= store.meta().items():
        store.set_meta(notes)


def _skipped(item: Failed | Skipped) -> Skipped:
    return item if isinstance(item, Skipped) else Skipped(_named(item), item.reason)


def _named(item: Processed | Failed | Report | Skipped) -> str:
    if isinstance(item, Skipped):
        return item.path
    report = item if isinstance(item, Report) else item.report
    failed = isinstance(item, Failed) and report.provenance
    return failed.path if failed else report.name


def trace(store: Store, pack: Pack) -> None:
    """Settle how the reports that are not traced yet relate to all stored ones; what is settled stays."""
    tracer, waiting = Tracer(pack), store.untraced()
    for some in (waiting[at : at + _TRACE_AT_ONCE] for at in range(0, len(waiting), _TRACE_AT_ONCE)):
        store.sign({id: tracer.sign(report) for id, report in store.reports_of(some).items()})
        store.settle(some, tracer.relations(some, store))


def redate(store: Store, report: Report, day: date, pack: Pack) -> bool:
    """Set the day of publication of a stored report, as the user says it, and read the report again by it.

    What it calls yesterday or last week follows. Whether the day is another than before.
    """
    said = replace(report, published=Published(day, "user", "said by the user"))
    changed = store.enrich(said)
    _renew(store, pack, store.pending())
    trace(store, pack)
    return changed


def restore(store: Store, exported: Exported, pack: Pack, progress: Progress | None = None) -> Run:
    """Store the reports, records and decisions of an export as they are, without reading the texts again.

    What an export does not hold (screening, sketch, lineage) is made anew. A report that is stored already keeps
    its own records.
    """
    run = Run(pack=pack.id)
    _belong(store, pack.id)
    for report in exported.reports:
        records = exported.records.get(report.id, ())
        if store.add(report, _screened(report, pack), sketch(report.text), records):
            run.added.append(report.name)
            run.records += len(records)
        else:
            run.known.append(report.name)
        if progress:
            progress(report.name)
    store.add_reviews(exported.reviews)
    decisions.index(store, {review.report for review in exported.reviews})
    if run.added or run.known:
        trace(store, pack)
        store.set_meta({"pack": pack.id, "made_by": __version__})
    return run


def rebuild(store: Store, pack: Pack, progress: Progress | None = None, engine: Engine | None = None) -> Run:
    """Make everything anew that can be made from the stored texts; reports and decisions stay. The run has the
    reports done as `added`; one that is skipped waits for the next time.

    One that was interrupted goes on where it stopped at the next call with the same pack and version; with another it
    begins anew, so that the record is never made half by one and half by the other.
    """
    run, by = Run(pack=pack.id), _made_with(pack)
    if store.meta().get(_REBUILDING) != by or not store.pending():
        store.forget_derived({"pack": pack.id, _REBUILDING: by})
    run.skipped = _renew(store, pack, store.pending(), run.added.append, engine, progress)
    trace(store, pack)
    store.set_meta({"pack": pack.id, "made_by": __version__, _REBUILDING: ""})
    return run


def _made_with(pack: Pack) -> str:
    """What tells one version of standoff and of a pack's content from another."""
    return f"{__version__} {sha256(repr(pack).encode('utf-8', 'replace')).hexdigest()}"


def _renew(
    store: Store,
    pack: Pack,
    ids: Sequence[str],
    done: Progress | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> list[Skipped]:
    """Make the derived data of these stored reports anew; `done` is told of each, `progress` of all. Those that
    could not be worked on."""
    skipped, by = list[Skipped](), engine or OneProcess()
    decided = {review.report for review in store.reviews()}
    for sources in _stored(store, ids, by.elsewhere):
        with closing(by.process(sources, partial(process, pack=pack), Ids(()))) as results:
            for item in results:
                if isinstance(item, Processed):
                    store.replace(item.report.id, item.screening, item.sketch, item.records)
                    decisions.index(store, decided & {item.report.id})
                    if done:
                        done(item.report.name)
                elif isinstance(item, Failed):
                    skipped.append(_skipped(item))
                if progress:
                    progress(_named(item))
    return skipped


def _stored(store: Store, ids: Sequence[str], elsewhere: bool) -> Iterator[Sequence[Source[Report]]]:
    """Stored reports as sources: one by one, or for other machines in shards, some thousands of reports at a time."""
    if not elsewhere:
        yield [lambda: (report for id in ids if (report := store.report(id)) is not None)]
        return
    for at in range(0, len(ids), _SHIPPED):
        reports = list(store.reports_of(ids[at : at + _SHIPPED]).values())
        yield [partial(iter, tuple(reports[n : n + _SHARD])) for n in range(0, len(reports), _SHARD)]


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
    published = Published(day, "user", "given with the example") if isinstance(day, date) else None
    return Report(name=f"example {number}", text=text, published=published)


def checked(name_or_dir: str) -> tuple[Pack, tuple[Finding, ...]]:
    """A pack and what is doubtful in it."""
    pack = load_pack(name_or_dir)
    return pack, check_pack(pack)
