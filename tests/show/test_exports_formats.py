"""Exports in other people's formats, each read back by a reader of its own."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from exports_examples import HERE, PACK, hostile, lines_of, written
from hypothesis import given
from hypothesis import strategies as st

from standoff import questions
from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.model.record import Contact
from standoff.show import exports
from standoff.show.exports.ics import folded
from standoff.show.exports.plover import EVENT_TYPES, SCORES, events
from standoff.show.exports.safe_text import calendar, markdown, web_address, xml_safe

GRAPHML, ATOM = "{http://graphml.graphdrawing.org/xmlns}", "{http://www.w3.org/2005/Atom}"


def test_plover_events_are_moves_and_contacts(both: Known, tmp_path: Path) -> None:
    found = lines_of(written("plover", both, tmp_path))
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
    by_type = {e["event_type"]: e for e in events(hostile())}
    threat, meeting = by_type["THREATEN"], by_type["CONSULT"]
    assert (threat["mode"], threat["contexts"]) == ("restrict", ["negation", "economic"])
    assert (threat["date"], threat["enddate"], threat["date_basis"]) == ("2019-07-01", "2019-07-07", "told")
    assert [a["code"] for a in (*threat["actor"], *threat["recipient"])] == [None, "USA"]
    assert (meeting["mode"], meeting["contexts"], meeting["recipient"]) == (None, ["future"], [])
    assert [a["party"] for a in meeting["actor"]] == ["AA", "US"]
    assert set(EVENT_TYPES.values()) < set(SCORES)


def test_web_annotations_select_the_quoted_words(both: Known, tmp_path: Path) -> None:
    page = json.loads(written("webannotation", both, tmp_path).read_text(encoding="utf-8"))
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
    root = ET.fromstring(written("graphml", both, tmp_path).read_bytes())
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
    root = ET.fromstring(written("atom", both, tmp_path).read_bytes())
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
    found = list(_calendar(written("ics", both, tmp_path).read_bytes()))
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
    assert write_ics(path, hostile()) == 1
    from standoff.analyse.timeline import timeline
    from standoff.show.exports.ics import told_days

    (entry,) = timeline(hostile())
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
    page = written("md", both, tmp_path).read_text(encoding="utf-8")
    lines, _, evidence = page.partition("## Evidence")
    quoted = dict(re.findall(r"^- \\\[(\d+)\\\] (.+)$", evidence, re.MULTILINE))
    used = set(re.findall(r"\\\[(\d+)\\\](?!\()", lines))
    assert used
    assert used <= quoted.keys()
    words = {markdown(both.words(r)) for r in both.records()}
    assert all(any(f"“{w}”" in line for w in words) for line in quoted.values())


def test_markdown_of_hostile_text_is_words(tmp_path: Path) -> None:
    page = written("md", hostile(), tmp_path).read_text(encoding="utf-8")
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
    path = written("docx", both, tmp_path)
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
        exports.write("xlsx", tmp_path / "x", hostile())


def test_a_path_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in HERE:
        with pytest.raises(InputError, match="cannot write"):
            exports.write(name, tmp_path / "file" / "out", hostile())


@pytest.mark.parametrize("name", HERE)
def test_an_empty_record_is_written(name: str, tmp_path: Path) -> None:
    assert exports.write(name, tmp_path / "out", Known.of(PACK, [], [])) == 0


def test_what_the_docs_say_of_plover_is_what_the_code_does() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "plover.md").read_text(encoding="utf-8")
    rows = {cells[0]: cells[1] for line in page.splitlines() if len(cells := re.findall(r"`([\w-]+)`", line)) >= 2}
    for move, event_type in EVENT_TYPES.items():
        assert rows[move] == event_type


def test_facets_are_not_fooled_by_neighbours() -> None:
    known = hostile()
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
