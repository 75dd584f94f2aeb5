"""Linkages: where a report makes one act wait for another, or trades the one for the other.

Each rule of `linkage_rules` reads one way of saying so and gives links: the heads of what must come first and of what
follows. A link is kept where both sides are acts of the bargaining and at least one of them has a party for its actor.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from standoff.extract import clauses
from standoff.extract.contacts.way import lemma
from standoff.extract.cues import cues, words
from standoff.extract.linkages.actors import Actors, actors
from standoff.extract.linkages.binding import binds
from standoff.extract.linkages.lines import lines
from standoff.extract.linkages.links import Link, above
from standoff.extract.linkages.rules import RULES, SIDES
from standoff.extract.reading import Reading
from standoff.model.record import Linkage, Measure, Record, Statement

_ALIKE = 0.75  # shared words of the shorter of two linkages that are one
_BESIDE = frozenset({"advcl", "mark", "cc", "punct", "conj", "relcl"})


def extract_linkages(reading: Reading, found: tuple[Record, ...]) -> Iterable[Linkage]:
    """The linkages of a report, in reading order, each once."""
    statements = [r for r in found if isinstance(r, Statement)]
    imposers = _imposers(reading, [r for r in found if isinstance(r, Measure)])
    taken: list[Link] = []
    for token in _opening(reading):
        for rule in RULES:
            taken += [link for link in rule(token) if binds(reading, link)]
    for link in _each_once(taken):
        for sides in actors(reading, link, imposers):
            if sides.first is not None and sides.first == sides.then == sides.by and _is_own_course(link):
                continue
            yield _record(reading, link, sides, statements)


def _imposers(reading: Reading, measures: list[Measure]) -> dict[int, str]:
    """Whose measure each word is that names one, as far as the measures of the report tell."""
    places = [(place, str(m.by)) for m in measures if m.by in reading.pack.between for place in m.evidence]
    found = {}
    for token in reading.opening(words("linkages", "owned")):
        at = reading.span(token)
        whose = [(len(place), by) for place, by in places if place.covers(at)]
        if whose:
            found[token.i] = min(whose)[1]
    return found


@cache
def _openers() -> frozenset[str]:
    """The words, as they stand or by their dictionary form, at which every rule but the one for `SIDES` begins."""
    table = cues("linkages")
    several = (row["words"][-1] for row in table["phrases"])
    exchanged = (word for row in table["exchange"] for word in row["words"])
    hinges = (*table["waits_for"]["verbs"], *table["waits_for"]["adjectives"], *table["conditions"]["nouns"])
    aims = (*table["purposes"]["gain"], *table["purposes"]["avert"], *table["prompts"], *table["face"])
    parts = table["part_of"]["words"]
    aims = (*aims, *table["otherwise"], *table["warnings"], "or", "order", "first", "followed", "failure")
    marks = (*parts, *table["conjunctions"], *several, *exchanged, *table["inverted"], *table["echoes"])
    return frozenset((*marks, *hinges, *aims))


def _opening(reading: Reading) -> Iterable[Token]:
    """The words at which a rule may find a link, in reading order."""
    places = {token.i for token in reading.opening(_openers())} | {token.head.i for token in reading.opening(SIDES)}
    return (reading.doc[i] for i in sorted(places))


def _each_once(links: list[Link]) -> list[Link]:
    """One link for each pair of acts; of two that say the same, the surer and fuller one."""
    kept: list[Link] = []
    for link in sorted(links, key=lambda k: (-k.confidence, -len(_extent(k)), k.first.i, k.then.i)):
        if not any(
            {link.first, link.then} == {k.first, k.then} or link.first == k.first or _alike(link, k) for k in kept
        ):
            kept.append(link)
    return sorted(kept, key=lambda k: (min(k.first.i, k.then.i), k.first.i))


def _is_own_course(link: Link) -> bool:
    """What one does by itself, with nothing asked of another: 'they should wait until they see the text'."""
    if link.rule == "before":
        return not any(lemma(t) in words("linkages", "insisting") for t in above(link.first))
    return link.kind != "threat" and link.rule in ("if", "until", "till", "depends", "once")


def _alike(a: Link, b: Link) -> bool:
    """Whether two links say the same in much the same words, as a headline and its report do."""
    if a.mark is not None and a.mark == b.mark and a.first != b.first:
        return False  # two conditions of one act
    left, right = ({t.lemma_.lower() for t in _extent(k) if not t.is_stop and t.is_alpha} for k in (a, b))
    return bool(left and right) and len(left & right) >= _ALIKE * min(len(left), len(right))


def _record(reading: Reading, link: Link, who: Actors, statements: list[Statement]) -> Linkage:
    place = reading.span(_extent(link))
    said = [s for s in statements if s.content.overlaps(place)]
    first, then = lines(reading, link, who.first, who.then)
    return Linkage(
        report=reading.report.id,
        evidence=(place,),
        rule=f"linkages/{link.rule}@1",
        confidence=_confidence(link),
        kind=link.kind,
        by=who.by,
        first=first,
        then=then,
        first_actor=who.first,
        then_actor=who.then,
        said_by=min(said, key=lambda s: len(s.content)).id if said else None,
    )


def _confidence(link: Link) -> float:
    """How often the rule is right, from the lexicon; what a link carries itself only ranks it among its like."""
    table: dict[str, float] = cues("linkages")["confidence"]
    return table.get(link.rule, link.confidence)


def _extent(link: Link) -> Tokens:
    """The words from the one act to the other, each with what belongs to it, and the conjunction."""
    doc: Doc = link.first.doc
    a, b = (
        clauses.clause(head, drop=_BESIDE) if head.pos_ in ("VERB", "AUX") else clauses.noun_phrase(head)
        for head in (link.first, link.then)
    )
    start = min(a.start, b.start)
    if link.mark is not None and link.mark.i == start - 1:
        start -= 1
    return doc[start : max(a.end, b.end)]
