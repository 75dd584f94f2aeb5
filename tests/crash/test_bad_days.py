"""A full disk, a record that may only be read, a clock set back, two programs at once: a clear message, a whole store."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crash_tasks import PACK, REPORTS, write_reports
from test_crash import sound
from typer.testing import CliRunner

from review_examples import version_one
from standoff import decisions, pipeline
from standoff.cli import app
from standoff.errors import StoreError
from standoff.model.record import Record
from standoff.model.report import Report
from standoff.store import Store
from standoff.store.watching import Watched, WatchLog
from standoff.watch.fetch import Fetcher
from standoff.watch.polite import Polite
from standoff.watch.sources import Sources
from standoff.watch.watcher import Watcher

NOBODY = 65534
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # the children only use the store


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    folder = tmp_path / "reports"
    folder.mkdir()
    write_reports(folder)
    monkeypatch.setattr(pipeline, "annotate", version_one)
    return [item for item in pipeline.read([str(folder)]) if isinstance(item, Report)]


@pytest.fixture
def in_open() -> Iterator[Path]:
    """A folder that another user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="standoff-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def read_in(store: Store, reports: list[Report]) -> list[str]:
    return pipeline.ingest(store, reports, PACK).added


def by_three_programs(place: Path | str, reports: list[Report]) -> list[int]:
    """How many reports each of three programs added that read them at the same time."""
    told, counts = [], []
    for _ in range(3):
        here, there = os.pipe()
        if os.fork() == 0:
            with suppress(BaseException):
                with Store.open(place) as store:
                    added = read_in(store, reports)
                os.write(there, str(len(added)).encode())
            os._exit(0)
        os.close(there)
        told.append(here)
    counts = []
    for one in told:
        with os.fdopen(one) as answer:
            counts.append(int(answer.read()))
        os.wait()
    return counts


def whole(path: Path) -> list[str]:
    """The reports of a sound record, each with all of its records."""
    assert sound(path)
    with Store.open(path) as store:
        found = [report.name for report in store.reports()]
        assert all(len(store.records(report=report.id)) == 7 for report in store.reports())
    return found


def as_nobody(work: Callable[[], str]) -> str:
    """What the work gives in a process without rights over others' files."""
    here, there = os.pipe()
    pid = os.fork()
    if pid == 0:
        told = "nothing"
        with suppress(BaseException):
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            told = work()
        os.write(there, told.encode())
        os._exit(0)
    os.close(there)
    with os.fdopen(here, encoding="utf-8") as answer:
        told = answer.read()
    os.waitpid(pid, 0)
    return told


def complaint(path: Path, reports: list[Report]) -> str:
    try:
        with Store.open(path) as store:
            return f"read {read_in(store, reports)}"
    except StoreError as error:
        return str(error)


def test_a_disk_that_is_full_costs_nothing_that_was_stored(tmp_path: Path, reports: list[Report]) -> None:
    path, limits = tmp_path / "r.db", resource.getrlimit(resource.RLIMIT_FSIZE)
    with Store.open(path) as store:
        assert len(read_in(store, reports[:2])) == 2
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 8192, limits[1]))
        try:
            with pytest.raises(StoreError, match=r"space left|disk is full"):
                read_in(store, reports)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    before = whole(path)
    assert {report.name for report in reports[:2]} <= set(before)
    assert len(before) < REPORTS
    with Store.open(path) as store:
        assert len(read_in(store, reports)) == REPORTS - len(before), "the next run reads the rest"
        assert store.untraced() == ()
    assert len(whole(path)) == REPORTS


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root may mount")
def test_a_file_system_without_space_is_said(tmp_path: Path, reports: list[Report]) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=420k", "none", disk], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        assert "the disk is full; free some space and run again" in complaint(disk / "r.db", reports)
        shutil.copytree(disk, tmp_path / "larger")  # what was there, with space
    finally:
        subprocess.run(["umount", disk], check=True)
    path = tmp_path / "larger" / "r.db"
    before = len(whole(path))
    with Store.open(path) as store:
        assert len(read_in(store, reports)) == REPORTS - before > 0
    assert len(whole(path)) == REPORTS


def test_what_cannot_be_written_out_is_said_without_a_traceback(in_open: Path, reports: list[Report]) -> None:
    path = in_open / "r.db"
    with Store.open(path) as store:
        read_in(store, reports)
        store.set_meta({"pack": "us-china-trade"})
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    command = [sys.executable, "-m", "standoff", "export", "--db", str(path), "--json", "-o"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*command, str(in_open / "a.jsonl")], stdout=full, stderr=subprocess.PIPE, text=True, env=environment
        )
    assert done.returncode == 2
    assert done.stderr == "standoff: No space left on device; nothing in the record is lost\n"
    result = CliRunner().invoke(app, ["export", "--db", str(path), "-o", "/dev/full"])
    assert str(result.exception) == "cannot write /dev/full: No space left on device"
    assert len(whole(path)) == REPORTS


def test_a_record_that_may_only_be_read_is_read(in_open: Path, reports: list[Report]) -> None:
    path = in_open / "r.db"
    with Store.open(path) as store:
        read_in(store, reports[:2])
    path.chmod(0o444)

    def names() -> str:
        with Store.open(path) as store:
            return " ".join(report.name for report in store.reports())

    assert as_nobody(names) == "dispatch-0 dispatch-1"
    assert "it may only be read; give write permission" in as_nobody(lambda: complaint(path, reports))
    for rest in in_open.glob("r.db-*"):
        rest.unlink()
    in_open.chmod(0o555)
    assert "it may only be read; give write permission" in as_nobody(lambda: complaint(path, reports))
    assert "it cannot be opened; check that you may" in as_nobody(lambda: complaint(in_open / "new.db", reports))
    assert len(whole(path)) == 2


def test_a_clock_set_back_loses_and_reorders_nothing(tmp_path: Path, reports: list[Report]) -> None:
    later, earlier = datetime(2031, 5, 8, tzinfo=UTC), datetime(2019, 1, 1, tzinfo=UTC)
    path = tmp_path / "r.db"
    with Store.open(path, clock=lambda: later) as store:
        read_in(store, reports[:3])
        record: Record = store.records()[0]
        first = decisions.accept(store, record.id, who="ana")
    with Store.open(path, clock=lambda: earlier) as store:
        assert len(read_in(store, reports)) == REPORTS - 3
        second = decisions.reject(store, record.id, who="lee")
        assert [review.id for review in store.reviews()] == [first.id, second.id]
        assert store.reviews()[1].at > store.reviews()[0].at, "the later decision counts"
        assert min(store.recorded().values()) == earlier
    assert len(whole(path)) == REPORTS


def test_a_clock_that_was_ahead_leaves_no_address_alone_for_years(tmp_path: Path, reports: list[Report]) -> None:
    now, ahead = datetime(2031, 5, 8, tzinfo=UTC), datetime(2041, 5, 8, tzinfo=UTC)
    folder = str(tmp_path / "reports")
    sources = Sources.model_validate({"sources": [{"folder": folder}]})
    with Store.open(tmp_path / "r.db") as store:
        file = os.path.join(folder, "dispatch-0.txt")
        waiting = Watched(address=file, source=folder, kind="file", status="failed", failures=2)
        soon = replace(waiting, address=os.path.join(folder, "dispatch-1.txt"), not_before=now + timedelta(hours=3))
        log = WatchLog(store)
        log.put(replace(waiting, not_before=ahead))
        log.put(soon)
        watcher = Watcher(store, sources, Polite(Fetcher()), now=lambda: now)
        pipeline.ingest(store, watcher.reports(), PACK)
        assert {report.name for report in store.reports()} == {r.name for r in reports} - {"dispatch-1"}
        assert watcher.waiting == 1


def test_two_programs_may_read_one_folder_into_one_record(tmp_path: Path, reports: list[Report]) -> None:
    path = tmp_path / "r.db"
    assert sum(by_three_programs(path, reports)) == REPORTS, "each report is one program's"
    assert len(whole(path)) == REPORTS
    with Store.open(path) as store, Store.open(None) as alone:
        read_in(alone, reports)
        assert (store.untraced(), store.pending()) == ((), ())
        assert store.relations() == alone.relations()
        assert store.records() == alone.records()


def test_a_rebuild_that_was_cut_off_is_not_gone_on_with_by_another_pack(
    tmp_path: Path, reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def machine(report: Report, screening: object, pack: object) -> tuple[Record, ...]:
        read.append(report.name)
        if len(read) == 3:
            raise KeyboardInterrupt
        return version_one(report)

    with Store.open(tmp_path / "r.db") as store:
        read_in(store, reports)
        monkeypatch.setattr(pipeline, "annotate", machine)
        with pytest.raises(KeyboardInterrupt):
            pipeline.rebuild(store, PACK)
        assert len(pipeline.rebuild(store, PACK).added) == REPORTS - 2, "the same goes on where it stopped"
        read.clear()
        with pytest.raises(KeyboardInterrupt):
            pipeline.rebuild(store, PACK)
        other = replace(PACK, title="Arland, Borland and their ports")
        assert len(pipeline.rebuild(store, other).added) == REPORTS, "another begins anew"
        assert store.pending() == ()


def test_one_report_that_cannot_be_read_does_not_keep_the_others_from_a_rebuild(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    def machine(report: Report, screening: object, pack: object) -> tuple[Record, ...]:
        if report.name == "dispatch-1":
            raise ValueError("a defect")
        return version_one(report)

    with Store.open(None) as store:
        read_in(store, reports)
        monkeypatch.setattr(pipeline, "annotate", machine)
        for _ in range(2):
            run = pipeline.rebuild(store, PACK)
            assert (len(run.added), len(run.skipped)) == (REPORTS - 1, 1)
