"""What of a frame is nobody's act: those to whom something is promised, 'no purchases', 'a deal would be reached'."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_words import Frame, known, lemma
from standoff.extract.moves.sides import Scene


def at_stake(scene: Scene, frame: Frame) -> tuple[Token, ...]:
    """The items without those to whom something is offered or promised: 'promised voters a deal'."""
    items = _alike(frame.items)
    if frame.type not in ("offer", "commit") or frame.predicate.pos_ != "VERB":
        return items
    kept = tuple(i for i in items if i.pos_ not in ("NOUN", "PROPN", "PRON") or not _is_somebody(scene, i))
    return kept or (clauses.objects(frame.predicate)[:1] if frame.rule == "light" else ())


def _is_somebody(scene: Scene, word: Token) -> bool:
    return bool(scene.who(word)) or lemma(word) in known("bystanders")


def _alike(items: tuple[Token, ...]) -> tuple[Token, ...]:
    """Items without past verbs behind a first that is none: 'threatened to act, and then put it off'."""
    if not items or items[0].tag_ == "VBD":
        return items
    return tuple(i for i in items if i.tag_ != "VBD")


def is_none(frame: Frame) -> bool:
    """'will pledge no purchases', 'made no commitment to free them'."""
    things = (frame.items[0], *(clauses.objects(frame.predicate) if frame.rule == "light" else ()))
    return any(c.lower_ == "no" and c.dep_ == "det" for t in things for c in t.children)


def is_empty(frame: Frame) -> bool:
    """'wants more', 'will want to tackle five areas': nothing is said of what."""
    item = frame.items[0]
    if frame.rule not in ("want", "seek", "need", "hope", "content"):
        return False
    if item.pos_ == "VERB" and frame.type == "demand" and lemma(item) in known("empty.handling"):
        things = clauses.objects(item)
        return len(things) == 1 and _is_bare_list(things[0])
    return lemma(item) in known("empty.words") and not any(c.dep_ in ("prep", "acl", "relcl") for c in item.children)


def _is_bare_list(thing: Token) -> bool:
    """'five key areas', but not 'issues of trade', 'trade issues'."""
    if thing.tag_ != "NNS" or lemma(thing) not in known("listing"):
        return False
    return all(c.dep_ in ("nummod", "det", "amod") for c in thing.children) and any(
        c.dep_ == "nummod" or lemma(c) in ("several", "many", "key") for c in thing.children
    )


def _is_talked_of(verb: Token) -> bool:
    """'talks on easing the blockade', 'discussions about lifting': what is talked about is not done."""
    above = verb.head
    return (
        verb.tag_ == "VBG"
        and verb.dep_ == "pcomp"
        and above.lower_ in ("on", "about", "over")
        and lemma(above.head) in known("talked_in")
    )


def is_only_thought_of(frame: Frame, verb: Token) -> bool:
    """'a deal would be reached', 'must agree to it', 'this is no strike that I wanted', 'talks on easing it'."""
    if frame.type in ("ease", "impose") and _is_talked_of(verb):
        return True
    if frame.type == "demand":
        above = verb.head if verb.dep_ == "relcl" else None
        negated = above is not None and above.dep_ == "attr" and clauses.is_negated(above.head)
        why = above is not None and lemma(above) in known("no_things")
        return negated or why
    if frame.rule == "pact" and verb.dep_ == "relcl" and verb.tag_ in ("VBP", "VB", "VBZ"):
        return True  # 'any deal they reach'
    if frame.type not in ("agree", "commit", "offer"):
        return False
    duty = any(c.dep_ == "aux" and lemma(c) in known("duty.modals") for c in verb.children)
    joint = frame.rule == "will-jointly"  # "said they would"
    return duty or (frame.type == "agree" and not joint and mood(verb) == "hypothetical")


def is_unlikely(verb: Token) -> bool:
    """'is unlikely to yield', 'is not likely to', 'shows no sign of yielding', 'nor does it ask'."""
    above = verb.head
    if verb.dep_ in ("xcomp", "acomp") and above.pos_ == "ADJ":
        return above.lower_ == "unlikely" or (above.lower_ == "likely" and clauses.is_negated(above.head))
    if verb.dep_ == "pcomp" and lemma(above.head) in ("sign", "hint"):
        return any(c.lower_ in ("no", "little", "few") for c in above.head.children)
    left = verb.left_edge.i
    return left > verb.sent.start and "nor" in (verb.doc[left].lower_, verb.doc[left - 1].lower_)


def is_doubted(verb: Token) -> bool:
    """'doubted that they would yield', 'sceptical that it agreed', 'did not think it would'."""
    while verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    thought = lemma(verb.head) in known("thinking") and clauses.is_negated(verb.head)
    if any(c.lower_ in ("no", "little") for c in verb.head.children):
        return False  # 'have no doubt that they broke it'
    return verb.dep_ in ("ccomp", "acl") and (thought or lemma(verb.head) in known("doubting"))


def promised_of(scene: Scene, frame: Frame, by: tuple[str, ...]) -> Frame | None:
    """'vowed that the other side will pay': asked of it."""
    if frame.type != "commit" or frame.rule not in ("content", "noun", "light") or not by:
        return None
    subject = next((c for c in frame.items[0].children if c.dep_ in clauses.SUBJECTS), None)
    named = subject is not None and subject.pos_ != "PRON" and not clauses.is_passive(frame.items[0])
    other = scene.who(subject) if named else ()
    if not other or set(other) & set(by):
        return None
    return replace(frame, type="demand", recipient=subject)


def mood(verb: Token) -> clauses.Mode:
    """The mood of a clause, read off the verb above for what it controls: 'can start lifting' is not done."""
    found = clauses.mode(verb)
    if found == "fact" and verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX"):
        return clauses.mode(verb.head)
    return found
