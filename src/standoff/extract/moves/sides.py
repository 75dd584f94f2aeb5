"""Who stands against whom in a report: who acts, toward whom, and who is meant where the words leave it open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import words
from standoff.extract.issues import Issues, issues
from standoff.extract.moves.frame_words import Frame, known, lemma
from standoff.extract.parties import is_joint, owner, parties, party
from standoff.extract.reading import Attribution, Reading

_LEAST = 3  # mentions that make a third party one of the sides of a report
_SHARE = 0.25  # and its share of the mentions of the second most named party
_BACK = 60  # tokens back in which the other side is looked for where there are more than two


@dataclass(slots=True)
class Scene:
    """A report with what moves ask of it at every word: who says it, and who stands against whom."""

    reading: Reading
    said: list[Attribution | None] = field(default_factory=list)
    spoken: list[bool] = field(default_factory=list)
    sides: tuple[str, ...] = ()
    named: Counter[str] = field(default_factory=Counter)
    imposer: tuple[str, ...] = ()
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
            if len(found) < 2 and head.tag_ in ("NNS", "NNPS") and (found or lemma(head) in _GROUPS):
                found += tuple(p for p in self._shared(head) if p not in found)
            if not found and lemma(head) in _MANY:
                found = tuple(p for t in clauses.prepositional(head, "of") for p in parties(self.reading, t))
            self._known[head.i] = found
        return self._known[head.i]

    def _of_the_speaker(self, head: Token) -> bool:
        """'the country', 'his country', 'the country's negotiators', in a party's words."""
        whose = next((c for c in head.children if c.dep_ == "poss"), None)
        land = whose if whose is not None and whose.pos_ == "NOUN" else head
        return lemma(land) in ("country", "nation") and any(
            c.lower_ in ("the", "his", "its", "our", "her") for c in land.children
        )

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
        here = [m.party for m in self.reading.mentions_in(start, end) if m.party in others]
        before = [m.party for m in self.reading.mentions_in(max(0, start - _BACK), start) if m.party in others]
        return here[-1] if here else before[-1] if before else max(others, key=lambda p: (self.named[p], p))


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


def pairs(scene: Scene, frame: Frame) -> tuple[tuple[str, str | None], ...]:
    """Who toward whom, for each pair; () where no side acts, or where it acts toward an outsider."""
    by = _actors(scene, frame)
    if not by:
        return ()
    to = _targets(scene, frame, by)
    if to is None or (frame.rule in ("force", "target") and not to) or (frame.rule == "due-jointly" and len(by) < 2):
        return ()
    if frame.rule == "traded":
        other = next(iter(to or by[1:]), scene.opposite(by[0], frame.predicate))
        return ((by[0], other), (other, by[0])) if other else ()
    if frame.type == "agree":
        others = tuple(p for p in (*by, *to) if p != by[0])
        return ((by[0], others[0] if others else scene.opposite(by[0], frame.predicate)),)
    found: list[tuple[str, str | None]] = []
    between = scene.reading.pack.between
    if len(between) == 2 and set(by) >= set(between):
        return ((between[0], between[1]), (between[1], between[0]))
    for giver in by:
        takers: list[str | None] = [p for p in to if p != giver]
        takers = takers or [scene.opposite(giver, frame.predicate, without=by)]
        found += [(giver, taker) for taker in takers]
    return tuple(found)


def _actors(scene: Scene, frame: Frame) -> tuple[str, ...]:
    by = frame.by or _told(scene, frame) or scene.who(frame.doer)
    if (
        not by and frame.doer is not None and frame.doer.dep_ in clauses.SUBJECTS
    ):  # 'Presidents Xi and Trump' read as two subjects
        by = tuple(p for c in frame.doer.head.children if c.dep_ in clauses.SUBJECTS for p in scene.who(c))
    if not by and frame.doer is not None and lemma(frame.doer) in known("voices"):
        by = owner(scene.reading, frame.doer)
    if not by and frame.measure is not None:
        by = owner(scene.reading, frame.measure)
        if not by:
            by = (
                _others(scene, burdened(scene, frame), frame.predicate)
                or _remover(scene, frame)
                or _last_imposer(scene, frame)
            )
    if not by and frame.predicate.pos_ == "NOUN" and frame.rule in ("noun", "steps", "standing-pact"):
        by = owner(scene.reading, frame.predicate)
    if not by and frame.predicate.dep_ == "acl" and frame.predicate.head.pos_ == "NOUN":  # 'the U.S. decision to add'
        by = owner(scene.reading, frame.predicate.head)
    if not by and (frame.doer is None or frame.doer.lower_ in _POINTING):
        by = _unnamed(scene, frame)
    return tuple(p for p in by if p in scene.sides)


def _remover(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """'wants them to remove the tariffs that have been imposed': who is to remove them has imposed them."""
    above = frame.measure.head if frame.measure is not None else None
    if frame.type != "impose" or above is None or lemma(above) not in known("harm.ease") or above == frame.predicate:
        return ()
    return scene.who(clauses.subject(above))


def _last_imposer(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Of a measure that takes effect or is changed by nobody named: the side that imposed last."""
    planned = frame.predicate.dep_ == "acl" and frame.predicate.tag_ == "VB"
    return scene.imposer if frame.doer is None and not planned else ()


def _told(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Whose words they are, where the predicate is itself the cue of reported speech."""
    cue = scene.cues.get(frame.predicate.i)
    if cue is None and frame.doer is not None and frame.predicate.pos_ == "NOUN":
        cue = scene.cues.get(frame.doer.head.i)
    if (
        cue is None
        or len(cue.parties) != 1
        or len(scene.who(frame.doer)) > 1
        or frame.rule in ("particle", "control-passive")
    ):
        return ()
    return cue.parties


def _is_past(verb: Token) -> bool:
    """'a deal struck in May', 'a truce was struck', but not 'once a deal is reached'."""
    return verb.dep_ == "acl" or any(c.lower_ in ("was", "were", "has", "have", "had") for c in verb.children)


def _unnamed(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Who acts where nobody is named: whoever speaks, else whoever stands against the one it is done to."""
    speech = scene.speech(frame.predicate)
    spoken = speech.parties if speech is not None and len(speech.parties) == 1 else ()
    if frame.rule == "owned-blame":
        blamed = scene.who(frame.recipient)
        above = scene.who(clauses.subject(verb)) if (verb := _verb_above(frame.predicate)) is not None else ()
        return tuple(p for p in spoken or above if p not in blamed)[:1]
    if frame.rule == "no-wish":
        return spoken
    if frame.rule in ("unacceptable", "to-blame"):
        return spoken
    toward = frame.about or scene.who(frame.recipient)
    if frame.rule == "noun" and frame.type == "threaten" and not toward:
        return _others(scene, spoken, frame.predicate)
    if frame.rule in ("act", "charge", "listing"):
        return _others(scene, toward or owner_of(scene, frame.recipient), frame.predicate)
    if frame.rule in ("noun", "light", "prep-inf", "content-passive", "control-passive", "control", "prep"):
        return _others(scene, toward, frame.predicate) or spoken
    if frame.rule == "pact" and not toward and _is_past(frame.predicate) and len(scene.reading.pack.between) == 2:
        return scene.reading.pack.between if all(scene.named[p] for p in scene.reading.pack.between) else ()
    if frame.rule in ("call-off", "pact", "particle", "accuse") and toward:
        return _others(scene, toward, frame.predicate)
    return ()


def owner_of(scene: Scene, head: Token | None) -> tuple[str, ...]:
    """Whose a thing is, or what it is of: '$110 billion of imports from China'."""
    if head is None:
        return ()
    return next(
        (o for t in (head, *clauses.prepositional(head, "of", "worth", "in")) if (o := owner(scene.reading, t))), ()
    )


def _verb_above(token: Token) -> Token | None:
    at = token
    while at.head != at:
        at = at.head
        if at.pos_ in ("VERB", "AUX"):
            return at
    return None


def _others(scene: Scene, toward: tuple[str, ...], near: Token) -> tuple[str, ...]:
    return tuple(o for p in toward[:1] if (o := scene.opposite(p, near)) is not None)


_POINTING = frozenset("these this that those which they".split())
_MANY = frozenset("thousand hundred dozen group number member majority pair bunch crowd".split())
_GROUPS = frozenset(
    "government administration side country nation power rival neighbor neighbour partner party leader leadership "
    "counterpart team negotiator other".split()
)


def _targets(scene: Scene, frame: Frame, by: tuple[str, ...]) -> tuple[str, ...] | None:
    """Toward whom: () leaves it to the opposite side, None says that it is not about the other side."""
    to = frame.about
    if not to and frame.recipient is not None:
        to = scene.who(frame.recipient) or owner(scene.reading, frame.recipient)
        if not to and _is_outsider(scene, frame):
            return None
    if not to and frame.type in ("impose", "ease", "threaten"):
        to = burdened(scene, frame)
    if to and not set(to) - set(by):
        told = frame.predicate.i in scene.cues and frame.type == "accuse"  # '"...," complained an official'
        if not told and (frame.recipient is None or frame.recipient.pos_ != "PRON"):
            return None
        to = ()  # a pronoun laid at the wrong door
    if not to and frame.type in ("accuse", "refuse", "demand"):
        to = tuple(p for p in _beside(scene, frame) if p not in by)[:1]
    if (
        to
        and not set(to) & set(scene.sides)
        and frame.type == "demand"
        and not frame.rule.startswith(("control", "prep"))
    ):
        to = ()  # 'insists that a third country take part' is asked of the other side
    if to and not set(to) & set(scene.sides):
        return None if len(scene.reading.pack.between) == 2 and set(by) & set(scene.reading.pack.between) else to
    return to


def _is_outsider(scene: Scene, frame: Frame) -> bool:
    """'asked community groups to', 'told his lieutenants to': named, but none of the sides."""
    head = frame.recipient
    if head is None or not (
        frame.rule.startswith("control") or (frame.type == "accuse" and head.ent_type_ in ("PERSON", "ORG", "GPE"))
    ):
        return False
    if head.pos_ == "PRON" or lemma(head) in _GROUPS or scene.reading.mention(head) is not None:
        return False
    if head.tag_ == "NN" and frame.rule.startswith("control"):
        return head.lower_ not in words("nouns", "agents")
    return head.pos_ == "PROPN" or (head.pos_ == "NOUN" and head.tag_ == "NNS")


def _beside(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Whose the thing is that is blamed, refused or asked for: 'condemned the president's decision'."""
    found: list[str] = []
    for item in frame.items:
        found += owner(scene.reading, item) or (scene.who(item) if item.pos_ in ("NOUN", "PROPN") else ())
        for child in item.children:
            if child.dep_ == "relcl" and (subject := clauses.subject(child)) is not None and subject != item:
                found += scene.who(subject)
    return tuple(found)


_UNDER = ("on", "against", "at")


def burdened(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """On whom a measure falls: 'on Chinese goods', 'imports from China'."""
    reading = scene.reading
    for head in (frame.measure, frame.predicate, *frame.items):
        if head is None:
            continue
        under = (t for at in (head, *clauses.prepositional(head, "of")) for t in clauses.prepositional(at, *_UNDER))
        for thing in under:
            for inner in (thing, *clauses.prepositional(thing, "of", "in", "worth")):
                if found := party(reading, inner) or owner(reading, inner):
                    return found
    return ()
