"""Ways to say that one act waits for another, or is traded for it: each rule reads one of them at a word.

What the words mean for the parties is settled in `linkage_actors`, which links are of the bargaining in `linkages`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.status import lemma
from standoff.extract.cues import cues, words
from standoff.model.record import LinkageKind

_NEEDED = frozenset(["must", "should", "need"])
_OPEN_KIND = frozenset({"if", "unless", "provided", "providing", "in-case"})  # a threat, an offer or a condition
SIDES = frozenset({"we", "they"})  # subjects of the two clauses of `_side_by_side`
_OPENED = frozenset({"ccomp", "pcomp", "acl", "relcl", "conj"})
_ADVERBIAL = frozenset({"advcl", "mark", "cc", "punct", "conj"})


@dataclass(frozen=True, slots=True)
class Link:
    """Heads of two acts: `then` follows only after (or is traded for) `first`. `unless`: `first` is meant denied."""

    first: Token
    then: Token
    kind: LinkageKind
    rule: str
    confidence: float
    unless: bool = False
    strong: bool = False
    mark: Token | None = None


def _conjunction(token: Token) -> Iterator[Link]:
    """'if they lift the tariffs, we will buy'; 'will not meet until'; 'must go before'."""
    frame = _conjunction_at(token)
    sub = _clause_after(token) if frame is not None else None
    if frame is None or sub is None:
        return
    main = _main(token if sub.head == token else sub, sub)
    if token.lower_ == "before" and token.i > 0 and token.nbor(-1).lower_ in words("linkages", "spans"):
        return  # "days before"
    if token.lower_ == "if" and not any(c.dep_ in (*clauses.SUBJECTS, "expl") for c in sub.children):
        return  # "if needed"
    if (
        sub.pos_ not in ("VERB", "AUX")
        and token.lower_ != "without"
        and not any(t.lemma_.lower() in words("linkages", "matters") for t in sub.subtree)
    ):
        return  # "until Friday"
    if (
        main is None
        or (token.lower_ == "if" and sub.dep_ in ("ccomp", "pcomp"))
        or not _needed(frame["needs"], main, sub, token)
    ):
        return
    name = "-".join(frame.get("words", [token.lower_]))
    strong, unless = bool(frame.get("strong")), bool(frame.get("unless"))
    sure = 0.5 if frame["needs"] == "mirrored" else 0.55 if frame["needs"] == "any" else 0.6
    for clause in (sub, *(c for c in clauses.conjuncts(sub) if strong and any(m.lower_ == "that" for m in c.children))):
        act = _act_in(clause)
        first, then = (main, act) if frame.get("then") == "sub" else (clause, main)
        kind: LinkageKind = "exchange" if frame["needs"] == "mirrored" else "precondition"
        if name in _OPEN_KIND:
            kind = _kind(then)
        yield Link(first, then, kind, name, sure, unless, strong, token)


def _conjunction_at(token: Token) -> dict[str, Any] | None:
    for phrase in _phrases_by_end().get(token.lower_, ()):
        first = token.i + 1 - len(phrase["words"])
        if first >= 0 and [t.lower_ for t in token.doc[first : token.i + 1]] == phrase["words"]:
            return phrase
    frame = cues("linkages")["conjunctions"].get(token.lower_)
    return dict(frame) if frame is not None else None


@cache
def _phrases_by_end() -> dict[str, list[dict[str, Any]]]:
    """The conjunctions of several words by their last word, in the order of the lexicon: asked of every token."""
    found: dict[str, list[dict[str, Any]]] = {}
    for phrase in cues("linkages")["phrases"]:
        found.setdefault(phrase["words"][-1], []).append(dict(phrase))
    return found


def _clause_after(token: Token) -> Token | None:
    """The verb of the clause (or the noun) that a conjunction or preposition opens."""
    head, after = token.head, token.doc[token.i + 1 : token.sent.end]
    if len(after) and after[0].lower_ == "that" and after[0].dep_ == "mark":
        return after[0].head  # "provided that"
    if token.dep_ in ("mark", "advmod") and head.i > token.i and (head.dep_ in _OPENED or head.dep_ == "advcl"):
        return head if head.pos_ in ("VERB", "AUX") or head.dep_ == "advcl" else None
    for child in token.children:
        if child.dep_ in ("pcomp", "pobj", "ccomp", "acl") and child.i > token.i:
            return child
    opened = (t for t in after if t.pos_ in ("VERB", "AUX") and t.left_edge.i == token.i + 1)  # "in case talks fail"
    return next((t for t in opened if t.dep_ == "advcl"), None)


def _main(mark: Token, sub: Token) -> Token | None:
    """The verb of the clause that a subordinate one hangs on; the act within it ('agreed to', 'is ready to')."""
    at = mark.head
    while (at.pos_ not in ("VERB", "AUX") or at == sub) and at.head != at:
        at = at.head
    if at.pos_ not in ("VERB", "AUX") or at == sub:
        return None
    own = any(c.dep_ in clauses.SUBJECTS for c in at.children)
    if at.dep_ == "ccomp" and sub.i < at.i < at.head.i and not own and at.doc[sub.i : at.i].text.endswith(" or"):
        at = at.head  # 'if they stop or fail to pay, we shall leave', read as 'fail ..., we shall leave'
    return _act_in(at, sub)


def _act_in(verb: Token, but: Token | None = None) -> Token:
    """The act that a verb of will, demand or being leads to: 'is ready to raise', 'demands that they lift'."""
    for _ in range(4):
        inner = [
            c
            for c in verb.children
            if c.dep_ == "xcomp" or (c.dep_ == "ccomp" and lemma(verb) in words("linkages", "wanting"))
        ]
        ready = [
            g
            for c in verb.children
            if c.dep_ in ("acomp", "attr", "oprd")
            for g in c.children
            if g.dep_ in ("xcomp", "acl", "ccomp", "advcl", "relcl") and g.tag_ == "VB"
        ]
        if verb.lemma_ == "be" and any(
            c.dep_ in ("acomp", "attr") for c in verb.children
        ):  # "it is meaningless for them to come"
            ready += [
                c
                for c in verb.children
                if c.dep_ == "advcl" and c.tag_ == "VB" and any(g.lower_ == "to" for g in c.children)
            ]
        nxt = next((t for t in (*inner, *ready) if t.pos_ in ("VERB", "AUX") and t != but), None)
        if nxt is None:
            return verb
        verb = nxt
    return verb


def _needed(needs: str, main: Token, sub: Token, mark: Token) -> bool:
    """Whether the main clause shows what the conjunction needs to link acts (see the lexicon)."""
    top = next((t for t in (mark.head, *mark.head.ancestors) if t.pos_ in ("VERB", "AUX") and t != sub), main)
    over = {main, top, *above(main), *(v for v in (demanding(main),) if v is not None)}
    beside = [
        c
        for t in over
        for c in t.children
        if c.dep_ in ("aux", "acomp", "attr", "advmod", "oprd") and c.lemma_ != "have"
    ]
    said = {lemma(t) for t in over} | {c.lower_ for c in beside}
    denied = any(clauses.is_negated(t) for t in over)
    only = _only(main, mark)
    tests: dict[str, bool] = {
        "any": True,
        "mirrored": denied and clauses.is_negated(sub),
        "denied": denied
        or bool(said & words("linkages", "pointless"))
        or (_would(main) and lemma(main) in words("linkages", "harms")),
        "waiting": denied
        or bool(said & words("linkages", "waiting"))
        or any(c.lemma_ in words("linkages", "waiting") for t in over for c in t.children if c.dep_ == "dobj"),
        "wanting": denied or bool(said & words("linkages", "wanting")) or _has_to(over) or _is_able(sub),
        "ahead": only
        or clauses.mode(main) in ("expected", "hypothetical")
        or bool(said & words("linkages", "wanting")),
        "only": only,
    }
    return tests[needs]


def _only(main: Token, mark: Token) -> bool:
    """'only after', or 'will only sign after'."""
    if mark.i > 0 and mark.nbor(-1).lower_ == "only":
        return True
    return (
        mark.i > main.i
        and clauses.mode(main) != "fact"
        and any(c.lower_ == "only" and c.dep_ == "advmod" for c in main.children)
    )


def _would(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("would", "will") for c in verb.children)


def _has_to(verbs: set[Token]) -> bool:
    return any(t.lemma_ == "have" and any(c.dep_ == "xcomp" for c in t.children) for t in verbs)


def _is_able(sub: Token) -> bool:
    """'before a deal can be reached'."""
    return any(c.dep_ == "aux" and c.lower_ in ("can", "will") for c in sub.children)


def demanding(verb: Token) -> Token | None:
    """The verb of demand before a subjunctive that the parser has hung elsewhere: 'demand the government remove'."""
    if (
        verb.tag_ not in ("VB", "VBP")
        or any(c.dep_ in ("aux", "nsubj") for c in verb.children)
        or verb.i == verb.sent.start
    ):
        return None
    before = verb.nbor(-1)
    for head in (before, *before.ancestors):
        if head.dep_ in ("dobj", "nsubj") and head.head.i < head.i and lemma(head.head) in words("linkages", "wanting"):
            return head.head
    return None


def _kind(then: Token) -> LinkageKind:
    """A threat where what follows is a harm, an exchange where it gives something, else a precondition."""
    if clauses.is_negated(then):
        return "precondition"
    if lemma(then) in words("linkages", "eases"):
        return "exchange"
    if lemma(then) in words("linkages", "harms") or any(
        t.lemma_.lower() in words("linkages", "harm_nouns") for t in own_words(then)
    ):
        return "threat"
    return "precondition"


def above(verb: Token) -> Iterator[Token]:
    """The words that govern a verb as its complement."""
    at = verb
    while at.dep_ in ("xcomp", "ccomp", "acl", "acomp", "attr", "oprd") and at.head != at:
        at = at.head
        yield at


def _exchange(token: Token) -> Iterator[Link]:
    """'release the funds in exchange for prisoners': what is got comes first, what is given for it then.

    A relief that is given ("in exchange for lifting the sanctions") comes last.
    """
    gains = cues("linkages")["gains"]
    for frame in cues("linkages")["exchange"]:
        if token.lower_ not in frame["words"] or token.head.lower_ != frame["before"] or token.dep_ != "pobj":
            continue
        act = token.head.head
        for other in clauses.prepositional(token, frame["after"]):
            if act.pos_ not in ("VERB", "AUX", "NOUN", "PROPN") or act == other:
                continue
            given = _act_in(act, other) if act.pos_ in ("VERB", "AUX") else act
            relief = lemma(other) in gains["nouns"] + gains["reliefs"]
            yield (
                Link(given, other, "exchange", "exchange", 0.7)
                if relief
                else Link(other, given, "exchange", "exchange", 0.7)
            )


def _inverted(token: Token) -> Iterator[Link]:
    """'should access be cut, Kenya would veto the treaty'; 'were Kenya to give way, purchases could follow'."""
    if token.lower_ not in words("linkages", "inverted") or token.dep_ not in (
        "aux",
        "auxpass",
        "ROOT",
        "advcl",
        "ccomp",
    ):
        return
    sub = token.head if token.dep_ in ("aux", "auxpass") else token
    subject = next((c for c in sub.children if c.dep_ in clauses.SUBJECTS and c.i > token.i), None)
    if (
        subject is None
        or token.sent[-1].text == "?"
        or sub.head == sub
        or (token.i > token.sent.start and token.nbor(-1).lower_ in ("and", "but", "nor", "neither", "so"))
    ):
        return
    main = _main(sub, sub)
    to = [c for c in sub.children if c.tag_ == "VB" and any(g.lower_ == "to" for g in c.children)]  # "were they to"
    if main is not None:
        yield Link(to[0] if to else _act_in(sub), main, _kind(main), "inverted", 0.5, mark=token)


def _echo(token: Token) -> Iterator[Link]:
    """'They delayed the duties. In return, Kenya lowered its own.'"""
    alone = token.dep_ == "pobj" and token.head.lower_ == "in" and not any(True for _ in token.children)
    if token.lower_ not in words("linkages", "echoes") or not alone:
        return
    sent, then = token.sent, token.head.head
    if (
        token.i > sent.start + 2
        or sent.start == 0
        or lemma(then) not in words("linkages", "harms") | words("linkages", "eases")
    ):
        return
    yield Link(token.doc[sent.start - 1].sent.root, then, "exchange", "echo", 0.45)


def _side_by_side(token: Token) -> Iterator[Link]:
    """'We are holding off, and they are going to buy', in one speaker's mouth."""
    if token.pos_ not in ("VERB", "AUX"):
        return
    ours = next((c for c in token.children if c.dep_ == "nsubj"), None)
    for other in token.children:
        theirs = next((c for c in other.children if c.dep_ == "nsubj"), None) if other.dep_ == "conj" else None
        joined = any(c.lower_ == "and" for c in token.children)
        if (
            joined
            and ours is not None
            and theirs is not None
            and {ours.lower_, theirs.lower_} == SIDES
            and not clauses.is_negated(other)
        ):
            yield Link(_act_in(token), _act_in(other), "exchange", "side-by-side", 0.4)


def _dependence(token: Token) -> Iterator[Link]:
    """'any deal is dependent on removal of the tariffs'; 'the visit will hinge on progress'."""
    table = cues("linkages")["waits_for"]
    if token.pos_ in ("VERB", "AUX") and token.lemma_ in table["verbs"]:
        then = clauses.subject(token)
    elif token.lower_ in table["adjectives"] and token.dep_ in ("acomp", "amod", "oprd", "ROOT", "acl"):
        then = clauses.subject(token.head) if token.dep_ in ("acomp", "oprd") else clauses.subject(token)
    else:
        return
    for first in clauses.prepositional(token, *table["prepositions"])[:1]:
        if then is not None:
            yield Link(first, then, "precondition", "depends", 0.65)


def _condition(token: Token) -> Iterator[Link]:
    """'removal of the tariffs is a condition for talks'."""
    table = cues("linkages")["conditions"]
    if token.lemma_.lower() not in table["nouns"]:
        return
    waits = clauses.prepositional(token, *table["prepositions"])
    if token.dep_ in ("attr", "oprd") and waits:
        first = clauses.subject(token.head)
    elif token.dep_ == "pobj" and token.head.lower_ == "as" and waits:
        above = token.head.head
        first = next(iter((*clauses.objects(above), *clauses.prepositional(above, "on", "for"))), above)
    else:
        return
    if first is not None:
        yield Link(first, waits[0], "precondition", "condition", 0.65)


def _prompted(token: Token) -> Iterator[Link]:
    """'Kenya backtracked, prompting the president to go ahead with the duties'."""
    if token.tag_ != "VBG" or token.lemma_ not in words("linkages", "prompts") or token.dep_ != "advcl":
        return
    main = token.head
    if any(c.lower_ in ("potentially", "possibly", "perhaps") for c in token.children):
        return
    for act in token.children:
        if act.dep_ in ("xcomp", "ccomp") and act.pos_ == "VERB" and main.pos_ == "VERB":
            yield Link(main, act, "threat", "prompting", 0.5)


def _purpose(token: Token) -> Iterator[Link]:
    """'must buy more to get the tariffs lifted'; 'has to sign by Friday to avoid them'."""
    table = cues("linkages")["purposes"]
    if (
        token.tag_ != "VB"
        or token.dep_ not in ("advcl", "xcomp", "acl")
        or not any(c.lower_ == "to" for c in token.children)
    ):
        return
    main = token.head
    if token.lemma_ not in table["gain"] + table["avert"] or main.pos_ != "VERB":
        return
    asked = any(c.lower_ in _NEEDED for c in main.children) or (
        main.dep_ in ("xcomp", "ccomp", "relcl") and main.head.lemma_ in words("linkages", "wanting")
    )
    averts = token.lemma_ in table["avert"]
    if asked:
        yield Link(main, token, "threat" if averts else "precondition", "purpose", 0.5, averts)


def _or_face(token: Token) -> Iterator[Link]:
    """'sign or face new duties'."""
    faced = token.dep_ == "conj" and token.lemma_ in words("linkages", "face")
    if faced and any(c.lower_ == "or" for c in token.head.children):
        yield Link(token.head, token, "threat", "or-face", 0.6, True)


def own_words(head: Token) -> Tokens:
    return clauses.clause(head, drop=_ADVERBIAL) if head.pos_ in ("VERB", "AUX") else clauses.noun_phrase(head)


RULES: tuple[Callable[[Token], Iterator[Link]], ...] = (
    _conjunction, _inverted, _exchange, _echo, _side_by_side, _dependence, _condition, _prompted, _purpose, _or_face,
)  # fmt: skip
