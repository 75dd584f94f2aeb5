"""Reports made of sentences, each with the record it shows: two invented states bargain over ports and steel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from standoff.analyse.known import Known
from standoff.model.dates import When
from standoff.model.domain import Issue, Official, Pack, Party
from standoff.model.lineage import Relation
from standoff.model.record import Contact, Linkage, Measure, Move, Record, Statement
from standoff.model.report import Published, Report
from standoff.model.span import Span

PACK = Pack(
    id="arland-borland",
    title="Arland and Borland",
    between=("AA", "BB"),
    parties=(
        Party(code="AA", name="Arland", adjectives=("Arlandish",), metonyms=("Arlandia City",)),
        Party(code="BB", name="Borland", adjectives=("Borlandic",)),
    ),
    officials=(Official(name="Ana Regnier", family="Regnier", party="AA"),),
    issues=(Issue(id="tariffs", name="Tariffs"), Issue(id="ports", name="Ports")),
)

Maker = Callable[[dict[str, Any], Span], Record]


@dataclass(frozen=True)
class Line:
    """One sentence of a report, the record it shows, and who says it (fields of the statement around it)."""

    text: str
    make: Maker
    said: dict[str, Any] | None = None


@dataclass
class Story:
    """A report with its records."""

    report: Report
    records: list[Record] = field(default_factory=list)


def move(type: str, by: str | None, what: str, *, issue: str = "tariffs", text: str | None = None, **more: Any) -> Line:
    said = more.pop("said", None)
    to = more.pop("to", "BB" if by == "AA" else "AA")
    fields = {"type": type, "by": by, "to": to, "issue": issue, "what": what, "actor": None, **more}
    return Line(text or f"{by} will {type} {what}.", lambda base, _: Move(**base, **fields), said)


def measure(status: str, by: str, *, rate: float | None = None, text: str | None = None, **more: Any) -> Line:
    fields = {
        "instrument": "tariff", "by": by, "on": "BB" if by == "AA" else "AA", "rate_percent": rate,
        "amount_usd": None, "goods": None, "status": status, **more,
    }  # fmt: skip
    words = text or f"A {fields['instrument']} of {by} at {rate} on {fields['goods'] or 'everything'} is {status}."
    return Line(words, lambda base, _: Measure(**base, **fields))


def contact(status: str, kind: str, *who: str, **more: Any) -> Line:
    text = more.pop("text", None) or f"The {kind} of {' and '.join(who)} is {status}."
    fields = {
        "kind": kind, "who": who, "parties": ("AA", "BB"), "place": None, "when": None, "date": None,
        "level": None, "status": status, **more,
    }  # fmt: skip
    return Line(text, lambda base, _: Contact(**base, **fields))


def linkage(kind: str, first: str, then: str, *, first_actor: str = "AA", then_actor: str = "BB", **more: Any) -> Line:
    said = more.pop("said", None)
    fields = {
        "kind": kind, "by": then_actor, "first": first, "then": then,
        "first_actor": first_actor, "then_actor": then_actor, **more,
    }  # fmt: skip
    return Line(f"{then} only after {first}.", lambda base, _: Linkage(**base, **fields), said)


def statement(text: str, *, speaks_for: str | None = None, speaker: str | None = None, **more: Any) -> Line:
    fields = {"cue": None, "source": None, "speaker": speaker, "kind": "named", "speaks_for": speaks_for, **more}
    return Line(text, lambda base, span: Statement(**base, content=span, **fields))


def story(name: str, day: date | None, *lines: Line, outlet: str | None = None, basis: Any = "file") -> Story:
    """A report of that day whose text is the sentences, with the records that they show."""
    spans, text = [], ""
    for line in lines:
        spans.append(Span(len(text), len(text) + len(line.text)))
        text += line.text + "\n"
    report = Report(
        name=name,
        text=text or "Nothing.",
        outlet=outlet or f"{name.title()} Post",
        published=Published(day, basis) if day else None,
    )
    made = Story(report)
    for line, span in zip(lines, spans, strict=True):
        base = {"report": report.id, "evidence": (span,), "rule": "by-hand@1", "confidence": 1.0}
        if line.said is not None:
            defaults = {"cue": None, "source": None, "speaker": None, "kind": "named", "speaks_for": None}
            around = Statement(**base, content=span, **(defaults | line.said))
            made.records += [around, line.make({**base, "said_by": around.id}, span)]
        else:
            made.records.append(line.make(base, span))
    return made


def known(
    *stories: Story,
    relations: Iterable[Relation] = (),
    origins: Mapping[str, str] | None = None,
    pack: Pack = PACK,
) -> Known:
    records = [record for each in stories for record in each.records]
    return Known.of(pack, [each.report for each in stories], records, relations, origins)


def day(text: str) -> When:
    return When.parse(text)
