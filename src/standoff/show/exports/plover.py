"""PLOVER events as JSON Lines: who did what toward whom, when, in which words.

Event types, modes and contexts are those of the manual of the Open Event Data Alliance: PLOVER, Political Language
Ontology for Verifiable Event Records, draft 0.8 (2021), with REQUEST for what it calls DEMAND, as in the POLECAT
data that were made by it (Halterman, Bagozzi, Beger, Schrodt and Scarborough 2023). How ours become theirs:

    move      event_type  mode                                                  manual
    demand    REQUEST     assist, yield (see below)                             "all demands and orders"
    offer     AGREE                                                             "agree to, offer, promise"
    commit    AGREE                                                             "... willingness or commitment"
    agree     AGREE                                                             "agree to"
    refuse    REJECT      assist, yield (see below)                             "all rejections and refusals"
    threaten  THREATEN    restrict where a trade measure is threatened          "all threats, coercive warnings"
    impose    SANCTION    discontinue where a trade measure is imposed          "all reductions in ... relations"
    ease      CONCEDE                                                           "easing of ... legal restrictions"
    accuse    ACCUSE                                                            "accuse, allege, or charge"

    contact   CONSULT     visit; phone for calls, letters and messages          "all consultations and meetings"

`yield` where a measure is to be lifted or suspended, `assist` where something is to be bought. Modes are null unless
the record tells them. Of the contexts, `future`, `hypothetical`, `negation` and `historical` come from the status and
the date, `economic` from a trade measure in the same words; the topical ones beside it are not coded. Statements,
measures by themselves and linkages are no events. An event without a known actor is left out, as the manual has it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from standoff import __version__
from standoff.analyse.known import Known, told_date
from standoff.model.domain import Pack
from standoff.model.record import Contact, ContactStatus, Measure, Move, MoveStatus, MoveType
from standoff.show.exports.country_codes import ALPHA_3
from standoff.show.exports.plain_values import in_text_order

EVENT_TYPES: Mapping[MoveType, str] = {
    "demand": "REQUEST", "offer": "AGREE", "commit": "AGREE", "agree": "AGREE", "refuse": "REJECT",
    "threaten": "THREATEN", "impose": "SANCTION", "ease": "CONCEDE", "accuse": "ACCUSE",
}  # fmt: skip
SCORES: Mapping[str, tuple[int, float]] = {
    "AGREE": (1, 4.2), "CONSULT": (1, 2.1), "CONCEDE": (1, 5.0), "REQUEST": (3, -5.0), "ACCUSE": (3, -2.0),
    "REJECT": (3, -4.2), "THREATEN": (3, -5.1), "SANCTION": (4, -5.2),
}  # fmt: skip
"""Quad code (1 verbal cooperation, 3 verbal conflict, 4 material conflict) and scale, of the manual's tables."""

HISTORICAL = timedelta(days=365)
"""What lies so long before the report is told as history."""

_CONSULT_MODES = {"visit": "visit", "call": "phone", "letter": "phone", "message": "phone"}
_MOVE_CONTEXTS: Mapping[MoveStatus, tuple[str, ...]] = {
    "made": (), "reported-by-sources": (), "expected": ("future",), "hypothetical": ("hypothetical",),
    "denied": ("negation",),
}  # fmt: skip
_CONTACT_CONTEXTS: Mapping[ContactStatus, tuple[str, ...]] = {
    "held": (), "planned": ("future",), "sought": ("future", "hypothetical"), "considered": ("future", "hypothetical"),
    "not-planned": ("future", "negation"), "missed": ("negation",), "refused": ("negation",),
}  # fmt: skip
_RESTRICTING = frozenset({"tariff", "export-control", "entity-listing", "sanction", "quota"})
_ECONOMIC = frozenset({"tariff", "export-control", "entity-listing", "quota", "subsidy", "purchase-commitment"})


def write_plover(path: Path, known: Known) -> int:
    """Write one event a line, in the order of reports and text; how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for event in events(known):
            out.write(json.dumps(event, ensure_ascii=False) + "\n")
            count += 1
    return count


def events(known: Known) -> Iterator[dict[str, Any]]:
    """The events of a record: its moves and contacts whose actors are known."""
    measures: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in known.measures:
        measures[measure.report].append(measure)
    for record in in_text_order(known):
        if isinstance(record, Move) and record.by:
            about = [m for m in measures[record.report] if m.span.overlaps(record.span)]
            yield _of_move(known, record, about)
        elif isinstance(record, Contact) and record.parties:
            yield _of_contact(known, record)


def _of_move(known: Known, move: Move, about: Iterable[Measure]) -> dict[str, Any]:
    told = tuple(about)
    contexts = [*_MOVE_CONTEXTS[move.status]]
    if any(m.instrument in _ECONOMIC for m in told):
        contexts.append("economic")
    event = _event(known, move, EVENT_TYPES[move.type], _mode(move, told), contexts)
    event["actor"] = [_actor(known.pack, move.by, move.actor)]
    event["recipient"] = [_actor(known.pack, move.to)] if move.to else []
    event["comment"] = move.what
    return event | {"issue": move.issue, "move": move.type, "status": move.status}


def _mode(move: Move, about: Iterable[Measure]) -> str | None:
    """What the measures told in the same words say of the mode; None where they say nothing."""
    for measure in about:
        restricting = measure.instrument in _RESTRICTING
        if move.type == "impose" and restricting:
            return "discontinue"
        if move.type == "threaten" and restricting:
            return "restrict"
        if move.type in ("demand", "refuse") and restricting and measure.status in ("lifted", "suspended"):
            return "yield"
        if move.type in ("demand", "refuse") and measure.instrument == "purchase-commitment":
            return "assist"
    return None


def _of_contact(known: Known, contact: Contact) -> dict[str, Any]:
    """Of a contact all sides are actors, as the manual has it where nobody is known to be the host."""
    mode = _CONSULT_MODES.get(contact.kind)
    event = _event(known, contact, "CONSULT", mode, [*_CONTACT_CONTEXTS[contact.status]])
    event["actor"] = [_actor(known.pack, party) for party in contact.parties]
    event["recipient"] = []
    event["comment"] = ", ".join(contact.who) or None
    return event | {"contact": contact.kind, "status": contact.status, "place": contact.place}


def _event(
    known: Known, record: Move | Contact, event_type: str, mode: str | None, contexts: list[str]
) -> dict[str, Any]:
    report = known.report_of(record)
    published, told = known.published(record), told_date(record)
    first, last = (told.first or told.last, told.last or told.first) if told else (published, published)
    if last and published and last < published - HISTORICAL:
        contexts.append("historical")
    quad, scale = SCORES[event_type]
    return {
        "id": record.id,
        "date": first.isoformat() if first else None,
        "enddate": last.isoformat() if last and last != first else None,
        "date_basis": "told" if told else "published" if published else None,
        "event_type": event_type,
        "mode": mode,
        "actor": [],
        "recipient": [],
        "contexts": contexts,
        "quad_code": quad,
        "event_scale": scale,
        "text": record.span.of(report.text),
        "text_info": {"start": record.span.start, "end": record.span.end},
        "cite_info": {
            "citation": report.name, "url": report.url, "title": report.title, "publication": report.outlet,
            "published": published.isoformat() if published else None, "language": "en",
            "coder": f"standoff {__version__}, {record.rule}", "codebook": "plover-0.8",
        },
        "confidence": record.confidence,
    }  # fmt: skip


def _actor(pack: Pack, code: str | None, text: str | None = None) -> dict[str, Any]:
    """An actor: ISO 3166 alpha-3 for a state, IGO for the European Union, null for others; the pack's own code."""
    party = pack.party(code) if code else None
    return {
        "code": "IGO" if code == "EU" else ALPHA_3.get(code or ""),
        "party": code,
        "identifier_text": party.name if party else None,
        "actor_text": text,
    }
