"""Each export read back by a reader of its own: JSON, XML, RFC 5545 by hand, CommonMark's signs, zip and XML of Word."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff import pipeline, questions
from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.model.dates import When
from standoff.model.domain import Pack, Party
from standoff.model.record import RECORD_CLASSES, Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Provenance, Published, Report
from standoff.model.span import Span
from standoff.pack.load import load_pack
from standoff.read.exported import read_export
from standoff.read.metadata import load_meta
from standoff.show import exports
from standoff.show.brief import page
from standoff.show.exports.ics import folded
from standoff.show.exports.lines import reports_beside
from standoff.show.exports.plain_values import when_text
from standoff.show.exports.plover import EVENT_TYPES, SCORES, events
from standoff.show.exports.safe_text import calendar, markdown, web_address, xml_safe
from standoff.store import Store

HAS = {"parquet": importlib.util.find_spec("pyarrow"), "docx": importlib.util.find_spec("docx")}
HERE = [name for name in exports.FORMATS if HAS.get(name, True)]
GRAPHML, ATOM = "{http://graphml.graphdrawing.org/xmlns}", "{http://www.w3.org/2005/Atom}"
PACK = Pack(
    id="arland-borland", title="Arland, Borland; and <others>", between=("AA", "US"),
    parties=(Party(code="AA", name="Arland"), Party(code="US", name="United States")),
)  # fmt: skip
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> ]]> & \u202e\x07\x00 \U0001f600 [a](javascript:b) *c*\\;,"


@pytest.fixture(scope="module")
def known() -> Known:
    """The record of the example reports."""
    files, meta = pipeline.examples_of("us-china-trade")
    pack = load_pack("us-china-trade")
    with Store.open(None, clock=lambda: datetime(2031, 1, 1, tzinfo=UTC)) as store:
        pipeline.ingest(store, pipeline.read(files, load_meta(str(meta))), pack)
        return questions.load(store, pack)


def _hostile() -> Known:
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


@pytest.fixture(params=["examples", "hostile"])
def both(request: pytest.FixtureRequest, known: Known) -> Known:
    return known if request.param == "examples" else _hostile()


def _written(name: str, known: Known, folder: Path) -> Path:
    path = folder / f"out.{name}"
    exports.write(name, path, known)
    return path


def _files(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path.parent)): p.read_bytes() for p in sorted(path.parent.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("name", HERE)
def test_two_runs_give_the_same_bytes_and_only_files_of_their_own(name: str, both: Known, tmp_path: Path) -> None:
    for run in ("one", "two"):
        (tmp_path / run).mkdir()
        _written(name, both, tmp_path / run)
    one, two = (_files(tmp_path / run / f"out.{name}") for run in ("one", "two"))
    assert one == two
    assert one
    assert {p.name for p in tmp_path.iterdir()} == {"one", "two"}
    assert not any("passwd" in path for path in one)


# -- JSON Lines -----------------------------------------------------------------------------------------------------


def test_jsonl_comes_back_as_the_same_record(both: Known, tmp_path: Path) -> None:
    path = _written("jsonl", both, tmp_path)
    back = read_export(path)
    assert back.reports == both.reports
    assert {r for some in back.records.values() for r in some} == set(both.records())
    again = Known.of(both.pack, back.reports, [r for some in back.records.values() for r in some])
    (tmp_path / "again").mkdir()
    other = _written("jsonl", again, tmp_path / "again")
    assert other.read_bytes() == path.read_bytes()
    assert reports_beside(other).read_bytes() == reports_beside(path).read_bytes()


def test_jsonl_lines_are_records_and_quote_their_reports(both: Known, tmp_path: Path) -> None:
    path = _written("jsonl", both, tmp_path)
    texts = {item["name"]: item["text"] for item in _lines(reports_beside(path))}
    items = _lines(path)
    assert len(items) == len(list(both.records()))
    for item in items:
        assert item["type"] in {cls.type_name for cls in RECORD_CLASSES}
        assert item["evidence"]
        for piece in item["evidence"]:
            start, end = piece["span"]
            assert texts[piece["report"]][start:end] == piece["quote"] != ""


def test_a_restored_record_gives_the_same_brief(known: Known, tmp_path: Path) -> None:
    exported = read_export(_written("jsonl", known, tmp_path))
    with Store.open(None) as store:
        run = pipeline.restore(store, exported, known.pack)
        assert len(run.added) == len(known.reports)
        assert page(questions.load(store, known.pack)) == page(known)
        again = pipeline.restore(store, exported, known.pack)
        assert (again.added, len(again.known)) == ([], len(known.reports))


def test_two_reports_of_one_name_keep_their_own_records(tmp_path: Path) -> None:
    reports = [Report(name="same", text=f"{word} agreed to sign.") for word in ("Arland", "Borland")]
    moves = [
        Move(report=r.id, evidence=(Span(0, 6),), rule="t@1", confidence=0.5, type="agree", by="AA", to=None, actor=None, issue="x", what="sign")
        for r in reports
    ]  # fmt: skip
    back = read_export(_written("jsonl", Known.of(PACK, reports, moves), tmp_path))
    assert {id: [r.id for r in some] for id, some in back.records.items()} == {m.report: [m.id] for m in moves}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: s.replace('"confidence": 0.5', '"confidence": "much"', 1), "line 1: confidence"),
        (lambda s: s.replace('"by": "AA"', '"by": "US"', 1), "changed since"),
        (lambda s: s.replace('"quote": "It may meet', '"quote": "It must meet', 1), "does not stand"),
        (lambda s: s.replace('"type": "move"', '"type": "moved"', 1), "moved"),
        (lambda s: s.replace('"status": "denied"', '"status": "sung"', 1), "status"),
        (lambda s: s.replace('"span": [0, 40]', '"span": [40, 0]', 1), "not a span"),
        (lambda s: s.replace("/2019-07-07 week", "/2019-07-07 moon", 1), "moon"),
        (lambda s: "[1]\n" + s, "not a JSON object"),
        (lambda s: "{" + s, "not JSON Lines"),
        (lambda s: '{"type": "move"}\n' + s, "not a line of an export"),
    ],
)  # fmt: skip
def test_what_was_changed_is_refused_with_its_line(change: Any, said: str, tmp_path: Path) -> None:
    path = _written("jsonl", _hostile(), tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(change(text), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    with pytest.raises(InputError, match=re.escape(said)):
        read_export(path)


def test_records_without_their_reports_say_what_is_missing(tmp_path: Path) -> None:
    path = _written("jsonl", _hostile(), tmp_path)
    lines = reports_beside(path).read_text(encoding="utf-8")
    reports_beside(path).unlink()
    with pytest.raises(InputError, match=re.escape("out.reports.jsonl")):
        read_export(path)
    path.write_text(lines + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(read_export(path).reports) == 1, "all in one file does as well"


@given(
    st.dates(date(1990, 1, 1), date(2050, 1, 1)),
    st.integers(0, 400),
    st.sampled_from(["day", "week", "month", "quarter", "year", "interval"]),
)
def test_times_come_back_with_their_precision(first: date, days: int, precision: Any) -> None:
    from standoff.read.exported import _when

    when = When(first, date.fromordinal(first.toordinal() + days), precision)
    assert _when(when_text(when)) == when


# -- tables ---------------------------------------------------------------------------------------------------------


def test_csv_has_no_formula_and_all_records(both: Known, tmp_path: Path) -> None:
    folder = _written("csv", both, tmp_path)
    count = 0
    for cls in RECORD_CLASSES:
        with (folder / f"{cls.type_name}s.csv").open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                count += 1
                texts = {r.name: r.text for r in both.reports}
                assert row["report"].lstrip("'") in texts
                assert row["quote"].removeprefix("'") == texts[row["report"]][int(row["start"]) : int(row["end"])]
                assert not any(cell.startswith(("=", "@", "+", "\t")) for cell in row.values())
    assert count == len(list(both.records()))


def test_parquet_has_typed_columns_and_all_records(both: Known, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = _written("parquet", both, tmp_path)
    texts = {r.name: r.text for r in both.reports}
    count = 0
    for cls in RECORD_CLASSES:
        table = parquet.read_table(folder / f"{cls.type_name}s.parquet")
        count += table.num_rows
        for row in table.to_pylist():
            for piece in row["evidence"]:
                assert texts[piece["report"]][slice(*piece["span"])] == piece["quote"] != ""
    assert count == len(list(both.records()))
    types = {f.name: str(f.type) for f in parquet.read_schema(folder / "measures.parquet")}
    assert types["rate_percent"] == "double"
    assert types["goods"] == "string"


@pytest.mark.parametrize(("name", "module"), [("parquet", "pyarrow"), ("docx", "docx")])
def test_a_missing_library_is_named(name: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=re.escape(f"standoff[{name}]")):
        exports.write(name, tmp_path / "x", _hostile())


# -- events and annotations -----------------------------------------------------------------------------------------


def test_plover_events_are_moves_and_contacts(both: Known, tmp_path: Path) -> None:
    found = _lines(_written("plover", both, tmp_path))
    acting = [m for m in both.moves if m.by] + [c for c in both.contacts if c.parties]
    assert {e["id"] for e in found} == {r.id for r in acting}
    for event in found:
        record = both.record(event["id"])
        report = both.report_of(record)
        place = event["text_info"]
        assert event["text"] == report.text[place["start"] : place["end"]] != ""
        assert event["event_type"] in SCORES
        assert event["actor"]
        assert event["cite_info"]["citation"] == report.name
        assert set(event["contexts"]) <= {"future", "hypothetical", "negation", "historical", "economic"}
        if event["date"]:
            assert date.fromisoformat(event["date"]) <= date.fromisoformat(event["enddate"] or event["date"])


def test_plover_types_modes_and_contexts_follow_the_table() -> None:
    by_type = {e["event_type"]: e for e in events(_hostile())}
    threat, meeting = by_type["THREATEN"], by_type["CONSULT"]
    assert (threat["mode"], threat["contexts"]) == ("restrict", ["negation", "economic"])
    assert (threat["date"], threat["enddate"], threat["date_basis"]) == ("2019-07-01", "2019-07-07", "told")
    assert [a["code"] for a in (*threat["actor"], *threat["recipient"])] == [None, "USA"]
    assert (meeting["mode"], meeting["contexts"], meeting["recipient"]) == (None, ["future"], [])
    assert [a["party"] for a in meeting["actor"]] == ["AA", "US"]
    assert set(EVENT_TYPES.values()) < set(SCORES)


def test_web_annotations_select_the_quoted_words(both: Known, tmp_path: Path) -> None:
    page = json.loads(_written("webannotation", both, tmp_path).read_text(encoding="utf-8"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert len({item["id"] for item in page["items"]}) == len(page["items"]) == len(list(both.records()))
    texts = {r.name: r.text for r in both.reports}
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", item["id"])
        fields = json.loads(item["body"][1]["value"])
        record = both.record(fields["id"])
        assert len(item["target"]) == len(record.evidence)
        for target in item["target"]:
            text = texts[target["source"]["dcterms:identifier"]]
            position, quote = target["selector"]
            start, end = position["start"], position["end"]
            assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert text[start:end] == quote["exact"] != ""
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


# -- XML ------------------------------------------------------------------------------------------------------------


def test_graphml_has_the_acts_and_what_they_wait_for(both: Known, tmp_path: Path) -> None:
    root = ET.fromstring(_written("graphml", both, tmp_path).read_bytes())
    keys = {k.get("id"): k.get("attr.name") for k in root.iter(f"{GRAPHML}key")}
    nodes = {n.get("id") for n in root.iter(f"{GRAPHML}node")}
    edges = list(root.iter(f"{GRAPHML}edge"))
    assert edges
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= nodes
        told = {keys[d.get("key")]: d.text or "" for d in edge.iter(f"{GRAPHML}data")}
        assert told["kind"] in ("precondition", "exchange", "threat")
        assert told["strength"] in ("stated", "by-source", "implied")
        record = both.record(told["records"].split()[0])
        assert told["quote"] == " ".join(xml_safe(both.words(record)).split())


def test_atom_entries_have_what_the_standard_asks(both: Known, tmp_path: Path) -> None:
    root = ET.fromstring(_written("atom", both, tmp_path).read_bytes())
    assert root.tag == f"{ATOM}feed"
    for of in (root, *root.iter(f"{ATOM}entry")):
        assert all(of.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    entries = list(root.iter(f"{ATOM}entry"))
    assert entries
    assert len({e.findtext(f"{ATOM}id") for e in entries}) == len(entries)
    days = [datetime.fromisoformat(e.findtext(f"{ATOM}updated") or "") for e in entries]
    assert days == sorted(days, reverse=True)
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated") or "") == days[0]
    words = [" ".join(xml_safe(both.words(r)).split()) for r in both.records()]
    assert any(f"“{w}”" in (e.findtext(f"{ATOM}content") or "") for e in entries for w in words)


# -- calendar -------------------------------------------------------------------------------------------------------


def _calendar(data: bytes) -> Iterator[dict[str, str]]:
    """Events of a calendar, read as RFC 5545 says: lines unfolded, names and values parted, values unescaped."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    assert all(b"\n" not in line and b"\r" not in line for line in physical)
    for line in physical:
        line.decode("utf-8")  # no character is split
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    event: dict[str, str] = {}
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            yield event
        else:
            assert re.fullmatch(r"[A-Z-]+(;[A-Z]+=[A-Z]+)*", name)
            event[name] = re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def test_calendar_holds_the_contacts_with_a_told_day(both: Known, tmp_path: Path) -> None:
    found = list(_calendar(_written("ics", both, tmp_path).read_bytes()))
    assert found
    assert len({e["UID"] for e in found}) == len(found)
    for event in found:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY", "STATUS"} <= event.keys()
        record = both.record(event["UID"].removesuffix("@standoff"))
        assert isinstance(record, Contact)
        assert event["DTSTART;VALUE=DATE"] < event["DTEND;VALUE=DATE"]
        assert re.fullmatch(r"\d{8}T000000Z", event["DTSTAMP"])
        assert event["STATUS"] in ("CONFIRMED", "TENTATIVE", "CANCELLED")
    quotes = {e["UID"]: e["DESCRIPTION"] for e in found}
    assert all(
        " ".join(xml_safe(both.words(both.record(u.removesuffix("@standoff")))).split()) in q for u, q in quotes.items()
    )


def test_a_planned_contact_is_tentative_and_its_week_ends_the_day_after() -> None:
    from standoff.show.exports.ics import write_ics

    path = Path("/dev/null")
    assert write_ics(path, _hostile()) == 1
    from standoff.analyse.timeline import timeline
    from standoff.show.exports.ics import told_days

    (entry,) = timeline(_hostile())
    assert told_days(entry) == (date(2019, 7, 1), date(2019, 7, 7))


@given(st.text())
def test_folding_keeps_every_character_and_no_line_is_long(text: str) -> None:
    line = "DESCRIPTION:" + calendar(text)
    data = folded(line)
    assert all(len(piece) <= 75 for piece in data.split(b"\r\n"))
    assert data.decode("utf-8").replace("\r\n ", "").removesuffix("\r\n") == line
    assert "\n" not in calendar(text)


@given(st.text())
def test_xml_safe_text_parses(text: str) -> None:
    element = ET.Element("a")
    element.text = xml_safe(text)
    assert ET.fromstring(ET.tostring(element, encoding="utf-8")).text or not text


# -- briefs ---------------------------------------------------------------------------------------------------------


def test_markdown_quotes_the_evidence_behind_each_number(both: Known, tmp_path: Path) -> None:
    page = _written("md", both, tmp_path).read_text(encoding="utf-8")
    lines, _, evidence = page.partition("## Evidence")
    quoted = dict(re.findall(r"^- \\\[(\d+)\\\] (.+)$", evidence, re.MULTILINE))
    used = set(re.findall(r"\\\[(\d+)\\\](?!\()", lines))
    assert used
    assert used <= quoted.keys()
    words = {markdown(both.words(r)) for r in both.records()}
    assert all(any(f"“{w}”" in line for w in words) for line in quoted.values())


def test_markdown_of_hostile_text_is_words(tmp_path: Path) -> None:
    page = _written("md", _hostile(), tmp_path).read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<(?!https?://)", page)
    assert not re.search(r"(?<!\\)\]\(", page)
    assert "\u202e" not in page
    assert "javascript" in page


def test_markdown_cannot_begin_a_list_or_heading() -> None:
    assert [markdown(t) for t in ("- a", "1. a", "# a", "+ a", "a\n\n# b", "12) x")] == [
        r"\- a",
        r"1\. a",
        r"\# a",
        r"\+ a",
        r"a \# b",
        r"12\) x",
    ]


def test_word_document_is_whole_and_quotes_the_evidence(both: Known, tmp_path: Path) -> None:
    pytest.importorskip("docx")
    path = _written("docx", both, tmp_path)
    with zipfile.ZipFile(path) as parts:
        assert parts.testzip() is None
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        body = ET.fromstring(parts.read("word/document.xml"))
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(parts.read(name))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{w}t")) for p in body.iter(f"{w}p")]
    evidence = {p.split("]")[0][1:]: p for p in paragraphs if re.match(r"\[\d+\] “", p)}
    used = {n for p in paragraphs if not re.match(r"\[\d+\] “", p) for n in re.findall(r" \[(\d+)\]", p)}
    assert used
    assert used <= evidence.keys()
    words = {" ".join(xml_safe(both.words(r)).split()) for r in both.records()}
    assert all(any(f"“{w}”" in p for w in words) for p in evidence.values())


# -- the rest -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", 'https://a"b', "https://a\r\nX:y", "ftp://x", "", None]
)
def test_only_web_addresses_are_written_as_addresses(url: str | None) -> None:
    assert web_address(url) is None


def test_an_unknown_format_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="jsonl, csv, parquet, plover"):
        exports.write("xlsx", tmp_path / "x", _hostile())


def test_a_path_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in HERE:
        with pytest.raises(InputError, match="cannot write"):
            exports.write(name, tmp_path / "file" / "out", _hostile())


@pytest.mark.parametrize("name", HERE)
def test_an_empty_record_is_written(name: str, tmp_path: Path) -> None:
    assert exports.write(name, tmp_path / "out", Known.of(PACK, [], [])) == 0


def test_what_the_docs_say_of_plover_is_what_the_code_does() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "plover.md").read_text(encoding="utf-8")
    rows = {cells[0]: cells[1] for line in page.splitlines() if len(cells := re.findall(r"`([\w-]+)`", line)) >= 2}
    for move, event_type in EVENT_TYPES.items():
        assert rows[move] == event_type


def test_facets_are_not_fooled_by_neighbours() -> None:
    known = _hostile()
    report = known.reports[0]
    facets = questions.facets(party="aa", move="threaten", since="2019-07", until="2019-07")
    assert facets is not None
    assert [type(r).__name__ for r in known.records() if facets.fits(r, report)] == ["Move"]
    assert questions.facets(party="US").fits(known.moves[0], report) is False  # type: ignore[union-attr]
    assert questions.facets(since="2019-08").fits(known.moves[0], report) is False  # type: ignore[union-attr]
    assert questions.facets(outlet="/c CALC").fits(None, report) is True  # type: ignore[union-attr]
    assert questions.facets(party="AA").fits(None, report) is False  # type: ignore[union-attr]
    assert questions.facets() is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"move": "sing"}, "demand, offer"),
        ({"since": "May"}, "since May"),
        ({"since": "2020", "until": "2019"}, "ends before"),
    ],
)
def test_facets_say_what_is_wrong(asked: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        questions.facets(**asked)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_the_commands_export_import_and_search(known: Known, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from standoff.cli import app

    def run(*args: str) -> Any:
        result = CliRunner().invoke(app, [*args, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    record = _written("jsonl", known, tmp_path)
    db = str(tmp_path / "back.db")
    done = run("import", str(record), "--db", db, "--pack", known.pack.id)
    assert (len(done["added"]), done["records"]) == (len(known.reports), len(list(known.records())))
    for name in HERE:
        assert run("export", "--db", db, "--format", name, "-o", str(tmp_path / f"cli.{name}"))["written"]
    assert (tmp_path / "cli.jsonl").read_bytes() == record.read_bytes()
    hits = run("search", "tariff*", "--db", db, "--party", "US", "--move", "impose", "--since", "2025")
    assert hits
    for hit in hits:
        move = known.record(hit["id"])
        assert isinstance(move, Move)
        assert (move.by, move.type) == ("US", "impose")
        assert hit["published"] >= "2025"
        assert hit["words"] in known.report_of(move).text
    every = run("search", "tariff*", "--db", db, "--limit", "1000")
    fitting = run(
        "search", "tariff*", "--db", db, "--limit", "1000", "--party", "US", "--move", "impose", "--since", "2025"
    )
    assert [h["id"] for h in every if h["id"] in {f["id"] for f in fitting}] == [f["id"] for f in fitting]
    assert fitting[0] == hits[0]
