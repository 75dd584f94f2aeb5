"""The same record, byte for byte, whatever works on the reports: over the example reports, from files and shards."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import sleep

import pytest
from typer.testing import CliRunner

from standoff import pipeline
from standoff.batch.engine import Failed, Ids
from standoff.batch.local import OneProcess
from standoff.cli import app
from standoff.model.report import Report
from standoff.pack.load import load_pack
from standoff.read.reports import Skipped, read_paths, shards
from standoff.store import Store

PACK = "us-china-trade"
FILES, META = pipeline.examples_of(PACK)
CHOSEN = FILES[:6]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports as files, as JSON Lines, as a web archive, and what cannot be read; one text twice under two names."""
    top = tmp_path_factory.mktemp("reports")
    texts = [Path(file).read_text(encoding="utf-8") for file in CHOSEN]
    for number, text in enumerate(texts[:2]):
        (top / f"a{number}.txt").write_text(text, encoding="utf-8")
    (top / "b-again.txt").write_text(texts[0], encoding="utf-8")
    (top / "c-empty.txt").write_text("", encoding="utf-8")
    rows = [json.dumps({"text": text, "outlet": "Example", "published": "2025-03-01"}) for text in texts[2:4]]
    with gzip.open(top / "d.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write("\n".join([rows[0], "{", rows[1], rows[0]]))
    archive = b"".join(_captured(number, text) for number, text in enumerate(texts[4:]))
    (top / "below").mkdir()
    (top / "below" / "e.warc").write_bytes(archive)
    return top


def _captured(number: int, text: str) -> bytes:
    page = f"<html><body><article>{''.join(f'<p>{line}</p>' for line in text.splitlines())}</article></body></html>"
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2025-03-0{number + 1}T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def _told(db: Path) -> bytes:
    target = db.with_suffix(".jsonl")
    ran = CliRunner().invoke(app, ["export", "--db", str(db), "--format", "jsonl", "-o", str(target)])
    assert ran.exit_code == 0, ran.output
    return b"".join(path.read_bytes() for path in sorted(db.parent.glob(f"{db.stem}*.jsonl")))


Load = Callable[..., tuple[dict[str, object], bytes]]


@pytest.fixture(scope="module")
def load(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Load:
    """What the command says, and the export of the record it made."""

    def ingest(*options: str, db: Path | None = None) -> tuple[dict[str, object], bytes]:
        db = db or tmp_path_factory.mktemp("db") / "talks.db"
        command = ["ingest", str(folder), "--pack", PACK, "--db", str(db), "--json", *options]
        ran = CliRunner().invoke(app, command)
        assert ran.exit_code == 1  # something is skipped
        assert ran.stdout, repr(ran.exception)
        return json.loads(ran.stdout), _told(db)

    return ingest


@pytest.fixture(scope="module")
def alone(load: Load) -> tuple[dict[str, object], bytes]:
    return load()


def test_there_is_something_to_compare(alone: tuple[dict[str, object], bytes]) -> None:
    said, export = alone
    assert len(said["added"]) == 6  # type: ignore[arg-type]
    assert len(said["known"]) == 2  # type: ignore[arg-type]
    assert len(said["skipped"]) == 2  # type: ignore[arg-type]
    assert export.count(b"\n") > 30


def test_two_processes_make_the_same_record_and_make_it_anew(
    load: Load, alone: tuple[dict[str, object], bytes], tmp_path: Path
) -> None:
    db = tmp_path / "talks.db"
    assert load("--processes", "2", db=db) == alone
    ran = CliRunner().invoke(app, ["rebuild", "--db", str(db), "--processes", "2"])
    assert ran.exit_code == 0, ran.output
    assert _told(db) == alone[1]


def test_a_load_goes_on_where_it_was(
    load: Load, alone: tuple[dict[str, object], bytes], folder: Path, tmp_path: Path
) -> None:
    db = tmp_path / "talks.db"
    with Store.open(db) as store:  # as after an interruption: not traced, and nothing noted
        first = next(pipeline.read([str(folder)]))
        assert isinstance(first, Report)
        done = pipeline.process(first, load_pack(PACK))
        store.add(done.report, done.screening, done.sketch, done.records)
    said, export = load(db=db)
    assert len(said["known"]) == 3  # type: ignore[arg-type]
    assert export == alone[1]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Ray warns of itself
def test_ray_makes_the_same_record(load: Load, alone: tuple[dict[str, object], bytes], tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed (standoff[ray]): its engine is not tested")
    db = tmp_path / "talks.db"
    assert load("--engine", "ray", "--processes", "2", db=db) == alone
    said, export = load("--engine", "ray", "--processes", "2", db=db)
    assert said["added"] == []
    assert export == alone[1]
    ran = CliRunner().invoke(app, ["rebuild", "--db", str(db), "--engine", "ray", "--processes", "2", "--json"])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["rebuilt"] == 6
    assert _told(db) == alone[1]


def test_shards_read_one_by_one_give_what_reading_all_gives(folder: Path) -> None:
    (folder / "none").mkdir(exist_ok=True)
    paths = [str(folder), str(folder / "none"), str(folder / "missing.txt"), *FILES]
    parts = list(shards(paths, 2))
    assert max(map(len, parts)) == 2
    assert all(len(part) == 1 for part in parts if part[0].endswith((".gz", ".warc")))
    apart = [item for part in parts for item in read_paths(part)]
    assert apart == list(read_paths(paths))
    assert any(isinstance(item, Skipped) for item in apart)


def test_options_that_do_not_fit_are_errors(folder: Path, tmp_path: Path) -> None:
    def said(*options: str) -> str:
        ran = CliRunner().invoke(app, ["ingest", *options, "--db", str(tmp_path / "x.db")])
        assert ran.exit_code != 0
        return str(ran.exception)

    assert "no engine 'spark'" in said(str(folder), "--engine", "spark")
    assert "--engine ray" in said(str(folder), "--address", "auto")
    assert "standoff[ray]" in said(str(folder), "--engine", "ray") or "reads files" in said("-", "--engine", "ray")


def test_a_report_over_its_limit_is_skipped_with_its_place_and_read_the_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pack, file = load_pack(PACK), str(folder / "a0.txt")
    with Store.open(tmp_path / "x.db") as store:
        with monkeypatch.context() as patched:
            patched.setattr(pipeline, "annotate", lambda *given: sleep(30))
            run = pipeline.ingest(store, pipeline.read([file]), pack, None, OneProcess(0.2))
        assert [item.path for item in run.skipped] == [file]
        assert "longer than 0.2 s" in run.skipped[0].reason
        assert store.counts()["report"] == 0
        assert pipeline.ingest(store, pipeline.read([file]), pack).added == ["a0"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Ray warns of itself
def test_ray_leaves_out_what_takes_too_long(folder: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed (standoff[ray]): its engine is not tested")
    from standoff.batch.ray import Cluster

    paths = [str(folder / name) for name in ("a0.txt", "c-empty.txt", "a1.txt")]
    known = next(pipeline.read(paths))
    assert isinstance(known, Report)
    work = partial(pipeline.process, pack=load_pack(PACK))
    sources = [partial(read_paths, paths[:2]), partial(read_paths, paths[2:])]
    first, empty, over = Cluster(2, None, 0.001).process(sources, work, Ids([known.id]))
    assert first == known
    assert isinstance(empty, Skipped)
    assert isinstance(over, Failed)
    assert over.report.name == "a1"
    assert "longer than 0.001 s" in over.reason
