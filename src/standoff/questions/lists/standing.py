"""Positions, measures, contacts and single records, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from standoff.analyse.attribution import source_line
from standoff.analyse.facets import parties_of
from standoff.analyse.known import Known
from standoff.analyse.phrases import measure_line, record_line
from standoff.analyse.positions import VERBS, Position
from standoff.analyse.stock import StandingMeasure
from standoff.analyse.timeline import TimelineEntry
from standoff.model.record import Measure, Move, Record, Statement
from standoff.questions.editions import Standpoint, name_of
from standoff.questions.lists.rows import ContactRow, MeasureRow, PositionRow, RecordRow
from standoff.show.wording import shown_when


def positions(at: Standpoint, issue: str | None = None, party: str | None = None) -> tuple[PositionRow, ...]:
    """Positions, deeds and accusations, those that stand first, then the newest; with what was replaced."""
    rows = at.once("position rows", lambda: tuple(sorted(_positions(at), key=_position_order)))
    return tuple(
        [r for r in rows if (issue is None or r.issue == issue) and (party is None or party in (r.party, r.toward))]
    )


_STANDING = ("now", "not met since", "replaced")


def _position_order(row: PositionRow) -> tuple[int, int, str]:
    return _STANDING.index(row.standing), -(row.last or date.min).toordinal(), row.id


def _positions(at: Standpoint) -> Iterator[PositionRow]:
    found = at.state()
    issues = {issue.id: issue.name for issue in at.known.pack.issues}
    for position in (*found.positions, *found.deeds, *found.accusations, *found.history):
        yield _position(at.known, position, issues)


def _position(known: Known, position: Position, issues: dict[str, str]) -> PositionRow:
    standing = "not met since" if "not-met-since" in position.flags else "now"
    return PositionRow(
        id=position.records[0],
        issue=position.issue,
        issue_name=issues.get(position.issue, position.issue),
        party=position.party,
        party_name=name_of(known.pack, position.party),
        kind=position.kind,
        verb=VERBS[position.kind] if position.status != "hypothetical" else f"might {position.kind}",
        what=position.what,
        toward=position.toward,
        status=position.status,
        standing="replaced" if position.superseded_by else standing,
        why=position.why,
        first=position.first,
        last=position.last,
        confidence=_surest(known, position.records),
        origins=position.origins,
        flags=position.flags,
        sources=tuple(dict.fromkeys(s.source for s in position.sightings)),
        records=position.records,
    )


def measures(at: Standpoint, party: str | None = None) -> tuple[MeasureRow, ...]:
    """Measures as they stand; of one party: those it takes, and those taken on it."""
    rows = at.once("measure rows", lambda: tuple(_measure(at.known, m) for m in at.state().measures))
    return tuple([r for r in rows if party is None or party in (r.by, r.on)])


def _measure(known: Known, measure: StandingMeasure) -> MeasureRow:
    told = (
        ("announced", measure.announced), ("effective", measure.effective), ("suspended", measure.suspended),
        ("removed", measure.removed),
    )  # fmt: skip
    return MeasureRow(
        id=measure.records[0],
        what=measure_line(known.pack, measure),
        instrument=measure.instrument,
        by=measure.by,
        by_name=name_of(known.pack, measure.by) if measure.by else None,
        on=measure.on,
        on_name=name_of(known.pack, measure.on) if measure.on else None,
        rate_percent=measure.rate_percent,
        amount_usd=measure.amount_usd,
        goods=measure.goods,
        reason=measure.reason,
        status=measure.status,
        dates=tuple(f"{label} {shown_when(dated.when)}" for label, those in told for dated in those),
        first_reported=measure.met[0],
        last_reported=measure.met[1],
        confidence=_surest(known, measure.records),
        origins=measure.origins,
        flags=measure.flags,
        records=measure.records,
    )


def _surest(known: Known, records: Iterable[str]) -> float:
    return max(known.record(id).confidence for id in records)


def contacts(at: Standpoint, party: str | None = None) -> tuple[ContactRow, ...]:
    """Contacts, the newest first, those without a day last."""

    def made() -> tuple[ContactRow, ...]:
        rows = [_contact(at.known, entry) for entry in at.state().contacts]
        return tuple(sorted(rows, key=lambda r: (-((r.first or r.last or date.min).toordinal()), r.id)))

    return tuple([r for r in at.once("contact rows", made) if party is None or party in r.parties])


def _contact(known: Known, entry: TimelineEntry) -> ContactRow:
    told = entry.basis == "told"
    when = "" if entry.when is None else shown_when(entry.when) if told else f"reported {shown_when(entry.when)}"
    return ContactRow(
        id=entry.records[0],
        kind=entry.kind,
        who=entry.who,
        parties=entry.parties,
        party_names=tuple(name_of(known.pack, p) for p in entry.parties),
        place=entry.place,
        first=entry.when.first if entry.when else None,
        last=entry.when.last if entry.when else None,
        when=when,
        when_words=entry.when_words,
        dated=told,
        level=entry.level,
        status=entry.status,
        earlier=entry.earlier,
        side=entry.side,
        missed=entry.missed,
        unconfirmed=entry.unconfirmed,
        confidence=_surest(known, entry.records),
        origins=entry.origins,
        flags=entry.flags,
        records=entry.records,
    )


def told_in(at: Standpoint) -> dict[str, tuple[str, str]]:
    """Each record (id) → the position, measure or contact that it is a sighting of: what that is, and its row's id."""

    def made() -> dict[str, tuple[str, str]]:
        rows = (("position", positions(at)), ("measure", measures(at)), ("contact", contacts(at)))
        return {record: (kind, row.id) for kind, those in rows for row in those for record in row.records}

    return at.once("told in", made)


def record_rows(at: Standpoint, ids: Iterable[str]) -> tuple[RecordRow, ...]:
    """These records, in the order given."""
    contested = at.contested()
    return tuple(record_row(at.known, at.known.record(id), id in contested) for id in ids)


def record_row(known: Known, record: Record, contested: bool = False) -> RecordRow:
    """One record in a line, with the words that show it."""
    report = known.report_of(record)
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    mark = known.decided.mark(record.id)
    return RecordRow(
        id=record.id,
        type=record.type_name,
        what=record_line(known, record),
        quote=known.words(record),
        party=next(iter(parties_of(record)), None),
        issue=getattr(record, "issue", None),
        kind=_kind(record),
        status=getattr(record, "status", None),
        source=source_line(known, record),
        source_kind=statement.kind if statement else "outlet",
        report=report.id,
        report_name=report.name,
        outlet=report.outlet,
        published=report.published.day if report.published else None,
        confidence=record.confidence,
        rule=record.rule,
        contested=contested,
        decided=mark.action if mark else None,
        records=(record.id,),
    )


def _kind(record: Record) -> str | None:
    if isinstance(record, Move):
        return record.type
    if isinstance(record, Measure):
        return record.instrument
    return str(getattr(record, "kind", "")) or None
