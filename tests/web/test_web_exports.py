"""The record as files at addresses, what tells that they are there, and HEAD, which asks without fetching."""

from __future__ import annotations

import csv
import http.client
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from browsing import watched
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from serving import ROOT, person

ATOM = "{http://www.w3.org/2005/Atom}"


def files(client: TestClient) -> dict[str, str]:
    rows = client.get(f"{ROOT}exports?format=json").json()["rows"]
    return {row["name"]: row["media"] for row in rows}


def test_every_file_is_there_and_is_what_it_says(client: TestClient) -> None:
    told = files(client)
    assert {"brief.html", "brief.md", "changes.atom", "contacts.ics", "linkages.graphml", "records.jsonl"} <= set(told)
    text = {}
    for name, media in told.items():
        answer = client.get(f"{ROOT}exports/{name}")
        assert answer.status_code == 200, name
        assert answer.headers["content-type"].partition(";")[0] == media
        assert f"us-china-trade-{name}" in answer.headers["content-disposition"]
        text[name] = answer.content
    assert ET.fromstring(text["changes.atom"]).findall(f"{ATOM}entry")
    assert ET.fromstring(text["linkages.graphml"]).tag.endswith("graphml")
    assert text["contacts.ics"].startswith(b"BEGIN:VCALENDAR\r\n")
    assert text["brief.docx"][:2] == b"PK"
    assert text["brief.md"].startswith(b"# ")
    records = [json.loads(line) for line in text["records.jsonl"].splitlines()]
    assert {r["type"] for r in records} == {"statement", "move", "measure", "contact", "linkage"}
    moves = list(csv.DictReader(io.StringIO(text["moves.csv"].decode())))
    assert {m["id"] for m in moves} == {r["id"] for r in records if r["type"] == "move"}
    assert all(json.loads(line)["event_type"] for line in text["events.jsonl"].splitlines())


def test_what_is_as_it_was_is_not_made_again(client: TestClient) -> None:
    first = client.get(f"{ROOT}exports/changes.atom")
    again = client.get(f"{ROOT}exports/changes.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{ROOT}exports/changes.atom").content == first.content
    earlier = client.get(f"{ROOT}exports/records.jsonl?known_at=2019-07-31")
    assert earlier.headers["etag"] != client.get(f"{ROOT}exports/records.jsonl").headers["etag"]
    assert 0 < len(earlier.content) < len(client.get(f"{ROOT}exports/records.jsonl").content)


def test_pages_tell_programs_of_feed_and_calendar(client: TestClient) -> None:
    head = client.get(f"{ROOT}issues").text.partition("</head>")[0]
    assert re.search(r'rel="alternate" type="application/atom\+xml"[^>]*href="[^"]*/exports/changes\.atom"', head)
    assert re.search(r'rel="alternate" type="text/calendar"[^>]*href="[^"]*/exports/contacts\.ics"', head)


def test_a_decision_is_in_the_files_at_once(own: str) -> None:
    with person(own) as ana:
        move = ana.rows("review?type=move")[0]["id"]
        before = ana.client.get(f"{ROOT}exports/moves.csv")
        ana.done(f"review/record/{move}", action="reject")
        after = ana.client.get(f"{ROOT}exports/moves.csv", headers={"If-None-Match": before.headers["etag"]})
        assert move in before.text
        assert move not in after.text


def test_the_brief_opens_from_its_address(browser: Browser, address: str) -> None:
    with watched(browser, address) as context:
        page = context.new_page()
        page.goto(f"{ROOT}exports/brief.html")
        page.locator("[popovertarget]").first.click()
        assert page.locator(":popover-open").count() == 1


@pytest.mark.parametrize(
    "path", ["/", ROOT, f"{ROOT}issues?format=csv", f"{ROOT}exports/contacts.ics", "/static/app.css", "/openapi.json"]
)
def test_head_has_the_headers_and_no_body(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    different = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in different} == {
        k: v for k, v in got.headers.items() if k not in different
    }


def test_head_of_what_is_not_there(client: TestClient) -> None:
    assert client.head(f"{ROOT}issue/nothing").status_code == 404
    assert client.head("/logout").status_code == client.get("/logout").status_code


def test_head_over_a_socket_ends(address: str) -> None:
    """A connection that is kept open goes on with the next answer: no body is left in it."""
    host, port = address.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20)
    for method in ("HEAD", "GET", "HEAD"):
        connection.request(method, ROOT, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        assert answer.status == 200
        assert bool(answer.read()) == (method == "GET")
    connection.close()


def test_a_token_is_masked_anew_in_each_answer_so_that_packing_tells_nothing(own: str) -> None:
    """BREACH: what an answer's size tells of a secret, it tells only where the secret is the same twice."""
    with person(own) as ana:
        pages = [ana.client.get(f"{ROOT}review", headers={"Accept-Encoding": "gzip"}) for _ in range(3)]
        assert all(page.headers["content-encoding"] == "gzip" for page in pages)
        tokens = [re.findall(r'name="token" value="(\w+)"', page.text) for page in pages]
        assert all(len(set(those)) == 1 for those in tokens)  # of one answer all forms have the same
        assert len({those[0] for those in tokens}) == 3
        assert len({those[0][at : at + 8] for those in tokens for at in range(0, 128, 8)}) == 3 * 16
        assert len({page.headers["etag"] for page in pages}) == 1  # and the page counts as unchanged
        move = ana.rows("review?type=move")[0]["id"]
        for token, *_ in tokens:
            form = {"token": token, "action": "accept"}
            headers = {"Origin": "http://127.0.0.1:8642", "Sec-Fetch-Site": "same-origin"}
            answer = ana.client.post(f"{ROOT}review/record/{move}", data=form, headers=headers, follow_redirects=False)
            assert answer.status_code == 303


def test_a_token_that_is_none_is_refused(own: str) -> None:
    with person(own) as ana:
        move, token = ana.rows("review?type=move")[0]["id"], ana.token()
        flipped = token[:-1] + ("0" if token[-1] != "0" else "1")
        for wrong in ("", "0" * 128, token[:64], token[64:], flipped, token + "00", "é" * 128):
            assert ana.send(f"review/record/{move}", token=wrong, action="accept").status_code == 403, wrong
        assert ana.rows("review/history") == []
