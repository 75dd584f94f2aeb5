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
from tests.evaluation import attribution_sets, calibration, tables

from standoff.extract.parse import STRAIGHT, model, pieces
from standoff.model.report import Report
from standoff.pipeline import choose_pack, process, read
from standoff.read.metadata import load_meta
from standoff.show.annotation import annotation

HERE = Path(__file__).parent
FLOORS = HERE / "floors.yaml"
TRADE = "us-china-trade"
MARGIN = (0.01, 0.2)  # below what was reached: parses differ in the last digits between processors
WARMING = Report(name="warming", text="The ministry said on Monday that both sides would meet again in May.")
SHOWN = tuple(tables.READERS)


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


def predict(group: Group, out: Path, speed: tables.Speed) -> None:
    """Write the annotation of every report of a group, as the command line would; adds up the time of both arms."""
    meta = load_meta(str(group.meta)) if group.meta and group.meta.exists() else None
    for path in sorted(group.texts.glob("*.txt")):
        if group.only and path.stem not in group.only:
            continue
        small = HERE / "packs" / f"{path.stem}.yaml"
        wanted = group.pack or (str(small) if group.name == "own" and small.exists() else group.states.get(path.stem))
        pack, items = choose_pack(wanted, read([str(path)], meta))
        for item in items:
            assert isinstance(item, Report), item
            if pack.id not in speed.packs:
                process(WARMING, pack)  # unmeasured: tables are read, the pack is made ready
                speed.packs.add(pack.id)
            start = time.process_time()
            done = process(item, pack)
            middle = time.process_time()
            list(model().pipe((item.text[a:b].translate(STRAIGHT) for a, b in pieces(item.text)), batch_size=32))
            speed.whole, speed.bare = speed.whole + middle - start, speed.bare + time.process_time() - middle
            speed.words += len(item.text.split())
            page = annotation(item, done.records, pack)
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
    started, speed = time.perf_counter(), tables.Speed()
    with tempfile.TemporaryDirectory() as folder:
        triples = []
        for group in groups(args.shared):
            out = Path(folder) / group.name
            out.mkdir()
            predict(group, out, speed)
            triples.append((group, (group.texts, group.gold, out)))
            figures[group.name] = score(scorer, (group.texts, group.gold, out), only=group.only)
        figures["seeds+devset"] = _together(scorer, Path(folder) / "all", triples, ("devset-trade", "devset-other"))
        figures["trade"] = _together(scorer, Path(folder) / "trade", triples, ("devset-trade",))
        calibrated, _ = calibration.report(
            calibration.scorer(scorer), [t for g, t in triples if g.name.startswith("devset")]
        )
    figures["attribution"] = attribution_sets.score(args.shared)
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    print(json.dumps(figures, indent=1) if args.json else _report(figures, floors, calibrated, speed))
    print(f"read and scored in {time.perf_counter() - started:.0f} s")
    return _gate(figures, floors, args.raise_floors)


def _together(
    scorer: Path, whole: Path, triples: list[tuple[Group, tuple[Path, Path, Path]]], names: tuple[str, ...]
) -> dict[str, float]:
    """The figures of the seeds and of the named parts of the devset as one group."""
    whole.mkdir()
    seeds = next(t for g, t in triples if g.name == "seeds")
    parts = [(g, t) for g, t in triples if g.name in names]
    for _, (_, _, out) in parts:
        for page in out.glob("*.json"):
            (whole / page.name).write_bytes(page.read_bytes())
    texts, gold, _ = parts[0][1]
    only = tuple(stem for g, _ in parts for stem in g.only)
    return score(scorer, seeds, (texts, gold, whole), only=(*only, *_stems(seeds[1])))


def _stems(gold: Path) -> tuple[str, ...]:
    return tuple(path.stem for path in sorted(gold.glob("*.json")))


def _report(
    figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]], calibrated: str, speed: tables.Speed
) -> str:
    sets = tables.attribution(figures["attribution"], floors.get("attribution", {}))
    return "\n\n".join((tables.quality(figures, floors), calibrated, sets, tables.speed(speed)))


def _gate(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]], raise_floors: bool) -> int:
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
