"""Who takes part in a contact: the parties behind the words, their names, their level, what the report calls them."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.way import lemma
from standoff.extract.cues import cues, words
from standoff.extract.mentions import Mention
from standoff.extract.parties import antecedent_token, is_joint, party
from standoff.extract.reading import Reading
from standoff.model.record import Level

_NOBODY = frozenset(
    ["nobody", "noone", "one", "person", "none", "anyone", "anybody", "someone", "somebody", "people", "members"]
)
_LEVELS: tuple[Level, ...] = ("leader", "minister", "deputy", "working")


def grouped(reading: Reading, head: Token | None) -> tuple[Token, ...]:
    """Those who are coordinated; also where the parser took 'President A and leader B' for one long name."""
    if head is None:
        return ()
    found: list[Token] = []
    for token in (head, *clauses.conjuncts(head)):
        others = [
            m
            for m in reading.mentions_in(token.left_edge.i, token.i)
            if m.kind in ("official", "person") and m.end <= token.i
        ]
        own = reading.mention(token)
        found += [
            reading.doc[m.start : m.end].root
            for m in others
            if own is not None and own.kind in ("official", "person") and m.name != own.name
        ]
        found.append(token)
    found += [t for t in head.subtree if _is_misplaced(reading, t, head)]
    return tuple(dict.fromkeys(found))


def _is_misplaced(reading: Reading, token: Token, head: Token) -> bool:
    """'Senator Amollo of Siaya and Senator Orengo', where the parser coordinates the second with a place."""
    if token.dep_ != "conj" or token.head == head or token.head.ent_type_ != "GPE" or token.head.dep_ != "pobj":
        return False
    mention = reading.mention(token)
    return mention is not None and mention.kind in ("official", "person")


def both_before(reading: Reading, pronoun: Token) -> tuple[Token, ...]:
    """The last person of each of two sides named before 'they' in its sentence; () where one is missing."""
    last = {
        m.party: reading.doc[m.start : m.end].root
        for m in reading.mentions_in(pronoun.sent.start, pronoun.i)
        if m.kind in ("official", "person") and m.party in reading.pack.between
    }
    return tuple(sorted(last.values())) if len(last) == 2 else ()


def is_person(reading: Reading, token: Token) -> bool:
    mention = reading.mention(token)
    if mention is not None:
        return mention.kind in ("official", "person", "body")
    return (
        token.lower_ in words("nouns", "offices")
        or token.lower_ in ("him", "her", "them")
        or token.lower_ in words("nouns", "agents")
    )


def sides_of(reading: Reading, people: Iterable[Token]) -> dict[str, list[Token]]:
    """The parties of those who take part, with who stands for each."""
    sides: dict[str, list[Token]] = {}
    for token in people:
        mention = reading.mention(token)
        if mention is not None and mention.kind == "outlet":
            continue
        codes = (
            (mention.party,)
            if mention is not None and mention.kind == "adjective" and mention.party
            else _stands_for(reading, token)
        )
        if token.lower_ in ("him", "her", "them") and sides and set(codes) <= set(sides):
            codes = tuple(m.party for m in (_someone_else(reading, token, set(sides)),) if m is not None and m.party)
        for code in codes:
            sides.setdefault(code, []).append(token)
    return sides


def _stands_for(reading: Reading, token: Token) -> tuple[str, ...]:
    """The parties of one head; of both adjectives in 'Kenyan and Ugandan negotiators'."""
    found = list(party(reading, token))
    if not found and token.lower_ in _NOBODY:  # "nobody from the administration"
        return tuple(p for t in clauses.prepositional(token, "from", "in", "of") for p in party(reading, t))
    if not found and token.tag_ == "NNS" and _is_both(token):
        return reading.pack.between
    if token.tag_ == "NNS" and token.lower_ in words("nouns", "agents"):
        for child in token.children:
            if child.dep_ in ("amod", "nmod", "compound"):
                found += [
                    m.party
                    for t in (child, *clauses.conjuncts(child))
                    if (m := reading.mention(t)) is not None and m.party and m.party not in found
                ]
    return tuple(found)


def _is_both(token: Token) -> bool:
    """'the leaders', 'ministers of the two countries', 'a meeting of deputies': those of both sides, none named."""
    known = words("nouns", "agents") | frozenset(cues("nouns")["joint"]["words"])
    if token.lower_ not in known:
        return False
    inner = clauses.prepositional(token, "of", "from")
    if inner:
        return any(is_joint(t) for t in inner)
    beside = [c.lower_ for c in token.children if c.dep_ not in ("punct", "cc", "conj", "relcl")]
    met = token.dep_ == "pobj" and token.head.lower_ == "of" and lemma(token.head.head) in cues("contacts")["nouns"]
    bare = token.lemma_ == "negotiator" and token.dep_ == "nsubj" and token.head.lemma_ in ("meet", "reconvene")
    return token.lower_ in cues("contacts")["both"] and (beside == ["the"] or (not beside and (met or bare)))


def _someone_else(reading: Reading, pronoun: Token, taken: set[str]) -> Mention | None:
    """Whom an object pronoun stands for, who cannot be the subject: the last official of another party."""
    back = pronoun.sent.start - 1
    start = pronoun.doc[back].sent.start if back > 0 else 0
    fitting = [
        m
        for m in reading.mentions_in(start, pronoun.i)
        if m.kind in ("official", "person") and m.party and m.party not in taken
    ]
    return fitting[-1] if fitting else None


def has_strangers(reading: Reading, people: tuple[Token, ...]) -> bool:
    """Whether someone is named who belongs to no party."""
    return any(
        t.pos_ in ("PROPN", "NOUN")
        and not party(reading, t)
        and t.lemma_.lower() not in words("linkages", "matters")
        and ((m := reading.mention(t)) is None or m.kind == "person")
        for t in people
    )


def names_of(reading: Reading, who: tuple[Token, ...]) -> frozenset[str]:
    found = set()
    for token in who:
        mention = meant(reading, token, who)
        if mention is not None and mention.kind in ("official", "person", "body"):
            found.add(mention.name)
    return frozenset(found)


def meant(reading: Reading, token: Token, who: tuple[Token, ...]) -> Mention | None:
    """The name that a participant bears in this report; of a pronoun that of whom it stands for."""
    mention = reading.mention(token) or _beside(reading, token)
    if mention is not None or token.pos_ != "PRON" or token.lower_ in _NOBODY:
        return mention
    speech = reading.said(token)
    if token.lower_ in ("we", "i", "us", "me") and speech is not None and speech.name:
        return next((m for m in reading.mentions if m.name == speech.name), None)
    if token.lower_ in ("him", "her", "them"):
        taken = {p for t in who if t != token for p in _stands_for(reading, t)}
        if (other := _someone_else(reading, token, taken)) is not None:
            return other
    found = antecedent_token(reading, token)
    return reading.mention(found) if found is not None else None


def _beside(reading: Reading, noun: Token) -> Mention | None:
    """The name right beside a description: 'his counterpart Amina Odhiambo'."""
    for child in noun.children:
        mention = reading.mention(child) if child.dep_ == "appos" else None
        if mention is not None and mention.kind in ("official", "person") and mention.start <= noun.i + 2:
            return mention
    return None


def level_of(reading: Reading, who: tuple[Token, ...]) -> Level | None:
    found: set[str] = set()
    for token in who:
        mention = meant(reading, token, who)
        if mention is not None and mention.level:
            found.add(mention.level)
        elif mention is None and not _leads_a_team(token):
            found |= {level for level in _LEVELS if token.lower_ in cues("contacts")["level"][level]}
    return next((level for level in _LEVELS if level in found), None)


def _until_place(phrase: Tokens) -> int:
    """Where a phrase ends, without the place that the parser hung on its last name: 'of the king | in Nairobi'."""
    places = (
        t.head.i for t in phrase if t.dep_ == "pobj" and t.ent_type_ in ("GPE", "LOC") and t.head.lower_ in ("in", "at")
    )
    return min(places, default=phrase.end)


def _leads_a_team(token: Token) -> bool:
    """'the leader of the Kenyan delegation' is no head of state."""
    return any(t.lemma_ in words("contacts", "officials") for t in clauses.prepositional(token, "of"))


def called(reading: Reading, token: Token, who: tuple[Token, ...] = ()) -> str:
    """What the report calls one who takes part, title included; a pronoun by the name that it stands for."""
    if token.lower_ in _NOBODY and (inner := clauses.prepositional(token, "from", "in", "of")):
        return reading.words(clauses.noun_phrase(inner[0]))
    mention = meant(reading, token, who)
    if mention is not None and token.pos_ == "PRON":
        return reading.words(reading.doc[mention.start : mention.end])
    if mention is not None and token.dep_ in ("compound", "amod", "nmod"):
        return reading.words(reading.doc[mention.start : mention.end])
    head = reading.doc[mention.start : mention.end].root if mention is not None else token
    if head.pos_ not in ("NOUN", "PROPN"):
        return reading.words(head)
    end = head.i + 1
    for child in head.rights:  # "representatives of the steel makers", but not "the premier in Nairobi"
        if (
            mention is None
            and child.dep_ == "prep"
            and child.i == end
            and not any(t.ent_type_ in ("GPE", "LOC", "FAC", "DATE") for t in child.children)
        ):
            end = _until_place(clauses.noun_phrase(child))
    start = clauses.noun_phrase(head).start
    if mention is not None:  # "President A and leader B" taken for one name: this one's own part
        earlier = [m.end for m in reading.mentions_in(start, mention.start) if m.kind in ("official", "person")]
        start = max([start, *earlier])
        start += start < mention.start and reading.doc[start].lower_ in ("and", ",")
    return reading.words(reading.doc[start:end])
