"""What can come of what waits for what: by each side's account, by what is stated alone and with what is implied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from standoff.analyse.deadlock import Outcome, Unlock
from standoff.analyse.known import Known
from standoff.analyse.linked import Waiting, outcome
from standoff.analyse.places import evidence_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What can be done by one account (None: all accounts together), with or without implied arrows."""

    account: str | None
    implied: bool
    outcome: Outcome
    explanation: str


def answers(known: Known, graph: Waiting) -> tuple[Answer, ...]:
    """The answer for all accounts together and for each side's, first by what is stated, then with what is implied.

    A side whose account differs from the whole in nothing has the same answer; it is given all the same.
    """
    told = ((account, implied) for account in (None, *known.pack.between) for implied in (False, True))
    return tuple(_answer(graph, account, implied) for account, implied in told)


def _answer(graph: Waiting, account: str | None, implied: bool) -> Answer:
    found = outcome(graph, implied=implied, account=account)
    whose = "By all accounts together" if account is None else f"By the account of {account}"
    how = "with what is implied" if implied else "by what is stated"
    told = f"{whose}, {how}: {outcome_words(found)}."
    return Answer(account=account, implied=implied, outcome=found, explanation=told)


def outcome_words(found: Outcome) -> str:
    """`2 acts can be done one after the other, 3 only at the same time`."""
    free, together, stuck = len(found.achievable), len(found.at_once), len(found.blocked)
    if not (together or stuck):
        return "nothing is stuck"
    parts = [f"{free or 'no'} act{'s' * (free != 1)} can be done one after the other"]
    if together:
        parts.append(f"{together} only at the same time")
    if stuck:
        parts.append(f"{stuck} not at all, since what they wait for will not come of itself")
    return ", ".join(parts)


def deadlock_json(known: Known, graph: Waiting, account: str | None = None) -> dict[str, Any]:
    """The graph and its answers for `deadlock --json`; with `account`, the answers of that side alone."""
    told = [a for a in answers(known, graph) if account is None or a.account == account]
    return {
        "acts": [
            {"id": a.id, "actor": a.actor, "what": a.what, "red_line": a.red_line,
             "evidence": evidence_json(known, a.records)}
            for a in graph.acts
        ],
        "arrows": [
            {"waits": a.waits, "needs": a.needs, "kind": a.kind, "by": a.by, "strength": a.strength,
             "account": a.account, "evidence": evidence_json(known, a.records), "explanation": a.explanation}
            for a in graph.arrows
        ],
        "circles": [list(circle) for circle in graph.circles],
        "disputed": [
            {"act": d.act, "owner": d.owner, "undone_by": d.undone_by, "evidence": evidence_json(known, d.records)}
            for d in graph.disputed
        ],
        "answers": [
            {"account": a.account, "implied": a.implied, "achievable": list(a.outcome.achievable),
             "at_once": list(a.outcome.at_once), "blocked": list(a.outcome.blocked),
             "loops": [list(loop) for loop in a.outcome.loops],
             "unlocks": [_unlock_json(u) for u in a.outcome.unlocks], "explanation": a.explanation}
            for a in told
        ],
        "explanation": graph.explanation,
    }  # fmt: skip


def _unlock_json(unlock: Unlock) -> dict[str, Any]:
    waived = [{"act": w.act, "needs": w.needs} for w in unlock.waived]
    return {"waived": waived, "gained": list(unlock.gained), "who": list(unlock.who)}
