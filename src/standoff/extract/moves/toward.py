"""Who acts toward whom in a frame, pair by pair, with what the report leaves unsaid."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import words
from standoff.extract.moves.frame_words import Frame, is_infinitive, known, lemma
from standoff.extract.moves.sides import BACK, GROUPS, Scene
from standoff.extract.moves.unnamed import others_than, owner_of, unnamed
from standoff.extract.parties import is_joint, owner, party

_POINTING = frozenset("these this that those which they".split())


def pairs(scene: Scene, frame: Frame) -> tuple[tuple[str, str | None], ...]:
    """Who toward whom, for each pair; () where no side acts, or where it acts toward an outsider."""
    by = _actors(scene, frame)
    if not by:
        return ()
    to = _targets(scene, frame, by)
    if frame.rule in ("noun", "adjective") and frame.type in ("demand", "offer") and _is_joint(frame.doer):
        return ()  # 'the two sides' proposals', 'what both sides are ready to give'
    if frame.type == "demand" and not to and len(by) > 1 and set(by) >= set(scene.reading.pack.between):
        return ()  # what both sides want is asked of neither
    if to is None or (frame.rule in ("force", "target") and not to) or (frame.rule == "due-jointly" and len(by) < 2):
        return ()
    if frame.rule == "traded":
        other = next(iter(to or by[1:]), scene.opposite(by[0], frame.predicate))
        return ((by[0], other), (other, by[0])) if other else ()
    if frame.type == "agree":
        joint = scene.who(frame.doer) if by[0] in scene.who(frame.doer) else ()
        others = tuple(dict.fromkeys(p for p in (*by, *joint, *to) if p != by[0]))
        return tuple((by[0], p) for p in others or (scene.opposite(by[0], frame.predicate),))
    found: list[tuple[str, str | None]] = []
    between = scene.reading.pack.between
    if len(between) == 2 and set(by) >= set(between):
        return ((between[0], between[1]), (between[1], between[0]))
    if len(by) == 2 and _is_mutual(frame):
        return (by, by[::-1])
    for giver in by:
        takers: list[str | None] = [p for p in to if p != giver]
        takers = takers or [*scene.opposites(giver, frame.predicate, without=by)]
        found += [(giver, taker) for taker in takers]
    return tuple(found)


def _is_joint(doer: Token | None) -> bool:
    return doer is not None and is_joint(doer)


def _is_mutual(frame: Frame) -> bool:
    """'each accused the other', 'accused one another'."""
    near = frame.predicate.doc[frame.predicate.i : min(frame.predicate.i + 4, frame.predicate.sent.end)].text.lower()
    return any(words in near for words in ("each other", "one another", "the other"))


def _actors(scene: Scene, frame: Frame) -> tuple[str, ...]:
    if frame.doer is not None and _are_folk(scene, frame.doer):
        return ()
    by = frame.by or _told(scene, frame) or _undoer(scene, frame) or scene.who(frame.doer)
    if (
        not by and frame.doer is not None and frame.doer.dep_ in clauses.SUBJECTS
    ):  # 'Presidents Xi and Trump' read as two subjects
        by = tuple(p for c in frame.doer.head.children if c.dep_ in clauses.SUBJECTS for p in scene.who(c))
    if not by and frame.doer is not None and lemma(frame.doer) in known("voices"):
        by = owner(scene.reading, frame.doer)
    if not by and frame.doer is not None and frame.type == "demand" and lemma(frame.doer) in known("bills"):
        by = _lawmakers(scene, frame.doer)[:1]
    if not by and frame.type in ("impose", "ease", "threaten"):
        by = _behind(scene, frame)
    if not by and frame.measure is not None:
        by = owner(scene.reading, frame.measure)
        if not by:
            by = (
                others_than(scene, burdened(scene, frame) or _hit(scene, frame), frame.predicate)
                or _answering(scene, frame)
                or _remover(scene, frame)
                or _last_imposer(scene, frame)
            )
    if not by and frame.predicate.pos_ in ("NOUN", "VERB"):
        by = _holder(scene, frame)
    if not by and (frame.doer is None or frame.doer.lower_ in _POINTING or lemma(frame.doer) in _PAPERS):
        by = unnamed(scene, frame)
    acting = tuple(p for p in by if p in scene.sides)
    return acting or (by if _turns_to_a_side(scene, frame) else ())


def _hit(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """'their cars would be hit with a 25 percent tax': on whom it falls, where that is what the verb is done to."""
    return owner_of(scene, frame.recipient) if frame.rule.startswith(("hit-with", "faced")) else ()


def _answering(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """'the retaliatory duties took effect, a spokesman said': of those who say so."""
    speech = scene.speech(frame.predicate)
    if frame.doer is not None or frame.measure is None or speech is None or len(speech.parties) != 1:
        return ()
    answers = any(c.lower_ in ("retaliatory", "counter") for c in frame.measure.children)
    return speech.parties if answers else ()


def _are_folk(scene: Scene, doer: Token) -> bool:
    """'many Americans prefer', but not 'the Americans want': a people is no side at the table."""
    mention = scene.reading.mention(doer)
    return mention is not None and mention.kind == "people" and all(c.lower_ != "the" for c in doer.children)


def _holder(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Whose the noun is that tells it: 'its threat', 'the U.S. decision to add', 'repeated its offers to'."""
    told = frame.predicate
    if told.pos_ == "NOUN":
        return owner(scene.reading, told) if frame.rule in ("noun", "steps", "standing-pact") else ()
    if told.dep_ == "acl" and told.head.pos_ == "NOUN":
        return owner(scene.reading, told.head)
    if frame.rule not in ("light", "content") or frame.type not in ("offer", "demand", "commit", "threaten"):
        return ()
    if frame.rule == "light":
        before = (c for t in clauses.objects(told) for c in t.lefts if c.dep_ in ("amod", "compound", "poss"))
        named = (m.party for c in before if (m := scene.reading.mention(c)) is not None and m.party)
        return tuple(named)[:1]  # also where the offers are read as a verb
    misread = told.tag_ == "VBZ" and told.dep_ in ("dobj", "ccomp") and frame.doer is None
    return owner(scene.reading, told) if misread else ()


def _turns_to_a_side(scene: Scene, frame: Frame) -> bool:
    """A party that the report names in passing counts where it turns to one of the sides: 'Oslo urged both to'."""
    asks = ("control", "accuse", "prep-inf", "want", "hope", "expect", "hit-with")
    if not frame.rule.startswith(asks) and frame.rule not in ("prep", "content"):
        return False
    to = scene.who(frame.recipient) or (owner_of(scene, frame.recipient) if frame.rule == "hit-with" else ())
    return bool(to) and set(to) <= set(scene.reading.pack.between)


def _behind(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """'signed an order that bans their goods': whose order it is, by the verb that it is the object of."""
    doer = frame.doer
    if doer is None:
        return ()
    verb = frame.predicate.head if doer.tag_ == "WDT" and frame.predicate.dep_ == "ccomp" else None
    if verb is None and lemma(doer) in known("voices") and doer.dep_ == "dobj":
        verb = doer.head
    return scene.who(clauses.subject(verb)) if verb is not None and verb.pos_ == "VERB" else ()


def _undoer(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """'wants them to lift the tariffs that it imposed': 'it' is whoever is to lift them."""
    pronoun = frame.doer is not None and frame.doer.lower_ in ("it", "they", "he", "she")
    above = frame.predicate.head.head if pronoun and frame.predicate.dep_ == "relcl" else None
    if frame.type != "impose" or above is None or lemma(above) not in known("harm.ease"):
        return ()
    return scene.who(next((c for c in above.children if c.dep_ in clauses.SUBJECTS), None))


def _remover(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """'wants them to remove the tariffs that have been imposed': who is to remove them has imposed them."""
    above = frame.measure.head if frame.measure is not None else None
    if frame.type != "impose" or above is None or lemma(above) not in known("harm.ease") or above == frame.predicate:
        return ()
    return scene.who(clauses.subject(above))


def _last_imposer(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Of a measure that takes effect or is changed by nobody named: the side that imposed last."""
    planned = frame.predicate.dep_ == "acl" and frame.predicate.tag_ == "VB"
    nobody = frame.doer is None or lemma(frame.doer) in known("pact.nouns")  # 'a deal that would halt the duties'
    scene.unowned = scene.unowned or (nobody and not planned and not scene.imposer)
    return scene.imposer if nobody and not planned else ()


def _told(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Whose words they are, where the predicate is itself the cue of reported speech."""
    cue = scene.cues.get(frame.predicate.i)
    if cue is None and frame.doer is not None and frame.predicate.pos_ == "NOUN":
        cue = scene.cues.get(frame.doer.head.i)
    if (
        cue is None
        or len(cue.parties) != 1
        or len(scene.who(frame.doer)) > 1
        or frame.rule in ("particle", "control-passive")
    ):
        return ()
    return cue.parties


_PAPERS = frozenset("document letter list memo note petition resolution text".split())
_KEEPING = frozenset("ban bar block withhold".split())


def _targets(scene: Scene, frame: Frame, by: tuple[str, ...]) -> tuple[str, ...] | None:
    """Toward whom: () leaves it to the opposite side, None says that it is not about the other side."""
    to = frame.about or _made_to(scene, frame) or _aimed_at(scene, frame, by) or _with_whom(scene, frame, by)
    if not to and frame.recipient is not None:
        to = scene.who(frame.recipient) or owner(scene.reading, frame.recipient)
        if not to and _is_outsider(scene, frame):
            return None
    if frame.type in ("offer", "commit") and _is_for_bystanders(scene, frame):
        return None
    if not to and frame.type == "accuse" and frame.recipient is None and _is_stranger(scene, frame.items[0]):
        return None
    if frame.rule.startswith("stands") and _on_both(scene, frame):
        return None  # 'tariffs on their goods and on ours stay in place'
    if frame.rule.startswith("faced") and not owner_of(scene, frame.recipient):
        return None  # 'countries that sell arms will face sanctions'
    if frame.rule == "displeased" and not to:
        return None  # 'is furious at the banker'
    if not to and frame.type in ("impose", "ease", "threaten") and _falls_elsewhere(scene, frame):
        return None
    return _weighed(scene, frame, by, to or _under(scene, frame))


def _on_both(scene: Scene, frame: Frame) -> bool:
    under = [t for t in frame.items[0].subtree if t.dep_ == "pobj" and t.head.lower_ in _UNDER]
    return len({p for t in under for p in owner(scene.reading, t)}) > 1


def _falls_elsewhere(scene: Scene, frame: Frame) -> bool:
    """'sanctions on Ruritania', of which the pack knows nothing."""
    if frame.measure is None or burdened(scene, frame):
        return False
    heads = (frame.measure, frame.predicate)
    under = [t for at in heads for t in clauses.prepositional(at, *_UNDER)]
    under += [t for thing in (*heads, *under) for t in clauses.prepositional(thing, "from", "of")]
    places = [t for t in under if t.ent_type_ in ("GPE", "NORP", "LOC") and t.pos_ == "PROPN"]
    return any((m := scene.reading.mention(t)) is None or m.party not in scene.sides for t in places)


def _is_for_bystanders(scene: Scene, frame: Frame) -> bool:
    """'offers projects to foreign companies', 'pledged to voters'."""
    if frame.predicate.pos_ != "VERB":
        return False
    at = (frame.predicate, *(frame.items if frame.items[0].pos_ == "NOUN" else ()))
    whom = [t for verb in at for t in clauses.prepositional(verb, "to", "for")]
    return any(lemma(t) in known("bystanders") and not owner(scene.reading, t) for t in whom)


def _is_stranger(scene: Scene, head: Token) -> bool:
    """'rebuked Mr. Roe': a name of no side."""
    named = head.pos_ == "PROPN" and head.ent_type_ in _NAMED
    return named and not scene.who(head) and not owner(scene.reading, head)


def _under(scene: Scene, frame: Frame) -> tuple[str, ...]:
    return burdened(scene, frame) if frame.type in ("impose", "ease", "threaten") else ()


def _weighed(scene: Scene, frame: Frame, by: tuple[str, ...], to: tuple[str, ...]) -> tuple[str, ...] | None:
    """Those named, as far as they can be meant."""
    if frame.type == "agree" and len(by) > 1 and set(to) <= set(by):
        return ()
    if to and set(to) <= set(by) and (frame.rule == "stop-gain" or lemma(frame.predicate) in _KEEPING):
        to = ()  # one's own goods are kept from the other
    if to and not set(to) - set(by):
        told = frame.predicate.i in scene.cues and frame.type == "accuse"  # '"...," complained an official'
        if not told and (frame.recipient is None or frame.recipient.pos_ != "PRON"):
            return None
        to = ()  # a pronoun laid at the wrong door
    if not to and frame.type in ("accuse", "refuse", "demand") and lemma(frame.predicate) != "recall":
        to = tuple(p for p in _beside(scene, frame) if p not in by)[:1]
    if (
        to
        and not set(to) & set(scene.sides)
        and frame.type == "demand"
        and not frame.rule.startswith(("control", "prep"))
    ):
        to = ()  # 'insists that a third country take part' is asked of the other side
    if to and not set(to) & set(scene.sides):
        return None if len(scene.reading.pack.between) == 2 and set(by) & set(scene.reading.pack.between) else to
    return to


def _made_to(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """'demands to make them pay for it': asked of those who are made to."""
    item = frame.items[0]
    if frame.rule == "concession":  # 'dropped its calls to make them pay'
        item = next((c for c in item.children if c.dep_ == "acl" and is_infinitive(c)), item)
    elif frame.type != "demand":
        return ()
    if lemma(item) not in ("make", "have", "get", "let", "force"):
        return ()
    acts = (c for c in item.children if c.dep_ in ("ccomp", "xcomp") and c.tag_ == "VB")
    return tuple(p for act in acts for c in act.children if c.dep_ in clauses.SUBJECTS for p in scene.who(c))


def _aimed_at(scene: Scene, frame: Frame, by: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a threat names as the one to suffer, 'threats to attack its neighbour'; a veto is aimed at lawmakers."""
    item = frame.items[0]
    if frame.type not in ("threaten", "refuse") or item.pos_ != "VERB":
        return ()
    if lemma(item) == "veto":
        return tuple(p for p in _lawmakers(scene, item) if p not in by)[:1]
    hit = (*clauses.objects(item), *clauses.prepositional(item, *_UNDER)) if frame.type == "threaten" else ()
    named = dict.fromkeys(p for t in hit for p in party(scene.reading, t) if p in scene.sides)
    return tuple(p for p in named if p not in by)  # not 'to withdraw the country from the pact'


def _with_whom(scene: Scene, frame: Frame, by: tuple[str, ...]) -> tuple[str, ...]:
    """'will not push for a deal with Tokyo', 'offered to meet with him'."""
    if frame.type not in ("refuse", "offer", "commit", "demand") or frame.recipient is not None:
        return ()
    at = [t for item in frame.items[:1] for t in (item, *clauses.objects(item), *clauses.prepositional(item, "for"))]
    named = dict.fromkeys(p for t in at for w in clauses.prepositional(t, "with") for p in party(scene.reading, w))
    return tuple(p for p in named if p not in by)


def _lawmakers(scene: Scene, near: Token) -> tuple[str, ...]:
    """The law-making sides that the report names before the end of the sentence, the last first."""
    found: list[str] = []
    for mention in reversed(scene.reading.mentions_in(max(0, near.sent.start - BACK), near.sent.end)):
        told = scene.reading.doc[mention.start : mention.end].text.lower().split() + mention.name.lower().split()
        if mention.party in scene.sides and not known("lawmakers").isdisjoint(told):
            found.append(mention.party)
    return tuple(dict.fromkeys(found))


def _is_outsider(scene: Scene, frame: Frame) -> bool:
    """'asked community groups to', 'told his lieutenants to': named, but none of the sides."""
    head = frame.recipient
    passive = clauses.is_passive(frame.items[0])
    if head is not None and frame.type == "demand" and lemma(head) in known("bystanders") and not passive:
        return not owner(scene.reading, head)
    if head is None or not (frame.rule.startswith("control") or (frame.type == "accuse" and head.ent_type_ in _NAMED)):
        return False
    if head.lower_ == "others" and not any(c.lower_ == "the" for c in head.children):
        return True
    quoted = (speech := scene.speech(head)) is not None and speech.direct  # where 'others' may be the other side
    if head.tag_ == "NNS" and not quoted and any(c.lower_ in _SUNDRY for c in head.children):
        return True  # 'to get other countries to'
    if head.pos_ == "PRON" or lemma(head) in GROUPS or scene.reading.mention(head) is not None:
        return False
    if head.tag_ == "NN" and frame.rule.startswith("control"):
        return head.lower_ not in words("nouns", "agents")
    return head.pos_ == "PROPN" or (head.pos_ == "NOUN" and head.tag_ == "NNS")


def _beside(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """Whose the thing is that is blamed, refused or asked for: 'condemned the president's decision'."""
    found: list[str] = []
    for item in frame.items:
        found += owner(scene.reading, item) or (scene.who(item) if item.pos_ in ("NOUN", "PROPN") else ())
        found += _keepers(scene, item)
        for child in item.children:
            if child.dep_ == "relcl" and (subject := clauses.subject(child)) is not None and subject != item:
                found += scene.who(subject)
    return tuple(found)


def _keepers(scene: Scene, item: Token) -> tuple[str, ...]:
    """Who has what is asked for: 'the release of the prisoners held by the other side'."""
    kept = (c for t in (item, *clauses.prepositional(item, "of")) for c in t.children if c.dep_ == "acl")
    return tuple(p for c in kept if c.tag_ == "VBN" for p in scene.who(clauses.agent(c)))


_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_SUNDRY = frozenset({"other", "many", "several", "foreign"})
_UNDER = ("on", "against", "at")


def burdened(scene: Scene, frame: Frame) -> tuple[str, ...]:
    """On whom a measure falls: 'on Chinese goods', 'imports from China'."""
    reading = scene.reading
    for head in (frame.measure, frame.predicate, *frame.items):
        if head is None:
            continue
        under = (t for at in (head, *clauses.prepositional(head, "of")) for t in clauses.prepositional(at, *_UNDER))
        for thing in under:
            for inner in (thing, *clauses.prepositional(thing, "of", "in", "worth")):
                if found := party(reading, inner) or owner(reading, inner):
                    return found
    return ()
