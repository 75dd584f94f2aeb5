"""Which party a word stands for: names, groups with a qualifier, 'both sides', pronouns, descriptions."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from standoff.extract import clauses
from standoff.extract.cues import cues, words
from standoff.extract.mentions import Mention
from standoff.extract.reading import Reading

_QUALIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "det"})
_PLACES = ("of", "in", "from", "for", "at", "to", "with")
_FIRST = frozenset("we us our ours i me my ourselves myself".split())
_THIRD_ONE = frozenset("he she him her his hers himself herself".split())
_THIRD_IT = frozenset("it its itself".split())
_THEY = frozenset("they them their theirs themselves".split())
_SUBJECTS = clauses.SUBJECTS
_WINDOW = 3  # sentences back in which a pronoun finds its antecedent


def parties(reading: Reading, head: Token | None) -> tuple[str, ...]:
    """The parties that a noun phrase stands for as an actor, its coordinated ones included, in reading order."""
    if head is None:
        return ()
    found: list[str] = []
    for token in (head, *clauses.conjuncts(head)):
        found += [p for p in party(reading, token) if p not in found]
    return tuple(found)


def party(reading: Reading, token: Token, depth: int = 3) -> tuple[str, ...]:
    """The parties that one word, as the head of a noun phrase, stands for as an actor; () where none is meant."""
    mention = reading.mention(token)
    if mention is not None:
        if mention.kind == "adjective" and token.dep_ in ("amod", "compound"):
            return ()
        return (mention.party,) if mention.party else ()
    lowered = token.lower_
    if lowered in _FIRST:
        return speaker(reading, token)
    if lowered in _THIRD_ONE | _THIRD_IT | _THEY:
        return antecedent(reading, token) if depth else ()
    if lowered in ("who", "which", "that") and token.dep_ in _SUBJECTS and token.head.dep_ == "relcl":
        return party(reading, token.head.head, depth - 1) if depth else ()
    if is_joint(token) or is_all_sides(reading, token):
        return reading.pack.between
    if lowered in words("nouns", "agents") or lowered in words("nouns", "offices"):
        return qualifier(reading, token, depth) or described(reading, token)
    if lowered in ("one", "some", "many", "several", "most", "all", "none", "any", "half") or token.pos_ == "NUM":
        inner = clauses.prepositional(token, "of")
        return party(reading, inner[0], depth - 1) if inner and depth else ()
    return ()


def qualifier(reading: Reading, noun: Token, depth: int = 3) -> tuple[str, ...]:
    """The party that qualifies a noun: 'Chinese officials', 'officials in Beijing', 'the president's team'."""
    modifiers = sorted((c for c in noun.children if c.dep_ in _QUALIFIERS), key=lambda c: c.pos_ == "PRON")
    for child in modifiers:  # 'his Chinese counterpart': names go before pronouns
        if found := _by_modifier(reading, child, depth):
            return found
    for inner in clauses.prepositional(noun, *_PLACES):
        mention = reading.mention(inner)
        if mention is not None and mention.party:
            return (mention.party,)
        if inner.lower_ in words("nouns", "agents") and depth and (found := party(reading, inner, depth - 1)):
            return found
    for child in noun.children:
        if child.dep_ == "appos" and (mention := reading.mention(child)) is not None and mention.party:
            return (mention.party,)
    return ()


def _by_modifier(reading: Reading, modifier: Token, depth: int) -> tuple[str, ...]:
    mention = reading.mention(modifier)
    if mention is not None and mention.party:
        return (mention.party,)
    if not depth:
        return ()
    if modifier.dep_ == "poss":
        return party(reading, modifier, depth - 1)
    return qualifier(reading, modifier, depth - 1) if modifier.dep_ in ("compound", "amod", "nmod") else ()


def owner(reading: Reading, noun: Token) -> tuple[str, ...]:
    """Whose a thing is: 'Chinese goods', 'goods from China', 'its tariffs', 'tariffs imposed by the US'."""
    found = qualifier(reading, noun)
    if found:
        return found
    for child in noun.children:
        if child.dep_ == "poss" and child.pos_ == "PRON":
            return party(reading, child)
        if child.dep_ == "acl" and (by := clauses.agent(child)) is not None:
            return parties(reading, by)
    return ()


def is_joint(token: Token) -> bool:
    """'both sides', 'the two countries', 'each side', 'they both', 'the sides'."""
    lowered = token.lower_
    if lowered == "both" and token.dep_ in _SUBJECTS | {"appos", "pobj", "dobj"}:
        return True
    joint = cues("nouns")["joint"]
    singular = lowered + "s"
    if lowered in joint["words"] or singular in joint["words"]:
        marked = any(c.lower_ in joint["markers"] for c in token.children)
        return marked or (
            lowered in joint["alone"]
            and not any(c.dep_ in ("amod", "poss", "compound", "nummod") for c in token.children)
        )
    return False


def is_all_sides(reading: Reading, token: Token) -> bool:
    """'the three countries', of a negotiation between three."""
    numbers = ("zero", "one", "two", "three", "four", "five", "six")
    counted = next((c.lower_ for c in token.children if c.dep_ == "nummod"), None)
    return token.lower_ in cues("nouns")["joint"]["alone"] and counted in numbers[len(reading.pack.between) :][:1]


def speaker(reading: Reading, token: Token) -> tuple[str, ...]:
    """For whom the quotation that holds a word is spoken: 'we' in it is that party."""
    for attribution in reading.attributions:
        start, end = attribution.content
        if attribution.direct and start <= token.i < end and attribution.parties:
            return attribution.parties
    return ()


def described(reading: Reading, token: Token) -> tuple[str, ...]:
    """'the ministry', 'the president': the last mention of that kind."""
    if token.lower_ not in words("nouns", "descriptions") or not any(
        c.lower_ in ("the", "his", "its") for c in token.children
    ):
        return ()
    for mention in reversed(reading.mentions):
        if mention.start >= token.i or mention.party is None:
            continue
        near = reading.doc[max(0, mention.start - 4) : mention.end + 1].text.lower()
        if token.lower_ in mention.name.lower().split() or token.lower_ in near.split():
            return (mention.party,)
    return ()


def antecedent(reading: Reading, pronoun: Token) -> tuple[str, ...]:
    """The party of whom or what a pronoun stands for: recent, a subject, of fitting kind."""
    found = antecedent_token(reading, pronoun)
    quoted = reading.quote(pronoun)
    if quoted is not None and pronoun.lower_ in _THEY and (found is None or found.i < quoted.start):
        across = tuple(o for p in speaker(reading, pronoun) if (o := reading.other(p)))
        if across:  # in a party's own words 'they' are the others
            return across
    if found is None:
        return ()
    heads = (found, *clauses.conjuncts(found)) if pronoun.lower_ in _THEY else (found,)
    return tuple(dict.fromkeys(p for head in heads for p in party(reading, head, 1)))  # 1: 'their officials' may loop


def antecedent_token(reading: Reading, pronoun: Token) -> Token | None:
    """The head of the noun phrase that a third-person pronoun most likely stands for."""
    sentences = _sentences_back(pronoun)
    doer = _doer_beside(pronoun)
    best: tuple[float, int] | None = None
    governing = _governing(pronoun)
    chosen: Token | None = None
    for back, (start, end) in enumerate(sentences):
        for i in range(start, min(end, pronoun.i)):
            token = reading.doc[i]
            if not _fits(reading, pronoun, token) or token == doer:
                continue
            score = (3.0 if token.dep_ in _SUBJECTS else 0.0) - 2.0 * back + (1.0 if _is_main(token) else 0.0)
            if token.dep_ == "poss":
                score += 0.5
            if pronoun.dep_ == "poss" and token.dep_ in _SUBJECTS and token.head in governing:
                score += 4.0  # 'until they lift their tariffs': the subject of its own clause
            if best is None or (score, i) > best:
                best, chosen = (score, i), token
    return chosen


def _doer_beside(pronoun: Token) -> Token | None:
    """Who does what is done to the pronoun, and so is not meant by it: 'they shunned it, calling it a puppet'."""
    if pronoun.lower_ in ("himself", "herself", "itself", "themselves") or pronoun.dep_ == "poss":
        return None
    verb = pronoun.head
    if pronoun.dep_ == "nsubj" and verb.pos_ in ("NOUN", "ADJ", "PROPN") and verb.head.pos_ == "VERB":
        return clauses.subject(verb.head)
    if pronoun.dep_ in ("dobj", "dative") and verb.pos_ == "VERB" and not clauses.is_passive(verb):
        return clauses.subject(verb)
    return None


def _governing(pronoun: Token) -> tuple[Token, ...]:
    """The verb whose object or complement a possessive belongs to."""
    for above in pronoun.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            return (above,)
    return ()


def _sentences_back(token: Token) -> list[tuple[int, int]]:
    found, start = [(token.sent.start, token.sent.end)], token.sent.start
    while start > 0 and len(found) <= _WINDOW:
        before = token.doc[start - 1].sent
        found.append((before.start, before.end))
        start = before.start
    return found


def _is_main(token: Token) -> bool:
    return token.dep_ in _SUBJECTS and token.head.dep_ == "ROOT"


def _fits(reading: Reading, pronoun: Token, token: Token) -> bool:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.dep_ in ("compound", "amod", "nmod"):
        return False
    mention = reading.mention(token)
    lowered = pronoun.lower_
    if lowered in _THIRD_ONE:
        person = mention is not None and mention.kind in ("official", "person")
        return person or (mention is None and token.lower_ in words("nouns", "offices") and token.tag_ == "NN")
    if mention is not None and mention.kind in ("official", "person"):
        return lowered in _THEY and bool(clauses.conjuncts(token))
    if mention is not None:
        if mention.kind == "outlet":
            return False
        return mention.kind != "people" or lowered in _THEY
    if lowered in _THEY:
        return is_joint(token) or (token.tag_ == "NNS" and token.lower_ in words("nouns", "agents"))
    return token.tag_ == "NN" and token.lower_ in words("nouns", "agents") and bool(qualifier(reading, token, 1))


def place_people(reading: Reading) -> tuple[Mention, ...]:
    """Give the people whom the pack does not know the party that the report places them with."""
    known: dict[str, str | None] = {}
    for mention in reading.mentions:
        if mention.kind == "person" and mention.party is None and mention.name not in known:
            found = _placed(reading, mention)
            if found is not None:
                known[mention.name] = found
    return tuple(
        replace(m, party=known[m.name]) if m.kind == "person" and m.party is None and m.name in known else m
        for m in reading.mentions
    )


def _placed(reading: Reading, mention: Mention) -> str | None:
    head = reading.doc[mention.start : mention.end].root
    before = [t for t in head.lefts if t.i < mention.start]
    titles = [t for child in before if child.dep_ in ("compound", "amod", "nmod", "poss") for t in child.subtree]
    found = _by_title(reading, titles)
    if found is not None:
        return found
    notes = [c for c in head.children if c.dep_ == "appos"]
    if head.dep_ == "appos":
        notes.append(head.head)
    for note in notes:
        tokens = [t for t in note.subtree if not _in_relative(t, note) and not (mention.start <= t.i < mention.end)]
        if (found := _by_title(reading, tokens)) is not None:
            return found
    return _as_member(reading, titles)


def _as_member(reading: Reading, titles: list[Token]) -> str | None:
    """'the nurse Ada Moss' where 'nurses' are one of the sides."""
    groups = {f"{t.lower_}s" for t in titles if t.tag_ == "NN"}
    if not groups:
        return None
    return next(
        (
            m.party
            for m in reading.mentions
            if m.party and reading.words(reading.doc[m.start : m.end]).lower() in groups
        ),
        None,
    )


def _by_title(reading: Reading, tokens: list[Token]) -> str | None:
    lowered = {t.lower_ for t in tokens}
    if lowered & words("nouns", "outsiders") or not lowered & words("nouns", "offices"):
        return None
    if any(t.text in words("nouns", "institutions") and reading.mention(t) is None for t in tokens):
        return None  # an office in a chamber, a council, a firm that is no party's
    for token in tokens:
        mention = reading.mention(token)
        if mention is not None and mention.party and mention.kind not in ("official", "person", "outlet"):
            return mention.party
    for token in tokens:
        if found := described(reading, token):
            return found[0]
    return None


def _in_relative(token: Token, top: Token) -> bool:
    while token != top and token.head != token:
        if token.dep_ == "relcl":
            return True
        token = token.head
    return False
