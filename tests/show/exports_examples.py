"""What the tests of exports share: two records to write, and ways to write and list them."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from typing import Any

from standoff.analyse.known import Known
from standoff.model.dates import When
from standoff.model.domain import Pack, Party
from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Provenance, Published, Report
from standoff.model.span import Span
from standoff.show import exports

HAS = {"parquet": importlib.util.find_spec("pyarrow"), "docx": importlib.util.find_spec("docx")}
HERE = [name for name in exports.FORMATS if HAS.get(name, True)]
PACK = Pack(
    id="arland-borland", title="Arland, Borland; and <others>", between=("AA", "US"),
    parties=(Party(code="AA", name="Arland"), Party(code="US", name="United States")),
)  # fmt: skip
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> ]]> & \u202e\x07\x00 \U0001f600 [a](javascript:b) *c*\\;,"


def hostile() -> Known:
    """One report whose words and names attack every format, with a record of each class, weeks and open ends."""
    name = "../../etc/passwd\r\nBEGIN:VEVENT"
    text = f"{HOSTILE} said Arland. {'word ' * 40}\nIt may meet — 😀 in “June”. If not, then it will pay."
    report = Report(
        name=name, text=text, outlet="@" + HOSTILE, title="=1+1", url="https://x.example/?a=1&b=2",
        published=Published(date(2019, 7, 9), "user", "said so"), provenance=Provenance("../x.txt", "ab" * 32, "text/1"),
    )  # fmt: skip
    at = text.index("It may meet")
    base: dict[str, Any] = {"report": report.id, "rule": "test@1", "confidence": 0.5}
    here = {**base, "evidence": (Span(at, at + 12),)}
    said = Statement(
        **base, evidence=(Span(0, 40), Span(at, at + 5)), content=Span(0, 40), cue=Span(50, 54), source=None, speaker=HOSTILE,
        kind="named", speaks_for="AA", via=("One", HOSTILE), direct=True, count=3, topic="tone",
    )  # fmt: skip
    week, open_end = When.week(date(2019, 7, 3)), When(None, date(2019, 8, 1), "interval")
    records: list[Record] = [
        said,
        Move(**here, type="threaten", by="AA", to="US", actor=HOSTILE, issue=HOSTILE, what=HOSTILE, status="denied", date=week, deadline=open_end, said_by=said.id),
        Measure(**here, instrument="tariff", by="AA", on="US", rate_percent=25.0, amount_usd=2.5e11, goods=HOSTILE, status="threatened", announced=When.month(2018, 1), effective=When(date(2018, 7, 1), date(2018, 9, 30), "quarter")),
        Contact(**here, kind="meeting", who=(HOSTILE, "Ana"), parties=("AA", "US"), place=HOSTILE, when="June", date=week, level="leader", status="planned", said_by=said.id),
        Linkage(**here, kind="precondition", by="AA", first=f"{HOSTILE} paid", then=f"{HOSTILE} met", first_actor="US", then_actor="AA"),
    ]  # fmt: skip
    return Known.of(PACK, [report], records)


def written(name: str, known: Known, folder: Path) -> Path:
    path = folder / f"out.{name}"
    exports.write(name, path, known)
    return path


def files_of(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path.parent)): p.read_bytes() for p in sorted(path.parent.rglob("*")) if p.is_file()}


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
