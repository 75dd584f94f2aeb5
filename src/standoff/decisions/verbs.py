"""The verbs: accept, reject, correct, add, name, retract, reinstate, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standoff.analyse.held import close, key_fields
from standoff.analyse.named import Naming
from standoff.decisions.finding import Evidence, Subject, only, report_named, spans_of, subject_of, view_of
from standoff.decisions.fitting import BESIDE, line, stands_for_of, taken_for, values_of
from standoff.decisions.indexing import index
from standoff.errors import InputError
from standoff.model.domain import Pack
from standoff.model.plain import CLASSES, plain, plain_fields, record_of
from standoff.model.record import Statement
from standoff.model.review import OF_RECORDS, Action, Review, taken_back
from standoff.store import Store


def accept(store: Store, record: str, *, who: str, note: str | None = None, report: str | None = None) -> Review:
    """The record is right as it stands: it stays, whatever a later version finds. `report` (id) spares a search."""
    return _on_record(store, subject_of(store, record, report), "accept", {}, who, note)


def reject(store: Store, record: str, *, who: str, note: str | None = None, report: str | None = None) -> Review:
    """The report does not say so: the record is out, and stays to be seen among the rejected."""
    return _on_record(store, subject_of(store, record, report), "reject", {}, who, note)


def correct(
    store: Store,
    pack: Pack,
    record: str,
    changes: Mapping[str, object],
    *,
    who: str,
    note: str | None = None,
    evidence: Evidence | None = None,
    free: bool = False,
    report: str | None = None,
) -> Review:
    """Put fields of a record right. Values are plain ones or text as people type it; "" and None empty a field.

    A span (`content`, `cue`, `source`) and the evidence may be given as the report's words, `said_by` as the beginning
    of a statement's id. `free`: parties and issues that the pack does not know are taken as they are.
    """
    subject = subject_of(store, record, report)
    stands = subject.human or subject.base
    fields = values_of(subject, pack, type(stands), changes, free)
    before = plain_fields(stands)
    fields = {n: v for n, v in fields.items() if n in BESIDE or before.get(n) != v}
    if evidence is not None and (spans := spans_of(subject.report, evidence)) != stands.evidence:
        fields["evidence"] = [[span.start, span.end] for span in spans]
    if not fields.keys() - BESIDE:
        raise InputError("nothing changes: give fields with other values than they have")
    return _on_record(store, subject, "correct", fields, who, note)


def add(
    store: Store,
    pack: Pack,
    report: str,
    of: str,
    evidence: Evidence,
    fields: Mapping[str, object],
    *,
    who: str,
    note: str | None = None,
    free: bool = False,
) -> Review:
    """Add a record of class `of` that the machine missed, resting on words of the report; fields as in `correct`.

    The content of a statement is its main evidence where none is given.
    """
    found = report_named(store, report)
    if of not in CLASSES:
        raise InputError(f"no class of records is called {of!r}; there are: {', '.join(CLASSES)}")
    spans = spans_of(found, evidence)
    subject = Subject(found, view_of(store, found), None, None, ())
    if of == Statement.type_name:
        fields = {"content": [spans[0].start, spans[0].end], **fields}
    values = values_of(subject, pack, CLASSES[of], fields, free)
    try:
        own = {n: v for n, v in values.items() if n not in BESIDE}
        made = record_of(of, found.id, spans, own, "review/add@1", 1.0)
    except ValueError as error:
        raise InputError(f"{error}") from error
    whole = {**plain_fields(made), **{n: v for n, v in values.items() if n in BESIDE}}
    return _decide(store, "add", found.id, who, note, of=of, evidence=spans, fields=whole)


def name(
    store: Store,
    pack: Pack,
    report: str,
    mention: str,
    stands_for: str | None,
    *,
    who: str,
    note: str | None = None,
    read_as: str | None = None,
    everywhere: bool = False,
    free: bool = False,
) -> Review:
    """Put right whom a mention stands for: a party's code, an official's name, or None (no side).

    It holds in the report, or `everywhere` in the record; what follows from it stands in `analyse.named.Naming`.
    `read_as` is the party that it was taken for, by default the one that most records which name it have.
    """
    found = report_named(store, report)
    fields: dict[str, Any] = {"mention": " ".join(mention.split()), "everywhere": everywhere}
    party, official = stands_for_of(pack, stands_for, free)
    naming = Naming(mention=fields["mention"] or "?", party=party)
    if not naming.within(found.text):
        raise InputError(f"{mention!r} does not stand in {found.name}; copy it as it stands there")
    view = view_of(store, found)
    about = [r for r in view.records + view.set_aside if naming.about(r, found.text)]
    if not about:
        raise InputError(f"no record of {found.name} rests on {mention!r}; add one, or correct the record itself")
    taken = read_as or taken_for(about, naming, found.text)
    fields |= {"party": party, "official": official, "read_as": taken}
    return _decide(store, "name", found.id, who, note, fields=fields)


def retract(store: Store, report: str, *, who: str, note: str | None = None) -> Review:
    """The outlet took the report back, or it should count no more: kept, marked, out of every count."""
    found = report_named(store, report)
    if found.id in store.retracted():
        raise InputError(f"{found.name} is retracted already")
    return _decide(store, "retract", found.id, who, note)


def reinstate(store: Store, report: str, *, who: str, note: str | None = None) -> Review:
    """A retracted report counts again."""
    found = report_named(store, report)
    if found.id not in store.retracted():
        raise InputError(f"{found.name} is not retracted")
    return _decide(store, "reinstate", found.id, who, note)


def withdraw(store: Store, review: str, *, who: str, note: str | None = None) -> Review:
    """Take a decision back, by its id or the beginning of it: the record is as if it had not been made."""
    reviews = {r.id: r for r in store.reviews()}
    found = reviews.get(review) or reviews[only(review, [id for id in reviews if id.startswith(review)], "decision")]
    if found.id in taken_back(reviews.values()):
        raise InputError(f"{found.id} is withdrawn already; the history says by whom")
    return _decide(store, "withdraw", found.report, who, note, fields={"review": found.id})


def _on_record(
    store: Store, subject: Subject, action: Action, fields: Mapping[str, Any], who: str, note: str | None
) -> Review:
    base, view = subject.base, subject.view
    was = plain_fields(base)
    machine = {r.id: r for r in (*view.records, *view.set_aside, *view.machine)}
    teller = machine.get(getattr(base, "said_by", None) or "")
    if isinstance(teller, Statement):
        was["said_at"] = plain(teller.content)
    own = key_fields(base)
    near = (
        r for r in machine.values() if type(r) is type(base) and r.report == base.report and close(r.span, base.span)
    )
    beside = sorted((k for r in near if (k := key_fields(r)) != own and r.id not in _versions(subject)), key=repr)
    earlier = {r.id: r for r in view.reviews if r.action in OF_RECORDS}
    return _decide(
        store, action, base.report, who, note,
        of=base.type_name, evidence=base.evidence, fields=fields, was={**was, "beside": beside},
        follows=next((id for id in subject.reviews if id in earlier), None),
    )  # fmt: skip


def _versions(subject: Subject) -> set[str]:
    return {r.id for r in (subject.machine, subject.human) if r is not None}


def _decide(store: Store, action: Action, report: str, who: str, note: str | None, **more: Any) -> Review:
    name, remark = line("who", who), line("note", note)
    if name is None:
        raise InputError("a decision needs to say who decides; give a name")
    review = store.decide(Review(at=store.now(), who=name, action=action, report=report, note=remark, **more))
    index(store, (report,))
    return review
