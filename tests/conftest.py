"""What all tests share: the third-party texts beside the project (where present), and the options of `make golden` and `make docs`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from postgres_server import Server, running
from standoff import pipeline
from standoff.cli import COLLECT, main
from standoff.pack.load import load_pack
from standoff.read.metadata import load_meta
from standoff.store import Store

settings.register_profile("unhurried", deadline=None)  # what a machine has to do beside must fail no test
settings.load_profile("unhurried")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden files anew")
    parser.addoption("--write-docs", action="store_true", help="write the reference, and what the docs show, anew")
    parser.addoption("--pictures", action="store_true", help="leave pictures of all pages in build/screenshots")
    parser.addoption("--crashes", type=int, default=10, help="how many processes tests/crash kills")


def pytest_collection_finish() -> None:
    """The collector looks as seldom as in the program, and no more at what was loaded until now, which stays."""
    gc.set_threshold(*COLLECT)
    gc.freeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party texts; a test that needs it is skipped where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the third-party texts are not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A record of all example reports on trade, in a file. It is for many tests: decide on a copy of it."""
    path = str(tmp_path_factory.mktemp("examples") / "talks.db")
    files, meta = pipeline.examples_of("us-china-trade")
    with Store.open(path) as store:
        reports = pipeline.read(files, load_meta(str(meta)))
        assert not pipeline.ingest(store, reports, load_pack("us-china-trade")).skipped
    return path


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended, and what it printed."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """The program with these words, run to its end as its script runs it, but in this process: a start takes a second."""

    def run(*words: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["standoff", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Ended(int(ended.value.code or 0), *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; a test that needs one is skipped where there is none."""
    with running() as server:
        if server is None:
            pytest.skip("no PostgreSQL server: install Debian's postgresql, or name one in DATABASE_URL")
        yield server
