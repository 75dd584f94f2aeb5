"""Which issue a passage is about: the pack's cue terms, weighed by where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from standoff.model.domain import Pack

# Issues that name the frame of the bargaining rather than its matter count for less where another is named too.
TALKS = "talks"
_FRAME = {TALKS: 0.5, "other": 0.1}
_WEIGHT = _FRAME | {"enforcement": 0.5}  # "commitments", "implement" are of something
_NEAR = 60.0  # characters from the beginning at which a term counts half


@dataclass(frozen=True, slots=True)
class Issues:
    """The issues of one pack, ready for asking; `terms` gives the issue of each cue in lower case."""

    pattern: re.Pattern[str]
    terms: dict[str, str]

    def of(self, *passages: str) -> str:
        """The issue of the first passage that names one; passages go from the narrowest to the widest.

        Within a passage each term counts, the more the nearer it stands to the beginning, where what is at stake is
        named. `other` where none is named.
        """
        for passage in passages:
            scores: Counter[str] = Counter()
            for issue, start in self._found(passage):
                scores[issue] += _WEIGHT.get(issue, 1.0) / (1.0 + start / _NEAR)  # type: ignore[assignment]
            if scores:
                return max(scores, key=lambda issue: (scores[issue], issue))
        return "other"

    def has(self, issue: str) -> bool:
        """Whether the pack knows an issue."""
        return issue in self.terms.values()

    def main(self, text: str) -> str:
        """The issue that a text names most, beside whether and how to talk; `other` where it names none."""
        counts = Counter(issue for issue, _ in self._found(text) if issue not in _FRAME)
        return max(counts, key=lambda issue: (counts[issue], issue), default="other")

    def _found(self, text: str) -> Iterator[tuple[str, int]]:
        for match in self.pattern.finditer(text.lower()):
            yield self.terms[match[0]], match.start()


@lru_cache(maxsize=16)
def issues(pack: Pack) -> Issues:
    """The issues of a pack, built once a process."""
    terms: dict[str, str] = {}
    for issue in pack.issues:
        for cue in issue.cues:
            terms.setdefault(cue.lower(), issue.id)
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    inner = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return Issues(re.compile(rf"(?<![\w-])(?:{inner})(?!\w)"), terms)


def issue_of(pack: Pack, *passages: str) -> str:
    """`Issues.of` for a single question; who asks often keeps `issues(pack)`."""
    return issues(pack).of(*passages)
