"""What is doubtful in a pack: it loads, but would mislead. Each finding says where and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from standoff.model.domain import Official, Pack, Term

FindingKind = Literal[
    "same-name",
    "common-word",
    "no-term",
    "no-level",
    "no-family",
    "term-overlap",
    "repeated-cue",
    "repeated-issue",
    "cue-case",
    "no-cues",
]

# Words that open many an English sentence or stand in it with a capital, so that they would be found by mistake.
_COMMON = """
a about after all also an and any are as at back be been best big both but by can chance close could day deal deals do
down even every fair few fine first for free from general get go good great had has have he her here high his hope house
how i if in is it its just key last law left let like live long low made main major make many march may me might more
most much must my near new next no not now of off old on once one only open or other our out over own part past peace
plan post power present press right sale she should side so some state states still such sure tax talk talks than that
the their them then there these they this those time to today too trade two under union up us very was we week well were
what when where which while who will with work would year yes you young your
"""
COMMON = frozenset(_COMMON.split())
# Offices that several people hold at once; any other is held by one person of a party at a time.
_SHARED = """
vice deputy assistant spokesman spokeswoman spokesperson senator congressman congresswoman rep. rep adviser advisor
counselor member negotiator official lawmaker undersecretary under envoy aide diplomat delegate commissioner governor
general mp councillor co-chair co-leader minister-counselor
"""
SHARED = frozenset(_SHARED.split())
ONE_ALL_THE_SAME = frozenset({"vice president", "national security adviser"})
HANDOVER_DAYS = 31


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: its kind, where it is in the pack, and what to do about it."""

    kind: FindingKind
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def check_pack(pack: Pack) -> tuple[Finding, ...]:
    """All findings, in the order of the checks and of the pack; () where nothing is doubtful."""
    checks = (_sides, _same_names, _common_words, _officials, _overlaps, _issues)
    return tuple(finding for check in checks for finding in check(pack))


def _sides(pack: Pack) -> Iterator[Finding]:
    if pack.between and not pack.issues:
        yield Finding("no-cues", "issues", "the pack has sides but no issues; add at least one with its cues")


def _surfaces(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """(surface, party, where) of all that stands for a party."""
    for party in pack.parties:
        for kind in ("names", "adjectives", "metonyms", "people"):
            for surface in getattr(party, kind):
                yield surface, party.code, f"parties.{party.code}.{kind}"
    for body in pack.bodies:
        for surface in body.names:
            yield surface, body.party, f"bodies.{body.party}.{body.name}"
    for official in pack.officials:
        for surface in official.names:
            yield surface, official.party, f"officials.{official.party}.{official.name}"


def _same_names(pack: Pack) -> Iterator[Finding]:
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for surface, party, where in _surfaces(pack):
        places[surface].setdefault(party, where)
    for surface, by_party in places.items():
        if len(by_party) > 1:
            where = " and ".join(by_party.values())
            yield Finding(
                "same-name", where, f"{surface!r} stands for {' and '.join(by_party)}; keep it at one of them"
            )


def _common_words(pack: Pack) -> Iterator[Finding]:
    for surface, _, where in _surfaces(pack):
        if surface.lower() in COMMON and not (surface.isupper() and len(surface) > 1):
            yield Finding("common-word", where, f"{surface!r} is a common English word; take it out or make it longer")


def _officials(pack: Pack) -> Iterator[Finding]:
    for official in pack.officials:
        where = f"officials.{official.party}.{official.name}"
        if not official.terms:
            yield Finding("no-term", where, "no term of office; add one, with its dates as far as they are known")
        if official.level is None:
            yield Finding("no-level", where, "no level; say leader, minister, deputy or working")
        if official.family not in official.name:
            yield Finding("no-family", where, f"the family name {official.family!r} is not part of the name")
        for one, other in combinations(official.terms, 2):
            if one.title == other.title and (days := overlap(one, other)) is not None:
                yield Finding("term-overlap", where, f"two terms as {one.title!r} overlap from {days[0]}")


def _overlaps(pack: Pack) -> Iterator[Finding]:
    """Two people in one office for longer than a handover."""
    holders: dict[tuple[str, str], list[tuple[Official, Term]]] = defaultdict(list)
    for official in pack.officials:
        for term in official.terms:
            if exclusive(term.title):
                holders[official.party, term.title.lower()].append((official, term))
    for (party, title), held in holders.items():
        for (one, first), (other, second) in combinations(held, 2):
            days = overlap(first, second)
            if one is not other and days is not None:
                message = f"{one.name} and {other.name} both hold it from {days[0]}; end one term before the other"
                yield Finding("term-overlap", f"officials.{party}: {title}", message)


def _issues(pack: Pack) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for issue in pack.issues:
        if not issue.cues and issue.id != "other":
            yield Finding("no-cues", f"issues.{issue.id}", "no cues, so it is never found; add some")
        for cue in issue.cues:
            if cue != cue.lower():
                yield Finding("cue-case", f"issues.{issue.id}", f"{cue!r}: write cues in lower case")
            if owner.setdefault(cue.lower(), issue.id) != issue.id:
                message = f"the cue {cue!r} is also one of {owner[cue.lower()]!r}; keep it at one of them"
                yield Finding("repeated-cue", f"issues.{issue.id}", message)
    for duplicate in _twice(issue.id for issue in pack.issues):
        yield Finding("repeated-issue", f"issues.{duplicate}", "this issue id stands twice")


def _twice(ids: Iterable[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    return tuple(dict.fromkeys(i for i in ids if i in seen or seen.add(i)))  # type: ignore[func-returns-value]


def exclusive(title: str) -> bool:
    """Whether an office is one person's at a time, as far as its title tells."""
    words = title.lower().replace("-", " ").split()
    return title.lower() in ONE_ALL_THE_SAME or not SHARED.intersection(words)


def overlap(one: Term, other: Term) -> tuple[date, date] | None:
    """First and last day on which both terms run, None if that is a month or less: handovers are often known so."""
    first = max(one.start or date.min, other.start or date.min)
    last = min(one.end or date.max, other.end or date.max)
    return (first, last) if (last - first).days > HANDOVER_DAYS else None
