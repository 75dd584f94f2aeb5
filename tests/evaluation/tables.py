"""The tables that the evaluation gate prints: figures beside readers, floors and other programs; speed beside bare spaCy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Figures = Mapping[str, Mapping[str, float]]

# F1 of two careful readers with each other, on the figures of the scorer; None where it was not measured.
READERS: dict[str, float | None] = {
    "statements: content+source": 0.94,
    "statements: content+source+speaks_for": 0.94,
    "moves: type+by+to": 0.79,
    "moves: type+by+to+issue": 0.72,
    "measures: instrument+figures": 0.89,
    "measures: +by+on+status": 0.89,
    "contacts: kind+status": 0.95,
    "linkages: span": None,
    "linkages: first+then actor": 0.71,
}
# Groups of reports as columns, with their headings.
TOGETHER = {"seeds+devset": "all", "trade": "trade", "devset-other": "others"}
APART = {"seeds": "seeds", "devset-trade": "devset trade", "own": "our own"}
# Source and content found together, F in percent: over all cues, over verbs of speech. PolNeAR by others was measured on
# its test part, ours on its dev part; GUM news has one figure for each.
OTHERS: dict[str, tuple[tuple[str, float, float | None], ...]] = {
    "polnear_dev": (
        ("two annotators", 73.0, 89.0),
        ("prototype, 141 lines of rules", 57.0, 75.0),
        ("GenderGapTracker", 38.0, 58.0),
        ("textacy", 22.0, 33.0),
    ),
    "gum_news": (
        ("GenderGapTracker", 48.6, None),
        ("prototype, 141 lines of rules", 45.9, None),
        ("textacy", 22.8, None),
    ),
}


@dataclass(slots=True)
class Speed:
    """Words read, and seconds of the processor for reading them whole and for bare spaCy alone."""

    words: int = 0
    whole: float = 0.0
    bare: float = 0.0
    packs: set[str] = field(default_factory=set)  # those that are ready, so that no report bears the cost


def quality(figures: Figures, floors: Figures) -> str:
    """F1 of each figure by group of reports, with its floor in brackets, and two readers beside."""
    return "\n\n".join(_quality(figures, floors, columns) for columns in (TOGETHER, APART))


def _quality(figures: Figures, floors: Figures, columns: Mapping[str, str]) -> str:
    lines = [f"{'F1 (floor)':40}" + "".join(f"{name:>16}" for name in columns.values()) + f"{'two readers':>14}"]
    for figure, readers in READERS.items():
        cells = (_cell(figures[group][figure], floors.get(group, {}).get(figure)) for group in columns)
        lines.append(f"{figure:40}{''.join(cells)}{readers if readers is not None else '-':>14}")
    return "\n".join(lines)


def _cell(value: float, floor: float | None, digits: int = 3) -> str:
    shown = f"{value:.{digits}f} ({floor:.{min(digits, 2)}f})" if floor is not None else f"{value:.{digits}f} (none)"
    return f"{shown:>16}"


def attribution(figures: Mapping[str, float], floors: Mapping[str, float]) -> str:
    """Reported speech on the two public sets, beside other programs and annotators."""
    blocks = []
    for name, others in OTHERS.items():
        keys = (f"{name} all", f"{name} speech")
        ours = "".join(_cell(figures[key], floors.get(key), 1) for key in keys)
        lines = [f"{name + ': source+content F (floor)':40}{'all cues':>16}{'speech cues':>16}", f"{'ours':40}{ours}"]
        for program, whole, speech in others:
            lines.append(f"{program:40}{whole:16.1f}{speech if speech is not None else '-':>16}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def speed(found: Speed) -> str:
    """Words a second with and without extraction, of the same texts in the same run."""
    with_, without = found.words / found.whole, found.words / found.bare
    return (
        f"{found.words} words: {with_:.0f} a second with extraction, {without:.0f} with bare spaCy alone, "
        f"ratio {with_ / without:.2f} (time of the processor)"
    )
