"""Verbs that make a move by what they mean: asking, offering, promising, agreeing, refusing, threatening, blaming."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues
from standoff.extract.moves.frame_blame import accusing, calling, citing, to_blame
from standoff.extract.moves.frame_deeds import harms
from standoff.extract.moves.frame_light import light
from standoff.extract.moves.frame_pacts import agreed_with, reached
from standoff.extract.moves.frame_words import (
    Frame,
    affected,
    asks,
    is_infinitive,
    is_timed,
    known,
    lemma,
    linked,
    makers,
)
from standoff.model.record import MoveType

_AGAINST = ("on", "against", "from", "at")


def verb_frames(verb: Token) -> Iterator[Frame]:
    """The frame of a verb of saying or dealing; none for most verbs."""
    own = lemma(verb)
    found = _controlled(verb, makers("verbs.control").get(own)) or _particle(verb, linked("particle").get(own))
    found = found or _prepositional(verb, linked("prep").get(own)) or _content(verb, makers("verbs.content").get(own))
    found = found or reached(verb) or light(verb) or calling(verb) or citing(verb)
    if found is not None:
        yield found


def _controlled(verb: Token, type: MoveType | None) -> Frame | None:
    """urged Beijing to stop; 'was asked to stop' takes its subject as the one asked."""
    if type is None or (lemma(verb) in ("force", "compel") and verb.tag_ == "VBG" and verb.dep_ == "advcl"):
        return None  # 'a refusal, forcing them to give way': what comes of it
    if lemma(verb) == "get" and verb.tag_ not in ("VB", "VBG"):
        return None  # 'has got to act', 'got them to act': 'to get them to act' is still asked
    done = tuple(c for c in clauses.wishes(verb) if (c.tag_ == "VB" and _is_wish(c)) or is_infinitive(c))
    done = done or _right_after(clauses.object_controller(verb), verb)
    if not done or asks(done[0]) or (done[0].i < verb.i and not is_infinitive(done[0])):
        return None
    done += _strayed(verb, done)
    called_on = next(iter(clauses.prepositional(verb, "on", "upon")), None) if verb.dep_ == "acl" else None
    if called_on is not None:  # 'the president, who stayed away, called on them to': no passive
        return Frame(type=type, predicate=verb, doer=verb.head, recipient=called_on, items=done, rule="control")
    if clauses.is_passive(verb):
        subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        subject = subject or (verb.head if verb.dep_ == "acl" else None)
        if lemma(verb) in ("force", "compel", "oblige") and clauses.agent(verb) is None:
            if not harms(done[0]):
                return None  # 'was forced to wait': by how things stand
            return Frame(type="threaten", predicate=verb, doer=subject, items=done, rule="control-passive")
        return Frame(
            type=type, predicate=verb, doer=clauses.agent(verb), recipient=subject, items=done, rule="control-passive"
        )
    inner = next((c for c in done[0].children if c.dep_ in clauses.SUBJECTS), None)
    recipient = inner or clauses.object_controller(verb)
    if recipient is None:
        recipient = next(iter(clauses.prepositional(verb, "on", "to", "with", "for")), None)
    if recipient is None:
        return None
    return Frame(type=type, predicate=verb, doer=clauses.doer(verb), recipient=recipient, items=done, rule="control")


def _right_after(asked: Token | None, verb: Token) -> tuple[Token, ...]:
    """'press them to loosen', with the infinitive read as a purpose."""
    if asked is None:
        return ()
    end = clauses.noun_phrase(asked).end
    return tuple(c for c in verb.children if c.dep_ == "advcl" and is_infinitive(c) and c.left_edge.i == end)


def _strayed(verb: Token, done: tuple[Token, ...]) -> tuple[Token, ...]:
    """'the list included asking them to stop A, use B and order C': bare verbs behind, hung on a verb with a tense."""
    tops = [t for t in (verb, verb.head) if t.tag_ in ("VBD", "VBZ", "VBN") and t.i < done[0].i]
    later = (c for t in tops for c in clauses.conjuncts(t) if c.tag_ == "VB" and c.i > done[-1].i)
    return tuple(c for c in later if c not in done and not any(g.dep_ in ("nsubj", "aux") for g in c.children))


def _is_wish(verb: Token) -> bool:
    """A subjunctive or bare verb: no tense of its own, no 'will' or 'did', and no 'should they retaliate'."""
    if is_supposed(verb) or any(c.dep_ == "aux" and lemma(c) == "do" for c in verb.children):
        return False
    return not any(c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ not in ("should", "must") for c in verb.children)


def is_supposed(verb: Token) -> bool:
    """'should they retaliate': a condition without 'if'."""
    subject = next((c.i for c in verb.children if c.dep_ in clauses.SUBJECTS), None)
    return subject is not None and any(
        c.lower_ in ("should", "were") and c.dep_ == "aux" and c.i < subject for c in verb.children
    )


def _prepositional(verb: Token, table: dict[str, MoveType] | None) -> Frame | None:
    for word, type in (table or {}).items():
        particles = {c.lower_ for c in verb.children if c.dep_ == "prt"}
        if word == "for" and (particles if lemma(verb) != "hold" else "out" not in particles):
            continue  # 'called in for the work'; but 'held out for more'
        things = tuple(t for t in clauses.prepositional(verb, word) if not is_timed(t) and t.i > verb.i)
        if not things:
            particle = next(
                (c for c in verb.children if c.dep_ in ("prt", "advmod", "prep") and c.lower_ == word and c.i > verb.i),
                None,
            )
            if particle is None:
                continue
            things = clauses.prepositional(particle, "of", "from", "at", "on", "against") or clauses.objects(verb)
            things = things or (clauses.prepositional(verb, "on", "against") if word == "back" else ())
        acts = tuple(c for c in clauses.wishes(verb) if is_infinitive(c))
        if type == "demand" and acts:
            return Frame(
                type=type,
                predicate=verb,
                doer=clauses.doer(verb),
                recipient=things[0] if things else None,
                items=acts,
                rule="prep-inf",
            )
        if not things and type != "accuse":
            continue
        if type == "refuse" and (pulled := _pulled_back(verb, things)) is not None:
            return pulled
        if (type == "commit" and _is_told(verb, things)) or (type == "refuse" and _is_claim(things)):
            continue
        if lemma(verb) == "blame" and (blamed := to_blame(verb)) is not None:
            return blamed
        return _at(verb, type, things)
    return None


def _at(verb: Token, type: MoveType, things: tuple[Token, ...]) -> Frame:
    """The frame of a verb with what its preposition brings."""
    recipient = next(iter(clauses.prepositional(verb, *_AGAINST) or clauses.objects(verb)), None)
    if type == "refuse" and recipient is not None and lemma(verb) in ("pull", "withdraw"):
        recipient = None  # 'pulled the country out of the pact'
    items = with_clauses(things) if type == "demand" else things
    items = tuple(i for i in items if type != "demand" or i.ent_type_ != "GPE")  # for whom, not for what
    doer = clauses.doer(verb)
    if type == "commit" and doer is None:  # 'was committed to peace'
        doer = clauses.subject(verb)
    return Frame(type=type, predicate=verb, doer=doer, recipient=recipient, items=items or (verb,), rule="prep")


def _is_claim(things: tuple[Token, ...]) -> bool:
    """'pushed back against a wave of criticism'."""
    return any(lemma(n) in known("claims") for t in things for n in (t, *clauses.prepositional(t, "of")))


def _is_told(verb: Token, things: tuple[Token, ...]) -> bool:
    """'committed to them that it would', 'have committed, to our relief, to act': to whom, not to what."""
    if any(c.dep_ in ("xcomp", "advcl") and is_infinitive(c) for c in verb.children):
        return lemma(verb) == "commit"
    return bool(things) and things[0].pos_ == "PROPN" and any(c.dep_ == "ccomp" for c in verb.children)


def _pulled_back(verb: Token, things: tuple[Token, ...]) -> Frame | None:
    """'withdrew its troops from the strip', 'will pull out of five bases': no refusal, a harm taken back."""
    if lemma(verb) not in known("troops.pull") or any(lemma(t) in known("pact.nouns") for t in things):
        return None
    moved = (*clauses.objects(verb), *((s,) if (s := clauses.subject(verb)) is not None else ()))
    forces = next((t for t in moved if lemma(t) in known("troops.forces")), None)
    if forces is None and not any(t.ent_type_ in ("GPE", "LOC") or lemma(t) in known("troops.places") for t in things):
        return None
    items = (forces,) if forces is not None else things
    return Frame(type="ease", predicate=verb, doer=clauses.doer(verb), items=items[:1], rule="pull-back")


def with_clauses(things: tuple[Token, ...]) -> tuple[Token, ...]:
    """'for China to stop': the act stands for the thing where the parser hangs it there."""
    found = []
    for thing in things:
        act = next((c for c in thing.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)), None)
        found.append(act if act is not None and lemma(thing) not in known("pact.nouns") else thing)
    return tuple(found)


def _particle(verb: Token, table: dict[str, MoveType] | None) -> Frame | None:
    if not table:
        return None
    for child in verb.children:
        if child.dep_ in ("prt", "advmod", "prep") and child.lower_ in table:
            things = (
                affected(verb)
                or clauses.prepositional(verb, "at", "for", "on")
                or clauses.prepositional(child, "from", "of")
            )
            if table[child.lower_] == "accuse":
                things = clauses.prepositional(verb, "for", "over", "on") or things
            items = things or clauses.complements(verb) or (verb,)
            if any(lemma(i) in known("claims") for i in items):
                return None
            if lemma(verb) in known("overlooks") and not any(lemma(i) in known("asked") for i in items):
                return None  # 'shrugged off the weather'
            if lemma(verb) == "shut" and not any(lemma(i) in makers("nouns") for i in items):
                return None  # 'shut down a plant'
            recipient = next(iter(clauses.objects(verb) or clauses.prepositional(verb, "at")), None)
            return Frame(
                type=table[child.lower_],
                predicate=verb,
                doer=clauses.doer(verb),
                recipient=recipient,
                items=items,
                rule="particle",
            )
    return None


def _content(verb: Token, type: MoveType | None) -> Frame | None:
    """demanded an end to it; insisted that; refused to discuss; accused Beijing of."""
    if type is None or verb.dep_ == "amod":
        return None
    had = any(lemma(c) == "have" for c in verb.children)
    if lemma(verb) == "expect" and verb.tag_ == "VBN" and not had and clauses.agent(verb) is None:
        return None  # 'is expected to act': nobody asks
    if type == "accuse":
        return accusing(verb)
    if type == "refuse" and any(lemma(c) == "rule" for c in clauses.complements(verb)):
        return None  # 'refused to rule out': see left_open
    special = _opposed(verb) or _warned(verb) or _cleft(verb, type) or agreed_with(verb)
    if special is not None:
        return special
    acts, things = _said_acts(verb, type), affected(verb)
    if verb.dep_ != "relcl":
        things = tuple(t for t in things if t.tag_ != "WDT")
    items = acts or things or (clauses.prepositional(verb, "on", "to", "in") if type == "agree" else ())
    items = tuple(
        i for i in items if not is_timed(i) and not (type == "demand" and i.ent_type_ == "GPE" and len(items) == 1)
    )
    if not items or not _is_said(verb, type, items, acts, things):
        return None
    if type in ("agree", "commit"):
        items = items[:1] + tuple(i for i in items[1:] if i.tag_ == items[0].tag_)
    recipient = _inner_subject(acts) if type == "demand" else None
    recipient = recipient or next(iter(clauses.prepositional(verb, "from", "to", "with")), None)
    if recipient is None and acts and things:
        recipient = things[0]
    rule = _OWN_RULES.get(lemma(verb), "content") + ("-passive" if clauses.is_passive(verb) else "")
    return Frame(type=type, predicate=verb, doer=clauses.doer(verb), recipient=recipient, items=items, rule=rule)


# Verbs that mean other things as often are weighed by rules of their own.
_OWN_RULES = {word: word for word in ("want", "expect", "hope", "need", "plan", "seek", "agree")} | {"like": "want"}
_ASKING = ("WP", "WDT", "WRB")


def _said_acts(verb: Token, type: MoveType) -> tuple[Token, ...]:
    acts = clauses.wishes(verb) if type == "demand" else clauses.complements(verb)
    acts = tuple(a for a in acts if a == verb or not (is_supposed(a) or a.tag_ == "TO"))  # 'they want to'
    if lemma(verb) in ("concede", "consent", "acquiesce"):
        acts = tuple(a for a in acts if is_infinitive(a))  # 'conceded that it was late'
    if lemma(verb) == "insist":  # 'insists that its course is right' asserts
        acts = tuple(a for a in acts if not _has_tense(a) or is_subjunctive(a) or _is_right(a))
    if type == "refuse":  # 'rejects the charge: the controls are lawful' asserts
        acts = tuple(a for a in acts if is_infinitive(a) or a.tag_ == "VBG")
    if not acts and type != "agree" and not affected(verb):
        acts = tuple(c for c in verb.children if c.dep_ == "advcl" and is_infinitive(c) and c.i > verb.i)
    return acts


def _has_tense(verb: Token) -> bool:
    """'had not collapsed', 'do not hurt', 'will last'; not 'be lifted', 'should go'."""
    tags = {verb.tag_, *(c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass"))}
    moods = {c.lower_ for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"}
    return bool(tags & {"VBZ", "VBP", "VBD"} or moods - {"should", "must"})


def _is_right(verb: Token) -> bool:
    """'that it has a right to enrich'."""
    return lemma(verb) == "have" and any(lemma(t) == "right" for t in clauses.objects(verb))


def is_subjunctive(verb: Token) -> bool:
    """'that it write them down': no 's' though the subject is one."""
    subject = next((c for c in verb.children if c.dep_ in clauses.SUBJECTS), None)
    return verb.tag_ == "VBP" and subject is not None and subject.tag_ in ("NN", "NNP")


def _inner_subject(acts: tuple[Token, ...]) -> Token | None:
    return next((c for i in acts[:1] for c in i.children if c.dep_ in clauses.SUBJECTS), None)


def _is_said(
    verb: Token, type: MoveType, items: tuple[Token, ...], acts: tuple[Token, ...], things: tuple[Token, ...]
) -> bool:
    """Whether the verb says what it takes as a move: not asked, not of claims, not 'offered little'."""
    if items[0].tag_ in _ASKING or (acts and (asks(acts[0]) or _is_wh(verb, acts))):
        return False
    if verb.dep_ == "relcl" and not acts and lemma(verb.head) in ("thing", "what", "all"):
        return False
    if lemma(verb) == "like" and not any(c.lower_ in ("would", "'d") for c in verb.children):
        return False
    if lemma(verb) in ("ensure", "assure") and is_infinitive(verb):
        return False  # 'to ensure that they keep it': a purpose
    if (lemma(verb) in known("needs_act") and not acts) or lemma(verb) == "conclude":
        return False
    if type == "refuse":
        if lemma(verb) in known("overlooks") and not any(lemma(i) in known("asked") for i in items):
            return False  # 'ignored the advice', 'the list excludes drugs'
        denied = not acts and all(i.lower_ in ("that", "this") for i in items)
        if denied and any(lemma(c) in ("say", "tell", "add") for c in verb.children if c.dep_ == "conj"):
            return False  # 'rejected that and said': a claim
        return not any(lemma(i) in known("claims") or _is_silence(i) for i in items)
    if type == "offer":
        shown = bool(things) and not acts and (lemma(things[0]) in known("shown") or _is_bare_idea(things[0]))
        return not shown and not any(c.lower_ in ("no", "little", "few") for t in things for c in t.children)
    return not (type == "demand" and things and any(c.tag_ in _ASKING for c in things[0].children))


def _is_bare_idea(thing: Token) -> bool:
    """'floated an idea', 'offers suggestions', but not 'the idea of a truce'."""
    return lemma(thing) in ("idea", "suggestion") and all(
        c.dep_ not in ("prep", "acl", "relcl") for c in thing.children
    )


def _is_silence(act: Token) -> bool:
    """'declined to comment', 'to give details', 'refused to agree on whether': nothing is turned down."""
    if lemma(act) in known("silence"):
        return True
    if any(asks(t) for t in clauses.prepositional(act, "on", "about")):
        return True
    return act.pos_ == "VERB" and any(
        lemma(t) in cues("statements")["silence"]["nothing"] for t in clauses.objects(act)
    )


def _opposed(verb: Token) -> Frame | None:
    """'is opposed to'."""
    things = clauses.prepositional(verb, "to") if lemma(verb) == "oppose" else ()
    if not things:
        return None
    subject = next((c for t in (verb, verb.head) for c in t.children if c.dep_ in clauses.SUBJECTS), None)
    return Frame(type="refuse", predicate=verb, doer=subject, items=things, rule="adjective")


def _cleft(verb: Token, type: MoveType) -> Frame | None:
    """'what we want to see is their removal'."""
    be = verb.head
    asked = any(t.tag_ == "WP" and t.i < verb.i for t in verb.subtree)
    if type != "demand" or verb.dep_ != "csubj" or lemma(be) != "be" or not asked:
        return None
    items = clauses.objects(be) or tuple(c for c in be.children if c.dep_ in ("ccomp", "xcomp") and c.i > be.i)
    if not items:
        return None
    return Frame(type=type, predicate=verb, doer=clauses.subject(verb), items=items, rule="content")


def _warned(verb: Token) -> Frame | None:
    """'warned them to further open markets', where the parser reads no infinitive."""
    told = clauses.prepositional(verb, "to") if lemma(verb) == "warn" else ()
    things = clauses.objects(verb)
    if not told or not things:
        return None
    return Frame(
        type="demand", predicate=verb, doer=clauses.doer(verb), recipient=things[0], items=told[:1], rule="control"
    )


def _is_wh(verb: Token, acts: tuple[Token, ...]) -> bool:
    """'what they want it to do', 'which steps they want taken': the wish itself is asked for."""
    if verb.dep_ not in ("ccomp", "relcl", "acl", "pcomp", "csubj", "advcl"):
        return False
    return any(
        t.tag_ in ("WP", "WDT") and t.lower_ in ("what", "which") and t.i < verb.i and not _is_own(t, verb)
        for a in (verb, *acts)
        for t in a.subtree
    )


def _is_own(word: Token, verb: Token) -> bool:
    """The 'which' of 'the government, which wants them to stop'."""
    return word.head == verb and word.dep_ in clauses.SUBJECTS
