"""Who is named: parties, bodies, officials, outlets of the pack, and the people that the report itself introduces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from standoff.extract.cues import words
from standoff.extract.parse import MISREAD, PRONOUNS, STRAIGHT, disguised, model
from standoff.model.domain import Official, Pack

Kind = Literal["party", "adjective", "metonym", "people", "body", "official", "person", "outlet"]

_RANK = {"official": 0, "body": 1, "outlet": 2, "party": 3, "metonym": 4, "people": 5, "adjective": 6}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at tokens [start, end): what it names, and for which party that acts (None: for none)."""

    start: int
    end: int
    kind: Kind
    party: str | None
    name: str
    level: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Kind
    party: str | None
    name: str
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A pack made ready for matching: surfaces in the case they stand in, and bodies in any case."""

    exact: PhraseMatcher
    folded: PhraseMatcher
    entries: dict[str, _Entry]
    families: dict[str, tuple[Official, ...]]


@lru_cache(maxsize=16)
def lexicon(pack: Pack) -> Lexicon:
    """The matchers of a pack, built once a process."""
    vocab = model().vocab
    exact, folded = PhraseMatcher(vocab, attr="ORTH"), PhraseMatcher(vocab, attr="LOWER")
    entries: dict[str, _Entry] = {}
    make = model().make_doc
    for straight, entry in _as_printed(pack):
        anycase = entry.kind == "body" and " " in straight
        key = ("l:" if anycase else "x:") + (straight.lower() if anycase else straight)
        known = entries.get(key)
        if known and _RANK[known.kind] <= _RANK[entry.kind]:
            continue
        entries[key] = entry
        if not known:
            (folded if anycase else exact).add(key, [make(straight)])
    families: dict[str, list[Official]] = {}
    for official in pack.officials:
        families.setdefault(official.family, []).append(official)
    return Lexicon(exact, folded, entries, {k: tuple(v) for k, v in families.items()})


def _as_printed(pack: Pack) -> Iterator[tuple[str, _Entry]]:
    """The surfaces with straight marks; those in lower case also as they open a sentence: 'The union'."""
    for surface, entry in _surfaces(pack):
        straight = surface.translate(STRAIGHT)
        yield straight, entry
        if straight[:1].islower():
            yield straight[:1].upper() + straight[1:], entry


def _surfaces(pack: Pack) -> Iterator[tuple[str, _Entry]]:
    for party in pack.parties:
        yield from _all(party.names, _Entry("party", party.code, party.name), party.name)
        yield from _all(party.metonyms, _Entry("metonym", party.code, party.name))
        yield from _all(party.people, _Entry("people", party.code, party.name))
        yield from _all(party.adjectives, _Entry("adjective", party.code, party.name))
    for body in pack.bodies:
        yield from _all(body.names, _Entry("body", body.party, body.name), body.name)
    for official in pack.officials:
        whole = tuple(name for name in official.names if " " in name)
        yield from _all(whole, _Entry("official", official.party, official.name, official.level), official.name)
    for surface in misleading_names(pack):
        official = next(o for o in pack.officials if surface in o.names or surface == o.name)
        yield disguised(surface), _Entry("official", official.party, official.name, official.level)
    for outlet in pack.outlets:
        yield from _all(outlet.names, _Entry("outlet", outlet.party, outlet.name), outlet.name)


@lru_cache(maxsize=16)
def misleading_names(pack: Pack) -> tuple[str, ...]:
    """Officials' names with a part that is a word of its own, so that a parser takes it for that: 'Liu He', 'May'."""
    names = dict.fromkeys(n for o in pack.officials for n in (o.name, *o.names) if " " in n)
    return tuple(n for n in names if any(part.lower() in PRONOUNS or part in MISREAD for part in n.split()))


def _all(names: tuple[str, ...], entry: _Entry, *more: str) -> Iterator[tuple[str, _Entry]]:
    return ((surface, entry) for surface in dict.fromkeys((*more, *names)))


def find_mentions(doc: Doc, pack: Pack, published: date | None) -> tuple[Mention, ...]:
    """All mentions in reading order, none overlapping another."""
    known = lexicon(pack)
    found = _matched(doc, known)
    taken = {i for m in found for i in range(m.start, m.end)}
    people = _People(known, published)
    for mention in _people_of(doc, found, taken, people):
        found.append(mention)
        taken.update(range(mention.start, mention.end))
    return tuple(sorted(found, key=lambda m: m.start))


_LONGEST_NAME = 12  # words of an institution's name


def _matched(doc: Doc, known: Lexicon) -> list[Mention]:
    spans = []
    for matcher in (known.exact, known.folded):
        for key, start, end in matcher(doc):
            spans.append((start, end, known.entries[doc.vocab.strings[key]]))
    spans.sort(key=lambda s: (s[0] - s[1] + (doc[s[0]].lower_ == "the"), s[0], _RANK[s[2].kind]))  # the article is dull
    taken: set[int] = set()
    found: list[Mention] = []
    for start, end, entry in spans:
        if taken.isdisjoint(range(start, end)) and not _inside_institution(doc, start, end, entry):
            taken.update(range(start, end))
            found.append(Mention(start, end, entry.kind, entry.party, entry.name, entry.level))
    return sorted(found, key=lambda m: m.start)


def _inside_institution(doc: Doc, start: int, end: int, entry: _Entry) -> bool:
    """Whether a country's name is only a part of a longer name: 'China Institute of ...', 'American Airlines'."""
    if entry.kind not in ("party", "adjective", "metonym"):
        return False
    after, signs = end, words("nouns", "institutions")
    most = min(len(doc), end + _LONGEST_NAME)
    while after < most and doc[after].pos_ == "PROPN" and doc[after].text != "'s":
        if doc[after].text in signs:
            return True
        after += 1
    before = start - 1
    return (
        before > 0
        and doc[before].lower_ in ("of", "in")
        and doc[before - 1].text in signs
        and doc[before].lower_ == "of"
    )


_SHOWN = {shown: name for name, shown in MISREAD.items()}


class _People:
    """The people of one report: who bears which family name here, as far as the report has said it."""

    def __init__(self, known: Lexicon, published: date | None) -> None:
        self.known, self.published = known, published
        self.here: dict[str, tuple[str, str | None, str | None]] = {}

    def introduce(self, name: str, party: str | None, level: str | None, family: str | None = None) -> None:
        parts = name.split()
        for part in {family} if family else {parts[0], parts[-1]}:
            if part and part.lower() not in PRONOUNS:
                self.here[part] = (name, party, level)

    def leads(self, family: str) -> bool:
        """Whether a leader whom the pack knows bears the name."""
        return any(o.level == "leader" for o in self.known.families.get(family, ()))

    def reordered(self, parts: list[str]) -> Official | None:
        """The official whose first and family name are the parts, in the other order or with a middle name."""
        ends = {parts[0], parts[-1]}
        those = (o for part in parts for o in self.known.families.get(part, ()))
        return next((o for o in those if len(ends) > 1 and ends == {o.name.split()[0], o.family}), None)

    def bearer(self, family: str) -> tuple[str, str | None, str | None] | None:
        """Who is meant by a bare family name: whom the report introduced, else the one official in office."""
        family = _SHOWN.get(family, family)
        if family in self.here:
            return self.here[family]
        those = self.known.families.get(family, ())
        if self.published and len(those) > 1:
            serving = tuple(o for o in those if any(t.holds(self.published) for t in o.terms))
            those = serving or those
        if len(those) > 1:
            those = tuple(o for o in those if o.level == "leader") or those
        if len(those) != 1:
            return None
        return those[0].name, those[0].party, those[0].level


def _people_of(doc: Doc, found: list[Mention], taken: set[int], people: _People) -> Iterator[Mention]:
    """Officials by bare family name, and people whom the pack does not know, in reading order."""
    named = {m.start: m for m in found}
    longer = {e.start: e for e in doc.ents if e.label_ == "PERSON"}
    families = {o.name: o.family for those in people.known.families.values() for o in those}
    i = 0
    while i < len(doc):
        if (mention := named.get(i)) is not None:
            if mention.kind == "official":
                people.introduce(mention.name, mention.party, mention.level, families.get(mention.name))
            i = mention.end
            continue
        if i in longer and (person := _person(doc, longer[i], taken, people)) is not None:
            yield person
            i = person.end
            continue
        token = doc[i]
        if i not in taken and _is_name(token, people) and (who := people.bearer(token.text)) is not None:
            yield Mention(i, i + 1, "official" if who[2] else "person", who[1], who[0], who[2])
        i += 1


def _is_name(token: Token, people: _People) -> bool:
    """Whether a word can be a bare family name: capitalised, no common word, read as a name by tagger or report."""
    if (
        token.lower_ in PRONOUNS
        or token.is_stop
        or not token.text[:1].isupper()
        or (token.text.isupper() and len(token) < 3)
    ):
        return False
    if token.pos_ not in ("PROPN", "NOUN", "X") and token.text not in people.here and not people.leads(token.text):
        return False
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    part = after is not None and after.pos_ == "PROPN" and token.dep_ == "compound" and after.ent_type_ == "PERSON"
    return not part


def _person(doc: Doc, entity: Tokens, taken: set[int], people: _People) -> Mention | None:
    start, end = entity.start, entity.end
    while end > start and doc[end - 1].text in ("'s", "'"):
        end -= 1
    offices = words("nouns", "offices") | words("nouns", "agents")
    while start < end - 1 and doc[start].lower_.rstrip(".") in offices | {"mr", "ms", "mrs", "dr", "former"}:
        start += 1
    if any(i in taken for i in range(start, end)) or start == end:
        return None
    if end - start == 1:
        if doc[start].lower_ in PRONOUNS:
            return None
        who = people.bearer(doc[start].text)
        if who is not None:
            return Mention(start, end, "official" if who[2] else "person", who[1], who[0], who[2])
        return Mention(start, end, "person", None, doc[start].text)
    name = doc[start:end].text
    if (known := people.reordered(name.split())) is not None:
        return Mention(start, end, "official", known.party, known.name, known.level)
    last = people.here.get(doc[end - 1].text)
    if last is not None and last[0].split()[-1] == doc[end - 1].text and last[2]:
        return Mention(start, end, "official", last[1], last[0], last[2])
    people.introduce(name, None, None)
    return Mention(start, end, "person", None, name)
