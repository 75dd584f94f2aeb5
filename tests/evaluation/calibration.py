"""Does confidence mean something: of the records shown with a confidence, how many are right."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

HIGH = 0.8
WANTED_RIGHT, WANTED_SHARE = 0.85, 0.30
# What makes a record of each layer right, by the scorer's names.
RIGHT = {
    "statements": "content+source",
    "moves": "type+by+to",
    "measures": "instrument+figures",
    "contacts": "kind",
    "linkages": "span",
}
Judged = list[tuple[float, bool]]
Triples = Sequence[tuple[Path, Path, Path]]


def scorer(path: Path) -> ModuleType:
    """The scorer beside the project, as a module."""
    spec = importlib.util.spec_from_file_location("score_beside", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(score: Any, triples: Triples, layer: str = "moves") -> Judged:
    """(confidence, right) of every predicted record of a layer."""
    found = []
    similarity, tests = score.LAYERS[layer]
    right = dict(tests)[RIGHT[layer]]
    for texts, gold_folder, predicted in triples:
        for page in sorted(predicted.glob("*.json")):
            text = score.Text(next(iter(sorted(texts.glob(f"{page.stem}*.txt")))))
            gold = score.load(gold_folder, page.stem[:3] if page.stem[:3].isdigit() else page.stem).get(layer, [])
            got = json.loads(page.read_text(encoding="utf-8"))[layer]
            pairs = score.pair(gold, got, lambda g, p, text=text: similarity(text, g, p))
            good = {j for i, j in pairs if right(text, gold[i], got[j])}
            found += [(item["confidence"], n in good) for n, item in enumerate(got)]
    return found


def report(score: Any, triples: Triples) -> tuple[str, bool]:
    """The table of the moves and a line for each layer, and whether confidence keeps its word over all of them."""
    layers = {layer: judged(score, triples, layer) for layer in RIGHT}
    lines = [table(layers["moves"])[0], ""]
    for name, found in (*layers.items(), ("all layers", [pair for those in layers.values() for pair in those])):
        share, right = high(found)
        lines.append(f"{name:12} {len(found):5} records, {HIGH} and more: {share:4.0%} of them, {right:4.0%} right")
    return "\n".join(lines), right >= WANTED_RIGHT and share >= WANTED_SHARE


def high(found: Judged) -> tuple[float, float]:
    """The share of records of high confidence, and of those the share that is right."""
    those = [good for confidence, good in found if confidence >= HIGH]
    return len(those) / max(1, len(found)), sum(those) / max(1, len(those))


def table(found: Judged) -> tuple[str, bool]:
    """The table as text, and whether confidence keeps its word."""
    rows: defaultdict[float, list[bool]] = defaultdict(list)
    for confidence, good in found:
        rows[int(confidence * 10) / 10].append(good)
    lines = ["confidence of moves     records   right"]
    lines += [
        f"{low:.1f} to {low + 0.1:.1f}          {len(g):9}   {sum(g) / len(g):5.2f}" for low, g in sorted(rows.items())
    ]
    share, right = high(found)
    lines.append(
        f"{HIGH} and more: {share:.0%} of all (wanted {WANTED_SHARE:.0%}), {right:.0%} right (wanted {WANTED_RIGHT:.0%})"
    )
    return "\n".join(lines), right >= WANTED_RIGHT and share >= WANTED_SHARE
