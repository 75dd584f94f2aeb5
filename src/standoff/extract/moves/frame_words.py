"""What a frame is, and the lexicon that frames are read from (`cues/en/moves.yaml`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues, words
from standoff.extract.parties import is_joint
from standoff.model.record import MoveType

_SUMS = frozenset("million billion trillion some most many all half rest part any".split())
_LISTED = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A predicate and its parts: `doer` acts toward `recipient`; each of `items` is a thing or an act at stake.

    `measure` is the restrictive measure that is imposed or eased, where there is one. `by` are the parties that act
    where the frame knows them itself (whose words they are), `about` those whom it then concerns.
    """

    type: MoveType
    predicate: Token
    doer: Token | None = None
    recipient: Token | None = None
    items: tuple[Token, ...] = ()
    rule: str
    measure: Token | None = None
    by: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@cache
def known(path: str) -> frozenset[str]:
    """A list of the lexicon by its path: `known("harm.impose")`. Raises KeyError for one that is not there."""
    at = cues("moves")
    for key in path.split("."):
        at = at[key]
    return frozenset(at)


@cache
def makers(path: str) -> dict[str, MoveType]:
    """A table of the lexicon turned round: from a lemma to the move it makes."""
    at = cues("moves")
    for key in path.split("."):
        at = at[key]
    return {word: cast(MoveType, type) for type, words in at.items() for word in words}


@cache
def linked(path: str) -> dict[str, dict[str, MoveType]]:
    """The same for lemmas that need a word beside them (`call` with `for`): lemma, then that word, then the move."""
    found: dict[str, dict[str, MoveType]] = {}
    for type, table in cues("moves")["verbs"][path].items():
        for lemma, companions in table.items():
            for companion in companions:
                found.setdefault(lemma, {})[companion] = type
    return found


def lemma(token: Token) -> str:
    """The dictionary form in lower case; of a word with a hyphen that the lexicon has, the whole: 'cease-fire'."""
    own = token.lemma_.lower()
    if token.pos_ == "PROPN" and own.endswith("s") and own not in all_words() and own[:-1] in all_words():
        own = own[:-1]  # 'Tariffs', as posts print it
    if own in hyphenated() and token.i > 1 and token.nbor(-1).text == "-" and not token.nbor(-2).whitespace_:
        whole = f"{token.nbor(-2).lower_}-{own}"
        if whole in hyphenated()[own]:
            return whole
    return own


@cache
def all_words() -> frozenset[str]:
    """Every word of the lexicon, of whatever list."""
    found: set[str] = set()
    stack: list[object] = [*cues("moves").values()]
    while stack:
        at = stack.pop()
        if isinstance(at, dict):
            found |= {key for key in at if isinstance(key, str)}
            stack += at.values()
        elif isinstance(at, list):
            found |= {str(word) for word in at}
    return frozenset(found)


@cache
def hyphenated() -> dict[str, frozenset[str]]:
    """The words of the lexicon that a parser takes apart at their hyphen, by what stands behind it."""
    found: dict[str, frozenset[str]] = {}
    for word in sorted(word for word in all_words() if "-" in word):
        tail = word.rpartition("-")[2]
        found[tail] = found.get(tail, frozenset()) | {word}
    return found


def restricts(thing: Token) -> bool:
    """Whether a noun phrase is about a restrictive measure, by its head or by what it is of ('a round of tariffs')."""
    own = lemma(thing)
    if own in known("harm.restrictive"):
        return True
    if own in _SUMS:  # 'the $200 billion in planned tariffs', 'some of the duties'
        return any(restricts(t) for t in clauses.prepositional(thing, "in", "of", "worth"))
    if own not in known("harm.things"):
        return False
    near = [c for c in thing.children if c.dep_ in ("compound", "amod", "nmod")]
    near += clauses.prepositional(thing, "of", "in", "on")
    return any(lemma(c) in known("harm.restrictive") for c in near)


def is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def is_timed(thing: Token) -> bool:
    """'on Monday', 'in May': a time, not a thing at stake."""
    return thing.ent_type_ in ("DATE", "TIME") or lemma(thing) in known("no_things")


def taken(noun: Token, *prepositions: str) -> tuple[Token, ...]:
    """What a noun takes by a preposition, also where that hangs on the verb above ('defended its demand for')."""
    found = clauses.prepositional(noun, *prepositions)
    if found or noun.i + 1 >= len(noun.doc):
        return found
    after = noun.nbor()
    if after.lower_ in prepositions and after.head == noun.head:
        heads = [c for c in after.children if c.dep_ in ("pobj", "pcomp")]
        return tuple(t for head in heads for t in (head, *clauses.conjuncts(head)))
    return ()


def spelled(noun: Token) -> tuple[Token, ...]:
    """The clauses of a noun, 'that' clauses read as relative ones among them: 'his vow that they will pay'."""
    that = (c for c in noun.children if c.dep_ == "relcl" and any(g.dep_ == "mark" for g in c.children))
    return clauses.complements(noun) or tuple(that)[:1]


def pieces(run: Tokens) -> Iterator[Token]:
    """The head of each piece between commas: parsers seldom see that the parts of a long list are coordinated."""
    doc, start, ends = run.doc, run.start, [t.i for t in run if t.text in (",", ";")]
    last = [t.i for t in doc[ends[-1] + 2 : run.end] if t.lower_ in ("and", "or")] if ends else []
    for i in (*ends, *(last if len(last) == 1 else ()), run.end):  # the only 'and' behind the commas ends the list
        if i > start:
            piece = doc[start:i]
            start = i + 1
            outward = [t for t in piece if t.head.i < piece.start or t.head.i >= piece.end]
            head = next((t for t in outward if t.pos_ in _LISTED), None)
            if head is not None and head.dep_ != "relcl":
                yield from (head, *(c for c in clauses.conjuncts(head) if c.i < piece.end))


def asks(verb: Token) -> bool:
    """'what it will do', 'whether': a question inside the sentence; a 'that' misread as a pronoun asks nothing."""
    asking = (c for c in verb.children if c.tag_ in ("WP", "WRB", "WDT") or c.lower_ in ("whether", "if"))
    return any(c.lower_ != "that" for c in asking)


def asks_somebody(act: Token) -> bool:
    """Whether an act that is wished for is somebody's: 'for them to stop', but not 'that a deal be reached'."""
    doer = next((c for c in act.children if c.dep_ in clauses.SUBJECTS), None)
    if doer is None or clauses.is_passive(act) or is_joint(doer):
        return False
    return doer.pos_ in ("PROPN", "PRON") or doer.lower_ in words("nouns", "agents")


def affected(verb: Token) -> tuple[Token, ...]:
    """What a verb is done to: objects, a passive's subject, the noun of 'tariffs imposed', 'tariffs it imposed'."""
    found = clauses.objects(verb)
    if verb.dep_ == "relcl" and len(found) == 1 and found[0].lower_ in ("that", "which"):
        return (verb.head,)
    if not found and verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.head.pos_ in ("NOUN", "PROPN"):
        return (verb.head,)
    if not found and verb.dep_ == "relcl" and not any(c.tag_ in ("WDT", "WP") for c in verb.children):
        return (verb.head,)
    return found


def puts_to_test(verb: Token) -> bool:
    """'puts their threat to the test': nothing is put anywhere."""
    if lemma(verb) != "put":
        return False
    return any(lemma(t) == "test" for at in (verb, *clauses.objects(verb)) for t in clauses.prepositional(at, "to"))


def has_beside(verb: Token, *words: str) -> bool:
    """Whether a verb has one of the words beside it: 'put ... off', 'is on hold'."""
    return any(
        g.lower_ in words
        for c in verb.children
        if c.dep_ in ("prt", "prep", "advmod", "dobj")
        for g in (c, *c.children)
    )


def is_resolute(step: Token) -> bool:
    """'all necessary measures', 'whatever action is needed'."""
    aims = (c for c in step.children if c.dep_ == "acl" and lemma(c) not in known("stand.verbs"))
    firm = any(c.lower_ in known("harm.resolute") for c in step.children)
    return firm and lemma(step) in known("suggested.steps") and not any(aims)
