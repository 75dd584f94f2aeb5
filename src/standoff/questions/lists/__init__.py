"""What a record holds, as lists: rows of plain values with the records they rest on, for pages, CSV and JSON alike."""

from standoff.questions.lists.analysed import (
    arrows,
    changed,
    circles,
    compared_rows,
    disputes,
    facts,
    promises,
    tariff_lines,
    tariff_steps,
    unlocks,
)
from standoff.questions.lists.histories import history_of
from standoff.questions.lists.overview import SentenceRow, Tally, sentences, tally
from standoff.questions.lists.people import (
    actor_called,
    actor_named,
    actor_names,
    actor_offices,
    actor_records,
    actors,
    issues,
    parties,
    slug_of,
)
from standoff.questions.lists.reports import between, records_of, relations, report_named, report_rows
from standoff.questions.lists.rows import (
    ActorRow,
    ArrowRow,
    ChangeRow,
    ComparedRow,
    ContactRow,
    DisputeRow,
    FactRow,
    IssueRow,
    MeasureRow,
    PartyRow,
    PositionRow,
    PromiseRow,
    RecordRow,
    RelationRow,
    ReportRow,
    TariffRow,
    UnlockRow,
)
from standoff.questions.lists.standing import contacts, measures, positions, record_row, record_rows, told_in

__all__ = [
    "ActorRow", "ArrowRow", "ChangeRow", "ComparedRow", "ContactRow", "DisputeRow", "FactRow", "IssueRow",
    "MeasureRow", "PartyRow", "PositionRow", "PromiseRow", "RecordRow", "RelationRow", "ReportRow", "SentenceRow",
    "Tally", "TariffRow", "UnlockRow", "actor_called", "actor_named", "actor_names", "actor_offices", "actor_records",
    "actors", "arrows", "between", "changed", "circles", "compared_rows", "contacts", "disputes", "facts",
    "history_of", "issues", "measures", "parties", "positions", "promises", "record_row", "record_rows", "records_of",
    "relations", "report_named", "report_rows", "sentences", "slug_of", "tally", "tariff_lines", "tariff_steps",
    "told_in", "unlocks",
]  # fmt: skip
