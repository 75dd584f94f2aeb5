"""How well reported speech is found, against PolNeAR (dev) and GUM news; run by the evaluation gate, where they lie at hand."""

from __future__ import annotations

import importlib.util
import json
import re
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from standoff.extract.annotate import read_closely
from standoff.extract.reading import Attribution, Reading
from standoff.model.domain import Pack
from standoff.model.lineage import Screening, View
from standoff.model.report import Report

# Whether a set joins the pieces of an interrupted quotation, and counts an apposition to the source.
SETS = {"polnear_dev": (True, True), "gum_news": (False, False)}
NO_PACK = Pack(id="none", title="", between=(), parties=())
SPEECH = (
    "say said tell told add ask announce report note argue tweet describe explain acknowledge declare claim insist warn state "
    "respond reply admit confirm deny denied reveal recall contend assert allege concede maintain stress emphasize observe remark "
    "comment complain joke quip testify mention reiterate repeat suggest predict conclude continue call urge accuse write wrote"
)
_INFLECTED = re.compile(
    r"\b(?:according to|writing|writes?|written|replied|replies|testified|testifies|denies|denying|denied|quipped|quipping|"
    + "|".join(f"{w.rstrip('e')}(?:e|s|es|d|ed|ing)?" for w in sorted(SPEECH.split()))
    + r")\b",
    re.IGNORECASE,
)

_QUOTED = ("quote-before", "quote-after", "going-on")

Item = dict[str, Any]


def score(shared: Path) -> dict[str, float]:
    """F of source and content together, in percent: over all cues, and over cues that are verbs of speech."""
    folder = shared / "annotation" / "attribution"
    scorer = _scorer(folder / "score_attribution.py")
    figures: dict[str, float] = {}
    for name, (joined, apposed) in SETS.items():
        texts = {row["doc"]: row["text"] for row in _rows(folder / f"{name}.texts.jsonl")}
        gold: dict[str, list[Item]] = defaultdict(list)
        for row in _rows(folder / f"{name}.gold.jsonl"):
            gold[row["doc"]].append(row)
        found = {doc: predictions(doc, _read(doc, text), joined=joined, apposed=apposed) for doc, text in texts.items()}
        figures[f"{name} all"] = scorer.score(gold, found, texts)["s+c jac"]["F"]
        speech_gold = {doc: only_speech(texts[doc], items) for doc, items in gold.items()}
        speech_found = {doc: only_speech(texts[doc], items) for doc, items in found.items()}
        figures[f"{name} speech"] = scorer.score(speech_gold, speech_found, texts)["s+c jac"]["F"]
    return figures


def predictions(doc: str, reading: Reading, *, joined: bool = True, apposed: bool = True) -> list[Item]:
    """A reading's attributions in the scorer's format, after the habits of a set: see SETS."""
    groups: dict[tuple[object, ...], list[Attribution]] = defaultdict(list)
    for found in reading.attributions:
        groups[(found.cue, found.source, any(r in found.rule for r in _QUOTED)) if joined else (found.content,)].append(
            found
        )
    return [_item(doc, reading, pieces, apposed) for pieces in groups.values()]


def only_speech(text: str, items: list[Item]) -> list[Item]:
    """Those whose cue is a verb of speech, or 'according to'."""
    return [item for item in items if any(_INFLECTED.search(text[a:b]) for a, b in _segments(item.get("cue_span")))]


def _item(doc: str, reading: Reading, pieces: list[Attribution], apposed: bool) -> Item:
    first = pieces[0]
    source = first.source if apposed or first.source is None else _bare(reading, first.source)
    content = [_place(reading, piece.content) for piece in sorted(pieces, key=lambda p: p.content)]
    return {
        "doc": doc,
        "source_span": _place(reading, source),
        "cue_span": _place(reading, first.cue),
        "content_span": content,
        "rule": first.rule,
    }


def _bare(reading: Reading, source: tuple[int, int]) -> tuple[int, int]:
    """A source without what stands after its first comma."""
    comma = next((i for i in range(source[0] + 1, source[1]) if reading.doc[i].text == ","), source[1])
    return source[0], comma


def _place(reading: Reading, tokens: tuple[int, int] | None) -> list[int] | None:
    if tokens is None:
        return None
    span = reading.span(reading.doc[tokens[0] : tokens[1]])
    return [span.start, span.end]


def _segments(span: Any) -> list[list[int]]:
    if not span:
        return []
    return [span] if isinstance(span[0], int) else span


def _read(doc: str, text: str) -> Reading:
    return read_closely(Report(name=doc, text=text), Screening(view=View(text)), NO_PACK)


def _rows(path: Path) -> list[Item]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
