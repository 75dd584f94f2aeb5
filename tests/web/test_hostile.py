"""Reports that mean harm are shown, and do none."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from standoff import pipeline
from standoff.model.report import Published, Report
from standoff.pack.load import load_pack
from standoff.store import Store
from standoff.web.app import create_app
from standoff.web.settings import Settings

ROOT = "/n/us-china-trade/"


@pytest.fixture(scope="module")
def bad(client: TestClient) -> dict[str, str]:
    rows = client.get(f"{ROOT}reports?format=json").json()["rows"]
    return next(row for row in rows if row["name"].startswith("<img"))


def test_foreign_text_is_words_everywhere(client: TestClient, bad: dict[str, str]) -> None:
    for path in (f"report/{bad['id']}", "reports", "search?q=spokesman", "", "actors", "compare/reports"):
        text = client.get(f"{ROOT}{path}").text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
        assert not re.search(r"<b onmouseover", text), path
        assert 'href="javascript:' not in text, path
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text), path


def test_cells_stay_words_in_a_spreadsheet(client: TestClient) -> None:
    table = list(csv.reader(io.StringIO(client.get(f"{ROOT}reports?format=csv").text)))
    outlets = {row[table[0].index("outlet")] for row in table[1:]}
    assert "'=cmd|'/c calc'!A1" in outlets
    assert not [cell for row in table for cell in row if cell[:1] in ("=", "+", "@")]


def test_json_keeps_the_text_as_it_is(client: TestClient, bad: dict[str, str]) -> None:
    assert bad["title"] == "<script>alert('title')</script> \u202ereversed"
    assert bad["url"] is None


def test_a_very_long_report_is_shown_in_parts(tmp_path: Path) -> None:
    line = "The United States threatens to impose a 25% tariff on Chinese goods, an official said on Monday. "
    text = (line * 20 + "\n") * 400 + "x" * 300_000
    report = Report(name="long", text=text, outlet="Long Post", published=Published(date(2019, 6, 1), "user", ""))
    path = tmp_path / "long.db"
    with Store.open(path) as store:
        short = Report(name="short", text=line, outlet="Short Post", published=report.published)
        pipeline.ingest(store, [short], load_pack("us-china-trade"))
        records = ()  # reading a text of this length takes minutes; showing it must not
        store.add(report, pipeline.process(short, load_pack("us-china-trade")).screening, [], records)
    app = create_app(Settings(records=(str(path),), wait_seconds=60))
    with TestClient(app, base_url="http://127.0.0.1") as asks:
        page = asks.get(f"{ROOT}report/{report.id}")
        assert page.status_code == 200
        assert len(page.content) < 100_000
        parts = int(re.search(r"Part 1 of ([\d,]+)", page.text)[1].replace(",", ""))  # type: ignore[index]
        assert parts > 80
        last = asks.get(f"{ROOT}report/{report.id}?part={parts}").text
        assert f"Part {parts} of" in last
        assert "xxx" in last
        assert asks.get(f"{ROOT}report/{report.id}?part=999999").text.count("Next part") == 0
