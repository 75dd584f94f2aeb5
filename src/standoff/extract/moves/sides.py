"""Who stands against whom in a report: who acts, toward whom, and who is meant where the words leave it open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.issues import Issues, issues
from standoff.extract.mentions import Mention
from standoff.extract.moves.frame_words import lemma
from standoff.extract.parties import is_joint, parties
from standoff.extract.reading import Attribution, Reading

_LEAST = 3  # mentions that make a third party one of the sides of a report
_SHARE = 0.25  # and its share of the mentions of the second most named party
BACK = 60  # tokens back in which the other side is looked for where there are more than two

_MANY = frozenset("thousand hundred dozen group number member majority pair bunch crowd".split())
_OWN_SIDE = frozenset("country nation group movement organization organisation bloc".split())
GROUPS = frozenset(
    "government administration side country nation power rival neighbor neighbour partner party leader leadership "
    "counterpart team negotiator other".split()
)


@dataclass(slots=True)
class Scene:
    """A report with what moves ask of it at every word: who says it, and who stands against whom."""

    reading: Reading
    said: list[Attribution | None] = field(default_factory=list)
    spoken: list[bool] = field(default_factory=list)
    sides: tuple[str, ...] = ()
    named: Counter[str] = field(default_factory=Counter)
    imposer: tuple[str, ...] = ()
    unowned: bool = False  # whether a measure was told of before anybody had imposed one
    cues: dict[int, Attribution] = field(default_factory=dict)
    issues: Issues = field(init=False)
    _known: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _main: str | None = None

    def __post_init__(self) -> None:
        self.said = _speech(self.reading)
        self.spoken = [s is not None and len(s.parties) == 1 for s in self.said]
        self.issues = issues(self.reading.pack)
        self.cues = {i: a for a in self.reading.attributions if a.cue is not None for i in range(*a.cue)}
        self.named = Counter(m.party for m in self.reading.mentions if m.party)
        self.sides = _sides(self.reading, self.named)

    @property
    def main_issue(self) -> str:
        """The issue that the report is most about, beside whether and how to talk."""
        if self._main is None:
            self._main = self.issues.main(self.reading.report.text)
        return self._main

    def speech(self, token: Token) -> Attribution | None:
        """The innermost reported speech that holds a word."""
        return self.said[token.i]

    def who(self, head: Token | None) -> tuple[str, ...]:
        """The parties that a noun phrase stands for as an actor."""
        if head is None:
            return ()
        if head.i not in self._known:
            found = self._speaking(head) or parties(self.reading, head)
            if (
                head.lower_ in ("two", "both")
                and not found
                and len(self.reading.pack.between) == 2
                and not clauses.prepositional(head, "of")
            ):
                found = self.reading.pack.between
            if not found and self._of_the_speaker(head):
                found = self._speech_parties(head)
            if not found and any(is_joint(t) for t in clauses.prepositional(head, "of")):
                found = self.reading.pack.between
            if len(found) < 2 and head.tag_ in ("NNS", "NNPS") and (found or lemma(head) in GROUPS):
                found += tuple(p for p in self._shared(head) if p not in found)
            if not found and lemma(head) in _MANY:
                found = tuple(p for t in clauses.prepositional(head, "of") for p in parties(self.reading, t))
            self._known[head.i] = found
        return self._known[head.i]

    def _of_the_speaker(self, head: Token) -> bool:
        """'the country', 'his country', 'the country's negotiators', 'the group', in a party's words."""
        whose = next((c for c in head.children if c.dep_ == "poss"), None)
        land = whose if whose is not None and whose.pos_ == "NOUN" else head
        return lemma(land) in _OWN_SIDE and any(c.lower_ in ("the", "his", "its", "our", "her") for c in land.children)

    def _speech_parties(self, head: Token) -> tuple[str, ...]:
        speech = self.said[head.i]
        return speech.parties if speech is not None and len(speech.parties) == 1 else ()

    def _speaking(self, head: Token) -> tuple[str, ...]:
        """'said it would', 'said he wants': in reported speech the one who speaks."""
        if head.lower_ not in ("it", "he", "she") or head.dep_ not in clauses.SUBJECTS:
            return ()
        speech = self.said[head.i]
        if speech is None or speech.direct or len(speech.parties) != 1 or self.reading.quote(head) is not None:
            return ()
        return (
            speech.parties
            if not speech.content[0] <= head.head.head.i < speech.content[1] or head.head.head == head.head
            else ()
        )

    def _shared(self, head: Token) -> tuple[str, ...]:
        """'Chinese and U.S. negotiators': the further parties among the adjectives."""
        first = [c for c in head.children if c.dep_ in ("amod", "compound", "nmod")]
        named = [self.reading.mention(t) for c in first for t in (c, *clauses.conjuncts(c))]
        return tuple(dict.fromkeys(m.party for m in named if m is not None and m.party))

    def opposite(self, side: str, near: Token, without: tuple[str, ...] = ()) -> str | None:
        """Who stands against a side: the other of two; of more, the one named nearest before or beside a word."""
        others = [p for p in self.sides if p != side and self.named[p]]
        others = [p for p in others if p not in without] or others
        most = max((self.named[p] for p in others), default=0)
        between = [p for p in self.reading.pack.between if p != side and p in others and 2 * self.named[p] >= most]
        if len(others) < 2 or (len(between) == 1 and side in self.reading.pack.between):
            return (*between, *others, self.reading.other(side))[0]
        start, end = near.sent.start, near.sent.end
        inside = [m for m in self.reading.mentions_in(start, end) if m.party in others]
        here = [m.party for m in sorted(inside, key=lambda m: -abs(m.start - near.i))]
        before = [m.party for m in self.reading.mentions_in(max(0, start - BACK), start) if m.party in others]
        return here[-1] if here else before[-1] if before else max(others, key=lambda p: (self.named[p], p))

    def opposites(self, side: str, near: Token, without: tuple[str, ...] = ()) -> tuple[str | None, ...]:
        """Who stands against a side, with those that the sentence names in one breath with it: 'Canada and Mexico'."""
        first, between = self.opposite(side, near, without), set(self.reading.pack.between)
        for mention in self.reading.mentions_in(near.sent.start, near.sent.end):
            together = self._together(mention)
            if len(together) > 1 and first in together and side not in together and set(together) <= between:
                return together
        return (first,)

    def _together(self, mention: Mention) -> tuple[str, ...]:
        """The sides coordinated in one phrase."""
        head = self.reading.doc[mention.start : mention.end].root
        named = (self.reading.mention(t) for t in (head, *clauses.conjuncts(head)))
        found = (m.party for m in named if m is not None and m.kind != "adjective")
        return tuple(dict.fromkeys(p for p in found if p is not None and p in self.sides))


def _speech(reading: Reading) -> list[Attribution | None]:
    """For each token the shortest content that holds it."""
    found: list[Attribution | None] = [None] * len(reading.doc)
    for speech in sorted(reading.attributions, key=lambda a: a.content[0] - a.content[1]):
        for i in range(*speech.content):
            found[i] = speech
    return found


def _sides(reading: Reading, named: Counter[str]) -> tuple[str, ...]:
    """The sides of the negotiation, and third parties that the report names as often as a side."""
    between = reading.pack.between
    most = sorted((named[p] for p in named), reverse=True)
    floor = max(_LEAST, _SHARE * most[1]) if len(most) > 1 else _LEAST
    third = [p for p, n in named.most_common() if p not in between and n >= floor]
    return (*between, *sorted(third))
