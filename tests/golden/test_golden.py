"""The example reports, read and shown: any change of a record or of the page is seen in the diff of these files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from standoff import pipeline, questions
from standoff.pack.load import load_pack
from standoff.read.metadata import load_meta
from standoff.show.exports.lines import json_lines
from standoff.store import Store

CASE = Path(__file__).parent / "examples"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def made(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the examples give, with the record in memory and on a PostgreSQL server: the same."""
    where = None if request.param == "sqlite" else request.getfixturevalue("postgres").place()
    files, meta = pipeline.examples_of("us-china-trade")
    pack = load_pack("us-china-trade")
    with Store.open(where) as store:
        run = pipeline.ingest(store, pipeline.read(files, load_meta(str(meta))), pack)
        assert not run.skipped
        known = questions.load(store, pack)
        reports = {r.id: r for r in store.reports()}
        records = "".join(line + "\n" for line in json_lines(store.records(), reports))
        page = questions.brief(store, known, None)
    return {"records.jsonl": records, "brief.txt": _words(page)}


def _words(page: str) -> str:
    """The page as a reader has it: its words, those in drawings too, a line a piece; charts and style left out."""
    page = re.sub(r'<style>.*?</style>|<svg viewBox="[^"]*" role="img".*?</svg>', "", page, flags=re.DOTALL)
    lines = (re.sub(r"\s+", " ", line).strip() for line in re.sub(r"<(?!/?mark)[^>]+>", "\n", page).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


@pytest.mark.parametrize("name", ["records.jsonl", "brief.txt"])
def test_examples_are_read_as_before(made: dict[str, str], name: str, request: pytest.FixtureRequest) -> None:
    path = CASE / name
    if request.config.getoption("--write-golden"):
        CASE.mkdir(exist_ok=True)
        path.write_text(made[name], encoding="utf-8")
    assert made[name] == path.read_text(encoding="utf-8"), "changed: look at the difference, then run make golden"
