"""Who says it: the words that name a source, its kind, whom it speaks for, and who is meant by 'he'."""

from __future__ import annotations

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from standoff.extract import clauses, parties
from standoff.extract.cues import cues, words
from standoff.extract.mentions import Mention
from standoff.extract.reading import Reading
from standoff.model.record import SourceKind

MOST_WORDS = 25
_PERSON = frozenset(["he", "she", "him", "her", "his", "hers"])
_THING = frozenset(["it", "its"])
_MANY = frozenset(["they", "them", "their"])
_APPENDED = frozenset({"appos", "relcl", "conj", "acl", "cc", "punct"})
_POINTING = frozenset(["the", "that", "this", "these", "those"])
PRONOUNS = _PERSON | _THING | _MANY


def is_pronoun(token: Token) -> bool:
    """'he', 'it', 'they'; not the family name He."""
    return token.lower_ in PRONOUNS and token.pos_ != "PROPN"


def phrase(head: Token, cue: int | None = None) -> tuple[int, int]:
    """The noun phrase of a source with its apposition, without the clause that holds the cue; at most 25 words."""
    doc = head.doc
    loose = [c.left_edge.i for c in head.rights if c.dep_ not in _APPENDED and doc[c.left_edge.i - 1].text == ","]
    drop = {
        c.i
        for c in head.children
        if cue is not None and c.dep_ in ("relcl", "acl", "appos", "conj") and c.left_edge.i <= cue <= c.right_edge.i
    }
    tokens = [t for t in head.subtree if not any(t.i == d or doc[d].is_ancestor(t) for d in drop)]
    indices = {t.i for t in tokens} - {cue}
    start, end = head.i, head.i + 1
    while start - 1 in indices:
        start -= 1
    while end in indices and end not in loose:
        end += 1
    start, end = _stripped(head, start, end)
    if _words(head, start, end) > MOST_WORDS:
        start, end = _shortened(head, start, end)
    return start, max(end, start + 1)


def _words(head: Token, start: int, end: int) -> int:
    return sum(1 for t in head.doc[start:end] if not t.is_punct and t.text != "'s")


def _shortened(head: Token, start: int, end: int) -> tuple[int, int]:
    """An overlong phrase up to the last comma that leaves at most 25 words, else the name or noun alone."""
    for i in range(end - 1, head.i, -1):
        if head.doc[i].text == "," and _words(head, start, i) <= MOST_WORDS:
            return start, i
    short = clauses.noun_phrase(head)
    start, end = _stripped(head, short.start, short.end)
    start = max(start, head.i - MOST_WORDS + 1)
    return start, min(end, start + MOST_WORDS)


def _stripped(head: Token, start: int, end: int) -> tuple[int, int]:
    doc = head.doc
    start = next((i + 1 for i in range(head.i, start, -1) if doc[i].text in ("—", "–", "--")), start)
    while start < head.i and (
        doc[start].is_punct or (doc[start].pos_ in ("CCONJ", "SCONJ", "ADP", "ADV") and doc[start].head != head)
    ):
        start += 1
    opened = next((i for i in range(head.i, end) if doc[i].text == "("), None)
    if opened is not None and not any(t.text == ")" for t in doc[opened:end]):
        end = opened
    while end - 1 > head.i and (
        (doc[end - 1].is_punct and doc[end - 1].text not in (")", '"')) or doc[end - 1].pos_ in ("CCONJ", "SCONJ")
    ):
        end -= 1
    return start, end


def is_thing(reading: Reading, head: Token, verb: Token | None = None) -> bool:
    """Whether a source is a thing that speaks for nobody: 'the escalation', 'its weakness', 'a fight threatens to'."""
    if (
        head.tag_ not in ("NN", "NNS")
        or reading.mention(head) is not None
        or head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
    ):
        return False
    lemma = head.lemma_.lower()
    known = any(
        lemma in words("statements", key)
        for key in ("anonymous", "officials", "institutions", "media", "documents", "utterances")
    )
    if known or lemma in words("nouns", "agents"):
        return False
    happens = verb is not None and verb.lemma_.lower() in words("statements", "happening")
    return happens or lemma.endswith(tuple(words("statements", "abstract")))


def kind(reading: Reading, head: Token, tokens: Tokens) -> SourceKind:
    """What kind of source a noun phrase is: see the annotation guide's five kinds."""
    mention, lemma = reading.mention(head), head.lemma_.lower()
    if mention is not None:
        if mention.kind in ("official", "person"):
            return "named"
        if mention.kind == "outlet":
            return "outlet"
        if lemma in words("statements", "officials") and head.pos_ == "NOUN":
            return "official"
        if mention.kind != "people" and not (mention.kind == "adjective" and head.dep_ in ("amod", "compound")):
            return "institution"
    if head.ent_type_ == "PERSON" or any(
        c.dep_ in ("appos", "compound") and _is_person(reading, c) for c in head.children
    ):
        return "named"
    if lemma in words("statements", "media") and head.pos_ != "PROPN":
        return "institution" if lemma in words("statements", "documents") and _issued(reading, head) else "outlet"
    return _proper(head, tokens) if head.pos_ == "PROPN" else _common(lemma, tokens)


def person(reading: Reading, head: Token) -> Token:
    """The name that stands in apposition to a source ('one of the envoys, Jo Doe'), else the head itself."""
    if reading.mention(head) is not None:
        return head
    return next((c for c in head.children if c.dep_ == "appos" and _is_person(reading, c)), head)


def _is_person(reading: Reading, token: Token) -> bool:
    mention = reading.mention(token)
    return token.ent_type_ == "PERSON" or (mention is not None and mention.kind in ("official", "person"))


def _issued(reading: Reading, document: Token) -> tuple[str, ...]:
    """The parties whose document it is: 'a Commerce Ministry statement', 'a report by the ministry'."""
    issuer = clauses.possessor(document)
    return parties.qualifier(reading, document) or (parties.parties(reading, issuer) if issuer is not None else ())


def _proper(head: Token, tokens: Tokens) -> SourceKind:
    signs = words("nouns", "institutions")
    if head.ent_type_ in ("ORG", "GPE", "NORP", "FAC", "LOC") or any(t.text in signs for t in tokens):
        return "institution"
    return "named"


def _common(lemma: str, tokens: Tokens) -> SourceKind:
    lowered = {t.lower_ for t in tokens}
    if lemma in words("statements", "officials"):
        return "official"
    if lemma in words("statements", "anonymous"):
        return "official" if lowered & {"official", "officials"} else "anonymous"
    if lemma in words("statements", "institutions"):
        return "institution"
    return "anonymous"


def speaks_for(reading: Reading, head: Token, tokens: Tokens, *, together: bool = True) -> tuple[str, ...]:
    """The parties that a source speaks for: () for outsiders, former officials and outlets of no party.

    `together` counts those who are coordinated with the head ("the minister and his guest said").
    """
    mention = reading.mention(head)
    if mention is not None and mention.kind in ("official", "person"):
        if _outside(head, mention):
            return ()
        return _unique(parties.parties(reading, head) if together else parties.party(reading, head))
    if mention is not None and mention.kind == "outlet":
        return (mention.party,) if mention.party else ()
    lowered = {t.lower_ for t in tokens}
    if lowered & words("nouns", "outsiders") and head.lower_ not in words("nouns", "agents"):
        return ()
    if "former" in lowered and any(c.lower_ == "former" for c in head.children):
        return ()
    if found := _unique(parties.parties(reading, head)):
        return found
    if found := _only_bearer(reading, head):
        return found
    lemma = head.lemma_.lower()
    if lemma in words("statements", "documents"):
        return _issued(reading, head)
    if lemma in words("statements", "media") and lowered & {"state", "official", "government"}:
        return parties.qualifier(reading, head)
    return ()


def _only_bearer(reading: Reading, head: Token) -> tuple[str, ...]:
    """'The administration', 'administration officials': the one party of the pack that has a body so called."""
    for noun in (head, *(c for c in head.children if c.dep_ == "compound")):
        if noun.lower_ in words("statements", "bodies"):
            those = {
                b.party for b in reading.pack.bodies if noun.lower_ in " ".join((b.name, *b.names)).lower().split()
            }
            return tuple(those) if len(those) == 1 else ()
    return ()


def _outside(head: Token, mention: Mention) -> bool:
    """Whether the words beside a name put the person out of office."""
    own = clauses.clause(head, drop=frozenset({"conj", "relcl", "advcl"}))
    return any(t.lower_ in words("nouns", "outsiders") for t in own if not mention.start <= t.i < mention.end)


def _unique(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def count(head: Token, tokens: Tokens) -> int | None:
    """How many sources a phrase counts: 'three sources' is 3, 'one of the sources' is 1."""
    numbers = cues("statements")["numbers"]
    for token in tokens:
        if token != head and token.head != head:
            continue
        if token.lower_ in numbers and token.pos_ in ("NUM", "DET", "PRON", "ADJ", "NOUN"):
            return int(numbers[token.lower_])
        if token.text.isdigit() and len(token) < 3 and token.dep_ == "nummod":
            return int(token.text)
    return None


class Speakers:
    """The sources of a report in reading order: who was named last, for pronouns, 'the official' and 'the report'."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.known: list[tuple[Token, Tokens]] = []
        self._outlets: set[Token] = set()
        self._titled: dict[str, list[Mention]] | None = None

    def resolve(self, head: Token) -> Token:
        """The head of the mention that names a source best; `head` itself where that is it."""
        lowered = head.lower_
        if lowered in ("who", "which", "that") and head.head.dep_ == "relcl":
            return self.resolve(head.head.head)
        if is_pronoun(head):
            return self._pronoun(head)
        if (author := self._author(head)) is not None:
            return self.resolve(author)
        if self.reading.mention(head) is None and any(c.lower_ in _POINTING for c in head.children):
            return self._described(head) or head
        return head

    def heard(self, head: Token, tokens: Tokens, *, passes_on: bool = False) -> None:
        """Remember a source, resolved; or who only passes on what a source says."""
        self.known.append((head, tokens))
        if passes_on:
            self._outlets.add(head)

    def passes_on(self, head: Token) -> bool:
        """Whether a source has passed on what another says."""
        return head in self._outlets

    def _author(self, head: Token) -> Token | None:
        """Whose words a document holds: 'Mr Lee's letter', 'a statement by the minister', 'issued a report saying'."""
        lemma = head.lemma_.lower()
        if lemma not in words("statements", "documents") and lemma not in words("statements", "utterances"):
            return None
        holder = clauses.possessor(head) or next(
            (a for c in head.children if c.dep_ == "acl" and (a := clauses.agent(c)) is not None), None
        )
        if holder is not None:
            mention = self.reading.mention(holder)
            person = mention is not None and mention.kind in ("official", "person")
            return holder if person or is_pronoun(holder) else None
        verb = head.head
        if head.dep_ == "dobj" and verb.lemma_ in words("statements", "issuing"):
            return clauses.subject(verb)
        if head.dep_ == "pobj" and lemma in words("statements", "utterances") and verb.head.pos_ == "VERB":
            return clauses.subject(verb.head)
        return None

    def _pronoun(self, pronoun: Token) -> Token:
        lowered = pronoun.lower_
        last = next((h for h, _ in reversed(self.known) if h.i < pronoun.i and self._fits(h, lowered)), None)
        before = parties.antecedent_token(self.reading, pronoun)
        if before is not None and self._is_credit(before):
            before = None
        if last is not None and self._near(last, pronoun):
            newer = before is not None and before.i > last.i and before.dep_ in clauses.SUBJECTS and lowered in _PERSON
            return self.resolve(before) if newer and before is not None else last
        return self.resolve(before) if before is not None else last or pronoun

    def _is_credit(self, head: Token) -> bool:
        """A picture's credit, 'AGENCY/Jo Doe', names nobody that speaks."""
        mention = self.reading.mention(head)
        start = mention.start if mention is not None else head.i
        return "/" in head.doc[max(start - 1, 0) : head.i + 1].text

    def _near(self, token: Token, later: Token) -> bool:
        """In the same paragraph or the one before."""
        paragraphs = self.reading.parsed.paragraphs
        here = self.reading.parsed.paragraph(later)
        at = paragraphs.index(here)
        return token.i >= paragraphs[max(at - 1, 0)][0]

    def _fits(self, head: Token, pronoun: str) -> bool:
        mention = self.reading.mention(head)
        person = (mention is not None and mention.kind in ("official", "person")) or head.ent_type_ == "PERSON"
        if pronoun in _PERSON:
            one = head.tag_ == "NN" and head.lemma_.lower() in words("statements", "officials") | words(
                "statements", "anonymous"
            )
            return (person or one) and not clauses.conjuncts(head)
        if pronoun in _THING:
            return (
                not person
                and head.tag_ in ("NN", "NNP", "NNPS")
                and head.lemma_.lower() not in words("statements", "officials")
            )
        return bool(clauses.conjuncts(head)) or head.tag_ in ("NNS", "NNPS")

    def _described(self, head: Token) -> Token | None:
        """'the president', 'the official', 'the report': whom the report has named so before."""
        lemma = head.lemma_.lower()
        if any(c.dep_ in ("poss", "prep", "relcl", "acl", "appos", "compound") for c in head.children):
            return None
        if head.tag_ == "NN" and (titled := self._bearer(lemma, head)) is not None:
            return titled
        for known, tokens in reversed(self.known):
            if (
                known.i < head.i
                and len(tokens) > 2
                and any(t.lemma_.lower() == lemma and t.tag_ == head.tag_ for t in tokens)
            ):
                return known
        if lemma in words("statements", "documents") | words("statements", "anaphora"):
            return self._issuer(head)
        return None

    def _bearer(self, title: str, head: Token) -> Token | None:
        """The last person before a word whom the report has given that title: 'the premier' after 'Premier Doe'."""
        if title not in words("nouns", "offices"):
            return None
        if self._titled is None:
            self._titled = self._titles()
        before = [m for m in self._titled.get(title, ()) if m.start < head.i]
        if not before:
            return None
        names = {m.name for m in before}
        last = max((m for m in self.reading.mentions if m.name in names and m.start < head.i), key=lambda m: m.start)
        return self.reading.doc[last.start : last.end].root

    def _titles(self) -> dict[str, list[Mention]]:
        """The one-word titles that stand right before a person's name."""
        doc, found = self.reading.doc, dict[str, list[Mention]]()
        for mention in self.reading.mentions:
            if mention.kind in ("official", "person") and mention.start > 0:
                title = doc[mention.start - 1].lower_
                if title in words("nouns", "offices"):
                    found.setdefault(title, []).append(mention)
        return found

    def _issuer(self, head: Token) -> Token | None:
        """Whose the report, the statement or the group is: the institution or outlet that spoke last, near by."""
        for known, tokens in reversed(self.known):
            speaks = known in self._outlets or kind(self.reading, known, tokens) in ("institution", "outlet")
            if known.i < head.i and self._near(known, head) and speaks:
                return known if not is_pronoun(known) and known.lemma_ != head.lemma_ else None
        return None


def best_mention(reading: Reading, head: Token) -> Token:
    """Of a person named by family name alone: the head of the report's first mention that gives the whole name."""
    mention = reading.mention(head)
    if mention is None or mention.kind not in ("official", "person"):
        return head
    best = max(
        (m for m in reading.mentions if m.name == mention.name and m.start <= mention.start),
        key=lambda m: (m.end - m.start, -m.start),
        default=mention,
    )
    return head if best.end - best.start <= mention.end - mention.start else reading.doc[best.start : best.end].root
