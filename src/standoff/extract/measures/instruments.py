"""Instruments of policy as they stand in a sentence: the words that name one.

An instrument is named by a noun ("tariffs", "the entity list") or by a verb with what it takes ("buying soybeans",
"withheld components"). What is done with it is read in `measure_acts`, who does it in `measure_sides`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues, words
from standoff.extract.reading import Reading
from standoff.model.record import Instrument

_BACK = 40  # words before a reply in which what it answers is named
_NOUNS = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that names an instrument. `top` is the head of the phrase it stands in ("hike" in "tariff hike")."""

    word: Token
    top: Token
    instrument: Instrument
    verbal: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether it is the cut of a deficit: 'a $5 billion cut in the deficit', 'to shrink the gap by ...'."""
        cut = self.word.lemma_ in words("measures", "gap_verbs") or self.word.lower_ in words("measures", "gap_nouns")
        return cut and self.instrument == "other"


@cache
def _nouns() -> dict[tuple[str, ...], Instrument]:
    table = cues("measures")["nouns"]
    with_amount = cues("measures")["with_amount"]
    pairs = [(phrase, name) for part in (with_amount, table) for name in part for phrase in flat(part[name])]
    return {tuple(phrase.replace("-", " - ").split()): name for phrase, name in pairs}


@cache
def _instrument_words() -> frozenset[str]:
    """Single words that name an instrument: what they do ('tariffs cut exports') is no measure of its own."""
    return frozenset(phrase[0] for phrase in _nouns() if len(phrase) == 1)


def flat(rows: list[list[str] | str]) -> list[str]:
    return [word for row in rows for word in (row if isinstance(row, list) else [row])]


def triggers(reading: Reading, sentence: Tokens) -> Iterator[Trigger]:
    """All words of a sentence that name an instrument, in reading order."""
    taken = -1
    for token in reading.opening(_beginnings(), sentence.start, sentence.end):
        if token.i <= taken:
            continue
        named = _named(sentence, token)
        if named is not None:
            taken = named[0].i
            yield Trigger(named[0], _top(named[0]), named[1])
        elif (instrument := _by_verb(token)) is not None:
            yield Trigger(token, token, instrument, verbal=True)


@cache
def _openers() -> frozenset[str]:
    """The words that can begin the name of an instrument: all others are passed over at once."""
    loose = (words("measures", key) for key in ("restrictions", "tariff_like", "imposable", "gap_nouns", "in_kind"))
    return frozenset(phrase[0] for phrase in _nouns()).union(*loose)


def _named(sentence: Tokens, token: Token) -> tuple[Token, Instrument] | None:
    if token.lower_ not in _openers():
        return None
    for length in (4, 3, 2, 1):
        run = sentence.doc[token.i : min(token.i + length, sentence.end)]
        instrument = _nouns().get(tuple(t.lower_ for t in run)) if len(run) == length else None
        if instrument is None:
            continue
        last = run[-1]
        if any(c.lower_ in ("no", "zero") for c in last.children) and instrument != "tariff":
            return None
        if last.pos_ in _NOUNS or (last.pos_ in ("ADJ", "VERB") and instrument == "entity-listing"):
            return (last, instrument) if is_meant(last, instrument) else None
    instrument = _by_what_it_takes(token)
    return None if instrument is None else (token, instrument)


def _by_what_it_takes(token: Token) -> Instrument | None:
    """The instrument of a noun that is one only with what goes with it: 'curbs on exports', 'responded in kind'."""
    if token.pos_ == "NOUN" and token.lower_ in words("measures", "restrictions") and _stops_outflow(token):
        return "export-control"
    if token.pos_ == "NOUN" and token.lower_ in words("measures", "restrictions") and _stops_goods(token):
        return "other"
    if token.pos_ == "NOUN" and token.lower_ in words("measures", "tariff_like") and _is_tariff_like(token):
        return "tariff"
    if token.lower_ in words("measures", "imposable") and _is_imposed(token):
        return "other"
    if token.lower_ in words("measures", "in_kind") and (answered := _answered(token)) is not None:
        return answered
    if token.lower_ in words("measures", "gap_nouns") and _gap(clauses.prepositional(token, "in", "to", "of")):
        return "other"
    return None


def _is_imposed(noun: Token) -> bool:
    """'imposed a fee', 'weighs restrictions on their firms'."""
    if noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    on_firms = any(t.lower_ in words("measures", "listed") for t in clauses.prepositional(noun, "on", "against"))
    return noun.head.lemma_ == "impose" or (on_firms and noun.head.lemma_ in words("measures", "weighing"))


def _answered(noun: Token) -> Instrument | None:
    """'Kenya replied in kind', 'responded with measures of its own': the instrument that this answers."""
    replied = noun.dep_ == "pobj" and noun.head.lower_ == ("in" if noun.lower_ == "kind" else "with")
    if not replied or noun.head.head.lemma_ not in words("measures", "replies"):
        return None
    before = (t for t in reversed(noun.doc[max(0, noun.i - _BACK) : noun.head.head.i]) if t.pos_ in _NOUNS)
    named = (_nouns().get((t.lower_,)) for t in before)
    return next((name for name in named if name in ("tariff", "sanction")), None)


def is_meant(noun: Token, instrument: Instrument) -> bool:
    """Whether the word means the instrument here: not 'on duty', not a mere mention of 'subsidies'."""
    if instrument == "subsidy":
        return any(c.dep_ in ("amod", "compound", "poss", "acl", "relcl", "prep") for c in noun.children)
    if instrument == "entity-listing" and noun.pos_ == "VERB" and noun.dep_ != "amod":
        return not _listed(noun)  # 'blacklisted the company' is read as the act it is
    if instrument == "entity-listing" and noun.dep_ == "amod":
        return noun.head.lower_ in words("measures", "listed") or noun.head.pos_ == "PROPN"
    if instrument == "purchase-commitment" and noun.dep_ == "pobj" and noun.head.lower_ in ("on", "after", "before"):
        return False  # 'duties on all purchases'
    if instrument == "purchase-commitment":
        return not any(t.lower_ in words("measures", "no_goods") for t in clauses.prepositional(noun, "of"))
    return noun.lower_ not in ("duty", "levy") or _is_paid(noun)


def _is_paid(noun: Token) -> bool:
    """Not 'active-duty troops', 'a duty to protect'."""
    paid = {
        "import",
        "punitive",
        "dumping",
        "antidumping",
        "anti",
        "customs",
        "export",
        "retaliatory",
        "countervailing",
        "%",
        "percent",
    }
    left = {t.lower_ for t in noun.subtree if t.i < noun.i}
    return bool(left & paid) or bool(clauses.prepositional(noun, "on", "against", "from"))


def _is_tariff_like(noun: Token) -> bool:
    """'a 25 percent hike', 'penalties on all goods': as good as a tariff, where a rate or goods go with it."""
    left = {c.lower_ for c in noun.children if c.i < noun.i}
    if clauses.prepositional(noun, "in", "of") or left & {
        "price",
        "interest",
        "rate",
        "wage",
        "fee",
        "pay",
        "fuel",
        "income",
        "sales",
        "tariff",
        "criminal",
        "civil",
        "death",
    }:
        return False
    goods = words("measures", "goods")
    things = clauses.prepositional(noun, "on", "to") + clauses.prepositional(noun.head, "on", "to")
    named = [t for thing in things for t in (thing, *clauses.prepositional(thing, "of", "in"))]
    if any(t.lower_ in goods for head in named for t in (head, *clauses.conjuncts(head))):
        return True  # not 'a penalty on an equipment maker'
    rated = any(c.lower_ in ("%", "percent") for c in noun.children)
    if rated and things and noun.lower_.startswith("tax") and noun.head.lemma_ in words("measures", "taxing"):
        return True
    return noun.lower_.startswith("hike") and ("further" in left or rated)


def _stops_outflow(noun: Token) -> bool:
    """'curbs on chip sales', 'limits to exports'."""
    outflows = words("measures", "outflows")
    for thing in clauses.prepositional(noun, "on", "to", "of", "over"):
        if thing.lower_ in words("measures", "listed"):
            continue  # 'restrictions on chip firms'
        if thing.lower_ in outflows or any(
            c.lower_ in outflows for c in thing.children if c.dep_ in ("compound", "amod")
        ):
            return True
    return False


def _stops_goods(noun: Token) -> bool:
    """'lifted its ban on American poultry': what is kept from coming in, by the name of goods."""
    bans = noun.lower_.startswith("ban") or any(c.lower_ == "import" for c in noun.children)
    return bans and any(t.lower_ in words("measures", "goods") for t in clauses.prepositional(noun, "on", "of"))


def _by_verb(verb: Token) -> Instrument | None:
    """The instrument that a verb with what it takes is; the first rule of the table that holds."""
    if (
        verb.pos_ != "VERB"
        or verb.lemma_ not in _verbs()
        or any(c.dep_ == "nsubj" and c.lower_ in _instrument_words() for c in verb.children)
    ):
        return None
    supposed = clauses.in_condition(verb)
    for verbs, holds, instrument, even_if in _VERB_RULES:
        known = not verbs or verb.lemma_ in words("measures", verbs)
        if known and (even_if or not supposed) and holds(verb):
            return instrument
    return None


@cache
def _beginnings() -> frozenset[str]:
    return _openers() | _verbs()


@cache
def _verbs() -> frozenset[str]:
    """The verbs, by their dictionary form, that the rules name."""
    lists = {verbs for verbs, *_ in _VERB_RULES if verbs} | {"send_verbs", "stop_verbs"}  # the latter: `stopped_by`
    return frozenset[str]().union(*(words("measures", key) for key in lists))


def _cuts_gap(verb: Token) -> bool:
    return _gap(clauses.objects(verb))


def _gap(things: tuple[Token, ...]) -> bool:
    return any(t.lower_ in words("measures", "gaps") for t in things)


def step_noun(verb: Token) -> Token | None:
    """The 'steps' of 'steps to curb a company', wherever the parser hangs the verb."""
    if verb.lemma_ not in words("measures", "step_verbs") or not clauses.objects(verb):
        return None
    before = verb.doc[max(verb.sent.start, verb.i - 4) : verb.i]
    return next((t for t in before if t.pos_ == "NOUN" and t.lower_ in words("measures", "step_nouns")), None)


def _law(verb: Token) -> bool:
    """'is drafting a law to prevent ...': a law whose purpose is told."""
    laws = [t for t in clauses.objects(verb) if t.lower_ in words("measures", "laws")]
    return any(c.lemma_ in words("measures", "law_aims") for t in (verb, *laws) for c in t.children) and bool(laws)


def _forces(verb: Token) -> bool:
    """'is deploying several thousand troops': how many is told."""
    things = (t for t in clauses.objects(verb) if t.lower_ in words("measures", "forces"))
    return any(c.dep_ == "nummod" or c.like_num for t in things for c in t.children)


def _capped(verb: Token) -> bool:
    """'cap the number of beds at 16,500'."""
    after = verb.doc[verb.i + 1 : verb.sent.end]
    numbered = any(t.like_num and t.nbor(-1).lower_ in ("at", "to") for t in after)
    return numbered and any(t.lower_ == "number" for t in clauses.objects(verb))


def _barred(verb: Token) -> Token | None:
    """What a ban keeps companies or goods from: 'bar companies from using the equipment'."""
    if not any(t.lower_ in words("measures", "barred") for t in clauses.objects(verb)):
        return None
    things = (t for place in (verb, *clauses.objects(verb)) for t in clauses.prepositional(place, "from"))
    return next((t for t in things if t.tag_ == "VBG"), None)


def _taxed(verb: Token) -> bool:
    """'taxing $110 billion in goods', 'imports taxed at 15 percent'."""
    things = (verb.head,) if verb.dep_ in ("acl", "relcl") and clauses.is_passive(verb) else clauses.objects(verb)
    goods = words("measures", "goods")
    return any({t.lower_ for t in clauses.clause(t)} & goods for t in (*things, *clauses.prepositional(verb, "in")))


def _imported(verb: Token) -> bool:
    """'increase imports from Kenya', 'expand its orders of Kenyan goods': where from is told."""
    ordered = [t for t in clauses.objects(verb) if t.lower_ in words("measures", "ordered")]
    return not clauses.is_passive(verb) and any(clauses.prepositional(t, "of", "from") for t in ordered)


def _listed(verb: Token) -> bool:
    """'blacklisted the company and its affiliates'; a mere 'blacklisted firms' is read as a noun's modifier."""
    return verb.dep_ != "amod" and bool(clauses.objects(verb))


def _sum(verb: Token) -> bool:
    """'offered $2 billion for the wall', 'release $7 billion in frozen funds'."""
    for thing in clauses.objects(verb):
        if not any(t.text == "$" for t in clauses.noun_phrase(thing)):
            continue
        if clauses.prepositional(thing, "for") or clauses.prepositional(verb, "for"):
            return True
        if any(t.lower_ in words("measures", "funds") for t in clauses.prepositional(thing, "in", "of")):
            return True
    return False


def asks_for_sum(verb: Token) -> bool:
    return verb.lemma_ in words("measures", "sums_asked") and _sum(verb)


def _industry(verb: Token) -> bool:
    return any(
        {t.lower_ for t in clauses.clause(thing)} & words("measures", "industries") for thing in clauses.objects(verb)
    )


def bought_by(verb: Token) -> Token | None:
    """The goods that a verb of buying takes; None where it takes none."""
    goods, none = words("measures", "goods"), words("measures", "no_goods")
    things = clauses.objects(verb)
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ == "NOUN" and not things:
        things = (verb.head,)  # 'a list of products to buy'
    for thing in things:
        here = {t.lower_ for t in clauses.noun_phrase(thing)} | {c.lower_ for c in clauses.conjuncts(thing)}
        if thing.lower_ not in none and here & goods and not here & {"how", "what", "whatever"}:
            return thing
    return None


def stopped_by(verb: Token) -> Token | None:
    """What a verb keeps from leaving: 'withheld components', 'stop selling chips', 'not giving us parts'."""
    goods, senders = words("measures", "goods") | words("measures", "stopped"), words("measures", "send_verbs")
    things = clauses.objects(verb)
    if verb.lemma_ in senders and clauses.is_negated(verb) and any(c.dep_ in ("dative", "iobj") for c in verb.children):
        return next((t for t in things if t.lower_ in goods | words("measures", "outflows")), None)
    if verb.lemma_ not in words("measures", "stop_verbs"):
        return None
    if (
        verb.dep_ == "relcl"
        and verb.head.lower_ in goods
        and not [t for t in things if t.pos_ == "NOUN" and t != verb.head]
    ):
        return verb.head
    for thing in things:
        if thing.lower_ in words("measures", "stopped"):
            return thing
    if (barred := _barred(verb)) is not None and barred.lemma_ in senders and clauses.objects(barred):
        return clauses.objects(barred)[0]  # 'bar firms from selling parts'
    for inner in clauses.complements(verb):
        if inner.lemma_ in senders and inner.tag_ in ("VBG", "VB") and clauses.objects(inner):
            return clauses.objects(inner)[0]
    return None


def _top(noun: Token) -> Token:
    at = noun
    while at.dep_ in ("compound", "nmod", "amod") and at.head.pos_ in _NOUNS and at.head.i > at.i:
        at = at.head
    return at


def _barred_sale(verb: Token) -> bool:
    barred = _barred(verb)
    return barred is not None and barred.lemma_ in words("measures", "send_verbs")


_VERB_RULES: tuple[tuple[str, Callable[[Token], object], Instrument, bool], ...] = (
    # list of verbs, what must hold, instrument, whether it counts inside an 'if'
    ("purchase_verbs", bought_by, "purchase-commitment", True),
    ("more_verbs", _imported, "purchase-commitment", True),
    ("list_verbs", _listed, "entity-listing", False),
    ("fund_verbs", _industry, "subsidy", True),
    ("tax_verbs", _taxed, "tariff", True),
    ("gap_verbs", _cuts_gap, "other", False),
    ("sum_verbs", _sum, "other", True),
    ("step_verbs", step_noun, "other", False),
    ("law_verbs", _law, "other", False),
    ("force_verbs", _forces, "other", False),
    ("cap_verbs", _capped, "quota", False),
    ("", stopped_by, "export-control", False),
    ("ban_verbs", _barred_sale, "export-control", False),
    ("ban_verbs", _barred, "other", False),
)
