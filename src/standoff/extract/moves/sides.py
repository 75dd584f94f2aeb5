"""Who stands against whom in a report: who acts, toward whom, and who is meant where the words leave it open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.issues import Issues, issues
from standoff.extract.mentions import Mention
from standoff.extract.moves.frame_words import known, lemma
from standoff.extract.parties import antecedent_token, is_joint, parties, qualifier
from standoff.extract.reading import Attribution, Reading

_LEAST = 3  # mentions that make a third party one of the sides of a report
_SHARE = 0.25  # and its share of the mentions of the second most named party
BACK = 60  # tokens back in which the other side is looked for where there are more than two

_TITLES = 7  # words of a title before a name: 'North Korean vice foreign minister'
_THEY = frozenset({"they", "them"})
_LONGEST_DATELINE = 12
_OURS = frozenset("i me we us you".split())
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
    dateline: int = 0  # the words before the report's text: 'OSLO, Norway -'
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
        self.dateline = _dateline(self.reading)

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
        if head is None or _is_filler(head):
            return ()
        if head.i not in self._known:
            self._known[head.i] = ()  # asked again on the way, a pronoun stands for nobody
            named = self._after_dateline(head) if head.i < self.dateline else parties(self.reading, head)
            found = self._speaking(head) or self._across(head, self._with_before(head, named))
            if (
                head.lower_ in ("two", "both")
                and not found
                and len(self.reading.pack.between) == 2
                and not clauses.prepositional(head, "of")
            ):
                found = self.reading.pack.between
            if not found and lemma(head) in known("factions"):
                found = qualifier(self.reading, head)
            if not found and self._of_the_speaker(head):
                found = self._speech_parties(head)
            if not found and any(is_joint(t) for t in clauses.prepositional(head, "of")):
                found = self.reading.pack.between
            if len(found) > 2 and self._is_pair(head):
                found = tuple(p for p in found if p in self._most_named(found))
            if len(found) < 2 and head.tag_ in ("NNS", "NNPS") and (found or lemma(head) in GROUPS):
                found += tuple(p for p in self._shared(head) if p not in found)
            if not found and lemma(head) in _MANY:
                found = tuple(p for t in clauses.prepositional(head, "of") for p in parties(self.reading, t))
            self._known[head.i] = found
        return self._known[head.i]

    def _is_pair(self, head: Token) -> bool:
        """'both sides', 'the two governments'."""
        return is_joint(head) and any(t.lower_ in ("both", "two") for t in (head, *head.children))

    def _most_named(self, those: tuple[str, ...]) -> list[str]:
        """The two of several parties that the report names most."""
        return sorted(those, key=lambda p: -self.named[p])[:2]

    def _of_the_speaker(self, head: Token) -> bool:
        """'the country', 'his country', 'the country's negotiators', 'the group', in a party's words."""
        whose = next((c for c in head.children if c.dep_ == "poss"), None)
        land = whose if whose is not None and whose.pos_ == "NOUN" else head
        return lemma(land) in _OWN_SIDE and any(c.lower_ in ("the", "his", "its", "our", "her") for c in land.children)

    def _speech_parties(self, head: Token) -> tuple[str, ...]:
        speech = self.said[head.i]
        return speech.parties if speech is not None and len(speech.parties) == 1 else ()

    def _after_dateline(self, head: Token) -> tuple[str, ...]:
        """Who is meant where a dateline is taken for the first of several: 'OSLO, Norway - Officials of both'."""
        found = (p for t in clauses.conjuncts(head) if t.i >= self.dateline for p in parties(self.reading, t))
        return tuple(dict.fromkeys(found))

    def _with_before(self, head: Token, found: tuple[str, ...]) -> tuple[str, ...]:
        """'Mr. Roe and the other side's premier Ann Poe met', with the first name hung on the second as a title."""
        own = self.reading.mention(head) if head.dep_ in clauses.SUBJECTS and len(found) == 1 else None
        if own is None:
            return found
        at = own.start - 1
        while at > head.sent.start and at > own.start - _TITLES and self._is_title(at, found[0]):
            at -= 1
        if at <= head.sent.start or head.doc[at].lower_ != "and":
            return found
        first = self.reading.mention(head.doc[at - 1])
        hung = first is not None and head.doc[at - 1].dep_ in ("compound", "amod", "nmod", "appos")
        if first is None or first.party is None or not hung or first.kind == "adjective" or first.party in found:
            return found
        return (first.party, *found)

    def _is_title(self, at: int, party: str) -> bool:
        mention = self.reading.mention(self.reading.doc[at])
        if mention is not None:
            return mention.party == party
        return self.reading.doc[at].pos_ in ("PROPN", "NOUN", "ADJ")

    def _across(self, head: Token, found: tuple[str, ...]) -> tuple[str, ...]:
        """'they' in a party's own words are the others, 'they' of those who speak together are both."""
        speech = self.said[head.i]
        if speech is None or speech.cue is None or head.tag_ != "PRP" or head.lower_ in _OURS:
            return found
        spoken_of = clauses.prepositional(self.reading.doc[speech.cue[0]], "of") if speech.direct else ()
        if spoken_of and (of := self.who(spoken_of[0])):  # '"...," he said of the ministers'
            return of
        if speech.direct and found and self._is_the_speaker(head, speech):
            other = self.opposite(found[0], head)
            return (other,) if other else found
        if head.lower_ not in _THEY or len(found) != 1:
            return found
        if not speech.direct and head.dep_ in clauses.SUBJECTS:
            joint = self.who(clauses.subject(self.reading.doc[speech.cue[0]]))
            return joint if len(joint) > 1 and set(found) <= set(joint) else found
        if speech.direct and found == speech.parties and len(self.reading.pack.between) > 2:
            other = self.opposite(found[0], head)
            return (other,) if other else found
        return found

    def _is_the_speaker(self, head: Token, speech: Attribution) -> bool:
        """Whether a pronoun in somebody's own words was taken for who says them: nobody calls himself 'he'."""
        meant = antecedent_token(self.reading, head) if head.lower_ in ("he", "she") else None
        mention = self.reading.mention(meant) if meant is not None else None
        return mention is not None and speech.name is not None and mention.name == speech.name

    def _speaking(self, head: Token) -> tuple[str, ...]:
        """'said it would', 'said he wants', 'said the president told him to': in reported speech the one who speaks."""
        named = head.dep_ == "dobj" and (doer := clauses.subject(head.head)) is not None and doer.pos_ != "PRON"
        told = head.lower_ in ("him", "her") and named
        if not told and (head.lower_ not in ("it", "he", "she") or head.dep_ not in clauses.SUBJECTS):
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
        others = between or others
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


def _dateline(reading: Reading) -> int:
    """How many words the dateline has with its dash; 0 where there is none."""
    opening = reading.doc[:_LONGEST_DATELINE]
    marks = (t.i for t in opening if t.text in ("-", "–", "—", "--"))
    dash = next((i for i in marks if i and reading.doc[i - 1].whitespace_), 0)
    named = all(t.pos_ in ("PROPN", "PUNCT") or t.text in (",", "(", ")", ".", "-") for t in opening[:dash])
    return dash + 1 if dash and named else 0


def _is_filler(head: Token) -> bool:
    """The 'it' of 'it is important to seek a compromise'."""
    be = head.head
    if head.lower_ != "it" or head.dep_ not in clauses.SUBJECTS or be.pos_ != "AUX":
        return False
    said = [c for c in be.children if c.dep_ == "acomp" and c.lower_ in known("filling")]
    acts = [c for t in (be, *said) for c in t.children if c.dep_ in ("xcomp", "advcl") and c.i > t.i]
    return bool(said) and any(g.tag_ == "TO" for c in acts for g in c.children)


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
