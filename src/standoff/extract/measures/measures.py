"""Measures: tariffs, sanctions, export controls, purchases and the like, with figures, sides and status.

Every word that names an instrument (`instruments`) makes a draft, with the acts upon it (`measure_acts`), its figures,
sides, status and dates; drafts that say the same are one measure (`measure_merging`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses, parties
from standoff.extract.cues import cues, words
from standoff.extract.measures.acts import Act, acts
from standoff.extract.measures.details import dates_of, reason_of
from standoff.extract.measures.figures import Rate, figures, sum_in
from standoff.extract.measures.goals import goal, is_mutual, replied_to, target
from standoff.extract.measures.instruments import Trigger, triggers
from standoff.extract.measures.merging import Draft, attributed, merged, settled
from standoff.extract.measures.sides import imposer, turned
from standoff.extract.measures.status import status_of
from standoff.extract.mentions import Mention
from standoff.extract.reading import Reading
from standoff.model.record import Measure, Record, Statement
from standoff.model.span import Span

_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "parataxis"})
_FAR = 14  # words between an act and its instrument that one place may span


def extract_measures(reading: Reading, found: tuple[Record, ...]) -> Iterable[Measure]:
    """The measures of a report, each once, in reading order; `found` may hold the statements that carry them."""
    drafts = [
        draft
        for sentence in reading.doc.sents
        for trigger, others in _each(tuple(triggers(reading, sentence)))
        for draft in _drafts(reading, sentence, trigger, others)
    ]
    drafts = settled(reading, drafts)
    kept = sorted(attributed(merged(drafts), drafts), key=lambda d: (d.start, d.end))
    statements = tuple(r for r in found if isinstance(r, Statement))
    return tuple(_record(reading, draft, statements) for draft in kept)


def _each(found: tuple[Trigger, ...]) -> Iterator[tuple[Trigger, frozenset[Token]]]:
    for trigger in found:
        yield trigger, frozenset(t.word for t in found if t is not trigger)


def _drafts(reading: Reading, sentence: Tokens, trigger: Trigger, others: frozenset[Token]) -> Iterator[Draft]:
    """What one mention says: nothing where it only names a topic; two drafts where the sides do it to each other."""
    chain = acts(trigger)
    thing = target(trigger, chain)
    rates, amount = figures(sentence, trigger, chain, thing, others)
    if _is_topic(trigger) or (not rates and amount is None and (_wants_amount(trigger) or sentence[-1].text == "?")):
        return
    status = status_of(trigger, chain, rate=rates[0].percent if rates else None)
    if status is None:
        return
    thing, last = _of_first_and_last(thing, rates)
    by = turned(reading, trigger, thing, imposer(reading, trigger, chain))
    on = goal(reading, trigger, thing, by[:1]) or replied_to(reading, chain, by)
    waits = bool(chain) and chain[0].kind == "lift" and clauses.is_awaited(chain[0].token)
    lifts = bool(chain) and chain[0].kind == "lift" and trigger.instrument == "sanction"
    by = _doers(reading, sentence, by, on, told=bool(chain) and bool(rates or amount or on), waits=waits, lifts=lifts)
    if on is None and amount is None and _is_aside(trigger, chain, thing, by):
        return
    start, end = _reach(trigger, chain, thing, rates)
    draft = Draft(
        trigger=trigger,
        start=start,
        end=end,
        on=on,
        rate=rates[0].percent if rates else None,
        amount=amount,
        goods=_goods(reading, thing),
        status=status,
        named=bool(by) + (on is not None),
        acted=bool(chain),
        joint=len(by) > 1 and thing is not None and bool(chain) and chain[0].kind == "lift",
        dates=dates_of(reading, sentence, trigger, chain, status),
        reason=reason_of(reading, trigger, chain),
    )
    sides = _sides(reading, sentence, by, mutual=is_mutual(trigger, thing), open=on is None)
    if sides:
        yield replace(draft, by=sides[0], on=sides[1])
        yield replace(draft, by=sides[1], on=sides[0])
        return
    for one in by or (None,):
        yield replace(draft, by=one, on=on or _opposite(reading, sentence, one, by if draft.joint else ()))
    for rate in rates[1:]:
        yield from _further(reading, sentence, replace(draft, by=by[0] if by else None), rates[0], rate, last)


def _of_first_and_last(thing: Token | None, rates: list[Rate]) -> tuple[Token | None, Token | None]:
    """What the first rate is on, and the last where the parser hangs that on the instrument: 'duties of 30% on our
    goods and of 10% on theirs'."""
    own = next((t for r in rates[:1] for t in clauses.prepositional(r.word, "on")), None)
    if own is not None and thing is not None and len(rates) > 1 and own.i < rates[-1].word.i < thing.i:
        return own, thing
    return thing or own, None


def _doers(
    reading: Reading, sentence: Tokens, by: tuple[str, ...], on: str | None, *, told: bool, waits: bool, lifts: bool
) -> tuple[str, ...]:
    """The imposers, without the one that bears it; the sentence's subject where the mention tells much but not who.

    Who waits for it to be lifted is the one who bears it: 'Kenya will buy only after the duties are lifted'. Who
    speaks of lifting a sanction may be either.
    """
    if not by and waits:
        by = tuple(o for p in _leading(reading, sentence)[:1] if (o := reading.other(p)))
    elif not by and told and not lifts:
        by = _leading(reading, sentence)[:1]
    return tuple(p for p in by if p != on)


def _sides(reading: Reading, sentence: Tokens, by: tuple[str, ...], *, mutual: bool, open: bool) -> tuple[str, ...]:
    """The two who do it to each other; () where it goes one way."""
    if len(by) == 2 and (mutual or (open and set(by) == set(reading.pack.between))):
        return by
    if not mutual:
        return ()
    leading = _leading(reading, sentence)
    sides = leading if len(leading) == 2 else reading.pack.between
    return sides if len(sides) == 2 else ()


def _leading(reading: Reading, sentence: Tokens) -> tuple[str, ...]:
    """The party or two that the sentence is about."""
    root = sentence.root
    found = parties.parties(reading, clauses.doer(root)) if root.lemma_ not in words("measures", "borne") else ()
    return found if len(found) in (1, 2) else ()


def _opposite(reading: Reading, sentence: Tokens, by: str | None, joint: tuple[str, ...]) -> str | None:
    """The partner of an agreement, or the one other party of a sentence, where the two sides are not enough to tell."""
    if by is None or not (by.isupper() or by in reading.pack.between):
        return None
    if len(joint) == 2:
        return joint[1] if by == joint[0] else joint[0]
    here = (m for m in reading.mentions_in(sentence.start, sentence.end) if not _is_place(reading, m))
    sides = reading.pack.between
    named = sorted({m.party for m in here if m.party and m.party != by and (m.party.isupper() or m.party in sides)})
    usual = by in reading.pack.between and bool(set(named) & set(reading.pack.between))
    return named[0] if len(named) == 1 and not usual else None


def _is_place(reading: Reading, mention: Mention) -> bool:
    """Whether a name only says where: 'after talks in London'."""
    return mention.start > 0 and reading.doc[mention.start - 1].lower_ in ("in", "at", "near")


def _further(
    reading: Reading, sentence: Tokens, draft: Draft, first: Rate, rate: Rate, last: Token | None
) -> Iterator[Draft]:
    """Another rate of the same sentence, with its own base (the `last` rate with the last one) or beside the first
    ('25%, 10% and 5% on the products')."""
    things = clauses.prepositional(rate.word, "on", "for") or ([last] if last is not None else [])
    if draft.rate != rate.percent and _in_row(first.word, rate.word):
        yield replace(draft, rate=rate.percent)
    elif things:
        run, goods = clauses.clause(rate.word), _goods(reading, things[0])
        amount = sum_in(sentence, things[0])
        end = max(run.end, clauses.clause(things[0]).end)
        draft = replace(draft, start=run.start, end=end, rate=rate.percent, amount=amount, goods=goods)
        owners = parties.party(reading, things[0]) or parties.owner(reading, things[0])
        if len(owners) == 1 and owners[0] != draft.on:  # '30% on their goods and 10% on ours'
            draft = replace(draft, by=reading.other(owners[0]) or draft.by, on=owners[0])
        yield draft


def _in_row(first: Token, last: Token) -> bool:
    """Whether nothing but figures stands between two rates: '25%, 10% and 5%'."""
    between = first.doc[first.i + 1 : last.i]
    return first.i < last.i and all(
        t.like_num or t.is_punct or t.lower_ in ("and", "or", "%", "percent") for t in between
    )


def _is_aside(trigger: Trigger, chain: tuple[Act, ...], thing: Token | None, by: tuple[str, ...]) -> bool:
    """Whether a mention without a goal is no measure: an act of nobody known, or a purchase that commits to nothing."""
    if trigger.verbal and not by:
        return True
    if trigger.instrument != "purchase-commitment":
        return False
    if trigger.verbal:  # 'used it to buy goods': nobody asks or offers it, and it lies in no future
        return len(chain) == 1 and chain[0].mode == "fact" and not chain[0].done and trigger.word.tag_ == "VB"
    of_goods = thing is not None and any(t.lower_ in words("measures", "goods") for t in clauses.clause(thing))
    return not of_goods and trigger.top is trigger.word  # 'straw purchases', not 'soybean purchases', 'purchase plans'


def _is_topic(trigger: Trigger) -> bool:
    """'tariff war', 'the sanctions issue'."""
    named = trigger.instrument in ("tariff", "sanction") and trigger.top != trigger.word
    return named and trigger.top.lower_ in words("measures", "topics")


def _wants_amount(trigger: Trigger) -> bool:
    """Whether the word is an instrument only with a sum: 'funding', 'commitments', a cut in the deficit."""
    table = cues("measures")["with_amount"]
    return trigger.is_gap or (not trigger.verbal and any(trigger.word.lower_ in table[name] for name in table))


def _goods(reading: Reading, thing: Token | None) -> str | None:
    """What the instrument is on, as the report calls it; None where that is only a party or a pronoun."""
    if thing is None:
        return None
    inner = clauses.prepositional(thing, "of", "in")
    counted = thing.like_num or thing.ent_type_ == "MONEY" or thing.lower_ in ("list", "worth", "total")
    if counted and inner:
        return _goods(reading, inner[0])
    unnamed = (
        parties.is_joint(thing)
        or thing.pos_ in ("PRON", "NUM", "SYM")
        or thing.lower_ in ("another", "other", "others")
    )
    if counted or unnamed or reading.mention(thing) is not None:
        return None
    run = clauses.clause(thing, drop=frozenset({*_CLAUSES, "acl"}))
    if thing.lower_ in words("measures", "unhit") | words("measures", "effects"):
        return None  # 'the pain of farmers who face duties'
    if thing.lower_ in words("measures", "stopped"):  # 'shipments of parts to Kenya': where they go is no part of it
        run = run.doc[run.start : min((c.i for c in thing.subtree if c.lower_ == "to"), default=run.end)]
    while len(run) > 1 and (run[0].dep_ == "det" or run[0].pos_ == "PRON" or run[0].is_punct):
        run = run[1:]
    return reading.words(run)


def _reach(trigger: Trigger, chain: tuple[Act, ...], thing: Token | None, rates: list[Rate]) -> tuple[int, int]:
    """The tokens that show it: from the doer of the outermost act to the end of the instrument's phrase."""
    drop = _CLAUSES | {"conj", "cc", "appos"} | ({"prep"} if trigger.verbal else frozenset())
    inner = clauses.clause(trigger.top, drop=drop)
    start, end = inner.start, inner.end
    for act in chain:
        if not start - _FAR <= act.token.i <= end + _FAR:
            break
        start, end = min(start, _lead(act.token, start)), max(end, act.token.i + 1)
    if thing is not None and start <= thing.i < end + _FAR:
        end = max(end, clauses.clause(thing, drop=_CLAUSES | {"acl"}).end)
    return start, max(end, *(r.word.i + 1 for r in rates if r.word.i < end + _FAR), trigger.word.i + 1)


def _lead(verb: Token, start: int) -> int:
    """Where the clause of an act begins: at its subject, where that stands near."""
    first = min(verb.i, start)
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "aux", "neg", "auxpass") and start - _FAR < child.left_edge.i < first:
            first = clauses.noun_phrase(child).start
    return first


def _record(reading: Reading, draft: Draft, statements: tuple[Statement, ...]) -> Measure:
    place = reading.span(reading.doc[draft.start : draft.end])
    again = sorted({reading.span(reading.doc[a:b]) for a, b in draft.again})
    return Measure(
        report=reading.report.id,
        evidence=(place, *(s for s in again if not s.overlaps(place))),
        rule=f"measures/{draft.trigger.instrument}@1",
        confidence=draft.confidence,
        instrument=draft.trigger.instrument,
        by=draft.by,
        on=draft.on,
        rate_percent=draft.rate,
        amount_usd=draft.amount,
        goods=draft.goods,
        status=draft.status,
        reason=draft.reason,
        when=draft.dates.words,
        announced=draft.dates.announced,
        effective=draft.dates.effective,
        suspended=draft.dates.suspended,
        removed=draft.dates.removed,
        said_by=_said_by(reading.span(draft.trigger.word), statements),
    )


def _said_by(place: Span, statements: tuple[Statement, ...]) -> str | None:
    holding = [s for s in statements if s.content.covers(place)]
    return min(holding, key=lambda s: (len(s.content), s.content.start)).id if holding else None
