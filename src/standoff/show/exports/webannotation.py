"""W3C Web Annotation: each record an annotation on the report's text, as JSON-LD.

One AnnotationPage (https://www.w3.org/TR/annotation-model/). An annotation has one target a piece of evidence; each
names its place twice, by position (TextPositionSelector, in code points, as the model asks) and by words
(TextQuoteSelector with the words around). The source is the report's text as it was read and stored, not the page it
came from: that is told as `via`, since places in the text are no places in the page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from standoff import __version__
from standoff.analyse.known import Known
from standoff.model.plain import plain as json_value
from standoff.model.record import Move, Record
from standoff.model.report import Report
from standoff.model.span import Span
from standoff.show.exports.plain_values import in_text_order, own_fields, shown_name
from standoff.show.exports.safe_text import urn, web_address

AROUND = 32
"""Code points of prefix and suffix."""


def write_webannotation(path: Path, known: Known) -> int:
    """Write the annotations of a record; how many."""
    records = in_text_order(known)
    page = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"dcterms": "http://purl.org/dc/terms/"}],
        "id": urn("annotations " + " ".join(record.id for record in records)),
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": [],
    }
    items = (json.dumps(annotated(r, known.report_of(r)), ensure_ascii=False) for r in records)
    with path.open("w", encoding="utf-8", newline="\n") as out:  # one annotation a line, never all in memory
        out.write(json.dumps(page).removesuffix("]}") + "\n")
        out.writelines(f"{',' if number else ' '}{item}\n" for number, item in enumerate(items))
        out.write("]}\n")
    return len(records)


def annotated(record: Record, report: Report) -> dict[str, Any]:
    """One record as an annotation: its class as a tag, its fields as JSON, its evidence as targets."""
    label = f"{record.type_name}/{record.type}" if isinstance(record, Move) else record.type_name
    fields = {shown_name(name): json_value(getattr(record, name)) for name in own_fields(type(record))}
    return {
        "id": urn(record.id),
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"type": "Software", "name": f"standoff {__version__}"},
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": label},
            {
                "type": "TextualBody", "purpose": "describing", "format": "application/json",
                "value": json.dumps({"id": record.id, **fields}, ensure_ascii=False),
            },
        ],
        "target": [{"source": _source(report), "selector": selectors(report.text, span)} for span in record.evidence],
    }  # fmt: skip


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """A place by position and by words."""
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
    ]


def _source(report: Report) -> dict[str, Any]:
    source: dict[str, Any] = {"id": urn(report.id), "type": "Text", "format": "text/plain", "language": "en"}
    source["dcterms:identifier"] = report.name
    told = {
        "dcterms:title": report.title,
        "dcterms:publisher": report.outlet,
        "dcterms:issued": report.published.day.isoformat() if report.published else None,
        "via": web_address(report.url),
    }
    return source | {name: words for name, words in told.items() if words}
