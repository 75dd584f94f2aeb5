"""How what is at stake is worded: a bare verb phrase for an act ("cut tariffs"), the noun phrase for a thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, lemma
from standoff.extract.moves.sides import Scene

_MOST_WORDS = 24
_APART = frozenset({"advcl", "relcl", "parataxis", "conj", "cc"})  # acts and things of their own
_INSIDE = frozenset({"advcl", "relcl", "parataxis"})
_LINKS = frozenset({"mark", "punct", "preconj"})
_BEFORE = frozenset({"advmod", "npadvmod", "prep", "intj", "dep"})
_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_LOOSE_END = re.compile(r"[\s,;:]+(?:and|or|but)$")
_ASKS_AN_ACT = frozenset({"demand", "offer", "commit", "agree", "refuse", "threaten"})
_LATE = frozenset("on against over from to worth of".split())
_MARKS = "“”\"'‘’ ,;:"


def wording(scene: Scene, frame: Frame, item: Token) -> str:
    """The words for one item of a frame, cut after a line's length."""
    is_act = item.pos_ in ("VERB", "AUX") and item.tag_.startswith("VB")
    pieces = _act(scene, frame, item) if is_act else _thing(scene, frame, item)
    words = _balanced(" ".join("".join(pieces).split())).split()
    if is_act and words and frame.type in _ASKS_AN_ACT and words[0] in (item.lemma_, "be"):
        words.insert(0, "to")  # 'demands to lift', 'refuses to discuss': read after the party's verb
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")


def _thing(scene: Scene, frame: Frame, item: Token) -> Iterator[str]:
    left_out = {t.i for c in item.children if c.dep_ == "preconj" for t in c.subtree}
    if frame.rule in ("list", "noun"):  # the next thing may hang on a word inside this one
        later = (t.left_edge.i for t in frame.items if t.i > item.i)
        left_out |= set(range(min(later, default=len(item.doc)), len(item.doc)))
    reach = [t.i for t in _reach(item)]
    reach += range(reach[-1] + 1, late_end(frame, item, reach[-1]) + 1)
    return _printed(scene, item.doc, (i for i in reach if i not in left_out))


def late_end(frame: Frame, item: Token, end: int) -> int:
    """Where a thing ends with the phrases right behind it that the parser hangs on the word above: 'duties on goods',
    'from 10 to 25 percent', 'demands for curbs to subsidies'."""
    if frame.measure is None and frame.rule not in ("noun", "list"):
        return end
    stop = min((t.left_edge.i for t in frame.items if t.i > item.i), default=item.sent.end)
    for phrase in frame.predicate.rights:
        if phrase.i == end + 1 and phrase.dep_ == "prep" and phrase.lower_ in _LATE and phrase.right_edge.i < stop:
            if any(t.ent_type_ in ("DATE", "TIME") or t.lower_ in ("hold", "ice") for t in phrase.children):
                break
            end = phrase.right_edge.i
    return end


def _printed(scene: Scene, doc: Doc, places: Iterable[int]) -> Iterator[str]:
    """The report's own words for tokens, run by run."""
    run: list[int] = []
    for i in sorted(places):
        if run and i != run[-1] + 1:
            yield scene.reading.words(doc[run[0] : run[-1] + 1]) + " "
            run = []
        run.append(i)
    if run:
        yield scene.reading.words(doc[run[0] : run[-1] + 1]) + " "


def _act(scene: Scene, frame: Frame, verb: Token) -> Iterator[str]:
    """The verb and what it governs, without its subject where that is a side, 'to', 'that', 'must' and the like."""
    subject = next((c for c in verb.children if c.dep_ in clauses.SUBJECTS), None)
    unnamed = _goes_without_saying(scene, frame, verb, subject)
    foretold = subject is not None and not unnamed and frame.type not in ("demand", "refuse")
    left_out: set[int] = set()
    for child in verb.children:
        if child.i < verb.i and (_is_dull(frame, verb, child, foretold) or (child == subject and unnamed)):
            left_out |= {t.i for t in child.subtree}
        elif child.dep_ == "aux" and unnamed and verb.tag_ == "VBG":
            left_out.add(child.i)  # 'they were not giving': 'not giving'
    if subject is None and clauses.is_passive(verb) and (above := _undergoing(verb)) is not None:
        yield from _printed(scene, verb.doc, (t.i for t in clauses.noun_phrase(above)))
    reach = [t.i for t in _reach(verb) if t.i not in left_out]
    changed = _changed(frame, verb, unnamed and not _is_helped(verb, left_out))
    yield from _printed(scene, verb.doc, (i for i in reach if i < min(changed, default=0)))
    yield from (f"{changed[i]} " for i in sorted(changed) if i in reach)
    yield from _printed(scene, verb.doc, (i for i in reach if i > max(changed, default=-1)))


def _changed(frame: Frame, verb: Token, bare: bool) -> dict[int, str]:
    """Words that stand otherwise in a bare phrase: 'removes' is 'remove', "n't" is 'not'; neighbours only."""
    if bare and (verb.tag_ in _FINITE or (verb.tag_ == "VBN" and not clauses.is_passive(verb))):
        return {verb.i: verb.lemma_}
    helper = next((c for c in verb.children if c.dep_ == "auxpass" and c.tag_ in _FINITE), None)
    if helper is not None and frame.type == "demand":
        return {helper.i: "be"}
    denied = next((c for c in verb.children if c.dep_ == "neg" and c.text in ("n't", "n’t")), None)
    return {denied.i: "not"} if denied is not None else {}


def _is_plain_perfect(frame: Frame, verb: Token) -> bool:
    """'it has retaliated': 'retaliate'."""
    subject = next((c for c in verb.children if c.dep_ in clauses.SUBJECTS), None)
    if subject is None or frame.type == "accuse" or clauses.is_passive(verb) or verb.tag_ != "VBN":
        return False
    return subject.tag_ == "PRP" or subject == frame.doer


def _is_helped(verb: Token, left_out: set[int]) -> bool:
    return any(c.dep_ in ("aux", "auxpass") and c.i not in left_out for c in verb.children)


def _goes_without_saying(scene: Scene, frame: Frame, verb: Token, subject: Token | None) -> bool:
    """Whether who acts is one of the sides, which the move names itself."""
    if subject is None or clauses.is_passive(verb):
        return False
    if frame.type == "accuse" and verb.tag_ != "VBG":
        return False  # 'the other side has not told them': a clause of its own
    return (
        subject.tag_ in ("PRP", "WDT")
        or (subject == frame.doer and verb == frame.predicate)
        or bool(scene.who(subject))
    )


def _is_dull(frame: Frame, verb: Token, child: Token, foretold: bool) -> bool:
    """What stands before a verb and is no part of the act; of what is `foretold` of a thing 'will' is part."""
    if child.dep_ in _LINKS or child.dep_ in _APART or (child.lower_ == "that" and child.tag_ == "IN"):
        return True  # some conjunctions are read as an object
    if child.dep_ == "aux":
        done = lemma(child) == "have" and _is_plain_perfect(frame, verb)
        return (
            done
            or child.tag_ == "TO"
            or (child.tag_ == "MD" and not foretold)
            or (frame.type == "refuse" and lemma(child) == "do")
        )
    if child.dep_ == "neg":
        return frame.type == "refuse"
    if child.dep_ in _BEFORE:
        return not (child.lower_.endswith("ly") and child.i + 1 == verb.i)
    return False


def _undergoing(verb: Token) -> Token | None:
    """'all tariffs have to be removed': what stands above a passive that somebody must bring about."""
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return next((c for c in verb.head.children if c.dep_ in clauses.SUBJECTS and c.tag_ != "PRP"), None)
    if verb.dep_ != "xcomp" or verb.head.pos_ not in ("VERB", "AUX") or clauses.object_controller(verb.head):
        return None
    found = next((c for c in verb.head.children if c.dep_ in clauses.SUBJECTS), None)
    return found if found is not None and lemma(verb.head) in ("have", "need", "ought") else None


def _reach(item: Token) -> Iterator[Token]:
    """What an item governs; of its own parts not those that are items themselves."""
    left, right = item.i, item.i
    stack = [c for c in item.children if c.dep_ not in _APART and c.dep_ != "punct" and not _is_aside(c)]
    while stack:
        at = stack.pop()
        left, right = min(left, at.i), max(right, at.i)
        stack += [c for c in at.children if c.dep_ not in _INSIDE and c.dep_ != "punct" and not _is_aside(c)]
    if right + 1 < len(item.doc) and item.doc[right + 1].text == "%":
        right += 1
    return iter(item.doc[left : right + 1])


def _is_aside(token: Token) -> bool:
    """An apposition behind a comma."""
    return token.dep_ == "appos" and token.left_edge.i > 0 and token.left_edge.nbor(-1).text == ","


def _balanced(words: str) -> str:
    """Without quotation marks of which only one is there, and without marks around the whole."""
    if words.count("“") != words.count("”"):
        words = words.replace("“", "").replace("”", "")
    if words.count('"') % 2:
        words = words.replace('"', "")
    words = _LOOSE_END.sub("", words)
    inner = words.strip(_MARKS)
    return words.strip(" ,;:") if any(m in inner for m in '“”"') else inner
