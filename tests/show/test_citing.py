"""Quotations to take along."""

from __future__ import annotations

import json
from datetime import date

from standoff.model.report import Published, Report
from standoff.model.span import Span
from standoff.show.citing import Citation, cited

TEXT = "Arland said that it would lift its 20% duty on wine & cheese."


def citation(**told: object) -> Citation:
    report = Report(
        name="wire", text=TEXT, outlet="Harbour Wire", title="Arland to lift {duty}", url="https://news.example/a_b?x=1",
        published=Published(date(2019, 6, 29), "user", ""),
    )  # fmt: skip
    if told:
        report = Report(name="wire", text=TEXT, **told)  # type: ignore[arg-type]
    return Citation("m-1", TEXT[:-1], "Arland", report, Span(0, len(TEXT) - 1))


def test_plain_text_names_who_and_where() -> None:
    assert cited(citation(), "text") == (
        "“Arland said that it would lift its 20% duty on wine & cheese” (Arland). “Arland to lift {duty}”, Harbour Wire, "
        "29 June 2019, https://news.example/a_b?x=1, characters 0–60.\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    told = cited(citation(outlet=None, url="javascript:alert(1)"), "text")
    assert told.endswith("(Arland). report wire, outlet not stated, date unknown, characters 0–60.\n")
    assert "url" not in cited(citation(url="javascript:alert(1)"), "bibtex")
    assert "URL" not in json.loads(cited(citation(url="ftp://x"), "csl"))[0]


def test_bibtex_escapes_its_own_signs_but_not_in_an_address() -> None:
    told = cited(citation(), "bibtex")
    assert told.startswith("@article{harbourwire20190629-")
    assert r"title = {Arland to lift \{duty\}}" in told
    assert r"20\% duty on wine \& cheese" in told
    assert "url = {https://news.example/a_b?x=1}" in told
    assert "month = {jun}" in told


def test_csl_is_a_list_of_one_newspaper_article() -> None:
    (item,) = json.loads(cited(citation(), "csl"))
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2019, 6, 29]]}
    assert item["container-title"] == "Harbour Wire"
