"""The two acts of a linkage in short plain lines: who, a verb in the present, and what."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.way import lemma
from standoff.extract.cues import words
from standoff.extract.linkages.actors import subject_of
from standoff.extract.linkages.links import Link, above
from standoff.extract.parties import parties
from standoff.extract.reading import Reading

_MOST_WORDS = 15
_LEFT_OUT = frozenset({"advcl", "punct", "conj", "cc", "mark", "relcl", "expl"})


def lines(reading: Reading, link: Link, first: str | None, then: str | None) -> tuple[str, str]:
    """What must come first and what follows, as it is meant: 'no talks until' is told as talks that follow."""
    denied_first, denied_then = _denials(link)
    return (
        _line(reading, link.first, first, denied_first, beyond=link.then)
        .removesuffix(" first")
        .removesuffix(" in order"),
        _line(reading, link.then, then, denied_then, beyond=link.first),
    )


def _denials(link: Link) -> tuple[bool | None, bool | None]:
    """Whether each act is told as denied (True), as affirmed (False), or as the words have it (None)."""
    refused = any(lemma(t) in words("linkages", "pointless") for t in above(link.then))
    not_then = clauses.is_negated(link.then) or refused or any(clauses.is_negated(t) for t in above(link.then))
    if link.rule == "unless":
        return (False, False) if not_then else (True, None)
    if link.unless:
        return True, False if link.rule == "otherwise" else None
    if not not_then:
        return None, None
    if link.rule == "if":
        return (False, False) if clauses.is_negated(link.first) else (None, None)
    as_long = link.rule in ("as-long-as", "so-long-as")
    return (True if as_long else None), (False if as_long or link.rule in ("until", "till", "before") else None)


def _line(reading: Reading, head: Token, actor: str | None, denied: bool | None, beyond: Token) -> str:
    party = reading.pack.party(actor) if actor else None
    name = party.name if party is not None else ""
    if head.pos_ not in ("VERB", "AUX"):
        return _cut(
            f"{name}: {reading.words(clauses.noun_phrase(head))}" if name else reading.words(clauses.noun_phrase(head))
        )
    if any(c.tag_ == "WP" and c.dep_ == "dobj" for c in head.children):
        return _cut(_asked_for(reading, head))
    bare = head.tag_ == "VBN" and head.dep_ == "ccomp" and not any(c.dep_ == "aux" for c in head.children)
    passive = bare or clauses.is_passive(head)  # bare: "wants the duties lifted"
    subject = _shown_subject(reading, head, name)
    who = reading.words(clauses.noun_phrase(subject)) if subject is not None else name
    if any(c.dep_ == "expl" for t in (head, head.head) if t in (head,) or head.dep_ == "xcomp" for c in t.children):
        who = "there"
    if denied is None:
        denied = any(c.dep_ == "neg" for c in head.children)
    tail = _tail(reading, head, beyond)
    not_ = denied and not who.lower().startswith("no ")
    return _cut(" ".join((who, _verb(head, passive=passive, many=_is_many(subject), denied=not_), tail)))


def _tail(reading: Reading, head: Token, beyond: Token) -> str:
    """What stands after the verb of an act, without the other act and the conjunction before it."""
    rest = [t.i for c in head.rights if c.dep_ not in _LEFT_OUT for t in c.subtree]
    if not rest:
        return ""
    end = max(rest) + 1
    sources = [a.source[0] for a in reading.attributions if a.source is not None and min(rest) < a.source[0] < end]
    end = min([end, *sources])  # "... supplies evidence, an adviser said"
    if head.is_ancestor(beyond):  # "hold back parts | in exchange for the magnets", "rise | if they agree"
        over = (t for t in beyond.ancestors if t.dep_ == "prep" and t.head.pos_ in ("VERB", "AUX") and t.i > head.i)
        end = min(end, next(over, beyond).left_edge.i)
    return reading.words(head.doc[min(rest) : end]) if end > min(rest) else ""


def _asked_for(reading: Reading, head: Token) -> str:
    """'what it expects in exchange': not done by who expects it, and named only so."""
    subject = subject_of(head)
    named = [p.name for code in parties(reading, subject) if (p := reading.pack.party(code)) is not None]
    who = named[0] if named else reading.words(clauses.noun_phrase(subject)) if subject is not None else ""
    return f"what {who} {_verb(head, passive=False, many=_is_many(subject) and not named, denied=False)}"


def _shown_subject(reading: Reading, head: Token, name: str) -> Token | None:
    """The subject to be shown in its own words; None where the party's name says it better."""
    subject = subject_of(head)
    if subject is None or clauses.is_passive(head) or not name:
        return subject
    own = subject.head == head and subject.pos_ != "PRON" and not parties(reading, subject)
    return subject if own else None


def _is_many(subject: Token | None) -> bool:
    if subject is None:
        return False
    plural = subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("they", "we", "you", "i")
    return plural or bool(clauses.conjuncts(subject))


def _verb(head: Token, *, passive: bool, many: bool, denied: bool) -> str:
    """'lifts', 'do not lift', 'is lifted'."""
    if passive or head.lemma_ == "be":
        return f"{'are' if many else 'is'}{' not' * denied}{' ' + head.text if passive else ''}"
    if denied:
        return f"{'do' if many else 'does'} not {lemma(head)}"
    return lemma(head) if many else _third(lemma(head))


def _third(lemma: str) -> str:
    """The third person of the present: goes, carries, has."""
    if lemma in ("be", "have"):
        return {"be": "is", "have": "has"}[lemma]
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def _cut(line: str) -> str:
    return " ".join(line.split()[:_MOST_WORDS]).strip(" ,;:-")
