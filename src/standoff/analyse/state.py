"""The state of a negotiation as of a date: positions, deeds, accusations, measures, contacts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from standoff.analyse.carried import carried
from standoff.analyse.known import Known
from standoff.analyse.places import evidence_json
from standoff.analyse.positions import DEEDS, Position, by_issue, place_of, positions
from standoff.analyse.stock import StandingMeasure, stock
from standoff.analyse.timeline import TimelineEntry, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What stood on a day (`as_of`; None: no report is dated).

    `positions` in force (demand, offer, commit, agree, refuse, threaten; a refusal and an offer on one issue can
    stand together), `deeds` (impose, ease) and `accusations`, each by issue, party, kind and first day; `history`
    holds what a later act replaced. `undated` are ids of records left out because no date is known for them.
    """

    as_of: date | None
    positions: tuple[Position, ...]
    deeds: tuple[Position, ...]
    accusations: tuple[Position, ...]
    history: tuple[Position, ...]
    measures: tuple[StandingMeasure, ...]
    contacts: tuple[TimelineEntry, ...]
    undated: tuple[str, ...]
    records: tuple[str, ...]
    explanation: str

    def matrix(self) -> dict[str, dict[str, tuple[Position, ...]]]:
        """Issue → party → positions and deeds in force."""
        return by_issue((*self.positions, *self.deeds))


def state(known: Known, as_of: date | None = None, contested: Collection[str] = ()) -> State:
    """The state as of a date; by default as of the newest date in the record, never today.

    With a date given, records without any date are left out and listed. `contested`: ids of records that other
    accounts contradict (`conflict.contested_records`). For the second clock ask with `known.known_at(day)`.
    """
    found = positions(known, as_of, contested)
    standing = [p for p in found if p.superseded_by is None]
    standing += carried(known, as_of, standing, contested)
    measures, contacts = stock(known, as_of), timeline(known, as_of)
    day = as_of or known.newest()
    undated = tuple(sorted(r.id for r in known.records() if as_of and known.happened(r) is None))
    issues = len({p.issue for p in standing})
    return State(
        as_of=day,
        positions=tuple(sorted((p for p in standing if p.kind not in DEEDS and p.kind != "accuse"), key=place_of)),
        deeds=tuple(p for p in standing if p.kind in DEEDS),
        accusations=tuple(p for p in standing if p.kind == "accuse"),
        history=tuple(p for p in found if p.superseded_by),
        measures=measures,
        contacts=contacts,
        undated=undated,
        records=tuple(
            [r for p in found for r in p.records]
            + [r for m in measures for r in m.records]
            + [r for c in contacts for r in c.records]
        ),
        explanation=f"As of {day or 'an unknown day'}: {len(standing)} positions, deeds and accusations on "
        f"{issues} issues, {len(measures)} measures, {len(contacts)} contacts"
        f"{f'; {len(undated)} records without a date are left out' if undated else ''}.",
    )


def about(state: State, issue: str | None = None, party: str | None = None) -> State:
    """The part of a state that is on one issue, of one party, or both; measures and contacts by the party alone."""

    def wanted(position: Position) -> bool:
        return issue in (None, position.issue) and party in (None, position.party)

    return replace(
        state,
        positions=tuple(filter(wanted, state.positions)),
        deeds=tuple(filter(wanted, state.deeds)),
        accusations=tuple(filter(wanted, state.accusations)),
        history=tuple(filter(wanted, state.history)),
        measures=tuple(m for m in state.measures if party in (None, m.by)),
        contacts=tuple(c for c in state.contacts if party is None or party in c.parties),
    )


def positions_json(known: Known, state: State) -> list[dict[str, Any]]:
    """The positions in force, deeds and accusations included, for `state --json`; spans in code points."""
    return [position_json(known, p) for p in (*state.positions, *state.deeds, *state.accusations)]


def position_json(known: Known, position: Position) -> dict[str, Any]:
    """One position: party, kind, issue, what, evidence, and what is known about it."""
    return {
        "party": position.party,
        "toward": position.toward,
        "kind": position.kind,
        "issue": position.issue,
        "what": position.what,
        "status": position.status,
        "flags": list(position.flags),
        "first": position.first.isoformat() if position.first else None,
        "last": position.last.isoformat() if position.last else None,
        "origins": position.origins,
        "evidence": evidence_json(known, position.records),
        "superseded": position.why,
    }
