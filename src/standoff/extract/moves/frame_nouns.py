"""Nouns and adjectives that make a move: 'its demand that', 'demands for', 'the threat of', 'is willing to'."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_deeds import harms
from standoff.extract.moves.frame_verbs import is_subjunctive, with_clauses
from standoff.extract.moves.frame_words import (
    Frame,
    asks_somebody,
    is_infinitive,
    is_timed,
    known,
    lemma,
    linked,
    makers,
    pieces,
    restricts,
    taken,
)
from standoff.model.record import MoveType

_TAKES = {"threaten": ("of",), "accuse": ("of", "that", "about"), "refuse": ("to", "of"), "commit": ("to", "of")}
_LINKED = ("acomp", "oprd", "amod", "xcomp", "conj", "ROOT", "advcl", "acl", "relcl", "ccomp", "attr")


def noun_frames(noun: Token) -> Iterator[Frame]:
    """The frame of a noun that tells a move."""
    own = lemma(noun)
    type = makers("nouns").get(own)
    if type is not None:
        found = _telling(noun, own)
        if found is not None:
            yield found
    elif own in known("steps"):
        yield from _steps(noun)
    elif own in known("unwilling"):
        yield from _no_wish(noun)
        yield from _planned(noun)
    elif own in known("blame.owned"):
        yield from _owned(noun)
    elif own in known("pact.standing"):
        yield from _standing(noun)
    elif own in known("harm.considered"):
        yield from _considered(noun)


def _telling(noun: Token, own: str) -> Frame | None:
    """'its demand for', 'the threat of', 'the promise that China will buy'."""
    type = makers("nouns")[own]
    items = _told(noun, own, type)
    if not items or lemma(items[0]) in known("silence"):
        return None
    inner = next((c for i in items for c in i.children if c.dep_ in clauses.SUBJECTS), None)
    recipient = inner if type in ("accuse", "demand") else None
    toward = (t for t in clauses.prepositional(noun, "to", "on", "against") if t.pos_ != "NOUN" or t.text[0].isupper())
    recipient = recipient or next(toward, None) or _refuser(noun)
    doer = clauses.possessor(noun) if _possessed(noun) else _qualified(noun) or _holder(noun)
    if doer is not None and recipient is None and type == "demand" and not _possessed(noun):
        recipient = next((t for t in clauses.prepositional(noun, "of") if t.pos_ == "PROPN"), None)
    if doer is None and type in ("commit", "offer", "threaten", "refuse"):
        doer = inner
    if doer is None and (type == "accuse" or recipient is None) and type != "threaten":
        return None
    return Frame(type=type, predicate=noun, doer=doer, recipient=recipient, items=items, rule="noun")


def _told(noun: Token, own: str, type: MoveType) -> tuple[Token, ...]:
    """What the noun is of; () where it is no move of its own."""
    acts = _listed(noun) if type == "demand" else ()
    if (lemma(noun.head) in known("light") and noun.dep_ == "dobj" and not acts) or own == "concession":
        return ()  # the light verb opens the frame
    if own == "concern" and not acts:
        return ()
    acts = acts or clauses.wishes(noun) or (right_after(noun) if _possessed(noun) or _qualified(noun) else ())
    acts = tuple(a for a in acts if not _is_participle(a))
    acts = tuple(a for a in acts if a.pos_ not in ("VERB", "AUX") or a.tag_ == acts[0].tag_)
    if type == "accuse" and not acts:
        acts = tuple(c for c in noun.children if c.dep_ == "relcl")[:1] or _alleged(noun)
    items = acts or _to_act(with_clauses(_all_taken(noun, _TAKES.get(type, ("for", "on", "to")))))
    items = tuple(i for i in items if not is_timed(i))
    return items if items and _is_bargaining(noun, own, items, bool(acts)) else ()


def _is_participle(act: Token) -> bool:
    """'a call scheduled for noon', but not 'the call that it be lifted'."""
    return (
        act.tag_ == "VBN" and act.dep_ == "acl" and all(c.dep_ not in ("mark", *clauses.SUBJECTS) for c in act.children)
    )


def _to_act(things: tuple[Token, ...]) -> tuple[Token, ...]:
    """'demands for the other side to stop': the infinitive beside the name, wherever the parser hangs it."""
    to = things[0].nbor() if len(things) == 1 and things[0].i + 1 < len(things[0].doc) else None
    if to is None or things[0].pos_ != "PROPN" or to.tag_ != "TO" or to.head.tag_ != "VB" or to.sent != things[0].sent:
        return things
    return (to.head, *(c for c in clauses.conjuncts(to.head) if is_infinitive(c)))


def _all_taken(noun: Token, prepositions: tuple[str, ...]) -> tuple[Token, ...]:
    """What the noun takes; of a subject with a long list ('demands for A, B, C and D are') all of it."""
    found = taken(noun, *prepositions)
    if noun.dep_ not in clauses.SUBJECTS or not found or noun.head.i < found[0].i or found[0].pos_ == "VERB":
        return found
    opener = next((c for c in noun.children if c.lower_ in prepositions and c.i < found[0].i), None)
    if opener is None:
        return found
    listed = tuple(t for t in pieces(noun.doc[opener.i + 1 : noun.head.i]) if t.pos_ in ("NOUN", "PROPN"))
    return listed if len(listed) > max(2, len(found)) and listed[0] == found[0] else found


def _alleged(noun: Token) -> tuple[Token, ...]:
    """'allegations Beijing steals secrets': the verb of the name beside the noun."""
    name = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    if name is None or name.pos_ != "PROPN" or name.dep_ not in clauses.SUBJECTS or name.sent != noun.sent:
        return ()
    return (name.head,) if name.head.pos_ == "VERB" and name.head.tag_ in ("VBZ", "VBP", "VBD", "VBN") else ()


def right_after(noun: Token) -> tuple[Token, ...]:
    """'is centred on a demand to limit': the infinitive beside the noun, hung on the verb above."""
    by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("from", "by")), noun)
    end = max(t.i for t in by.subtree) if by != noun else noun.i  # 'demands from Beijing to stop'
    to = noun.doc[end + 1] if end + 1 < len(noun.doc) else None
    if to is None or to.tag_ != "TO" or to.head.tag_ != "VB" or to.sent != noun.sent:
        return ()
    above = to.head.head
    return (to.head,) if to.head.dep_ in ("advcl", "xcomp") and above in noun.ancestors else ()


def _is_bargaining(noun: Token, own: str, items: tuple[Token, ...], by_clause: bool) -> bool:
    """Not the demand of consumers, not a threat to health, not an effort to win an election."""
    if own == "demand":
        return not any(lemma(c) in known("economic") for c in noun.children)
    if own == "threat":
        told = by_clause and (is_infinitive(items[0]) or any(c.dep_ == "mark" for c in items[0].children))
        return told or any(lemma(i) in known("threats") or restricts(i) for i in items)
    if makers("nouns")[own] == "commit" and lemma(items[0]) in known("stand.verbs") | {"prevent", "ensure"}:
        return False  # 'its commitment to defending its allies'
    if own in known("wish_nouns"):
        if not _possessed(noun) and _qualified(noun) is None and _holder(noun) is None:
            return False
        return by_clause and asks_somebody(items[0])
    return own not in known("try_nouns") or any(lemma(i) in known("tries") for i in items)


def _refuser(noun: Token) -> Token | None:
    """'they turned down a request for': whom a demand without an owner was put to."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass") or lemma(verb) not in makers("verbs.content") | linked("particle"):
        return None
    return (
        clauses.doer(verb)
        if (makers("verbs.content").get(lemma(verb)) == "refuse" or lemma(verb) in linked("particle"))
        else None
    )


def _listed(noun: Token) -> tuple[Token, ...]:
    """What a demand is said to be: 'its demands are A and B', 'two demands: A and B'."""
    found: list[Token] = []
    if noun.dep_ in clauses.SUBJECTS and lemma(noun.head) == "be" and not clauses.prepositional(noun, "for"):
        found = [c for c in noun.head.children if c.dep_ == "attr" and lemma(c) not in makers("nouns")]
    if noun.dep_ in clauses.SUBJECTS and lemma(noun.head) == "include":
        found = [c for c in noun.head.children if c.dep_ == "dobj" and lemma(c) not in makers("nouns")]
    if noun.dep_ == "dobj":  # 'repeated that its concerns are A and B', read as 'repeated its concerns'
        be = next((c for c in noun.head.children if c.dep_ == "conj" and lemma(c) == "be" and clauses.objects(c)), None)
        if be is not None and not any(c.dep_ in clauses.SUBJECTS for c in be.children):
            found = list(clauses.objects(be)[:1])
    which = (c for c in noun.children if c.dep_ == "relcl" and any(g.lower_ == "which" for g in c.children))
    for be in which:  # 'their other demand, which was the removal of tariffs', '... which was ending them'
        if lemma(be) in ("be", "include"):
            found += [c for c in be.children if c.dep_ in ("attr", "xcomp", "ccomp", "dobj") and c.tag_ != "WDT"]
        elif be.tag_ == "VBG" and any(lemma(c) == "be" and c.dep_ == "aux" for c in be.children):
            found.append(be)
    found += [c for c in noun.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    found += [c for t in found for c in t.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    return tuple(t for head in found for t in (head, *clauses.conjuncts(head)))


def _qualified(noun: Token) -> Token | None:
    """Who acts by a noun that has no possessor: 'U.S. calls for', 'American demands'."""
    return next((c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and c.text[0].isupper()), None)


def _holder(noun: Token) -> Token | None:
    """'they have three demands', 'the other demand is from them'."""
    verb = noun.head
    if noun.dep_ == "dobj" and lemma(verb) == "have":
        return clauses.subject(verb)
    if noun.dep_ in clauses.SUBJECTS and lemma(verb) in ("be", "come"):
        return next(iter(clauses.prepositional(verb, "from")), None)
    return None


def _possessed(noun: Token) -> bool:
    return any(c.dep_ == "poss" for c in noun.children) or bool(clauses.prepositional(noun, "by", "from"))


def _owned(noun: Token) -> Iterator[Frame]:
    """'China's theft of', 'its failure to': a deed that blames its owner, by whoever says so."""
    owner = clauses.possessor(noun) if _possessed(noun) else _qualified(noun)
    if owner is None:
        return
    yield Frame(type="accuse", predicate=noun, recipient=owner, items=(noun,), rule="owned-blame")


def _steps(noun: Token) -> Iterator[Frame]:
    """'its steps to curb a firm of the other side': a harm that is done."""
    act = next((c for c in noun.children if c.dep_ == "acl" and is_infinitive(c)), None)
    if (
        act is None
        or not _possessed(noun)
        or not (lemma(act) in known("harm.acts") or lemma(act) in known("harm.stop") or harms(act))
    ):
        return
    hit = next(iter(clauses.objects(act)), None)
    yield Frame(type="impose", predicate=noun, doer=clauses.possessor(noun), recipient=hit, items=(act,), rule="steps")


def _planned(noun: Token) -> Iterator[Frame]:
    """'its plans for tariffs on their goods': a harm to come."""
    measure = next((t for t in taken(noun, "for") if restricts(t)), None) if lemma(noun) == "plan" else None
    owner = clauses.possessor(noun) if _possessed(noun) else _qualified(noun)
    if measure is not None and owner is not None:
        yield Frame(type="threaten", predicate=noun, doer=owner, items=(measure,), rule="noun", measure=measure)


def _considered(noun: Token) -> Iterator[Frame]:
    """'tariffs are under consideration'."""
    verb = noun.head.head
    thing = clauses.subject(verb) if noun.head.lower_ == "under" and verb.pos_ in ("AUX", "VERB") else None
    if thing is not None and restricts(thing):
        yield Frame(type="threaten", predicate=noun, items=(thing,), rule="prepares", measure=thing)


def _no_wish(noun: Token) -> Iterator[Frame]:
    """'has no plans to', 'there is no intention of', 'a lack of interest in'."""
    lack = noun.head.head if noun.dep_ == "pobj" and lemma(noun.head.head) == "lack" else None
    if lack is None and not any(c.lower_ in ("no", "little") for c in noun.children):
        return
    acts = clauses.complements(noun) or clauses.prepositional(noun, "in", "of", "to")
    if not acts:
        return
    top = lack if lack is not None else noun
    doer = clauses.subject(top.head) if top.dep_ in ("dobj", "attr") and top.head.pos_ in ("VERB", "AUX") else None
    doer = None if doer is not None and doer.dep_ == "expl" else doer
    yield Frame(type="refuse", predicate=noun, doer=doer, items=acts, rule="no-wish")


def _standing(noun: Token) -> Iterator[Frame]:
    """'their tariff truce': an agreement that stands."""
    if noun.dep_ in ("compound", "amod", "nmod") or any(c.lower_ == "own" for c in noun.children):
        return  # 'its own cease-fire' is nobody else's
    owner = clauses.possessor(noun) if _possessed(noun) else None
    between = clauses.prepositional(noun, "between", "with")
    if owner is None and not between:
        return
    yield Frame(
        type="agree",
        predicate=noun,
        doer=owner or between[0],
        recipient=between[0] if owner is not None and between else None,
        items=(noun,),
        rule="standing-pact",
    )


def adjective_frames(adjective: Token) -> Iterator[Frame]:
    """is willing to, is reluctant to; 'is unacceptable' (of what the other side wants)."""
    own = lemma(adjective)
    if own in known("unacceptable"):
        subject = next((c for c in adjective.head.children if c.dep_ in clauses.SUBJECTS), None)
        yield Frame(type="refuse", predicate=adjective, items=(subject or adjective,), rule="unacceptable")
        return
    if own in known("mandating") and (mandated := _mandated(adjective)) is not None:
        yield mandated
        return
    if own in known("displeased") and (displeased := _displeased(adjective)) is not None:
        yield displeased
        return
    type = makers("adjectives").get(own)
    if own == "due" and adjective.dep_ == "acomp" and (acts := clauses.complements(adjective)):
        doer = clauses.subject(adjective.head)
        yield Frame(type="agree", predicate=adjective, doer=doer, items=acts, rule="due-jointly")
    if type is None:
        return
    acts = (
        clauses.complements(adjective) or _late_infinitives(adjective) or clauses.prepositional(adjective, "to", "for")
    )
    if not acts or adjective.dep_ not in _LINKED or (type == "offer" and lemma(acts[0]) in known("borne")):
        return
    if type == "demand":
        yield from _wished(adjective, acts[0])
        return
    doer = (
        clauses.subject(adjective.head)
        if adjective.dep_ in ("acomp", "oprd", "conj", "attr")
        else clauses.subject(adjective)
    )
    yield Frame(type=type, predicate=adjective, doer=doer, items=acts, rule="adjective")


def _displeased(adjective: Token) -> Frame | None:
    """'is unhappy with their reform': of somebody's deed, by name."""
    about = clauses.prepositional(adjective, "with", "at", "by", "over", "about", "of")
    whose = next((n for t in about for n in (t, *t.children) if n.ent_type_ in ("GPE", "NORP", "ORG", "PERSON")), None)
    if whose is None or adjective.dep_ not in ("acomp", "ROOT", "conj"):
        return None
    doer = clauses.subject(adjective.head if adjective.dep_ == "acomp" else adjective)
    return Frame(type="accuse", predicate=adjective, doer=doer, recipient=whose, items=about[:1], rule="displeased")


def _mandated(adjective: Token) -> Frame | None:
    """'is impatient that the other side make changes': the bare form behind 'that'."""
    if adjective.dep_ != "acomp":
        return None
    near = (c for t in (adjective, adjective.head) for c in t.children if c.dep_ in ("ccomp", "acl") and c.i > t.i)
    act = next((c for c in near if is_subjunctive(c)), None)
    if act is None:
        return None
    acts = (act, *(c for c in clauses.conjuncts(act) if c.pos_ == "VERB"))
    return Frame(
        type="demand",
        predicate=adjective,
        doer=clauses.subject(adjective.head),
        recipient=clauses.subject(act),
        items=acts,
        rule="adjective",
    )


def _wished(adjective: Token, act: Token) -> Iterator[Frame]:
    """'is anxious that they stop', 'is keen for them to': somebody else is to do it."""
    other = next((c for c in act.children if c.dep_ in clauses.SUBJECTS), None)
    if act.pos_ not in ("VERB", "AUX") or other is None or adjective.dep_ not in ("acomp", "oprd", "conj"):
        return
    doer = clauses.subject(adjective.head)
    yield Frame(type="demand", predicate=adjective, doer=doer, recipient=other, items=(act,), rule="adjective")


def _late_infinitives(adjective: Token) -> tuple[Token, ...]:
    """'is ready on 2 March to raise': the infinitive hung on the verb."""
    if adjective.dep_ != "acomp":
        return ()
    late = (
        c for c in adjective.head.children if c.dep_ in ("advcl", "xcomp") and c.i > adjective.i and is_infinitive(c)
    )
    return tuple(v for c in late for v in (c, *clauses.conjuncts(c)))
