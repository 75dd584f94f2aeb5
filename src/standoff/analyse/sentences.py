"""Sentences made of parts, each with the records it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a sentence and the ids of the records it rests on (none for words that only join)."""

    text: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; its parts joined are its text. `topic`: positions, measures, contacts, linkages, conflicts."""

    topic: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def records(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r for part in self.parts for r in part.records))
