"""Whose measure it is: the owner, the doer or the agent that a mention names."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract import clauses, parties
from standoff.extract.cues import words
from standoff.extract.measures.acts import Act, has_subject, kind_of
from standoff.extract.measures.goals import bearer, is_goal, is_government
from standoff.extract.measures.instruments import Trigger, step_noun
from standoff.extract.mentions import Mention
from standoff.extract.reading import Reading

_TARIFFS = frozenset({"tariff", "tariffs", "duty", "duties", "levy", "levies"})  # 'tariffs from China' are on China


def imposer(reading: Reading, trigger: Trigger, chain: tuple[Act, ...]) -> tuple[str, ...]:
    """The parties that impose it (both, where they do it to each other), as far as the mention's clause names them."""
    if (gap := _gap(trigger)) is not None and (held := _names_after(reading, gap, "with")):
        return held
    if trigger.instrument == "subsidy" and (found := _payer(reading, trigger)):
        return found
    if trigger.verbal:
        step = step_noun(trigger.word)
        if step is not None and (found := _owner(reading, step)):
            return found
        return _doer(reading, trigger.word) or _told(reading, trigger) or _above(reading, trigger)
    if trigger.instrument == "purchase-commitment" and (only := _only_party(reading, trigger)):
        return only
    if trigger.top.lemma_ in words("measures", "reliefs"):
        spared = _owner(reading, trigger.top)  # 'Kenya's sanctions relief': it is Kenya that is relieved
        return tuple(other for p in spared if (other := reading.other(p)))
    if listed := _listed_firms(reading, trigger):
        return tuple(other for p in listed if (other := reading.other(p)))
    owner = next((o for n in (trigger.word, trigger.top) if (o := _owner(reading, n) or _agent(reading, n))), ())
    doer = _by_acts(reading, trigger, chain)
    imports = any(c.lower_ == "import" for c in trigger.word.children)
    return (
        doer if doer and imports else owner or doer
    )  # 'plans for tariffs on' may stand as 'plans for Kenyan import tariffs'


def _listed_firms(reading: Reading, trigger: Trigger) -> tuple[str, ...]:
    """'blacklisted Kenyan firms': whose firms they are bears it."""
    if trigger.instrument != "entity-listing" or trigger.word.dep_ != "amod":
        return ()
    made = _made_by(reading, trigger.top)
    return (made.party,) if made is not None and made.party else ()


def turned(reading: Reading, trigger: Trigger, thing: Token | None, by: tuple[str, ...]) -> tuple[str, ...]:
    """The imposers in the light of whose goods they are.

    Nobody taxes or buys his own ('with Uganda to buy more Kenyan goods', read as bought by Kenya), and what is kept
    from leaving are one's own ('a ban on sales of Kenyan parts').
    """
    if thing is None:
        return by
    made = (_made_by(reading, t) for t in (thing, *clauses.prepositional(thing, "of")))
    whose = [m.party for m in made if m is not None and m.party]
    if not by and trigger.instrument == "export-control" and thing.lower_ in words("measures", "stopped"):
        return tuple(whose[:1])
    if len(by) > 1 and trigger.instrument == "tariff":
        return tuple(p for p in by if p not in whose)
    if len(by) != 1 or trigger.instrument not in ("tariff", "purchase-commitment"):
        return by
    other = reading.other(by[0])
    return (other,) if other and by[0] in whose else by


def _made_by(reading: Reading, goods: Token) -> Mention | None:
    """The name that goods bear: 'Kenyan goods'."""
    named = (reading.mention(c) for c in goods.children if c.dep_ == "amod")
    return next((m for m in named if m is not None and m.kind == "adjective"), None)


def _by_acts(reading: Reading, trigger: Trigger, chain: tuple[Act, ...]) -> tuple[str, ...]:
    """Who does the innermost act that names a doer; who demands or refuses one means the other side's measure."""
    named = [a for a in chain if not _is_pronoun(a)]
    eased = trigger.instrument == "sanction" and bool(chain) and chain[0].kind == "lift"
    for act in (*named, *(a for a in chain if a not in named)):
        if eased and (act.kind == "agree" or (act is chain[0] and act.token.dep_ in ("xcomp", "acl"))):
            continue  # who seeks or makes a deal to ease them may be the one who bears them
        if (bears := bearer(trigger, act, chain)) is not None:
            burdened = parties.parties(reading, bears)
            if _pays_at_home(reading, bears, act):
                return burdened
            if len(burdened) == 1 and (other := reading.other(burdened[0])) is not None:
                return (other,)
            continue
        found = _doer(reading, act.token) if act.verbal else _owner(reading, act.token)
        of_others = act is not chain[0] or trigger.is_gap or _is_lowered(trigger)
        if act.kind == "refuse" or (act.kind == "demand" and of_others):
            if trigger.instrument == "purchase-commitment":
                return found
            other = reading.other(found[0]) if len(found) == 1 else None
            return (other,) if other else ()
        if found:
            return found
    return ()


def _is_lowered(trigger: Trigger) -> bool:
    """'demands lower duties': of those whose they are."""
    lowered = words("measures", "lowered")
    return any(c.dep_ == "amod" and c.lower_ in lowered for t in (trigger.word, trigger.top) for c in t.children)


def _pays_at_home(reading: Reading, bears: Token, act: Act) -> bool:
    """'Kenyans will pay the taxes on imports': what people pay is levied by their own government."""
    mention = reading.mention(bears)
    people = mention is not None and mention.kind == "people"
    return act.token.lemma_ == "pay" and (people or bears.lower_ in words("measures", "payers"))


def _is_pronoun(act: Act) -> bool:
    """Whether the doer is only a pronoun: what names one counts before."""
    doer = clauses.doer(act.token) if act.verbal else None
    return doer is not None and doer.pos_ == "PRON"


def _told(reading: Reading, trigger: Trigger) -> tuple[str, ...]:
    """'give China a list of products to buy': whoever is given the list is to buy."""
    verb = trigger.word
    if verb.dep_ not in ("acl", "relcl"):
        return ()
    for above in verb.ancestors:
        if above.pos_ == "VERB":
            for child in above.children:
                if child.dep_ in ("dative", "iobj") and (found := parties.party(reading, child)):
                    return found
            return ()
    return ()


def _gap(trigger: Trigger) -> Token | None:
    """The deficit that is to be cut: it is cut by the party it is a deficit with."""
    if trigger.instrument != "other":
        return None
    things = (*clauses.prepositional(trigger.word, "in"), *(clauses.objects(trigger.word) if trigger.verbal else ()))
    return next((t for t in things if t.lower_ in words("measures", "gaps")), None)


def _names_after(reading: Reading, noun: Token, preposition: str) -> tuple[str, ...]:
    for thing in clauses.prepositional(noun, preposition):
        if found := parties.party(reading, thing):
            return found
    return ()


def _payer(reading: Reading, trigger: Trigger) -> tuple[str, ...]:
    """Whose subsidies: a name in the phrase ('that Kenyan firms enjoy'), else who does what they serve."""
    run = clauses.clause(trigger.top)
    for mention in reading.mentions_in(run.start, run.end):
        if mention.party:
            return (mention.party,)
    return _above(reading, trigger)


def _above(reading: Reading, trigger: Trigger) -> tuple[str, ...]:
    """Who is to do it, where the verb itself does not say: whom a verb above asks or accuses, else who does that."""
    complained = False
    for above in trigger.word.ancestors:
        if above.pos_ != "VERB":
            continue
        complained = complained or above.lemma_ in words("measures", "complaints")
        if found := _asked(reading, above):
            return found
        if trigger.verbal and _is_foreign(reading, above):
            return ()
        if found := _doer(reading, above):
            others = kind_of(above) == "demand" or (trigger.instrument == "subsidy" and complained)
            other = reading.other(found[0]) if others and len(found) == 1 else None
            return (other,) if other else found
    return ()


def _is_foreign(reading: Reading, verb: Token) -> bool:
    """Whether the verb has a subject of its own that stands for no party: 'consumers', 'farmers'."""
    own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return (
        own is not None
        and own.tag_ in ("NNS", "NN")
        and reading.mention(own) is None
        and not parties.party(reading, own)
    )


def _asked(reading: Reading, verb: Token) -> tuple[str, ...]:
    """'urged China to', 'appealed to Washington to', 'accused them of', 'called on Beijing to'."""
    for child in verb.children:
        if child.dep_ in ("dobj", "dative", "iobj") and (found := parties.party(reading, child)):
            return found
    if kind_of(verb) == "demand":
        for thing in clauses.prepositional(verb, "to", "on", "upon", "for", "from", "with"):
            if found := parties.party(reading, thing):
                return found
    return ()


def _only_party(reading: Reading, trigger: Trigger) -> tuple[str, ...]:
    """The only side that a sentence about purchases names, where none is their owner."""
    sentence = trigger.word.sent
    named = {m.party for m in reading.mentions_in(sentence.start, sentence.end) if m.party}
    heads = [reading.doc[m.end - 1].dep_ for m in reading.mentions_in(sentence.start, sentence.end) if m.party]
    if not set(heads) & {"nsubj", "poss"}:
        return ()
    own = any(reading.mention(c) is not None for c in trigger.word.children)
    return tuple(p for p in named if p in reading.pack.between) if len(named) == 1 and not own else ()


def _doer(reading: Reading, verb: Token) -> tuple[str, ...]:
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of") and (blamed := _blamed(reading, verb.head.head)):
        return blamed
    if verb.dep_ in ("xcomp", "advcl") and kind_of(verb.head) == "demand" and (asked := _asked(reading, verb.head)):
        return asked
    own = next((c for c in verb.children if c.dep_ == "nsubj"), None) if has_subject(verb) else clauses.doer(verb)
    found = parties.parties(reading, own)
    if not found and own is not None and own.lemma_ in words("measures", "orders"):
        found = _owner(reading, own)  # 'a Kenyan order banning firms from ...'
    if (
        verb.tag_ in ("VB", "VBP")
        and not any(c.dep_ in ("aux", "nsubj") for c in verb.children)
        and verb.i > verb.sent.start
    ):
        before = verb.nbor(-1)  # 'demand the ministry remove ...': the parser often hangs the second verb elsewhere
        if before.dep_ == "dobj" and (near := parties.parties(reading, before)):
            return near
    return found


def _blamed(reading: Reading, verb: Token) -> tuple[str, ...]:
    """'lashed out at them for imposing', 'criticized the ministry for lifting'."""
    for thing in (*(c for c in verb.children if c.dep_ == "dobj"), *clauses.prepositional(verb, "at")):
        if found := parties.party(reading, thing):
            return found
    return ()


def _owner(reading: Reading, noun: Token) -> tuple[str, ...]:
    """'Chinese tariffs', 'U.S. tariffs', 'the president's tariffs', 'their tariffs'."""
    found: list[str] = []
    for child in noun.children:
        if child.i > noun.i:
            continue
        if child.dep_ == "poss" and (owners := parties.parties(reading, child)):
            return owners
        if child.dep_ not in ("amod", "compound", "nmod"):
            continue
        for name in (child, *clauses.conjuncts(child), *(c for c in child.children if c.dep_ == "npadvmod")):
            mention = reading.mention(name)
            if mention is not None and mention.party and not is_goal(name, mention):
                found.append(mention.party)  # 'EU and US sanctions', 'US-led sanctions'
    return tuple(dict.fromkeys(found))


def _agent(reading: Reading, noun: Token) -> tuple[str, ...]:
    """'tariffs imposed by China', 'subsidies by Beijing'."""
    for child in noun.children:
        if child.lemma_ in words("measures", "borne"):
            continue  # 'duties paid by exporters'
        if child.dep_ == "acl" and (found := parties.parties(reading, clauses.agent(child))):
            return found
        if (
            child.dep_ == "relcl"
            and not any(c.pos_ == "PRON" and c.dep_ == "nsubj" for c in child.children)
            and (found := _doer(reading, child))
            and clauses.subject(child) != noun
        ):
            return found
    taxing = noun.lower_ in _TARIFFS | words("measures", "tariff_like") or noun.lower_.startswith("purchas")
    from_whom = (t for t in clauses.prepositional(noun, "from") if not taxing or is_government(reading, t))
    for thing in (*clauses.prepositional(noun, "by"), *from_whom):
        if found := parties.parties(reading, thing):
            return found
    return ()
