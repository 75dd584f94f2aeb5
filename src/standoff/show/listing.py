"""Lists for other programs: rows (dataclasses of plain values) as CSV and as JSON values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from standoff.show.exports.sheets import cell


def csv_lines(kind: type, rows: Iterable[Any]) -> Iterator[str]:
    """A header with the names of the fields, and a line a row; what a spreadsheet would run stays words."""
    names = [f.name for f in fields(kind)]
    yield _line(names)
    for row in rows:
        yield _line([_flat(getattr(row, name)) for name in names])


def _line(values: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()


def _flat(value: Any) -> Any:
    return cell(list(value) if isinstance(value, tuple) else value)


def values(row: Any) -> dict[str, Any]:
    """A row as JSON values; days as ISO text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}
