"""Which figures of a sentence are an instrument's: its rates, and the base or sum in dollars."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract.cues import words
from standoff.extract.figures.money import Figure, find_figures
from standoff.extract.measures.acts import Act
from standoff.extract.measures.instruments import Trigger

_HEADS = 7  # steps from a figure up to the instrument it belongs to
_ASIDE = frozenset({"after", "since", "despite", "because", "as"})  # what these bring in is another matter
_VERBS = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in percent and the word that it hangs on in the parse."""

    percent: float
    word: Token


def figures(
    sentence: Tokens, trigger: Trigger, chain: tuple[Act, ...], thing: Token | None, others: frozenset[Token]
) -> tuple[list[Rate], float | None]:
    """The rates of an instrument's mention, and its base or sum in US dollars.

    `thing` is what it is on; `others` are the other instruments of the sentence: a figure belongs to the nearest up
    the tree. Of a change "from 10 to 25 percent" the end counts.
    """
    rates: list[Rate] = []
    amount: float | None = None
    for figure in find_figures(sentence.text):
        root = _root(sentence, figure)
        beside = {trigger.top.i + 1, *(r.word.i + 1 for r in rates)}
        if root is None or not (root == thing or _belongs(root, trigger, chain, thing, others, beside)):
            continue
        if figure.kind == "percent" and figure.change != "from" and figure.value >= 0:
            rates.append(Rate(figure.value, root))
        elif figure.kind == "money" and figure.usd and amount is None:
            amount = figure.usd
    return rates, amount


def sum_in(sentence: Tokens, thing: Token) -> float | None:
    """The sum in dollars that a noun phrase holds: 'on $200 billion of other goods'."""
    for figure in find_figures(sentence.text):
        root = _root(sentence, figure)
        if figure.kind == "money" and figure.usd and root is not None and (root == thing or thing.is_ancestor(root)):
            return figure.usd
    return None


def _root(sentence: Tokens, figure: Figure) -> Token | None:
    tokens = sentence.char_span(figure.start, figure.end, alignment_mode="expand")
    return tokens.root if tokens is not None else None


def _belongs(
    root: Token,
    trigger: Trigger,
    chain: tuple[Act, ...],
    thing: Token | None,
    others: frozenset[Token],
    beside: set[int],
) -> bool:
    """Whether a figure is the instrument's: it hangs on its phrase or its verb, or the phrase hangs on the figure."""
    if root.is_ancestor(trigger.word):
        between = takewhile(lambda t: t != root, trigger.word.ancestors)
        return not any(_is_apart(t) or t in others for t in (trigger.word, *between))
    if root.head.lower_ in words("measures", "gaps"):
        return False  # the size of the deficit, not of the cut
    anchors = {trigger.word, trigger.top, thing, *(a.token for a in chain[: 2 if trigger.verbal else 1])}
    at = root
    for _ in range(_HEADS):
        if at in anchors or (at.dep_ == "prep" and at.i in beside and at.lower_ in ("on", "of", "to")):
            return True
        if at in others or at.head == at or _parts(at):
            return False
        at = at.head
    return False


def _is_apart(token: Token) -> bool:
    """A verb, or a second thing named beside the figure's own."""
    second = token.dep_ == "conj" and token.pos_ in ("NOUN", "PROPN") and not token.text[0].isdigit()
    return token.pos_ in _VERBS or second


def _parts(at: Token) -> bool:
    """Whether the way up leaves the instrument's clause here."""
    if at.dep_ == "relcl" and at.lemma_ in words("measures", "rated_verbs"):
        return False  # 'duties, which range from 5 to 10 percent'
    if at.pos_ in _VERBS and at.dep_ not in ("acl", "xcomp"):
        return True
    aside = at.dep_ == "prep" and (at.lower_ in _ASIDE or (at.lower_ == "in" and at.head.pos_ in _VERBS))
    return at.dep_ in ("nsubj", "nsubjpass") or aside
