"""Which links are of the bargaining: both sides tell of acts, and parties or what they bargain about stand on them."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.way import lemma
from standoff.extract.cues import words
from standoff.extract.issues import issue_of
from standoff.extract.linkages.actors import actors_of, holder_of, sided, speaker_of, stands, subject_of
from standoff.extract.linkages.links import Link, own_words
from standoff.extract.reading import Reading


def binds(reading: Reading, link: Link) -> bool:
    """Whether both sides are acts of the bargaining, and a party is the actor of one (or both are its matter)."""
    if (_by_outsiders(reading, link.then) and link.rule != "failure") or (
        _by_outsiders(reading, link.first) and speaker_of(reading, link) is None
    ):
        return False
    first, then = _on_matter(reading, link.first, link.then), _on_matter(reading, link.then, link.first)
    sides = {*actors_of(reading, link.first), *actors_of(reading, link.then), *_concerned(reading, link.first)}
    if link.rule == "exchange" and first and then:
        return True  # 'relief from the duties in return for a halt to the subsidies', whosever they are
    if link.rule == "side-by-side":
        return first and then and len(sides) > 1
    if link.rule in ("exchange", "depends", "condition", "prompting", "part-of", "echo") or link.strong:
        return bool(sides) and (first or then or link.rule == "condition") and not _is_supply(link, then)
    return not _is_idle(reading, link, first, then) and _is_between(reading, link, sides, first, then)


def _is_between(reading: Reading, link: Link, sides: set[str], first: bool, then: bool) -> bool:
    """Whether the parties, or what they bargain about, stand on both sides of a link."""
    if len(sides) > 1 or (sides and (first or then or lemma(link.then) in words("linkages", "accepting"))):
        return True
    return (first and then) or ((first or then) and speaker_of(reading, link) is not None)


def _is_supply(link: Link, then: bool) -> bool:
    """'manufacturers that depend on sales abroad': no act of a bargaining waits for them."""
    return link.rule == "depends" and not then and link.first.pos_ not in ("VERB", "AUX")


def _is_idle(reading: Reading, link: Link, first: bool, then: bool) -> bool:
    """Whether one of two clauses tells of no act: a view, a state, what both let rest, what was never done."""
    if link.rule in ("while", "whilst") and len(actors_of(reading, link.then)) != 1:
        return True  # what both put off together
    if link.rule == "without" and lemma(link.then) not in words("linkages", "acts"):
        return True  # "will not crash without a treaty"
    if link.rule == "without" and not first and not actors_of(reading, link.first):
        return True  # "without doubt"
    both = _is_act(reading, link.first, first) and _is_act(reading, link.then, then)
    return not both or _is_unreal(link) or _is_opinion(reading, link)


def _concerned(reading: Reading, head: Token) -> tuple[str, ...]:
    """Whose thing undergoes a passive: 'Kenya's concerns must be addressed'."""
    return holder_of(reading, subject_of(head)) if clauses.is_passive(head) else ()


def _by_outsiders(reading: Reading, head: Token) -> bool:
    """Whether the subject is no party and not what is bargained about: 'families would pay more if'."""
    if head.pos_ not in ("VERB", "AUX"):
        return False
    subject = subject_of(head)
    if subject is None or any(c.dep_ == "expl" for c in head.children) or lemma(head) in words("linkages", "face"):
        return False
    if subject.pos_ == "PRON":  # "it is good"; not "they are in place", "it is time to go"
        own = subject.head == head and not stands(head)
        return own and lemma(head) == "be" and subject.lower_ in ("it", "that", "this")
    known = words("linkages", "matters") | words("nouns", "agents") | words("linkages", "owned")
    known |= words("linkages", "states_of")
    if (
        clauses.is_passive(head)
        or {t.lemma_.lower() for t in clauses.noun_phrase(subject)} & known
        or subject.lower_ in known
    ):
        return False
    return not (sided(reading, subject) or holder_of(reading, subject))


def _is_act(reading: Reading, head: Token, matter: bool) -> bool:
    """What is bargained about, what one does in a bargaining, or whatever a party does but think, have or be."""
    done = words("linkages", "acts") | words("linkages", "harms")
    if matter or head.pos_ not in ("VERB", "AUX") or lemma(head) in done:
        return True
    if lemma(head) in words("linkages", "opinions") | words("linkages", "states"):
        return False
    subject = subject_of(head)
    named = subject is not None and subject.lower_ in words("nouns", "agents") | words("linkages", "states_of")
    return named or bool(actors_of(reading, head))


def _is_unreal(link: Link) -> bool:
    """'if they had waited, the duties would have gone': what was never done binds nobody."""
    return all(
        any(c.dep_ == "aux" and c.lower_ in ("had", "have", "'d") for t in (act, *_carrying(act)) for c in t.children)
        and clauses.mode(act) != "expected"
        for act in (link.first, link.then)
    )


def _carrying(act: Token) -> tuple[Token, ...]:
    """The verb that carries the tense of an infinitive: 'would have forced them to go'."""
    return (act.head,) if act.dep_ == "xcomp" else ()


def _is_opinion(reading: Reading, link: Link) -> bool:
    """'it would be historic': the conditional says what would be good or bad."""
    then = link.then
    if lemma(then) not in words("linkages", "opinions"):
        return False
    if any(c.dep_ == "expl" for c in then.head.children) and then.dep_ == "xcomp":
        return False  # "if there is to be a deal"
    if then.lemma_ == "be" and any(c.dep_ == "expl" and c.lower_ == "there" for c in then.children):
        return False  # "there will be no deal if"
    if then.lemma_ == "be":
        return not any(c.lower_ in words("linkages", "possible") for c in then.children)
    return not actors_of(reading, then)


def _on_matter(reading: Reading, head: Token, other: Token) -> bool:
    """Whether the clause or noun phrase speaks of what is bargained about; the other act left out."""
    if stands(head):
        return True
    beyond = set(other.subtree) if head not in other.subtree else set()
    alike = [
        c
        for c in clauses.conjuncts(head)
        if c.pos_ == "VERB" and not any(g.dep_ in clauses.SUBJECTS for g in c.children)
    ]
    tokens = [t for part in (head, *alike) for t in own_words(part) if t not in beyond]
    if any(t.lemma_.lower() in words("linkages", "matters") for t in tokens):
        return True
    return issue_of(reading.pack, " ".join(t.text for t in tokens)) != "other"
