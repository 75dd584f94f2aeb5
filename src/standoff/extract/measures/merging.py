"""Each measure once: drafts of one report that say the same are one, told at the fullest; open sides are filled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from standoff.extract.cues import cues, words
from standoff.extract.measures.details import Dates
from standoff.extract.measures.instruments import Trigger
from standoff.extract.measures.status import by_adjective
from standoff.extract.reading import Reading
from standoff.model.record import MeasureStatus

_T = TypeVar("_T")
_SELF_STANDING = frozenset({"subsidy", "entity-listing", "export-control", "other"})
_STANDING = frozenset({"in-force", "raised", "lifted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One mention of an instrument with what its clause says; tokens [start, end) show it.

    `named` counts the sides that the clause itself names; `again` are the places of mentions merged into this one.
    """

    trigger: Trigger
    start: int
    end: int
    by: str | None = None
    on: str | None
    rate: float | None
    amount: float | None
    goods: str | None
    status: MeasureStatus
    named: int = 0
    acted: bool = False
    joint: bool = False
    dates: Dates = field(default_factory=Dates)
    reason: str | None = None
    again: tuple[tuple[int, int], ...] = ()

    @property
    def is_back_reference(self) -> bool:
        """'those tariffs', 'the tariffs': pointing back, with no figure."""
        dets = {c.lower_ for c in self.trigger.word.children if c.dep_ == "det"} if not self.trigger.verbal else set()
        return bool(dets & {"the", "these", "those", "this", "that"}) and self.rate is None and self.amount is None

    @property
    def is_reply_in_kind(self) -> bool:
        """'responded in kind': a measure of its own, that tells nothing of who took the others."""
        return self.trigger.word.lower_ in words("measures", "in_kind")

    @property
    def confidence(self) -> float:
        """From 0.5 for a bare mention to 0.9 for one with figure, goods and a named side."""
        told = (self.rate is not None or self.amount is not None, self.goods is not None, self.named > 0, self.acted)
        return round(0.5 + 0.1 * sum(told), 2)

    @property
    def fullness(self) -> tuple[int, bool, bool, int, bool]:
        """How much the mention says: figures first, then goods, then who, then what is done."""
        figures = (self.rate is not None) + (self.amount is not None)
        told = self.acted and self.status != "in-force" and not figures
        return (
            figures,
            self.goods is not None,
            self.dates.words is not None,
            self.named + told,
            self.acted and not figures,
        )


def settled(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Sides that a clause leaves open, where it names one: what was said of the same goods, else the opposite side."""
    found: list[Draft] = []
    for draft in drafts:
        by, on = draft.by, draft.on
        told = [d for d in found if draft.joint and _is_told_before(d, draft)]
        if told and not any(d.by == by for d in told):
            continue  # several announce together what one of them lifts
        if by is not None and on is None:
            on = next(
                (d.on for d in reversed(found) if d.by == by and _is_told_before(d, draft)), None
            ) or reading.other(by)
        elif by is None and on is not None:
            by = next(
                (d.by for d in reversed(found) if d.on == on and d.by and _is_told_before(d, draft)), None
            ) or reading.other(on)
        found.append(replace(draft, by=by, on=on))
    return found


def _is_told_before(before: Draft, draft: Draft) -> bool:
    if before.trigger.instrument != draft.trigger.instrument:
        return False
    if draft.is_back_reference and not draft.goods:
        return True
    if not (before.goods and draft.goods):
        return False
    return bool(kinds_of_goods(before.goods) & kinds_of_goods(draft.goods))


def attributed(kept: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """Sides still open, from what all drafts of the report say most often of the instrument.

    A measure of nobody on nobody is left out, unless it has a figure or goods of its own.
    """
    found = []
    for draft in kept:
        kin = [d for d in drafts if d.trigger.instrument == draft.trigger.instrument and not d.is_reply_in_kind]
        by, on = draft.by, draft.on
        if by is None and on is None:
            by, on = _most((d.by, d.on) for d in kin if d.by) or (None, None)
        elif by is None:
            by = _most(d.by for d in kin if d.by and d.by != on)
        elif on is None:
            on = _most(d.on for d in kin if d.on and d.on != by)
        told = draft.rate is not None or draft.amount is not None or draft.goods is not None
        if by or on or (told and draft.trigger.instrument != "purchase-commitment"):
            found.append(replace(draft, by=by, on=on))
    return found


def _most(things: Iterable[_T]) -> _T | None:
    """The most frequent; of several the first."""
    counts = Counter(things)
    return max(counts, key=lambda thing: counts[thing]) if counts else None


def merged(drafts: list[Draft]) -> list[Draft]:
    """Each measure once, at its fullest mention; the others become further evidence of it."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (*(-f for f in d.fullness), d.start)):
        for k, full in enumerate(kept):
            if _same(full, draft):
                open_yet = full.by is None and full.on is None and draft.named > 0 and not draft.is_back_reference
                by, on = (draft.by, draft.on) if open_yet else (full.by, full.on)
                kept[k] = replace(full, by=by, on=on, again=(*full.again, (draft.start, draft.end)))
                break
        else:
            if any(draft.fullness) or draft.trigger.instrument in _SELF_STANDING:
                kept.append(draft)
    return kept


def _same(full: Draft, draft: Draft) -> bool:
    """Whether `draft` says nothing of its instrument that `full` has not said."""
    if full.trigger.instrument != draft.trigger.instrument:
        return False
    if full.trigger.instrument == "subsidy" and (full.trigger.word.lemma_ != draft.trigger.word.lemma_ or draft.goods):
        return False
    if (draft.rate is not None and draft.rate != full.rate) or (
        draft.amount is not None and draft.amount != full.amount
    ):
        return False
    if not _agree(full.by, draft.by) or not _agree(full.on, draft.on):
        return False
    if draft.amount is not None:
        return True
    if (alike := _alike_goods(full, draft)) is not None:
        return alike
    if draft.rate is not None:
        return True
    if draft.is_back_reference and full.start < draft.start and (draft.goods is None or draft.status == "in-force"):
        return True
    plain = not draft.acted and by_adjective(draft.trigger) is None
    standing = {"in-force", "raised", "lifted"}
    return (plain and not draft.named) or full.status == draft.status or {full.status, draft.status} <= standing


def _alike_goods(full: Draft, draft: Draft) -> bool | None:
    """Whether both are on goods of a kind; None where one does not say."""
    if draft.goods is None or full.goods is None:
        return None
    one, other = kinds_of_goods(full.goods), kinds_of_goods(draft.goods)
    if one and other:
        return bool(one & other)
    if other and full.amount is not None and draft.rate is not None:
        return False  # '10 percent on aluminium' beside 10 percent on so many billions of imports
    return None


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def kinds_of_goods(goods: str) -> set[str]:
    same = {word: row[0] for row in cues("measures")["same_goods"] for word in row}
    general = words("measures", "general_goods")
    found = {
        w for w in re.findall(r"\b[a-z]{3,}", goods) if w not in general and w not in ("and", "the", "from", "other")
    }
    return {same.get(w, w.rstrip("s")) for w in found}
