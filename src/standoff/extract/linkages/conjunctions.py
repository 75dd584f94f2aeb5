"""Conjunctions that make one act wait for another: 'if they lift the tariffs, we will buy'."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.way import lemma
from standoff.extract.cues import cues, words
from standoff.extract.linkages.links import Link, above, act_in, demanding, kind_of, main_of, own_words
from standoff.model.record import LinkageKind

NEEDED = frozenset(["must", "should", "need"])
_OPEN_KIND = frozenset({"if", "unless", "provided", "providing", "in-case"})  # a threat, an offer or a condition
_OPENED = frozenset({"ccomp", "pcomp", "acl", "relcl", "conj"})


def conjunction(token: Token) -> Iterator[Link]:
    """'if they lift the tariffs, we will buy'; 'will not meet until'; 'must go before'."""
    frame = _conjunction_at(token)
    sub = _clause_after(token) if frame is not None else None
    if frame is None or sub is None:
        return
    main = main_of(token if sub.head == token else sub, sub)
    if main is None or _is_loose(token, sub, main) or not _needed(frame["needs"], main, sub, token):
        return
    name = "-".join(frame.get("words", [token.lower_]))
    strong, unless = bool(frame.get("strong")), bool(frame.get("unless"))
    sure = 0.5 if frame["needs"] == "mirrored" else 0.55 if frame["needs"] == "any" else 0.6
    for clause in (sub, *(c for c in clauses.conjuncts(sub) if strong and any(m.lower_ == "that" for m in c.children))):
        clause, doubted = _viewed(clause)
        doubted = doubted or _left_undone(clause)
        act = act_in(clause)
        wished = name == "if" and act != clause and clause.lemma_ == "be" and _must(main)
        first, then = (main, act) if frame.get("then") == "sub" or wished else (clause, main)
        kind: LinkageKind = "exchange" if frame["needs"] in ("mirrored", "sparing") else "precondition"
        if wished:  # "the duties must go if there is to be a deal"
            yield Link(first, then, kind, name, sure, unless, strong, token)
            continue
        if name in _OPEN_KIND:
            kind = kind_of(then)
        yield Link(first, then, kind, name, sure, unless or doubted, strong, token)


def _viewed(clause: Token) -> tuple[Token, bool]:
    """'if he does not think that a deal can be done': what is thought, and whether it is doubted."""
    inner = next((c for c in clause.children if c.dep_ == "ccomp" and c.pos_ in ("VERB", "AUX")), None)
    if inner is None or lemma(clause) not in words("linkages", "views"):
        return clause, False
    doubted = clauses.is_negated(clause)
    able = any(c.dep_ == "aux" and c.lower_ in ("can", "could") for c in inner.children)
    return (inner, doubted) if doubted or able else (clause, False)


def _is_loose(token: Token, sub: Token, main: Token) -> bool:
    """Whether the conjunction sets no condition: 'days before', 'asked if', 'if needed', 'until Friday'."""
    if token.i > 0 and token.nbor(-1).lower_ in cues("linkages")["unlinked"].get(token.lower_, ()):
        return True  # "days before", "even if"
    if token.lower_ == "if" and _is_asking(token, sub, main):
        return True
    subjects = [c for c in sub.children if c.dep_ in (*clauses.SUBJECTS, "expl")]
    if any(c.ent_type_ in ("DATE", "TIME") for c in subjects):
        return True  # "until Friday gave time"
    if sub.pos_ in ("VERB", "AUX") or token.lower_ == "without":
        return False
    return not any(t.lemma_.lower() in words("linkages", "matters") for t in sub.subtree)  # "until Friday"


def _is_asking(token: Token, sub: Token, main: Token) -> bool:
    """'asked if', 'unclear if', 'if needed', 'if they wanted to': nothing hangs on what such an 'if' opens."""
    if main.i < token.i and lemma(main) in words("linkages", "asking"):
        return True
    if token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "not":
        return True  # "and if not, he will"
    open_ = sub.dep_ == "ccomp" and (sub.head.pos_ != "VERB" or lemma(sub.head) in words("contacts", "speech"))
    if open_ or sub.dep_ == "pcomp" or not any(c.dep_ in (*clauses.SUBJECTS, "expl") for c in sub.children):
        return True
    return lemma(sub) in words("linkages", "wishing") and sum(1 for c in sub.rights for _ in c.subtree) < 2


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
        if child.dep_ in ("pcomp", "pobj", "ccomp", "acl") and child.i > token.i and child.lower_ != "of":
            told = [c for c in child.children if c.dep_ == "acl" and c.pos_ in ("VERB", "AUX")]
            known = child.lower_ in words("linkages", "omissions") or child.lower_ == "fact"
            return told[0] if told and known else child  # "because of its failure to pay", "of the fact that they pay"
    edges = (token.i - 1, token.i + 1)  # "in case talks fail", with 'in' on either side of the parse
    opened = (t for t in after if t.pos_ in ("VERB", "AUX") and t.left_edge.i in edges)
    return next((t for t in opened if t.dep_ == "advcl"), None)


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
        "mirrored": (denied and clauses.is_negated(sub)) or (_undone(main, said) and _answers(sub)),
        "denied": denied
        or bool(said & words("linkages", "pointless"))
        or (_would(main) and lemma(main) in words("linkages", "harms")),
        "waiting": denied
        or (main.tag_ == "VB" and lemma(main) in words("linkages", "harms"))
        or bool(said & words("linkages", "waiting"))
        or any(c.lemma_ in words("linkages", "waiting") for t in over for c in t.children if c.dep_ == "dobj"),
        "wanting": denied or bool(said & words("linkages", "wanting")) or _has_to(over) or _is_able(sub),
        "ahead": only
        or (lemma(main) in words("linkages", "granted") and lemma(sub) in words("linkages", "accepting"))
        or clauses.mode(main) in ("expected", "hypothetical")
        or bool(said & words("linkages", "wanting")),
        "only": only,
        "sparing": bool(said & words("linkages", "sparing")) and _together(sub),
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


def _together(sub: Token) -> bool:
    """Whether what both do is the subject or the object: 'while talks go on', 'while they negotiate'."""
    own = {t.lemma_.lower() for t in own_words(sub)}
    return bool(own & words("linkages", "together")) or lemma(sub) in ("negotiate", "talk")


def _must(verb: Token) -> bool:
    over = (verb, *above(verb))
    needs = any(c.lower_ in NEEDED for t in over for c in t.children if c.dep_ == "aux")
    return needs or any(t.lemma_ in ("need", "have") for t in over if t != verb)


def _undone(main: Token, said: set[str]) -> bool:
    """'called off the visit', 'the duties will not be charged'."""
    spared = clauses.is_negated(main) and lemma(main) in words("linkages", "harms")
    return spared or bool(said & words("linkages", "undoing"))


def _answers(sub: Token) -> bool:
    """'because they signed', 'because we made the deal', 'because of its failure to pay': what was done or left."""
    if lemma(sub) in words("linkages", "accepting") or _left_undone(sub):
        return True
    made = any(t.lemma_.lower() in words("linkages", "together") for t in clauses.objects(sub))
    return made and lemma(sub) in ("make", "reach", "get", "have", "strike")


def _left_undone(verb: Token) -> bool:
    """The 'lift' of 'failure to lift'."""
    return verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head.lower_ in words("linkages", "omissions")


def _would(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("would", "will") for c in verb.children)


def _has_to(verbs: set[Token]) -> bool:
    return any(t.lemma_ == "have" and any(c.dep_ == "xcomp" for c in t.children) for t in verbs)


def _is_able(sub: Token) -> bool:
    """'before a deal can be reached'."""
    return any(c.dep_ == "aux" and c.lower_ in ("can", "will") for c in sub.children)
