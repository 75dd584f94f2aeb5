"""How what is at stake is worded: a bare verb phrase for an act ("cut tariffs"), the noun phrase for a thing."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, lemma
from standoff.extract.moves.sides import Scene

_MOST_WORDS = 24
_APART = frozenset({"advcl", "relcl", "parataxis", "conj", "cc"})  # acts and things of their own
_INSIDE = frozenset({"advcl", "relcl", "parataxis"})
_LINKS = frozenset({"mark", "punct", "preconj"})
_BEFORE = frozenset({"advmod", "npadvmod", "prep", "intj", "dep"})
_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_MARKS = "“”\"'‘’ ,;:"


def wording(scene: Scene, frame: Frame, item: Token) -> str:
    """The words for one item of a frame, cut after a line's length."""
    is_act = item.pos_ in ("VERB", "AUX") and item.tag_.startswith("VB")
    pieces = _act(scene, frame, item) if is_act else _thing(item)
    words = _balanced(" ".join("".join(pieces).split())).split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")


def _thing(item: Token) -> Iterator[str]:
    left_out = {t.i for c in item.children if c.dep_ == "preconj" for t in c.subtree}
    return (t.text_with_ws for t in _reach(item) if t.i not in left_out)


def _act(scene: Scene, frame: Frame, verb: Token) -> Iterator[str]:
    """The verb and what it governs, without its subject where that is a side, 'to', 'that', 'must' and the like."""
    subject = next((c for c in verb.children if c.dep_ in clauses.SUBJECTS), None)
    unnamed = _goes_without_saying(scene, frame, verb, subject)
    left_out: set[int] = set()
    for child in verb.children:
        if child.i < verb.i and (_is_dull(frame, verb, child) or (child == subject and unnamed)):
            left_out |= {t.i for t in child.subtree}
        elif child.dep_ == "aux" and unnamed and verb.tag_ == "VBG":
            left_out.add(child.i)  # 'they were not giving': 'not giving'
    if subject is None and clauses.is_passive(verb) and (above := _undergoing(verb)) is not None:
        yield from (t.text_with_ws for t in clauses.noun_phrase(above))
        yield " "
    helped = any(c.dep_ in ("aux", "auxpass") and c.i not in left_out for c in verb.children)
    for token in _reach(verb):
        if token.i in left_out:
            continue
        if token == verb and unnamed and not helped and token.tag_ in _FINITE:
            yield token.lemma_ + token.whitespace_
        elif token == verb and token.is_title and verb.is_sent_start:
            yield token.lower_ + token.whitespace_
        elif token.dep_ == "neg" and token.head == verb:
            yield "not "
        else:
            yield token.text_with_ws


def _goes_without_saying(scene: Scene, frame: Frame, verb: Token, subject: Token | None) -> bool:
    """Whether who acts is one of the sides, which the move names itself."""
    if subject is None or clauses.is_passive(verb):
        return False
    if frame.type == "accuse" and verb.tag_ != "VBG":
        return False  # 'the other side has not told them': a clause of its own
    return subject.pos_ == "PRON" or subject == frame.recipient or bool(scene.who(subject))


def _is_dull(frame: Frame, verb: Token, child: Token) -> bool:
    """What stands before a verb and is no part of the act."""
    if child.dep_ in _LINKS or child.dep_ in _APART:
        return True
    if child.dep_ == "aux":
        return child.tag_ in ("TO", "MD") or (frame.type == "refuse" and lemma(child) == "do")
    if child.dep_ == "neg":
        return frame.type == "refuse"
    if child.dep_ in _BEFORE:
        return not (child.lower_.endswith("ly") and child.i + 1 == verb.i)
    return False


def _undergoing(verb: Token) -> Token | None:
    """'all tariffs have to be removed': what stands above a passive that somebody must bring about."""
    if verb.dep_ != "xcomp" or verb.head.pos_ not in ("VERB", "AUX") or clauses.object_controller(verb.head):
        return None
    found = next((c for c in verb.head.children if c.dep_ in clauses.SUBJECTS), None)
    return found if found is not None and lemma(verb.head) in ("have", "need", "ought") else None


def _reach(item: Token) -> Iterator[Token]:
    """What an item governs; of its own parts not those that are items themselves."""
    left, right = item.i, item.i
    stack = [c for c in item.children if c.dep_ not in _APART and c.dep_ != "punct"]
    while stack:
        at = stack.pop()
        left, right = min(left, at.i), max(right, at.i)
        stack += [c for c in at.children if c.dep_ not in _INSIDE and c.dep_ != "punct"]
    if right + 1 < len(item.doc) and item.doc[right + 1].text == "%":
        right += 1
    return iter(item.doc[left : right + 1])


def _balanced(words: str) -> str:
    """Without quotation marks of which only one is there, and without marks around the whole."""
    if words.count("“") != words.count("”"):
        words = words.replace("“", "").replace("”", "")
    if words.count('"') % 2:
        words = words.replace('"', "")
    inner = words.strip(_MARKS)
    return words.strip(" ,;:") if any(m in inner for m in '“”"') else inner
