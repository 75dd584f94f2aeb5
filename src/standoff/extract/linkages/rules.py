"""Ways to say that one act waits for another, or is traded for it: each rule reads one of them at a word.

What the words mean for the parties is settled in `linkage_actors`, which links are of the bargaining in `linkages`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.contacts.way import lemma
from standoff.extract.cues import cues, words
from standoff.extract.linkages.conjunctions import NEEDED, conjunction
from standoff.extract.linkages.links import Link, above, act_in, kind_of, main_of

SIDES = frozenset({"we", "they"})  # subjects of the two clauses of `_side_by_side`


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
            given = act_in(act, other) if act.pos_ in ("VERB", "AUX") else act
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
    main = main_of(sub, sub)
    to = [c for c in sub.children if c.tag_ == "VB" and any(g.lower_ == "to" for g in c.children)]  # "were they to"
    if main is not None:
        yield Link(to[0] if to else act_in(sub), main, kind_of(main), "inverted", 0.5, mark=token)


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
            yield Link(act_in(token), act_in(other), "exchange", "side-by-side", 0.4)


def _dependence(token: Token) -> Iterator[Link]:
    """'any deal is dependent on removal of the tariffs'; 'the visit will hinge on progress'."""
    table = cues("linkages")["waits_for"]
    if token.pos_ in ("VERB", "AUX") and token.lemma_ in table["verbs"]:
        then = clauses.subject(token)
    elif token.lower_ in table["adjectives"] and token.dep_ in ("acomp", "amod", "oprd", "ROOT", "acl"):
        then = clauses.subject(token.head) if token.dep_ in ("acomp", "oprd") else clauses.subject(token)
    else:
        return
    if clauses.is_negated(token) or clauses.is_negated(token.head):
        return  # "is no longer dependent on"
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


def _part_of(token: Token) -> Iterator[Link]:
    """'agreed only to consider purchases as part of a final deal': the deal comes first."""
    table = cues("linkages")["part_of"]
    if token.lower_ not in table["words"] or token.head.lower_ != table["words"][token.lower_] or token.dep_ != "pobj":
        return
    act = token.head.head
    for whole in clauses.prepositional(token, "of"):
        over = (act, *above(act))
        only = any(c.lower_ in ("only", "solely") for t in over for c in t.children)
        final = any(c.lower_ in table["final"] for c in whole.children)
        if act.pos_ == "VERB" and only and final and whole.lemma_.lower() in words("linkages", "together"):
            yield Link(whole, act, "precondition", "part-of", 0.6)


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
    asked = any(c.lower_ in NEEDED for c in main.children) or (
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


RULES: tuple[Callable[[Token], Iterator[Link]], ...] = (
    conjunction, _inverted, _exchange, _echo, _side_by_side, _dependence, _condition, _part_of, _prompted, _purpose,
    _or_face,
)  # fmt: skip
