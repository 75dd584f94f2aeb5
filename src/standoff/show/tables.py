"""Answers for the terminal (tables) and for `--json` (plain values)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from rich.table import Table
from rich.text import Text

from standoff.analyse.known import Known
from standoff.analyse.positions import VERBS
from standoff.analyse.state import State
from standoff.show.evidence import shown
from standoff.show.origins import told_by

if TYPE_CHECKING:
    from datetime import date

    from standoff.model.domain import Pack
    from standoff.model.span import Span


_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # what no file of Windows may be called


class _Run(Protocol):
    pack: str
    added: list[str]
    known: list[str]
    noted: list[str]
    records: int

    @property
    def skipped(self) -> Sequence[Any]: ...


class _Found(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def report(self) -> str: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def published(self) -> date | None: ...
    @property
    def words(self) -> str: ...
    @property
    def marks(self) -> tuple[Span, ...]: ...
    @property
    def decided(self) -> str | None: ...
    @property
    def retracted(self) -> bool: ...


class _Finding(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def message(self) -> str: ...


def run_values(run: _Run) -> dict[str, Any]:
    """What a run did, for JSON."""
    return {
        "pack": run.pack, "added": run.added, "known": run.known, "records": run.records,
        "skipped": [{"path": item.path, "reason": item.reason} for item in run.skipped], "noted": run.noted,
    }  # fmt: skip


def file_name(name: str) -> str:
    """A report's name as a file name: no path in it, nothing that a file system refuses, 150 bytes at most."""
    plain = re.sub(r"[^\w.-]+", "_", name).strip("._")
    cut = plain.encode("utf-8", "ignore")[:150].decode("utf-8", "ignore").rstrip("._") or "report"
    return f"_{cut}" if _DEVICE.fullmatch(cut) else cut


def free_name(name: str, id: str, taken: set[str]) -> str:
    """The same, and none of `taken` also where case does not matter: else with the id. It is then taken, too."""
    found = file_name(name)
    if found.casefold() in taken:
        found = f"{found}-{id}"
    taken.add(found.casefold())
    return found


def counts(values: Mapping[str, int]) -> Table:
    """How many there are of what."""
    table = Table("in the record", "count", box=None)
    for name, count in values.items():
        table.add_row(name, str(count))
    return table


def state(known: Known, answer: State, *, everything: bool = False) -> Iterator[Table | Text]:
    """Positions by issue and side; what the newest period of reports tells nothing of only where `everything`."""
    table = Table(
        "issue", "side", "", "what", "dates", "told by", title=answer.explanation, title_justify="left", box=None
    )
    rows = (*answer.positions, *answer.deeds, *answer.accusations)
    now = [p for p in rows if everything or "not-met-since" not in p.flags]
    for position in now:
        first, last = position.first, position.last
        days = f"{first}" if first == last else f"{first} to {last}"
        flags = " ".join(f"[{flag}]" for flag in position.flags)
        where = ", ".join(dict.fromkeys(known.report(s.report).name for s in position.sightings))
        words = Text(f"{shown(position.what)} {flags}".strip())
        told = Text(shown(f"{told_by(known, position.records)}: {where}"))
        table.add_row(position.issue, position.party, VERBS[position.kind], words, days if first else "", told)
    yield table
    if len(now) < len(rows):
        yield Text(f"{len(rows) - len(now)} more that no report of the newest period tells of: --all shows them.")


def hit_values(hit: _Found) -> dict[str, Any]:
    """One hit of a search, for JSON; marks are places in `words`."""
    return {
        "kind": hit.kind, "id": hit.id, "report": hit.report, "outlet": hit.outlet,
        "published": hit.published.isoformat() if hit.published else None,
        "words": hit.words, "marks": [[m.start, m.end] for m in hit.marks],
        "decided": hit.decided, "retracted": hit.retracted,
    }  # fmt: skip


def hits(found: Iterable[_Found]) -> Table:
    """Hits with what matched set off."""
    table = Table("what", "report", "published", "words", box=None)
    for hit in found:
        words = Text(shown(hit.words).replace("\n", " "))
        for mark in hit.marks:
            words.stylize("bold yellow", mark.start, mark.end)
        notes = [hit.decided and f"({hit.decided})", "retracted" if hit.retracted else None]
        kind = " ".join((hit.kind, *(note for note in notes if note)))
        table.add_row(kind, Text(hit.report), str(hit.published or ""), words)
    return table


def packs(rows: Iterable[Mapping[str, str]]) -> Table:
    """The built-in packs."""
    table = Table("name", "title", "between", box=None)
    for row in rows:
        table.add_row(row["name"], row["title"], row["between"])
    return table


def findings(pack: Pack, found: Sequence[_Finding]) -> Table:
    """What is doubtful in a pack."""
    table = Table("where", "what to do", title=f"{pack.id}: {len(found)} findings", title_justify="left", box=None)
    for finding in found:
        table.add_row(Text(finding.where), Text(finding.message))
    return table
