"""Deeds: restrictive measures imposed and lifted, gains stopped and resumed, lists, fees, walkouts, force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.moves.frame_effects import begins, faced, stands, threatened
from standoff.extract.moves.frame_gains import charge, extends, gain, given_until, granted, spared
from standoff.extract.moves.frame_words import (
    Frame,
    affected,
    has_beside,
    is_resolute,
    is_timed,
    known,
    lemma,
    puts_to_test,
    restricts,
)
from standoff.model.record import MoveType

_UNDER = ("on", "against", "at")
_ONLY_UP = frozenset("beef ramp jack step crank ratchet".split())  # 'step up', 'jack up'
_ONLY_BACK = frozenset("call scale wind dial phase roll".split())  # 'scaled back', 'called off'
_AT = ("at", "on", "toward", "towards", "into", "against")


def deed_frames(verb: Token) -> Iterator[Frame]:
    """The frame of a verb by which one side harms or spares the other; none for most verbs."""
    for rule in _rules().get(lemma(verb), ()):
        found = rule(verb)
        if found is not None:
            yield found
            return


def _measure_verb(verb: Token) -> Frame | None:
    """raised duties on; lifted sanctions; kept tariffs in place."""
    own = lemma(verb)
    if own not in known("harm.impose") and own not in known("harm.ease"):
        return None
    hit = next((t for t in affected(verb) if restricts(t)), None) or _behind_goods(verb)
    if hit is None or (
        own == "raise" and lemma(hit) in ("ban", "sanction", "curb", "restriction", "embargo", "blockade", "control")
    ):
        return None  # 'raised the ban with him' speaks of it
    if puts_to_test(verb) or (own in _ONLY_UP and not has_beside(verb, "up")):
        return None
    if own in _ONLY_BACK and not has_beside(verb, "back", "down", "out", "off"):
        return None  # 'calling the ban a mistake'
    if (own in ("put", "hold", "place") and has_beside(verb, "off", "back", "hold", "ice")) or own == "call":
        return Frame(type="ease", predicate=verb, doer=clauses.doer(verb), items=(hit,), rule="hold-off", measure=hit)
    ease = own in known("harm.ease") and not (own == "roll" and has_beside(verb, "out"))
    return Frame(
        type="ease" if ease else "impose",
        predicate=verb,
        doer=clauses.doer(verb),
        recipient=next(iter(clauses.prepositional(verb, *_UNDER)), None),
        items=(hit,),
        rule="ease" if ease else "impose",
        measure=hit,
    )


def _behind_goods(verb: Token) -> Token | None:
    """'tariffs on steel that it imposed in May': the measure above the goods that the parser hangs the clause on."""
    if verb.dep_ not in ("acl", "relcl") or verb.tag_ not in ("VBN", "VBD") or not set(affected(verb)) & {verb.head}:
        return None
    above = (t for t in verb.head.ancestors if t.pos_ == "NOUN" and t.i > verb.sent.start)
    return next((t for t, _ in zip(above, range(3), strict=False) if restricts(t)), None)


def _proceeds(verb: Token) -> Frame | None:
    """'will move forward with tariffs of its own', 'went ahead with the ban'."""
    if lemma(verb) not in known("harm.onward") or clauses.is_passive(verb):
        return None
    onward = [c for c in verb.children if c.lower_ in ("forward", "ahead", "on", "through")]
    if not onward and lemma(verb) != "proceed":
        return None
    through = [t for at in (verb, *onward) for t in clauses.prepositional(at, "with", "on")]
    hit = next((n for t in through for n in (t, *_planned_by(t)) if restricts(n)), None)
    if hit is None:
        return None
    return Frame(type="impose", predicate=verb, doer=clauses.doer(verb), items=(hit,), rule="impose", measure=hit)


def _planned_by(plan: Token) -> tuple[Token, ...]:
    """The measures of 'plans to impose duties', 'its threat of tariffs'."""
    if lemma(plan) not in ("plan", "threat", "decision"):
        return ()
    acts = (c for c in plan.children if c.dep_ == "acl" and harms(c))
    return (*(t for act in acts for t in clauses.objects(act)), *clauses.prepositional(plan, "for", "of"))


def _held_off(verb: Token) -> Frame | None:
    """held off on raising tariffs; put the decision back."""
    if lemma(verb) not in ("hold", "put") or not has_beside(verb, "off", "hold", "back"):
        return None
    act = next(iter(clauses.complements(verb) or clauses.prepositional(verb, "on") or affected(verb)), None)
    if act is None or not (restricts(act) or touches_measure(act)):
        return None
    return Frame(
        type="ease",
        predicate=verb,
        doer=clauses.doer(verb),
        items=(act,),
        rule="hold-off",
        measure=act if restricts(act) else None,
    )


def _with_measures(verb: Token) -> Frame | None:
    """hit Beijing with tariffs; responded with a levy of its own."""
    if lemma(verb) not in known("harm.with"):
        return None
    measure = next((t for t in clauses.prepositional(verb, "with", "by") if restricts(t)), None)
    if measure is None:
        return None
    type: MoveType = "threaten" if lemma(verb) == "threaten" else "impose"
    doer = clauses.doer(verb)
    return Frame(
        type=type,
        predicate=verb,
        doer=doer if doer != measure or verb.dep_ in ("relcl", "acl") else None,  # 'could be hit by new tariffs'
        recipient=next(iter((*affected(verb), *clauses.prepositional(verb, "to"))), None),
        items=(measure,),
        rule="hit-with",
        measure=measure,
    )


def _act(verb: Token) -> Frame | None:
    """retaliated; blacklisted a firm; banned imports."""
    own = lemma(verb)
    if own in known("harm.answers") and (by := _answers_by(verb)) is not None:
        return by
    if (
        own == "target"
        and affected(verb)
        and verb.dep_ not in ("acl", "amod", "pcomp")
        and not clauses.is_passive(verb)
    ):
        return Frame(
            type="impose",
            predicate=verb,
            doer=clauses.doer(verb),
            recipient=next(iter(clauses.prepositional(affected(verb)[0], "of")), affected(verb)[0]),
            items=(affected(verb)[0],),
            rule="target",
        )
    if own not in known("harm.acts") or verb.dep_ == "amod" or verb.lower_ == "barring":
        return None
    things = tuple(t for t in affected(verb) if not is_timed(t))
    return Frame(
        type="impose",
        predicate=verb,
        doer=clauses.doer(verb),
        recipient=next(iter(things), None),
        items=things[:1] or (verb,),
        rule="act",
    )


def _answers_by(verb: Token) -> Frame | None:
    """'responded by stepping up its enrichment'."""
    done = next((t for t in clauses.prepositional(verb, "by") if t.tag_ == "VBG" and harms(t)), None)
    if done is None or any(restricts(t) for t in clauses.objects(done)):
        return None  # 'by raising its tariffs' stands by itself
    return Frame(type="impose", predicate=verb, doer=clauses.doer(verb), items=(done,), rule="act")


def _force(verb: Token) -> Frame | None:
    """shelled its towns; launched air strikes."""
    own = lemma(verb)
    if own not in known("harm.force") and own not in known("harm.launch"):
        return None
    things = affected(verb)
    if own in known("harm.force") and verb.dep_ != "amod" and not has_beside(verb, "back"):
        hit = things or clauses.prepositional(verb, "on", "at")
        if own == "fire" and any(lemma(t) in known("harm.missiles") for t in hit):  # 'fired rockets toward a town'
            hit = clauses.prepositional(verb, *_AT) or tuple(n for t in hit for n in clauses.prepositional(t, *_AT))
        if hit and not any(
            lemma(t) in known("pact.nouns") | known("asked") | {"it", "talk", "job", "hope"} for t in hit
        ):
            return Frame(
                type="impose", predicate=verb, doer=clauses.doer(verb), recipient=hit[0], items=(verb,), rule="force"
            )
    if own in known("harm.launch"):
        blow = next(
            (t for t in things for n in (t, *clauses.prepositional(t, "of")) if lemma(n) in known("harm.blows")), None
        )
        if blow is not None:
            on = [
                c for p in verb.subtree if p.lower_ in _UNDER and p.i > blow.i for c in p.children if c.dep_ == "pobj"
            ]
            return Frame(
                type="impose",
                predicate=verb,
                doer=clauses.doer(verb),
                recipient=next(iter(on), None),
                items=(blow,),
                rule="force",
            )
    return None


def _walkout(verb: Token) -> Frame | None:
    """walked off the job; went on strike; walked away from the table."""
    own = lemma(verb)
    if own not in ("walk", "go"):
        return None
    words = {c.lower_ for c in verb.doc[verb.i + 1 : min(verb.i + 5, verb.sent.end)]}
    if (own == "walk" and words & {"off", "out"} and words & {"job", "jobs", "strike"}) or (
        own == "go" and {"on", "strike"} <= words
    ):
        return Frame(type="impose", predicate=verb, doer=clauses.doer(verb), items=(verb,), rule="walkout")
    if own == "walk" and "out" in words and not words & {"of"}:
        return Frame(type="impose", predicate=verb, doer=clauses.doer(verb), items=(verb,), rule="walkout")
    return None


def _listing(verb: Token) -> Frame | None:
    """added firms to its blacklist; took them off the list; labelled it a manipulator."""
    own = lemma(verb)
    if own in ("add", "put", "place", "strike", "remove", "take", "drop"):
        off = own in ("strike", "remove", "take", "drop") or has_beside(verb, "off")
        there = clauses.prepositional(verb, "to", "on", "onto", "off", "from", "in")
        named = next((t for t in there if lemma(t) in known("harm.lists")), None)
        if named is not None and affected(verb):
            good = any(lemma(c) in known("harm.good") or c.lower_ in known("harm.good") for c in named.subtree)
            return Frame(
                type="ease" if off != good else "impose",
                predicate=verb,
                doer=clauses.doer(verb),
                recipient=affected(verb)[0],
                items=(affected(verb)[0],),
                rule="listing",
            )
    if own in known("harm.brand"):
        named = next(
            (
                c
                for c in verb.children
                if c.dep_ in ("oprd", "attr", "dobj", "ccomp") and lemma(c) in known("harm.brands")
            ),
            None,
        )
        named = named or next((c for c in clauses.prepositional(verb, "as") if lemma(c) in known("harm.brands")), None)
        target = next((t for t in affected(verb) if t != named), None) or next(
            (c for c in (named.children if named else ()) if c.dep_ == "nsubj"), None
        )
        if named is not None:
            return Frame(
                type="impose", predicate=verb, doer=clauses.doer(verb), recipient=target, items=(named,), rule="listing"
            )
    return None


def _prepares(verb: Token) -> Frame | None:
    """is working on retaliatory measures; is weighing new tariffs."""
    own = lemma(verb)
    if own not in known("harm.prepare") or any(c.dep_ in ("oprd", "attr") for c in verb.children):
        return None  # 'a blockade would be considered an act of war'
    things = affected(verb) or clauses.prepositional(verb, "on")
    if own == "draw" and not has_beside(verb, "up"):
        return None  # 'drew down sanctions'
    thing = next(
        (
            n
            for t in things
            for n in (t, *_planned_by(t))
            if restricts(n) and not any(c.lower_ in ("lower", "fewer") for c in n.children)
        ),
        None,
    )
    if thing is None:
        acts = clauses.complements(verb)
        thing = next((a for a in acts if harms(a)), None)
    if thing is None:
        return None
    return Frame(
        type="threaten",
        predicate=verb,
        doer=clauses.doer(verb),
        items=(thing,),
        rule="prepares",
        measure=thing if thing.pos_ == "NOUN" else None,
    )


def _calls_off(verb: Token) -> Frame | None:
    """called off the meeting; cancelled the negotiations; recalled its envoy; walked away from the table."""
    own = lemma(verb)
    if own == "recall" and affected(verb) and verb.dep_ not in ("xcomp", "pcomp"):  # not 'it is worth recalling'
        hit = affected(verb)[0]
        return Frame(type="refuse", predicate=verb, doer=clauses.doer(verb), items=(hit,), rule="call-off")
    if own not in known("harm.call_off") or (
        own in ("call", "break", "cut", "put") and not has_beside(verb, "off", "back")
    ):
        return None
    thing = next((t for t in affected(verb) if lemma(t) in known("harm.meetings")), None)
    if thing is None:
        return None
    with_ = next((c for p in thing.subtree if p.lower_ == "with" for c in p.children if c.dep_ == "pobj"), None)
    with_ = with_ or next(iter(clauses.prepositional(verb, "with")), None)
    return Frame(
        type="refuse", predicate=verb, doer=clauses.doer(verb), recipient=with_, items=(thing,), rule="call-off"
    )


@cache
def _rules() -> dict[str, tuple[Callable[[Token], Frame | None], ...]]:
    """From a verb's lemma to the rules that it may open, in the order in which they are tried."""
    stops = known("harm.stop")
    opened: tuple[tuple[frozenset[str], Callable[[Token], Frame | None]], ...] = (
        (frozenset({"threaten"}), threatened),
        (known("harm.prepare"), _prepares),
        (frozenset({"give"}), given_until),
        (known("harm.extends"), extends),
        (known("harm.brand") | {"add", "put", "place", "strike", "remove", "take", "drop"}, _listing),
        (known("harm.charge"), charge),
        (frozenset({"hold", "put"}), _held_off),
        (known("harm.onward"), _proceeds),
        (known("harm.impose") | known("harm.ease"), _measure_verb),
        (known("harm.begin"), begins),
        (known("harm.faces"), faced),
        (known("harm.grows") | known("harm.ends") | known("harm.stays"), stands),
        (known("harm.with"), _with_measures),
        (known("harm.granted"), granted),
        (stops | {"call"}, spared),
        (stops | known("harm.resume") | {"begin", "start"}, gain),
        (known("harm.call_off") | {"recall"}, _calls_off),
        (frozenset({"walk", "go"}), _walkout),
        (known("harm.acts") | known("harm.answers") | {"target"}, _act),
        (known("harm.force") | known("harm.launch"), _force),
    )
    found: dict[str, tuple[Callable[[Token], Frame | None], ...]] = {}
    for lemmas, rule in opened:
        for word in sorted(lemmas):
            found[word] = (*found.get(word, ()), rule)
    return found


def touches_measure(verb: Token) -> bool:
    """Whether a restrictive measure stands anywhere in what a verb governs."""
    return any(lemma(t) in known("harm.restrictive") or lemma(t) in known("harm.things") for t in verb.subtree)


def spares(verb: Token) -> bool:
    """'to hold off on tariffs', 'not to proceed with plans to impose a duty'."""
    spared = lemma(verb) in known("harm.ease") or lemma(verb) in ("hold", "put") or clauses.is_negated(verb)
    return spared and touches_measure(verb)


_REPLIES = frozenset({"response", "retaliation", "reprisal", "countermove", "counterattack"})
_AHEAD_WITH = frozenset("proceed go move press push plow plough".split())  # 'to go ahead with tariffs'


def harms(verb: Token) -> bool:
    """'to raise tariffs', 'to retaliate', 'countermeasures'."""
    if clauses.is_negated(verb):
        return False
    own = lemma(verb)
    if own in ("put", "hold", "place", "keep") and has_beside(verb, "off", "back", "hold"):
        return False
    if own in known("harm.acts") or own in known("harm.restrictive"):
        return True
    if own in known("harm.blow") and (own != "counter" or verb.pos_ == "VERB"):  # 'made a counter-offer'
        return True
    if own in known("harm.force") and verb.pos_ == "VERB":  # 'would fire at ships', but not 'would strike a deal'
        hit = affected(verb) or clauses.prepositional(verb, "on", "at")
        return bool(hit) and not any(lemma(t) in known("pact.nouns") or t.pos_ == "PRON" for t in hit)
    return _harms_by_object(verb, own)


def _harms_by_object(verb: Token, own: str) -> bool:
    """'to use force', 'to stop purchases', 'to build up its arsenal', 'to make a response'."""
    things = {lemma(n) for t in affected(verb) for n in (t, *clauses.prepositional(t, "of"))}
    if own in known("harm.arm") and things & known("harm.arms"):
        return True
    if (own in known("harm.stop") and things & known("harm.gains")) or (own == "use" and "force" in things):
        return True
    if own in ("make", "take", "give") and things & _REPLIES:
        return True
    if own == "take" and any(map(is_resolute, affected(verb))):
        return True
    listed = _listing(verb)
    if listed is not None:
        return listed.type == "impose"
    if own in _AHEAD_WITH and any(restricts(t) for t in clauses.prepositional(verb, "with")):
        return True
    imposes = own == "take" or own in known("harm.impose")  # 'to take countermeasures'
    return imposes and any(restricts(t) for t in affected(verb))
