"""What does not fit in a decision, field by field, so that a form can say all of it at once, each beside its field."""

from __future__ import annotations

from collections.abc import Mapping

from standoff.decisions.finding import Evidence, Subject, report_named, spans_of, view_of
from standoff.decisions.fitting import values_of
from standoff.errors import InputError
from standoff.model.domain import Pack
from standoff.model.plain import CLASSES, required
from standoff.model.record import Statement
from standoff.store import Store


def problems(
    store: Store,
    pack: Pack,
    report: str,
    of: str,
    fields: Mapping[str, object],
    *,
    evidence: Evidence | None = None,
    free: bool = False,
    whole: bool = False,
) -> dict[str, str]:
    """What of these fields of a record of class `of` is refused: field → why; the evidence under `evidence`.

    `whole`: they are all that the record has, as in `add`; what it needs beside them is said, too.
    """
    found = report_named(store, report)
    subject = Subject(found, view_of(store, found), None, None, ())
    told: dict[str, str] = {}
    for name, value in fields.items():
        try:
            values_of(subject, pack, CLASSES[of], {name: value}, free)
        except InputError as error:
            told[name] = str(error).removeprefix(f"{name}: ").removeprefix(f"{name} ")
    if evidence is not None:
        try:
            spans_of(found, evidence)
        except InputError as error:
            told["evidence"] = str(error)
    if whole:
        own = {"content"} if of == Statement.type_name else set()  # the evidence, where nothing else is said
        told |= {name: "cannot be empty" for name in required(CLASSES[of]) if name not in fields.keys() | own}
    return told
