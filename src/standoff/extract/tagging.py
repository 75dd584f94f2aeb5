"""Parts of speech and lemmas as spaCy's own components give them, each combination worked out once a process.

The attribute ruler matches all its patterns at every token, and the lemmatiser works out most words anew: together a
quarter of the time of a parse. What the ruler makes of a token follows from its tag, its dependency and, where a
pattern names it, its word; what the lemmatiser makes of it from its word, part of speech and morphology. Both are
asked once for each such combination; the result is theirs to the last bit (`tests/extract/test_tagging.py`). As the
paragraphs of a report are put together into one Doc at the same time, each attribute is written only once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

_ASKED = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})  # what a pattern of one token may ask for
_GIVEN = ("POS", "MORPH", "LEMMA", "DEP", "TAG")
_LEMMA_OF = ("ORTH", "POS", "MORPH")  # what a lemma follows from
_ASIDE: list[int | str] = ["ORTH", "SPACY", "LOWER", "IS_SPACE"]  # read of each token, and those that are also written
_KEPT: list[int | str] = [*_GIVEN, "HEAD", "NORM", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID", "SENT_START"]
_READ = [*_ASIDE, *_KEPT]
_AT = {str(name): place for place, name in enumerate(_READ)}
_SIGNS = frozenset({"TAG", "LOWER", "DEP"})  # what the first token of an odd pattern may ask for
_MOST_LEMMAS = 100_000  # above it the memory begins anew

_Key = tuple[int, int, int, int]  # tag, word (0 where no pattern names it), dependency, whether it is space
_Given = tuple[int, ...]  # the values of _GIVEN; the lemma is 0 where it is left to the lemmatiser


class Tagging:
    """A model's attribute ruler and lemmatiser with their memory.

    `replaces` names the components that the model's pipe may leave to it: none where they are not of the known kind.
    """

    def __init__(self, nlp: Language) -> None:
        self.replaces: tuple[str, ...] = ()
        self._given: dict[_Key, _Given] = {}
        self._lemmas: dict[tuple[int, ...], int] = {}
        self._named: frozenset[int] = frozenset()
        self._odd = Matcher(nlp.vocab)  # patterns of several tokens and the like: where one matches, the ruler is run
        self._first: list[dict[str, Any]] = []  # their first tokens: a Doc without the words of any is not matched
        self._met: set[int] = set()  # words looked at so far,
        self._odd_words: set[int] = set()  # those of them that may begin an odd pattern,
        self._odd_deps: frozenset[int] = frozenset()  # and the dependencies that may
        if [n for n in nlp.pipe_names if n in ("attribute_ruler", "lemmatizer")] != ["attribute_ruler", "lemmatizer"]:
            return
        ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        if not (isinstance(ruler, AttributeRuler) and isinstance(lemmatizer, Lemmatizer)):
            return
        entries: Any = ruler.patterns
        given = {name for entry in entries for name in entry["attrs"]}
        if lemmatizer.mode != "rule" or lemmatizer.overwrite or not given <= set(_GIVEN):
            return
        rows: list[list[dict[str, Any]]] = [row for entry in entries for row in entry["patterns"]]
        plain = [row[0] for row in rows if _is_plain(row)]
        odd = [row for row in rows if not _is_plain(row)]
        if not all(_is_sign(row[0]) for row in odd):
            return
        for number, row in enumerate(odd):
            self._odd.add(str(number), [row])
        self._first = [row[0] for row in odd]
        self._odd_deps = frozenset(nlp.vocab.strings.add(row[0]["DEP"]) for row in odd if "LOWER" not in row[0])
        self._ruler, self._lemmatizer = ruler, _quick(lemmatizer)
        self._named = frozenset(nlp.vocab.strings.add(word) for token in plain for word in _words(token))
        self.replaces = ("attribute_ruler", "lemmatizer")

    def __call__(self, docs: Sequence[Doc]) -> Doc:
        """One Doc of several parsed ones, at least one, with parts of speech, morphology and lemmas set.

        Where one of them ends without a space it is given one, as `Doc.from_docs` does; vectors are left out.
        """
        if not self.replaces:
            merged = Doc.from_docs(list(docs), ensure_whitespace=True)
            assert merged is not None
            return merged
        arrays = [self._ruled(doc) for doc in docs]
        for array in arrays[:-1]:
            if len(array) and not array[-1, _AT["IS_SPACE"]]:
                array[-1, _AT["SPACY"]] = 1
        table: Any = numpy.concatenate(arrays)
        strings = docs[0].vocab.strings
        words = [strings[orth] for orth in table[:, _AT["ORTH"]].tolist()]
        table[:, _AT["LEMMA"]] = self._lemmatized(docs[0].vocab, table)
        joined = Doc(docs[0].vocab, words=words, spaces=table[:, _AT["SPACY"]].astype(bool).tolist())
        return joined.from_array(_KEPT, table[:, len(_ASIDE) :]) if words else joined

    def _ruled(self, doc: Doc) -> Any:
        """A Doc's attributes, one row for each token, with what the ruler makes of them."""
        array: Any = doc.to_array(_READ).reshape(-1, len(_READ))
        tags, lowers, deps, spaces = (array[:, _AT[name]].tolist() for name in ("TAG", "LOWER", "DEP", "IS_SPACE"))
        if self._may_be_odd(doc, lowers, deps) and self._odd(doc, allow_missing=True):
            self._ruler(doc)
            return doc.to_array(_READ)
        named, given = self._named, self._given
        rows: list[_Given] = []
        for at, (tag, lower, dep, space) in enumerate(zip(tags, lowers, deps, spaces, strict=True)):
            key = (tag, lower if lower in named else 0, dep, space)
            found = given.get(key)
            if found is None:
                found = given[key] = self._asked(doc, at)
            rows.append(found)
        if rows:
            array[:, [_AT[name] for name in _GIVEN]] = numpy.array(rows, dtype="uint64")
        return array

    def _may_be_odd(self, doc: Doc, lowers: list[int], deps: list[int]) -> bool:
        """Whether a word or a dependency stands there with which an odd pattern begins; quicker than to match all."""
        new = set(lowers) - self._met
        if new:
            self._met |= new
            strings = doc.vocab.strings
            self._odd_words |= {key for key in new if any(_fits(strings[key], token) for token in self._first)}
        return not (self._odd_words.isdisjoint(lowers) and self._odd_deps.isdisjoint(deps))

    def _asked(self, doc: Doc, at: int) -> _Given:
        """What the ruler makes of a token, asked of that token alone."""
        alone = Doc(doc.vocab, words=[doc[at].text])
        alone[0].tag, alone[0].dep = doc[at].tag, doc[at].dep
        self._ruler(alone)
        found: _Given = tuple(alone.to_array(list(_GIVEN))[0].tolist())
        return found

    def _lemmatized(self, vocab: Vocab, table: Any) -> list[int]:
        lemmas = self._lemmas
        if len(lemmas) > _MOST_LEMMAS:
            lemmas.clear()
            self._lemmatizer.cache.clear()
        found: list[int] = []
        for lemma, *key in table[:, [_AT[name] for name in ("LEMMA", *_LEMMA_OF)]].tolist():
            if not lemma:
                known = tuple(key)
                lemma = lemmas.get(known)
                if lemma is None:
                    lemma = lemmas[known] = self._lemma(vocab, known)
            found.append(lemma)
        return found

    def _lemma(self, vocab: Vocab, key: tuple[int, ...]) -> int:
        """What the lemmatiser makes of a token, asked of that token alone."""
        alone = Doc(vocab, words=[vocab.strings[key[0]]])
        given: Any = numpy.array([key[1:]], dtype="uint64")
        alone.from_array(list(_LEMMA_OF[1:]), given)
        lemma: int = vocab.strings.add(self._lemmatizer.lemmatize(alone[0])[0])
        return lemma


def _is_plain(pattern: list[dict[str, Any]]) -> bool:
    """Whether what a pattern asks for follows from the parts of a key."""
    word = pattern[0].get("LOWER", "")
    return len(pattern) == 1 and set(pattern[0]) <= _ASKED and (isinstance(word, str) or set(word) == {"IN"})


def _words(token: dict[str, Any]) -> list[str]:
    word = token.get("LOWER", [])
    return [word] if isinstance(word, str) else list(word["IN"]) if isinstance(word, dict) else []


def _is_sign(token: dict[str, Any]) -> bool:
    """Whether `_fits`, or else a dependency, tells of a token of an odd pattern that it may stand somewhere."""
    if "LOWER" not in token:
        return set(token) <= _SIGNS and isinstance(token.get("DEP"), str)
    word = token["LOWER"]
    return set(token) <= _SIGNS and (isinstance(word, str) or set(word) in ({"IN"}, {"REGEX"}))


def _fits(word: str, token: dict[str, Any]) -> bool:
    """Whether a word in lower case is one that a token of a pattern asks for."""
    asked = token.get("LOWER")
    if isinstance(asked, dict):
        return bool(re.search(asked["REGEX"], word)) if "REGEX" in asked else word in asked["IN"]
    return word == asked


def _quick(lemmatizer: Lemmatizer) -> Lemmatizer:
    """The same lemmatiser with its lists of known words as sets: its rules ask them for each form that they try."""
    lookups = Lookups()
    for name in lemmatizer.lookups.tables:
        lookups.add_table(name, dict(lemmatizer.lookups.get_table(name)))
    if lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        for pos in list(index):
            index[pos] = frozenset(index[pos])
    found = type(lemmatizer)(lemmatizer.vocab, None, lemmatizer.name, mode="rule")
    found.lookups = lookups
    return found
