"""Parquet: a folder with one file a class of records, and `reports.parquet`; every column typed, empty ones too.

Needs pyarrow: `pip install 'standoff[parquet]'`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args, get_type_hints

from standoff.analyse.known import Known
from standoff.errors import InputError
from standoff.model.record import Record
from standoff.model.span import Span
from standoff.show.exports.plain_values import (
    REPORT_FIELDS,
    by_class,
    in_text_order,
    own_fields,
    plain,
    report_values,
    shown_name,
)


def write_parquet(folder: Path, known: Known) -> int:
    """Write one Parquet file a class, and `reports.parquet`, into a folder; how many records.

    `evidence` is a list of {report, span, quote}, a span a list of start and end, half-open, in code points.
    Raises InputError where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise InputError("Parquet needs pyarrow: pip install 'standoff[parquet]'") from error
    folder.mkdir(parents=True, exist_ok=True)
    records = in_text_order(known)
    for cls, those in by_class(records).items():
        rows = [_without_type(plain(r, known.report_of(r))) for r in those]
        table = pyarrow.Table.from_pylist(rows, schema=_schema(pyarrow, cls))
        parquet.write_table(table, folder / f"{cls.type_name}s.parquet", compression="zstd")
    schema = pyarrow.schema([(name, pyarrow.string()) for name in REPORT_FIELDS])
    table = pyarrow.Table.from_pylist([report_values(r) for r in known.reports], schema=schema)
    parquet.write_table(table, folder / "reports.parquet", compression="zstd")
    return len(records)


def _without_type(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "type"}


def _schema(pa: Any, cls: type[Record]) -> Any:
    """The columns of a class in the order of its JSON, with types from those of its fields."""
    place = pa.struct([("report", pa.string()), ("span", pa.list_(pa.int32())), ("quote", pa.string())])
    hints = get_type_hints(cls)
    own = [(shown_name(name), _column(pa, hints[name])) for name in own_fields(cls)]
    return pa.schema(
        [("id", pa.string()), ("evidence", pa.list_(place)), *own, ("published", pa.string()), ("outlet", pa.string())]
    )


def _column(pa: Any, hint: Any) -> Any:
    kinds = {hint, *get_args(hint)} - {type(None)}
    if Span in kinds:
        return pa.list_(pa.int32())
    if hint == tuple[str, ...]:
        return pa.list_(pa.string())
    for kind, column in ((bool, pa.bool_()), (int, pa.int64()), (float, pa.float64())):
        if kind in kinds:
            return column
    return pa.string()  # words, one of a few words (Literal), or a time
