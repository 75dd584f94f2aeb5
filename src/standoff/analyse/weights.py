"""The user's weights of trade, as CSV: how much each class of goods counts in an average of tariff rates."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

from standoff.errors import InputError

COLUMNS = ("by", "on", "goods", "weight")
_MOST_TOLD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """The user's weight (value of trade, any unit) of one class of goods that `on` sells to `by`."""

    by: str
    on: str
    goods: str
    weight: float


def read_weights(text: str) -> tuple[Weight, ...]:
    """Weights from CSV with the columns by, on, goods, weight. Raises InputError naming every line that is wrong."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    header = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if missing := [column for column in COLUMNS if column not in header]:
        raise InputError(
            f"the header of the weights lacks {', '.join(missing)}; the first line must be: {','.join(COLUMNS)}"
        )
    rows.fieldnames = header
    found, wrong = [], []
    for row in rows:
        values = {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)}
        complaints = list(_complaints(values, surplus=None in row))
        if complaints:
            wrong.append(f"  line {rows.line_num}: {'; '.join(complaints)}")
        elif any(values.values()):
            found.append(Weight(**{c: values[c] for c in COLUMNS[:3]}, weight=float(values["weight"])))
    if wrong:
        more = f"\n  and {len(wrong) - _MOST_TOLD} more lines" if len(wrong) > _MOST_TOLD else ""
        raise InputError("the weights cannot be used:\n" + "\n".join(wrong[:_MOST_TOLD]) + more)
    if not found:
        raise InputError("the weights hold no line beside the header")
    return tuple(found)


def _complaints(values: dict[str, str], surplus: bool) -> Iterator[str]:
    if not any(values.values()):
        return
    if surplus:
        yield "it has more values than the header; put goods that hold a comma in quotes"
    for column in COLUMNS:
        if not values.get(column):
            yield f"{column} is empty"
    if weight := values.get("weight"):
        try:
            number = float(weight)
        except ValueError:
            yield f"{weight!r} is no number (write it without separators, such as 1250.5)"
        else:
            if not 0 <= number < math.inf:
                yield f"{weight} is no weight: a weight is a number from 0 up"
