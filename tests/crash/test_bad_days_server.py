"""Bad days of a record in PostgreSQL: a full disk, a server that is gone while pages are asked for, clocks, two at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crash_tasks import PACK, REPORTS
from fastapi.testclient import TestClient
from test_bad_days import by_three_programs, read_in
from test_bad_days import reports as reports

from postgres_server import Server, _programs, _user, serving, started
from standoff import decisions
from standoff.errors import StoreError
from standoff.model.report import Report
from standoff.store import Store
from standoff.web.app import create_app
from standoff.web.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # the children only use the store


def whole(place: str) -> list[str]:
    """The reports of a record, each with all of its records, traced, and found by its words."""
    with Store.open(place) as store:
        found = store.reports()
        assert all(len(store.records(report=report.id)) == 7 for report in found)
        assert {hit.report for hit in store.search("harbour", kinds=["report"])} == {report.id for report in found}
        assert store.pending() == ()
    return [report.name for report in found]


@pytest.fixture
def small_disk(postgres: Server) -> Iterator[tuple[str, Path]]:
    """A place for a record whose tables lie on a file system of a few megabytes, and its folder."""
    if not postgres.own or os.geteuid() != 0:
        pytest.skip("only root may mount, and only on the machine of the server")
    disk = Path(tempfile.mkdtemp(prefix="standoff-disk-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "none", disk], capture_output=True)
    if mounted.returncode:
        shutil.rmtree(disk)
        pytest.skip("mounting is not allowed here")
    try:
        os.chown(disk, int(_user()), -1)
        postgres.run(f"CREATE TABLESPACE small LOCATION '{disk}'")
        schema = postgres.schema()
        postgres.run(f"ALTER ROLE {postgres.url.username} SET default_tablespace = 'small'")
        yield postgres.address(schema), disk
    finally:
        postgres.run(f"ALTER ROLE {postgres.url.username} RESET default_tablespace")
        for (name,) in postgres.run("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'standoff_%'"):
            if name in postgres._schemas:
                postgres._schemas.remove(name)
                postgres.run(f"DROP SCHEMA {name} CASCADE")
        postgres.run("DROP TABLESPACE small")
        subprocess.run(["umount", disk], check=True)
        shutil.rmtree(disk)


def test_a_server_whose_disk_is_full_says_so_and_goes_on_when_there_is_space(
    small_disk: tuple[str, Path], reports: list[Report]
) -> None:
    place, disk = small_disk
    with Store.open(place) as store:
        assert len(read_in(store, reports[:2])) == 2
        filler = disk / "filler"
        with suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(bytes(65536))
        with pytest.raises(StoreError, match="the server's disk is full; free some space and run again"):
            _many(store, reports[0].text)
        before = {report.name for report in store.reports()}
        assert {report.name for report in reports[:2]} <= before
        filler.unlink()
        assert len(read_in(store, reports)) == REPORTS - 2
    assert set(whole(place)) == before | {report.name for report in reports}


def _many(store: Store, text: str) -> None:
    """Read reports until there is no room: pages that were begun have some for a while."""
    for number in range(200):
        read_in(store, [Report(name=f"n{number}", text=text + " More words on it." * 400, url=str(number))])


def test_pages_wait_for_a_server_that_is_gone_and_need_no_restart(reports: list[Report]) -> None:
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server: install Debian's postgresql")
    folder = Path(tempfile.mkdtemp(prefix="standoff-postgres-"))
    try:
        with started(programs, folder) as url:
            place = url.render_as_string(hide_password=False)
            with Store.open(place) as store:
                read_in(store, reports)
                record = store.records()[0].id
                store.set_meta({"pack": "us-china-trade"})
            app = create_app(Settings(records=(place,), wait_seconds=60, who="ana"))
            client = TestClient(app, base_url="http://127.0.0.1:8642")
            with client:
                assert client.get("/n/us-china-trade/").status_code == 200
                _gone_and_back(client, programs, folder, url.port or 0, record)
    finally:
        shutil.rmtree(folder)


def _gone_and_back(client: TestClient, programs: Path, folder: Path, port: int, record: str) -> None:
    stop = [programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"]
    user = f"--reuid={_user()}" if os.geteuid() == 0 else ""
    subprocess.run([*(["setpriv", user, "--clear-groups"] if user else []), *stop], check=True, capture_output=True)
    assert client.get("/healthz").status_code == 503
    answer = client.get(f"/n/us-china-trade/review/record/{record}")
    assert answer.status_code == 503
    assert "tell:no@one" not in answer.text, "no password in a message"
    with serving(programs, folder, port):
        assert client.get("/healthz").status_code == 200
        assert client.get(f"/n/us-china-trade/review/record/{record}").status_code == 200


def test_a_clock_set_back_loses_and_reorders_nothing(postgres: Server, reports: list[Report]) -> None:
    later, earlier = datetime(2031, 5, 8, tzinfo=UTC), datetime(2019, 1, 1, tzinfo=UTC)
    place = postgres.place()
    with Store.open(place, clock=lambda: later) as store:
        read_in(store, reports[:3])
        record = store.records()[0]
        first = decisions.accept(store, record.id, who="ana")
    with Store.open(place, clock=lambda: earlier) as store:
        assert len(read_in(store, reports)) == REPORTS - 3
        second = decisions.reject(store, record.id, who="lee")
        assert [review.id for review in store.reviews()] == [first.id, second.id]
        assert store.reviews()[1].at > store.reviews()[0].at, "the later decision counts"
    assert len(whole(place)) == REPORTS


def test_programs_may_read_one_folder_into_one_record(postgres: Server, reports: list[Report]) -> None:
    place = postgres.place()
    Store.open(place).close()
    assert sum(by_three_programs(place, reports)) == REPORTS, "each report is one program's"
    assert len(whole(place)) == REPORTS
    with Store.open(place) as store, Store.open(None) as alone:
        read_in(alone, reports)
        assert store.untraced() == ()
        assert store.relations() == alone.relations()
        assert store.records() == alone.records()
        assert store.meta() == {**alone.meta(), "pack": PACK.id}
