"""That the repaired view of the spun reports lets more be read, and that the others stay as they are."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from standoff.extract.annotate import annotate
from standoff.model.lineage import Screening, View
from standoff.model.report import Report
from standoff.pack.load import load_pack
from standoff.read.metadata import load_meta
from standoff.read.reports import read_paths
from standoff.screen.screening import screen
from standoff.show.annotation import annotation

pytestmark = pytest.mark.shared

PACK = load_pack("us-china-trade")
SPUN = ("000", "002")


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, Report]:
    """The five reports by the first three signs of their names."""
    files = sorted(str(path) for path in (shared / "seeds").glob("*.txt"))
    found = read_paths(files, load_meta(str(shared / "seeds" / "meta.yaml")))
    return {r.name[:3]: r for r in found if isinstance(r, Report)}


def screened(report: Report) -> Screening:
    return screen(report.text, (), PACK)


def figures(shared: Path, out: Path, report: Report, screening: Screening) -> dict[str, Any]:
    """How much of the gold of one report is found, by the scorer beside the project."""
    out.mkdir()
    page = annotation(report, annotate(report, screening, PACK))
    (out / f"{report.name}.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    scorer, gold = shared / "annotation" / "score.py", shared / "annotation" / "seeds"
    folders = [str(folder) for folder in (shared / "seeds", gold, out)]
    command = [sys.executable, str(scorer), *folders, "--only", report.name[:3], "--json"]
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


@pytest.mark.parametrize("name", SPUN)
def test_repair_raises_moves_and_contacts_found(
    seeds: dict[str, Report], shared: Path, tmp_path: Path, name: str
) -> None:
    report = seeds[name]
    repaired = screened(report)
    without = figures(shared, tmp_path / "without", report, replace(repaired, view=View(report.text)))
    with_it = figures(shared, tmp_path / "with", report, repaired)
    for figure in ("moves: type+by+to", "moves: type+by+to+issue", "contacts: kind", "contacts: kind+status"):
        assert with_it[figure]["right"] > without[figure]["right"], figure


def test_the_other_reports_stay_as_they_are(seeds: dict[str, Report]) -> None:
    assert {name for name, report in seeds.items() if screened(report).spun} == set(SPUN)
    for name, report in seeds.items():
        if name not in SPUN:
            assert screened(report).view == View(report.text)
