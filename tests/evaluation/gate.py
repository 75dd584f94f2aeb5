"""How well reports are read: the figures against gold, and floors that can only be raised.

    python -m tests.evaluation.gate [--shared DIR] [--raise-floors] [--json]

Scores the five seeds, the devset and our own hand-marked set with the scorer that lies beside the project
(`annotation/score.py`; where it is absent this says so and passes). Exit code 1 where a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from tests.evaluation import attribution_sets, calibration

from standoff.model.report import Report
from standoff.pipeline import choose_pack, process, read
from standoff.read.metadata import load_meta
from standoff.show.annotation import annotation

HERE = Path(__file__).parent
FLOORS = HERE / "floors.yaml"
TRADE = "us-china-trade"
MARGIN = (0.01, 0.2)  # below what was reached: parses differ in the last digits between processors
SHOWN = (
    "statements: content+source", "statements: content+source+speaks_for", "moves: type+by+to", "moves: type+by+to+issue",
    "measures: instrument+figures", "measures: +by+on+status", "contacts: kind+status", "linkages: span", "linkages: first+then actor",
)  # fmt: skip
CAREFUL_READERS = dict(zip(SHOWN, (0.94, 0.94, 0.79, 0.72, 0.89, 0.89, 0.95, None, 0.71), strict=True))


@dataclass(frozen=True)
class Group:
    """Reports that are scored together: their texts, gold, and the names of those that count (all, if empty)."""

    name: str
    texts: Path
    gold: Path
    only: tuple[str, ...] = ()
    pack: str | None = None
    meta: Path | None = None
    states: Mapping[str, str] = field(default_factory=dict)


def groups(shared: Path) -> Iterator[Group]:
    annotations = shared / "annotation"
    devset = annotations / "devset"
    if annotations.is_dir():
        yield Group("seeds", shared / "seeds", annotations / "seeds", pack=TRADE, meta=shared / "seeds" / "meta.yaml")
        yield Group("devset-trade", devset, devset, tuple(f"{n:02}" for n in range(1, 8)), TRADE)
        yield Group("devset-other", devset, devset, tuple(f"{n:02}" for n in range(8, 17)))
    states = {"12": "parties:AM,AZ", "14": "parties:JP,KR"}
    yield Group("own", HERE / "texts", HERE / "gold", states=states)


def predict(group: Group, out: Path) -> None:
    """Write the annotation of every report of a group, as the command line would."""
    meta = load_meta(str(group.meta)) if group.meta and group.meta.exists() else None
    for path in sorted(group.texts.glob("*.txt")):
        if group.only and path.stem not in group.only:
            continue
        small = HERE / "packs" / f"{path.stem}.yaml"
        wanted = group.pack or (str(small) if group.name == "own" and small.exists() else group.states.get(path.stem))
        pack, items = choose_pack(wanted, read([str(path)], meta))
        for item in items:
            assert isinstance(item, Report), item
            page = annotation(item, process(item, pack).records)
            (out / f"{path.stem}.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")


def score(scorer: Path, *triples: tuple[Path, Path, Path], only: tuple[str, ...] = ()) -> dict[str, float]:
    """F1 by figure."""
    command = [sys.executable, str(scorer), *(str(p) for triple in triples for p in triple), "--json"]
    if only:
        command += ["--only", ",".join(only)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name: figures["f1"] for name, figures in json.loads(ran.stdout).items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--raise-floors", action="store_true", help="write floors up to what was reached; never down")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    scorer = args.shared / "annotation" / "score.py"
    if not scorer.is_file():
        print(f"skipped: the scorer and the gold beside the project are not here ({scorer})")
        return 0
    figures: dict[str, dict[str, float]] = {}
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        triples = []
        for group in groups(args.shared):
            out = Path(folder) / group.name
            out.mkdir()
            predict(group, out)
            triples.append((group, (group.texts, group.gold, out)))
            figures[group.name] = score(scorer, (group.texts, group.gold, out), only=group.only)
        figures["seeds+devset"] = _together(scorer, Path(folder), triples)
        calibrated, _ = calibration.table(
            calibration.judged(calibration.scorer(scorer), [t for g, t in triples if g.name.startswith("devset")])
        )
    figures["attribution"] = attribution_sets.score(args.shared)
    print(json.dumps(figures, indent=1) if args.json else _report(figures, calibrated))
    print(f"read and scored in {time.perf_counter() - started:.0f} s")
    return _gate(figures, args.raise_floors)


def _together(scorer: Path, folder: Path, triples: list[tuple[Group, tuple[Path, Path, Path]]]) -> dict[str, float]:
    whole = folder / "devset"
    whole.mkdir()
    seeds = next(t for g, t in triples if g.name == "seeds")
    parts = [t for g, t in triples if g.name.startswith("devset")]
    for _, _, out in parts:
        for page in out.glob("*.json"):
            (whole / page.name).write_bytes(page.read_bytes())
    return score(scorer, seeds, (parts[0][0], parts[0][1], whole))


def _report(figures: dict[str, dict[str, float]], calibrated: str) -> str:
    those = figures["attribution"]
    lines = [f"{name:32}{value:8.1f}" for name, value in sorted(those.items())]
    sets = (
        "Attribution sets, source+content F (floors: PolNeAR dev 60 overall, 78 on speech cues; GUM news 50)\n"
        + "\n".join(lines)
    )
    return "\n\n".join((_table({n: f for n, f in figures.items() if n != "attribution"}), calibrated, sets))


def _table(figures: dict[str, dict[str, float]]) -> str:
    names = list(figures)
    lines = [f"{'F1':40}" + "".join(f"{n:>14}" for n in names) + f"{'two readers':>14}"]
    for figure in SHOWN:
        human = CAREFUL_READERS[figure]
        row = "".join(f"{figures[n][figure]:14.3f}" for n in names)
        lines.append(f"{figure:40}{row}{human if human is not None else '-':>14}")
    return "\n".join(lines)


def _gate(figures: dict[str, dict[str, float]], raise_floors: bool) -> int:
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    failed = [
        f"{group}: {name} is {figures[group][name]:.3f}, its floor {floor:.3f}"
        for group, those in floors.items() if group in figures
        for name, floor in those.items() if figures[group][name] < floor
    ]  # fmt: skip
    for line in failed:
        print(f"BELOW ITS FLOOR  {line}")
    if raise_floors and not failed:
        for group, those in figures.items():
            kept = floors.setdefault(group, {})
            for name in those if group == "attribution" else SHOWN:
                kept[name] = max(kept.get(name, 0.0), int((those[name] - MARGIN[group == "attribution"]) * 100) / 100)
        FLOORS.write_text(
            "# F1 floors; raised by `python -m tests.evaluation.gate --raise-floors`, never lowered\n"
            + yaml.safe_dump(floors, sort_keys=True),
            encoding="utf-8",
        )
        print(f"floors written to {FLOORS}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
