"""Who acts first and who then in a linkage, and whose condition it is; what is left open follows by its logic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.way import lemma
from standoff.extract.cues import cues, words
from standoff.extract.linkages.links import Link, above, act_in, demanding, own_words
from standoff.extract.parties import owner, parties
from standoff.extract.reading import Reading

_BACK = 60  # words before a pronoun in which the measure that it stands for is named


@dataclass(frozen=True, slots=True)
class Actors:
    by: str | None
    first: str | None
    then: str | None


def actors_of(reading: Reading, head: Token) -> tuple[str, ...]:
    """The parties that act in a clause, or whose thing a noun is; () where unnamed."""
    if head.pos_ in ("VERB", "AUX"):
        if stands(head):
            return _standing(reading, head)
        if clauses.is_passive(head):
            under = next((c for c in head.children if c.dep_ == "nsubjpass"), None)
            return sided(reading, clauses.agent(head)) or _owners(reading, under)
        subject = subject_of(head)
        if lemma(head) in words("linkages", "getting"):
            if (giver := _giver(head)) is not None:
                return sided(reading, giver)  # "get a response from them": the act is theirs
            return _across(reading, sided(reading, subject)) if not _shared(head) else ()
        return sided(reading, subject) or _owners(reading, subject)
    if reading.mention(head) is not None:
        return sided(reading, head)
    found = sided(reading, next(iter(clauses.prepositional(head, "by")), None)) or _owners(reading, head)
    if found:
        return found
    shown = [c for r in head.children if r.dep_ == "relcl" for c in r.children if c.dep_ == "ccomp"]
    if shown and (found := sided(reading, clauses.subject(shown[0]))):
        return found  # "moves that show the ministry is sincere"
    inner = clauses.prepositional(head, "of", "by", "from", "in")
    return (_owners(reading, inner[0]) or sided(reading, inner[0]) if inner else ()) or _within(reading, head)


def _within(reading: Reading, noun: Token) -> tuple[str, ...]:
    """'a halt to parts of Kenya's programme': the one party whose thing it is about, where that is no measure on it."""
    found: list[str] = []
    below = [noun]
    while below:
        at = below.pop()
        below += [c for c in at.children if c.dep_ in ("prep", "pobj", "compound") and c.lower_ not in ("on", "in")]
        for child in at.children:
            if child.dep_ in ("poss", "amod") and at.lemma_.lower() not in words("linkages", "owned"):
                found += sided(reading, child)
    return tuple(dict.fromkeys(found)) if len(set(found)) == 1 else ()


def _shared(verb: Token) -> bool:
    """'get a deal': what both make."""
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    return any(t.lemma_.lower() in words("linkages", "together") for t in clauses.objects(act_in(verb)))


def _across(reading: Reading, found: tuple[str, ...]) -> tuple[str, ...]:
    """The other side, of one of two."""
    return tuple(p for p in (reading.other(found[0]) if len(found) == 1 else None,) if p)


def _giver(verb: Token) -> Token | None:
    for head in (verb, *clauses.objects(verb)):
        if found := clauses.prepositional(head, "from"):
            return found[0]
    return None


def sided(reading: Reading, head: Token | None) -> tuple[str, ...]:
    """The parties that a noun phrase stands for; a pronoun only for one of the sides."""
    found = parties(reading, head)
    if head is not None and head.pos_ == "PRON":
        return tuple(p for p in found if p in reading.pack.between)
    return found


def stands(verb: Token) -> bool:
    """'as long as they are in place': what a pronoun says of a measure."""
    placed = any(t.lower_ in ("place", "force", "effect") for t in clauses.prepositional(verb, "in"))
    subject = clauses.subject(verb)
    return verb.lemma_ in ("be", "remain", "stay") and placed and subject is not None and subject.pos_ == "PRON"


def _standing(reading: Reading, verb: Token) -> tuple[str, ...]:
    """Whose measure it is that stands: the last one named before."""
    start = max(0, verb.i - _BACK)
    for token in reversed(reading.doc[start : verb.i]):
        if token.lemma_.lower() in words("linkages", "owned") and (found := owner(reading, token)):
            return found
    return ()


def _is_meant_by_pronoun(verb: Token) -> bool:
    subject = subject_of(verb) if verb.pos_ in ("VERB", "AUX") else None
    return subject is not None and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in subject.children)


def holder_of(reading: Reading, noun: Token | None) -> tuple[str, ...]:
    """'our struggle will go on', 'his country': whose it is, acts."""
    holder = next((c for c in noun.children if c.dep_ == "poss"), None) if noun is not None else None
    return sided(reading, holder) if holder is not None else ()


def _owners(reading: Reading, noun: Token | None) -> tuple[str, ...]:
    """Whose a measure is ('US tariffs', 'the tariffs it imposed'); other things are not their owner's to give."""
    if noun is None:
        return ()
    if noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() in words("linkages", "owned"):
        return owner(reading, noun)
    return holder_of(reading, noun) if noun.dep_ != "nsubjpass" else ()


def subject_of(verb: Token) -> Token | None:
    """The subject, found up through 'is ready to', 'has to', 'there is no point for them to'."""
    if (demand := demanding(verb)) is not None:
        return next((c for c in demand.children if c.dep_ == "dobj"), None)
    if any(c.dep_ == "expl" and c.lower_ == "there" for c in verb.children):
        return None
    found = clauses.subject(verb)
    controlled = verb.dep_ in ("xcomp", "acl", "advcl", "ccomp")
    if not controlled or (found is not None and found.lower_ not in ("there", "it")):
        return found
    head = verb.head
    if head.pos_ in ("NOUN", "ADJ"):
        for_ = clauses.prepositional(head, "for") or clauses.prepositional(head.head, "for")
        if for_:
            return for_[0]
        return clauses.subject(head.head) if head.dep_ in ("acomp", "attr", "oprd") else found
    return found


def _actor(reading: Reading, head: Token) -> str | None:
    found = actors_of(reading, head)
    return found[0] if len(found) == 1 else None


def actors(reading: Reading, link: Link, imposers: Mapping[int, str]) -> Iterator[Actors]:
    """Who is who in a link; once for each of several that act alike ("Canada and Mexico will not move until").

    `imposers`: whose measure each word is that names one, by its place in the parse.
    """
    firsts = actors_of(reading, link.first) or _relieving(link.first, imposers)
    thens = actors_of(reading, link.then) or _relieving(link.then, imposers)
    if (
        link.rule == "exchange"
        and len(thens) == 1
        and link.then.pos_ == "VERB"
        and lemma(link.then) in cues("linkages")["gains"]["verbs"]
    ):
        firsts, thens = thens, _across(reading, thens)  # who seeks relief in exchange, gives first
    if lemma(link.then) in words("linkages", "face"):  # who faces it does not do it
        thens = _across(reading, thens)
    if _is_asked(link.first) and len(firsts) == 1:
        firsts = _across(reading, firsts)  # what one side asks for, the other does
    elif (
        link.first.pos_ in ("NOUN", "PROPN") and firsts == thens and len(thens) == 1 and _is_meant_by_pronoun(link.then)
    ):
        thens = _across(reading, firsts)  # "without moves of theirs there is no use in its"
    elif link.first.pos_ in ("VERB", "AUX") and firsts == thens and len(thens) == 1:
        firsts = _not_the_same(reading, link, thens[0])
    many = thens if 1 < len(thens) < len(reading.pack.between) else (thens[0] if len(thens) == 1 else None,)
    for then in many:
        yield _filled(reading, link, firsts, then, joint=len(thens) > 1)


def _relieving(head: Token, imposers: Mapping[int, str]) -> tuple[str, ...]:
    """Who lifts a measure, where only the rest of the report says whose it is: 'relief from sanctions'."""
    table = cues("linkages")
    eases = lemma(head) in table["eases"] if head.pos_ in ("VERB", "AUX") else lemma(head) in table["gains"]["nouns"]
    if not eases and head.lemma_.lower() not in words("linkages", "owned"):
        return ()
    found = dict.fromkeys(imposers[t.i] for t in own_words(head) if t.i in imposers)
    return tuple(found) if len(found) == 1 else ()


def _is_asked(head: Token) -> bool:
    """'ask for more', 'demand concessions': the act is the other's; not in 'wants to keep'."""
    if any(c.dep_ == "xcomp" for c in head.children):
        return False
    return lemma(head) in cues("linkages")["gains"]["verbs"] and lemma(head) not in (
        "get",
        "receive",
        "win",
        "obtain",
        "gain",
    )


def _not_the_same(reading: Reading, link: Link, then: str) -> tuple[str, ...]:
    """'would lift sanctions on Kenya if it stops': the pronoun is the other party that the main clause names."""
    subject = clauses.subject(link.first)
    if subject is None or subject.pos_ != "PRON" or subject.lower_ in ("we", "i", "he", "she"):
        return (then,)
    main = own_words(link.then)
    named = [
        m.party
        for m in reading.mentions_in(main.start, main.end)
        if m.party and m.party != then and m.party in reading.pack.between
    ]
    return (named[-1],) if named else (then,)


def _filled(reading: Reading, link: Link, firsts: tuple[str, ...], then: str | None, *, joint: bool) -> Actors:
    first = firsts[0] if len(firsts) == 1 else None
    by = _demander(reading, link) or speaker_of(reading, link) or then
    if link.kind == "exchange" and link.rule == "exchange":
        if link.then.tag_ == "VBG" and first is not None:
            then = reading.other(first) or then
        elif then is not None:
            first = reading.other(then) if first in (None, then) or link.first.tag_ == "VBG" else first
        elif first is not None:
            then = reading.other(first)
    asked = link.then.tag_ == "VBG" and then is not None and then == first and _demander(reading, link) != first
    if link.rule in ("purpose", "or-face") or asked:
        then = (
            reading.other(first) or then
        )  # "must buy to avoid the duties"; "remove them before making any commitment"
    if first is None and len(firsts) < 2 and not _together(link.first):
        first = reading.other(then) if then else (reading.other(by) if not joint else None)
    if link.rule == "because" and _shared(link.first) and first in (then, by):
        first, then = None, then or by  # "because we made the deal": both did
    if link.kind == "threat" and first is not None and first == then and _shared(link.first):
        first = reading.other(then) or first  # "if he cannot make a deal"
    if then is None and not joint:
        then = (by if _together(link.then) else None) or reading.other(first) or by
    return Actors(by or then, first, then)


def _together(head: Token) -> bool:
    """'if no deal is reached', 'when the talks end': what both do."""
    subject = subject_of(head) if head.pos_ in ("VERB", "AUX") else head
    if subject is None:
        return any(c.dep_ == "expl" for c in head.children)
    return subject.lemma_.lower() in words("linkages", "together")


def _demander(reading: Reading, link: Link) -> str | None:
    """Who demands it: the subject of the verb of asking above."""
    for head in (link.first, link.then):
        named = head.dep_ in ("dobj", "nsubjpass")
        for verb in (head.head, *above(head.head)) if named else above(head):
            if verb.lemma_.lower() in words("linkages", "wanting"):
                found = parties(reading, clauses.doer(verb))
                if len(found) == 1:
                    return found[0]
    return None


def speaker_of(reading: Reading, link: Link) -> str | None:
    said = reading.said(link.then) or reading.said(link.first)
    return said.parties[0] if said is not None and len(said.parties) == 1 else None
