"""Grammar: who does what in a clause, whether it is denied, wished or supposed, and how far the clause reaches.

The dependency labels are those of spaCy's English models (CLEAR style: nsubj, dobj, xcomp, ...).
"""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

Mode = Literal["fact", "expected", "hypothetical", "question"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
NEGATIONS = frozenset("not n't no never neither nor nobody nothing none without hardly scarcely".split())
HYPOTHETICAL = frozenset("could might may would can should".split())
EXPECTED = frozenset("will 'll shall wo".split())
CONDITIONS = frozenset("if unless whether lest provided providing supposing should".split())
_NAMES = frozenset({"NNP", "NNPS", "NNS"})
_PASSIVE = frozenset({"nsubjpass", "auxpass", "csubjpass"})


def subject(verb: Token, depth: int = 4) -> Token | None:
    """The head of the verb's subject; found up the tree for conjoined, controlled and participial verbs.

    A passive's subject is what undergoes: see `agent`. A relative clause takes its antecedent.
    """
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            relative = child.tag_ in ("WDT", "WP") or child.lower_ in ("that", "which", "who")
            return verb.head if relative and verb.dep_ == "relcl" else child
    for helper in verb.children:  # 'but Oslo has for years accused them', with the name hung on 'has'
        held = next((c for c in helper.children if c.dep_ in SUBJECTS), None) if helper.dep_ == "aux" else None
        if held is not None:
            return held
    misread = next((c for c in verb.children if c.dep_ == "compound" and c.tag_ in _NAMES and c.i < verb.i), None)
    if misread is not None and verb.tag_ in ("VBZ", "VBP", "VBD"):
        return misread  # "Beijing prefers", "the talks collapse", read as one name
    return _subject_above(verb, depth - 1) if depth else None


def _subject_above(verb: Token, depth: int) -> Token | None:
    """The subject of a verb that has none of its own."""
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX", "ADJ"):
        return subject(head, depth)
    if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX", "ADJ"):
        held = object_controller(head)
        return held if held is not None else subject(head, depth)
    if verb.dep_ == "acl":
        return _subject_of_modifier(verb, depth)
    if verb.dep_ == "relcl":
        return head
    if verb.dep_ == "acomp":
        return subject(head, depth)  # 'they are due to speak'
    if verb.dep_ in ("advcl", "pcomp", "prep") and head != verb:
        above = head if head.pos_ in ("VERB", "AUX") else verb_above(head)
        return subject(above, depth) if above is not None else None
    return None


def _subject_of_modifier(verb: Token, depth: int) -> Token | None:
    """'the team sent', 'China's demand to', 'he has plans to go'."""
    head = verb.head
    if head.pos_ in ("NOUN", "PROPN") and verb.tag_ in ("VBG", "VBN"):
        return head
    owner = possessor(head)
    return subject(head.head, depth) if owner is None and head.dep_ == "dobj" else owner


def object_controller(verb: Token) -> Token | None:
    """Whom a verb of asking or making sets to do its complement: 'urged China to stop' gives China."""
    for child in verb.children:
        if child.dep_ in ("dobj", "dative", "iobj"):
            return child
    return None


def agent(verb: Token) -> Token | None:
    """The 'by' phrase of a passive."""
    for child in verb.children:
        if child.dep_ == "agent":
            for grandchild in child.children:
                if grandchild.dep_ in ("pobj", "pcomp"):
                    return grandchild
    return None


def is_passive(verb: Token) -> bool:
    deps = [(c.dep_, c) for c in verb.children]
    marks = [c for dep, c in deps if dep in _PASSIVE]
    if not marks:
        had = any(c.dep_ == "aux" for c in verb.children)  # 'no doubt that they had broken it'
        return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not had
    short = any(c.dep_ == "auxpass" and c.lower_ == "'s" for c in marks)
    return not (short and any(dep == "dobj" for dep, _ in deps))  # "it's slashed tariffs": has, not is


def doer(verb: Token) -> Token | None:
    """Who does it: the subject of an active verb, the 'by' phrase of a passive one (None where unnamed)."""
    if is_passive(verb):
        return agent(verb)
    return subject(verb)


def objects(verb: Token) -> tuple[Token, ...]:
    """Direct objects (of a passive: its subject), with those conjoined to them."""
    heads = [_antecedent(verb, c) for c in verb.children if c.dep_ in ("dobj", "attr", "oprd")]
    if is_passive(verb):
        heads += [c for c in verb.children if c.dep_ == "nsubjpass"]
    return tuple(t for head in heads for t in (head, *conjuncts(head)))


def _antecedent(verb: Token, word: Token) -> Token:
    """'the ban that it imposed': the relative pronoun stands for the ban."""
    return verb.head if verb.dep_ == "relcl" and word.tag_ in ("WDT", "WP") else word


def prepositional(head: Token, *prepositions: str) -> tuple[Token, ...]:
    """The objects of the named prepositions that hang on a word ('for', 'on'), conjoined ones included."""
    found: list[Token] = []
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative", "mark") and child.lower_ in prepositions:
            for grandchild in child.children:
                if grandchild.dep_ in ("pobj", "pcomp"):
                    found += [grandchild, *conjuncts(grandchild)]
    return tuple(found)


def complements(head: Token) -> tuple[Token, ...]:
    """Clauses that a word takes: infinitives, that-clauses, gerunds; conjoined ones included."""
    found: list[Token] = []
    for child in head.children:
        if child.dep_ in ("xcomp", "ccomp", "acl", "pcomp"):
            found += [child, *(c for c in conjuncts(child) if c.pos_ in ("VERB", "AUX"))]
    return tuple(found)


def wishes(head: Token) -> tuple[Token, ...]:
    """What is wanted of somebody: complements, 'for X to DO', and a bare 'demanded X DO' parsed as conjoined."""
    found = list(complements(head))
    for child in head.children:
        infinitive = any(c.tag_ == "TO" for c in child.children)
        called = any(c.dep_ == "mark" and c.lower_ == "for" for c in child.children) or bool(
            prepositional(head, "for", "on", "to")
        )
        bare = (
            child.dep_ == "conj"
            and child.tag_ == "VB"
            and not any(c.dep_ == "cc" for c in head.children if c.i < child.i)
        )
        if (child.dep_ in ("advcl", "relcl") and infinitive and called) or (
            bare and object_controller(head) is not None
        ):
            found += [child, *(c for c in conjuncts(child) if c.pos_ in ("VERB", "AUX"))]
    thing = object_controller(head)
    if thing is not None and not found and (bare_verb := _after(noun_phrase(thing))) is not None:
        found.append(bare_verb)
    for child in head.children:  # 'called for Beijing to stop' with the verb hung on the name
        if child.dep_ in ("prep", "dobj") and not found:
            for inner in (child, *child.children):
                if inner.dep_ in ("pobj", "dobj"):
                    acts = [
                        c
                        for c in inner.children
                        if c.dep_ in ("acl", "relcl") and any(g.tag_ == "TO" for g in c.children)
                    ]
                    found += [
                        a for act in acts for a in (act, *(c for c in conjuncts(act) if c.pos_ in ("VERB", "AUX")))
                    ]
    return tuple(dict.fromkeys(found))


def _after(phrase: Tokens) -> Token | None:
    """The bare verb right after a noun phrase: 'demand the administration remove'."""
    doc: Doc = phrase.doc
    after = doc[phrase.end] if phrase.end < len(doc) else None
    return after if after is not None and after.tag_ == "VB" and after.sent == phrase.sent else None


def conjuncts(token: Token) -> tuple[Token, ...]:
    """What is coordinated after a word: 'Trump and Xi' gives Xi for Trump."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ == "conj":
            found += [child, *conjuncts(child)]
    return tuple(found)


def possessor(noun: Token) -> Token | None:
    """'China's demand', 'their demand', 'the demand of China', 'a demand by China'."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    found = prepositional(noun, "by", "from", "of")
    return found[0] if found else None


def is_negated(verb: Token) -> bool:
    """Whether the clause says it is not so: 'not', 'no official', 'never', 'without', 'nobody'."""
    for child in verb.children:
        if child.lower_ == "not" and any(c.lower_ == "only" for c in child.children):
            continue  # 'can not only stay'
        if child.dep_ == "neg" or (child.lower_ in NEGATIONS and child.dep_ in ("advmod", "preconj", "cc", "det")):
            return True
        if child.lower_ == "longer" and any(g.lower_ == "no" for g in child.children):
            return True  # 'will no longer tolerate'
        if child.dep_ in SUBJECTS and (
            child.lower_ in NEGATIONS or any(g.lower_ in ("no", "neither") for g in child.children)
        ):
            return True
    if verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX", "ADJ"):
        return any(c.dep_ == "neg" for c in verb.head.children)
    either = verb.dep_ == "conj" and any(c.lower_ == "or" for c in verb.head.children)
    if either and verb.tag_ == "VB" == verb.head.tag_:
        return is_negated(verb.head)  # 'would not stop it or slow it'
    return verb.dep_ == "pcomp" and verb.head.lower_ == "without"


def mode(verb: Token) -> Mode:
    """How real the clause makes its act: fact, expected, hypothetical or asked."""
    lowered = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass", "advmod", "mark")}
    if verb.sent[-1].text == "?" and verb.dep_ == "ROOT":
        return "question"
    if in_condition(verb) or lowered & HYPOTHETICAL or lowered & {"possibly", "perhaps", "maybe", "potentially"}:
        return "hypothetical"
    if lowered & EXPECTED or _is_expected(verb):
        return "expected"
    return "fact"


def _is_expected(verb: Token) -> bool:
    head = verb.head
    if verb.dep_ in ("xcomp", "ccomp") and head.lemma_ in (
        "expect",
        "likely",
        "plan",
        "set",
        "due",
        "schedule",
        "go",
        "intend",
        "prepare",
        "poise",
    ):
        return True
    return any(c.lower_ in ("likely", "expected", "soon") and c.dep_ == "acomp" for c in verb.children)


def in_condition(verb: Token) -> bool:
    """Whether the verb stands inside an 'if' or 'unless' clause."""
    at = verb
    for _ in range(6):
        if at.dep_ in ("advcl", "ccomp", "relcl", "acl", "pcomp") and any(
            c.dep_ in ("mark", "advmod") and c.lower_ in CONDITIONS for c in at.children
        ):
            return True
        if at.head == at:
            return False
        at = at.head
    return False


AWAITED = frozenset("until till unless before once if when provided providing".split())


def is_awaited(verb: Token) -> bool:
    """Whether the clause is one that something waits for: 'until they lift it', 'unless', 'only after'."""
    at = verb
    for _ in range(4):
        marks = [c for c in at.children if c.dep_ in ("mark", "advmod") and c.i < at.i]
        if at.dep_ == "pcomp":
            marks.append(at.head)
        if any(m.lower_ in AWAITED or (m.lower_ == "after" and m.i > 0 and m.nbor(-1).lower_ == "only") for m in marks):
            return True
        if at.dep_ not in ("conj", "xcomp", "ccomp", "pcomp", "prep") or at.head == at:
            return False
        at = at.head
    return False


def verb_above(token: Token) -> Token | None:
    """The nearest verb that a word hangs on."""
    at = token
    while at.head != at:
        at = at.head
        if at.pos_ in ("VERB", "AUX"):
            return at
    return None


def clause(head: Token, *, drop: frozenset[str] = frozenset()) -> Tokens:
    """The run of tokens that a word governs, in its sentence, without the kinds of dependents named in `drop`."""
    doc: Doc = head.doc
    left, right = head.i, head.i
    stack = [head]
    while stack:
        at = stack.pop()
        left, right = min(left, at.i), max(right, at.i)
        stack += [c for c in at.children if c.dep_ not in drop and c.dep_ != "punct"]
    while left < right and doc[left].is_punct:
        left += 1
    while right > left and doc[right].is_punct:
        right -= 1
    return doc[left : right + 1]


def noun_phrase(head: Token) -> Tokens:
    """A name or noun with its determiners and modifiers, without relative clauses and appositions."""
    return clause(head, drop=frozenset({"relcl", "appos", "acl", "conj", "cc", "punct", "advcl", "ccomp"}))
