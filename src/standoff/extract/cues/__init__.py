"""The cue lexicon: which words of English show what, as data; read once a process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml


@cache
def cues(section: str, language: str = "en") -> MappingProxyType[str, Any]:
    """One file of the lexicon, e.g. `cues("nouns")`. Raises FileNotFoundError for a section that is not there."""
    text = (files(__name__) / language / f"{section}.yaml").read_text(encoding="utf-8")
    return MappingProxyType(yaml.safe_load(text))


@cache
def words(section: str, key: str) -> frozenset[str]:
    """The words of one list of the lexicon, rows flattened."""
    found = cues(section)[key]
    return frozenset(word for row in found for word in (row if isinstance(row, list) else [row]))
