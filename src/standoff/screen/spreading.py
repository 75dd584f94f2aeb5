"""Readings of single words that hold for a whole spun text, and runs of words that spinners write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from standoff.model.domain import Pack
from standoff.screen.phrases import habits
from standoff.screen.restoring import Change
from standoff.screen.wording import wording

_MONTH = re.compile(
    r"\b(?:[Ee]arly|[Ll]ate|[Mm]id|[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Ll]ast|[Oo]f|[Tt]his)(?: |-)"
    r"(Could(?: (?:presumably|perhaps|possibly|well|maybe))*)(?=[.,;:)\s])"
)
_DAY = re.compile(r"\b(Could)(?= \d{1,2}\b)")
_LANGUAGE_TAKES = (
    r"newspapers?|classes|class|courses?|lessons?|speakers?|skills|schools?|teachers?|teaching|tests?|training|"
    r"editions?|versions?|books?|dictionary|studies|and|or|is|was|in|to|as|for|of|has"
)
_STRANGE = 12  # a word this many times oftener than English has it is the spinner's ...
_VANISHED = 0.25  # ... where the word meant is at most this often beside it
_LEAST = 3
_BORNE = 2


def read_runs(text: str, pack: Pack | None) -> Iterator[Change]:
    """Runs of words that spinners write, months, and nationalities written as languages; may overlap."""
    tables = habits()
    for pattern, table in ((_runs("always"), tables.always), (_runs("spun"), tables.spun)):
        for match in pattern.finditer(text):
            written = re.sub(r"\s", " ", match.group().lower().replace("’", "'"))
            meant = table.get(written) or next((v for k, v in table.items() if k.startswith(f"{written} +")), "")
            if meant:
                yield Change(match.start(), match.end(), _cased(meant, match.group()), match.group().lower())
    for month in (_MONTH, _DAY):
        for match in month.finditer(text):
            yield Change(match.start(1), match.end(1), "May", "month")
    if pack:
        for match in _languages(_adjectives(pack)).finditer(text):
            yield Change(match.start(), match.end(), match.group(1), "language")


@cache
def _runs(section: str) -> re.Pattern[str]:
    table = habits().always if section == "always" else habits().spun
    longest = sorted(table, key=lambda run: (-len(run), run))
    written = "|".join(_pattern(run) for run in longest)
    return re.compile(rf"(?<![\w-])(?:{written})(?!\w)", re.IGNORECASE)


def _pattern(run: str) -> str:
    """A run as a pattern; its last word may be "+ed": there must follow a word that ends so."""
    words, plus, ending = run.partition(" +")
    pattern = re.escape(words).replace(r"\ ", r"\s").replace("'", "['’]")
    return pattern + rf"(?=\s(?:not |also |additionally |already )?\w+{ending}\b)" if plus else pattern


@cache
def _languages(adjectives: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in adjectives) or "(?!)"
    return re.compile(rf"\b({names}) language(?= (?!(?:{_LANGUAGE_TAKES})\b)\w)")


def _adjectives(pack: Pack) -> tuple[str, ...]:
    return tuple(sorted({word for party in pack.parties for word in party.adjectives}, key=lambda w: (-len(w), w)))


def _cased(meant: str, written: str) -> str:
    if " " in written and all(word[0].isupper() for word in written.split()):
        return " ".join(word[0].upper() + word[1:] for word in meant.split())
    return meant[0].upper() + meant[1:] if written[0].isupper() else meant


def common_readings(count: Counter[str], borne_out: Counter[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Written word → what it stands for all over the text: `borne_out` by phrases, or the spinner's known habit.

    `count`: how often the report writes each word. Only where the written word is far too frequent for English and the
    one meant has all but vanished.
    """
    total = max(1, count.total())
    rank = wording().rank
    found: dict[str, list[str]] = {}
    for (written, meant), times in sorted(borne_out.items(), key=lambda item: (-item[1], item[0])):
        if times >= _BORNE and count[meant] <= _VANISHED * count[written]:
            found.setdefault(written, []).append(meant)
    for written, several in habits().throughout.items():
        usual = 0.1 / (rank.get(written, 50_000) + 10)  # Zipf's law
        if count[written] < _LEAST or count[written] / total < _STRANGE * usual:
            continue
        for meant in several:
            if count[meant] <= _VANISHED * count[written] and meant not in found.get(written, ()):
                found.setdefault(written, []).append(meant)
    return {written: tuple(meant) for written, meant in found.items()}
