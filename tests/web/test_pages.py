"""Every page and its twins, from every standpoint."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

ROOT = "/n/us-china-trade/"
LISTS = (
    "", "issues", "parties", "actors", "measures", "contacts", "reports", "search", "compare/dates",
    "compare/reports", "analyses/deadlock", "analyses/conflicts", "analyses/corroboration", "analyses/tariffs",
    "analyses/promises", "analyses/lineage", "issue/tariffs", "party/US",
)  # fmt: skip


class Page(HTMLParser):
    """The links, headings, ids and landmarks of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        self.inline += [name for name in told if name == "style" or name.startswith("on")]
        self.links += [value for name in ("href", "action", "src") if (value := told.get(name))]
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def crawled(client: TestClient, start: str, most: int = 160) -> dict[str, Page]:
    """Pages reached from one, breadth first: a few of each kind."""
    found: dict[str, Page] = {}
    kinds: dict[str, int] = {}
    waiting = [start]
    while waiting and len(found) < most:
        link = waiting.pop(0)
        kind = re.sub(r"/[\w.%-]+$", "/x", urlsplit(link).path) + re.sub(r"=[^&]*", "", urlsplit(link).query)
        if link in found or kinds.get(kind, 0) >= 3:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(link)
        assert answer.status_code == 200, link
        if answer.headers["content-type"].startswith("text/html"):
            found[link] = page = Page(answer.text)
            waiting += [n.split("#")[0] for n in page.links if n.startswith("/") and not n.startswith("/static")]
    return found


def test_every_link_leads_somewhere_and_every_page_is_in_order(client: TestClient) -> None:
    pages = crawled(client, "/")
    kinds = {link.split("/")[3].split("?")[0] for link in pages if link.count("/") > 2}
    assert {"", "issue", "party", "actor", "contact", "measure", "position", "report", "record", "search", "compare",
            "analyses"} <= kinds  # fmt: skip
    for link, page in pages.items():
        assert page.levels[0] == 1, link
        assert page.levels.count(1) == 1, link
        assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False)), link
        assert len(page.ids) == len(set(page.ids)), link
        assert {"header", "main", "footer", "html"} <= set(page.tags), link
        assert not page.inline, link


def test_a_standpoint_stays_over_links(client: TestClient) -> None:
    start = f"{ROOT}?as_of=2019-07-31&known_at=2025-03-31"
    page = Page(client.get(start).text)
    inner = [link for link in page.links if link.startswith(ROOT) and "/search" not in link]
    assert len(inner) > 20
    for link in inner:
        if link != ROOT:  # the form's own action carries them as fields
            assert "as_of=2019-07-31" in link or "format=" in link, link
    assert 'name="known_at" value="2025-03-31"' in client.get(start).text


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_the_same_as_csv_and_json(client: TestClient, path: str) -> None:
    told = client.get(f"{ROOT}{path}", params={"format": "json"}).json()
    table = list(csv.DictReader(io.StringIO(client.get(f"{ROOT}{path}?format=csv").text)))
    assert [len(table), told["negotiation"]] == [len(told["rows"]), "Trade talks between the United States and China"]
    for line, row in zip(table, told["rows"], strict=True):
        assert list(line) == list(row)
    by_header = client.get(f"{ROOT}{path}", headers={"accept": "application/json"})
    assert by_header.json() == told
    assert by_header.headers["vary"].startswith("Accept")
    assert client.get(f"{ROOT}{path}", headers={"accept": "text/csv"}).headers["content-type"].startswith("text/csv")


def test_rows_rest_on_records_that_quote_their_report(client: TestClient) -> None:
    rows = client.get(f"{ROOT}issue/tariffs?format=json").json()["rows"]
    assert rows
    for row in rows:
        for record in row["records"]:
            told = client.get(f"{ROOT}record/{record}?format=json").json()["rows"][0]
            assert told["id"] == record
            assert told["quote"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/n/nothing/", 404), (f"{ROOT}report/nothing", 404), (f"{ROOT}record/m-0", 404), (f"{ROOT}issue/none", 404),
        (f"{ROOT}party/XX", 404), (f"{ROOT}actor/nobody", 404), (f"{ROOT}contact/c-0", 404), ("/else", 404),
        (f"{ROOT}measure/t-0", 404), (f"{ROOT}cite/m-0", 404), (f"{ROOT}?as_of=soon", 422), (f"{ROOT}?as_of=0", 422),
        (f"{ROOT}issues?page=0", 422), (f"{ROOT}search?move=shout", 422), (f"{ROOT}search?q={'word+' * 90}", 422),
        (f"{ROOT}?format=xml", 422),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_the_form_asked_for(client: TestClient, path: str, status: int) -> None:
    page = client.get(path, headers={"accept": "text/html"})
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    told = client.get(path, headers={"accept": "application/json"})
    assert told.status_code == status
    assert set(told.json()) == {"detail"}


def test_answers_carry_the_guarding_headers(client: TestClient) -> None:
    for path in ("/", ROOT, f"{ROOT}issues?format=json", "/else", "/static/app.css", "/openapi.json"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] in ("no-referrer", "same-origin")


@pytest.mark.parametrize("host", ["bad.example", "127.0.0.1.bad.example", "", "[::2]:8642", "bad.example:8642"])
def test_another_name_for_this_machine_is_refused(client: TestClient, host: str) -> None:
    assert client.get(ROOT, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost", "LOCALHOST:1", "[::1]:8642"])
def test_its_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get(ROOT, headers={"host": host}).status_code == 200


def test_a_page_that_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get(ROOT)
    again = client.get(ROOT, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_search_counts_what_it_finds(client: TestClient) -> None:
    def found(**asked: object) -> dict[str, object]:
        told: dict[str, object] = client.get(f"{ROOT}search", params={"format": "json", **asked}).json()  # type: ignore[dict-item]
        return told

    every, moves = found(q="tariffs"), found(q="tariffs", type="move")
    assert 0 < int(str(moves["total"])) < int(str(every["total"]))
    page = client.get(f"{ROOT}search", params={"q": "tariffs"}).text
    assert re.search(rf"move</bdi> <span class=\"n\">{moves['total']}</span>", page)
    both = int(str(found(q="tariffs", party=["US", "CN"])["total"]))
    assert both >= max(int(str(found(q="tariffs", party=p)["total"])) for p in ("US", "CN"))
    assert found(q="tariffs", party="nobody")["total"] == 0
    assert int(str(found()["total"])) > int(str(every["total"]))
    assert found(q="tariffs", since="2025-01-01", until="2024-01-01")["total"] == 0


def test_a_quotation_is_cited_in_three_ways(client: TestClient) -> None:
    record = client.get(f"{ROOT}issue/tariffs?format=json").json()["rows"][0]["records"][0]
    told = client.get(f"{ROOT}record/{record}?format=json").json()["rows"][0]
    text = client.get(f"{ROOT}cite/{record}")
    assert text.headers["content-type"].startswith("text/plain")
    assert " ".join(told["quote"].split()) in text.text
    assert client.get(f"{ROOT}cite/{record}?format=bibtex").text.startswith("@article{")
    item = client.get(f"{ROOT}cite/{record}?format=csl").json()[0]
    assert (item["id"], item["type"]) == (record, "article-newspaper")


def test_a_copy_stands_beside_what_it_copies(client: TestClient) -> None:
    rows = client.get(f"{ROOT}analyses/lineage?format=json").json()["rows"]
    pair = next(r for r in rows if "copied" in (r["a_name"], r["b_name"]) and r["passages"])
    page = client.get(f"{ROOT}report/{pair['a']}/beside/{pair['b']}").text
    assert "Other Post" in page
    assert page.count("<td") >= 2


def test_the_list_of_negotiations_has_its_twins(client: TestClient) -> None:
    row = client.get("/?format=json").json()["rows"][0]
    assert (row["slug"], row["ready"]) == ("us-china-trade", True)
    assert client.get("/?format=csv").text.startswith("slug,title,")


def first(client: TestClient, path: str, **has: object) -> dict[str, Any]:
    rows: list[dict[str, Any]] = client.get(f"{ROOT}{path}?format=json").json()["rows"]
    return next(row for row in rows if all(row[name] == value for name, value in has.items()))


def test_an_actor_is_shown_with_offices_and_by_what_is_said_done_and_met(client: TestClient) -> None:
    actor = first(client, "actors", name="Donald Trump")
    page = client.get(f"{ROOT}actor/{actor['id']}").text
    assert "US president (from 2025-01-20)" in page
    assert "“<bdi>Trump</bdi>”" in page
    parts = {
        kind: client.get(f"{ROOT}actor/{actor['id']}?type={kind}&format=json").json()["rows"]
        for kind in ("statement", "move", "contact")
    }
    assert [len(rows) for rows in parts.values()] == [actor["statements"], actor["moves"], actor["contacts"]]
    assert all({row["type"] for row in rows} <= {kind} for kind, rows in parts.items())


def test_a_contact_leads_to_its_people_and_to_what_was_said_of_it(client: TestClient) -> None:
    rows = client.get(f"{ROOT}contacts?format=json").json()["rows"]
    pages = {row["id"]: client.get(f"{ROOT}contact/{row['id']}").text for row in rows}
    assert any('href="/n/us-china-trade/actor/' in page.split("<main")[1] for page in pages.values())
    assert any("In the same sentences" in page for page in pages.values())
    told_twice = next(page for page in pages.values() if "/compare/reports?" in page)
    link = re.search(r'href="([^"]+/compare/reports\?[^"]+)"', told_twice)
    assert link
    compared = client.get(unescape(link[1]))
    assert compared.status_code == 200
    for row in rows:
        assert f"{row['confidence']:.2f}" in pages[row["id"]]


def test_what_reports_of_several_days_tell_is_shown_day_by_day(client: TestClient) -> None:
    measures = client.get(f"{ROOT}measures?format=json").json()["rows"]
    some = [m for m in measures if m["first_reported"] != m["last_reported"]]
    assert some
    page = client.get(f"{ROOT}measure/{some[0]['id']}").text
    assert "Day by day" in page
    assert page.count('class="badge c-new"') == 1


def test_records_name_parties_and_issues_and_link_to_them(client: TestClient) -> None:
    row = first(client, "issue/tariffs", party="US")
    page = client.get(f"{ROOT}record/{row['id']}").text
    assert '<a href="/n/us-china-trade/party/US"><bdi>United States</bdi></a>' in page
    assert '<a href="/n/us-china-trade/issue/tariffs"><bdi>tariffs</bdi></a>' in page
