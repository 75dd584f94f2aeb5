"""Does confidence mean something: of the moves shown with a confidence, how many are right."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

HIGH = 0.8
WANTED_RIGHT, WANTED_SHARE = 0.85, 0.30


def scorer(path: Path) -> ModuleType:
    """The scorer beside the project, as a module."""
    spec = importlib.util.spec_from_file_location("score_beside", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(score: Any, triples: Iterable[tuple[Path, Path, Path]]) -> list[tuple[float, bool]]:
    """(confidence, right by type, actor and recipient) of every predicted move."""
    found = []
    similarity, tests = score.LAYERS["moves"]
    right = dict(tests)["type+by+to"]
    for texts, gold_folder, predicted in triples:
        for page in sorted(predicted.glob("*.json")):
            text = score.Text(next(iter(sorted(texts.glob(f"{page.stem}*.txt")))))
            gold = score.load(gold_folder, page.stem[:3] if page.stem[:3].isdigit() else page.stem)["moves"]
            got = json.loads(page.read_text(encoding="utf-8"))["moves"]
            pairs = score.pair(gold, got, lambda g, p, text=text: similarity(text, g, p))
            good = {j for i, j in pairs if right(text, gold[i], got[j])}
            found += [(item["confidence"], n in good) for n, item in enumerate(got)]
    return found


def table(found: list[tuple[float, bool]]) -> tuple[str, bool]:
    """The table as text, and whether confidence keeps its word."""
    rows: defaultdict[float, list[bool]] = defaultdict(list)
    for confidence, good in found:
        rows[int(confidence * 10) / 10].append(good)
    lines = ["confidence of moves     records   right"]
    lines += [
        f"{low:.1f} to {low + 0.1:.1f}          {len(g):9}   {sum(g) / len(g):5.2f}" for low, g in sorted(rows.items())
    ]
    high = [good for confidence, good in found if confidence >= HIGH]
    share, right = len(high) / max(1, len(found)), sum(high) / max(1, len(high))
    lines.append(
        f"{HIGH} and more: {share:.0%} of all (wanted {WANTED_SHARE:.0%}), {right:.0%} right (wanted {WANTED_RIGHT:.0%})"
    )
    return "\n".join(lines), right >= WANTED_RIGHT and share >= WANTED_SHARE
