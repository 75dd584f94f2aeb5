"""Periods of reporting: runs of days with reports, parted by longer silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from standoff.analyse.known import Known
from standoff.model.record import Record

SILENCE = timedelta(days=60)
QUARTER = timedelta(days=92)
STANDING = timedelta(days=365)
"""What no report has told for so long no longer answers, replaces or conditions what is told now."""


def one_round(known: Known, a: Record, b: Record) -> bool:
    """Whether two records stand in one report, or in reports with no such silence between them."""
    one, other = known.published(a), known.published(b)
    return a.report == b.report or (one is not None and other is not None and abs(one - other) <= SILENCE)


def period_of(days: Iterable[date], silence: timedelta = SILENCE) -> tuple[date, date] | None:
    """First and last day of the newest run of days in which no two neighbours lie further apart than `silence`."""
    ordered = sorted(set(days), reverse=True)
    if not ordered:
        return None
    first = ordered[0]
    for day in ordered[1:]:
        if first - day > silence:
            break
        first = day
    return first, ordered[0]


def newest_period(known: Known, as_of: date | None = None) -> tuple[date, date] | None:
    """The newest period of the record up to a day, by days of publication; None where no report is dated.

    Of reporting without a silence the last quarter: what was told two years before is no news, though told every day.
    """
    found = period_of(day for day in known.days() if as_of is None or day <= as_of)
    return found and (max(found[0], found[1] - QUARTER), found[1])


def standing_since(known: Known, as_of: date | None = None) -> date | None:
    """The first day of publication that still counts for what stands on a day (by default the newest)."""
    day = as_of or known.newest()
    return day - STANDING if day else None
