"""One report with its records: what is worked out of them alone is kept with them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar, cast

from standoff.model.record import Record
from standoff.model.report import Report

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class Part:
    """A report with its records as they are decided, in the order of its text.

    What depends on these (and on the pack) alone is worked out once, and is shared by all that hold the same part:
    what was known on other days, and later editions of the record.
    """

    __slots__ = ("_given", "_made", "records", "report")

    def __init__(self, report: Report, records: Iterable[Record]) -> None:
        self.report = report
        self._given = list(records)
        self.records = tuple(sorted(self._given, key=lambda r: (r.span.start, r.span.end, r.id)))
        self._made: dict[Hashable, Any] = {}

    def is_of(self, report: Report, records: list[Record]) -> bool:
        """Whether it was made of this report and these records, given in this order."""
        return self.report == report and self._given == records

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of one class."""
        return self.once(kind.type_name, lambda: tuple([r for r in self.records if isinstance(r, kind)]))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out at the first call with this key and kept. It must not be changed."""
        if key not in self._made:
            self._made[key] = make()
        return cast("T", self._made[key])

    def each(self, key: Hashable) -> dict[str, Any]:
        """What is kept of single records, by their ids."""
        return self.once(key, dict)
