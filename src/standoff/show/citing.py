"""A quotation with its source, to take along: plain text, BibTeX, and CSL JSON (Citation Style Language 1.0.2)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from standoff.model.report import Report
from standoff.model.span import Span
from standoff.show.exports.safe_text import one_line, web_address

CiteFormat = Literal["text", "bibtex", "csl"]

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """What a quotation rests on: its words, who says them, and the report. `part` is where they stand in it."""

    id: str
    quote: str
    source: str
    report: Report
    part: Span


def cited(citation: Citation, form: CiteFormat) -> str:
    """The citation in one of the formats."""
    if form == "bibtex":
        return bibtex(citation)
    return csl(citation) if form == "csl" else text(citation)


def text(citation: Citation) -> str:
    """`“The words” (who says so). “Title”, Outlet, 29 June 2019, https://…, characters 10–40.`"""
    report = citation.report
    title = one_line(report.title or "")
    where = [
        f"“{title}”" if title else f"report {report.name}",
        report.outlet or "outlet not stated",
        _day(report),
        web_address(report.url) or "",
        f"characters {citation.part.start}–{citation.part.end}",
    ]
    said = f" ({one_line(citation.source)})" if citation.source != report.outlet else ""
    return f"“{one_line(citation.quote)}”{said}. {', '.join(part for part in where if part)}.\n"


def bibtex(citation: Citation) -> str:
    """An `@article` of the report with the quotation as its note; BibTeX's own signs escaped."""
    report = citation.report
    day = report.published.day if report.published else None
    told = {
        "title": one_line(report.title or report.name),
        "journal": report.outlet or "",
        "year": f"{day:%Y}" if day else "",
        "month": f"{day:%b}".lower() if day else "",
        "day": f"{day.day}" if day else "",
        "url": web_address(report.url) or "",
        "note": f"“{one_line(citation.quote)}” ({one_line(citation.source)}), "
        f"characters {citation.part.start}–{citation.part.end}",
    }
    lines = [f"  {name} = {{{_tex(value) if name != 'url' else value}}}" for name, value in told.items() if value]
    return f"@article{{{_key(report, day)},\n" + ",\n".join(lines) + "\n}\n"


def csl(citation: Citation) -> str:
    """One item of the type `article-newspaper` in a list, as reference managers read it."""
    report = citation.report
    day = report.published.day if report.published else None
    item: dict[str, Any] = {
        "id": citation.id,
        "type": "article-newspaper",
        "title": one_line(report.title or report.name),
        "note": f"“{one_line(citation.quote)}” ({one_line(citation.source)})",
        "locator": f"{citation.part.start}-{citation.part.end}",
    }
    if report.outlet:
        item["container-title"] = report.outlet
    if day:
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    if address := web_address(report.url):
        item["URL"] = address
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def _tex(value: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in value)


def _key(report: Report, day: date | None) -> str:
    outlet = re.sub(r"[^A-Za-z]", "", report.outlet or "report") or "report"
    return f"{outlet.lower()}{f'{day:%Y%m%d}' if day else ''}-{report.id.removeprefix('r-')[:8]}"


def _day(report: Report) -> str:
    if report.published is None:
        return "date unknown"
    day = report.published.day
    return f"{day.day} {day:%B %Y}" + (" (concluded)" if report.published.inferred else "")
