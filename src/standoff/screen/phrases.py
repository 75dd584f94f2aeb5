"""Set phrases of news, names of a pack, and what spinning programs are known to write: what a repair may aim at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from standoff.model.domain import Pack


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together. A `sure` one is restored in any text, others only in one known to be spun.

    `open` are the places at which a synonym may stand for its word.
    """

    words: tuple[str, ...]
    sure: bool
    open: frozenset[int]

    @property
    def capital(self) -> bool:
        """Whether it is written with capitals (a name, an office)."""
        return self.words[0][0].isupper()


@dataclass(frozen=True, slots=True)
class Habits:
    """`always`, `spun`: run of words → its reading; `throughout`, `words`: written → words it may stand for."""

    always: dict[str, str]
    spun: dict[str, str]
    throughout: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]


def _sections(name: str) -> Iterator[tuple[str, str]]:
    """(section, line) of a data file; `#` begins a comment line."""
    section = ""
    text = (files("standoff.screen") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            yield section, line.strip()


@cache
def set_phrases() -> tuple[Phrase, ...]:
    """The set phrases of news that we list."""
    found: dict[tuple[str, ...], Phrase] = {}
    for section, line in _sections("set_phrases.txt"):
        for form in _numbers(line):
            marked = form.replace("-", " ").split()
            words = tuple(word.lstrip("*") for word in marked)
            starred = frozenset(k for k, word in enumerate(marked) if word.startswith("*"))
            found.setdefault(words, Phrase(words, section == "certain", starred or frozenset(range(len(words)))))
    return tuple(found.values())


def _numbers(line: str) -> tuple[str, ...]:
    if "(s)" not in line:
        return (line,)
    return line.replace("(s)", ""), line.replace("(s)", "s")


@cache
def habits() -> Habits:
    """What spinning programs are known to write."""
    runs: dict[str, dict[str, str]] = {"always": {}, "spun": {}}
    words: dict[str, dict[str, tuple[str, ...]]] = {"throughout": {}, "words": {}}
    for section, line in _sections("habits.txt"):
        written, _, meant = (part.strip() for part in line.partition(" ="))
        if section in words:
            words[section][written] = (*words[section].get(written, ()), meant)
        else:
            runs[section][written] = meant
    return Habits(runs["always"], runs["spun"], words["throughout"], words["words"])


_KINDS = frozenset(
    "House Department Ministry Minister Secretary Party Court Commission Representative Bureau Agency Organization "
    "Fund Reserve Premier Chamber Parliament Hill Street".split()
)  # what a name's bearer is: no other word may stand there

_OF_A_PARTY = ("official", "officials", "government", "side", "leader", "leaders", "leadership", "goods", "companies")
_SECOND = frozenset((1,))


def pack_phrases(pack: Pack) -> tuple[Phrase, ...]:
    """The names of a pack that a spinner may break: bodies, offices, metonyms, outlets; and issue cues of two words.

    A sure sign is only another word in place of what the bearer is (White Home, Commerce Division).
    """
    names = [name for body in pack.bodies for name in (body.name, *body.names)]
    names += [term.title for official in pack.officials for term in official.terms]
    names += [name for party in pack.parties for name in (party.name, *party.names, *party.metonyms)]
    names += [name for outlet in pack.outlets for name in (outlet.name, *outlet.names)]
    found = []
    for words in sorted({words for words in _several(names) if all(w[0].isupper() or len(w) < 4 for w in words)}):
        kinds = frozenset(k for k, word in enumerate(words) if word in _KINDS)
        found += [Phrase(words, True, kinds)] if kinds else []
        found.append(Phrase(words, False, frozenset(range(len(words)))))
    for party in pack.parties:
        found += [
            Phrase((word, kind), False, _SECOND) for word in party.adjectives for kind in _OF_A_PARTY if word.isalpha()
        ]
    cues = set(_several(cue for issue in pack.issues for cue in issue.cues))
    return (*found, *(Phrase(words, False, frozenset(range(len(words)))) for words in sorted(cues)))


def _several(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for name in names:
        words = tuple(name.replace("’", "'").replace("-", " ").split())
        if 2 <= len(words) <= 6 and all(word.replace("'", "").isalpha() for word in words):
            yield words


def own_names(pack: Pack) -> frozenset[str]:
    """Words of people's names, lower case: never changed."""
    return frozenset(
        word.lower()
        for official in pack.officials
        for name in (official.name, official.family, *official.names)
        for word in name.split()
        if word[0].isupper()
    )
