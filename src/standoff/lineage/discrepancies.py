"""Where two copies of one story differ in a fact: another name, number or day, another source, another force.

Only sentences that are each other's match are set side by side, so that what is found is a change of one report by
the other, not a difference of choice. Each kind is found at most once in a pair of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from standoff.lineage import facts
from standoff.lineage.facts import Fact
from standoff.model.lineage import Discrepancy, DiscrepancyKind, Place
from standoff.model.report import Report
from standoff.model.span import Span

Difference = tuple[DiscrepancyKind, Span, Span]


@dataclass(frozen=True, slots=True)
class _Side:
    """One sentence of a pair, with the text it stands in."""

    text: str
    place: Span

    def clause(self, inside: Span) -> Span:
        return facts.clause(self.text, self.place, inside)

    def nearest(self, words: str) -> Span:
        """The clause that shares most words with a clause of the other side; the sentence where none shares any."""
        wanted = _stems(words)
        parts = [
            (len(wanted & stems) / len(stems), part)
            for part in facts.clauses(self.text, self.place)
            if (stems := _stems(part.of(self.text)))
        ]
        share, part = max(parts, key=lambda item: (item[0], -item[1].start), default=(0.0, self.place))
        return part if share else self.place


def find_discrepancies(
    first: Report, second: Report, aligned: tuple[tuple[Span, Span], ...]
) -> tuple[Discrepancy, ...]:
    """The facts in which two copies of one story differ, sentence by matched sentence, in the order of the first.

    `aligned` are the sentences that match, as places in the first and in the second report.
    """
    found: list[Discrepancy] = []
    taken: set[tuple[DiscrepancyKind, Place]] = set()  # a passage differs from one other, not from two
    for here, there in sorted(aligned):
        a, b = _Side(first.text, here), _Side(second.text, there)
        for kind, one, other in (difference for compare in _COMPARISONS for difference in compare(a, b)):
            places = Place(first.id, one), Place(second.id, other)
            if not any((kind, place) in taken for place in places):
                taken.update((kind, place) for place in places)
                found.append(Discrepancy(kind, *places))
    return tuple(found)


def _other_person(a: _Side, b: _Side) -> Iterator[Difference]:
    """`Ambassador Jane Doe` here, `Ambassador Ann Poe` there, and neither of them anywhere in the other report."""
    for people in (facts.holders, facts.titled):
        for one in people(a.text, a.place):
            for other in people(b.text, b.place):
                if _office(a, one) == _office(b, other) and not (
                    _known(one.value, b.text) or _known(other.value, a.text)
                ):
                    yield "name", one.span, other.span
                    return


def _office(side: _Side, person: Fact) -> str:
    return person.span.of(side.text).split()[0].casefold()


def _other_name(a: _Side, b: _Side) -> Iterator[Difference]:
    """`in Porto Alba` here, `in Villa Nera` there: the one name of either that the other report has nowhere."""
    here = [fact for fact in facts.names(a.text, a.place) if not _known(fact.value, b.text)]
    there = [fact for fact in facts.names(b.text, b.place) if not _known(fact.value, a.text)]
    if len(here) == len(there) == 1:
        one, other = here[0], there[0]
        if _slot(a.text, one.span) == _slot(b.text, other.span) != "" and not _short_for(one.value, other.value):
            yield "name", one.span, other.span


def _other_number(a: _Side, b: _Side) -> Iterator[Difference]:
    """Figures with the same unit that do not agree."""
    here, there = list(facts.numbers(a.text, a.place)), list(facts.numbers(b.text, b.place))
    only_here, only_there = _only(here, there), _only(there, here)
    for one in only_here:
        for other in only_there:
            if one.value.split()[0] == other.value.split()[0]:
                yield "number", a.clause(one.span), b.clause(other.span)
                return


def _other_share(a: _Side, b: _Side) -> Iterator[Difference]:
    """Most of them here, nearly all there."""
    here, there = list(facts.shares(a.text, a.place)), list(facts.shares(b.text, b.place))
    only_here, only_there = _only(here, there), _only(there, here)
    if only_here and only_there:
        yield "number", a.clause(only_here[0].span), b.clause(only_there[0].span)


def _other_count(a: _Side, b: _Side) -> Iterator[Difference]:
    """One of a thing here, several of them there."""
    yield from _counted(a, b)
    for _, there, here in _counted(b, a):
        yield "number", here, there


def _counted(a: _Side, b: _Side) -> Iterator[Difference]:
    one_here = {fact.value: fact for fact in facts.single_nouns(a.text, a.place)}
    one_there = {fact.value for fact in facts.single_nouns(b.text, b.place)}
    many_here = {fact.value for fact in facts.several_nouns(a.text, a.place)}
    for fact in facts.several_nouns(b.text, b.place):
        if fact.value in one_here and fact.value not in one_there and fact.value not in many_here:
            yield "number", a.clause(one_here[fact.value].span), b.clause(fact.span)
            return
    for match in _ONE_OF_NAME.finditer(a.text, a.place.start, a.place.end):
        several = re.compile(rf"(?<!\ba )(?<!\ban ){re.escape(match['name'])} [a-z]{{4,}}s\b")
        if other := several.search(b.text, b.place.start, b.place.end):
            yield "number", Span(*match.span()), Span(*other.span())
            return


def _other_date(a: _Side, b: _Side) -> Iterator[Difference]:
    """Another month or day; or a day here and no more than `this month` there."""
    here, there = list(facts.dates(a.text, a.place)), list(facts.dates(b.text, b.place))
    only_here, only_there = _only(here, there), _only(there, here)
    if only_here and there:
        only_there = only_there or there
    elif only_there and here:
        only_here = only_here or here
    elif only_there and not here:
        only_here = list(facts.vague_dates(a.text, a.place))
    elif only_here and not there:
        only_there = list(facts.vague_dates(b.text, b.place))
    if only_here and only_there:
        yield "date", a.clause(only_here[0].span), b.clause(only_there[0].span)


def _other_day(a: _Side, b: _Side) -> Iterator[Difference]:
    """Another day of the week, or another year."""
    for kind in (facts.weekdays, facts.years):
        here, there = list(kind(a.text, a.place)), list(kind(b.text, b.place))
        only_here, only_there = _only(here, there), _only(there, here)
        if only_here and only_there:
            yield "date", a.clause(only_here[0].span), b.clause(only_there[0].span)
            return


def _other_source(a: _Side, b: _Side) -> Iterator[Difference]:
    """Told on somebody's word here, in the report's own voice there."""
    here, there = list(facts.sayings(a.text, a.place)), list(facts.sayings(b.text, b.place))
    if bool(here) != bool(there):
        yield "attribution", a.place, b.place


def _other_force(a: _Side, b: _Side) -> Iterator[Difference]:
    """A wish here, an attempt there; a duty here, a preference there."""
    here, there = list(facts.forces(a.text, a.place)), list(facts.forces(b.text, b.place))
    only_here, only_there = _only(here, there), _only(there, here)
    if only_here and only_there:
        yield "modality", a.clause(only_here[0].span), b.clause(only_there[0].span)


def _other_answer(a: _Side, b: _Side) -> Iterator[Difference]:
    """Done here, not done there: the verb that one negates stands in the other, which says no nowhere."""
    yield from _negation(a, b)
    for _, there, here in _negation(b, a):
        yield "modality", here, there


def _negation(a: _Side, b: _Side) -> Iterator[Difference]:
    other = b.place.of(b.text)
    if facts.denies(other):
        return
    for fact in facts.negated(a.text, a.place):
        if found := re.search(rf"\b{re.escape(fact.value)}", other, re.IGNORECASE):
            at = b.place.start + found.start()
            yield "modality", a.clause(fact.span), b.clause(Span(at, at + len(found[0])))
            return


def _more_detail(a: _Side, b: _Side) -> Iterator[Difference]:
    """A name in one sentence that the other report has nowhere, where the other sentence has none of its own."""
    here = [fact for fact in facts.names(a.text, a.place) if not _known(fact.value, b.text)]
    there = [fact for fact in facts.names(b.text, b.place) if not _known(fact.value, a.text)]
    if here and not there:
        part = a.clause(here[0].span)
        yield "detail", part, b.nearest(part.of(a.text))
    elif there and not here:
        part = b.clause(there[0].span)
        yield "detail", a.nearest(part.of(b.text)), part


def _only(here: list[Fact], there: list[Fact]) -> list[Fact]:
    values = {fact.value for fact in there}
    return [fact for fact in here if fact.value not in values]


def _known(name: str, text: str) -> bool:
    """Whether a word of the name stands in the text as a name, in whatever inflection."""
    words = [word.rstrip("s") for word in re.findall(r"[A-Z]\w+", name) if len(word) > 2]
    return any(re.search(rf"\b{re.escape(word)}(?:s|es|n|ns|ese)?\b", text) for word in words)


def _slot(text: str, name: Span) -> str:
    """The word that stands before a name in its line, without capitals; empty where there is none."""
    before = re.findall(r"[^\W\d_]+", text[max(0, name.start - 30) : name.start].rsplit("\n", 1)[-1])
    return before[-1].casefold() if before else ""


def _short_for(one: str, other: str) -> bool:
    """Whether two names share a word, or one is made of the first letters of the other."""
    words, others = re.findall(r"\w+", one), re.findall(r"\w+", other)
    if {word.casefold()[:5] for word in words} & {word.casefold()[:5] for word in others}:
        return True
    letters = ["".join(word[0] for word in some if word[0].isupper()) for some in (words, others)]
    plain = [re.sub(r"\W", "", name) for name in (one, other)]
    return letters[0] == plain[1] or letters[1] == plain[0]


def _stems(words: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w{4,}", words.casefold())}


_ONE_OF_NAME = re.compile(r"\b[Aa]n? (?P<name>[A-Z]\w+(?: [A-Z]\w+)*) [a-z]{4,}\b")
_COMPARISONS: tuple[Callable[[_Side, _Side], Iterator[Difference]], ...] = (
    _other_person,
    _other_name,
    _other_number,
    _other_share,
    _other_count,
    _other_date,
    _other_day,
    _other_source,
    _other_force,
    _other_answer,
    _more_detail,
)
