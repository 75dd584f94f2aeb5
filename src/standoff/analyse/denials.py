"""What is denied, and what is said to be and not to be: statements of one report set against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from standoff.analyse.acts import DOWN, UP, family
from standoff.analyse.attribution import attributed, source_words
from standoff.analyse.known import Known
from standoff.analyse.negation import claims, denied_clause, negated, negates, rejects, states, supposes
from standoff.analyse.parts import Part
from standoff.analyse.tracing import Tracer
from standoff.analyse.words import NOT_LETTERS, content_words
from standoff.model.record import Move, MoveType, Record, Statement

_BLAMES = re.compile(r"blam|responsib|fault", re.IGNORECASE)  # the effect stands behind these, before all others
_CAUSE = re.compile(
    r"\b(?:arises?|arose|stems?|stemmed|result(?:s|ed|ing) from|due to|owing to|caused? by|because of|root causes?"
    r"|driven by|blam(?:es?|ed|ing)|to blame|responsible for|fault of)\b",
    re.IGNORECASE,
)
_LIGHT = content_words("reason doubt question evidence sign indication chance need way point intention plan")
FAMILIES = {
    stem: family
    for family, words in {
        "clear": "clear clearly outline outlined specify specific detail detailed explain spell precise precisely "
        "plain communicate communicated convey unclear",
        "demand": "demand demands expect expectation expectations anticipate step steps call calls request requests "
        "wish requirement actions",
        "promise": "promise promised pledge pledged commit commitment agree agreed undertake undertaking",
        "talks": "talks talk negotiate negotiation negotiations session sessions round rounds dialogue dialog "
        "conversation meet meeting",
        "travel": "travel travels trip visit visits journey",
    }.items()
    for stem in content_words(words)
}
_CUED = frozenset(
    "t not no never nor neither none nothing nobody without cannot hardly fail fails failed lack lacks refuse refuses "
    "refused refusing refusal if unless until whether before could might what when how where who which why arises "
    "arise arose stem stems stemmed result results due owing cause caused causes because root driven blame blames "
    "blamed blaming responsible fault".split()
)  # words of which one stands in all that the patterns above find: most statements have none of them


class _Kinds(dict[str, str]):
    """Stem → the word for its family of talking or of acting, made at the first meeting."""

    def __missing__(self, stem: str) -> str:
        self[stem] = FAMILIES.get(stem) or family(stem)
        return self[stem]


_KINDS = _Kinds()
FAMILIES_OF_TALK = frozenset(FAMILIES.values())
_NEAR = 400  # code points between a denial and what it denies, where hardly a word is shared
_FAR = 0.2  # Dice, where the denial stands elsewhere
_LEAST = 0.12  # Dice, where it stands right before
_VAGUE = re.compile(r"\b(?:this|that|it|so|lie|lies|untrue|false|true|truth|accurate|wrong|nonsense)\b", re.IGNORECASE)
_SHORT = 3  # content words: "denied this" says only that, not what
_POLAR, _POLAR_WORDS = 0.6, 2  # of the words that are denied, how many the other says: the share, and at least
_SIGNS = frozenset({UP, DOWN})
GIVES: frozenset[MoveType] = frozenset({"offer", "commit", "agree"})


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with a negation: all its words, those `under` the negation that are no names, the `head` of these (the
    verb; of a noun the two words that come first), and where only a purpose is denied (`the aim is not to ...`), the
    words of the `aim`."""

    words: Counter[str]
    under: frozenset[str]
    head: frozenset[str]
    aim: frozenset[str] | None


class _Said:
    """A statement as it is compared. What is asked of it is worked out when it is first asked: of most, little is."""

    def __init__(self, known: Known, tracer: Tracer, statement: Statement) -> None:
        self.statement = statement
        whole, place = known.report_of(statement).text, statement.content
        self.text = place.of(whole)
        self._clause = whole[max(0, place.start - 5) : place.start].lower() == "that "
        self._known, self._tracer = known, tracer
        self._cued = not _CUED.isdisjoint(self.text.lower().translate(NOT_LETTERS).split())
        self._denies = statement.act == "deny"

    @cached_property
    def voice(self) -> str:
        return (source_words(self._known, self.statement) or "").lower()

    @cached_property
    def words(self) -> Counter[str]:
        """Its words, those of one family counted as one another."""
        return Counter(map(_KINDS.__getitem__, self._tracer.words(self.statement) - self._tracer.people))

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def telling(self) -> frozenset[str]:
        return self.kinds - _little(self._known, self._tracer)

    @cached_property
    def length(self) -> int:
        return self.words.total()

    @property
    def negated(self) -> bool:
        return negated(self.text, self._denies) if self._cued else self._denies

    @cached_property
    def negations(self) -> bool:
        return self._denies or (self._cued and negates(self.text))

    @cached_property
    def vague(self) -> bool:
        return self.length < _SHORT and _VAGUE.search(self.text) is not None

    @cached_property
    def effect(self) -> frozenset[str]:
        """The issues of what it gives a cause for."""
        cause = _CAUSE.search(self.text) if self._cued else None
        return _effect(self._tracer, self.text, cause) if cause else frozenset()

    @cached_property
    def rejects(self) -> bool:
        """Whether it rejects what is asked for or offered, which denies no fact."""
        if not self._denies:
            return False
        return rejects(self.text) or not (self._clause or claims(self.text))

    @property
    def certain(self) -> bool:
        """Told without if or whether."""
        return not self.rejects and not (self._cued and supposes(self.text))

    @cached_property
    def denied_clause(self) -> _Clause | None:
        """Its clause with a negation."""
        return _clause(self._tracer, self.text) if self._cued else None

    def shared(self, other: _Said) -> int:
        """How many words both have."""
        return sum([min(self.words[word], other.words[word]) for word in self.kinds & other.kinds])

    def likeness(self, other: _Said) -> float:
        """Dice over their words."""
        return 2 * self.shared(other) / ((self.length + other.length) or 1)


def _little(known: Known, tracer: Tracer) -> frozenset[str]:
    """Words that tell no more than the issue or the direction of an act does."""
    return known.once("words of little", lambda: (tracer.all_cue_words | _SIGNS) - FAMILIES_OF_TALK)


def disputes(
    known: Known, tracer: Tracer, moves: Sequence[Move], part: Part
) -> Iterator[tuple[Literal["denial", "polarity", "cause"], Record, Record]]:
    """The pairs among the statements of one report; a denial may be of one of the `moves` that it tells."""
    statements = [s for s in attributed(part) if s.act != "decline-to-comment"]
    if not statements:
        return
    said = [_Said(known, tracer, s) for s in statements]
    for denied, denial in _denials(known, tracer, said, moves):
        yield "denial", denied, denial
    for a, b in combinations([s for s in said if s.effect], 2):
        if _two_voices(a, b) and a.effect & b.effect:
            yield "cause", a.statement, b.statement
    for a, b in _opposed(said):
        if _apart(a, b) and not (_inside(a, b) or _inside(b, a)):
            yield "polarity", a.statement, b.statement


def _denials(
    known: Known, tracer: Tracer, said: Sequence[_Said], moves: Sequence[Move]
) -> Iterator[tuple[Record, Statement]]:
    """What is denied, with its denial; a promise may be denied by others for the side that is to have given it."""
    gifts = [(m, s) for m in moves if m.type in GIVES and (s := known.statement_of(m))]
    refusers = {m.said_by: m.by for m in moves if m.type == "refuse" and m.said_by}
    for denial in sorted(said, key=lambda s: s.statement.act != "deny"):
        party = refusers.get(denial.statement.id)
        denied: Record | None = None
        if denial.statement.act == "deny" and not denial.rejects:
            denied = _promise(tracer, denial, denial.statement.speaks_for, gifts)
            denied = denied or (None if party else _denied(denial, said))
        elif party and denial.negated:
            denied = _promise(tracer, denial, party, gifts)
        if denied:
            yield denied, denial.statement


def _opposed(said: Sequence[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """Pairs of which one says that it is, the other that it is not, in the order of the report."""
    for n, no in enumerate(said):
        if (clause := no.denied_clause) and no.certain:
            for m, yes in enumerate(said):
                if not yes.negations and _contradicts(clause, yes) and yes.certain and _states(no) and _states(yes):
                    yield (no, yes) if n < m else (yes, no)


def _clause(tracer: Tracer, text: str) -> _Clause | None:
    """The words of the clause with the one negation of a passage."""
    found = denied_clause(text)
    if found is None:
        return None
    before, under = _matter(tracer, found.before), _matter(tracer, found.behind)
    told = [w for word in found.behind.split() for w in _matter(tracer, word) if w not in _LIGHT]
    return _Clause(
        words=before + under,
        under=frozenset(_matter(tracer, found.plain)),
        head=frozenset(told[: 1 + found.nominal]),
        aim=frozenset(before) if found.purpose else None,
    )


def _matter(tracer: Tracer, text: str) -> Counter[str]:
    return Counter(map(_KINDS.__getitem__, content_words(text) - tracer.names - tracer.people))


def _effect(tracer: Tracer, text: str, cause: re.Match[str]) -> frozenset[str]:
    """The issues of what a passage gives a cause for."""
    return tracer.issues(text[cause.end() :] if _BLAMES.search(cause[0]) else text[: cause.start()])


def _states(said: _Said) -> bool:
    """Whether it says that something is so."""
    return said.statement.act == "accuse" or states(said.text)


def _apart(a: _Said, b: _Said) -> bool:
    """Whether two different voices speak, not both for one side, and one of them for a side (or to deny)."""
    ours, theirs = a.statement.speaks_for, b.statement.speaks_for
    if ours and theirs:
        return ours != theirs
    return a.voice != b.voice and bool(ours or theirs or "deny" in (a.statement.act, b.statement.act))


def _two_voices(a: _Said, b: _Said) -> bool:
    """Whether two sides speak, or a side and somebody who speaks for none."""
    ours, theirs = a.statement.speaks_for, b.statement.speaks_for
    apart = not a.statement.content.overlaps(b.statement.content)
    return apart and ours != theirs and (a.voice != b.voice or None not in (ours, theirs))


def _contradicts(no: _Clause, yes: _Said) -> bool:
    """Whether one says of most of what the other denies that it is."""
    if no.under.isdisjoint(yes.telling) or (no.aim is not None and no.aim.isdisjoint(yes.kinds)):
        return False
    shared = no.words & yes.words
    if sum(count for word, count in shared.items() if word in yes.telling) < _POLAR_WORDS:
        return False
    if shared.total() == yes.length:
        return True  # all that the one says is in what the other denies
    return not no.head.isdisjoint(yes.kinds) and shared.total() >= _POLAR * no.words.total()


def _denied(denial: _Said, said: Sequence[_Said]) -> Statement | None:
    """What a denial denies: most alike in words, else what another voice says right before it."""
    mine = denial.statement.content
    others = [
        s for s in said if s.statement.act != "deny" and _apart(denial, s) and not mine.overlaps(s.statement.content)
    ]
    fits = [(fit, -s.statement.content.start, s.statement) for s in others if (fit := _fit(denial, s)) > 0]
    return max(fits, key=lambda f: f[:2])[2] if fits else None


def _promise(tracer: Tracer, denial: _Said, party: str | None, gifts: Sequence[tuple[Move, Statement]]) -> Move | None:
    """The promise, told before by another side, that a party says (or is said) never to have given."""
    if party is None or not denial.words["promise"]:
        return None
    issues = tracer.issues(denial.text)
    told = [
        (abs(denial.statement.content.start - move.span.start), move.id, move)
        for move, by in gifts
        if move.by == party
        and by.speaks_for not in (None, party)
        and move.span.start < denial.statement.content.start
        and (not issues or move.issue in issues)
    ]
    return min(told)[2] if told else None


def _inside(a: _Said, b: _Said) -> bool:
    """Whether one is said within the other's words."""
    return b.statement.content.covers(a.statement.content)


def _own(a: _Said, b: _Said) -> bool:
    """Whether both have a word of their own matter, not only one of promising, demanding or talking."""
    return not (a.kinds & b.kinds) <= FAMILIES_OF_TALK


def _fit(denial: _Said, other: _Said) -> float:
    """How well a statement fits a denial; 0: too few words are shared, and it does not stand right before."""
    gap = denial.statement.content.start - other.statement.content.end
    right_before = 0 <= gap <= _NEAR
    if denial.kinds.isdisjoint(other.kinds) and not (right_before and denial.vague):
        return 0.0
    shared = denial.shared(other)
    alike = denial.likeness(other)
    told = sum(min(denial.words[word], other.words[word]) for word in denial.telling & other.telling)
    sides = denial.statement.speaks_for and other.statement.speaks_for
    enough = told >= (1 if sides and shared >= 2 else 2) and alike >= _FAR
    own = right_before and (told or denial.vague) and (shared >= 2 or denial.vague or _own(denial, other))
    if enough or (own and alike >= _LEAST):
        return alike + (0.25 if right_before else 0.0)
    if right_before and denial.vague:
        return 0.2 - gap / _NEAR / 10
    return 0.0
