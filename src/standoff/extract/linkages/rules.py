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

_SOON = 14  # words after "first" in which what follows begins
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
    """'They delayed the duties. In return, Kenya lowered its own'; 'they go and, in exchange, Kenya would buy'."""
    alone = token.dep_ == "pobj" and token.head.lower_ == "in" and not any(True for _ in token.children)
    if token.lower_ not in words("linkages", "echoes") or not alone or token.head.head.pos_ not in ("VERB", "AUX"):
        return
    then = act_in(token.head.head)
    if token.lower_ == "response" and lemma(then) not in words("linkages", "eases"):
        return  # a harm for a harm is no exchange
    first = _clause_before(token, token.head.head)
    if first is not None:
        yield Link(first, then, "exchange", "echo", 0.45)


def _otherwise(token: Token) -> Iterator[Link]:
    """'a deal may come by May, and if not he will raise the duties'; 'they must buy. Otherwise, duties will rise'."""
    then, after_if = token.head, token.i > token.sent.start and token.nbor(-1).lower_ == "if"
    elliptic = token.dep_ in (("neg", "advcl", "mark") if token.lower_ == "not" and after_if else ("advmod",))
    if not elliptic or token.lower_ not in words("linkages", "otherwise") or then.i < token.i:
        return
    subject = clauses.subject(then)
    if then.pos_ not in ("VERB", "AUX") or subject is None or subject.i < token.i or clauses.mode(then) == "fact":
        return
    first = _clause_before(token, then)
    if first is not None:
        then = act_in(then)
        yield Link(first, then, kind_of(then, as_told=False), "otherwise", 0.5, unless=True)


def _clause_before(token: Token, verb: Token) -> Token | None:
    """The act told right before a word that takes it up: in the same sentence, or in the one before."""
    sent = token.sent
    if verb.dep_ in ("conj", "advcl") and verb.head.i < token.i and verb.head.pos_ in ("VERB", "AUX"):
        return act_in(verb.head)
    for child in verb.children:
        if child.dep_ in ("ccomp", "parataxis") and child.i < token.i and child.pos_ in ("VERB", "AUX"):
            return act_in(child)
    if token.i > sent.start + 2 or sent.start == 0:
        return None
    root = token.doc[sent.start - 1].sent.root
    if lemma(root) in words("contacts", "speech"):
        root = next((c for c in root.children if c.dep_ == "ccomp"), root)
    return act_in(root)


def _warned(token: Token) -> Iterator[Link]:
    """'warned that new duties would end the talks': what must not come, and what it would bring."""
    if token.pos_ != "VERB" or token.lemma_ not in words("linkages", "warnings"):
        return
    for then in token.children:
        would = any(c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll") for c in then.children)
        if then.dep_ != "ccomp" or not would or lemma(then) not in words("linkages", "results"):
            continue
        first = clauses.subject(then)
        if first is not None and (first.pos_ == "NOUN" or first.tag_ == "VBG"):
            yield Link(first, then, "threat", "warned", 0.5)


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
    if clauses.is_negated(token) or clauses.is_negated(token.head) or token.dep_ == "relcl":
        return  # "is no longer dependent on", "makers that depend on exports"
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
    elif token.dep_ in ("dobj", "ccomp") and waits and token.head.lemma_ == "make":
        first = next((c for c in token.children if c.dep_ == "nsubj"), None)  # "made removal of the duties a condition"
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
    if main.tag_ == "VBG" or any(c.lower_ in ("potentially", "possibly", "perhaps") for c in token.children):
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


def _or_else(token: Token) -> Iterator[Link]:
    """'they must sign, or he will raise the duties'; 'will have to approve it or there will be no deal'."""
    if token.lower_ != "or" or token.dep_ != "cc" or token.head.pos_ not in ("VERB", "AUX"):
        return
    main = token.head
    must = any(c.lower_ in NEEDED for c in main.children if c.dep_ == "aux") or (
        main.lemma_ in ("have", "need") and any(c.dep_ == "xcomp" for c in main.children)
    )
    for then in main.children:
        own = any(c.dep_ in (*clauses.SUBJECTS, "expl") for c in then.children)
        if must and then.dep_ == "conj" and then.i > token.i and own and clauses.mode(then) != "fact":
            act = act_in(then)
            yield Link(act_in(main, then), act, kind_of(act, as_told=False), "or-else", 0.6, True)


def _in_order(token: Token) -> Iterator[Link]:
    """'they would have to buy more in order for the duties to be lifted'."""
    if token.lower_ != "order" or token.dep_ != "pobj" or token.head.lower_ != "in":
        return
    main = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if main is None or not any(t.lemma_ in ("have", "need") or _is_needed(t) for t in (main, *above(main))):
        return
    for then in (*main.children, *token.children):
        marked = any(c.lower_ == "for" and c.dep_ == "mark" for c in then.children)
        if then.i > token.i and then.dep_ in ("advcl", "acl", "xcomp") and marked:
            yield Link(act_in(main, then), then, "precondition", "in-order", 0.6)


def _is_needed(verb: Token) -> bool:
    return any(c.lower_ in NEEDED for c in verb.children if c.dep_ == "aux")


def _first_then(token: Token) -> Iterator[Link]:
    """'they are to buy first, and only then will it lift the duties'."""
    if token.lower_ != "first" or token.dep_ != "advmod" or token.head.pos_ not in ("VERB", "AUX"):
        return
    wish = any(lemma(t) in words("linkages", "wanting") for t in above(token.head))
    for word in token.doc[token.i + 1 : min(token.i + _SOON, token.sent.end)]:
        then = word.head
        if word.lower_ != "then" or word.dep_ != "advmod" or then.pos_ not in ("VERB", "AUX") or then == token.head:
            continue
        own = any(c.dep_ in clauses.SUBJECTS for c in then.children)
        if wish or (own and clauses.mode(then) != "fact"):
            yield Link(act_in(token.head), act_in(then), "precondition", "first-then", 0.6)
        return


def _followed(token: Token) -> Iterator[Link]:
    """'wants the purchases first, followed by the lifting of the duties'."""
    wish = token.head
    near = {t.lower_ for t in token.doc[max(token.sent.start, token.i - 3) : token.i]}
    if token.lower_ != "followed" or "first" not in near or lemma(wish) not in words("linkages", "wanting"):
        return
    own = [c for c in token.children if c.dep_ == "nsubjpass"]
    thens = [t for t in token.subtree if t.dep_ == "pobj" and t.head.lower_ == "by" and t.head.head == token]
    for first in (own or list(clauses.objects(wish)))[:1]:
        yield from (Link(first, then, "precondition", "first-then", 0.6) for then in thens)


def _failure(token: Token) -> Iterator[Link]:
    """'failure to reach a deal would trigger new duties'."""
    then = token.head
    if token.lower_ != "failure" or token.dep_ != "nsubj" or then.pos_ != "VERB":
        return
    first = next((c for c in token.children if c.dep_ == "acl" and c.tag_ == "VB"), None)
    if first is not None and lemma(then) in words("linkages", "results") and clauses.mode(then) != "fact":
        yield Link(act_in(first), then, kind_of(then, as_told=False), "failure", 0.6, True)


RULES: tuple[Callable[[Token], Iterator[Link]], ...] = (
    conjunction, _otherwise, _inverted, _exchange, _echo, _warned, _side_by_side, _dependence, _condition, _part_of,
    _prompted, _purpose, _or_face, _or_else, _in_order, _first_then, _followed, _failure,
)  # fmt: skip
